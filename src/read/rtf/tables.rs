//! Tables of rich text: what a row looks like may be said before or after its cells, so rows are kept until a table ends.

use crate::read::pieces::Pieces;
use crate::text::{Place, Role};

/// Borders of cells that lie nearer to each other than this, in twentieths of a point, are one border.
const ONE_BORDER: i32 = 40;
/// Borders of a row that are kept.
const BORDERS: usize = 256;

#[derive(Debug)]
enum Item {
    Words(Role, Place, String),
    Table(Vec<Row>),
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<Item>>,
    /// Where its cells end, from left to right.
    ends: Vec<i32>,
}

#[derive(Debug, Default)]
struct Table {
    rows: Vec<Row>,
    row: Vec<Vec<Item>>,
    cell: Vec<Item>,
}

/// The tables that are open, innermost last.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Table>,
    ends: Vec<i32>,
    /// The ends of the outer row, while those of a table within are told.
    outer: Option<Vec<i32>>,
}

impl Tables {
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Begins to say what rows look like.
    pub(super) fn define(&mut self) {
        self.ends.clear();
    }

    /// Begins to say what rows of a table within look like, and only those.
    pub(super) fn define_nested(&mut self) {
        self.outer = Some(std::mem::take(&mut self.ends));
    }

    /// Where a cell ends.
    pub(super) fn border(&mut self, at: i32) {
        if self.ends.len() < BORDERS {
            self.ends.push(at);
        }
    }

    pub(super) fn paragraph(&mut self, role: Role, place: Place, words: String) {
        if let Some(table) = self.open.last_mut() {
            table.cell.push(Item::Words(role, place, words));
        }
    }

    pub(super) fn end_cell(&mut self) {
        if let Some(table) = self.open.last_mut() {
            let cell = std::mem::take(&mut table.cell);
            table.row.push(cell);
        }
    }

    pub(super) fn end_row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.end_row(self.ends.clone());
        }
        if let Some(outer) = self.outer.take() {
            self.ends = outer;
        }
    }

    /// Opens or closes tables until that many are open; the outermost is given out when it closes.
    pub(super) fn reach(&mut self, depth: usize, out: &mut Pieces) {
        while self.open.len() < depth {
            self.open.push(Table::default());
        }
        while self.open.len() > depth {
            let Some(mut table) = self.open.pop() else { return };
            table.end_row(Vec::new());
            match self.open.last_mut() {
                Some(outer) => outer.cell.push(Item::Table(table.rows)),
                None => give(table.rows, out),
            }
        }
    }
}

impl Table {
    fn end_row(&mut self, ends: Vec<i32>) {
        let left = std::mem::take(&mut self.cell);
        if !left.is_empty() {
            self.row.push(left);
        }
        let cells = std::mem::take(&mut self.row);
        if !cells.is_empty() {
            self.rows.push(Row { cells, ends });
        }
    }
}

/// Gives out a table. It calls itself for tables within, which nest no deeper than the state of paragraphs lets them.
fn give(rows: Vec<Row>, out: &mut Pieces) {
    let mut borders: Vec<i32> = rows.iter().flat_map(|row| row.ends.iter().copied()).collect();
    borders.sort_unstable();
    borders.dedup_by(|next, kept| next.saturating_sub(*kept) < ONE_BORDER);
    out.open_table();
    for row in rows {
        out.open_row();
        let mut column = 0;
        // A row that says nothing of its borders, or too little, has a column a cell.
        let told = row.ends.len() >= row.cells.len();
        for (at, cell) in row.cells.into_iter().enumerate() {
            out.open_cell();
            column += 1;
            for item in cell {
                match item {
                    Item::Words(role, place, words) => out.paragraph(role, place, words),
                    Item::Table(rows) => give(rows, out),
                }
            }
            let end = row.ends.get(at).filter(|_| told);
            let after = end.map_or(column, |end| borders.partition_point(|border| border <= end) as u32);
            out.skip_columns(after.saturating_sub(column));
            column = column.max(after);
        }
    }
    out.close_table();
}
