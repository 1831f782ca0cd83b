//! Labels and values in tables: control tables with labels down or across, logs of changes, and lists of other things.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, Pair, Trust};
use crate::day::find_days;
use crate::document::Source;
use crate::document::facts::guess;
use crate::document::facts::labels::{Field, Labels, tidy};
use crate::document::facts::version;
use crate::text::{Block, Role, Span, Text};

/// The cells of a table by row and column.
pub(in crate::document::facts) type Rows<'t> = BTreeMap<u32, BTreeMap<u32, &'t Block>>;

/// Blocks from the top of which tables are made at all; a register of many thousand rows says nothing of itself further down.
const MANY: usize = 3000;

/// Every table of a text that may hold facts, by number.
pub(in crate::document::facts) fn tables(text: &Text) -> BTreeMap<u32, Rows<'_>> {
    let mut tables: BTreeMap<u32, Rows<'_>> = BTreeMap::new();
    for block in text.blocks().iter().take(MANY) {
        if let Role::Cell { table, row, column } = block.role {
            tables.entry(table).or_default().entry(row).or_default().entry(column).or_insert(block);
        }
    }
    tables
}

impl Found<'_> {
    /// A table: a control table with labels in the first column or above the values, a log of changes, or a list of
    /// things, whose rows are not about this document; `listed` gathers the cells of the last two.
    pub(super) fn table(&mut self, rows: &Rows<'_>, within: &dyn Fn(&Block) -> bool, listed: &mut BTreeSet<Span>) {
        let header = header_row(self.text, self.labels, rows);
        for (row, cells) in rows.iter().filter(|(row, _)| header.is_none_or(|(header, _)| **row < header)) {
            for (column, block) in cells.iter().filter(|(_, block)| within(block)) {
                self.label_cell(rows, *row, *column, block);
            }
        }
        let Some((header, shape)) = header else { return };
        let below: Vec<_> = rows.range(header + 1..).collect();
        if let Some(names) = rows.get(&header) {
            let near = |block: &Block| block.span.start < self.near || within(block) && block.span.start >= self.late;
            if names.values().next().is_some_and(|block| near(block)) {
                self.route(names, &below);
            }
            self.list_dates(names, &below);
        }
        if shape != Shape::Control {
            listed.extend(rows.range(header..).flat_map(|(_, cells)| cells.values().map(|block| block.span)));
        }
        let row = match shape {
            Shape::List => return,
            Shape::Control => below.first().map(|(_, cells)| *cells),
            Shape::ChangeLog => newest(self.text, self.labels, rows.get(&header), &below),
        };
        let (Some(row), Some(names)) = (row, rows.get(&header)) else { return };
        for (column, name) in names {
            let words = self.text.block_text(name);
            let mut uses = self.labels.uses(words).to_vec();
            if shape == Shape::ChangeLog {
                uses.retain(|(field, _)| !matches!(field, Field::Status | Field::Title | Field::Owner));
            }
            let value = row.get(column).filter(|value| !self.labels.is_sure_label(self.text.block_text(value)));
            if let (Some(value), false) = (value, uses.is_empty()) {
                self.add(value.role, words, uses, value.span, shape == Shape::ChangeLog);
            }
        }
    }

    /// The way of a document through groups, one a row with what came of it: the one that approved it.
    fn route(&mut self, names: &BTreeMap<u32, &Block>, below: &[(&u32, &BTreeMap<u32, &Block>)]) {
        let column = |wanted: &[&str]| {
            let is = |block: &Block| wanted.contains(&tidy(self.text.block_text(block)).as_str());
            names.iter().find(|(_, block)| is(block)).map(|(column, _)| *column)
        };
        let body = column(&[
            "body",
            "group",
            "committee",
            "meeting",
            "forum",
            "committee group",
            "group committee",
            "who",
            "name of group",
            "name of committee",
            "approved by",
            "considered by",
        ]);
        let outcome = column(&["outcome", "decision", "result", "status", "action", "role", "purpose", "stage"]);
        let (Some(body), Some(outcome)) = (body, outcome) else { return };
        let day = column(&["date", "date of meeting", "meeting date", "when", "on"]);
        let decided = |cells: &BTreeMap<u32, &Block>| {
            let said = cells.get(&outcome).map(|block| self.text.block_text(block).to_lowercase()).unwrap_or_default();
            ["ratified", "approved", "adopted", "signed off", "authorised"]
                .iter()
                .position(|word| said.starts_with(word))
        };
        let last = below.iter().filter_map(|(_, cells)| Some((decided(cells)?, *cells))).min_by_key(|(rank, _)| *rank);
        let Some((_, cells)) = last else { return };
        // Registers of policies or decisions are lists, too; the way of one document is short.
        if below.len() > 8 {
            return;
        }
        if let Some(cell) = cells.get(&body) {
            self.add(cell.role, "approved by", vec![(Field::ApprovedBy, 600)], cell.span, false);
        }
        if let Some(cell) = day.and_then(|day| cells.get(&day)) {
            self.add(cell.role, "approved on", vec![(Field::ApprovalDate, 600)], cell.span, false);
        }
    }

    /// What the header of a list says of its day, as in `Days overdue at 20/10/2026`.
    fn list_dates(&mut self, names: &BTreeMap<u32, &Block>, below: &[(&u32, &BTreeMap<u32, &Block>)]) {
        const EVENTS: [&str; 22] = [
            "submitted",
            "date submitted",
            "completion time",
            "timestamp",
            "date sent",
            "date",
            "date of event",
            "event date",
            "date of visit",
            "visit date",
            "date received",
            "received",
            "raised",
            "date raised",
            "date of incident",
            "incident date",
            "date of meeting",
            "date reported",
            "reported",
            "date opened",
            "opened",
            "date logged",
        ];
        let events = names.iter().filter(|(_, block)| EVENTS.contains(&tidy(self.text.block_text(block)).as_str()));
        let columns: Vec<u32> = events.map(|(column, _)| *column).collect();
        let cells = below.iter().flat_map(|(_, cells)| columns.iter().filter_map(|column| cells.get(column)));
        let dated = cells.filter_map(|cell| {
            let found = find_days(self.text.block_text(cell), None);
            found.first().filter(|day| day.year_given && day.start == 0).map(|day| (day.day, cell.span))
        });
        let dated: Vec<_> = dated.collect();
        if let Some((_, span)) = dated.iter().max_by_key(|(day, _)| *day).filter(|_| dated.len() >= 3) {
            let (uses, source) = (vec![(Field::Date, 900)], Source::Label("Date".to_string()));
            self.pairs.push(Pair { label: "latest row".to_string(), uses, value: *span, source, trust: Trust::Rows });
        }
        for block in names.values() {
            let words = self.text.block_text(block);
            let lower = words.to_lowercase();
            let Some(day) = find_days(words, None).into_iter().next() else { continue };
            let before = lower.get(..day.start).unwrap_or("").trim_end();
            if [" at", " on", " as of"].iter().any(|end| before.ends_with(end)) && day.year_given {
                let span = Span::new(block.span.start + day.start, block.span.start + day.end);
                // What one column stood at on a day may be newer or older than the rest: the lines under the title come first.
                let (uses, source) = (vec![(Field::Date, 700)], Source::Label("as at".to_string()));
                self.pairs.push(Pair {
                    label: "as at".to_string(),
                    uses,
                    value: span,
                    source,
                    trust: Trust::ChangeLog,
                });
            }
        }
    }

    /// A cell that may be a label with its value beside or below it.
    fn label_cell(&mut self, rows: &Rows<'_>, row: u32, column: u32, block: &Block) {
        let words = self.text.block_text(block);
        if words.len() > 80 {
            return;
        }
        let is_label = |cell: &&&Block| self.labels.is_sure_label(self.text.block_text(cell));
        let beside = (1..=3).find_map(|step| rows.get(&row)?.get(&(column + step)));
        if !self.labels.is_label(words) || self.labels.uses(words).is_empty() {
            let first = column == 0 || rows.get(&row).is_some_and(|cells| cells.len() == 4 && column == 2);
            if let Some(value) = beside.filter(|value| first && !is_label(value)) {
                let uses = guess::uses(words, self.text.block_text(value), self.labels);
                if !uses.is_empty() {
                    self.add(block.role, words, uses, value.span, false);
                    return;
                }
            }
        }
        if !self.labels.is_label(words) {
            return;
        }
        let value = match beside {
            Some(cell) => Some(cell).filter(|cell| !is_label(cell)),
            // Alone in its row, it may stand above its value.
            None if rows.get(&row).is_some_and(|cells| cells.len() == 1) => {
                let below = rows.get(&(row + 1)).and_then(|cells| cells.get(&column));
                below.filter(|cell| !self.labels.is_label(self.text.block_text(cell)))
            }
            None => None,
        };
        if let Some(value) = value {
            self.add(block.role, words, self.labels.uses(words).to_vec(), value.span, false);
        }
    }
}

/// What a header row is the header of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Labels of this document, one row of values.
    Control,
    /// Versions of this document, one a row.
    ChangeLog,
    /// Other things: actions, risks, people, documents.
    List,
}

/// The header row of a table, if it has one, and what it heads.
fn header_row(text: &Text, labels: &Labels, rows: &Rows<'_>) -> Option<(u32, Shape)> {
    let words = |block: &&Block| text.block_text(block).trim().to_string();
    // Labels down the first column make it a table of labels and values, whatever its first row says.
    let down = rows.values().filter(|cells| {
        let mut cells = cells.values().map(words);
        let first = cells.next().unwrap_or_default();
        labels.is_label(&first)
            && cells.next().is_some_and(|second| !labels.is_sure_label(&second) && !labels.is_column(&second))
    });
    let wide = rows.values().map(BTreeMap::len).max().unwrap_or(0);
    let down = down.count();
    if down >= 2 && (wide <= 2 || wide <= 4 && down * 5 >= rows.len() * 3) {
        return None;
    }
    rows.iter().take(15).find_map(|(row, cells)| {
        let names: Vec<(u32, String)> = cells.iter().map(|(column, block)| (*column, words(block))).collect();
        let heads = |name: &str| labels.is_sure_label(name) || labels.is_column(name);
        let adjacent = names.windows(2).any(|two| two[0].0 + 1 == two[1].0 && heads(&two[0].1) && heads(&two[1].1));
        let short = names.iter().all(|(_, name)| name.chars().count() <= 60 && !name.contains(": "));
        let valued = names.iter().filter(|(_, name)| !find_days(name, None).is_empty()).count();
        let below: Vec<_> = rows.range(row + 1..).map(|(_, cells)| *cells.keys().next().unwrap_or(&0)).collect();
        // A label with its value, twice in a row.
        let valued_pair = |at: usize| {
            let (Some((_, label)), Some((_, value))) = (names.get(at), names.get(at + 1)) else { return false };
            labels.is_label(label) && !heads(value)
        };
        if names.len() == 4 && valued_pair(0) && valued_pair(2) {
            return None;
        }
        let known = names.iter().any(|(_, name)| heads(name));
        let listed =
            known && names.len() >= 3 && heads_list(rows, *row, cells, &|block| labels.is_sure_label(&words(&block)));
        let whole = names
            .iter()
            .any(|(_, name)| find_days(name, None).first().is_some_and(|day| day.end - day.start + 1 >= name.len()));
        let dates = if listed { whole || valued * 3 > names.len() } else { valued > 0 };
        if !(adjacent || listed) || !short || dates || below.is_empty() {
            return None;
        }
        let has =
            |wanted: Field| names.iter().any(|(_, name)| labels.uses(name).iter().any(|(field, _)| *field == wanted));
        let plain_column = |name: &str| labels.uses(name).is_empty() && labels.is_column(name);
        let columns = names.iter().any(|(_, name)| plain_column(name));
        let dated = has(Field::Date) || has(Field::IssueDate) || has(Field::ApprovalDate);
        // Who reviewed which version, and when, is a list of people.
        let people = names
            .iter()
            .any(|(_, name)| matches!(tidy(name).as_str(), "name" | "signature" | "reviewer name" | "role"));
        // `Date reviewed | Reviewed by | Changes`: reviews of this document, one a row.
        let tidied: Vec<String> = names.iter().map(|(_, name)| tidy(name)).collect();
        let reviewed =
            ["date reviewed", "date of review", "reviewed on", "review date", "date of last review", "reviewed"];
        let by = ["reviewed by", "reviewer", "updated by", "changed by", "reviewed and updated by"];
        let changes = ["change", "amendment", "revision"];
        let reviews = names.len() <= 6
            && below.len() <= 20
            && tidied.iter().any(|name| reviewed.contains(&name.as_str()))
            && tidied.iter().any(|name| by.contains(&name.as_str()))
            && tidied.iter().any(|name| changes.iter().any(|word| name.contains(word)));
        if reviews && !people {
            return Some((*row, Shape::ChangeLog));
        }
        let shape = if has(Field::Version) && dated && !people && !has(Field::Title) && (columns || below.len() > 1) {
            Shape::ChangeLog
        } else if columns || below.len() > 1 {
            Shape::List
        } else {
            Shape::Control
        };
        Some((*row, shape))
    })
}

/// Whether the rows below a row fill the same columns, as those of a list do, and are no labels with their values.
fn heads_list(rows: &Rows<'_>, row: u32, names: &BTreeMap<u32, &Block>, is_label: &dyn Fn(&Block) -> bool) -> bool {
    let below: Vec<_> = rows.range(row + 1..).take(6).map(|(_, cells)| cells).collect();
    let alike = |cells: &&&BTreeMap<u32, &Block>| {
        let filled = cells.keys().filter(|column| names.contains_key(column)).count();
        let labelled = cells.values().next().is_some_and(|first| is_label(first));
        filled * 3 >= names.len() * 2 && !labelled
    };
    below.len() >= 2 && below.iter().filter(alike).count() * 2 > below.len()
}

/// The row with the highest version; of equals the one with the latest day, then the lowest in the table.
fn newest<'r, 't>(
    text: &Text,
    labels: &Labels,
    names: Option<&BTreeMap<u32, &Block>>,
    rows: &[(&u32, &'r BTreeMap<u32, &'t Block>)],
) -> Option<&'r BTreeMap<u32, &'t Block>> {
    let is = |name: &str, wanted: fn(Field) -> bool| labels.uses(name).iter().any(|(field, _)| wanted(*field));
    let column = |wanted: fn(Field) -> bool| {
        names?.iter().find(|(_, block)| is(text.block_text(block), wanted)).map(|(column, _)| *column)
    };
    let numbers = column(|field| field == Field::Version);
    let day = column(|field| field.is_day() && field != Field::ReviewDue);
    let key = |cells: &BTreeMap<u32, &Block>| {
        let number = numbers
            .and_then(|column| cells.get(&column))
            .map(|block| version::order(text.block_text(block)))
            .unwrap_or_default();
        let day = day.and_then(|column| cells.get(&column));
        let day = day.and_then(|block| find_days(text.block_text(block), None).last().map(|found| found.day));
        (number, day)
    };
    rows.iter()
        .map(|(_, cells)| *cells)
        .filter(|cells| numbers.is_none_or(|column| cells.contains_key(&column)))
        .max_by_key(|cells| key(cells))
}
