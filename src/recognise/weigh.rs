//! How much of an evidence type's vocabulary stands in a document, and where it is densest.

use std::collections::BTreeSet;
use std::ops::Range;

use super::hits::Hits;
use crate::text::{Section, Span, Text};

/// Words up to which a document is weighed whole; a longer one section by section, since it mentions everything somewhere.
const SHORT: usize = 700;

/// Words that a section under a heading needs before it counts as evidence of its own.
const SECTION_WORDS: usize = 60;

/// Paragraphs that an item of minutes runs over.
const ITEM_BLOCKS: usize = 4;

/// A document's text with its sections, for weighing.
pub(super) struct Weigher<'a> {
    pub(super) text: &'a Text,
    pub(super) sections: Vec<Section>,
    /// Blocks that only list or point.
    skipped: BTreeSet<usize>,
    /// Whether the document is weighed whole.
    pub(super) short: bool,
    /// How much each phrase tells of one evidence type.
    weights: &'a [f32],
}

/// Different terms that stand together: how many, and how much they tell.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Weight {
    pub(super) terms: usize,
    pub(super) telling: f32,
}

impl<'a> Weigher<'a> {
    pub(super) fn new(text: &'a Text, weights: &'a [f32]) -> Self {
        let sections = text.sections();
        let skipped = skipped_blocks(text, &sections);
        Weigher { text, sections, skipped, short: text.words() <= SHORT, weights }
    }

    /// The heading that names it with the most terms under it.
    pub(super) fn best_heading(&self, hit: &Hits) -> Option<(Span, Weight)> {
        let mut best: Option<(Span, Weight)> = None;
        let mut names = hit.names.clone();
        names.sort();
        let terms = self.placed(hit);
        for section in &self.sections {
            let Some(heading) = section.heading else { continue };
            let span = self.text.blocks()[heading].span;
            let first = names.partition_point(|name| name.start < span.start);
            let within = names[first..].iter().take_while(|name| name.start < span.end);
            let Some(name) = within.into_iter().find(|name| name.end <= span.end) else { continue };
            let block_words = |at: usize| self.text.block_text(&self.text.blocks()[at]).split_whitespace().count();
            let words: usize = section.blocks.clone().map(block_words).sum();
            let weight = self.of(&terms, &section.blocks);
            let weight = if words < SECTION_WORDS { Weight { terms: weight.terms.min(1), ..weight } } else { weight };
            if best.is_none_or(|(_, most)| weight.telling > most.telling) {
                best = Some((*name, weight));
            }
        }
        best
    }

    /// The name in running text with the most terms in its paragraph and the few after it.
    pub(super) fn best_item(&self, hit: &Hits) -> Option<(Span, Weight)> {
        let mut best: Option<(Span, Weight)> = None;
        let terms = self.placed(hit);
        let mut last = None;
        for name in &hit.names {
            let Some(at) = self.text.block_index(name.start) else { continue };
            // One name of a paragraph is enough, and the same for all.
            if last.replace(at) == Some(at) {
                continue;
            }
            let weight = self.of(&terms, &(at..at + ITEM_BLOCKS));
            if best.is_none_or(|(_, most)| weight.telling > most.telling) {
                best = Some((*name, weight));
            }
        }
        best
    }

    /// The most that stands together: in the whole of a short document, in one section of a long one.
    pub(super) fn densest(&self, hit: &Hits) -> Weight {
        let terms = self.placed(hit);
        if self.short {
            return self.of(&terms, &(0..usize::MAX));
        }
        let of = |section: &Section| self.of(&terms, &section.blocks);
        self.sections.iter().map(of).max_by(|a, b| a.telling.total_cmp(&b.telling)).unwrap_or_default()
    }

    /// The terms with the blocks that they stand in, in the order of these; those in blocks that count.
    fn placed(&self, hit: &Hits) -> Vec<(usize, usize)> {
        let block = |span: &Span| self.text.block_index(span.start).filter(|block| !self.skipped.contains(block));
        let mut terms: Vec<(usize, usize)> =
            hit.term_spans.iter().filter_map(|(phrase, span)| Some((block(span)?, *phrase))).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// What stands in a range of blocks; the terms are sorted, so that a document of many sections is gone through but once.
    fn of(&self, terms: &[(usize, usize)], blocks: &Range<usize>) -> Weight {
        let from = terms.partition_point(|(block, _)| *block < blocks.start);
        let to = terms.partition_point(|(block, _)| *block < blocks.end).max(from);
        let different: BTreeSet<usize> = terms[from..to].iter().map(|(_, phrase)| *phrase).collect();
        let telling = different.iter().map(|phrase| self.weights[*phrase]).sum();
        Weight { terms: different.len(), telling }
    }
}

/// Blocks under headings that only list or point: contents, glossary, references, distribution.
fn skipped_blocks(text: &Text, sections: &[Section]) -> BTreeSet<usize> {
    const LISTS: [&str; 9] = [
        "contents",
        "glossary",
        "abbreviations",
        "references",
        "bibliography",
        "distribution list",
        "further reading",
        "definitions",
        "associated documents",
    ];
    let mut skipped = BTreeSet::new();
    for section in sections {
        let Some(heading) = section.heading else { continue };
        let words = text.block_text(&text.blocks()[heading]).to_lowercase();
        let bare = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        if LISTS.iter().any(|list| bare.starts_with(list)) && section.level > 1 {
            skipped.extend(section.blocks.clone());
        }
    }
    skipped
}
