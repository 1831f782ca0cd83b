//! Version numbers: labelled, glued to a title or a file name, in a footer.

use std::sync::LazyLock;

use regex::Regex;

use super::pairs::lines;
use crate::day::find_days;
use crate::document::{Fact, Source, stem};
use crate::phrase::pattern;
use crate::text::{Role, Text};

/// A number that is marked as a version: `V3.0`, `v2 FINAL`, `V6-1`, `Issue 9.`, `Version No. 2.1`, `PolicyV2`.
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?i:\bversion\b|\bvers?\b\.?|\bissue\b|\brevision\b|\bedition\b|\brev\b\.?|\biss\b\.?)(?i:\s*(?:no|number|num)\b)?[\s.:_]*[vV]?|(?:^|[\s_(\[,;:-])[vV]\.?\s?|[a-z)]V)(\d{1,2}(?:[._-]\d{1,2}){0,2})(?:[^\d/]|$)",
    )
});

/// A number at the start of a value.
static PLAIN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?i:final|draft|approved)?[\s:-]*[vV]?\.?\s?(\d{1,4}(?:\.\d{1,3}){0,3})(?:[^\d/]|$)"));

/// The version that a labelled value gives; of several the highest, as in `v3.0, 10/07/2019 v3.1, 08/07/2020`.
pub(super) fn of_value(value: &str) -> Option<String> {
    let value = value.trim();
    // `5 (replaces version 4 of May 2022)`
    let lower = value.to_lowercase();
    let other = ["replac", "supersed", "previous", "formerly"].iter().filter_map(|word| lower.find(word)).min();
    let value =
        other.and_then(|at| value.get(..at)).filter(|own| own.chars().any(|c| c.is_ascii_digit())).unwrap_or(value);
    const ORDINALS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let word = lower.trim_end_matches('.').trim_end_matches(" edition").trim_end_matches(" version");
    if let Some(at) = ORDINALS.iter().position(|one| *one == word) {
        return Some((at + 1).to_string());
    }
    let marked = MARKED.captures_iter(value).filter_map(|hit| hit.get(1)).map(|number| tidy(number.as_str()));
    if let Some(best) = marked.max_by_key(|number| order(number)) {
        return Some(best);
    }
    let dated = find_days(value, None).first().is_some_and(|day| day.start == 0);
    let number = PLAIN.captures(value).and_then(|hit| hit.get(1))?;
    (!dated).then(|| tidy(number.as_str()))
}

/// Of several lines that begin with a version each, the newest, without its version: `v2.0, Sponsor` above `v3.0, Board`.
pub(super) fn newest_line(value: &str) -> Option<&str> {
    let lines: Vec<&str> = value.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let marked = |line: &&str| {
        line.len() > 2 && line.starts_with(['v', 'V']) && line[1..].starts_with(|c: char| c.is_ascii_digit())
    };
    if lines.is_empty() || !lines.iter().all(marked) {
        return None;
    }
    let newest = lines.iter().max_by_key(|line| order(line))?;
    newest
        .split_once([',', ' ', ':'])
        .map(|(_, rest)| rest.trim_start_matches([',', ' ', ':', '-', '–']))
        .filter(|rest| !rest.is_empty())
}

/// The version that words outside a label give, such as a title or a file name.
fn of_words(words: &str) -> Option<String> {
    MARKED.captures(words).and_then(|hit| hit.get(1)).map(|number| tidy(number.as_str()))
}

fn tidy(number: &str) -> String {
    number.replace(['-', '_'], ".").trim_end_matches('.').to_string()
}

/// The parts of the first number of some words, for comparing versions: `v2.10` is after `2.9`.
pub(super) fn order(words: &str) -> Vec<u32> {
    let start = words.find(|c: char| c.is_ascii_digit()).unwrap_or(words.len());
    let number: String =
        words[start..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_')).collect();
    number.split(['.', '-', '_']).filter_map(|part| part.parse().ok()).collect()
}

/// A version that is glued to the title: `Risk Policy V3.0`.
pub(super) fn of_title(title: Option<&Fact<String>>) -> Option<Fact<String>> {
    let title = title?;
    let quoted = title.excerpt.as_ref().map(|excerpt| excerpt.quote.as_str());
    let value = of_words(&title.value).or_else(|| quoted.and_then(of_words))?;
    Some(Fact { value, source: Source::Title, excerpt: title.excerpt.clone() })
}

/// A version without a label: in a short line near the top, in a page header or footer, in the file name.
pub(super) fn loose(text: &Text, path: &str) -> Option<Fact<String>> {
    // A short line near the top that is the version and little else: `Version 3`, `v2.1 May 2026`.
    for block in text
        .blocks()
        .iter()
        .take(8)
        .filter(|block| !matches!(block.role, Role::Cell { .. } | Role::Header | Role::Footer))
    {
        for line in lines(text, block) {
            let words = text.slice(line);
            let bare = words.trim_start_matches(['(', '[', ' ']);
            if words.len() < 40
                && MARKED.find(bare).is_some_and(|found| found.start() == 0)
                && let Some(value) = of_words(bare)
            {
                return Some(Fact { value, source: Source::Title, excerpt: Some(text.excerpt(line)) });
            }
        }
    }
    let edges = text.blocks().iter().filter(|block| matches!(block.role, Role::Header | Role::Footer));
    for block in edges {
        if let Some(value) = of_words(text.block_text(block)) {
            return Some(Fact { value, source: Source::HeaderOrFooter, excerpt: Some(text.excerpt(block.span)) });
        }
    }
    of_words(stem(path)).map(|value| Fact { value, source: Source::FileName, excerpt: None })
}

/// Words without a version at their end: `Risk Policy V3.0` is `Risk Policy`.
pub(super) fn without(words: &str) -> &str {
    let Some(hit) = MARKED.captures_iter(words).last() else { return words };
    let (Some(whole), Some(number)) = (hit.get(0), hit.get(1)) else { return words };
    let rest = words[number.end()..].trim_matches([')', ']', '.', ' ']);
    let glued = words[whole.start()..].starts_with(|c: char| c.is_ascii_lowercase())
        && words[whole.start()..].chars().nth(1) == Some('V');
    let start = if glued { whole.start() + 1 } else { whole.start() };
    if rest.is_empty() { words[..start].trim_end_matches([' ', '(', '[', '-', '–', ',', '_', ':']) } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_values() {
        for (value, expected) in [
            ("3.1", Some("3.1")),
            ("V3.0", Some("3.0")),
            ("v2 FINAL", Some("2")),
            ("Issue 9.", Some("9")),
            ("9.", Some("9")),
            ("2025 Version 1", Some("1")),
            ("v3.0, 10/07/2019 v3.1, 08/07/2020", Some("3.1")),
            ("v2.7 Feb 2021", Some("2.7")),
            ("Draft 0.4", Some("0.4")),
            ("1.0 (final)", Some("1.0")),
            ("10/07/2019", None),
            ("May 2024", None),
            ("second", Some("2")),
            ("Third edition", Some("3")),
            ("second floor", None),
            ("5 (replaces version 4 of May 2022)", Some("5")),
            ("Vers. 1.4", Some("1.4")),
        ] {
            assert_eq!(of_value(value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn versions_are_read_from_titles_and_names() {
        for (words, expected) in [
            ("Risk Policy V3.0", Some("3.0")),
            ("Risk Policy v6", Some("6")),
            ("BAF Q2 v3 FINAL", Some("3")),
            ("Risk_Policy_V6-1", Some("6.1")),
            ("PolicyV2", Some("2")),
            ("Guide (v.2)", Some("2")),
            ("COVID19 plan", None),
            ("Item 09 plan", None),
            ("Issues 2024", None),
        ] {
            assert_eq!(of_words(words).as_deref(), expected, "{words}");
        }
        assert_eq!(without("Risk Policy V3.0"), "Risk Policy");
        assert_eq!(without("Risk Policy (version 2)"), "Risk Policy");
        assert_eq!(without("Risk PolicyV2"), "Risk Policy");
        assert_eq!(without("Version 2 of the plan"), "Version 2 of the plan");
        assert!(order("v2.10") > order("2.9"));
    }

    proptest::proptest! {
        #[test]
        fn versions_never_fail(words in "([vV0-9._ é-]|Version|Issue|[a-z]){0,20}") {
            let _ = (of_value(&words), order(&words));
            proptest::prop_assert!(words.starts_with(without(&words)));
        }
    }
}
