//! Document times evidence types: which of them it is evidence for, with reasons, and which it nearly is. Compares no dates.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::document::{Document, Kind, stem};
use crate::phrase::{Folded, Phrases};
use crate::rules::{Element, EvidenceType, Pattern, Rules};
use crate::text::{Excerpt, Section, Span, Text};

/// Why a document counts, with the words that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Why, in words for the user.
    pub why: String,
    /// The words; none for file names.
    pub excerpt: Option<Excerpt>,
}

/// A document recognised as an evidence type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Id of the evidence type.
    pub evidence: String,
    /// How well it fits; only to be compared within one document.
    pub score: u32,
    /// Why.
    pub because: Vec<Reason>,
    /// Ids of the required elements that it lacks.
    pub lacking: Vec<String>,
}

/// A document that is nearly evidence, and what it lacked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearMiss {
    /// Id of the evidence type.
    pub evidence: String,
    /// How near; only to be compared between documents of one evidence type.
    pub score: u32,
    /// What it lacked, such as `it is a policy, not a report`.
    pub lacked: String,
}

/// Recognises documents: the rules' phrases in one automaton, made once and shared by all threads.
#[derive(Debug)]
pub struct Recogniser<'r> {
    rules: &'r Rules,
    phrases: Phrases,
    uses: Vec<Vec<Use>>,
}

#[derive(Debug, Clone, Copy)]
struct Use {
    evidence: usize,
    role: PhraseRole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PhraseRole {
    Name,
    Term,
    Not,
    Element(usize, usize),
}

/// A name of an evidence type where a document says what it is.
#[derive(Debug, Clone, Copy)]
struct Title {
    span: Span,
    from: Home,
}

/// Where a document says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    /// Its title; the span is that of the title.
    Title,
    /// Its file name; the span is that of the name without folder and ending.
    FileName,
    /// One of its first lines; the span is that of the text.
    Opening,
}

/// Opening lines: so many blocks, with so many words in all, each of at most so many words.
const OPENING: (usize, usize, usize) = (8, 60, 14);

/// What one evidence type hits in a document.
#[derive(Default)]
struct Hits {
    title: Option<Title>,
    cancelled: bool,
    names: Vec<Span>,
    terms: BTreeMap<usize, Span>,
    term_spans: Vec<(usize, Span)>,
    elements: BTreeSet<(usize, usize)>,
}

/// Kinds that do not pass for another.
const HARD: [Kind; 9] = [
    Kind::Policy,
    Kind::Procedure,
    Kind::Strategy,
    Kind::Template,
    Kind::Agenda,
    Kind::TermsOfReference,
    Kind::Letter,
    Kind::Email,
    Kind::Minutes,
];

/// Words that a section under a heading needs before it counts as evidence of its own.
const SECTION_WORDS: usize = 60;

impl<'r> Recogniser<'r> {
    /// Compiles the phrases of the rules.
    ///
    /// # Errors
    ///
    /// When there are too many of them for one automaton.
    pub fn new(rules: &'r Rules) -> Result<Self, String> {
        let mut all: Vec<&str> = Vec::new();
        let mut index: BTreeMap<&str, usize> = BTreeMap::new();
        let mut uses: Vec<Vec<Use>> = Vec::new();
        for (evidence, one) in rules.evidence.iter().enumerate() {
            let mut add = |phrase: &'r str, role: PhraseRole| {
                let at = *index.entry(phrase).or_insert_with(|| {
                    all.push(phrase);
                    uses.push(Vec::new());
                    all.len() - 1
                });
                uses[at].push(Use { evidence, role });
            };
            one.names.iter().for_each(|name| add(name, PhraseRole::Name));
            one.terms.iter().for_each(|term| add(term, PhraseRole::Term));
            one.not.iter().for_each(|not| add(not, PhraseRole::Not));
            for (element, part) in one.elements.iter().enumerate() {
                for (at, pattern) in part.any.iter().enumerate() {
                    if let Pattern::Phrase(phrase) = pattern {
                        add(phrase, PhraseRole::Element(element, at));
                    }
                }
            }
        }
        let phrases = Phrases::new(&all).map_err(|error| error.to_string())?;
        Ok(Recogniser { rules, phrases, uses })
    }

    /// What a document is evidence for, and what it nearly is; each in the order of the rules.
    pub fn recognise(&self, document: &Document) -> (Vec<Evidence>, Vec<NearMiss>) {
        let hits = self.hits(document);
        let sections = document.text.sections();
        let skipped = skipped_blocks(&document.text, &sections);
        let mut found: Vec<(usize, Evidence)> = Vec::new();
        let mut near = Vec::new();
        let contained = contained_titles(&hits);
        let named: Vec<usize> = hits.keys().copied().filter(|at| hits[at].title.is_some()).collect();
        for (at, hit) in &hits {
            let rule = &self.rules.evidence[*at];
            let others = named.iter().any(|other| other != at && !hits[other].cancelled);
            let judged = self.judge(document, rule, hit, &sections, &skipped, others, contained.contains(at));
            match judged {
                Judged::Evidence(score, because) => {
                    let lacking = lacking_elements(rule, hit, &document.text);
                    found.push((*at, Evidence { evidence: rule.id.clone(), score, because, lacking }));
                }
                Judged::Near(score, lacked) => near.push(NearMiss { evidence: rule.id.clone(), score, lacked }),
                Judged::Nothing => {}
            }
        }
        keep_the_best(&mut found, &mut near, &hits);
        (found.into_iter().map(|(_, evidence)| evidence).collect(), near)
    }

    fn hits(&self, document: &Document) -> BTreeMap<usize, Hits> {
        let mut hits: BTreeMap<usize, Hits> = BTreeMap::new();
        let text = &document.text;
        let title = document.facts.title.as_ref().map_or("", |title| &title.value);
        for (words, from) in [(Folded::of(title), Home::Title), (Folded::of_name(stem(&document.path)), Home::FileName)]
        {
            for hit in self.phrases.find(&words) {
                for used in &self.uses[hit.phrase] {
                    let of = hits.entry(used.evidence).or_default();
                    match used.role {
                        PhraseRole::Name
                            if of.title.is_none_or(|old| old.from == from && longer(hit.span, old.span)) =>
                        {
                            of.title = Some(Title { span: hit.span, from });
                        }
                        PhraseRole::Not => of.cancelled = true,
                        _ => {}
                    }
                }
            }
        }
        let opening = opening_lines(text);
        let opens = |span: Span| opening.iter().position(|line| line.start <= span.start && span.end <= line.end);
        let mut not_in: BTreeSet<(usize, usize)> = BTreeSet::new();
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
                    PhraseRole::Not => not_in.extend(opens(hit.span).map(|line| (used.evidence, line))),
                }
            }
        }
        for (evidence, line, span) in opened {
            let of = hits.entry(evidence).or_default();
            let better = of.title.is_none_or(|old| old.from == Home::Opening && longer(span, old.span));
            if better && !not_in.contains(&(evidence, line)) {
                of.title = Some(Title { span, from: Home::Opening });
            }
        }
        hits
    }

    #[allow(clippy::too_many_arguments)] // one question with seven sides; a struct for it would be read once
    fn judge(
        &self,
        document: &Document,
        rule: &EvidenceType,
        hit: &Hits,
        sections: &[Section],
        skipped: &BTreeSet<usize>,
        others: bool,
        contained: bool,
    ) -> Judged {
        let text = &document.text;
        let fits = rule.kinds.is_empty() || rule.kinds.contains(&document.kind);
        let hard = !fits && HARD.contains(&document.kind)
            || rule.kinds.is_empty() && matches!(document.kind, Kind::Template | Kind::Agenda);
        let terms = hit.terms.len() as u32;
        if let Some(Title { span, from }) = hit.title {
            let home = if from == Home::Opening { 50 } else { 60 };
            let score = home + terms.min(9) + (span.end - span.start) as u32 / 4 + if fits { 10 } else { 0 };
            if hit.cancelled {
                return Judged::Near(score, "its title shows another thing of that name".to_string());
            }
            if hard {
                return Judged::Near(score, format!("it is {}", with_article(document.kind)));
            }
            if contained {
                return Judged::Near(score, "its title names something more specific".to_string());
            }
            if !fits && others {
                return Judged::Near(
                    score,
                    format!("it is {}, and its title names another document", with_article(document.kind)),
                );
            }
            let title = document.facts.title.as_ref();
            let mut because = vec![match from {
                Home::FileName => {
                    let why = format!("the file name says \"{}\"", slice(stem(&document.path), span));
                    Reason { why, excerpt: None }
                }
                Home::Title => {
                    let words = title.map_or("", |title| slice(&title.value, span));
                    let why = format!("the title says \"{words}\"");
                    Reason { why, excerpt: title.and_then(|title| title.excerpt.clone()) }
                }
                Home::Opening => {
                    let why = format!("an opening line says \"{}\"", text.slice(span));
                    Reason { why, excerpt: Some(text.excerpt(span)) }
                }
            }];
            because.extend(term_reason(text, hit));
            return Judged::Evidence(score, because);
        }
        if let Some((heading, count)) = best_heading(text, hit, sections, skipped) {
            let score = 30 + count as u32;
            if hard {
                return Judged::Near(score, format!("a section on it, but it is {}", with_article(document.kind)));
            }
            if count >= 2 && !(others && count < 4) {
                let why = format!("a section is headed \"{}\"", text.slice(heading));
                let mut because = vec![Reason { why, excerpt: Some(text.excerpt(heading)) }];
                because.extend(term_reason(text, hit));
                return Judged::Evidence(score, because);
            }
            return Judged::Near(score, "a heading names it, with little under it".to_string());
        }
        let densest = densest_section(text, hit, sections, skipped);
        let needed = rule.terms_needed;
        if needed > 0 && densest >= needed && !others && !rule.kinds.is_empty() && fits {
            return Judged::Evidence(10 + densest as u32, term_reason(text, hit).into_iter().collect());
        }
        if densest >= 3 || !hit.names.is_empty() && densest >= 1 {
            return Judged::Near(densest as u32, "it is mentioned, but the document is not about it".to_string());
        }
        Judged::Nothing
    }
}

enum Judged {
    Evidence(u32, Vec<Reason>),
    Near(u32, String),
    Nothing,
}

fn longer(a: Span, b: Span) -> bool {
    a.end - a.start > b.end - b.start
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or("")
}

fn with_article(kind: Kind) -> String {
    match kind {
        Kind::Agenda | Kind::Audit | Kind::Email => format!("an {kind}"),
        Kind::Minutes => "minutes of a meeting".to_string(),
        Kind::TermsOfReference => "terms of reference".to_string(),
        _ => format!("a {kind}"),
    }
}

/// Evidence types whose name in the title stands within another's longer one: "clinical audit" in "clinical audit programme".
fn contained_titles(hits: &BTreeMap<usize, Hits>) -> BTreeSet<usize> {
    let titles: Vec<(usize, Title)> = hits
        .iter()
        .filter(|(_, hit)| !hit.cancelled)
        .filter_map(|(at, hit)| hit.title.map(|title| (*at, title)))
        .collect();
    let within = |a: Span, b: Span| b.start <= a.start && a.end <= b.end && longer(b, a);
    let inside = |one: &Title| titles.iter().any(|(_, other)| one.from == other.from && within(one.span, other.span));
    titles.iter().filter(|(_, title)| inside(title)).map(|(at, _)| *at).collect()
}

/// The first lines of a document that could say what it is: short, and near the top.
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
        if count <= longest && !text.block_text(block).trim_end().ends_with(['.', ':', ';', '?', '!']) {
            lines.push(block.span);
        }
    }
    lines
}

fn term_reason(text: &Text, hit: &Hits) -> Option<Reason> {
    let mut spans: Vec<Span> = hit.terms.values().copied().collect();
    spans.sort();
    let first = *spans.first()?;
    let words: Vec<&str> = spans.iter().take(4).map(|span| text.slice(*span)).collect();
    let why = format!("it speaks of {}", words.join(", ").to_lowercase());
    Some(Reason { why, excerpt: Some(text.excerpt(first)) })
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

/// The heading that names it with the most different terms under it.
fn best_heading(text: &Text, hit: &Hits, sections: &[Section], skipped: &BTreeSet<usize>) -> Option<(Span, usize)> {
    let mut best = None;
    for section in sections {
        let Some(heading) = section.heading else { continue };
        let span = text.blocks()[heading].span;
        let Some(name) = hit.names.iter().find(|name| span.start <= name.start && name.end <= span.end) else {
            continue;
        };
        let count = terms_within(text, hit, section, skipped);
        let words: usize =
            section.blocks.clone().map(|at| text.block_text(&text.blocks()[at]).split_whitespace().count()).sum();
        let count = if words < SECTION_WORDS { count.min(1) } else { count };
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((*name, count));
        }
    }
    best
}

fn densest_section(text: &Text, hit: &Hits, sections: &[Section], skipped: &BTreeSet<usize>) -> usize {
    sections.iter().map(|section| terms_within(text, hit, section, skipped)).max().unwrap_or(0)
}

/// How many different terms stand in a section.
fn terms_within(text: &Text, hit: &Hits, section: &Section, skipped: &BTreeSet<usize>) -> usize {
    let different: BTreeSet<usize> = hit
        .term_spans
        .iter()
        .filter(|(_, span)| {
            text.block_index(span.start)
                .is_some_and(|block| section.blocks.contains(&block) && !skipped.contains(&block))
        })
        .map(|(phrase, _)| *phrase)
        .collect();
    different.len()
}

fn lacking_elements(rule: &EvidenceType, hit: &Hits, text: &Text) -> Vec<String> {
    let shown = |at: usize, element: &Element| {
        let different = element
            .any
            .iter()
            .enumerate()
            .filter(|(number, pattern)| match pattern {
                Pattern::Phrase(_) => hit.elements.contains(&(at, *number)),
                Pattern::Regex(regex) => regex.is_match(text.content()),
            })
            .count();
        different >= element.at_least
    };
    rule.elements
        .iter()
        .enumerate()
        .filter(|(at, element)| !element.optional && !shown(*at, element))
        .map(|(_, element)| element.id.clone())
        .collect()
}

/// No document satisfies everything: at most three evidence types by title, three by sections, one by vocabulary.
fn keep_the_best(found: &mut Vec<(usize, Evidence)>, near: &mut Vec<NearMiss>, hits: &BTreeMap<usize, Hits>) {
    let rank = |at: usize, score: u32| match score {
        _ if hits[&at].title.is_some() => 0,
        30.. => 1,
        _ => 2,
    };
    found.sort_by(|a, b| {
        (rank(a.0, a.1.score), std::cmp::Reverse(a.1.score), a.0).cmp(&(
            rank(b.0, b.1.score),
            std::cmp::Reverse(b.1.score),
            b.0,
        ))
    });
    let mut taken = [0usize; 3];
    let (kept, left): (Vec<_>, Vec<_>) = found.drain(..).partition(|(at, evidence)| {
        let rank = rank(*at, evidence.score);
        taken[rank] += 1;
        taken[rank] <= [3, 3, 1][rank]
    });
    near.extend(left.into_iter().map(|(_, evidence)| NearMiss {
        evidence: evidence.evidence,
        score: evidence.score,
        lacked: "the document is more about other things".to_string(),
    }));
    *found = kept;
    found.sort_by_key(|(at, _)| *at);
    near.sort_by(|a, b| a.evidence.cmp(&b.evidence));
}
