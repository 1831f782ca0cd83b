//! Markdown, with YAML or TOML front matter; every word keeps its line and column.

use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::plain::decode;
use super::{Limits, Unread};
use crate::text::{Anchor, Place, Role, Text, TextBuilder};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let source = decode(bytes, limits);
    let mut builder = Text::builder();
    let body = front_matter(&source, &mut builder);
    let mut writer = Writer {
        source: &source,
        starts: line_starts(&source),
        builder,
        words: String::new(),
        anchors: Vec::new(),
        table: 0,
        row: 0,
        column: 0,
        items: 0,
        counted: (0, 0),
    };
    for (event, range) in Parser::new_ext(&source[body..], Options::ENABLE_TABLES).into_offset_iter() {
        writer.event(event, range.start + body);
    }
    writer.flush(Role::Paragraph);
    Ok(writer.builder.finish())
}

struct Writer<'s> {
    source: &'s str,
    starts: Vec<usize>,
    builder: TextBuilder,
    words: String,
    anchors: Vec<Anchor>,
    table: u32,
    row: u32,
    column: u32,
    items: u32,
    /// A byte of the source, and how many characters of its line stand before it.
    counted: (usize, usize),
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>, offset: usize) {
        match event {
            Event::Text(words) | Event::Code(words) => self.words(&words, offset),
            Event::SoftBreak | Event::HardBreak => self.words("\n", offset),
            Event::Start(Tag::Item) => {
                self.flush(if self.items > 0 { Role::ListItem } else { Role::Paragraph });
                self.items += 1;
            }
            Event::End(TagEnd::Item) => {
                self.flush(Role::ListItem);
                self.items = self.items.saturating_sub(1);
            }
            Event::End(TagEnd::Heading(level)) => self.flush(Role::Heading(level_number(level))),
            Event::End(TagEnd::TableCell) => {
                let role = Role::Cell { table: self.table, row: self.row, column: self.column };
                self.flush(role);
                self.column += 1;
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.row += 1;
                self.column = 0;
            }
            Event::End(TagEnd::Table) => {
                self.table += 1;
                self.row = 0;
            }
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock) => {
                self.flush(if self.items > 0 { Role::ListItem } else { Role::Paragraph });
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str, offset: usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        // A long line is counted once, not again for each piece of it.
        let (from, counted) = if (start..=offset).contains(&self.counted.0) { self.counted } else { (start, 0) };
        let counted = counted + self.source.get(from..offset).map_or(0, |before| before.chars().count());
        self.counted = (offset, counted);
        let column = counted as u32 + 1;
        self.anchors.push(Anchor { offset: self.words.len(), line: line as u32, column });
        self.words.push_str(words);
    }

    fn flush(&mut self, role: Role) {
        let words = std::mem::take(&mut self.words);
        let anchors = std::mem::take(&mut self.anchors);
        // A paragraph of label lines is as many blocks, so that no value runs into the next label.
        let labels = words.lines().count() > 1
            && words.lines().all(|line| line.split_once(':').is_some_and(|(label, _)| label.len() < 45));
        if role != Role::Paragraph || !labels {
            self.builder.push_anchored(role, Place::default(), &words, &anchors);
            return;
        }
        let mut at = 0;
        let mut anchors = anchors.into_iter().peekable();
        for line in words.split_inclusive('\n') {
            let mut here = Vec::new();
            while let Some(anchor) = anchors.next_if(|anchor| anchor.offset < at + line.len()) {
                here.push(Anchor { offset: anchor.offset - at, ..anchor });
            }
            self.builder.push_anchored(role, Place::default(), line, &here);
            at += line.len();
        }
    }
}

fn line_starts(source: &str) -> Vec<usize> {
    std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Pushes one block a key of the front matter, and says where the body begins. What does not read as YAML or TOML stays body.
fn front_matter(source: &str, builder: &mut TextBuilder) -> usize {
    for (fence, toml) in [("---", false), ("+++", true)] {
        let Some(rest) = source.strip_prefix(fence).filter(|rest| rest.starts_with(['\n', '\r'])) else { continue };
        let Some(end) = rest.find(&format!("\n{fence}")) else { continue };
        let matter = &rest[..end];
        let pairs = if toml { toml_pairs(matter) } else { yaml_pairs(matter) };
        let Some(pairs) = pairs else { continue };
        let lines = lines_of_keys(matter);
        for (key, value) in pairs {
            let line = lines.get(key.as_str()).copied().unwrap_or(0);
            let place = Anchor { offset: 0, line: line + 1, column: 1 };
            builder.push_anchored(Role::FrontMatter, Place::default(), &format!("{key}: {value}"), &[place]);
        }
        let after = fence.len() + end + 1 + fence.len();
        return source[after..].find('\n').map_or(source.len(), |at| after + at + 1);
    }
    0
}

/// The line, from zero, on which each key stands first: what is before the first colon, equals sign or dot, or in the
/// brackets of a table.
fn lines_of_keys(matter: &str) -> HashMap<&str, u32> {
    let mut lines = HashMap::new();
    for (number, line) in matter.lines().enumerate() {
        let key = line.trim_start_matches(['[', ' ', '\t']).split([':', '=', '.', ']']).next().unwrap_or("");
        lines.entry(key.trim().trim_matches(['"', '\''])).or_insert(number as u32);
    }
    lines
}

fn toml_pairs(matter: &str) -> Option<Vec<(String, String)>> {
    let table: toml::Table = matter.parse().ok()?;
    Some(table.into_iter().map(|(key, value)| (key, toml_words(&value))).collect())
}

fn toml_words(value: &toml::Value) -> String {
    match value {
        toml::Value::String(words) => words.clone(),
        toml::Value::Array(list) => list.iter().map(toml_words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn yaml_pairs(matter: &str) -> Option<Vec<(String, String)>> {
    let value: serde_json::Value = serde_saphyr::from_str(matter).ok()?;
    Some(value.as_object()?.iter().map(|(key, value)| (key.clone(), json_words(value))).collect())
}

fn json_words(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(words) => words.clone(),
        serde_json::Value::Array(list) => list.iter().map(json_words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tables_and_front_matter_read_with_their_lines() {
        let source = "---\ntitle: Risk policy\nowner: Chief Nurse\n---\n# Risk\n\nA **bold** word\n\n| a | b |\n|---|---|\n| c | d |\n";
        let text = read(source.as_bytes(), &Limits::default()).unwrap();
        let blocks: Vec<_> = text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect();
        assert!(blocks.contains(&(Role::FrontMatter, "owner: Chief Nurse")), "{blocks:?}");
        assert!(blocks.contains(&(Role::Heading(1), "Risk")));
        assert!(blocks.contains(&(Role::Cell { table: 0, row: 1, column: 1 }, "d")));
        let at = text.content().find("bold").unwrap();
        assert_eq!(text.place(crate::text::Span::new(at, at + 4)), Place::at_line(7, 5));
    }
}
