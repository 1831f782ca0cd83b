//! Records of a presentation: a head of eight bytes, then numbers or further records.

use crate::read::binary::{part, u16_at, u32_at};

// Kinds of records.
pub(super) const DOCUMENT: u16 = 0x03e8;
pub(super) const SLIDE: u16 = 0x03ee;
pub(super) const SLIDE_ATOM: u16 = 0x03ef;
pub(super) const NOTES: u16 = 0x03f0;
pub(super) const SLIDE_PERSIST: u16 = 0x03f3;
pub(super) const SHOW_INFO: u16 = 0x03f9;
pub(super) const PLACEHOLDER: u16 = 0x0bc3;
pub(super) const OUTLINE_TEXT: u16 = 0x0f9e;
pub(super) const TEXT_HEADER: u16 = 0x0f9f;
pub(super) const TEXT_CHARS: u16 = 0x0fa0;
pub(super) const TEXT_BYTES: u16 = 0x0fa8;
pub(super) const STRING: u16 = 0x0fba;
pub(super) const SLIDE_NUMBER_FIELD: u16 = 0x0fd8;
pub(super) const HEADERS_FOOTERS: u16 = 0x0fd9;
pub(super) const HEADERS_FOOTERS_ATOM: u16 = 0x0fda;
pub(super) const SLIDE_LIST: u16 = 0x0ff0;
pub(super) const USER_EDIT: u16 = 0x0ff5;
pub(super) const DAY_FIELD: u16 = 0x0ff7;
pub(super) const DAY_AS_SAID_FIELD: u16 = 0x0ff8;
pub(super) const HEADER_FIELD: u16 = 0x0ff9;
pub(super) const FOOTER_FIELD: u16 = 0x0ffa;
pub(super) const DAY_FORMAT_FIELD: u16 = 0x1015;
pub(super) const PERSIST_DIRECTORY: u16 = 0x1772;
pub(super) const COMMENT: u16 = 0x2ee0;
pub(super) const GROUP: u16 = 0xf003;
pub(super) const SHAPE: u16 = 0xf004;
pub(super) const SHAPE_ATOM: u16 = 0xf00a;
pub(super) const TEXT_BOX: u16 = 0xf00d;
pub(super) const CHILD_ANCHOR: u16 = 0xf00f;

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'b> {
    pub(super) kind: u16,
    pub(super) instance: u16,
    /// Whether it holds further records.
    pub(super) holds: bool,
    pub(super) body: &'b [u8],
}

impl<'b> Record<'b> {
    /// The record at an offset, cut at the end of the bytes.
    pub(super) fn at(bytes: &'b [u8], at: usize) -> Option<Self> {
        let first = u16_at(bytes, at)?;
        let kind = u16_at(bytes, at.checked_add(2)?)?;
        let length = u32_at(bytes, at.checked_add(4)?)? as usize;
        Some(Record { kind, instance: first >> 4, holds: first & 0xf == 0xf, body: part(bytes, at + 8, length) })
    }

    /// The records within.
    pub(super) fn records(&self) -> Records<'b> {
        Records(if self.holds { self.body } else { &[] })
    }

    /// The first record of a kind within.
    pub(super) fn first(&self, kind: u16) -> Option<Record<'b>> {
        self.records().find(|record| record.kind == kind)
    }
}

/// Goes through records that follow each other.
pub(super) struct Records<'b>(pub(super) &'b [u8]);

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let record = Record::at(self.0, 0)?;
        self.0 = self.0.get(8 + record.body.len()..).unwrap_or_default();
        Some(record)
    }
}
