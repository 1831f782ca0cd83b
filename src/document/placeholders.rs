//! Template text that was left unfilled.
use super::Words;
use crate::text::{Excerpt, Text};

/// Wordings of template text.
#[derive(Debug, Clone)]
pub struct PlaceholderWords {}

impl PlaceholderWords {
    /// Reads `rules/words/placeholders.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(_text: &str) -> Result<Self, String> {
        Ok(PlaceholderWords {})
    }
}

/// Every placeholder, in order.
pub fn find(_text: &Text, _words: &Words) -> Vec<Excerpt> {
    Vec::new()
}
