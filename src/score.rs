//! How well kloe reads a labelled folder: precision and recall for lines and checks, accuracy for kinds and facts.
//!
//! A labels file `NAME.labels.toml` stands beside the folder `NAME` and says of every document in it what a careful
//! reader would say. What is listed under `also` and `checks-also` is arguable and counts neither way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;

use crate::day::Day;
use crate::document::{Facts, Status};
use crate::dossier::Dossier;
use crate::fault::{Fault, SourceFile};
use crate::finding::{Check, Finding};
use crate::rules::Sector;

/// A labels file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Labels {
    as_of: toml::Value,
    /// What sort of provider the folder belongs to.
    pub sector: Sector,
    #[serde(rename = "document")]
    documents: Vec<Label>,
}

/// What a document is, by its label.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Label {
    path: String,
    kind: String,
    title: Option<String>,
    date: Option<toml::Value>,
    status: Option<String>,
    owner: Option<String>,
    approved_by: Option<String>,
    version: Option<String>,
    review_due: Option<toml::Value>,
    #[serde(default)]
    lines: BTreeSet<String>,
    #[serde(default)]
    also: BTreeSet<String>,
    #[serde(default)]
    checks: BTreeSet<String>,
    #[serde(default)]
    checks_also: BTreeSet<String>,
    #[allow(dead_code)] // for readers of the file
    note: Option<String>,
}

impl Labels {
    /// Reads a labels file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with its line.
    pub fn read(file: &SourceFile) -> Result<Labels, Fault> {
        toml::from_str(file.text()).map_err(|error| Fault::from_toml(file, &error))
    }

    /// The day that the labels are true on.
    ///
    /// # Errors
    ///
    /// When `as-of` is no day.
    pub fn as_of(&self) -> Result<Day, Fault> {
        plain(&self.as_of).parse().map_err(|error| Fault::new(format!("as-of in the labels: {error}")))
    }
}

/// A TOML date or string as text.
fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToString::to_string)
}

/// Right and wrong answers to one question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Said and labelled.
    pub right: usize,
    /// Said and not labelled.
    pub false_alarms: usize,
    /// Labelled and not said.
    pub missed: usize,
    /// Documents on which the answer was the labelled one, saying nothing included.
    pub agreed: usize,
    /// Documents asked about.
    pub asked: usize,
}

impl Tally {
    fn answer(&mut self, said: bool, labelled: bool, same: bool) {
        self.asked += 1;
        self.agreed += usize::from(same);
        self.right += usize::from(said && labelled && same);
        self.false_alarms += usize::from(said && !same);
        self.missed += usize::from(labelled && !same);
    }

    fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.false_alarms += other.false_alarms;
        self.missed += other.missed;
        self.agreed += other.agreed;
        self.asked += other.asked;
    }

    /// How much of what is said is right; none when nothing is said.
    pub fn precision(self) -> Option<f64> {
        share(self.right, self.right + self.false_alarms)
    }

    /// How much of what is labelled is said; none when nothing is labelled.
    pub fn recall(self) -> Option<f64> {
        share(self.right, self.right + self.missed)
    }

    /// On how many documents the answer was the labelled one.
    pub fn accuracy(self) -> Option<f64> {
        share(self.agreed, self.asked)
    }
}

#[allow(clippy::cast_precision_loss)] // counts of documents
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The score of one or more labelled folders.
#[derive(Debug, Default)]
pub struct Score {
    kind: Tally,
    facts: BTreeMap<&'static str, Tally>,
    lines: BTreeMap<String, Tally>,
    checks: BTreeMap<String, Tally>,
    /// Every answer that was not the labelled one, in words.
    pub differences: Vec<String>,
}

/// Scores an examined folder against its labels. `lines_of` gives the lines that a document supports.
pub fn score(
    labels: &Labels,
    dossiers: &[Dossier],
    findings: &[Finding],
    lines_of: &dyn Fn(usize) -> BTreeSet<String>,
    all_lines: &[String],
) -> Score {
    let mut score = Score::default();
    let labelled: BTreeMap<&str, &Label> = labels.documents.iter().map(|one| (one.path.as_str(), one)).collect();
    for path in labelled.keys().filter(|path| !dossiers.iter().any(|one| one.path == **path)) {
        score.differences.push(format!("{path}: labelled, and not in the folder"));
    }
    for (at, dossier) in dossiers.iter().enumerate() {
        // What lies within a file is judged with it.
        if dossier.path.contains('!') {
            continue;
        }
        let Some(label) = labelled.get(dossier.path.as_str()) else {
            score.differences.push(format!("{}: in the folder, and not labelled", dossier.path));
            continue;
        };
        if dossier.unread.is_none() {
            score.described(dossier, label);
        }
        let supported = lines_of(at);
        for line in all_lines.iter().filter(|line| !label.also.contains(*line)) {
            let (said, is) = (supported.contains(line), label.lines.contains(line));
            score.lines.entry(line.clone()).or_default().answer(said, is, said == is);
            score.differ(&dossier.path, line, said, is);
        }
        let found: BTreeSet<&str> = findings
            .iter()
            .filter(|finding| finding.path.as_ref() == Some(&dossier.path))
            .map(|finding| finding.check.name())
            .collect();
        for check in Check::ALL.iter().filter(|check| of_documents(**check)) {
            let name = check.name();
            if label.checks_also.contains(name) {
                continue;
            }
            let (said, is) = (found.contains(name), label.checks.contains(name));
            score.checks.entry(name.to_string()).or_default().answer(said, is, said == is);
            score.differ(&dossier.path, name, said, is);
        }
    }
    score
}

/// Whether a check looks at single documents, which is what labels tell of.
fn of_documents(check: Check) -> bool {
    let of_folders = [Check::Missing, Check::TooFew, Check::Stale, Check::SingleCategory];
    let of_several = [Check::Superseded, Check::Duplicate, Check::DanglingReference];
    !of_folders.contains(&check) && !of_several.contains(&check)
}

impl Score {
    fn differ(&mut self, path: &str, what: &str, said: bool, labelled: bool) {
        match (said, labelled) {
            (true, false) => self.differences.push(format!("{path}: {what} said, and not labelled")),
            (false, true) => self.differences.push(format!("{path}: {what} labelled, and not said")),
            _ => {}
        }
    }

    fn described(&mut self, dossier: &Dossier, label: &Label) {
        let same = dossier.kind.name() == label.kind;
        self.kind.answer(true, true, same);
        if !same {
            self.differences.push(format!(
                "{}: kind is {} ({}), labelled {}",
                dossier.path, dossier.kind, dossier.kind_because, label.kind
            ));
        }
        for (name, said, labelled, alike) in answers(&dossier.facts, label) {
            let same = match (&said, &labelled) {
                (Some(said), Some(labelled)) => alike(said, labelled),
                (None, None) => true,
                _ => false,
            };
            self.facts.entry(name).or_default().answer(said.is_some(), labelled.is_some(), same);
            if !same {
                let words = |value: Option<String>| value.map_or("nothing".to_string(), |value| format!("\"{value}\""));
                self.differences.push(format!(
                    "{}: {name} is {}, labelled {}",
                    dossier.path,
                    words(said),
                    words(labelled)
                ));
            }
        }
    }

    /// Adds the score of another folder.
    pub fn add(&mut self, other: Score) {
        self.kind.add(other.kind);
        for (name, tally) in other.facts {
            self.facts.entry(name).or_default().add(tally);
        }
        for (name, tally) in other.lines {
            self.lines.entry(name).or_default().add(tally);
        }
        for (name, tally) in other.checks {
            self.checks.entry(name).or_default().add(tally);
        }
        self.differences.extend(other.differences);
    }

    /// The score as a table.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let number = |value: Option<f64>| value.map_or("   -".to_string(), |value| format!("{value:.2}"));
        let mut row = |name: &str, tally: Tally, with_accuracy: bool| {
            let accuracy = if with_accuracy { number(tally.accuracy()) } else { "    ".to_string() };
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "{name:<22} {accuracy:>8} {:>9} {:>6} {:>6} {:>6} {:>12}",
                number(tally.precision()),
                number(tally.recall()),
                tally.right,
                tally.missed,
                tally.false_alarms
            );
        };
        row("kind", self.kind, true);
        self.facts.iter().for_each(|(name, tally)| row(name, *tally, true));
        for group in [&self.lines, &self.checks] {
            group.iter().for_each(|(name, tally)| row(name, *tally, false));
            let mut all = Tally::default();
            group.values().for_each(|tally| all.add(*tally));
            row(if std::ptr::eq(group, &raw const self.lines) { "all lines" } else { "all checks" }, all, false);
        }
        let head = format!(
            "{:<22} {:>8} {:>9} {:>6} {:>6} {:>6} {:>12}\n",
            "", "accuracy", "precision", "recall", "right", "missed", "false alarms"
        );
        head + &out
    }
}

type Alike = fn(&str, &str) -> bool;

/// Every fact as said and as labelled, with how the two are compared.
fn answers(facts: &Facts, label: &Label) -> Vec<(&'static str, Option<String>, Option<String>, Alike)> {
    let same: Alike = |a, b| bare(a) == bare(b);
    // "Jane Hill, Head of Quality" and "Jane Hill" name the same person.
    let person: Alike = |a, b| {
        let (a, b) = (bare(a), bare(b));
        a == b || (a.len() > 3 && b.contains(&a)) || (b.len() > 3 && a.contains(&b))
    };
    // Labels know draft and final; what is approved is final.
    let status: Alike = |said, labelled| said == labelled || said == "approved" && labelled == "final";
    // A label that names a month or a year holds for any day of it.
    let day: Alike = |said, labelled| said.starts_with(labelled);
    // A title may be given with or without what stands behind its colon, or without a subtitle if most of it is there.
    let title: Alike = |a, b| {
        let main = |title: &str| title.split_once(": ").map_or(String::new(), |(main, _)| bare(main));
        if a.contains(' ') && bare(a) == main(b) {
            return true;
        }
        let (a, b) = (bare(a).replace('.', ""), bare(b).replace('.', ""));
        let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
        long.contains(short.as_str()) && short.len() * 2 >= long.len()
    };
    // Of a document that names its approver and has no word on its status, some labels say that it is final and some say
    // nothing: that it is approved is right either way.
    let arguable = |said: Status| said == Status::Approved && label.status.is_none() && label.approved_by.is_some();
    let settled = facts.status.as_ref().filter(|one| !arguable(one.value));
    vec![
        ("title", facts.title.as_ref().map(|one| one.value.clone()), label.title.clone(), title),
        ("date", facts.date.as_ref().map(|one| one.value.to_string()), label.date.as_ref().map(plain), day),
        ("status", settled.map(|one| one.value.to_string()), label.status.clone(), status),
        ("owner", facts.owner.as_ref().map(|one| one.value.clone()), label.owner.clone(), person),
        ("approved-by", facts.approved_by.as_ref().map(|one| one.value.clone()), label.approved_by.clone(), person),
        ("version", facts.version.as_ref().map(|one| one.value.clone()), label.version.clone(), same),
        (
            "review-due",
            facts.review_due.as_ref().map(|one| one.value.to_string()),
            label.review_due.as_ref().map(plain),
            day,
        ),
    ]
}

/// Letters and digits only, in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '.').flat_map(char::to_lowercase).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_is_a_false_alarm_and_a_miss() {
        let mut tally = Tally::default();
        tally.answer(true, true, true);
        tally.answer(true, true, false);
        tally.answer(false, true, false);
        tally.answer(false, false, true);
        assert_eq!((tally.right, tally.false_alarms, tally.missed, tally.agreed, tally.asked), (1, 1, 2, 2, 4));
        assert_eq!(tally.precision(), Some(0.5));
        assert_eq!(tally.accuracy(), Some(0.5));
        assert_eq!(Tally::default().recall(), None);
    }

    #[test]
    fn labels_are_read_and_faults_have_a_place() {
        let text = "as-of = 2026-11-01\nsector = \"care-home\"\n[[document]]\npath = \"a.md\"\nkind = \"policy\"\n";
        let labels = Labels::read(&SourceFile::new("x.labels.toml", text)).unwrap();
        assert_eq!(labels.as_of().unwrap().to_string(), "2026-11-01");
        assert_eq!(labels.sector, Sector::CareHome);
        assert!(Labels::read(&SourceFile::new("x.labels.toml", text.replace("kind", "kid"))).is_err());
    }
}
