//! Template text that was left unfilled.
//!
//! Square and angle brackets, braces and rows of X are read one by one, since most brackets in papers are citations,
//! tick boxes and remarks; the prompts of word processors are looked for as phrases.

use std::collections::HashSet;

use serde::Deserialize;

use super::Words;
use crate::phrase::{Folded, Phrases};
use crate::text::{Block, Excerpt, Role, Span, Text};

/// How many of one document are reported.
const REPORTED: usize = 50;
/// The longest bracket that is read, in bytes.
const BRACKET: usize = 160;
/// The longest block that may be a value as a whole, in bytes.
const VALUE: usize = 40;

/// Wordings of template text.
#[derive(Debug, Clone)]
pub struct PlaceholderWords {
    prompts: Phrases,
    verbs: Vec<String>,
    nouns: HashSet<String>,
    small: HashSet<String>,
    never: HashSet<String>,
    values: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    prompts: Vec<String>,
    verbs: Vec<String>,
    nouns: Vec<String>,
    small: Vec<String>,
    never: Vec<String>,
    values: Vec<String>,
}

impl PlaceholderWords {
    /// Reads `rules/words/placeholders.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|fault| fault.to_string())?;
        Ok(PlaceholderWords {
            prompts: Phrases::new(&written.prompts).map_err(|fault| fault.to_string())?,
            verbs: written.verbs,
            nouns: written.nouns.into_iter().collect(),
            small: written.small.into_iter().collect(),
            never: written.never.into_iter().collect(),
            values: written.values.into_iter().collect(),
        })
    }

    /// Whether a bracket asks to be filled in. `sure` when the sign itself is one of templates, such as `{{`.
    fn asks(&self, inside: &str, sure: bool) -> bool {
        let lower = inside.to_lowercase();
        // "manager's" gives "manager" and an "s" that says nothing.
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !matches!(*word, "" | "s")).collect();
        if words.iter().any(|word| self.never.contains(*word)) || !words.iter().any(|word| starts_with_letter(word)) {
            return false;
        }
        if sure {
            return words.len() <= 8;
        }
        let spaced = format!("{} ", words.join(" "));
        if self.verbs.iter().any(|verb| spaced.starts_with(verb.as_str()) && spaced[verb.len()..].starts_with(' ')) {
            return true;
        }
        // "[name to be inserted]", "[division to complete]".
        let asked =
            ["inserted", "added", "confirmed", "completed", "agreed", "supplied", "decided", "advised", "filled"];
        let asks = ["complete", "insert", "add", "confirm", "supply", "provide", "fill", "update", "advise", "follow"];
        let be = asked.iter().any(|word| spaced.contains(&format!(" to be {word} ")));
        if words.len() <= 10 && (be || asks.iter().any(|word| spaced.ends_with(&format!(" to {word} ")))) {
            return true;
        }
        // "[the Trust]" is an editor's word within a quotation.
        words.len() <= 8
            && words.first() != Some(&"the")
            && words.iter().all(|word| self.nouns.contains(*word) || self.small.contains(*word) || is_row_of_x(word, 2))
            && words.iter().any(|word| self.nouns.contains(*word) || is_row_of_x(word, 2))
    }
}

/// Every placeholder, in order; at most 50.
pub fn find(text: &Text, words: &Words) -> Vec<Excerpt> {
    spans(text, &words.placeholders).into_iter().map(|span| text.excerpt(span)).collect()
}

/// Where the placeholders of [`find`] stand.
pub(super) fn spans(text: &Text, words: &PlaceholderWords) -> Vec<Span> {
    let mut spans: Vec<Span> = words.prompts.find(&Folded::of_text(text)).iter().map(|found| found.span).collect();
    for block in text.blocks().iter().filter(|block| block.role.is_evidence()) {
        let mut push = |span: Span| spans.push(Span::new(block.span.start + span.start, block.span.start + span.end));
        let words_of_block = text.block_text(block);
        brackets(words_of_block, words, &mut push);
        rows_of_x(words_of_block, &mut push);
        if let Some(span) = whole_value(words_of_block, block, words) {
            push(span);
        }
        // Far more than are reported: the rest of the document cannot change the answer.
        if spans.len() > REPORTED * 20 {
            break;
        }
    }
    spans.sort_unstable_by_key(|span| (span.start, usize::MAX - span.end));
    let mut end = 0;
    spans.retain(|span| {
        let apart = span.start >= end;
        end = end.max(span.end);
        apart
    });
    spans.truncate(REPORTED);
    spans
}

/// A cell, a short line or what follows a label's colon, that says no more than `enter date`.
fn whole_value(block: &str, role: &Block, words: &PlaceholderWords) -> Option<Span> {
    let from = match role.role {
        Role::Cell { .. } => 0,
        _ => block.rfind(':').map_or(0, |colon| colon + 1),
    };
    let value = block.get(from..)?;
    let trimmed = value.trim_start();
    let start = from + value.len() - trimmed.len();
    let trimmed = trimmed.trim_end_matches([' ', '.', '…', '*']);
    if trimmed.len() > VALUE || from == 0 && matches!(role.role, Role::Heading(_) | Role::Title) {
        return None;
    }
    words.values.contains(&trimmed.to_lowercase()).then(|| Span::new(start, start + trimmed.len()))
}

/// `[...]`, `<...>`, `<<...>>`, `«...»`, `{...}` and `{{...}}`.
fn brackets(text: &str, words: &PlaceholderWords, push: &mut impl FnMut(Span)) {
    let mut quoted = false;
    let mut from = 0;
    for (at, c) in text.char_indices() {
        match c {
            '“' => quoted = true,
            '”' | '\n' => quoted = false,
            '"' => quoted = !quoted,
            _ => {}
        }
        if at < from {
            continue;
        }
        let Some((open, close, sure)) = opening(&text[at..]) else { continue };
        let inner = at + open.len();
        let Some(inside) = inside(&text[inner..], open, close) else { continue };
        let end = inner + inside.len() + close.len();
        let asks = match open {
            "<" => !is_markup(inside) && words.asks(inside, sure),
            // Stereotypes of UML diagrams.
            "<<" | "«" if matches!(inside, "include" | "includes" | "extend" | "extends" | "uses") => false,
            // An interview's "[name]" hides a person on purpose; a form's stands outside quotation marks.
            "[" => {
                let instructs = words.verbs.iter().any(|verb| inside.to_lowercase().starts_with(verb.as_str()));
                (!quoted || instructs) && !text[end..].starts_with('(') && words.asks(inside, sure)
            }
            _ => words.asks(inside, sure),
        };
        if asks {
            push(Span::new(at, end));
            from = end;
        }
    }
}

/// The bracket that a text opens with: its two ends, and whether only templates use it.
fn opening(text: &str) -> Option<(&'static str, &'static str, bool)> {
    [("{{", "}}", true), ("<<", ">>", true), ("«", "»", true), ("[", "]", false), ("<", ">", false), ("{", "}", false)]
        .into_iter()
        .find(|(open, ..)| text.starts_with(open))
}

/// The words up to the closing bracket, if that is near and no other opens before.
fn inside<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let mut reach = text.len().min(BRACKET);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let inside = &text[..text[..reach].find(close)?];
    let nested = inside.contains(open.chars().next()?);
    (!nested && !inside.starts_with(' ') && inside.lines().count() <= 3).then_some(inside)
}

/// Mail and web addresses, comparisons and tags of web pages.
fn is_markup(inside: &str) -> bool {
    const TAGS: &[&str] = &[
        "a", "b", "body", "br", "button", "code", "div", "em", "footer", "form", "h1", "h2", "h3", "head", "header",
        "hr", "html", "i", "img", "input", "label", "li", "link", "meta", "nav", "ol", "p", "pre", "script", "section",
        "span", "strong", "style", "sub", "sup", "table", "tbody", "td", "th", "thead", "title", "tr", "u", "ul",
    ];
    inside.contains(['@', '=', '/', '\\', ';', '<', '|'])
        || inside.contains("www.")
        || inside.contains("://")
        || !starts_with_letter(inside)
        || TAGS.contains(&inside)
}

fn starts_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

fn is_row_of_x(word: &str, least: usize) -> bool {
    word.len() >= least && word.bytes().all(|byte| matches!(byte, b'x' | b'X'))
}

/// `XX/XX/20XX`, `xxxxx`, `XXX`, `20XX`, `£XX`, `XX%`, `XX March`: X where a figure or a name belongs.
fn rows_of_x(text: &str, push: &mut impl FnMut(Span)) {
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let part = c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | ',' | '£' | '%' | '–');
        match (part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                let token = &text[from..at];
                let word = token.trim_matches(['/', '-', '.', ',', '–']);
                if stands_for_something(word, &text[at..]) {
                    let from = from + (token.len() - token.trim_start_matches(['/', '-', '.', ',', '–']).len());
                    push(Span::new(from, from + word.len()));
                }
            }
            _ => {}
        }
    }
}

/// Whether a token with no space in it is made of X that stand for something.
fn stands_for_something(word: &str, after: &str) -> bool {
    if word.len() > 24 || !word.contains(['x', 'X']) {
        return false;
    }
    let parts: Vec<&str> = word.split(['/', '-', '.', ',', '–', '£', '%']).filter(|part| !part.is_empty()).collect();
    // "20XX", and "2X" is none.
    let year = |part: &str| part.len() == 4 && part.starts_with("20") && is_row_of_x(&part[2..], 2);
    let rows = parts.iter().filter(|part| is_row_of_x(part, 2) || year(part)).count();
    let plain =
        parts.iter().all(|part| is_row_of_x(part, 2) || year(part) || part.bytes().all(|byte| byte.is_ascii_digit()));
    if !plain || rows == 0 {
        return false;
    }
    let marked = word.contains(['£', '%']) || parts.iter().any(|part| year(part)) || rows >= 2;
    marked
        || parts.iter().any(|part| is_row_of_x(part, 4))
        // Three small ones close a message.
        || parts == ["XXX"]
        || is_row_of_x(word, 2) && names_month(after)
}

fn names_month(after: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word: String = after.trim_start().chars().take_while(|c| c.is_alphabetic()).take(10).collect();
    MONTHS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Place;
    use proptest::prelude::*;

    fn quotes(role: Role, words: &str) -> Vec<String> {
        let mut builder = Text::builder();
        builder.push(role, Place::at_paragraph(1), words);
        find(&builder.finish(), &Words::embedded().unwrap()).into_iter().map(|found| found.quote).collect()
    }

    #[test]
    fn template_text_is_found() {
        for (words, quote) in [
            ("The policy of [insert name of practice] applies", "[insert name of practice]"),
            ("A lead will be identified [name to be inserted].", "[name to be inserted]"),
            ("Community: [division to complete]", "[division to complete]"),
            ("Owner: <name>", "<name>"),
            ("Welcome to <Trust name>.", "<Trust name>"),
            ("At <<Trust name>> we care", "<<Trust name>>"),
            ("Dear «First_Name»", "«First_Name»"),
            ("{{practice_name}} is registered", "{{practice_name}}"),
            ("Review date: XX/XX/20XX", "XX/XX/20XX"),
            ("Approved xx/xx/xxxx", "xx/xx/xxxx"),
            ("Approved on XX March 2026", "XX"),
            ("during 20XX", "20XX"),
            ("saved £XX,XXX in all", "£XX,XXX"),
            ("reduced by XX%", "XX%"),
            ("Chair: xxxxx", "xxxxx"),
            ("Lead: XXX", "XXX"),
            ("Lorem ipsum for now", "Lorem ipsum"),
            ("Click or tap here to enter text.", "Click or tap here to enter text"),
            ("Choose an item.", "Choose an item"),
            ("[Name of care home] will review this", "[Name of care home]"),
            ("signed [DATE]", "[DATE]"),
            ("[Date]", "[Date]"),
            ("by [dd/mm/yyyy]", "[dd/mm/yyyy]"),
            ("[TBC]", "[TBC]"),
            ("approved by [to be confirmed]", "[to be confirmed]"),
            ("[Organisation] is committed", "[Organisation]"),
            ("[XX] staff responded", "[XX]"),
            ("[Registered Manager's name]", "[Registered Manager's name]"),
            (
                "[Delete this guidance before the paper goes to the Board]",
                "[Delete this guidance before the paper goes to the Board]",
            ),
            ("Review date: dd/mm/yyyy", "dd/mm/yyyy"),
            ("Author: Insert name", "Insert name"),
        ] {
            assert_eq!(quotes(Role::Paragraph, words), [quote], "{words}");
        }
    }

    #[test]
    fn ordinary_signs_are_left_alone() {
        for words in [
            "as shown before [1], [2-4] and [S12]",
            "he said it were [sic] good",
            "name [redacted] and [name redacted]",
            "numbers <5 are hidden and >10 shown",
            "write to <a.person@example.org> or <https://example.org/name>",
            "if x <name y> 3",
            "<p>text</p> <title>",
            "[the Trust] must act",
            "[ ] yes [x] no [X] maybe",
            "[guide](https://example.org) and [name](x)",
            "“I asked [name] to help me”, she said",
            "2 x 4, X-ray, the X axis, Generation X, xx",
            "Louis XIV, Part XX and Appendix XIX",
            "love from us all xxx",
            "dates are written dd/mm/yyyy in our files",
            "[Action: JP to send it round]",
            "a taxi, an axe, MAXX",
            "Jane Smith [Chair]",
            "{1, 2}",
            "insert the tube gently",
            "an arrow labelled <<includes>> or «extends»",
            "[January 2026]",
        ] {
            assert!(quotes(Role::Paragraph, words).is_empty(), "{words}: {:?}", quotes(Role::Paragraph, words));
        }
    }

    #[test]
    fn a_cell_may_be_a_placeholder_as_a_whole() {
        let cell = Role::Cell { table: 0, row: 0, column: 1 };
        assert_eq!(quotes(cell, "Enter date"), ["Enter date"]);
        assert_eq!(quotes(cell, "Trust name"), ["Trust name"]);
        assert!(quotes(cell, "Enter data weekly").is_empty());
        assert!(quotes(Role::Heading(1), "Practice name").is_empty());
    }

    #[test]
    fn there_is_an_end_and_no_overlap() {
        let many = "[insert name] ".repeat(400);
        assert_eq!(quotes(Role::Paragraph, &many).len(), REPORTED);
        assert_eq!(quotes(Role::Paragraph, "[Click or tap here to enter text.]").len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched(words in "[\\[\\]<>{}«»xX0-9a-z é£%/.,:“”\"\\n]{0,200}") {
            let mut builder = Text::builder();
            builder.push(Role::Paragraph, Place::at_paragraph(1), &words);
            let text = builder.finish();
            let mut end = 0;
            for span in spans(&text, &Words::embedded().unwrap().placeholders) {
                prop_assert!(text.content().get(span.range()).is_some_and(|part| !part.is_empty()));
                prop_assert!(span.start >= end);
                end = span.end;
            }
        }
    }
}
