//! PowerPoint: slides in order, titles as headings, tables, speaker notes, comments; never the words of a master.

use super::ooxml::{Link, Package, target};
use super::pieces::Pieces;
use super::xml::{Node, Tag, Xml};
use super::{Limits, Unread, drawing, raised_by};
use crate::text::{Place, Role, Text};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let mut package = Package::open(bytes, limits)?;
    let mut pieces = Pieces::new(limits);
    package.properties(pieces.builder.metadata())?;
    let (main, source) = package.main("ppt/presentation.xml")?;
    let links = package.links(&main)?;
    let slides = slide_ids(&source, limits)?;
    let mut without_text = 0;
    let mut number = 0;
    for id in slides.iter().take(limits.pages as usize) {
        let Some(name) = target(&links, id).map(str::to_string) else { continue };
        let Some(source) = package.part(&name)? else { continue };
        number += 1;
        let links = package.links(&name)?;
        let mut slide = Slide::new(number, limits);
        slide.shapes(&source)?;
        slide.find_title();
        if slide.title.is_none() && slide.body.is_empty() && slide.pictures && !slide.hidden {
            pieces.builder.page_without_text(number);
            without_text += 1;
        }
        slide.give(&mut pieces, &mut package, &links)?;
        apart(&mut pieces, &mut package, &links, number, limits)?;
        if pieces.is_full() {
            break;
        }
    }
    if slides.len() > limits.pages as usize {
        pieces.builder.cut(format!("slides after the first {}{}", limits.pages, raised_by("pages")));
    }
    pieces.builder.pages(number);
    match pieces.finish() {
        Err(Unread::NoText(None)) => Err(Unread::NoText(Some(without_text))),
        other => other,
    }
}

/// The links of the slides, in order.
fn slide_ids(source: &str, limits: &Limits) -> Result<Vec<String>, Unread> {
    let mut xml = Xml::new(source, limits);
    let mut ids = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "sldId" => ids.extend(tag.relation("id")),
            Node::End => return Ok(ids),
            _ => {}
        }
    }
}

/// Speaker notes and comments of a slide.
fn apart(
    pieces: &mut Pieces,
    package: &mut Package<'_>,
    links: &[Link],
    number: u32,
    limits: &Limits,
) -> Result<(), Unread> {
    for link in links {
        let Some(source) = (match link.kind.as_str() {
            "notesSlide" | "comments" => package.part(&link.target)?,
            _ => None,
        }) else {
            continue;
        };
        if link.kind == "comments" {
            for words in comments(&source, limits)? {
                pieces.builder.revisions().comments += 1;
                pieces.apart(Role::Comment, Place::at_slide(number), &words);
            }
            continue;
        }
        let mut notes = Slide::new(number, limits);
        notes.notes = true;
        notes.shapes(&source)?;
        let role = if notes.hidden { Role::Hidden } else { Role::SpeakerNote };
        for item in notes.body {
            if let Item::Words(_, words) = item {
                pieces.paragraph(role, Place::at_slide(number), words);
            }
        }
    }
    Ok(())
}

/// The words of comments, of the old form (`p:text`) and the new (`a:t`).
fn comments(source: &str, limits: &Limits) -> Result<Vec<String>, Unread> {
    let mut words = drawing::paragraphs(source, limits)?;
    let mut xml = Xml::new(source, limits);
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "text" => words.push(xml.words()?),
            Node::End => return Ok(words),
            _ => {}
        }
    }
}

/// What a slide holds, in order.
enum Item {
    Words(Role, String),
    OpenTable,
    Row,
    Cell,
    CloseTable,
    Chart(String),
    Diagram(String),
}

/// What an open element is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Other,
    Shape,
    Paragraph,
    Words,
    Table,
    /// The choice among several forms of one drawing; whether one was read.
    Alternatives(bool),
    /// A field whose words a slide prints by itself.
    Field,
}

struct Slide<'a> {
    number: u32,
    limits: &'a Limits,
    notes: bool,
    hidden: bool,
    pictures: bool,
    title: Option<String>,
    body: Vec<Item>,
    footers: Vec<String>,
    alt: Vec<String>,
    unseen: Vec<String>,
}

/// A shape being read: what it is a placeholder for, and whether it is shown.
#[derive(Default)]
struct Shape {
    placeholder: Option<String>,
    hidden: bool,
}

impl<'a> Slide<'a> {
    fn new(number: u32, limits: &'a Limits) -> Self {
        Slide {
            number,
            limits,
            notes: false,
            hidden: false,
            pictures: false,
            title: None,
            body: Vec::new(),
            footers: Vec::new(),
            alt: Vec::new(),
            unseen: Vec::new(),
        }
    }

    fn shapes(&mut self, source: &str) -> Result<(), Unread> {
        let mut xml = Xml::new(source, self.limits);
        let mut marks: Vec<Mark> = Vec::new();
        let mut shape = Shape::default();
        let (mut words, mut item) = (String::new(), false);
        loop {
            match xml.next()? {
                Node::Open(tag) => {
                    let mark = match tag.name() {
                        "sld" => {
                            self.hidden = tag.get("show").is_some_and(|show| matches!(show.as_str(), "0" | "false"));
                            Mark::Other
                        }
                        "AlternateContent" => Mark::Alternatives(false),
                        "Choice" | "Fallback" => match marks.last_mut() {
                            Some(Mark::Alternatives(true)) => {
                                xml.skip()?;
                                continue;
                            }
                            Some(Mark::Alternatives(taken)) => {
                                *taken = true;
                                Mark::Other
                            }
                            _ => Mark::Other,
                        },
                        "sp" | "cxnSp" | "graphicFrame" => {
                            shape = Shape::default();
                            Mark::Shape
                        }
                        "pic" => {
                            self.pictures = true;
                            shape = Shape::default();
                            Mark::Shape
                        }
                        "cNvPr" => {
                            shape.hidden =
                                tag.get("hidden").is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true"));
                            self.alt.extend(tag.get("descr").filter(|_| !self.notes));
                            Mark::Other
                        }
                        "ph" => {
                            shape.placeholder = Some(tag.get("type").unwrap_or_default());
                            Mark::Other
                        }
                        "tbl" => {
                            self.body.push(Item::OpenTable);
                            Mark::Table
                        }
                        "tr" => {
                            self.body.push(Item::Row);
                            Mark::Other
                        }
                        "tc" => {
                            self.body.push(Item::Cell);
                            Mark::Other
                        }
                        "p" if tag.prefix() != "p" => {
                            item = false;
                            Mark::Paragraph
                        }
                        "buAutoNum" | "buChar" => {
                            item = true;
                            Mark::Other
                        }
                        "fld" if is_page_field(&tag) => Mark::Field,
                        "t" if !marks.contains(&Mark::Field) => Mark::Words,
                        "br" => {
                            words.push('\n');
                            Mark::Other
                        }
                        "tab" => {
                            words.push(' ');
                            Mark::Other
                        }
                        "chart" => {
                            self.body.extend(tag.relation("id").map(Item::Chart));
                            Mark::Other
                        }
                        "relIds" => {
                            self.body.extend(tag.relation("dm").map(Item::Diagram));
                            Mark::Other
                        }
                        "extLst" => {
                            xml.skip()?;
                            continue;
                        }
                        _ => Mark::Other,
                    };
                    marks.push(mark);
                }
                Node::Words(more) if marks.last() == Some(&Mark::Words) => words.push_str(&more),
                Node::Words(_) => {}
                Node::Close => match marks.pop() {
                    Some(Mark::Paragraph) => {
                        let words = std::mem::take(&mut words);
                        self.paragraph(&shape, item, words);
                    }
                    Some(Mark::Table) => self.body.push(Item::CloseTable),
                    _ => {}
                },
                Node::End => return Ok(()),
            }
        }
    }

    /// On a slide without a title and with few words, the first line stands for one: covers and chapters are made so.
    fn find_title(&mut self) {
        let lines = self.body.iter().filter(|item| matches!(item, Item::Words(..))).count();
        if self.title.is_some() || lines != self.body.len() || !(1..=5).contains(&lines) {
            return;
        }
        if let Some(Item::Words(_, words)) = self.body.first()
            && words.trim().chars().count() <= 100
        {
            self.title = Some(words.replace('\n', " "));
            self.body.remove(0);
        }
    }

    fn paragraph(&mut self, shape: &Shape, item: bool, words: String) {
        if words.trim().is_empty() {
            return;
        }
        if shape.hidden {
            self.unseen.push(words);
            return;
        }
        let kind = shape.placeholder.as_deref();
        if self.notes {
            if kind == Some("body") {
                self.body.push(Item::Words(Role::SpeakerNote, words));
            }
            return;
        }
        match kind {
            Some("title" | "ctrTitle") => {
                let title = self.title.get_or_insert_default();
                title.push(' ');
                title.push_str(&words.replace('\n', " "));
            }
            Some("sldNum" | "dt" | "hdr") => {}
            Some("ftr") => self.footers.push(words),
            _ => self.body.push(Item::Words(if item { Role::ListItem } else { Role::Paragraph }, words)),
        }
    }

    /// Puts the slide's words among the pieces, its title first; those of a hidden slide stand apart.
    fn give(self, pieces: &mut Pieces, package: &mut Package<'_>, links: &[Link]) -> Result<(), Unread> {
        let place = || Place::at_slide(self.number);
        pieces.pictures |= self.pictures;
        pieces.fixed = self.hidden.then_some(Role::Hidden);
        if let Some(title) = self.title {
            let role = if self.number == 1 { Role::Title } else { Role::Heading(2) };
            pieces.paragraph(role, place(), title);
        }
        for item in self.body {
            match item {
                Item::Words(role, words) => pieces.paragraph(role, place(), words),
                Item::OpenTable => pieces.open_table(),
                Item::Row => pieces.open_row(),
                Item::Cell => pieces.open_cell(),
                Item::CloseTable => pieces.close_table(),
                Item::Chart(id) | Item::Diagram(id) => {
                    let Some(link) = links.iter().find(|link| link.id == id) else { continue };
                    let Some(source) = package.part(&link.target)? else { continue };
                    let read = if link.kind == "chart" { drawing::chart } else { drawing::paragraphs };
                    for words in read(&source, self.limits)? {
                        pieces.paragraph(Role::Paragraph, place(), words);
                    }
                }
            }
        }
        pieces.fixed = None;
        for words in self.footers.iter().filter(|_| !self.hidden) {
            pieces.paragraph(Role::Footer, place(), words.clone());
        }
        for words in &self.unseen {
            pieces.apart(Role::Hidden, place(), words);
        }
        for words in &self.alt {
            pieces.apart(Role::AltText, place(), words);
        }
        Ok(())
    }
}

/// Whether a field prints the number of the slide or the day of printing.
fn is_page_field(tag: &Tag<'_>) -> bool {
    tag.get("type").is_some_and(|kind| kind == "slidenum" || kind.starts_with("datetime"))
}

#[cfg(test)]
mod tests;
