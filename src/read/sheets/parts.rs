//! What stands round the cells of an .xlsx workbook: names and links of its sheets, comments, drawings, headers and footers.

use crate::read::ooxml::{Link, Package, target};
use crate::read::pieces::Pieces;
use crate::read::xml::{Node, Xml};
use crate::read::{Limits, Unread, drawing};
use crate::text::{Place, Role};

/// A sheet of a workbook.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// The name of its part; empty where the format has none.
    pub(super) part: String,
}

/// A sheet of more bytes is not searched for its header and footer.
const SEARCHED: u64 = 8 << 20;

/// The sheets in the order of their tabs.
pub(super) fn sheets(source: &str, links: &[Link], limits: &Limits) -> Result<Vec<Sheet>, Unread> {
    let mut xml = Xml::new(source, limits);
    let mut sheets = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "sheet" => {
                let part = tag.relation("id").and_then(|id| target(links, &id).map(str::to_string));
                sheets.push(Sheet {
                    name: tag.get("name").unwrap_or_default(),
                    hidden: tag.get("state").is_some_and(|state| state != "visible"),
                    part: part.unwrap_or_default(),
                });
            }
            Node::End => return Ok(sheets),
            _ => {}
        }
    }
}

/// Adds what stands round the cells of a sheet whose part has `size` bytes.
pub(super) fn round(
    package: &mut Package<'_>,
    sheet: &Sheet,
    size: u64,
    limits: &Limits,
    pieces: &mut Pieces,
) -> Result<(), Unread> {
    if sheet.part.is_empty() {
        return Ok(());
    }
    let links = package.links(&sheet.part)?;
    let threaded = links.iter().any(|link| link.kind == "threadedComment");
    let place = || Place { sheet: Some(sheet.name.clone()), ..Place::default() };
    for link in &links {
        match link.kind.as_str() {
            "comments" | "threadedComment" => {
                let Some(source) = package.part(&link.target)? else { continue };
                for (cell, words) in comments(&source, limits)? {
                    // Excel repeats a conversation in a note for its former versions.
                    if threaded && words.trim_start().starts_with("[Threaded comment]") {
                        continue;
                    }
                    pieces.builder.revisions().comments += 1;
                    pieces.apart(Role::Comment, Place { cell, ..place() }, &words);
                }
            }
            "drawing" => {
                let Some(source) = package.part(&link.target)? else { continue };
                let mut lines = drawing::paragraphs(&source, limits)?;
                for chart in package.links(&link.target)?.iter().filter(|link| link.kind == "chart") {
                    if let Some(source) = package.part(&chart.target)? {
                        lines.extend(drawing::chart(&source, limits)?);
                    }
                }
                for words in lines {
                    let role = if sheet.hidden { Role::Hidden } else { Role::Paragraph };
                    pieces.paragraph(role, place(), words);
                }
            }
            _ => {}
        }
    }
    if !sheet.hidden && size <= SEARCHED {
        let Some(source) = package.part(&sheet.part)? else { return Ok(()) };
        for (role, words) in edges(&source, limits) {
            pieces.paragraph(role, place(), words);
        }
    }
    Ok(())
}

/// Cells and words of comments, of the old form and the new.
fn comments(source: &str, limits: &Limits) -> Result<Vec<(Option<String>, String)>, Unread> {
    let mut xml = Xml::new(source, limits);
    let mut comments = Vec::new();
    let mut cell = None;
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "comment" | "threadedComment" => cell = tag.get("ref"),
                "text" => comments.push((cell.clone(), xml.words()?)),
                _ => {}
            },
            Node::End => return Ok(comments),
            _ => {}
        }
    }
}

/// The header and footer of a sheet's pages. They stand at the end of the part.
fn edges(source: &str, limits: &Limits) -> Vec<(Role, String)> {
    let mut found = Vec::new();
    let Some(start) = source.rfind("<headerFooter") else { return found };
    let mut xml = Xml::new(source.get(start..).unwrap_or(""), limits);
    loop {
        match xml.next() {
            Ok(Node::Open(tag)) => {
                let role = match tag.name() {
                    "oddHeader" | "evenHeader" | "firstHeader" => Role::Header,
                    "oddFooter" | "evenFooter" | "firstFooter" => Role::Footer,
                    "headerFooter" => continue,
                    _ => return found,
                };
                let Ok(words) = xml.words() else { return found };
                found.extend(edge_words(&words).into_iter().map(|words| (role, words)));
            }
            Ok(Node::Words(_)) => {}
            _ => return found,
        }
    }
}

/// The left, middle and right words of a header or footer such as `&L&"Arial,Bold"&8Version 2&RPage &P of &N`.
fn edge_words(source: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = source.chars().peekable();
    let say = |parts: &mut Vec<String>, c: char| parts.last_mut().into_iter().for_each(|part| part.push(c));
    while let Some(c) = chars.next() {
        if c != '&' {
            say(&mut parts, c);
            continue;
        }
        match chars.next() {
            Some('&') => say(&mut parts, '&'),
            Some('L' | 'C' | 'R') => parts.push(String::new()),
            Some('P' | 'N') => say(&mut parts, crate::read::pieces::PAGE_NUMBER),
            Some('"') => while chars.next().is_some_and(|c| c != '"') {},
            Some(digit) if digit.is_ascii_digit() => while chars.next_if(char::is_ascii_digit).is_some() {},
            Some('K') => {
                // A colour: six hexadecimal digits, or a number of the theme with a shade such as 01+000.
                for _ in 0..6 {
                    chars.next_if(|c| c.is_ascii_hexdigit() || matches!(c, '+' | '-'));
                }
            }
            // Date, time, file, path, sheet, picture and fonts: what they print is not in the file.
            _ => {}
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_headers_are_no_words() {
        let words = edge_words("&L&\"Arial,Bold\"&8Version 2.1&CR&&D plan&R&K01+000Draft");
        assert_eq!(words, ["Version 2.1", "R&D plan", "Draft"]);
        assert_eq!(edge_words("&D &F"), Vec::<String>::new());
        assert_eq!(edge_words("&\"open"), Vec::<String>::new());
    }
}
