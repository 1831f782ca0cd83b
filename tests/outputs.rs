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
    for format in OutputFormat::value_variants() {
        let name = format.to_possible_value().unwrap().get_name().to_string();
        let ending = OutputFormat::ENDINGS.iter().find(|(_, of)| of == format).map_or("txt", |(ending, _)| ending);
        for (of, what) in
            [("fixtures/labelled/development/care-home", "full"), (empty.path().to_str().unwrap(), "empty")]
        {
            let file = at(&format!("{what}-{name}.{ending}"));
            kloe(&["check", of, "--format", &name, "--output", &file, DAY[0], DAY[1]]);
            written += 1;
        }
        if *format != OutputFormat::Xlsx {
            let said = kloe(&["check", "fixtures/labelled/development/care-home", "--format", &name, DAY[0], DAY[1]]);
            std::fs::write(at(&format!("said-{name}.{ending}")), said.stdout).unwrap();
            written += 1;
        }
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
