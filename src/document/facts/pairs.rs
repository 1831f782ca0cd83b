//! Labels with their values: in one line, in the line below, in the next cell, below a header row.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::guess;
use super::labels::{Field, Labels, Use};
use crate::day::find_days;
use crate::document::Source;
use crate::text::{Block, Role, Span, Text};

/// How much a pair is trusted: labels in the text, then what its byline says without one, then the log of changes, then page headers and footers, which are
/// often left over from the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    Body,
    Byline,
    ChangeLog,
    Edge,
    /// The latest day in the rows of a log, which tells when it was last kept.
    Rows,
}

/// A label with its value.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    /// The label as written.
    pub(super) label: String,
    /// What it is for; empty for labels of other things.
    pub(super) uses: Vec<Use>,
    pub(super) value: Span,
    pub(super) source: Source,
    pub(super) trust: Trust,
}

/// Blocks from the top in which labels count, besides page headers, footers and front matter.
const TOP: usize = 80;
/// Blocks from the top in which a label of one common word counts, such as `Lead`.
const NEAR_TOP: usize = 30;
/// Blocks after a late heading such as `Document control` in which labels count again.
const CLOSING: usize = 40;
/// Blocks at the very end in which labels count.
const LAST: usize = 5;
/// Blocks from the top within which tables are read.
const TABLES: usize = 240;

/// The cells of a table by row and column.
pub(super) type Rows<'t> = BTreeMap<u32, BTreeMap<u32, &'t Block>>;

/// Blocks from the top of which tables are made at all; a register of many thousand rows says nothing of itself further down.
const MANY: usize = 3000;

/// Every table of a text that may hold facts, by number.
pub(super) fn tables(text: &Text) -> BTreeMap<u32, Rows<'_>> {
    let mut tables: BTreeMap<u32, Rows<'_>> = BTreeMap::new();
    for block in text.blocks().iter().take(MANY) {
        if let Role::Cell { table, row, column } = block.role {
            tables.entry(table).or_default().entry(row).or_default().entry(column).or_insert(block);
        }
    }
    tables
}

/// Bytes of the longest line that is read for facts.
const LONG_LINE: usize = 2000;

/// The lines of a block, but for those of endless length.
pub(super) fn lines<'t>(text: &'t Text, block: &Block) -> impl Iterator<Item = Span> + use<'t> {
    let mut at = block.span.start;
    let spans = text.block_text(block).split('\n').map(move |line| {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        span
    });
    // What says something of the document stands in lines that a person can take in.
    spans.filter(|line| line.end - line.start <= LONG_LINE)
}

/// Every pair, in the order of the text, those of tables by their place in it, too.
pub(super) fn pairs(text: &Text, labels: &Labels) -> Vec<Pair> {
    let mut listed = BTreeSet::new();
    let closing = closing(text);
    let start = |at: usize| text.blocks().get(at).map_or(usize::MAX, |block| block.span.start);
    let late = closing.as_ref().map_or(usize::MAX, |closing| start(closing.start));
    let mut found = Found { text, labels, near: start(12), late, pairs: Vec::new() };
    let far = start(TABLES);
    let late = closing.as_ref().map_or(usize::MAX..usize::MAX, |closing| start(closing.start)..start(closing.end));
    for rows in tables(text).values() {
        found.table(rows, &|block| block.span.start < far || late.contains(&block.span.start), &mut listed);
    }
    for (at, block) in text.blocks().iter().enumerate() {
        let late = closing.as_ref().is_some_and(|closing| closing.contains(&at));
        let edge = matches!(block.role, Role::FrontMatter | Role::Header | Role::Footer);
        let cell = matches!(block.role, Role::Cell { .. });
        let late = late || at + LAST >= text.blocks().len();
        let within = at < TOP || late || edge || cell && at < TABLES;
        if !within
            || !block.role.is_evidence()
            || matches!(block.role, Role::Note | Role::SpeakerNote)
            || listed.contains(&block.span)
        {
            continue;
        }
        found.block(at, block, edge || late || at < NEAR_TOP || cell && at < TOP);
    }
    // The value of a label is no byline.
    let mut bylines = super::bylines::pairs(text, labels);
    bylines.retain(|one| {
        let day = one.uses.iter().any(|(field, _)| field.is_day());
        !day || !found.pairs.iter().any(|pair| {
            let about = pair.uses.iter().any(|(field, _)| field.is_day());
            about && pair.value.start <= one.value.start && one.value.end <= pair.value.end
        })
    });
    found.pairs.extend(bylines);
    found.pairs.sort_by_key(|pair| pair.value.start);
    found.pairs
}

/// The blocks under the last heading that announces the document's own data; many documents close with them.
fn closing(text: &Text) -> Option<Range<usize>> {
    const NAMES: [&str; 12] = [
        "document control",
        "version control",
        "version history",
        "document history",
        "amendment history",
        "document information",
        "document management",
        "document details",
        "policy review",
        "review and approval",
        "approval and review",
        "approval and ratification",
    ];
    let announces = |block: &Block| {
        let words = text.block_text(block);
        let plain = matches!(block.role, Role::Heading(_) | Role::Title | Role::Paragraph);
        if !plain || words.len() >= 60 {
            return false;
        }
        let words = super::labels::tidy(words);
        NAMES.iter().any(|name| words.contains(name))
    };
    let at = text.blocks().iter().rposition(announces)?;
    Some(at..at + 1 + CLOSING)
}

struct Found<'t> {
    text: &'t Text,
    labels: &'t Labels,
    /// Before this byte a table may be about the document itself.
    near: usize,
    /// From this byte on, too: its closing part.
    late: usize,
    pairs: Vec<Pair>,
}

impl Found<'_> {
    fn add(&mut self, role: Role, label: &str, uses: Vec<Use>, value: Span, change_log: bool) {
        let label = label.trim().trim_matches(['*', '#', ' ']).trim_end_matches(':').to_string();
        let (source, trust) = match role {
            Role::FrontMatter => (Source::FrontMatter(label.clone()), Trust::Body),
            Role::Header | Role::Footer => (Source::HeaderOrFooter, Trust::Edge),
            _ => (Source::Label(label.clone()), if change_log { Trust::ChangeLog } else { Trust::Body }),
        };
        self.pairs.push(Pair { label, uses, value, source, trust });
    }

    /// A table: a control table with labels in the first column or above the values, a log of changes, or a list of
    /// things, whose rows are not about this document; `listed` gathers the cells of the last two.
    fn table(&mut self, rows: &Rows<'_>, within: &dyn Fn(&Block) -> bool, listed: &mut BTreeSet<Span>) {
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
            let is = |block: &Block| wanted.contains(&super::labels::tidy(self.text.block_text(block)).as_str());
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
        const EVENTS: [&str; 17] = [
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
        let events = names
            .iter()
            .filter(|(_, block)| EVENTS.contains(&super::labels::tidy(self.text.block_text(block)).as_str()));
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
                self.add(block.role, "as at", vec![(Field::Date, 700)], span, false);
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

    /// The lines of a block that hold a label and its value, or a label above its value.
    fn block(&mut self, at: usize, block: &Block, near: bool) {
        let all: Vec<Span> = lines(self.text, block).collect();
        let listed = near && self.among_labels(at);
        for (number, line) in all.iter().enumerate() {
            let words = self.text.slice(*line);
            let split = split(words, self.labels);
            if split.is_empty() && near && self.unknown(block, *line) {
                continue;
            }
            if split.is_empty() {
                if let Some((label, value)) = without_colon(words, self.labels, at, listed) {
                    self.line_pair(block, *line, label, value, near);
                } else {
                    self.label_line(at, block, *line, all.get(number + 1).copied(), near);
                }
            }
            for (label, value) in split {
                if words.get(value.clone()).is_none_or(|value| value.trim().is_empty()) {
                    self.label_line(at, block, *line, all.get(number + 1).copied(), near);
                } else {
                    self.line_pair(block, *line, label, value, near);
                }
            }
        }
    }

    /// A line whose label is not known and may be told from its words and its value.
    fn unknown(&mut self, block: &Block, line: Span) -> bool {
        let words = self.text.slice(line);
        let Some((label, value)) = words.split_once(": ") else { return false };
        let value = value.trim();
        if label.split_whitespace().count() > 7 || value.is_empty() || value.len() > 90 {
            return false;
        }
        let uses = guess::uses(label, value, self.labels);
        if uses.is_empty() {
            return false;
        }
        let start = line.start + words.trim_end().len() - value.len();
        self.add(block.role, label, uses, Span::new(start, start + value.len()), false);
        true
    }

    /// Whether a block stands among lines that begin with labels: a table whose rules and tabs were lost.
    fn among_labels(&self, at: usize) -> bool {
        let from = at.saturating_sub(3);
        let blocks = self.text.blocks().iter().skip(from).take(at + 4 - from);
        let blocks = blocks.filter(|block| !matches!(block.role, Role::Cell { .. } | Role::Header | Role::Footer));
        let begins = |line: &str| {
            let words: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).take(5).collect();
            line.len() < 90
                && line.starts_with(char::is_uppercase)
                && words.iter().any(|end| self.labels.is_label(&line[..*end]))
        };
        let lines = blocks.flat_map(|block| self.text.block_text(block).split('\n').take(12));
        lines.filter(|line| begins(line)).count() >= 3
    }

    fn line_pair(&mut self, block: &Block, line: Span, label: Range<usize>, value: Range<usize>, near: bool) {
        let words = self.text.slice(line);
        let (Some(label), Some(said)) = (words.get(label), words.get(value.clone())) else { return };
        let mut uses = self.labels.uses(label).to_vec();
        if uses.is_empty() {
            uses = guess::uses(label, said, self.labels);
        }
        let bare = label.trim_matches(['*', ' ', '#']);
        if near || bare.contains([' ', '_', '-']) {
            self.add(block.role, label, uses, Span::new(line.start + value.start, line.start + value.end), false);
        }
    }

    /// A line that is nothing but a label: its value is the next line of the block, else the first of the next block.
    fn label_line(&mut self, at: usize, block: &Block, line: Span, next: Option<Span>, near: bool) {
        let words = self.text.slice(line).trim();
        let uses = self.labels.uses(words).to_vec();
        if uses.is_empty() {
            return;
        }
        let colon = words.trim_end_matches('*').trim_end().ends_with(':');
        let several = words.contains(' ');
        let value = next.or_else(|| {
            let following = self.text.blocks().get(at + 1)?;
            let cells = matches!(block.role, Role::Cell { .. }) || matches!(following.role, Role::Cell { .. });
            let edge = matches!(following.role, Role::Header | Role::Footer | Role::Comment | Role::FrontMatter);
            let heading = following.role.heading_level().is_some();
            if cells || edge || heading && !colon {
                return None;
            }
            let mut all = lines(self.text, following);
            all.next().filter(|first| colon || first.end == following.span.end)
        });
        let Some(value) = value else { return };
        let said = self.text.slice(value);
        let day = uses.iter().any(|(field, _)| field.is_day()) && !find_days(said, None).is_empty();
        let sensible = said.chars().count() <= 80 && !said.ends_with('.') || day && said.len() < 160;
        if sensible
            && (colon || several || day)
            && near
            && !self.labels.is_label(said)
            && split(said, self.labels).is_empty()
        {
            self.add(block.role, words, uses, value, false);
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
        let people = names.iter().any(|(_, name)| {
            matches!(super::labels::tidy(name).as_str(), "name" | "signature" | "reviewer name" | "role")
        });
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
    let version = column(|field| field == Field::Version)?;
    let day = column(|field| field.is_day() && field != Field::ReviewDue);
    let key = |cells: &BTreeMap<u32, &Block>| {
        let number = cells.get(&version).map(|block| super::version::order(text.block_text(block))).unwrap_or_default();
        let day = day.and_then(|column| cells.get(&column));
        let day = day.and_then(|block| find_days(text.block_text(block), None).last().map(|found| found.day));
        (number, day)
    };
    rows.iter().map(|(_, cells)| *cells).filter(|cells| cells.contains_key(&version)).max_by_key(|cells| key(cells))
}

/// Labels with colons in one line, each with its value, which ends where the next label begins.
fn split(line: &str, labels: &Labels) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        if matches!(c, '|' | '•' | ';') {
            from = at + c.len_utf8();
            continue;
        }
        if !matches!(c, ':' | '：') || line[at + c.len_utf8()..].starts_with("//") {
            continue;
        }
        let between_digits = line[..at].ends_with(|c: char| c.is_ascii_digit())
            && line[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        if between_digits {
            continue;
        }
        let whole = &line[from..at];
        let end = at + c.len_utf8();
        let start = if labels.is_label(whole) {
            Some(from)
        } else if (found.is_empty() || from > found.last().map_or(0, |(_, end)| *end))
            && whole.split_whitespace().count() <= 6
            && whole.len() < 50
            && !whole.contains(". ")
        {
            // Nothing stands before it but its own words: some other label.
            Some(from)
        } else {
            label_start(line, found.last().map_or(from, |(_, end)| *end), at, labels)
        };
        if let Some(start) = start {
            found.push((start..at, end));
            from = end;
        }
    }
    let known = found.iter().any(|(label, _)| labels.is_label(&line[label.clone()]));
    if !known {
        return Vec::new();
    }
    let mut split = Vec::new();
    for (number, (label, value)) in found.iter().enumerate() {
        let next = found.get(number + 1).map_or(line.len(), |(label, _)| label.start);
        let said = &line[*value..next];
        let end = said.find(['|', '•']).unwrap_or(said.len());
        let said = &said[..end];
        let lead = said.len() - said.trim_start_matches([' ', '*', '_', '\t']).len();
        let tail = said.trim_end_matches([' ', '*', '|', ';', '\t']).len().max(lead);
        split.push((label.clone(), value + lead..value + tail));
    }
    split
}

/// Where a label that ends at `end` begins, when the value of another stands before it: the longest run of words that is a
/// label and begins with a capital.
fn label_start(line: &str, from: usize, end: usize, labels: &Labels) -> Option<usize> {
    let part = &line[from..end];
    let starts = part.char_indices().filter(|(at, c)| {
        c.is_uppercase() && part[..*at].ends_with(|before: char| before.is_whitespace() || matches!(before, '*' | '('))
    });
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    starts.iter().rev().take(8).rev().find(|at| labels.is_label(&part[**at..])).map(|at| from + at)
}

/// A label at the start of a line with its value after it and no colon, as tables become when their text is taken out:
/// `Review date January 2026`, `Version 2.4`, `Owner - Chief Nurse`. Among other such lines (`listed`) one word is label enough.
fn without_colon(line: &str, labels: &Labels, at: usize, listed: bool) -> Option<(Range<usize>, Range<usize>)> {
    let bare = line.trim();
    if bare.chars().count() > 110 || bare.ends_with('.') && bare.split_whitespace().count() > 8 {
        return None;
    }
    let offset = line.len() - line.trim_start().len();
    let ends: Vec<usize> = bare.match_indices(' ').map(|(at, _)| at).take(7).collect();
    ends.iter().rev().find_map(|end| {
        let label = &bare[..*end];
        if label.ends_with(['-', '–', '|', '\t']) {
            return None;
        }
        let uses = labels.uses(label);
        let (field, _) = uses.first()?;
        let rest = bare[*end..].trim_start();
        let dashed = rest.strip_prefix(['-', '–', '|']).map(str::trim_start);
        let value = dashed.unwrap_or(rest);
        let days = find_days(value, None);
        let has_day = days.first().is_some_and(|day| day.start <= 12) && uses.iter().any(|(field, _)| field.is_day());
        let fits = match field {
            _ if has_day => value.len() < 60,
            Field::Version => {
                let number = value.trim_start_matches(['v', 'V', ' ']);
                number.starts_with(|c: char| c.is_ascii_digit()) && value.len() < 16
            }
            Field::Owner | Field::Author | Field::ApprovedBy => {
                let words = value.split_whitespace().count();
                let several = label.contains(' ') || dashed.is_some() || listed;
                let titled = label.starts_with(char::is_uppercase) && value.starts_with(char::is_uppercase);
                several && titled && words <= 8 && at < NEAR_TOP && !value.ends_with('.') && !value.contains(": ")
            }
            Field::Status => (dashed.is_some() || listed) && at < NEAR_TOP && value.len() < 60,
            Field::Title => listed && at < NEAR_TOP && value.len() < 100,
            _ => false,
        };
        let start = offset + bare.len() - value.len();
        fits.then(|| (offset..offset + end, start..offset + bare.len()))
    })
}
