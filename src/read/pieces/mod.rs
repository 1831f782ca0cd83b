//! What readers of Office and OpenDocument files put together before it becomes a text: paragraphs and tables in reading
//! order, page headers and footers once each, and what stands apart (comments, deleted and hidden words, alt text).

mod page_numbers;
mod table;

use std::collections::BTreeSet;

pub(super) use self::page_numbers::PAGE_NUMBER;
use self::page_numbers::{is_page_number, without_page_numbers};
use self::table::{Cell, Table};
use super::{Limits, Unread, raised_by};
use crate::text::{Place, Role, Text, TextBuilder};

/// Paragraphs from the beginning among which a title may stand that no style marks.
const COVER: usize = 20;

/// A table with more cells than this keeps none that are empty.
const EMPTY_CELLS: usize = 100_000;

/// Words with their role and place.
#[derive(Debug, Clone)]
struct Piece {
    role: Role,
    place: Place,
    words: String,
}

/// No program has cells beyond; what a damaged or hostile sheet puts there is nobody's.
const ROWS: u32 = 1 << 24;
const COLUMNS: u32 = 1 << 16;

/// Where an aside left.
pub(super) struct Aside {
    fixed: Option<Role>,
    tables: Vec<Table>,
}

/// A cell of a workbook.
pub(super) struct SheetCell<'a> {
    /// Number of the sheet.
    pub(super) table: u32,
    /// Name of the sheet.
    pub(super) sheet: &'a str,
    /// Whether the sheet is hidden.
    pub(super) hidden: bool,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// The pieces of a document.
pub(super) struct Pieces {
    /// Metadata, revisions, pages and cuts go straight in here.
    pub(super) builder: TextBuilder,
    /// Whether the document shows pictures.
    pub(super) pictures: bool,
    /// When set, what is read is not the body but a header, footer, note or comment.
    pub(super) fixed: Option<Role>,
    headers: Vec<Piece>,
    body: Vec<Piece>,
    footers: Vec<Piece>,
    notes: Vec<Piece>,
    apart: Vec<Piece>,
    tables: Vec<Table>,
    numbers: u32,
    bold: Vec<usize>,
    /// Sizes of letters of the first lines, by their index in the body.
    sizes: Vec<(usize, u32)>,
    /// Headers and footers so far, that each be kept once.
    seen: BTreeSet<(bool, String)>,
    cells: usize,
    bytes: usize,
    most: usize,
}

impl Pieces {
    pub(super) fn new(limits: &Limits) -> Self {
        Pieces {
            builder: Text::builder(),
            pictures: false,
            fixed: None,
            headers: Vec::new(),
            body: Vec::new(),
            footers: Vec::new(),
            notes: Vec::new(),
            apart: Vec::new(),
            tables: Vec::new(),
            numbers: 0,
            bold: Vec::new(),
            sizes: Vec::new(),
            seen: BTreeSet::new(),
            cells: 0,
            bytes: 0,
            most: limits.text_bytes,
        }
    }

    /// Whether the limit of text is reached; the reader then stops.
    pub(super) fn is_full(&self) -> bool {
        self.bytes > self.most
    }

    /// Whether the paragraph now read stands in a table.
    pub(super) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// A paragraph: it goes into the cell that is open, else to where its role belongs.
    pub(super) fn paragraph(&mut self, role: Role, place: Place, words: String) {
        let words = without_page_numbers(words);
        if words.trim().is_empty() {
            return;
        }
        self.bytes += words.len();
        let piece = Piece { role: self.fixed.unwrap_or(role), place, words };
        match self.tables.last_mut().and_then(|table| table.cells.last_mut()) {
            Some(cell) => cell.parts.push((piece, false)),
            None => self.place(piece),
        }
    }

    /// Says how the paragraph read last looks: bold throughout, and the size of its letters in half points. Where no style
    /// makes titles and headings, looks do.
    pub(super) fn mark_line(&mut self, bold: bool, size: u32) {
        let Some(at) = self.body.len().checked_sub(1).filter(|_| self.tables.is_empty()) else { return };
        if bold {
            self.bold.push(at);
        }
        if at < COVER {
            self.sizes.retain(|(other, _)| *other != at);
            self.sizes.push((at, size));
        }
    }

    /// Makes titles, when no style does: of the line that says what the title property says, else of the largest lines of
    /// the cover, which are of 16 points or more.
    fn find_title(&mut self) {
        if self.body.iter().any(|piece| piece.role == Role::Title) {
            return;
        }
        let plain = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let said = self.builder.metadata().title.as_deref().map(plain).filter(|title| title.len() > 5);
        let cover = self.body.iter_mut().take(COVER).filter(|piece| piece.role == Role::Paragraph);
        if let Some(title) = cover.into_iter().find(|piece| said.as_ref() == Some(&plain(&piece.words))) {
            title.role = Role::Title;
            return;
        }
        let largest = self.sizes.iter().map(|(_, size)| *size).max().filter(|size| *size >= 32).unwrap_or(u32::MAX);
        // A document in large print throughout has no line that stands out.
        let few = self.sizes.iter().filter(|(_, size)| *size == largest).count() <= 3;
        for (at, size) in std::mem::take(&mut self.sizes) {
            let line = self.body.get_mut(at).filter(|piece| size == largest && few && piece.role == Role::Paragraph);
            if let Some(line) = line.filter(|piece| piece.words.chars().count() <= 150) {
                line.role = Role::Title;
            }
        }
    }

    /// Makes headings of bold lines, when the document has no others and is not bold all over.
    fn bold_lines_head(&mut self) {
        let lines: Vec<usize> = std::mem::take(&mut self.bold);
        let styled = self.body.iter().any(|piece| matches!(piece.role, Role::Heading(_)));
        if styled || lines.len() * 2 > self.body.len() {
            return;
        }
        for at in lines {
            let first = at == 0;
            let Some(piece) = self.body.get_mut(at).filter(|piece| piece.role == Role::Paragraph) else { continue };
            let line = piece.words.trim();
            let short = line.chars().count() <= 90 && !line.contains('\n') && !line.ends_with(['.', ',', ';']);
            // `Location: Leeds` is a label with its value; the first line may yet be a title such as `Workshop: falls`.
            let label = line.trim_end_matches(':').contains(':') && !first;
            if short && !label && line.chars().any(char::is_alphabetic) {
                piece.role = Role::Heading(2);
            }
        }
    }

    /// Words that are kept and never count as evidence.
    pub(super) fn apart(&mut self, role: Role, place: Place, words: &str) {
        if !words.trim().is_empty() && !self.is_full() {
            self.bytes += words.len();
            self.apart.push(Piece { role, place, words: words.to_string() });
        }
    }

    /// Begins what stands aside from the paragraph or table that is open, such as a note within a cell. A role that is set
    /// stays: a note in deleted words is deleted.
    pub(super) fn begin_aside(&mut self, role: Role) -> Aside {
        let keep = self.fixed.is_some_and(|fixed| !fixed.is_evidence());
        let aside = Aside { fixed: self.fixed, tables: std::mem::take(&mut self.tables) };
        self.fixed = if keep { self.fixed } else { Some(role) };
        aside
    }

    /// Goes back to where [`begin_aside`](Self::begin_aside) left.
    pub(super) fn end_aside(&mut self, aside: Aside) {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.fixed = aside.fixed;
        self.tables = aside.tables;
    }

    /// A cell of a workbook; `false`, and a cut that says so, when the limit of cells or text is reached.
    pub(super) fn cell(&mut self, cell: &SheetCell<'_>, words: &str, limits: &Limits) -> bool {
        if words.trim().is_empty() || cell.row >= ROWS || cell.column >= COLUMNS {
            return true;
        }
        if self.cells >= limits.cells || self.bytes >= limits.text_bytes {
            self.builder.cut(format!("cells after the first {}{}", self.cells, raised_by("cells")));
            return false;
        }
        self.cells += 1;
        self.bytes += words.len();
        let place = Place::at_cell(cell.sheet, cell.row, cell.column);
        if cell.hidden {
            self.apart.push(Piece { role: Role::Hidden, place, words: words.to_string() });
        } else {
            let role = Role::Cell { table: cell.table, row: cell.row, column: cell.column };
            self.builder.push(role, place, words);
        }
        true
    }

    fn place(&mut self, piece: Piece) {
        let list = match piece.role {
            Role::Header => &mut self.headers,
            Role::Footer => &mut self.footers,
            Role::Note => &mut self.notes,
            role if !role.is_evidence() => &mut self.apart,
            _ => &mut self.body,
        };
        let once = matches!(piece.role, Role::Header | Role::Footer);
        if once && is_page_number(&piece.words) {
            return;
        }
        if !once || self.seen.insert((piece.role == Role::Header, piece.words.trim().to_string())) {
            list.push(piece);
        }
    }

    pub(super) fn open_table(&mut self) {
        self.tables.push(Table { number: self.numbers, rows: 0, column: 0, cells: Vec::new() });
        self.numbers += 1;
    }

    /// Begins a row.
    pub(super) fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.rows += 1;
            table.column = 0;
        }
    }

    /// Passes over columns: cells that a merged cell covers, or that a row leaves out.
    pub(super) fn skip_columns(&mut self, columns: u32) {
        if let Some(table) = self.tables.last_mut() {
            table.column = table.column.saturating_add(columns.min(16_384));
        }
    }

    /// Begins a cell.
    pub(super) fn open_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            let (row, column) = (table.rows.saturating_sub(1), table.column);
            if table.cells.len() > EMPTY_CELLS && table.cells.last().is_some_and(|cell| cell.parts.is_empty()) {
                table.cells.pop();
            }
            table.cells.push(Cell { row, column, parts: Vec::new() });
            table.column = table.column.saturating_add(1);
        }
    }

    /// Ends a table and gives out its cells.
    pub(super) fn close_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let pieces = match self.fixed {
            Some(_) => table.into_lines(),
            None => table.into_cells(),
        };
        match self.tables.last_mut().and_then(|outer| outer.cells.last_mut()) {
            Some(cell) => cell.parts.extend(pieces.into_iter().map(|piece| (piece, true))),
            None => pieces.into_iter().for_each(|piece| self.place(piece)),
        }
    }

    /// The text.
    ///
    /// # Errors
    ///
    /// [`Unread::NoText`] when the document shows pictures and holds no word.
    pub(super) fn finish(mut self) -> Result<Text, Unread> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.find_title();
        self.bold_lines_head();
        let mut builder = self.builder;
        let all = self.headers.into_iter().chain(self.body).chain(self.footers).chain(self.notes).chain(self.apart);
        let mut words = false;
        for piece in all {
            words |= piece.role.is_evidence() && piece.words.chars().any(char::is_alphanumeric);
            builder.push(piece.role, piece.place, &piece.words);
        }
        if self.bytes > self.most {
            builder.cut(format!("text after the first {} bytes{}", self.most, raised_by("text-bytes")));
        }
        if self.pictures && !words {
            return Err(Unread::NoText(None));
        }
        Ok(builder.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(pieces: Pieces) -> Vec<(Role, String)> {
        let text = pieces.finish().unwrap();
        text.blocks().iter().map(|block| (block.role, text.block_text(block).to_string())).collect()
    }

    fn say(pieces: &mut Pieces, words: &str) {
        pieces.paragraph(Role::Paragraph, Place::default(), words.to_string());
    }

    #[test]
    fn cells_keep_row_and_column_round_a_nested_table() {
        let mut pieces = Pieces::new(&Limits::default());
        pieces.open_table();
        pieces.open_row();
        pieces.open_cell();
        say(&mut pieces, "Owner");
        pieces.open_table();
        pieces.open_row();
        pieces.open_cell();
        say(&mut pieces, "inner");
        pieces.open_cell();
        say(&mut pieces, "more");
        pieces.close_table();
        say(&mut pieces, "after");
        pieces.open_cell();
        say(&mut pieces, "Jane");
        say(&mut pieces, "Doe");
        pieces.close_table();
        let cell = |table, row, column| Role::Cell { table, row, column };
        let want = [
            (cell(0, 0, 0), "Owner"),
            (cell(1, 0, 0), "inner"),
            (cell(1, 0, 1), "more"),
            (Role::Paragraph, "after"),
            (cell(0, 0, 1), "Jane\nDoe"),
        ];
        assert_eq!(roles(pieces), want.map(|(role, words)| (role, words.to_string())));
    }

    #[test]
    fn a_frame_gives_its_paragraphs_and_headers_come_once() {
        let mut pieces = Pieces::new(&Limits::default());
        pieces.open_table();
        pieces.open_row();
        pieces.open_cell();
        pieces.paragraph(Role::Title, Place::default(), "Policy".to_string());
        say(&mut pieces, "of the trust");
        pieces.close_table();
        pieces.fixed = Some(Role::Header);
        for _ in 0..2 {
            pieces.open_table();
            pieces.open_row();
            pieces.open_cell();
            say(&mut pieces, "Version");
            pieces.open_cell();
            say(&mut pieces, "2.1");
            pieces.close_table();
        }
        let want = [(Role::Header, "Version: 2.1"), (Role::Title, "Policy"), (Role::Paragraph, "of the trust")];
        assert_eq!(roles(pieces), want.map(|(role, words)| (role, words.to_string())));
    }

    #[test]
    fn pictures_without_words_are_no_text() {
        let mut pieces = Pieces::new(&Limits::default());
        pieces.pictures = true;
        assert_eq!(pieces.finish(), Err(Unread::NoText(None)));
    }
}
