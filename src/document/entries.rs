//! The day of a list that does not state its own: that of its newest entry.

use std::collections::BTreeMap;

use super::{Fact, Kind, Source};
use crate::day::{Day, Precision, find_days};
use crate::text::{Role, Span, Text};

/// Longest heading of a column, in characters.
const HEADING: usize = 50;

/// Words of headings over days on which something happened or was looked at, and words of those over days to come.
const PAST: [&str; 26] = [
    "date",
    "dated",
    "updated",
    "update",
    "reviewed",
    "received",
    "reported",
    "raised",
    "opened",
    "logged",
    "recorded",
    "completed",
    "closed",
    "agreed",
    "visited",
    "visit",
    "signed",
    "sent",
    "attended",
    "checked",
    "refreshed",
    "declared",
    "entered",
    "event",
    "decided",
    "discussed",
];
const AHEAD: [&str; 18] = [
    "due", "target", "next", "expiry", "expires", "expected", "deadline", "by", "until", "end", "start", "planned",
    "proposed", "renewal", "revised", "forecast", "birth", "when",
];

/// The newest day in a column of days that have been, of a register, a dataset or a record of training.
pub fn newest(text: &Text, kind: Kind) -> Option<Fact<Day>> {
    if !matches!(kind, Kind::Register | Kind::Dataset | Kind::TrainingRecord) {
        return None;
    }
    let mut columns: BTreeMap<(u32, u32), (String, bool)> = BTreeMap::new();
    let mut newest: Option<(Day, Span, String)> = None;
    for block in text.blocks().iter().filter(|block| block.role.is_evidence()) {
        let Role::Cell { table, column, .. } = block.role else { continue };
        let words = text.block_text(block);
        if words.chars().count() > HEADING {
            continue;
        }
        let day = find_days(words, None).into_iter().find(|one| one.precision == Precision::Day);
        match (day, columns.get(&(table, column))) {
            (None, _) if words.chars().any(char::is_alphabetic) => {
                // The last heading over a column holds; words among the days ("none") change nothing.
                if let Some(past) = is_past(words) {
                    columns.insert((table, column), (words.to_string(), past));
                }
            }
            (Some(one), Some((heading, true))) if newest.as_ref().is_none_or(|(best, ..)| one.day > *best) => {
                let span = Span::new(block.span.start + one.start, block.span.start + one.end);
                newest = Some((one.day, span, heading.clone()));
            }
            _ => {}
        }
    }
    let (value, span, heading) = newest?;
    Some(Fact { value, source: Source::Label(heading), excerpt: Some(text.excerpt(span)) })
}

/// Whether a heading stands over days that have been; nothing when it is about no days.
fn is_past(heading: &str) -> Option<bool> {
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let short = words.len() <= 6;
    match (has(&PAST), has(&AHEAD)) {
        (_, true) if short => Some(false),
        (true, false) if short => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Place;

    fn newest_of(rows: &[&[&str]], kind: Kind) -> Option<String> {
        let mut builder = Text::builder();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let role = Role::Cell { table: 0, row: row as u32, column: column as u32 };
                builder.push(role, Place::at_cell("Log", row as u32, column as u32), cell);
            }
        }
        newest(&builder.finish(), kind).map(|fact| fact.value.to_string())
    }

    #[test]
    fn the_newest_entry_dates_a_list() {
        let rows: &[&[&str]] = &[
            &["Ref", "Date received", "What", "Due"],
            &["1", "3 May 2026", "noise", "1 June 2027"],
            &["2", "14 August 2026", "food", ""],
            &["3", "2 July 2026", "", "3 March 2028"],
        ];
        assert_eq!(newest_of(rows, Kind::Register).as_deref(), Some("2026-08-14"));
        assert_eq!(newest_of(rows, Kind::Report), None);
        assert_eq!(newest_of(&[&["Ref", "Next review"], &["1", "3 May 2026"]], Kind::Register), None);
    }
}
