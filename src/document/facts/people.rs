//! Who owns and who approved a document: values of labels, and the sentence "approved by the Board in May 2018".

use std::sync::LazyLock;

use regex::Regex;

use super::labels::{Labels, has_word};
use crate::day::{Day, find_days};
use crate::document::{Fact, Kind, Source};
use crate::phrase::pattern;
use crate::text::{Span, Text};

/// Blocks from the top in which a sentence may say who approved the document.
const TOP: usize = 80;

static APPROVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b[Aa]pproved|\b[Rr]atified|\b[Aa]dopted|\b[Aa]greed|\b[Ee]ndorsed|\b[Ss]igned off|\bAPPROVED|\bRATIFIED)(?: and \w+)?,? (?:by|at|BY) (?:(?:the|our|its|a meeting of the|The|THE) )?([A-Z][^.,;:\n()]{2,70}?)(?:(?:,? (?:on|in|at its meeting on|at its meeting of|at its meeting in|at their meeting on|meeting on|dated) |, | ?\()([^.;\n]{4,40}?))?(?:[.,;\n()]| and (?:will|is|was|has|shall|this|it|comes|came) | following | after | subject |$)",
    )
});

/// "The Board approved this statement on 26 March 2026."
static APPROVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[.\n] ?)(?:The|Our) ([A-Z][\w’' -]{2,60}?) (?:has |have )?(?:formally )?(?:approved|ratified|adopted|endorsed) this [\w ]{3,40}? (?:on|in) ([^.;\n]{4,40})",
    )
});

static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\S+@\S+|\b(?:tel|telephone|phone|ext|extension|email|e-mail|mobile)\b|\+?\d[\d ]{7,}")
});

/// A group rather than a person: `Quality Committee`, but not `Board Secretary` or `Chair of the Board`.
pub(super) fn is_body(value: &str, labels: &Labels) -> bool {
    let lower = value.to_lowercase();
    labels.words.bodies.iter().any(|word| has_word(&lower, word))
        && !labels.words.people.iter().any(|word| has_word(&lower, word))
}

/// Words with a capital that are no person's name.
const NOBODY: [&str; 36] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "spring",
    "summer",
    "autumn",
    "winter",
    "by",
    "who",
    "when",
    "what",
    "name",
    "date",
    "action",
    "status",
    "step",
    "where",
    "lead",
    "to",
    "yes",
];

/// Whether words are a month, a day of the week or the head of a column, which are nobody's name.
pub(super) fn is_nobody(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    NOBODY.contains(&lower.as_str())
}

/// Whether what follows a name goes on with another name: `Jo Ferrand, Misha Adeyemi, parent partner Dawn Kell`.
fn is_list(rest: &str) -> bool {
    const ROLES: [&str; 24] = [
        "individual",
        "manager",
        "director",
        "officer",
        "nurse",
        "lead",
        "secretary",
        "chair",
        "partner",
        "executive",
        "guardian",
        "matron",
        "surgeon",
        "physician",
        "consultant",
        "trustee",
        "governor",
        "therapist",
        "president",
        "owner",
        "governance",
        "improvement",
        "medicine",
        "team",
    ];
    let next = rest.split([',', ';', '(', ')', '.']).next().unwrap_or("").trim();
    let words: Vec<String> = next.split_whitespace().map(str::to_lowercase).collect();
    (2..=3).contains(&words.len())
        && next.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && !words
            .iter()
            .any(|word| ROLES.contains(&word.as_str()) || matches!(word.as_str(), "head" | "chief" | "dean"))
        && rest.contains([',', ';'])
        && !rest.contains('(')
}

/// Whether words begin with the name of a person, parted from what the person does by a comma or a bracket: two to four
/// words with capitals, as in `Judith Fenn, nominated individual`.
pub(super) fn is_named(words: &str) -> bool {
    let Some((name, rest)) = words.split_once([',', '(', ';']) else { return false };
    let count = name.split_whitespace().count();
    let particle = ["de", "van", "von", "der", "al", "ap", "da", "el"];
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let plain = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
    (2..=4).contains(&count)
        && rest.chars().any(char::is_alphabetic)
        && !is_list(rest)
        && !rest.split_whitespace().next().is_some_and(|word| word.ends_with("ed"))
        && name.split_whitespace().all(|word| plain(word) && (capital(word) || particle.contains(&word)))
        && name.split_whitespace().next().is_some_and(capital)
        && !name.split_whitespace().all(is_nobody)
}

/// The name or role that the value of an owner's label gives, in the document's words.
pub(super) fn owner(value: &str) -> Option<String> {
    let line = value.lines().find(|line| line.chars().any(char::is_alphanumeric))?;
    let line = CONTACT.find(line).map_or(line, |contact| &line[..contact.start()]);
    let line = find_days(line, None).first().map_or(line, |found| &line[..found.start]);
    // `The deputy, looked at by the manager each Friday`
    let line = [", looked at", ", checked by", ", read by", ", who "]
        .iter()
        .filter_map(|end| line.find(end))
        .min()
        .map_or(line, |at| &line[..at]);
    // The next sentence is about something else.
    let line = line
        .match_indices(". ")
        .map(|(at, _)| at)
        .find(|at| {
            let word = line[..*at].rsplit([' ', '.']).next().unwrap_or("");
            word.chars().count() > 1 && !matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "Prof" | "St" | "Rev")
        })
        .map_or(line, |at| &line[..at]);
    let name =
        line.trim().trim_matches(['*', '_', ',', ';', '-', '–', '(', ':', '|', ' ']).trim_end_matches('.').trim();
    let words = name.split_whitespace().count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    // A duty or a sentence is no name: "responsible for the review of this policy".
    let lower = name.to_lowercase();
    let prose =
        ["responsible for", "is ", "are ", "to ", "for ", "the following", "see ", "as above", "all staff must"];
    let sensible =
        letters >= 2 && words <= 14 && name.len() < 120 && !prose.iter().any(|start| lower.starts_with(start));
    (sensible && !is_nobody(name)).then(|| name.to_string())
}

/// The body or person that the value of an approver's label gives.
pub(super) fn approver(value: &str) -> Option<String> {
    let line = super::version::newest_line(value)
        .or_else(|| value.lines().find(|line| line.chars().any(char::is_alphanumeric)))?;
    let days = find_days(line, None);
    // `4 May 2023, Clinical Policies Group`: the day may come first.
    let rest = days.first().filter(|day| day.start < 4).map_or(line, |day| &line[day.end..]);
    let rest = rest.trim_start_matches([',', ';', '-', '–', ':', '|', ' ', ')', '.']);
    let rest = rest.strip_prefix("by ").or_else(|| rest.strip_prefix("at ")).unwrap_or(rest);
    let who = rest.split([',', ';']).next().unwrap_or(rest);
    let cut = find_days(who, None).first().map_or(who, |found| &who[..found.start]);
    let mut who = cut.trim().trim_matches(['*', ',', '-', '–', '(', ':', ' ']);
    for held in
        [" at its meeting", " at their meeting", " at a meeting", " at the meeting", " meeting of", " in public"]
    {
        who = who.find(held).map_or(who, |at| &who[..at]);
    }
    for end in [
        " Monday",
        " Tuesday",
        " Wednesday",
        " Thursday",
        " Friday",
        " by",
        " on",
        " in",
        " at",
        " dated",
        " date",
        " meeting on",
        " Monday",
        " Tuesday",
        " Wednesday",
        " Thursday",
        " Friday",
    ] {
        who = who.strip_suffix(end).unwrap_or(who).trim_end_matches([',', '-', '–', '(', ':', ' ']);
    }
    let who = who.strip_prefix("the ").or_else(|| who.strip_prefix("The ")).unwrap_or(who);
    let letters = who.chars().filter(|c| c.is_alphabetic()).count();
    // "Approval: the Board is asked to approve" asks for what "approved by" tells.
    let lower = who.to_lowercase();
    // `By email`, `by correspondence` is how, `Assurance [x]` is what for.
    const HOW: [&str; 17] = [
        "members",
        "following",
        "email",
        "e-mail",
        "correspondence",
        "circulation",
        "consensus",
        "common consent",
        "each ",
        "a majority",
        "assurance",
        "discussion",
        "information",
        "decision",
        "noting",
        "approval",
        "vote",
    ];
    let group = ["partners", "directors", "trustees", "executives"].iter().any(|end| lower.ends_with(end));
    let everybody = lower.starts_with("all ") && !group;
    let members = everybody || HOW.iter().any(|start| lower.starts_with(start)) || who.contains(['[', '☐', '☒']);
    let prose =
        members || [" is ", " are ", " asked ", " will ", " must ", " should "].iter().any(|word| lower.contains(word));
    (!prose && !is_nobody(who) && letters >= 2 && who.split_whitespace().count() <= 14).then(|| who.to_string())
}

/// Whether words may be who approved: a name, a role or a group, not `one shared measure`.
pub(super) fn may_approve(who: &str, labels: &Labels) -> bool {
    let lower = who.to_lowercase();
    let groups = [
        "partners",
        "directors",
        "trustees",
        "executives",
        "management",
        "governors",
        "members",
        "owners",
        "practices",
    ];
    let known = labels.words.bodies.iter().chain(&labels.words.people).any(|word| has_word(&lower, word));
    who.starts_with(char::is_uppercase) || known || groups.iter().any(|word| has_word(&lower, word))
}

/// Who approved, and when.
pub(super) type Approval = (Fact<String>, Option<Fact<Day>>);

/// "This strategy was approved by the Board of Directors in May 2018" near the top, said of the document itself.
pub(super) fn approved_sentence(text: &Text, kind: Kind, labels: &Labels) -> Option<Approval> {
    let blocks = text.blocks().iter().take(TOP).filter(|block| block.role.is_evidence());
    blocks.into_iter().find_map(|block| {
        let words = text.block_text(block);
        let active = APPROVES.captures_iter(words).filter(|_| !matches!(kind, Kind::Minutes | Kind::Agenda));
        APPROVED.captures_iter(words).chain(active).find_map(|hit| {
            let (whole, who) = (hit.get(0)?, hit.get(1)?);
            if !is_about_itself(&words[..whole.start()], kind) {
                return None;
            }
            let value = approver(who.as_str()).filter(|value| !labels.is_empty(value))?;
            let span = Span::new(block.span.start + whole.start(), block.span.start + whole.end());
            let excerpt = Some(text.excerpt(span));
            let on =
                find_days(hit.get(2).map_or(who.as_str(), |words| words.as_str()), None).first().map(|found| found.day);
            let on = on.map(|value| Fact { value, source: Source::Sentence, excerpt: excerpt.clone() });
            Some((Fact { value, source: Source::Sentence, excerpt }, on))
        })
    })
}

static CONFIRMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:approved|agreed|accepted|adopted|taken|confirmed|signed)\b[^.]{0,30}\b(?:(?:correct|accurate|true|fair|right)\b[^.]{0,25}\brecord\b|as (?:right|correct|accurate)\b.*\d)|^(?:[^.;]{3,40}; )?agreed by (?:correspondence|e-?mail)\b|^minutes (?:approved|agreed|confirmed) by\b",
    )
});

static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"((?:[A-Z][\w’'&-]+ (?:and |of |for )?)*(?:Board|Committee|Council|Assembly|Forum|Group))\b")
});

/// Whether a line says of this record that it was found correct: `These notes were agreed as a correct record on 1 October`.
pub(super) fn confirms(line: &str) -> bool {
    let lower = line.trim_matches(['*', ' ']).to_lowercase();
    let starts = [
        "agreed as",
        "approved as",
        "confirmed as",
        "accepted as",
        "signed as",
        "these minutes were",
        "these notes were",
        "this record was",
        "the above minutes were",
        "the minutes above were",
        "these minutes have been",
        "minutes agreed as",
        "minutes approved as",
        "minutes confirmed as",
        "confirmed by the chair as",
        "approved by the chair as",
        "this note was",
        "notes agreed as",
        "agreed by the",
        "approved by the",
        "adopted as",
        "taken as",
        "agreed by correspondence",
        "agreed by email",
        "agreed by e-mail",
        "circulated",
    ];
    // What is still to be signed was not.
    let open = ["to be ", "will be", "subject to", "not yet"].iter().any(|one| lower.contains(one));
    starts.iter().any(|start| lower.starts_with(start)) && !open && lower.len() < 200 && CONFIRMED.is_match(&lower)
}

/// The group that confirmed the minutes of its own meeting, as their last lines say; its name stands at their top.
pub(super) fn confirmed_minutes(text: &Text, title: Option<&Fact<String>>) -> Option<Fact<String>> {
    let closing = text.blocks().iter().rev().filter(|block| block.role.is_evidence()).take(4);
    // `ADOPTED as a true record at the Board on 29 October` may stand under the title, too.
    let top = text.blocks().iter().take(6).filter(|block| {
        let words = text.block_text(block).to_lowercase();
        let body = ["board", "committee", "group", "council"].iter().any(|body| has_word(&words, body));
        body && ["adopted as", "approved as", "confirmed as", "accepted as"].iter().any(|one| words.starts_with(one))
    });
    let said = closing.chain(top).find(|block| {
        let words = text.block_text(block);
        let lower = words.to_lowercase();
        let earlier =
            ["last meeting", "previous meeting", "last minutes", "by correspondence", "by email", "by e-mail"]
                .iter()
                .any(|one| lower.contains(one));
        // `The minutes of 12 March were approved` is said of the record before.
        let dated = lower.split_once("minutes of ").is_some_and(|(_, after)| {
            let day =
                after.trim_start_matches("the ").trim_start_matches("meeting of ").trim_start_matches("meeting on ");
            day.starts_with(|c: char| c.is_ascii_digit()) && CONFIRMED.is_match(after)
        });
        // A line for a signature that nobody has signed.
        let blank = ["....", "__", "……"].iter().any(|gap| words.contains(gap));
        !earlier && !dated && !blank && words.len() < 200 && CONFIRMED.is_match(words.trim_matches(['*', ' ']))
    })?;
    let top = text.blocks().iter().take(5).map(|block| text.block_text(block));
    let names = title.iter().map(|title| title.value.as_str()).chain(top);
    let value = names.into_iter().find_map(|words| {
        let body = BODY.captures(words)?.get(1)?.as_str();
        let body = body.strip_prefix("Minutes of the ").unwrap_or(body);
        Some(body.strip_prefix("Public ").unwrap_or(body).to_string())
    })?;
    Some(Fact { value, source: Source::Sentence, excerpt: Some(text.excerpt(said.span)) })
}

/// Whether what stands before "approved by" lets it be about this document: not "requests must be approved by", not the
/// papers that minutes record.
fn is_about_itself(before: &str, kind: Kind) -> bool {
    let sentence = before.rsplit(['.', '\n', ':', ';']).next().unwrap_or("").trim_start().to_lowercase();
    let last = sentence.split_whitespace().next_back().unwrap_or("");
    if sentence.split_whitespace().next().is_none() {
        return true;
    }
    let conditional = ["be", "not", "once", "if", "when", "unless", "until", "are", "as", "or", "is", "being"];
    if conditional.contains(&last) || matches!(kind, Kind::Minutes | Kind::Agenda) {
        return false;
    }
    [
        "this ",
        "the policy",
        "the strategy",
        "the plan",
        "the framework",
        "the document",
        "the terms",
        "the procedure",
        "it ",
        "our ",
        "version",
        "the statement",
        "and ",
        "the charter",
        "the report",
    ]
    .iter()
    .any(|start| sentence.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Words;

    #[test]
    fn role_words_tell_people_from_bodies() {
        let labels = Words::embedded().unwrap().labels;
        for body in ["Quality Committee", "Trust Board", "Quality Team", "Policy Group"] {
            assert!(is_body(body, &labels), "{body}");
        }
        for person in ["Board Secretary", "Chair of the Board", "Group Chief Nurse", "Jo Marsh", "Team Manager"] {
            assert!(!is_body(person, &labels), "{person}");
        }
    }

    #[test]
    fn names_lose_what_is_no_name() {
        assert_eq!(owner("Jo Marsh, Head of Risk, jo@example.org").as_deref(), Some("Jo Marsh, Head of Risk"));
        assert_eq!(owner("Jo Marsh (01234 567890)").as_deref(), Some("Jo Marsh"));
        assert_eq!(owner("responsible for the review of this policy"), None);
        assert_eq!(owner("3 May 2026"), None);
        assert_eq!(approver("the Trust Board on 12 May 2026").as_deref(), Some("Trust Board"));
        assert_eq!(approver("12 May 2026"), None);
        assert_eq!(approver("The Board is asked to approve the plan"), None);
    }
}
