//! Word 97-2003, and the bare text of Word 6 and 95. The text lies in pieces that a table puts in order; what a character
//! is (deleted, hidden) and what a paragraph is (heading, cell) stands in pages of their own.

mod body;
mod lists;
mod looks;
mod styles;

use std::collections::BTreeMap;

use self::body::{Body, Part};
use self::lists::Lists;
use self::looks::{Looks, Paragraphs};
use self::styles::Styles;
use super::binary::{code_page, part, u16_at, u32_at};
use super::compound::{Compound, ROOT, properties};
use super::pieces::Pieces;
use super::{Limits, Unread};
use crate::text::{Role, Text};

/// The first version whose header is laid out as all later ones.
const WORD_97: u16 = 0xc1;
/// Of the pieces of text and of the notes, comments and headers, each, at most so many are read.
const PIECES: usize = 200_000;
/// Shapes whose text boxes are looked up.
const ANCHORED: usize = 2_000;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let file = Compound::open(bytes, limits)?;
    let damaged = |what: &str| Unread::Unreadable(format!("it is damaged: {what}"));
    let main = file.named(ROOT, "WordDocument").unwrap_or_default();
    let head = Header::read(&main).ok_or_else(|| damaged("its header cannot be read"))?;
    if head.encrypted {
        return Err(Unread::Encrypted);
    }
    let tables = if head.old { None } else { file.named(ROOT, if head.second { "1Table" } else { "0Table" }) };
    // The other table is better than none.
    let tables = tables.or_else(|| file.named(ROOT, if head.second { "0Table" } else { "1Table" })).unwrap_or_default();
    let tables = if head.old { &main } else { &tables };
    let clx = head.table(&main, tables, if head.old { OLD_CLX } else { CLX });
    let mut text = pieces(clx, head.old);
    if text.is_empty() {
        // Without a table the text lies in one piece.
        let end = head.chars.iter().fold(0_u32, |sum, count| sum.saturating_add(*count));
        text.push(Piece { start: 0, end, at: head.text as usize, wide: false });
    }
    let data = file.named(ROOT, "Data").unwrap_or_default();
    let (looks, paragraphs) = if head.old {
        (Looks::default(), Paragraphs::default())
    } else {
        let looks = Looks::read(&main, head.table(&main, tables, CHARACTERS));
        (looks, Paragraphs::read(&main, head.table(&main, tables, PARAGRAPHS), &data))
    };
    let of_97 = |at: usize| if head.old { &[][..] } else { head.table(&main, tables, at) };
    let styles = Styles::read(of_97(STYLES));
    let lists = Lists::read(tables, head.offset(&main, LIST_PLANS), of_97(LIST_PLANS), of_97(LISTS));
    let mut out = Pieces::new(limits);
    properties(&file, out.builder.metadata());
    let source = Source { main: &main, pieces: &text, encoding: head.encoding };
    let mut body = Body::new(source, looks, paragraphs, styles, lists, &data, out, limits);

    let [chars, notes, edges, macros, comments, endnotes, boxes, edge_boxes] = head.chars;
    let mut from = 0_u32;
    let mut next = |count: u32| {
        let start = from;
        from = from.saturating_add(count);
        start..from
    };
    let main_range = next(chars);
    let (notes, edges, _, comments) = (next(notes), next(edges), next(macros), next(comments));
    let (endnotes, boxes, edge_boxes) = (next(endnotes), next(boxes), next(edge_boxes));
    body.anchor(anchored(of_97(ANCHORS), of_97(BOXES), &boxes));
    body.part(main_range, Part::Main);
    body.boxes(&boxes);
    for (index, story) in stories(of_97(EDGES)).into_iter().enumerate() {
        // The first six part notes from the page. Then six a section: even and odd headers and footers, first ones.
        let role = match index % 6 {
            _ if index < 6 => continue,
            0 | 1 | 4 => Role::Header,
            _ => Role::Footer,
        };
        body.part(within(&edges, &story), Part::Fixed(role, None));
    }
    body.part(edge_boxes, Part::Fixed(Role::Header, None));
    for (range, calls, texts, wide, role) in [
        (notes, NOTE_CALLS, NOTES, 2, Role::Note),
        (endnotes, ENDNOTE_CALLS, ENDNOTES, 2, Role::Note),
        (comments, COMMENT_CALLS, COMMENTS, 30, Role::Comment),
    ] {
        let calls = numbers(of_97(calls), wide);
        let stories = stories(of_97(texts));
        if stories.is_empty() {
            body.part(range, Part::Fixed(role, None));
            continue;
        }
        for (index, story) in stories.into_iter().enumerate() {
            body.part(within(&range, &story), Part::Fixed(role, calls.get(index).copied()));
        }
    }
    body.finish()
}

// Where the header says where a table lies: offset, then length.
const STYLES: usize = 0xa2;
const NOTE_CALLS: usize = 0xaa;
const NOTES: usize = 0xb2;
const COMMENT_CALLS: usize = 0xba;
const COMMENTS: usize = 0xc2;
const EDGES: usize = 0xf2;
const CHARACTERS: usize = 0xfa;
const PARAGRAPHS: usize = 0x102;
const CLX: usize = 0x1a2;
const ANCHORS: usize = 0x1da;
const ENDNOTE_CALLS: usize = 0x20a;
const ENDNOTES: usize = 0x212;
const BOXES: usize = 0x25a;
const LIST_PLANS: usize = 0x2e2;
const LISTS: usize = 0x2ea;
const OLD_CLX: usize = 0x160;

/// What the first bytes of the main stream say.
struct Header {
    old: bool,
    encrypted: bool,
    /// Whether the second of the two table streams holds.
    second: bool,
    /// Where the text begins when it is in one piece.
    text: u32,
    encoding: &'static encoding_rs::Encoding,
    /// Characters of the body, notes, headers and footers, macros, comments, endnotes, text boxes, those of headers.
    chars: [u32; 8],
}

impl Header {
    fn read(main: &[u8]) -> Option<Self> {
        if !matches!(u16_at(main, 0)?, 0xa5ec | 0xa5dc) {
            return None;
        }
        let old = u16_at(main, 2)? < WORD_97;
        let flags = u16_at(main, 10)?;
        let from = if old { 0x34 } else { 0x4c };
        let mut chars = [0; 8];
        for (index, count) in chars.iter_mut().enumerate() {
            // Claims below zero are none.
            *count = u32_at(main, from + index * 4)?.min(i32::MAX as u32);
        }
        let encoding = if old { of_language(u16_at(main, 6)?) } else { encoding_rs::WINDOWS_1252 };
        let (encrypted, second) = (flags & 0x100 != 0, flags & 0x200 != 0);
        Some(Header { old, encrypted, second, text: u32_at(main, 0x18)?, encoding, chars })
    }

    /// Where the table begins that the header names at an offset.
    fn offset(&self, main: &[u8], at: usize) -> usize {
        u32_at(main, at).unwrap_or(0) as usize
    }

    /// The bytes of that table.
    fn table<'t>(&self, main: &[u8], tables: &'t [u8], at: usize) -> &'t [u8] {
        part(tables, self.offset(main, at), u32_at(main, at + 4).unwrap_or(0) as usize)
    }
}

/// The encoding of Word 95 for a language.
fn of_language(language: u16) -> &'static encoding_rs::Encoding {
    code_page(match language & 0x3ff {
        0x05 | 0x0e | 0x15 | 0x1a | 0x1b | 0x24 => 1250,
        0x02 | 0x19 | 0x22 | 0x23 => 1251,
        0x08 => 1253,
        0x1f => 1254,
        0x0d => 1255,
        0x01 => 1256,
        0x25..=0x27 => 1257,
        _ => 1252,
    })
}

/// Characters that lie together in the main stream.
struct Piece {
    start: u32,
    end: u32,
    /// Offset in the main stream.
    at: usize,
    /// Two bytes a character.
    wide: bool,
}

/// Where characters come from.
struct Source<'d> {
    main: &'d [u8],
    pieces: &'d [Piece],
    encoding: &'static encoding_rs::Encoding,
}

/// The table of pieces; before it stand changes of format that a quick save left.
fn pieces(mut clx: &[u8], old: bool) -> Vec<Piece> {
    while clx.first() == Some(&1) {
        clx = clx.get(3 + usize::from(u16_at(clx, 1).unwrap_or(0))..).unwrap_or_default();
    }
    let (Some(2), Some(length)) = (clx.first(), u32_at(clx, 1)) else { return Vec::new() };
    let table = part(clx, 5, length as usize);
    let count = (table.len().saturating_sub(4) / 12).min(PIECES);
    let piece = |index: usize| {
        let (start, end) = (u32_at(table, index * 4)?, u32_at(table, index * 4 + 4)?);
        let raw = u32_at(table, (count + 1) * 4 + index * 8 + 2)?;
        // One bit says that the characters are of one byte, and that the offset is twice what it should be.
        let narrow = raw & 0x4000_0000 != 0;
        let at = raw & 0x3fff_ffff;
        let at = if narrow && !old { at / 2 } else { at };
        (start < end).then_some(Piece { start, end, at: at as usize, wide: !narrow && !old })
    };
    let mut pieces: Vec<Piece> = (0..count).filter_map(piece).collect();
    pieces.sort_by_key(|piece| piece.start);
    pieces
}

/// The positions of a table that has `wide` bytes for each besides.
fn numbers(table: &[u8], wide: usize) -> Vec<u32> {
    let count = (table.len().saturating_sub(4) / (4 + wide)).min(PIECES);
    (0..count).filter_map(|index| u32_at(table, index * 4)).collect()
}

/// The stories of a table of nothing but positions; the last of them is the end of what comes after all.
fn stories(table: &[u8]) -> Vec<std::ops::Range<u32>> {
    let ends: Vec<u32> = table.chunks_exact(4).take(PIECES).filter_map(|four| u32_at(four, 0)).collect();
    let stories = ends.windows(2).map(|two| two[0]..two[1]);
    stories.take(ends.len().saturating_sub(2)).collect()
}

/// Text boxes by the place in the body at which they are anchored: a table of shapes by place, and one of texts by shape.
fn anchored(shapes: &[u8], texts: &[u8], boxes: &std::ops::Range<u32>) -> BTreeMap<u32, Vec<std::ops::Range<u32>>> {
    let mut found: BTreeMap<u32, Vec<_>> = BTreeMap::new();
    let ends = numbers(texts, 22);
    let of_shape = |shape: u32| {
        let at = |index: usize| u32_at(texts, (ends.len() + 1) * 4 + index * 22 + 14);
        (0..ends.len().saturating_sub(1)).find(|index| at(*index) == Some(shape))
    };
    let places = numbers(shapes, 26);
    for (index, place) in places.iter().enumerate().take(ANCHORED) {
        let shape = u32_at(shapes, (places.len() + 1) * 4 + index * 26);
        let Some(text) = shape.filter(|shape| *shape != 0).and_then(of_shape) else { continue };
        let story = ends[text]..ends.get(text + 1).copied().unwrap_or(ends[text]);
        found.entry(*place).or_default().push(within(boxes, &story));
    }
    found
}

/// A story within its part of the document.
fn within(part: &std::ops::Range<u32>, story: &std::ops::Range<u32>) -> std::ops::Range<u32> {
    let start = part.start.saturating_add(story.start).min(part.end);
    start..part.start.saturating_add(story.end).clamp(start, part.end)
}

#[cfg(test)]
mod tests;
