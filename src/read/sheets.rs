//! Workbooks, through calamine; the cells of Excel one by one, since a sheet's stated size cannot be trusted.

use std::io::Cursor;

use calamine::{Data, Ods, Reader, Xls, Xlsx, open_workbook_from_rs};

use super::{Format, Limits, Unread};
use crate::text::{Place, Role, Text, TextBuilder};

pub(super) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Text, Unread> {
    let mut builder = Text::builder();
    let mut sheets = 0;
    match format {
        Format::Xlsx => {
            let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
            for (number, name) in book.sheet_names().into_iter().enumerate() {
                let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
                while let Some(cell) = cells.next_cell().map_err(damaged)? {
                    let (row, column) = cell.get_position();
                    let words = words(&Data::from(cell.get_value().clone()));
                    push(&mut builder, number as u32, &name, row, column, &words);
                    if full(&mut builder, limits) {
                        return Ok(builder.finish());
                    }
                }
                sheets += 1;
            }
        }
        _ => {
            let names_and_ranges = if format == Format::Xls {
                let mut book: Xls<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
                book.worksheets()
            } else {
                let mut book: Ods<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
                book.worksheets()
            };
            for (number, (name, range)) in names_and_ranges.into_iter().enumerate() {
                let (top, left) = range.start().unwrap_or((0, 0));
                for (row, column, value) in range.used_cells() {
                    push(&mut builder, number as u32, &name, top + row as u32, left + column as u32, &words(value));
                    if full(&mut builder, limits) {
                        return Ok(builder.finish());
                    }
                }
                sheets += 1;
            }
        }
    }
    builder.pages(sheets);
    Ok(builder.finish())
}

fn push(builder: &mut TextBuilder, sheet: u32, name: &str, row: u32, column: u32, words: &str) {
    builder.push(Role::Cell { table: sheet, row, column }, Place::at_cell(name, row, column), words);
}

fn full(builder: &mut TextBuilder, limits: &Limits) -> bool {
    let full = builder.blocks() >= limits.cells || builder.len() >= limits.text_bytes;
    if full {
        builder.cut(format!("cells after the first {}", builder.blocks()));
    }
    full
}

/// A cell as a person sees it: days as ISO dates, whole numbers without a point.
fn words(value: &Data) -> String {
    match value {
        Data::DateTime(when) if when.is_datetime() => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(when) => when.as_f64().to_string(),
        Data::DateTimeIso(words) => words.split('T').next().unwrap_or(words).to_string(),
        Data::Bool(yes) => if *yes { "yes" } else { "no" }.to_string(),
        Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

fn damaged(error: impl std::fmt::Display) -> Unread {
    let words = error.to_string();
    if words.to_lowercase().contains("password") {
        return Unread::Encrypted;
    }
    Unread::Unreadable(format!("the workbook is damaged ({words})"))
}
