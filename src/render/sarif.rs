//! SARIF 2.1.0, as code scanning takes it: every result has a file, a line and a fingerprint.

use serde_json::{Map, Value, json};

use super::escape::plain;
use super::logs::inert_json;
use super::standpoint::{Paths, Standpoint, as_uri};
use super::{examined, nothing_read};
use crate::finding::{Check, Severity};
use crate::report::{FindingRow, Location, Report};

/// The published schema.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What paths are relative to: the repository, or the folder that was checked.
const BASE: &str = "%SRCROOT%";
/// What rule files are named from.
const RULES_BASE: &str = "RULES";
/// GitHub refuses a run with more results.
const MOST: usize = 25_000;

/// A SARIF log with one run, and a line break at its end.
///
/// # Errors
///
/// When a value does not serialise, which the types rule out.
pub fn sarif(report: &Report, standpoint: &Standpoint) -> Result<String, serde_json::Error> {
    let paths = Paths::new(report, standpoint);
    // With one baseline state, SARIF wants one on every result.
    let baseline = report.summary.known + report.summary.resolved > 0;
    let numbered = report.findings.iter().zip(super::occurrences(&report.findings)).take(MOST);
    let results: Vec<Value> = numbered.map(|(finding, number)| result(finding, number, &paths, baseline)).collect();
    let mut notifications = notifications(report, &paths);
    if report.findings.len() > MOST {
        let text = format!("{} findings after the worst {MOST} are left out here", report.findings.len() - MOST);
        notifications.push(notification("error", "cut", &text, None));
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(report) },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                (BASE): { "description": { "text": "the repository, or the folder that was checked" } },
                (RULES_BASE): { "description": { "text": "where rule files are named from: the source of kloe for the built-in ones" } },
            },
            "invocations": [{
                "executionSuccessful": nothing_read(report).is_none(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
            "properties": {
                "asOf": report.as_of,
                "examined": examined(report),
                "documents": report.summary.documents,
                "notRead": report.summary.not_read,
                "skipped": report.summary.skipped,
                "leftOut": report.summary.left_out,
                "lines": report.summary.lines,
            },
        }],
    });
    serde_json::to_string_pretty(&log).map(|text| inert_json(&text) + "\n")
}

fn driver(report: &Report) -> Value {
    let rules: Vec<Value> = Check::ALL.iter().map(|check| rule(*check)).collect();
    let descriptors = [
        ("examined", "How much was examined"),
        ("not-read", "A document that was not read"),
        ("skipped", "A file that was skipped"),
        ("cut", "Findings that are left out of this file"),
    ];
    let descriptors: Vec<Value> =
        descriptors.iter().map(|(id, text)| json!({ "id": id, "shortDescription": { "text": text } })).collect();
    json!({
        "name": report.tool.name,
        "version": report.tool.version,
        "semanticVersion": report.tool.version,
        "rules": rules,
        "notifications": descriptors,
    })
}

fn rule(check: Check) -> Value {
    let sentence = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", chars.as_str().trim_end_matches('.'))
    };
    let (why, remedy) = (sentence(check.why()), sentence(check.remedy()));
    json!({
        "id": check.name(),
        "name": pascal(check.name()),
        "shortDescription": { "text": check.summary() },
        "fullDescription": { "text": format!("{} {why}", check.summary()) },
        "help": {
            "text": format!("Why: {why}\nWhat puts it right: {remedy}\nMore: kloe explain {check}"),
            "markdown": format!("**Why:** {why}\n\n**What puts it right:** {remedy}\n\nMore: `kloe explain {check}`"),
        },
        "helpUri": super::HELP_URI,
        "defaultConfiguration": { "level": level(check.severity()) },
        "properties": { "tags": ["governance", "evidence"], "precision": "medium" },
    })
}

/// `no-owner` as `NoOwner`.
fn pascal(name: &str) -> String {
    let capital = |word: &str| word.get(..1).map(|first| first.to_uppercase() + &word[1..]).unwrap_or_default();
    name.split('-').map(capital).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn result(finding: &FindingRow, number: usize, paths: &Paths<'_>, baseline: bool) -> Value {
    let index = Check::ALL.iter().position(|check| check.name() == finding.check);
    let mut result = json!({
        "ruleId": finding.check,
        "kind": "fail",
        "level": level(finding.severity),
        "message": { "text": super::full_sentence(finding) },
        "locations": [location(finding, paths)],
        "partialFingerprints": {
            "kloe/v1": format!("{}:{number}", finding.fingerprint),
            // The only one that GitHub looks at.
            "primaryLocationLineHash": format!("{}:{number}", finding.fingerprint),
        },
        "properties": { "help": lines(&finding.help), "expectations": finding.expectations },
    });
    if let Some(object) = result.as_object_mut() {
        if let Some(index) = index {
            object.insert("ruleIndex".to_string(), json!(index));
        }
        if let Some(accepted) = finding.accepted().filter(|_| finding.waiver.is_some()) {
            let suppression = json!({ "kind": "external", "status": "accepted", "justification": plain(&accepted) });
            object.insert("suppressions".to_string(), json!([suppression]));
        }
        if baseline {
            let state = if finding.known_since.is_some() { "unchanged" } else { "new" };
            object.insert("baselineState".to_string(), json!(state));
        }
    }
    result
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(plain).collect()
}

fn location(finding: &FindingRow, paths: &Paths<'_>) -> Value {
    let (file, line) = paths.of_finding(finding);
    let mut region = json!({ "startLine": line });
    if let Some(location) = finding.location.as_ref().filter(|_| finding.path.is_some()) {
        region = with_words(region, location);
    }
    let base = if finding.path.is_none() { RULES_BASE } else { BASE };
    let mut location = json!({
        "physicalLocation": { "artifactLocation": artifact(&file, base), "region": region },
    });
    let logical = logical(finding, paths);
    if let (false, Some(object)) = (logical.is_empty(), location.as_object_mut()) {
        object.insert("logicalLocations".to_string(), Value::Array(logical));
    }
    location
}

fn artifact(file: &str, base: &str) -> Value {
    let uri = as_uri(file);
    if uri.starts_with("file:") { json!({ "uri": uri }) } else { json!({ "uri": uri, "uriBaseId": base }) }
}

/// The region with column and words, where the document is a text file that a viewer can show.
fn with_words(mut region: Value, location: &Location) -> Value {
    if let Some(object) = region.as_object_mut() {
        if let Some(column) = location.place.column.filter(|_| location.place.line.is_some()) {
            object.insert("startColumn".to_string(), json!(column.max(1)));
        }
        if !location.quote.is_empty() {
            object.insert("snippet".to_string(), json!({ "text": plain(&location.quote) }));
        }
    }
    region
}

/// Places that have no line: page, slide, cell, the entry of an archive, and the expectations concerned.
fn logical(finding: &FindingRow, paths: &Paths<'_>) -> Vec<Value> {
    let mut all = Vec::new();
    if let Some(inside) = finding.path.as_deref().and_then(|path| paths.parted(path).inside) {
        all.push(json!({ "name": plain(inside), "kind": "member" }));
    }
    let place = finding.location.as_ref().map(|location| &location.place);
    let place = place.filter(|place| place.line.is_none()).map(|place| plain(&place.to_string()));
    if let Some(place) = place.filter(|place| !place.is_empty()) {
        all.push(json!({ "name": place, "kind": "element" }));
    }
    all.extend(finding.expectations.iter().map(|id| json!({ "name": id, "kind": "requirement" })));
    all
}

/// What was not read or skipped, one notification each, and how much was examined in all.
fn notifications(report: &Report, paths: &Paths<'_>) -> Vec<Value> {
    let mut all = Vec::new();
    let (level, text) = match nothing_read(report) {
        Some(nothing) => ("error", format!("{nothing}; {}", examined(report))),
        None => ("note", examined(report)),
    };
    all.push(notification(level, "examined", &text, None));
    for document in report.documents.iter().filter(|document| !document.read) {
        let reason = document.unread.as_deref().unwrap_or("it was not read");
        let text = format!("not read: {}: {}", plain(&document.path), plain(reason));
        all.push(notification("warning", "not-read", &text, Some(paths.in_repository(&document.path))));
    }
    for one in &report.skipped {
        let text = format!("skipped: {}: {}", plain(&one.path), plain(&one.reason));
        all.push(notification("note", "skipped", &text, Some(paths.in_repository(&one.path))));
    }
    all
}

fn notification(level: &str, id: &str, text: &str, file: Option<String>) -> Value {
    const IDS: [&str; 4] = ["examined", "not-read", "skipped", "cut"];
    let mut object = Map::new();
    let index = IDS.iter().position(|one| *one == id);
    object.insert("descriptor".to_string(), json!({ "id": id, "index": index }));
    object.insert("level".to_string(), json!(level));
    object.insert("message".to_string(), json!({ "text": text }));
    if let Some(file) = file {
        let location = json!({ "physicalLocation": { "artifactLocation": artifact(&file, BASE) } });
        object.insert("locations".to_string(), json!([location]));
    }
    Value::Object(object)
}
