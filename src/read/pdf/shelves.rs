//! Tables with a line under every row and none between columns: lines of the same length, one above the other.

use super::aligned::is_marker;
use super::glyphs::Rule;
use super::grid::Grid;
use super::words::Word;

/// How far apart the ends of lines of one table may lie, in points.
const NEAR: f64 = 4.0;
/// Lines that make a table at least; three are a header with a block of rows, which are told apart by their words.
const LINES: usize = 4;
/// Tallest row, in points.
const ROW: f64 = 200.0;
/// Narrowest strip without words that parts two columns, in points.
const STRIP: f64 = 7.0;

/// The tables of a page that have lines between rows only. `taken` are those already found by their upright lines.
pub(super) fn grids(across: &[Rule], words: &[&Word], taken: &[Grid]) -> Vec<Grid> {
    let inside = |rule: &Rule| {
        let y = |grid: &Grid| Some((*grid.ys.first()?, *grid.ys.last()?));
        taken.iter().any(|grid| y(grid).is_some_and(|(top, end)| rule.at > top - NEAR && rule.at < end + NEAR))
    };
    let mut rules: Vec<Rule> = across.iter().filter(|rule| !inside(rule)).copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut found = Vec::new();
    let mut stack: Vec<Shelf> = Vec::new();
    for shelf in shelves(&rules) {
        let fits = stack.last().is_some_and(|last| {
            let near = |a: f64, b: f64| (a - b).abs() <= NEAR;
            let alike = last.breaks.len() == shelf.breaks.len()
                && last.breaks.iter().zip(&shelf.breaks).all(|(a, b)| near(*a, *b));
            alike && near(last.from, shelf.from) && near(last.to, shelf.to) && shelf.at - last.at <= ROW
        });
        if !fits {
            found.extend(best(&stack, words));
            stack.clear();
        }
        stack.push(shelf);
    }
    found.extend(best(&stack, words));
    found
}

/// The table between lines; the first and the last line may be those of the page's header and footer.
fn best(stack: &[Shelf], words: &[&Word]) -> Option<Grid> {
    let end = stack.len();
    let parts = [(0, end), (1, end), (0, end.saturating_sub(1)), (1, end.saturating_sub(1))];
    parts.into_iter().find_map(|(from, to)| grid(stack.get(from..to)?, words))
}

/// A line across the table, and where it is broken: each cell may have drawn its own part.
struct Shelf {
    at: f64,
    from: f64,
    to: f64,
    breaks: Vec<f64>,
}

/// Lines from parts that lie end to end.
fn shelves(rules: &[Rule]) -> Vec<Shelf> {
    let mut shelves: Vec<Shelf> = Vec::new();
    for rule in rules {
        match shelves.last_mut() {
            Some(shelf) if rule.at - shelf.at <= 1.5 && rule.from <= shelf.to + NEAR => {
                if rule.from > shelf.to - NEAR {
                    shelf.breaks.push((rule.from + shelf.to) / 2.0);
                }
                shelf.to = shelf.to.max(rule.to);
            }
            _ => shelves.push(Shelf { at: rule.at, from: rule.from, to: rule.to, breaks: Vec::new() }),
        }
    }
    shelves
}

fn grid(stack: &[Shelf], words: &[&Word]) -> Option<Grid> {
    let (first, last) = (stack.first()?, stack.last()?);
    if stack.len() < LINES || first.to - first.from < 60.0 {
        return None;
    }
    let held: Vec<&Word> = words
        .iter()
        .copied()
        .filter(|word| {
            let (x, y) = word.middle();
            x > first.from && x < first.to && y > first.at && y < last.at
        })
        .collect();
    let mut borders = broken(stack);
    if borders.is_empty() {
        borders = strips(&held, first.from);
    }
    let crossed = |border: &f64| held.iter().any(|word| word.x0 + 1.0 < *border && word.x1 - 1.0 > *border);
    if borders.is_empty() || borders.iter().any(crossed) {
        return None;
    }
    let xs: Vec<f64> = std::iter::once(first.from).chain(borders).chain([first.to]).collect();
    let grid = Grid::whole(xs, stack.iter().map(|shelf| shelf.at).collect());
    // The marks of a list between lines are no column.
    let in_first = |word: &&&Word| grid.cell_at(word.middle()).is_some_and(|cell| grid.place(cell).1 == 0);
    let marks = held.iter().filter(in_first).all(|word| is_marker(&word.letters));
    // Nor are the page numbers of contents.
    let in_last = |word: &&&Word| grid.cell_at(word.middle()).is_some_and(|cell| grid.place(cell).1 == 1);
    let (mut figures, mut last) = (0, 0);
    for word in held.iter().filter(in_last) {
        last += 1;
        figures += usize::from(word.letters.parse::<u16>().is_ok());
    }
    let contents = figures * 10 >= last * 8 && last > grid.ys.len();
    (grid.columns() > 2 || !marks && !contents).then_some(grid)
}

/// Where at least half of the lines are broken.
fn broken(stack: &[Shelf]) -> Vec<f64> {
    let mut all: Vec<f64> = stack.iter().flat_map(|shelf| &shelf.breaks).copied().collect();
    all.sort_by(f64::total_cmp);
    let mut borders = Vec::new();
    let mut from = 0;
    for at in 1..=all.len() {
        if at == all.len() || all[at] - all[at - 1] > NEAR {
            if (at - from) * 2 >= stack.len() {
                borders.push(all[from]);
            }
            from = at;
        }
    }
    borders
}

/// Right ends of the strips in which no word stands.
fn strips(words: &[&Word], left: f64) -> Vec<f64> {
    let mut spans: Vec<(f64, f64)> = words.iter().map(|word| (word.x0, word.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut borders = Vec::new();
    let mut reach = left;
    for (x0, x1) in spans {
        if x0 > reach + STRIP && reach > left {
            borders.push(x0 - 2.0);
        }
        reach = reach.max(x1);
    }
    borders
}
