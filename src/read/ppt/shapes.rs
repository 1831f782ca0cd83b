//! What the shapes of a slide say: its title, words, tables, alt texts.

use super::records::*;
use crate::read::binary::{part, u8_at, u16_at, u32_at, wide};

/// Groups within groups.
const DEPTH: usize = 40;
/// Properties of shapes: a picture, what it is said to show, and that a group is a table.
const PICTURE: u16 = 0x0104;
const DESCRIPTION: u16 = 0x0381;
const TABLE: u16 = 0x039f;

/// What a shape is on its slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    Words,
    Footer,
    /// The words of a presenter.
    Notes,
    /// Day and number of the slide, or the slide itself on a page of notes.
    Edge,
}

/// Words of a shape.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) kind: Kind,
    pub(super) words: String,
    /// Left, top.
    anchor: Option<(i32, i32)>,
}

/// What a slide holds, in order.
#[derive(Debug)]
pub(super) enum Item {
    Said(Said),
    /// The cells of each row, with their columns.
    Table(Vec<Vec<(u32, String)>>),
}

/// The shapes of a slide.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub(super) items: Vec<Item>,
    pub(super) alt: Vec<String>,
    pub(super) pictures: bool,
}

impl Shapes {
    /// Reads what a drawing holds. `outline` are the texts of the slide that stand with its list.
    pub(super) fn read(&mut self, record: Record<'_>, outline: &[(u32, String)], depth: usize) {
        if depth > DEPTH {
            return;
        }
        for inner in record.records() {
            match inner.kind {
                SHAPE => {
                    let said = self.shape(inner, outline);
                    self.items.extend(said.map(Item::Said));
                }
                GROUP => {
                    let table = inner.first(SHAPE).is_some_and(|first| properties(first).any(|(id, ..)| id == TABLE));
                    if table { self.table(inner, outline) } else { self.read(inner, outline, depth + 1) }
                }
                _ => self.read(inner, outline, depth + 1),
            }
        }
    }

    fn shape(&mut self, shape: Record<'_>, outline: &[(u32, String)]) -> Option<Said> {
        for (id, value, complex) in properties(shape) {
            match id {
                PICTURE => self.pictures |= value != 0,
                DESCRIPTION => self.alt.extend(Some(wide(complex)).filter(|words| !words.trim().is_empty())),
                _ => {}
            }
        }
        if shape.first(SHAPE_ATOM).is_some_and(|atom| u32_at(atom.body, 4).unwrap_or(0) & 0x8 != 0) {
            // Deleted, and only its place kept.
            return None;
        }
        let text_box = shape.first(TEXT_BOX)?;
        let (text_kind, words) = text(text_box, outline)?;
        let mut kind = match text_kind {
            0 | 6 => Kind::Title,
            2 => Kind::Notes,
            _ => Kind::Words,
        };
        let placeholder = shape.records().flat_map(|inner| inner.records()).find(|inner| inner.kind == PLACEHOLDER);
        if let Some(number) = placeholder.and_then(|atom| u8_at(atom.body, 4)) {
            kind = match number {
                0x01 | 0x03 | 0x0d | 0x0f | 0x11 => Kind::Title,
                0x07 | 0x08 | 0x0a | 0x0b => Kind::Edge,
                0x09 => Kind::Footer,
                0x06 | 0x0c => Kind::Notes,
                _ => kind,
            };
        }
        let anchor = shape.first(CHILD_ANCHOR);
        let number = |at| Some(u32_at(anchor?.body, at)?.cast_signed());
        Some(Said { kind, words, anchor: number(0).zip(number(4)) })
    }

    /// A group that is a table: its cells stand in rows and columns by where they lie.
    fn table(&mut self, group: Record<'_>, outline: &[(u32, String)]) {
        let shapes = group.records().filter(|inner| inner.kind == SHAPE);
        let cells: Vec<Said> = shapes.filter_map(|inner| self.shape(inner, outline)).collect();
        let borders = |of: fn((i32, i32)) -> i32| {
            let mut all: Vec<i32> = cells.iter().filter_map(|cell| cell.anchor.map(of)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (lefts, tops) = (borders(|(left, _)| left), borders(|(_, top)| top));
        let mut rows: Vec<Vec<(u32, String)>> = tops.iter().map(|_| Vec::new()).collect();
        for cell in cells {
            let Some((left, top)) = cell.anchor else {
                self.items.push(Item::Said(cell));
                continue;
            };
            let column = lefts.partition_point(|other| *other < left) as u32;
            if let Some(row) = rows.get_mut(tops.partition_point(|other| *other < top)) {
                row.push((column, cell.words));
            }
        }
        rows.iter_mut().for_each(|row| row.sort_by_key(|(column, _)| *column));
        self.items.push(Item::Table(rows));
    }
}

/// Number, value and further bytes of the properties of a shape.
fn properties<'b>(shape: Record<'b>) -> impl Iterator<Item = (u16, u32, &'b [u8])> {
    let tables = shape.records().filter(|inner| matches!(inner.kind, 0xf00b | 0xf121 | 0xf122));
    tables.flat_map(|table| {
        let count = usize::from(table.instance);
        let mut at = count * 6;
        (0..count).map_while(move |index| {
            let raw = u16_at(table.body, index * 6)?;
            let value = u32_at(table.body, index * 6 + 2)?;
            let complex = if raw & 0x8000 != 0 { part(table.body, at, value as usize) } else { &[] };
            at = at.saturating_add(complex.len());
            Some((raw & 0x3fff, value, complex))
        })
    })
}

/// What kind of text a text box holds, and its words.
fn text(text_box: Record<'_>, outline: &[(u32, String)]) -> Option<(u32, String)> {
    let mut texts = texts(Records(text_box.body));
    if let Some(first) = texts.iter().position(|(_, words)| !words.trim().is_empty()) {
        return Some(texts.swap_remove(first));
    }
    let reference = Records(text_box.body).find(|record| record.kind == OUTLINE_TEXT)?;
    outline.get(u32_at(reference.body, 0)? as usize).cloned()
}

/// The texts of a list of records: of what kind each is, and its words without what fields print.
pub(super) fn texts(records: Records<'_>) -> Vec<(u32, String)> {
    let mut texts: Vec<(u32, Vec<u16>)> = Vec::new();
    for record in records {
        if record.kind == TEXT_HEADER {
            texts.push((u32_at(record.body, 0).unwrap_or(4), Vec::new()));
            continue;
        }
        let more: Vec<u16> = match record.kind {
            TEXT_CHARS => record.body.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect(),
            TEXT_BYTES => record.body.iter().map(|byte| u16::from(*byte)).collect(),
            SLIDE_NUMBER_FIELD | DAY_FIELD | DAY_AS_SAID_FIELD | HEADER_FIELD | FOOTER_FIELD | DAY_FORMAT_FIELD => {
                // A field stands as a star in the text.
                let at = u32_at(record.body, 0).map(|at| at as usize);
                if let Some(star) = at.and_then(|at| texts.last_mut()?.1.get_mut(at))
                    && *star == u16::from(b'*')
                {
                    *star = u16::from(b' ');
                }
                continue;
            }
            _ => continue,
        };
        match texts.last_mut() {
            Some((_, units)) => units.extend(more),
            None => texts.push((4, more)),
        }
    }
    let words = |units: Vec<u16>| {
        let chars = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        chars.map(|c| if c == '\u{b}' { ' ' } else { c }).collect()
    };
    texts.into_iter().map(|(kind, units)| (kind, words(units))).collect()
}
