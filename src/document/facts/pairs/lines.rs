//! Labels and values in the lines of paragraphs: `Owner: Chief Nurse`, several in one line, a label above its value, and the
//! lines that a table leaves whose rules were lost.

use std::ops::Range;

use super::{Found, NEAR_TOP, lines};
use crate::day::find_days;
use crate::document::facts::guess;
use crate::document::facts::labels::{Field, Labels};
use crate::text::{Block, Role, Span};

impl Found<'_> {
    /// The lines of a block that hold a label and its value, or a label above its value.
    pub(super) fn block(&mut self, at: usize, block: &Block, near: bool) {
        let all: Vec<Span> = lines(self.text, block).collect();
        let listed = near && self.among_labels(at);
        for (number, line) in all.iter().enumerate() {
            let words = self.text.slice(*line);
            let split = split(words, self.labels);
            if split.is_empty() && near && self.unknown(block, *line) {
                continue;
            }
            // `Board approved 19-Jan-2026 | Issue 1 | Holder: Chief Executive | Review by 31 Mar 2029`
            if near && words.contains(" | ") {
                self.bars(at, block, *line);
            }
            if split.is_empty() {
                if let Some((label, value)) = without_colon(words, self.labels, at, listed) {
                    self.line_pair(block, *line, label, value, near);
                } else {
                    self.label_line(at, block, *line, all.get(number + 1).copied(), near);
                }
            }
            for (label, value) in split {
                if words.get(value.clone()).is_none_or(|value| value.trim().is_empty()) {
                    self.label_line(at, block, *line, all.get(number + 1).copied(), near);
                } else {
                    self.line_pair(block, *line, label, value, near);
                }
            }
        }
    }

    /// The parts of a line between bars that are labels with values but have no colon.
    fn bars(&mut self, at: usize, block: &Block, line: Span) {
        let words = self.text.slice(line);
        let mut start = line.start;
        for part in words.split('|') {
            let span = Span::new(start, start + part.len());
            start += part.len() + 1;
            if part.contains(':') || part.trim().is_empty() {
                continue;
            }
            if let Some((label, value)) = without_colon(part, self.labels, at, true) {
                self.line_pair(block, span, label, value, true);
            }
        }
    }

    /// A line whose label is not known and may be told from its words and its value.
    fn unknown(&mut self, block: &Block, line: Span) -> bool {
        let words = self.text.slice(line);
        let Some((label, value)) = words.split_once(": ") else { return false };
        let value = value.trim();
        if label.split_whitespace().count() > 7 || value.is_empty() || value.len() > 90 {
            return false;
        }
        let uses = guess::uses(label, value, self.labels);
        if uses.is_empty() {
            return false;
        }
        let start = line.start + words.trim_end().len() - value.len();
        self.add(block.role, label, uses, Span::new(start, start + value.len()), false);
        true
    }

    /// Whether a block stands among lines that begin with labels: a table whose rules and tabs were lost.
    fn among_labels(&self, at: usize) -> bool {
        let from = at.saturating_sub(3);
        let blocks = self.text.blocks().iter().skip(from).take(at + 4 - from);
        let blocks = blocks.filter(|block| !matches!(block.role, Role::Cell { .. } | Role::Header | Role::Footer));
        let begins = |line: &str| {
            let words: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).take(5).collect();
            line.len() < 90
                && line.starts_with(char::is_uppercase)
                && words.iter().any(|end| self.labels.is_label(&line[..*end]))
        };
        let lines = blocks.flat_map(|block| self.text.block_text(block).split('\n').take(12));
        lines.filter(|line| begins(line)).count() >= 3
    }

    fn line_pair(&mut self, block: &Block, line: Span, label: Range<usize>, value: Range<usize>, near: bool) {
        let words = self.text.slice(line);
        let (Some(label), Some(said)) = (words.get(label), words.get(value.clone())) else { return };
        let mut uses = self.labels.uses(label).to_vec();
        if uses.is_empty() {
            uses = guess::uses(label, said, self.labels);
        }
        let bare = label.trim_matches(['*', ' ', '#']);
        if near || bare.contains([' ', '_', '-']) {
            self.add(block.role, label, uses, Span::new(line.start + value.start, line.start + value.end), false);
        }
    }

    /// A line that is nothing but a label: its value is the next line of the block, else the first of the next block.
    fn label_line(&mut self, at: usize, block: &Block, line: Span, next: Option<Span>, near: bool) {
        let words = self.text.slice(line).trim();
        let uses = self.labels.uses(words).to_vec();
        if uses.is_empty() {
            return;
        }
        let colon = words.trim_end_matches('*').trim_end().ends_with(':');
        let several = words.contains(' ');
        let value = next.or_else(|| {
            let following = self.text.blocks().get(at + 1)?;
            let cells = matches!(block.role, Role::Cell { .. }) || matches!(following.role, Role::Cell { .. });
            let edge = matches!(following.role, Role::Header | Role::Footer | Role::Comment | Role::FrontMatter);
            let heading = following.role.heading_level().is_some();
            if cells || edge || heading && !colon {
                return None;
            }
            let mut all = lines(self.text, following);
            all.next().filter(|first| colon || first.end == following.span.end)
        });
        let Some(value) = value else { return };
        let said = self.text.slice(value);
        let day = uses.iter().any(|(field, _)| field.is_day()) && !find_days(said, None).is_empty();
        let sensible = said.chars().count() <= 80 && !said.ends_with('.') || day && said.len() < 160;
        if sensible
            && (colon || several || day)
            && near
            && !self.labels.is_label(said)
            && split(said, self.labels).is_empty()
        {
            self.add(block.role, words, uses, value, false);
        }
    }
}

/// Labels with colons in one line, each with its value, which ends where the next label begins.
fn split(line: &str, labels: &Labels) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        if matches!(c, '|' | '•' | ';') {
            from = at + c.len_utf8();
            continue;
        }
        if !matches!(c, ':' | '：') || line[at + c.len_utf8()..].starts_with("//") {
            continue;
        }
        let between_digits = line[..at].ends_with(|c: char| c.is_ascii_digit())
            && line[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        if between_digits {
            continue;
        }
        let whole = &line[from..at];
        let end = at + c.len_utf8();
        let start = if labels.is_label(whole) {
            Some(from)
        } else if (found.is_empty() || from > found.last().map_or(0, |(_, end)| *end))
            && whole.split_whitespace().count() <= 6
            && whole.len() < 50
            && !whole.contains(". ")
        {
            // Nothing stands before it but its own words: some other label.
            Some(from)
        } else if let Some(dot) = whole.rfind(". ").filter(|dot| leads(&whole[dot + 2..])) {
            // `Written by Jo Marsh. Net zero lead on the Board: Tobias Renn.`
            Some(from + dot + 2)
        } else {
            label_start(line, found.last().map_or(from, |(_, end)| *end), at, labels)
        };
        if let Some(start) = start {
            found.push((start..at, end));
            from = end;
        }
    }
    let known = found.iter().any(|(label, _)| labels.is_label(&line[label.clone()]));
    if !known {
        return Vec::new();
    }
    let mut split = Vec::new();
    for (number, (label, value)) in found.iter().enumerate() {
        let next = found.get(number + 1).map_or(line.len(), |(label, _)| label.start);
        let said = &line[*value..next];
        let end = said.find(['|', '•']).unwrap_or(said.len());
        let said = &said[..end];
        let lead = said.len() - said.trim_start_matches([' ', '*', '_', '\t']).len();
        let tail = said.trim_end_matches([' ', '*', '|', ';', '\t']).len().max(lead);
        split.push((label.clone(), value + lead..value + tail));
    }
    split
}

/// Whether words of no list are a label all the same, told by who they say leads: `Net zero lead on the Board`.
fn leads(label: &str) -> bool {
    let words = label.split_whitespace().count();
    label.starts_with(char::is_uppercase) && words <= 6 && label.split_whitespace().any(|word| word == "lead")
}

/// Where a label that ends at `end` begins, when the value of another stands before it: the longest run of words that is a
/// label and begins with a capital.
fn label_start(line: &str, from: usize, end: usize, labels: &Labels) -> Option<usize> {
    let part = &line[from..end];
    let starts = part.char_indices().filter(|(at, c)| {
        c.is_uppercase() && part[..*at].ends_with(|before: char| before.is_whitespace() || matches!(before, '*' | '('))
    });
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    starts.iter().rev().take(8).rev().find(|at| labels.is_label(&part[**at..])).map(|at| from + at)
}

/// A label at the start of a line with its value after it and no colon, as tables become when their text is taken out:
/// `Review date January 2026`, `Version 2.4`, `Owner - Chief Nurse`. Among other such lines (`listed`) one word is label enough.
fn without_colon(line: &str, labels: &Labels, at: usize, listed: bool) -> Option<(Range<usize>, Range<usize>)> {
    let bare = line.trim();
    if bare.chars().count() > 110 || bare.ends_with('.') && bare.split_whitespace().count() > 8 {
        return None;
    }
    let offset = line.len() - line.trim_start().len();
    let ends: Vec<usize> = bare.match_indices(' ').map(|(at, _)| at).take(7).collect();
    ends.iter().rev().find_map(|end| {
        let label = &bare[..*end];
        if label.ends_with(['-', '–', '|', '\t']) {
            return None;
        }
        let uses = labels.uses(label);
        let (field, _) = uses.first()?;
        let rest = bare[*end..].trim_start();
        // `Authorised .............. Nominated Individual`
        let leaders = rest.trim_start_matches(['.', '…', '·', '_']);
        let dashed = if rest.len() > leaders.len() + 2 { Some(leaders) } else { rest.strip_prefix(['-', '–', '|']) };
        let dashed = dashed.map(str::trim_start);
        let value = dashed.unwrap_or(rest);
        let days = find_days(value, None);
        let has_day = days.first().is_some_and(|day| day.start <= 12) && uses.iter().any(|(field, _)| field.is_day());
        let fits = match field {
            _ if has_day => value.len() < 60,
            Field::Version => {
                let number = value.trim_start_matches(['v', 'V', ' ']);
                number.starts_with(|c: char| c.is_ascii_digit()) && value.len() < 16
            }
            Field::Owner | Field::Author | Field::ApprovedBy => {
                let words = value.split_whitespace().count();
                let several = label.contains(' ') || dashed.is_some() || listed;
                let titled = label.starts_with(char::is_uppercase) && value.starts_with(char::is_uppercase);
                several && titled && words <= 8 && at < NEAR_TOP && !value.ends_with('.') && !value.contains(": ")
            }
            Field::Status => (dashed.is_some() || listed) && at < NEAR_TOP && value.len() < 60,
            Field::Title => listed && at < NEAR_TOP && value.len() < 100,
            _ => false,
        };
        let start = offset + bare.len() - value.len();
        fits.then(|| (offset..offset + end, start..offset + bare.len()))
    })
}
