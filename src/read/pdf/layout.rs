//! Pages of runs to blocks: headers and footers, tables, headings, paragraphs and lists.

use std::collections::BTreeMap;

use hayro_interpret::kurbo::Rect;

use super::aligned;
use super::edges::{self, Sheet};
use super::glyphs::{Edge, Rule};
use super::grid::{Grid, grids};
use super::headings::Sizes;
use super::lines::{Column, Line, Vocabulary, join, join_texts, leading, lines, paragraphs, right_margin};
use super::shelves;
use super::words::{Run, Word};
use crate::text::{Place, Role, TextBuilder};

/// A page as drawn.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its number, from one.
    pub(super) number: u32,
    /// Its width in points.
    pub(super) width: f64,
    /// Its height in points; 0 when it is turned, and so has no top that is known.
    pub(super) height: f64,
    /// Runs in the page's main direction, in the order of drawing.
    pub(super) runs: Vec<Run>,
    /// Runs in other directions: watermarks, labels of charts.
    pub(super) aside: Vec<Run>,
    /// Horizontal ruling lines.
    pub(super) across: Vec<Rule>,
    /// Vertical ruling lines.
    pub(super) down: Vec<Rule>,
    /// Filled rectangles.
    pub(super) boxes: Vec<Rect>,
}

/// Something on a page, before it is known what sizes headings have.
enum Piece {
    Text { text: String, size: f64, bold: bool, heading: Option<u8>, item: bool, bullet: bool, lines: usize },
    Table(Table),
    Edge(Edge, String),
}

/// The cells of a row, each with its column.
type Cells = Vec<(u32, String)>;

/// Rows of cells, each with the page on which it begins.
struct Table {
    rows: Vec<(u32, Cells)>,
    lefts: Vec<f64>,
    /// The page on which it ends.
    end: u32,
}

/// Words kept to tell hyphens apart.
const VOCABULARY: usize = 200_000;

/// Pushes the blocks of all pages.
pub(super) fn write(mut pages: Vec<Page>, builder: &mut TextBuilder) {
    let known = vocabulary(&pages);
    let mut all_grids: Vec<Vec<Grid>> = Vec::new();
    for page in &pages {
        let found = page_grids(page, all_grids.last().and_then(|before| before.last()));
        all_grids.push(found);
    }
    let mut sheets: Vec<Sheet<'_>> = pages
        .iter_mut()
        .zip(&all_grids)
        .map(|(page, grids)| Sheet { height: page.height, runs: &mut page.runs, grids })
        .collect();
    let edges = edges::take(&mut sheets);
    let mut pieces: Vec<(u32, Piece)> = Vec::new();
    let mut marks: Vec<String> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let of = |edge: Edge| edges.iter().filter(move |(sheet, which, _)| *sheet == at && *which == edge);
        pieces.extend(of(Edge::Top).map(|(_, edge, words)| (page.number, Piece::Edge(*edge, words.clone()))));
        for run in page.aside.iter().filter(|run| run.angle % 90 != 0) {
            // A watermark, which says DRAFT on every page.
            let words = run.text();
            if !marks.contains(&words) && marks.len() < 20 {
                pieces.push((page.number, Piece::Edge(Edge::Top, words.clone())));
                marks.push(words);
            }
        }
        for piece in page_pieces(page, &all_grids[at], &known) {
            match (piece, last_table(&mut pieces, page.number)) {
                (Piece::Table(table), Some(before)) if goes_on(before, &table) => before.take_rows(table, &known),
                (piece, _) => {
                    if !joins_last(&mut pieces, page.number, &piece, &known) {
                        pieces.push((page.number, piece));
                    }
                }
            }
        }
        let beside: Vec<Run> = page.aside.iter().filter(|run| run.angle % 90 == 0).cloned().collect();
        pieces.extend(texts(&lines(&beside), page.width, &known).into_iter().map(|piece| (page.number, piece)));
        pieces.extend(of(Edge::Bottom).map(|(_, edge, words)| (page.number, Piece::Edge(*edge, words.clone()))));
    }
    push(&pieces, builder);
}

/// The last piece, when it is a table of the page before: its rows may go on on this page.
fn last_table(pieces: &mut [(u32, Piece)], page: u32) -> Option<&mut Table> {
    let last = pieces.iter_mut().rev().find(|(_, piece)| !matches!(piece, Piece::Edge(..)))?;
    match last {
        (_, Piece::Table(table)) if table.end + 1 == page => Some(table),
        _ => None,
    }
}

/// Joins a paragraph that goes on from the page before to what stands there; says whether it did.
fn joins_last(pieces: &mut [(u32, Piece)], page: u32, piece: &Piece, known: &Vocabulary) -> bool {
    let last = pieces.iter_mut().rev().find(|(_, piece)| !matches!(piece, Piece::Edge(..)));
    let (
        Some((before, Piece::Text { text, size, bold, heading, .. })),
        Piece::Text { text: next, size: next_size, bold: next_bold, item, .. },
    ) = (last, piece)
    else {
        return false;
    };
    let alike = (*size - *next_size).abs() < 0.6 && bold == next_bold && heading.is_none() && !item;
    let open = !text.ends_with(['.', ':', ';', '!', '?']) && text.chars().count() > 40;
    let goes_on = *before + 1 == page && alike && open && next.starts_with(char::is_lowercase);
    if goes_on {
        *text = join_texts(text, next, known);
    }
    goes_on
}

fn goes_on(before: &Table, table: &Table) -> bool {
    before.lefts.len() == table.lefts.len() && before.lefts.iter().zip(&table.lefts).all(|(a, b)| (a - b).abs() < 4.0)
}

/// Whether a row at the top of a page is the rest of one that the page's end cut in two: a cell goes on in mid-sentence.
fn is_rest_of(last: &[(u32, String)], first: &[(u32, String)]) -> bool {
    // A row with words in one of many cells is hardly one of its own.
    let lone = first.len() == 1 && last.len() >= 3;
    first.iter().any(|(column, words)| {
        let held = last.iter().find(|(other, _)| other == column);
        (lone || words.starts_with(char::is_lowercase))
            && held.is_some_and(|(_, held)| !held.ends_with(['.', ':', ';', '!', '?']) && held.contains(' '))
    })
}

impl Table {
    /// Adds the rows of the table's next page, without the header row that it repeats.
    fn take_rows(&mut self, next: Table, known: &Vocabulary) {
        let header = |table: &Table| table.rows.first().map(|(_, cells)| cells.clone());
        let again = header(self).is_some() && header(self) == header(&next);
        self.end = next.end;
        let mut rows = next.rows.into_iter().skip(usize::from(again));
        let Some((page, first)) = rows.next() else { return };
        match self.rows.last_mut() {
            Some((_, last)) if is_rest_of(last, &first) => {
                for (column, words) in first {
                    match last.iter_mut().find(|(other, _)| *other == column) {
                        Some((_, held)) if words.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) => {
                            *held = join_texts(held, &words, known);
                        }
                        Some((_, held)) => {
                            held.push('\n');
                            held.push_str(&words);
                        }
                        None => last.push((column, words)),
                    }
                }
            }
            _ => self.rows.push((page, first)),
        }
        self.rows.extend(rows);
    }
}

/// Grids that hold a table: some row has words in two cells, or the table goes on from the page before.
fn page_grids(page: &Page, before: Option<&Grid>) -> Vec<Grid> {
    let words = || page.runs.iter().flat_map(|run| &run.words);
    let mut kept: Vec<Grid> = Vec::new();
    let mut all = grids(&page.across, &page.down);
    let shelves = shelves::grids(&page.across, &words().collect::<Vec<_>>(), &all);
    all.extend(shelves);
    all.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]));
    for grid in all {
        let goes_on = kept.is_empty() && grid.columns() > 1 && before.is_some_and(|before| grid.has_columns_of(before));
        let grid =
            grid.with_header(&page.across, &page.boxes).filter(|taller| has_header(taller, words())).unwrap_or(grid);
        let mut filled: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for word in words() {
            if let Some(cell) = grid.cell_at(word.middle()) {
                let cells = filled.entry(grid.place(cell).0).or_default();
                if !cells.contains(&cell) {
                    cells.push(cell);
                }
            }
        }
        if filled.values().any(|cells| cells.len() >= 2) || goes_on && !filled.is_empty() {
            kept.push(grid);
        }
    }
    kept
}

/// Whether the first row has words in two cells, and none that lies across a border.
fn has_header<'w>(grid: &Grid, words: impl Iterator<Item = &'w Word>) -> bool {
    let mut cells = Vec::new();
    for word in words {
        let Some(cell) = grid.cell_at(word.middle()).filter(|cell| grid.place(*cell).0 == 0) else { continue };
        if grid.xs.iter().any(|border| word.x0 + 1.0 < *border && word.x1 - 1.0 > *border) {
            return false;
        }
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    cells.len() >= 2
}

/// Words in lower case, with and without their hyphens.
fn vocabulary(pages: &[Page]) -> Vocabulary {
    let mut known = Vocabulary::new();
    for word in pages.iter().flat_map(|page| &page.runs).flat_map(|run| &run.words) {
        let bare = word.letters.trim_matches(|c: char| !c.is_alphabetic());
        // What stands before a hyphen at the end of a line is no word yet.
        if bare.len() >= 2 && !word.letters.ends_with('-') && known.len() < VOCABULARY {
            known.insert(bare.to_lowercase());
        }
    }
    known
}

/// The tables and paragraphs of a page, in the order of drawing.
fn page_pieces(page: &Page, grids: &[Grid], known: &Vocabulary) -> Vec<Piece> {
    let mut in_grid: Vec<BTreeMap<usize, Vec<Run>>> = vec![BTreeMap::new(); grids.len()];
    let mut pieces: Vec<Piece> = Vec::new();
    let mut loose: Vec<Run> = Vec::new();
    let mut places: Vec<Option<usize>> = vec![None; grids.len()];
    for run in &page.runs {
        for (place, run) in split(run, grids) {
            let Some((grid, cell)) = place else {
                loose.push(run);
                continue;
            };
            if places[grid].is_none() {
                pieces.extend(loose_pieces(std::mem::take(&mut loose), page, known));
                places[grid] = Some(pieces.len());
                pieces.push(Piece::Table(Table { rows: Vec::new(), lefts: grids[grid].xs.clone(), end: page.number }));
            }
            in_grid[grid].entry(cell).or_default().push(run);
        }
    }
    pieces.extend(loose_pieces(loose, page, known));
    for ((grid, cells), place) in grids.iter().zip(in_grid).zip(places) {
        if let Some(Piece::Table(table)) = place.and_then(|place| pieces.get_mut(place)) {
            let rows = grid_rows(grid, cells, known);
            table.rows = rows.into_iter().map(|cells| (page.number, cells)).collect();
        }
    }
    pieces
}

/// Parts of a run by the cell in which its words stand.
fn split(run: &Run, grids: &[Grid]) -> Vec<(Option<(usize, usize)>, Run)> {
    let mut parts: Vec<(Option<(usize, usize)>, Run)> = Vec::new();
    for word in &run.words {
        let found = grids.iter().enumerate().find_map(|(at, grid)| Some((at, grid.cell_at(word.middle())?)));
        match parts.last_mut() {
            Some((place, part)) if *place == found => part.words.push(word.clone()),
            _ => parts.push((found, Run { words: vec![word.clone()], angle: run.angle })),
        }
    }
    parts
}

fn grid_rows(grid: &Grid, cells: BTreeMap<usize, Vec<Run>>, known: &Vocabulary) -> Vec<Cells> {
    let mut rows: BTreeMap<usize, Cells> = BTreeMap::new();
    let mut filled: BTreeMap<usize, usize> = BTreeMap::new();
    for cell in cells.keys() {
        *filled.entry(grid.place(*cell).0).or_default() += 1;
    }
    for (cell, runs) in cells {
        let (row, column) = grid.place(cell);
        let row_cells = rows.entry(row).or_default();
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        let right = grid.right(cell) - 4.0;
        match parted(&runs).filter(|_| filled.get(&row) == Some(&1)) {
            Some((label, value)) => {
                row_cells.push((column, cell_text(&lines(&label), right, known)));
                row_cells.push((column + 1, cell_text(&lines(&value), right, known)));
            }
            None => row_cells.push((column, cell_text(&lines(&runs), right, known))),
        }
    }
    rows.into_values().collect()
}

/// A label and its value, which stand in one cell with a wide gap between them and no line.
fn parted(runs: &[Run]) -> Option<(Vec<Run>, Vec<Run>)> {
    let mut by_left: Vec<&Run> = runs.iter().collect();
    by_left.sort_by(|a, b| a.x0().total_cmp(&b.x0()));
    let mut reach = f64::MIN;
    let mut middle = None;
    for run in by_left {
        if reach > f64::MIN && run.x0() > reach + 1.2 * run.size() {
            middle = Some(run.x0() - 0.5 * run.size());
            break;
        }
        reach = reach.max(run.x1());
    }
    let middle = middle?;
    let (label, value): (Vec<Run>, Vec<Run>) = runs.iter().cloned().partition(|run| run.x0() < middle);
    // The marks of a list are no label.
    let marks = label.iter().all(|run| aligned::is_marker(&run.text()));
    (!marks).then_some((label, value))
}

/// The paragraphs of a cell, a line each.
fn cell_text(lines: &[Line], right: f64, known: &Vocabulary) -> String {
    let left = lines.iter().map(|line| line.x0).fold(f64::MAX, f64::min);
    let leading = leading(lines);
    let right = right_margin(&lines.iter().collect::<Vec<_>>(), right).min(right.max(left));
    let column = |_: usize| Column { left, right, leading };
    let words = |lines: &Vec<&Line>| {
        let text = join(lines, known);
        let bullet = lines.first().is_some_and(|line| line.has_bullet());
        if bullet { text.split_once(' ').map_or(text.clone(), |(_, rest)| rest.to_string()) } else { text }
    };
    paragraphs(lines, column).iter().map(words).collect::<Vec<_>>().join("\n")
}

/// Tables and paragraphs of runs that stand in no grid.
fn loose_pieces(runs: Vec<Run>, page: &Page, known: &Vocabulary) -> Vec<Piece> {
    let runs = if is_disordered(&runs) { by_place(runs) } else { runs };
    let runs = aligned::split_at_columns(runs);
    let width = page.width;
    let mut pieces = Vec::new();
    let mut from = 0;
    for table in aligned::tables(&runs) {
        pieces.extend(texts(&lines(&runs[from..table.first]), width, known));
        from = table.end;
        let mut rows = Vec::new();
        for cells in &table.rows {
            let text = |(column, held): &(usize, Vec<usize>)| {
                let of: Vec<Run> = held.iter().map(|at| runs[*at].clone()).collect();
                let right = table.columns.get(*column).map_or(0.0, |(_, right)| *right);
                (u32::try_from(*column).unwrap_or(u32::MAX), cell_text(&lines(&of), right, known))
            };
            rows.push((page.number, cells.iter().map(text).collect()));
        }
        pieces.push(Piece::Table(Table {
            rows,
            lefts: table.columns.iter().map(|(left, _)| *left).collect(),
            end: page.number,
        }));
    }
    pieces.extend(texts(&lines(&runs[from..]), width, known));
    pieces
}

/// Whether the order of drawing cannot be the order of reading: time and again it goes up within the same column.
fn is_disordered(runs: &[Run]) -> bool {
    let up = |pair: &&[Run]| {
        let em = pair[0].size().max(pair[1].size());
        pair[1].y() < pair[0].y() - em && pair[1].x0() < pair[0].x1()
    };
    let count = runs.windows(2).filter(up).count();
    count >= 4 && count * 6 > runs.len()
}

/// Runs from top to bottom, those on one height from left to right.
fn by_place(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_by(|a, b| a.y().total_cmp(&b.y()));
    let mut level = 0;
    for at in 1..=runs.len() {
        let same = at < runs.len() && runs[at].y() - runs[at - 1].y() <= 0.3 * runs[at].size();
        if !same {
            runs[level..at].sort_by(|a, b| a.x0().total_cmp(&b.x0()));
            level = at;
        }
    }
    runs
}

/// Lines to paragraphs.
fn texts(lines: &[Line], width: f64, known: &Vocabulary) -> Vec<Piece> {
    let leading = leading(lines);
    let column = |at: usize| {
        // The margins are those of the lines near it that begin near where it does.
        let line = &lines[at];
        let around = &lines[at.saturating_sub(40)..(at + 40).min(lines.len())];
        let near: Vec<&Line> = around.iter().filter(|other| (other.x0 - line.x0).abs() <= 6.0 * line.size).collect();
        let left = near.iter().map(|other| other.x0).fold(f64::MAX, f64::min);
        // Centred lines have the margins of all lines, not those of lines that begin where they do.
        let margin = around.iter().map(|other| other.x0).fold(f64::MAX, f64::min);
        let middle = (line.x0 + line.x1) / 2.0;
        if (middle - width / 2.0).abs() < line.size && line.x0 > margin + 2.0 * line.size {
            return Column { left: margin, right: width - margin, leading };
        }
        // A column to the right ends this one; else both margins of the page are taken to be the same.
        let beside = |other: &&Line| other.x0 > line.x1 && (other.y - line.y).abs() < 3.0 * line.size;
        let beside = around.iter().filter(beside).map(|other| other.x0 - line.size).fold(f64::MAX, f64::min);
        let right = right_margin(&near, (width - left).min(beside));
        Column { left, right, leading }
    };
    let piece = |lines: &Vec<&Line>| {
        let first = lines.first()?;
        let size = lines.iter().map(|line| line.size).fold(0.0, f64::max);
        let entry = lines.iter().any(|line| line.is_entry());
        let bold = !entry && lines.iter().all(|line| line.bold);
        let size = if entry { 0.0 } else { size };
        Some(Piece::Text {
            text: join(lines, known),
            size,
            bold,
            heading: first.mark.heading,
            item: first.is_item(),
            bullet: first.has_bullet(),
            lines: lines.len(),
        })
    };
    paragraphs(lines, column).iter().filter_map(piece).collect()
}

/// The piece with the largest letters on the first page that has words: the title, however many sizes come later.
fn title(pieces: &[(u32, Piece)], sizes: &Sizes) -> Option<usize> {
    let of = |piece: &Piece| match piece {
        Piece::Text { text, size, heading: None, bullet: false, .. } if sizes.is_larger(text, *size) => Some(*size),
        _ => None,
    };
    let page = pieces.iter().find(|(_, piece)| matches!(piece, Piece::Text { .. }))?.0;
    let first = pieces.iter().enumerate().filter(|(_, (number, _))| *number == page);
    let sized = first.filter_map(|(at, (_, piece))| Some((at, of(piece)?)));
    // The first of several that are as large.
    sized
        .fold(None, |best: Option<(usize, f64)>, (at, size)| match best {
            Some((_, largest)) if size <= largest + 0.25 => best,
            _ => Some((at, size)),
        })
        .map(|(at, _)| at)
}

fn push(pieces: &[(u32, Piece)], builder: &mut TextBuilder) {
    let texts = pieces.iter().filter_map(|(_, piece)| match piece {
        Piece::Text { text, size, bold, .. } => Some((text.as_str(), *size, *bold)),
        _ => None,
    });
    let sizes = Sizes::of(&texts.collect::<Vec<_>>());
    let title = title(pieces, &sizes);
    let mut tables = 0;
    for (at, (page, piece)) in pieces.iter().enumerate() {
        let place = Place::at_page(*page);
        match piece {
            Piece::Edge(Edge::Top, words) => builder.push(Role::Header, place, words),
            Piece::Edge(Edge::Bottom, words) => builder.push(Role::Footer, place, words),
            Piece::Table(table) => {
                for (row, (page, cells)) in (0..).zip(&table.rows) {
                    for (column, words) in cells {
                        let role = Role::Cell { table: tables, row, column: *column };
                        builder.push(role, Place::at_page(*page), words);
                    }
                }
                tables += 1;
            }
            Piece::Text { text, size, bold, heading, item, bullet, lines } => {
                let tagged = heading.filter(|_| text.chars().count() <= 250);
                let level = tagged
                    .or_else(|| (Some(at) == title).then_some(1))
                    .or_else(|| sizes.level(text, *size, *bold, *lines).filter(|_| !bullet));
                let role = match level {
                    Some(level) => Role::Heading(level),
                    None if *item => Role::ListItem,
                    None => Role::Paragraph,
                };
                let words = if *bullet { text.split_once(' ').map_or(text.as_str(), |(_, rest)| rest) } else { text };
                builder.push(role, place, words);
            }
        }
    }
}
