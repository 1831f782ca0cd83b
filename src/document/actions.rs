//! Actions (text, owner, due, progress) from action logs, action plans and minutes, as tables or prose.
use super::{Action, Facts, Kind, Words};
use crate::text::Text;

/// Column names of action logs and words for progress.
#[derive(Debug, Clone)]
pub struct ActionWords {}

impl ActionWords {
    /// Reads `rules/words/actions.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(_text: &str) -> Result<Self, String> {
        Ok(ActionWords {})
    }
}

/// Every action of the document, in order.
pub fn read(_text: &Text, _kind: Kind, _facts: &Facts, _words: &Words) -> Vec<Action> {
    Vec::new()
}
