//! GitLab Code Quality: a JSON array of issues, each with a fingerprint and a line.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::escape::plain;
use super::logs::inert_json;
use super::standpoint::{Paths, Standpoint};
use super::{examined, nothing_read};
use crate::finding::Severity;
use crate::report::{FindingRow, Report};

/// The issues, with one that says how much was examined, and a line break at the end.
///
/// # Errors
///
/// When a value does not serialise, which the types rule out.
pub fn gitlab(report: &Report, standpoint: &Standpoint) -> Result<String, serde_json::Error> {
    let paths = Paths::new(report, standpoint);
    let mut issues = vec![coverage(report, standpoint)];
    let numbered = report.findings.iter().zip(super::occurrences(&report.findings));
    issues.extend(numbered.map(|(finding, number)| issue(finding, number, &paths)));
    // A document that was not read is named even where the settings leave its finding out.
    for document in report.documents.iter().filter(|document| !document.read) {
        if !report.findings.iter().any(|finding| finding.path.as_deref() == Some(document.path.as_str())) {
            let reason = document.unread.as_deref().unwrap_or("it was not read");
            let description = format!("{}: not read: {}", plain(&document.path), plain(reason));
            let print = fingerprint(&["not-read", &document.path, reason]);
            issues.push(json!({
                "description": description,
                "check_name": "not-read",
                "fingerprint": print,
                "severity": "minor",
                "location": place(&paths.in_repository(&document.path), 1),
            }));
        }
    }
    serde_json::to_string_pretty(&issues).map(|text| inert_json(&text) + "\n")
}

fn coverage(report: &Report, standpoint: &Standpoint) -> Value {
    let (severity, text) = match nothing_read(report) {
        Some(nothing) => ("critical", format!("{nothing}; {}", examined(report))),
        None => ("info", examined(report)),
    };
    let folder = standpoint.repository.trim_matches('/');
    json!({
        "description": format!("kloe: {text}"),
        "check_name": "examined",
        "fingerprint": fingerprint(&["examined", &text]),
        "severity": severity,
        "location": place(if folder.is_empty() { "." } else { folder }, 1),
    })
}

fn issue(finding: &FindingRow, number: usize, paths: &Paths<'_>) -> Value {
    let (file, line) = paths.of_finding(finding);
    // GitLab keeps one issue of a fingerprint.
    let fingerprint = match number {
        1 => finding.fingerprint.clone(),
        number => format!("{}-{number}", finding.fingerprint),
    };
    json!({
        "description": match finding.accepted() {
            Some(accepted) => format!("{} [{}]", super::full_sentence(finding), plain(&accepted)),
            None => super::full_sentence(finding),
        },
        "check_name": finding.check,
        "fingerprint": fingerprint,
        "severity": if finding.is_open() { severity(finding.severity) } else { "info" },
        "location": place(&file, line),
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Advice => "info",
    }
}

fn place(file: &str, line: u32) -> Value {
    json!({ "path": plain(file), "lines": { "begin": line } })
}

fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
