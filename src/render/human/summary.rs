//! The grades by framework, one row a line; in full detail also what supports each expectation.

use std::fmt::{self, Write as _};

use super::{Page, Tone};
use crate::judge::Grade;
use crate::render::{Detail, plain};
use crate::report::{ExpectationRow, LineRow};

/// Columns of a row beside its title: id, grade and the two counts.
const BESIDE: usize = 7 + 11 + 9 + 9;

impl Page<'_> {
    pub(super) fn grades(&mut self) -> fmt::Result {
        let report = self.report;
        for framework in &report.frameworks {
            let lines: Vec<&LineRow> = report.lines.iter().filter(|line| line.framework == framework.id).collect();
            if lines.is_empty() {
                continue;
            }
            let room = self.room(&lines);
            let title = clipped(&plain(&framework.title), room + 7);
            let head = format!("{title:<width$} {:<10} {:>8} {:>8}", "", "required", "on file", width = room + 7);
            writeln!(self.out, "{}", self.paint(Tone::Title, head.trim_end()))?;
            for line in lines {
                self.row(line, room)?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    /// Columns for the titles of lines: as wide as the longest, if the terminal is wide enough.
    fn room(&self, lines: &[&LineRow]) -> usize {
        let longest = lines.iter().map(|line| line.title.chars().count()).max().unwrap_or(0);
        longest.clamp(30, self.look.width.saturating_sub(BESIDE).max(30))
    }

    fn row(&mut self, line: &LineRow, room: usize) -> fmt::Result {
        let of = |required: bool| {
            let all: Vec<&ExpectationRow> = line.expectations.iter().filter(|one| one.required || !required).collect();
            let met = all.iter().filter(|one| one.grade != Grade::Missing).count();
            format!("{met} of {}", all.len())
        };
        let title = clipped(&plain(&line.title), room);
        let grade = format!("{:<10}", self.mark(line.grade));
        let grade = self.paint(tone(line.grade), &grade);
        writeln!(self.out, "  {:<4} {title:<room$} {grade} {:>8} {:>8}", line.id, of(true), of(false))?;
        if self.detail == Detail::Everything {
            self.support(line)?;
        }
        Ok(())
    }

    fn support(&mut self, line: &LineRow) -> fmt::Result {
        for one in &line.expectations {
            let needed = if one.required { "required" } else { "recommended" };
            let grade = self.mark(one.grade);
            self.para("       ", "         ", &format!("{grade} {} ({needed})", one.title))?;
            for evidence in &one.evidence {
                let grade = self.mark(evidence.grade);
                self.para(
                    "         ",
                    "             ",
                    &format!("{grade} {}: {}", evidence.path, evidence.because.join("; ")),
                )?;
            }
        }
        writeln!(self.out)
    }

    /// A grade in words, with a mark that can be told without colour.
    pub(super) fn mark(&self, grade: Grade) -> String {
        let mark = match grade {
            Grade::Strong => "●",
            Grade::Weak => "◐",
            Grade::Missing => "○",
        };
        if self.look.graphics { format!("{mark} {grade}") } else { grade.to_string() }
    }
}

fn tone(grade: Grade) -> Tone {
    match grade {
        Grade::Strong => Tone::Good,
        Grade::Weak => Tone::Middling,
        Grade::Missing => Tone::Bad,
    }
}

/// A text of at most so many characters, with an ellipsis where it was cut.
pub(super) fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
