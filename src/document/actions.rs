//! Actions (text, owner, due, progress) from the tables of action logs, action plans and minutes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Action, Facts, Kind, Progress, Words};
use crate::day::find_days;
use crate::text::{Block, Role, Text};

/// Column names of action logs and words for progress.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionWords {
    action: Vec<String>,
    owner: Vec<String>,
    due: Vec<String>,
    status: Vec<String>,
    closed: Vec<String>,
    nobody: Vec<String>,
}

impl ActionWords {
    /// Reads `rules/words/actions.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}

/// Which column holds what.
struct Columns {
    header: u32,
    action: u32,
    owner: Option<u32>,
    due: Vec<u32>,
    status: Option<u32>,
}

/// Every action of the document's tables, in order.
pub fn read(text: &Text, _kind: Kind, _facts: &Facts, words: &Words) -> Vec<Action> {
    let mut tables: BTreeMap<u32, BTreeMap<u32, BTreeMap<u32, &Block>>> = BTreeMap::new();
    for block in text.blocks() {
        if let Role::Cell { table, row, column } = block.role {
            tables.entry(table).or_default().entry(row).or_default().insert(column, block);
        }
    }
    let mut actions = Vec::new();
    for rows in tables.values() {
        let Some(columns) = rows.iter().take(15).find_map(|(row, cells)| columns(text, *row, cells, &words.actions))
        else {
            continue;
        };
        let below = rows.iter().filter(|(row, _)| **row > columns.header);
        actions.extend(below.filter_map(|(_, cells)| action(text, cells, &columns, &words.actions)));
    }
    actions
}

fn columns(text: &Text, row: u32, cells: &BTreeMap<u32, &Block>, words: &ActionWords) -> Option<Columns> {
    let find = |names: &[String]| -> Vec<u32> {
        let named = |block: &Block| names.contains(&text.block_text(block).trim().trim_end_matches(':').to_lowercase());
        cells.iter().filter(|(_, block)| named(block)).map(|(column, _)| *column).collect()
    };
    let action = *find(&words.action).first()?;
    let owner = find(&words.owner).first().copied();
    let due = find(&words.due);
    let status = find(&words.status).first().copied();
    (owner.is_some() || !due.is_empty()).then_some(Columns { header: row, action, owner, due, status })
}

fn action(text: &Text, cells: &BTreeMap<u32, &Block>, columns: &Columns, words: &ActionWords) -> Option<Action> {
    let said =
        |column: u32| cells.get(&column).map(|block| text.block_text(block).trim()).filter(|said| !said.is_empty());
    let block = cells.get(&columns.action)?;
    let what = said(columns.action)?;
    let owner = columns.owner.and_then(said).filter(|owner| !words.nobody.contains(&owner.to_lowercase()));
    let dues: Vec<&str> = columns.due.iter().filter_map(|column| said(*column)).collect();
    let due = dues.iter().rev().find_map(|words| find_days(words, None).last().map(|found| found.day));
    let status = columns.status.and_then(said).unwrap_or("").to_lowercase();
    let closed =
        |said: &str| words.closed.iter().any(|word| said.split(|c: char| !c.is_alphabetic()).any(|one| one == word));
    let unfinished = status.contains("not ") || status.contains("partly") || status.contains("incomplete");
    let done = closed(&status) && !unfinished || dues.iter().any(|due| closed(&due.to_lowercase()));
    Some(Action {
        text: what.replace('\n', " "),
        owner: owner.map(str::to_string),
        due,
        due_words: if due.is_none() { dues.first().map(|words| (*words).to_string()) } else { None },
        progress: if done { Progress::Closed } else { Progress::Open },
        excerpt: text.excerpt(block.span),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Limits, read as read_file};

    #[test]
    fn a_log_is_read_row_by_row() {
        let source = "| Ref | Action | Lead | Target date | New date | Status |\n|--|--|--|--|--|--|\n| 1 | Write the plan | Head of Quality | 01/09/2026 | 30/11/2026 | In progress |\n| 2 | Tell staff | TBC | ongoing | | Open |\n| 3 | Buy paper | CFO | 1 May 2026 | | Complete |\n";
        let text = read_file("a.md", source.as_bytes(), &Limits::default()).1.unwrap();
        let actions = read(&text, Kind::Register, &Facts::default(), &Words::embedded().unwrap());
        let rows: Vec<_> = actions
            .iter()
            .map(|one| (one.owner.as_deref(), one.due.map(|day| day.to_string()), one.progress))
            .collect();
        assert_eq!(
            rows,
            [
                (Some("Head of Quality"), Some("2026-11-30".to_string()), Progress::Open),
                (None, None, Progress::Open),
                (Some("CFO"), Some("2026-05-01".to_string()), Progress::Closed),
            ]
        );
        assert_eq!(actions[1].due_words.as_deref(), Some("ongoing"));
    }
}
