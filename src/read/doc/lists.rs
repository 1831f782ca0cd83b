//! Numbers of lists and headings, which Word counts anew whenever it shows a document.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::binary::{part, u8_at, u16_at, u32_at};
use crate::read::numbers::NumberForm;

const LEVELS: usize = 9;
/// Lists of a document that are read at most.
const LISTS: usize = 4_096;

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    form: NumberForm,
    legal: bool,
    keeps_counting: bool,
    /// The number as printed; a character below nine stands for the number of that level.
    text: Vec<u16>,
}

#[derive(Debug, Default)]
struct Plan {
    id: u32,
    levels: Vec<Level>,
}

#[derive(Debug, Default)]
struct List {
    plan: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// All lists and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    plans: Vec<Plan>,
    lists: Vec<List>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    started: BTreeSet<(u16, usize)>,
}

impl Lists {
    /// `plans` is the table of plans, which their levels follow without being counted in its length; `at` is where it begins.
    pub(super) fn read(tables: &[u8], at: usize, plans: &[u8], lists: &[u8]) -> Self {
        let mut all = Lists::default();
        let count = usize::from(u16_at(plans, 0).unwrap_or(0)).min(LISTS);
        let mut level_at = at.saturating_add(2 + count * 28);
        for index in 0..count {
            let raw = part(plans, 2 + index * 28, 28);
            let (Some(id), Some(flags)) = (u32_at(raw, 0), u8_at(raw, 26)) else { break };
            let mut plan = Plan { id, levels: Vec::new() };
            for _ in 0..if flags & 1 == 1 { 1 } else { LEVELS } {
                let Some((level, length)) = level(tables.get(level_at..).unwrap_or_default()) else { break };
                plan.levels.push(level);
                level_at += length;
            }
            all.plans.push(plan);
        }
        let count = (u32_at(lists, 0).unwrap_or(0) as usize).min(LISTS);
        let mut at = 4 + count * 16;
        for index in 0..count {
            let raw = part(lists, 4 + index * 16, 16);
            let (Some(plan), Some(changes)) = (u32_at(raw, 0), u8_at(raw, 12)) else { break };
            let mut list = List { plan, ..List::default() };
            at += 4;
            for _ in 0..changes.min(LEVELS as u8) {
                let (Some(start), Some(flags)) = (u32_at(lists, at), u32_at(lists, at + 4)) else { break };
                let of = (flags & 0xf) as usize;
                at += 8;
                if flags & 0x10 != 0 {
                    list.starts.insert(of, start);
                }
                if flags & 0x20 != 0 {
                    let Some((level, length)) = level(lists.get(at..).unwrap_or_default()) else { break };
                    list.levels.insert(of, level);
                    at += length;
                }
            }
            all.lists.push(list);
        }
        all
    }

    /// Counts one on at a level of a list (from one, as paragraphs name them). `None` when there is no such list; within,
    /// the number to print with a space after it, nothing for bullets.
    pub(super) fn next(&mut self, number: u16, level: u8) -> Option<String> {
        let list = self.lists.get(usize::from(number).checked_sub(1)?)?;
        let plan = self.plans.iter().find(|plan| plan.id == list.plan)?;
        let at = usize::from(level).min(LEVELS - 1);
        let level = |at: usize| list.levels.get(&at).or_else(|| plan.levels.get(at));
        let start = |at: usize| list.starts.get(&at).copied().unwrap_or_else(|| level(at).map_or(1, |of| of.start));
        let counts = self.counts.entry(plan.id).or_default();
        let anew = list.starts.contains_key(&at) && self.started.insert((number, at));
        counts[at] = Some(counts[at].filter(|_| !anew).map_or_else(|| start(at), |count| count.saturating_add(1)));
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            if !level(deeper).is_some_and(|of| of.keeps_counting) {
                *count = None;
            }
        }
        for (above, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert(start(above));
        }
        let of = level(at)?;
        if of.form == NumberForm::None {
            return Some(String::new());
        }
        let mut words = String::new();
        for unit in char::decode_utf16(of.text.iter().copied()) {
            match unit.unwrap_or(' ') {
                shown if (shown as usize) < LEVELS => {
                    let shown = shown as usize;
                    let form = if of.legal { NumberForm::Decimal } else { level(shown).map_or(of.form, |of| of.form) };
                    words.push_str(&form.print(counts[shown].unwrap_or_else(|| start(shown))));
                }
                sign => words.push(sign),
            }
        }
        let words = words.trim();
        Some(if words.is_empty() { String::new() } else { format!("{words} ") })
    }
}

/// A level and how many bytes it takes.
fn level(raw: &[u8]) -> Option<(Level, usize)> {
    let flags = u8_at(raw, 5)?;
    let form = match u8_at(raw, 4)? {
        1 => NumberForm::UpperRoman,
        2 => NumberForm::LowerRoman,
        3 => NumberForm::UpperLetter,
        4 => NumberForm::LowerLetter,
        5 => NumberForm::Ordinal,
        22 => NumberForm::DecimalZero,
        23 | 255 => NumberForm::None,
        _ => NumberForm::Decimal,
    };
    let before = 28 + usize::from(u8_at(raw, 24)?) + usize::from(u8_at(raw, 25)?);
    let length = usize::from(u16_at(raw, before)?);
    let text = part(raw, before + 2, length * 2).chunks_exact(2).filter_map(|two| u16_at(two, 0)).take(64).collect();
    let level = Level { start: u32_at(raw, 0)?, form, legal: flags & 4 != 0, keeps_counting: flags & 8 != 0, text };
    Some((level, before + 2 + length * 2))
}
