//! The report for people at a terminal: the grades, what is missing, then the findings, grouped, worst first.

mod finding;
mod groups;
mod summary;

use std::fmt::{self, Write as _};

use super::{Detail, Look, count, inert, plain, wrapped};
use crate::report::Report;

/// Human output.
pub fn human(report: &Report, detail: Detail, look: Look) -> String {
    let mut page = Page { out: String::new(), report, detail, look };
    // Writing to a string cannot fail.
    let _ = page.write();
    inert(&page.out).into_owned()
}

struct Page<'r> {
    out: String,
    report: &'r Report,
    detail: Detail,
    look: Look,
}

/// What a piece of text is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Title,
    Good,
    Middling,
    Bad,
}

/// Text in the colour of its tone, if colours are wanted.
pub(super) fn painted(look: Look, tone: Tone, text: &str) -> String {
    if !look.color {
        return text.to_string();
    }
    let code = match tone {
        Tone::Title => "1",
        Tone::Good => "32",
        Tone::Middling => "33",
        Tone::Bad => "31",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

impl Page<'_> {
    fn write(&mut self) -> fmt::Result {
        self.head()?;
        // Grades of nothing would look like grades.
        if self.report.summary.documents == 0 {
            return self.foot();
        }
        self.grades()?;
        if self.detail != Detail::Summary {
            self.missing()?;
            self.findings()?;
            self.accepted()?;
            self.not_read()?;
        }
        self.foot()
    }

    /// Text in the colour of its tone, if colours are wanted.
    fn paint(&self, tone: Tone, text: &str) -> String {
        painted(self.look, tone, text)
    }

    fn para(&mut self, first: &str, indent: &str, text: &str) -> fmt::Result {
        writeln!(self.out, "{}", wrapped(text, self.look.width, first, indent))
    }

    fn head(&mut self) -> fmt::Result {
        let report = self.report;
        let root = plain(&report.root);
        let sum = &report.summary;
        let sector = report.sector.filter(|_| !report.lines.is_empty());
        let sector = sector.map_or(String::new(), |sector| format!(", as {}", sector.in_words()));
        let day = report.as_of.in_words();
        writeln!(self.out, "{}", self.paint(Tone::Title, &format!("Evidence in {root}, judged as of {day}{sector}")))?;
        let mut text = format!("{}: {} read", count(sum.documents, "document"), sum.documents - sum.not_read);
        if sum.not_read > 0 {
            let _ = write!(text, ", {} not read (listed below)", sum.not_read);
        }
        if sum.skipped > 0 {
            let _ = write!(text, "; {} skipped", count(sum.skipped, "file"));
        }
        self.para("", "", &(text + "."))?;
        writeln!(self.out)
    }

    /// What was not read and what was skipped, by reason.
    fn not_read(&mut self) -> fmt::Result {
        let report = self.report;
        if self.detail == Detail::Everything {
            for one in &report.skipped {
                self.para("  skipped  ", "           ", &format!("{}: {}", one.path, one.reason))?;
            }
            if !report.skipped.is_empty() {
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    fn foot(&mut self) -> fmt::Result {
        let report = self.report;
        let sum = &report.summary;
        if sum.documents == 0 {
            self.para(
                "",
                "",
                "No document was examined, so this says nothing about the evidence. Is it the right folder?",
            )?;
            return Ok(());
        }
        let mut text = format!(
            "{}, {}, {} of advice, counted for every line that asks",
            count(sum.errors, "error"),
            count(sum.warnings, "warning"),
            count(sum.advice, "piece")
        );
        if sum.waived > 0 {
            let _ = write!(text, "; {} more waived", sum.waived);
        }
        if sum.known > 0 {
            let _ = write!(text, "; {} more known from the baseline", sum.known);
        }
        if sum.left_out > 0 {
            let _ = write!(text, "; {} left out by --select, --ignore or kloe.toml", count(sum.left_out, "finding"));
        }
        let text = wrapped(&(text + "."), self.look.width, "", "");
        writeln!(self.out, "{}", self.paint(Tone::Title, &text))?;
        if !report.lines.is_empty() {
            let lines = &sum.lines;
            let text = format!(
                "Of {}: {} strong, {} weak, {} missing. This says how complete and how well kept the documents are. It is no \
                 rating, and what people and staff experience is not in a folder.",
                count(report.lines.len(), "line"),
                lines.strong,
                lines.weak,
                lines.missing
            );
            self.para("", "", &text)?;
        }
        writeln!(self.out)?;
        let next = [
            ("kloe explain W5", "what a line asks for, and what strong evidence looks like"),
            ("kloe explain stale", "what a check means"),
            ("kloe show FILE", "what was read in a document, and why it counts or not"),
            ("kloe check FOLDER -v", "everything: what supports what, and every finding"),
        ];
        writeln!(self.out, "Next:")?;
        for (command, says) in next {
            self.para(&format!("  {command:<22}"), &" ".repeat(24), says)?;
        }
        Ok(())
    }
}
