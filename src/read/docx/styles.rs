//! Styles of Word: what makes a paragraph a title or heading, what hides words, which list a style belongs to.

use std::collections::BTreeMap;

use crate::read::xml::{Node, Xml};
use crate::read::{Limits, Unread};
use crate::text::Role;

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u32>,
    list: Option<u32>,
    level: Option<u32>,
    hidden: Option<bool>,
    bold: Option<bool>,
    /// Size of letters in half points.
    size: Option<u32>,
}

/// The styles by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

/// Styles inherit at most so many times.
const INHERIT: usize = 20;

/// What programs that translate the names of built-in styles call a heading; English is tried first.
const HEADINGS: [&str; 12] = [
    "heading",
    "überschrift",
    "titre",
    "título",
    "titolo",
    "kop",
    "rubrik",
    "overskrift",
    "otsikko",
    "nagłówek",
    "nadpis",
    "pennawd",
];

const TITLES: [&str; 7] = ["title", "titel", "teitl", "titre", "título", "titolo", "tittel"];

/// What a style is by its name, in lower case; nothing for names that say nothing.
pub(in crate::read) fn named_role(name: &str) -> Option<Role> {
    if is_title(name) {
        return Some(Role::Title);
    }
    if matches!(name, "toc heading" | "contents heading") {
        return Some(Role::Heading(1));
    }
    let level = HEADINGS.iter().find_map(|heading| name.strip_prefix(heading)?.trim().parse::<u8>().ok())?;
    Some(if level == 0 { Role::Paragraph } else { Role::Heading(level.min(6)) })
}

/// Whether a style of that name is for the title: Word's own, or an organisation's such as `Frontpage_Title`.
fn is_title(name: &str) -> bool {
    const FIRST: [&str; 9] = ["front", "cover", "document", "doc", "report", "policy", "paper", "main", "frontpage"];
    let words: Vec<&str> = name.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    TITLES.contains(&name) || words.last() == Some(&"title") && words.first().is_some_and(|first| FIRST.contains(first))
}

impl Styles {
    pub(super) fn read(source: &str, limits: &Limits) -> Result<Self, Unread> {
        let mut xml = Xml::new(source, limits);
        let mut styles = Styles::default();
        let mut id = String::new();
        loop {
            match xml.next()? {
                Node::Open(tag) => {
                    if matches!(tag.name(), "docDefaults" | "latentStyles" | "tblStylePr")
                        || tag.name().ends_with("Change")
                    {
                        xml.skip()?;
                        continue;
                    }
                    if tag.name() == "style" {
                        id = tag.get("styleId").unwrap_or_default();
                        styles.styles.insert(id.clone(), Style::default());
                        let usual = tag.get("default").is_some_and(|is| matches!(is.as_str(), "1" | "true" | "on"));
                        if usual && tag.get("type").as_deref() == Some("paragraph") {
                            styles.usual = Some(id.clone());
                        }
                        continue;
                    }
                    let Some(style) = styles.styles.get_mut(&id) else { continue };
                    match tag.name() {
                        "name" => style.name = tag.get("val").unwrap_or_default().trim().to_lowercase(),
                        "basedOn" => style.based_on = tag.get("val"),
                        "outlineLvl" => style.outline = tag.number("val"),
                        "numId" => style.list = tag.number("val"),
                        "ilvl" => style.level = tag.number("val"),
                        "vanish" => style.hidden = Some(tag.is_on()),
                        "sz" => style.size = tag.number("val"),
                        "b" => style.bold = Some(tag.is_on()),
                        _ => {}
                    }
                }
                Node::End => return Ok(styles),
                _ => {}
            }
        }
    }

    /// A style and those it is based on; a style that the file does not have is the usual one, as in Word.
    fn chain<'a>(&'a self, id: Option<&str>) -> impl Iterator<Item = (&'a str, &'a Style)> + use<'a> {
        let known = id.and_then(|id| self.styles.get_key_value(id)).map(|(id, _)| id.as_str());
        let mut next = known.or(self.usual.as_deref());
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.styles.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
        .take(INHERIT)
    }

    /// What a style makes of a paragraph.
    pub(super) fn role(&self, id: Option<&str>) -> Role {
        for (_, style) in self.chain(id) {
            if let Some(role) = named_role(&style.name) {
                return role;
            }
            // Level 9 of the outline is Word's way to say body text.
            let outline = style.outline.map(|level| if level < 9 { level as u8 + 1 } else { 0 });
            match outline {
                Some(0) => return Role::Paragraph,
                Some(level) => return Role::Heading(level.min(6)),
                None => {}
            }
        }
        Role::Paragraph
    }

    /// The list and level of a style, with the style that names the list: the list may say which level is whose.
    pub(super) fn list<'a>(&'a self, id: Option<&str>) -> Option<(u32, Option<u32>, &'a str)> {
        let mut level = None;
        for (id, style) in self.chain(id) {
            level = level.or(style.level);
            if let Some(list) = style.list {
                return Some((list, level, id));
            }
        }
        None
    }

    /// Whether a style hides its words.
    pub(super) fn hides(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// Whether a style is bold.
    pub(super) fn is_bold(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.bold).unwrap_or(false)
    }

    /// The size of letters of a style in half points; 22 where none is given, as in Word.
    pub(super) fn size(&self, id: Option<&str>) -> u32 {
        self.chain(id).find_map(|(_, style)| style.size).unwrap_or(22)
    }
}
