//! A workbook: a summary and the tables, with real dates, filters, frozen headings and links to the documents.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};

use super::escape::{is_formula, plain, plain_lines};
use super::standpoint::{Paths, Standpoint};
use super::tables::{Cell, Table, TableOf, table};
use super::{examined, nothing_read};
use crate::day::Day;
use crate::judge::Grade;
use crate::report::{ExpectationRow, Report};

/// Characters of one cell; Excel refuses files with more than 32,767.
const OF_A_CELL: usize = 32_000;
/// Rows of one sheet; Excel has 1,048,576.
const OF_A_SHEET: usize = 1_000_000;
/// Lines of text that a row shows at most, at 15 points each; Excel has rows of up to 409 points.
const LINES_OF_A_ROW: usize = 20;
/// Tables with more columns are printed on two pages across, since nobody could read one.
const COLUMNS_OF_A_PAGE: usize = 12;
/// Links of one sheet; Excel has 65,530.
const LINKS: usize = 65_000;
/// The longest path that becomes a link; Excel takes 2,080 characters.
const OF_A_LINK: usize = 2_000;

/// The bytes of the workbook.
///
/// # Errors
///
/// When the workbook cannot be put together, which the limits rule out.
pub fn xlsx(report: &Report, standpoint: &Standpoint) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same report gives the same bytes: no clock.
    let properties = DocProperties::new().set_title("Governance evidence").set_creation_datetime(&date(report.as_of)?);
    workbook.set_properties(&properties);
    let formats = Formats::new();
    let paths = Paths::new(report, standpoint);
    summary(workbook.add_worksheet(), report, &formats)?;
    for of in [TableOf::Evidence, TableOf::Findings, TableOf::Missing, TableOf::Actions, TableOf::NotRead] {
        let mut sheet = Sheet {
            sheet: workbook.add_worksheet(),
            formats: &formats,
            paths: &paths,
            links: 0,
            nothing: nothing_read(report),
        };
        sheet.table(&table(report, of))?;
    }
    workbook.save_to_buffer()
}

pub(super) fn date(day: Day) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

pub(super) struct Formats {
    title: Format,
    head: Format,
    words: Format,
    /// For text that could be taken for a formula when somebody edits it: the apostrophe of Excel.
    quoted: Format,
    day: Format,
    link: Format,
    strong: Format,
    weak: Format,
    missing: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let grade = |color: u32| words.clone().set_background_color(Color::RGB(color));
        Formats {
            title: Format::new().set_bold().set_font_size(16),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0xE8_ED_EE))
                .set_border_bottom(FormatBorder::Thin),
            quoted: words.clone().set_quote_prefix(),
            day: words.clone().set_num_format("dd mmm yyyy").set_align(FormatAlign::Left),
            link: words
                .clone()
                .set_font_color(Color::RGB(0x00_5E_B8))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            // Dark text on these has a contrast of more than 10 to 1; the word in the cell says the same as the colour.
            strong: grade(0xCC_E9_D5),
            weak: grade(0xFF_EE_BF),
            missing: grade(0xF8_D3_D0),
            words,
        }
    }

    fn grade(&self, grade: Grade) -> &Format {
        match grade {
            Grade::Strong => &self.strong,
            Grade::Weak => &self.weak,
            Grade::Missing => &self.missing,
        }
    }
}

/// A text as a cell may hold it.
fn fitting(text: &str) -> String {
    let text = plain_lines(text);
    if text.chars().count() <= OF_A_CELL {
        return text;
    }
    text.chars().take(OF_A_CELL).chain(['…']).collect()
}

fn summary(sheet: &mut Worksheet, report: &Report, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Summary")?;
    printed(sheet, 5);
    for (column, width) in [(0, 24), (1, 60), (2, 12), (3, 18), (4, 18)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, "Governance evidence", &formats.title)?;
    let sum = &report.summary;
    let mut row = 1;
    let mut pair = |name: &str, value: Cell| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, name, &formats.head)?;
        match value {
            Cell::Number(number) => sheet.write_number_with_format(
                row,
                1,
                number as f64,
                &formats.words.clone().set_align(FormatAlign::Left),
            )?,
            Cell::Day(day) => sheet.write_datetime_with_format(row, 1, date(day)?, &formats.day)?,
            Cell::Text(text) | Cell::Document(text) => write_words(sheet, row, 1, &text, formats)?,
            Cell::Empty => sheet,
        };
        row += 1;
        Ok(())
    };
    pair("Folder", Cell::Text(report.root.clone()))?;
    pair("Judged as of", Cell::Day(report.as_of))?;
    if let Some(nothing) = nothing_read(report) {
        pair("Attention", Cell::Text(format!("{nothing}: this says nothing about the evidence")))?;
    }
    pair("Examined", Cell::Text(examined(report)))?;
    for (name, number) in [
        ("Documents", sum.documents),
        ("Read", sum.documents - sum.not_read),
        ("Not read", sum.not_read),
        ("Skipped files", sum.skipped),
        ("Errors", sum.errors),
        ("Warnings", sum.warnings),
        ("Advice", sum.advice),
        ("Left out by settings", sum.left_out),
        ("Strong lines", sum.lines.strong),
        ("Weak lines", sum.lines.weak),
        ("Missing lines", sum.lines.missing),
    ] {
        pair(name, Cell::Number(number))?;
    }
    let row = frameworks(sheet, report, formats, row + 1)?;
    if !report.lines.is_empty() {
        let limits = "This says how complete and how well kept the documents are. It is no rating, and what people and staff \
                      experience is not in a folder.";
        sheet.merge_range(row, 0, row, 4, limits, &formats.words)?;
        sheet.set_row_height(row, 32)?;
    }
    Ok(())
}

/// The lines of each framework with their grades; gives the row after them.
fn frameworks(sheet: &mut Worksheet, report: &Report, formats: &Formats, mut row: u32) -> Result<u32, XlsxError> {
    for framework in &report.frameworks {
        let lines: Vec<_> = report.lines.iter().filter(|line| line.framework == framework.id).collect();
        if lines.is_empty() {
            continue;
        }
        for (column, name) in
            [(0, framework.title.as_str()), (1, "Line"), (2, "Grade"), (3, "Required on file"), (4, "All on file")]
        {
            sheet.write_string_with_format(row, column, plain(name), &formats.head)?;
        }
        for line in lines {
            row += 1;
            let on_file = |required: bool| {
                let of: Vec<&ExpectationRow> =
                    line.expectations.iter().filter(|one| one.required || !required).collect();
                format!("{} of {}", of.iter().filter(|one| one.grade != Grade::Missing).count(), of.len())
            };
            write_words(sheet, row, 0, &line.id, formats)?;
            write_words(sheet, row, 1, &line.title, formats)?;
            sheet.write_string_with_format(row, 2, line.grade.name(), formats.grade(line.grade))?;
            write_words(sheet, row, 3, &on_file(true), formats)?;
            write_words(sheet, row, 4, &on_file(false), formats)?;
        }
        row += 2;
    }
    Ok(row)
}

fn write_words<'s>(
    sheet: &'s mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    formats: &Formats,
) -> Result<&'s mut Worksheet, XlsxError> {
    let text = fitting(text);
    let format = if is_formula(&text) { &formats.quoted } else { &formats.words };
    sheet.write_string_with_format(row, column, text, format)
}

/// A4 across, all columns of a table on one page or two.
fn printed(sheet: &mut Worksheet, columns: usize) {
    let pages = if columns > COLUMNS_OF_A_PAGE { 2 } else { 1 };
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(pages, 0);
}

/// Height of a row in points, so that wrapped text is seen: not every program finds it out by itself.
fn height(columns: &[(&str, u16)], cells: &[Cell]) -> u32 {
    let lines = |(cell, (_, width)): (&Cell, &(&str, u16))| match cell {
        Cell::Text(text) | Cell::Document(text) => {
            text.lines().map(|line| line.chars().count().div_ceil(usize::from(*width).max(1)).max(1)).sum()
        }
        _ => 1,
    };
    let most = cells.iter().zip(columns).map(lines).max().unwrap_or(1).clamp(1, LINES_OF_A_ROW);
    u32::try_from(most).unwrap_or(1) * 15
}

pub(super) struct Sheet<'w, 'r> {
    pub(super) sheet: &'w mut Worksheet,
    pub(super) formats: &'w Formats,
    pub(super) paths: &'w Paths<'r>,
    pub(super) links: usize,
    pub(super) nothing: Option<&'static str>,
}

impl Sheet<'_, '_> {
    pub(super) fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        self.sheet.set_name(table.title)?;
        printed(self.sheet, table.columns.len());
        self.sheet.set_freeze_panes(1, 0)?;
        self.sheet.set_repeat_rows(0, 0)?;
        let mut last = 0;
        for (column, (heading, width)) in (0..).zip(table.columns) {
            self.sheet.set_column_width(column, *width)?;
            self.sheet.write_string_with_format(0, column, *heading, &self.formats.head)?;
            last = column;
        }
        let mut row = 0;
        for cells in table.rows.iter().take(OF_A_SHEET) {
            row += 1;
            for (column, cell) in (0..).zip(cells) {
                self.cell(row, column, cell)?;
            }
            self.sheet.set_row_height(row, height(table.columns, cells))?;
        }
        self.sheet.autofilter(0, 0, row, last)?;
        if table.rows.is_empty() {
            let text = self.nothing.unwrap_or("none");
            self.sheet.write_string_with_format(1, 0, text, &self.formats.words)?;
        } else if table.rows.len() > OF_A_SHEET {
            let text = format!("{} more rows do not fit this sheet", table.rows.len() - OF_A_SHEET);
            self.sheet.write_string_with_format(row + 1, 0, text, &self.formats.words)?;
        }
        Ok(())
    }

    fn cell(&mut self, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                write_words(self.sheet, row, column, text, self.formats)?;
            }
            Cell::Number(number) => {
                self.sheet.write_number_with_format(row, column, *number as f64, &self.formats.words)?;
            }
            Cell::Day(day) => {
                self.sheet.write_datetime_with_format(row, column, date(*day)?, &self.formats.day)?;
            }
            Cell::Document(path) => self.document(row, column, path)?,
        }
        Ok(())
    }

    /// A document's name, with a link to it where one would hold.
    fn document(&mut self, row: u32, column: u16, path: &str) -> Result<(), XlsxError> {
        let shown = fitting(path);
        let link = self.paths.link(path).filter(|link| link.chars().count() < OF_A_LINK && self.links < LINKS);
        let Some(link) = link.filter(|_| !is_formula(&shown)) else {
            write_words(self.sheet, row, column, path, self.formats)?;
            return Ok(());
        };
        self.links += 1;
        let url = Url::new(format!("file:///{link}")).set_text(shown);
        self.sheet.write_url_with_format(row, column, url, &self.formats.link)?;
        Ok(())
    }
}
