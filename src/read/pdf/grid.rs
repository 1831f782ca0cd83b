//! Tables with ruling lines: lines to a grid, grid to cells, merged ones kept whole.

use std::collections::BTreeMap;

use hayro_interpret::kurbo::Rect;

use super::glyphs::Rule;

/// How far apart two ends may lie and still meet, in points: borders of neighbouring cells are often drawn twice.
const NEAR: f64 = 3.0;
/// Ruling lines of a page above which they are a drawing and no tables.
const MANY: usize = 3_000;

/// Height of a header row without upright lines at most, in points.
const HEADER: f64 = 60.0;

/// A grid of ruling lines.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Vertical borders from left to right.
    pub(super) xs: Vec<f64>,
    /// Horizontal borders from top to bottom.
    pub(super) ys: Vec<f64>,
    /// For each square, row by row, the cell that it belongs to: the number of the cell's first square.
    cells: Vec<usize>,
}

impl Grid {
    /// A grid without merged cells.
    pub(super) fn whole(xs: Vec<f64>, ys: Vec<f64>) -> Grid {
        let squares = xs.len().saturating_sub(1) * ys.len().saturating_sub(1);
        Grid { xs, ys, cells: (0..squares).collect() }
    }

    /// How many columns it has.
    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// The cell at a point, or `None` outside the grid.
    pub(super) fn cell_at(&self, (x, y): (f64, f64)) -> Option<usize> {
        let column = self.xs.partition_point(|border| *border <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|border| *border <= y).checked_sub(1)?;
        if column >= self.columns() {
            return None;
        }
        self.cells.get(row * self.columns() + column).copied()
    }

    /// The grid with a row on top of it that has no upright lines of its own, only a line over it or a ground of colour:
    /// header rows are often drawn so.
    pub(super) fn with_header(&self, across: &[Rule], boxes: &[Rect]) -> Option<Grid> {
        let (left, right, top) = (*self.xs.first()?, *self.xs.last()?, *self.ys.first()?);
        let across = joined(across);
        let over = across.iter().filter(|rule| {
            (rule.from - left).abs() <= NEAR + 1.0
                && (rule.to - right).abs() <= NEAR + 1.0
                && (NEAR + 4.0..HEADER).contains(&(top - rule.at))
        });
        let line = over.map(|rule| rule.at).fold(f64::MIN, f64::max);
        let grounds = boxes.iter().filter(|ground| {
            (ground.y1 - top).abs() <= NEAR + 1.0
                && (NEAR + 4.0..HEADER).contains(&ground.height())
                && ground.x0 >= left - NEAR - 3.0
                && ground.x1 <= right + NEAR + 3.0
        });
        let (wide, ground) =
            grounds.fold((0.0, f64::MAX), |(wide, y), ground| (wide + ground.width(), f64::min(y, ground.y0)));
        let at = if line > f64::MIN {
            line
        } else if wide > (right - left) * 0.6 {
            ground
        } else {
            return None;
        };
        let columns = self.columns();
        let ys = std::iter::once(at).chain(self.ys.iter().copied()).collect();
        let cells = (0..columns).chain(self.cells.iter().map(|cell| cell + columns)).collect();
        Some(Grid { xs: self.xs.clone(), ys, cells })
    }

    /// Whether both have the same columns, as the parts of a table on two pages have.
    pub(super) fn has_columns_of(&self, other: &Grid) -> bool {
        self.xs.len() == other.xs.len() && self.xs.iter().zip(&other.xs).all(|(a, b)| (a - b).abs() < 4.0)
    }

    /// Row and column of a cell. Columns count cells, those that reach down from above included, so that rows of the
    /// same make line up and a merged title row shifts nothing.
    pub(super) fn place(&self, cell: usize) -> (usize, usize) {
        let columns = self.columns().max(1);
        let row = cell / columns;
        let mut before: Vec<usize> = self.cells.get(row * columns..cell).unwrap_or(&[]).to_vec();
        before.dedup();
        (row, before.len())
    }

    /// Right border of a cell.
    pub(super) fn right(&self, cell: usize) -> f64 {
        let columns = self.columns().max(1);
        let start = cell / columns * columns;
        let row = self.cells.get(start..start + columns).unwrap_or(&[]);
        let last = row.iter().rposition(|one| *one == cell);
        self.xs.get(last.unwrap_or(cell % columns) + 1).copied().unwrap_or(0.0)
    }
}

/// The grids of a page, from top to bottom.
pub(super) fn grids(across: &[Rule], down: &[Rule]) -> Vec<Grid> {
    let (across, down) = (joined(across), joined(down));
    if across.len() + down.len() > MANY {
        return Vec::new();
    }
    let mut sets = Sets::new(across.len() + down.len());
    for (at, level) in across.iter().enumerate() {
        for (number, upright) in down.iter().enumerate() {
            if within(upright.at, level) && within(level.at, upright) {
                sets.union(at, across.len() + number);
            }
        }
    }
    let mut parts: BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = BTreeMap::new();
    for (at, level) in across.iter().enumerate() {
        parts.entry(sets.find(at)).or_default().0.push(*level);
    }
    for (at, upright) in down.iter().enumerate() {
        parts.entry(sets.find(across.len() + at)).or_default().1.push(*upright);
    }
    let mut grids: Vec<Grid> = parts.values().filter_map(|(across, down)| grid(across, down)).collect();
    grids.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]));
    grids
}

fn within(at: f64, rule: &Rule) -> bool {
    at >= rule.from - NEAR && at <= rule.to + NEAR
}

/// Lines that lie on one another or end to end, as one.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    // Bands of nearly the same height, then from left to right within each.
    let mut bands: Vec<Vec<Rule>> = Vec::new();
    for rule in sorted {
        match bands.last_mut() {
            Some(band) if rule.at - band[0].at <= NEAR / 2.0 => band.push(rule),
            _ => bands.push(vec![rule]),
        }
    }
    let mut joined: Vec<Rule> = Vec::new();
    for mut band in bands {
        band.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = joined.len();
        for rule in band {
            match joined.get_mut(first..).and_then(<[Rule]>::last_mut) {
                Some(last) if rule.from <= last.to + NEAR => last.to = last.to.max(rule.to),
                _ => joined.push(rule),
            }
        }
    }
    joined
}

/// The grid that lines which meet make, if it has more than one cell.
fn grid(across: &[Rule], down: &[Rule]) -> Option<Grid> {
    let ends = |rules: &[Rule]| {
        let from = rules.iter().map(|rule| rule.from).fold(f64::MAX, f64::min);
        let to = rules.iter().map(|rule| rule.to).fold(f64::MIN, f64::max);
        [from, to]
    };
    // A table may be open at its sides: where its lines end is a border, too.
    let xs = borders(down.iter().map(|rule| rule.at).chain(ends(across)));
    let ys = borders(across.iter().map(|rule| rule.at).chain(ends(down)));
    if xs.len() < 2 || ys.len() < 2 || xs.len() * ys.len() < 6 || xs.len() * ys.len() > 20_000 {
        return None;
    }
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let mut sets = Sets::new(columns * rows);
    let drawn = |rules: &[Rule], at: f64, along: f64| {
        rules.iter().any(|rule| (rule.at - at).abs() <= NEAR && rule.from - 1.0 <= along && rule.to + 1.0 >= along)
    };
    for row in 0..rows {
        for column in 0..columns {
            let square = row * columns + column;
            let (x, y) = ((xs[column] + xs[column + 1]) / 2.0, (ys[row] + ys[row + 1]) / 2.0);
            if column + 1 < columns && !drawn(down, xs[column + 1], y) {
                sets.union(square, square + 1);
            }
            if row + 1 < rows && !drawn(across, ys[row + 1], x) {
                sets.union(square, square + columns);
            }
        }
    }
    let cells: Vec<usize> = (0..columns * rows).map(|square| sets.find(square)).collect();
    let several = cells.iter().any(|cell| *cell != cells[0]);
    several.then_some(Grid { xs, ys, cells })
}

/// Borders in rising order, those that nearly coincide as one.
fn borders(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut all: Vec<f64> = all.filter(|at| at.is_finite() && at.abs() < 1e6).collect();
    all.sort_by(f64::total_cmp);
    all.dedup_by(|later, before| *later - *before <= NEAR);
    all
}

/// Disjoint sets; the least member stands for its set.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Sets((0..count).collect())
    }

    fn find(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn union(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high] = low;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: f64, from: f64, to: f64) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn a_grid_with_a_merged_row_and_a_tall_cell_is_seen() {
        // Three columns, three rows; the first row is one cell, the first cell of the second row reaches down.
        let across = [rule(0.0, 0.0, 90.0), rule(20.0, 0.0, 90.0), rule(40.0, 30.0, 90.0), rule(60.0, 0.0, 90.0)];
        let down = [rule(0.0, 0.0, 60.0), rule(30.0, 20.0, 60.0), rule(60.0, 20.0, 60.0), rule(90.0, 0.0, 60.0)];
        let found = grids(&across, &down);
        assert_eq!(found.len(), 1);
        let grid = &found[0];
        let place = |x: f64, y: f64| grid.cell_at((x, y)).map(|cell| grid.place(cell));
        assert_eq!(place(80.0, 10.0), Some((0, 0)));
        assert_eq!(place(10.0, 50.0), Some((1, 0)));
        assert_eq!(place(70.0, 30.0), Some((1, 2)));
        assert_eq!(place(50.0, 50.0), Some((2, 1)));
        assert_eq!(place(95.0, 50.0), None);
        assert_eq!(grid.right(grid.cell_at((50.0, 50.0)).unwrap()), 60.0);
        assert_eq!(grid.right(grid.cell_at((50.0, 10.0)).unwrap()), 90.0);
    }

    #[test]
    fn a_box_round_text_is_no_table() {
        let across = [rule(0.0, 0.0, 90.0), rule(20.0, 0.0, 90.0)];
        let down = [rule(0.0, 0.0, 20.0), rule(90.0, 0.0, 20.0)];
        assert!(grids(&across, &down).is_empty());
    }
}
