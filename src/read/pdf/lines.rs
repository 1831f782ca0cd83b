//! Runs to lines, lines to paragraphs, and the words of a paragraph joined again where they were broken.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::aligned::{is_bullet, is_marker};
use super::glyphs::Mark;
use super::words::{Run, Word, text_of};
use crate::phrase::pattern;

/// What stands on one line of a column.
#[derive(Debug, Clone)]
pub(super) struct Line {
    words: Vec<Word>,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    /// Height of the em of its tallest word.
    pub(super) size: f64,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// Marked content.
    pub(super) mark: Mark,
    /// Whether it was parted from what stands before it on the same height.
    apart: bool,
    /// Whether it holds a wide gap, as an entry of contents or a line of a form does.
    gap: bool,
}

impl Line {
    fn of(run: &Run) -> Self {
        Line {
            words: run.words.clone(),
            x0: run.x0(),
            x1: run.x1(),
            y: run.y(),
            size: run.size(),
            bold: run.bold(),
            mark: run.mark(),
            apart: false,
            gap: run.words.iter().any(|word| word.letters.contains("....")),
        }
    }

    fn add(&mut self, run: &Run) {
        let letters = |word: &Word| word.letters.chars().any(char::is_alphanumeric);
        self.bold = match (self.words.iter().any(letters), run.words.iter().any(letters)) {
            (true, true) => self.bold && run.bold(),
            (false, true) => run.bold(),
            _ => self.bold,
        };
        self.words.extend(run.words.iter().cloned());
        self.x1 = self.x1.max(run.x1());
        self.size = self.size.max(run.size());
    }

    /// Its words.
    pub(super) fn text(&self) -> String {
        text_of(&self.words)
    }

    fn first_word_width(&self) -> f64 {
        // Two words of two styles may touch; they move to the next line together.
        let mut end = self.x0;
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 && word.spaced {
                break;
            }
            end = word.x1;
        }
        end - self.x0
    }

    /// Whether it begins with the mark of a list item and goes on after it.
    pub(super) fn is_item(&self) -> bool {
        self.words.len() > 1 && self.words.first().is_some_and(|word| is_marker(&word.letters)) && self.words[1].spaced
    }

    fn starts_with_figure(&self) -> bool {
        self.words.first().is_some_and(|word| word.letters.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Whether it is an entry of contents: words, a wide gap or dots, a number.
    pub(super) fn is_entry(&self) -> bool {
        self.gap && self.words.last().is_some_and(|word| word.letters.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// Where the words of a list item begin, after its mark.
    fn item_x0(&self) -> Option<f64> {
        self.words.get(1).filter(|_| self.is_item()).map(|word| word.x0)
    }

    /// Whether it begins with a bullet.
    pub(super) fn has_bullet(&self) -> bool {
        self.is_item() && self.words.first().is_some_and(|word| is_bullet(&word.letters))
    }
}

/// Runs on one height as one line. A label after a wide gap begins a line of its own: `Version: 2   Owner: Matron`.
pub(super) fn lines(runs: &[Run]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        let Some(last) = lines.last_mut() else {
            lines.push(Line::of(run));
            continue;
        };
        let em = last.size.max(run.size());
        let level = (run.y() - last.y).abs() <= 0.4 * em;
        let gap = run.x0() - last.x1;
        if level && gap > -0.6 * em {
            if gap > 1.5 * em && starts_with_label(&run.text()) && last.text().contains(':') {
                lines.push(Line { apart: true, ..Line::of(run) });
            } else {
                last.gap |= gap > 2.5 * em;
                last.add(run);
            }
        } else if level && run.x1() <= last.x0 + 0.3 * em && is_marker(&run.text()) {
            // A bullet drawn after its words.
            let mut line = Line::of(run);
            let words = Run { words: std::mem::take(&mut last.words), angle: 0 };
            line.add(&words);
            line.bold = last.bold;
            *last = line;
        } else {
            lines.push(Line::of(run));
        }
    }
    lines
}

fn starts_with_label(words: &str) -> bool {
    words.split_once(':').is_some_and(|(label, _)| {
        label.chars().count() < 45 && label.split_whitespace().count() <= 6 && label.chars().any(char::is_alphabetic)
    })
}

/// Lines of one column with what is known of its width.
pub(super) struct Column {
    /// Left margin.
    pub(super) left: f64,
    /// Right margin.
    pub(super) right: f64,
    /// Usual distance of baselines, in ems.
    pub(super) leading: f64,
}

/// Whether `next` begins a new paragraph. `first` is the first line of the paragraph, `last` its last one so far,
/// `even` whether the line after or before stands as far away, so that the distance says nothing.
fn breaks(first: &Line, last: &Line, next: &Line, even: bool, column: &Column) -> bool {
    let em = last.size.max(next.size).max(0.1);
    let down = (next.y - last.y) / em;
    let far = if even { 1.95 } else { (column.leading * 1.3).max(1.3) };
    let ended = last.words.last().is_none_or(|word| word.letters.ends_with(['.', ':', ';', '!', '?']));
    // A bare figure may be the next word of a sentence as well as the number of an item.
    let item = next.is_item() && (ended || first.is_item() || !next.starts_with_figure());
    if next.apart || last.gap || item || down < 0.2 || down > far {
        return true;
    }
    if last.size / next.size.max(0.1) > 1.12 || next.size / last.size.max(0.1) > 1.12 {
        return true;
    }
    if last.bold != next.bold || last.mark != next.mark {
        return true;
    }
    if starts_with_label(&next.text()) && starts_with_label(&last.text()) {
        return true;
    }
    // A line that hangs under the words of its item, as close as lines within paragraphs.
    if first.item_x0().is_some_and(|x0| (next.x0 - x0).abs() < 0.3 * em) && down <= column.leading * 1.2 {
        return false;
    }
    let lower = next.words.first().is_some_and(|word| word.letters.starts_with(char::is_lowercase));
    if lower && !ended && (even || down <= column.leading * 1.1) && (next.x0 - last.x0).abs() < 3.0 * em {
        return false;
    }
    let centred = |line: &Line| {
        let middle = (column.left + column.right) / 2.0;
        ((line.x0 + line.x1) / 2.0 - middle).abs() < 0.8 * em && line.x0 > column.left + 1.5 * em
    };
    let needed = next.first_word_width() + 0.25 * em;
    if centred(last) || centred(next) {
        return last.x1 - last.x0 + needed < column.right - column.left - 0.5 * em;
    }
    // A word that would have had room was not moved down by the margin: somebody broke the line.
    if last.x1 + needed < column.right - 0.5 * em {
        return true;
    }
    let hanging = first.is_item();
    let indent = next.x0 - last.x0;
    indent > em && !hanging || indent < -em && first.y != last.y
}

/// Whether a line stands as far from the line before it as that one from its own, or as the next one from it.
fn is_even(lines: &[Line], at: usize) -> bool {
    let down = |at: usize| Some(lines.get(at)?.y - lines.get(at.checked_sub(1)?)?.y);
    let Some(here) = down(at).filter(|here| *here > 0.0) else { return false };
    let alike = |other: Option<f64>| other.is_some_and(|other| (other - here).abs() < 0.08 * here);
    alike(down(at + 1)) || at.checked_sub(1).is_some_and(|before| alike(down(before)))
}

/// Lines to paragraphs; `column_of` gives the column of the line with an index.
pub(super) fn paragraphs(lines: &[Line], column_of: impl Fn(usize) -> Column) -> Vec<Vec<&Line>> {
    let mut paragraphs: Vec<Vec<&Line>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let goes_on = paragraphs.last().and_then(|paragraph| Some((*paragraph.first()?, *paragraph.last()?)));
        match (goes_on, paragraphs.last_mut()) {
            (Some((first, last)), Some(paragraph))
                if !breaks(first, last, line, is_even(lines, at), &column_of(at - 1)) =>
            {
                paragraph.push(line);
            }
            _ => paragraphs.push(vec![line]),
        }
    }
    paragraphs
}

/// The right margin that lines of prose show: many reach it. `open` is where the margin is if they do not.
pub(super) fn right_margin(lines: &[&Line], open: f64) -> f64 {
    let most = lines.iter().map(|line| line.x1).fold(f64::MIN, f64::max);
    let full = lines.iter().filter(|line| line.x1 > most - 3.5 * line.size).count();
    if full >= 3 && full * 4 >= lines.len() { most } else { open.max(most) }
}

/// Usual distance of the baselines of lines that stand under one another, in ems.
pub(super) fn leading(lines: &[Line]) -> f64 {
    let mut all: Vec<f64> = lines
        .windows(2)
        .filter(|pair| (pair[1].x0 - pair[0].x0).abs() < 2.0 * pair[0].size)
        .map(|pair| (pair[1].y - pair[0].y) / pair[0].size.max(0.1))
        .filter(|down| (0.8..2.3).contains(down))
        .collect();
    all.sort_by(f64::total_cmp);
    // The lower quarter: lines within paragraphs stand closer than paragraphs do.
    all.get(all.len() / 4).copied().unwrap_or(1.2)
}

static ORDINAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{1,2}) (st|nd|rd|th)\b"));

/// The dots between an entry of contents and its page.
static LEADER: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\s.]*\.{4,}\s*(\d+)$"));

/// First parts of words that keep their hyphen.
const COMPOUNDS: [&str; 33] = [
    "well",
    "self",
    "non",
    "multi",
    "cross",
    "co",
    "pre",
    "post",
    "long",
    "short",
    "high",
    "low",
    "full",
    "part",
    "day",
    "end",
    "follow",
    "sub",
    "semi",
    "ex",
    "on",
    "off",
    "up",
    "out",
    "face",
    "one",
    "two",
    "three",
    "first",
    "second",
    "follow-up",
    "re",
    "inter",
];

/// Words of a document, in lower case, to tell a hyphen of its own from one of the line's end.
pub(super) type Vocabulary = HashSet<String>;

/// The lines of a paragraph as one text.
pub(super) fn join(lines: &[&Line], known: &Vocabulary) -> String {
    let text = lines.iter().fold(String::new(), |text, line| joined(text, &line.text(), known));
    let text = if ORDINAL.is_match(&text) { ORDINAL.replace_all(&text, "$1$2").into_owned() } else { text };
    if text.contains("....") { LEADER.replace(&text, " $1").into_owned() } else { text }
}

/// Two parts of a paragraph as one text.
pub(super) fn join_texts(text: &str, next: &str, known: &Vocabulary) -> String {
    joined(text.to_string(), next, known)
}

fn joined(mut text: String, next: &str, known: &Vocabulary) -> String {
    if text.ends_with('\u{ad}') {
        text.pop();
    } else if let Some(hyphenated) = hyphenated(&text, next, known) {
        if !hyphenated {
            text.pop();
        }
    } else if !text.is_empty() && !is_broken_number(&text, next) {
        text.push(' ');
    }
    text.push_str(next);
    text
}

/// Whether a date was broken within a number, as narrow cells do: `01/09/202` and `6`.
fn is_broken_number(text: &str, next: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or("");
    let date = |c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '-');
    let parts: Vec<&str> = last.split(['/', '.', '-']).collect();
    let short = parts.len() == 3
        && parts.iter().all(|part| !part.is_empty())
        && parts[2].len() + next.len() == 4
        && last.contains(['/', '-']);
    short && last.chars().all(date) && next.len() <= 3 && next.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word broken at a hyphen keeps it; `None` when none is broken here.
fn hyphenated(text: &str, next: &str, known: &Vocabulary) -> Option<bool> {
    let before = text.strip_suffix('-').or_else(|| text.strip_suffix('\u{2010}'))?;
    if !before.ends_with(char::is_alphabetic) || !next.starts_with(char::is_lowercase) {
        return None;
    }
    let letters = |c: char| c.is_alphabetic() || c == '-';
    let start = before.rsplit(|c: char| !letters(c)).next().unwrap_or("").to_lowercase();
    let end = next.split(|c: char| !letters(c)).next().unwrap_or("").to_lowercase();
    let (whole, parted) = (known.contains(&format!("{start}{end}")), known.contains(&format!("{start}-{end}")));
    // "end-to-" and "user"; an address is broken at its own hyphens.
    let last = start.rsplit('-').next().unwrap_or("");
    let in_compound =
        last.len() < start.len() && (last.len() <= 2 || COMPOUNDS.contains(&last) || known.contains(last));
    let in_address = before.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("//"));
    Some(
        parted
            || in_address
            || !whole && in_compound
            || !whole && (COMPOUNDS.contains(&start.as_str()) || known.contains(&end) && known.contains(&start)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(x0: f64, y: f64, words: &str) -> Line {
        let mut x = x0;
        let words: Vec<Word> = words
            .split(' ')
            .map(|letters| {
                let from = x;
                x += 5.0 * letters.chars().count() as f64 + 2.5;
                let (letters, mark) = (letters.to_string(), Mark::default());
                Word { letters, x0: from, x1: x - 2.5, y, size: 10.0, bold: false, ink: 0.0, mark, spaced: true }
            })
            .collect();
        Line::of(&Run { words, angle: 0 })
    }

    fn texts(lines: &[Line], right: f64) -> Vec<String> {
        let known = Vocabulary::new();
        let found = paragraphs(lines, |_| Column { left: 50.0, right, leading: 1.2 });
        found.iter().map(|lines| join(lines, &known)).collect()
    }

    #[test]
    fn a_full_line_goes_on_and_a_short_one_ends() {
        let lines = [
            line(50.0, 100.0, "a line that is full"),
            line(50.0, 112.0, "goes on"),
            line(50.0, 124.0, "Owner: Matron"),
        ];
        assert_eq!(texts(&lines, 150.0), ["a line that is full goes on", "Owner: Matron"]);
    }

    #[test]
    fn a_figure_within_a_sentence_is_no_item() {
        let lines = [line(50.0, 100.0, "carry out the audit"), line(50.0, 112.0, "12 of them")];
        assert_eq!(texts(&lines, 150.0), ["carry out the audit 12 of them"]);
    }

    #[test]
    fn list_items_part_and_keep_their_lines() {
        let lines =
            [line(50.0, 100.0, "• first item here"), line(60.0, 112.0, "second line"), line(50.0, 124.0, "• next")];
        assert_eq!(texts(&lines, 140.0), ["• first item here second line", "• next"]);
    }

    #[test]
    fn hyphens_at_the_end_of_a_line_go_unless_the_word_has_one() {
        let join_two = |a: &str, b: &str, known: &[&str]| {
            let known = known.iter().map(|word| (*word).to_string()).collect();
            join(&[&line(50.0, 100.0, a), &line(50.0, 112.0, b)], &known)
        };
        assert_eq!(join_two("the gover-", "nance lead", &[]), "the governance lead");
        assert_eq!(join_two("are we well-", "led here", &[]), "are we well-led here");
        assert_eq!(join_two("a risk-", "based view", &["risk", "based"]), "a risk-based view");
        assert_eq!(join_two("re-", "view it", &["review"]), "review it");
        assert_eq!(join_two("an end-to-", "end system", &[]), "an end-to-end system");
        assert_eq!(join_two("non-gover-", "nance lead", &[]), "non-governance lead");
        assert_eq!(
            join_two("see https://a.org/provider-", "testing/wiki", &[]),
            "see https://a.org/provider-testing/wiki"
        );
        assert_eq!(join_two("on 22", "nd May", &[]), "on 22nd May");
        assert_eq!(join_two("2 Purpose", "........ 14", &[]), "2 Purpose 14");
        assert_eq!(join_two("by 01/09/202", "6", &[]), "by 01/09/2026");
        assert_eq!(join_two("in section 4.1.2", "6", &[]), "in section 4.1.2 6");
    }
}
