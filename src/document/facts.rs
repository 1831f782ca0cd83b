//! Facts from labels, document-control tables, headers and footers, titles, file names and embedded metadata.
use super::{Fact, Facts, Kind, Words};
use crate::text::Text;

/// Labels of fields and words for status.
#[derive(Debug, Clone)]
pub struct Labels {}

impl Labels {
    /// Reads `rules/words/labels.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(_text: &str) -> Result<Self, String> {
        Ok(Labels {})
    }
}

/// The title: a label, the title block, the first heading, a sensible metadata title, else none.
pub fn title(_text: &Text, _path: &str, _words: &Words) -> Option<Fact<String>> {
    None
}

/// All facts; `title` is what [`title`] found.
pub fn read(_text: &Text, _path: &str, _kind: Kind, title: Option<Fact<String>>, _words: &Words) -> Facts {
    Facts { title, ..Facts::default() }
}
