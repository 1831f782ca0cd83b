//! The text of an editor, unsaved or not: lines as the protocol counts them, and places in its units.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The units in which an editor counts columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes, where the editor offered it.
    Utf8,
    /// Two-byte units: an emoji counts for two. What holds when nothing was agreed.
    Utf16,
}

impl Encoding {
    fn length(self, c: char) -> u64 {
        match self {
            Encoding::Utf8 => c.len_utf8() as u64,
            Encoding::Utf16 => c.len_utf16() as u64,
        }
    }
}

/// A place between two characters, counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Position {
    /// Line.
    pub(super) line: u64,
    /// Units of [`Encoding`] before it in its line.
    pub(super) character: u64,
}

/// From a place up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Span {
    /// The first.
    pub(super) start: Position,
    /// The one after the last.
    pub(super) end: Position,
}

/// A change of a text: of a part of it, or of all.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Change {
    /// The part; the whole text when left out.
    pub(super) range: Option<Span>,
    /// What stands there now.
    pub(super) text: String,
}

/// A text with its lines.
#[derive(Debug, Clone, Default)]
pub(super) struct Buffer {
    text: String,
    /// The first byte of each line.
    starts: Vec<usize>,
}

impl Buffer {
    pub(super) fn new(text: String) -> Self {
        let starts = starts(&text);
        Buffer { text, starts }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Makes a change. Places that lie outside of the text are its nearest ones.
    pub(super) fn change(&mut self, change: Change, encoding: Encoding) {
        match change.range {
            None => self.text = change.text,
            Some(span) => {
                let (one, other) = (self.offset(span.start, encoding), self.offset(span.end, encoding));
                self.text.replace_range(one.min(other)..one.max(other), &change.text);
            }
        }
        self.starts = starts(&self.text);
    }

    /// The bytes of a line, without its end.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let Some(start) = self.starts.get(line).copied() else { return self.text.len()..self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The byte of a place. Behind the end of a line it is that end; within a character it is its beginning.
    pub(super) fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = self.line(usize::try_from(position.line).unwrap_or(usize::MAX));
        let mut units = 0;
        for (at, c) in self.text[line.clone()].char_indices() {
            units += encoding.length(c);
            if units > position.character {
                return line.start + at;
            }
        }
        line.end
    }

    /// The place of a byte; that of the character that it is in.
    pub(super) fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = &self.text[start..offset];
        // Pages that a program wrote may be one line of megabytes, asked for again and again.
        let ascii = before.is_ascii().then_some(before.len() as u64);
        let character = ascii.unwrap_or_else(|| before.chars().map(|c| encoding.length(c)).sum());
        Position { line: line as u64, character }
    }

    /// The places of some bytes.
    pub(super) fn span(&self, bytes: &Range<usize>, encoding: Encoding) -> Span {
        Span { start: self.position(bytes.start, encoding), end: self.position(bytes.end, encoding) }
    }
}

/// The first byte of each line; `\n`, `\r\n` and `\r` end one.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' || *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            starts.push(at + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(line: u64, character: u64) -> Position {
        Position { line, character }
    }

    #[test]
    fn an_emoji_is_two_units_of_utf_16_and_four_of_utf_8() {
        let buffer = Buffer::new("Owner\r\n😀 caf\u{e9} nurse\rlast".to_string());
        let nurse = buffer.text().find("nurse").unwrap();
        assert_eq!(buffer.position(nurse, Encoding::Utf16), at(1, 8));
        assert_eq!(buffer.position(nurse, Encoding::Utf8), at(1, 11));
        assert_eq!(buffer.offset(at(1, 8), Encoding::Utf16), nurse);
        assert_eq!(buffer.offset(at(1, 11), Encoding::Utf8), nurse);
        assert_eq!(buffer.offset(at(1, 1), Encoding::Utf16), 7, "within the emoji");
        assert_eq!(buffer.offset(at(0, 99), Encoding::Utf16), 5, "behind the end of the line, before its \\r\\n");
        assert_eq!(buffer.position(buffer.text().len(), Encoding::Utf16), at(2, 4));
        assert_eq!(buffer.offset(at(9, u64::MAX), Encoding::Utf16), buffer.text().len());
    }

    #[test]
    fn changes_follow_one_another() {
        let mut buffer = Buffer::new("a😀b\r\nc\r\n".to_string());
        let change = |from: Position, to: Position, text: &str| Change {
            range: Some(Span { start: from, end: to }),
            text: text.to_string(),
        };
        buffer.change(change(at(0, 3), at(1, 0), "-\n"), Encoding::Utf16);
        assert_eq!(buffer.text(), "a😀-\nc\r\n");
        buffer.change(change(at(1, 1), at(1, 0), "d"), Encoding::Utf16);
        assert_eq!(buffer.text(), "a😀-\nd\r\n");
        buffer.change(change(at(9, 9), at(9, 9), "e"), Encoding::Utf16);
        assert_eq!(buffer.text(), "a😀-\nd\r\ne");
        buffer.change(Change { range: None, text: "all\n".to_string() }, Encoding::Utf16);
        assert_eq!((buffer.text(), buffer.line(1), buffer.line(7)), ("all\n", 4..4, 4..4));
    }

    proptest! {
        #[test]
        fn every_place_comes_back(text in "[a\u{e9}😀\r\n]{0,20}", encoding in prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16)]) {
            let buffer = Buffer::new(text.clone());
            for (offset, _) in text.char_indices() {
                let back = buffer.offset(buffer.position(offset, encoding), encoding);
                // The place within \r\n is the end of its line.
                let within = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                prop_assert_eq!(back, if within { offset - 1 } else { offset });
            }
        }

        #[test]
        fn no_change_stops_it(text in "[a😀\r\n]{0,12}", ends in any::<[u8; 4]>(), new in "[b\r\n]{0,3}") {
            let mut buffer = Buffer::new(text);
            let place = |line: u8, character: u8| at(u64::from(line % 5), u64::from(character % 9));
            let span = Span { start: place(ends[0], ends[1]), end: place(ends[2], ends[3]) };
            buffer.change(Change { range: Some(span), text: new }, Encoding::Utf16);
            prop_assert_eq!(buffer.starts.clone(), starts(buffer.text()));
        }
    }
}
