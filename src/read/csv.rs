//! Comma-, semicolon-, tab- or bar-separated values.

use super::plain::decode;
use super::{Limits, Unread, raised_by};
use crate::text::{Place, Role, Text};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let source = decode(bytes, limits);
    let first = source.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let delimiter =
        [b',', b';', b'\t', b'|'].into_iter().max_by_key(|sign| first.bytes().filter(|byte| byte == sign).count());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(source.as_bytes());
    let mut builder = Text::builder();
    let mut cells = 0;
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| Unread::Unreadable(format!("a row does not read: {error}")))?;
        let line = record.position().map_or(1, csv::Position::line) as u32;
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
