//! What the evidence types hit in a document: names where it says what it is, names and terms in its body, elements.

use std::collections::{BTreeMap, BTreeSet};

use super::{PhraseRole, Recogniser};
use crate::document::{Document, stem};
use crate::phrase::Folded;
use crate::text::{Role, Span, Text};

/// A name of an evidence type where a document says what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title {
    pub(super) span: Span,
    pub(super) from: Home,
}

/// Where a document says what it is, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// Its title; the span is that of the title.
    Title,
    /// Its file name; the span is that of the name without folder and ending.
    FileName,
    /// One of its first lines; the span is that of the text.
    Opening,
    /// The words of a name, apart or in another order, in its title; the span is that of the title.
    Loose,
}

/// What one evidence type hits in a document.
#[derive(Default)]
pub(super) struct Hits {
    /// The name where the document says what it is.
    pub(super) title: Option<Title>,
    /// A phrase in title or file name shows another thing of that name.
    pub(super) cancelled: bool,
    /// Names in the body.
    pub(super) names: Vec<Span>,
    /// Different terms, by phrase, with the first place of each.
    pub(super) terms: BTreeMap<usize, Span>,
    /// Every term, by phrase, with its place.
    pub(super) term_spans: Vec<(usize, Span)>,
    /// Phrases of elements: element and pattern.
    pub(super) elements: BTreeSet<(usize, usize)>,
}

/// Opening lines: so many blocks, with so many words in all, each of at most so many words.
const OPENING: (usize, usize, usize) = (8, 60, 14);

/// Words of names that tell nothing by themselves.
const SMALL: [&str; 14] = ["of", "the", "and", "for", "to", "a", "an", "in", "on", "our", "with", "by", "from", "at"];

/// The words of a name that must all stand in a title, folded; none for names of one word, which are found as they are.
pub(super) fn loose_words(name: &str) -> Option<Vec<String>> {
    let folded = Folded::of(name);
    let words: Vec<String> =
        folded.as_str().split_whitespace().filter(|word| !SMALL.contains(word)).map(ToString::to_string).collect();
    (words.len() >= 2).then_some(words)
}

impl Recogniser<'_> {
    /// What each evidence type that hits anything hits.
    pub(super) fn hits(&self, document: &Document) -> BTreeMap<usize, Hits> {
        let mut hits: BTreeMap<usize, Hits> = BTreeMap::new();
        let title = document.facts.title.as_ref().map_or("", |title| &title.value);
        let folded = Folded::of(title);
        self.titles(&mut hits, &folded, Home::Title);
        self.titles(&mut hits, &Folded::of_name(stem(&document.path)), Home::FileName);
        self.body(&mut hits, &document.text);
        self.loose_titles(&mut hits, &folded, title);
        hits
    }

    fn titles(&self, hits: &mut BTreeMap<usize, Hits>, words: &Folded, from: Home) {
        for hit in self.phrases.find(words) {
            for used in &self.uses[hit.phrase] {
                let of = hits.entry(used.evidence).or_default();
                let better = of.title.is_none_or(|old| old.from == from && longer(hit.span, old.span));
                match used.role {
                    PhraseRole::Name if better => of.title = Some(Title { span: hit.span, from }),
                    PhraseRole::Not => of.cancelled = true,
                    _ => {}
                }
            }
        }
    }

    fn body(&self, hits: &mut BTreeMap<usize, Hits>, text: &Text) {
        let opening = opening_lines(text);
        let opens = |span: Span| opening.iter().position(|line| line.start <= span.start && span.end <= line.end);
        let mut not_in: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut nots: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        let mut opened: Vec<(usize, usize, Span)> = Vec::new();
        for hit in self.phrases.find(&Folded::of_text(text)) {
            for used in &self.uses[hit.phrase] {
                let of = hits.entry(used.evidence).or_default();
                match used.role {
                    PhraseRole::Name => {
                        of.names.push(hit.span);
                        opened.extend(opens(hit.span).map(|line| (used.evidence, line, hit.span)));
                    }
                    PhraseRole::Term => {
                        of.terms.entry(hit.phrase).or_insert(hit.span);
                        of.term_spans.push((hit.phrase, hit.span));
                    }
                    PhraseRole::Element(element, at) => {
                        of.elements.insert((element, at));
                    }
                    PhraseRole::Not => {
                        nots.entry(used.evidence).or_default().push(hit.span);
                        not_in.extend(opens(hit.span).map(|line| (used.evidence, line)));
                    }
                }
            }
        }
        for (evidence, nots) in nots {
            let Some(of) = hits.get_mut(&evidence) else { continue };
            // Only what stands in one block can stand in one sentence, and a block is short.
            let mut by_block: BTreeMap<Option<usize>, Vec<Span>> = BTreeMap::new();
            for not in nots {
                by_block.entry(text.block_index(not.start)).or_default().push(not);
            }
            let beside = |name: &Span| by_block.get(&text.block_index(name.start)).into_iter().flatten();
            of.names.retain(|name| !beside(name).any(|not| same_sentence(text, *name, *not)));
        }
        for (evidence, line, span) in opened {
            let of = hits.entry(evidence).or_default();
            let better = of.title.is_none_or(|old| old.from == Home::Opening && longer(span, old.span));
            if better && !not_in.contains(&(evidence, line)) {
                of.title = Some(Title { span, from: Home::Opening });
            }
        }
    }

    /// Names whose words all stand in the title, though not side by side: "business case for improvement". Only the
    /// evidence types with the most such words, and only where no name stands there whole.
    fn loose_titles(&self, hits: &mut BTreeMap<usize, Hits>, folded: &Folded, title: &str) {
        if hits.values().any(|hit| hit.title.is_some_and(|title| title.from <= Home::FileName) && !hit.cancelled) {
            return;
        }
        let words: BTreeSet<&str> = folded.as_str().split_whitespace().collect();
        let telling =
            words.iter().filter(|word| !SMALL.contains(*word) && word.chars().any(char::is_alphabetic)).count();
        let mut best: Vec<(usize, usize)> = Vec::new();
        for (evidence, names) in self.loose.iter().enumerate() {
            let all_there = |name: &&Vec<String>| name.iter().all(|word| words.contains(word.as_str()));
            let most = names.iter().filter(all_there).map(Vec::len).max().unwrap_or(0);
            // A long title has the words of many names in it by chance.
            if most >= 2 && most * 4 >= telling {
                best.push((most, evidence));
            }
        }
        let most = best.iter().map(|(most, _)| *most).max().unwrap_or(0);
        for (_, evidence) in best.into_iter().filter(|(words, _)| *words == most) {
            let of = hits.entry(evidence).or_default();
            if of.title.is_none() {
                of.title = Some(Title { span: Span::new(0, title.len()), from: Home::Loose });
            }
        }
    }
}

/// Whether two stretches stand in one sentence of one block.
fn same_sentence(text: &Text, a: Span, b: Span) -> bool {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    if text.block_index(first.start) != text.block_index(second.start) {
        return false;
    }
    second.start <= first.end || !text.slice(Span::new(first.end, second.start)).contains(['.', ';', '?', '!'])
}

/// Whether one stretch is longer than another.
pub(super) fn longer(a: Span, b: Span) -> bool {
    a.end - a.start > b.end - b.start
}

/// The first lines of a document that could say what it is: short, and near the top. Cells are left out: the head of a
/// column says what stands under it.
fn opening_lines(text: &Text) -> Vec<Span> {
    let (blocks, words, longest) = OPENING;
    let mut seen = 0;
    let mut lines = Vec::new();
    for block in text.blocks().iter().filter(|block| block.role.is_evidence()).take(blocks) {
        let count = text.block_text(block).split_whitespace().count();
        seen += count;
        if seen > words {
            break;
        }
        // A sentence speaks of things; only a line without an end can be what the document calls itself.
        let sentence = text.block_text(block).trim_end().ends_with(['.', ':', ';', '?', '!']);
        if count <= longest && !sentence && !matches!(block.role, Role::Cell { .. }) {
            lines.push(block.span);
        }
    }
    lines
}
