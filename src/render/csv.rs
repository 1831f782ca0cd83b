//! One table as CSV for Excel: UTF-8 with a byte order mark, CRLF, formulas neutralised, days in ISO 8601. All
//! text is in quotes, so that a semicolon begins no cell where Excel parts cells with that.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::escape::cell;
use super::inert;
use super::tables::{Cell, TableOf, table};
use super::{examined, nothing_read};
use crate::report::Report;

/// The table; its last row says in the second column how much was examined.
///
/// # Errors
///
/// When a row cannot be written, which writing to memory rules out.
pub fn csv(report: &Report, of: TableOf) -> Result<String, csv::Error> {
    let table = table(report, of);
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::NonNumeric)
        .from_writer(Vec::from("\u{feff}"));
    writer.write_record(table.columns.iter().map(|(heading, _)| *heading))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(written))?;
    }
    let said = match nothing_read(report) {
        Some(nothing) => format!("{nothing}; {}", examined(report)),
        None => examined(report),
    };
    let mut last = vec![String::new(); table.columns.len()];
    last[0] = "examined".to_string();
    last[1] = said;
    writer.write_record(&last)?;
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(inert(&String::from_utf8_lossy(&bytes)).into_owned())
}

fn written(one: &Cell) -> String {
    match one {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Document(text) => cell(text),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}
