//! Numbers of lists and headings in OpenDocument files.

use std::collections::BTreeMap;

use crate::read::numbers::NumberForm;
use crate::read::xml::Tag;

/// How one level of a list is numbered.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    form: Option<NumberForm>,
    before: String,
    after: String,
    /// How many levels the number shows, as `2.3.1` shows three.
    shows: u32,
    start: u32,
}

impl Level {
    pub(super) fn read(tag: &Tag<'_>) -> Self {
        let form = match tag.get("num-format").as_deref() {
            None | Some("") => None,
            Some("a") => Some(NumberForm::LowerLetter),
            Some("A") => Some(NumberForm::UpperLetter),
            Some("i") => Some(NumberForm::LowerRoman),
            Some("I") => Some(NumberForm::UpperRoman),
            Some(_) => Some(NumberForm::Decimal),
        };
        Level {
            form: form.filter(|_| tag.name() != "list-level-style-bullet"),
            before: tag.get("num-prefix").unwrap_or_default(),
            after: tag.get("num-suffix").unwrap_or_default(),
            shows: tag.number("display-levels").unwrap_or(1),
            start: tag.number("start-value").unwrap_or(1),
        }
    }
}

/// Where the counting stands, by list style.
#[derive(Debug, Default)]
pub(super) struct Counters(BTreeMap<String, Vec<u32>>);

impl Counters {
    /// Starts a list anew.
    pub(super) fn restart(&mut self, list: &str) {
        self.0.remove(list);
    }

    /// Counts one item on at `level` (from zero) and gives the number before it, if the level has one.
    pub(super) fn next(&mut self, list: &str, levels: &[Level], level: usize, start: Option<u32>) -> Option<String> {
        let counts = self.0.entry(list.to_string()).or_default();
        let first = |at: usize| levels.get(at).map_or(1, |level| level.start);
        counts.truncate(level + 1);
        let known = counts.len();
        while counts.len() <= level {
            counts.push(first(counts.len()));
        }
        if known > level {
            counts[level] = counts[level].saturating_add(1);
        }
        if let Some(start) = start {
            counts[level] = start;
        }
        let of = levels.get(level)?;
        of.form?;
        let shows = (of.shows.max(1) as usize).min(level + 1);
        let parts: Vec<String> =
            (level + 1 - shows..=level).filter_map(|at| Some(levels.get(at)?.form?.print(counts[at]))).collect();
        Some(format!("{}{}{} ", of.before, parts.join("."), of.after))
    }
}
