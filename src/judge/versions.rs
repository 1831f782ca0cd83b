//! Documents of a folder that are copies or versions of one another: which is in force, and which should be put away.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks;
use crate::day::Day;
use crate::document::{Kind, Status, stem};
use crate::dossier::Dossier;
use crate::finding::Finding;

/// Documents with fewer words than this are alike by chance.
const FEW_WORDS: usize = 25;
/// In percent: papers of one sort share their form and less than this; versions of one paper share more.
const ALIKE: usize = 50;
/// Days between two issues of a document that gives no version, below which both may be copies of one.
const APART: i64 = 60;
/// How many of the newest documents of one name each other is held against.
const NEWEST: usize = 5;

/// Marks in names that tell a version and not a subject.
const MARKS: [&str; 32] = [
    "version",
    "ver",
    "v",
    "vs",
    "issue",
    "rev",
    "revised",
    "revision",
    "draft",
    "final",
    "approved",
    "ratified",
    "signed",
    "confirmed",
    "unconfirmed",
    "copy",
    "updated",
    "update",
    "new",
    "latest",
    "current",
    "old",
    "superseded",
    "withdrawn",
    "archived",
    "archive",
    "obsolete",
    "amended",
    "clean",
    "tracked",
    "changes",
    "for",
];
/// Words of controlled documents that tell none from another.
const PLAIN: [&str; 20] = [
    "policy",
    "procedure",
    "strategy",
    "terms",
    "of",
    "reference",
    "the",
    "and",
    "trust",
    "nhs",
    "foundation",
    "practice",
    "home",
    "group",
    "committee",
    "board",
    "plan",
    "a",
    "our",
    "tor",
];

/// For documents that were replaced, by index, the one in the folder that is newer.
pub(super) fn replaced(dossiers: &[Dossier]) -> BTreeMap<usize, usize> {
    let paths = paths(dossiers);
    let mut groups: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (at, dossier) in dossiers.iter().enumerate().filter(|(_, one)| counts(one, &paths)) {
        let title = dossier.facts.title.as_ref().map_or_else(|| stem(&dossier.path), |title| &title.value);
        let by_title = subject(title);
        if is_controlled(dossier) && !by_title.is_empty() {
            groups.entry((dossier.kind.name(), by_title.clone())).or_default().push(at);
        }
        // Of what recurs only the same issue may have versions.
        let date = dossier.facts.date.as_ref().map_or_else(String::new, |date| date.value.to_string());
        if !date.is_empty() && !by_title.is_empty() {
            groups.entry(("of one day", format!("{by_title} {date}"))).or_default().push(at);
        }
        groups.entry(("of one name", unmarked(stem(&dossier.path)))).or_default().push(at);
    }
    let mut replaced = BTreeMap::new();
    for ((sort, _), mut group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        let controlled = !sort.starts_with("of one");
        group.sort_by_key(|at| (std::cmp::Reverse(rank(&dossiers[*at])), *at));
        for old in &group {
            let newer = group
                .iter()
                .take(NEWEST)
                .find(|new| *new != old && is_newer(&dossiers[**new], &dossiers[*old], controlled));
            if let Some(newer) = newer {
                replaced.entry(*old).or_insert(*newer);
            }
        }
    }
    replaced
}

/// The findings of versions and of copies.
pub(super) fn findings(dossiers: &[Dossier], replaced: &BTreeMap<usize, usize>) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        replaced.iter().map(|(old, new)| checks::superseded(&dossiers[*old], &dossiers[*new])).collect();
    let mut alike: BTreeMap<u64, Vec<&Dossier>> = BTreeMap::new();
    let paths = paths(dossiers);
    for dossier in dossiers.iter().filter(|one| one.words >= FEW_WORDS && counts(one, &paths)) {
        alike.entry(dossier.sketch.whole()).or_default().push(dossier);
    }
    for mut copies in alike.into_values().filter(|copies| copies.len() > 1) {
        copies.sort_by_key(|one| (names_copy(&one.path), one.path.matches('/').count(), one.path.clone()));
        let (kept, others) = copies.split_at(1);
        findings.extend(others.iter().map(|copy| checks::duplicate(copy, kept[0])));
    }
    findings
}

/// Whether a document may be a version or copy: it was read, and it does not lie within a mail or an archive, where copies are
/// what one expects.
fn counts(dossier: &Dossier, paths: &BTreeSet<&str>) -> bool {
    let mut within = dossier.path.match_indices('!').map(|(at, _)| &dossier.path[..at]);
    dossier.unread.is_none() && !within.any(|holder| paths.contains(holder))
}

fn paths(dossiers: &[Dossier]) -> BTreeSet<&str> {
    dossiers.iter().map(|dossier| dossier.path.as_str()).collect()
}

/// Whether one document of the title is in force at a time. Plans, reports and minutes follow one another instead.
fn is_controlled(dossier: &Dossier) -> bool {
    matches!(dossier.kind, Kind::Policy | Kind::Procedure | Kind::Strategy | Kind::TermsOfReference)
}

/// Words of a name without marks of versions.
fn unmarked(name: &str) -> String {
    let name = name.to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '.').map(|word| word.trim_matches('.'));
    let is_version = |word: &str| {
        let number = word.trim_start_matches(['v', 'r']);
        number != word
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
            || word.contains('.') && word.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let kept = words.filter(|word| !word.is_empty() && !MARKS.contains(word) && !is_version(word));
    kept.collect::<Vec<_>>().join(" ")
}

/// What a title is about: years, days and marks of versions left out; empty when that is too little to tell it by.
fn subject(title: &str) -> String {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let unmarked = unmarked(title);
    let is_month = |word: &str| word.len() > 2 && word.len() <= 9 && MONTHS.iter().any(|month| word.starts_with(month));
    let words = unmarked.split(' ').filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()) && !is_month(word));
    let words: Vec<&str> = words.collect();
    if words.iter().any(|word| !PLAIN.contains(word) && word.len() > 2) { words.join(" ") } else { String::new() }
}

/// What tells the newer of two: its version, then its day.
fn rank(dossier: &Dossier) -> (Vec<u32>, Option<Day>) {
    (version(dossier).unwrap_or_default(), dossier.facts.date.as_ref().map(|date| date.value))
}

fn version(dossier: &Dossier) -> Option<Vec<u32>> {
    let parts = dossier.facts.version.as_ref()?.value.trim_start_matches(['v', 'V']).split('.').map(str::parse);
    let mut parts: Vec<u32> = parts.collect::<Result<_, _>>().ok()?;
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Some(parts)
}

fn is_draft(dossier: &Dossier) -> bool {
    dossier.facts.status.as_ref().is_some_and(|status| status.value == Status::Draft)
}

/// Whether one document took the place of another of the same name.
fn is_newer(new: &Dossier, old: &Dossier, controlled: bool) -> bool {
    let put_away = |one: &Dossier| one.facts.status.as_ref().is_some_and(|status| status.value == Status::Superseded);
    // What nobody has approved yet replaces nothing, and what says itself that it was replaced has its own finding.
    if put_away(new) || put_away(old) || is_draft(new) && !is_draft(old) || new.kind != old.kind {
        return false;
    }
    let day = |one: &Dossier| one.facts.date.as_ref().map(|date| date.value);
    let apart = day(old).zip(day(new)).map(|(old, new)| old.days_until(new));
    if apart.is_some_and(|days| days < 0) {
        return false;
    }
    let alike = || new.sketch.likeness(&old.sketch) >= ALIKE;
    match version(new).zip(version(old)) {
        Some((new, old)) if new != old => new > old && (controlled || alike()),
        _ if is_draft(old) && !is_draft(new) => alike(),
        _ => controlled && apart.is_some_and(|days| days >= APART),
    }
}

/// Whether a file name says that it is a copy: `Policy - Copy.docx`, `Policy (1).docx`.
fn names_copy(path: &str) -> bool {
    let stem = stem(path).to_lowercase();
    let numbered = stem.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).is_some_and(|(_, inside)| {
        !inside.is_empty() && inside.len() < 3 && inside.chars().all(|c| c.is_ascii_digit())
    });
    numbered || stem.contains("copy")
}

#[cfg(test)]
mod tests;
