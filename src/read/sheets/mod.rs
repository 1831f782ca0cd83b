//! Workbooks of Excel, through calamine; cells one by one, since a sheet's stated size cannot be trusted.

mod extent;
mod parts;
mod show;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx, open_workbook_from_rs};

use self::parts::Sheet;
use super::ooxml::Package;
use super::pieces::{Pieces, SheetCell};
use super::{Format, Limits, Unread, raised_by};
use crate::text::{Place, Role, Text};

/// Sheets of a workbook that are read at most.
const SHEETS: usize = 1_000;

/// Reads a workbook. Calamine slices out of bounds and overflows on some damaged ones; that is damage, not the end.
pub(super) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Text, Unread> {
    let read = catch_unwind(AssertUnwindSafe(|| workbook(bytes, format, limits)));
    read.unwrap_or_else(|_| Err(Unread::Unreadable("the workbook is damaged".to_string())))
}

fn workbook(bytes: &[u8], format: Format, limits: &Limits) -> Result<Text, Unread> {
    let mut pieces = Pieces::new(limits);
    if format == Format::Xls {
        xls(bytes, limits, &mut pieces)?;
        return pieces.finish();
    }
    let mut package = Package::open(bytes, limits)?;
    let sizes = package.check()?;
    package.properties(pieces.builder.metadata())?;
    let (main, source) = match package.main("xl/workbook.xml") {
        // The workbook of an .xlsb is no XML.
        Err(_) if package.has("xl/workbook.bin") => ("xl/workbook.bin".to_string(), String::new()),
        other => other?,
    };
    if main.ends_with(".bin") {
        // Like that of the old workbook, this reader slices out of bounds on some damaged files.
        let read = catch_unwind(AssertUnwindSafe(|| xlsb(bytes, limits, &mut pieces)));
        read.map_err(|_| Unread::Unreadable("the workbook is damaged".to_string()))??;
        return pieces.finish();
    }
    let links = package.links(&main)?;
    let sheets = parts::sheets(&source, &links, limits)?;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let mut bytes = 0;
    for (number, sheet) in sheets.iter().enumerate() {
        // Many sheets may name one part, and each reading of it takes time.
        let size = sizes.get(&sheet.part).copied().unwrap_or(0);
        bytes += size;
        if number >= SHEETS || bytes > 2 * limits.inflated_bytes {
            pieces.builder.cut(format!("sheets after the first {number}"));
            break;
        }
        heading(&mut pieces, &sheet.name, sheet.hidden);
        let went_on = xlsx_cells(&mut book, number as u32, sheet, limits, &mut pieces)?;
        parts::round(&mut package, sheet, size, limits, &mut pieces)?;
        pieces.builder.pages(number as u32 + 1);
        if !went_on {
            break;
        }
    }
    pieces.finish()
}

/// The name of a sheet stands over it like a heading, unless nobody chose it.
pub(super) fn heading(pieces: &mut Pieces, name: &str, hidden: bool) {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim().to_lowercase();
    let usual = ["sheet", "feuil", "tabelle", "hoja", "foglio", "blad", "chart", "worksheet", ""];
    if !hidden && !usual.contains(&bare.as_str()) {
        pieces.builder.push(Role::Heading(3), Place { sheet: Some(name.to_string()), ..Place::default() }, name);
    }
}

/// The cells of a sheet; `false` when the limit is reached.
fn xlsx_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    number: u32,
    sheet: &Sheet,
    limits: &Limits,
    pieces: &mut Pieces,
) -> Result<bool, Unread> {
    // Sheets of charts have no cells.
    let Ok(mut cells) = book.worksheet_cells_reader(&sheet.name) else { return Ok(true) };
    let formats: Vec<Option<String>> = cells
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map(|format| format.format_code.clone()))
        .collect();
    loop {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(cell)) => cell,
            Ok(None) => return Ok(true),
            Err(_) if !pieces.builder.is_empty() => {
                pieces.builder.cut(format!("the rest of the sheet {}, which is damaged", sheet.name));
                return Ok(true);
            }
            Err(error) => return Err(damaged(error)),
        };
        let (row, column) = cell.get_position();
        let format = formats.get(style).and_then(Option::as_deref);
        let words = show::words(&Data::from(cell.get_value().clone()), format);
        let cell = SheetCell { table: number, sheet: &sheet.name, hidden: sheet.hidden, row, column };
        if !pieces.cell(&cell, &words, limits) {
            return Ok(false);
        }
    }
}

fn xlsb(bytes: &[u8], limits: &Limits, pieces: &mut Pieces) -> Result<(), Unread> {
    let mut book: Xlsb<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    for (number, sheet) in sheets(book.sheets_metadata()).into_iter().enumerate() {
        pieces.builder.pages(number as u32 + 1);
        heading(pieces, &sheet.name, sheet.hidden);
        let Ok(mut cells) = book.worksheet_cells_reader(&sheet.name) else { continue };
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let words = show::words(&Data::from(cell.get_value().clone()), None);
            let cell = SheetCell { table: number as u32, sheet: &sheet.name, hidden: sheet.hidden, row, column };
            if !pieces.cell(&cell, &words, limits) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Sheets that may have cells.
fn sheets(metadata: &[calamine::Sheet]) -> Vec<Sheet> {
    let with_cells = metadata.iter().filter(|sheet| !matches!(sheet.typ, SheetType::Vba | SheetType::MacroSheet));
    with_cells
        .map(|sheet| Sheet {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
            part: String::new(),
        })
        .collect()
}

/// The old binary workbook: calamine lays its sheets out whole.
fn xls(bytes: &[u8], limits: &Limits, pieces: &mut Pieces) -> Result<(), Unread> {
    if bytes.len() as u64 > limits.xls_bytes {
        let most = limits.xls_bytes >> 20;
        return Err(Unread::Unreadable(format!(
            "it is an old workbook larger than the limit of {most} MiB; save it as .xlsx{}",
            raised_by("xls-bytes")
        )));
    }
    extent::check(bytes, limits)?;
    let mut book: Xls<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let properties = book.workbook_properties().ok();
    let (sheets, ranges) = (sheets(book.sheets_metadata()), book.worksheets());
    if let Some(properties) = properties {
        let metadata = pieces.builder.metadata();
        metadata.title = properties.title;
        metadata.author = properties.creator;
        metadata.created = properties.created;
        metadata.modified = properties.modified;
        metadata.status = properties.content_status;
        let more = [("subject", properties.subject), ("company", properties.company)];
        metadata.properties.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?))));
    }
    for (number, sheet) in sheets.iter().enumerate() {
        pieces.builder.pages(number as u32 + 1);
        heading(pieces, &sheet.name, sheet.hidden);
        let Some((_, range)) = ranges.iter().find(|(name, _)| *name == sheet.name) else { continue };
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            let words = show::words(value, None);
            let (row, column) = (top + row as u32, left + column as u32);
            let cell = SheetCell { table: number as u32, sheet: &sheet.name, hidden: sheet.hidden, row, column };
            if !pieces.cell(&cell, &words, limits) {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn damaged(error: impl std::fmt::Display) -> Unread {
    let words = error.to_string();
    if words.to_lowercase().contains("password") {
        return Unread::Encrypted;
    }
    Unread::Unreadable(format!("the workbook is damaged ({words})"))
}

#[cfg(test)]
mod tests;
