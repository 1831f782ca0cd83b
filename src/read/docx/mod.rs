//! Word documents. The main part is found by its link; headers come before the body, footers and notes after it, and what
//! is no evidence (comments, deleted and hidden words, alt text) at the end.

mod body;
pub(super) mod fields;
mod numbering;
mod styles;

use std::collections::BTreeSet;

use self::body::Body;
pub(super) use self::body::symbol;
use self::numbering::Numbering;
use self::styles::Styles;
pub(super) use self::styles::named_role;
use super::ooxml::{Package, target};
use super::xml::{Node, Xml};
use super::{Limits, Unread, drawing};
use crate::text::{Place, Role, Text};

/// Charts and diagrams that are looked up at most.
const LINKED: usize = 1_000;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let mut package = Package::open(bytes, limits)?;
    let (main, source) = package.main("word/document.xml")?;
    let links = package.links(&main)?;
    let mut part = |kind: &str| -> Result<Option<String>, Unread> {
        match links.iter().find(|link| link.kind == kind) {
            Some(link) => package.part(&link.target),
            None => Ok(None),
        }
    };
    let styles = Styles::read(&part("styles")?.unwrap_or_default(), limits)?;
    let numbering = Numbering::read(&part("numbering")?.unwrap_or_default(), limits)?;
    let even_pages = part("settings")?.is_some_and(|settings| says(&settings, "evenAndOddHeaders", limits));
    let notes = [part("footnotes")?, part("endnotes")?];
    let comments = part("comments")?;
    let resolved = part("commentsExtended")?.map_or(0, |source| resolved(&source, limits));

    let mut body = Body::new(&styles, numbering, limits, even_pages);
    package.properties(body.pieces.builder.metadata())?;
    body.part(&source, None)?;
    for link in std::mem::take(&mut body.drawings).into_iter().take(LINKED) {
        let Some(link) = links.iter().find(|other| other.id == link) else { continue };
        let Some(source) = package.part(&link.target)? else { continue };
        let read = if link.kind == "chart" { drawing::chart } else { drawing::paragraphs };
        for words in read(&source, limits)? {
            body.pieces.paragraph(Role::Paragraph, Place::default(), words);
        }
    }
    let edges = std::mem::take(&mut body.edges);
    for (role, link) in edges {
        if let Some(name) = target(&links, &link)
            && let Some(source) = package.part(name)?
        {
            body.part(&source, Some(role))?;
        }
    }
    for source in notes.into_iter().flatten() {
        body.part(&source, Some(Role::Note))?;
    }
    if let Some(source) = comments {
        body.part(&source, Some(Role::Comment))?;
    }
    let revisions = body.pieces.builder.revisions();
    revisions.comments = revisions.comments.saturating_sub(resolved);
    body.pieces.finish()
}

/// How many comments are marked as resolved, answers to them included (`w15:commentEx` of [MS-DOCX] 2.5.4).
fn resolved(source: &str, limits: &Limits) -> u32 {
    let mut xml = Xml::new(source, limits);
    let (mut done, mut number) = (BTreeSet::new(), 0);
    loop {
        match xml.next() {
            Ok(Node::Open(tag)) if tag.name() == "commentEx" => {
                let is_done = tag.get("done").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
                // What is answered comes before its answers.
                let answered = tag.get("paraIdParent").is_some_and(|parent| done.contains(&parent));
                if is_done || answered {
                    number += 1;
                    done.extend(tag.get("paraId"));
                }
            }
            Ok(Node::End) | Err(_) => return number,
            Ok(_) => {}
        }
    }
}

/// Whether a switch is on in the settings.
fn says(source: &str, name: &str, limits: &Limits) -> bool {
    let mut xml = Xml::new(source, limits);
    loop {
        match xml.next() {
            Ok(Node::Open(tag)) if tag.name() == name => return tag.is_on(),
            Ok(Node::End) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
