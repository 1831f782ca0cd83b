//! What kind of document it is: title, file name, first lines and structure each speak for kinds, and the strongest wins.
//! The words and their weights are data (`rules/words/kinds.toml`).

mod entries;
mod manner;
mod names;
mod signs;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_manner;

use serde::Deserialize;

use super::{Fact, Kind, Words, stem};
use crate::phrase::{Folded, Phrases};
use crate::read::Format;
use crate::text::{Role, Text};

use names::Names;
use signs::{Sign, Signs};

/// What tells each kind, and how much it counts.
#[derive(Debug, Clone)]
pub struct KindWords {
    names: Names,
    /// Formats in which a kind's names in a title say nothing.
    silent: Vec<(Kind, Vec<Format>)>,
    /// Formats in which those names of a kind that many sorts of documents have say nothing anywhere.
    weak_silent: Vec<(Kind, Vec<Format>)>,
    times: Vec<(Kind, u32)>,
    signs: Signs,
    enough: u32,
    title: Weight,
    file_name: Weight,
    opening: Weight,
    folder: Weight,
}

/// Points for a plain name and for one given to many sorts of documents.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weight {
    strong: u32,
    weak: u32,
}

impl Weight {
    fn of(self, strong: bool) -> u32 {
        if strong { self.strong } else { self.weak }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    enough: u32,
    about: Vec<Kind>,
    title: Weight,
    file_name: Weight,
    opening: Weight,
    folder: Weight,
    stops: Vec<String>,
    bodies: Vec<String>,
    tails: Vec<String>,
    kind: Vec<Entry>,
    sign: Vec<Sign>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    kind: Kind,
    names: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    /// Whether its names count in the singular only.
    #[serde(default)]
    singular: bool,
    /// Formats in which the title's names say nothing.
    #[serde(default)]
    not_formats: Vec<Format>,
    /// Formats in which the weak names say nothing, in titles and in file names.
    #[serde(default)]
    weak_not_formats: Vec<Format>,
    /// How often the points of its names count; once when not said.
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

impl KindWords {
    /// Reads `rules/words/kinds.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let times = file.kind.iter().map(|entry| (entry.kind, entry.times)).collect();
        let silent = file.kind.iter().map(|entry| (entry.kind, entry.not_formats.clone())).collect();
        let weak_silent = file.kind.iter().map(|entry| (entry.kind, entry.weak_not_formats.clone())).collect();
        let names = Names::new(file.kind, file.about, &file.stops, &file.bodies, &file.tails)?;
        let signs = Signs::new(file.sign)?;
        let File { enough, title, file_name, opening, folder, .. } = file;
        Ok(KindWords { names, silent, weak_silent, times, signs, enough, title, file_name, opening, folder })
    }
}

/// A kind and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindFound {
    /// The kind.
    pub kind: Kind,
    /// Why, in words for the user, such as `the title says "terms of reference"`.
    pub because: String,
}

/// One reason for a kind.
struct Voice {
    kind: Kind,
    points: u32,
    why: String,
}

/// First lines that may name the document, besides its title.
const OPENING_LINES: usize = 6;

/// Reasons that are shown.
const SHOWN: usize = 3;

/// Decides the kind from title, file name, structure and format.
pub fn classify(text: &Text, path: &str, format: Format, title: Option<&Fact<String>>, words: &Words) -> KindFound {
    let own = &words.kinds;
    let mut voices = Vec::new();
    let among = |list: &[(Kind, Vec<Format>)], kind: Kind| {
        list.iter().any(|(one, formats)| *one == kind && formats.contains(&format))
    };
    let mut speak = |found: Option<names::Named>, weight: Weight, place: &str| {
        if let Some(named) = found.filter(|named| {
            let quiet = place != "the file name" && among(&own.silent, named.kind);
            !quiet && (named.strong || !among(&own.weak_silent, named.kind))
        }) {
            let times = own.times.iter().find(|(kind, _)| *kind == named.kind).map_or(1, |(_, times)| *times);
            let points = weight.of(named.strong) * times;
            voices.push(Voice { kind: named.kind, points, why: format!("{place} says \"{}\"", named.words) });
            return true;
        }
        false
    };
    // A column "Title" of a table heads rows, and a bracket was not filled in.
    let table = matches!(format, Format::Csv | Format::Xlsx | Format::Xls | Format::Ods);
    let own_title = |title: &&Fact<String>| {
        let heads_column = matches!(title.source, super::Source::Label(_)) || title.value == header_cell(text);
        !(title.value.starts_with(['[', '<']) || table && heads_column)
    };
    let titled = title.filter(own_title).map_or("", |title| title.value.as_str());
    speak(own.names.head(titled, false), own.title, "the title");
    speak(own.names.head(stem(path), true), own.file_name, "the file name");
    let lone = |role: Role| match role {
        Role::Cell { row, column, .. } => (row, column) == (0, 0),
        Role::Title | Role::Heading(_) | Role::Paragraph | Role::Header => true,
        _ => false,
    };
    let lines = text.blocks().iter().filter(|block| lone(block.role)).take(OPENING_LINES);
    let headed = header_cell(text);
    let heading = text.blocks().first().filter(|block| block.role.heading_level().is_some());
    let heading = heading.map_or("", |block| text.block_text(block));
    for line in lines.flat_map(|block| text.block_text(block).lines()).take(OPENING_LINES) {
        // A document without a title of its own may have one with a colon among its first lines.
        let labelled = line.contains(": ") && (!titled.is_empty() || line != heading);
        let short = line.split_whitespace().count() <= 12 && !line.trim_end().ends_with('.') && !labelled;
        let numbered = line.trim_start().starts_with(|c: char| c.is_ascii_digit());
        if line.trim() != titled
            && line != headed
            && short
            && !numbered
            && speak(own.names.head(line, false), own.opening, "an opening line")
        {
            break;
        }
    }
    voices.extend(own.signs.voices(text, format, titled, words));
    // Folders gather much that is not what they are named after, so only a document that says nothing of itself is asked.
    if voices.is_empty()
        && let Some(named) = folder(path).and_then(|folder| own.names.head(folder, true))
    {
        let points = own.folder.of(named.strong);
        voices.push(Voice { kind: named.kind, points, why: format!("its folder is named \"{}\"", named.words) });
    }
    decide(voices, own.enough)
}

/// The kind of a document that nothing else told, by the manner in which it speaks; `controlled` when it carries version, owner
/// and day of review as policies do. Slides and workbooks say too little in sentences.
pub fn by_manner(text: &Text, format: Format, controlled: bool) -> Option<KindFound> {
    let prose = matches!(
        format,
        Format::Docx | Format::Doc | Format::Odt | Format::Rtf | Format::Pdf | Format::Txt | Format::Md | Format::Html
    );
    let (kind, because) = manner::tell(text, controlled).filter(|_| prose)?;
    Some(KindFound { kind, because: because.to_string() })
}

/// The folder that a document lies in.
fn folder(path: &str) -> Option<&str> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.rsplit('/').next()
}

/// The first cell of a table of which the first row heads columns: it names a column, not the document.
fn header_cell(text: &Text) -> &str {
    let first = text.blocks().first().filter(|block| matches!(block.role, Role::Cell { row: 0, column: 0, .. }));
    let Some((block, Role::Cell { table, .. })) = first.map(|block| (block, block.role)) else { return "" };
    let beside = text.blocks().iter().take(8);
    let beside =
        beside.filter(|block| matches!(block.role, Role::Cell { table: own, row: 0, .. } if own == table)).count();
    if beside > 2 { text.block_text(block) } else { "" }
}

/// Why a document that nothing told has no kind.
const NOTHING: &str = "nothing in it tells its kind";

impl KindFound {
    /// Whether nothing told the kind, rather than that it is none of the others.
    pub fn untold(&self) -> bool {
        self.because == NOTHING
    }
}

/// The kind with most points; of two with the same, the one with the strongest single reason.
fn decide(mut voices: Vec<Voice>, enough: u32) -> KindFound {
    let total = |kind: Kind| {
        let own = || voices.iter().filter(|voice| voice.kind == kind).map(|voice| voice.points);
        (own().sum::<u32>(), own().max().unwrap_or(0))
    };
    let best = Kind::ALL.iter().copied().rev().max_by_key(|kind| total(*kind));
    let Some(kind) = best.filter(|kind| total(*kind).0 >= enough) else {
        return KindFound { kind: Kind::Other, because: NOTHING.to_string() };
    };
    voices.retain(|voice| voice.kind == kind);
    voices.sort_by_key(|voice| std::cmp::Reverse(voice.points));
    let mut reasons: Vec<String> = Vec::new();
    for voice in voices {
        if !reasons.contains(&voice.why) {
            reasons.push(voice.why);
        }
    }
    reasons.truncate(SHOWN);
    KindFound { kind, because: reasons.join("; ") }
}

/// One automaton for phrases that belong to something.
fn phrases<'a>(list: impl Iterator<Item = &'a str>) -> Result<Phrases, String> {
    Phrases::new(&list.collect::<Vec<_>>()).map_err(|error| error.to_string())
}
