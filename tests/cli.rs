//! The program as a user runs it, on the fixtures.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use program::kloe;
use serde_json::Value;

fn report(extra: &[&str]) -> (Value, i32) {
    let mut args = vec!["check", "fixtures/trust", "--as-of", "2026-11-01", "--format", "json"];
    args.extend(extra);
    let output = kloe(&args);
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap())
}

#[test]
fn the_fixtures_are_judged_and_every_check_is_found_there() {
    let (report, status) = report(&[]);
    assert_eq!(status, 1);
    let files = walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/trust"));
    let files = files.into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()).count();
    let rows = |name: &str| report[name].as_array().unwrap().clone();
    let documents = rows("documents").iter().filter(|one| !one["path"].as_str().unwrap().contains('!')).count();
    assert_eq!(documents + rows("skipped").len(), files, "every file is a document or skipped");
    assert_eq!(rows("skipped")[0]["reason"], "Office lock file");
    let found: std::collections::BTreeSet<String> =
        rows("findings").iter().map(|one| one["check"].as_str().unwrap().to_string()).collect();
    for check in [
        "missing",
        "too-few",
        "stale",
        "lacks-element",
        "no-outcome",
        "draft",
        "placeholder",
        "no-owner",
        "no-date",
        "no-approval",
        "no-review-date",
        "review-overdue",
        "overdue-action",
        "action-without-owner",
        "action-without-date",
        "personal-data",
        "no-text",
        "unreadable",
        "encrypted",
        "unsupported",
    ] {
        assert!(found.contains(check), "{check} is not found in the fixtures");
    }
}

#[test]
fn personal_data_is_nowhere_in_full() {
    let file = "fixtures/trust/Clinical/Falls risk assessment example Bay 3.docx";
    for args in [
        vec!["check", "fixtures/trust", "-v", "--as-of", "2026-11-01"],
        vec!["check", "fixtures/trust", "--format", "json"],
        vec!["show", file],
    ] {
        let output = kloe(&args);
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("473 *** **68"), "{args:?}");
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '*').collect();
        assert!(!digits.contains("4730") || !text.contains("473 0"), "{args:?}");
    }
}

#[test]
fn the_same_bytes_whatever_the_number_of_threads() {
    assert_eq!(report(&["--jobs", "1"]).0, report(&["--jobs", "4"]).0);
}

#[test]
fn human_output_fits_80_columns() {
    let output = kloe(&["check", "fixtures/trust", "--as-of", "2026-11-01", "-v"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    assert!(text.contains("◐ weak") && text.contains("J2"));
}

#[test]
fn exit_statuses_are_those_of_the_contract() {
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    assert_eq!(kloe(&["check", empty]).status.code(), Some(3));
    assert_eq!(kloe(&["check", "no such folder"]).status.code(), Some(2));
    assert_eq!(kloe(&["check", "fixtures/trust", "--as-of", "soon"]).status.code(), Some(2));
    assert_eq!(kloe(&["check", "fixtures/trust", "--fail-on", "never"]).status.code(), Some(0));
    assert_eq!(kloe(&["check", "fixtures/trust/READ ME FIRST.txt"]).status.code(), Some(0));
}

#[test]
fn a_broken_rule_file_is_shown_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("evidence")).unwrap();
    std::fs::write(
        folder.path().join("evidence/mine.toml"),
        "[[evidence]]\nid = \"mine\"\ncategory = \"processes\"\nnmaes = []\n",
    )
    .unwrap();
    let output = kloe(&["rules", "list", "--rules", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("mine.toml") && text.contains("did you mean `names`?"), "{text}");
}

#[test]
fn text_that_is_shown_is_masked_by_its_context_too_and_names_may_begin_with_a_hyphen() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("-x.md"), "# Story\n\nHis NHS number 45 8671 0004 was read out.\n").unwrap();
    let output = program::kloe_in(folder.path(), &["show", "--text", "./-x.md"], &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("Story") && !text.contains("45 8671 0004"), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_no_success() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status =
        std::process::Command::new(env!("CARGO_BIN_EXE_kloe")).args(["explain", "checks"]).stdout(full).status();
    assert_eq!(status.unwrap().code(), Some(2));
}

#[test]
fn a_line_on_processes_alone_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let terms = "# Board assurance framework\n\nDate: 1 October 2026\n\nOwner: Trust Secretary\n\n\
                 | Ref | Principal risk | Controls | Assurance | Score | Lead | Gap in control | Action | By |\n\
                 |---|---|---|---|---|---|---|---|---|\n\
                 | B1 | Theatres stop | Contract | Audit | 12 | Director of Estates | None | Review | 5 December 2026 |\n";
    std::fs::write(folder.path().join("Board assurance framework Q2.md"), terms).unwrap();
    let output = kloe(&["check", folder.path().to_str().unwrap(), "--as-of", "2026-11-01", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = report["findings"].as_array().unwrap().iter().filter(|one| one["check"] == "single-category");
    assert!(found.into_iter().any(|one| one["expectation"] == "W5"), "{report}");
}
