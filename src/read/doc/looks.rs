//! How characters and paragraphs look: pages of 512 bytes in the main stream, each with runs and the changes that make them.

use super::PIECES;
use super::styles::Styles;
use crate::read::binary::{part, u8_at, u16_at, u32_at};

const PAGE: usize = 512;
/// Tables within tables that are told apart.
const NESTED: u32 = 12;

/// Single changes of look, each a code and what it takes.
pub(super) struct Changes<'b>(pub(super) &'b [u8]);

impl<'b> Iterator for Changes<'b> {
    type Item = (u16, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let code = u16_at(self.0, 0)?;
        // The upper three bits say how long it is.
        let length = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if code == 0xd608 => usize::from(u16_at(self.0, 2)?) + 1,
            _ => usize::from(u8_at(self.0, 2)?) + 1,
        };
        let taken = part(self.0, 2, length);
        self.0 = self.0.get(2 + length..).unwrap_or_default();
        Some((code, taken))
    }
}

/// What matters of the look of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) deleted: bool,
    pub(super) inserted: bool,
    /// Said of the run itself; `None` leaves it to the style.
    pub(super) hidden: Option<bool>,
    pub(super) bold: Option<bool>,
    /// A character of a symbol font.
    pub(super) symbol: Option<u16>,
    /// A mark of Word, not a character.
    pub(super) special: bool,
    pub(super) style: Option<u16>,
    /// Where in the data stream it says more.
    pub(super) data: Option<u32>,
}

impl Look {
    pub(super) fn of(changes: &[u8]) -> Self {
        let mut look = Look::default();
        for (code, taken) in Changes(changes) {
            let first = taken.first().copied().unwrap_or(0);
            // 0x80 is as the style says, 0x81 the contrary; styles that are bold themselves are rare.
            let switch = match first {
                0 => Some(false),
                0x80 => None,
                _ => Some(true),
            };
            match code {
                0x0800 => look.deleted = first != 0,
                0x0801 => look.inserted = first != 0,
                0x0835 => look.bold = switch,
                0x083c => look.hidden = switch,
                0x0855 => look.special = first != 0,
                0x4a30 => look.style = u16_at(taken, 0),
                0x6a03 => look.data = u32_at(taken, 0),
                0x6a09 => look.symbol = u16_at(taken, 2),
                _ => {}
            }
        }
        look
    }

    pub(super) fn is_hidden(&self, styles: &Styles) -> bool {
        self.hidden.or_else(|| styles.look(self.style?)?.hidden).unwrap_or(false)
    }

    /// `None` leaves it to the style of the paragraph.
    pub(super) fn is_bold(&self, styles: &Styles) -> Option<bool> {
        self.bold.or_else(|| styles.look(self.style?)?.bold)
    }
}

/// Runs of the main stream, by offset, none of them over another.
#[derive(Debug)]
struct Runs<T>(Vec<(u32, u32, T)>);

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Runs(Vec::new())
    }
}

impl<T> Runs<T> {
    /// Reads all pages that a table names; `wide` bytes stand after the borders for each run of a page.
    fn read(main: &[u8], table: &[u8], wide: usize, of: impl Fn(&[u8], &[u8]) -> Option<T>) -> Self {
        let count = table.len().saturating_sub(4) / 8;
        let most = (main.len() / PAGE + 1).min(PIECES);
        let mut runs = Vec::new();
        for index in 0..count.min(most) {
            let Some(number) = u32_at(table, (count + 1) * 4 + index * 4) else { break };
            let page = part(main, (number & 0x3f_ffff) as usize * PAGE, PAGE);
            let Some(in_page) = u8_at(page, PAGE - 1).map(usize::from) else { continue };
            for run in 0..in_page {
                let (Some(start), Some(end)) = (u32_at(page, run * 4), u32_at(page, run * 4 + 4)) else { break };
                let slot = part(page, (in_page + 1) * 4 + run * wide, wide);
                if let Some(value) = of(page, slot).filter(|_| start < end) {
                    runs.push((start, end, value));
                }
            }
        }
        runs.sort_by_key(|(start, ..)| *start);
        Runs(runs)
    }

    fn at(&self, offset: u32) -> Option<&T> {
        let after = self.0.partition_point(|(start, ..)| *start <= offset);
        let (_, end, value) = self.0.get(after.checked_sub(1)?)?;
        (offset < *end).then_some(value)
    }
}

/// The looks of all characters.
#[derive(Debug, Default)]
pub(super) struct Looks(Runs<Look>);

impl Looks {
    pub(super) fn read(main: &[u8], table: &[u8]) -> Self {
        Looks(Runs::read(main, table, 1, |page, slot| {
            let at = usize::from(u8_at(slot, 0)?) * 2;
            let length = if at == 0 { 0 } else { usize::from(u8_at(page, at)?) };
            Some(Look::of(part(page, at + 1, length)))
        }))
    }

    pub(super) fn at(&self, offset: usize) -> Look {
        u32::try_from(offset).ok().and_then(|offset| self.0.at(offset)).copied().unwrap_or_default()
    }
}

/// What matters of the look of a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) style: u16,
    /// How many tables it stands in.
    pub(super) depth: u32,
    pub(super) ends_row: bool,
    /// Ends a cell of a table within a table, where the mark is that of a paragraph.
    pub(super) ends_cell: bool,
    pub(super) list: Option<u16>,
    pub(super) level: Option<u8>,
    pub(super) outline: Option<u8>,
    /// Of the mark that ends a row: where its cells begin and end, from left to right.
    pub(super) borders: Vec<i16>,
}

impl Paragraph {
    pub(super) fn change(&mut self, changes: &[u8]) {
        for (code, taken) in Changes(changes) {
            let first = taken.first().copied().unwrap_or(0);
            match code {
                0x2416 => self.depth = self.depth.max(u32::from(first != 0)),
                0x2417 | 0x244c => self.ends_row = first != 0,
                0x244b => self.ends_cell = first != 0,
                0x6649 => self.depth = u32_at(taken, 0).unwrap_or(0).min(NESTED),
                0x460b => self.list = u16_at(taken, 0),
                0x260a => self.level = Some(first),
                0x2640 => self.outline = Some(first),
                0xd608 => {
                    let cells = usize::from(u8_at(taken, 2).unwrap_or(0)).min(64);
                    self.borders =
                        (0..=cells).filter_map(|at| Some(u16_at(taken, 3 + at * 2)?.cast_signed())).collect();
                }
                _ => {}
            }
        }
    }
}

/// The looks of all paragraphs.
#[derive(Debug, Default)]
pub(super) struct Paragraphs(Runs<Paragraph>);

impl Paragraphs {
    /// `data` holds the changes that are too long for a page.
    pub(super) fn read(main: &[u8], table: &[u8], data: &[u8]) -> Self {
        Paragraphs(Runs::read(main, table, 13, |page, slot| {
            let at = usize::from(u8_at(slot, 0)?) * 2;
            if at == 0 {
                return Some(Paragraph::default());
            }
            let (from, length) = match usize::from(u8_at(page, at)?) {
                0 => (at + 2, usize::from(u8_at(page, at + 1)?) * 2),
                words => (at + 1, words * 2 - 1),
            };
            let changes = part(page, from, length);
            let mut paragraph = Paragraph { style: u16_at(changes, 0)?, ..Paragraph::default() };
            let changes = changes.get(2..).unwrap_or_default();
            paragraph.change(changes);
            for (_, taken) in Changes(changes).filter(|(code, _)| matches!(code, 0x6645 | 0x6646)) {
                let at = u32_at(taken, 0)? as usize;
                paragraph.change(part(data, at.saturating_add(2), usize::from(u16_at(data, at).unwrap_or(0))));
            }
            Some(paragraph)
        }))
    }

    pub(super) fn at(&self, offset: usize) -> Paragraph {
        u32::try_from(offset).ok().and_then(|offset| self.0.at(offset)).cloned().unwrap_or_default()
    }
}
