//! The walk over a part of a Word document: paragraphs, tables, and what stands apart from them.

use std::collections::BTreeMap;

use super::fields::{Fields, is_page_number};
use super::numbering::Numbering;
use super::styles::Styles;
use crate::read::pieces::{PAGE_NUMBER, Pieces};
use crate::read::xml::{Node, Tag, Xml};
use crate::read::{Limits, Unread};
use crate::text::{Place, Role};

/// Headers and footers by role and by the pages they are for: `first`, `even` or others.
type Edges = BTreeMap<(bool, String), String>;

/// Headers and footers that are read at most.
const EDGES: usize = 200;

#[derive(Default)]
struct Paragraph {
    number: u32,
    style: Option<String>,
    /// List and level given on the paragraph itself; list 0 is none.
    list: Option<u32>,
    level: Option<u32>,
    outline: Option<u32>,
    words: String,
    hidden: String,
    deleted: String,
    /// Its end is deleted: what follows goes on in it.
    goes_on: bool,
    bold: u32,
    plain: u32,
    /// The largest letters in it, in half points.
    size: u32,
}

#[derive(Default)]
struct Run {
    hidden: bool,
    bold: bool,
    size: u32,
}

/// What an open element is to the reader.
enum Mark {
    Other,
    Paragraph,
    ParagraphProperties,
    /// A run, with what held round it: text boxes stand within runs.
    Run(Run),
    Words,
    Code,
    Table,
    Section,
    Deleted,
    Moved,
    /// The choice among several forms of one drawing; whether one was read.
    Alternatives(bool),
    /// A field in one element; whether it prints a page number.
    Field(bool),
}

pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    limits: &'a Limits,
    pub(super) pieces: Pieces,
    /// The links of headers and footers that pages show, in order.
    pub(super) edges: Vec<(Role, String)>,
    /// Those of the section so far; a section takes on from the one before what it does not name itself.
    section: Edges,
    /// Whether the section has a first page of its own.
    first_page: bool,
    /// Whether even pages have their own.
    even_pages: bool,
    /// Links of charts and diagrams.
    pub(super) drawings: Vec<String>,
    /// In which paragraph notes and comments are called, by element and identifier.
    calls: BTreeMap<(Call, String), u32>,
    part: Option<Role>,
    place: Place,
    number: u32,
    marks: Vec<Mark>,
    paragraphs: Vec<Paragraph>,
    run: Run,
    fields: Fields,
    deleted: usize,
    moved: usize,
    page_fields: usize,
    carried: Option<String>,
}

/// What is called from a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Call {
    Note,
    Comment,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering, limits: &'a Limits, even_pages: bool) -> Self {
        Body {
            styles,
            numbering,
            limits,
            pieces: Pieces::new(limits),
            edges: Vec::new(),
            section: Edges::new(),
            first_page: false,
            even_pages,
            drawings: Vec::new(),
            calls: BTreeMap::new(),
            part: None,
            place: Place::default(),
            number: 0,
            marks: Vec::new(),
            paragraphs: Vec::new(),
            run: Run::default(),
            fields: Fields::default(),
            deleted: 0,
            moved: 0,
            page_fields: 0,
            carried: None,
        }
    }

    /// Reads a part; `fixed` is what all of it is, when it is not the body.
    pub(super) fn part(&mut self, source: &str, fixed: Option<Role>) -> Result<(), Unread> {
        self.part = fixed;
        self.pieces.fixed = fixed;
        self.place = Place::default();
        self.fields = Fields::default();
        let mut xml = Xml::new(source, self.limits);
        loop {
            match xml.next()? {
                Node::Open(tag) => {
                    if self.passes_over(&tag) {
                        xml.skip()?;
                    } else {
                        let mark = self.open(&tag);
                        self.marks.push(mark);
                    }
                }
                Node::Words(words) => match self.marks.last() {
                    Some(Mark::Words) => self.say(&words),
                    Some(Mark::Code) => self.fields.code(&words),
                    _ => {}
                },
                Node::Close => {
                    if let Some(mark) = self.marks.pop() {
                        self.close(mark);
                    }
                }
                Node::End => break,
            }
            if self.pieces.is_full() {
                break;
            }
        }
        self.marks.clear();
        self.paragraphs.clear();
        (self.deleted, self.moved, self.page_fields) = (0, 0, 0);
        self.pieces.fixed = None;
        Ok(())
    }

    /// Elements of which nothing is read: former formats, properties of content controls, readings of ruby text,
    /// lines that part notes from the page, and forms of a drawing after the first.
    fn passes_over(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "sdtPr" | "rt" | "tblPr" | "tblGrid" | "delInstrText" => true,
            name if name.ends_with("PrChange") => true,
            "footnote" | "endnote" => tag.get("type").is_some_and(|kind| kind != "normal"),
            "Choice" | "Fallback" => match self.marks.last_mut() {
                Some(Mark::Alternatives(taken)) => std::mem::replace(taken, true),
                _ => false,
            },
            _ => false,
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Mark {
        match tag.name() {
            "p" => {
                self.number += u32::from(self.part.is_none());
                let words = self.carried.take().unwrap_or_default();
                self.paragraphs.push(Paragraph { number: self.number, words, ..Paragraph::default() });
                return Mark::Paragraph;
            }
            "pPr" => return Mark::ParagraphProperties,
            "r" => {
                let style = self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref());
                let (hidden, bold, size) =
                    (self.styles.hides(style), self.styles.is_bold(style), self.styles.size(style));
                let run = Run { hidden, bold, size };
                return Mark::Run(std::mem::replace(&mut self.run, run));
            }
            "t" | "delText" => return Mark::Words,
            "instrText" => return Mark::Code,
            "tbl" => {
                self.pieces.open_table();
                return Mark::Table;
            }
            "tr" => self.pieces.open_row(),
            "tc" => self.pieces.open_cell(),
            "gridSpan" => self.pieces.skip_columns(tag.number("val").unwrap_or(1).saturating_sub(1)),
            "gridBefore" => self.pieces.skip_columns(tag.number("val").unwrap_or(0)),
            "del" | "moveFrom" | "ins" => return self.revision(tag.name()),
            "AlternateContent" => return Mark::Alternatives(false),
            "fldChar" => {
                let kind = tag.get("fldCharType").unwrap_or_default();
                if let Some(words) = self.fields.mark(&kind) {
                    self.say(&words);
                }
            }
            "fldSimple" => {
                let page = is_page_number(&tag.get("instr").unwrap_or_default());
                if page {
                    self.say(&PAGE_NUMBER.to_string());
                }
                self.page_fields += usize::from(page);
                return Mark::Field(page);
            }
            "pgNum" => self.say(&PAGE_NUMBER.to_string()),
            "checkBox" | "checked" | "default" | "listEntry" | "result" => self.fields.form(tag),
            "tab" | "ptab" if !self.in_properties() => self.say("\t"),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "sym" => self.say(symbol(&tag.get("char").unwrap_or_default())),
            "footnoteReference" | "endnoteReference" => self.call(Call::Note, tag),
            "commentReference" => self.call(Call::Comment, tag),
            "footnote" | "endnote" => self.called(Call::Note, tag),
            "comment" => {
                self.pieces.builder.revisions().comments += 1;
                self.called(Call::Comment, tag);
            }
            "headerReference" => self.edge(Role::Header, tag),
            "footerReference" => self.edge(Role::Footer, tag),
            "sectPr" => {
                self.first_page = false;
                return Mark::Section;
            }
            "titlePg" => self.first_page = tag.is_on(),
            "docPr" => self.alt(tag.get("descr")),
            "shape" | "rect" => self.alt(tag.get("alt")),
            "blip" | "imagedata" => self.pieces.pictures = true,
            "chart" => self.drawings.extend(tag.relation("id")),
            "relIds" => self.drawings.extend(tag.relation("dm")),
            // Words as a picture: a heading of fancy letters, or DRAFT across the page.
            "textpath" => self.fancy(tag.get("string").unwrap_or_default()),
            "altChunk" => self.pieces.builder.cut("a document that Word takes in from another file"),
            _ => self.format(tag),
        }
        Mark::Other
    }

    /// Properties of paragraphs and runs.
    fn format(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "rStyle" => {
                let style = tag.get("val");
                if style.is_some() && !self.in_properties() {
                    self.run.hidden |= self.styles.hides(style.as_deref());
                    self.run.bold |= self.styles.is_bold(style.as_deref());
                }
            }
            "vanish" if !self.in_properties() => self.run.hidden = tag.is_on(),
            "b" if !self.in_properties() => self.run.bold = tag.is_on(),
            "sz" if !self.in_properties() => self.run.size = tag.number("val").unwrap_or(self.run.size),
            "pStyle" | "numId" | "ilvl" | "outlineLvl" if self.in_properties() => {
                let Some(paragraph) = self.paragraphs.last_mut() else { return };
                match tag.name() {
                    "pStyle" => paragraph.style = tag.get("val"),
                    "numId" => paragraph.list = tag.number("val"),
                    "ilvl" => paragraph.level = tag.number("val"),
                    _ => paragraph.outline = tag.number("val"),
                }
            }
            _ => {}
        }
    }

    /// Whether what opens now belongs to the properties of a paragraph.
    fn in_properties(&self) -> bool {
        let inner = self.marks.iter().rev();
        inner.take_while(|mark| !matches!(mark, Mark::Paragraph)).any(|mark| matches!(mark, Mark::ParagraphProperties))
    }

    fn revision(&mut self, name: &str) -> Mark {
        let revisions = self.pieces.builder.revisions();
        if name == "ins" {
            revisions.insertions += 1
        } else {
            revisions.deletions += 1
        }
        if self.in_properties() {
            if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| name != "ins") {
                paragraph.goes_on = true;
            }
            return Mark::Other;
        }
        match name {
            "del" => {
                self.deleted += 1;
                Mark::Deleted
            }
            "moveFrom" => {
                self.moved += 1;
                Mark::Moved
            }
            _ => Mark::Other,
        }
    }

    fn say(&mut self, words: &str) {
        if self.moved > 0 || self.page_fields > 0 && !words.contains(PAGE_NUMBER) || !self.fields.shows() {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if self.deleted > 0 {
            paragraph.deleted.push_str(words);
        } else if self.run.hidden {
            paragraph.hidden.push_str(words);
        } else {
            let count = if self.run.bold { &mut paragraph.bold } else { &mut paragraph.plain };
            if !words.trim().is_empty() {
                *count += 1;
                paragraph.size = paragraph.size.max(self.run.size);
            }
            paragraph.words.push_str(words);
        }
    }

    fn fancy(&mut self, words: String) {
        let place = self.here();
        self.pieces.paragraph(Role::Paragraph, place, words);
    }

    fn alt(&mut self, words: Option<String>) {
        let place = self.here();
        self.pieces.apart(Role::AltText, place, &words.unwrap_or_default());
    }

    fn call(&mut self, what: Call, tag: &Tag<'_>) {
        if let (Some(id), Some(paragraph)) = (tag.get("id"), self.paragraphs.last()) {
            self.calls.entry((what, id)).or_insert(paragraph.number);
        }
    }

    fn called(&mut self, what: Call, tag: &Tag<'_>) {
        let number = tag.get("id").and_then(|id| self.calls.get(&(what, id)));
        self.place = number.map_or_else(Place::default, |number| Place::at_paragraph(*number));
    }

    fn edge(&mut self, role: Role, tag: &Tag<'_>) {
        if let Some(link) = tag.relation("id") {
            self.section.insert((role == Role::Footer, tag.get("type").unwrap_or_default()), link);
        }
    }

    fn end_section(&mut self) {
        for ((footer, pages), link) in &self.section {
            let shown = match pages.as_str() {
                "first" => self.first_page,
                "even" => self.even_pages,
                _ => true,
            };
            let edge = (if *footer { Role::Footer } else { Role::Header }, link.clone());
            if shown && self.edges.len() < EDGES && !self.edges.contains(&edge) {
                self.edges.push(edge);
            }
        }
    }

    /// Where the paragraph stands that is open.
    fn here(&self) -> Place {
        match self.paragraphs.last() {
            Some(paragraph) if self.part.is_none() => Place::at_paragraph(paragraph.number),
            _ => self.place.clone(),
        }
    }

    fn close(&mut self, mark: Mark) {
        match mark {
            Mark::Paragraph => self.end_paragraph(),
            Mark::Run(outer) => self.run = outer,
            Mark::Table => self.pieces.close_table(),
            Mark::Section => self.end_section(),
            Mark::Deleted => self.deleted = self.deleted.saturating_sub(1),
            Mark::Moved => self.moved = self.moved.saturating_sub(1),
            Mark::Field(true) => self.page_fields = self.page_fields.saturating_sub(1),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.fields.end_paragraph();
        let place = self.here();
        let Some(paragraph) = self.paragraphs.pop() else { return };
        self.pieces.apart(Role::Deletion, place.clone(), &paragraph.deleted);
        self.pieces.apart(Role::Hidden, place.clone(), &paragraph.hidden);
        if paragraph.goes_on {
            self.carried = Some(paragraph.words).filter(|words| !words.is_empty());
            return;
        }
        let style = paragraph.style.as_deref();
        let mut role = match paragraph.outline {
            Some(level) if level < 9 => Role::Heading((level as u8 + 1).min(6)),
            _ => self.styles.role(style),
        };
        let number = self.list_number(&paragraph);
        if role == Role::Paragraph && number.is_some() {
            role = Role::ListItem;
        }
        let mut words = number.flatten().unwrap_or_default();
        if paragraph.words.trim().is_empty() && !self.pieces.in_table() {
            return;
        }
        words.push_str(&paragraph.words);
        let line = paragraph.bold > 0 && paragraph.plain == 0 && role == Role::Paragraph;
        self.pieces.paragraph(role, place, words);
        if self.part.is_none() && role == Role::Paragraph {
            self.pieces.mark_line(line, paragraph.size);
        }
    }

    /// `None` when a paragraph is in no list; within, its number, unless the list has bullets.
    fn list_number(&mut self, paragraph: &Paragraph) -> Option<Option<String>> {
        let of_style = self.styles.list(paragraph.style.as_deref());
        let (list, level) = match (paragraph.list, of_style) {
            (Some(list), style) => {
                let level = paragraph.level.or_else(|| style.and_then(|(_, level, _)| level));
                (list, level.unwrap_or(0))
            }
            (None, Some((list, level, named))) => {
                let own = paragraph.level.or_else(|| self.numbering.level_of(list, named)).or(level);
                (list, own.unwrap_or(0))
            }
            (None, None) => return None,
        };
        // List 0 takes a paragraph out of the list of its style; an empty paragraph is not worth a number outside tables.
        if list == 0 {
            return None;
        }
        Some(self.numbering.next(list, level, self.styles))
    }
}

/// Ticks and boxes of the symbol fonts in which forms are filled; other symbols are ornaments.
pub(in crate::read) fn symbol(code: &str) -> &'static str {
    match code.to_uppercase().trim_start_matches("F0") {
        "FE" | "52" | "FC" => "☑",
        "FD" | "54" | "FB" | "78" => "☒",
        "A8" | "6F" | "71" | "A3" => "☐",
        "E0" | "E8" => "→",
        _ => " ",
    }
}
