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
