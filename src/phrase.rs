//! Finding phrases in text as people write them: whatever the case, the hyphens, the plural or the spelling.
//!
//! Text and phrases are folded in the same way ([`Folded`]), then every phrase is looked for in one pass. A phrase in
//! capitals (`BAF`, `WRES`) is an abbreviation and only matches capitals, except in file names.

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use crate::text::{Span, Text};

/// A regular expression that stands in the code itself. All of them are built when tests run, so none can be broken in a release.
#[expect(clippy::expect_used, reason = "a constant: it is built in the tests or not at all")]
pub(crate) fn pattern(constant: &str) -> Regex {
    Regex::new(constant).expect("a constant pattern")
}

/// Text folded for comparison, with the way back to the original offsets.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    folded: String,
    tokens: Vec<Token>,
    any_case: bool,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    at: usize,
    original: Span,
    capitals: bool,
}

/// Stands between blocks, so that no phrase reaches from one into the next.
const BORDER: &str = "|";

impl Folded {
    /// Folds a string.
    pub fn of(text: &str) -> Self {
        let mut folded = Folded { folded: " ".to_string(), ..Folded::default() };
        folded.add(text, 0);
        folded
    }

    /// Folds a file name: abbreviations match in any case, and words are parted where capitals, digits and signs part them.
    pub fn of_name(name: &str) -> Self {
        let mut folded = Folded { folded: " ".to_string(), any_case: true, ..Folded::default() };
        folded.add(name, 0);
        folded
    }

    /// Folds a document block by block; spans are those of the text. Reviewers' comments are left out.
    pub fn of_text(text: &Text) -> Self {
        let mut folded = Folded { folded: " ".to_string(), ..Folded::default() };
        for block in text.blocks().iter().filter(|block| block.role.is_evidence()) {
            folded.add(text.block_text(block), block.span.start);
            folded.folded.push_str(BORDER);
            folded.folded.push(' ');
        }
        folded
    }

    fn add(&mut self, text: &str, offset: usize) {
        let mut start = None;
        let mut previous = ' ';
        for (at, c) in text.char_indices() {
            let apostrophe = matches!(c, '\'' | '’' | '‘' | '`') && previous.is_alphanumeric();
            let parted = self.any_case && start.is_some() && name_border(previous, c);
            if (!c.is_alphanumeric() && !apostrophe || parted)
                && let Some(start) = start.take()
            {
                self.token(text, start, at, offset);
            }
            if c.is_alphanumeric() && start.is_none() {
                start = Some(at);
            }
            if c == '&' {
                self.push_token("and", Span::new(offset + at, offset + at + 1), false);
            }
            previous = c;
        }
        if let Some(start) = start {
            self.token(text, start, text.len(), offset);
        }
    }

    fn token(&mut self, text: &str, start: usize, end: usize, offset: usize) {
        let original = text[start..end].trim_end_matches(['\'', '’', '‘', '`']);
        let letters = original.strip_suffix('s').unwrap_or(original);
        let capitals = letters.chars().any(char::is_uppercase) && !letters.chars().any(char::is_lowercase);
        let bare: String = original.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let span = Span::new(offset + start, offset + start + original.len());
        self.push_token(&fold_word(&bare), span, capitals);
    }

    fn push_token(&mut self, word: &str, original: Span, capitals: bool) {
        self.tokens.push(Token { at: self.folded.len(), original, capitals });
        self.folded.push_str(word);
        self.folded.push(' ');
    }

    /// The folded words, each with a space before and after.
    pub fn as_str(&self) -> &str {
        &self.folded
    }
}

/// Whether a file name like `BAFReport2026-Q2` parts its words between two characters.
fn name_border(before: char, after: char) -> bool {
    (before.is_lowercase() && after.is_uppercase())
        || (before.is_alphabetic() && after.is_ascii_digit() && before != 'Q' && before != 'J' && before != 'W')
}

/// One word in lower case, with plural and spelling folded. It need not be a word any more: it must only be the same for
/// all variants.
fn fold_word(word: &str) -> String {
    let whole = match word {
        "programme" | "programmes" | "programs" => "program",
        "coproduction" => "co production",
        "coproduced" => "co produced",
        "coproduce" => "co produce",
        "codesign" => "co design",
        "codesigned" => "co designed",
        "subcommittee" | "subcommittees" => "sub committee",
        "policies" => "policy",
        "analyses" | "analysis" => "analysis",
        "wellbeing" => "well being",
        "staffsurvey" => "staff survey",
        "whistleblowing" => "whistle blowing",
        _ => "",
    };
    if !whole.is_empty() {
        return whole.to_string();
    }
    let mut folded = word.replace("isation", "ization").replace("ising", "izing").replace("yse", "yze");
    if folded.starts_with("organis") {
        folded.replace_range(0.."organis".len(), "organiz");
    }
    let long = folded.chars().count() > 3;
    if long && folded.ends_with("ies") {
        folded.truncate(folded.len() - 3);
        folded.push('y');
    } else if long && folded.ends_with('s') && !["ss", "us", "is"].iter().any(|end| folded.ends_with(end)) {
        folded.pop();
    }
    folded
}

/// A set of phrases that are looked for together.
#[derive(Debug, Clone)]
pub struct Phrases {
    automaton: AhoCorasick,
    abbreviation: Vec<bool>,
}

/// A phrase found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Index of the phrase in the list that the set was made of.
    pub phrase: usize,
    /// Where it stands in the original text.
    pub span: Span,
}

impl Phrases {
    /// Makes a set; a phrase is known by its index. A phrase without a letter or digit matches nothing.
    ///
    /// # Errors
    ///
    /// When the phrases are too many or too long for one automaton.
    pub fn new<S: AsRef<str>>(phrases: &[S]) -> Result<Self, aho_corasick::BuildError> {
        let patterns: Vec<String> = phrases
            .iter()
            .map(|phrase| Folded::of(phrase.as_ref()).folded)
            .map(|folded| if folded.trim().is_empty() { "\u{0}".to_string() } else { folded })
            .collect();
        let abbreviation = phrases.iter().map(|phrase| is_abbreviation(phrase.as_ref())).collect();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns)?;
        Ok(Phrases { automaton, abbreviation })
    }

    /// Every place of every phrase, in the order in which they end.
    pub fn find(&self, text: &Folded) -> Vec<Found> {
        let mut found = Vec::new();
        for hit in self.automaton.find_overlapping_iter(&text.folded) {
            let phrase = hit.pattern().as_usize();
            let first = text.tokens.partition_point(|token| token.at <= hit.start());
            let last = text.tokens.partition_point(|token| token.at < hit.end() - 1);
            let Some(tokens) = text.tokens.get(first..last).filter(|tokens| !tokens.is_empty()) else { continue };
            if self.abbreviation[phrase] && !text.any_case && !tokens.iter().all(|token| token.capitals) {
                continue;
            }
            let span = Span::new(tokens[0].original.start, tokens[tokens.len() - 1].original.end);
            found.push(Found { phrase, span });
        }
        found
    }
}

/// Whether a phrase is an abbreviation: short, one word, no small letters but a plural s.
fn is_abbreviation(phrase: &str) -> bool {
    let letters = phrase.strip_suffix('s').unwrap_or(phrase);
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    phrase.len() <= 10 && capitals > 0 && !letters.chars().any(|c| c.is_lowercase() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(phrases: &[&str], text: &str) -> Vec<(usize, String)> {
        let set = Phrases::new(phrases).unwrap();
        set.find(&Folded::of(text)).iter().map(|hit| (hit.phrase, text[hit.span.range()].to_string())).collect()
    }

    #[test]
    fn case_hyphens_plurals_and_spelling_do_not_matter() {
        for text in ["Co-production", "co production plans", "COPRODUCTION", "coproduction,"] {
            assert_eq!(hits(&["co-production"], text).len(), 1, "{text}");
        }
        assert_eq!(hits(&["residents' meeting"], "Minutes of Residents’ Meetings")[0].1, "Residents’ Meetings");
        assert_eq!(hits(&["organisation-wide programme"], "an organization wide programs").len(), 1);
        assert_eq!(hits(&["equality and diversity"], "Equality & Diversity").len(), 1);
    }

    #[test]
    fn abbreviations_want_capitals_but_not_in_file_names() {
        assert!(hits(&["BAF"], "a baf of sorts").is_empty());
        assert_eq!(hits(&["BAF"], "the BAFs").len(), 1);
        let set = Phrases::new(&["BAF", "quality improvement"]).unwrap();
        assert_eq!(set.find(&Folded::of_name("item09_baf-q2")).len(), 1);
        assert_eq!(set.find(&Folded::of_name("QualityImprovementStrategy2026")).len(), 1);
    }

    #[test]
    fn words_are_whole_and_blocks_apart() {
        assert!(hits(&["risk register"], "brisk registers").is_empty());
        let mut builder = Text::builder();
        builder.push(crate::text::Role::Paragraph, crate::text::Place::at_line(1, 1), "the risk");
        builder.push(crate::text::Role::Paragraph, crate::text::Place::at_line(2, 1), "register");
        let text = builder.finish();
        assert!(Phrases::new(&["risk register"]).unwrap().find(&Folded::of_text(&text)).is_empty());
    }
}
