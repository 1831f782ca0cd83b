//! The body of an OpenDocument text or presentation, and the headers and footers of its pages.

use super::lists::Counters;
use super::styles::Styles;
use crate::read::pieces::{Aside, PAGE_NUMBER, Pieces};
use crate::read::xml::{Node, Tag, Xml};
use crate::read::{Format, Limits, Unread};
use crate::text::{Place, Role};

/// A paragraph being read.
struct Paragraph {
    role: Role,
    words: String,
    hidden: String,
    /// Whether its style hides it whole.
    unseen: bool,
}

/// A list being read.
struct List {
    style: String,
    /// The number of the item that is open, until its first paragraph takes it.
    number: Option<String>,
}

/// What an open element is to the reader.
enum Mark {
    Other,
    Paragraph,
    HiddenSpan,
    Table,
    List,
    Item,
    Aside(Aside),
    /// A frame that holds the title of a slide.
    Title,
    /// A field that prints the number of the page; what it printed last goes nowhere.
    PageNumber,
    /// The number of a list item or heading, as it was printed.
    Number,
    AltText,
}

/// Walks over parts and puts what it finds among the pieces.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    slides: bool,
    limits: &'a Limits,
    pieces: Pieces,
    marks: Vec<Mark>,
    paragraphs: Vec<Paragraph>,
    lists: Vec<List>,
    counters: Counters,
    alt: String,
    hidden_spans: usize,
    titles: usize,
    number: u32,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles, format: Format, limits: &'a Limits, pieces: Pieces) -> Self {
        Body {
            styles,
            slides: format == Format::Odp,
            limits,
            pieces,
            marks: Vec::new(),
            paragraphs: Vec::new(),
            lists: Vec::new(),
            counters: Counters::default(),
            alt: String::new(),
            hidden_spans: 0,
            titles: 0,
            number: 0,
        }
    }

    pub(super) fn finish(mut self) -> Pieces {
        if self.slides {
            self.pieces.builder.pages(self.number);
        }
        self.pieces
    }

    fn place(&self) -> Place {
        if self.slides {
            Place::at_slide(self.number)
        } else if self.pieces.fixed == Some(Role::Header) || self.pieces.fixed == Some(Role::Footer) {
            Place::default()
        } else {
            Place::at_paragraph(self.number)
        }
    }

    /// Reads a part: the content, or the styles for the sake of headers and footers.
    pub(super) fn part(&mut self, source: &str) -> Result<(), Unread> {
        let mut xml = Xml::new(source, self.limits);
        loop {
            match xml.next()? {
                Node::Open(tag) => {
                    if tag.name() == "covered-table-cell" {
                        self.pieces.skip_columns(tag.number("number-columns-repeated").unwrap_or(1));
                        xml.skip()?;
                    } else if self.passes_over(&tag) {
                        xml.skip()?;
                    } else {
                        let mark = self.open(&tag);
                        self.marks.push(mark);
                    }
                }
                Node::Words(words) => match self.marks.last() {
                    Some(Mark::AltText) => self.alt.push_str(&words),
                    Some(Mark::PageNumber) => {}
                    _ => self.say(&words),
                },
                Node::Close => {
                    if let Some(mark) = self.marks.pop() {
                        self.close(mark);
                    }
                }
                Node::End => return Ok(()),
            }
            if self.pieces.is_full() {
                return Ok(());
            }
        }
    }

    fn say(&mut self, words: &str) {
        let hidden = self.hidden_spans > 0;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            if hidden { paragraph.hidden.push_str(words) } else { paragraph.words.push_str(words) }
        }
    }

    fn passes_over(&self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "automatic-styles" | "font-face-decls" | "styles" | "forms" | "note-citation" | "change-info"
            | "ruby-text" | "script" | "scripts" | "settings" => true,
            name if name.ends_with("-source") && tag.prefix() == "text" => true,
            "creator" | "date" | "creator-initials" => tag.prefix() == "dc" || tag.prefix() == "meta",
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" => {
                tag.get("display").is_some_and(|display| display == "false")
            }
            "frame" | "custom-shape" => {
                let class = tag.get("class");
                matches!(class.as_deref(), Some("date-time" | "page-number" | "header"))
            }
            _ => false,
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Mark {
        match tag.name() {
            "h" => {
                let level = tag.number("outline-level").unwrap_or(1).clamp(1, 10);
                let style = tag.get("style-name").unwrap_or_default();
                let role = match self.styles.role(&style) {
                    Role::Title => Role::Title,
                    _ => Role::Heading(level.min(6) as u8),
                };
                let plain = tag.get("is-list-header").is_some_and(|is| is == "true");
                let number = if plain { None } else { self.heading_number(&style, level as usize, tag) };
                self.begin(role, &style, number)
            }
            "p" if tag.prefix() == "text" => {
                let style = tag.get("style-name").unwrap_or_default();
                let mut role = self.styles.role(&style);
                let number = self.lists.last_mut().and_then(|list| list.number.take());
                if role == Role::Paragraph && !self.lists.is_empty() {
                    role = Role::ListItem;
                }
                if self.titles > 0 {
                    role = if self.number == 1 { Role::Title } else { Role::Heading(2) };
                }
                self.begin(role, &style, number)
            }
            "span" => {
                let style = tag.get("style-name").unwrap_or_default();
                if self.styles.hides("text", &style) {
                    self.hidden_spans += 1;
                    return Mark::HiddenSpan;
                }
                Mark::Other
            }
            "s" if tag.prefix() == "text" => self.add(" "),
            "tab" => self.add("\t"),
            "line-break" => self.add("\n"),
            "page-number" | "page-count" if tag.prefix() == "text" => {
                self.add(&PAGE_NUMBER.to_string());
                Mark::PageNumber
            }
            "number" if tag.prefix() == "text" => {
                // The number as the program printed it, which knows more of its lists than we do.
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.words.clear();
                }
                Mark::Number
            }
            "list" => self.open_list(tag),
            "list-item" => {
                let level = self.lists.len().saturating_sub(1).min(9);
                if let Some(list) = self.lists.last_mut() {
                    let levels = self.styles.lists.get(&list.style).map_or(&[][..], Vec::as_slice);
                    list.number = self.counters.next(&list.style, levels, level, tag.number("start-value"));
                }
                Mark::Item
            }
            "table" if tag.prefix() == "table" => {
                self.pieces.open_table();
                Mark::Table
            }
            "table-row" => {
                self.pieces.open_row();
                Mark::Other
            }
            "table-cell" => {
                self.pieces.open_cell();
                self.pieces.skip_columns(tag.number("number-columns-repeated").unwrap_or(1).saturating_sub(1));
                Mark::Other
            }
            "note-body" => self.aside(Role::Note),
            "annotation" => {
                self.pieces.builder.revisions().comments += 1;
                self.aside(Role::Comment)
            }
            "deletion" => {
                self.pieces.builder.revisions().deletions += 1;
                self.aside(Role::Deletion)
            }
            "insertion" => {
                self.pieces.builder.revisions().insertions += 1;
                Mark::Other
            }
            "section" if tag.get("display").is_some_and(|display| display == "none") => self.aside(Role::Hidden),
            "header" | "header-left" | "header-first" if tag.prefix() != "presentation" => self.aside(Role::Header),
            "footer" | "footer-left" | "footer-first" if tag.prefix() != "presentation" => self.aside(Role::Footer),
            "notes" if tag.prefix() == "presentation" => self.aside(Role::SpeakerNote),
            "page" if tag.prefix() == "draw" => {
                self.number += 1;
                let style = tag.get("style-name").unwrap_or_default();
                if self.styles.hides("drawing-page", &style) { self.aside(Role::Hidden) } else { Mark::Other }
            }
            "frame" | "custom-shape" => match tag.get("class").as_deref() {
                Some("title") => {
                    self.titles += 1;
                    Mark::Title
                }
                Some("footer") => self.aside(Role::Footer),
                _ => Mark::Other,
            },
            "image" => {
                self.pieces.pictures = true;
                Mark::Other
            }
            "title" | "desc" if tag.prefix() == "svg" => {
                self.alt.clear();
                Mark::AltText
            }
            _ => Mark::Other,
        }
    }

    fn add(&mut self, words: &str) -> Mark {
        self.say(words);
        Mark::Other
    }

    fn aside(&mut self, role: Role) -> Mark {
        Mark::Aside(self.pieces.begin_aside(role))
    }

    fn begin(&mut self, role: Role, style: &str, number: Option<String>) -> Mark {
        if !self.slides {
            self.number += 1;
        }
        let unseen = self.styles.hides("paragraph", style);
        let words = number.unwrap_or_default();
        self.paragraphs.push(Paragraph { role, words, hidden: String::new(), unseen });
        Mark::Paragraph
    }

    fn open_list(&mut self, tag: &Tag<'_>) -> Mark {
        let outer = self.lists.last().map(|list| list.style.clone());
        let style = tag.get("style-name").or_else(|| outer.clone()).unwrap_or_else(|| "\u{1}".to_string());
        let goes_on =
            tag.get("continue-numbering").is_some_and(|on| on == "true") || tag.get("continue-list").is_some();
        if outer.is_none() && !goes_on {
            self.counters.restart(&style);
        }
        self.lists.push(List { style, number: None });
        Mark::List
    }

    fn heading_number(&mut self, style: &str, level: usize, tag: &Tag<'_>) -> Option<String> {
        if let Some(list) = self.lists.last_mut() {
            return list.number.take();
        }
        // A style may name no list, which leaves the numbering of headings, or the empty list, which takes it away.
        let list = match self.styles.list_of(style) {
            Some("") => return None,
            Some(list) if self.styles.lists.contains_key(list) => list,
            _ => "",
        };
        let levels = self.styles.lists.get(list)?;
        self.counters.next(list, levels, level - 1, tag.number("start-value"))
    }

    fn close(&mut self, mark: Mark) {
        match mark {
            Mark::Other | Mark::PageNumber => {}
            Mark::Paragraph => self.end_paragraph(),
            Mark::Number => self.say(" "),
            Mark::HiddenSpan => self.hidden_spans = self.hidden_spans.saturating_sub(1),
            Mark::Table => self.pieces.close_table(),
            Mark::List => {
                self.lists.pop();
            }
            Mark::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.number = None;
                }
            }
            Mark::Aside(aside) => self.pieces.end_aside(aside),
            Mark::Title => self.titles = self.titles.saturating_sub(1),
            Mark::AltText => {
                let (place, words) = (self.place(), std::mem::take(&mut self.alt));
                self.pieces.apart(Role::AltText, place, &words);
            }
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let place = self.place();
        if paragraph.unseen {
            self.pieces.apart(Role::Hidden, place, &format!("{}{}", paragraph.words, paragraph.hidden));
            return;
        }
        self.pieces.apart(Role::Hidden, place.clone(), &paragraph.hidden);
        self.pieces.paragraph(paragraph.role, place, paragraph.words);
    }
}
