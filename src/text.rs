//! The text of a document, as read: one normalised string, blocks over it, and a place for every word.
//!
//! This is the only module in which a span becomes a page, a paragraph, a slide, a cell or a line.

use std::ops::Range;

use serde::{Deserialize, Serialize};

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

/// Where something stands, in the terms of the document's own format. Numbers count from one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// Line of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column, in characters, of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Page of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Paragraph of a flowing document (Word, OpenDocument text, HTML, mail), tables counted by cell paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// Slide of a presentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slide: Option<u32>,
    /// Sheet of a workbook, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Cell of a sheet, such as `B3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

impl Place {
    /// A line of a text file.
    pub fn at_line(line: u32, column: u32) -> Self {
        Place { line: Some(line), column: Some(column), ..Place::default() }
    }

    /// A page of a PDF.
    pub fn at_page(page: u32) -> Self {
        Place { page: Some(page), ..Place::default() }
    }

    /// A paragraph of a flowing document.
    pub fn at_paragraph(paragraph: u32) -> Self {
        Place { paragraph: Some(paragraph), ..Place::default() }
    }

    /// A slide of a presentation.
    pub fn at_slide(slide: u32) -> Self {
        Place { slide: Some(slide), ..Place::default() }
    }

    /// A cell of a sheet; row and column count from zero.
    pub fn at_cell(sheet: &str, row: u32, column: u32) -> Self {
        Place { sheet: Some(sheet.to_string()), cell: Some(cell_name(row, column)), ..Place::default() }
    }
}

/// `B3` for row 2, column 1 (both counted from zero).
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        if let Some(sheet) = &self.sheet {
            parts.push(format!("sheet {sheet}"));
        }
        if let Some(cell) = &self.cell {
            parts.push(format!("cell {cell}"));
        }
        for (name, value) in
            [("page", self.page), ("slide", self.slide), ("paragraph", self.paragraph), ("line", self.line)]
        {
            if let Some(value) = value {
                parts.push(format!("{name} {value}"));
            }
        }
        f.write_str(&parts.join(", "))
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

/// `text` with every digit but the first `head` and the last `tail` turned into `*`; it stays as long, in bytes.
pub fn mask_digits(text: &str, head: usize, tail: usize) -> String {
    let digits = text.chars().filter(|c| digit(*c).is_some()).count();
    let mut seen = 0;
    let mut masked = String::with_capacity(text.len());
    for c in text.chars() {
        let is_digit = digit(c).is_some();
        seen += usize::from(is_digit);
        if !is_digit || seen <= head || seen > digits.saturating_sub(tail) {
            masked.push(c);
        } else {
            masked.extend(std::iter::repeat_n('*', c.len_utf8()));
        }
    }
    masked
}

/// The digit in ASCII that a character stands for in any script that people paste numbers in: full-width, Arabic,
/// of the scripts of India, mathematical.
pub fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 22] = [
        '\u{660}',
        '\u{6f0}',
        '\u{7c0}',
        '\u{966}',
        '\u{9e6}',
        '\u{a66}',
        '\u{ae6}',
        '\u{b66}',
        '\u{be6}',
        '\u{c66}',
        '\u{ce6}',
        '\u{d66}',
        '\u{e50}',
        '\u{ed0}',
        '\u{f20}',
        '\u{1040}',
        '\u{ff10}',
        '\u{1d7ce}',
        '\u{1d7d8}',
        '\u{1d7e2}',
        '\u{1d7ec}',
        '\u{1d7f6}',
    ];
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let value = ZEROS.iter().filter_map(|zero| u32::from(c).checked_sub(u32::from(*zero))).find(|value| *value < 10)?;
    char::from_digit(value, 10)
}

/// Whether a character shows nothing and takes no room: marks of width zero, those that choose a glyph, and [`acts`].
pub fn is_invisible(c: char) -> bool {
    let marks =
        matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
            || matches!(c, '\u{e0000}'..='\u{e0fff}');
    marks || acts(c) && !matches!(c, '\n' | '\t' | '\r')
}

/// Whether a character does something where it is shown: a control character, or a mark that turns the direction of writing.
pub fn acts(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
    turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}') || c.is_control()
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

/// Longest block, in bytes: no paragraph that a person wrote is longer.
pub const LONGEST: usize = 8 << 10;

/// How many bytes of words that are too long for a block go into the next one: up to a line break or space that parts no
/// number from its rest, since a number in two halves would not be known as that of a patient; without one, all that fits.
fn part_length(words: &str) -> usize {
    if words.len() <= LONGEST {
        return words.len();
    }
    let most = words.floor_char_boundary(LONGEST);
    let head = &words[..most];
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let parts = |at: usize| {
        !is_digit(head[..at].trim_end().chars().next_back()) || !is_digit(words[at..].trim_start().chars().next())
    };
    // So many spaces in a run of numbers are no text.
    let spaces = || head.char_indices().rev().filter(|(_, c)| c.is_whitespace()).take(200);
    let broken = spaces().filter(|(_, c)| *c == '\n').chain(spaces());
    broken.map(|(at, c)| at + c.len_utf8()).find(|at| parts(*at)).unwrap_or(most)
}

/// Puts a [`Text`] together block by block.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: Text,
}

impl TextBuilder {
    /// Adds a block. The words are normalised: ligatures expanded, spaces of all sorts made one space, soft hyphens,
    /// zero-width marks and control characters dropped, digits of all scripts made ASCII. Line breaks within it are kept. A block without words is left out.
    pub fn push(&mut self, role: Role, place: Place, words: &str) {
        self.push_anchored(role, place, words, &[]);
    }

    /// As [`push`](Self::push), for text files: `anchors` say where in the source some offsets of `words` stand, in rising order.
    ///
    /// A block of more than [`LONGEST`] bytes is parted, so that what looks at a block again for each thing found in it stays quick.
    pub fn push_anchored(&mut self, role: Role, place: Place, words: &str, anchors: &[Anchor]) {
        if words.len() <= LONGEST {
            self.push_part(role, place, words, anchors);
            return;
        }
        let mut anchors = anchors.iter().peekable();
        let mut last: Option<Anchor> = None;
        let mut from = 0;
        while from < words.len() {
            let to = from + part_length(&words[from..]);
            let part = &words[from..to];
            // The part begins where the last known point has got to by now.
            let mut here: Vec<Anchor> =
                last.into_iter().map(|anchor| anchor.after(&words[anchor.offset..from])).collect();
            here.iter_mut().for_each(|anchor| anchor.offset = 0);
            while let Some(anchor) = anchors.next_if(|anchor| anchor.offset < to) {
                here.push(Anchor { offset: anchor.offset.saturating_sub(from), ..*anchor });
            }
            last = here.last().map(|anchor| Anchor { offset: anchor.offset + from, ..*anchor });
            self.push_part(role, place.clone(), part, &here);
            from = to;
        }
    }

    fn push_part(&mut self, role: Role, place: Place, words: &str, anchors: &[Anchor]) {
        let start = self.text.content.len();
        let mut kept = Vec::with_capacity(anchors.len());
        let mut pending = anchors.iter().peekable();
        let mut normaliser = Normaliser::default();
        for (offset, c) in words.char_indices() {
            while let Some(anchor) = pending.next_if(|anchor| anchor.offset <= offset) {
                let at = start + normaliser.pending_length(self.text.content.len() - start);
                kept.push(Anchor { offset: at, ..*anchor });
            }
            normaliser.push(c, &mut self.text.content, start);
        }
        if self.text.content.len() == start {
            return;
        }
        let span = Span::new(start, self.text.content.len());
        // Points in the spaces that were dropped at the end are the end.
        kept.iter_mut().for_each(|anchor| anchor.offset = anchor.offset.min(span.end));
        self.text.content.push('\n');
        self.text.blocks.push(Block { span, role, place, anchors: kept });
    }

    /// What the file says of itself, to be filled in.
    pub fn metadata(&mut self) -> &mut Metadata {
        &mut self.text.metadata
    }

    /// The revisions, to be counted up.
    pub fn revisions(&mut self) -> &mut Revisions {
        &mut self.text.revisions
    }

    /// Says how many pages, slides or sheets there are.
    pub fn pages(&mut self, pages: u32) {
        self.text.pages = Some(pages);
    }

    /// Says that a page shows something and holds no text.
    pub fn page_without_text(&mut self, page: u32) {
        self.text.pages_without_text.push(page);
    }

    /// Says what a limit cut off, in words for the user.
    pub fn cut(&mut self, what: impl Into<String>) {
        self.text.cut.push(what.into());
    }

    /// How many bytes of text there are so far.
    pub fn len(&self) -> usize {
        self.text.content.len()
    }

    /// Whether there is no text so far.
    pub fn is_empty(&self) -> bool {
        self.text.content.is_empty()
    }

    /// How many blocks there are so far.
    pub fn blocks(&self) -> usize {
        self.text.blocks.len()
    }

    /// The finished text.
    pub fn finish(self) -> Text {
        self.text
    }
}

/// Writes characters to a string in normal form, one space for any run of spaces, none at the ends of a line.
#[derive(Default)]
struct Normaliser {
    space: bool,
    line_break: bool,
}

impl Normaliser {
    /// How long the text will be before the next visible character, given how long it is now.
    fn pending_length(&self, written: usize) -> usize {
        written + usize::from(written > 0 && (self.space || self.line_break))
    }

    fn push(&mut self, c: char, out: &mut String, start: usize) {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => self.line_break = true,
            _ if c.is_whitespace() => self.space = true,
            _ if is_invisible(c) => {}
            _ => {
                if out.len() > start {
                    if self.line_break {
                        out.push('\n');
                    } else if self.space {
                        out.push(' ');
                    }
                }
                self.space = false;
                self.line_break = false;
                match c {
                    'ﬀ' => out.push_str("ff"),
                    'ﬁ' => out.push_str("fi"),
                    'ﬂ' => out.push_str("fl"),
                    'ﬃ' => out.push_str("ffi"),
                    'ﬄ' => out.push_str("ffl"),
                    'ﬅ' | 'ﬆ' => out.push_str("st"),
                    _ => out.push(digit(c).unwrap_or(c)),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words with the marks that are normalised, dropped or expanded, of one to four bytes.
    fn words() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[a-z0-9 ]{0,12}",
            2 => "[\\n\\r\\t\u{a0}\u{ad}\u{200b}\u{2028}\u{feff}\u{202e}]{1,3}",
            2 => "[ﬁﬂﬃéß€😀\u{301}\u{7f}\u{85}]{1,4}",
            1 => any::<String>(),
            1 => (0..2 * LONGEST).prop_map(|length| "é ".repeat(length / 3)),
        ];
        prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
    }

    fn built(parts: &[(String, u32)]) -> Text {
        let mut builder = Text::builder();
        for (at, (words, line)) in parts.iter().enumerate() {
            let mut points: Vec<usize> = vec![0, words.floor_char_boundary(words.len() / 2)];
            points.dedup();
            let anchors: Vec<Anchor> = points
                .into_iter()
                .enumerate()
                .map(|(number, offset)| Anchor { offset, line: line + number as u32, column: 1 })
                .collect();
            match at % 3 {
                0 => builder.push(Role::Paragraph, Place::at_page(*line), words),
                1 => builder.push_anchored(Role::ListItem, Place::default(), words, &anchors),
                _ => builder.push(
                    Role::Cell { table: 0, row: at as u32, column: 0 },
                    Place::at_cell("S", *line, 1),
                    words,
                ),
            }
        }
        builder.finish()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn spans_stand_on_borders_and_every_place_is_found(
            parts in prop::collection::vec((words(), 1..1000u32), 0..5),
            picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 8),
        ) {
            let text = built(&parts);
            let mut end = 0;
            for block in text.blocks() {
                prop_assert!(block.span.start >= end && block.span.start < block.span.end, "in order, and none empty");
                prop_assert!(text.content().get(block.span.range()).is_some(), "on borders");
                prop_assert!(block.span.end - block.span.start <= LONGEST);
                prop_assert!(block.anchors.iter().all(|one| block.span.start <= one.offset && one.offset <= block.span.end));
                prop_assert!(block.anchors.iter().all(|one| text.content().is_char_boundary(one.offset)));
                prop_assert!(block.anchors.is_sorted_by_key(|one| one.offset));
                end = block.span.end;
                let place = text.place(block.span);
                prop_assert!(place.page.is_some() || place.line.is_some() || place.cell.is_some(), "{place:?}");
            }
            prop_assert!(!text.content().chars().any(|c| c != '\n' && acts(c)), "nothing that acts is kept");
            let borders: Vec<usize> = text.content().char_indices().map(|(at, _)| at).collect();
            for (a, b) in picks.iter().filter(|_| !borders.is_empty()) {
                let (a, b) = (borders[a.index(borders.len())], borders[b.index(borders.len())]);
                let span = Span::new(a.min(b), a.max(b));
                prop_assert!(text.block_index(span.start).is_some());
                prop_assert!(text.place(span) != Place::default());
                let excerpt = text.excerpt(span);
                prop_assert_eq!(&excerpt.context[excerpt.start..excerpt.start + excerpt.length], &excerpt.quote);
                prop_assert!(excerpt.quote.chars().count() <= Excerpt::QUOTE);
            }
        }

        #[test]
        fn masking_keeps_every_span(words in words(), from in 0..40usize, length in 0..40usize) {
            let mut text = built(&[(words, 1)]);
            let (before, blocks) = (text.content().to_string(), text.blocks().to_vec());
            text.mask_digits(Span::new(from, from + length), 3, 2);
            prop_assert_eq!(before.len(), text.content().len());
            prop_assert_eq!(&blocks, &text.blocks().to_vec());
            prop_assert!(blocks.iter().all(|block| text.content().get(block.span.range()).is_some()));
        }
    }

    fn sample() -> Text {
        let mut builder = Text::builder();
        builder.push(Role::Title, Place::at_paragraph(1), "The  of\u{ad}ﬁce\u{a0}plan");
        builder.push(Role::Paragraph, Place::at_paragraph(2), "  \u{200b} ");
        builder.push(Role::Heading(2), Place::at_paragraph(3), "One");
        builder.push(Role::Paragraph, Place::at_paragraph(4), "Approved by the Board on 3 May 2026");
        builder.push(Role::Heading(3), Place::at_paragraph(5), "One and a half");
        builder.push(Role::Heading(2), Place::at_paragraph(6), "Two");
        builder.finish()
    }

    #[test]
    fn words_are_normalised_and_empty_blocks_left_out() {
        let text = sample();
        assert_eq!(text.block_text(&text.blocks()[0]), "The office plan");
        assert_eq!(text.blocks().len(), 5);
        assert_eq!(text.words(), 17);
    }

    #[test]
    fn an_excerpt_underlines_the_words_and_names_the_place() {
        let text = sample();
        let start = text.content().find("the Board").unwrap();
        let excerpt = text.excerpt(Span::new(start, start + 9));
        assert_eq!(excerpt.quote, "the Board");
        assert_eq!(&excerpt.context[excerpt.start..excerpt.start + excerpt.length], "the Board");
        assert_eq!(excerpt.place.to_string(), "paragraph 4");
    }

    #[test]
    fn sections_hold_their_subsections() {
        let sections = sample().sections();
        let spans: Vec<_> = sections.iter().map(|section| (section.level, section.blocks.clone())).collect();
        assert_eq!(spans, [(1, 1..5), (2, 2..4), (3, 4..4), (2, 5..5)]);
    }

    #[test]
    fn anchors_give_line_and_column_of_the_source() {
        let mut builder = Text::builder();
        let anchors = [Anchor { offset: 0, line: 7, column: 3 }, Anchor { offset: 6, line: 8, column: 1 }];
        builder.push_anchored(Role::Paragraph, Place::at_line(7, 3), "hello\nworld wide", &anchors);
        let text = builder.finish();
        let at = text.content().find("wide").unwrap();
        assert_eq!(text.place(Span::new(at, at + 4)), Place::at_line(8, 7));
    }

    #[test]
    fn masked_digits_are_gone_for_good() {
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::at_paragraph(1), "NHS No 401 023 2137 seen");
        let mut text = builder.finish();
        text.mask_digits(Span::new(7, 19), 3, 2);
        assert_eq!(text.content(), "NHS No 401 *** **37 seen\n");
    }

    #[test]
    fn a_long_block_is_parted_and_every_part_knows_its_line() {
        let words: String = (1..=4000).map(|at| format!("line {at} of text\n")).collect();
        let mut builder = Text::builder();
        let anchors = [Anchor { offset: 0, line: 11, column: 1 }];
        builder.push_anchored(Role::Paragraph, Place::default(), &words, &anchors);
        let text = builder.finish();
        assert!(
            text.blocks().len() > 5 && text.blocks().iter().all(|block| block.span.end - block.span.start <= LONGEST)
        );
        for number in [1, 700, 2500, 4000] {
            let at = text.content().find(&format!("line {number} ")).unwrap();
            assert_eq!(text.place(Span::new(at, at + 4)), Place::at_line(10 + number, 1));
        }
        assert_eq!(text.content().lines().count(), 4000);
    }

    #[test]
    fn a_number_is_not_parted_from_its_rest() {
        let words = "943 476 5919 ".repeat(3) + &"and words ".repeat(818) + "NHS number 943 476 5919";
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::default(), &words);
        let text = builder.finish();
        assert!(text.blocks().len() == 2);
        assert_eq!(text.content().matches("943 476 5919").count(), 4);
    }

    #[test]
    fn cells_are_named_as_in_a_workbook() {
        assert_eq!(cell_name(2, 1), "B3");
        assert_eq!(cell_name(0, 26), "AA1");
        assert_eq!(cell_name(9, 701), "ZZ10");
        assert_eq!(cell_name(u32::MAX, 0), "A4294967296");
    }
}
