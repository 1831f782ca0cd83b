//! Fields of Word: their result is text, their code is not, and a page number is neither.

use crate::read::pieces::PAGE_NUMBER;
use crate::read::xml::Tag;

#[derive(Debug, Default)]
struct Field {
    code: String,
    /// Between code and result; before it, words are code.
    in_result: bool,
    page: bool,
    ticked: Option<bool>,
    choices: Vec<String>,
    choice: usize,
}

/// Word nests no deeper than this; further fields are read as text.
const NESTED: usize = 32;

/// The fields that are open, innermost last.
#[derive(Debug, Default)]
pub(in crate::read) struct Fields(Vec<Field>);

impl Fields {
    /// Whether words that come now are text.
    pub(in crate::read) fn shows(&self) -> bool {
        self.0.iter().all(|field| field.in_result && !field.page)
    }

    /// Begins, parts or ends a field; gives what it prints that is not among its words.
    pub(in crate::read) fn mark(&mut self, kind: &str) -> Option<String> {
        match kind {
            "begin" if self.0.len() < NESTED => self.0.push(Field::default()),
            "separate" => {
                if let Some(field) = self.0.last_mut() {
                    field.in_result = true;
                    field.page = is_page_number(&field.code);
                }
            }
            "end" => {
                let field = self.0.pop()?;
                if is_page_number(&field.code) {
                    return Some(PAGE_NUMBER.to_string());
                }
                if let Some(ticked) = field.ticked {
                    return Some(if ticked { "☒" } else { "☐" }.to_string());
                }
                if !field.in_result {
                    return field.choices.get(field.choice).cloned();
                }
            }
            _ => {}
        }
        None
    }

    /// More of the code of the innermost field.
    pub(in crate::read) fn code(&mut self, words: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| !field.in_result && field.code.len() < 4096) {
            field.code.push_str(words);
        }
    }

    /// What a form field says of itself: ticked, or which of its choices is taken.
    pub(in crate::read) fn form(&mut self, tag: &Tag<'_>) {
        let Some(field) = self.0.last_mut() else { return };
        match tag.name() {
            "checkBox" => field.ticked = Some(false),
            "checked" => field.ticked = Some(tag.is_on()),
            "default" if field.ticked.is_some() => field.ticked = Some(tag.is_on()),
            "listEntry" => field.choices.extend(tag.get("val")),
            "result" => field.choice = tag.number("val").unwrap_or(0) as usize,
            _ => {}
        }
    }

    /// Says whether the innermost field is a box with a tick.
    pub(in crate::read) fn tick(&mut self, ticked: bool) {
        if let Some(field) = self.0.last_mut() {
            field.ticked = Some(ticked);
        }
    }

    /// Whether the innermost field is one in which a form is filled, by the first word of its code.
    pub(in crate::read) fn is_form(&self) -> bool {
        self.0.last().is_some_and(|field| field.code.trim_start().starts_with("FORM"))
    }

    /// At the end of a paragraph: a field whose code does not end there is broken and must not swallow what follows.
    pub(in crate::read) fn end_paragraph(&mut self) {
        self.0.retain(|field| field.in_result);
    }
}

/// Whether the code of a field prints a page number or the number of pages.
pub(in crate::read) fn is_page_number(code: &str) -> bool {
    let name = code.split_whitespace().next().unwrap_or("").to_uppercase();
    matches!(name.as_str(), "PAGE" | "NUMPAGES" | "SECTIONPAGES")
}
