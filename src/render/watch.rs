//! What `kloe watch` says: how things stand, what a change did, and what to do next.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::changes::{changed_row, moved_row, sizes};
use super::human::Tone;
use super::human::painted;
use super::{Look, count, examined, nothing_read, open, plain, wrapped};
use crate::compare::{Comparison, Turn};
use crate::finding::{Check, Severity};
use crate::report::{FindingRow, Report};

/// Things to do next that are named.
const NEXT: usize = 3;

/// Rows of one sort that are listed.
const LISTED: usize = 8;

/// What happened to a folder since the last look at it.
#[derive(Debug)]
pub struct Happened<'a> {
    /// The time of day, in words.
    pub time: &'a str,
    /// Documents that came.
    pub new: &'a [String],
    /// Documents that changed.
    pub changed: &'a [String],
    /// Documents that went.
    pub gone: &'a [String],
    /// What that did.
    pub since_last: &'a Comparison,
    /// What all changes did since the watch began.
    pub since_start: &'a Comparison,
}

/// What the first look says; `waits` is its last line.
pub fn watch_first(report: &Report, look: Look, waits: &str) -> String {
    let title = format!("Evidence in {}, judged as of {}", plain(&report.root), report.as_of.in_words());
    let mut out = format!("{}\n", painted(look, Tone::Title, &title));
    out.push_str(&format!("{}.\n", wrapped(&examined(report), look.width, "", "")));
    match nothing_read(report) {
        Some(nothing) => out.push_str(&format!("{}\n", wrapped(nothing, look.width, "", ""))),
        None => out.push_str(&format!("{}\n", wrapped(&standing(report), look.width, "", ""))),
    }
    out.push_str(&next(report, look));
    out.push_str(&format!("\n{}\n", wrapped(waits, look.width, "", "")));
    out
}

/// What a change did; nothing when nothing happened.
pub fn watch_again(report: &Report, happened: &Happened<'_>, look: Look) -> String {
    let last = happened.since_last;
    let events: Vec<String> = [("new", happened.new), ("changed", happened.changed), ("gone", happened.gone)]
        .into_iter()
        .filter(|(_, paths)| !paths.is_empty())
        .map(|(what, paths)| format!("{what}: {}", some(paths)))
        .collect();
    let quiet = [&last.better, &last.worse].into_iter().all(|turn| *turn == Turn::default());
    if quiet && events.is_empty() {
        return String::new();
    }
    // What changed may as well be the settings, the rules or the day.
    let events = if events.is_empty() { "judged anew".to_string() } else { events.join("; ") };
    let time = if happened.time.is_empty() { String::new() } else { format!("{}  ", happened.time) };
    let rest = " ".repeat(time.len());
    let title = |words: &str| painted(look, Tone::Title, &wrapped(&plain(words), look.width, &time, &rest));
    if quiet {
        return format!("\n{}\n", title(&format!("{events}; nothing got better or worse")));
    }
    let mut out = format!("\n{}\n", title(&events));
    for (word, tone, turn, what) in
        [("better", Tone::Good, &last.better, "put right"), ("worse", Tone::Bad, &last.worse, "new")]
    {
        let rows = rows(turn, what);
        let more = rows.len().saturating_sub(LISTED);
        for row in rows.iter().take(LISTED) {
            let text = wrapped(&plain(row), look.width, &format!("  {word:<8}"), "          ");
            out.push_str(&format!("{}\n", text.replacen(word, &painted(look, tone, word), 1)));
        }
        if more > 0 {
            out.push_str(&format!("          and {more} more\n"));
        }
    }
    let start = happened.since_start;
    let since = format!("Since the start: better {}; worse {}.", sizes(&start.better), sizes(&start.worse));
    out.push_str(&format!("{}\n", wrapped(&since, look.width, "  ", "  ")));
    out.push_str(&format!("{}\n", wrapped(&format!("Now: {}", standing(report)), look.width, "  ", "  ")));
    out.push_str(&next(report, look));
    out
}

/// The first paths, and how many more.
fn some(paths: &[String]) -> String {
    let named: Vec<&str> = paths.iter().take(NEXT).map(String::as_str).collect();
    let more = paths.len().saturating_sub(NEXT);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    named.join(", ") + &more
}

/// The rows of a turn, with what became of its findings; what several lines ask for, or say of the same words, stands once.
fn rows(turn: &Turn, what: &str) -> Vec<String> {
    let mut rows: Vec<String> = turn.lines.iter().chain(&turn.expectations).map(changed_row).collect();
    for row in turn.findings.iter().map(|one| format!("{what}: {}", moved_row(one))) {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// The counts.
fn standing(report: &Report) -> String {
    let sum = &report.summary;
    let findings = format!(
        "{}, {}, {} of advice",
        count(sum.errors, "error"),
        count(sum.warnings, "warning"),
        count(sum.advice, "piece")
    );
    let lines = &sum.lines;
    match report.lines.len() {
        0 => format!("{findings}."),
        all => format!(
            "{findings}; of {}: {} strong, {} weak, {} missing.",
            count(all, "line"),
            lines.strong,
            lines.weak,
            lines.missing
        ),
    }
}

/// The few things to do next: what is worst, and of that what most lines ask for.
fn next(report: &Report, look: Look) -> String {
    let mut things: Vec<(&FindingRow, Vec<&str>)> = Vec::new();
    let mut at: HashMap<(&str, Option<&str>, &str), usize> = HashMap::new();
    for finding in open(report).filter(|one| one.severity > Severity::Advice) {
        let asked = finding.expectations.iter().filter_map(|id| id.split('.').next());
        let key = (finding.check, finding.path.as_deref(), finding.message.as_str());
        let place = *at.entry(key).or_insert_with(|| {
            things.push((finding, Vec::new()));
            things.len() - 1
        });
        things[place].1.extend(asked);
    }
    for (_, asked) in &mut things {
        asked.sort_unstable();
        asked.dedup();
    }
    if things.is_empty() {
        return "\nNo error and no warning is left.\n".to_string();
    }
    let is_missing = |one: &FindingRow| one.check == Check::Missing.name();
    things.sort_by_key(|(one, asked)| (Reverse(one.severity), !is_missing(one), Reverse(asked.len())));
    let more = things.len().saturating_sub(NEXT);
    let mut out = format!("\n{}\n", painted(look, Tone::Title, "Next:"));
    for (number, (one, asked)) in things.iter().take(NEXT).enumerate() {
        let path = one.path.as_deref().map_or(String::new(), |path| format!("{}: ", plain(path)));
        let asked = if asked.is_empty() { String::new() } else { format!(" ({})", asked.join(", ")) };
        let words = format!("{}: {path}{}{asked}", one.severity, plain(&one.message));
        out.push_str(&format!("{}\n", wrapped(&words, look.width, &format!("  {}. ", number + 1), "     ")));
        let helps = || one.help.lines().filter(|line| !line.trim().is_empty());
        let help = helps().find(|line| line.starts_with("Strong evidence")).or_else(|| helps().next());
        if let Some(help) = help {
            out.push_str(&format!("{}\n", wrapped(&plain(help), look.width, "     ", "     ")));
        }
    }
    if more > 0 {
        out.push_str(&format!("  and {more} more; kloe check shows all\n"));
    }
    out
}
