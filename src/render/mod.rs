//! A report as bytes: one file a format. Renderers compute nothing about evidence; they escape what comes from documents.

mod bundle;
mod bundle_page;
mod changes;
mod csv;
mod escape;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod junit;
mod links;
mod logs;
mod markdown;
mod sarif;
mod standpoint;
mod tables;
mod watch;
mod xlsx;

use std::collections::HashMap;

use crate::report::{FindingRow, Report};

pub use self::csv::csv;
pub use bundle::bundle_workbook;
pub use bundle_page::bundle_page;
pub use changes::{changes_markdown, changes_text};
pub use escape::{markdown as markdown_line, plain};
pub use github::github;
pub use gitlab::gitlab;
pub use html::html;
pub use human::human;
pub use json::json;
pub use junit::junit;
pub use links::linked;
pub use logs::inert;
pub use markdown::markdown;
pub use sarif::sarif;
pub use standpoint::Standpoint;
pub use tables::TableOf;
pub use watch::{Happened, watch_again, watch_first};
pub use xlsx::xlsx;

/// Where CQC says what it asks; what a check means in full is told by `kloe explain`.
const HELP_URI: &str = "https://www.cqc.org.uk/assessment/quality-statements";

/// How a terminal shows text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether colours are wanted.
    pub color: bool,
    /// Whether marks and frames are wanted; a screen reader is better without.
    pub graphics: bool,
    /// Whether paths are links to the files.
    pub links: bool,
}

impl Look {
    /// Eighty columns, no colour: for files and pipes.
    pub const PLAIN: Look = Look { width: 80, color: false, graphics: true, links: false };
}

/// How much of a report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Only the grades and the counts.
    Summary,
    /// What is missing, and of each check the first findings.
    Usual,
    /// Also what supports what, and every finding.
    Everything,
}

/// How much was examined, in words; every format says so.
pub(crate) fn examined(report: &Report) -> String {
    let sum = &report.summary;
    let read = sum.documents - sum.not_read;
    let mut text = format!("{}: {read} read, {} not read", count(sum.documents, "document"), sum.not_read);
    text.push_str(&format!("; {} skipped", count(sum.skipped, "file")));
    for (number, words) in [(sum.waived, "waived"), (sum.known, "known from the baseline"), (sum.resolved, "resolved")]
    {
        if number > 0 {
            text.push_str(&format!("; {} {words}", count(number, "finding")));
        }
    }
    if sum.left_out > 0 {
        text.push_str(&format!("; {} left out by the settings", count(sum.left_out, "finding")));
    }
    text
}

/// The findings that count: neither waived nor known.
pub(crate) fn open(report: &Report) -> impl Iterator<Item = &FindingRow> {
    report.findings.iter().filter(|finding| finding.is_open())
}

/// Why a report says nothing about the evidence, if that is so.
pub(crate) fn nothing_read(report: &Report) -> Option<&'static str> {
    let sum = &report.summary;
    if sum.documents == 0 && sum.skipped > 0 {
        Some("nothing was examined, every file was skipped")
    } else if sum.documents == 0 {
        Some("nothing was examined, no document was found")
    } else if sum.documents == sum.not_read {
        Some("nothing was examined, no document could be read")
    } else {
        None
    }
}

/// A number with its noun, in the plural where it needs one.
fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// What a finding says, with its place and the expectations concerned, on one line; the document's name left out.
fn sentence(finding: &FindingRow) -> String {
    let mut text = plain(&finding.message);
    let place = finding.location.as_ref().map(|location| plain(&location.place.to_string())).unwrap_or_default();
    if !place.is_empty() {
        text.push_str(&format!(" ({place})"));
    }
    if !finding.expectations.is_empty() {
        text.push_str(&format!(" [{}]", plain(&finding.expectations.join(", "))));
    }
    text
}

/// As [`sentence`], with the document's name in front.
fn full_sentence(finding: &FindingRow) -> String {
    match &finding.path {
        Some(path) => format!("{}: {}", plain(path), sentence(finding)),
        None => sentence(finding),
    }
}

/// For each finding, how many before it and with it have its fingerprint: the same words may stand twice in a document.
fn occurrences(findings: &[FindingRow]) -> Vec<usize> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    findings
        .iter()
        .map(|finding| {
            let number = seen.entry(finding.fingerprint.as_str()).or_insert(0);
            *number += 1;
            *number
        })
        .collect()
}

/// Text broken into lines of at most `width` columns; the first begins with `first`, the others with `indent`. Line
/// breaks at the start of `first` stay.
pub fn wrapped(text: &str, width: usize, first: &str, indent: &str) -> String {
    let lead = first.len() - first.trim_start_matches('\n').len();
    let options = textwrap::Options::new(width.max(20))
        .initial_indent(&first[lead..])
        .subsequent_indent(indent)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let text = plain(text);
    let lines: Vec<String> =
        textwrap::wrap(&text, options).into_iter().map(|line| line.trim_end().to_string()).collect();
    format!("{}{}", &first[..lead], lines.join("\n"))
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod formats;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width() {
        let text = wrapped("one two three four five six seven", 20, "\n  Why: ", "    ");
        assert_eq!(text, "\n  Why: one two three\n    four five six\n    seven");
    }
}
