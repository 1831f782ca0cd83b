//! How far the sheets of an old workbook reach: calamine lays each out whole, from its first cell to its last.

use crate::read::compound::{Compound, ROOT};
use crate::read::{Limits, Unread};

/// Cells of one sheet that are laid out at most, empty ones among them: some 300 MB with what calamine keeps beside them.
const CELLS: u64 = 4 << 20;

/// Kinds of record that begin a sheet, state its size, and hold one cell or a row of them.
const BEGIN: u16 = 0x0809;
const DIMENSIONS: u16 = 0x0200;
const CELL: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E];
const ROW_OF_CELLS: u16 = 0x00BD;

/// Refuses a workbook whose cells stand so far apart that laying its sheets out would take the memory of a reader.
///
/// # Errors
///
/// How far such a sheet reaches, in words for the user.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Unread> {
    // What is no compound file is the reader's to judge.
    let Ok(file) = Compound::open(bytes, limits) else { return Ok(()) };
    if file.has_ring(&["Workbook", "Book", "\u{5}SummaryInformation", "\u{5}DocumentSummaryInformation"]) {
        return Err(Unread::Unreadable("it is damaged: a part of it leads back into itself".to_string()));
    }
    let Some(stream) = file.named(ROOT, "Workbook").or_else(|| file.named(ROOT, "Book")) else { return Ok(()) };
    match widest(&stream) {
        Some((rows, columns)) if rows.saturating_mul(columns) > CELLS => Err(Unread::Unreadable(format!(
            "its cells stand far apart, over {rows} rows and {columns} columns; save it as .xlsx"
        ))),
        _ => Ok(()),
    }
}

/// Rows and columns of the sheet that spans the most cells.
fn widest(stream: &[u8]) -> Option<(u64, u64)> {
    let number =
        |data: &[u8], at: usize| data.get(at..at + 2).map(|two| u64::from(u16::from_le_bytes([two[0], two[1]])));
    let mut reach: Option<[u64; 4]> = None; // first and last row, first and last column
    let mut most: Option<(u64, u64)> = None;
    let mut rest = stream;
    while let (Some(kind), Some(length)) = (number(rest, 0), number(rest, 2)) {
        let data = rest.get(4..).unwrap_or_default();
        let data = data.get(..length as usize).unwrap_or(data);
        rest = rest.get(4 + length as usize..).unwrap_or_default();
        let kind = kind as u16;
        if kind == DIMENSIONS {
            most = larger(most, stated(data));
            continue;
        }
        if kind == BEGIN {
            reach = None;
        }
        let (Some(row), Some(first)) = (number(data, 0), number(data, 2)) else { continue };
        let last = match kind {
            ROW_OF_CELLS => data.len().checked_sub(2).and_then(|at| number(data, at)).unwrap_or(first),
            _ if CELL.contains(&kind) => first,
            _ => continue,
        };
        let [top, bottom, left, right] = reach.unwrap_or([row, row, first, first]);
        let now = [top.min(row), bottom.max(row), left.min(first), right.max(last.max(first))];
        reach = Some(now);
        most = larger(most, Some((now[1] - now[0] + 1, now[3] - now[2] + 1)));
    }
    most
}

/// The size that a sheet states of itself, for which memory is set aside.
fn stated(data: &[u8]) -> Option<(u64, u64)> {
    let short = |at: usize| data.get(at..at + 2).map(|two| u64::from(u16::from_le_bytes([two[0], two[1]])));
    let long = |at: usize| Some(short(at)? | short(at + 2)? << 16);
    let (rows, columns) = if data.len() == 10 {
        ((short(0)?, short(2)?), (short(4)?, short(6)?))
    } else {
        ((long(0)?, long(4)?), (short(8)?, short(10)?))
    };
    Some((rows.1.saturating_sub(rows.0), columns.1.saturating_sub(columns.0)))
}

/// The size of more cells.
fn larger(a: Option<(u64, u64)>, b: Option<(u64, u64)>) -> Option<(u64, u64)> {
    let cells = |size: &(u64, u64)| size.0.saturating_mul(size.1);
    [a, b].into_iter().flatten().max_by_key(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
    }

    #[test]
    fn a_directory_that_leads_back_into_itself_is_damage() {
        let mut bytes = crate::read::compound::tests::file(&[("Workbook", &[0; 5000])]);
        assert_eq!(check(&bytes, &Limits::default()), Ok(()));
        // The table of sectors stands where the header says; every sector is followed by the directory's own.
        let at =
            |place: usize| u32::from_le_bytes([bytes[place], bytes[place + 1], bytes[place + 2], bytes[place + 3]]);
        let (table, directory) = (at(76) as usize, at(48));
        let place = 512 * (table + 1) + 4 * directory as usize;
        bytes[place..place + 4].copy_from_slice(&directory.to_le_bytes());
        assert!(
            matches!(check(&bytes, &Limits::default()), Err(Unread::Unreadable(why)) if why.contains("into itself"))
        );
    }

    #[test]
    fn sheets_are_measured_one_by_one_and_a_stated_size_counts() {
        let begin = record(BEGIN, &[0; 16]);
        let stream = [begin.clone(), cell(0, 0), cell(9, 3), begin, cell(500, 200)].concat();
        assert_eq!(widest(&stream), Some((10, 4)));
        assert_eq!(widest(&[cell(0, 0), cell(65_535, 65_535)].concat()), Some((65_536, 65_536)));
        let size: Vec<u8> =
            [0_u32, 65_536].iter().flat_map(|row| row.to_le_bytes()).chain([0, 0, 0, 1, 0, 0]).collect();
        assert_eq!(widest(&record(DIMENSIONS, &size)), Some((65_536, 256)));
        assert_eq!(widest(&record(ROW_OF_CELLS, &[1, 0, 2, 0, 0, 0, 7, 0])), Some((1, 6)));
    }

    #[test]
    fn whatever_the_records_say_nothing_breaks() {
        for length in 0..40 {
            widest(&[0xFF; 40][..length]);
            widest(&record(DIMENSIONS, &[0xFF; 40][..length]));
            widest(&record(ROW_OF_CELLS, &[0xFF; 40][..length]));
        }
    }
}
