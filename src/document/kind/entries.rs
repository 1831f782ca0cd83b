//! Tables whose rows are entries of a list that somebody keeps: words in each, and who looks after it, when, or how it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::day::find_days;
use crate::text::{Role, Text};

/// Rows that a list has at least.
const ROWS: usize = 3;
/// Words that a cell of prose has on average at least.
const PROSE: usize = 4;

/// What the cells of one column hold.
#[derive(Debug, Default)]
struct Column {
    cells: usize,
    words: usize,
    days: usize,
    states: usize,
    people: usize,
}

/// Whether each row of a table tells of one thing in words and says besides who, when or in what state.
pub(super) fn keeps_entries(text: &Text, table: u32) -> bool {
    let mut rows: BTreeMap<u32, BTreeMap<u32, &str>> = BTreeMap::new();
    for block in text.blocks() {
        if let Role::Cell { table: own, row, column } = block.role
            && own == table
        {
            rows.entry(row).or_default().insert(column, text.block_text(block).trim());
        }
    }
    // The widest of the first rows heads the columns; a title and a line of who keeps it may stand above.
    let width = rows.values().take(8).map(BTreeMap::len).max().unwrap_or(0);
    let Some(head) = rows.iter().take(8).find(|(_, cells)| cells.len() == width).map(|(row, _)| *row) else {
        return false;
    };
    if width < 3 {
        return false;
    }
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    let mut entries = 0;
    for cells in rows.range(head + 1..).map(|(_, cells)| cells).filter(|cells| cells.len() >= 2).take(60) {
        entries += 1;
        for (at, cell) in cells {
            let column = columns.entry(*at).or_default();
            column.cells += 1;
            column.words += cell.split_whitespace().count();
            column.days += usize::from(cell.len() < 40 && !find_days(cell, None).is_empty());
            column.states += usize::from(is_state(cell));
            column.people += usize::from(is_person(cell));
        }
    }
    let often = |count: usize, column: &Column| column.cells * 2 >= entries && count * 5 >= column.cells * 3;
    let prose: BTreeSet<u32> = columns
        .iter()
        .filter(|(_, column)| column.cells * 2 >= entries && column.words >= column.cells * PROSE)
        .map(|(at, _)| *at)
        .collect();
    let kept = columns.iter().filter(|(at, column)| {
        !prose.contains(at)
            && (often(column.days, column) || often(column.states, column) || often(column.people, column))
    });
    entries >= ROWS && !prose.is_empty() && kept.count() >= 2
}

/// How something stands, as lists say it.
fn is_state(cell: &str) -> bool {
    const STATES: [&str; 30] = [
        "open",
        "closed",
        "done",
        "complete",
        "completed",
        "overdue",
        "ongoing",
        "on track",
        "in progress",
        "not started",
        "started",
        "part",
        "partly",
        "yes",
        "no",
        "red",
        "amber",
        "green",
        "r",
        "a",
        "g",
        "high",
        "medium",
        "low",
        "moderate",
        "none",
        "upheld",
        "partly upheld",
        "live",
        "finished",
    ];
    let first = cell.split([',', '-', '–', ';', '(']).next().unwrap_or("").trim().to_lowercase();
    STATES.contains(&first.as_str())
}

/// A person by name, initials or post: `R Sandhar`, `Sowerby, K`, `JP`, `Practice Manager`.
fn is_person(cell: &str) -> bool {
    const POSTS: [&str; 18] = [
        "manager",
        "nurse",
        "director",
        "lead",
        "officer",
        "matron",
        "chair",
        "partner",
        "pharmacist",
        "head of",
        "chief",
        "receptionist",
        "carer",
        "guardian",
        "team",
        "coordinator",
        "sister",
        "secretary",
    ];
    let words: Vec<&str> = cell.split_whitespace().collect();
    if words.is_empty() || words.len() > 6 || cell.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let lower = cell.to_lowercase();
    if POSTS.iter().any(|post| lower.contains(post)) {
        return true;
    }
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let initial = |word: &&str| {
        let bare = word.trim_matches(['.', ',']);
        bare.len() <= 3 && !bare.is_empty() && bare.chars().all(char::is_uppercase)
    };
    let title = |word: &&str| matches!(word.trim_end_matches('.'), "Dr" | "Mr" | "Mrs" | "Ms" | "Miss" | "Prof" | "Sr");
    match words.as_slice() {
        [one] => initial(one) && one.len() >= 2,
        [first, ..] => words.iter().all(capital) && (words.iter().any(initial) || title(first)),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(rows: &[&[&str]]) -> bool {
        let mut builder = Text::builder();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let role = Role::Cell { table: 0, row: row as u32, column: column as u32 };
                builder.push(role, crate::text::Place::default(), cell);
            }
        }
        keeps_entries(&builder.finish(), 0)
    }

    #[test]
    fn a_list_says_in_words_what_and_besides_who_and_when() {
        assert!(keeps(&[
            &["Things that went wrong and what came of it"],
            &["When it was", "What went on", "Whose", "Put right by"],
            &["3 May 2026", "A parcel of insulin was left in the hall", "J Pell", "9 May 2026"],
            &["8 June 2026", "The call bell in room 4 did not ring", "A Ross", "1 July 2026"],
            &["1 July 2026", "Two people were booked into the same slot", "Practice Manager", "8 July 2026"],
        ]));
        assert!(!keeps(&[
            &["Month", "Falls", "Beds", "Rate"],
            &["2026-04", "3", "120", "2.5"],
            &["2026-05", "4", "120", "3.3"],
            &["2026-06", "2", "118", "1.7"],
        ]));
        // A menu tells in words, and nobody looks after its entries.
        assert!(!keeps(&[
            &["Day", "Lunch", "Tea"],
            &["Monday", "Roast chicken with peas and gravy", "Cheese on toast"],
            &["Tuesday", "Fish pie with green beans", "Ham sandwiches"],
            &["Wednesday", "Sausages with mash and onion", "Tomato soup"],
        ]));
    }

    #[test]
    fn people_and_states() {
        for yes in ["R Sandhar", "JP", "Sowerby, K", "Dr Bose", "Practice Manager", "Head of Estates", "M. Abara"] {
            assert!(is_person(yes), "{yes}");
        }
        for no in ["Laundry mixed up", "3 of 4", "Theatres", "Wash hands", ""] {
            assert!(!is_person(no), "{no}");
        }
        assert!(is_state("Open - not begun") && is_state("Done") && !is_state("Open the window"));
    }

    proptest::proptest! {
        #[test]
        fn no_cell_breaks_it(cells in proptest::collection::vec(".{0,30}", 0..20)) {
            let mut builder = Text::builder();
            for (at, cell) in cells.iter().enumerate() {
                let role = Role::Cell { table: 0, row: at as u32 / 3, column: at as u32 % 3 };
                builder.push(role, crate::text::Place::default(), cell);
            }
            keeps_entries(&builder.finish(), 0);
        }
    }
}
