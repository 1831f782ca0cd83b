//! Findings: what is missing, the others by check with worst first, those that were accepted, those that are gone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::{Page, about, capital, count, quoted, severity_words, text, thousands};
use crate::finding::{Check, Severity};
use crate::report::FindingRow;

/// Findings that say the same of the same words, for several expectations.
struct Merged<'r> {
    first: &'r FindingRow,
    asked: Vec<&'r str>,
    /// How many they are.
    number: usize,
}

impl Merged<'_> {
    /// How many they are, for the filter; one goes without saying.
    fn weight(&self) -> String {
        if self.number == 1 { String::new() } else { format!(" data-n={}", self.number) }
    }
}

/// Puts findings together that differ only in who asks; the order is that of the first ones.
fn merged<'r>(findings: impl Iterator<Item = &'r FindingRow>) -> Vec<Merged<'r>> {
    let mut all: Vec<Merged<'r>> = Vec::new();
    let mut at: HashMap<(&str, Option<&str>, &str, String), usize> = HashMap::new();
    for finding in findings {
        let words = finding.location.as_ref().map(|one| format!("{}\n{}", one.place, one.quote)).unwrap_or_default();
        let key = (finding.check, finding.path.as_deref(), finding.message.as_str(), words);
        let asked: Vec<&str> = finding.expectations.iter().map(String::as_str).collect();
        let same = at.get(&key).copied().filter(|at| {
            let one: &Merged<'_> = &all[*at];
            // One that adds nobody who asks is another finding of the same words.
            one.first.severity == finding.severity && asked.iter().any(|id| !one.asked.contains(id))
        });
        match same {
            Some(same) => {
                all[same].asked.extend(asked);
                all[same].number += 1;
            }
            None => {
                at.insert(key, all.len());
                all.push(Merged { first: finding, asked, number: 1 });
            }
        }
    }
    all
}

impl<'r> Page<'r> {
    pub(super) fn missing(&mut self) {
        let report = self.report;
        let mut things = merged(super::super::open(report).filter(|one| one.check == Check::Missing.name()));
        if things.is_empty() {
            return;
        }
        // What most lines ask for comes first.
        things.sort_by_key(|one| Reverse(one.asked.len()));
        let heading = format!("Missing: {} that a reviewer would ask for first", count(things.len(), "thing"));
        self.part("missing", &heading, "findings");
        self.out.push_str("<ul class=\"cards bad\" data-g>\n");
        for one in things {
            let finding = one.first;
            let item = format!(
                "<li data-l=\"{}\" data-s=\"{}\" data-c=\"{}\"{}><h3>{} {}</h3>{}{}</li>\n",
                self.numbers(one.asked.iter().copied()),
                finding.severity,
                finding.check,
                one.weight(),
                mark(finding.severity),
                text(&capital(&finding.message)),
                help(&finding.help),
                asked_by(&one),
            );
            self.out.push_str(&item);
        }
        self.out.push_str("</ul>\n");
        self.end_part();
    }

    pub(super) fn findings(&mut self) {
        let report = self.report;
        let others: Vec<&FindingRow> =
            super::super::open(report).filter(|one| one.check != Check::Missing.name()).collect();
        if report.documents.is_empty() && others.is_empty() {
            return;
        }
        self.part("findings", &format!("Findings: {}", thousands(others.len())), "findings");
        if others.is_empty() {
            self.out.push_str("<p>Nothing was found in what was read.</p>\n");
        }
        let mut groups: BTreeMap<(Reverse<Severity>, usize), Vec<&FindingRow>> = BTreeMap::new();
        for finding in others {
            let order = Check::ALL.iter().position(|check| check.name() == finding.check).unwrap_or(usize::MAX);
            groups.entry((Reverse(finding.severity), order)).or_default().push(finding);
        }
        for ((Reverse(severity), _), group) in groups {
            self.group(severity, &group);
        }
        self.end_part();
    }

    /// The findings of one check. Help that most of them share is said once, above them.
    fn group(&mut self, severity: Severity, group: &[&'r FindingRow]) {
        let name = group.first().map_or("", |one| one.check);
        let words = severity_words(severity, group.len());
        let (mark, words) = words.split_once('\u{a0}').unwrap_or_default();
        self.out.push_str(&format!(
            "<details open data-g data-s=\"{severity}\" data-c=\"{name}\">\n\
             <summary><h3>{}</h3> <span class=\"s {severity}\">{mark} {} {words}</span>",
            text(&capital(&name.replace('-', " "))),
            thousands(group.len()),
        ));
        let check = Check::from_name(name);
        if let Some(check) = check {
            self.out.push_str(&format!(" <span class=small>{}</span>", text(check.summary())));
        }
        self.out.push_str("</summary>\n");
        if let Some(check) = check {
            self.out.push_str(&format!(
                "<p><strong>Why it matters:</strong> {}. <strong>What puts it right:</strong> {}.</p>\n",
                text(check.why()),
                text(check.remedy())
            ));
        }
        let shared = shared_help(group);
        if !shared.is_empty() {
            self.out.push_str(&format!("<div class=shared>{}</div>\n", help(shared)));
        }
        self.out.push_str("<ul class=cards>\n");
        for one in merged(group.iter().copied()) {
            let finding = one.first;
            let numbers = self.concerned(&one);
            let path = finding
                .path
                .as_deref()
                .map_or_else(|| format!("<span class=d>{}</span>", text(about(finding))), |path| self.document(path));
            let words = finding.location.as_ref().map(quoted).unwrap_or_default();
            let words = if words.is_empty() { words } else { format!("<p>{words}</p>") };
            let own = if finding.help == shared { String::new() } else { help(&finding.help) };
            self.out.push_str(&format!(
                "<li data-l=\"{numbers}\"{}>{path}<p><b>{}</b></p>{words}{own}{}</li>\n",
                one.weight(),
                text(&capital(&finding.message)),
                asked_by(&one)
            ));
        }
        self.out.push_str("</ul>\n</details>\n");
    }

    /// The lines that a finding concerns: those that ask for it, else those that its document supports.
    fn concerned(&self, one: &Merged<'_>) -> String {
        let numbers = self.numbers(one.asked.iter().copied());
        match &one.first.path {
            Some(path) if numbers.is_empty() => self.numbers_of(path),
            _ => numbers,
        }
    }

    /// What somebody accepted, what was there already, and what is gone: not counted, and not hidden.
    pub(super) fn accepted(&mut self) {
        let report = self.report;
        let all: Vec<&FindingRow> = report.findings.iter().filter(|one| !one.is_open()).collect();
        if !all.is_empty() {
            self.part("accepted", &format!("Accepted or known, and not counted: {}", all.len()), "findings");
            self.out.push_str("<ul class=cards data-g>\n");
            for one in all {
                let item = format!(
                    "<li data-l=\"{}\" data-s=\"{}\" data-c=\"{}\">{}<p><b>{}</b> ({})</p>{}<p class=small>{}.</p></li>\n",
                    self.concerned(&Merged {
                        first: one,
                        asked: one.expectations.iter().map(String::as_str).collect(),
                        number: 1,
                    }),
                    one.severity,
                    one.check,
                    one.path.as_deref().map_or_else(|| text(about(one)), |path| self.document(path)),
                    text(&capital(&one.message)),
                    text(one.check),
                    one.location.as_ref().map(|one| format!("<p>{}</p>", quoted(one))).unwrap_or_default(),
                    text(&capital(&one.accepted().unwrap_or_default())),
                );
                self.out.push_str(&item);
            }
            self.out.push_str("</ul>\n");
            self.end_part();
        }
        if !report.resolved.is_empty() {
            self.part("resolved", &format!("Gone since the baseline: {}", report.resolved.len()), "");
            self.out.push_str("<ul class=cards>\n");
            for one in &report.resolved {
                self.out.push_str(&format!(
                    "<li>{}<p><b>{}</b> ({})</p><p class=small>Known since {}.</p></li>\n",
                    one.path.as_deref().map(|path| format!("<span class=d>{}</span>", text(path))).unwrap_or_default(),
                    text(&capital(&one.message)),
                    text(&one.check),
                    one.since.in_words()
                ));
            }
            self.out.push_str("</ul>\n");
            self.end_part();
        }
    }
}

fn mark(severity: Severity) -> String {
    format!("<span class=\"s {severity}\">{}</span>", severity_words(severity, 1))
}

/// The help that most findings of a group give, if more than one gives it.
fn shared_help<'r>(group: &[&'r FindingRow]) -> &'r str {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    group.iter().for_each(|one| *numbers.entry(one.help.as_str()).or_default() += 1);
    let most = numbers.into_iter().max_by_key(|(_, number)| *number);
    most.filter(|(_, number)| *number > 1).map_or("", |(help, _)| help)
}

/// Help, a paragraph a line; what stands before a colon is set off.
fn help(help: &str) -> String {
    let line = |line: &str| match line.split_once(": ") {
        Some((name, words)) if ["Why", "Strong evidence", "Closest"].contains(&name) => {
            format!("<p><strong>{}:</strong> {}</p>", text(name), text(words))
        }
        _ => format!("<p>{}</p>", text(&capital(line))),
    };
    help.lines().filter(|line| !line.trim().is_empty()).map(line).collect()
}

/// Who asks, and the line of the rule file that says so.
fn asked_by(one: &Merged<'_>) -> String {
    let rule = one.first.rule.as_ref().map(|rule| format!("{}, line {}", rule.file, rule.line));
    match (one.asked.is_empty(), rule) {
        (true, None) => String::new(),
        (true, Some(rule)) => format!("<p class=small>Rule: {}</p>", text(&rule)),
        (false, None) => format!("<p class=small>Asked for by {}</p>", text(&one.asked.join(", "))),
        (false, Some(rule)) => {
            format!("<p class=small>Asked for by {} ({})</p>", text(&one.asked.join(", ")), text(&rule))
        }
    }
}
