//! Actions whose parts stand one after the other in one cell or line: "Logbook / Dr Ash / 8 December 2026".

use std::sync::LazyLock;

use regex::Regex;

use super::when::{self, Year};
use super::{Action, Context, Progress, key, people, progress};
use crate::phrase::pattern;
use crate::text::Span;

/// Where a cell with several things in it is parted.
const MARKS: [char; 7] = ['/', '\n', ';', '|', ',', '–', '-'];

/// Longest name of somebody between two marks, in words, that is believed without further signs.
const NAME: usize = 6;

/// Whether a part tells nothing but a time: "by 3 May 2026", "next meeting", "done 15/06/2026".
pub(super) fn names_time(context: &Context<'_>, part: &str) -> bool {
    const SMALL: [&str; 11] = ["", "by", "due", "end", "of", "on", "before", "the", "late", "early", "mid"];
    let rest = progress::without_days(&key(part));
    let few = rest.split(' ').filter(|word| !SMALL.contains(word) && !word.ends_with("day")).count();
    let timed = !when::days(part, context.base, Year::Next).is_empty();
    timed && (few == 0 || few <= 2 && progress::of_status(part, context.words).is_some())
        || context.words.no_day(part).is_some_and(|said| said.len() + 4 >= part.trim().len())
}

/// A cell without the parts that `is` tells of.
pub(super) fn without(cell: &str, is: impl Fn(&str) -> bool) -> String {
    let kept: Vec<&str> = of_cell(cell).iter().filter(|(_, part)| !is(part)).map(|(_, part)| part.trim()).collect();
    kept.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

/// The parts of a cell with their offsets. Most marks only part where a space stands beside them; a dash, on both sides.
fn of_cell(cell: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in cell.char_indices().filter(|(_, c)| MARKS.contains(c)) {
        let after = at + c.len_utf8();
        let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let (left, right) = (space(cell[..at].chars().next_back()), space(cell[after..].chars().next()));
        let parts_here = match c {
            '\n' | ';' | '|' => true,
            '-' | '–' => left && right,
            _ => left || right,
        };
        if parts_here {
            parts.push((start, &cell[start..at]));
            start = after;
        }
    }
    parts.push((start, &cell[start..]));
    parts.retain(|(_, part)| !part.trim().is_empty());
    parts
}

/// The action of a cell that holds the task, who does it and until when, one after the other.
pub(super) fn packed(context: &Context<'_>, cell: Span) -> Option<(usize, Action)> {
    of_parts(context, cell, &of_cell(context.text.slice(cell)), true)
}

/// The action of a line of a list: "Ask about stock - AB - 12 Oct". Both who and when must stand in parts of their own.
pub(super) fn listed(context: &Context<'_>, item: Span) -> Option<(usize, Action)> {
    let parts = of_cell(context.text.slice(item));
    let found = of_parts(context, item, &parts, false)?;
    (found.1.owner.is_some() && (found.1.due.is_some() || found.1.due_words.is_some())).then_some(found)
}

static CODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[A-Za-z]{0,4}[ /.-]?\d+(?:[./-]\d+)*[.):]?|[a-z][.)])$"));

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?P<t>.+?)\s+(?P<o>[A-Z]{2,4}(?:/[A-Z]{2,4})*)\s+(?:(?i:due|by|for)\s+)?(?P<d>\S*\d.*)$")
});

/// The actions of lines that each hold a code, a task, initials and a day: "A41 Porter times JI due 10-Nov open". The lines
/// are those of a paragraph, of which the first may be a heading; columns of spaces are one space by now.
pub(super) fn columned(context: &Context<'_>, block: Span) -> Vec<(usize, Action)> {
    let content = context.text.slice(block);
    let mut actions = Vec::new();
    let mut from = 0;
    for line in content.split('\n') {
        let start = from;
        from += line.len() + 1;
        let code = line.split_whitespace().next().filter(|code| CODE.is_match(code)).map_or(0, str::len);
        let Some(hit) = line.get(code..).and_then(|rest| LINE.captures(rest)) else { continue };
        let (Some(task), Some(owner), Some(day)) = (hit.name("t"), hit.name("o"), hit.name("d")) else { continue };
        let Some(first) = when::days(day.as_str(), context.base, Year::Nearest).first().copied() else { continue };
        if first.start > 0 || owner.as_str().chars().any(char::is_lowercase) {
            continue;
        }
        let after = day.as_str().get(first.end..).unwrap_or("");
        let progress = progress::of_status(after, context.words);
        let task_at = task.as_str().len() - task.as_str().trim_start().len() + task.start();
        let span = Span::new(block.start + start + code + task_at, block.start + start + code + task.end());
        let action = Action {
            text: task.as_str().trim().to_string(),
            owner: Some(owner.as_str().to_string()),
            due: Some(first.day),
            due_words: None,
            moved_from: None,
            progress: progress.unwrap_or(Progress::Open),
            followed: progress.is_some(),
            excerpt: context.text.excerpt(span),
        };
        actions.push((span.start, action));
    }
    actions
}

/// An action of parts, the task first; with `named`, a heading has said that somebody and a time follow.
fn of_parts(context: &Context<'_>, whole: Span, parts: &[(usize, &str)], named: bool) -> Option<(usize, Action)> {
    let words = context.words;
    let rest = parts.get(1..)?;
    let time = rest.iter().map(|(_, part)| part.trim()).rfind(|part| names_time(context, part));
    let others = || rest.iter().map(|(_, part)| part.trim()).filter(|part| Some(*part) != time);
    let is_who = |part: &&str| people::is_owner(part, words) && !people::is_nobody(part, words);
    let status = |part: &&str| progress::of_status(part, words).is_some();
    let believed = || {
        others().next().filter(|part| {
            let short = (1..=NAME).contains(&part.split_whitespace().count());
            named && time.is_some() && short && !status(part) && !people::is_nobody(part, words)
        })
    };
    let who = others().filter(|part| !status(part)).rfind(is_who).or_else(believed);
    let (start, task) = *parts.first()?;
    if time.is_none() && who.is_none() || words.is_no_action(task) {
        return None;
    }
    let due = time.and_then(|time| when::days(time, context.base, Year::Next).iter().map(|one| one.day).max());
    let said: Vec<Progress> = rest.iter().filter_map(|(_, part)| progress::of_status(part, words)).collect();
    let closed = said.last() == Some(&Progress::Closed);
    let span = Span::new(whole.start + start, whole.start + start + task.len());
    let action = Action {
        text: task.trim().replace('\n', " "),
        owner: who.map(str::to_string),
        due,
        due_words: if due.is_none() { time.map(str::to_string) } else { None },
        moved_from: None,
        progress: if closed { Progress::Closed } else { Progress::Open },
        followed: !said.is_empty(),
        excerpt: context.text.excerpt(span),
    };
    Some((span.start, action))
}
