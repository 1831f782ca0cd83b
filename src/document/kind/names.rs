//! The head noun of a title: what a document calls itself.

use std::collections::BTreeSet;

use super::{Entry, Folded, Kind, Phrases, phrases};
use crate::text::Span;

/// Names of kinds, and the words that say which of them is the head noun.
#[derive(Debug, Clone)]
pub(super) struct Names {
    phrases: Phrases,
    of: Vec<(Kind, bool)>,
    /// Kinds that are about other documents.
    about: Vec<Kind>,
    /// Kinds of which the names count in the singular only.
    singular: Vec<Kind>,
    stops: BTreeSet<String>,
    bodies: BTreeSet<String>,
    tails: BTreeSet<String>,
}

/// What a title says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) kind: Kind,
    /// Whether the name is plain, rather than given to many sorts of documents.
    pub(super) strong: bool,
    /// The words of the title.
    pub(super) words: String,
}

/// Bytes of a title that are looked at.
const LONGEST: usize = 400;

impl Names {
    pub(super) fn new(
        entries: Vec<Entry>,
        about: Vec<Kind>,
        stops: &[String],
        bodies: &[String],
        tails: &[String],
    ) -> Result<Self, String> {
        let singular = entries.iter().filter(|entry| entry.singular).map(|entry| entry.kind).collect();
        let named = |entry: Entry| {
            let strong = entry.names.into_iter().map(move |name| (name, entry.kind, true));
            strong.chain(entry.weak.into_iter().map(move |name| (name, entry.kind, false)))
        };
        let all: Vec<(String, Kind, bool)> = entries.into_iter().flat_map(named).collect();
        let set = |list: &[String]| list.iter().map(|word| word.to_lowercase()).collect();
        Ok(Names {
            phrases: phrases(all.iter().map(|(name, ..)| name.as_str()))?,
            of: all.into_iter().map(|(_, kind, strong)| (kind, strong)).collect(),
            about,
            singular,
            stops: set(stops),
            bodies: set(bodies),
            tails: set(tails),
        })
    }

    /// The head noun of a title or (then abbreviations match in any case) of a file name.
    pub(super) fn head(&self, title: &str, file_name: bool) -> Option<Named> {
        let title = title.get(..title.floor_char_boundary(LONGEST)).unwrap_or(title);
        // "ToR" would be parted where its capitals part it.
        let title: String = if file_name { title.replace('_', " ").replace("ToR", "TOR") } else { title.to_string() };
        let folded = if file_name { Folded::of_name(&title) } else { Folded::of(&title) };
        let hits = self.phrases.find(&folded);
        let within = |one: Span, other: Span| other.start <= one.start && one.end <= other.end && one != other;
        // A name is whole within one part: "Data quality assurance: report" is no assurance report.
        let parts = segments(&title);
        let hits: Vec<_> =
            hits.into_iter().filter(|hit| parts.iter().any(|part| within_or_same(hit.span, *part))).collect();
        let hits: Vec<(usize, Span)> = hits
            .iter()
            .filter(|hit| !hits.iter().any(|other| within(hit.span, other.span)))
            .filter(|hit| !(title[hit.span.range()].ends_with('s') && self.singular.contains(&self.of[hit.phrase].0)))
            .map(|hit| (hit.phrase, hit.span))
            .collect();
        let heads = parts.into_iter().filter_map(|segment| {
            let inside: Vec<_> = hits.iter().copied().filter(|(_, span)| within_or_same(*span, segment)).collect();
            self.head_of(&title, segment, &inside)
        });
        // The later part of two says what it is: "Quality Strategy: annual progress report".
        let rank = |phrase: usize, strong: bool, at: usize| (strong, self.about.contains(&self.of[phrase].0), at);
        let best = heads.enumerate().max_by_key(|(at, (phrase, _, strong))| rank(*phrase, *strong, *at));
        let (_, (phrase, span, strong)) = best?;
        let words = title.get(span.range()).unwrap_or("").to_string();
        Some(Named { kind: self.of[phrase].0, strong, words })
    }

    fn head_of(&self, title: &str, segment: Span, hits: &[(usize, Span)]) -> Option<(usize, Span, bool)> {
        let words = words_of(title, segment);
        let free = |word: &Span| !hits.iter().any(|(_, span)| span.start <= word.start && word.end <= span.end);
        let is = |set: &BTreeSet<String>, word: &Span| set.contains(&title[word.range()].to_lowercase());
        let stop = words.iter().find(|word| is(&self.stops, word) && free(word) && word.start > segment.start);
        // A head noun before the first preposition, else any: "Report on the policy", "Learning from deaths report".
        let parts = [stop.map(|stop| Span::new(segment.start, stop.start)), Some(segment)];
        for part in parts.into_iter().flatten() {
            let own: Vec<Span> = words_of(title, part);
            let tail = |word: &Span| self.is_tail(&title[word.range()]);
            let last = own.iter().rev().find(|word| !tail(word));
            // "Audit and Risk Committee": the whole part names a body.
            if last.is_some_and(|last| is(&self.bodies, last) && free(last)) {
                continue;
            }
            let modifies = |span: Span| {
                own.iter().find(|word| word.start >= span.end).is_some_and(|next| is(&self.bodies, next) && free(next))
            };
            let head = hits.iter().rev().find(|(_, span)| span.end <= part.end && !modifies(*span));
            let Some((phrase, span)) = head else { continue };
            let last = own.iter().filter(|word| word.start >= span.end).all(tail);
            // "Meeting dates", "policy awards": a word of its own after the name, which then only hints at the kind.
            let strong = self.of[*phrase].1;
            if !strong && !last {
                continue;
            }
            return Some((*phrase, *span, strong && last));
        }
        None
    }

    /// Whether a word after the head noun leaves it what it is: a figure, a month, a version.
    fn is_tail(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let month = lower.len() <= 9 && MONTHS.iter().any(|month| lower.starts_with(month));
        lower.starts_with(|c: char| c.is_ascii_digit())
            || month
            || lower.len() == 1
            || lower.starts_with('v') && lower[1..].starts_with(|c: char| c.is_ascii_digit())
            || self.tails.contains(&lower)
    }
}

fn within_or_same(one: Span, other: Span) -> bool {
    other.start <= one.start && one.end <= other.end
}

/// The parts of a title between dashes, colons, commas and brackets.
fn segments(title: &str) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = 0;
    let characters: Vec<(usize, char)> = title.char_indices().collect();
    for (at, (offset, c)) in characters.iter().enumerate() {
        let spaced =
            |step: Option<usize>| step.and_then(|at| characters.get(at)).is_none_or(|(_, c)| c.is_whitespace());
        let parts_here = matches!(c, ':' | '–' | '—' | '|' | '(' | ')' | '[' | ']' | ',' | ';' | '\n')
            || *c == '-' && (spaced(at.checked_sub(1)) || spaced(Some(at + 1)));
        if parts_here {
            parts.push(Span::new(start, *offset));
            start = offset + c.len_utf8();
        }
    }
    parts.push(Span::new(start, title.len()));
    parts.retain(|part| part.start < part.end);
    parts
}

/// The words of a part of a title.
fn words_of(title: &str, part: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    let inside = title.get(part.range()).unwrap_or("");
    for (at, c) in inside.char_indices().chain([(inside.len(), ' ')]) {
        let letter = c.is_alphanumeric() || matches!(c, '\'' | '’');
        match (letter, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Span::new(part.start + from, part.start + at));
                start = None;
            }
            _ => {}
        }
    }
    words
}
