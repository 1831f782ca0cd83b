//! The vocabulary that describing a document needs, from `rules/words/`: labels of fields, names of kinds, placeholders.

use super::{actions, facts, kind, placeholders};

/// All vocabulary, compiled once and shared by all threads.
#[derive(Debug, Clone)]
pub struct Words {
    /// Labels of fields and words for status.
    pub labels: facts::Labels,
    /// What names and shows each kind.
    pub kinds: kind::KindWords,
    /// Column names of action logs and words for progress.
    pub actions: actions::ActionWords,
    /// Template text.
    pub placeholders: placeholders::PlaceholderWords,
}

impl Words {
    /// The vocabulary that is built into the program.
    ///
    /// # Errors
    ///
    /// When one of the built-in files does not read, which a test rules out; the text names the file.
    pub fn embedded() -> Result<Words, String> {
        fn named<T>(file: &str, read: Result<T, String>) -> Result<T, String> {
            read.map_err(|fault| format!("rules/words/{file}: {fault}"))
        }
        Ok(Words {
            labels: named("labels.toml", facts::Labels::from_toml(include_str!("../../rules/words/labels.toml")))?,
            kinds: named("kinds.toml", kind::KindWords::from_toml(include_str!("../../rules/words/kinds.toml")))?,
            actions: named(
                "actions.toml",
                actions::ActionWords::from_toml(include_str!("../../rules/words/actions.toml")),
            )?,
            placeholders: named(
                "placeholders.toml",
                placeholders::PlaceholderWords::from_toml(include_str!("../../rules/words/placeholders.toml")),
            )?,
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_built_in_vocabulary_reads() {
        super::Words::embedded().unwrap();
    }
}
