//! What the words round a number make of it: a label before or behind it, or the name of something else.

use crate::text::Span;

/// How far before a number its label may stand, in bytes.
pub(crate) const LABEL_REACH: usize = 40;

/// What comes before a number that is something else.
const OTHER_NUMBERS: &[&str] = &[
    "account",
    "acct",
    "asset",
    "barcode",
    "batch",
    "call",
    "charity",
    "company",
    "contact",
    "datix",
    "doi",
    "ean",
    "ext",
    "fax",
    "grant",
    "gtin",
    "incident",
    "invoice",
    "iras",
    "isbn",
    "isrctn",
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
    "study",
    "tel",
    "telephone",
    "text",
    "trial",
    "uprn",
    "utr",
    "vat",
];

/// What the name of a file calls a number that is something else, wherever in the name.
const OTHER_NAMES: &[&str] = &["invoice", "isbn", "order", "orders", "telephone", "trial"];

/// What an NHS number is called before the word `number`; those of Scotland and Northern Ireland are of the same series.
const SERVICES: &[&str] =
    &["nhs", "n.h.s", "national health service", "chi", "h&c", "health and care", "health & care"];

/// What the words round a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// They call it an NHS number.
    Label,
    /// They call it something else.
    Other,
    /// `NHS` alone stands right before it, or a heading some lines above speaks of NHS numbers.
    Heading,
    /// Nothing.
    None,
}

/// What the words before and after a number in its own block make of it: the nearest label wins.
pub(crate) fn context_within(block: &str, number: Span) -> Context {
    let before = tail(block, number.start, LABEL_REACH);
    let label = last_label(&before).unwrap_or(0);
    let after = head(block, number.end, 20);
    let trimmed = after.trim_start_matches([' ', '(', '-', '–', ',']);
    // `PO4010232137`: letters that are part of the number, unless they are its label.
    let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
    let prefixed = letters > 2 && label > 0 && label < before.len() && !is_bare(&before);
    if prefixed || last_other(&before).is_some_and(|other| other >= label) {
        Context::Other
    } else if label > 0 || (trimmed.starts_with("nhs") && last_label(trimmed).is_some()) {
        Context::Label
    } else if is_bare(&before) {
        Context::Heading
    } else {
        Context::None
    }
}

/// What the name of a file, or of a folder, makes of a number in it.
pub(crate) fn context_in_name(path: &str, number: Span) -> Context {
    let start = path.get(..number.start).and_then(|before| before.rfind(['/', '!'])).map_or(0, |at| at + 1);
    let end = path.get(number.end..).and_then(|after| after.find(['/', '!'])).map_or(path.len(), |at| number.end + at);
    let name = path.get(start..end).unwrap_or("").to_lowercase();
    match context_within(path, number) {
        Context::None if words(&name).any(|word| OTHER_NAMES.contains(&word)) => Context::Other,
        context => context,
    }
}

/// What a short lower-case text such as the heading of a column makes of the numbers under it.
pub(crate) fn context_of_heading(heading: &str) -> Context {
    if last_label(heading).is_some() {
        Context::Label
    } else if is_bare(heading) {
        Context::Heading
    } else if words(heading).any(|word| OTHER_NUMBERS.contains(&word)) {
        Context::Other
    } else {
        Context::None
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

/// Where the last label such as `NHS No` ends in a lower-case text.
pub(crate) fn last_label(text: &str) -> Option<usize> {
    let ends = SERVICES
        .iter()
        .filter_map(|service| text.rmatch_indices(service).find_map(|(at, _)| label_end(text, at, service)));
    ends.max()
}

fn label_end(text: &str, at: usize, service: &str) -> Option<usize> {
    // `PatientNHSNumber` heads columns; nothing but the service has these letters in the middle of a word.
    if service != "nhs" && text.get(..at)?.chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let signs = [' ', '-', '_', '.', '\n', '/', ':', '\'', '’', '(', ')'];
    let mut rest = text.get(at + service.len()..)?.trim_start_matches(signs);
    for word in ["service", "s ", "patient's", "patient", "pt", "client", "unique"] {
        rest = rest.strip_prefix(word).map_or(rest, |rest| rest.trim_start_matches(signs));
    }
    let rest = [
        "numbers",
        "number",
        "num",
        "nos",
        "nbr",
        "nr",
        "no",
        "identifiers",
        "identifier",
        "ids",
        "id",
        "#",
        "n°",
        "nº",
        "№",
    ]
    .iter()
    .find_map(|word| rest.strip_prefix(word))?;
    let whole = !rest.chars().next().is_some_and(char::is_alphabetic);
    whole.then(|| text.len() - rest.len())
}

/// Whether a lower-case text ends in the name of the service and hardly a sign after it, as before `NHS: 401 023 2137`.
fn is_bare(text: &str) -> bool {
    let words = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let before = words.strip_suffix("nhs").or_else(|| words.strip_suffix("h&c"));
    text.len() - words.len() <= 4 && before.is_some_and(|text| !text.ends_with(char::is_alphanumeric))
}

/// Where the word ends that calls the number right after `text` something else, such as `ISBN` or `tel. no`.
fn last_other(text: &str) -> Option<usize> {
    let mut end = text.len();
    for word in text.rsplit(|c: char| !c.is_alphanumeric()) {
        let start = end.saturating_sub(word.len());
        if OTHER_NUMBERS.contains(&word) || word.starts_with("isbn") {
            return Some(start + word.len());
        }
        let filler = matches!(
            word,
            "" | "no" | "nos" | "num" | "number" | "numbers" | "id" | "is" | "us" | "on" | "10" | "44" | "0"
        );
        if !filler {
            return None;
        }
        let sign = text.get(..start).and_then(|rest| rest.chars().next_back()).map_or(0, char::len_utf8);
        end = start.saturating_sub(sign);
    }
    None
}

/// The lower-case text of at most `reach` bytes before an offset.
pub(crate) fn tail(text: &str, end: usize, reach: usize) -> String {
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
