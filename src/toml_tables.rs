//! Reading TOML tables into structs so that every fault is found, not only the first of a file.

mod plain;

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::plain::plain;
use crate::fault::{Fault, SourceFile};

/// Reads one table if nothing is wrong with it; every fault is noted.
pub(crate) fn read<T: DeserializeOwned>(
    file: &SourceFile,
    value: Spanned<DeValue<'_>>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let before = faults.len();
    let read = read_on(file, value, faults);
    if faults.len() > before { None } else { read }
}

/// Reads one table; each fault is noted, the key at fault left out, and the rest read on.
pub(crate) fn read_on<T: DeserializeOwned>(
    file: &SourceFile,
    mut value: Spanned<DeValue<'_>>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let mut first = true;
    loop {
        let error = match T::deserialize(value.clone().into_deserializer()) {
            Ok(read) => return Some(read),
            Err(error) => error,
        };
        if !first && error.message().contains("missing field") {
            return None;
        }
        first = false;
        faults.push(explain(file, &error, value.span()));
        let span = error.span()?;
        let DeValue::Table(table) = value.get_mut() else { return None };
        let at_fault = table
            .iter()
            .find(|(key, value)| within(&span, &key.span()) || within(&span, &value.span()))
            .map(|(key, _)| key.get_ref().to_string());
        match at_fault {
            Some(key) => table.remove(key.as_str()),
            None => return None,
        };
    }
}

fn within(inner: &std::ops::Range<usize>, outer: &std::ops::Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn explain(file: &SourceFile, error: &toml::de::Error, table: std::ops::Range<usize>) -> Fault {
    let (message, help) = plain(error.message());
    let fault = Fault::new(message).at(file, error.span().unwrap_or(table), "here");
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

/// The tables of a file, with every syntax fault noted.
pub(crate) fn parse<'i>(file: &'i SourceFile, faults: &mut Vec<Fault>) -> Option<Spanned<DeTable<'i>>> {
    let (table, errors) = DeTable::parse_recoverable(file.text());
    if errors.is_empty() {
        return Some(table);
    }
    faults.extend(errors.iter().map(|error| explain(file, error, 0..0)));
    None
}
