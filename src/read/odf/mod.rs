//! OpenDocument text, presentations and spreadsheets.

mod body;
mod lists;
mod sheets;
mod styles;

use self::body::Body;
use self::styles::Styles;
use super::ooxml::Package;
use super::pieces::Pieces;
use super::xml::{Node, Xml};
use super::{Format, Limits, Unread};
use crate::text::{Metadata, Text};

pub(super) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Text, Unread> {
    let mut package = Package::open(bytes, limits)?;
    let mut pieces = Pieces::new(limits);
    if let Some(meta) = package.part("meta.xml")? {
        // Damaged properties lose themselves, not the document.
        let _ = properties(&meta, limits, pieces.builder.metadata());
    }
    let content = package.part("content.xml")?;
    let content = content.ok_or_else(|| Unread::Unreadable("its main part is missing".to_string()))?;
    let common = package.part("styles.xml")?.unwrap_or_default();
    let mut styles = Styles::default();
    styles.read(&common, limits)?;
    styles.read(&content, limits)?;
    if format == Format::Ods {
        sheets::read(&content, &styles, limits, &mut pieces)?;
    } else {
        let mut body = Body::new(&styles, format, limits, pieces);
        body.part(&content)?;
        if format == Format::Odt {
            body.part(&common)?;
        }
        pieces = body.finish();
    }
    pieces.finish()
}

/// Fills in what `meta.xml` says: title, author, dates, and the user's own properties by their names.
fn properties(source: &str, limits: &Limits, metadata: &mut Metadata) -> Result<(), Unread> {
    let mut xml = Xml::new(source, limits);
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let name = tag.name().to_string();
                let field = match name.as_str() {
                    "document-meta" | "meta" => continue,
                    "user-defined" => tag.get("name").unwrap_or_default(),
                    _ => name.clone(),
                };
                let words = xml.words()?.trim().to_string();
                match name.as_str() {
                    _ if words.is_empty() || field.is_empty() => {}
                    "title" => metadata.title = Some(words),
                    "initial-creator" => metadata.author = Some(words),
                    "creator" => {
                        metadata.author.get_or_insert_with(|| words.clone());
                        metadata.properties.push(("lastModifiedBy".to_string(), words));
                    }
                    "creation-date" => metadata.created = Some(words),
                    "date" => metadata.modified = Some(words),
                    "user-defined" | "subject" | "keyword" | "description" | "generator" => {
                        metadata.properties.push((field, words));
                    }
                    _ => {}
                }
            }
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
