//! Comma-, semicolon-, tab- or bar-separated values.

use super::plain::decode;
use super::{Limits, Unread, raised_by};
use crate::text::{Place, Role, Text};

/// What parts the cells of a table: the sign that its first line has most of.
pub(crate) fn delimiter(source: &str) -> u8 {
    let first = source.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let most = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    [b',', b';', b'\t', b'|'].into_iter().max_by_key(most).unwrap_or(b',')
}

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let source = decode(bytes, limits);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&source))
        .from_reader(source.as_bytes());
    let mut builder = Text::builder();
    let mut cells = 0;
    let mut lines = Lines { source: source.as_bytes(), at: 0, line: 1 };
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| Unread::Unreadable(format!("a row does not read: {error}")))?;
        let line = record.position().map_or(1, |position| lines.of(position.byte()));
        for (column, field) in record.iter().enumerate() {
            cells += 1;
            if cells > limits.cells {
                builder.cut(format!("cells after the first {}{}", limits.cells, raised_by("cells")));
                return Ok(builder.finish());
            }
            let cell = Place::at_cell("", row as u32, column as u32).cell;
            let place = Place { line: Some(line), cell, ..Place::default() };
            builder.push(Role::Cell { table: 0, row: row as u32, column: column as u32 }, place, field);
        }
    }
    Ok(builder.finish())
}

/// Counts the lines of a table. The reader of CSV counts too, but where lines end in \r\n, or some are empty, it tells the line
/// before.
struct Lines<'s> {
    source: &'s [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line, from one, of the row that begins at a byte, or behind the line breaks there; rows come in order.
    fn of(&mut self, byte: u64) -> u32 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(here) = self.source.get(self.at).filter(|here| self.at < byte || matches!(here, b'\r' | b'\n')) {
            self.line += u32::from(*here == b'\n');
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_line_whatever_ends_it() {
        for source in ["a,b\nc,d\n\n\"e\nf\",g\nh,i\n", "a,b\r\nc,d\r\n\r\n\"e\r\nf\",g\r\nh,i"] {
            let text = read(source.as_bytes(), &Limits::default()).unwrap();
            let lines: Vec<_> = text.blocks().iter().map(|block| block.place.line.unwrap()).collect();
            assert_eq!(lines, [1, 1, 2, 2, 4, 4, 6, 6], "{source:?}");
        }
    }
}
