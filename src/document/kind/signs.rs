//! Structure that tells a kind: who was present, the headings of a policy, the columns of a risk register.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Folded, Format, Kind, Phrases, Role, Text, Voice, Words, entries, phrases};
use crate::document::placeholders;
use crate::text::{Block, Span};

/// Where the phrases of a sign are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Where {
    /// Anywhere.
    Text,
    /// In the first lines.
    Opening,
    /// At the start of one of the first lines.
    Start,
    /// At the start of the title.
    Title,
    /// In headings and short lines.
    Headings,
    /// Before a colon, or alone in a line or cell.
    Labels,
    /// As the whole of cells in one row of a table.
    Columns,
    /// Nowhere: the format is enough.
    Format,
    /// Nowhere: that it is a table is enough.
    Cells,
    /// In short cells of the row that heads the columns of a table, wherever they stand in the cell.
    Heads,
    /// Nowhere: rows are entries of words with people, days or states beside them.
    Entries,
    /// Nowhere: there is more than the one slide of a poster.
    Slides,
    /// Nowhere: most cells are figures.
    Figures,
    /// Nowhere: fields are left unfilled.
    Blanks,
}

/// One sign of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Sign {
    kind: Kind,
    points: u32,
    place: Where,
    why: String,
    #[serde(default)]
    all: Vec<Vec<String>>,
    at_least: Option<usize>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    tables: bool,
    #[serde(default)]
    near_top: bool,
    /// Whether it counts only where no other sign of as many points shows the kind.
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    formats: Vec<Format>,
}

/// All signs, with one automaton for all their phrases.
#[derive(Debug, Clone)]
pub(super) struct Signs {
    signs: Vec<Sign>,
    phrases: Phrases,
    /// The sign and the group of each phrase; no group for a `not` phrase.
    of: Vec<(usize, Option<usize>)>,
}

/// Blocks that count as the opening.
const OPENING: usize = 8;
/// Blocks in which labels near the top count.
const TOP: usize = 60;
/// Blocks that are looked at, since a pack of papers holds signs of everything.
const LOOKED_AT: usize = 4000;
/// Blocks and bytes in which a text says what it is: a long report speaks of surveys, audits and declarations further on.
const NEAR: usize = 150;
const NEAR_BYTES: usize = 20_000;
/// Bytes of one block that belong to the opening.
const OPENING_BYTES: usize = 400;
/// Words of a cell that may head a column.
const HEAD_WORDS: usize = 9;

/// Groups of signs found, each with the words that showed it.
type Shown = BTreeMap<(usize, usize), String>;

impl Signs {
    pub(super) fn new(signs: Vec<Sign>) -> Result<Self, String> {
        let mut list: Vec<String> = Vec::new();
        let mut of = Vec::new();
        for (number, sign) in signs.iter().enumerate() {
            for (group, words) in sign.all.iter().enumerate() {
                list.extend(words.iter().cloned());
                of.extend(words.iter().map(|_| (number, Some(group))));
            }
            list.extend(sign.not.iter().cloned());
            of.extend(sign.not.iter().map(|_| (number, None)));
        }
        let phrases = phrases(list.iter().map(String::as_str))?;
        Ok(Signs { signs, phrases, of })
    }

    /// What the structure of a text says.
    pub(super) fn voices(&self, text: &Text, format: Format, title: &str, words: &Words) -> Vec<Voice> {
        let mut shown = Shown::new();
        let mut rows: BTreeMap<(u32, u32), Shown> = BTreeMap::new();
        let mut spoilt: BTreeSet<(u32, u32, usize)> = BTreeSet::new();
        self.look(title, 0, &mut |sign, group, _, span| {
            if self.signs[sign].place == Where::Title && span.start == 0 {
                shown.insert((sign, group), title[span.range()].to_string());
            }
        });
        for (at, block) in
            text.blocks().iter().take(LOOKED_AT).enumerate().filter(|(_, block)| block.role.is_evidence())
        {
            let content = text.block_text(block);
            let cell = cell_of(block);
            if let Some(row) = cell {
                for sign in self.spoilt(content) {
                    spoilt.insert((row.0, row.1, sign));
                }
            }
            self.look(content, block.span.start, &mut |sign, group, spoils, span| {
                let sign_of = &self.signs[sign];
                let said = text.slice(span).to_string();
                if sign_of.near_top && at >= TOP {
                    return;
                }
                let local = Span::new(span.start - block.span.start, span.end - block.span.start);
                if matches!(sign_of.place, Where::Columns | Where::Heads) {
                    let short = sign_of.place == Where::Heads
                        && content.split_whitespace().count() <= HEAD_WORDS
                        && !content.starts_with(|c: char| c.is_ascii_digit());
                    if let Some(row) = cell.filter(|(_, row)| *row < 25)
                        && (short || is_whole(content, local))
                    {
                        rows.entry(row).or_default().entry((sign, group)).or_insert(said);
                    }
                } else if !spoils && holds(sign_of.place, block, content, local, at) {
                    shown.entry((sign, group)).or_insert(said);
                }
            });
        }
        let facts = Facts::of(text, words);
        let mut voices: Vec<Voice> = Vec::new();
        let (alone, first): (Vec<_>, Vec<_>) = self.signs.iter().enumerate().partition(|(_, sign)| sign.alone);
        for (number, sign) in first.into_iter().chain(alone) {
            if sign.alone && voices.iter().any(|voice| voice.kind == sign.kind && voice.points >= sign.points) {
                continue;
            }
            let fits = sign.formats.is_empty() || sign.formats.contains(&format);
            if !fits || sign.tables && !facts.mostly_tables {
                continue;
            }
            let found = match sign.place {
                Where::Columns | Where::Heads => rows
                    .iter()
                    .filter(|((table, row), _)| !spoilt.contains(&(*table, *row, number)))
                    .filter(|((table, _), _)| {
                        let own = if sign.place == Where::Heads { &facts.large } else { &facts.largest };
                        !facts.mostly_tables || own.contains(table)
                    })
                    .map(|(_, shown)| groups(shown, number))
                    .max_by_key(Vec::len)
                    .unwrap_or_default(),
                _ => groups(&shown, number),
            };
            let holds = match sign.place {
                Where::Format => true,
                Where::Cells => facts.mostly_tables,
                Where::Entries => facts.largest.iter().any(|table| entries::keeps_entries(text, *table)),
                Where::Slides => facts.slides != 1,
                Where::Figures => facts.mostly_figures,
                Where::Blanks => facts.blanks >= sign.at_least.unwrap_or(1) && facts.words < facts.blanks * 30,
                _ => !sign.all.is_empty() && found.len() >= sign.at_least.unwrap_or(sign.all.len()),
            };
            if holds {
                let quoted: Vec<String> = found.iter().take(4).map(|words| format!("\"{words}\"")).collect();
                let quoted = if quoted.is_empty() { String::new() } else { format!(" ({})", quoted.join(", ")) };
                voices.push(Voice { kind: sign.kind, points: sign.points, why: format!("{}{quoted}", sign.why) });
            }
        }
        voices
    }

    /// Calls `then` with sign, group, whether a `not` phrase stands in the same line, and the span, for each phrase of `content`.
    fn look(&self, content: &str, offset: usize, then: &mut dyn FnMut(usize, usize, bool, Span)) {
        let content = content.get(..content.floor_char_boundary(NEAR_BYTES)).unwrap_or(content);
        let hits = self.phrases.find(&Folded::of(content));
        let line = |span: Span| {
            let start = content[..span.start].rfind('\n').map_or(0, |at| at + 1);
            (start, content[span.end..].find('\n').map_or(content.len(), |at| span.end + at))
        };
        let spoilt: BTreeSet<(usize, (usize, usize))> = hits
            .iter()
            .filter(|hit| self.of[hit.phrase].1.is_none())
            .map(|hit| (self.of[hit.phrase].0, line(hit.span)))
            .collect();
        for hit in &hits {
            let (sign, Some(group)) = self.of[hit.phrase] else { continue };
            let spoils = !spoilt.is_empty() && spoilt.contains(&(sign, line(hit.span)));
            then(sign, group, spoils, Span::new(hit.span.start + offset, hit.span.end + offset));
        }
    }

    /// Signs of which a `not` phrase is the whole of a cell.
    fn spoilt(&self, content: &str) -> Vec<usize> {
        if content.len() > 60 {
            return Vec::new();
        }
        let hits = self.phrases.find(&Folded::of(content));
        let whole = hits.iter().filter(|hit| is_whole(content, hit.span));
        whole.filter_map(|hit| (self.of[hit.phrase].1.is_none()).then_some(self.of[hit.phrase].0)).collect()
    }
}

fn groups(shown: &Shown, sign: usize) -> Vec<String> {
    shown.range((sign, 0)..(sign + 1, 0)).map(|(_, words)| words.clone()).collect()
}

fn cell_of(block: &Block) -> Option<(u32, u32)> {
    match block.role {
        Role::Cell { table, row, .. } => Some((table, row)),
        _ => None,
    }
}

/// Whether words stand in a block as a place asks.
fn holds(place: Where, block: &Block, content: &str, span: Span, at: usize) -> bool {
    match place {
        Where::Text => at < NEAR && (at == 0 || block.span.start < NEAR_BYTES),
        Where::Opening => at < OPENING && span.start < OPENING_BYTES,
        Where::Start => {
            at < OPENING && span.start < OPENING_BYTES && starts_line(content, span) && !listed(block, content, span)
        }
        Where::Headings => is_headline(block, content, span),
        Where::Labels => is_label(content, span),
        _ => false,
    }
}

/// Whether nothing but digits and signs stands before the words in their line.
fn starts_line(content: &str, span: Span) -> bool {
    let before = content[..span.start].rsplit('\n').next().unwrap_or("");
    before.chars().all(|c| !c.is_alphabetic())
}

/// Whether the words begin an item of a numbered list or a cell.
fn listed(block: &Block, content: &str, span: Span) -> bool {
    let before = content[..span.start].rsplit('\n').next().unwrap_or("");
    matches!(block.role, Role::ListItem | Role::Cell { .. }) || before.chars().any(|c| c.is_ascii_digit())
}

/// Whether the words stand in a heading, or in a short line that looks like one.
fn is_headline(block: &Block, content: &str, span: Span) -> bool {
    if block.role.heading_level().is_some() {
        return true;
    }
    let start = content[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = content[span.end..].find('\n').map_or(content.len(), |at| span.end + at);
    let line = content[start..end].trim();
    let sentence = line.ends_with(['.', ',', ';']);
    starts_line(content, span) && !sentence && line.split_whitespace().count() <= 7
}

/// Whether the words stand before a colon, or begin a line or cell that holds little else.
fn is_label(content: &str, span: Span) -> bool {
    let after = content[span.end..].trim_start_matches([' ', '*']);
    let after = match after.strip_prefix('(') {
        Some(rest) => rest.split_once(')').map_or(after, |(_, rest)| rest.trim_start()),
        None => after,
    };
    let line = after.split('\n').next().unwrap_or("");
    after.starts_with(':') || starts_line(content, span) && (line.trim_matches([',', '.', ' ', '-', '–']).is_empty())
}

/// Whether the words are the whole of a cell, but for brackets and signs.
fn is_whole(content: &str, span: Span) -> bool {
    let before = content[..span.start].chars().all(|c| !c.is_alphanumeric());
    let after = content[span.end..].split('(').next().unwrap_or("");
    before && after.chars().all(|c| !c.is_alphanumeric())
}

/// What is counted once for all signs.
struct Facts {
    mostly_tables: bool,
    mostly_figures: bool,
    /// The tables that hold at least half of all cells: two at most.
    largest: Vec<u32>,
    /// The tables that hold at least a fifth of all cells.
    large: Vec<u32>,
    blanks: usize,
    words: usize,
    slides: usize,
}

impl Facts {
    fn of(text: &Text, words: &Words) -> Facts {
        let blocks = text.blocks().len();
        let below = |block: &&Block| matches!(block.role, Role::Cell { row, .. } if row > 0);
        let cells = text.blocks().iter().filter(|block| cell_of(block).is_some()).count();
        let data = text.blocks().iter().filter(below).count();
        let figures = text.blocks().iter().filter(below).filter(|block| is_figure(text.block_text(block))).count();
        // Lines to write on; dots would count the leaders of a table of contents, too.
        let runs = text.content().split(|c: char| c != '_');
        let lines = runs.filter(|run| run.len() >= 3).count();
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        for block in text.blocks() {
            if let Role::Cell { table, .. } = block.role {
                *sizes.entry(table).or_default() += 1;
            }
        }
        let holding =
            |part: usize| sizes.iter().filter(|(_, size)| *size * part >= cells).map(|(table, _)| *table).collect();
        Facts {
            largest: holding(2),
            large: holding(5),
            mostly_tables: cells > 0 && cells * 2 >= blocks,
            mostly_figures: data > 0 && figures * 2 > data,
            blanks: placeholders::find(text, words).len() + lines,
            words: text.words(),
            slides: text.blocks().iter().filter_map(|block| block.place.slide).max().map_or(0, |last| last as usize),
        }
    }
}

fn is_figure(cell: &str) -> bool {
    let bare: String = cell.chars().filter(|c| !matches!(c, ',' | '%' | '£' | ' ')).collect();
    bare.parse::<f64>().is_ok()
}
