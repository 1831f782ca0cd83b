//! Document times evidence types: which of them it is evidence for, with reasons, and which it nearly is. Compares no dates.
//!
//! A document is evidence of a type when it says so of itself (title, file name, opening line), when a section with enough
//! under it is headed so, or when its vocabulary is that of the type. Its kind must fit; phrases of the rule's `not` cancel.

mod hits;
mod weigh;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::document::{Document, Kind, stem};
use crate::phrase::Phrases;
use crate::rules::{Element, EvidenceType, Pattern, Rules};
use crate::text::{Excerpt, Span, Text};

use hits::{Hits, Home, Title, longer, loose_words};
use weigh::{Weigher, Weight};

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

impl Evidence {
    /// Whether the document calls itself this, in its title, file name or an opening line. One that has only a section on
    /// it, or its vocabulary, need not hold all that a document of this type holds.
    pub fn is_named(&self) -> bool {
        self.score >= BY_TITLE
    }
}

/// What a document lacked that speaks of an evidence type here and there.
pub const MENTIONED: &str = "it is mentioned, but the document is not about it";

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
    /// How much a phrase tells of one evidence type, by phrase: 1 when one type alone uses it, less the more do.
    weights: Vec<f32>,
    /// The words of each evidence type's names.
    loose: Vec<Vec<Vec<String>>>,
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

/// Scores from which a document says of itself what it is, and from which a section does.
const BY_TITLE: u32 = 50;
const BY_SECTION: u32 = 30;

/// Words of job advertisements and descriptions, which have the vocabulary of the work without being a record of it.
const ADVERT: [&str; 22] = [
    "closing date",
    "salary",
    "person specification",
    "job description",
    "how to apply",
    "apply by",
    "interview date",
    "hours a week",
    "annual leave entitlement",
    "pay band",
    "nmc registration",
    "hours per week",
    "37.5 hours",
    "days' leave",
    "days’ leave",
    "days leave",
    "days of leave",
    "we offer",
    "you will have",
    "apply to",
    "informal visit",
    "band £",
];

/// Share of the terms that a rule asks for that must be there by weight: in a short document, and in a section of a long
/// one, which has the vocabulary of much in it by chance.
const ENOUGH: f32 = 0.45;
const ENOUGH_OF_LONG: f32 = 0.9;

/// Share of them with which a document is as surely about it as one with a section on it.
const FULL: f32 = 1.2;

/// Weight of terms that a section, an opening line or a loose title needs beside it.
const BESIDE: f32 = 1.2;

/// The same where the file name names something else, and where the title does.
const BESIDE_FILE_NAME: f32 = 2.0;
const BESIDE_TITLE: f32 = 3.0;

/// Words from which a document has enough text to be judged by what it holds.
const READABLE: usize = 60;

/// Different terms that an item of minutes needs beside the name.
const ITEM_TERMS: usize = 3;

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
        let weights = uses.iter().map(|uses| weight(uses)).collect();
        let loose = |one: &EvidenceType| one.names.iter().filter_map(|name| loose_words(name)).collect();
        Ok(Recogniser { rules, phrases, uses, weights, loose: rules.evidence.iter().map(loose).collect() })
    }

    /// What a document is evidence for, and what it nearly is; each in the order of the rules.
    pub fn recognise(&self, document: &Document) -> (Vec<Evidence>, Vec<NearMiss>) {
        let hits = self.hits(document);
        let weigher = Weigher::new(&document.text, &self.weights);
        let mut found: Vec<(usize, Evidence)> = Vec::new();
        let mut near = Vec::new();
        let contained = contained_titles(&hits);
        let says =
            |hit: &Hits| hit.title.map(|title| title.from).filter(|from| !hit.cancelled && *from <= Home::FileName);
        let named: Vec<(usize, Home)> = hits.iter().filter_map(|(at, hit)| Some((*at, says(hit)?))).collect();
        for (at, hit) in &hits {
            let rule = &self.rules.evidence[*at];
            let others = named.iter().filter(|(other, _)| other != at).map(|(_, home)| *home).min();
            match judge(document, rule, hit, &weigher, others, contained.contains(at)) {
                Judged::Evidence(score, because) => {
                    let lacking = lacking_elements(rule, hit, &document.text);
                    if is_empty_name(document, rule, hit, &lacking, &weigher.densest(hit)) {
                        let lacked = "it is named so, and holds nothing that such a document holds".to_string();
                        near.push(NearMiss { evidence: rule.id.clone(), score, lacked });
                        continue;
                    }
                    found.push((*at, Evidence { evidence: rule.id.clone(), score, because, lacking }));
                }
                Judged::Near(score, lacked) => near.push(NearMiss { evidence: rule.id.clone(), score, lacked }),
                Judged::Nothing => {}
            }
        }
        keep_the_best(&mut found, &mut near);
        (found.into_iter().map(|(_, evidence)| evidence).collect(), near)
    }
}

/// Whether a document bears a name and nothing of what the name stands for: the name is but a part of its title, not one
/// term follows, and half of the elements or more are lacking. Tables of entries have no running text to hold terms, and a
/// document with hardly any text could not be read as a whole: both are judged by their names.
fn is_empty_name(document: &Document, rule: &EvidenceType, hit: &Hits, lacking: &[String], weight: &Weight) -> bool {
    let asked = rule.elements.iter().filter(|element| !element.optional).count();
    let Some(title) = hit.title else { return false };
    let whole = match title.from {
        Home::Title | Home::Loose => document.facts.title.as_ref().map_or(0, |title| title.value.len()),
        Home::FileName => stem(&document.path).len(),
        Home::Opening => document.text.block_index(title.span.start).map_or(0, |at| {
            let span = document.text.blocks()[at].span;
            span.end - span.start
        }),
    };
    let by_name = matches!(document.kind, Kind::Dataset | Kind::TrainingRecord) || rule.kinds == [document.kind];
    !by_name
        && (title.span.end - title.span.start) * 2 < whole
        && weight.terms == 0
        && asked >= 2
        && lacking.len() * 2 >= asked
        && document.text.words() >= READABLE
}

/// How much a phrase tells: terms and names that several evidence types share tell less of each.
fn weight(uses: &[Use]) -> f32 {
    let telling = |used: &&Use| matches!(used.role, PhraseRole::Name | PhraseRole::Term);
    let types: BTreeSet<usize> = uses.iter().filter(telling).map(|used| used.evidence).collect();
    1.0 / f32::from(u16::try_from(types.len().max(1)).unwrap_or(u16::MAX)).sqrt()
}

enum Judged {
    Evidence(u32, Vec<Reason>),
    Near(u32, String),
    Nothing,
}

/// One document against one evidence type. `others`: where it names another type, if it does; `contained`: the name in
/// its title is a part of another type's longer one.
fn judge(
    document: &Document,
    rule: &EvidenceType,
    hit: &Hits,
    weigher: &Weigher<'_>,
    others: Option<Home>,
    contained: bool,
) -> Judged {
    let text = &document.text;
    let fits = rule.kinds.is_empty() || rule.kinds.contains(&document.kind);
    let hard = !fits && HARD.contains(&document.kind)
        || rule.kinds.is_empty() && matches!(document.kind, Kind::Template | Kind::Agenda);
    let a_kind = with_article(document.kind);
    // Minutes are named after the meeting, and each of their sections is about something else.
    let beside = match others {
        Some(Home::Title) if document.kind != Kind::Minutes => BESIDE_TITLE,
        Some(Home::FileName) if document.kind != Kind::Minutes => BESIDE_FILE_NAME,
        _ => BESIDE,
    };
    if let Some(title) = hit.title {
        let length = (title.span.end - title.span.start) as u32 / 4;
        let sure = if title.from <= Home::FileName { BY_TITLE + 10 } else { BY_TITLE };
        let score = sure + (hit.terms.len() as u32).min(9) + length.min(12) + if fits { 10 } else { 0 };
        if hit.cancelled {
            return Judged::Near(score, "its title shows another thing of that name".to_string());
        }
        if hard {
            return Judged::Near(score, format!("it is {a_kind}"));
        }
        if contained {
            return Judged::Near(score, "its title names something more specific".to_string());
        }
        if !fits && (others.is_some() || title.from > Home::FileName) {
            return Judged::Near(score, format!("it is {a_kind}, and its title names another document"));
        }
        // Minutes named after a body are that body's minutes, whatever they talk about.
        let own_kind = document.kind == Kind::Minutes && rule.kinds == [Kind::Minutes];
        let asks_more = title.from == Home::Opening && others.is_some() || title.from == Home::Loose && !own_kind;
        if asks_more && weigher.densest(hit).telling < beside {
            return Judged::Near(score, "it is named there, but the document is about something else".to_string());
        }
        let mut because = vec![title_reason(document, title, rule)];
        because.extend(term_reason(text, hit));
        return Judged::Evidence(score, because);
    }
    let headed = weigher.best_heading(hit);
    if let Some((heading, weight)) = headed {
        let score = BY_SECTION + (weight.terms as u32).min(15);
        if hard {
            return Judged::Near(score, format!("a section on it, but it is {a_kind}"));
        }
        // A newsletter has a heading on everything; a document of no kind needs more under one.
        let beside = if document.kind == Kind::Other { beside.max(BESIDE_FILE_NAME) } else { beside };
        if weight.terms >= 2 && weight.telling >= beside {
            let why = format!("a section is headed \"{}\"", text.slice(heading));
            let mut because = vec![Reason { why, excerpt: Some(text.excerpt(heading)) }];
            because.extend(term_reason(text, hit));
            return Judged::Evidence(score, because);
        }
    }
    // Each item of minutes is about something of its own, headed or not.
    if document.kind == Kind::Minutes
        && !hard
        && let Some((name, weight)) = weigher.best_item(hit)
        && weight.terms >= ITEM_TERMS
        && weight.telling >= BESIDE_FILE_NAME
    {
        let why = format!("an item is about \"{}\"", text.slice(name));
        let mut because = vec![Reason { why, excerpt: Some(text.excerpt(name)) }];
        because.extend(term_reason(text, hit));
        return Judged::Evidence(BY_SECTION + (weight.terms as u32).min(15), because);
    }
    let weight = weigher.densest(hit);
    let needed = rule.terms_needed;
    let enough = if weigher.short { ENOUGH } else { ENOUGH_OF_LONG };
    // Counts of terms are small, so nothing is lost.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let (asked, score) = (needed as f32 * enough, (weight.telling * 2.0) as u32);
    let advertises = || ADVERT.iter().filter(|words| text.content().to_lowercase().contains(*words)).count() >= 2;
    if needed > 0
        && weight.telling >= asked
        && others.is_none()
        && !rule.kinds.is_empty()
        && fits
        && !hit.cancelled
        && !advertises()
    {
        // One that has the whole vocabulary is about it, whatever its sections are headed.
        let full = weight.telling >= needed as f32 * FULL;
        let score = if full { BY_SECTION } else { score.min(BY_SECTION - 1) };
        return Judged::Evidence(score, term_reason(text, hit).into_iter().collect());
    }
    if let Some((_, under)) = headed {
        let score = BY_SECTION + (under.terms as u32).min(15);
        return Judged::Near(score, "a heading names it, with little under it".to_string());
    }
    if weight.terms >= 3 || !hit.names.is_empty() && weight.terms >= 1 {
        return Judged::Near(score, MENTIONED.to_string());
    }
    Judged::Nothing
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or("")
}

fn with_article(kind: Kind) -> String {
    match kind {
        Kind::Agenda | Kind::Audit | Kind::Email => format!("an {kind}"),
        Kind::Minutes => "minutes of a meeting".to_string(),
        Kind::TermsOfReference => "terms of reference".to_string(),
        Kind::Other => "of no kind that counts here".to_string(),
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

fn title_reason(document: &Document, title: Title, rule: &EvidenceType) -> Reason {
    let own = document.facts.title.as_ref();
    let excerpt = own.and_then(|title| title.excerpt.clone());
    let words = own.map_or("", |own| slice(&own.value, title.span));
    match title.from {
        Home::Title => Reason { why: format!("the title says \"{words}\""), excerpt },
        Home::Loose => Reason { why: format!("the title has the words of {} in it", rule.title), excerpt },
        Home::FileName => {
            let why = format!("the file name says \"{}\"", slice(stem(&document.path), title.span));
            Reason { why, excerpt: None }
        }
        Home::Opening => {
            let why = format!("an opening line says \"{}\"", document.text.slice(title.span));
            Reason { why, excerpt: Some(document.text.excerpt(title.span)) }
        }
    }
}

fn term_reason(text: &Text, hit: &Hits) -> Option<Reason> {
    let mut spans: Vec<Span> = hit.terms.values().copied().collect();
    spans.sort();
    let first = *spans.first()?;
    let words: Vec<&str> = spans.iter().take(4).map(|span| text.slice(*span)).collect();
    let why = format!("it speaks of {}", words.join(", ").to_lowercase());
    Some(Reason { why, excerpt: Some(text.excerpt(first)) })
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

/// No document satisfies everything: at most three evidence types by title, three by sections, one by vocabulary, and
/// that only where nothing surer is found.
fn keep_the_best(found: &mut Vec<(usize, Evidence)>, near: &mut Vec<NearMiss>) {
    let rank = |score: u32| match score {
        BY_TITLE.. => 0,
        BY_SECTION.. => 1,
        _ => 2,
    };
    found.sort_by_key(|(at, one)| (rank(one.score), std::cmp::Reverse(one.score), *at));
    let mut taken = [0usize; 3];
    let (kept, left): (Vec<_>, Vec<_>) = found.drain(..).partition(|(_, evidence)| {
        let rank = rank(evidence.score);
        taken[rank] += 1;
        taken[rank] <= [3, 3, 1][rank] && (rank < 2 || taken[0] + taken[1] == 0)
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
