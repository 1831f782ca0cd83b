//! The program as a user runs it, on the fixtures.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;

fn kloe(args: &[&str]) -> std::process::Output {
    Command::cargo_bin("kloe").unwrap().current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().unwrap()
}

fn report(extra: &[&str]) -> (Value, i32) {
    let mut args = vec!["check", "fixtures/trust", "--as-of", "2026-11-01", "--format", "json"];
    args.extend(extra);
    let output = kloe(&args);
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap())
}

fn has(report: &Value, check: &str, path: &str) -> bool {
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .any(|one| one["check"] == check && one["path"].as_str().is_some_and(|one| one.contains(path)))
}

#[test]
fn the_fixtures_are_judged() {
    let (report, status) = report(&[]);
    assert_eq!(status, 1);
    assert_eq!(report["documents"].as_array().unwrap().len(), 7);
    assert_eq!(report["skipped"][0]["reason"], "Office lock file");
    for (check, path) in [
        ("overdue-action", "Board minutes"),
        ("action-without-owner", "Board minutes"),
        ("action-without-date", "Board minutes"),
        ("review-overdue", "QI Strategy"),
        ("no-outcome", "tea round"),
        ("placeholder", "tea round"),
        ("personal-data", "story.txt"),
        ("unreadable", "broken.docx"),
        ("too-few", "Board minutes"),
    ] {
        assert!(has(&report, check, path), "{check} {path}");
    }
    let missing = |id: &str| {
        report["findings"].as_array().unwrap().iter().any(|one| one["check"] == "missing" && one["expectation"] == id)
    };
    assert!(missing("W5.risk-register"));
    let all = report.to_string();
    assert!(!all.contains("401 023 2137"), "personal data in the report");
}

#[test]
fn the_same_bytes_whatever_the_number_of_threads() {
    assert_eq!(report(&["--jobs", "1"]).0, report(&["--jobs", "4"]).0);
}

#[test]
fn human_output_fits_80_columns_and_masks() {
    let output = kloe(&["check", "fixtures/trust", "--as-of", "2026-11-01", "-v"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("no risk register was found"), "{text}");
    assert!(!text.contains("401 023 2137"));
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
    assert_eq!(kloe(&["check", "fixtures/trust/menu.txt"]).status.code(), Some(0));
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
fn the_commands_of_the_readme_run() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let mut ran = 0;
    for line in readme.lines().filter_map(|line| line.strip_prefix("kloe ")) {
        let args: Vec<&str> = line.split_whitespace().collect();
        let status = kloe(&args).status.code();
        assert!(matches!(status, Some(0 | 1)), "kloe {line}: {status:?}");
        ran += 1;
    }
    assert!(ran >= 5);
}
