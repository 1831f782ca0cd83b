//! PowerPoint 97-2003. Each save adds to the file what changed; a directory says which copy of a slide holds, so that old
//! ones are not met.

mod records;
mod shapes;

use std::collections::{BTreeMap, BTreeSet};

use self::records::*;
use self::shapes::{Item, Kind, Shapes, texts};
use super::binary::{u16_at, u32_at, wide};
use super::compound::{Compound, ROOT, properties};
use super::pieces::Pieces;
use super::{Limits, Unread, raised_by};
use crate::text::{Place, Role, Text};

/// What the head of a file says that needs a password.
const LOCKED: u32 = 0xf3d1_c4df;
/// Saves that are followed back at most.
const SAVES: usize = 10_000;
/// Slides and masters that the directory names at most.
const PERSISTED: usize = 200_000;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let file = Compound::open(bytes, limits)?;
    // A file for two versions keeps the newer in a storage of its own.
    let storage = file.find(ROOT, "PP97_DUALSTORAGE").unwrap_or(ROOT);
    let stream = file.named(storage, "PowerPoint Document").unwrap_or_default();
    let user = file.named(storage, "Current User").unwrap_or_default();
    if u32_at(&user, 12) == Some(LOCKED) || file.find(ROOT, "EncryptedSummary").is_some() {
        return Err(Unread::Encrypted);
    }
    let saved = Saved::read(&stream, u32_at(&user, 16))?;
    let mut pieces = Pieces::new(limits);
    properties(&file, pieces.builder.metadata());
    let mut show = Show { pieces, limits, left: limits.inflated_bytes, number: 0, without_text: 0 };
    match &saved {
        Some(saved) => show.slides(saved),
        None => show.all(&stream),
    }
    show.finish()
}

/// What the last save left.
struct Saved<'b> {
    stream: &'b [u8],
    /// Where each thing lies whose number is known.
    places: BTreeMap<u32, u32>,
    document: Record<'b>,
}

impl<'b> Saved<'b> {
    /// Follows the saves back from the last; `None` when their list is broken.
    fn read(stream: &'b [u8], last: Option<u32>) -> Result<Option<Self>, Unread> {
        let mut places = BTreeMap::new();
        let mut document = None;
        let mut next = last.unwrap_or(0);
        let mut seen = BTreeSet::new();
        while next != 0 && seen.len() < SAVES && seen.insert(next) {
            let Some(edit) = Record::at(stream, next as usize).filter(|record| record.kind == USER_EDIT) else { break };
            if u32_at(edit.body, 28).is_some_and(|key| key != 0) {
                return Err(Unread::Encrypted);
            }
            document = document.or_else(|| u32_at(edit.body, 16));
            let directory = u32_at(edit.body, 12).and_then(|at| Record::at(stream, at as usize));
            if let Some(directory) = directory.filter(|record| record.kind == PERSIST_DIRECTORY) {
                note(directory.body, &mut places);
            }
            next = u32_at(edit.body, 8).unwrap_or(0);
        }
        let document = document.and_then(|number| places.get(&number)).and_then(|at| Record::at(stream, *at as usize));
        let document = document.filter(|record| record.kind == DOCUMENT);
        Ok(document.map(|document| Saved { stream, places, document }))
    }

    fn record(&self, number: u32, kind: u16) -> Option<Record<'b>> {
        Record::at(self.stream, *self.places.get(&number)? as usize).filter(|record| record.kind == kind)
    }

    /// Slides, masters or notes in order.
    fn list(&self, instance: u16) -> Vec<Listed> {
        let mut lists = self.document.records().filter(|record| record.kind == SLIDE_LIST);
        let Some(list) = lists.find(|record| record.instance == instance) else { return Vec::new() };
        let mut all = Vec::new();
        let mut rest = Records(list.body);
        while let Some(record) = rest.next() {
            if record.kind != SLIDE_PERSIST {
                continue;
            }
            let number = |at| u32_at(record.body, at).unwrap_or(0);
            // The texts of a slide end where the next begins.
            let mut ahead = Records(rest.0);
            let mut end = 0;
            while ahead.next().is_some_and(|other| other.kind != SLIDE_PERSIST) {
                end = rest.0.len() - ahead.0.len();
            }
            let (own, after) = rest.0.split_at(end.min(rest.0.len()));
            all.push(Listed { place: number(0), number: number(12), texts: texts(Records(own)) });
            rest = Records(after);
        }
        all
    }
}

/// A slide or a page of notes in the list of them.
struct Listed {
    /// Number in the directory.
    place: u32,
    /// By which number others name it.
    number: u32,
    /// Texts that stand with the list: of what kind each is, and its words.
    texts: Vec<(u32, String)>,
}

/// Notes where things lie, unless a later save has said so.
fn note(mut directory: &[u8], places: &mut BTreeMap<u32, u32>) {
    while let Some(head) = u32_at(directory, 0) {
        let (first, count) = (head & 0xf_ffff, (head >> 20) as usize);
        for index in 0..count {
            let Some(place) = u32_at(directory, 4 + index * 4).filter(|_| places.len() < PERSISTED) else { return };
            places.entry(first + index as u32).or_insert(place);
        }
        directory = directory.get(4 + count * 4..).unwrap_or_default();
    }
}

/// A presentation as it becomes a text.
struct Show<'l> {
    pieces: Pieces,
    limits: &'l Limits,
    /// Bytes of slides that may still be read: a list may name one slide again and again.
    left: u64,
    number: u32,
    without_text: u32,
}

impl Show<'_> {
    fn slides(&mut self, saved: &Saved<'_>) {
        let notes: BTreeMap<u32, u32> = saved.list(2).into_iter().map(|page| (page.number, page.place)).collect();
        let of_all = saved.document.records().find(|record| record.kind == HEADERS_FOOTERS && record.instance == 3);
        let slides = saved.list(0);
        for listed in &slides {
            let Some(slide) = saved.record(listed.place, SLIDE) else { continue };
            if self.number >= self.limits.pages || self.pieces.is_full() {
                self.pieces.builder.cut(format!("slides after the first {}{}", self.number, raised_by("pages")));
                return;
            }
            self.slide(slide, &listed.texts, of_all);
            let notes_of = slide.first(SLIDE_ATOM).and_then(|atom| u32_at(atom.body, 16));
            let place = notes_of.filter(|number| *number != 0).and_then(|number| notes.get(&number));
            if let Some(page) = place.and_then(|place| saved.record(*place, NOTES)) {
                self.notes(page, is_hidden(slide));
            }
        }
    }

    /// Every slide in the file, where the directory is broken; old copies may be among them.
    fn all(&mut self, stream: &[u8]) {
        self.pieces.builder.cut("the order of the slides, since the file is damaged");
        for record in Records(stream) {
            if self.number >= self.limits.pages || self.pieces.is_full() {
                return;
            }
            match record.kind {
                SLIDE => self.slide(record, &[], None),
                NOTES => self.notes(record, false),
                _ => {}
            }
        }
    }

    /// Whether so much may still be read.
    fn may_take(&mut self, record: Record<'_>) -> bool {
        let length = record.body.len() as u64;
        let may = length <= self.left;
        self.left = self.left.saturating_sub(length);
        may
    }

    fn slide(&mut self, slide: Record<'_>, outline: &[(u32, String)], of_all: Option<Record<'_>>) {
        self.number += 1;
        if !self.may_take(slide) {
            return;
        }
        let place = || Place::at_slide(self.number);
        let hidden = is_hidden(slide);
        let mut shapes = Shapes::default();
        shapes.read(slide, outline, 0);
        let Shapes { mut items, alt, pictures } = shapes;
        let title = take_title(&mut items);
        if title.is_none() && items.is_empty() && pictures && !hidden {
            self.pieces.builder.page_without_text(self.number);
            self.without_text += 1;
        }
        self.pieces.pictures |= pictures;
        self.pieces.fixed = hidden.then_some(Role::Hidden);
        if let Some(title) = title {
            let role = if self.number == 1 { Role::Title } else { Role::Heading(2) };
            self.pieces.paragraph(role, place(), title);
        }
        let mut footers = Vec::new();
        for item in items {
            match item {
                Item::Said(said) if said.kind == Kind::Footer => footers.push(said.words),
                Item::Said(said) if said.kind == Kind::Edge => {}
                Item::Said(said) => {
                    for line in said.words.split('\r') {
                        self.pieces.paragraph(Role::Paragraph, place(), line.to_string());
                    }
                }
                Item::Table(rows) => {
                    self.pieces.open_table();
                    for row in rows {
                        self.pieces.open_row();
                        let mut next = 0;
                        for (column, words) in row {
                            self.pieces.skip_columns(column.saturating_sub(next));
                            next = next.max(column) + 1;
                            self.pieces.open_cell();
                            for line in words.split('\r') {
                                self.pieces.paragraph(Role::Paragraph, place(), line.to_string());
                            }
                        }
                    }
                    self.pieces.close_table();
                }
            }
        }
        self.pieces.fixed = None;
        footers.extend(slide.first(HEADERS_FOOTERS).or(of_all).and_then(footer));
        for words in footers.into_iter().filter(|_| !hidden) {
            self.pieces.paragraph(Role::Footer, place(), words);
        }
        for words in alt {
            self.pieces.apart(Role::AltText, place(), &words);
        }
        for words in comments(slide, 0) {
            self.pieces.builder.revisions().comments += 1;
            self.pieces.apart(Role::Comment, Place::at_slide(self.number), &words);
        }
    }

    fn notes(&mut self, page: Record<'_>, hidden: bool) {
        if !self.may_take(page) {
            return;
        }
        let mut shapes = Shapes::default();
        shapes.read(page, &[], 0);
        let role = if hidden { Role::Hidden } else { Role::SpeakerNote };
        for item in shapes.items {
            if let Item::Said(said) = item
                && said.kind == Kind::Notes
            {
                for line in said.words.split('\r') {
                    self.pieces.paragraph(role, Place::at_slide(self.number), line.to_string());
                }
            }
        }
    }

    fn finish(mut self) -> Result<Text, Unread> {
        self.pieces.builder.pages(self.number);
        if self.left == 0 {
            self.pieces.builder.cut(format!("slides after {} MiB of them", self.limits.inflated_bytes >> 20));
        }
        match self.pieces.finish() {
            Err(Unread::NoText(None)) => Err(Unread::NoText(Some(self.without_text))),
            other => other,
        }
    }
}

/// The title; on a slide without one and with few words, the first line stands for it: covers and chapters are made so.
fn take_title(items: &mut Vec<Item>) -> Option<String> {
    let is_title = |item: &Item| matches!(item, Item::Said(said) if said.kind == Kind::Title);
    let mut titles = Vec::new();
    items.retain(|item| {
        let Item::Said(said) = item else { return true };
        if said.words.trim().is_empty() {
            return false;
        }
        if is_title(item) {
            titles.push(said.words.replace('\r', " "));
        }
        !is_title(item)
    });
    if !titles.is_empty() {
        return Some(titles.join(" "));
    }
    let words = |item: &Item| match item {
        Item::Said(said) if said.kind == Kind::Words => said.words.split('\r').filter(|line| !line.is_empty()).count(),
        Item::Said(_) => 0,
        Item::Table(_) => usize::MAX / 2,
    };
    let lines = items.iter().map(words).fold(0, usize::saturating_add);
    let first = items.iter().position(|item| words(item) > 0).filter(|_| (1..=5).contains(&lines))?;
    let Item::Said(said) = items.get_mut(first)? else { return None };
    let (line, rest) = said.words.trim_start_matches('\r').split_once('\r').unwrap_or((said.words.trim(), ""));
    let line = line.to_string();
    if line.chars().count() > 100 || line.trim().is_empty() {
        return None;
    }
    said.words = rest.to_string();
    Some(line)
}

fn is_hidden(slide: Record<'_>) -> bool {
    slide.first(SHOW_INFO).and_then(|info| u16_at(info.body, 10)).is_some_and(|flags| flags & 4 != 0)
}

/// The footer, if it is shown.
fn footer(edges: Record<'_>) -> Option<String> {
    let shown = edges.first(HEADERS_FOOTERS_ATOM).and_then(|atom| u16_at(atom.body, 2))? & 0x20 != 0;
    let mut strings = edges.records().filter(|record| record.kind == STRING);
    strings.find(|record| record.instance == 2).filter(|_| shown).map(|record| wide(record.body))
}

/// Reviewers' comments: they lie some way down among the tags of programs.
fn comments(record: Record<'_>, depth: usize) -> Vec<String> {
    let mut found = Vec::new();
    for inner in record.records() {
        if inner.kind == COMMENT {
            let words = inner.records().find(|record| record.kind == STRING && record.instance == 1);
            found.extend(words.map(|record| wide(record.body)));
        } else if depth < 8 && !matches!(inner.kind, GROUP | SHAPE) {
            found.extend(comments(inner, depth + 1));
            // The tags of a program are records, though they are not marked as such.
            if inner.kind == 0x138b {
                let tags = Record { holds: true, ..inner };
                found.extend(comments(tags, depth + 1));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
