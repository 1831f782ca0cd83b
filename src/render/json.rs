//! The report as the JSON of the contract.

use super::logs::inert_json;
use crate::report::Report;

/// The JSON of the contract, with a line break at its end.
///
/// # Errors
///
/// When a value does not serialise, which the types rule out.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| inert_json(&text) + "\n")
}
