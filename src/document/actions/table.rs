//! Actions in tables: logs, plans, recommendations with responses, and the right-hand column of minutes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::columns::{Column, Columns, header, label};
use super::when::{self, Year};
use super::{Action, ActionWords, Context, Kind, Progress, key, parts, people, progress, prose};
use crate::day::Day;
use crate::phrase::pattern;
use crate::text::{Role, Span, Text};

/// A row: the words of each column.
pub(super) type Row = BTreeMap<u32, Span>;

/// Longest heading of a column, in characters.
pub(super) const HEADING: usize = 60;

/// Headers of tables of actions in one document: finding out what stands below each takes time.
const HEADERS: usize = 2_000;

/// Every action of the document's tables, with the offset at which it stands.
pub(super) fn read(context: &Context<'_>) -> Vec<(usize, Action)> {
    let text = context.text;
    let mut tables: BTreeMap<u32, BTreeMap<u32, Row>> = BTreeMap::new();
    let mut closed: BTreeMap<u32, bool> = BTreeMap::new();
    let mut called: BTreeMap<u32, bool> = BTreeMap::new();
    let mut heading = "";
    for block in text.blocks() {
        if let Role::Cell { table, row, column } = block.role {
            let sheet = block.place.sheet.as_deref().unwrap_or("");
            let over = [heading, sheet].iter().any(|over| is_closed_section(over, context.words));
            closed.entry(table).or_insert(over);
            let of_actions = || [heading, sheet, context.title].iter().any(|over| calls_actions(over));
            called.entry(table).or_insert_with(of_actions);
            let cell = tables.entry(table).or_default().entry(row).or_default().entry(column).or_insert(block.span);
            cell.end = cell.end.max(block.span.end);
        } else if text.block_text(block).chars().count() < HEADING {
            heading = text.block_text(block);
        }
    }
    let mut actions = Vec::new();
    let mut before: Option<(Columns, u32)> = None;
    let mut headed = 0;
    for (number, rows) in &tables {
        let width = rows.values().filter_map(|row| row.keys().next_back()).max().copied().unwrap_or(0);
        let mut columns: Option<Columns> = None;
        let mut section_closed = closed.get(number).copied().unwrap_or(false);
        let all: Vec<&Row> = rows.values().collect();
        let named = called.get(number).copied().unwrap_or(false);
        let mut read = |called: bool| -> Vec<Option<Columns>> {
            let below = |at: usize| all.get(at + 1..).unwrap_or(&[]);
            let mut found = Vec::new();
            for (at, row) in all.iter().enumerate() {
                let one = if headed < HEADERS { header(context, row, below(at), called && at == 0) } else { None };
                headed += usize::from(one.is_some());
                found.push(one);
            }
            found
        };
        let mut headers = read(false);
        if named && headers.iter().all(Option::is_none) {
            headers = read(true);
        }
        if headers.iter().all(Option::is_none) {
            if let Some(own) = form(context, &all, section_closed) {
                actions.extend(own);
                before = None;
                continue;
            }
            // A table that goes on after a page break has no header of its own.
            columns = before
                .take()
                .filter(|(columns, wide)| *wide == width && goes_on(context, rows, columns))
                .map(|(columns, _)| columns);
        }
        for (row, found) in all.iter().zip(headers) {
            if let Some(found) = found {
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

/// The actions of a form with a label beside each value: "Action 1 | ...", "Owner | ...", "Due | ...".
fn form(context: &Context<'_>, rows: &[&Row], closed: bool) -> Option<Vec<(usize, Action)>> {
    let text = context.text;
    let mut filled: Vec<(Columns, Row)> = Vec::new();
    for row in rows {
        let [(_, name), (_, value)] = row.iter().collect::<Vec<_>>()[..] else { continue };
        let words = text.slice(*name);
        let Some(column) =
            Some(words).filter(|words| words.chars().count() <= HEADING).and_then(|words| label(words, context.words))
        else {
            continue;
        };
        if let Column::Action(_) = column {
            filled.push((Columns { action: Some(0), ..Columns::default() }, Row::new()));
        }
        let Some((columns, own)) = filled.last_mut() else { continue };
        let at = u32::try_from(own.len()).ok()?;
        own.insert(at, *value);
        match column {
            Column::Owner => columns.owner = columns.owner.or(Some(at)),
            Column::Due => columns.due.push(at),
            Column::NewDue => columns.new_due.push(at),
            Column::Done => columns.done.push(at),
            Column::Status => columns.status.push(at),
            _ => {}
        }
    }
    filled.retain(|(columns, _)| columns.owner.is_some() || !columns.due.is_empty());
    if filled.is_empty() || context.kind == Kind::Minutes && filled.iter().all(|(columns, _)| columns.due.is_empty()) {
        return None;
    }
    let mut actions: Vec<(usize, Action)> =
        filled.iter().filter_map(|(columns, row)| action(context, row, columns)).collect();
    for (_, action) in actions.iter_mut().filter(|_| closed) {
        action.progress = Progress::Closed;
    }
    Some(actions)
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

/// Whether words over a table say that it holds actions: "Actions from the forum", "To do".
fn calls_actions(words: &str) -> bool {
    let key = key(words);
    let each: Vec<&str> = key.split(' ').collect();
    each.len() <= 10
        && (each.contains(&"actions") || key.contains("action list") || key.contains("next steps") || key == "to do")
        && !["after", "learning", "no", "taken"].iter().any(|not| each.contains(not))
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

static STATUS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?is)\s*\bstatus\s*[:–-]\s*(.+)$"));

/// The action of a row, with the offset at which it stands.
fn action(context: &Context<'_>, row: &Row, columns: &Columns) -> Option<(usize, Action)> {
    let (text, words) = (context.text, context.words);
    let said = |column: u32| row.get(&column).map(|cell| text.slice(*cell).trim()).filter(|said| !said.is_empty());
    let owner_cell = columns.owner.and_then(said);
    let cell = columns.action.and_then(|column| row.get(&column)).copied();
    let cell = cell.filter(|cell| !words.is_no_action(text.slice(*cell)));
    if columns.packed
        && let Some((start, mut found)) = cell.and_then(|cell| parts::packed(context, cell))
    {
        found.followed |= columns.followed();
        if progress_of(context, &said, columns, None) == Progress::Closed {
            found.progress = Progress::Closed;
        }
        return Some((start, found));
    }
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
    // "Lead / date" in one column: what names the time is no part of the name.
    let with_day = columns.owner.filter(|column| columns.due.contains(column)).and(owner_cell);
    let alone = with_day.map(|cell| parts::without(cell, |part| parts::names_time(context, part)));
    let owner_cell = alone.as_deref().or(owner_cell);
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
        followed: columns.followed() || status_within.is_some(),
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
        cells.flat_map(|words| when::days_of_cell(words, context.base)).collect()
    };
    let (old, new) = (days(&columns.due), days(&columns.new_due));
    // Of several days in a cell the latest holds: earlier ones were moved, or say when that was agreed.
    let loose = || {
        columns.new_due.iter().chain(&columns.due).filter_map(|column| said(*column)).find_map(|words| {
            let joined = || when::unbroken(words).and_then(|words| when::loosely(&words, context.base));
            when::loosely(words, context.base).or_else(joined)
        })
    };
    let due = new.iter().max().or(old.iter().max()).copied().or_else(loose);
    let replaced = old.iter().max().copied().filter(|_| !new.is_empty());
    let slipped = columns.due.len() > 1 || columns.due.iter().filter_map(|column| said(*column)).any(has_slipped);
    let moved_from =
        replaced.or(old.iter().min().copied().filter(|_| slipped)).filter(|first| due.is_some_and(|due| *first < due));
    if due.is_some() {
        return (due, moved_from, None);
    }
    // In a column for owner and time, what names no time is the owner.
    let timed = |column: &&u32| {
        columns.owner != Some(**column) || said(**column).is_some_and(|words| context.words.no_day(words).is_some())
    };
    let cells = columns.new_due.iter().chain(&columns.due).filter(timed).filter_map(|column| said(*column));
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
