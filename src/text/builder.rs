//! Puts a text together: words in normal form, blocks that are never too long.

use super::{Anchor, Block, Metadata, Place, Revisions, Role, Span, Text, digit, is_invisible};

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
