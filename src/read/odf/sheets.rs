//! OpenDocument spreadsheets, cell by cell: what a sheet repeats is counted and never laid out in memory.

use super::styles::Styles;
use crate::read::pieces::{Pieces, SheetCell};
use crate::read::sheets::heading;
use crate::read::xml::{Node, Tag, Xml};
use crate::read::{Limits, Unread};
use crate::text::{Place, Role};

/// A cell with words that is repeated is given out at most so many times.
const REPEATED: u32 = 64;

#[derive(Default)]
struct Sheet {
    number: u32,
    name: String,
    hidden: bool,
    row: u32,
    rows: u32,
    column: u32,
}

pub(super) fn read(source: &str, styles: &Styles, limits: &Limits, pieces: &mut Pieces) -> Result<(), Unread> {
    let mut xml = Xml::new(source, limits);
    let mut sheet = Sheet::default();
    let mut sheets = 0u32;
    let mut in_body = false;
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "spreadsheet" => in_body = true,
                _ if !in_body => {}
                "forms"
                | "tracked-changes"
                | "content-validations"
                | "named-expressions"
                | "dde-links"
                | "database-ranges"
                | "shapes" => xml.skip()?,
                "table" if tag.prefix() == "table" => {
                    let hidden = styles.hides("table", &tag.get("style-name").unwrap_or_default());
                    let name = tag.get("name").unwrap_or_default();
                    sheet = Sheet { number: sheets, name, hidden, ..Sheet::default() };
                    sheets += 1;
                    pieces.builder.pages(sheets);
                    heading(pieces, &sheet.name, sheet.hidden);
                }
                "table-row" => {
                    sheet.row = sheet.row.saturating_add(sheet.rows);
                    sheet.rows = tag.number("number-rows-repeated").unwrap_or(1);
                    sheet.column = 0;
                }
                "covered-table-cell" => {
                    sheet.column = sheet.column.saturating_add(repeated(&tag));
                    xml.skip()?;
                }
                "table-cell" => {
                    let times = repeated(&tag);
                    let shown = shown(&tag);
                    let (words, comment) = cell(&mut xml)?;
                    let words = shown.unwrap_or(words);
                    let place = Place::at_cell(&sheet.name, sheet.row, sheet.column);
                    if !comment.is_empty() {
                        pieces.builder.revisions().comments += 1;
                        pieces.apart(Role::Comment, place, &comment);
                    }
                    let give = if words.trim().is_empty() { 0 } else { times.min(REPEATED) };
                    for column in sheet.column..sheet.column.saturating_add(give) {
                        let (table, row, hidden) = (sheet.number, sheet.row, sheet.hidden);
                        let cell = SheetCell { table, sheet: &sheet.name, hidden, row, column };
                        if !pieces.cell(&cell, &words, limits) {
                            return Ok(());
                        }
                    }
                    sheet.column = sheet.column.saturating_add(times);
                }
                _ => {}
            },
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

fn repeated(tag: &Tag<'_>) -> u32 {
    tag.number("number-columns-repeated").unwrap_or(1).max(1)
}

/// A day as year-month-day, whatever the cell shows; other cells as they show themselves.
fn shown(tag: &Tag<'_>) -> Option<String> {
    let date = tag.get("date-value")?;
    let (day, time) = date.split_once('T').unwrap_or((&date, ""));
    let time = time.get(..5).filter(|time| *time != "00:00").map(|time| format!(" {time}"));
    Some(format!("{day}{}", time.unwrap_or_default()))
}

/// The words of a cell and of the comment on it; the cell was opened last.
fn cell(xml: &mut Xml<'_>) -> Result<(String, String), Unread> {
    let (mut words, mut comment) = (String::new(), String::new());
    let (mut depth, mut in_comment) = (1usize, None::<usize>);
    while depth > 0 {
        match xml.next()? {
            Node::Open(tag) => {
                let name = tag.name();
                if matches!(name, "creator" | "date" | "creator-initials") {
                    xml.skip()?;
                    continue;
                }
                depth += 1;
                let into = if in_comment.is_some() { &mut comment } else { &mut words };
                match name {
                    "annotation" => in_comment = Some(depth),
                    "p" if !into.is_empty() => into.push('\n'),
                    "s" => into.push(' '),
                    "line-break" => into.push('\n'),
                    _ => {}
                }
            }
            Node::Words(more) if in_comment.is_some() => comment.push_str(&more),
            Node::Words(more) => words.push_str(&more),
            Node::Close => {
                if in_comment == Some(depth) {
                    in_comment = None;
                }
                depth -= 1;
            }
            Node::End => break,
        }
    }
    Ok((words, comment))
}
