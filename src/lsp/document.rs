//! An open document: its text, what is known of it, and what is said at a place of it.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};

use super::buffer::{Buffer, Encoding, Position};
use super::evidence::Looked;
use super::locate::Source;
use super::project::RulesFolder;
use super::say::Say;
use super::toml_files::{Read, definition, hover};

/// Things said at one place.
const MARKS: usize = 8;

/// What a document is to kloe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    Evidence(Source),
    Rules(RulesFolder),
    Settings,
    /// Nothing; it is only kept up with.
    Other,
}

/// An open document.
pub(super) struct Document {
    pub(super) version: Option<i64>,
    /// Counts its states; versions are the editor's.
    pub(super) revision: u64,
    pub(super) buffer: Arc<Buffer>,
    pub(super) file: Option<PathBuf>,
    pub(super) sort: Sort,
    /// When it is to be looked at, and since when that is so.
    pub(super) due: Option<(Instant, Instant)>,
    /// What is known, and of which state.
    pub(super) known: Option<(u64, Known)>,
}

pub(super) enum Known {
    Evidence(Looked),
    Toml(Read),
    Nothing,
}

impl Document {
    /// Whether what is known is of its present state.
    pub(super) fn is_known(&self) -> bool {
        self.sort == Sort::Other || self.known.as_ref().is_some_and(|(of, _)| *of == self.revision)
    }

    /// What is shown at a place.
    pub(super) fn hover(&self, position: Position, encoding: Encoding, markdown: bool) -> Value {
        let offset = self.buffer.offset(position, encoding);
        let found = match &self.known {
            Some((_, Known::Evidence(looked))) => said_of(looked, offset),
            Some((_, Known::Toml(read))) => {
                self.file.as_ref().and_then(|file| hover(file, self.buffer.text(), offset, &read.rules))
            }
            _ => None,
        };
        let Some((bytes, say)) = found else { return Value::Null };
        let kind = if markdown { "markdown" } else { "plaintext" };
        let range = self.buffer.span(&bytes, encoding);
        json!({ "contents": { "kind": kind, "value": say.shown(markdown) }, "range": range })
    }

    /// Where the tables stand that a place leads to.
    pub(super) fn definition(&self, position: Position, encoding: Encoding) -> Value {
        let offset = self.buffer.offset(position, encoding);
        match &self.known {
            Some((_, Known::Evidence(looked))) => {
                let mut all = Vec::new();
                for one in looked.marks.iter().filter(|mark| touches(&mark.bytes, offset)).flat_map(|mark| &mark.rules)
                {
                    if !all.contains(&one) {
                        all.push(one);
                    }
                }
                json!(all)
            }
            Some((_, Known::Toml(read))) => json!(definition(self.buffer.text(), offset, &read.layer, encoding)),
            _ => json!([]),
        }
    }
}

/// What is said of the words at a byte of a document.
fn said_of(looked: &Looked, offset: usize) -> Option<(Range<usize>, Say)> {
    let here: Vec<_> = looked.marks.iter().filter(|mark| touches(&mark.bytes, offset)).collect();
    let mut all = Say::default();
    here.iter().take(MARKS).for_each(|mark| all.and(mark.say.clone()));
    let mut pages = here.iter().filter_map(|mark| mark.page.clone());
    if let (Some(page), None) = (pages.next(), pages.next()) {
        all.and(page);
    }
    if let Some(more @ 1..) = here.len().checked_sub(MARKS) {
        all.line(format!("and {more} more"));
    }
    here.first().map(|first| (first.bytes.clone(), all))
}

fn touches(bytes: &Range<usize>, offset: usize) -> bool {
    bytes.start <= offset && offset <= bytes.end
}
