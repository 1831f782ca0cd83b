//! Files made to hurt, through the real program: no crash, a row for each, the right check, and nothing that acts on whoever
//! reads the report. `fixtures/make/hostile.py` writes the set; where there is no Python, a core of it is built here.

// A test that cannot go on should fail where it stands, and one that did not look should say so.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What became of each document, and what may become of it.
struct Set {
    folder: PathBuf,
    /// A patient's number that must nowhere stand in full.
    number: String,
    /// Path as shown, and what must become of it, several with | between.
    cases: Vec<(String, String)>,
}

#[test]
fn files_made_to_hurt_are_findings_and_their_neighbours_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let set = by_script(folder.path()).unwrap_or_else(|| by_hand(folder.path()));
    assert!(set.cases.len() >= 40, "{} cases", set.cases.len());
    let json = kloe(&set, &["--format", "json"]);
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    let became = became(&report);
    let wrong: Vec<String> = set
        .cases
        .iter()
        .filter_map(|(path, expected)| {
            let got = became.get(&masked(path, &set.number)).map_or("no row at all", String::as_str);
            let right = got == LATE && !path.starts_with("good/") || expected.split('|').any(|one| one == got);
            (!right).then(|| format!("{path:?}: {got}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    harmless(&json, &set);
    harmless(&kloe(&set, &["-v"]), &set);
    harmless(&kloe(&set, &["-v", "--color", "never", "--select", "personal-data,placeholder,unreadable"]), &set);
}

/// Runs `kloe check` on the set.
fn kloe(set: &Set, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
    command.args(["check", "--as-of", "2026-11-01"]).args(args).arg(&set.folder);
    let output = command.output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{:?}", output.status);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// What became of a document that took too long. A program that nothing was optimised in may be late with any of them, busy
/// machine or not; `fixtures/make/hostile_run.py` holds the time of the released one.
const LATE: &str = "late";

/// What became of every path: `read`, a check, `skipped`, or [`LATE`].
fn became(report: &Value) -> BTreeMap<String, String> {
    let rows = |name: &str| report[name].as_array().unwrap().iter();
    let path = |row: &Value| row["path"].as_str().unwrap_or_default().to_string();
    let mut became: BTreeMap<String, String> = rows("skipped").map(|row| (path(row), "skipped".into())).collect();
    for row in rows("documents") {
        let got = if row["read"] == true { "read" } else { "unread without a finding" };
        became.insert(path(row), got.to_string());
    }
    for row in rows("findings") {
        let check = row["check"].as_str().unwrap();
        // A document that was read can have pages without text.
        let unread = became.get(&path(row)).is_some_and(|got| got != "read");
        if unread && ["unreadable", "encrypted", "unsupported", "no-text", "not-local"].contains(&check) {
            let late = row["message"].as_str().is_some_and(|message| message.contains("longer than the limit of"));
            became.insert(path(row), if late { LATE } else { check }.to_string());
        }
    }
    became
}

/// The path as the report shows it: a patient's number is masked.
fn masked(path: &str, number: &str) -> String {
    let (a, rest) = number.split_at(3);
    let (b, c) = rest.split_at(3);
    let tail = &c[c.len() - 2..];
    path.replace(number, &format!("{a}*****{tail}")).replace(&format!("{a} {b} {c}"), &format!("{a} *** **{tail}"))
}

/// Nothing that acts on a terminal, and no patient's number in whatever spelling.
fn harmless(output: &Output, set: &Set) {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    let acting: Vec<&str> = text.lines().filter(|line| line.chars().any(kloe::text::acts)).take(5).collect();
    assert!(acting.is_empty(), "{acting:#?}");
    let digits: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_ascii_digit() || *c == '*').collect();
    let run: String = digits.iter().map(|(_, c)| *c).collect();
    if let Some(at) = run.find(&set.number) {
        let from = text.floor_char_boundary(digits[at].0.saturating_sub(200));
        let to = text.floor_char_boundary((digits[at].0 + 60).min(text.len()));
        panic!("a patient's number stands in full: {}", &text[from..to]);
    }
}

/// The set that the script writes; nothing where there is no Python 3.
fn by_script(folder: &Path) -> Option<Set> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/make/hostile.py");
    let output = Command::new("python3").arg(&script).arg(folder).arg("--quick").output().ok()?;
    if !output.status.success() {
        eprintln!("no set by the script, a core of it is built instead: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    let expected: Value = serde_json::from_slice(&std::fs::read(folder.join("expect.json")).unwrap()).unwrap();
    let words = |value: &Value| value.as_str().unwrap().to_string();
    let cases = expected["cases"].as_array().unwrap();
    let cases = cases.iter().map(|row| (words(&row["path"]), words(&row["expect"]))).collect();
    Some(Set { folder: folder.join("set"), number: words(&expected["number"]), cases })
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file with such a main part.
fn word(main: &str) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let links = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links.as_bytes()),
        ("word/document.xml", main.as_bytes()),
    ])
}

const MIXED: &str = "From: a@example.org\r\nSubject: Papers\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: text/plain; name=";

/// The core of the set, built without Python.
fn by_hand(folder: &Path) -> Set {
    let number = "9434765919";
    let main = |body: &str| {
        format!(
            r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
        )
    };
    let good = word(&main("<w:p><w:r><w:t>Board assurance framework</w:t></w:r></w:p>"));
    let laughs = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>"#.to_string() + &main("<w:p>&b;</w:p>");
    let deep = main(&("<w:sdt>".repeat(10_000) + &"</w:sdt>".repeat(10_000)));
    let acting = "\u{1b}[2J\u{9b}31m\u{202e}<script>alert(1)</script> ::error::x =cmd|' /C calc'!A0 ]]>";
    let patient = format!("NHS number: {number}\nOwner: NHS number 943 476 5919\nTBC [insert name]\n");
    let pdf = |kids: &str| {
        format!("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count 1 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n").into_bytes()
    };
    let mail =
        |name: &str| format!("{MIXED}\"{name}\"\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n").into_bytes();
    let any = "read|unreadable|unsupported|no-text|encrypted";
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
    let files: Vec<(String, Vec<u8>, &str)> = vec![
        ("good/minutes.md".into(), b"# Minutes of the Board\n".to_vec(), "read"),
        ("good/framework.docx".into(), good.clone(), "read"),
        ("laughs.docx".into(), word(&laughs), "unreadable"),
        ("deep.docx".into(), word(&deep), "unreadable"),
        ("cut.docx".into(), good[..good.len() / 2].to_vec(), "unreadable"),
        ("noise.docx".into(), b"hello".to_vec(), "unreadable"),
        ("no ending".into(), good.clone(), "read"),
        ("wrong.pdf".into(), good.clone(), "read"),
        ("bomb.zip".into(), zipped(&[("a.txt", &vec![0; 80 << 20])]), "read"),
        ("climbs.zip".into(), zipped(&[("../../a.md", b"# x"), ("\u{1b}[2J.md", b"# x")]), "read"),
        (format!("NHS {number}.zip"), zipped(&[(&format!("NHS {number}.docx"), b"PK\x03\x04")]), "read"),
        ("end.zip".into(), b"PK\x05\x06".to_vec(), "unreadable|read"),
        ("ring.pdf".into(), pdf("2 0 R"), any),
        ("arrays.pdf".into(), pdf(&"[".repeat(10_000)), any),
        ("head.pdf".into(), b"%PDF-1.7\n".to_vec(), "unreadable"),
        ("quotes.md".into(), ">".repeat(5000).into_bytes(), "read"),
        ("brackets.md".into(), "[".repeat(5000).into_bytes(), "read"),
        ("matter.md".into(), ("---\na: ".to_string() + &"[".repeat(5000) + "\n---\n").into_bytes(), "read"),
        ("divs.html".into(), "<div>".repeat(5000).into_bytes(), "read"),
        ("spans.html".into(), b"<table><tr><td colspan=4294967295>x</table>".to_vec(), "read"),
        ("tags.html".into(), "<".repeat(20_000).into_bytes(), "read"),
        ("mails.eml".into(), "Content-Type: message/rfc822\r\n\r\n".repeat(5000).into_bytes(), "unreadable"),
        ("attached.eml".into(), mail(&format!("NHS {number}.md")), "read"),
        ("acting.eml".into(), mail("\u{1b}[31mred.md"), "read"),
        ("quotes.csv".into(), "\"a\n".repeat(2001).into_bytes(), any),
        ("wide.csv".into(), ",".repeat(5000).into_bytes(), "read"),
        ("acting.md".into(), acting.as_bytes().to_vec(), "read"),
        ("acting.html".into(), acting.as_bytes().to_vec(), "read"),
        ("acting.csv".into(), format!("Owner,Risk\n{acting},{acting}\n").into_bytes(), "read"),
        ("patient.md".into(), patient.clone().into_bytes(), "read"),
        ("patient.txt".into(), patient.into_bytes(), "read"),
        (format!("NHS {number} Jo Bloggs.md"), b"# x".to_vec(), "read"),
        ("days.txt".into(), "1/1/1/1/".repeat(500).into_bytes(), "read"),
        ("from.txt".into(), "from 1 to 1 ".repeat(500).into_bytes(), "read"),
        ("digits.txt".into(), "9".repeat(20_000).into_bytes(), "read"),
        ("noughts.txt".into(), vec![0; 5000], "unsupported"),
        ("empty.md".into(), Vec::new(), "read"),
        ("pointer.docx".into(), pointer.to_vec(), "not-local"),
        ("picture.png".into(), b"\x89PNG\r\n\x1a\n".to_vec(), "no-text"),
        ("program.exe".into(), b"MZ\0\0".to_vec(), "unsupported"),
        ("other.xyz".into(), b"hello".to_vec(), "unsupported"),
        ("~$lock.docx".into(), b"x".to_vec(), "skipped"),
    ];
    let set = folder.join("set");
    let mut cases = Vec::new();
    for (path, bytes, expected) in files {
        let file = set.join(&path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
        cases.push((path, expected.to_string()));
    }
    Set { folder: set, number: number.to_string(), cases }
}

#[test]
fn the_core_of_the_set_holds_without_the_script() {
    let folder = tempfile::tempdir().unwrap();
    let set = by_hand(folder.path());
    let json = kloe(&set, &["--format", "json"]);
    let became = became(&serde_json::from_slice(&json.stdout).unwrap());
    for (path, expected) in &set.cases {
        let got = became.get(&masked(path, &set.number)).map_or("no row at all", String::as_str);
        let right = got == LATE && !path.starts_with("good/") || expected.split('|').any(|one| one == got);
        assert!(right, "{path:?}: {got}, not {expected}");
    }
    harmless(&json, &set);
    harmless(&kloe(&set, &["-v"]), &set);
    let mut show = Command::new(env!("CARGO_BIN_EXE_kloe"));
    show.arg("show").args(set.cases.iter().map(|(path, _)| set.folder.join(path)));
    harmless(&show.output().unwrap(), &set);
}

#[cfg(unix)]
#[test]
fn settings_of_somebody_else_do_not_act_on_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("kloe.toml"),
        "sector = \"\u{1b}[2J\u{9b}31m\u{202e}\"\n[x]\n\"\\u001b[2J\" = 1\n",
    )
    .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kloe")).arg("check").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!text.chars().any(|c| c != '\n' && kloe::text::acts(c)), "{text:?}");
}
