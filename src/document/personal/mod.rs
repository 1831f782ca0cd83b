//! Data that identifies a patient: found, and masked in the text for good.
//!
//! One number in eleven of ten digits has a right check digit by chance, and so has every ISBN-10 that ends in a digit.
//! So a number counts only with a context: a label beside, above or before it, or the 3-3-4 spacing that NHS
//! numbers are printed with together with a range that is in issue.

mod around;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use self::around::{Tables, context_around};
use super::{PersonalData, PersonalKind};
use crate::nhs_number::candidates::{
    Candidate, EXAMPLE, Shape, candidates, digits_of, has_check_digit, in_issue, is_number, may_be_day,
};
use crate::nhs_number::context::{Context, LABEL_REACH, context_in_name, context_within};
use crate::nhs_number::{HEAD, TAIL, mask_known, mask_line};
use crate::text::{Block, Excerpt, Place, Role, Span, Text, mask_digits};

/// How many numbers of one document are reported; all are masked.
const REPORTED: usize = 200;

/// Finds NHS numbers, blanks their digits in the text, in the names of sheets and in the file's properties, and says where
/// they were. A number that the name of the file gives away is masked in the text, too.
pub fn mask(text: &mut Text, path: &str) -> Vec<PersonalData> {
    let mut known: HashSet<String> = in_name(path).into_iter().map(|number| number.digits).collect();
    let outside = in_properties(text);
    known.extend(outside.iter().map(|(digits, _)| digits.clone()));
    let found = find(text, &mut known);
    for number in &found {
        number.mask(text);
    }
    mask_properties(text, &known);
    text.rename_sheets(|name| mask_known(name, &known));
    let within: HashSet<&str> = found.iter().map(|number| number.digits.as_str()).collect();
    let mut seen = HashSet::new();
    let outside =
        outside.iter().filter(|(digits, _)| !within.contains(digits.as_str()) && seen.insert(digits.as_str()));
    let data = found
        .iter()
        .map(|number| PersonalData { kind: kind_of(&number.digits), excerpt: text.excerpt(number.pieces[0]) })
        .chain(outside.map(|(digits, excerpt)| PersonalData { kind: kind_of(digits), excerpt: excerpt.clone() }));
    data.take(REPORTED).collect()
}

/// A number in the name of a file or of a folder above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What sort.
    pub kind: PersonalKind,
    /// The path up to the end of the name that holds it, as it is: for telling numbers apart, never to be shown.
    pub part: String,
    /// The masked name that holds it.
    pub excerpt: Excerpt,
    digits: String,
}

/// The NHS numbers in a path: with a label, or as they are printed or whole, in issue, and not called anything else.
pub fn in_name(path: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for number in candidates(path) {
        let plain = number.shape.is_usual() && !number.glued && in_issue(&number.digits) && !may_be_day(&number.digits);
        let counts = match context_in_name(path, number.span) {
            Context::Label => number.shape != Shape::Odd,
            Context::Heading => in_issue(&number.digits),
            Context::Other => false,
            Context::None => plain,
        };
        if counts {
            let sign = ['/', '!'];
            let start = path.get(..number.span.start).and_then(|before| before.rfind(sign)).map_or(0, |at| at + 1);
            let after = path.get(number.span.end..).unwrap_or("");
            let end = after.find(sign).map_or(path.len(), |at| number.span.end + at);
            let name = path.get(start..end).unwrap_or("");
            let at = Span::new(number.span.start - start, number.span.end - start);
            found.push(Named {
                kind: kind_of(&number.digits),
                part: path.get(..end).unwrap_or("").to_string(),
                excerpt: excerpt(name, at, ""),
                digits: number.digits,
            });
        }
    }
    found
}

/// An excerpt of a line outside the text, masked, with a word before it that says what the line is.
fn excerpt(line: &str, number: Span, what: &str) -> Excerpt {
    let masked = |part: Option<&str>| mask_line(part.unwrap_or("")).replace(['\n', '\t', '\r'], " ");
    let around = |text: String, keep: fn(&str) -> String| {
        if text.chars().count() > Excerpt::AROUND { keep(&text) } else { text }
    };
    let before = around(masked(line.get(..number.start)), |text| {
        let skipped = text.chars().count() - Excerpt::AROUND;
        format!("…{}", text.chars().skip(skipped).collect::<String>())
    });
    let after = around(masked(line.get(number.end..)), |text| {
        format!("{}…", text.chars().take(Excerpt::AROUND).collect::<String>())
    });
    let quote = mask_digits(line.get(number.range()).unwrap_or(""), HEAD, TAIL).replace('\n', " ");
    let start = what.len() + before.len();
    let context = format!("{what}{before}{quote}{after}");
    Excerpt { place: Place::default(), length: quote.len(), quote, context, start }
}

/// A number in a text: one stretch, or some where a table breaks it.
struct Number {
    pieces: Vec<Span>,
    digits: String,
}

impl Number {
    fn mask(&self, text: &mut Text) {
        let count = |text: &Text, piece: &Span| digits_of(text.slice(*piece)).len();
        let mut before = 0;
        let mut after: usize = self.pieces.iter().map(|piece| count(text, piece)).sum();
        // A number whose first digit got lost shows one less.
        let head = HEAD - usize::from(after < 10);
        for piece in &self.pieces {
            let own = count(text, piece);
            after -= own;
            text.mask_digits(*piece, head.saturating_sub(before), TAIL.saturating_sub(after));
            before += own;
        }
    }
}

/// All numbers that count, in order, those included that stand elsewhere with their context.
fn find(text: &Text, known: &mut HashSet<String>) -> Vec<Number> {
    let mut all: Vec<Number> = Vec::new();
    let mut tables = Tables::default();
    let mut columns = BrokenInColumns::default();
    let mut across = candidates(text.content()).into_iter().peekable();
    for (index, block) in text.blocks().iter().enumerate() {
        let words = text.block_text(block);
        let start = block.span.start;
        let mut last_end = None;
        for number in candidates(words) {
            let chained = last_end.is_some_and(|end| number.span.start.saturating_sub(end) <= LABEL_REACH);
            let context = match context_within(words, number.span) {
                Context::None if chained && !number.glued => Context::Label,
                Context::None => match context_around(text, index, &tables) {
                    Context::Heading if number.glued || number.loose => Context::None,
                    found => found,
                },
                found => found,
            };
            if counts(&number, context) {
                last_end = Some(number.span.end);
                known.insert(number.digits.clone());
            }
            let span = Span::new(start + number.span.start, start + number.span.end);
            all.push(Number { pieces: vec![span], digits: number.digits });
        }
        let labelled = matches!(block.role, Role::Cell { .. }) && tables.context(block.role) == Context::Label;
        if let Some(number) = labelled.then(|| columns.see(text, block)).flatten() {
            known.insert(number.digits.clone());
            all.push(number);
        }
        // A number that begins in this block and ends in another, as when a form has a box for each part of it.
        while let Some(number) = across.next_if(|number| number.span.start < block.span.end) {
            if number.span.end <= block.span.end || number.shape == Shape::Odd {
                continue;
            }
            let local = Span::new(number.span.start.saturating_sub(start), words.len());
            let context = match context_within(words, local) {
                Context::None => context_around(text, index, &tables),
                found => found,
            };
            let label = context == Context::Label && in_issue(&number.digits) && !number.glued && !number.among_figures;
            if label && !(number.loose && number.shape == Shape::Other) {
                known.insert(number.digits.clone());
            }
            all.push(Number { pieces: vec![number.span], digits: number.digits });
        }
        tables.see(block.role, words);
    }
    all.retain(|number| known.contains(&number.digits));
    all.sort_by_key(|number| number.pieces[0]);
    // A number that a table breaks may have been seen in the row and in the column.
    all.dedup_by(|next, kept| {
        let end = kept.pieces.last().map_or(0, |piece| piece.end);
        next.digits == kept.digits && next.pieces.iter().all(|piece| piece.start < end)
    });
    all
}

/// Numbers of a column of NHS numbers that lost their first zero to a spreadsheet, or that are broken over two rows.
#[derive(Default)]
struct BrokenInColumns {
    open: HashMap<(u32, u32), (u32, Span, String)>,
}

impl BrokenInColumns {
    /// The number that a cell is, or ends.
    fn see(&mut self, text: &Text, block: &Block) -> Option<Number> {
        let Role::Cell { table, row, column } = block.role else { return None };
        let words = text.block_text(block);
        let before = self.open.remove(&(table, column));
        let amount = words.strip_suffix(".00").or_else(|| words.strip_suffix(".0")).unwrap_or(words);
        let whole = amount.replace(',', "");
        if whole.len() == 9 && is_number(&whole) && has_check_digit(&format!("0{whole}")) {
            return Some(Number { pieces: vec![block.span], digits: format!("0{whole}") });
        }
        if !is_number(words) {
            return None;
        }
        let digits = digits_of(words);
        let (_, span, first) = before
            .filter(|(above, _, _)| row.saturating_sub(*above) <= 1)
            .unwrap_or_else(|| (row, block.span, String::new()));
        let joined = format!("{first}{digits}");
        if !first.is_empty() && has_check_digit(&joined) && in_issue(&joined) {
            return Some(Number { pieces: vec![span, block.span], digits: joined });
        }
        if (2..10).contains(&digits.len()) {
            self.open.insert((table, column), (row, block.span, digits));
        }
        None
    }
}

fn kind_of(digits: &str) -> PersonalKind {
    if digits == EXAMPLE || digits.starts_with("999") { PersonalKind::TestNhsNumber } else { PersonalKind::NhsNumber }
}

fn counts(number: &Candidate, context: Context) -> bool {
    let printed = number.shape == Shape::Printed && !number.loose && !number.glued && !number.among_figures;
    match context {
        Context::Label => number.shape != Shape::Odd && !(number.loose && number.shape == Shape::Other),
        Context::Other => false,
        Context::Heading => in_issue(&number.digits) && number.shape != Shape::Odd,
        Context::None => printed && in_issue(&number.digits),
    }
}

/// The numbers in the names of sheets and in what the file says of itself, with a masked excerpt.
fn in_properties(text: &Text) -> Vec<(String, Excerpt)> {
    let mut sheets: Vec<&str> = text.blocks().iter().filter_map(|block| block.place.sheet.as_deref()).collect();
    sheets.dedup();
    let metadata = &text.metadata;
    let properties = metadata.properties.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let single = [("title", &metadata.title), ("author", &metadata.author), ("status", &metadata.status)];
    let lines = single
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)))
        .chain(properties)
        .chain(sheets.into_iter().map(|name| ("sheet", name)));
    let mut found = Vec::new();
    for (name, line) in lines {
        for number in candidates(line) {
            let context = match context_within(line, number.span) {
                Context::None => context_within(&format!("{name} {}", &line[number.span.range()]), {
                    Span::new(name.len() + 1, name.len() + 1 + number.span.end - number.span.start)
                }),
                found => found,
            };
            if counts(&number, context) {
                let excerpt = excerpt(line, number.span, &format!("{}: ", mask_line(name)));
                found.push((number.digits, excerpt));
            }
        }
    }
    found
}

fn mask_properties(text: &mut Text, known: &HashSet<String>) {
    let metadata = &mut text.metadata;
    let single = [&mut metadata.title, &mut metadata.author, &mut metadata.status].into_iter().flatten();
    let many = metadata.properties.iter_mut().flat_map(|(name, value)| [name, value]);
    for value in single.chain(many) {
        *value = mask_known(value, known);
    }
}
