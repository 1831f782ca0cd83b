//! A short mark of a document's words, by which copies and versions of one document are told from documents of the same sort.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// Words in a row that make one shingle.
const SHINGLE: usize = 4;
/// Shingles kept: the smallest by their hash. With 96 a likeness is about a tenth off at most, and 10,000 documents take 8 MB.
const KEPT: usize = 96;

/// What is kept of a document's words. Nothing of the words can be read from it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// Mark of all its words in order, capitals and signs left out.
    whole: u64,
    /// The smallest hashes of its shingles, in order (a bottom-k sketch, Broder 1997).
    least: Vec<u64>,
}

impl Sketch {
    /// The sketch of the words that may count as evidence.
    pub fn of(text: &Text) -> Sketch {
        let mut words: Vec<u64> = Vec::new();
        for block in text.blocks().iter().filter(|block| block.role.is_evidence()) {
            let of_block = text.block_text(block).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.extend(of_block.map(|word| mark(&word.to_lowercase())));
        }
        let mut least = BTreeSet::new();
        for shingle in words.windows(SHINGLE) {
            let one = mark(&shingle);
            if least.len() < KEPT || least.last().is_some_and(|last| one < *last) {
                least.insert(one);
            }
            if least.len() > KEPT {
                least.pop_last();
            }
        }
        Sketch { whole: mark(&words), least: least.into_iter().collect() }
    }

    /// The mark of all words in order: that of two documents is the same when their words are.
    pub fn whole(&self) -> u64 {
        self.whole
    }

    /// How many of the words in a row of either document stand in both, in percent, about.
    pub fn likeness(&self, other: &Sketch) -> usize {
        let all: BTreeSet<u64> = self.least.iter().chain(&other.least).copied().collect();
        let lowest: Vec<u64> = all.into_iter().take(KEPT).collect();
        let has = |sketch: &Sketch, one: &u64| sketch.least.binary_search(one).is_ok();
        let both = lowest.iter().filter(|one| has(self, one) && has(other, one));
        if lowest.is_empty() { 0 } else { both.count() * 100 / lowest.len() }
    }
}

/// The same in one run of the program, which is all that it is used for.
fn mark(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Place, Role};

    fn sketch(words: &str) -> Sketch {
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::default(), words);
        Sketch::of(&builder.finish())
    }

    #[test]
    fn the_same_words_are_the_same_whatever_the_signs() {
        let one = sketch("The Board agreed the plan on Monday, and thanked all staff.");
        assert!(one.whole() == sketch("the board agreed the plan on monday and thanked ALL staff").whole());
        assert!(one.whole() != sketch("The Board agreed the plan on Tuesday, and thanked all staff.").whole());
        assert_eq!(one.likeness(&one), 100);
        assert_eq!(sketch("").likeness(&sketch("")), 0);
    }

    #[test]
    fn a_version_is_more_alike_than_another_paper() {
        let lines: Vec<String> = (0..60).map(|at| format!("rule {at} says that person {at} tells team {at}")).collect();
        let old = sketch(&lines.join(". "));
        let new = sketch(&format!("{}. A new end of it all stands here", lines[..50].join(". ")));
        let other: Vec<String> = (60..120).map(|at| format!("figure {at} of ward {at} fell to {at}")).collect();
        assert!(old.likeness(&new) > 60, "{}", old.likeness(&new));
        assert!(old.likeness(&sketch(&other.join(". "))) < 10);
    }
}
