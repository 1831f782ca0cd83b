//! Pages that are made from the rules and the list of checks: the same words as `kloe explain`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kloe::finding::Check;
use kloe::rules::{EvidenceType, Expectation, Framework, Line, Rules};

const MADE: &str = "<!-- Made by KLOE_REWRITE=1 cargo test --test guide. Changes by hand are lost. -->\n\n";

/// Every made page, by its path within `docs/src`.
pub(crate) fn pages(rules: &Rules) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::from([("checks.md".to_string(), checks()), ("lines.md".to_string(), lines(rules))]);
    for (framework, line) in rules.lines() {
        pages.insert(format!("lines/{}.md", line.id), page_of(framework, line, rules));
    }
    pages
}

/// Text as Markdown shows it.
fn text(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().fold(String::new(), |mut out, c| {
        if "\\`*_[]<>|#".contains(c) {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn checks() -> String {
    let mut out = format!("{MADE}# The checks\n\n");
    out += "Each finding belongs to a check. `kloe explain checks` lists them, `kloe explain stale` shows one; \
            `[severity]` in `kloe.toml` changes how much one matters, `ignore` leaves it out.\n\n";
    out += "| check | severity | what it finds |\n| --- | --- | --- |\n";
    for check in Check::ALL {
        let (name, severity) = (check.name(), check.severity());
        let _ = writeln!(out, "| [`{name}`](#{name}) | {severity} | {} |", text(check.summary()));
    }
    for check in Check::ALL {
        let _ =
            writeln!(out, "\n## {}\n\n*{}.* {}", check.name(), capital(check.severity().name()), text(check.summary()));
        let _ = writeln!(out, "\n**Why it matters:** {}.", text(check.why()));
        let _ = writeln!(out, "\n**What to do:** {}.", text(check.remedy()));
    }
    out
}

fn lines(rules: &Rules) -> String {
    let mut out = format!("{MADE}# The lines\n\n");
    out += "What each line asks for, and what strong and weak evidence looks like, in our own words. \
            `kloe explain W5` shows the same in the terminal.\n";
    for framework in &rules.frameworks {
        let _ = writeln!(out, "\n## {}\n\n{}\n", text(&framework.title), text(&framework.about));
        let _ = writeln!(out, "Source: {}\n", text(&framework.source));
        for line in &framework.lines {
            let _ = writeln!(out, "- [{} {}](lines/{}.md)", line.id, text(&line.title), line.id);
        }
    }
    out
}

fn page_of(framework: &Framework, line: &Line, rules: &Rules) -> String {
    let mut out = format!("{MADE}# {} {}\n\n{}\n", line.id, text(&line.title), text(&line.question));
    if !line.strong.trim().is_empty() {
        let _ = writeln!(out, "\n**Strong:** {}", text(&line.strong));
    }
    if line.categories_wanted > 1 {
        let wanted = line.categories_wanted;
        let _ =
            writeln!(out, "\nIt should rest on at least {wanted} [categories of evidence](../limits.md#categories).");
    }
    let _ = writeln!(out, "\n{}. Source: {}", text(&framework.title), text(&line.source));
    let (required, recommended): (Vec<_>, Vec<_>) = line.expectations.iter().partition(|one| one.required);
    for (title, expectations) in [("Required", required), ("Recommended", recommended)] {
        if !expectations.is_empty() {
            let _ = writeln!(out, "\n## {title}");
        }
        for one in expectations {
            expectation(&mut out, one, rules);
        }
    }
    out
}

fn expectation(out: &mut String, one: &Expectation, rules: &Rules) {
    let types: Vec<&EvidenceType> = one.evidence.iter().filter_map(|id| rules.evidence_type(id)).collect();
    let titles: Vec<String> = types.iter().map(|rule| text(&rule.title)).collect();
    let _ = writeln!(out, "\n### {}\n\n`{}`: {}", capital(&titles.join(", or ")), one.id, text(&one.why));
    if !one.sectors.is_empty() {
        let sectors: Vec<&str> = one.sectors.iter().map(|sector| sector.in_words()).collect();
        let _ = writeln!(out, "\nAsked of: {}.", sectors.join(", "));
    }
    for rule in &types {
        evidence(out, one, rule, types.len() > 1);
    }
}

fn evidence(out: &mut String, one: &Expectation, rule: &EvidenceType, named: bool) {
    let title = if named { format!("**{}.** ", capital(&text(&rule.title))) } else { String::new() };
    let _ = writeln!(out, "\n{title}{}\n", text(&rule.about));
    let mut row = |name: &str, words: &str| {
        if !words.trim().is_empty() {
            let _ = writeln!(out, "- **{name}:** {}", text(words));
        }
    };
    row("Strong", &rule.strong);
    row("Weak", &rule.weak);
    let series = one.series.unwrap_or(rule.series);
    let shown = if series > 1 { format!("; the folder should show {series}") } else { String::new() };
    row(
        "How often",
        &one.every
            .or(rule.every)
            .map_or(String::new(), |every| format!("every {every}{shown}").replace("every 1 ", "every ")),
    );
    row("Stale after", &one.fresh.or(rule.fresh).map_or(String::new(), |fresh| fresh.to_string()));
    for element in &rule.elements {
        let name = if element.optional { "Good to have" } else { "Must show" };
        row(name, &format!("{}; {}", element.title, element.help));
    }
}
