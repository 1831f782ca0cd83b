//! Tables while they are read, and what becomes of their cells.

use std::collections::{BTreeMap, BTreeSet};

use super::Piece;
use crate::text::Role;

/// A cell with its paragraphs; those of a table within the cell are `done`.
pub(super) struct Cell {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) parts: Vec<(Piece, bool)>,
}

/// A table being read.
pub(super) struct Table {
    pub(super) number: u32,
    pub(super) rows: u32,
    pub(super) column: u32,
    pub(super) cells: Vec<Cell>,
}

impl Cell {
    /// All paragraphs as one.
    fn into_piece(self) -> Option<Piece> {
        let mut parts = self.parts.into_iter().map(|(piece, _)| piece);
        let first = parts.next()?;
        Some(parts.fold(first, |mut all, next| {
            all.words.push('\n');
            all.words.push_str(&next.words);
            all
        }))
    }
}

impl Table {
    /// The cells of a table in the body. A table that only frames a page (one cell, or one column with headings in it)
    /// gives its paragraphs; so does a row of one cell that holds nothing but a heading.
    pub(super) fn into_cells(mut self) -> Vec<Piece> {
        self.close_gaps();
        let heading = |piece: &Piece| piece.role.heading_level().is_some();
        let one_column = self.cells.iter().all(|cell| cell.column == 0);
        let frame = one_column
            && (self.rows == 1 || self.cells.iter().any(|cell| cell.parts.iter().any(|(piece, _)| heading(piece))));
        let mut pieces = Vec::new();
        let mut in_row: BTreeMap<u32, usize> = BTreeMap::new();
        for cell in self.cells.iter().filter(|cell| !cell.parts.is_empty()) {
            *in_row.entry(cell.row).or_default() += 1;
        }
        for cell in self.cells {
            let alone = in_row.get(&cell.row) == Some(&1);
            let apart = cell.parts.iter().all(|(piece, _)| heading(piece)) && alone && cell.parts.len() == 1;
            if frame || apart {
                pieces.extend(cell.parts.into_iter().map(|(piece, _)| piece));
                continue;
            }
            let role = Role::Cell { table: self.number, row: cell.row, column: cell.column };
            let mut given = false;
            let mut open: Option<Piece> = None;
            for (piece, done) in cell.parts {
                if done {
                    pieces.extend(open.take());
                    pieces.push(piece);
                } else if let Some(so_far) = &mut open {
                    so_far.words.push('\n');
                    so_far.words.push_str(&piece.words);
                } else {
                    let role = if given { Role::Paragraph } else { role };
                    given = true;
                    open = Some(Piece { role, ..piece });
                }
            }
            pieces.extend(open);
        }
        pieces
    }

    /// Counts columns by where cells begin, so that merged cells leave no columns in which nothing stands.
    fn close_gaps(&mut self) {
        let begins: BTreeSet<u32> = self.cells.iter().map(|cell| cell.column).collect();
        let begins: Vec<u32> = begins.into_iter().collect();
        for cell in &mut self.cells {
            cell.column = begins.binary_search(&cell.column).unwrap_or(0) as u32;
        }
    }

    /// The rows of a table in a header, footer, note or comment, each a line or several: two cells that are a label and its
    /// value become `label: value`.
    pub(super) fn into_lines(self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let more_rows = self.rows > 1;
        let mut all = self.cells.into_iter().peekable();
        while let Some(first) = all.next() {
            let row = first.row;
            let mut cells: Vec<Piece> = first.into_piece().into_iter().collect();
            while let Some(next) = all.next_if(|cell| cell.row == row) {
                cells.extend(next.into_piece());
            }
            let label = |words: &str| {
                let words = words.trim();
                words.chars().count() <= 40
                    && !words.contains(['\n', ':'])
                    && !words.contains(|c: char| c.is_ascii_digit())
            };
            // A lone row of two is as often two words side by side as a label with its value.
            let value = |words: &str| more_rows || words.contains(|c: char| c.is_ascii_digit());
            let pairs = |pair: &[Piece]| label(&pair[0].words) && value(&pair[1].words);
            if cells.len().is_multiple_of(2) && cells.chunks(2).all(pairs) {
                for pair in cells.chunks(2) {
                    let words = format!("{}: {}", pair[0].words.trim(), pair[1].words);
                    pieces.push(Piece { words, ..pair[0].clone() });
                }
            } else {
                pieces.extend(cells);
            }
        }
        pieces
    }
}
