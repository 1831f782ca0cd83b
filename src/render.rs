//! The report as text for people and as JSON for programs. Computes nothing; text from documents is escaped here.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use crate::report::{FindingRow, LineRow, Report};

/// Width of human output, in columns.
const WIDTH: usize = 80;

/// Findings of one check shown in full before the rest is only counted.
const SHOWN: usize = 3;

/// A string without what could act on a terminal: control characters and marks that turn the direction of writing.
pub fn plain(text: &str) -> String {
    let acts = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if acts(c) { '\u{fffd}' } else { c }).collect()
}

/// The JSON of the contract, with a line break at its end.
///
/// # Errors
///
/// When a value does not serialise, which the types rule out.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}

/// Human output: what is missing first, then a summary by framework, then findings grouped by check.
pub fn human(report: &Report, verbose: bool) -> String {
    let mut out = String::new();
    let write = |out: &mut String| -> fmt::Result {
        for framework in &report.frameworks {
            let lines: Vec<&LineRow> = report.lines.iter().filter(|line| line.framework == framework.id).collect();
            if lines.is_empty() {
                continue;
            }
            writeln!(out, "{}", plain(&framework.title))?;
            for line in lines {
                line_summary(out, line, verbose)?;
            }
            writeln!(out)?;
        }
        let mut groups: BTreeMap<(std::cmp::Reverse<crate::finding::Severity>, &str), Vec<&FindingRow>> =
            BTreeMap::new();
        for finding in &report.findings {
            groups.entry((std::cmp::Reverse(finding.severity), finding.check)).or_default().push(finding);
        }
        for ((_, check), findings) in &groups {
            let shown = if verbose || *check == "missing" { findings.len() } else { SHOWN };
            for finding in findings.iter().take(shown) {
                out.push_str(&diagnostic(finding));
            }
            if findings.len() > shown {
                writeln!(out, "  … and {} more of `{check}` (-v shows all)\n", findings.len() - shown)?;
            }
        }
        footer(out, report)
    };
    // Writing to a string cannot fail.
    let _ = write(&mut out);
    out
}

fn line_summary(out: &mut String, line: &LineRow, verbose: bool) -> fmt::Result {
    let met = line.expectations.iter().filter(|one| !one.evidence.is_empty()).count();
    let title: String = plain(&line.title).chars().take(44).collect();
    writeln!(out, "  {:<3} {:<45} {:<8} {met} of {} asked for", line.id, title, line.grade, line.expectations.len())?;
    if verbose {
        for one in &line.expectations {
            let needed = if one.required { "required" } else { "recommended" };
            writeln!(out, "        {:<8} {} ({needed})", one.grade, plain(&one.title))?;
            for evidence in &one.evidence {
                writeln!(
                    out,
                    "                 {} ({}: {})",
                    plain(&evidence.path),
                    evidence.grade,
                    plain(&evidence.because.join("; "))
                )?;
            }
        }
    }
    Ok(())
}

fn footer(out: &mut String, report: &Report) -> fmt::Result {
    let sum = &report.summary;
    writeln!(
        out,
        "{} documents: {} read, {} not read; {} files skipped. Judged as of {}.",
        sum.documents,
        sum.documents - sum.not_read,
        sum.not_read,
        sum.skipped,
        report.as_of.in_words()
    )?;
    writeln!(out, "{} errors, {} warnings, {} pieces of advice.", sum.errors, sum.warnings, sum.advice)?;
    if !report.lines.is_empty() {
        let lines = &sum.lines;
        writeln!(out, "Lines: {} strong, {} weak, {} missing.", lines.strong, lines.weak, lines.missing)?;
        writeln!(out, "Documents show processes; what people experience, a reviewer sees elsewhere.")?;
    }
    writeln!(out, "Next: `kloe explain NAME` for a line or a check, `kloe show FILE` for a document.")
}

/// A finding as miette shows it, with the words underlined in the document's own text.
fn diagnostic(finding: &FindingRow) -> String {
    let shown = Shown::new(finding);
    let mut out = String::new();
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(WIDTH).with_context_lines(0);
    if handler.render_report(&mut out, &shown).is_err() {
        out = format!("{}\n", shown.message);
    }
    out + "\n"
}

/// One finding for miette.
#[derive(Debug)]
struct Shown {
    code: String,
    message: String,
    help: String,
    severity: miette::Severity,
    source: Option<(NamedSource<String>, usize, usize)>,
}

impl Shown {
    fn new(finding: &FindingRow) -> Self {
        let path = finding.path.as_deref().map(plain);
        let mut message = match &path {
            Some(path) => format!("{path}: {}", plain(&finding.message)),
            None => plain(&finding.message),
        };
        if let Some(expectation) = &finding.expectation {
            let more = finding.expectations.len().saturating_sub(1);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let _ = write!(message, " [{expectation}{more}]");
        }
        let source = finding.excerpt.as_ref().map(|excerpt| {
            let before = plain(excerpt.context.get(..excerpt.start).unwrap_or(""));
            let quote = plain(&excerpt.quote);
            let after = plain(excerpt.context.get(excerpt.start + excerpt.length..).unwrap_or(""));
            let place = excerpt.place.to_string();
            let name = if place.is_empty() { path.clone().unwrap_or_default() } else { place };
            (NamedSource::new(name, format!("{before}{quote}{after}")), before.len(), quote.len())
        });
        let severity = match finding.severity {
            crate::finding::Severity::Error => miette::Severity::Error,
            crate::finding::Severity::Warning => miette::Severity::Warning,
            crate::finding::Severity::Advice => miette::Severity::Advice,
        };
        Shown { code: finding.check.to_string(), message, help: plain(&finding.help), severity, source }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|(source, _, _)| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, start, length) = self.source.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::new(None, *start, *length))))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_acts_on_a_terminal() {
        assert_eq!(super::plain("a\u{1b}[31mb\u{202e}c\n"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}");
    }
}
