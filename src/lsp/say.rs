//! What an editor shows beside the text: a few lines, as Markdown or plainly. What documents and rule files say is hostile
//! until it is escaped, and is only ever put in here.

use crate::render::{markdown_line, plain};
use crate::report::masked;

/// What is shown at one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Say {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Head(String),
    Line(Option<&'static str>, String),
    Item(String),
}

impl Say {
    /// Something with a heading.
    pub(super) fn of(head: impl Into<String>) -> Say {
        Say { pieces: vec![Piece::Head(head.into())] }
    }

    /// A page of `kloe explain`: its first line is the heading.
    pub(super) fn page(page: &str) -> Say {
        let mut lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut say = Say::of(lines.next().unwrap_or_default());
        lines.for_each(|line| match line.strip_prefix("- ") {
            Some(item) => say.item(item),
            None => say.line(line),
        });
        say
    }

    /// Adds a paragraph.
    pub(super) fn line(&mut self, line: impl Into<String>) {
        self.pieces.push(Piece::Line(None, line.into()));
    }

    /// Adds a paragraph that begins with a label.
    pub(super) fn labelled(&mut self, label: &'static str, line: impl Into<String>) {
        self.pieces.push(Piece::Line(Some(label), line.into()));
    }

    /// Adds an item of a list.
    pub(super) fn item(&mut self, item: impl Into<String>) {
        self.pieces.push(Piece::Item(item.into()));
    }

    /// Adds what something else says.
    pub(super) fn and(&mut self, other: Say) {
        self.pieces.extend(other.pieces);
    }

    /// As the editor shows it, with numbers of patients masked.
    pub(super) fn shown(&self, as_markdown: bool) -> String {
        let mut out = String::new();
        let mut in_list = false;
        for piece in &self.pieces {
            let is_item = matches!(piece, Piece::Item(_));
            if !out.is_empty() {
                out.push_str(if is_item && in_list || !as_markdown { "\n" } else { "\n\n" });
            }
            in_list = is_item;
            let words = |words: &str| if as_markdown { markdown_line(&masked(words)) } else { plain(&masked(words)) };
            out.push_str(&match piece {
                Piece::Head(head) if as_markdown => format!("**{}**", words(head)),
                Piece::Head(line) | Piece::Line(None, line) => words(line),
                Piece::Line(Some(label), line) if as_markdown => format!("*{label}:* {}", words(line)),
                Piece::Line(Some(label), line) => format!("{label}: {}", words(line)),
                Piece::Item(item) => format!("- {}", words(item)),
            });
        }
        out
    }
}

/// Lines as they may be shown anywhere: nothing in them acts, and no number of a patient is told.
pub(super) fn harmless(text: &str) -> String {
    text.lines().map(|line| plain(&masked(line))).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_are_words_and_no_number_is_shown() {
        let mut say = Say::of("[click](command:evil) ![x](https://x.uk/p.png)");
        say.labelled("Owner", "<img src=x onerror=alert(1)> `a` ](b\u{202e}c\n# d");
        say.item("NHS number 943 476 5919");
        let shown = say.shown(true);
        let events: Vec<_> = pulldown_cmark::Parser::new(&shown).collect();
        use pulldown_cmark::{Event, Tag};
        let acts = |event: &Event<'_>| {
            matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Code(_))
                || matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Heading { .. }))
        };
        assert!(!events.iter().any(acts), "{shown}");
        assert!(!shown.contains('\u{202e}') && !shown.contains("476 5919"), "{shown}");
        assert!(!say.shown(false).contains("476 5919"));
    }

    #[test]
    fn a_page_becomes_paragraphs_and_lists() {
        let shown =
            Say::page("stale (warning)\n\n  It is old.\n\n  Why it matters: x.\n    - one\n    - two\n").shown(true);
        assert_eq!(shown, "**stale (warning)**\n\nIt is old.\n\nWhy it matters: x.\n\n- one\n- two");
    }
}
