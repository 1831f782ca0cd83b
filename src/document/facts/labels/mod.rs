//! The vocabulary of facts, `rules/words/labels.toml`, and the look-up of a label as documents write it.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

/// What a label is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Title,
    MeetingDate,
    IssueDate,
    ApprovalDate,
    Date,
    Owner,
    Author,
    ApprovedBy,
    Version,
    ReviewDue,
    Status,
}

impl Field {
    /// Whether its values are days.
    pub(super) fn is_day(self) -> bool {
        matches!(self, Field::MeetingDate | Field::IssueDate | Field::ApprovalDate | Field::Date | Field::ReviewDue)
    }
}

/// A use of a label: its field, and its rank in the field's list (0 is the best).
pub(super) type Use = (Field, usize);

/// Labels of fields, words for status, and what tells titles, organisations and people apart; all in lower case.
#[derive(Debug, Clone)]
pub struct Labels {
    uses: HashMap<String, Vec<Use>>,
    others: HashSet<String>,
    columns: HashSet<String>,
    weak: HashSet<String>,
    pub(super) words: Lists,
}

/// The lists of the file that are not labels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    title: Vec<String>,
    meeting_date: Vec<String>,
    issue_date: Vec<String>,
    approval_date: Vec<String>,
    date: Vec<String>,
    owner: Vec<String>,
    author: Vec<String>,
    approved_by: Vec<String>,
    version: Vec<String>,
    review_due: Vec<String>,
    status: Vec<String>,
    other: Vec<String>,
    columns: Vec<String>,
    weak: Vec<String>,
    empty: Vec<String>,
    empty_starts: Vec<String>,
    draft: Vec<String>,
    #[serde(rename = "final")]
    finals: Vec<String>,
    approved: Vec<String>,
    superseded: Vec<String>,
    documents: Vec<String>,
    generic: Vec<String>,
    structure: Vec<String>,
    markings: Vec<String>,
    organisations: Vec<String>,
    bodies: Vec<String>,
    people: Vec<String>,
}

/// Words by what they tell.
#[derive(Debug, Clone)]
pub(super) struct Lists {
    pub(super) empty: Vec<String>,
    pub(super) empty_starts: Vec<String>,
    pub(super) draft: Vec<String>,
    pub(super) finals: Vec<String>,
    pub(super) approved: Vec<String>,
    pub(super) superseded: Vec<String>,
    pub(super) documents: Vec<String>,
    pub(super) generic: Vec<String>,
    pub(super) structure: Vec<String>,
    pub(super) markings: Vec<String>,
    pub(super) organisations: Vec<String>,
    pub(super) bodies: Vec<String>,
    pub(super) people: Vec<String>,
}

/// What may stand before a label without changing it: `Strategy owner` is an owner.
const PREFIXES: [&str; 28] = [
    "the ",
    "this ",
    "name of ",
    "name and title of ",
    "name and role of ",
    "name and job title of ",
    "job title of ",
    "title of ",
    "role of ",
    "post of ",
    "document ",
    "policy ",
    "plan ",
    "report ",
    "strategy ",
    "procedure ",
    "guideline ",
    "protocol ",
    "paper ",
    "sop ",
    "framework ",
    "guidance ",
    "programme ",
    "trust ",
    "controlled document ",
    "current ",
    "project ",
    "audit ",
];

/// What may stand after a label without changing it: `Author name and job title` is an author.
const SUFFIXES: [&str; 24] = [
    " and job title",
    " and title",
    " and role",
    " and post",
    " and position",
    " name and job title",
    " name and title",
    " name and post",
    " name and role",
    " job title",
    " name",
    " title",
    " role",
    " post",
    " designation",
    " position",
    " number",
    " s",
    " and when",
    " and date",
    " and on",
    " when",
    " date ratified",
    " date approved",
];

impl Labels {
    /// Reads `rules/words/labels.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut uses: HashMap<String, Vec<Use>> = HashMap::new();
        for (field, list) in [
            (Field::Title, &file.title),
            (Field::MeetingDate, &file.meeting_date),
            (Field::IssueDate, &file.issue_date),
            (Field::ApprovalDate, &file.approval_date),
            (Field::Date, &file.date),
            (Field::Owner, &file.owner),
            (Field::Author, &file.author),
            (Field::ApprovedBy, &file.approved_by),
            (Field::Version, &file.version),
            (Field::ReviewDue, &file.review_due),
            (Field::Status, &file.status),
        ] {
            for (rank, label) in list.iter().enumerate() {
                uses.entry(tidy(label)).or_default().push((field, rank));
            }
        }
        let set = |list: &[String]| list.iter().map(|label| tidy(label)).collect();
        Ok(Labels {
            uses,
            others: set(&file.other),
            columns: set(&file.columns),
            weak: set(&file.weak),
            words: Lists {
                empty: file.empty,
                empty_starts: file.empty_starts,
                draft: file.draft,
                finals: file.finals,
                approved: file.approved,
                superseded: file.superseded,
                documents: file.documents,
                generic: file.generic,
                structure: file.structure,
                markings: file.markings,
                organisations: file.organisations,
                bodies: file.bodies,
                people: file.people,
            },
        })
    }

    /// What a label is for; empty when it is for none of the facts, or no label.
    pub(super) fn uses(&self, label: &str) -> &[Use] {
        let tidied = tidy(label);
        if tidied.is_empty() || tidied.len() > 60 {
            return &[];
        }
        let found = self.look_up(&tidied, 3);
        // `Version / issue date`: of two labels in one the first.
        let first = || label.split_once('/').map(|(first, _)| tidy(first)).filter(|first| first.len() > 3);
        match first().filter(|_| found.is_empty() && !self.others.contains(&tidied)) {
            Some(first) => self.look_up(&first, 1),
            None => found,
        }
    }

    fn look_up(&self, label: &str, steps: u8) -> &[Use] {
        if let Some(uses) = self.uses.get(label) {
            return uses;
        }
        if steps == 0 || self.others.contains(label) {
            return &[];
        }
        // `Board lead for net zero`, `Next review by the directors`: what follows only narrows it down.
        let narrowed = [" for ", " by the ", " of the ", " of this ", " to the ", " at the ", " within the "];
        let head = narrowed.iter().filter_map(|word| label.find(word)).min();
        if let Some(head) = head.and_then(|at| label.get(..at)).filter(|head| head.contains(' ') && label.len() < 50)
            && let found = self.look_up(head, 0)
            && !found.is_empty()
        {
            return found;
        }
        let shorter = PREFIXES.iter().filter_map(|prefix| label.strip_prefix(prefix));
        let shorter = shorter.chain(SUFFIXES.iter().filter_map(|suffix| label.strip_suffix(suffix)));
        let shorter = shorter.chain(label.strip_suffix('s'));
        shorter.map(|rest| self.look_up(rest.trim(), steps - 1)).find(|uses| !uses.is_empty()).unwrap_or(&[])
    }

    /// Whether the words are a label of any sort, so that they are no value.
    pub(super) fn is_label(&self, words: &str) -> bool {
        !self.uses(words).is_empty() || self.others.contains(&tidy(words))
    }

    /// Whether the words are a label where a value might stand, too: not `Published` beside `Status`.
    pub(super) fn is_sure_label(&self, words: &str) -> bool {
        if !self.is_label(words) {
            return false;
        }
        if words.trim_end().ends_with(':') {
            return true;
        }
        let bare = tidy(words);
        // A role is as often somebody's as it is a label: `Lead nurse`.
        const ROLES: [&str; 7] = ["nurse", "manager", "director", "officer", "individual", "executive", "professional"];
        let role = bare.contains(' ') && ROLES.iter().any(|role| bare.ends_with(role));
        !role && !self.weak.contains(&bare)
    }

    /// Whether the words head a column of a list of things.
    pub(super) fn is_column(&self, words: &str) -> bool {
        self.columns.contains(&tidy(words))
    }

    /// Whether a value says nothing: `TBC`, `[insert date]`, `dd/mm/yyyy`, `____`.
    pub(super) fn is_empty(&self, value: &str) -> bool {
        let bare = value.trim().trim_end_matches(['.', '*']).trim().to_lowercase();
        !bare.chars().any(char::is_alphanumeric)
            || self.words.empty.contains(&bare)
            || self.words.empty_starts.iter().any(|start| {
                bare.strip_prefix(start.as_str()).is_some_and(|rest| {
                    !start.ends_with(char::is_alphanumeric)
                        || !rest.starts_with(|c: char| c.is_alphabetic() && c != 'x' && c != 'y')
                })
            })
    }
}

/// A label without what it is decorated with: `**Review Date (by):**` is `review date`.
pub(super) fn tidy(label: &str) -> String {
    let mut bare = String::with_capacity(label.len());
    let mut depth = 0u32;
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '_' | '-' | '\u{2010}'..='\u{2014}' | '/' | '*' | '#' | '\n' | '\t' | ',' | '•' | '·' => bare.push(' '),
            '\'' | '’' | '‘' => {}
            '&' => bare.push_str(" and "),
            _ if c.is_ascii() => bare.push(c.to_ascii_lowercase()),
            _ => bare.extend(c.to_lowercase()),
        }
    }
    let bare = bare.trim_matches([' ', ':', '.', '：', ';', '?', '=']);
    let mut tidied = String::with_capacity(bare.len());
    for word in bare.split_whitespace() {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    tidied
}

/// The name of a property with its words apart: `DocumentOwner` is `Document Owner`.
pub(super) fn spaced(name: &str) -> String {
    let mut apart = String::with_capacity(name.len() + 4);
    let mut small = false;
    for c in name.chars() {
        if c.is_uppercase() && small {
            apart.push(' ');
        }
        small = c.is_lowercase() || c.is_ascii_digit();
        apart.push(c);
    }
    apart
}

/// Whether `words` (lower case) holds `word` as a whole word or phrase.
pub(super) fn has_word(words: &str, word: &str) -> bool {
    word_at(words, word).is_some()
}

/// Where `words` (lower case) first holds `word` as a whole word or phrase.
pub(super) fn word_at(words: &str, word: &str) -> Option<usize> {
    words.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = words[..*at].chars().next_back();
        let after = words[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
