//! Limits set in `kloe.toml`, through the program and its workers.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use program::kloe;

/// What is said of a table of four cells and a longer text, with such settings.
fn said(settings: &str, command: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), "Risk,Owner\nFalls,Matron\n").unwrap();
    std::fs::write(
        folder.path().join("b.md"),
        "# Risk policy\n\nSome more words on falls and how they are prevented.\n",
    )
    .unwrap();
    std::fs::write(folder.path().join("kloe.toml"), settings).unwrap();
    let (whole, one) = (folder.path().to_str().unwrap(), folder.path().join("b.md"));
    let output = match command {
        "check" => kloe(&["check", whole, "--as-of", "2026-11-01", "--format", "json"]),
        _ => kloe(&["show", "--text", one.to_str().unwrap()]),
    };
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_limit_reaches_the_worker_and_its_finding_names_the_key() {
    assert!(!said("", "check").contains("kloe.toml raises it"));
    let cells = said("[limits]\ncells = 3\n", "check");
    assert!(cells.contains("cells after the first 3 (limits.cells in kloe.toml raises it)"), "{cells}");
    let bytes = said("[limits]\nfile-bytes = 30\n", "check");
    assert!(bytes.contains("limits.file-bytes in kloe.toml raises it"), "{bytes}");
    assert!(said("", "show").contains("prevented"));
    assert!(!said("[limits]\ntext-bytes = 20\n", "show").contains("prevented"));
}

#[test]
fn what_is_no_limit_is_a_fault_of_the_settings() {
    let unknown = said("[limits]\nsecond = 60\n", "check");
    assert!(unknown.contains("second") && unknown.contains("did you mean `seconds`"), "{unknown}");
    assert!(said("[limits]\nseconds = 0\n", "check").contains("nothing could be read"));
}

/// A table that takes a while to read, longer than a second where nothing was optimised.
fn laborious() -> String {
    let row = "Risk 14,Falls on the ward,Owner: Matron,12/03/2026,Action: review the policy by 4 May 2026,open\n";
    "Ref,Risk,Owner,Date,Action,Status\n".to_string() + &row.repeat(30_000)
}

#[test]
fn a_document_that_takes_long_is_named_with_the_key() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("long.csv"), laborious()).unwrap();
    std::fs::write(folder.path().join("kloe.toml"), "[limits]\nseconds = 1\n").unwrap();
    let output = kloe(&["check", folder.path().to_str().unwrap(), "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("it took longer than the limit of 1 seconds (limits.seconds in kloe.toml raises it)"));
}

/// A worker that a busy machine leaves no time: each of its answers comes after two seconds, and it works for none of them.
#[cfg(unix)]
#[test]
fn a_busy_machine_makes_no_document_late() {
    use kloe::read::Limits;
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("a.md");
    std::fs::write(&document, "# Minutes of the Board\n\nDate: 4 May 2026\n").unwrap();
    let slow = folder.path().join("slow.sh");
    // A shell writes the script: while this process forks, a file that it has open could not be run.
    let lines = format!(
        "#!/bin/sh\n'{}' \"$@\" | while IFS= read -r answer; do sleep 2; printf '%s\\n' \"$answer\"; done\n",
        env!("CARGO_BIN_EXE_kloe")
    );
    let write = ["-c", "printf %s \"$1\" > \"$0\" && chmod 755 \"$0\"", slow.to_str().unwrap(), &lines];
    assert!(std::process::Command::new("sh").args(write).status().unwrap().success());
    let limits = Limits { seconds: 1, ..Limits::default() };
    let pool = kloe::workers::Pool::new(slow, &[kloe::rules::built_in()], limits, 1);
    let found = [kloe::walk::Found { path: "a.md".to_string(), file: document }];
    let dossiers = pool.examine(&found, &|| ()).unwrap();
    assert_eq!(dossiers[0].unread, None);
}
