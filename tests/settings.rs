//! Settings from the file, the environment and the command line, and what is said of those that do not read.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::path::Path;
use std::process::Output;

use program::kloe_in;

/// A folder of one document, with such settings.
fn folder(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# Risk register\n\nNHS number: 999 000 0018\n").unwrap();
    std::fs::write(folder.path().join("kloe.toml"), settings).unwrap();
    folder
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// What is said without line breaks of the page.
fn flat(output: &Output) -> String {
    said(output).replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut all = vec!["check", ".", "--as-of", "2026-11-01"];
    all.extend(args);
    kloe_in(folder, &all, variables)
}

#[test]
fn faults_of_the_file_have_a_place_and_a_remedy() {
    for (settings, says, helps) in [
        ("frameworks = [\"well-lead\"]", "there is no framework `well-lead`", "did you mean `well-led`?"),
        ("rules = \"ours\"", "there is no folder ./ours for the rules", "mend the name"),
        ("exclude = [\"a/\", \"[\"]", "`[` is not a pattern", "patterns are those of .gitignore"),
        ("jobs = 0", "with no jobs nothing would be examined", "take the line out"),
        ("require-readable = \"yes\"", "the text \"yes\" stands where true or false belongs", "without quotes"),
    ] {
        let folder = folder(&format!("# settings\n{settings}\n"));
        let output = check(folder.path(), &[], &[]);
        let all = flat(&output).replace(&*folder.path().to_string_lossy(), ".");
        assert_eq!(output.status.code(), Some(2), "{all}");
        assert!(all.contains(says) && all.contains(helps) && all.contains("kloe.toml:2:"), "{settings}: {all}");
    }
}

#[test]
fn variables_that_are_set_to_nothing_are_not_set() {
    let folder = folder("");
    let names = ["SECTOR", "AS_OF", "RULES", "FORMAT", "FAIL_ON", "JOBS", "CONFIG"].map(|name| format!("KLOE_{name}"));
    let empty: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let output = check(folder.path(), &[], &empty);
    assert_eq!(said(&output), said(&check(folder.path(), &[], &[])));
    assert_eq!(kloe_in(folder.path(), &["show", "a.md"], &empty).status.code(), Some(0));
    assert_eq!(kloe_in(folder.path(), &["explain", "W5"], &empty).status.code(), Some(0));
}

#[test]
fn no_jobs_are_a_fault_in_plain_words() {
    let folder = folder("");
    for (jobs, says) in [("0", "with no jobs nothing would be examined"), ("two", "it is not a whole number")] {
        let output = check(folder.path(), &["--jobs", jobs], &[]);
        assert!(output.status.code() == Some(2) && said(&output).contains(says), "{}", said(&output));
    }
}

#[test]
fn numbers_of_the_test_range_stay_advice() {
    let folder = folder("[severity]\npersonal-data = \"error\"\n");
    let output = check(folder.path(), &["--select", "personal-data"], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn explain_and_rules_obey_the_folder_of_rules() {
    let folder = folder("");
    let ours = kloe_in(folder.path(), &["rules", "new", "peer-review-letter"], &[("KLOE_RULES", "ours")]);
    assert!(said(&ours).contains("ours"), "{}", said(&ours));
    for command in [vec!["explain", "peer-review-letter"], vec!["rules", "list"]] {
        let built_in = said(&kloe_in(folder.path(), &command, &[]));
        let with_ours = said(&kloe_in(folder.path(), &command, &[("KLOE_RULES", "ours")]));
        let mut flag = command.clone();
        flag.extend(["--rules", "ours"]);
        assert_eq!(with_ours, said(&kloe_in(folder.path(), &flag, &[])));
        assert_ne!(built_in, with_ours, "{command:?}");
    }
    let again = kloe_in(folder.path(), &["rules", "new", "peer-review-letter", "--rules", "ours"], &[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("is there already") && said(&again).contains("help"), "{}", said(&again));
}

#[test]
fn show_judges_by_the_sector() {
    let folder = folder("");
    std::fs::write(folder.path().join("b.md"), "# Board assurance framework\n\nOwner: Registered manager\n").unwrap();
    let show = |args: &[&str]| {
        let mut all = vec!["show", "b.md", "--as-of", "2026-11-01"];
        all.extend(args);
        kloe_in(folder.path(), &all, &[])
    };
    assert_ne!(said(&show(&[])), said(&show(&["--sector", "gp-practice"])));
    assert_eq!(show(&["--sector", "gp"]).status.code(), Some(2));
    let by_flag = said(&show(&["--sector", "gp-practice"]));
    std::fs::write(folder.path().join("kloe.toml"), "sector = \"gp-practice\"\n").unwrap();
    assert_eq!(said(&show(&[])), by_flag);
}

/// Whether a folder that nobody may open is closed to the program; a superuser opens it, so he runs it as nobody.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_opened_is_not_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("");
    let locked = folder.path().join("Board");
    std::fs::create_dir(&locked).unwrap();
    std::fs::write(locked.join("minutes.md"), "# Minutes\n").unwrap();
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(folder.path(), 0o755);
    mode(&locked, 0);
    let mut command = if std::fs::read_dir(&locked).is_ok() {
        let mut command = std::process::Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", env!("CARGO_BIN_EXE_kloe")]);
        command
    } else {
        std::process::Command::new(env!("CARGO_BIN_EXE_kloe"))
    };
    command.arg("check").arg(folder.path()).args(["--format", "json", "--fail-on", "never"]);
    let output = command.arg("--require-readable").output();
    mode(&locked, 0o755);
    let output = match output {
        Ok(output) if !output.stdout.is_empty() => output,
        // Neither setpriv nor a way to the program for nobody: then it cannot be tried here.
        _ => return,
    };
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{report}");
    assert_eq!(report["summary"]["not_read"], 1);
    let findings = report["findings"].as_array().unwrap();
    let finding = findings.iter().find(|row| row["check"] == "unreadable").unwrap();
    assert_eq!(finding["path"], "Board/");
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("the folder and what is in it cannot be opened (permission denied)"), "{message}");
    assert!(!report["skipped"].as_array().unwrap().iter().any(|row| row["path"] == "Board"));
}
