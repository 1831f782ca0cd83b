//! Each format read back by a parser, for a report full of findings, a clean one and an empty one.

use std::collections::BTreeSet;

use calamine::{Data, Reader as _, Xlsx};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::sample::{HOSTILE, clean, empty, full};
use super::*;
use crate::finding::{Check, Severity};
use crate::report::Report;

fn seat() -> Standpoint {
    Standpoint { repository: "trust/evidence".to_string(), output: Some("../evidence".to_string()) }
}

fn all_texts(report: &Report) -> Vec<(&'static str, String)> {
    vec![
        ("sarif", sarif(report, &seat()).unwrap()),
        ("github", github(report, &seat())),
        ("gitlab", gitlab(report, &seat()).unwrap()),
        ("junit", junit(report)),
        ("markdown", markdown(report)),
        ("csv", csv(report, TableOf::Findings).unwrap()),
        ("csv-evidence", csv(report, TableOf::Evidence).unwrap()),
        ("csv-actions", csv(report, TableOf::Actions).unwrap()),
    ]
}

/// The cells of a workbook, sheet by sheet, one row a line.
fn cells(report: &Report) -> String {
    let bytes = xlsx(report, &seat()).unwrap();
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let mut out = String::new();
    for (name, range) in workbook.worksheets() {
        out.push_str(&format!("# {name}\n"));
        for row in range.rows() {
            let shown = |cell: &Data| match cell {
                Data::DateTime(when) => format!("{:?}", when.to_ymd_hms_milli()),
                cell => cell.to_string(),
            };
            out.push_str(&format!("{}\n", row.iter().map(shown).collect::<Vec<_>>().join(" | ")));
        }
    }
    out
}

#[test]
fn every_format_looks_as_it_did() {
    for (of, report) in [("full", full()), ("clean", clean()), ("empty", empty())] {
        for (name, text) in all_texts(&report) {
            insta::assert_snapshot!(format!("{name}-{of}"), text.replace('\r', "␍"));
        }
        insta::assert_snapshot!(format!("xlsx-{of}"), cells(&report));
    }
}

#[test]
fn nothing_read_never_looks_like_nothing_found() {
    let texts = |report: &Report| {
        let mut all = all_texts(report);
        all.push(("xlsx", cells(report)));
        all
    };
    for (name, text) in texts(&empty()) {
        assert!(text.to_lowercase().contains("nothing was examined, no document was found"), "{name}: {text}");
    }
    for (name, text) in texts(&clean()) {
        assert!(text.contains("1 document: 1 read, 0 not read; 0 files skipped"), "{name}: {text}");
        assert!(!text.to_lowercase().contains("nothing was examined"), "{name}: {text}");
    }
    for (name, text) in texts(&full()) {
        assert!(text.contains("5 documents: 4 read, 1 not read; 1 file skipped"), "{name}: {text}");
    }
}

#[test]
fn nothing_hostile_gets_through() {
    for (name, text) in all_texts(&full()) {
        let text = text.trim_start_matches('\u{feff}');
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{feff}']), "{name}: {text}");
        let commands = text.lines().filter(|line| line.trim_start().starts_with("::error::"));
        assert_eq!(commands.count(), 0, "{name}: {text}");
    }
    assert!(!cells(&full()).contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn sarif_has_all_that_code_scanning_asks_for() {
    let report = full();
    let log: Value = serde_json::from_str(&sarif(&report, &seat()).unwrap()).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown", "/helpUri"] {
            assert!(rule.pointer(text).is_some_and(|text| !text.as_str().unwrap().is_empty()), "{text} of {rule}");
        }
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), report.findings.len());
    let mut prints = BTreeSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let physical = &result["locations"][0]["physicalLocation"];
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.contains([' ', '\\', ':', '"']) && !uri.starts_with('/'), "{uri}");
        assert!(physical["artifactLocation"]["uriBaseId"].is_string());
        assert!(physical["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(prints.insert(result["partialFingerprints"]["kloe/v1"].to_string()), "{result}");
    }
    let notifications = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notifications.len(), 1 + report.summary.not_read + report.summary.skipped);
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let log: Value = serde_json::from_str(&sarif(&empty(), &seat()).unwrap()).unwrap();
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn annotations_keep_to_the_limits_of_github() {
    let mut report = full();
    let one = report.findings[0].clone();
    report.findings.extend(std::iter::repeat_n(one, 40));
    let advice = report.findings.iter().find(|one| one.severity == Severity::Advice).unwrap().clone();
    report.findings.extend(std::iter::repeat_n(advice, 40));
    let text = github(&report, &seat());
    for kind in ["error", "warning", "notice"] {
        let of = text.lines().filter(|line| line.starts_with(&format!("::{kind} "))).count();
        assert!(of <= 10, "{of} {kind}");
    }
    assert!(text.lines().count() <= 50);
    assert!(text.lines().next().unwrap().contains("not shown here: 32 errors, 32 advice"), "{text}");
}

#[test]
fn issues_of_gitlab_have_fingerprints_of_their_own() {
    let issues: Vec<Value> = serde_json::from_str(&gitlab(&full(), &seat()).unwrap()).unwrap();
    let prints: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), issues.len());
    assert_eq!(issues.len(), full().findings.len() + 1);
    for issue in &issues {
        assert!(["info", "minor", "major", "critical"].contains(&issue["severity"].as_str().unwrap()));
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        assert!(!issue["location"]["path"].as_str().unwrap().starts_with("./"));
    }
    let mut hidden = full();
    hidden.findings.clear();
    assert!(gitlab(&hidden, &seat()).unwrap().contains("Locked.pdf: not read: a password is needed"));
}

/// Counts of an element's attributes against the cases that stand in it.
#[test]
fn junit_counts_what_it_holds() {
    for report in [full(), clean(), empty()] {
        let text = junit(&report);
        let mut reader = Reader::from_str(&text);
        let (mut cases, mut failures, mut skipped, mut said) = (0, 0, 0, Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) | Event::Empty(start) => match start.name().as_ref() {
                    "testcase" => cases += 1,
                    "failure" => failures += 1,
                    "skipped" => skipped += 1,
                    "testsuites" => {
                        let value = |name: &str| {
                            let found = start.attributes().flatten().find(|one| one.key.as_ref() == name).unwrap();
                            found.value.parse::<usize>().unwrap()
                        };
                        said = vec![value("tests"), value("failures"), value("skipped")];
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(said, [cases, failures, skipped], "{text}");
    }
}

#[test]
fn markdown_is_cut_by_name_and_its_tables_hold() {
    let mut report = full();
    let one = report.findings[5].clone();
    for check in Check::ALL {
        let mut many = one.clone();
        many.check = check.name();
        many.message = "x".repeat(390);
        report.findings.extend(std::iter::repeat_n(many, 60));
    }
    let text = markdown(&report);
    assert!(text.chars().count() <= 65_000);
    let cut = text.lines().find(|line| line.contains("Cut here, this is not the whole report.")).unwrap();
    assert!(cut.contains("61 of no-owner"), "{cut}");
    for line in markdown(&full()).lines().filter(|line| line.starts_with("| ") && line.contains("cmd")) {
        assert!([3, 5].contains(&line.matches('|').count()), "{line}");
    }
}

#[test]
fn tables_are_read_back_whole() {
    let report = full();
    for (of, rows) in [(TableOf::Findings, 10), (TableOf::Evidence, 5), (TableOf::Actions, 3)] {
        let text = csv(&report, of).unwrap();
        let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let read: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(read.len(), rows + 1, "{text}");
        assert!(read.iter().flatten().all(|cell| !escape::is_formula(cell)), "{text}");
        assert!(text.starts_with('\u{feff}') && text.matches("\r\n").count() == rows + 2);
    }
}

#[test]
fn a_workbook_has_days_links_and_the_same_bytes_each_time() {
    let text = cells(&full());
    assert!(text.contains("(2026, 10, 1, 0, 0, 0, 0)"), "{text}");
    for sheet in ["Summary", "Evidence index", "Findings", "Missing", "Action plan", "Not read"] {
        assert!(text.contains(&format!("# {sheet}\n")), "{sheet}");
    }
    assert!(text.contains(&super::plain(HOSTILE).replace(' ', "")[..6]), "{text}");
    let bytes = xlsx(&full(), &seat()).unwrap();
    assert_eq!(bytes, xlsx(&full(), &seat()).unwrap());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let links = part("xl/worksheets/_rels/sheet2.xml.rels");
    assert!(links.contains("Target=\"../evidence/Trust%20Board/Minutes,%2024%20Sept.docx\""), "{links}");
    let sheet = part("xl/worksheets/sheet5.xml");
    assert!(sheet.contains("<autoFilter ref=\"A1:F4\"") && sheet.contains("state=\"frozen\""), "{sheet}");
    assert!(part("xl/styles.xml").contains("quotePrefix=\"1\""));
}
