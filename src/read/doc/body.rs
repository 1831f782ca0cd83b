//! From characters to paragraphs, tables and what stands apart.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::lists::Lists;
use super::looks::{Look, Looks, Paragraph, Paragraphs};
use super::styles::Styles;
use super::{Piece, Source};
use crate::read::binary::{u8_at, u16_at};
use crate::read::docx::fields::Fields;
use crate::read::docx::symbol;
use crate::read::pieces::Pieces;
use crate::read::{Limits, Unread};
use crate::text::{Place, Role, Text};

/// Borders of cells that lie nearer to each other than this, in twentieths of a point, are one border.
const ONE_BORDER: i32 = 40;

/// A part of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The body.
    Main,
    /// Text boxes of the body.
    Box,
    /// Anything that has a role of its own, and where in the body it is called.
    Fixed(Role, Option<u32>),
}

/// A table that is open.
#[derive(Debug, Default)]
struct Table {
    in_row: bool,
    in_cell: bool,
    /// Of each row, the first column of each of its cells, and one more for the end. Empty where it is not known.
    rows: Vec<Vec<u32>>,
    row: usize,
    cell: usize,
}

/// What was read of the paragraph so far.
#[derive(Debug, Default)]
struct Words {
    words: String,
    deleted: String,
    hidden: String,
    bold: u32,
    plain: u32,
    unsaid: u32,
}

pub(super) struct Body<'d> {
    source: Source<'d>,
    narrow: Vec<char>,
    looks: Looks,
    paragraphs: Paragraphs,
    styles: Styles,
    lists: Lists,
    out: Pieces,
    data: &'d [u8],
    part: Part,
    number: u32,
    /// In which paragraph a note or comment is called, by the place of its mark.
    calls: BTreeMap<u32, u32>,
    /// Text boxes by the place where they are anchored, those whose paragraph now goes on, and where read ones begin.
    anchored: BTreeMap<u32, Vec<Range<u32>>>,
    waiting: Vec<Range<u32>>,
    read_boxes: BTreeSet<u32>,
    tables: Vec<Table>,
    now: Words,
    fields: Fields,
    last: Look,
    high: Option<u16>,
    /// Characters that may still be looked at.
    left: usize,
}

impl<'d> Body<'d> {
    #[expect(clippy::too_many_arguments, reason = "each is a part of the file")]
    pub(super) fn new(
        source: Source<'d>,
        looks: Looks,
        paragraphs: Paragraphs,
        styles: Styles,
        lists: Lists,
        data: &'d [u8],
        out: Pieces,
        limits: &Limits,
    ) -> Self {
        let narrow = |byte: u8| source.encoding.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(' ');
        Body {
            narrow: (0..=255).map(narrow).collect(),
            source,
            looks,
            paragraphs,
            styles,
            lists,
            out,
            data,
            part: Part::Main,
            number: 0,
            calls: BTreeMap::new(),
            anchored: BTreeMap::new(),
            waiting: Vec::new(),
            read_boxes: BTreeSet::new(),
            tables: Vec::new(),
            now: Words::default(),
            fields: Fields::default(),
            last: Look::default(),
            high: None,
            left: limits.text_bytes.saturating_mul(4),
        }
    }

    /// Reads a part of the document.
    pub(super) fn part(&mut self, range: Range<u32>, part: Part) {
        if range.is_empty() || self.out.is_full() {
            return;
        }
        self.part = part;
        if let Part::Fixed(role, _) = part {
            self.out.fixed = Some(role);
            self.out.builder.revisions().comments += u32::from(role == Role::Comment);
        }
        let pieces = self.source.pieces;
        let first = pieces.partition_point(|piece| piece.end <= range.start);
        for piece in pieces.iter().skip(first).take_while(|piece| piece.start < range.end) {
            for at in piece.start.max(range.start)..piece.end.min(range.end) {
                let Some((offset, unit)) = self.unit(piece, at) else { break };
                if self.left == 0 || self.out.is_full() {
                    break;
                }
                self.left -= 1;
                self.character(at, offset, unit, piece.wide);
            }
        }
        if !self.now.words.is_empty() || !self.now.deleted.is_empty() || !self.now.hidden.is_empty() {
            self.end_paragraph(&Paragraph::default(), false);
        }
        self.reach(0, range.end);
        self.fields = Fields::default();
        self.out.fixed = None;
    }

    /// Says where in the body text boxes are anchored.
    pub(super) fn anchor(&mut self, anchored: BTreeMap<u32, Vec<Range<u32>>>) {
        self.anchored = anchored;
    }

    /// Reads the text boxes that no place in the body holds.
    pub(super) fn boxes(&mut self, boxes: &Range<u32>) {
        let mut from = boxes.start;
        let mut read: Vec<Range<u32>> = std::mem::take(&mut self.anchored).into_values().flatten().collect();
        read.retain(|one| self.read_boxes.contains(&one.start));
        read.sort_unstable_by_key(|one| one.start);
        for one in read {
            self.part(from..one.start.max(from), Part::Box);
            from = from.max(one.end);
        }
        self.part(from..boxes.end, Part::Box);
    }

    /// Reads the text boxes that are anchored in the paragraph just ended.
    fn boxes_here(&mut self) {
        for one in std::mem::take(&mut self.waiting) {
            if self.read_boxes.insert(one.start) {
                let fields = std::mem::take(&mut self.fields);
                self.part(one, Part::Box);
                (self.fields, self.part) = (fields, Part::Main);
            }
        }
    }

    pub(super) fn finish(mut self) -> Result<Text, Unread> {
        if self.left == 0 {
            self.out.builder.cut("text after the first characters, of which there are too many");
        }
        self.out.finish()
    }

    /// The unit of text at a position and its offset in the main stream.
    fn unit(&self, piece: &Piece, at: u32) -> Option<(usize, u16)> {
        let index = (at - piece.start) as usize;
        let offset = piece.at.checked_add(if piece.wide { index * 2 } else { index })?;
        let unit =
            if piece.wide { u16_at(self.source.main, offset)? } else { u16::from(u8_at(self.source.main, offset)?) };
        Some((offset, unit))
    }

    fn character(&mut self, at: u32, offset: usize, unit: u16, wide: bool) {
        let look = self.looks.at(offset);
        if look.deleted && !self.last.deleted {
            self.out.builder.revisions().deletions += 1;
        }
        if look.inserted && !self.last.inserted {
            self.out.builder.revisions().insertions += 1;
        }
        self.last = look;
        match unit {
            0x07 | 0x0c | 0x0d => {
                let paragraph = self.paragraphs.at(offset);
                // A page may break within a cell, where nothing else ends.
                let paragraph = if unit == 0x0c && paragraph.ends_row { Paragraph::default() } else { paragraph };
                self.reach(paragraph.depth as usize, at);
                let deleted = look.deleted && unit == 0x0d && paragraph.depth == 0;
                if paragraph.ends_row {
                    self.end_row();
                } else if deleted {
                    // A deleted mark joins its paragraph with the next.
                    self.now.deleted.push('\n');
                } else {
                    self.end_paragraph(&paragraph, unit == 0x07 || paragraph.ends_cell);
                }
                if self.part == Part::Main && self.tables.is_empty() {
                    self.boxes_here();
                }
            }
            0x13 => drop(self.fields.mark("begin")),
            0x14 => drop(self.fields.mark("separate")),
            0x15 => {
                if let Some(words) = self.fields.mark("end") {
                    self.say(&words, look);
                }
            }
            0x01 => self.picture(look),
            0x02 | 0x05 => drop(self.calls.insert(at, self.number + 1)),
            0x08 => {
                self.out.pictures = true;
                if self.part == Part::Main {
                    self.waiting.extend(self.anchored.get(&at).into_iter().flatten().cloned());
                }
            }
            0x09 => self.say("\t", look),
            0x0b | 0x0e => self.say("\n", look),
            0x1e => self.say("-", look),
            0x28 if look.symbol.is_some() => {
                let code = format!("{:04X}", look.symbol.unwrap_or(0));
                self.say(symbol(&code), look);
            }
            // Characters of symbol fonts are told as of no language.
            0xf000..=0xf0ff => self.say(symbol(&format!("{unit:04X}")), look),
            0..0x20 => {}
            _ if !wide => {
                let c = self.narrow.get(usize::from(unit)).copied().unwrap_or(' ');
                self.say(c.encode_utf8(&mut [0; 4]), look);
            }
            0xd800..0xdc00 => self.high = Some(unit),
            _ => {
                let units = self.high.take().filter(|_| (0xdc00..0xe000).contains(&unit)).into_iter().chain([unit]);
                for c in char::decode_utf16(units) {
                    self.say(c.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]), look);
                }
            }
        }
    }

    /// A picture, or what a form field says of itself.
    fn picture(&mut self, look: Look) {
        if !self.fields.is_form() {
            self.out.pictures |= look.special;
            return;
        }
        if let Some(ticked) = look.data.and_then(|at| ticked(self.data.get(at as usize..)?)) {
            self.fields.tick(ticked);
        }
    }

    fn say(&mut self, words: &str, look: Look) {
        if !self.fields.shows() {
            self.fields.code(words);
            return;
        }
        if look.deleted {
            self.now.deleted.push_str(words);
        } else if look.is_hidden(&self.styles) {
            self.now.hidden.push_str(words);
        } else {
            let count = match look.is_bold(&self.styles) {
                Some(true) => &mut self.now.bold,
                Some(false) => &mut self.now.plain,
                // The style of the paragraph is known only at its end.
                None => &mut self.now.unsaid,
            };
            *count += u32::from(!words.trim().is_empty());
            self.now.words.push_str(words);
        }
    }

    fn here(&self) -> Place {
        match self.part {
            Part::Main | Part::Box => Place::at_paragraph(self.number),
            Part::Fixed(_, call) => {
                let number = call.and_then(|at| self.calls.get(&at));
                number.map_or_else(Place::default, |number| Place::at_paragraph(*number))
            }
        }
    }

    fn end_paragraph(&mut self, paragraph: &Paragraph, ends_cell: bool) {
        self.fields.end_paragraph();
        self.number += u32::from(self.part == Part::Main);
        if let Some(table) = self.tables.last_mut() {
            open_cell(table, &mut self.out);
        }
        let place = self.here();
        let now = std::mem::take(&mut self.now);
        self.out.apart(Role::Deletion, place.clone(), &now.deleted);
        self.out.apart(Role::Hidden, place.clone(), &now.hidden);
        let mut role = match paragraph.outline {
            Some(level) if level < 9 => Role::Heading((level + 1).min(6)),
            _ => self.styles.role(paragraph.style),
        };
        if !now.words.trim().is_empty() || !self.tables.is_empty() {
            let number = self.list_number(paragraph);
            if role == Role::Paragraph && number.is_some() {
                role = Role::ListItem;
            }
            let words = number.unwrap_or_default() + &now.words;
            let by_style = self.styles.look(paragraph.style).and_then(|look| look.bold) == Some(true);
            let bold = now.plain == 0 && (now.unsaid == 0 || by_style);
            let some = !words.trim().is_empty();
            self.out.paragraph(role, place, words);
            if bold && some && role == Role::Paragraph && self.part == Part::Main {
                self.out.mark_line(true, 0);
            }
        }
        if let Some(table) = self.tables.last_mut().filter(|_| ends_cell) {
            table.in_cell = false;
        }
    }

    fn list_number(&mut self, paragraph: &Paragraph) -> Option<String> {
        let (list, level) = self.styles.list(paragraph.style);
        let list = paragraph.list.or(list)?;
        self.lists.next(list, paragraph.level.or(level).unwrap_or(0))
    }

    fn end_row(&mut self) {
        self.now = Words::default();
        if let Some(table) = self.tables.last_mut() {
            table.row += usize::from(table.in_row);
            (table.in_row, table.in_cell, table.cell) = (false, false, 0);
        }
    }

    /// Opens or closes tables until that many are open.
    fn reach(&mut self, depth: usize, at: u32) {
        while self.tables.len() > depth {
            self.tables.pop();
            self.out.close_table();
        }
        while self.tables.len() < depth {
            if let Some(outer) = self.tables.last_mut() {
                open_cell(outer, &mut self.out);
            }
            let rows = if self.tables.is_empty() { self.rows(at) } else { Vec::new() };
            self.out.open_table();
            self.tables.push(Table { rows, ..Table::default() });
        }
    }

    /// Looks ahead for the rows of the table in which a position lies, so that cells over several columns are known.
    fn rows(&mut self, from: u32) -> Vec<Vec<u32>> {
        let mut rows: Vec<Vec<i16>> = Vec::new();
        let first = self.source.pieces.partition_point(|piece| piece.end <= from);
        'all: for piece in self.source.pieces.iter().skip(first) {
            for at in piece.start.max(from)..piece.end {
                let Some((offset, unit)) = self.unit(piece, at) else { break };
                if self.left == 0 {
                    break 'all;
                }
                self.left -= 1;
                if !matches!(unit, 0x07 | 0x0d) {
                    continue;
                }
                let paragraph = self.paragraphs.at(offset);
                if paragraph.depth == 0 {
                    break 'all;
                }
                if paragraph.depth == 1 && paragraph.ends_row {
                    rows.push(paragraph.borders);
                }
            }
        }
        let mut borders: Vec<i16> = rows.iter().flatten().copied().collect();
        borders.sort_unstable();
        borders.dedup_by(|next, kept| i32::from(*next) - i32::from(*kept) < ONE_BORDER);
        let column = |border: &i16| (borders.partition_point(|other| other <= border) as u32).saturating_sub(1);
        rows.iter().map(|row| row.iter().map(column).collect()).collect()
    }
}

/// Opens a row and a cell where none is open.
fn open_cell(table: &mut Table, out: &mut Pieces) {
    if table.in_cell {
        return;
    }
    if !table.in_row {
        out.open_row();
        table.in_row = true;
    }
    let columns = table.rows.get(table.row).map(Vec::as_slice).unwrap_or_default();
    let column = |cell: usize| columns.get(cell).copied();
    let before = if table.cell == 0 { Some(0) } else { column(table.cell - 1).map(|column| column + 1) };
    if let (Some(before), Some(here)) = (before, column(table.cell)) {
        out.skip_columns(here.saturating_sub(before));
    }
    out.open_cell();
    (table.in_cell, table.cell) = (true, table.cell + 1);
}

/// Whether the box of a form is ticked, by what the data stream holds of it; `None` for other fields of forms.
pub(super) fn ticked(data: &[u8]) -> Option<bool> {
    let from = usize::from(u16_at(data, 4)?);
    let bits = u16_at(data, from + 4)?;
    if bits & 3 != 1 {
        return None;
    }
    match bits >> 2 & 0x1f {
        // As it is at first, which stands after the name.
        25 => {
            let name = usize::from(u16_at(data, from + 10)?);
            Some(u16_at(data, from + 14 + name * 2)? != 0)
        }
        now => Some(now != 0),
    }
}
