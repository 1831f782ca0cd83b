//! Rule files and `kloe.toml` as an editor shows them: every fault at once, what a key or an id means, and from an
//! expectation to its evidence type and back.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::buffer::{Buffer, Encoding};
use super::evidence::UNBROKEN;
use super::project::{RulesFolder, is_toml};
use super::protocol::{Diagnostic, Location};
use super::say::Say;
use super::uri;
use crate::commands::{explanation, keep_frameworks};
use crate::fault::{Fault, SourceFile};
use crate::finding::Severity;
use crate::rules::{Layer, Rules, built_in, folder, load};
use crate::schemas::{SchemaOf, schema};
use crate::settings::{FILE, Settings};

/// What there is to show of TOML files.
pub(super) struct Read {
    /// The files with their faults; those without are not named.
    pub(super) faults: Vec<(PathBuf, Vec<Diagnostic>)>,
    /// The rules in force, to explain ids by; the built-in ones where the files do not read.
    pub(super) rules: Arc<Rules>,
    /// The rule files of the folder, as they are in the editor.
    pub(super) layer: Layer,
}

/// Reads the rule files of a folder, with those that are open as the editor has them. What points at no file is told of `at`.
pub(super) fn rule_files(of: &RulesFolder, open: &[(PathBuf, String)], at: &Path, encoding: Encoding) -> Read {
    let mut faults = Vec::new();
    // A folder without a rule file is one whose first is not saved yet.
    let mut files = walkdir::WalkDir::new(&of.root).into_iter().filter_map(Result::ok);
    let is_there = !of.in_force || files.any(|file| is_toml(file.path()));
    let mut layer = match is_there.then(|| of.files()) {
        Some(Ok(layer)) => layer,
        Some(Err(found)) => {
            faults = found.0;
            Layer::new()
        }
        None => Layer::new(),
    };
    for (file, text) in open {
        let source = SourceFile::new(file.to_string_lossy(), text.clone());
        let relative = of.path_of(file);
        match layer.iter_mut().find(|(path, _)| *path == relative) {
            Some((_, old)) => *old = source,
            None => layer.push((relative, source)),
        }
    }
    layer.sort_by(|(one, _), (other, _)| one.cmp(other));
    let rules = match load(&[built_in(), layer.clone()]) {
        Ok(rules) => rules,
        Err(found) => {
            faults.extend(found.0);
            load(&[built_in()]).unwrap_or_default()
        }
    };
    Read { faults: by_file(&faults, at, "rule-file", encoding), rules: Arc::new(rules), layer }
}

/// Reads a settings file as the editor has it.
pub(super) fn settings(file: &Path, text: &str, encoding: Encoding) -> Read {
    let mut faults = Vec::new();
    let mut rules = None;
    match Settings::parse(&SourceFile::new(file.to_string_lossy(), text)) {
        Err(found) => faults = found.0,
        Ok(settings) => {
            let settings = Settings { file: Some(file.to_path_buf()), ..settings };
            let read = settings.rules().map_err(Into::into).and_then(|own| {
                let mut layers = vec![built_in()];
                layers.extend(own.as_deref().map(folder).transpose()?);
                load(&layers)
            });
            match read {
                Ok(mut read) => {
                    rules = Some(read.clone());
                    faults.extend(keep_frameworks(&mut read, &settings).err().into_iter().flat_map(|found| found.0));
                }
                // The faults of rule files stand in those files.
                Err(found) => faults.extend(found.0.into_iter().map(|fault| within(&settings, fault))),
            }
        }
    }
    let rules = rules.unwrap_or_else(|| load(&[built_in()]).unwrap_or_default());
    Read { faults: by_file(&faults, file, "settings", encoding), rules: Arc::new(rules), layer: Layer::new() }
}

/// A fault of a rule file, told where the settings name the folder.
fn within(settings: &Settings, fault: Fault) -> Fault {
    let elsewhere = fault.place().filter(|(file, _)| !file.name().ends_with(FILE));
    let Some((file, span)) = elsewhere else { return fault };
    let told = Fault::new(format!("{}:{}: {fault}", file.name(), file.line(span.start)));
    let told = match miette::Diagnostic::help(&fault) {
        Some(help) => told.help(help.to_string()),
        None => told,
    };
    let rules = settings.rules.as_ref().map(|rules| rules.to_string_lossy().into_owned()).unwrap_or_default();
    settings.at(&rules, told)
}

/// Faults by the files that they point at; what points at none is told at the top of `at`, or of the file that it names.
fn by_file(faults: &[Fault], at: &Path, code: &'static str, encoding: Encoding) -> Vec<(PathBuf, Vec<Diagnostic>)> {
    let mut files: Vec<(PathBuf, Vec<Diagnostic>)> = Vec::new();
    for fault in faults {
        let (file, range) = match fault.place() {
            Some((file, span)) => {
                let buffer = Buffer::new(file.text().to_string());
                (PathBuf::from(file.name()), buffer.span(&underlined(&buffer, span), encoding))
            }
            None => (at.to_path_buf(), Buffer::new(String::new()).span(&(0..0), encoding)),
        };
        let diagnostic = Diagnostic::new(range, Severity::Error, code, told(fault));
        match files.iter_mut().find(|(known, _)| *known == file) {
            Some((_, all)) => all.push(diagnostic),
            None => files.push((file, vec![diagnostic])),
        }
    }
    files
}

/// A fault and its remedy.
pub(super) fn told(fault: &Fault) -> String {
    miette::Diagnostic::help(fault).map_or_else(|| fault.to_string(), |help| format!("{fault}\n{help}"))
}

/// What is underlined of what a fault points at: something, and no more than a line of it.
fn underlined(buffer: &Buffer, span: Range<usize>) -> Range<usize> {
    let text = buffer.text();
    let (start, end) = (text.floor_char_boundary(span.start), text.floor_char_boundary(span.end));
    let first = text[start..end].lines().next().unwrap_or("").trim_end();
    if !first.is_empty() {
        return start..start + first.len();
    }
    let line = text[..start].matches('\n').count();
    let whole = buffer.line(line);
    let words = text[whole.clone()].trim_start();
    whole.end - words.len()..whole.end
}

/// A key of a TOML file, or a text that is its value or one of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    /// The tables that it lies in.
    tables: Vec<String>,
    /// The key.
    key: String,
    /// The text; none of the key itself.
    value: Option<String>,
    /// Where it stands; a text with its quotes.
    bytes: Range<usize>,
}

/// Every key and every text, in a file that may be at fault.
fn items(text: &str) -> Vec<Item> {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut items = Vec::new();
    items_of(table.get_ref(), &mut Vec::new(), &mut items);
    items
}

fn items_of(table: &DeTable<'_>, tables: &mut Vec<String>, items: &mut Vec<Item>) {
    for (key, value) in table {
        let name = key.get_ref().to_string();
        items.push(Item { tables: tables.clone(), key: name.clone(), value: None, bytes: key.span() });
        item_of(&name, value, tables, items);
    }
}

fn item_of(key: &str, value: &Spanned<DeValue<'_>>, tables: &mut Vec<String>, items: &mut Vec<Item>) {
    match value.get_ref() {
        DeValue::String(words) => {
            let (text, bytes) = (Some(words.to_string()), value.span());
            items.push(Item { tables: tables.clone(), key: key.to_string(), value: text, bytes });
        }
        DeValue::Array(list) => list.iter().for_each(|one| item_of(key, one, tables, items)),
        DeValue::Table(table) => {
            tables.push(key.to_string());
            items_of(table, tables, items);
            tables.pop();
        }
        _ => {}
    }
}

/// What a TOML file is, for its keys' meanings.
pub(super) fn schema_of(file: &Path) -> SchemaOf {
    let name = file.file_name().unwrap_or_default();
    let home = file.parent().and_then(Path::file_name).unwrap_or_default();
    match (name.to_str(), home.to_str()) {
        (Some(FILE), _) => SchemaOf::Settings,
        (_, Some("evidence")) => SchemaOf::Evidence,
        (Some("framework.toml"), _) => SchemaOf::Framework,
        _ => SchemaOf::Line,
    }
}

/// Whether the texts of a key are names of lines, expectations, evidence types, frameworks or checks.
fn names(item: &Item) -> bool {
    match item.key.as_str() {
        "evidence" | "or" | "select" | "ignore" | "check" | "expectation" | "frameworks" | "lacks" => true,
        "id" => item.tables.is_empty() || item.tables == ["evidence"],
        _ => false,
    }
}

/// What the key or the id at a byte means, and where it stands.
pub(super) fn hover(file: &Path, text: &str, offset: usize, rules: &Rules) -> Option<(Range<usize>, Say)> {
    let item = at(text, offset)?;
    let severity = item.tables == ["severity"] && item.value.is_none();
    let name = if severity { Some(&item.key) } else { item.value.as_ref().filter(|_| names(&item)) };
    let page = name.map(|name| explanation(name, rules, UNBROKEN)).filter(|page| !page.is_empty());
    let mut say = match (page, name) {
        (Some(page), Some(name)) => {
            let mut say = Say::page(&page);
            let built_in = rules.evidence_type(name).is_some_and(|rule| !Path::new(&rule.place.file).is_absolute());
            if built_in {
                say.line("It is built into kloe, so there is no file to go to");
            }
            say
        }
        _ => {
            let mut say = Say::of(item.key.clone());
            say.line(meaning(&schema(schema_of(file)).to_value(), &item)?);
            say
        }
    };
    if let Some(Value::Array(known)) =
        described(&schema(schema_of(file)).to_value(), &item).map(|one| one["enum"].clone())
    {
        let known: Vec<&str> = known.iter().filter_map(Value::as_str).collect();
        if !known.is_empty() && known.len() <= 24 {
            say.labelled("One of", known.join(", "));
        }
    }
    Some((item.bytes, say))
}

fn at(text: &str, offset: usize) -> Option<Item> {
    // A value lies within the span of nothing else that is kept, so the shortest is the one that is meant.
    let all = items(text).into_iter().filter(|item| item.bytes.start <= offset && offset <= item.bytes.end);
    all.min_by_key(|item| item.bytes.len())
}

/// What the schema says of a key.
fn meaning(root: &Value, item: &Item) -> Option<String> {
    Some(described(root, item)?["description"].as_str()?.to_string())
}

/// The schema of a key.
fn described<'s>(root: &'s Value, item: &Item) -> Option<&'s Value> {
    let mut here = root;
    for table in &item.tables {
        here = resolved(root, &here["properties"][table.as_str()]);
        here = resolved(root, here.get("items").unwrap_or(here));
    }
    let key = &here["properties"][item.key.as_str()];
    // A description beside a reference is the one of this place.
    let key = if key.get("description").is_some() { key } else { resolved(root, key) };
    key.is_object().then_some(key)
}

fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let pointer = schema["$ref"].as_str().and_then(|name| name.strip_prefix('#'));
    pointer.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

/// From an expectation to its evidence type, and from an evidence type to the expectations that ask for it; those of files
/// only, since a built-in rule has none.
pub(super) fn definition(text: &str, offset: usize, layer: &Layer, encoding: Encoding) -> Vec<Location> {
    let Some(item) = at(text, offset) else { return Vec::new() };
    let Some(wanted) = &item.value else { return Vec::new() };
    let asks = |item: &Item| item.tables == ["expect"] && matches!(item.key.as_str(), "evidence" | "or");
    let defines = |item: &Item| item.tables == ["evidence"] && item.key == "id";
    let mut found = Vec::new();
    for (path, source) in layer {
        let Ok(file) = std::path::absolute(source.name()) else { continue };
        let buffer = Buffer::new(source.text().to_string());
        for other in items(source.text()) {
            let is_type = path.starts_with("evidence/") && defines(&other) && asks(&item);
            let is_asker = !path.starts_with("evidence/") && asks(&other) && defines(&item);
            if (is_type || is_asker) && other.value.as_ref() == Some(wanted) {
                found.push(Location { uri: uri::of_file(&file), range: buffer.span(&other.bytes, encoding) });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hovered(name: &str, text: &str, words: &str, rules: &Rules) -> Option<String> {
        let found = hover(Path::new(name), text, text.find(words).unwrap(), rules);
        found.map(|(_, say)| say.shown(false))
    }

    #[test]
    fn keys_and_ids_have_a_meaning_in_each_sort_of_file() {
        let rules = load(&[built_in()]).unwrap();
        let of = |name, text, words| hovered(name, text, words, &rules).unwrap();
        let line = "id = \"W5\"\n[[expect]]\nevidence = \"risk-register\"\nwhy = \"w\"\n";
        assert!(of("f/W5.toml", line, "W5").starts_with("W5 Risks"));
        assert!(of("f/W5.toml", line, "evidence").contains("Id of the evidence type."));
        assert!(of("f/W5.toml", line, "risk-register").contains("built into kloe"));
        assert!(of("f/framework.toml", "source = 1\n", "source").contains("Published source"));
        let settings = "ignore = [\n  \"draft\",\n]\n[severity]\nstale = \"error\"\n[[waive]]\ncheck = \"no-date\"\n";
        assert!(of("kloe.toml", settings, "draft").starts_with("draft (warning"));
        assert!(
            of("kloe.toml", settings, "stale").contains("Why it matters")
                && of("kloe.toml", settings, "check").contains("The check.")
        );
        // A phrase is not the id that it may be the same as.
        let evidence = "[[evidence]]\nnames = [\"draft\"]\n[[evidence.element]]\nany = [\"x\"]\n";
        assert!(of("evidence/a.toml", evidence, "draft").starts_with("names"));
        assert!(of("evidence/a.toml", evidence, "any").contains("one hit anywhere shows the part"));
        assert_eq!(hovered("evidence/a.toml", "[[evidence]]\nnone = 1\n", "none", &rules), None);
    }

    #[test]
    fn what_is_nested_without_end_does_not_stop_it() {
        let deep = 50_000;
        for text in [
            format!("a = {}1{}", "[".repeat(deep), "]".repeat(deep)),
            format!("a = {}1{}", "{a=".repeat(deep), "}".repeat(deep)),
            format!("{}a = 1", "a.".repeat(deep)),
            format!("[{}a]\nb = 1", "a.".repeat(deep)),
            "[[a]]\n".repeat(deep),
        ] {
            let read = settings(Path::new("/x/kloe.toml"), &text, Encoding::Utf16);
            assert!(!read.faults.is_empty());
            let rules = Rules::default();
            hover(Path::new("kloe.toml"), &text, 3, &rules);
            definition(&text, 3, &Layer::new(), Encoding::Utf16);
        }
    }

    #[test]
    fn a_fault_underlines_something_and_no_more_than_a_line() {
        let buffer = Buffer::new("a = 1\n  b = [\n2]\n".to_string());
        let words = |span| &buffer.text()[underlined(&buffer, span)];
        assert_eq!((words(0..0), words(12..17), words(8..8), words(18..18)), ("a = 1", "[", "b = [", ""));
    }
}
