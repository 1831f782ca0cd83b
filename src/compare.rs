//! Two reports side by side: what got better, what got worse, what stayed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::fault::Fault;
use crate::finding::Severity;
use crate::judge::Grade;
use crate::report::Report;

/// What of a JSON report is compared. Members that are not here are passed over, so that reports of other versions compare.
#[derive(Debug, Clone, Deserialize)]
pub struct Past {
    schema_version: u32,
    as_of: Day,
    root: String,
    lines: Vec<PastLine>,
    documents: Vec<PastDocument>,
    findings: Vec<PastFinding>,
}

#[derive(Debug, Clone, Deserialize)]
struct PastLine {
    id: String,
    framework: String,
    title: String,
    grade: Grade,
    expectations: Vec<PastExpectation>,
}

#[derive(Debug, Clone, Deserialize)]
struct PastExpectation {
    id: String,
    title: String,
    grade: Grade,
}

#[derive(Debug, Clone, Deserialize)]
struct PastDocument {
    path: String,
}

#[derive(Debug, Clone, Deserialize)]
struct PastFinding {
    check: String,
    severity: Severity,
    message: String,
    path: Option<String>,
    fingerprint: String,
    #[serde(default)]
    standing: Option<String>,
}

/// A grade that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changed {
    /// The line or the expectation.
    pub id: String,
    /// The framework of a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// Its title.
    pub title: String,
    /// The grade before; none when it was not asked for.
    pub before: Option<Grade>,
    /// The grade after; none when it is not asked for any more.
    pub after: Option<Grade>,
}

/// A finding that came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moved {
    /// Which check.
    pub check: String,
    /// How much it matters.
    pub severity: Severity,
    /// What was wrong.
    pub message: String,
    /// The document.
    pub path: Option<String>,
    /// Names the finding from run to run.
    pub fingerprint: String,
}

/// Better or worse.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Turn {
    /// Lines whose grade changed this way.
    pub lines: Vec<Changed>,
    /// Expectations whose grade changed this way.
    pub expectations: Vec<Changed>,
    /// Open findings that went (better) or came (worse).
    pub findings: Vec<Moved>,
}

/// What changed between two reports.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Comparison {
    /// Version of this shape.
    pub schema_version: u32,
    /// The day that the older one was judged on.
    pub before: Day,
    /// The day that the newer one was judged on.
    pub after: Day,
    /// The folder of the newer one, as it was named.
    pub root: String,
    /// What got better.
    pub better: Turn,
    /// What got worse.
    pub worse: Turn,
    /// Lines whose grade stayed.
    pub same_lines: usize,
    /// Open findings that stayed.
    pub same_findings: usize,
    /// Documents that came.
    pub added: Vec<String>,
    /// Documents that went.
    pub removed: Vec<String>,
}

impl Past {
    /// Reads a JSON report.
    ///
    /// # Errors
    ///
    /// What is no JSON report of kloe.
    pub fn parse(name: &str, text: &str) -> Result<Past, Fault> {
        let help = "`kloe check FOLDER --format json --output report.json` writes one";
        let past: Past = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Fault::new(format!("{name} is no JSON report of kloe: {place}: {error}")).help(help)
        })?;
        if past.schema_version != 1 {
            let fault = Fault::new(format!("{name} is a report of version {}", past.schema_version));
            return Err(fault.help("this kloe compares version 1"));
        }
        Ok(past)
    }

    /// The same of a report that was just made.
    ///
    /// # Errors
    ///
    /// When it does not serialise, which the types rule out.
    pub fn of(report: &Report) -> Result<Past, Fault> {
        let text = serde_json::to_string(report).map_err(|error| Fault::new(error.to_string()))?;
        Past::parse("the report", &text)
    }

    fn open(&self) -> BTreeMap<(&str, usize), &PastFinding> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let open = self.findings.iter().filter(|one| one.standing.as_deref().is_none_or(|standing| standing == "open"));
        open.map(|one| {
            let number = seen.entry(&one.fingerprint).or_default();
            *number += 1;
            ((one.fingerprint.as_str(), *number), one)
        })
        .collect()
    }
}

/// Compares two reports.
pub fn compare(old: &Past, new: &Past) -> Comparison {
    let (mut better, mut worse) = (Turn::default(), Turn::default());
    let mut same_lines = 0;
    let key = |line: &PastLine| (line.framework.clone(), line.id.clone());
    let before: BTreeMap<_, _> = old.lines.iter().map(|line| (key(line), line)).collect();
    let after: BTreeMap<_, _> = new.lines.iter().map(|line| (key(line), line)).collect();
    let order = new.lines.iter().chain(old.lines.iter().filter(|line| !after.contains_key(&key(line))));
    for line in order {
        let (was, is) = (before.get(&key(line)).map(|line| line.grade), after.get(&key(line)).map(|line| line.grade));
        if was == is {
            same_lines += 1;
            continue;
        }
        let framework = Some(line.framework.clone());
        let changed = Changed { id: line.id.clone(), framework, title: line.title.clone(), before: was, after: is };
        turn(&mut better, &mut worse, was, is).lines.push(changed);
    }
    let expectations = |past: &Past| -> BTreeMap<(String, String), (String, Grade)> {
        let of = |line: &PastLine| {
            let framework = line.framework.clone();
            let row = |one: &PastExpectation| ((framework.clone(), one.id.clone()), (one.title.clone(), one.grade));
            line.expectations.iter().map(row).collect::<Vec<_>>()
        };
        past.lines.iter().flat_map(of).collect()
    };
    let (before, after) = (expectations(old), expectations(new));
    let mut all: Vec<&(String, String)> = before.keys().chain(after.keys()).collect();
    all.sort();
    all.dedup();
    for id in all {
        let (was, is) = (before.get(id).map(|one| one.1), after.get(id).map(|one| one.1));
        if was != is {
            let title = after.get(id).or(before.get(id)).map_or(String::new(), |one| one.0.clone());
            let changed = Changed { id: id.1.clone(), framework: None, title, before: was, after: is };
            turn(&mut better, &mut worse, was, is).expectations.push(changed);
        }
    }
    let (before, after) = (old.open(), new.open());
    better.findings = before.iter().filter(|(key, _)| !after.contains_key(*key)).map(|(_, one)| moved(one)).collect();
    worse.findings = after.iter().filter(|(key, _)| !before.contains_key(*key)).map(|(_, one)| moved(one)).collect();
    for turn in [&mut better, &mut worse] {
        turn.findings.sort_by(|a, b| {
            (std::cmp::Reverse(a.severity), &a.check, &a.path, &a.fingerprint).cmp(&(
                std::cmp::Reverse(b.severity),
                &b.check,
                &b.path,
                &b.fingerprint,
            ))
        });
    }
    let same_findings = after.keys().filter(|key| before.contains_key(*key)).count();
    let missing_in = |one: &Past, other: &Past| -> Vec<String> {
        let there: std::collections::BTreeSet<&str> = other.documents.iter().map(|row| row.path.as_str()).collect();
        one.documents.iter().map(|row| row.path.clone()).filter(|path| !there.contains(path.as_str())).collect()
    };
    Comparison {
        schema_version: 1,
        before: old.as_of,
        after: new.as_of,
        root: new.root.clone(),
        added: missing_in(new, old),
        removed: missing_in(old, new),
        better,
        worse,
        same_lines,
        same_findings,
    }
}

/// What is asked for anew and missing is neither better nor worse than not being asked; it counts as worse, so that it is seen.
fn turn<'t>(better: &'t mut Turn, worse: &'t mut Turn, was: Option<Grade>, is: Option<Grade>) -> &'t mut Turn {
    match (was, is) {
        (Some(was), Some(is)) if is > was => better,
        (None, Some(is)) if is > Grade::Missing => better,
        (Some(Grade::Missing), None) => better,
        _ => worse,
    }
}

fn moved(finding: &PastFinding) -> Moved {
    Moved {
        check: finding.check.clone(),
        severity: finding.severity,
        message: finding.message.clone(),
        path: finding.path.clone(),
        fingerprint: finding.fingerprint.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(grade: &str, findings: &[(&str, &str)], documents: &[&str]) -> Past {
        let findings: Vec<String> = findings
            .iter()
            .map(|(print, standing)| {
                format!(
                    "{{\"check\":\"draft\",\"severity\":\"warning\",\"message\":\"m\",\"path\":\"a\",\
                     \"fingerprint\":\"{print}\",\"standing\":\"{standing}\",\"new\":1}}"
                )
            })
            .collect();
        let documents: Vec<String> = documents.iter().map(|path| format!("{{\"path\":\"{path}\"}}")).collect();
        let text = format!(
            "{{\"schema_version\":1,\"as_of\":\"2026-11-01\",\"root\":\"e\",\"lines\":[{{\"id\":\"W5\",\"framework\":\"well-led\",\
             \"title\":\"Risks\",\"grade\":\"{grade}\",\"expectations\":[{{\"id\":\"W5.risk-register\",\"title\":\"risk register\",\
             \"grade\":\"{grade}\"}}]}}],\"documents\":[{}],\"findings\":[{}]}}",
            documents.join(","),
            findings.join(",")
        );
        Past::parse("a.json", &text).unwrap()
    }

    #[test]
    fn what_changed_is_better_or_worse() {
        let old = past("missing", &[("a", "open"), ("b", "open"), ("b", "open")], &["a", "b"]);
        let new = past("weak", &[("b", "open"), ("c", "open"), ("d", "waived")], &["b", "c"]);
        let change = compare(&old, &new);
        assert_eq!((change.better.lines.len(), change.better.expectations.len(), change.worse.lines.len()), (1, 1, 0));
        let prints = |turn: &Turn| turn.findings.iter().map(|one| one.fingerprint.clone()).collect::<Vec<_>>();
        assert_eq!((prints(&change.better), prints(&change.worse)), (vec!["a".into(), "b".into()], vec!["c".into()]));
        assert_eq!((change.same_findings, change.added, change.removed), (1, vec!["c".into()], vec!["a".into()]));
        assert_eq!(compare(&new, &old).worse.lines[0].after, Some(Grade::Missing));
        assert_eq!(compare(&old, &old).same_lines, 1);
    }

    #[test]
    fn what_is_no_report_is_refused() {
        for text in ["", "{}", "[]", "{\"schema_version\": 2}"] {
            assert!(Past::parse("old.json", text).unwrap_err().to_string().contains("old.json"), "{text}");
        }
    }
}
