//! Compound files, the containers of Office 97-2003 and of Outlook: a file system of sectors in a file.
//!
//! Read by hand, since the crate for it refuses whole files for a sector table that is longer than the file, and real
//! documents have those. Chains of sectors end where they leave the file or take more steps than there are sectors.

mod properties;

use std::cell::Cell;
use std::collections::BTreeSet;

use super::binary::{part, u8_at, u16_at, u32_at, u64_at, wide};
use super::{Limits, Unread};

pub(super) use properties::{properties, time};

/// First bytes of every compound file.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The last number that names a sector; those above say that a chain ends.
const LAST_SECTOR: u32 = 0xffff_fffa;
const NO_ENTRY: u32 = u32::MAX;
const ENTRY_BYTES: usize = 128;

/// What a storage (a folder) or a stream (a file) is called and where it begins.
#[derive(Debug, Clone)]
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

/// A compound file.
#[derive(Debug)]
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    mini_sector: usize,
    cutoff: u64,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
    part_bytes: u64,
    /// Bytes of streams that may still be taken out: many entries may name one chain.
    budget: Cell<u64>,
}

/// Streams of a name that are followed to find rings; more than one is damage.
const RINGS: usize = 16;

/// The number of the entry that holds all others.
pub(super) const ROOT: usize = 0;

impl<'b> Compound<'b> {
    /// Reads the sector tables and the directory.
    ///
    /// # Errors
    ///
    /// When there is no directory to be found.
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Unread> {
        let damaged = || Unread::Unreadable("it is damaged: its table of contents cannot be read".to_string());
        let shift = u16_at(bytes, 30).filter(|shift| matches!(shift, 7..=16)).ok_or_else(damaged)?;
        let mini_shift = u16_at(bytes, 32).filter(|shift| matches!(shift, 3..=15)).unwrap_or(6);
        let mut file = Compound {
            bytes,
            sector: 1 << shift,
            mini_sector: 1 << mini_shift,
            cutoff: u64::from(u32_at(bytes, 56).unwrap_or(4096)),
            table: Vec::new(),
            mini_table: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
            part_bytes: limits.part_bytes,
            budget: Cell::new(limits.inflated_bytes),
        };
        file.read_table();
        let number = |at| u32_at(bytes, at).unwrap_or(NO_ENTRY);
        let directory = file.chain(number(48), u64::MAX);
        let entries = directory.chunks_exact(ENTRY_BYTES).take(limits.entries);
        file.entries = entries.map(|raw| entry(raw, shift)).collect();
        let root = file.entries.first().filter(|root| root.kind == 5).cloned().ok_or_else(damaged)?;
        let mini_table = file.chain(number(60), u64::MAX);
        file.mini_table = numbers(&mini_table).collect();
        file.mini = file.chain(root.start, root.size);
        Ok(file)
    }

    /// The table that says of each sector which one follows it. It lies in sectors that the header and a chain name.
    fn read_table(&mut self) {
        let sectors = self.sectors();
        let mut of_table: Vec<u32> = numbers(part(self.bytes, 76, 109 * 4)).collect();
        let mut next = u32_at(self.bytes, 68).unwrap_or(NO_ENTRY);
        for _ in 0..sectors {
            if next > LAST_SECTOR {
                break;
            }
            let mut more: Vec<u32> = numbers(self.one(next)).collect();
            let Some(after) = more.pop() else { break };
            of_table.extend(more);
            next = after;
            if of_table.len() > sectors {
                break;
            }
        }
        let mut table = Vec::new();
        for number in of_table.into_iter().filter(|number| *number <= LAST_SECTOR) {
            if table.len() > sectors {
                break;
            }
            table.extend(numbers(self.one(number)));
        }
        self.table = table;
    }

    /// How many sectors the file has, the header not counted.
    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector + 1
    }

    fn one(&self, number: u32) -> &'b [u8] {
        let at = (number as usize).saturating_add(1).saturating_mul(self.sector);
        part(self.bytes, at, self.sector)
    }

    /// The bytes of a chain of sectors, at most `most` of them.
    fn chain(&self, start: u32, most: u64) -> Vec<u8> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut at = start;
        for _ in 0..self.sectors() {
            if at > LAST_SECTOR || bytes.len() >= most {
                break;
            }
            let sector = self.one(at);
            if sector.is_empty() {
                break;
            }
            bytes.extend_from_slice(sector);
            let Some(next) = self.table.get(at as usize) else { break };
            at = *next;
        }
        bytes.truncate(most);
        bytes
    }

    /// Whether the directory, or one of these streams, is a chain of sectors that leads back into itself. Readers other than
    /// this one follow it for ever.
    pub(super) fn has_ring(&self, streams: &[&str]) -> bool {
        let named = |entry: &&Entry| streams.iter().any(|name| entry.name.eq_ignore_ascii_case(name));
        let starts = self.entries.first().into_iter().chain(self.entries.iter().filter(named).take(RINGS));
        let directory = u32_at(self.bytes, 48).unwrap_or(NO_ENTRY);
        starts.map(|entry| entry.start).chain([directory]).any(|start| self.is_ring(start))
    }

    fn is_ring(&self, start: u32) -> bool {
        let mut at = start;
        for _ in 0..=self.table.len() {
            match self.table.get(at as usize) {
                Some(next) if at <= LAST_SECTOR => at = *next,
                _ => return false,
            }
        }
        true
    }

    fn mini_chain(&self, start: u32, most: u64) -> Vec<u8> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut at = start;
        for _ in 0..=self.mini.len() / self.mini_sector {
            if at > LAST_SECTOR || bytes.len() >= most {
                break;
            }
            let sector = part(&self.mini, (at as usize).saturating_mul(self.mini_sector), self.mini_sector);
            if sector.is_empty() {
                break;
            }
            bytes.extend_from_slice(sector);
            let Some(next) = self.mini_table.get(at as usize) else { break };
            at = *next;
        }
        bytes.truncate(most);
        bytes
    }

    /// What a storage holds, by number and name.
    pub(super) fn children(&self, storage: usize) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<u32> = self.entries.get(storage).map(|entry| entry.child).into_iter().collect();
        while let Some(number) = open.pop() {
            let Some(entry) = self.entries.get(number as usize).filter(|entry| matches!(entry.kind, 1 | 2)) else {
                continue;
            };
            if seen.insert(number) {
                found.push((number as usize, entry.name.as_str()));
                open.extend([entry.left, entry.right]);
            }
        }
        found.sort_unstable();
        found
    }

    /// The number of the entry of that name in a storage.
    pub(super) fn find(&self, storage: usize, name: &str) -> Option<usize> {
        let found = self.children(storage).into_iter().find(|(_, other)| other.eq_ignore_ascii_case(name));
        found.map(|(number, _)| number)
    }

    /// Whether an entry is a storage.
    pub(super) fn is_storage(&self, number: usize) -> bool {
        self.entries.get(number).is_some_and(|entry| entry.kind == 1)
    }

    /// The bytes of a stream, as far as they are there and within the limits.
    pub(super) fn stream(&self, number: usize) -> Vec<u8> {
        let Some(entry) = self.entries.get(number).filter(|entry| entry.kind == 2) else { return Vec::new() };
        let most = entry.size.min(self.part_bytes).min(self.budget.get());
        let bytes =
            if entry.size < self.cutoff { self.mini_chain(entry.start, most) } else { self.chain(entry.start, most) };
        self.budget.set(self.budget.get().saturating_sub(bytes.len() as u64));
        bytes
    }

    /// The bytes of the stream of that name in a storage.
    pub(super) fn named(&self, storage: usize, name: &str) -> Option<Vec<u8>> {
        self.find(storage, name).map(|number| self.stream(number))
    }
}

fn entry(raw: &[u8], shift: u16) -> Entry {
    let length = usize::from(u16_at(raw, 64).unwrap_or(0)).min(64);
    let number = |at| u32_at(raw, at).unwrap_or(NO_ENTRY);
    let mut size = u64_at(raw, 120).unwrap_or(0);
    if shift <= 9 {
        // Files of the first version leave the upper half as they found it.
        size &= u64::from(u32::MAX);
    }
    Entry {
        name: wide(part(raw, 0, length)),
        kind: u8_at(raw, 66).unwrap_or(0),
        left: number(68),
        right: number(72),
        child: number(76),
        start: number(116),
        size,
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
pub(super) mod tests;
