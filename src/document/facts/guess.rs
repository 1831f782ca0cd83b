//! Labels of no list, told from the words in them and from what stands beside them: `Revisit by` before a day is when a review
//! is due, `Form custodian` before a role is who owns it.

use super::labels::{Field, Labels, Use, has_word, tidy};
use super::{people, version};
use crate::day::{Precision, find_days};

/// Such labels rank behind those that are known.
const RANK: usize = 500;
/// Who answers to the board for it comes before those who lead a part of it, such as a clinical lead.
const LEADS: usize = 45;

/// What a label may be for that is in no list; empty when nothing says so.
pub(super) fn uses(label: &str, value: &str, labels: &Labels) -> Vec<Use> {
    let words = tidy(label);
    let count = words.split_whitespace().count();
    let value = value.trim();
    // `Net zero lead: Jo Marsh.` ends a sentence of labels.
    let value = if value.split_whitespace().count() <= 8 { value.trim_end_matches('.') } else { value };
    if count == 0 || count > 8 || words.len() > 60 || value.is_empty() || value.len() > 120 || labels.is_empty(value) {
        return Vec::new();
    }
    // The words before a comma are those of a sentence: `The script is in the handbook, owner: team lead`.
    if label.split_once(", ").is_some_and(|(before, _)| before.split_whitespace().count() > 3) {
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
        "planned",
        "go live",
        "cutover",
    ];
    let days = find_days(value, None);
    let day = days.first().is_some_and(|day| day.start < 12) || super::loose::short_month(value).is_some();
    // What is still to come tells neither when it was done nor by whom.
    let ahead_of = ["to be ", "will be ", "for approval", "for ratification", "going to be "]
        .iter()
        .any(|one| words.starts_with(one));
    let meets = !ahead_of
        && has(&[
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
    let approves = says(&["approv", "agreed", "ratif", "adopt", "authoris", "endors", "accepted", "signed", "passed"]);
    let body = !approves && ["board", "committee"].iter().any(|end| words.ends_with(end)) && count <= 5;
    if body && day && days.first().is_some_and(|day| day.year_given && day.precision == Precision::Day) {
        return vec![(Field::MeetingDate, RANK + 5)];
    }
    // `To`, `For`: the meeting that a paper is written for.
    let addressed = ["to", "for", "paper for", "when", "presented at", "taken to"].contains(&words.as_str())
        && (body_start(value, labels) || value.to_lowercase().starts_with("for the board"));
    let later = has_word(&value.to_lowercase(), "next");
    if (meets || addressed)
        && !day
        && !later
        && !has(&["next", "previous", "previously", "already"])
        && (days.len() == 1 || value.contains(", then "))
        && days[0].year_given
    {
        return vec![(Field::MeetingDate, RANK + 5)];
    }
    if other.iter().any(|one| has_word(&words, one)) || has(&["next meeting"]) {
        return Vec::new();
    }
    if day && matches!(words.as_str(), "position" | "state of play" | "snapshot" | "where we are") {
        return vec![(Field::Date, RANK)];
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
        } else if ahead_of {
            Vec::new()
        } else if approves {
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
    // `Position | Final for publication`; elsewhere it is somebody's post.
    let standing = [
        "position",
        "standing",
        "condition",
        "how far along",
        "where it stands",
        "where it has got to",
        "standing of this copy",
    ];
    if standing.contains(&words.as_str()) && super::status::is_status(value, labels) {
        return vec![(Field::Status, RANK)];
    }
    if ahead_of {
        return Vec::new();
    }
    let who = people::owner(value).is_some_and(|name| looks_like_somebody(&name, labels));
    if who && !value.ends_with('.') {
        // `Executive with the duty`, `Director bringing it`, `Net zero lead on the Board`; not the non-executive beside them.
        let executive = words.starts_with("executive ") || words.starts_with("exec ") || words.ends_with(" executive");
        let leads = words.split(' ').any(|word| matches!(word, "lead" | "leads" | "duty" | "bringing" | "brings"));
        let outside = has(&["non executive", "nonexecutive", "ned", "governor"]);
        if !outside && leads && has(&["board"]) {
            return vec![(Field::Owner, LEADS)];
        }
        if !outside && (executive && count <= 6 && !says(&["summar"]) || leads && has(&["director"])) {
            return vec![(Field::Owner, RANK)];
        }
        // `Partners' sign-off`, `Trustees' say-so`: what a group gives is its approval.
        if ["sign off", "signoff", "say so", "go ahead", "blessing"].iter().any(|end| words.ends_with(end)) {
            return vec![(Field::ApprovedBy, RANK)];
        }
        // A question is a label in plain words: `Whose is it?`, `Who said yes?`
        let asks = words.starts_with("who ") || words.starts_with("whose ") || words.starts_with("which ");
        if asks && says(&["approv", "agreed", "ratif", "adopt", "authoris", "endors", "signed", "yes"]) {
            return vec![(Field::ApprovedBy, RANK)];
        }
        if asks && says(&["wrote", "writ", "prepared", "drew", "made", "author", "compiled", "put"]) {
            return vec![(Field::Author, RANK)];
        }
        let keeps =
            ["own", "lead", "leads", "keeps", "looks", "responsible", "accountable", "answers", "manages", "charge"];
        if words.starts_with("whose ") || asks && says(&keeps) {
            return vec![(Field::Owner, RANK)];
        }
        // What a group does with a paper besides talking about it is to approve it: `Said yes to by`, `Nodded through by`.
        let talked = [
            "consider",
            "seen",
            "discuss",
            "review",
            "consult",
            "present",
            "prepared",
            "written",
            "kept",
            "held",
            "own",
            "led",
            "produc",
            "chair",
            "run",
            "comment",
            "note",
            "support",
            "read",
            "check",
            "updat",
            "compil",
            "maintain",
            "draft",
            "monitor",
            "overse",
            "scrutin",
            "used",
            "develop",
            "creat",
            "drawn",
            "advis",
            "commission",
            "receiv",
            "talk",
            "heard",
            "look",
            "issu",
            "put",
            "made",
            "manag",
            "publish",
            "been",
            "sent",
            "asked",
            "report",
        ];
        if (words.ends_with(" by") || words.ends_with(" at")) && body_start(value, labels) && !says(&talked) {
            return vec![(Field::ApprovedBy, RANK + 5)];
        }
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
    // `Number | 2.0`: what has a point is no number of a paper.
    let pointed = value.trim_start_matches(['v', 'V']).split_once('.').is_some_and(|(one, two)| {
        let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        digits(one) && digits(two)
    });
    if pointed && ["number", "no", "issued as"].contains(&words.as_str()) {
        return vec![(Field::Version, RANK + 9)];
    }
    Vec::new()
}

/// Whether a value begins with the name of a group: `Trust Board, 28 March 2024`, `the Quality Committee`.
fn body_start(value: &str, labels: &Labels) -> bool {
    let end = find_days(value, None).first().map_or(value.len(), |day| day.start);
    let first = value.get(..end).unwrap_or(value);
    let first = first.split([',', ';', '(', '.']).next().unwrap_or("").trim();
    first.split_whitespace().count() <= 9 && people::is_body(first, labels)
}

/// A name, a role or a group: capital letters or a word for one of these.
pub(super) fn looks_like_somebody(name: &str, labels: &Labels) -> bool {
    let lower = name.to_lowercase();
    let known = labels.words.people.iter().chain(&labels.words.bodies).any(|word| has_word(&lower, word));
    let small = ["of", "and", "for", "the", "de", "with", "to", "in"];
    // `Judith Fenn, nominated individual`, `Shola Merrigan (operations)`: a name with what the person does.
    if people::is_named(name) {
        return true;
    }
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
            ("Waved through at", "Quality Assembly", Some(Field::ApprovedBy)),
            ("Said yes to by", "Trust Board, 28/03/2024", Some(Field::ApprovedBy)),
            ("Talked over at", "Quality Assembly", None),
            ("To be adopted by", "Trust Board, 26 November 2026", None),
            ("To be adopted by", "Board, 26 November 2026", None),
            ("Whose is it?", "Chief Nurse (executive sponsor for improvement)", Some(Field::Owner)),
            ("Who said yes to it?", "People Committee", Some(Field::ApprovedBy)),
            ("Position", "Final for publication", Some(Field::Status)),
            ("Position", "Approved Mental Health Professional", None),
            ("Number", "2.0", Some(Field::Version)),
            ("Number", "12", None),
            ("To", "Trust Board, 24 September 2026", Some(Field::MeetingDate)),
            ("Script is in the handbook, owner", "Team Lead", None),
            ("Date of birth", "17/02/1938", None),
            ("Last inspection completed", "3 May 2024", None),
            ("Purpose", "For approval by 3 May", None),
        ] {
            let found = uses(label, value, &labels).first().map(|one| one.0);
            assert_eq!(found, expected, "{label}: {value}");
        }
    }
}
