//! Labels of no list, told from the words in them and from what stands beside them: `Revisit by` before a day is when a review
//! is due, `Form custodian` before a role is who owns it.

use super::labels::{Field, Labels, Use, has_word, tidy};
use super::{people, version};
use crate::day::{Precision, find_days};

/// Such labels rank behind those that are known.
const RANK: usize = 500;

/// What a label may be for that is in no list; empty when nothing says so.
pub(super) fn uses(label: &str, value: &str, labels: &Labels) -> Vec<Use> {
    let words = tidy(label);
    let count = words.split_whitespace().count();
    let value = value.trim();
    if count == 0 || count > 8 || words.len() > 60 || value.is_empty() || value.len() > 120 || labels.is_empty(value) {
        return Vec::new();
    }
    let says = |stems: &[&str]| stems.iter().any(|stem| words.split(' ').any(|word| word.starts_with(stem)));
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| has_word(&words, phrase));
    // What tells of people, things and other papers than this one.
    let other = [
        "birth",
        "meeting",
        "training",
        "patient",
        "previous",
        "supersedes",
        "replaces",
        "last review",
        "consult",
        "impact",
        "equality",
        "first",
        "original",
        "action",
        "risk",
        "complaint",
        "incident",
        "policy number",
        "reference",
        "staff name",
        "inspection",
        "employ",
        "contract start",
        "appraisal",
        "supervision",
        "dbs",
        "admission",
        "discharge",
        "due to start",
    ];
    let days = find_days(value, None);
    let day = days.first().is_some_and(|day| day.start < 12) || super::loose::short_month(value).is_some();
    let meets = has(&[
        "put before",
        "for meeting of",
        "meeting",
        "report to",
        "report for",
        "presented to",
        "submitted to",
        "paper for",
        "paper to",
        "going to",
        "committee",
        "board",
    ]);
    let body = ["board", "committee"].iter().any(|end| words.ends_with(end)) && count <= 5;
    if body && day && days.first().is_some_and(|day| day.year_given && day.precision == Precision::Day) {
        return vec![(Field::MeetingDate, RANK + 5)];
    }
    if meets && !day && !has(&["next", "previous", "previously", "already"]) && days.len() == 1 && days[0].year_given {
        return vec![(Field::MeetingDate, RANK + 5)];
    }
    if other.iter().any(|one| has_word(&words, one)) || has(&["next meeting"]) {
        return Vec::new();
    }
    if day {
        let done =
            ["reviewed", "revised", "updated", "refreshed", "amended"].iter().any(|word| words.starts_with(word));
        let ahead = !done
            && has(&[
                "next",
                "by",
                "due",
                "until",
                "before",
                "after",
                "to be",
                "no later than",
                "for",
                "on or before",
                "again",
                "deadline",
            ]);
        let reviews = says(&[
            "review", "revis", "revisit", "refresh", "renew", "reassess", "rewrit", "updat", "retest", "audit", "look",
        ]);
        let ends = says(&["expir", "lapse", "withdraw", "retire", "ceases"])
            || has(&["valid to", "valid until", "good until", "use until", "use by"]);
        let runs = has(&["runs to", "runs until", "in force to", "ends", "end of term", "end date", "covers to"]);
        return if ends || reviews && ahead && !has(&["by whom"]) {
            vec![(Field::ReviewDue, RANK)]
        } else if runs {
            vec![(Field::ReviewDue, RANK + 9)]
        } else if says(&["approv", "agreed", "ratif", "adopt", "authoris", "endors", "accepted", "signed", "passed"]) {
            vec![(Field::ApprovalDate, RANK)]
        } else if says(&["issue", "publish", "releas"])
            || has(&["effective", "begins", "in force", "live", "into use", "starts", "takes effect", "commences"])
        {
            vec![(Field::IssueDate, RANK)]
        } else if says(&[
            "updated",
            "amended",
            "revised",
            "reviewed",
            "written",
            "drawn",
            "extract",
            "prepared",
            "completed",
            "made",
            "held",
            "produced",
            "checked",
            "compiled",
            "generated",
            "exported",
            "assessed",
            "visited",
        ]) {
            vec![(Field::Date, RANK)]
        } else {
            Vec::new()
        };
    }
    let who = people::owner(value).is_some_and(|name| looks_like_somebody(&name, labels));
    if who && !value.ends_with('.') {
        let by = words.ends_with(" by") || words.ends_with(" at");
        if by
            && says(&[
                "approv", "agreed", "ratif", "adopt", "authoris", "endors", "signed", "accepted", "passed", "sanction",
            ])
        {
            return vec![(Field::ApprovedBy, RANK)];
        }
        if (says(&["approv", "ratif", "authoris"]))
            && says(&["body", "committee", "group", "board", "forum", "authority"])
        {
            return vec![(Field::ApprovedBy, RANK)];
        }
        let owns = ["owner", "custodian", "sponsor", "steward", "keeper", "holder"];
        if owns.iter().any(|word| words.split(' ').any(|one| one == *word))
            || by && says(&["kept", "maintain", "own", "led", "held", "looked"])
        {
            return vec![(Field::Owner, RANK)];
        }
        if has(&["accountable", "responsible", "answers for", "answerable", "in charge"])
            || words.ends_with(" lead")
            || has(&["lead for", "lead of"])
        {
            return vec![(Field::Owner, RANK + 3)];
        }
        if by
            && says(&[
                "written",
                "prepared",
                "compiled",
                "drafted",
                "produced",
                "created",
                "revised",
                "updated",
                "assessed",
                "reviewed",
                "collated",
                "developed",
                "completed",
            ])
        {
            return vec![(Field::Author, RANK)];
        }
    }
    let number = version::of_value(value).is_some() && value.len() < 16 && days.is_empty();
    if number && says(&["version", "edition", "revision", "release"]) && !says(&["previous"]) {
        return vec![(Field::Version, RANK)];
    }
    Vec::new()
}

/// A name, a role or a group: capital letters or a word for one of these.
pub(super) fn looks_like_somebody(name: &str, labels: &Labels) -> bool {
    let lower = name.to_lowercase();
    let known = labels.words.people.iter().chain(&labels.words.bodies).any(|word| has_word(&lower, word));
    let small = ["of", "and", "for", "the", "de", "with", "to", "in"];
    let mut words = name.split([' ', ',', '/', '(', ')', '&']).filter(|word| !word.is_empty());
    let capitals = words.clone().count() >= 2
        && words.all(|word| word.starts_with(|c: char| c.is_uppercase()) || small.contains(&word));
    known && name.split_whitespace().count() <= 16 || capitals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Words;

    #[test]
    fn unknown_labels_are_told_from_their_words_and_values() {
        let labels = Words::embedded().unwrap().labels;
        for (label, value, expected) in [
            ("Revisit by", "25th April 2025", Some(Field::ReviewDue)),
            ("Plan to be tested and revised by", "20 May 2027", Some(Field::ReviewDue)),
            ("Next Board review", "May 2029", Some(Field::ReviewDue)),
            ("Withdraw after", "31 May 2027", Some(Field::ReviewDue)),
            ("Day agreed", "11 June 2026", Some(Field::ApprovalDate)),
            ("Begins", "1 August 2026", Some(Field::IssueDate)),
            ("Drawn from the system on", "2026-10-06", Some(Field::Date)),
            ("Clinical owner", "Consultant Paramedic, Medicines", Some(Field::Owner)),
            ("Plan kept up to date by", "PCN Operations Manager", Some(Field::Owner)),
            ("Put before", "The Board, sitting of Thursday 24th September 2026", Some(Field::MeetingDate)),
            ("Waved through at", "Quality Assembly", None),
            ("Date of birth", "17/02/1938", None),
            ("Last inspection completed", "3 May 2024", None),
            ("Purpose", "For approval by 3 May", None),
        ] {
            let found = uses(label, value, &labels).first().map(|one| one.0);
            assert_eq!(found, expected, "{label}: {value}");
        }
    }
}
