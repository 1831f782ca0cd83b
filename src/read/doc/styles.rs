//! The styles of a document: which are headings, and what list a style belongs to.

use super::looks::{Look, Paragraph};
use crate::read::binary::{part, u8_at, u16_at, wide};
use crate::read::docx::named_role;
use crate::text::Role;

/// Styles of a document that are read at most; Word makes no more.
const STYLES: usize = 4_096;
/// Styles upon styles; a style that is based on itself ends here.
const BASED: usize = 12;
const NO_STYLE: u16 = 0xfff;

#[derive(Debug, Clone, Default)]
struct Style {
    role: Option<Role>,
    base: u16,
    look: Look,
    paragraph: Paragraph,
}

/// All styles, by number.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Style>);

impl Styles {
    pub(super) fn read(sheet: &[u8]) -> Self {
        let head = usize::from(u16_at(sheet, 0).unwrap_or(0));
        let count = usize::from(u16_at(sheet, 2).unwrap_or(0)).min(STYLES);
        let fixed = usize::from(u16_at(sheet, 4).unwrap_or(10));
        let mut at = 2 + head;
        let mut styles = Vec::new();
        for _ in 0..count {
            let Some(length) = u16_at(sheet, at).map(usize::from) else { break };
            styles.push(style(part(sheet, at + 2, length), fixed).unwrap_or_default());
            at += 2 + length;
        }
        Styles(styles)
    }

    /// A style and those that it is based on.
    fn line(&self, number: u16) -> impl Iterator<Item = &Style> {
        let mut next = number;
        (0..BASED).map_while(move |_| {
            let style = self.0.get(usize::from(next)).filter(|_| next != NO_STYLE)?;
            next = style.base;
            Some(style)
        })
    }

    /// What its characters look like.
    pub(super) fn look(&self, number: u16) -> Option<Look> {
        let mut looks = self.line(number).map(|style| style.look);
        let first = looks.next()?;
        Some(looks.fold(first, |look, base| Look {
            bold: look.bold.or(base.bold),
            hidden: look.hidden.or(base.hidden),
            ..look
        }))
    }

    /// What a paragraph of this style is.
    pub(super) fn role(&self, number: u16) -> Role {
        for style in self.line(number) {
            // Level 9 of the outline is Word's way to say body text.
            let outline = style.paragraph.outline.map(|level| match level {
                0..9 => Role::Heading((level + 1).min(6)),
                _ => Role::Paragraph,
            });
            if let Some(role) = style.role.or(outline) {
                return role;
            }
        }
        Role::Paragraph
    }

    /// The list and the level that paragraphs of this style stand in.
    pub(super) fn list(&self, number: u16) -> (Option<u16>, Option<u8>) {
        let list = self.line(number).find_map(|style| style.paragraph.list);
        (list, self.line(number).find_map(|style| style.paragraph.level))
    }
}

fn style(raw: &[u8], fixed: usize) -> Option<Style> {
    let known = u16_at(raw, 0)? & 0xfff;
    let kind_and_base = u16_at(raw, 2)?;
    let parts = usize::from(u16_at(raw, 4)? & 0xf);
    let length = usize::from(u16_at(raw, fixed)?);
    let name = wide(part(raw, fixed + 2, length * 2)).to_lowercase();
    let mut style = Style { base: kind_and_base >> 4, ..Style::default() };
    style.role = match known {
        1..=9 => Some(Role::Heading((known as u8).min(6))),
        62 => Some(Role::Title),
        // Styles that people and other programs made go by their names.
        _ => named_role(name.trim()),
    };
    let of_paragraphs = kind_and_base & 0xf == 1;
    let mut at = fixed + 2 + length * 2 + 2;
    for index in 0..parts.min(2) {
        // Each part begins at an even place.
        at += at % 2;
        let size = usize::from(u16_at(raw, at)?);
        let changes = part(raw, at + 2, size);
        if index == 0 && of_paragraphs {
            style.paragraph.change(changes.get(2..).unwrap_or_default());
        } else {
            style.look = Look::of(changes);
        }
        at += 2 + size;
    }
    // A style that no byte names is as good as none.
    (u8_at(raw, 0).is_some()).then_some(style)
}
