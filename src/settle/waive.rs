//! Waivers: findings that a named person accepted until a day. They stay in every report and fail no run.

use crate::day::Day;
use crate::finding::{Check, Finding};
use crate::settings::Waiver;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A waiver ready to be held against findings.
pub(super) struct Held<'a> {
    pub(super) waiver: &'a Waiver,
    path: Option<Gitignore>,
    /// How many findings it covers.
    pub(super) covers: usize,
}

impl<'a> Held<'a> {
    pub(super) fn new(waiver: &'a Waiver) -> Self {
        let pattern = waiver.path.as_deref().map(|pattern| {
            let mut builder = GitignoreBuilder::new("");
            // The settings refused what is no pattern; one that still fails matches nothing and is told as such.
            builder
                .add_line(None, pattern)
                .map_or_else(|_| Gitignore::empty(), |one| one.build().unwrap_or(Gitignore::empty()))
        });
        Held { waiver, path: pattern, covers: 0 }
    }

    pub(super) fn matches(&self, finding: &Finding) -> bool {
        let waiver = self.waiver;
        let of_line =
            |wanted: &str, id: &str| id == wanted || id.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'));
        waiver.check.is_none_or(|check| check == finding.check)
            && waiver.fingerprint.as_deref().is_none_or(|print| print == finding.fingerprint)
            && waiver
                .expectation
                .as_deref()
                .is_none_or(|wanted| finding.expectations.iter().any(|id| of_line(wanted, id)))
            && self.path.as_ref().is_none_or(|pattern| {
                let path = finding.path.as_deref();
                path.is_some_and(|path| pattern.matched_path_or_any_parents(path, false).is_ignore())
            })
    }
}

/// The finding that a waiver holds no longer, or covers nothing; none while it holds and covers something.
pub(super) fn lapsed(held: &Held<'_>, as_of: Day) -> Option<Finding> {
    let waiver = held.waiver;
    let until = waiver.accepted.until;
    let (message, help) = if until < as_of {
        (
            format!("the waiver accepted by {} ended on {}", waiver.accepted.accepted_by, until.in_words()),
            "put right what it covered, or have it accepted again with a new end",
        )
    } else if held.covers == 0 {
        (
            format!("the waiver accepted by {} covers nothing that is found", waiver.accepted.accepted_by),
            "take it out; what it covered was put right, or its check, path or expectation has another name",
        )
    } else {
        return None;
    };
    let subject = format!("{}{}", waiver.place.line, waiver.accepted.accepted_by);
    Some(Finding::new(Check::LapsedWaiver, message, help).with_rule(Some(waiver.place.clone())).stamped(&subject))
}
