//! Word documents: headings by style, tables, headers and footers, notes. Deleted and hidden words are not text.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ooxml::Package;
use super::{Limits, Unread};
use crate::text::{Place, Role, Text, TextBuilder};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let mut package = Package::open(bytes, limits)?;
    let mut builder = Text::builder();
    package.properties(builder.metadata())?;
    let styles = match package.part("word/styles.xml")? {
        Some(styles) => style_roles(&styles)?,
        None => BTreeMap::new(),
    };
    let mut walk = Walk { styles: &styles, builder, paragraph: 0, tables: 0, limits };
    let parts = package.names("word/");
    let some = |start: &str| parts.iter().filter(|name| name.starts_with(start)).cloned().collect::<Vec<_>>();
    let mut order: Vec<(String, Option<Role>)> =
        some("word/header").into_iter().map(|name| (name, Some(Role::Header))).collect();
    order.push(("word/document.xml".to_string(), None));
    order.extend(some("word/footer").into_iter().map(|name| (name, Some(Role::Footer))));
    order.extend(some("word/footnotes").into_iter().chain(some("word/endnotes")).map(|name| (name, Some(Role::Note))));
    order.extend(some("word/comments.xml").into_iter().map(|name| (name, Some(Role::Comment))));
    for (name, role) in order {
        match package.part(&name)? {
            Some(part) => walk.part(&part, role)?,
            None if role.is_none() => return Err(Unread::Unreadable("its main part is missing".to_string())),
            None => {}
        }
    }
    Ok(walk.builder.finish())
}

fn damaged(error: impl std::fmt::Display) -> Unread {
    Unread::Unreadable(format!("its text is damaged ({error})"))
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_string()
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}

/// What each paragraph style makes of a paragraph: title or heading.
fn style_roles(xml: &str) -> Result<BTreeMap<String, Role>, Unread> {
    let mut reader = Reader::from_str(xml);
    let mut roles = BTreeMap::new();
    let mut style = String::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) | Event::Empty(start) => match local(&start).as_str() {
                "style" => style = attribute(&start, "styleId").unwrap_or_default(),
                "name" => {
                    let name = attribute(&start, "val").unwrap_or_default().to_lowercase();
                    if name == "title" {
                        roles.insert(style.clone(), Role::Title);
                    } else if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok())
                    {
                        roles.insert(style.clone(), Role::Heading(level.clamp(1, 6)));
                    }
                }
                "outlineLvl" => {
                    let level = attribute(&start, "val").and_then(|level| level.parse::<u8>().ok());
                    if let Some(level) = level.filter(|level| *level < 6) {
                        roles.entry(style.clone()).or_insert(Role::Heading(level + 1));
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(roles),
            _ => {}
        }
    }
}

struct Walk<'a> {
    styles: &'a BTreeMap<String, Role>,
    builder: TextBuilder,
    paragraph: u32,
    tables: u32,
    limits: &'a Limits,
}

/// A table being read: its number, the row and the column, and the words of the cell so far.
struct Table {
    number: u32,
    row: u32,
    column: u32,
    cell: String,
    at: u32,
}

impl Walk<'_> {
    fn part(&mut self, xml: &str, fixed: Option<Role>) -> Result<(), Unread> {
        let mut reader = Reader::from_str(xml);
        let mut tables: Vec<Table> = Vec::new();
        let (mut words, mut role, mut vanish) = (String::new(), Role::Paragraph, false);
        let (mut depth, mut skip, mut in_text) = (0usize, None::<usize>, false);
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(start) => {
                    depth += 1;
                    if depth > self.limits.depth {
                        return Err(Unread::Unreadable(format!(
                            "its parts are nested more than {} deep",
                            self.limits.depth
                        )));
                    }
                    match local(&start).as_str() {
                        "del" | "moveFrom" if skip.is_none() => {
                            self.builder.revisions().deletions += 1;
                            skip = Some(depth);
                        }
                        "Fallback" | "instrText" | "delText" if skip.is_none() => skip = Some(depth),
                        "ins" => self.builder.revisions().insertions += 1,
                        "p" if skip.is_none() => role = Role::Paragraph,
                        "r" => vanish = false,
                        "t" => in_text = true,
                        "tbl" => {
                            tables.push(Table { number: self.tables, row: 0, column: 0, cell: String::new(), at: 0 });
                            self.tables += 1;
                        }
                        _ => {}
                    }
                }
                Event::Empty(start) => match local(&start).as_str() {
                    "pStyle" => {
                        let style = attribute(&start, "val").unwrap_or_default();
                        role = self.styles.get(&style).copied().unwrap_or(role);
                    }
                    "numPr" | "numId" if role == Role::Paragraph => role = Role::ListItem,
                    "vanish" => vanish = true,
                    "tab" => words.push(' '),
                    "br" | "cr" => words.push('\n'),
                    "noBreakHyphen" => words.push('-'),
                    "tc" => {
                        if let Some(table) = tables.last_mut() {
                            table.column += 1;
                        }
                    }
                    _ => {}
                },
                Event::Text(text) if in_text && skip.is_none() && !vanish => {
                    words.push_str(&text.xml10_content());
                }
                Event::GeneralRef(reference) if in_text && skip.is_none() && !vanish => {
                    words.push_str(&resolve(&reference));
                }
                Event::End(end) => {
                    if skip == Some(depth) {
                        skip = None;
                    }
                    depth = depth.saturating_sub(1);
                    match end.local_name().as_ref() {
                        "t" => in_text = false,
                        "p" if skip.is_none() => {
                            self.paragraph += 1;
                            let said = std::mem::take(&mut words);
                            match tables.last_mut() {
                                Some(table) => {
                                    table.at = if table.cell.is_empty() { self.paragraph } else { table.at };
                                    table.cell.push_str(&said);
                                    table.cell.push('\n');
                                }
                                None => {
                                    self.builder.push(fixed.unwrap_or(role), Place::at_paragraph(self.paragraph), &said)
                                }
                            }
                        }
                        "tc" => {
                            if let Some(table) = tables.last_mut() {
                                let cell = std::mem::take(&mut table.cell);
                                let role = Role::Cell { table: table.number, row: table.row, column: table.column };
                                self.builder.push(fixed.unwrap_or(role), Place::at_paragraph(table.at), &cell);
                                table.column += 1;
                            }
                        }
                        "tr" => {
                            if let Some(table) = tables.last_mut() {
                                table.row += 1;
                                table.column = 0;
                            }
                        }
                        "tbl" => {
                            tables.pop();
                        }
                        _ => {}
                    }
                    if self.builder.len() > self.limits.text_bytes {
                        self.builder.cut(format!("text after the first {} bytes", self.limits.text_bytes));
                        return Ok(());
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// The character of a reference such as `amp` or `#8217`.
fn resolve(reference: &str) -> String {
    match reference {
        "amp" => "&".to_string(),
        "lt" => "<".to_string(),
        "gt" => ">".to_string(),
        "quot" => "\"".to_string(),
        "apos" => "'".to_string(),
        other => {
            let number = other.strip_prefix('#').and_then(|number| match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            number.and_then(char::from_u32).map(String::from).unwrap_or_default()
        }
    }
}
