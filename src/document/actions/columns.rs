//! Which column of a table holds what: by its heading, and where the heading is nobody's usual word, by what stands below.

use super::table::{HEADING, Row};
use super::when::{self, Year};
use super::{ActionWords, Context, Kind, key, people, progress};
use crate::text::Span;

/// Which column holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) action: Option<u32>,
    pub(super) owner: Option<u32>,
    pub(super) due: Vec<u32>,
    pub(super) new_due: Vec<u32>,
    pub(super) done: Vec<u32>,
    pub(super) flag: Vec<u32>,
    pub(super) status: Vec<u32>,
    pub(super) discussion: Option<u32>,
    /// The column of the action also says who and until when: "Action / by whom / due".
    pub(super) packed: bool,
}

impl Columns {
    /// Whether the table says how far its actions are.
    pub(super) fn followed(&self) -> bool {
        !(self.status.is_empty() && self.done.is_empty() && self.flag.is_empty())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Lower is better.
    Action(usize),
    Owner,
    /// Who, where no other column says that: "Organisation".
    Perhaps,
    Due,
    NewDue,
    Done,
    Flag,
    Status,
    /// Lower is better.
    Discussion(usize),
    Date,
    /// Until when, or who: what stands below decides.
    By,
    /// None of these, whatever stands below.
    Ignored,
    Other,
}

/// Headings of tables of tests: what was tried, and what was seen.
const TRIED: [&str; 12] = [
    "cycle",
    "try",
    "test",
    "test no",
    "test number",
    "test of change",
    "tests of change",
    "study",
    "prediction",
    "change idea",
    "change tested",
    "what we tried",
];
const TRIED_PART: [&str; 9] = [
    "pdsa",
    "what we saw",
    "what happened when",
    "what did we see",
    "what we found out",
    "what we predicted",
    "what did we learn",
    "what we learned",
    "what we learnt",
];

/// Rows below a header that are looked at.
const SAMPLE: usize = 40;

/// The columns, if a row is the header of a table of actions; `below` are the rows after it.
/// With `called`, something over the table has called it one of actions, and headings need not.
pub(super) fn header(context: &Context<'_>, row: &Row, below: &[&Row], called: bool) -> Option<Columns> {
    let text = context.text;
    // A row with a number of its own is one of those below a header.
    let numbered = |cell: &Span| {
        let words = text.slice(*cell).trim().trim_end_matches('.');
        (1..=3).contains(&words.len()) && words.chars().all(|c| c.is_ascii_digit())
    };
    if row.values().next().is_some_and(numbered) {
        return None;
    }
    let mut columns = Columns::default();
    let (mut best, mut talk) = (usize::MAX, usize::MAX);
    let (mut dates, mut by, mut perhaps, mut unknown) = (Vec::new(), None, None, Vec::new());
    let (mut risk, mut tests_of_change) = (false, false);
    for (column, cell) in row {
        let words = text.slice(*cell);
        if words.chars().count() > HEADING {
            return None;
        }
        risk |= matches!(
            key(words).as_str(),
            "likelihood" | "consequence" | "risk description" | "risk score" | "principal risk"
        );
        let tried = key(words);
        tests_of_change |= TRIED.contains(&tried.as_str()) || TRIED_PART.iter().any(|start| tried.starts_with(start));
        match together(words, context.words) {
            Some(Together::Action) => {
                columns.discussion = columns.discussion.or(columns.action);
                (columns.action, columns.packed, best) = (Some(*column), true, 0);
                continue;
            }
            Some(Together::Who) => {
                columns.owner = columns.owner.or(Some(*column));
                columns.due.push(*column);
                continue;
            }
            None => {}
        }
        match classify(words, context.words) {
            Column::Action(rank) if rank < best => {
                // What was the action column before is what the action is about.
                columns.discussion = columns.discussion.or(columns.action);
                (columns.action, best) = (Some(*column), rank);
            }
            Column::Action(_) => columns.discussion = columns.discussion.or(Some(*column)),
            Column::Owner => columns.owner = columns.owner.or(Some(*column)),
            Column::Perhaps => perhaps = perhaps.or(Some(*column)),
            Column::Due => columns.due.push(*column),
            Column::NewDue => columns.new_due.push(*column),
            Column::Done => columns.done.push(*column),
            Column::Flag => columns.flag.push(*column),
            Column::Status => columns.status.push(*column),
            Column::Discussion(rank) if rank < talk => {
                (columns.discussion, talk) = (Some(*column), rank);
            }
            Column::Discussion(_) | Column::Ignored => {}
            Column::Date => dates.push(*column),
            Column::By => by = Some(*column),
            Column::Other => unknown.push(*column),
        }
    }
    let below_it = Below { context, rows: below };
    if columns.action.is_none() && called && !risk && (2..=7).contains(&row.len()) {
        // Under "Actions": who, and until when, by what stands below; the longest words of the rest are the task.
        let people = || unknown.iter().copied().chain(perhaps).find(|column| below_it.are_people(*column));
        let owner = columns.owner.or_else(people);
        let days = || unknown.iter().copied().find(|column| Some(*column) != owner && below_it.are_ahead(*column));
        let due = columns.due.first().copied().or_else(days);
        let tasks = unknown.iter().copied().filter(|column| Some(*column) != owner && Some(*column) != due);
        let task = tasks.max_by_key(|column| (below_it.length(*column), std::cmp::Reverse(*column)));
        if owner.is_some() && due.is_some() && task.is_some_and(|task| below_it.length(task) > 10) {
            (columns.action, columns.owner, best) = (task, owner, 0);
            if columns.due.is_empty() {
                columns.due.extend(due);
            }
            unknown.retain(|column| ![task, owner, due].contains(&Some(*column)));
        }
    }
    let action = columns.action?;
    // A table of what was tried and seen tells of tests that are over.
    let heading = |column: u32| row.get(&column).map_or(String::new(), |cell| key(text.slice(*cell)));
    if tests_of_change && !heading(action).contains("action") {
        return None;
    }
    let below = Below { context, rows: below };
    if let Some(by) = by {
        if columns.owner.is_none() && !below.are_days(by) {
            columns.owner = Some(by);
        } else {
            columns.due.push(by);
        }
    }
    // A list of people and their courses has names that own nothing.
    if !matches!(context.kind, Kind::TrainingRecord | Kind::Dataset) {
        columns.owner = columns.owner.or(perhaps);
    }
    // A heading that nobody foresaw, over people or roles.
    if columns.owner.is_none() && !columns.packed && !matches!(context.kind, Kind::TrainingRecord | Kind::Dataset) {
        let after = unknown.iter().copied().filter(|column| *column > action);
        let before = unknown.iter().copied().filter(|column| *column < action);
        columns.owner = after.chain(before).find(|column| below.are_people(*column));
        unknown.retain(|column| Some(*column) != columns.owner);
    }
    // "Completion date" beside "target date" is the day on which it was done.
    let plain = |column: &u32| row.get(column).is_some_and(|cell| key(text.slice(*cell)) == "completion date");
    if columns.due.len() > 1 && columns.due.iter().any(plain) {
        columns.done.extend(columns.due.iter().copied().filter(plain));
        columns.due.retain(|column| !plain(column));
    }
    if columns.due.is_empty() {
        columns.due.extend(dates.into_iter().filter(|date| *date > action));
    }
    // Headings of no usual words after the action: what stands below tells how far it is, or until when.
    if columns.owner.is_some() || !columns.due.is_empty() {
        for column in unknown.into_iter().filter(|column| *column > action) {
            if columns.status.is_empty() && below.are_statuses(column) {
                columns.status.push(column);
            } else if columns.due.is_empty() && below.are_ahead(column) {
                columns.due.push(column);
            }
        }
    }
    // "By when and status" in one column.
    let both: Vec<u32> = columns.due.iter().copied().filter(|column| below.are_statuses(*column)).collect();
    columns.status.extend(both);
    // Recommendations alone are no actions, nor are activities.
    let list = &context.words.columns.action;
    let weak = list.iter().position(|one| one == "recommendation").unwrap_or(usize::MAX);
    let named = best < weak || best >= list.len();
    let owned = columns.owner.is_some() || columns.packed;
    let timed = !columns.due.is_empty() || !columns.new_due.is_empty() || columns.packed;
    let enough = match context.kind {
        Kind::Policy
        | Kind::Procedure
        | Kind::TermsOfReference
        | Kind::Strategy
        | Kind::TrainingRecord
        | Kind::Dataset => timed && owned && named,
        Kind::Minutes => named,
        _ if risk => named && (owned || timed),
        // "Development action" beside a name, and nothing on when: a list of people's plans.
        _ if best >= list.len() && !timed && !columns.followed() => false,
        Kind::Register | Kind::Plan => named && (owned || timed || columns.followed()) || owned && timed,
        _ => owned && (named || timed) || timed && (named || columns.followed()),
    };
    // A row with a day in a cell of its own is one of those below a header.
    let dated = |cell: &Span| {
        let words = text.slice(*cell);
        progress::without_days(&key(words)).is_empty() && !when::days(words, None, Year::Nearest).is_empty()
    };
    (enough && !row.values().any(dated)).then_some(columns)
}

/// The rows below a header.
struct Below<'a> {
    context: &'a Context<'a>,
    rows: &'a [&'a Row],
}

impl Below<'_> {
    /// Whether at least half of the cells of a column, and one, are as `is` says.
    fn mostly(&self, column: u32, is: impl Fn(&str) -> bool) -> bool {
        let said = |span: &Span| self.context.text.slice(*span).trim();
        let cells = self.rows.iter().take(SAMPLE).filter_map(|row| row.get(&column)).map(said);
        let (mut all, mut hits) = (0, 0);
        for cell in cells.filter(|cell| !cell.is_empty()) {
            all += 1;
            hits += usize::from(is(cell));
        }
        hits > 0 && hits * 2 >= all
    }

    /// How many characters the cells of a column have on average.
    fn length(&self, column: u32) -> usize {
        let cells = self.rows.iter().take(SAMPLE).filter_map(|row| row.get(&column));
        let lengths: Vec<usize> = cells.map(|cell| self.context.text.slice(*cell).trim().chars().count()).collect();
        lengths.iter().sum::<usize>().checked_div(lengths.len()).unwrap_or(0)
    }

    fn are_days(&self, column: u32) -> bool {
        self.mostly(column, |cell| {
            cell.chars().count() < HEADING && !when::days(cell, self.context.base, Year::Nearest).is_empty()
        })
    }

    /// Whether a column holds days of which one lies after the document's own: not when something was found or talked about.
    fn are_ahead(&self, column: u32) -> bool {
        let ahead = |cell: &str| {
            when::days(cell, self.context.base, Year::Nearest)
                .iter()
                .any(|one| self.context.base.is_none_or(|base| one.day > base))
        };
        let said = |row: &&Row| row.get(&column).map(|span| self.context.text.slice(*span));
        self.are_days(column) && self.rows.iter().take(SAMPLE).copied().any(|row| said(&row).is_some_and(ahead))
    }

    /// Whether a column holds people or roles, of which at least half are more than one capitalised word by chance.
    fn are_people(&self, column: u32) -> bool {
        let words = self.context.words;
        self.mostly(column, |cell| people::is_owner(cell, words) && people::is_certain(cell, words))
    }

    fn are_statuses(&self, column: u32) -> bool {
        self.mostly(column, |cell| progress::of_status(cell, self.context.words).is_some())
    }
}

/// What a column heading says.
pub(super) fn classify(heading: &str, own: &ActionWords) -> Column {
    let words = &own.columns;
    // "Due date (dd/mm/yy)", "Lead (name)": brackets only explain.
    let key = key(heading.split('(').next().filter(|bare| !bare.trim().is_empty()).unwrap_or(heading));
    let whole = |list: &[String]| list.iter().position(|one| *one == key);
    let is = |list: &[String]| whole(list).is_some();
    let padded = format!(" {key} ");
    let short = key.split(' ').count() <= 7;
    let part = |list: &[String]| short && list.iter().any(|one| padded.contains(&format!(" {one} ")));
    if key.is_empty() || is(&words.ignored) {
        return Column::Ignored;
    }
    if key == "by" {
        return Column::By;
    }
    if matches!(key.as_str(), "date" | "start" | "start date") {
        return Column::Date;
    }
    let exact: [(&[String], Column); 7] = [
        (&words.done, Column::Done),
        (&words.new_due, Column::NewDue),
        (&words.due, Column::Due),
        (&words.owner, Column::Owner),
        (&words.perhaps_owner, Column::Perhaps),
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
    let starts = |words: &[&str]| short && words.iter().any(|word| key.starts_with(word));
    // Plain questions: "Who's doing it", "When by", "Where it has got to", "Action complete?".
    if starts(&["who ", "whose "]) {
        return Column::Owner;
    }
    if starts(&["when "]) && !starts(&["when raised", "when agreed", "when found", "when reported", "when it happened"])
    {
        return Column::Due;
    }
    if starts(&[
        "where are we",
        "where is it",
        "where it ",
        "where we are",
        "how far",
        "how is it",
        "how it stands",
        "how things stand",
        "how it is going",
    ]) {
        return Column::Status;
    }
    if heading.contains('?') && ends(&[" complete", " completed", " done", " closed", " achieved"])
        || is_done_flag(&key)
    {
        return Column::Flag;
    }
    let loose: [(&[String], Column); 5] = [
        (&words.done_part, Column::Done),
        (&words.new_due_part, Column::NewDue),
        (&words.due_part, Column::Due),
        (&words.owner_part, Column::Owner),
        (&words.status_part, Column::Status),
    ];
    let treats = part(&words.treatment);
    if (key.starts_with("risk ") || key.starts_with("control ")) && !treats {
        return Column::Ignored;
    }
    if let Some((_, column)) = loose.iter().find(|(list, _)| part(list)) {
        return *column;
    }
    if part(&words.action_part) || treats { Column::Action(words.action.len()) } else { Column::Other }
}

/// "Action complete", "all actions closed".
fn is_done_flag(key: &str) -> bool {
    let mut words = key.split(' ').rev();
    let last = words.next();
    matches!(last, Some("complete" | "completed" | "closed" | "done"))
        && words.all(|word| matches!(word, "action" | "actions" | "all" | "task" | "date"))
}

/// What a heading of several parts names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Together {
    /// The action with its owner, or its time, or both: "Next step, person, date".
    Action,
    /// The owner and the time: "Lead / date".
    Who,
}

/// Whether a heading names several of action, owner and time at once.
fn together(heading: &str, own: &ActionWords) -> Option<Together> {
    let parts = heading.split(['/', ',', '&', '+', '\n', '|', '–', '—', ';', '(', ')', '-']);
    let parts = parts.flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" with "));
    let parts: Vec<Column> =
        parts.filter(|part| !key(part).is_empty()).map(|part| classify(part.trim(), own)).collect();
    let is_action = |part: &Column| matches!(part, Column::Action(_));
    let is_who = |part: &Column| matches!(part, Column::Owner | Column::Perhaps);
    let is_when = |part: &Column| matches!(part, Column::Due | Column::NewDue | Column::Date | Column::By);
    let known = |part: &Column| {
        is_action(part) || is_who(part) || is_when(part) || matches!(part, Column::Status | Column::Done | Column::Flag)
    };
    if parts.len() < 2 || !parts.iter().all(known) {
        return None;
    }
    let (who, when) = (parts.iter().any(is_who), parts.iter().any(is_when));
    match parts.iter().any(is_action) {
        // "Action by", "Action date" are read as one.
        true => (who || when).then_some(Together::Action),
        false => (who && when).then_some(Together::Who),
    }
}

/// What each row of a form with one label beside one value says: "Action | ...", "Owner | ...", "Due | ...".
pub(super) fn label(heading: &str, own: &ActionWords) -> Option<Column> {
    let without = heading.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ':' | '.'));
    match classify(without, own) {
        found @ (Column::Owner | Column::Due | Column::NewDue | Column::Done | Column::Status) => Some(found),
        Column::Action(rank) if rank < own.columns.action.len() => Some(Column::Action(rank)),
        _ => None,
    }
}
