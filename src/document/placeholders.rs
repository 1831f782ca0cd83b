//! Template text that was left unfilled.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use super::Words;
use crate::text::{Excerpt, Text};

/// At most so many of a document are shown.
const MOST: usize = 50;

/// Wordings of template text.
#[derive(Debug, Clone)]
pub struct PlaceholderWords {
    pattern: Regex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    patterns: Vec<String>,
}

impl PlaceholderWords {
    /// Reads `rules/words/placeholders.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let any = file.patterns.iter().map(|pattern| format!("(?:{pattern})")).collect::<Vec<_>>().join("|");
        let pattern = RegexBuilder::new(&any).case_insensitive(true).build().map_err(|error| error.to_string())?;
        Ok(PlaceholderWords { pattern })
    }
}

/// Every placeholder, in order.
pub fn find(text: &Text, words: &Words) -> Vec<Excerpt> {
    let hits = words.placeholders.pattern.find_iter(text.content()).take(MOST);
    hits.map(|hit| text.excerpt(hit.range().into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_text_is_told_from_ordinary_brackets() {
        let words = Words::embedded().unwrap();
        for yes in
            ["[Insert name of home]", "<name>", "{{practice_name}}", "XX/XX/20XX", "Click or tap here to enter text."]
        {
            assert!(words.placeholders.pattern.is_match(yes), "{yes}");
        }
        for no in ["[1]", "[sic]", "<5", "<jo@example.org>", "[redacted]", "[ ]", "the date"] {
            assert!(!words.placeholders.pattern.is_match(no), "{no}");
        }
    }
}
