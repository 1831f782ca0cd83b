//! The text of a document, as read: one normalised string, blocks over it, and a place for every word.
//!
//! This is the only module in which a span becomes a page, a paragraph, a slide, a cell or a line.

mod builder;
mod marks;
mod place;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use self::builder::{LONGEST, TextBuilder};
pub use self::marks::{acts, digit, is_invisible, mask_digits};
pub use self::place::Place;

/// A range of bytes of a [`Text`], always on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The same as a range, for indexing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// What part of a document a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The title, where the format says so (Word's Title style, an HTML `<title>`, a slide's title on the first slide).
    Title,
    /// A heading of a level from 1 to 6. The title of a later slide is a heading of level 2.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A cell of a table; tables are numbered through the document, rows and columns within the table, all from zero.
    Cell {
        /// Which table.
        table: u32,
        /// Which row.
        row: u32,
        /// Which column.
        column: u32,
    },
    /// A page header; kept once, however many pages repeat it.
    Header,
    /// A page footer; kept once, however many pages repeat it.
    Footer,
    /// A footnote or endnote.
    Note,
    /// The notes of a presenter.
    SpeakerNote,
    /// A reviewer's comment: kept, but never evidence.
    Comment,
    /// Words deleted with tracked changes and still in the file: kept, but never evidence.
    Deletion,
    /// Words that the format hides (hidden text, slides and sheets): kept, but never evidence.
    Hidden,
    /// What a picture is said to show, for those who do not see it: kept, but never evidence.
    AltText,
    /// Front matter of Markdown and text files, one block a key, written `key: value`.
    FrontMatter,
}

impl Role {
    /// Whether words in this block may show that the document is evidence.
    pub fn is_evidence(self) -> bool {
        !matches!(self, Role::Comment | Role::Deletion | Role::Hidden | Role::AltText)
    }

    /// The level of a heading (the title counts as 1), or `None`.
    pub fn heading_level(self) -> Option<u8> {
        match self {
            Role::Title => Some(1),
            Role::Heading(level) => Some(level),
            _ => None,
        }
    }
}

/// A point of a block whose line and column in the source file are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Offset in bytes; within the pushed string when pushed, within the text when stored.
    pub offset: usize,
    /// Line of the source, from one.
    pub line: u32,
    /// Column of the source in characters, from one.
    pub column: u32,
}

impl Anchor {
    /// The point that lies behind some more words.
    fn after(self, words: &str) -> Anchor {
        let breaks = words.matches('\n').count() as u32;
        let last_line = words.rsplit('\n').next().unwrap_or("");
        let before = if breaks == 0 { self.column } else { 1 };
        Anchor { line: self.line + breaks, column: before + last_line.chars().count() as u32, ..self }
    }
}

/// A stretch of the text with one role and one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The bytes of the text that it covers, without the line break that follows.
    pub span: Span,
    /// What part of the document it is.
    pub role: Role,
    /// Where it stands.
    pub place: Place,
    anchors: Vec<Anchor>,
}

/// What the file says of itself outside its text. All strings are as written in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title property; for mail, the subject.
    pub title: Option<String>,
    /// Author or creator; for mail, the sender.
    pub author: Option<String>,
    /// When it was made, ISO 8601 where the format gives that (PDF dates are turned into it by the reader); for mail, when sent.
    pub created: Option<String>,
    /// When it was last changed, ISO 8601.
    pub modified: Option<String>,
    /// The status property of Office files, such as `Draft`.
    pub status: Option<String>,
    /// Further named properties: company, subject, custom properties of SharePoint, mail headers such as `to`.
    pub properties: Vec<(String, String)>,
}

/// Revisions and comments still in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revisions {
    /// Insertions not accepted yet.
    pub insertions: u32,
    /// Deletions not accepted yet (their words stand apart as [`Role::Deletion`]).
    pub deletions: u32,
    /// Reviewers' comments.
    pub comments: u32,
}

/// A document's text: what every later step works on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    content: String,
    blocks: Vec<Block>,
    /// What the file says of itself.
    pub metadata: Metadata,
    /// Pages, slides or sheets, where the format has them.
    pub pages: Option<u32>,
    /// Pages of a PDF that show something and yet hold no text (scans, pictures).
    pub pages_without_text: Vec<u32>,
    /// Revisions and comments.
    pub revisions: Revisions,
    /// What a limit cut off, in words for the user, such as `cells after the first 200,000`.
    pub cut: Vec<String>,
}

/// Words of a document with enough round them to show, and where they stand. Holds nothing that was masked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Excerpt {
    /// Where it stands.
    pub place: Place,
    /// The words themselves, at most [`Excerpt::QUOTE`] characters.
    pub quote: String,
    /// The words with what stands before and after them in the same block, on one line.
    pub context: String,
    /// First byte of the words in `context`.
    pub start: usize,
    /// Length in bytes of the words in `context`.
    pub length: usize,
}

impl Excerpt {
    /// The longest quote, in characters.
    pub const QUOTE: usize = 160;
    /// Characters of context on each side.
    pub const AROUND: usize = 48;
}

/// A heading and what stands under it, up to the next heading of the same or a higher level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index of the heading's block; `None` for what stands before the first heading.
    pub heading: Option<usize>,
    /// Indexes of the blocks under it, the heading left out.
    pub blocks: Range<usize>,
    /// Level of the heading; 0 when there is none.
    pub level: u8,
}

impl Text {
    /// A builder with nothing in it.
    pub fn builder() -> TextBuilder {
        TextBuilder::default()
    }

    /// The whole text; blocks are parted by line breaks.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The blocks in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The words of a block.
    pub fn block_text(&self, block: &Block) -> &str {
        self.slice(block.span)
    }

    /// The words of a span, as they stand in the text. Masked digits stay masked.
    pub fn slice(&self, span: Span) -> &str {
        self.content.get(span.range()).unwrap_or("")
    }

    /// How many words the text has, those that never count as evidence left out.
    pub fn words(&self) -> usize {
        let blocks = self.blocks.iter().filter(|block| block.role.is_evidence());
        let words = |block: &Block| {
            self.block_text(block).split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
        };
        blocks.map(words).sum()
    }

    /// The index of the block in which a byte offset lies.
    pub fn block_index(&self, offset: usize) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.span.start <= offset);
        after.checked_sub(1)
    }

    /// Where a span begins.
    pub fn place(&self, span: Span) -> Place {
        let Some(block) = self.block_index(span.start).map(|index| &self.blocks[index]) else {
            return Place::default();
        };
        let mut place = block.place.clone();
        let anchor = block.anchors.iter().rev().find(|anchor| anchor.offset <= span.start);
        if let Some(anchor) = anchor {
            let between = self.content.get(anchor.offset..span.start).unwrap_or("");
            let point = anchor.after(between);
            place.line = Some(point.line);
            place.column = Some(point.column);
        }
        place
    }

    /// The words of a span, ready to be shown, with their place.
    pub fn excerpt(&self, span: Span) -> Excerpt {
        let block = self.block_index(span.start).map_or(span, |index| self.blocks[index].span);
        let end = span.end.clamp(span.start, block.end.max(span.start));
        let quoted: String = self.slice(Span::new(span.start, end)).chars().take(Excerpt::QUOTE).collect();
        let before_all = self.slice(Span::new(block.start.min(span.start), span.start));
        let after_all = self.slice(Span::new(span.start + quoted.len(), block.end.max(span.start + quoted.len())));
        let skipped = before_all.chars().count().saturating_sub(Excerpt::AROUND);
        let mut context: String = before_all.chars().skip(skipped).collect();
        if skipped > 0 {
            context.insert(0, '…');
        }
        let mut context = one_line(&context);
        let quote = one_line(&quoted);
        let start = context.len();
        context.push_str(&quote);
        let after: String = after_all.chars().take(Excerpt::AROUND).collect();
        context.push_str(&one_line(&after));
        if after.len() < after_all.len() {
            context.push('…');
        }
        Excerpt { place: self.place(span), length: quote.len(), quote, context, start }
    }

    /// The sections of the document, in order; a section holds its subsections, too.
    pub fn sections(&self) -> Vec<Section> {
        let headings: Vec<(usize, u8)> = self
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(index, block)| block.role.heading_level().map(|level| (index, level)))
            .collect();
        let mut sections = Vec::new();
        let first = headings.first().map_or(self.blocks.len(), |(index, _)| *index);
        if first > 0 {
            sections.push(Section { heading: None, blocks: 0..first, level: 0 });
        }
        for (at, (index, level)) in headings.iter().enumerate() {
            let end = headings[at + 1..]
                .iter()
                .find(|(_, other)| other <= level)
                .map_or(self.blocks.len(), |(next, _)| *next);
            sections.push(Section { heading: Some(*index), blocks: index + 1..end, level: *level });
        }
        sections
    }

    /// Gives the sheets other names, in every place: a name may hold what must not be shown.
    pub fn rename_sheets(&mut self, rename: impl Fn(&str) -> String) {
        for sheet in self.blocks.iter_mut().filter_map(|block| block.place.sheet.as_mut()) {
            *sheet = rename(sheet);
        }
    }

    /// Blanks the digits of a span for good, but for the first `head` and the last `tail` of them: whatever reads
    /// the text from now on cannot print them.
    pub fn mask_digits(&mut self, span: Span, head: usize, tail: usize) {
        let masked = mask_digits(self.slice(span), head, tail);
        if self.content.get(span.range()).is_some() && masked.len() == span.end - span.start {
            self.content.replace_range(span.range(), &masked);
        }
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}
