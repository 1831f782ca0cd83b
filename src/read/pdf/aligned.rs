//! Tables without ruling lines: runs that stand side by side, row after row, in the same columns.

use std::collections::BTreeMap;

use super::words::{Run, Word};

/// Most lines of a cell on average; more than that are columns of prose.
const TALL: f64 = 6.0;

/// A table found among the runs: for each row its cells, each with its column and the indexes of its runs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Aligned {
    /// First run of the table.
    pub(super) first: usize,
    /// One past its last run.
    pub(super) end: usize,
    /// The rows.
    pub(super) rows: Vec<Vec<(usize, Vec<usize>)>>,
    /// Left and right end of each column.
    pub(super) columns: Vec<(f64, f64)>,
}

#[derive(Debug, Clone)]
struct Cell {
    runs: Vec<usize>,
    x0: f64,
    x1: f64,
}

#[derive(Debug, Clone)]
struct Row {
    cells: Vec<Cell>,
    top: f64,
    bottom: f64,
}

/// The tables among runs in the order of drawing.
pub(super) fn tables(runs: &[Run]) -> Vec<Aligned> {
    let rows = rows(runs);
    let mut tables = Vec::new();
    let mut from = 0;
    while from < rows.len() {
        let mut to = from;
        while to < rows.len() && rows[to].cells.len() >= 2 && (to == from || follows(&rows[to - 1], &rows[to], runs)) {
            to += 1;
        }
        if let Some(table) = table(&rows[from..to], runs) {
            tables.push(table);
        }
        from = to.max(from + 1);
    }
    tables
}

/// Runs parted where a column begins that other rows show: a narrow table leaves hardly a gap beside a full cell.
pub(super) fn split_at_columns(runs: Vec<Run>) -> Vec<Run> {
    let mut starts: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in runs.windows(2) {
        if (pair[0].y() - pair[1].y()).abs() < 0.4 * pair[1].size() && pair[1].x0() > pair[0].x1() {
            *starts.entry(pair[1].x0().round() as i64).or_default() += 1;
        }
    }
    starts.retain(|_, count| *count >= 2);
    if starts.is_empty() {
        return runs;
    }
    let mut parted = Vec::with_capacity(runs.len());
    for run in runs {
        let mut words: Vec<Word> = Vec::new();
        for word in run.words {
            let begins = |last: &Word| {
                let gap = word.x0 - last.x1;
                let at = word.x0.round() as i64;
                word.spaced
                    && (gap > 0.32 * word.size || last.bold != word.bold && gap > 0.2 * word.size)
                    && starts.range(at - 1..=at + 1).next().is_some()
            };
            if words.last().is_some_and(begins) {
                parted.push(Run { words: std::mem::take(&mut words), angle: run.angle });
            }
            words.push(word);
        }
        parted.push(Run { words, angle: run.angle });
    }
    parted
}

/// Whether a row stands under another one, not far from it.
fn follows(above: &Row, below: &Row, runs: &[Run]) -> bool {
    let em = below.cells.first().and_then(|cell| cell.runs.first()).map_or(10.0, |at| runs[*at].size());
    below.top > above.top && below.top - above.bottom < 4.0 * em
}

/// Runs to rows of cells: what stands to the right on the same height is the next cell, what stands right under the
/// last run goes on with its cell, all else begins a row.
fn rows(runs: &[Run]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let (x0, x1, y, em) = (run.x0(), run.x1(), run.y(), run.size());
        let cell = Cell { runs: vec![at], x0, x1 };
        let last_y = at.checked_sub(1).map_or(f64::MIN, |before| runs[before].y());
        // Within a table a tall cell is one, whichever of its lines the next cell stands beside.
        let in_table = rows.len() >= 2 && rows[rows.len() - 2].cells.len() >= 2;
        if let Some(row) = rows.last_mut() {
            let right = row.cells.last().map_or(f64::MAX, |cell| cell.x1);
            let level = (y - last_y).abs() <= 0.4 * em || (y < last_y && y >= row.top - 3.0 * em && y <= row.bottom);
            if x0 > right + 0.2 * em && level {
                // Beside the last of several lines: those above are a paragraph that ends here, not a tall cell.
                let beside_last = (y - last_y).abs() <= 0.4 * em;
                let tall = !in_table && row.cells.len() == 1 && row.cells[0].runs.len() > 1 && y > row.top + em;
                if beside_last && tall {
                    let held = row.cells[0].runs.pop();
                    row.bottom = row.cells[0].runs.last().map_or(row.top, |at| runs[*at].y());
                    if let Some(held) = held {
                        let (x0, x1) = (runs[held].x0(), runs[held].x1());
                        let first = Cell { runs: vec![held], x0, x1 };
                        rows.push(Row { cells: vec![first, cell], top: last_y.min(y), bottom: last_y.max(y) });
                    }
                    continue;
                }
                row.cells.push(cell);
                row.top = row.top.min(y);
                row.bottom = row.bottom.max(y);
                continue;
            }
            let several = row.cells.len() > 1;
            let under = y > last_y + 0.4 * em && y - last_y <= 1.6 * em;
            if let Some(cell) = row.cells.last_mut() {
                let same_left = (x0 - cell.x0).abs() <= 0.6 * em;
                let inside = several && x0 < cell.x1 && x1 > cell.x0 && x0 >= cell.x0 - 0.6 * em;
                if under && (same_left || inside) {
                    cell.runs.push(at);
                    cell.x0 = cell.x0.min(x0);
                    cell.x1 = cell.x1.max(x1);
                    row.bottom = row.bottom.max(y);
                    continue;
                }
            }
        }
        rows.push(Row { cells: vec![cell], top: y, bottom: y });
    }
    rows
}

/// The rows as a table, if their cells stand in columns.
fn table(rows: &[Row], runs: &[Run]) -> Option<Aligned> {
    if rows.len() < 2 {
        return None;
    }
    let most = rows.iter().map(|row| row.cells.len()).max()?;
    let full: Vec<&Row> = rows.iter().filter(|row| row.cells.len() == most).collect();
    let lines: usize = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.runs.len()).sum();
    let cells: usize = rows.iter().map(|row| row.cells.len()).sum();
    if full.len() < 2 || lines as f64 / cells as f64 > TALL {
        return None;
    }
    let mut columns = Vec::new();
    for column in 0..most {
        let of = || full.iter().filter_map(|row| row.cells.get(column));
        let x0 = of().map(|cell| cell.x0).fold(f64::MAX, f64::min);
        let x1 = of().map(|cell| cell.x1).fold(f64::MIN, f64::max);
        if columns.last().is_some_and(|(_, before): &(f64, f64)| *before > x0) {
            return None;
        }
        let same = |end: fn(&Cell) -> f64| {
            let mut ends: Vec<f64> = of().map(end).collect();
            ends.sort_by(f64::total_cmp);
            let middle = ends[ends.len() / 2];
            ends.iter().filter(|end| (**end - middle).abs() <= 3.0).count() * 10 >= ends.len() * 6
        };
        if !(same(|cell| cell.x0) || same(|cell| cell.x1) || same(|cell| (cell.x0 + cell.x1) / 2.0)) {
            return None;
        }
        columns.push((x0, x1));
    }
    let marks =
        |row: &Row| row.cells.first().is_some_and(|cell| cell.runs.iter().all(|at| is_marked(&runs[*at].text())));
    if most == 2 && rows.iter().all(marks) {
        return None;
    }
    if most == 2 && is_contents(rows, runs) {
        return None;
    }
    let column_of = |cell: &Cell| {
        let shared = |(x0, x1): &(f64, f64)| x1.min(cell.x1) - x0.max(cell.x0);
        let best = columns.iter().enumerate().max_by(|a, b| shared(a.1).total_cmp(&shared(b.1)));
        best.map_or(0, |(column, _)| column)
    };
    let first = *rows.first()?.cells.first()?.runs.first()?;
    let end = rows.last()?.cells.last()?.runs.last()? + 1;
    let mut placed = Vec::new();
    for row in rows {
        let mut cells: Vec<(usize, Vec<usize>)> = Vec::new();
        for cell in &row.cells {
            let column = column_of(cell);
            match cells.iter_mut().find(|(other, _)| *other == column) {
                Some((_, held)) => held.extend(&cell.runs),
                None => cells.push((column, cell.runs.clone())),
            }
        }
        placed.push(cells);
    }
    Some(Aligned { first, end, rows: placed, columns })
}

/// Whether the second column holds page numbers that rise: a table of contents, which is no table.
fn is_contents(rows: &[Row], runs: &[Run]) -> bool {
    let number = |row: &Row| row.cells.get(1)?.runs.first().and_then(|at| runs[*at].text().parse::<u16>().ok());
    let numbers: Vec<u16> = rows.iter().filter_map(number).collect();
    // Word leaves an error message where a page is not known.
    rows.len() >= 3 && numbers.len() * 10 >= rows.len() * 8 && numbers.is_sorted()
}

/// Whether words are the mark of a list item, or a single letter that may be one in a column of such.
fn is_marked(words: &str) -> bool {
    is_marker(words) || words.chars().count() == 1
}

/// Whether words are only the mark of a list item: a bullet, `1.`, `(a)`, `2.3`.
pub(super) fn is_marker(words: &str) -> bool {
    is_bullet(words) || is_number(words)
}

/// Whether words are only a bullet; symbol fonts put theirs where no character is defined.
pub(super) fn is_bullet(words: &str) -> bool {
    let mut all = words.chars();
    match (all.next(), all.next()) {
        (Some('\u{e000}'..='\u{f8ff}'), None) => true,
        (Some(c), None) => "•·▪▫■□●○◦‣⁃∙◆◇➢➤✓✔❖*-–—o§Ø".contains(c),
        _ => false,
    }
}

fn is_number(words: &str) -> bool {
    let bare = words.trim_start_matches('(').trim_end_matches([')', '.', ':']);
    let numbers =
        bare.split('.').all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
    let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic()) && bare != words;
    let roman = bare.len() <= 4 && bare != words && !bare.is_empty() && bare.bytes().all(|b| b"ivxIVX".contains(&b));
    numbers || letter || roman
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::Mark;
    use super::*;

    fn run(x: f64, y: f64, letters: &str) -> Run {
        let x1 = x + 5.0 * letters.len() as f64;
        let word = Word {
            letters: letters.to_string(),
            x0: x,
            x1,
            y,
            size: 10.0,
            bold: false,
            ink: 0.0,
            mark: Mark::default(),
            spaced: true,
        };
        Run { words: vec![word], angle: 0 }
    }

    #[test]
    fn rows_with_cells_of_several_lines_make_a_table() {
        let runs = [
            run(50.0, 100.0, "Action"),
            run(200.0, 100.0, "Owner"),
            run(50.0, 120.0, "Write the long plan"),
            run(50.0, 132.0, "and share it"),
            run(200.0, 120.0, "Matron"),
            run(50.0, 152.0, "Train"),
            run(200.0, 152.0, "Chair"),
        ];
        let found = tables(&runs);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rows[1], [(0, vec![2, 3]), (1, vec![4])]);
        assert_eq!((found[0].first, found[0].end), (0, 7));
    }

    #[test]
    fn a_paragraph_right_above_a_table_stays_out_of_it() {
        let runs = [
            run(50.0, 100.0, "Document control"),
            run(50.0, 113.0, "Owner"),
            run(200.0, 113.0, "Matron"),
            run(50.0, 126.0, "Version"),
            run(200.0, 126.0, "2"),
        ];
        assert_eq!(tables(&runs)[0].rows, [[(0, vec![1]), (1, vec![2])], [(0, vec![3]), (1, vec![4])]]);
    }

    #[test]
    fn a_list_and_columns_of_prose_are_no_tables() {
        let list = [run(50.0, 100.0, "•"), run(70.0, 100.0, "one"), run(50.0, 112.0, "•"), run(70.0, 112.0, "two")];
        assert!(tables(&list).is_empty());
        let left = (0..20).map(|line| run(50.0, 100.0 + 12.0 * f64::from(line), "prose in a column"));
        let right = (0..20).map(|line| run(250.0, 100.0 + 12.0 * f64::from(line), "prose in another"));
        assert!(tables(&left.chain(right).collect::<Vec<_>>()).is_empty());
    }

    #[test]
    fn marks_of_lists_are_known() {
        for mark in ["•", "\u{f0b7}", "1.", "(a)", "2.3", "iv.", "12"] {
            assert!(is_marker(mark), "{mark}");
        }
        for word in ["Version", "2025", "I", "v2", ""] {
            assert!(!is_marker(word), "{word}");
        }
    }
}
