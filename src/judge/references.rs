//! References to documents that are not in the folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks;
use crate::document::stem;
use crate::dossier::Dossier;
use crate::finding::Finding;

/// Findings of one document; a list of fifty files that were moved is one thing to put right.
const MOST: usize = 5;

/// What a folder holds, as names are compared. Both are looked up by a word, since a large folder has many names in many papers.
struct Shelf {
    /// The words of file names in order, by their last word.
    stems: BTreeMap<String, Vec<Vec<String>>>,
    /// The documents that a word tells: of their file name, their title and what they are evidence of.
    told_by: BTreeMap<String, BTreeSet<usize>>,
}

/// Findings of the documents that rely on one that is not there.
pub(super) fn findings(dossiers: &[Dossier]) -> Vec<Finding> {
    if dossiers.iter().all(|dossier| dossier.relies_on.is_empty()) {
        return Vec::new();
    }
    let shelf = Shelf::of(dossiers);
    let mut findings = Vec::new();
    for dossier in dossiers {
        let gone = dossier.relies_on.iter().filter(|named| match named.name.rsplit_once('.') {
            Some((stem, ending)) if ending.len() <= 4 && !ending.contains(' ') => !shelf.has_file(&named.before, stem),
            _ => !shelf.has_document(&named.name),
        });
        findings.extend(gone.take(MOST).map(|named| checks::dangling_reference(dossier, named)));
    }
    findings
}

impl Shelf {
    fn of(dossiers: &[Dossier]) -> Shelf {
        let mut shelf = Shelf { stems: BTreeMap::new(), told_by: BTreeMap::new() };
        for (at, dossier) in dossiers.iter().enumerate() {
            let stem = stem(&dossier.path);
            let title = dossier.facts.title.iter().map(|title| title.value.as_str());
            let evidence = dossier.evidence.iter().map(|one| one.evidence.as_str());
            for said in title.chain(evidence).chain([dossier.kind.name(), stem]) {
                let said = words(said);
                for word in initials(&said).into_iter().chain(said) {
                    shelf.told_by.entry(word).or_default().insert(at);
                }
            }
            let stem = words(stem);
            if let Some(last) = stem.last() {
                shelf.stems.entry(last.clone()).or_default().push(stem);
            }
        }
        shelf
    }

    /// Whether a file of the name is there, with any ending; `before` may be the beginning of its name.
    fn has_file(&self, before: &str, stem: &str) -> bool {
        let (name, mut whole) = (words(stem), words(before));
        whole.extend(name.clone());
        let ends = |of: &Vec<String>| whole.ends_with(of) || of.ends_with(&name) && name.len() > 1;
        let of_last = name.last().and_then(|last| self.stems.get(last));
        of_last.is_some_and(|stems| stems.iter().any(ends)) || self.has_words(&name)
    }

    /// Whether a document that may be called so is there: one that has each word of the name, or their initials.
    fn has_document(&self, name: &str) -> bool {
        self.has_words(&words(name))
    }

    fn has_words(&self, name: &[String]) -> bool {
        if initials(name).is_some_and(|initials| self.told_by.contains_key(&initials)) {
            return true;
        }
        let telling = name.iter().filter(|word| !SMALL.contains(&word.as_str()));
        let Some(mut told) = telling.map(|word| self.told_by.get(word)).collect::<Option<Vec<_>>>() else {
            return false;
        };
        told.sort_by_key(|documents| documents.len());
        let Some((rarest, others)) = told.split_first() else { return false };
        rarest.iter().any(|document| others.iter().all(|documents| documents.contains(document)))
    }
}

/// Words that tell no document from another.
const SMALL: [&str; 14] =
    ["the", "our", "of", "and", "for", "to", "in", "on", "with", "trust", "version", "v", "final", "draft"];

/// The words of a name in small letters, without the s of plurals.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let plain = |word: &str| {
        let word = word.to_lowercase();
        match word.strip_suffix('s') {
            Some(one) if one.len() > 3 => one.to_string(),
            _ => word,
        }
    };
    parts.map(plain).collect()
}

/// The first letters of three words or more: board assurance framework, `baf`.
fn initials(words: &[String]) -> Option<String> {
    let telling = words.iter().filter(|word| !SMALL.contains(&word.as_str()) && word.chars().all(char::is_alphabetic));
    let letters: String = telling.filter_map(|word| word.chars().next()).collect();
    (letters.chars().count() >= 3).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examine::unread_dossier;
    use crate::read::{Format, Unread};

    fn shelf(paths: &[&str]) -> Shelf {
        let dossiers: Vec<Dossier> =
            paths.iter().map(|path| unread_dossier(path, Format::Unknown, Unread::Encrypted)).collect();
        Shelf::of(&dossiers)
    }

    #[test]
    fn files_are_found_under_their_name_whatever_stands_before() {
        let shelf = shelf(&["Risk/Risk Register Q2.xlsx", "BAF.xlsx", "Quality improvement plan 2026.docx"]);
        assert!(shelf.has_file("as shown in the", "Risk Register Q2"));
        assert!(shelf.has_file("see Risk", "Register_Q2"));
        assert!(!shelf.has_file("", "Risk Register Q3"));
        assert!(shelf.has_document("Board Assurance Framework"));
        assert!(shelf.has_document("Quality Improvement Plan"));
        assert!(!shelf.has_document("Quality Improvement Strategy"));
    }
}
