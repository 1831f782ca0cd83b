//! Figures over time: a table that gives the same measure for one period after another.

use std::sync::LazyLock;

use regex::Regex;

use crate::phrase::pattern;
use crate::text::{Block, Excerpt, Role, Text};

/// Periods in a row that make a series across the columns, and down the rows, where a year's four quarters are only activity.
const ACROSS: usize = 2;
const DOWN: usize = 5;

/// A period as columns and rows are headed: `2025`, `2024/25`, `Q2`, `Jan-26`, `April 2026`, `last year`, `month 5`.
static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:
            (?:fy\s*)?20\d\d(?:\s*[/-]\s*(?:20)?\d\d)?(?:\s+to\s+date|\s+\(?(?:ytd|so\s+far)\)?)?
          | (?:q(?:uarter)?\s*[1-4]|h[12]|half\s+year|week|wk|month|m|wave|cycle|round)\s*\d{0,2}(?:[\s,]*(?:20)?\d\d(?:\s*[/-]\s*\d\d)?)?
          | (?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:\s*(?:-|–|to)\s*(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))?[\s'’-]*(?:20)?\d{0,2}
          | (?:last|this|previous|a)\s+(?:year|month|quarter|time|half)(?:\s+(?:ago|before))? | the\s+year\s+before
          | (?:same\s+)?(?:time|month|quarter|year|six\s+months)\s+(?:last\s+year|before|ago)
        )$",
    )
});

/// A figure, with its unit perhaps, and another in brackets.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^[£<>~+-]?\s*\d[\d.,:]*\s*(?:%|per\s?cent|[a-z]{1,8}|of\s+\d+)?\s*(?:\([^()]{1,16}\))?$")
});

/// The first row of a table that gives a measure for one period after another, and the figures differ.
pub(super) fn over_time(text: &Text) -> Option<Excerpt> {
    let blocks: Vec<&Block> = text.blocks().iter().filter(|block| block.role.is_evidence()).collect();
    let words = |block: &Block| text.block_text(block).trim().to_string();
    let period = |block: &Block| {
        let words = words(block);
        words.len() < 30 && PERIOD.is_match(&words)
    };
    let figure = |block: &Block| {
        let words = words(block);
        words.len() < 30 && FIGURE.is_match(&words) && !PERIOD.is_match(&words)
    };
    let same_row = |one: &Block, other: &Block| match (one.role, other.role) {
        (Role::Cell { table, row, .. }, Role::Cell { table: second, row: last, .. }) => table == second && row == last,
        (Role::Cell { .. }, _) | (_, Role::Cell { .. }) => false,
        _ => true,
    };
    let mut across = 0;
    let mut at = 0;
    while at < blocks.len() {
        let run = |of: &dyn Fn(&Block) -> bool| {
            let more = blocks[at..].windows(2).take_while(|pair| same_row(pair[0], pair[1]) && of(pair[1])).count();
            if of(blocks[at]) { more + 1 } else { 0 }
        };
        let periods = run(&period);
        if periods >= ACROSS {
            across = periods;
            at += periods;
            continue;
        }
        let figures = run(&figure);
        if across >= ACROSS && figures >= ACROSS {
            let row: Vec<String> = blocks[at..at + figures].iter().map(|block| words(block)).collect();
            if row.iter().any(|one| *one != row[0]) {
                return Some(text.excerpt(blocks[at].span));
            }
        }
        at += figures.max(1);
    }
    // Down the first column, as the data of a run chart stand.
    let mut down = 0;
    for pair in blocks.windows(2) {
        if let (Role::Cell { column: 0, table, .. }, Role::Cell { column: 1, table: second, .. }) =
            (pair[0].role, pair[1].role)
            && table == second
        {
            down = if period(pair[0]) && figure(pair[1]) { down + 1 } else { 0 };
            if down >= DOWN {
                return Some(text.excerpt(pair[1].span));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Place;

    fn table(rows: &[&[&str]]) -> bool {
        let mut builder = Text::builder();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                builder.push(Role::Cell { table: 0, row: row as u32, column: column as u32 }, Place::default(), cell);
            }
        }
        over_time(&builder.finish()).is_some()
    }

    #[test]
    fn a_measure_for_one_period_after_another_is_a_result() {
        assert!(table(&[&["Measure", "2024/25", "2025/26"], &["Seen in time", "61%", "84%"]]));
        assert!(table(&[&["Indicator", "Q3", "Q4", "Q1"], &["Falls", "14", "11", "9"]]));
        assert!(table(&[&["Oct 24", "Jan 25", "Apr 25"], &["163,000", "88,000", "9,400"]]));
        assert!(table(&[&["Quarter", "Jan-Jun 24", "Q4 24", "Q1 25"], &["In by 08.35", "38%", "50%", "58%"]]));
        assert!(table(&[
            &["Month", "Missed doses"],
            &["January", "14"],
            &["February", "12"],
            &["March", "13"],
            &["April", "7"],
            &["May", "5"],
        ]));
        // The same figure twice, a plan for years to come without figures, and a year's cases by quarter show no change.
        assert!(!table(&[&["Measure", "2024/25", "2025/26"], &["Beds", "24", "24"]]));
        assert!(!table(&[&["Step", "2026", "2027"], &["Coaches", "recruit", "train"]]));
        assert!(!table(&[&["Quarter", "Cases"], &["Q1", "12"], &["Q2", "15"], &["Q3", "11"], &["Q4", "14"]]));
        assert!(!table(&[&["Name", "Room", "Telephone"], &["Ash", "12", "4411"]]));
    }

    #[test]
    fn a_table_that_was_read_as_lines_counts_as_well() {
        let mut builder = Text::builder();
        for line in ["Indicator", "2024", "2025", "2026", "Share of leaders", "6.1%", "7.0%", "8.4%"] {
            builder.push(Role::Paragraph, Place::default(), line);
        }
        assert!(over_time(&builder.finish()).is_some());
    }

    #[test]
    fn periods() {
        for yes in [
            "2025",
            "2024/25",
            "Q2",
            "Q1 25/26",
            "Jan-26",
            "Jul-Aug 26",
            "April 2026",
            "last year",
            "2026 to date",
            "H1",
            "Week 3",
        ] {
            assert!(PERIOD.is_match(yes), "{yes}");
        }
        for no in ["12", "Maybe", "March past", "2025 target for all", "Quarterly", "A"] {
            assert!(!PERIOD.is_match(no), "{no}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_cell_breaks_it(cells in proptest::collection::vec(".{0,20}", 0..20)) {
            let mut builder = Text::builder();
            for (at, cell) in cells.iter().enumerate() {
                let role = Role::Cell { table: 0, row: at as u32 / 3, column: at as u32 % 3 };
                builder.push(role, Place::default(), cell);
            }
            over_time(&builder.finish());
        }
    }
}
