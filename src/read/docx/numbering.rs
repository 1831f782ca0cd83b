//! Numbers that Word computes for lists and headings: `2.3.1`, `a)`, `(iv)`.

use std::collections::{BTreeMap, BTreeSet};

use super::styles::Styles;
use crate::read::numbers::NumberForm;
use crate::read::xml::{Node, Tag, Xml};
use crate::read::{Limits, Unread};

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    form: NumberForm,
    /// With `%1` to `%9` for the numbers of the levels.
    text: String,
    start: u32,
    /// All numbers of it are printed as digits.
    legal: bool,
    keeps_counting: bool,
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Plan {
    levels: [Level; LEVELS],
    /// The list style that has the levels in its place.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    plan: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document, and where the counting stands.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    plans: BTreeMap<u32, Plan>,
    lists: BTreeMap<u32, List>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    started: BTreeSet<(u32, usize)>,
}

impl Numbering {
    pub(super) fn read(source: &str, limits: &Limits) -> Result<Self, Unread> {
        let mut numbering = Numbering::default();
        let mut xml = Xml::new(source, limits);
        let (mut plan, mut list) = (None::<u32>, None::<u32>);
        let (mut at, mut overrides) = (0usize, false);
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "abstractNum" => {
                        plan = tag.number("abstractNumId");
                        list = None;
                        overrides = false;
                        numbering.plans.extend(plan.map(|id| (id, Plan::default())));
                    }
                    "num" => {
                        list = tag.number("numId");
                        plan = None;
                        numbering.lists.extend(list.map(|id| (id, List::default())));
                    }
                    "abstractNumId" => {
                        if let (Some(list), Some(id)) = (numbering.list(list), tag.number("val")) {
                            list.plan = id;
                        }
                    }
                    "numStyleLink" => {
                        if let Some(plan) = plan.and_then(|id| numbering.plans.get_mut(&id)) {
                            plan.link = tag.get("val");
                        }
                    }
                    "lvlOverride" => {
                        at = level(&tag);
                        overrides = true;
                    }
                    "startOverride" => {
                        if let (Some(list), Some(start)) = (numbering.list(list), tag.number("val")) {
                            list.starts.insert(at, start);
                        }
                    }
                    "lvl" => {
                        at = level(&tag);
                        if let Some(list) = numbering.list(list).filter(|_| overrides) {
                            list.levels.insert(at, Level { start: 1, ..Level::default() });
                        }
                    }
                    name => {
                        let of_list = list.and_then(|id| numbering.lists.get_mut(&id)?.levels.get_mut(&at));
                        let of_plan = plan.and_then(|id| numbering.plans.get_mut(&id)?.levels.get_mut(at));
                        if let Some(level) = of_list.or(of_plan) {
                            set(level, name, &tag);
                        }
                    }
                },
                Node::End => return Ok(numbering),
                _ => {}
            }
        }
    }

    fn list(&mut self, id: Option<u32>) -> Option<&mut List> {
        self.lists.get_mut(&id?)
    }

    /// The level of a list that belongs to a style.
    pub(super) fn level_of(&self, list: u32, style: &str) -> Option<u32> {
        let plan = self.plans.get(&self.lists.get(&list)?.plan)?;
        let level = plan.levels.iter().position(|level| level.style.as_deref() == Some(style))?;
        u32::try_from(level).ok()
    }

    /// Counts one on at a level of a list and gives the number to print, with a space after it; nothing for bullets.
    pub(super) fn next(&mut self, list_id: u32, level: u32, styles: &Styles) -> Option<String> {
        let at = (level as usize).min(LEVELS - 1);
        let list = self.lists.get(&list_id)?;
        let mut plan_id = list.plan;
        let mut plan = self.plans.get(&plan_id)?;
        if let Some(link) = &plan.link
            && let Some((other, ..)) = styles.list(Some(link))
            && let Some(other) = self.lists.get(&other)
            && let Some(linked) = self.plans.get(&other.plan)
        {
            (plan_id, plan) = (other.plan, linked);
        }
        let level = |at: usize| list.levels.get(&at).unwrap_or(&plan.levels[at]);
        let counts = self.counts.entry(plan_id).or_default();
        let anew = list.starts.get(&at).filter(|_| self.started.insert((list_id, at)));
        counts[at] = Some(match (anew, counts[at]) {
            (Some(start), _) => *start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => list.starts.get(&at).copied().unwrap_or(level(at).start),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            if !level(deeper).keeps_counting {
                *count = None;
            }
        }
        for (above, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert(level(above).start);
        }
        let of = level(at);
        let mut words = String::new();
        let mut signs = of.text.chars().peekable();
        while let Some(sign) = signs.next() {
            match signs.peek().and_then(|next| next.to_digit(10)).filter(|_| sign == '%') {
                Some(digit @ 1..=9) => {
                    signs.next();
                    let shown = digit as usize - 1;
                    let form = if of.legal { NumberForm::Decimal } else { level(shown).form };
                    words.push_str(&form.print(counts[shown].unwrap_or(level(shown).start)));
                }
                _ => words.push(sign),
            }
        }
        let bullet = of.form == NumberForm::None;
        (!bullet && !words.trim().is_empty()).then(|| format!("{} ", words.trim()))
    }
}

fn level(tag: &Tag<'_>) -> usize {
    (tag.number("ilvl").unwrap_or(0) as usize).min(LEVELS - 1)
}

fn set(level: &mut Level, name: &str, tag: &Tag<'_>) {
    match name {
        "start" => level.start = tag.number("val").unwrap_or(1),
        "lvlText" => level.text = tag.get("val").unwrap_or_default(),
        "isLgl" => level.legal = tag.is_on(),
        "lvlRestart" => level.keeps_counting = tag.number("val") == Some(0),
        "pStyle" => level.style = tag.get("val"),
        "numFmt" => {
            level.form = match tag.get("val").as_deref().unwrap_or_default() {
                "bullet" | "none" => NumberForm::None,
                "decimalZero" => NumberForm::DecimalZero,
                "lowerLetter" => NumberForm::LowerLetter,
                "upperLetter" => NumberForm::UpperLetter,
                "lowerRoman" => NumberForm::LowerRoman,
                "upperRoman" => NumberForm::UpperRoman,
                "ordinal" => NumberForm::Ordinal,
                _ => NumberForm::Decimal,
            }
        }
        _ => {}
    }
}
