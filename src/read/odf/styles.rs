//! Styles of OpenDocument files, as far as they say what a paragraph is, what is hidden, and how lists are numbered.

use std::collections::BTreeMap;

use super::lists::Level;
use crate::read::xml::{Node, Xml};
use crate::read::{Limits, Unread};
use crate::text::Role;

/// One style.
#[derive(Debug, Default)]
pub(super) struct Style {
    parent: Option<String>,
    shown_as: Option<String>,
    outline: Option<u32>,
    /// The list style that its paragraphs use.
    list: Option<String>,
    hidden: bool,
}

/// All styles of a file, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<(String, String), Style>,
    /// List styles by name; the numbering of headings has the empty name.
    pub(super) lists: BTreeMap<String, Vec<Level>>,
}

/// Styles inherit at most so many times.
const INHERIT: usize = 20;

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn read(&mut self, source: &str, limits: &Limits) -> Result<(), Unread> {
        let mut xml = Xml::new(source, limits);
        let mut style = (String::new(), String::new());
        let mut list: Option<String> = None;
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "body" | "master-styles" => xml.skip()?,
                    "style" if tag.prefix() == "style" => {
                        style = (tag.get("family").unwrap_or_default(), tag.get("name").unwrap_or_default());
                        let outline = tag.number("default-outline-level");
                        let read = Style {
                            parent: tag.get("parent-style-name"),
                            shown_as: tag.get("display-name"),
                            outline,
                            list: tag.get("list-style-name"),
                            hidden: false,
                        };
                        self.styles.insert(style.clone(), read);
                    }
                    "text-properties" | "table-properties" | "drawing-page-properties" => {
                        let off = |name: &str, value: &str| tag.get(name).is_some_and(|is| is == value);
                        let hidden = off("display", "none") || off("display", "false") || off("visibility", "hidden");
                        if let Some(style) = self.styles.get_mut(&style).filter(|_| list.is_none()) {
                            style.hidden |= hidden;
                        }
                    }
                    "list-style" => {
                        let name = tag.get("name").unwrap_or_default();
                        self.lists.insert(name.clone(), Vec::new());
                        list = Some(name);
                    }
                    "outline-style" => {
                        self.lists.insert(String::new(), Vec::new());
                        list = Some(String::new());
                    }
                    "list-level-style-number"
                    | "outline-level-style"
                    | "list-level-style-bullet"
                    | "list-level-style-image" => {
                        let levels = list.as_ref().and_then(|list| self.lists.get_mut(list));
                        if let (Some(levels), Some(at)) = (levels, tag.number("level")) {
                            let at = at.clamp(1, 10) as usize;
                            levels.resize_with(levels.len().max(at), Level::default);
                            levels[at - 1] = Level::read(&tag);
                        }
                    }
                    "automatic-styles" | "styles" => list = None,
                    _ => {}
                },
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn chain<'a>(&'a self, family: &str, name: &str) -> impl Iterator<Item = (String, &'a Style)> {
        let mut next = Some(name.to_string());
        let family = family.to_string();
        std::iter::from_fn(move || {
            let name = next.take()?;
            let style = self.styles.get(&(family.clone(), name.clone()))?;
            next = style.parent.clone();
            Some((style.shown_as.clone().unwrap_or_else(|| name.replace("_20_", " ")), style))
        })
        .take(INHERIT)
    }

    /// Whether a style hides what it is put on.
    pub(super) fn hides(&self, family: &str, name: &str) -> bool {
        self.chain(family, name).any(|(_, style)| style.hidden)
    }

    /// The list style of a paragraph style.
    pub(super) fn list_of(&self, name: &str) -> Option<&str> {
        self.chain("paragraph", name).find_map(|(_, style)| style.list.as_deref())
    }

    /// What a paragraph style makes of a paragraph.
    pub(super) fn role(&self, name: &str) -> Role {
        for (shown, style) in self.chain("paragraph", name) {
            let shown = shown.to_lowercase();
            if shown == "title" {
                return Role::Title;
            }
            let named = shown.strip_prefix("heading ").and_then(|level| level.trim().parse::<u8>().ok());
            let level = named.or(style.outline.map(|level| level.min(9) as u8)).filter(|level| *level > 0);
            if let Some(level) = level {
                return Role::Heading(level.min(6));
            }
        }
        Role::Paragraph
    }
}
