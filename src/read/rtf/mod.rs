//! Rich text, by hand: the crates for it lose a third of real files. Groups nest, so the state of each is kept on a list that
//! has a limit; nothing calls itself.

mod fonts;
mod html;
mod state;
mod tables;
mod tokens;

use std::collections::BTreeMap;

use self::fonts::Fonts;
use self::state::{Close, Goal, Info, State};
use self::tables::Tables;
use self::tokens::{Token, Tokens};
use super::docx::fields::is_page_number;
use super::docx::{named_role, symbol};
use super::pieces::{PAGE_NUMBER, Pieces};
use super::{Limits, Unread};
use crate::text::{Place, Role, Text};

pub(super) use html::html;

/// Styles of a document that are known at most.
const STYLES: usize = 4_096;
/// The longest name of a style or property, in bytes.
const LONGEST: usize = 4_096;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let mut reader = Reader {
        state: State::default(),
        groups: Vec::new(),
        deeper: 0,
        star: false,
        swallow: 0,
        high: None,
        pending: Vec::new(),
        fonts: Fonts::default(),
        styles: BTreeMap::new(),
        info: Info::default(),
        fields: Vec::new(),
        asides: Vec::new(),
        now: Words::default(),
        tables: Tables::default(),
        number: 1,
        aside: None,
        last: (false, false),
        depth: limits.depth,
        out: Pieces::new(limits),
    };
    let mut whole = false;
    for token in Tokens::new(bytes.trim_ascii_start()) {
        match token {
            Token::Byte(byte) => {
                reader.bytes(&[byte]);
                continue;
            }
            Token::Bytes(bytes) => {
                reader.bytes(bytes);
                continue;
            }
            _ => reader.flush(),
        }
        reader.token(token);
        whole = reader.groups.is_empty();
        if whole || reader.out.is_full() {
            break;
        }
    }
    reader.flush();
    while !reader.groups.is_empty() {
        reader.close();
    }
    reader.reach(0);
    let Reader { mut out, info, .. } = reader;
    if !whole && !out.is_full() {
        out.builder.cut("what comes after the file breaks off");
    }
    info.give(out.builder.metadata());
    out.finish()
}

/// What was read of the paragraph so far.
#[derive(Debug, Default)]
struct Words {
    /// The number or bullet of a list.
    item: Option<String>,
    words: String,
    deleted: String,
    hidden: String,
    bold: u32,
    plain: u32,
    /// Style and outline level where the last of the words stood.
    stood: (Option<i32>, Option<i32>),
}

/// A field, and what it prints that is not among its words.
#[derive(Debug, Default)]
struct Field {
    code: String,
    ticked: Option<i32>,
    ticked_at_first: Option<i32>,
}

/// Notes, headers and the like, while they are read.
struct Aside {
    role: Option<Role>,
    now: Words,
    tables: Tables,
}

struct Reader {
    state: State,
    groups: Vec<State>,
    /// Groups beyond the limit of depth.
    deeper: usize,
    star: bool,
    /// Characters that stand for one given by number, for readers that know none.
    swallow: usize,
    high: Option<u16>,
    pending: Vec<u8>,
    fonts: Fonts,
    styles: BTreeMap<i32, (String, Option<i32>)>,
    info: Info,
    fields: Vec<Field>,
    asides: Vec<Aside>,
    now: Words,
    tables: Tables,
    number: u32,
    aside: Option<Role>,
    /// Whether the words before were deleted, inserted.
    last: (bool, bool),
    depth: usize,
    out: Pieces,
}

impl Reader {
    fn bytes(&mut self, bytes: &[u8]) {
        self.star = false;
        let passed = self.swallow.min(bytes.len());
        self.swallow -= passed;
        if self.state.goal != Goal::Skip {
            self.pending.extend_from_slice(&bytes[passed..]);
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let words = self.fonts.decode(self.state.font, &self.pending);
            self.pending.clear();
            self.say(&words);
        }
    }

    fn token(&mut self, token: Token<'_>) {
        let star = std::mem::take(&mut self.star);
        match token {
            Token::Word("u", _) | Token::Byte(_) | Token::Bytes(_) => {}
            // A control word that stands for a character counts as one; writers forget that no other does.
            Token::Word(name, _) if self.swallow > 0 && named(name).is_some() => {
                self.swallow -= 1;
                return;
            }
            _ => self.swallow = 0,
        }
        match token {
            Token::Open if self.groups.len() >= self.depth => self.deeper += 1,
            Token::Open => self.groups.push(self.state.inner()),
            Token::Close if self.deeper > 0 => self.deeper -= 1,
            Token::Close => self.close(),
            Token::Sign(b'*') => self.star = true,
            Token::Sign(b'~') => self.say("\u{a0}"),
            Token::Sign(b'_') => self.say("-"),
            Token::Sign(b'\r' | b'\n') => self.word("par", None, false),
            Token::Sign(sign @ (b'{' | b'}' | b'\\')) => self.say(char::from(sign).encode_utf8(&mut [0; 4])),
            Token::Sign(_) | Token::Byte(_) | Token::Bytes(_) => {}
            Token::Word(name, number) => self.word(name, number, star),
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>, star: bool) {
        if self.begins(name, star) || self.state.goal == Goal::Skip {
            return;
        }
        match self.state.goal {
            Goal::Fonts => return self.fonts.table(name, number),
            Goal::Styles => {
                match name {
                    "s" => self.state.style = number,
                    "cs" | "ds" | "ts" => self.state.style = None,
                    "outlinelevel" => self.state.outline = number,
                    "u" => self.unit(number),
                    _ => {}
                }
                return;
            }
            Goal::Info(_) if self.info.moment(name, number) => return,
            Goal::Code => match name {
                "ffres" => self.field(|field| field.ticked = number),
                "ffdefres" => self.field(|field| field.ticked_at_first = number),
                _ => {}
            },
            _ => {}
        }
        match name {
            "u" => self.unit(number),
            "par" | "sect" if self.state.goal == Goal::Text => self.end_paragraph(),
            "cell" | "nestcell" => {
                let depth = if name == "cell" { 1 } else { self.state.depth().max(2) };
                self.reach(depth);
                self.end_paragraph_at(depth);
                self.tables.end_cell();
            }
            "row" | "nestrow" => {
                self.reach(if name == "row" { 1 } else { self.state.depth().max(2) });
                self.tables.end_row();
            }
            "trowd" => self.tables.define(),
            "cellx" => self.tables.border(number.unwrap_or(0)),
            "tab" => self.say("\t"),
            "line" | "page" | "column" | "softline" => self.say("\n"),
            "chpgn" | "sectnum" => self.say(&PAGE_NUMBER.to_string()),
            "proptype" => {}
            _ => match named(name) {
                Some(words) => self.say(words),
                None => {
                    self.fonts.document(name, number);
                    self.state.format(name, number);
                }
            },
        }
    }

    /// Whether a control word begins a group that goes elsewhere than the body, or nowhere.
    fn begins(&mut self, name: &str, star: bool) -> bool {
        let text = self.state.goal == Goal::Text;
        match name {
            "fonttbl" => self.state.goal = Goal::Fonts,
            "stylesheet" => self.state.goal = Goal::Styles,
            "info" | "userprops" => self.state.goal = Goal::Info(""),
            "pict" => {
                self.out.pictures |= text;
                self.state.goal = Goal::Skip;
            }
            "header" | "headerl" | "headerr" | "headerf" if text => self.begin_aside(Role::Header),
            "footer" | "footerl" | "footerr" | "footerf" if text => self.begin_aside(Role::Footer),
            "footnote" if text => self.begin_aside(Role::Note),
            "annotation" if text => {
                self.out.builder.revisions().comments += 1;
                self.begin_aside(Role::Comment);
            }
            "shptxt" | "dptxbxtext" if !self.state.gone => {
                // A text box lies in a drawing, of which nothing else is read.
                self.state.goal = Goal::Text;
                self.begin_aside(Role::Paragraph);
            }
            "listtext" | "pntext" if text => {
                self.state.goal = Goal::Item;
                self.now.item = Some(String::new());
            }
            "field" if text => {
                self.fields.push(Field::default());
                self.state.close = Close::Field;
            }
            "fldinst" if text => self.state.goal = Goal::Code,
            "nesttableprops" => self.tables.define_nested(),
            "formfield" | "mmath" | "moMath" | "mr" => {}
            "ffname" | "ffdeftext" | "ffformat" | "ffhelptext" | "ffstattext" | "ffl" => self.state.goal = Goal::Skip,
            "fldrslt" => {
                // A page number is no text; nor is what a form shows before it is filled by a tick.
                if self.fields.last().is_some_and(|field| is_page_number(&field.code)) {
                    self.state.goal = Goal::Skip;
                }
            }
            "upr" => (self.state.before, self.state.goal) = (Some(self.state.goal), Goal::Skip),
            "ud" if star => self.state.goal = self.state.before.unwrap_or(self.state.goal),
            // The same once more, for readers that know no better.
            "nonesttables" | "nonshppict" | "shprslt" => (self.state.gone, self.state.goal) = (true, Goal::Skip),
            "colortbl" | "xe" | "tc" | "objdata" | "private" | "rxe" | "filetbl" | "falt" | "panose" | "fname"
            | "revtbl" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "template"
            | "listtable" | "listoverridetable" => self.state.goal = Goal::Skip,
            "shp" | "do" | "shpinst" | "shpgrp" => self.state.goal = Goal::Skip,
            _ => match (self.state.goal, state::property(name)) {
                (Goal::Info(_), Some(property)) => {
                    self.state.goal = Goal::Info(property);
                    self.info.begin(property);
                }
                _ if star => self.state.goal = Goal::Skip,
                _ => return false,
            },
        }
        true
    }

    fn field(&mut self, change: impl FnOnce(&mut Field)) {
        if let Some(field) = self.fields.last_mut() {
            change(field);
        }
    }

    /// Ends a group, and the paragraph that ends with the last of them.
    fn close(&mut self) {
        if self.groups.len() == 1 && self.asides.is_empty() {
            self.end_paragraph();
        }
        if self.state.close == Close::Aside {
            self.end_aside();
        }
        let Some(outer) = self.groups.pop() else { return };
        match std::mem::replace(&mut self.state, outer).close {
            Close::Nothing | Close::Aside => {}
            Close::Field => {
                let Some(field) = self.fields.pop() else { return };
                let mut code = field.code.split_whitespace();
                let ticked = field.ticked.filter(|now| *now != 25).or(field.ticked_at_first);
                match code.next().unwrap_or("") {
                    "FORMCHECKBOX" => self.say(if ticked.unwrap_or(0) == 1 { "☒" } else { "☐" }),
                    "SYMBOL" => {
                        let code = code.next().and_then(|number| number.parse::<u32>().ok()).unwrap_or(0);
                        self.say(symbol(&format!("{code:X}")));
                    }
                    _ if is_page_number(&field.code) => self.say(&PAGE_NUMBER.to_string()),
                    _ => {}
                }
            }
        }
    }

    /// A character given by number; those after it that stand in for it are passed over.
    fn unit(&mut self, number: Option<i32>) {
        self.swallow = self.state.after;
        let unit = number.unwrap_or(0) as u16;
        match unit {
            0xd800..0xdc00 => self.high = Some(unit),
            0xf000..=0xf0ff => self.say(symbol(&format!("{unit:04X}"))),
            _ => {
                let units = self.high.take().into_iter().chain([unit]);
                let words: String = char::decode_utf16(units).filter_map(Result::ok).collect();
                self.say(&words);
            }
        }
    }

    fn say(&mut self, words: &str) {
        match self.state.goal {
            Goal::Skip | Goal::Fonts => {}
            Goal::Code => self.field(|field| {
                if field.code.len() < LONGEST {
                    field.code.push_str(words);
                }
            }),
            Goal::Item => {
                let item = self.now.item.get_or_insert_default();
                if item.len() < LONGEST {
                    item.push_str(words);
                }
            }
            Goal::Info("") => {}
            Goal::Info(_) => self.info.say(words),
            Goal::Styles => {
                let (Some(number), true) = (self.state.style, self.styles.len() < STYLES) else { return };
                let style = self.styles.entry(number).or_default();
                if style.0.len() < LONGEST {
                    style.0.push_str(words);
                }
                style.1 = self.state.outline;
            }
            Goal::Text => {
                let state = &self.state;
                self.now.stood = (state.style, state.outline);
                let revisions = self.out.builder.revisions();
                revisions.deletions += u32::from(state.deleted && !self.last.0);
                revisions.insertions += u32::from(state.inserted && !self.last.1);
                self.last = (state.deleted, state.inserted);
                if state.deleted {
                    self.now.deleted.push_str(words);
                } else if state.hidden {
                    self.now.hidden.push_str(words);
                } else {
                    let count = if state.bold { &mut self.now.bold } else { &mut self.now.plain };
                    *count += u32::from(!words.trim().is_empty());
                    self.now.words.push_str(words);
                }
            }
        }
    }

    fn begin_aside(&mut self, role: Role) {
        // Asides nest no deeper than groups do.
        let (now, tables) = (std::mem::take(&mut self.now), std::mem::take(&mut self.tables));
        self.asides.push(Aside { role: self.aside, now, tables });
        let keep = self.aside.is_some_and(|outer| outer != Role::Paragraph);
        self.aside = if keep { self.aside } else { Some(role) };
        self.state = self.state.aside();
    }

    /// The last paragraph of an aside may end with it, and what it was is said in a group that has ended.
    fn end_aside(&mut self) {
        (self.state.style, self.state.outline) = self.now.stood;
        self.end_paragraph_at(self.tables.depth());
        self.reach(0);
        if let Some(aside) = self.asides.pop() {
            (self.aside, self.now, self.tables) = (aside.role, aside.now, aside.tables);
        }
    }

    fn reach(&mut self, depth: usize) {
        self.out.fixed = self.aside.filter(|role| *role != Role::Paragraph);
        self.tables.reach(depth, &mut self.out);
        self.out.fixed = None;
    }

    fn end_paragraph(&mut self) {
        self.end_paragraph_at(self.state.depth());
    }

    fn end_paragraph_at(&mut self, depth: usize) {
        let now = std::mem::take(&mut self.now);
        self.reach(depth);
        let place = Place::at_paragraph(self.number);
        self.number += u32::from(self.aside.is_none());
        self.out.apart(Role::Deletion, place.clone(), &now.deleted);
        self.out.apart(Role::Hidden, place.clone(), &now.hidden);
        let item = now.item.as_deref().map(str::trim);
        let number = item.filter(|item| item.len() > 1 || item.chars().any(|c| c.is_ascii_digit()));
        let number = number.filter(|item| item.chars().any(char::is_alphanumeric));
        // A cell of nothing but a number is one of a numbered table.
        if now.words.trim().is_empty() && (number.is_none() || self.tables.depth() == 0) {
            return;
        }
        let mut role = self.role();
        if role == Role::Paragraph && (item.is_some() || self.state.list) {
            role = Role::ListItem;
        }
        let words = number.map(|number| format!("{number} ")).unwrap_or_default() + &now.words;
        if self.tables.depth() > 0 {
            return self.tables.paragraph(role, place, words);
        }
        self.out.fixed = self.aside.filter(|role| *role != Role::Paragraph);
        self.out.paragraph(role, place, words);
        self.out.fixed = None;
        if role == Role::Paragraph && now.bold > 0 && now.plain == 0 && self.aside.is_none() {
            self.out.mark_line(true, 0);
        }
    }

    /// What the paragraph is, by its outline level or its style.
    fn role(&self) -> Role {
        let level =
            |outline: Option<i32>| outline.and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 9);
        let style = self.state.style.and_then(|style| self.styles.get(&style));
        let name = style.map(|(name, _)| name.trim_end_matches(';').trim().to_lowercase()).unwrap_or_default();
        let named = named_role(&name);
        if matches!(named, Some(Role::Title)) {
            return Role::Title;
        }
        if let Some(level) = level(self.state.outline) {
            return Role::Heading((level + 1).min(6));
        }
        let of_style = || level(style.and_then(|(_, outline)| *outline));
        named.or_else(|| of_style().map(|level| Role::Heading((level + 1).min(6)))).unwrap_or(Role::Paragraph)
    }
}

/// Characters that have a control word of their own.
fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "emdash" => "—",
        "endash" => "–",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
