//! What kind of document it is: by what it calls itself, then by its structure and format.

use serde::Deserialize;

use super::{Fact, Kind, Words, stem};
use crate::phrase::{Folded, Phrases};
use crate::read::Format;
use crate::text::{Role, Text};

/// What each kind calls itself.
#[derive(Debug, Clone)]
pub struct KindWords {
    phrases: Phrases,
    names: Vec<(Kind, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: Kind,
    names: Vec<String>,
}

impl KindWords {
    /// Reads `rules/words/kinds.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let names: Vec<(Kind, String)> = file
            .kind
            .into_iter()
            .flat_map(|entry| entry.names.into_iter().map(move |name| (entry.kind, name)))
            .collect();
        let list: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
        let phrases = Phrases::new(&list).map_err(|error| error.to_string())?;
        Ok(KindWords { phrases, names })
    }

    /// The kind whose name ends last in the main part of a title; of two that end together, the longer.
    fn named(&self, words: &Folded, title: &str) -> Option<(Kind, &str)> {
        let main = title.find(['(', '\u{2013}']).filter(|at| *at > 12).unwrap_or(title.len());
        let hits = self.phrases.find(words);
        let best = hits
            .iter()
            .filter(|hit| hit.span.start < main)
            .max_by_key(|hit| (hit.span.end, hit.span.end - hit.span.start))?;
        let (kind, name) = &self.names[best.phrase];
        Some((*kind, name))
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

/// Decides the kind from title, file name, structure and format.
pub fn classify(text: &Text, path: &str, format: Format, title: Option<&Fact<String>>, words: &Words) -> KindFound {
    let found = |kind: Kind, because: String| KindFound { kind, because };
    if format == Format::Eml {
        return found(Kind::Email, "it is a mail".to_string());
    }
    let opening: String =
        text.blocks().iter().take(8).map(|block| text.block_text(block)).collect::<Vec<_>>().join("\n").to_lowercase();
    for start in ["minutes of", "minutes from", "draft minutes", "unconfirmed minutes"] {
        if opening.lines().any(|line| line.trim_start().starts_with(start)) {
            return found(Kind::Minutes, format!("it begins \"{start}\""));
        }
    }
    if let Some(title) = title
        && let Some((kind, name)) = words.kinds.named(&Folded::of(&title.value), &title.value)
    {
        return found(kind, format!("the title says \"{name}\""));
    }
    let stem = stem(path);
    if let Some((kind, name)) = words.kinds.named(&Folded::of_name(stem), stem) {
        return found(kind, format!("the file name says \"{name}\""));
    }
    let lower = text.content().to_lowercase();
    let says = |phrase: &str| lower.contains(phrase);
    if (says("apologies") || says("in attendance")) && says("present") {
        return found(Kind::Minutes, "it lists who was present and who sent apologies".to_string());
    }
    if says("yours sincerely") || says("yours faithfully") {
        return found(Kind::Letter, "it closes as a letter does".to_string());
    }
    if matches!(format, Format::Pptx | Format::Odp) {
        return found(Kind::Presentation, "it is a set of slides".to_string());
    }
    if matches!(format, Format::Xlsx | Format::Xls | Format::Ods | Format::Csv) {
        let cells = text.blocks().iter().filter(|block| matches!(block.role, Role::Cell { .. })).count().max(1);
        let numbers = text.blocks().iter().filter(|block| text.block_text(block).parse::<f64>().is_ok()).count();
        let kind = if numbers * 2 > cells { Kind::Dataset } else { Kind::Register };
        return found(kind, "it is a workbook".to_string());
    }
    found(Kind::Other, "nothing in it names its kind".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(title: &str) -> Kind {
        let words = Words::embedded().unwrap();
        let fact = Fact { value: title.to_string(), source: crate::document::Source::Title, excerpt: None };
        classify(&Text::default(), "x.docx", Format::Docx, Some(&fact), &words).kind
    }

    #[test]
    fn the_last_kind_word_of_the_title_decides() {
        for (title, expected) in [
            ("Risk Management Policy", Kind::Policy),
            ("Quality Improvement Strategy: annual progress report", Kind::Report),
            ("Staff Survey Action Plan", Kind::Plan),
            ("Quality Committee Terms of Reference", Kind::TermsOfReference),
            ("Board Assurance Framework Q2", Kind::Register),
            ("Minutes of the Quality Committee", Kind::Minutes),
            ("Annual Governance Statement 2025/26", Kind::Declaration),
            ("Our allotment", Kind::Other),
        ] {
            assert_eq!(kind(title), expected, "{title}");
        }
    }
}
