//! `kloe explain`: the rule files' own words, and the page of a check.

use std::fmt::{self, Write as _};

use super::Said;
use crate::fault::{Fault, Faults, closest};
use crate::finding::Check;
use crate::judge;
use crate::render::{Look, wrapped};
use crate::rules::{Element, EvidenceType, Expectation, Framework, Line, Rules};

/// Explains a line, an expectation, an evidence type or a check, or lists them.
pub(super) fn explain(name: &str, rules: &Rules, look: Look) -> Result<Said, Faults> {
    let text = page(name, rules, look);
    if !text.is_empty() {
        return Ok(Said { text, status: 0 });
    }
    let mut known: Vec<&str> = Check::ALL.iter().map(|check| check.name()).collect();
    known.extend(rules.evidence.iter().map(|one| one.id.as_str()));
    known.extend(rules.frameworks.iter().map(|one| one.id.as_str()));
    known.extend(rules.lines().map(|(_, line)| line.id.as_str()));
    let fault = Fault::new(format!("nothing is called `{name}`"));
    Err(match closest(name, known) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(
            "give a line (W5), an expectation (W5.risk-register), an evidence type or a check (stale); \
             `kloe explain lines`, `evidence` and `checks` list them",
        ),
    }
    .into())
}

/// The page of a name; empty when nothing is called so.
pub(crate) fn page(name: &str, rules: &Rules, look: Look) -> String {
    let mut page = Page { out: String::new(), look, rules };
    // Writing to a string cannot fail.
    let _ = page.of(name);
    page.out
}

struct Page<'r> {
    out: String,
    look: Look,
    rules: &'r Rules,
}

impl Page<'_> {
    fn of(&mut self, name: &str) -> fmt::Result {
        match name {
            "checks" => return self.checks(),
            "lines" => return self.lines(),
            "evidence" => return self.evidence_types(),
            _ => {}
        }
        if let Some(check) = Check::from_name(name) {
            self.check(check)?;
        }
        let rules = self.rules;
        if let Some(framework) = rules.frameworks.iter().find(|one| one.id == name) {
            self.framework(framework)?;
        }
        let (framework_named, id) = name.split_once(':').map_or((None, name), |(framework, id)| (Some(framework), id));
        for (framework, line) in rules.lines() {
            if framework_named.is_some_and(|named| named != framework.id) {
                continue;
            }
            if line.id.eq_ignore_ascii_case(id) {
                self.line(framework, line)?;
            }
            if let Some(one) = line.expectations.iter().find(|one| one.id == id) {
                self.expectation(line, one)?;
            }
        }
        if let Some(rule) = rules.evidence_type(id) {
            self.evidence(rule)?;
        }
        Ok(())
    }

    fn para(&mut self, indent: &str, first: &str, text: &str) -> fmt::Result {
        writeln!(self.out, "{}", wrapped(text, self.look.width, first, indent))
    }

    fn checks(&mut self) -> fmt::Result {
        for check in Check::ALL {
            self.para(&" ".repeat(31), &format!("{:<22} {:<7} ", check.name(), check.severity()), check.summary())?;
        }
        Ok(())
    }

    fn lines(&mut self) -> fmt::Result {
        for (_, line) in self.rules.lines() {
            self.para("    ", &format!("{:<4}", line.id), &format!("{}: {}", line.title, line.question))?;
        }
        Ok(())
    }

    fn evidence_types(&mut self) -> fmt::Result {
        for rule in &self.rules.evidence {
            self.para(&" ".repeat(42), &format!("{:<41} ", rule.id), &rule.title)?;
        }
        Ok(())
    }

    fn check(&mut self, check: Check) -> fmt::Result {
        writeln!(self.out, "{} ({} unless kloe.toml says otherwise)\n", check.name(), check.severity())?;
        self.para("  ", "  ", check.summary())?;
        self.para("    ", "\n  Why it matters: ", &(check.why().to_string() + "."))?;
        self.para("    ", "\n  What to do: ", &(check.remedy().to_string() + "."))
    }

    fn framework(&mut self, framework: &Framework) -> fmt::Result {
        writeln!(self.out, "{} ({})\n", framework.title, framework.id)?;
        self.para("  ", "  ", &framework.about)?;
        self.para("  ", "  Source: ", &framework.source)?;
        for line in &framework.lines {
            writeln!(self.out, "  {:<4} {}", line.id, line.title)?;
        }
        Ok(())
    }

    fn line(&mut self, framework: &Framework, line: &Line) -> fmt::Result {
        writeln!(self.out, "{} {} ({})\n", line.id, line.title, framework.title)?;
        self.para("  ", "  ", &line.question)?;
        self.para("  ", "  Source: ", &line.source)?;
        if line.categories_wanted > 1 {
            self.para(
                "  ",
                "  ",
                &format!("It should rest on at least {} categories of evidence.", line.categories_wanted),
            )?;
        }
        writeln!(self.out)?;
        let (required, recommended): (Vec<_>, Vec<_>) = line.expectations.iter().partition(|one| one.required);
        for (title, expectations) in [("Required", required), ("Recommended", recommended)] {
            writeln!(self.out, "  {title}")?;
            for one in expectations {
                let titles: Vec<&str> = one.evidence.iter().map(|id| self.title(id)).collect();
                self.para("      ", "    - ", &format!("{}: {}", titles.join(", or "), one.why))?;
            }
        }
        writeln!(
            self.out,
            "\n  `kloe explain {}` and so on say more.",
            line.expectations.first().map_or("", |one| &one.id)
        )
    }

    fn expectation(&mut self, line: &Line, one: &Expectation) -> fmt::Result {
        let needed = if one.required { "required" } else { "recommended" };
        writeln!(self.out, "{} ({needed} by {} {})\n", one.id, line.id, line.title)?;
        self.para("    ", "  Why it is asked for: ", &one.why)?;
        if !one.sectors.is_empty() {
            let sectors: Vec<&str> = one.sectors.iter().map(|sector| sector.name()).collect();
            self.para("    ", "  Asked of: ", &sectors.join(", "))?;
        }
        writeln!(self.out)?;
        for id in &one.evidence {
            if let Some(rule) = self.rules.evidence_type(id) {
                self.evidence(rule)?;
            }
        }
        Ok(())
    }

    fn evidence(&mut self, rule: &EvidenceType) -> fmt::Result {
        let mut title = rule.title.clone();
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        writeln!(self.out, "{title} ({})\n", rule.id)?;
        self.para("  ", "  ", &rule.about)?;
        self.para("    ", "\n  Strong: ", &rule.strong)?;
        self.para("    ", "  Weak: ", &rule.weak)?;
        if let Some(every) = rule.every {
            let series =
                if rule.series > 1 { format!("; the folder should show {}", rule.series) } else { String::new() };
            self.para("    ", "  How often: ", &format!("every {every}{series}"))?;
        }
        let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind.name()).collect();
        if !kinds.is_empty() {
            self.para("    ", "  Sort of document: ", &kinds.join(", "))?;
        }
        self.para("    ", "  Recognised by its title or file name, such as: ", &rule.names.join(", "))?;
        for element in &rule.elements {
            self.element(element)?;
        }
        self.para("    ", "  Asked for by: ", &judge::expectations_of(self.rules, &rule.id).join(", "))?;
        self.para("    ", "  Source: ", &rule.source.join("; "))?;
        writeln!(self.out, "  Rule: {}:{}\n", rule.place.file, rule.place.line)
    }

    fn element(&mut self, element: &Element) -> fmt::Result {
        let first = if element.optional { "  Good to have: " } else { "  Must show: " };
        self.para("    ", first, &format!("{}; {}", element.title, element.help))
    }

    fn title(&self, id: &str) -> &str {
        self.rules.evidence_type(id).map_or("", |rule| &rule.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_line_and_evidence_type_has_a_page_that_fits_the_width() {
        let rules = super::super::load(None).unwrap();
        let mut names: Vec<String> = Check::ALL.iter().map(|check| check.name().to_string()).collect();
        names.extend(rules.lines().map(|(_, line)| line.id.clone()));
        names.extend(rules.evidence.iter().map(|rule| rule.id.clone()));
        names.extend(["checks", "lines", "evidence", "well-led"].map(ToString::to_string));
        for name in names {
            let text = explain(&name, &rules, Look::PLAIN).unwrap().text;
            assert!(text.lines().all(|line| line.chars().count() <= Look::PLAIN.width + 8), "{name}:\n{text}");
        }
    }

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        let rules = super::super::load(None).unwrap();
        let faults = explain("risk-registre", &rules, Look::PLAIN).unwrap_err();
        assert!(format!("{:?}", faults.0[0]).contains("risk-register"));
    }
}
