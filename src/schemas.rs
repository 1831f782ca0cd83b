//! The JSON Schemas of what kloe reads and writes, from the types that do so. `docs/schema` holds them as they are printed;
//! `tests/schemas.rs` holds them up to date.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::compare::Comparison;
use crate::report::Report;
use crate::rules::{EvidenceFile, FrameworkWritten, LineWritten};
use crate::settings;
use crate::settle::Baseline;

crate::named! {
    /// A sort of file that has a schema.
    SchemaOf {
        /// `rules/evidence/NAME.toml`.
        Evidence = "evidence",
        /// `rules/FRAMEWORK/LINE.toml`.
        Line = "line",
        /// `rules/FRAMEWORK/framework.toml`.
        Framework = "framework",
        /// `kloe.toml`.
        Settings = "settings",
        /// What `kloe check --format json` writes.
        Report = "report",
        /// What `kloe compare --format json` and `kloe check --since REV --format json` write.
        Comparison = "comparison",
        /// What `kloe check --write-baseline` writes.
        Baseline = "baseline",
    }
}

/// The JSON Schema (draft 2020-12) of one sort of file.
pub fn schema(of: SchemaOf) -> Schema {
    match of {
        SchemaOf::Evidence => toml::<EvidenceFile>("A file of evidence types for kloe"),
        SchemaOf::Line => toml::<LineWritten>("A line of enquiry for kloe"),
        SchemaOf::Framework => toml::<FrameworkWritten>("A framework for kloe"),
        SchemaOf::Settings => toml::<settings::Written>("Settings of kloe (kloe.toml)"),
        SchemaOf::Report => json::<Report>("Report of kloe check"),
        SchemaOf::Comparison => json::<Comparison>("Comparison of two reports of kloe"),
        SchemaOf::Baseline => json::<Baseline>("Baseline of kloe"),
    }
}

/// The schema as it is printed and stored.
pub fn text(of: SchemaOf) -> String {
    // Its keys are texts, so that nothing in it can fail to be written.
    serde_json::to_string_pretty(&schema(of)).map_or_else(|_| String::new(), |text| text + "\n")
}

/// Of a file that people write and kloe reads: TOML, which knows no null.
fn toml<T: JsonSchema>(title: &str) -> Schema {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
    titled(settings.into_generator().into_root_schema_for::<T>(), title)
}

/// Of a file that kloe writes.
fn json<T: JsonSchema>(title: &str) -> Schema {
    titled(SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>(), title)
}

fn titled(mut schema: Schema, title: &str) -> Schema {
    schema.insert("title".to_string(), title.into());
    schema
}

/// What may be left out is not asked for; to say that it may be null, too, would only make hints longer.
fn without_null(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if object.get("default").is_some_and(Value::is_null) {
        object.remove("default");
    }
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|one| one != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            object.insert("type".to_string(), one);
        }
    }
    let null = |one: &Value| one["type"] == "null";
    if let Some(Value::Array(choices)) = object.get("anyOf")
        && let [one, other] = choices.as_slice()
        && null(other)
        && let Some(one) = one.as_object().cloned()
    {
        object.remove("anyOf");
        object.extend(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_closed_and_knows_no_null() {
        for of in [SchemaOf::Evidence, SchemaOf::Line, SchemaOf::Framework, SchemaOf::Settings] {
            let schema = schema(of).to_value();
            assert_eq!(schema["additionalProperties"], false, "{of}");
            assert!(!text(of).contains("\"null\""), "{of}: {}", text(of));
        }
    }

    #[test]
    fn only_what_must_be_there_is_required() {
        let required = |schema: &Value| -> Vec<String> {
            schema["required"].as_array().into_iter().flatten().map(|one| one.as_str().unwrap().to_string()).collect()
        };
        let evidence = schema(SchemaOf::Evidence).to_value();
        assert_eq!(required(&evidence["$defs"]["EvidenceWritten"]), ["id"]);
        let line = schema(SchemaOf::Line).to_value();
        assert_eq!(required(&line["$defs"]["ExpectWritten"]), ["evidence", "why"]);
        let settings = schema(SchemaOf::Settings).to_value();
        assert!(required(&settings).is_empty(), "{settings}");
        assert_eq!(required(&settings["$defs"]["WrittenWaiver"]), ["accepted-by", "reason", "until"]);
    }
}
