//! Which paragraphs are headings, and of what level: by the size of their letters, by bold type, by capitals.

use std::collections::BTreeMap;

/// What sizes of letters mean in a document.
pub(super) struct Sizes {
    /// That of most letters.
    body: f64,
    /// Those of headings, the largest first.
    headings: Vec<i64>,
    /// Whether so much is bold that it means nothing.
    bold_body: bool,
}

/// Sizes are compared in half points.
fn half_points(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

/// How much larger than the body a heading is.
const LARGER: f64 = 1.12;
/// Letters of a heading at most.
const HEADING: usize = 160;

impl Sizes {
    /// From paragraphs with the height of their em in points, and whether they are bold.
    pub(super) fn of(texts: &[(&str, f64, bool)]) -> Self {
        let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
        let (mut bold, mut all) = (0, 0);
        for (text, size, is_bold) in texts {
            *letters.entry(half_points(*size)).or_default() += text.len();
            all += text.len();
            bold += if *is_bold { text.len() } else { 0 };
        }
        let body = letters.iter().max_by_key(|(_, count)| **count).map_or(20, |(size, _)| *size) as f64 / 2.0;
        let mut sizes = Sizes { body, headings: Vec::new(), bold_body: bold * 2 > all };
        let larger = texts.iter().filter(|(text, size, _)| sizes.is_larger(text, *size));
        let mut headings: Vec<i64> = larger.map(|(_, size, _)| half_points(*size)).collect();
        headings.sort_unstable_by(|a, b| b.cmp(a));
        headings.dedup_by(|next, before| *before - *next <= 1);
        sizes.headings = headings;
        sizes
    }

    /// Whether a text is as short as a heading, in letters larger than the body's.
    pub(super) fn is_larger(&self, text: &str, size: f64) -> bool {
        size >= self.body * LARGER && is_heading_text(text)
    }

    /// The level of a heading, or `None` for a paragraph.
    pub(super) fn level(&self, text: &str, size: f64, bold: bool, lines: usize) -> Option<u8> {
        let rank =
            |size: i64| self.headings.iter().position(|heading| *heading <= size + 1).unwrap_or(self.headings.len());
        let level = if self.is_larger(text, size) {
            rank(half_points(size)) + 1
        } else {
            let shouted = lines == 1
                && text.chars().filter(|c| c.is_alphabetic()).count() >= 6
                && !text.chars().any(char::is_lowercase);
            let bold = bold && !self.bold_body && lines <= 2;
            let plain = text.chars().count() <= 110 && !text.contains(": ") && !text.ends_with(':');
            if !((bold || shouted) && size >= self.body * 0.9 && plain && is_heading_text(text)) {
                return None;
            }
            self.headings.len().max(1) + 1
        };
        Some(u8::try_from(level.min(4)).unwrap_or(4))
    }
}

fn is_heading_text(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.chars().count() <= HEADING && letters >= 3 && !text.ends_with(['.', ',', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_sizes_and_bold_type_comes_below_them() {
        let body = "Words of the body that go on for a good while, so that most letters have their size.";
        let texts =
            [("Falls policy", 20.0, false), ("Purpose", 14.0, true), (body, 11.0, false), ("Scope", 11.0, true)];
        let sizes = Sizes::of(&texts);
        let level = |text: &str, size: f64, bold: bool| sizes.level(text, size, bold, 1);
        assert_eq!(level("Falls policy", 20.0, false), Some(1));
        assert_eq!(level("Purpose", 14.0, true), Some(2));
        assert_eq!(level("Scope", 11.0, true), Some(3));
        assert_eq!(level("MINUTES OF THE BOARD", 11.0, false), Some(3));
        assert_eq!(level("Present:", 11.0, true), None);
        assert_eq!(level(body, 11.0, false), None);
    }
}
