//! `kloe compare` and `kloe check --since`, as a user meets them.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use program::kloe;
use serde_json::Value;

const MINUTES: &str = "# Minutes of the Board of Directors\n\nDate: 24 September 2026\n\nPresent: the Chair; the Chief \
                       Executive. Apologies: none.\n\n1. The Board approved the annual plan.\n";
const POLICY: &str = "# Risk management policy\n\nStatus: DRAFT\n\nOwner: Director of Governance\n";

fn git(folder: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(args);
    assert!(git.output().unwrap().status.success(), "{args:?}");
}

#[test]
fn two_reports_are_compared_in_three_formats() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    fs::create_dir(&evidence).unwrap();
    let report = |name: &str| {
        let file = folder.path().join(name);
        let args = ["check", evidence.to_str().unwrap(), "--as-of", "2026-11-01", "--output", file.to_str().unwrap()];
        assert!(kloe(&args).status.code() < Some(2));
        file.to_str().unwrap().to_string()
    };
    fs::write(evidence.join("Minutes 24 Sept.md"), MINUTES).unwrap();
    let old = report("old.json");
    fs::remove_file(evidence.join("Minutes 24 Sept.md")).unwrap();
    fs::write(evidence.join("Risk policy.md"), POLICY).unwrap();
    let new = report("new.json");
    let worse = kloe(&["compare", &old, &new]);
    let text = String::from_utf8_lossy(&worse.stdout).into_owned();
    assert_eq!(worse.status.code(), Some(1), "{text}");
    assert!(text.contains("W4.board-minutes board minutes"), "{text}");
    assert!(text.contains("Documents that are gone: 1\n  Minutes 24 Sept.md"), "{text}");
    let json = kloe(&["compare", &old, &new, "--format", "json", "--fail-on", "never"]);
    let json_of: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((json.status.code(), &json_of["added"][0]), (Some(0), &"Risk policy.md".into()));
    let markdown = kloe(&["compare", &new, &old, "--format", "markdown", "--fail-on", "never"]);
    assert!(String::from_utf8_lossy(&markdown.stdout).contains("## Better: "));
    let same = kloe(&["compare", &old, &old]);
    assert!(same.status.code() == Some(0) && String::from_utf8_lossy(&same.stdout).contains("Worse: nothing"));
    let wrong = kloe(&["compare", &old, "no such file"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_folder_is_compared_with_what_it_was_in_a_revision() {
    let repository = tempfile::tempdir().unwrap();
    let evidence = repository.path().join("evidence");
    fs::create_dir(&evidence).unwrap();
    fs::write(evidence.join("Minutes 24 Sept.md"), MINUTES).unwrap();
    git(repository.path(), &["init", "-q", "-b", "main"]);
    git(repository.path(), &["add", "."]);
    git(repository.path(), &["commit", "-q", "-m", "first"]);
    fs::remove_file(evidence.join("Minutes 24 Sept.md")).unwrap();
    fs::write(evidence.join("Risk policy.md"), POLICY).unwrap();
    let check = |revision: &str, extra: &[&str]| {
        let args = ["check", evidence.to_str().unwrap(), "--as-of", "2026-11-01", "--since", revision];
        kloe(&[&args[..], extra].concat())
    };
    let said = check("main", &["--format", "json"]);
    let change: Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(said.status.code(), Some(1), "the only minutes are gone");
    assert_eq!((&change["removed"][0], &change["added"][0]), (&"Minutes 24 Sept.md".into(), &"Risk policy.md".into()));
    assert!(change["worse"]["expectations"].to_string().contains("W4.board-minutes"), "{change}");
    let unknown = check("no-such-branch", &[]);
    assert!(unknown.status.code() == Some(2), "{unknown:?}");
    assert_eq!(check("main", &["--format", "sarif"]).status.code(), Some(2));
}
