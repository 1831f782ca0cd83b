//! What kind of document it is.
use super::{Fact, Kind, Words};
use crate::read::Format;
use crate::text::Text;

/// What names and shows each kind.
#[derive(Debug, Clone)]
pub struct KindWords {}

impl KindWords {
    /// Reads `rules/words/kinds.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(_text: &str) -> Result<Self, String> {
        Ok(KindWords {})
    }
}

/// A kind and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindFound {
    /// The kind.
    pub kind: Kind,
    /// Why, in words for the user, such as `the title says "terms of reference"`.
    pub because: String,
}

/// Decides the kind from file name, title, headings, structure and format.
pub fn classify(
    _text: &Text,
    _path: &str,
    _format: Format,
    _title: Option<&Fact<String>>,
    _words: &Words,
) -> KindFound {
    KindFound { kind: Kind::Other, because: String::new() }
}
