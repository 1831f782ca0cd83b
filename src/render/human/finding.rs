//! One finding as miette shows it, with the words underlined in the document's own text.

use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    NarratableReportHandler, SourceCode, SourceSpan, SpanContents,
};
use unicode_width::UnicodeWidthChar;

use super::Page;
use super::groups::Merged;
use crate::finding::Severity;
use crate::render::plain;
use crate::report::FindingRow;
use crate::text::{Excerpt, Place};

/// Columns that miette's frame takes beside the text.
const FRAME: usize = 12;

impl Page<'_> {
    /// A finding; its help is left out where the one above said the same.
    pub(super) fn diagnostic(&self, one: &Merged<'_>, help_again: bool) -> String {
        let shown = Shown::new(one, self.look.width, !help_again);
        let mut out = String::new();
        let rendered = if self.look.graphics {
            let theme = if self.look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
            GraphicalReportHandler::new_themed(theme)
                .with_width(self.look.width)
                .with_context_lines(0)
                .without_cause_chain()
                .render_report(&mut out, &shown)
        } else {
            NarratableReportHandler::new().with_context_lines(0).render_report(&mut out, &shown)
        };
        if rendered.is_err() {
            out = format!("{}\n", shown.message);
        }
        let text: Vec<&str> = out.lines().map(str::trim_end).collect();
        format!("{}\n\n", text.join("\n").trim_matches('\n'))
    }
}

/// One finding for miette.
#[derive(Debug)]
struct Shown {
    message: String,
    help: Option<String>,
    severity: miette::Severity,
    quoted: Option<Quoted>,
}

impl Shown {
    fn new(one: &Merged<'_>, width: usize, with_help: bool) -> Self {
        let finding = one.finding;
        let mut message = match &finding.path {
            Some(path) => format!("{}: {}", plain(path), plain(&finding.message)),
            None => plain(&finding.message),
        };
        let lines = one.lines();
        let said = lines.len() == 1 && finding.path.is_none() && message.starts_with(lines[0]);
        if !lines.is_empty() && !said {
            let _ = write!(message, " ({})", lines.join(", "));
        }
        let severity = match finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        };
        let help = with_help.then(|| plain(&finding.help));
        Shown { message, help, severity, quoted: Quoted::new(finding, width.saturating_sub(FRAME)) }
    }
}

/// The words with what stands around them, on one line that fits the width.
#[derive(Debug)]
struct Quoted {
    text: String,
    start: usize,
    length: usize,
    /// Where it stands, in words: the label under the words.
    label: Option<String>,
    /// Path of a text file, shown with line and column so that editors and terminals can open it.
    name: Option<String>,
    /// Number in the margin, from zero: the line, page, paragraph, slide or row.
    number: usize,
    /// Column of a text file, from zero.
    column: usize,
}

impl Quoted {
    fn new(finding: &FindingRow, room: usize) -> Option<Quoted> {
        let excerpt = finding.excerpt.as_ref()?;
        let place = &excerpt.place;
        let (text, start, length) = fitted(excerpt, room);
        let is_text = place.line.is_some() && place.page.is_none();
        let place_words = place.to_string();
        Some(Quoted {
            text,
            start,
            length,
            label: (!is_text && !place_words.is_empty()).then_some(plain(&place_words)),
            name: finding.path.as_deref().filter(|_| is_text).map(plain),
            number: number(place).saturating_sub(1),
            column: place.column.map_or(0, |column| column.saturating_sub(1) as usize),
        })
    }
}

/// The number that a reader looks for in the document.
fn number(place: &Place) -> usize {
    let row =
        place.cell.as_ref().and_then(|cell| cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok());
    place.line.or(place.page).or(place.slide).or(row).or(place.paragraph).unwrap_or(1) as usize
}

/// The context of an excerpt cut to a number of columns around the words, escaped, with the words' place in it.
fn fitted(excerpt: &Excerpt, room: usize) -> (String, usize, usize) {
    let end = excerpt.start + excerpt.length;
    let quote = cut(&plain(excerpt.context.get(excerpt.start..end).unwrap_or(&excerpt.quote)), room);
    let left_room = room.saturating_sub(width(&quote)) / 2;
    let before = plain(excerpt.context.get(..excerpt.start).unwrap_or(""));
    let mut kept: Vec<char> = Vec::new();
    let mut used = 0;
    for c in before.chars().rev() {
        used += c.width().unwrap_or(0);
        if used > left_room {
            break;
        }
        kept.push(c);
    }
    let mut before: String = kept.iter().rev().collect();
    if kept.len() < excerpt.context.get(..excerpt.start).map_or(0, |text| text.chars().count()) {
        before = format!("…{}", before.chars().skip(1).collect::<String>());
    }
    let after =
        cut(&plain(excerpt.context.get(end..).unwrap_or("")), room.saturating_sub(width(&before) + width(&quote)));
    let (start, length) = (before.len(), quote.len());
    (format!("{before}{quote}{after}"), start, length)
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// A text cut to a number of columns, with an ellipsis where it was cut.
fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_string();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        out.push(c);
    }
    if room > 0 { out + "…" } else { out }
}

impl SourceCode for Quoted {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() + span.len() > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let (data, whole) = (self.text.as_bytes(), SourceSpan::from((0, self.text.len())));
        let contents = match &self.name {
            Some(name) => MietteSpanContents::new_named(name.clone(), data, whole, self.number, self.column, 1),
            None => MietteSpanContents::new(data, whole, self.number, self.column, 1),
        };
        Ok(Box::new(contents))
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.quoted.as_ref().map(|quoted| quoted as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let quoted = self.quoted.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::new(quoted.label.clone(), quoted.start, quoted.length))))
    }
}
