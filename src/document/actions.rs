//! Actions (text, owner, due, progress) from action logs, action plans, and the tables and prose of minutes.

mod columns;
mod parts;
mod people;
mod progress;
mod prose;
mod table;
#[cfg(test)]
mod tests;
mod when;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use super::{Action, Facts, Kind, Progress, Words};
use crate::day::Day;
use crate::text::{Excerpt, Text};

/// Column names of action logs, and words for progress, owners and times.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionWords {
    columns: ColumnWords,
    words: LooseWords,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ColumnWords {
    ignored: Vec<String>,
    action: Vec<String>,
    action_part: Vec<String>,
    owner: Vec<String>,
    owner_part: Vec<String>,
    perhaps_owner: Vec<String>,
    treatment: Vec<String>,
    due: Vec<String>,
    due_part: Vec<String>,
    new_due: Vec<String>,
    new_due_part: Vec<String>,
    done: Vec<String>,
    done_part: Vec<String>,
    flag: Vec<String>,
    status: Vec<String>,
    status_part: Vec<String>,
    discussion: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LooseWords {
    closed: Vec<String>,
    closed_alone: Vec<String>,
    open: Vec<String>,
    beside_closed: Vec<String>,
    yes: Vec<String>,
    nobody: Vec<String>,
    not_tasks: Vec<String>,
    links: Vec<String>,
    no_action: Vec<String>,
    sample: Vec<String>,
    no_day: Vec<String>,
    section: Vec<String>,
    headings: Vec<String>,
    roles: Vec<String>,
    verbs: Vec<String>,
    formal: Vec<String>,
    not_verbs: Vec<String>,
    bodies: Vec<String>,
}

impl ActionWords {
    /// Reads `rules/words/actions.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let mut words: ActionWords = toml::from_str(text).map_err(|error| error.to_string())?;
        // They are looked for in keys, over and over.
        let loose = &mut words.words;
        for list in [&mut loose.closed, &mut loose.closed_alone, &mut loose.open] {
            list.iter_mut().for_each(|word| *word = key(word));
        }
        Ok(words)
    }

    /// Whether words in a place for an action are none: "Noted", template text.
    fn is_no_action(&self, said: &str) -> bool {
        let lower = said.trim().trim_end_matches(['.', ':']).to_lowercase();
        let key = key(&lower);
        let placeholder = lower.starts_with(['[', '<', '{']);
        let sample = self.words.sample.iter().any(|sample| key.contains(sample.as_str()));
        let none =
            ["none ", "no action", "nil "].iter().any(|start| key.starts_with(start)) && key.split(' ').count() <= 5;
        !lower.chars().any(char::is_alphabetic)
            || none
            || self.words.no_action.contains(&lower)
            || placeholder
            || sample
    }

    /// The words for a time that is no day.
    fn no_day<'a>(&self, said: &'a str) -> Option<&'a str> {
        let lower = said.to_lowercase();
        if lower.len() != said.len() {
            return None;
        }
        let border = |at: Option<char>| at.is_none_or(|c| !c.is_alphanumeric());
        let find = |words: &String| {
            let hits = lower.match_indices(words.as_str()).map(|(at, _)| (at, at + words.len()));
            let mut whole = hits.filter(|(start, end)| {
                border(lower[..*start].chars().next_back()) && border(lower[*end..].chars().next())
            });
            whole.next()
        };
        let (start, end) = self.words.no_day.iter().filter_map(find).min()?;
        said.get(start..end)
    }
}

/// What the readers of tables and of prose both need.
struct Context<'a> {
    text: &'a Text,
    kind: Kind,
    title: &'a str,
    /// The document's own day, which gives days without a year theirs.
    base: Option<Day>,
    colours: BTreeMap<String, bool>,
    words: &'a ActionWords,
}

/// Every action of the document, in order.
pub fn read(text: &Text, kind: Kind, facts: &Facts, words: &Words) -> Vec<Action> {
    // A template's rows are nobody's, and an agenda's column "action" says what an item is for.
    if matches!(kind, Kind::Template | Kind::Agenda) {
        return Vec::new();
    }
    let words = &words.actions;
    // A plan for a year that has no day of its own: the middle of the year.
    let planned = || facts.period_end.as_ref().map(|end| end.value.minus(crate::day::Window::months(6)));
    let base = facts.date.as_ref().map(|date| date.value).or_else(planned);
    let title = facts.title.as_ref().map_or("", |title| title.value.as_str());
    let context = Context { text, kind, title, base, colours: progress::colours(text, words), words };
    let mut actions = table::read(&context);
    actions.extend(prose::read(&context));
    actions.sort_by_key(|(start, _)| *start);
    let mut seen = BTreeSet::new();
    actions
        .into_iter()
        .map(|(_, action)| action)
        .filter(|one| seen.insert((key(&one.text), one.owner.clone(), one.due)))
        .collect()
}

impl fmt::Display for Action {
    /// "Chief Nurse, by 3 May 2026 (first 1 April 2026), open: bring a paper (page 3)".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ", self.owner.as_deref().unwrap_or("nobody"))?;
        match (self.due, &self.due_words) {
            (Some(day), _) => write!(f, "by {}", day.in_words())?,
            (None, Some(words)) => write!(f, "\"{words}\"")?,
            (None, None) => f.write_str("no date")?,
        }
        if let Some(first) = self.moved_from {
            write!(f, " (first {})", first.in_words())?;
        }
        let progress = if self.progress == Progress::Closed { "closed" } else { "open" };
        let text: String = self.text.chars().take(Excerpt::QUOTE).collect();
        write!(f, ", {progress}: {text} ({})", self.excerpt.place)
    }
}

/// Words in small letters, signs and line breaks as single spaces: `STATUS/ COMMENT` is `status comment`.
fn key(words: &str) -> String {
    let plain: String = words.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
