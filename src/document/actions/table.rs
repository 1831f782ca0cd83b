//! Actions in tables: logs, plans, recommendations with responses, and the right-hand column of minutes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::when::{self, Year};
use super::{Action, ActionWords, Context, Kind, Progress, key, people, progress, prose};
use crate::day::Day;
use crate::text::{Role, Span, Text};

/// A row: the words of each column.
type Row = BTreeMap<u32, Span>;

/// Which column holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Columns {
    action: Option<u32>,
    owner: Option<u32>,
    due: Vec<u32>,
    new_due: Vec<u32>,
    done: Vec<u32>,
    flag: Vec<u32>,
    status: Vec<u32>,
    discussion: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Lower is better.
    Action(usize),
    Owner,
    Due,
    NewDue,
    Done,
    Flag,
    Status,
    /// Lower is better.
    Discussion(usize),
    Date,
    /// Until when, or who where nothing else says that.
    By,
    Other,
}

/// Longest heading of a column, in characters.
const HEADING: usize = 60;

/// Every action of the document's tables, with the offset at which it stands.
pub(super) fn read(context: &Context<'_>) -> Vec<(usize, Action)> {
    let text = context.text;
    let mut tables: BTreeMap<u32, BTreeMap<u32, Row>> = BTreeMap::new();
    let mut closed: BTreeMap<u32, bool> = BTreeMap::new();
    let mut heading = "";
    for block in text.blocks() {
        if let Role::Cell { table, row, column } = block.role {
            let sheet = block.place.sheet.as_deref().unwrap_or("");
            let over = [heading, sheet].iter().any(|over| is_closed_section(over, context.words));
            closed.entry(table).or_insert(over);
            let cell = tables.entry(table).or_default().entry(row).or_default().entry(column).or_insert(block.span);
            cell.end = cell.end.max(block.span.end);
        } else if text.block_text(block).chars().count() < HEADING {
            heading = text.block_text(block);
        }
    }
    let mut actions = Vec::new();
    let mut before: Option<(Columns, u32)> = None;
    for (number, rows) in &tables {
        let width = rows.values().filter_map(|row| row.keys().next_back()).max().copied().unwrap_or(0);
        let mut columns: Option<Columns> = None;
        let mut section_closed = closed.get(number).copied().unwrap_or(false);
        let headed = rows.values().any(|row| header(context, row).is_some());
        if !headed {
            // A table that goes on after a page break has no header of its own.
            columns = before
                .take()
                .filter(|(columns, wide)| *wide == width && goes_on(context, rows, columns))
                .map(|(columns, _)| columns);
        }
        for row in rows.values() {
            if let Some(found) = header(context, row) {
                columns = Some(found);
                continue;
            }
            let Some(columns) = &columns else { continue };
            if let Some(part) = section(text, row, columns, context.words) {
                section_closed = is_closed_section(&part, context.words);
                continue;
            }
            if let Some((start, mut action)) = action(context, row, columns) {
                if section_closed {
                    action.progress = Progress::Closed;
                }
                actions.push((start, action));
            }
        }
        before = columns.map(|columns| (columns, width));
    }
    actions
}

/// Whether rows without a header carry on a table of actions: a day or words for a time stand where the due date stood.
fn goes_on(context: &Context<'_>, rows: &BTreeMap<u32, Row>, columns: &Columns) -> bool {
    let timed = |row: &&Row| {
        columns.due.iter().chain(&columns.new_due).filter_map(|column| row.get(column)).any(|cell| {
            let words = context.text.slice(*cell);
            words.chars().count() < HEADING && !when::days(words, context.base, Year::Nearest).is_empty()
        })
    };
    rows.values().take(3).filter(timed).count() > 0
}

fn is_closed_section(words: &str, own: &ActionWords) -> bool {
    let key = key(words);
    key.split(' ').count() <= 5 && progress::is_pure(&key, own)
}

/// A row that only parts the table, such as "May 2026" or "Closed actions".
fn section(text: &Text, row: &Row, columns: &Columns, words: &ActionWords) -> Option<String> {
    let mut cells: Vec<&str> = row.values().map(|cell| text.slice(*cell)).collect();
    let first = row.keys().next().copied();
    cells.dedup();
    let [only] = cells.as_slice() else { return None };
    let key = key(only);
    let short = key.split(' ').count() <= 8;
    let parts = key.split(' ').any(|word| words.words.section.iter().any(|one| one == word));
    let dated = !when::days(only, None, Year::Nearest).is_empty() && key.split(' ').count() <= 3;
    let elsewhere = first != columns.action;
    (elsewhere || short && (parts || dated || progress::is_pure(&key, words))).then(|| (*only).to_string())
}

/// The columns, if a row is the header of a table of actions.
fn header(context: &Context<'_>, row: &Row) -> Option<Columns> {
    let text = context.text;
    let mut columns = Columns::default();
    let (mut best, mut talk) = (usize::MAX, usize::MAX);
    let (mut date, mut by) = (None, None);
    let mut risk = false;
    for (column, cell) in row {
        let words = text.slice(*cell);
        if words.chars().count() > HEADING {
            return None;
        }
        risk |= matches!(
            key(words).as_str(),
            "likelihood" | "consequence" | "risk description" | "risk score" | "principal risk"
        );
        match classify(words, context.words) {
            Column::Action(rank) if rank < best => {
                // What was the action column before is what the action is about.
                columns.discussion = columns.discussion.or(columns.action);
                (columns.action, best) = (Some(*column), rank);
            }
            Column::Action(_) => columns.discussion = columns.discussion.or(Some(*column)),
            Column::Owner => columns.owner = columns.owner.or(Some(*column)),
            Column::Due => columns.due.push(*column),
            Column::NewDue => columns.new_due.push(*column),
            Column::Done => columns.done.push(*column),
            Column::Flag => columns.flag.push(*column),
            Column::Status => columns.status.push(*column),
            Column::Discussion(rank) if rank < talk => {
                (columns.discussion, talk) = (Some(*column), rank);
            }
            Column::Discussion(_) => {}
            Column::Date => date = Some(*column),
            Column::By => by = Some(*column),
            Column::Other => {}
        }
    }
    let action = columns.action?;
    if columns.owner.is_none() {
        columns.owner = by;
    } else {
        columns.due.extend(by);
    }
    // "Completion date" beside "target date" is the day on which it was done.
    let plain = |column: &u32| row.get(column).is_some_and(|cell| key(text.slice(*cell)) == "completion date");
    if columns.due.len() > 1 && columns.due.iter().any(plain) {
        columns.done.extend(columns.due.iter().copied().filter(plain));
        columns.due.retain(|column| !plain(column));
    }
    if columns.due.is_empty() {
        columns.due.extend(date.filter(|date| *date > action));
    }
    // Recommendations alone are no actions, nor are activities.
    let named =
        best < context.words.columns.action.iter().position(|one| one == "recommendation").unwrap_or(usize::MAX);
    let owned = columns.owner.is_some();
    let timed = !columns.due.is_empty() || !columns.new_due.is_empty();
    let followed = !columns.status.is_empty() || !columns.done.is_empty() || !columns.flag.is_empty();
    let enough = match context.kind {
        Kind::Policy | Kind::Procedure | Kind::TermsOfReference | Kind::Strategy => timed && owned,
        Kind::Minutes => named,
        _ if risk => named && (owned || timed),
        Kind::Register | Kind::Plan => named && (owned || timed || followed) || owned && timed,
        _ => owned && (named || timed) || timed && (named || followed),
    };
    enough.then_some(columns)
}

/// What a column heading says.
fn classify(heading: &str, own: &ActionWords) -> Column {
    let words = &own.columns;
    // "Due date (dd/mm/yy)", "Lead (name)": brackets only explain.
    let key = key(heading.split('(').next().filter(|bare| !bare.trim().is_empty()).unwrap_or(heading));
    let whole = |list: &[String]| list.iter().position(|one| *one == key);
    let is = |list: &[String]| whole(list).is_some();
    let padded = format!(" {key} ");
    let part =
        |list: &[String]| key.split(' ').count() <= 6 && list.iter().any(|one| padded.contains(&format!(" {one} ")));
    if key.is_empty() || is(&words.ignored) {
        return Column::Other;
    }
    if key == "by" {
        return Column::By;
    }
    if key == "date" {
        return Column::Date;
    }
    let exact: [(&[String], Column); 6] = [
        (&words.done, Column::Done),
        (&words.new_due, Column::NewDue),
        (&words.due, Column::Due),
        (&words.owner, Column::Owner),
        (&words.flag, Column::Flag),
        (&words.status, Column::Status),
    ];
    if let Some(rank) = whole(&words.action) {
        return Column::Action(rank);
    }
    if let Some((_, column)) = exact.iter().find(|(list, _)| is(list)) {
        return *column;
    }
    if let Some(rank) = whole(&words.discussion) {
        return Column::Discussion(rank);
    }
    let ends = |words: &[&str]| words.iter().any(|word| key.ends_with(word));
    if ends(&[" ref", " no", " number", " id", " taken", " type", " source", " log", " plan"]) {
        return Column::Other;
    }
    // "Position October 2026".
    let dateless = progress::without_days(&key);
    if words.status.contains(&dateless) {
        return Column::Status;
    }
    let loose: [(&[String], Column); 5] = [
        (&words.done_part, Column::Done),
        (&words.new_due_part, Column::NewDue),
        (&words.due_part, Column::Due),
        (&words.owner_part, Column::Owner),
        (&words.status_part, Column::Status),
    ];
    if key.starts_with("risk ") || key.starts_with("control ") {
        return Column::Other;
    }
    if let Some((_, column)) = loose.iter().find(|(list, _)| part(list)) {
        return *column;
    }
    if part(&words.action_part) { Column::Action(words.action.len()) } else { Column::Other }
}

#[allow(clippy::expect_used)] // a constant pattern, compiled by the tests
static STATUS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?is)\s*\bstatus\s*[:–-]\s*(.+)$").expect("a constant pattern"));

/// The action of a row, with the offset at which it stands.
fn action(context: &Context<'_>, row: &Row, columns: &Columns) -> Option<(usize, Action)> {
    let (text, words) = (context.text, context.words);
    let said = |column: u32| row.get(&column).map(|cell| text.slice(*cell).trim()).filter(|said| !said.is_empty());
    let owner_cell = columns.owner.and_then(said);
    let cell = columns.action.and_then(|column| row.get(&column)).copied();
    let cell = cell.filter(|cell| !words.is_no_action(text.slice(*cell)));
    let bare = columns.owner.is_none() && columns.due.is_empty() && columns.new_due.is_empty();
    if context.kind == Kind::Minutes && bare {
        let discussion = columns.discussion.and_then(|column| row.get(&column)).copied();
        return prose::beside(context, cell?, discussion);
    }
    let cell = match cell {
        Some(cell) => cell,
        // Minutes that name the owner and leave the task to the discussion.
        None if context.kind == Kind::Minutes && owner_cell.is_some_and(|owner| people::is_owner(owner, words)) => {
            return prose::beside(
                context,
                columns.owner.and_then(|column| row.get(&column)).copied()?,
                Some(*row.get(&columns.discussion?)?),
            );
        }
        None => return None,
    };
    let whole = text.slice(cell);
    let status_within = STATUS.captures(whole);
    let end = status_within.as_ref().and_then(|hit| hit.get(0)).map_or(whole.len(), |hit| hit.start());
    let what = whole.get(..end).unwrap_or(whole).trim();
    if what.is_empty() {
        return None;
    }
    let owner = owner_cell.filter(|owner| !people::is_nobody(owner, words)).map(|owner| owner.replace('\n', ", "));
    // Without a column for the owner, the action itself may say who: "JP to send it".
    let owner = owner.or_else(|| match columns.owner {
        None => people::told(what, words).map(|(owner, ..)| owner.to_string()),
        Some(_) => None,
    });
    let (due, moved_from, due_words) = due(context, &said, columns, what);
    let within = status_within.as_ref().and_then(|hit| hit.get(1)).map(|status| status.as_str());
    let done = progress_of(context, &said, columns, within);
    let span = Span::new(cell.start, cell.start + end.min(whole.len()));
    let action = Action {
        text: what.replace('\n', " "),
        owner,
        due,
        due_words,
        moved_from,
        progress: done,
        excerpt: text.excerpt(span),
    };
    Some((cell.start, action))
}

/// The day it is due, the day that this replaced, and the words where they are no day.
fn due<'t>(
    context: &Context<'_>,
    said: &impl Fn(u32) -> Option<&'t str>,
    columns: &Columns,
    what: &str,
) -> (Option<Day>, Option<Day>, Option<String>) {
    let days = |columns: &[u32]| -> Vec<Day> {
        let cells = columns.iter().filter_map(|column| said(*column));
        cells.flat_map(|words| when::days(words, context.base, Year::Nearest)).map(|when| when.day).collect()
    };
    let (old, new) = (days(&columns.due), days(&columns.new_due));
    // Of several days in a cell the latest holds: earlier ones were moved, or say when that was agreed.
    let due = new.iter().max().or(old.iter().max()).copied();
    let replaced = old.iter().max().copied().filter(|_| !new.is_empty());
    let slipped = columns.due.len() > 1 || columns.due.iter().filter_map(|column| said(*column)).any(has_slipped);
    let moved_from =
        replaced.or(old.iter().min().copied().filter(|_| slipped)).filter(|first| due.is_some_and(|due| *first < due));
    if due.is_some() {
        return (due, moved_from, None);
    }
    let cells = columns.new_due.iter().chain(&columns.due).filter_map(|column| said(*column));
    let words = cells.map(str::to_string).find(|words| words.chars().any(char::is_alphanumeric));
    if words.is_some() {
        return (None, None, words);
    }
    match when::in_prose(what, context.base, false) {
        Some(day) => (Some(day), None, None),
        None => (None, None, context.words.no_day(what).map(str::to_string)),
    }
}

/// Whether a cell with several days shows that the date was moved: days one under the other, or a word for it.
fn has_slipped(cell: &str) -> bool {
    let key = key(cell);
    let word =
        |word: &str| ["revised", "extended", "moved", "was", "now", "deferred", "new", "originally"].contains(&word);
    when::days(cell, None, Year::Nearest).len() > 1 && (key.split(' ').any(word) || !key.contains("agreed"))
}

/// How far a row's action is.
fn progress_of<'t>(
    context: &Context<'_>,
    said: &impl Fn(u32) -> Option<&'t str>,
    columns: &Columns,
    within: Option<&str>,
) -> Progress {
    let words = context.words;
    let finished = columns.done.iter().filter_map(|column| said(*column)).any(|cell| {
        !when::days(cell, context.base, Year::Nearest).is_empty()
            || progress::of_status(cell, words) == Some(Progress::Closed)
            || is_yes(cell, words)
    });
    let ticked = columns.flag.iter().filter_map(|column| said(*column)).any(|cell| {
        is_yes(cell, words)
            || progress::of_status(cell, words) == Some(Progress::Closed)
            || !when::days(cell, context.base, Year::Nearest).is_empty() && progress::of_status(cell, words).is_none()
    });
    if finished || ticked {
        return Progress::Closed;
    }
    let statuses: Vec<&str> =
        within.into_iter().chain(columns.status.iter().filter_map(|column| said(*column))).collect();
    if let Some(progress) = statuses.iter().find_map(|status| progress::of_status(status, words)) {
        return progress;
    }
    let coloured = statuses.iter().any(|status| context.colours.get(&key(status)).copied().unwrap_or(false));
    let dues = columns.due.iter().chain(&columns.new_due).filter_map(|column| said(*column));
    let closed_due = dues.into_iter().any(|due| progress::of_status(due, words) == Some(Progress::Closed));
    if coloured || closed_due { Progress::Closed } else { Progress::Open }
}

fn is_yes(cell: &str, words: &ActionWords) -> bool {
    let first = cell.trim().to_lowercase();
    words.words.yes.contains(&first) || first.starts_with("yes")
}
