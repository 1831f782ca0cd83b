//! Reports as files: where they are written, and what becomes of them in the next run.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::path::Path;

use clap::ValueEnum;
use kloe::cli::OutputFormat;
use program::{kloe, kloe_in};
use serde_json::Value;

const DAY: [&str; 2] = ["--as-of", "2026-11-01"];

/// A small folder of evidence.
fn evidence() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let register =
        "# Risk register\n\nOwner: Matron\n\nDate: 4 May 2026\n\nAction: buy a hoist by 5 June 2026 (Jo Smith)\n";
    std::fs::write(folder.path().join("Risk register.md"), register).unwrap();
    folder
}

fn report(folder: &Path) -> Value {
    let output = kloe_in(folder, &["check", ".", "--format", "json", DAY[0], DAY[1]], &[]);
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn reports_in_the_folder_are_no_evidence_of_the_next_run() {
    let folder = evidence();
    let empty = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_string();
    let before = report(folder.path());
    let mut written = 0;
    let full = evidence();
    let pairs = |what: &str| -> Vec<String> {
        let pair = |format: &OutputFormat| {
            let name = format.to_possible_value().unwrap().get_name().to_string();
            let ending = OutputFormat::ENDINGS.iter().find(|(_, of)| of == format).map_or("txt", |(ending, _)| ending);
            let file = at(&format!("{what}-{name}.{ending}"));
            ["--format".to_string(), name, "--output".to_string(), file]
        };
        OutputFormat::value_variants().iter().flat_map(pair).collect()
    };
    for (what, of) in [("full", full.path()), ("empty", empty.path())] {
        let pairs = pairs(what);
        let mut args = vec!["check", of.to_str().unwrap(), DAY[0], DAY[1]];
        args.extend(pairs.iter().map(String::as_str));
        kloe(&args);
        written += OutputFormat::value_variants().len();
    }
    for args in [["--color", "always"], ["--format", "github"]] {
        let said = kloe(&["check", full.path().to_str().unwrap(), args[0], args[1], DAY[0], DAY[1]]);
        std::fs::write(at(&format!("said{written}.txt")), said.stdout).unwrap();
        written += 1;
    }
    let after = report(folder.path());
    let skipped = after["skipped"].as_array().unwrap();
    let left: Vec<&Value> = after["documents"].as_array().unwrap().iter().map(|row| &row["path"]).collect();
    assert_eq!(left, ["Risk register.md"]);
    assert_eq!(skipped.len(), written);
    assert!(skipped.iter().all(|row| row["reason"] == "a report written by kloe"), "{skipped:?}");
    assert_eq!((&before["lines"], &before["findings"]), (&after["lines"], &after["findings"]));
}

#[test]
fn the_file_that_is_written_is_not_read() {
    let folder = evidence();
    std::fs::copy(folder.path().join("Risk register.md"), folder.path().join("out.json")).unwrap();
    let output = kloe_in(folder.path(), &["check", ".", "--output", "./out.json"], &[]);
    assert!(output.stderr.is_empty());
    let written: Value = serde_json::from_slice(&std::fs::read(folder.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(written["skipped"][0]["path"], "out.json");
    let one = kloe_in(folder.path(), &["check", "out.json", "--output", "out.json"], &[]);
    assert_eq!(one.status.code(), Some(3));
}

#[test]
fn the_same_file_named_twice_counts_once() {
    let folder = evidence();
    let count = |args: &[&str]| {
        let mut all = vec!["check", "--format", "json"];
        all.extend(args);
        let output = kloe_in(folder.path(), &all, &[]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        (report["summary"]["documents"].clone(), report["lines"].as_array().unwrap().is_empty())
    };
    let whole = folder.path().to_str().unwrap();
    assert_eq!(count(&["Risk register.md", "./Risk register.md"]), (1.into(), true));
    assert_eq!(count(&[".", "Risk register.md", whole]), (1.into(), false));
    assert_eq!(count(&["Risk register.md", whole]), (1.into(), false));
}

#[test]
fn an_output_that_cannot_be_written_is_said_at_once() {
    let folder = evidence();
    for (output, says) in [(".", "it is a folder"), ("no/such/kloe.json", "there is no folder no/such")] {
        let run = kloe_in(folder.path(), &["check", ".", "--format", "json", "--output", output], &[]);
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && said.contains(says) && said.contains("help"), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_can_be_named() {
    let folder = evidence();
    let run = kloe_in(folder.path(), &["check", ".", "--format", "json", "--output", "/dev/stdout"], &[]);
    let said: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(said["schema_version"], 1, "{}", String::from_utf8_lossy(&run.stderr));
}
