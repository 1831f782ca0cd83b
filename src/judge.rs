//! Dossiers, rules and the as-of day to grades and findings. Pure: no I/O, no clock, no order but that of its input.

mod references;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use crate::checks;
use crate::day::{Day, Window};
use crate::dossier::Dossier;
use crate::finding::{Check, Finding};
use crate::named;
use crate::recognise::Evidence;
use crate::rules::{Category, EvidenceType, Expectation, Line, Rules};

named! {
    /// How well an expectation or a line is met.
    Grade {
        /// Nothing counts as evidence.
        Missing = "missing",
        /// There is evidence, and something of it lacks.
        Weak = "weak",
        /// Recognised, in date, with the elements asked for.
        Strong = "strong",
    }
}

/// A document that supports an expectation.
#[derive(Debug, Clone)]
pub struct Support {
    /// Index of the dossier.
    pub document: usize,
    /// Id of the evidence type.
    pub evidence: String,
    /// Its category.
    pub category: Category,
    /// Its grade.
    pub grade: Grade,
    /// What keeps it from being strong, in words for the user.
    pub weaknesses: Vec<String>,
}

/// An expectation, judged.
#[derive(Debug, Clone)]
pub struct JudgedExpectation<'r> {
    /// What was asked.
    pub expectation: &'r Expectation,
    /// Its title: the evidence type's.
    pub title: String,
    /// Its grade.
    pub grade: Grade,
    /// What supports it, newest first.
    pub support: Vec<Support>,
}

/// A line, judged.
#[derive(Debug, Clone)]
pub struct JudgedLine<'r> {
    /// Id of the framework.
    pub framework: &'r str,
    /// The line.
    pub line: &'r Line,
    /// Its grade.
    pub grade: Grade,
    /// The categories that its evidence rests on.
    pub categories: BTreeSet<Category>,
    /// Its expectations.
    pub expectations: Vec<JudgedExpectation<'r>>,
}

/// Judges a folder: every line graded, and the findings of lines and of single documents.
pub fn folder<'r>(dossiers: &[Dossier], rules: &'r Rules, as_of: Day) -> (Vec<JudgedLine<'r>>, Vec<Finding>) {
    let mut findings = documents(dossiers, rules, as_of);
    let replaced = versions::replaced(dossiers);
    findings.extend(versions::findings(dossiers, &replaced));
    findings.extend(references::findings(dossiers));
    let mut lines = Vec::new();
    for (framework, line) in rules.lines() {
        let expectations: Vec<_> = line
            .expectations
            .iter()
            .map(|expectation| judge_expectation(dossiers, &replaced, rules, expectation, as_of, &mut findings))
            .collect();
        let categories: BTreeSet<Category> =
            expectations.iter().flat_map(|one| one.support.iter().map(|support| support.category)).collect();
        let grade = line_grade(&expectations);
        if grade != Grade::Missing && categories.len() < usize::from(line.categories_wanted) {
            findings.push(checks::single_category(line, &categories));
        }
        lines.push(JudgedLine { framework: &framework.id, line, grade, categories, expectations });
    }
    (lines, findings)
}

/// The findings of single documents only, as for a pre-commit hook.
pub fn documents(dossiers: &[Dossier], rules: &Rules, as_of: Day) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut named = BTreeSet::new();
    for dossier in dossiers {
        findings.extend(checks::document(dossier, as_of));
        findings.extend(checks::in_name(dossier, &mut named));
        for evidence in &dossier.evidence {
            let Some(rule) = rules.evidence_type(&evidence.evidence) else { continue };
            let owed = |finding: &Finding| evidence.is_named() || finding.check != Check::LacksElement;
            let of = checks::evidence(dossier, evidence, rule, &expectations_of(rules, &rule.id));
            findings.extend(of.into_iter().filter(owed));
        }
    }
    findings
}

/// Ids of the expectations that an evidence type meets, in the order of frameworks and lines.
pub fn expectations_of(rules: &Rules, evidence: &str) -> Vec<String> {
    rules
        .lines()
        .flat_map(|(_, line)| &line.expectations)
        .filter(|expectation| expectation.evidence.iter().any(|id| id == evidence))
        .map(|expectation| expectation.id.clone())
        .collect()
}

/// What keeps a document from being strong evidence of a type on a day, in words for the user.
pub fn weaknesses(
    dossier: &Dossier,
    evidence: &Evidence,
    rule: &EvidenceType,
    fresh: Option<Window>,
    as_of: Day,
) -> Vec<String> {
    let mut weak: Vec<String> = checks::document(dossier, as_of)
        .into_iter()
        .filter(|finding| checks::weakens(finding.check))
        .map(|finding| finding.message)
        .collect();
    weak.extend(checks::evidence(dossier, evidence, rule, &[]).into_iter().map(|finding| finding.message));
    weak.extend(checks::wanting(dossier, rule));
    if checks::is_stale(dossier, fresh, as_of) {
        weak.push("it is out of date".to_string());
    }
    weak.dedup();
    weak
}

fn judge_expectation<'r>(
    dossiers: &[Dossier],
    replaced: &BTreeMap<usize, usize>,
    rules: &Rules,
    expectation: &'r Expectation,
    as_of: Day,
    findings: &mut Vec<Finding>,
) -> JudgedExpectation<'r> {
    let mut support = Vec::new();
    for (document, dossier) in dossiers.iter().enumerate() {
        let met = dossier.evidence.iter().find(|one| expectation.evidence.contains(&one.evidence));
        let Some(evidence) = met else { continue };
        let Some(rule) = rules.evidence_type(&evidence.evidence) else { continue };
        let mut weaknesses = weaknesses(dossier, evidence, rule, window(expectation, rule), as_of);
        if replaced.contains_key(&document) {
            weaknesses.push(checks::REPLACED.to_string());
        }
        let grade = if weaknesses.is_empty() { Grade::Strong } else { Grade::Weak };
        support.push(Support { document, evidence: rule.id.clone(), category: rule.category, grade, weaknesses });
    }
    let date = |support: &Support| dossiers[support.document].facts.date.as_ref().map(|fact| fact.value);
    support.sort_by_key(|one| (std::cmp::Reverse(date(one)), one.document));
    let home = expectation.evidence.first().and_then(|id| rules.evidence_type(id));
    let title = title(expectation, rules);
    let mut grade = support.iter().map(|one| one.grade).max().unwrap_or(Grade::Missing);
    if support.is_empty() {
        if expectation.required {
            findings.push(checks::missing(expectation, &title, home, dossiers));
        }
    } else if let Some(rule) = support.first().and_then(|newest| rules.evidence_type(&newest.evidence)) {
        // Where several evidence types meet the expectation, the cadence is that of what is on file.
        let shortfalls = checks::series(expectation, rule, &support, dossiers, as_of);
        if !shortfalls.is_empty() {
            grade = Grade::Weak;
        }
        findings.extend(shortfalls);
    }
    JudgedExpectation { expectation, title, grade, support }
}

/// What an expectation asks for, in words: the titles of the evidence types that meet it, such as `complaints report or
/// complaints policy`. Of those, the ones that a provider of the sector keeps.
pub fn title(expectation: &Expectation, rules: &Rules) -> String {
    let all: Vec<&EvidenceType> = expectation.evidence.iter().filter_map(|id| rules.evidence_type(id)).collect();
    let keeps = |rule: &&&EvidenceType| {
        rule.kept_by.is_empty() || rules.sector.is_none_or(|sector| rule.kept_by.contains(&sector))
    };
    let own: Vec<&EvidenceType> = all.iter().filter(keeps).copied().collect();
    let titles: Vec<&str> = if own.is_empty() { &all } else { &own }.iter().map(|rule| rule.title.as_str()).collect();
    match titles.as_slice() {
        [] => expectation.id.clone(),
        [one] => (*one).to_string(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The checks that a document as evidence of a type falls short of.
pub fn shortfalls(
    dossier: &Dossier,
    evidence: &Evidence,
    rule: &EvidenceType,
    fresh: Option<Window>,
    as_of: Day,
) -> BTreeSet<Check> {
    let mut checks: BTreeSet<Check> = checks::document(dossier, as_of).iter().map(|finding| finding.check).collect();
    checks.extend(checks::evidence(dossier, evidence, rule, &[]).iter().map(|finding| finding.check));
    if checks::is_stale(dossier, fresh, as_of) {
        checks.insert(Check::Stale);
    }
    checks
}

/// How long evidence stays fresh for an expectation: its own window, else the type's, else the cadence and a quarter.
pub fn window(expectation: &Expectation, rule: &EvidenceType) -> Option<Window> {
    let every = expectation.every.or(rule.every);
    expectation.fresh.or(rule.fresh).or_else(|| every.map(with_grace))
}

/// A cadence and a quarter, in days.
pub fn with_grace(every: Window) -> Window {
    Window::days(u16::try_from(every.about_days() * 5 / 4).unwrap_or(u16::MAX))
}

fn line_grade(expectations: &[JudgedExpectation<'_>]) -> Grade {
    if expectations.iter().all(|one| one.grade == Grade::Missing) {
        return Grade::Missing;
    }
    let strong = expectations.iter().filter(|one| one.expectation.required).all(|one| one.grade == Grade::Strong);
    if strong { Grade::Strong } else { Grade::Weak }
}

/// How many findings of each check, for summaries.
pub fn counts(findings: &[Finding]) -> BTreeMap<Check, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.check).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Sector;

    #[test]
    fn nobody_is_told_of_what_others_keep() {
        let mut rules = crate::rules::load(&[crate::rules::built_in()]).unwrap();
        let told = |rules: &Rules| {
            let mut all = rules.lines().flat_map(|(_, line)| &line.expectations);
            title(all.find(|one| one.id == "W4.board-minutes").unwrap(), rules)
        };
        assert!(told(&rules).starts_with("board minutes, "));
        rules.keep_sector(Sector::GpPractice);
        assert_eq!(told(&rules), "practice meeting minutes or staff meeting minutes");
    }
}
