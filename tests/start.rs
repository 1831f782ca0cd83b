//! What stands at the beginning: init, settings, completions, the manual.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::fs;

use program::{kloe, kloe_in};

fn said(output: &std::process::Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn init_writes_what_reads_back_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("Our evidence");
    let path = evidence.to_str().unwrap();
    let all = ["init", path, "--sector", "care-home", "--folders", "--pre-commit", "--github", "--gitlab"];
    let first = said(&kloe(&all));
    for file in ["kloe.toml", ".pre-commit-config.yaml", ".github/workflows/kloe.yml", ".gitlab-ci.yml"] {
        assert!(evidence.join(file).is_file(), "{file}: {first}");
    }
    assert_eq!(
        walkdir::WalkDir::new(&evidence)
            .min_depth(2)
            .max_depth(2)
            .into_iter()
            .flatten()
            .filter(|one| one.file_type().is_dir() && !one.path().to_string_lossy().contains(".github"))
            .count(),
        22
    );
    let shown = said(&kloe(&["settings", path]));
    assert!(shown.contains("sector            care-home") && shown.contains("kloe.toml"), "{shown}");
    fs::write(evidence.join("kloe.toml"), "sector = \"gp-practice\"\n").unwrap();
    let again = said(&kloe(&all));
    assert!(again.contains("left as it is") && again.contains("there already"), "{again}");
    assert_eq!(fs::read_to_string(evidence.join("kloe.toml")).unwrap(), "sector = \"gp-practice\"\n");
    // Every line that is commented out holds once it is not.
    let written: String = include_str!("../src/commands/init/kloe.toml").replace("{sector}", "nhs-trust");
    let open: Vec<&str> = written
        .lines()
        .map(|line| {
            line.strip_prefix("# ").filter(|rest| rest.contains(" = ") || rest.starts_with('[')).unwrap_or(line)
        })
        .collect();
    fs::create_dir(evidence.join("kloe-rules")).unwrap();
    fs::write(evidence.join("kloe.toml"), open.join("\n")).unwrap();
    let shown = said(&kloe(&["settings", path]));
    assert!(shown.contains("by Trust Secretary until 2026-12-31") && shown.contains("stale = error"), "{shown}");
    assert_eq!(kloe(&["init", path, "--sector", "zoo"]).status.code(), Some(2));
}

#[test]
fn settings_say_where_they_come_from() {
    let folder = tempfile::tempdir().unwrap();
    let shown = said(&kloe_in(folder.path(), &["settings"], &[("KLOE_SECTOR", "care-home")]));
    assert!(shown.contains("care-home") && shown.contains("KLOE_SECTOR"), "{shown}");
    assert!(shown.contains("No kloe.toml in it or above it"), "{shown}");
    assert_eq!(kloe(&["settings", "no such folder"]).status.code(), Some(2));
}

#[test]
fn shells_and_the_manual_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let text = said(&kloe(&["completions", shell]));
        assert!(["check", "explain", "compare", "init"].iter().all(|name| text.contains(name)), "{shell}");
    }
    let page = said(&kloe(&["man"]));
    assert!(page.contains(".TH kloe") && page.contains("check"), "{page}");
    let folder = tempfile::tempdir().unwrap();
    said(&kloe(&["man", "--output", folder.path().to_str().unwrap()]));
    assert!(folder.path().join("kloe-check.1").is_file());
    assert!(!folder.path().join("kloe-examine-worker.1").is_file(), "what users do not call has no page");
}
