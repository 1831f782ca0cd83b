//! Baselines: the findings that were there already, by fingerprint, so that only new ones fail a build.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::fault::Fault;

/// Version of the file's shape.
const VERSION: u32 = 1;

/// A baseline file, read or to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// What it is, for people who open it.
    pub about: String,
    /// Version of its shape.
    pub schema_version: u32,
    /// The day of the run that wrote it last.
    pub written: Day,
    /// The findings, by fingerprint.
    pub findings: BTreeMap<String, Known>,
}

/// A finding that was there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Which check.
    pub check: String,
    /// The document, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What was wrong.
    pub message: String,
    /// The first run that had it.
    pub since: Day,
}

impl Baseline {
    /// The baseline of findings by fingerprint; those that `before` knows keep the day since which they are known.
    pub fn of(findings: impl Iterator<Item = (String, Known)>, before: Option<&Baseline>, today: Day) -> Baseline {
        let dated = |(print, known): (String, Known)| {
            let since = before.and_then(|old| old.findings.get(&print)).map_or(known.since, |old| old.since);
            (print, Known { since, ..known })
        };
        Baseline {
            about: "findings that kloe holds for known; written by `kloe check --write-baseline`".to_string(),
            schema_version: VERSION,
            written: today,
            findings: findings.map(dated).collect(),
        }
    }

    /// Reads a baseline file.
    ///
    /// # Errors
    ///
    /// What is no baseline, with the place in it.
    pub fn parse(name: &str, text: &str) -> Result<Baseline, Fault> {
        let help = "`kloe check FOLDER --write-baseline FILE` writes one";
        let read: Baseline = serde_json::from_str(text).map_err(|error| {
            let place = format!("{name}, line {}, column {}", error.line(), error.column());
            Fault::new(format!("this is no baseline of kloe: {place}: {error}")).help(help)
        })?;
        if read.schema_version != VERSION {
            let fault = Fault::new(format!("{name} is a baseline of version {}", read.schema_version));
            return Err(fault.help(format!("this kloe reads version {VERSION}; write it again")));
        }
        Ok(read)
    }

    /// As it is written.
    pub fn to_text(&self) -> String {
        // Nothing in it can fail to be written as JSON: its keys are texts.
        serde_json::to_string_pretty(self).map_or_else(|_| String::new(), |text| text + "\n")
    }

    /// Takes out what is not among these fingerprints any more; gives back how many went.
    pub fn prune(&mut self, still: &std::collections::BTreeSet<String>) -> usize {
        let before = self.findings.len();
        self.findings.retain(|print, _| still.contains(print));
        before - self.findings.len()
    }
}
