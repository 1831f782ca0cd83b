//! Faults: every reason for which kloe cannot do what was asked (exit status 2), with the place and the remedy.
//!
//! What is wrong with a document is never a fault, it is a finding on that document.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use crate::nhs_number::mask_line;
use crate::text::acts;

/// The text of a file at fault, shared by all faults in it.
#[derive(Debug, Clone)]
pub struct SourceFile {
    named: Arc<NamedSource<String>>,
    /// The same as it is shown.
    shown: Arc<NamedSource<String>>,
}

/// A text in which nothing acts on a terminal and no patient's number stands, each character as long as it was, so that
/// places in it hold.
fn harmless(text: &str) -> String {
    let harmless = |c: char| match c.len_utf8() {
        _ if matches!(c, '\n' | '\t' | '\r') || !acts(c) => c,
        1 => '?',
        2 => '\u{bf}',
        _ => char::REPLACEMENT_CHARACTER,
    };
    // Masked first: what acts may stand between the digits of a number.
    mask_line(text).chars().map(harmless).collect()
}

impl SourceFile {
    /// A file by name and text.
    pub fn new(name: impl AsRef<str>, text: impl Into<String>) -> Self {
        let text = text.into();
        let shown = NamedSource::new(harmless(name.as_ref()), harmless(&text)).with_language("TOML");
        SourceFile { named: Arc::new(NamedSource::new(name, text).with_language("TOML")), shown: Arc::new(shown) }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.named.name()
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.named.inner()
    }

    /// The line, from one, of a byte offset.
    pub fn line(&self, offset: usize) -> u32 {
        let before = self.text().as_bytes().iter().take(offset);
        1 + before.filter(|byte| **byte == b'\n').count() as u32
    }
}

/// One reason for which kloe cannot do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    message: String,
    help: Option<String>,
    place: Option<(SourceFile, Range<usize>, String)>,
}

impl Fault {
    /// A fault with its message: lower case, no full stop.
    pub fn new(message: impl Into<String>) -> Self {
        Fault { message: harmless(&message.into()), help: None, place: None }
    }

    /// Says what would put it right.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(harmless(&help.into()));
        self
    }

    /// Points at bytes of a file, with a few words beside the caret.
    #[must_use]
    pub fn at(mut self, file: &SourceFile, span: Range<usize>, words: impl Into<String>) -> Self {
        let end = file.text().len();
        let start = span.start.min(end);
        self.place = Some((file.clone(), start..span.end.clamp(start, end), harmless(&words.into())));
        self
    }

    /// The file and the bytes of it that it points at, if it points at any.
    pub fn place(&self) -> Option<(&SourceFile, Range<usize>)> {
        self.place.as_ref().map(|(file, span, _)| (file, span.clone()))
    }

    /// What the `toml` crate refused, in the file where it did.
    pub fn from_toml(file: &SourceFile, error: &toml::de::Error) -> Self {
        let message = error.message().trim().replace('\n', ", ");
        let span = error.span().unwrap_or(0..0);
        Fault::new(message).at(file, span, "here")
    }
}

impl Diagnostic for Fault {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place.as_ref().map(|(file, _, _)| &*file.shown as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, span, words) = self.place.as_ref()?;
        let label = LabeledSpan::new(Some(words.clone()), span.start, span.len());
        Some(Box::new(std::iter::once(label)))
    }
}

/// All faults of one run, shown together.
#[derive(Debug, Clone, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// `value` when there is no fault.
    ///
    /// # Errors
    ///
    /// The faults, if there is one.
    pub fn or<T>(self, value: T) -> Result<T, Faults> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Faults(vec![fault])
    }
}

/// The known name that is closest to a misspelt one, if any is close.
pub fn closest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_fault_shows_the_number_of_a_patient() {
        let file = SourceFile::new("NHS 458 671 0004.toml", "exclude = [\"４５８671０００4/\"]\n");
        let fault = Fault::new("cannot read a/4586710004.csv").help("458-671-0004").at(&file, 0..4, "458/671/0004");
        let mut shown = format!("{fault:?}").split("named:").next().unwrap().to_string();
        miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor())
            .render_report(&mut shown, &fault)
            .unwrap();
        let digits: String = shown.chars().filter_map(crate::text::digit).collect();
        assert!(shown.contains("458") && !digits.contains("4586710004"), "{shown}");
    }

    #[test]
    fn a_file_at_fault_does_not_act_on_the_terminal_that_shows_it() {
        let file = SourceFile::new("\u{1b}[31m.toml", "a = \"\u{1b}[2J\u{9b}x\u{202e}\"\n");
        assert!(file.text().contains('\u{1b}'), "what is read stays as it is");
        let fault = Fault::new("no \u{7}bell").help("\u{202e}x").at(&file, 4..12, "here\u{8}");
        let mut shown = String::new();
        miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor())
            .render_report(&mut shown, &fault)
            .unwrap();
        assert!(shown.contains("[2J") && !shown.chars().any(|c| c != '\n' && acts(c)), "{shown:?}");
    }
}
