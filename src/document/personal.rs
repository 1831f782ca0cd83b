//! Data that identifies a patient: found, and masked in the text for good.

use std::sync::LazyLock;

use regex::Regex;

use super::{PersonalData, PersonalKind};
use crate::text::{Span, Text, mask_digits};

#[allow(clippy::expect_used)] // constant patterns, compiled by the tests
static TEN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d{3}[ -]?\d{3}[ -]?\d{4}").expect("a constant pattern"));

#[allow(clippy::expect_used)]
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)nhs\s*(?:no|num|number|#|id)\b").expect("a constant pattern"));

#[allow(clippy::expect_used)]
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:isbn|tel|telephone|phone|mobile|fax|ref|reference|order|invoice|account|datix)\W*(?:no|number)?\W*$",
    )
    .expect("a constant pattern")
});

/// Finds NHS numbers, blanks their digits in the text, and says where they were.
pub fn mask(text: &mut Text) -> Vec<PersonalData> {
    let mut spans = Vec::new();
    for block in text.blocks() {
        let words = text.block_text(block);
        for hit in candidates(words) {
            let from = words[..hit.start].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            let before = &words[from..hit.start];
            let spaced = hit.len() == 12;
            if OTHER.is_match(before) || !(spaced || LABEL.is_match(before)) {
                continue;
            }
            spans.push((Span::new(block.span.start + hit.start, block.span.start + hit.end), kind(&words[hit])));
        }
    }
    for (span, _) in &spans {
        text.mask_digits(*span, 3, 2);
    }
    for property in [&mut text.metadata.title, &mut text.metadata.author].into_iter().flatten() {
        *property = mask_line(property);
    }
    spans.into_iter().map(|(span, kind)| PersonalData { kind, excerpt: text.excerpt(span) }).collect()
}

/// A name, path or title with every NHS number in it masked.
pub fn mask_line(line: &str) -> String {
    let mut masked = line.to_string();
    for hit in candidates(line) {
        masked.replace_range(hit.clone(), &mask_digits(&line[hit], 3, 2));
    }
    masked
}

/// Ten digits on their own with the right check digit and an issued or test prefix.
fn candidates(words: &str) -> Vec<std::ops::Range<usize>> {
    let alone = |range: &std::ops::Range<usize>| {
        let before = words[..range.start].chars().next_back();
        let after = words[range.end..].chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '-') && !after.is_some_and(|c| c.is_alphanumeric())
    };
    TEN.find_iter(words)
        .map(|hit| hit.range())
        .filter(alone)
        .filter(|range| is_nhs_number(&words[range.clone()]))
        .collect()
}

/// The check of the NHS number: weights 10 to 2, modulo 11 (NHS Data Dictionary).
fn is_nhs_number(words: &str) -> bool {
    let digits: Vec<u32> = words.chars().filter_map(|c| c.to_digit(10)).collect();
    let [first, .., last] = digits.as_slice() else { return false };
    let sum: u32 = digits.iter().take(9).zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    let issued = matches!(first, 3 | 4 | 6 | 7) || words.starts_with("999");
    digits.len() == 10 && check == *last && issued && digits.iter().any(|digit| digit != first)
}

fn kind(words: &str) -> PersonalKind {
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    if digits.starts_with("999") || digits == "9434765919" {
        PersonalKind::TestNhsNumber
    } else {
        PersonalKind::NhsNumber
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Place, Role};

    fn mask_words(words: &str) -> (String, usize) {
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::at_paragraph(1), words);
        let mut text = builder.finish();
        let found = mask(&mut text).len();
        (text.content().trim().to_string(), found)
    }

    #[test]
    fn numbers_in_context_are_masked() {
        assert_eq!(mask_words("NHS number: 4010232137 was seen"), ("NHS number: 401*****37 was seen".to_string(), 1));
        assert_eq!(mask_words("Mrs A (401 023 2137)").1, 1);
    }

    #[test]
    fn other_numbers_are_left() {
        for words in
            ["ISBN 401 023 2137", "order 4010232137", "4010232137 units", "NHS number 4010232138", "Tel: 401 023 2137"]
        {
            assert_eq!(mask_words(words).1, 0, "{words}");
        }
        assert_eq!(mask_line("story 4010232137.docx"), "story 401*****37.docx");
    }

    proptest::proptest! {
        #[test]
        fn masking_never_fails(words in "[0-9 NHSno:é-]{0,60}") {
            mask_words(&words);
        }
    }
}
