//! Labels with their values: in one line, in the line below, in the next cell, below a header row.
//!
//! [`tables`] reads those of tables, [`lines`] those of paragraphs; what both find is gathered here.

mod lines;
mod tables;

pub(super) use tables::{Rows, tables};

use std::collections::BTreeSet;
use std::ops::Range;

use super::labels::{Labels, Use};
use crate::document::Source;
use crate::text::{Block, Role, Span, Text};

/// How much a pair is trusted: labels in the text, then what its byline says without one, then the log of changes, then page headers and footers, which are
/// often left over from the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    Body,
    Byline,
    ChangeLog,
    Edge,
    /// The latest day in the rows of a log, which tells when it was last kept.
    Rows,
}

/// A label with its value.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    /// The label as written.
    pub(super) label: String,
    /// What it is for; empty for labels of other things.
    pub(super) uses: Vec<Use>,
    pub(super) value: Span,
    pub(super) source: Source,
    pub(super) trust: Trust,
}

/// Blocks from the top in which labels count, besides page headers, footers and front matter.
const TOP: usize = 80;
/// Blocks from the top in which a label of one common word counts, such as `Lead`.
const NEAR_TOP: usize = 30;
/// Blocks after a late heading such as `Document control` in which labels count again.
const CLOSING: usize = 40;
/// Blocks at the very end in which labels count.
const LAST: usize = 5;
/// Blocks from the top within which tables are read.
const TABLES: usize = 240;

/// Bytes of the longest line that is read for facts.
const LONG_LINE: usize = 2000;

/// The lines of a block, but for those of endless length.
pub(super) fn lines<'t>(text: &'t Text, block: &Block) -> impl Iterator<Item = Span> + use<'t> {
    let mut at = block.span.start;
    let spans = text.block_text(block).split('\n').map(move |line| {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        span
    });
    // What says something of the document stands in lines that a person can take in.
    spans.filter(|line| line.end - line.start <= LONG_LINE)
}

/// Every pair, in the order of the text, those of tables by their place in it, too.
pub(super) fn pairs(text: &Text, labels: &Labels) -> Vec<Pair> {
    let mut listed = BTreeSet::new();
    let closing = closing(text);
    let start = |at: usize| text.blocks().get(at).map_or(usize::MAX, |block| block.span.start);
    let late = closing.as_ref().map_or(usize::MAX, |closing| start(closing.start));
    let mut found = Found { text, labels, near: start(12), late, pairs: Vec::new() };
    let far = start(TABLES);
    let late = closing.as_ref().map_or(usize::MAX..usize::MAX, |closing| start(closing.start)..start(closing.end));
    for rows in tables(text).values() {
        found.table(rows, &|block| block.span.start < far || late.contains(&block.span.start), &mut listed);
    }
    for (at, block) in text.blocks().iter().enumerate() {
        let late = closing.as_ref().is_some_and(|closing| closing.contains(&at));
        let edge = matches!(block.role, Role::FrontMatter | Role::Header | Role::Footer);
        let cell = matches!(block.role, Role::Cell { .. });
        let late = late || at + LAST >= text.blocks().len();
        let within = at < TOP || late || edge || cell && at < TABLES;
        if !within
            || !block.role.is_evidence()
            || matches!(block.role, Role::Note | Role::SpeakerNote)
            || listed.contains(&block.span)
        {
            continue;
        }
        found.block(at, block, edge || late || at < NEAR_TOP || cell && at < TOP);
    }
    // The value of a label is no byline.
    let mut bylines = super::bylines::pairs(text, labels);
    bylines.retain(|one| {
        let day = one.uses.iter().any(|(field, _)| field.is_day());
        !day || !found.pairs.iter().any(|pair| {
            let about = pair.uses.iter().any(|(field, _)| field.is_day());
            about && pair.value.start <= one.value.start && one.value.end <= pair.value.end
        })
    });
    found.pairs.extend(bylines);
    found.pairs.sort_by_key(|pair| pair.value.start);
    found.pairs
}

/// The blocks under the last heading that announces the document's own data; many documents close with them.
fn closing(text: &Text) -> Option<Range<usize>> {
    const NAMES: [&str; 12] = [
        "document control",
        "version control",
        "version history",
        "document history",
        "amendment history",
        "document information",
        "document management",
        "document details",
        "policy review",
        "review and approval",
        "approval and review",
        "approval and ratification",
    ];
    let announces = |block: &Block| {
        let words = text.block_text(block);
        let plain = matches!(block.role, Role::Heading(_) | Role::Title | Role::Paragraph);
        if !plain || words.len() >= 60 {
            return false;
        }
        let words = super::labels::tidy(words);
        NAMES.iter().any(|name| words.contains(name))
    };
    let at = text.blocks().iter().rposition(announces)?;
    Some(at..at + 1 + CLOSING)
}

struct Found<'t> {
    text: &'t Text,
    labels: &'t Labels,
    /// Before this byte a table may be about the document itself.
    near: usize,
    /// From this byte on, too: its closing part.
    late: usize,
    pairs: Vec<Pair>,
}

impl Found<'_> {
    fn add(&mut self, role: Role, label: &str, uses: Vec<Use>, value: Span, change_log: bool) {
        let label = label.trim().trim_matches(['*', '#', ' ']).trim_end_matches(':').to_string();
        let (source, trust) = match role {
            Role::FrontMatter => (Source::FrontMatter(label.clone()), Trust::Body),
            Role::Header | Role::Footer => (Source::HeaderOrFooter, Trust::Edge),
            _ => (Source::Label(label.clone()), if change_log { Trust::ChangeLog } else { Trust::Body }),
        };
        // `Version / issue date`: two labels in one.
        if let Some((_, second)) = label.split_once('/')
            && label.len() < 60
        {
            let more = self.labels.uses(second);
            let new = more.iter().filter(|(field, _)| field.is_day() && !uses.iter().any(|(one, _)| one == field));
            let more: Vec<Use> = new.map(|(field, rank)| (*field, rank + 100)).collect();
            let first = label.split('/').next().map(|first| self.labels.uses(first)).unwrap_or_default();
            let first = first.iter().filter(|(field, _)| !uses.iter().any(|(one, _)| one == field));
            let more: Vec<Use> = first.map(|(field, rank)| (*field, rank + 100)).chain(more).collect();
            if !more.is_empty() && !uses.is_empty() {
                let (label, source) = (label.clone(), source.clone());
                self.pairs.push(Pair { label, uses: more, value, source, trust });
            }
        }
        self.pairs.push(Pair { label, uses, value, source, trust });
    }
}
