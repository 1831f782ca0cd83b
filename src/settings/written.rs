//! `kloe.toml` as it is written. The comments on the fields are what its schema, and so an editor, shows.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::json;
use toml::Spanned;

use super::FailOn;
use crate::day::Day;
use crate::finding::{Check, Severity};
use crate::read::Limits;
use crate::rules::{Sector, list_of, one_of};

/// A string that remembers where it stood.
pub(crate) type Words = Spanned<String>;

/// The settings of a folder of evidence: `kloe.toml`, in the folder or above it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Written {
    /// What sort of provider it is; an NHS trust when left out.
    #[serde(default)]
    #[schemars(schema_with = "sector")]
    pub(super) sector: Option<Words>,
    /// The day that the evidence is judged on, such as the day of the inspection; today when left out.
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    pub(super) as_of: Option<Spanned<toml::Value>>,
    /// Ids of the frameworks to judge by, such as `well-led`; all when left out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) frameworks: Vec<Words>,
    /// A folder of your own rule files, laid over the built-in ones; sought from the place of this file.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(super) rules: Option<Words>,
    /// Files that are no evidence, by patterns as in `.gitignore`, such as `Archive/`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) exclude: Vec<Words>,
    /// Checks to report; all when left out.
    #[serde(default)]
    #[schemars(schema_with = "checks")]
    pub(super) select: Vec<Words>,
    /// Checks not to report.
    #[serde(default)]
    #[schemars(schema_with = "checks")]
    pub(super) ignore: Vec<Words>,
    /// Severities other than the usual ones, by check.
    #[serde(default)]
    #[schemars(schema_with = "severities")]
    pub(super) severity: BTreeMap<Words, Words>,
    /// From which severity on a finding makes the exit status 1; `error` when left out.
    #[serde(default)]
    #[schemars(schema_with = "fail_on")]
    pub(super) fail_on: Option<Words>,
    /// How many documents are examined at once; as many as there are cores when left out.
    #[serde(default)]
    #[schemars(with = "Option<usize>", range(min = 1))]
    pub(super) jobs: Option<Spanned<usize>>,
    /// Whether a document that could not be read makes the exit status 3.
    #[serde(default)]
    pub(super) require_readable: bool,
    /// How much of a document is read at most.
    #[serde(default)]
    #[schemars(with = "Option<Limits>")]
    pub(super) limits: Option<Spanned<Limits>>,
    /// Findings that somebody accepted.
    #[serde(default)]
    #[schemars(with = "Vec<WrittenWaiver>")]
    pub(super) waive: Vec<Spanned<WrittenWaiver>>,
}

/// A finding that a named person accepted, with a reason and an end. What it names must all be so; one of `check`, `path`,
/// `expectation` and `fingerprint` at least.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(extend("anyOf" = [{ "required": ["check"] }, { "required": ["path"] }, { "required": ["expectation"] },
    { "required": ["fingerprint"] }]))]
pub(crate) struct WrittenWaiver {
    /// The check.
    #[serde(default)]
    #[schemars(schema_with = "check")]
    pub(super) check: Option<Words>,
    /// The documents, by a pattern as in `.gitignore`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(super) path: Option<Words>,
    /// The expectation or the line, such as `W5.risk-register` or `W5`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(super) expectation: Option<Words>,
    /// One finding, as reports name it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(super) fingerprint: Option<Words>,
    /// The person or body that accepted it.
    #[schemars(with = "String", length(min = 1))]
    pub(super) accepted_by: Words,
    /// Why.
    #[schemars(with = "String", length(min = 1))]
    pub(super) reason: Words,
    /// The last day on which the waiver holds.
    #[schemars(with = "Day")]
    pub(super) until: Spanned<toml::Value>,
    /// Where the decision is recorded, such as a minute or a risk.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(super) reference: Option<Words>,
}

fn sector(_: &mut SchemaGenerator) -> Schema {
    one_of(&Sector::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

fn fail_on(_: &mut SchemaGenerator) -> Schema {
    one_of(&FailOn::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

fn check(_: &mut SchemaGenerator) -> Schema {
    one_of(&Check::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

fn checks(_: &mut SchemaGenerator) -> Schema {
    list_of(&Check::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())
}

/// A key for each check, described by what it finds, with the severity that it has unless somebody says otherwise.
fn severities(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<&str> = Severity::ALL.iter().map(|one| one.name()).collect();
    let of = |check: &Check| {
        let usual = check.severity().name();
        let about = json!({ "description": check.summary(), "type": "string", "enum": names, "default": usual });
        (check.name().to_string(), about)
    };
    let all: serde_json::Map<String, serde_json::Value> = Check::ALL.iter().map(of).collect();
    json_schema!({ "type": "object", "properties": all, "additionalProperties": false })
}
