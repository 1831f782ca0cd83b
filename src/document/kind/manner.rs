//! The manner in which a document speaks: it tells what happened, says what will be done, or what must be done. Of documents
//! that no name and no structure tells, this tells the kind.

use std::sync::LazyLock;

use regex::Regex;

use super::Kind;
use crate::phrase::pattern;
use crate::text::{Role, Text};

/// How often a document speaks in each way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Manner {
    /// Words that were looked at.
    words: usize,
    /// Verbs that tell what happened.
    told: usize,
    /// Words that say what is going to be done.
    planned: usize,
    /// Lines that begin with what to do: `Wash your hands`.
    steps: usize,
    /// Words that speak to the reader.
    you: usize,
    /// Words with a figure in them that is no day.
    figures: usize,
}

/// Words that are looked at: a long document says early how it speaks.
const LOOKED_AT: usize = 3000;

static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:was|were|had|did|said|told|went|came|gave|took|made|found|rose|fell|met|held|began|kept|led|left|saw|felt|thought|heard|got|became|has been|have been|[a-z]{3,}ed)\b",
    )
});

static PLANNED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:will|shall|aim to|aims to|intend to|plan to|going to|we want|by (?:the end of |31 |30 )?(?:january|february|march|april|may|june|july|august|september|october|november|december) 20\d\d|by 20\d\d)\b",
    )
});

static STEP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:step )?\d{1,2}[.)]?\s+|[a-z][.)]\s+)?(?:add|agree|allow|always|apply|ask|attach|be|before|book|bring|call|change|check|choose|clean|close|collect|complete|confirm|consider|contact|copy|do|document|draw|email|enter|ensure|explain|file|fill|find|follow|give|go|hand|hold|if|keep|label|leave|let|listen|lock|log|look|make|mark|measure|move|never|note|offer|open|phone|place|plot|press|put|read|record|refer|remove|repeat|report|return|ring|say|see|send|set|sign|speak|start|stay|stop|store|switch|take|talk|tell|think|try|turn|update|use|wait|wash|when|wear|wipe|withdraw|write)\s+\w",
    )
});

static YOU: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:you|your|yours|you'll|you’ll)\b"));

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:£\d|\d%|\d per ?cent\b|\b\d+(?:,\d{3})+\b|\b\d+\.\d+\b|\b\d{1,3} (?:of|to|in) \d|\b\d{1,3} [a-z]{3,})")
});

impl Manner {
    fn of(text: &Text) -> Manner {
        let mut manner = Manner::default();
        for block in text.blocks().iter().filter(|block| block.role.is_evidence()) {
            if manner.words >= LOOKED_AT {
                break;
            }
            let words = text.block_text(block);
            let count = words.split_whitespace().count();
            if matches!(block.role, Role::Title | Role::Heading(_)) || count == 0 {
                continue;
            }
            manner.words += count;
            manner.told += TOLD.find_iter(words).count();
            manner.planned += PLANNED.find_iter(words).count();
            manner.you += YOU.find_iter(words).count();
            manner.figures += FIGURE.find_iter(words).count();
            manner.steps += words.lines().filter(|line| STEP.is_match(line)).count();
        }
        manner
    }
}

/// A span of years in a title or in one of the first lines: `2026-29`, `2025 to 2030`.
static YEARS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b20(?P<from>\d\d)(?:/\d\d)?\s*(?:-|–|—|to|until)\s*(?:20)?(?P<to>\d\d)\b"));

/// Words of documents that say where an organisation means to go.
static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:strateg(?:y|ic)|vision|ambitions?|where we want to be|what we want to (?:be|achieve)|our aims?|our goals?|priorities)\b",
    )
});

/// Lines in which a document says for which years it is.
const FIRST: usize = 8;

/// The kind of a document that no name and no structure told, by the manner in which it speaks; `controlled` when it carries
/// version, owner and day of review as policies do.
pub(super) fn tell(text: &Text, controlled: bool) -> Option<(Kind, &'static str)> {
    let manner = Manner::of(text);
    if !controlled && manner.words < WORDS {
        return None;
    }
    if let Some(kind) = calls_itself(text, controlled) {
        return Some((kind, "it speaks of itself by that name"));
    }
    let often = |count: usize| count * 1000 / manner.words.max(1);
    if manner.steps >= 3 && often(manner.steps) >= 20 && often(manner.you) < 12 {
        return Some((Kind::Procedure, "it says step by step what to do"));
    }
    let lines = || text.blocks().iter().filter(|block| block.role.is_evidence()).map(|block| text.block_text(block));
    let spans =
        lines().take(FIRST).filter(|line| line.len() < 200).flat_map(|line| YEARS.captures_iter(line)).map(|years| {
            let year = |name: &str| years.name(name).and_then(|year| year.as_str().parse::<u32>().ok()).unwrap_or(0);
            year("to").saturating_sub(year("from"))
        });
    let years = spans.filter(|years| (2..=15).contains(years)).max().unwrap_or(0);
    if years > 0 && often(manner.told) < 60 {
        let ahead = lines().take(60).filter(|line| AHEAD.is_match(line)).count();
        return Some(if ahead >= 2 || years >= 4 {
            (Kind::Strategy, "it says for some years ahead where to go")
        } else {
            (Kind::Plan, "it says for some years ahead what is to be done")
        });
    }
    if controlled {
        let policy = text.content().to_lowercase().contains("policy");
        let kind = if policy { Kind::Policy } else { Kind::Procedure };
        return Some((kind, "it carries the version, owner, approval and review date of a controlled document"));
    }
    let counts = often(manner.figures) >= 20 && often(manner.told) >= 18;
    let tells = often(manner.figures) >= 4 && often(manner.told) >= 60;
    if manner.words >= REPORT && often(manner.you) < 8 && often(manner.planned) <= 20 && (counts || tells) {
        return Some((Kind::Report, "it tells what happened, with figures"));
    }
    None
}

/// Words below which the manner of a document says nothing, and below which it is no report.
const WORDS: usize = 80;
const REPORT: usize = 140;

/// What a document calls itself: "this policy", "the plan says how". Others are spoken of, too, so that one that carries no
/// control must say so more often.
fn calls_itself(text: &Text, controlled: bool) -> Option<Kind> {
    const NAMES: [(&str, Kind); 12] = [
        ("policy", Kind::Policy),
        ("plan", Kind::Plan),
        ("strategy", Kind::Strategy),
        ("procedure", Kind::Procedure),
        ("protocol", Kind::Procedure),
        ("guideline", Kind::Procedure),
        ("guidance", Kind::Procedure),
        ("sop", Kind::Procedure),
        ("report", Kind::Report),
        ("review", Kind::Report),
        ("evaluation", Kind::Report),
        ("audit", Kind::Audit),
    ];
    let mut said: Vec<(usize, Kind)> = Vec::new();
    for block in text.blocks().iter().filter(|block| block.role.is_evidence()) {
        for name in ITSELF.captures_iter(text.block_text(block)) {
            let weight = if name.name("this").is_some() { 3 } else { 1 };
            let noun = name.name("noun").map_or("", |noun| noun.as_str()).to_lowercase();
            let Some((_, kind)) = NAMES.iter().find(|(name, _)| *name == noun) else { continue };
            match said.iter_mut().find(|(_, own)| own == kind) {
                Some((count, _)) => *count += weight,
                None => said.push((weight, *kind)),
            }
        }
    }
    let needed = if controlled { 2 } else { 6 };
    let (count, kind) = said.into_iter().max_by_key(|(count, _)| *count)?;
    (count >= needed).then_some(kind)
}

static ITSELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?P<this>this)|the|our)\s+(?P<noun>policy|plan|strategy|procedure|protocol|guideline|guidance|sop|report|review|evaluation|audit)\b",
    )
});
