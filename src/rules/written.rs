//! Rule files as they are written: the types that read them, and the JSON Schema that editors check them with.
//! They are flat, "one or many" is always a list, and unknown keys are refused, so that every fault has its place.
//! The comments on the fields are what the schema, and so an editor, shows.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::Spanned;

use super::{Category, Outcome, Sector, Want};
use crate::document::Kind;

/// A string that remembers where it stood.
pub(crate) type Words = Spanned<String>;

/// A file of `rules/evidence/`: evidence types and how to recognise them.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code)] // the loader reads table by table, so that each fault is found; this is the shape of the whole
pub(crate) struct EvidenceFile {
    /// The evidence types of this file.
    pub(crate) evidence: Vec<EvidenceWritten>,
}

/// `[[evidence]]`: a thing that providers keep on file, and how to recognise it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EvidenceWritten {
    /// Name for lines and users, such as `board-assurance-framework`.
    #[schemars(with = "String")]
    pub(crate) id: Words,
    /// Title as in a sentence: lower case but for names.
    pub(crate) title: Option<String>,
    /// What it is, in one sentence.
    #[serde(default)]
    pub(crate) about: String,
    /// Published sources, to the page or paragraph.
    #[serde(default)]
    pub(crate) source: Vec<String>,
    /// What sort of evidence it is.
    #[serde(default)]
    #[schemars(schema_with = "category")]
    pub(crate) category: Option<Words>,
    /// Kinds of document that count; a document of a hard kind that is not listed is a near miss.
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    pub(crate) kinds: Vec<Words>,
    /// What such a document calls itself in title, file name or headings.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) names: Vec<Words>,
    /// The vocabulary of its body.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) terms: Vec<Words>,
    /// So many different terms in one section make a document of this type without any name; 0 for never.
    pub(crate) terms_needed: Option<usize>,
    /// Phrases that show another thing of the same name.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) not: Vec<Words>,
    /// How often it recurs, such as `3 months`.
    #[serde(default)]
    #[schemars(schema_with = "window")]
    pub(crate) every: Option<Words>,
    /// How many of a recurring document the folder should show.
    pub(crate) series: Option<u16>,
    /// The sorts of provider that keep it; left out for all. Kept by another it counts all the same, but it is not named to them.
    #[serde(default)]
    #[schemars(schema_with = "sectors")]
    pub(crate) kept_by: Vec<Words>,
    /// How long it stays fresh, such as `5 months`.
    #[serde(default)]
    #[schemars(schema_with = "window")]
    pub(crate) fresh: Option<Words>,
    /// Facts that it must state to be strong; left out, it follows from the kind of the document.
    #[serde(default)]
    #[schemars(schema_with = "wants")]
    pub(crate) wants: Option<Vec<Words>>,
    /// It claims improvement, so a measured result is asked for.
    #[serde(default)]
    pub(crate) measured: bool,
    /// What strong evidence of this type looks like.
    #[serde(default)]
    pub(crate) strong: String,
    /// What weak evidence of this type looks like.
    #[serde(default)]
    pub(crate) weak: String,
    /// Removes the evidence type of this id from the rules below.
    #[serde(default)]
    pub(crate) off: bool,
    /// Parts that any reviewer asks for.
    #[serde(default)]
    pub(crate) element: Vec<ElementWritten>,
    /// Examples that prove the rule: a strong one, a weak one, a near miss.
    #[serde(default)]
    pub(crate) example: Vec<ExampleWritten>,
}

/// `[[evidence.element]]`: a part that any reviewer asks for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ElementWritten {
    /// Name of the part.
    #[schemars(with = "String")]
    pub(crate) id: Words,
    /// What lacks when it lacks, as in a sentence.
    pub(crate) title: String,
    /// Phrases or `/regular expressions/`; one hit anywhere shows the part.
    #[schemars(with = "Vec<String>")]
    pub(crate) any: Vec<Words>,
    /// So many different ones are asked for; 1 when left out.
    pub(crate) at_least: Option<usize>,
    /// Shown by `kloe explain`, not held against the document.
    #[serde(default)]
    pub(crate) optional: bool,
    /// What to add when it lacks.
    pub(crate) help: String,
}

/// `[[evidence.example]]`: a document in small, judged as the only one of a folder on 2026-11-01.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ExampleWritten {
    /// What must come out.
    #[schemars(schema_with = "outcome")]
    pub(crate) outcome: Words,
    /// The file name that it would have.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
    /// Checks or elements that a weak example lacks.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) lacks: Vec<Words>,
}

/// A file such as `rules/well-led/W4.toml`: what one line asks for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LineWritten {
    /// Id of the line, such as `W4`.
    #[schemars(with = "String")]
    pub(crate) id: Words,
    /// Its title.
    pub(crate) title: Option<String>,
    /// What it asks, in our own words.
    #[serde(default)]
    pub(crate) question: String,
    /// Published source, to the page or paragraph.
    #[serde(default)]
    pub(crate) source: String,
    /// What strong evidence for the line looks like.
    #[serde(default)]
    pub(crate) strong: String,
    /// How many categories of evidence it should rest on; 1 when left out.
    pub(crate) categories_wanted: Option<u8>,
    /// Removes the line of this id from the rules below.
    #[serde(default)]
    pub(crate) off: bool,
    /// What it asks for.
    #[serde(default)]
    pub(crate) expect: Vec<ExpectWritten>,
}

/// `[[expect]]`: an evidence type that a line asks for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ExpectWritten {
    /// Id of the evidence type.
    #[schemars(with = "String")]
    pub(crate) evidence: Words,
    /// Other evidence types that meet the same expectation.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) or: Vec<Words>,
    /// Whether any reviewer would ask for it first.
    #[serde(default)]
    pub(crate) required: bool,
    /// Why it is asked for.
    pub(crate) why: String,
    /// Providers that it is asked of; left out for all.
    #[serde(default)]
    #[schemars(schema_with = "sectors")]
    pub(crate) sectors: Vec<Words>,
    /// Replaces the cadence of the evidence type.
    #[serde(default)]
    #[schemars(schema_with = "window")]
    pub(crate) every: Option<Words>,
    /// Replaces the series of the evidence type.
    pub(crate) series: Option<u16>,
    /// Replaces the window of the evidence type.
    #[serde(default)]
    #[schemars(schema_with = "window")]
    pub(crate) fresh: Option<Words>,
}

/// `framework.toml`: a set of lines from one published source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FrameworkWritten {
    /// Name of the framework and of its folder.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// Published source.
    pub(crate) source: String,
    /// What it is, in a sentence or two.
    #[serde(default)]
    pub(crate) about: String,
    /// Place among the frameworks in reports.
    #[serde(default)]
    pub(crate) order: u32,
    /// First day in force, such as `2023-11-21`.
    pub(crate) in_force_from: Option<String>,
    /// Last day in force.
    pub(crate) in_force_to: Option<String>,
}

/// One of these names.
pub(crate) fn one_of(names: &[&str]) -> Schema {
    json_schema!({ "type": "string", "enum": names })
}

/// A list of some of these names.
pub(crate) fn list_of(names: &[&str]) -> Schema {
    json_schema!({ "type": "array", "items": { "type": "string", "enum": names } })
}

fn category(_: &mut SchemaGenerator) -> Schema {
    one_of(&Category::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

fn outcome(_: &mut SchemaGenerator) -> Schema {
    one_of(&Outcome::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    list_of(&Kind::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

fn sectors(_: &mut SchemaGenerator) -> Schema {
    list_of(&Sector::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

fn wants(_: &mut SchemaGenerator) -> Schema {
    list_of(&Want::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

fn window(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^[0-9]+ (day|week|month|year)s?$" })
}
