//! Glyphs to words, and words to runs: what stands on one baseline without a wide gap.

use std::collections::{BTreeMap, HashMap};

use super::glyphs::{Drawn, Glyph, Mark};

/// How much ink the letters of a document mostly have, to tell bold type in fonts that have no name.
#[derive(Debug, Default)]
pub(super) struct Inks {
    counts: HashMap<char, BTreeMap<u32, u32>>,
}

impl Inks {
    /// Counts the letters of a page.
    pub(super) fn count(&mut self, drawn: &Drawn) {
        for glyph in drawn.glyphs.iter().filter(|glyph| glyph.ink > 0.0) {
            let mut letters = glyph.letters.chars();
            if let (Some(c), None) = (letters.next().filter(|c| c.is_alphanumeric()), letters.next()) {
                let grain = (glyph.ink * 500.0).round() as u32;
                *self.counts.entry(c).or_default().entry(grain).or_default() += 1;
            }
        }
    }

    /// Says of every word with enough more ink than usual that it is bold.
    pub(super) fn mark_bold<'w>(&self, words: impl Iterator<Item = &'w mut Word>) {
        let usual =
            |c: char| self.counts.get(&c)?.iter().max_by_key(|(_, count)| **count).map(|(ink, _)| *ink as f32 / 500.0);
        for word in words.filter(|word| word.ink > 0.0) {
            let expected: f32 = word.letters.chars().filter_map(usual).sum();
            word.bold |= expected > 0.0 && word.ink > expected * BOLDER;
        }
    }
}

/// Ink of bold letters against that of regular ones; Helvetica and Times have 1.4 to 1.6.
const BOLDER: f32 = 1.2;

/// A word and where it stands; lengths in points, y downwards from the top of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// Its letters.
    pub(super) letters: String,
    /// Left end.
    pub(super) x0: f64,
    /// Right end.
    pub(super) x1: f64,
    /// Baseline.
    pub(super) y: f64,
    /// Height of the em.
    pub(super) size: f64,
    /// Whether most of it is bold.
    pub(super) bold: bool,
    /// Inked area of its glyphs in square ems, those of fonts that have a name left out.
    pub(super) ink: f32,
    /// What marked content says of it.
    pub(super) mark: Mark,
    /// Whether a space parts it from the word before (two words of two styles may touch).
    pub(super) spaced: bool,
}

impl Word {
    /// Middle of the letters, for telling in which cell the word stands.
    pub(super) fn middle(&self) -> (f64, f64) {
        ((self.x0 + self.x1) / 2.0, self.y - self.size * 0.3)
    }
}

/// Words side by side on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// The words from left to right; never empty.
    pub(super) words: Vec<Word>,
    /// Direction of the baseline in degrees.
    pub(super) angle: i32,
}

impl Run {
    /// Left end.
    pub(super) fn x0(&self) -> f64 {
        self.words.first().map_or(0.0, |word| word.x0)
    }

    /// Right end.
    pub(super) fn x1(&self) -> f64 {
        self.words.iter().map(|word| word.x1).fold(f64::MIN, f64::max)
    }

    /// Baseline: that of the tallest word, so that no superscript counts.
    pub(super) fn y(&self) -> f64 {
        self.tallest().map_or(0.0, |word| word.y)
    }

    /// Height of the em of the tallest word.
    pub(super) fn size(&self) -> f64 {
        self.tallest().map_or(0.0, |word| word.size)
    }

    fn tallest(&self) -> Option<&Word> {
        self.words.iter().max_by(|a, b| a.size.total_cmp(&b.size))
    }

    /// Whether every word is bold.
    pub(super) fn bold(&self) -> bool {
        self.words.iter().all(|word| word.bold || !word.letters.chars().any(char::is_alphanumeric))
            && self.words.iter().any(|word| word.bold)
    }

    /// Marked content of its first word.
    pub(super) fn mark(&self) -> Mark {
        self.words.first().map_or(Mark::default(), |word| word.mark)
    }

    /// Its words, parted by spaces.
    pub(super) fn text(&self) -> String {
        text_of(&self.words)
    }
}

/// Words in a row as text.
pub(super) fn text_of(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        if word.spaced && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.letters);
    }
    text
}

/// Gap along the baseline above which a space is meant, in ems.
const SPACE: f64 = 0.15;
/// Distance between baselines above which a new line is meant, in ems: less for a superscript.
const LINE: f64 = 0.5;
/// Gap above which two runs are meant (a tab, another cell, another column), in ems. Justified text has drawn spaces.
const WIDE: f64 = 1.0;
/// The same where no space was drawn, or where bold type ends: beside a label stands its value.
const JUMP: f64 = 0.6;
/// How far a glyph may stand before the end of the last one and still go on with its line, in ems.
const BACK: f64 = 0.6;

/// The runs of a page in the order of drawing.
pub(super) fn runs(drawn: &Drawn) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    // Where the last visible glyph ended, and whether a space was drawn since.
    let mut end: Option<(f64, f64, i32, f64, bool)> = None;
    let (mut space, mut bold_letters) = (false, (0usize, 0usize));
    for glyph in &drawn.glyphs {
        if glyph.letters == " " {
            space = true;
            continue;
        }
        let (along, across) = turned(glyph);
        let next = (along + glyph.advance, across, glyph.angle, glyph.size, glyph.bold);
        let join = end.map(|(last_along, last_across, angle, size, bold)| {
            let em = size.max(glyph.size);
            let gap = (along - last_along) / em;
            let wide = if space && bold == glyph.bold { WIDE } else { JUMP };
            let same = angle == glyph.angle && (across - last_across).abs() <= LINE * em;
            (same && gap > -BACK && gap < wide, gap > SPACE || (space && gap > -SPACE))
        });
        let word = Word {
            letters: glyph.letters.clone(),
            x0: along,
            x1: next.0,
            y: across,
            size: glyph.size,
            bold: glyph.bold,
            ink: letters_ink(glyph),
            mark: glyph.mark,
            spaced: true,
        };
        match (join, runs.last_mut()) {
            (Some((true, spaced)), Some(run)) => match run.words.last_mut() {
                Some(last)
                    if !spaced && last.mark == glyph.mark && (last.size - glyph.size).abs() < 0.3 * last.size =>
                {
                    last.letters.push_str(&glyph.letters);
                    last.x1 = last.x1.max(next.0);
                    last.ink += letters_ink(glyph);
                    bold_letters = (bold_letters.0 + usize::from(glyph.bold), bold_letters.1 + 1);
                    last.bold = bold_letters.0 * 2 > bold_letters.1;
                }
                _ => {
                    run.words.push(Word { spaced, ..word });
                    bold_letters = (usize::from(glyph.bold), 1);
                }
            },
            _ => {
                runs.push(Run { words: vec![word], angle: glyph.angle });
                bold_letters = (usize::from(glyph.bold), 1);
            }
        }
        end = Some(next);
        space = false;
    }
    runs.iter_mut().for_each(close_up);
    runs
}

/// Letters that were spaced for looks, `D R A F T`, as words again: the gaps between words are wider than the others.
fn close_up(run: &mut Run) {
    let single = run.words.iter().filter(|word| word.letters.chars().count() == 1).count();
    let letters =
        run.words.iter().all(|word| word.letters.chars().all(|c| c.is_alphanumeric() || ",.&:'’-–".contains(c)));
    if single < 4 || single * 10 < run.words.len() * 8 || !letters {
        return;
    }
    let mut gaps: Vec<f64> = run.words.windows(2).map(|pair| pair[1].x0 - pair[0].x1).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps[gaps.len() / 2];
    let mut closed: Vec<Word> = Vec::new();
    for word in std::mem::take(&mut run.words) {
        match closed.last_mut() {
            Some(last) if word.x0 - last.x1 <= usual * 1.5 => {
                last.letters.push_str(&word.letters);
                last.x1 = word.x1;
                last.ink += word.ink;
                last.bold &= word.bold;
            }
            _ => closed.push(word),
        }
    }
    run.words = closed;
}

/// Coordinates along and across the baseline; for text that runs to the right those of the page.
fn turned(glyph: &Glyph) -> (f64, f64) {
    if glyph.angle == 0 {
        return (glyph.x, glyph.y);
    }
    let (sin, cos) = f64::from(glyph.angle).to_radians().sin_cos();
    (glyph.x * cos + glyph.y * sin, glyph.y * cos - glyph.x * sin)
}

/// The ink that counts for telling bold type: that of letters and digits.
fn letters_ink(glyph: &Glyph) -> f32 {
    if glyph.letters.chars().all(char::is_alphanumeric) { glyph.ink } else { 0.0 }
}
