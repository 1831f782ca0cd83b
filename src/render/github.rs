//! Annotations of GitHub Actions, within the number that GitHub shows.

use super::escape::{github_message, github_property, plain};
use super::logs::inert_within;
use super::standpoint::{Paths, Standpoint};
use super::{count, examined, full_sentence, nothing_read};
use crate::finding::Severity;
use crate::report::{FindingRow, Report};

/// Annotations of one type that GitHub shows of one step; it drops the others without a word.
const OF_A_TYPE: usize = 10;

/// One workflow command a line: how much was examined, then the worst findings of each severity, the others counted.
pub fn github(report: &Report, standpoint: &Standpoint) -> String {
    let paths = Paths::new(report, standpoint);
    let mut commands = Vec::new();
    let mut rest = Vec::new();
    for (severity, command) in
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Advice, "notice")]
    {
        // One error or notice is needed for what was examined.
        let most = match severity {
            Severity::Error if nothing_read(report).is_none() => OF_A_TYPE,
            Severity::Warning => OF_A_TYPE,
            _ => OF_A_TYPE - 1,
        };
        let all: Vec<&FindingRow> = super::open(report).filter(|finding| finding.severity == severity).collect();
        commands.extend(all.iter().take(most).map(|finding| annotation(command, finding, &paths)));
        if all.len() > most {
            rest.push(count(all.len() - most, severity.name()));
        }
    }
    let mut text = examined(report);
    if !rest.is_empty() {
        // "advices" is no word.
        let rest = rest.join(", ").replace("advices", "advice");
        text.push_str(&format!("; not shown here: {rest}; the summary of this run and the other formats have more"));
    }
    let first = match nothing_read(report) {
        Some(nothing) => command("error", "title=kloe", &format!("{nothing}; {text}")),
        None => command("notice", "title=kloe", &text),
    };
    commands.insert(0, first);
    commands.concat()
}

fn annotation(kind: &str, finding: &FindingRow, paths: &Paths<'_>) -> String {
    let (file, line) = paths.of_finding(finding);
    let about = finding.expectation.as_deref().map_or(String::new(), |id| format!(" ({id})"));
    let title = github_property(&format!("{}{about}", finding.check));
    let properties = format!("file={},line={line},title={title}", github_property(&file));
    command(kind, &properties, &format!("{}\n{}", full_sentence(finding), finding.help))
}

fn command(kind: &str, properties: &str, message: &str) -> String {
    debug_assert!(plain(properties) == properties);
    inert_within(&format!("::{kind} {properties}::{}\n", github_message(message))).into_owned()
}
