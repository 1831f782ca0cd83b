//! Page headers and footers: what stands at the top or bottom of page after page is kept once, page numbers not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::glyphs::Edge;
use super::grid::Grid;
use super::words::Run;
use crate::phrase::pattern;

/// Share of the page's height at its top and bottom in which headers and footers stand.
const ZONE: f64 = 0.13;

static PAGE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)[|·•–-]?\s*\bpage\s*:?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[|·•–-]?"));

static BARE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\W*(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$"));

/// A page as far as headers and footers go.
pub(super) struct Sheet<'p> {
    /// Its height in points; 0 when it has no top that is known.
    pub(super) height: f64,
    /// Its runs; those of headers and footers are taken out.
    pub(super) runs: &'p mut Vec<Run>,
    /// Its tables.
    pub(super) grids: &'p [Grid],
}

/// Where a run may be a header or footer.
fn zone(run: &Run, sheet: &Sheet<'_>) -> Option<Edge> {
    if sheet.height <= 0.0 {
        return None;
    }
    let (low, high) = (sheet.height * ZONE, sheet.height * (1.0 - ZONE));
    // The rows of a table that goes on into the page are no header, however often they come back.
    let (x, y) = run.words.first()?.middle();
    let inside = |grid: &&Grid| grid.cell_at((x, y)).is_some();
    let reaches = |grid: &Grid| grid.ys.last().is_some_and(|end| *end > low + 20.0) && grid.ys[0] < high - 20.0;
    if sheet.grids.iter().find(inside).is_some_and(reaches) {
        return None;
    }
    if run.y() < low {
        Some(Edge::Top)
    } else if run.y() > high {
        Some(Edge::Bottom)
    } else {
        None
    }
}

/// Words without their figures, so that page 1 and page 2 are alike.
fn key(words: &str) -> String {
    words.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).filter(|c| !c.is_whitespace()).collect()
}

/// Takes headers and footers off the pages, and gives them once each: on which sheet they first stood, where, their words.
pub(super) fn take(sheets: &mut [Sheet<'_>]) -> Vec<(usize, Edge, String)> {
    // Height counts, too: a heading at the top of a page is no header because the contents name it.
    let place_of = |run: &Run| (run.y() / 12.0).round() as i64;
    let mut pages: BTreeMap<(Edge, String, i64), BTreeSet<usize>> = BTreeMap::new();
    for (number, sheet) in sheets.iter().enumerate() {
        for run in sheet.runs.iter() {
            if let Some(edge) = zone(run, sheet) {
                pages.entry((edge, key(&run.text()), place_of(run))).or_default().insert(number);
            }
        }
    }
    let all = sheets.len();
    let repeated = |edge: Edge, run: &Run| {
        let (words, place) = (key(&run.text()), place_of(run));
        let near = (place - 1..=place + 1).filter_map(|place| pages.get(&(edge, words.clone(), place)));
        let count: usize = near.map(BTreeSet::len).sum();
        count >= 2 && (count * 10 >= all * 3 || count >= 5)
    };
    let mut found: Vec<(usize, Edge, String)> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (number, sheet) in sheets.iter_mut().enumerate() {
        let mut kept = Vec::new();
        let mut taken: Vec<(Edge, Run)> = Vec::new();
        for run in std::mem::take(sheet.runs) {
            let words = run.text();
            let place = zone(&run, sheet);
            let edge = run.mark().edge.or_else(|| {
                place.filter(|edge| repeated(*edge, &run) || says_page(&words) || is_own_number(&words, number + 1))
            });
            match edge {
                Some(edge) => taken.push((edge, run)),
                None => kept.push(run),
            }
        }
        *sheet.runs = kept;
        for (edge, words) in joined(taken) {
            let bare = PAGE_NUMBER.replace_all(&words, " ").trim().to_string();
            if !BARE_NUMBER.is_match(&bare) && bare.chars().any(char::is_alphanumeric) && known.insert(key(&bare)) {
                found.push((number, edge, bare));
            }
        }
    }
    found
}

/// The runs of a page's edge as lines: a label goes with the value beside it, other runs side by side stay apart.
fn joined(taken: Vec<(Edge, Run)>) -> Vec<(Edge, String)> {
    let mut lines: Vec<(Edge, String)> = Vec::new();
    let mut last: Option<f64> = None;
    for (edge, run) in taken {
        let (y, words) = (run.y(), run.text());
        match lines.last_mut() {
            Some((before, line))
                if *before == edge && line.ends_with(':') && last.is_some_and(|last| (last - y).abs() < 3.0) =>
            {
                line.push(' ');
                line.push_str(&words);
            }
            _ => lines.push((edge, words)),
        }
        last = Some(y);
    }
    lines
}

fn says_page(words: &str) -> bool {
    let rest = PAGE_NUMBER.replace_all(words, "");
    rest.len() < words.len() && !rest.chars().any(char::is_alphanumeric)
}

fn is_own_number(words: &str, number: usize) -> bool {
    let mut numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    numbers.next() == Some(number.to_string().as_str()) && BARE_NUMBER.is_match(words)
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::Mark;
    use super::super::words::Word;
    use super::*;

    fn run(y: f64, words: &str) -> Run {
        let word = |letters: &str| Word {
            letters: letters.to_string(),
            x0: 50.0,
            x1: 80.0,
            y,
            size: 10.0,
            bold: false,
            ink: 0.0,
            mark: Mark::default(),
            spaced: true,
        };
        Run { words: words.split(' ').map(word).collect(), angle: 0 }
    }

    #[test]
    fn repeated_edges_are_kept_once_and_page_numbers_not() {
        let mut pages: Vec<Vec<Run>> = (1..=3)
            .map(|page| {
                vec![
                    run(20.0, "Falls policy"),
                    run(400.0, "Body text"),
                    run(780.0, &format!("Version 2.1 | Page {page} of 3")),
                    run(790.0, &page.to_string()),
                ]
            })
            .collect();
        let mut sheets: Vec<Sheet<'_>> =
            pages.iter_mut().map(|runs| Sheet { height: 800.0, runs, grids: &[] }).collect();
        let found = take(&mut sheets);
        assert_eq!(found, [(0, Edge::Top, "Falls policy".to_string()), (0, Edge::Bottom, "Version 2.1".to_string())]);
        assert!(pages.iter().all(|runs| runs.len() == 1));
    }

    #[test]
    fn the_words_at_the_top_of_a_single_page_stay() {
        let mut runs = vec![run(20.0, "Falls policy"), run(780.0, "Page 1 of 1"), run(785.0, "2025")];
        let found = take(&mut [Sheet { height: 800.0, runs: &mut runs, grids: &[] }]);
        assert!(found.is_empty());
        assert_eq!(runs.iter().map(Run::text).collect::<Vec<_>>(), ["Falls policy", "2025"]);
    }
}
