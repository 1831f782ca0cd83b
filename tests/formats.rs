//! The formats as a user asks for them, on a folder made here: pairs of format and output, the same exit status and the same
//! findings in each, nothing of an own report taken for evidence.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use serde_json::Value;

const MINUTES: &str = "# Trust Board minutes\n\nDate: 24 September 2024\nStatus: draft\n\nPresent: the Chair, two non-executives.\n\n\
    | Action | Owner | Due |\n| --- | --- | --- |\n| Write to =cmd the council | Company Secretary | 1 October 2024 |\n\n\
    The minutes of the last meeting were agreed. [insert name]\n";

const FORMATS: [(&str, &str); 10] = [
    ("json", "k.json"),
    ("sarif", "k.sarif"),
    ("github", "k.github"),
    ("gitlab", "k.gitlab"),
    ("junit", "k.xml"),
    ("markdown", "k.md"),
    ("csv", "k.csv"),
    ("csv-evidence", "evidence.csv"),
    ("csv-actions", "actions.csv"),
    ("xlsx", "k.xlsx"),
];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join("evidence").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    put("Board/Minutes, 24 Sept #1.md", MINUTES.as_bytes());
    put("Board/broken.pdf", b"%PDF-1.7 and then nothing");
    put("~$lock.docx", b"x");
    #[cfg(unix)]
    put("=cmd|' ]]><b> %0A\u{202e}.md", MINUTES.as_bytes());
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    folder
}

/// One run at a time: what is tested here is not how busy a machine may be.
static ONE: Mutex<()> = Mutex::new(());

fn kloe(folder: &Path, args: &[&str]) -> std::process::Output {
    let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
    for name in ["GITHUB_STEP_SUMMARY", "KLOE_FORMAT", "KLOE_AS_OF"] {
        command.env_remove(name);
    }
    command.current_dir(folder).args(["check", "--as-of", "2026-11-01", "--jobs", "1"]).args(args).output().unwrap()
}

/// Every format in one run; gives the files' texts, the workbook left out, and the exit status.
fn all(folder: &Path, args: &[&str]) -> (Vec<(String, String)>, i32) {
    let mut line: Vec<&str> = args.to_vec();
    for (format, output) in FORMATS {
        line.extend(["--format", format, "--output", output]);
    }
    line.extend(["--format", "human"]);
    let output = kloe(folder, &line);
    let mut texts = vec![("human".to_string(), String::from_utf8(output.stdout).unwrap())];
    for (format, file) in FORMATS.iter().filter(|(format, _)| *format != "xlsx") {
        texts.push(((*format).to_string(), std::fs::read_to_string(folder.join(file)).unwrap()));
    }
    assert!(std::fs::read(folder.join("k.xlsx")).unwrap().starts_with(b"PK"));
    (texts, output.status.code().unwrap())
}

fn text<'t>(texts: &'t [(String, String)], format: &str) -> &'t str {
    &texts.iter().find(|(name, _)| name == format).unwrap().1
}

#[test]
fn every_format_in_one_run_has_the_same_findings() {
    let folder = folder();
    let (texts, status) = all(folder.path(), &["evidence"]);
    assert_eq!(status, 1);
    let json: Value = serde_json::from_str(text(&texts, "json")).unwrap();
    let findings = json["findings"].as_array().unwrap().len();
    assert!(findings > 10 && !json["actions"].as_array().unwrap().is_empty());
    let sarif: Value = serde_json::from_str(text(&texts, "sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), findings);
    let uris: Vec<&str> = results
        .iter()
        .map(|one| one.pointer("/locations/0/physicalLocation/artifactLocation/uri").unwrap().as_str().unwrap())
        .collect();
    assert!(uris.contains(&"evidence/Board/Minutes%2C%2024%20Sept%20%231.md"), "{uris:?}");
    let gitlab: Value = serde_json::from_str(text(&texts, "gitlab")).unwrap();
    assert_eq!(gitlab.as_array().unwrap().len(), findings + 1);
    assert_eq!(text(&texts, "csv").matches("\r\n").count(), findings + 2);
    for (format, text) in &texts {
        assert!(text.contains("1 file skipped") || text.contains("\"skipped\": 1"), "{format}");
        assert!(text.contains("broken.pdf") || format == "csv-actions", "{format}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']) || format == "json", "{format}");
    }
}

#[test]
fn a_clean_run_and_an_empty_one_do_not_look_alike() {
    let folder = folder();
    let (clean, status) = all(folder.path(), &["evidence", "--select", "not-local"]);
    assert_eq!(status, 0);
    let (empty, status) = all(folder.path(), &["empty"]);
    assert_eq!(status, 3);
    for (format, text) in &empty {
        let says = text.contains("othing was examined") || text.contains("No document was examined");
        assert!(says || format == "json", "{format} does not say that nothing was examined");
        assert_ne!(text, self::text(&clean, format), "{format}");
    }
    for (format, text) in &clean {
        assert!(!text.to_lowercase().contains("nothing was examined"), "{format}");
    }
    let junit = text(&empty, "junit");
    assert!(junit.contains("<error type=\"nothing-examined\""), "{junit}");
}

#[test]
fn reports_in_the_folder_are_no_evidence_of_the_next_run() {
    let folder = folder();
    let line = ["evidence", "--output", "evidence/k.md", "--output", "evidence/k.json"];
    let read =
        || -> Value { serde_json::from_slice(&std::fs::read(folder.path().join("evidence/k.json")).unwrap()).unwrap() };
    assert_eq!(kloe(folder.path(), &line).status.code(), Some(1));
    let first = read();
    assert_eq!(kloe(folder.path(), &line).status.code(), Some(1));
    assert_eq!(first["documents"], read()["documents"]);
}

#[test]
fn the_step_summary_is_written_with_annotations_only() {
    let folder = folder();
    let summary = folder.path().join("summary.md");
    let run = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
        let command = command.current_dir(folder.path()).env("GITHUB_STEP_SUMMARY", &summary);
        command
            .args(["check", "evidence", "--as-of", "2026-11-01", "--jobs", "1", "--format", format])
            .output()
            .unwrap()
    };
    run("human");
    assert!(!summary.exists());
    let annotations = String::from_utf8(run("github").stdout).unwrap();
    assert!(annotations.lines().all(|line| line.starts_with("::")), "{annotations}");
    assert!(annotations.contains("file=evidence/Board/Minutes%2C 24 Sept #1.md,line="), "{annotations}");
    assert!(std::fs::read_to_string(&summary).unwrap().contains("# Evidence in evidence"));
}

#[test]
fn what_cannot_be_paired_is_exit_status_2() {
    let folder = folder();
    for args in [
        &["evidence", "--format", "xlsx"][..],
        &["evidence", "--format", "json", "--format", "human"],
        &["evidence", "--output", "report.pages"],
        &["evidence", "--output", "no/such/folder/k.json"],
    ] {
        assert_eq!(kloe(folder.path(), args).status.code(), Some(2), "{args:?}");
    }
}
