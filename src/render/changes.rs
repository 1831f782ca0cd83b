//! A comparison for people: in the terminal, or as Markdown.

use super::escape::markdown as text;
use super::{count, plain};
use crate::compare::{Changed, Comparison, Moved, Turn};

/// Rows of one sort that are listed; JSON has all.
const LISTED: usize = 30;

/// A comparison as plain text.
pub fn changes_text(change: &Comparison) -> String {
    let mut out = format!(
        "Evidence in {}: {} against {}\n\n",
        plain(&change.root),
        change.after.in_words(),
        change.before.in_words()
    );
    for (title, turn) in [("Worse", &change.worse), ("Better", &change.better)] {
        out.push_str(&format!("{title}: {}\n", sizes(turn)));
        let rows = rows(turn).into_iter().map(|row| format!("  {}\n", plain(&row)));
        listed(&mut out, rows.collect(), "  ");
        out.push('\n');
    }
    for (title, paths) in [("New documents", &change.added), ("Documents that are gone", &change.removed)] {
        if !paths.is_empty() {
            out.push_str(&format!("{title}: {}\n", paths.len()));
            listed(&mut out, paths.iter().map(|path| format!("  {}\n", plain(path))).collect(), "  ");
            out.push('\n');
        }
    }
    out.push_str(&format!("{}\n", same(change)));
    out
}

/// A comparison as Markdown, for a pull-request comment or a board paper.
pub fn changes_markdown(change: &Comparison) -> String {
    let mut out = format!(
        "# Evidence in {}: {} against {}\n\n",
        text(&change.root),
        change.after.in_words(),
        change.before.in_words()
    );
    for (title, turn) in [("Worse", &change.worse), ("Better", &change.better)] {
        out.push_str(&format!("## {title}: {}\n\n", sizes(turn)));
        listed(&mut out, rows(turn).into_iter().map(|row| format!("- {}\n", text(&row))).collect(), "- ");
        out.push('\n');
    }
    for (title, paths) in [("New documents", &change.added), ("Documents that are gone", &change.removed)] {
        if !paths.is_empty() {
            out.push_str(&format!("## {title}: {}\n\n", paths.len()));
            listed(&mut out, paths.iter().map(|path| format!("- {}\n", text(path))).collect(), "- ");
            out.push('\n');
        }
    }
    out.push_str(&format!("{}\n", same(change)));
    out
}

fn listed(out: &mut String, rows: Vec<String>, indent: &str) {
    let rest = rows.len().saturating_sub(LISTED);
    rows.into_iter().take(LISTED).for_each(|row| out.push_str(&row));
    if rest > 0 {
        out.push_str(&format!("{indent}and {rest} more (--format json has all)\n"));
    }
}

pub(super) fn sizes(turn: &Turn) -> String {
    if (turn.lines.len(), turn.expectations.len(), turn.findings.len()) == (0, 0, 0) {
        return "nothing".to_string();
    }
    let parts =
        [(turn.lines.len(), "line"), (turn.expectations.len(), "expectation"), (turn.findings.len(), "finding")];
    let parts: Vec<String> =
        parts.iter().filter(|part| part.0 > 0).map(|(number, name)| count(*number, name)).collect();
    parts.join(", ")
}

fn rows(turn: &Turn) -> Vec<String> {
    let lines = turn.lines.iter().chain(&turn.expectations).map(changed_row);
    lines.chain(turn.findings.iter().map(moved_row)).collect()
}

/// A grade that changed, in words.
pub(super) fn changed_row(one: &Changed) -> String {
    let grade = |grade: Option<crate::judge::Grade>| grade.map_or("not asked for".to_string(), |one| one.to_string());
    format!("{} {}: {}, before {}", one.id, one.title, grade(one.after), grade(one.before))
}

/// A finding that came or went, in words.
pub(super) fn moved_row(one: &Moved) -> String {
    let path = one.path.as_deref().map_or(String::new(), |path| format!(" ({path})"));
    format!("{} {}: {}{path}", one.severity, one.check, one.message)
}

fn same(change: &Comparison) -> String {
    format!(
        "The same as before: {}, {}.",
        count(change.same_lines, "line"),
        count(change.same_findings, "open finding")
    )
}
