//! Data that identifies a patient: found, and masked in the text for good.
//!
//! One number in eleven of ten digits has a right check digit by chance, and so has every ISBN-10 that ends in a digit.
//! So a number counts only with a context: a label beside, above or before it, or the 3-3-4 spacing that NHS
//! numbers are printed with together with a range that is in issue.

use std::collections::{HashMap, HashSet};

use super::{PersonalData, PersonalKind};
use crate::text::{Role, Span, Text, mask_digits};

/// How many numbers of one document are reported; all are masked.
const REPORTED: usize = 200;
/// Digits that stay readable at either end of a masked number, so that its owner can find it.
const HEAD: usize = 3;
const TAIL: usize = 2;
/// How far before a number its label may stand, in bytes.
const LABEL_REACH: usize = 40;
/// How far above a number the line with the column headings may stand, in bytes.
const HEADING_REACH: usize = 300;
/// The longest cell that is taken for the heading of its column or row, in bytes.
const HEADING_CELL: usize = 60;
/// The example in the manuals.
const EXAMPLE: &str = "9434765919";

/// What comes before a number that is something else.
const OTHER_NUMBERS: &[&str] = &[
    "account",
    "acct",
    "barcode",
    "call",
    "charity",
    "company",
    "contact",
    "datix",
    "ean",
    "ext",
    "fax",
    "gtin",
    "incident",
    "invoice",
    "isbn",
    "issn",
    "licence",
    "mobile",
    "order",
    "phone",
    "po",
    "ref",
    "reference",
    "serial",
    "ssid",
    "tel",
    "telephone",
    "text",
    "uprn",
    "utr",
    "vat",
];

/// Finds NHS numbers, blanks their digits in the text and in the file's properties, and says where they were.
pub fn mask(text: &mut Text) -> Vec<PersonalData> {
    let found = find(text);
    for number in &found {
        text.mask_digits(number.span, HEAD, TAIL);
    }
    mask_metadata(text);
    text.rename_sheets(mask_line);
    found
        .iter()
        .take(REPORTED)
        .map(|number| PersonalData { kind: number.kind, excerpt: text.excerpt(number.span) })
        .collect()
}

/// A name, path or title with every NHS number in it masked. Such a line gives no context, so the check digit alone
/// decides; days written without signs (`2026092401`) are left alone.
pub fn mask_line(line: &str) -> String {
    let mut masked = line.to_string();
    for number in candidates(line, is_name_separator) {
        let plain = matches!(number.shape, Shape::Solid | Shape::Printed | Shape::Apart);
        if plain && has_check_digit(&number.digits) && !starts_with_day(&number.digits) {
            let span = number.span.range();
            if let Some(part) = line.get(span.clone()).map(|part| mask_digits(part, HEAD, TAIL)) {
                masked.replace_range(span, &part);
            }
        }
    }
    masked
}

struct Number {
    span: Span,
    kind: PersonalKind,
}

/// All numbers that count, in order, those included that stand elsewhere with their context.
fn find(text: &Text) -> Vec<Number> {
    let mut all = Vec::new();
    let mut known = HashSet::new();
    let mut tables = Tables::default();
    for (index, block) in text.blocks().iter().enumerate() {
        let words = text.block_text(block);
        let mut last_end = None;
        for number in candidates(words, is_separator) {
            if !has_check_digit(&number.digits) {
                continue;
            }
            let chained = last_end.is_some_and(|end| number.span.start.saturating_sub(end) <= LABEL_REACH);
            let context = match context_within(words, number.span) {
                Context::None if chained => Context::Label,
                Context::None => context_around(text, index, &tables),
                found => found,
            };
            if counts(&number, context) {
                last_end = Some(number.span.end);
                known.insert(number.digits.clone());
            }
            let start = block.span.start;
            all.push((Span::new(start + number.span.start, start + number.span.end), number.digits));
        }
        tables.see(block.role, words);
    }
    all.into_iter()
        .filter(|(_, digits)| known.contains(digits))
        .map(|(span, digits)| Number { span, kind: kind_of(&digits) })
        .collect()
}

fn kind_of(digits: &str) -> PersonalKind {
    if digits == EXAMPLE || digits.starts_with("999") { PersonalKind::TestNhsNumber } else { PersonalKind::NhsNumber }
}

fn counts(number: &Candidate, context: Context) -> bool {
    match context {
        Context::Label => true,
        Context::Other => false,
        Context::Heading => in_issue(&number.digits),
        Context::None => number.shape == Shape::Printed && !number.among_figures && in_issue(&number.digits),
    }
}

/// What the words round a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    /// They call it an NHS number.
    Label,
    /// They call it something else.
    Other,
    /// A heading some lines above speaks of NHS numbers.
    Heading,
    /// Nothing.
    None,
}

/// What the words before and after a number in its own block make of it: the nearest label wins.
fn context_within(block: &str, number: Span) -> Context {
    let before = tail(block, number.start, LABEL_REACH);
    let label = last_label(&before).unwrap_or(0);
    let after = head(block, number.end, 20);
    let trimmed = after.trim_start_matches([' ', '(', '-', '–', ',']);
    if last_other(&before).is_some_and(|other| other >= label) {
        Context::Other
    } else if label > 0 || (trimmed.starts_with("nhs") && last_label(trimmed).is_some()) {
        Context::Label
    } else {
        Context::None
    }
}

/// What the cells round a cell, or the lines above a line, make of the numbers in it.
fn context_around(text: &Text, index: usize, tables: &Tables) -> Context {
    let blocks = text.blocks();
    let Some(block) = blocks.get(index) else { return Context::None };
    if matches!(block.role, Role::Cell { .. }) {
        return tables.context(block.role);
    }
    let previous = index.checked_sub(1).and_then(|index| blocks.get(index)).map(|block| text.block_text(block));
    if previous.is_some_and(|words| words.len() <= HEADING_CELL && last_label(&words.to_lowercase()).is_some()) {
        return Context::Label;
    }
    let above = tail(text.content(), block.span.start, HEADING_REACH);
    if last_label(&above).is_some() { Context::Heading } else { Context::None }
}

/// What the headings of columns and rows seen so far make of the cells under and beside them.
#[derive(Default)]
struct Tables {
    columns: HashMap<(u32, u32), Context>,
    beside: Option<(u32, u32, Context)>,
}

impl Tables {
    fn see(&mut self, role: Role, words: &str) {
        let Role::Cell { table, row, column } = role else { return };
        if words.len() > HEADING_CELL || words.bytes().filter(u8::is_ascii_digit).count() > 4 {
            return;
        }
        let words = words.to_lowercase();
        let context = if last_label(&words).is_some() {
            Context::Label
        } else if words.split(|c: char| !c.is_alphanumeric()).any(|word| OTHER_NUMBERS.contains(&word)) {
            Context::Other
        } else {
            return;
        };
        self.columns.insert((table, column), context);
        self.beside = Some((table, row, context));
    }

    fn context(&self, role: Role) -> Context {
        let Role::Cell { table, row, column } = role else { return Context::None };
        let beside = self.beside.filter(|(in_table, in_row, _)| (*in_table, *in_row) == (table, row));
        let above = self.columns.get(&(table, column)).copied();
        above.or(beside.map(|(_, _, context)| context)).unwrap_or(Context::None)
    }
}

/// Where the last label such as `NHS No` ends in a lower-case text.
fn last_label(text: &str) -> Option<usize> {
    text.match_indices("nhs").filter_map(|(at, _)| label_end(text, at)).last()
}

fn label_end(text: &str, at: usize) -> Option<usize> {
    if text.get(..at)?.chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = text.get(at + 3..)?;
    let rest = rest.trim_start_matches([' ', '-', '_', '.', '\n']);
    let rest = rest.strip_prefix("patient ").unwrap_or(rest);
    let rest = ["numbers", "number", "num", "nos", "no", "id", "#", "n°", "nº"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let whole = !rest.chars().next().is_some_and(char::is_alphabetic);
    whole.then(|| text.len() - rest.len())
}

/// Where the word ends that calls the number right after `text` something else, such as `ISBN` or `tel. no`.
fn last_other(text: &str) -> Option<usize> {
    let mut end = text.len();
    for word in text.rsplit(|c: char| !c.is_alphanumeric()) {
        let start = end.saturating_sub(word.len());
        if OTHER_NUMBERS.contains(&word) || word.starts_with("isbn") {
            return Some(start + word.len());
        }
        let filler =
            matches!(word, "" | "no" | "nos" | "num" | "number" | "numbers" | "is" | "us" | "on" | "10" | "44" | "0");
        if !filler {
            return None;
        }
        let sign = text.get(..start).and_then(|rest| rest.chars().next_back()).map_or(0, char::len_utf8);
        end = start.saturating_sub(sign);
    }
    None
}

/// The lower-case text of at most `reach` bytes before an offset.
fn tail(text: &str, end: usize, reach: usize) -> String {
    let mut start = end.saturating_sub(reach);
    while start < end && !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..end).unwrap_or("").to_lowercase()
}

/// The lower-case text of at most `reach` bytes after an offset.
fn head(text: &str, start: usize, reach: usize) -> String {
    let mut end = (start + reach).min(text.len());
    while end > start && !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(start..end).unwrap_or("").to_lowercase()
}

/// How ten digits are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `4010232137`.
    Solid,
    /// `401 023 2137`.
    Printed,
    /// `4 0 1 0 2 3 2 1 3 7`.
    Apart,
    /// Any other way in groups of at least two.
    Other,
}

/// Ten digits that stand together and apart from all others.
struct Candidate {
    span: Span,
    digits: String,
    shape: Shape,
    /// Whether further figures of three or more digits stand right beside it, as in a table of figures.
    among_figures: bool,
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\n' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn is_name_separator(c: char) -> bool {
    is_separator(c) || c == '_' || c == '.'
}

/// Every ten digits in a text that may be one number. Linear: from each group of digits at most ten groups on.
fn candidates(text: &str, separator: fn(char) -> bool) -> Vec<Candidate> {
    let groups = digit_groups(text);
    let joined = |left: Span, right: Span| {
        let between = text.get(left.end..right.start).unwrap_or("");
        between.len() <= 6 && between.chars().count() <= 3 && between.chars().all(separator)
    };
    let mut found = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        let Some(last) = ten_digits(&groups, first, joined) else {
            first += 1;
            continue;
        };
        let span = Span::new(groups[first].start, groups[last].end);
        if stands_apart(text, span) {
            let near = |a: usize, b: usize, figure: usize| {
                joined(groups[a], groups[b]) && groups[figure].end - groups[figure].start >= 3
            };
            let among_figures = (first > 0 && near(first - 1, first, first - 1))
                || (last + 1 < groups.len() && near(last, last + 1, last + 1));
            if let Some(shape) = shape_of(&groups[first..=last]) {
                let digits = text.get(span.range()).unwrap_or("").chars().filter(char::is_ascii_digit).collect();
                found.push(Candidate { span, digits, shape, among_figures });
            }
        }
        first += 1;
    }
    // Overlapping readings of one run: the first in print order wins, so that one number is masked once.
    let mut end = 0;
    found.retain(|candidate| {
        let keep = candidate.span.start >= end && has_check_digit(&candidate.digits);
        if keep {
            end = candidate.span.end;
        }
        keep
    });
    found
}

fn digit_groups(text: &str) -> Vec<Span> {
    let mut groups: Vec<Span> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_digit() {
            match groups.last_mut().filter(|group| group.end == at) {
                Some(group) => group.end = at + 1,
                None => groups.push(Span::new(at, at + 1)),
            }
        }
    }
    groups
}

fn ten_digits(groups: &[Span], first: usize, joined: impl Fn(Span, Span) -> bool) -> Option<usize> {
    let mut count = 0;
    for last in first..groups.len().min(first + 10) {
        if last > first && !joined(groups[last - 1], groups[last]) {
            return None;
        }
        count += groups[last].end - groups[last].start;
        if count >= 10 {
            return (count == 10).then_some(last);
        }
    }
    None
}

/// Not part of a word, of a decimal figure or of an international telephone number.
fn stands_apart(text: &str, span: Span) -> bool {
    let mut before = text.get(..span.start).unwrap_or("").chars().rev();
    let mut after = text.get(span.end..).unwrap_or("").chars();
    let left = match before.next() {
        Some(c) if c.is_alphanumeric() || c == '+' => false,
        Some('.' | ',') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    };
    let right = match after.next() {
        Some(c) if c.is_alphanumeric() => false,
        Some('.' | ',') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    };
    left && right
}

fn shape_of(groups: &[Span]) -> Option<Shape> {
    let lengths: Vec<usize> = groups.iter().map(|group| group.end - group.start).collect();
    match lengths.as_slice() {
        [10] => Some(Shape::Solid),
        [3, 3, 4] => Some(Shape::Printed),
        lengths if lengths.len() == 10 => Some(Shape::Apart),
        lengths if lengths.iter().all(|length| *length >= 2) => Some(Shape::Other),
        // `1-542762663` is the number of a CQC location.
        _ => None,
    }
}

/// Whether the tenth digit is the check digit of the first nine, and they are not all the same.
fn has_check_digit(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let [body @ .., check] = digits.as_slice() else { return false };
    if body.len() != 9 || body.iter().all(|digit| digit == check) {
        return false;
    }
    let sum: u32 = body.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == *check
}

/// Whether numbers that begin like this are in issue, or reserved for tests.
fn in_issue(digits: &str) -> bool {
    digits == EXAMPLE || digits.starts_with(['3', '4', '6', '7']) || digits.starts_with("999")
}

/// `2026092401`: a day, and a number after it.
fn starts_with_day(digits: &str) -> bool {
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    matches!(part(0..2), 19 | 20) && (1..=12).contains(&part(4..6)) && (1..=31).contains(&part(6..8))
}

fn mask_metadata(text: &mut Text) {
    let metadata = &mut text.metadata;
    let single = [&mut metadata.title, &mut metadata.author, &mut metadata.status];
    let many = metadata.properties.iter_mut().map(|(_, value)| value);
    for value in single.into_iter().flatten().chain(many) {
        *value = mask_line(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Place;
    use proptest::prelude::*;

    fn paragraph(words: &str) -> Text {
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::at_paragraph(1), words);
        builder.finish()
    }

    fn table(rows: &[&[&str]]) -> Text {
        let mut builder = Text::builder();
        for (row, cells) in rows.iter().enumerate() {
            for (column, words) in cells.iter().enumerate() {
                let role = Role::Cell { table: 0, row: row as u32, column: column as u32 };
                builder.push(role, Place::at_cell("A", row as u32, column as u32), words);
            }
        }
        builder.finish()
    }

    /// Ten digits with a right check digit that begin with the nine given; the tenth of `body` must not be needed.
    fn number(body: &str) -> String {
        (0..10).map(|check| format!("{body}{check}")).find(|digits| has_check_digit(digits)).unwrap()
    }

    #[test]
    fn check_digits() {
        for right in ["4010232137", "9434765919", "9990000018"] {
            assert!(has_check_digit(right), "{right}");
        }
        for wrong in ["4010232138", "4444444444", "0000000000", "123", ""] {
            assert!(!has_check_digit(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_label_makes_an_nhs_number() {
        for words in [
            "NHS No: 4010232137 was reviewed",
            "NHS number 401 023 2137",
            "NHS Number - 401-023-2137",
            "nhs no. 401\u{a0}023\u{a0}2137",
            "NHS#4010232137",
            "Patient (NHS Num 4010232137)",
            "NHS_NUMBER=4010232137",
            "NHS no\n4010232137",
            "Ref: NHS number 4010232137",
            "NHS No 4 0 1 0 2 3 2 1 3 7",
            "4010232137 (NHS number)",
            "Mrs B, 401 023 2137, fell on the ward",
            "seen 401 023 2137 12/03/2026",
        ] {
            let mut text = paragraph(words);
            let found = mask(&mut text);
            assert_eq!(found.len(), 1, "{words}");
            assert_eq!(found[0].kind, PersonalKind::NhsNumber);
            assert!(!text.content().contains("0232"), "{}", text.content());
            assert!(!found[0].excerpt.context.contains("2137"), "{words}");
            assert!(found[0].excerpt.quote.starts_with(['4']), "{}", found[0].excerpt.quote);
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for words in [
            "ISBN 4010232137",
            "ISBN-10: 401 023 2137",
            "ISBN: 401-023-2137",
            "Tel: 401 023 2137",
            "telephone number 401 023 2137",
            "Ref no 401 023 2137",
            "Datix 401 023 2137",
            "invoice number: 401 023 2137",
            "the total was 4010232137 in all",
            "NHS No: 4010232138",
            "location 1-401023213",
            "+401 023 2137",
            "210 433 401 023 2137 998",
            "1.4010232137",
            "the NHS Notice of 401",
            "account 4010232137",
        ] {
            let mut text = paragraph(words);
            assert!(mask(&mut text).is_empty(), "{words}");
        }
    }

    #[test]
    fn headings_of_columns_and_rows_give_context() {
        let mut text = table(&[&["Name", "NHS Number", "Tel"], &["A B", "4010232137", "4010232137"]]);
        // The same number is masked wherever it stands.
        assert_eq!(mask(&mut text).len(), 2);
        let mut text = table(&[&["NHS No", "4010232137"], &["Ward", "Elm"]]);
        assert_eq!(mask(&mut text).len(), 1);
        let mut text = table(&[&["Name", "Telephone"], &["A B", "401 023 2137"]]);
        assert!(mask(&mut text).is_empty());
        let mut text = table(&[&["Site", "Count"], &["A", "4010232137"]]);
        assert!(mask(&mut text).is_empty());
    }

    #[test]
    fn a_line_of_headings_above_gives_context() {
        let mut text = paragraph("Name NHS number Ward\nA B 4010232137 Elm\nC D 6123456787 Oak");
        assert_eq!(mask(&mut text).len(), 1 + usize::from(has_check_digit("6123456787")));
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::at_paragraph(1), "NHS number:");
        builder.push(Role::Paragraph, Place::at_paragraph(2), "4010232137");
        assert_eq!(mask(&mut builder.finish()).len(), 1);
    }

    #[test]
    fn lists_carry_their_label_on() {
        let second = number("612345678");
        let third = number("700000003");
        let mut text = paragraph(&format!("NHS numbers: 4010232137, {second} and {third}"));
        assert_eq!(mask(&mut text).len(), 3);
    }

    #[test]
    fn the_same_number_is_masked_everywhere() {
        let mut text =
            paragraph("NHS No 401 023 2137 came in. Later, after many more words of other things, 4010232137 left");
        assert_eq!(mask(&mut text).len(), 2);
        assert_eq!(text.content().matches("***").count(), 2);
    }

    #[test]
    fn test_numbers_are_told_apart() {
        for words in ["NHS number 943 476 5919", "for example 943 476 5919", "NHS No: 9990000018", "use 999 000 0018"] {
            let found = mask(&mut paragraph(words));
            assert_eq!(found.len(), 1, "{words}");
            assert_eq!(found[0].kind, PersonalKind::TestNhsNumber, "{words}");
        }
    }

    #[test]
    fn lines_are_masked_without_context() {
        for (line, masked) in [
            ("Stories/4010232137 letter.docx", "Stories/401*****37 letter.docx"),
            ("401-023-2137.pdf", "401-***-**37.pdf"),
            ("re_401_023_2137_final", "re_401_***_**37_final"),
            ("Minutes 2026-09-24.docx", "Minutes 2026-09-24.docx"),
            ("BAF 4010232138", "BAF 4010232138"),
        ] {
            assert_eq!(mask_line(line), masked);
        }
        let dated = number("202609240");
        assert_eq!(mask_line(&dated), dated);
    }

    #[test]
    fn file_properties_are_masked() {
        let mut text = paragraph("words");
        text.metadata.title = Some("Letter 4010232137".to_string());
        text.metadata.properties.push(("subject".to_string(), "401 023 2137".to_string()));
        mask(&mut text);
        assert_eq!(text.metadata.title.as_deref(), Some("Letter 401*****37"));
        assert_eq!(text.metadata.properties[0].1, "401 *** **37");
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_length(words in "[0-9 a-zNHS#.,:é–-]{0,200}") {
            let mut text = paragraph(&words);
            let before = text.content().len();
            for found in mask(&mut text) {
                prop_assert!(found.excerpt.quote.contains('*'));
            }
            prop_assert_eq!(text.content().len(), before);
            prop_assert_eq!(mask_line(&words).len(), words.len());
        }

        #[test]
        fn a_masked_text_has_nothing_left_to_mask(body in "[467][0-9]{8}") {
            let digits = (0..10).map(|check| format!("{body}{check}")).find(|digits| has_check_digit(digits));
            if let Some(digits) = digits {
                let mut text = paragraph(&format!("NHS number {digits} is his"));
                prop_assert_eq!(mask(&mut text).len(), 1);
                prop_assert!(mask(&mut text).is_empty());
                prop_assert!(!text.content().contains(&digits[3..8]));
            }
        }
    }
}
