//! Property sets of compound files: title, author, days and what an organisation adds.

use super::{Compound, ROOT};
use crate::day::Day;
use crate::read::binary::{code_page, part, u16_at, u32_at, u64_at, wide};
use crate::text::Metadata;

/// Properties of one set that are read at most.
const PROPERTIES: usize = 1_000;
/// Bytes of one property; longer ones are thumbnails.
const LONGEST: usize = 4_096;

/// What a property says.
enum Value {
    Words(String),
    Time(String),
    Number(i64),
}

/// Reads the property sets of a file.
pub(in crate::read) fn properties(file: &Compound<'_>, metadata: &mut Metadata) {
    if let Some(bytes) = file.named(ROOT, "\u{5}SummaryInformation") {
        summary(&bytes, metadata);
    }
    if let Some(bytes) = file.named(ROOT, "\u{5}DocumentSummaryInformation") {
        more(&bytes, metadata);
    }
}

fn summary(bytes: &[u8], metadata: &mut Metadata) {
    let Some(section) = section_at(bytes, 0) else { return };
    for (id, value) in values(section) {
        let name = match (id, value) {
            (12, Value::Time(time)) => {
                metadata.created = Some(time);
                continue;
            }
            (13, Value::Time(time)) => {
                metadata.modified = Some(time);
                continue;
            }
            (2, Value::Words(words)) => {
                metadata.title = Some(words);
                continue;
            }
            (4, Value::Words(words)) => {
                metadata.author = Some(words);
                continue;
            }
            (3, Value::Words(words)) => ("subject", words),
            (5, Value::Words(words)) => ("keywords", words),
            (6, Value::Words(words)) => ("description", words),
            (7, Value::Words(words)) => ("template", words),
            (8, Value::Words(words)) => ("lastModifiedBy", words),
            (9, Value::Words(words)) => ("revision", words),
            (18, Value::Words(words)) => ("application", words),
            _ => continue,
        };
        metadata.properties.push((name.0.to_string(), name.1));
    }
}

fn more(bytes: &[u8], metadata: &mut Metadata) {
    for (id, value) in section_at(bytes, 0).map(values).unwrap_or_default() {
        let Value::Words(words) = value else { continue };
        match id {
            2 => metadata.properties.push(("category".to_string(), words)),
            14 => metadata.properties.push(("manager".to_string(), words)),
            15 => metadata.properties.push(("company".to_string(), words)),
            27 => metadata.status = Some(words),
            _ => {}
        }
    }
    let Some(section) = section_at(bytes, 1) else { return };
    let names = dictionary(section);
    for (id, value) in values(section) {
        let Some((_, name)) = names.iter().find(|(other, _)| *other == id) else { continue };
        let words = match value {
            Value::Words(words) | Value::Time(words) => words,
            Value::Number(number) => number.to_string(),
        };
        // Names that begin so are the programs' own, such as the base of links.
        if !name.starts_with("_PID") {
            metadata.properties.push((name.clone(), words));
        }
    }
}

/// The bytes of a section, from its length on.
fn section_at(bytes: &[u8], number: usize) -> Option<&[u8]> {
    let sections = u32_at(bytes, 24)? as usize;
    let at = (number < sections.min(2)).then(|| u32_at(bytes, 28 + number * 20 + 16)).flatten()?;
    bytes.get(at as usize..)
}

/// Identifiers and offsets of the properties of a section.
fn table(section: &[u8]) -> impl Iterator<Item = (u32, usize)> + '_ {
    let number = (u32_at(section, 4).unwrap_or(0) as usize).min(PROPERTIES);
    (0..number).map_while(|at| Some((u32_at(section, 8 + at * 8)?, u32_at(section, 12 + at * 8)? as usize)))
}

/// The code page that strings of one byte a character are in.
fn encoding(section: &[u8]) -> &'static encoding_rs::Encoding {
    let page = table(section).find(|(id, _)| *id == 1).and_then(|(_, at)| u16_at(section, at.saturating_add(4)));
    code_page(u32::from(page.unwrap_or(1252)))
}

fn values(section: &[u8]) -> Vec<(u32, Value)> {
    let encoding = encoding(section);
    table(section).filter_map(|(id, at)| Some((id, value(section.get(at..)?, encoding)?))).collect()
}

fn value(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Option<Value> {
    let kind = u16_at(bytes, 0)?;
    let words = match kind {
        0x1e => {
            let length = (u32_at(bytes, 4)? as usize).min(LONGEST);
            narrow(part(bytes, 8, length), encoding)
        }
        0x1f => wide(part(bytes, 8, (u32_at(bytes, 4)? as usize).min(LONGEST).saturating_mul(2))),
        0x40 => return time(u64_at(bytes, 4)?).map(Value::Time),
        2 => return Some(Value::Number(i64::from(u16_at(bytes, 4)? as i16))),
        3 => return Some(Value::Number(i64::from(u32_at(bytes, 4)? as i32))),
        _ => return None,
    };
    let words = words.trim().to_string();
    (!words.is_empty()).then_some(Value::Words(words))
}

fn narrow(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> String {
    if encoding == encoding_rs::UTF_16LE {
        return wide(bytes);
    }
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    encoding.decode_without_bom_handling(&bytes[..end]).0.into_owned()
}

/// The names that stand for the identifiers of a section.
fn dictionary(section: &[u8]) -> Vec<(u32, String)> {
    let encoding = encoding(section);
    let is_wide = encoding == encoding_rs::UTF_16LE;
    let Some((_, at)) = table(section).find(|(id, _)| *id == 0) else { return Vec::new() };
    let number = (u32_at(section, at).unwrap_or(0) as usize).min(PROPERTIES);
    let mut names = Vec::new();
    let mut at = at.saturating_add(4);
    for _ in 0..number {
        let (Some(id), Some(length)) = (u32_at(section, at), u32_at(section, at.saturating_add(4))) else { break };
        let length = (length as usize).min(LONGEST);
        let length = if is_wide { (length * 2).next_multiple_of(4) } else { length };
        names.push((id, narrow(part(section, at.saturating_add(8), length), encoding)));
        at = at.saturating_add(8 + length);
    }
    names
}

/// A Windows time (tenths of a microsecond since 1601) as in ISO 8601; nothing for none and for years that no document has.
pub(in crate::read) fn time(ticks: u64) -> Option<String> {
    const SECONDS_BEFORE_1970: u64 = 11_644_473_600;
    let seconds = (ticks / 10_000_000).checked_sub(SECONDS_BEFORE_1970)?;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days are counted only up to the year 2200, so that no sum runs over.
    let day = Day::new(1970, 1, 1)?.plus_days(i64::try_from(days).ok().filter(|days| *days < 84_000)?);
    if day.year() < 1980 {
        return None;
    }
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    Some(format!("{day}T{hour:02}:{minute:02}:{second:02}Z"))
}
