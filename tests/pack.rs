//! `kloe pack`, as a user meets it.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use program::{kloe, kloe_in};
use serde_json::Value;
use tempfile::TempDir;

const MINUTES: &str = "# Minutes of the Board of Directors\n\nDate: 24 September 2026\n\nPresent: the Chair; the Chief \
                       Executive. Apologies: none.\n\n1. The Board approved the annual plan.\n";
const POLICY: &str = "# Risk management policy\n\nStatus: Approved\n\nOwner: Director of Governance\n\nApproved by: Audit \
                      Committee, 3 March 2026\n\nReview date: March 2027\n\n1. Purpose. 2. Scope. 3. Risk appetite.\n";
/// A right check digit, and a context that makes it a patient's.
const PATIENT: &str = "\nPatient NHS number 458 671 0004.\n";
const TEST_RANGE: &str = "\nPatient NHS number 999 000 0018.\n";

/// A folder with evidence and room for bundles beside it.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Home(tempfile::tempdir().unwrap());
        fs::create_dir_all(home.evidence().join("Board")).unwrap();
        home.put("Board/Minutes 24 Sept <&> 100%.md", MINUTES);
        home.put("Risk policy.md", POLICY);
        home.put("Menu.md", "# Canteen menu\n\nSoup.\n");
        home
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn evidence(&self) -> PathBuf {
        self.at("evidence")
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.evidence().join(name), text).unwrap();
    }

    fn pack(&self, output: &str, more: &[&str]) -> Output {
        let args = ["pack", "evidence", "--output", output, "--as-of", "2026-11-01"];
        kloe_in(self.0.path(), &[&args[..], more].concat(), &[])
    }

    fn packed(&self, output: &str, more: &[&str]) -> Value {
        let said = self.pack(output, more);
        assert_eq!(said.status.code(), Some(0), "{}", heard(&said));
        serde_json::from_slice(&fs::read(self.at(output).join("manifest.json")).unwrap()).unwrap()
    }

    fn verify(&self, bundle: &str) -> (Option<i32>, String) {
        let said = kloe_in(self.0.path(), &["pack", "--verify", bundle], &[]);
        (said.status.code(), heard(&said))
    }

    fn refuses(&self, output: &str, more: &[&str], words: &[&str]) {
        let said = self.pack(output, more);
        let text = heard(&said).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(said.status.code(), Some(2), "{text}");
        for words in words {
            assert!(text.contains(words), "{words}: {text}");
        }
        let left = fs::read_dir(self.0.path()).unwrap().map(|one| one.unwrap().file_name());
        let left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with(".kloe-pack")).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

fn heard(said: &Output) -> String {
    let text = format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    // Faults are wrapped within a frame.
    text.replace('│', " ")
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            all.push((path, fs::read(entry.path()).unwrap()));
        }
    }
    all
}

fn paths(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect()
}

#[test]
fn a_bundle_holds_each_document_once_with_indexes_and_sums() {
    let home = Home::new();
    let manifest = home.packed("bundle", &[]);
    assert_eq!(
        paths(&manifest["documents"]),
        ["documents/Board/Minutes 24 Sept _&_ 100%.md", "documents/Risk policy.md"]
    );
    let minutes = &manifest["documents"][0];
    assert_eq!(
        (&minutes["source"], &minutes["kind"]),
        (&"Board/Minutes 24 Sept <&> 100%.md".into(), &"minutes".into())
    );
    assert_eq!((&minutes["date"], &minutes["bytes"]), (&"2026-09-24".into(), &MINUTES.len().into()));
    assert!(minutes["lines"].as_array().unwrap().contains(&"W4".into()), "{minutes}");
    assert_eq!((&manifest["folder"], &manifest["as_of"]), (&"evidence".into(), &"2026-11-01".into()));
    let copy = fs::read_to_string(home.at("bundle/documents/Board/Minutes 24 Sept _&_ 100%.md")).unwrap();
    assert_eq!(copy, MINUTES);
    let page = fs::read_to_string(home.at("bundle/index.html")).unwrap();
    assert!(page.contains("href=\"documents/Board/Minutes%2024%20Sept%20_%26_%20100%25.md\""), "{page}");
    assert!(page.contains("<q>") && page.contains("not on file") && !page.contains("<script"), "{page}");
    let all: BTreeSet<String> = files(&home.at("bundle")).into_iter().map(|(path, _)| path).collect();
    let named = paths(&manifest["documents"]).into_iter().chain(paths(&manifest["index"])).map(String::from);
    assert_eq!(all, named.chain(["manifest.json".to_string()]).collect());
    home.packed("again", &[]);
    assert_eq!(files(&home.at("bundle")), files(&home.at("again")), "the same folder and day, other bytes");
    // The indexes are no evidence: kloe knows them as its own.
    let checked = kloe(&["check", home.at("bundle").to_str().unwrap(), "--format", "json", "--as-of", "2026-11-01"]);
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(paths(&report["skipped"]), ["index.html", "index.xlsx", "manifest.json"]);
}

#[test]
fn what_became_of_a_bundle_is_told_file_by_file() {
    let home = Home::new();
    home.packed("bundle", &[]);
    let (status, text) = home.verify("bundle");
    assert!(status == Some(0) && text.contains("bundle is whole: 4 files"), "{text}");
    let policy = home.at("bundle/documents/Risk policy.md");
    fs::write(&policy, POLICY.replace("2027", "2028")).unwrap();
    fs::write(home.at("bundle/documents/Board/More.md"), "x").unwrap();
    fs::remove_file(home.at("bundle/index.xlsx")).unwrap();
    let (status, text) = home.verify("bundle");
    assert_eq!(status, Some(1), "{text}");
    for words in [
        "missing              index.xlsx",
        "changed              documents/Risk policy.md: its content is another",
        "not in the manifest  documents/Board/More.md",
        "1 missing, 1 changed, 1 added; 2 files the same",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(home.verify("evidence").0, Some(2));
    assert_eq!(home.verify("no such folder").0, Some(2));
    let manifest = fs::read_to_string(home.at("bundle/manifest.json")).unwrap();
    for wrong in [
        manifest.replace("documents/Risk policy.md", "../evidence/Menu.md"),
        manifest.replace("documents/Risk policy.md", "/etc/hostname"),
        manifest.replace("\"name\": \"kloe\"", "\"name\": \"other\""),
        "{".to_string(),
        "[".repeat(100_000),
    ] {
        fs::write(home.at("bundle/manifest.json"), wrong).unwrap();
        assert_eq!(home.verify("bundle").0, Some(2));
    }
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let home = Home::new();
    fs::write(home.at("outside.md"), MINUTES).unwrap();
    symlink(home.at("outside.md"), home.evidence().join("Minutes July.md")).unwrap();
    let manifest = home.packed("bundle", &[]);
    assert_eq!(paths(&manifest["documents"]).len(), 2);
    // A link in a bundle is no file of it, even where it leads to the same bytes.
    let copy = home.at("bundle/documents/Risk policy.md");
    fs::remove_file(&copy).unwrap();
    symlink(home.evidence().join("Risk policy.md"), &copy).unwrap();
    let (status, text) = home.verify("bundle");
    assert!(status == Some(1) && text.contains("something else stands in its place"), "{text}");
    // The folder and the output may be reached by links.
    symlink(home.evidence(), home.at("linked")).unwrap();
    let said = kloe_in(home.0.path(), &["pack", "linked", "--output", "by link", "--as-of", "2026-11-01"], &[]);
    assert_eq!(said.status.code(), Some(0), "{}", heard(&said));
    symlink(home.evidence(), home.at("door")).unwrap();
    home.refuses("door/bundle", &[], &["would lie in the folder"]);
}

#[test]
fn personal_data_are_packed_on_purpose_only() {
    let home = Home::new();
    home.put("Board/Minutes 24 Sept <&> 100%.md", format!("{MINUTES}{PATIENT}"));
    let words =
        ["1 document to be packed holds data that may identify patients", "Minutes 24 Sept", "--with-personal-data"];
    home.refuses("bundle", &[], &words);
    // Settings that are there for the daily report do not open this door.
    for settings in ["ignore = [\"personal-data\"]", "select = [\"draft\"]", "[severity]\npersonal-data = \"advice\""] {
        home.put("kloe.toml", settings);
        home.refuses("bundle", &[], &words);
    }
    assert!(!home.at("bundle").exists());
    let manifest = home.packed("bundle", &["--with-personal-data"]);
    assert_eq!(manifest["with_personal_data"].as_array().unwrap().len(), 1);
    for (path, bytes) in files(&home.at("bundle")).into_iter().filter(|(path, _)| !path.starts_with("documents/")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("458 671 0004"), "{path}");
    }
    // A line without that document goes, and so does one that somebody accepted by name.
    home.packed("other line", &["--line", "W5"]);
    home.put(
        "kloe.toml",
        "[[waive]]\ncheck = \"personal-data\"\npath = \"Board/\"\naccepted-by = \"A Caldicott\"\nreason = \"consent on file\"\n\
         until = 2026-12-31\n",
    );
    let manifest = home.packed("accepted", &[]);
    let waiver = &manifest["waivers"][0];
    assert_eq!((&waiver["accepted_by"], &waiver["until"]), (&"A Caldicott".into(), &"2026-12-31".into()), "{waiver}");
    let page = fs::read_to_string(home.at("accepted/index.html")).unwrap();
    assert!(page.contains("A Caldicott") && page.contains("31 December 2026"));
    assert_eq!(manifest["with_personal_data"].as_array().unwrap().len(), 0);
}

#[test]
fn the_test_range_stops_nothing_and_no_name_shows_a_number() {
    let home = Home::new();
    home.put("Risk policy.md", format!("{POLICY}{TEST_RANGE}"));
    home.packed("test range", &[]);
    for number in ["458 671 0004", "458 671 0005"] {
        // The second has a wrong check digit and stays as it is.
        home.put(&format!("Board minutes NHS number {number}.md"), MINUTES);
    }
    home.refuses("bundle", &[], &["458 *** **04"]);
    let manifest = home.packed("bundle", &["--with-personal-data"]);
    let paths = paths(&manifest["documents"]).join("\n");
    assert!(paths.contains("458 ___ __04") && paths.contains("458 671 0005"), "{paths}");
    let page = fs::read(home.at("bundle/index.html")).unwrap();
    assert!(!String::from_utf8(page).unwrap().contains("458 671 0004"));
    assert_eq!(home.verify("bundle").0, Some(0));
}

#[test]
fn an_archive_comes_whole_and_so_does_what_stops_it() {
    use std::io::Write;
    let home = Home::new();
    let archive = |others: &[(&str, &str)]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [&[("minutes.md", MINUTES)], others].concat() {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    fs::remove_dir_all(home.evidence().join("Board")).unwrap();
    home.put("papers.zip", archive(&[("scan.png", "\u{1}")]));
    let manifest = home.packed("bundle", &[]);
    let document = manifest["documents"].as_array().unwrap().iter().find(|one| one["source"] == "papers.zip").unwrap();
    assert_eq!(document["inside"][0]["source"], "papers.zip!minutes.md");
    let page = fs::read_to_string(home.at("bundle/index.html")).unwrap();
    assert!(page.contains("<a href=\"documents/papers.zip\">documents/papers.zip!minutes.md</a>"), "{page}");
    let said = heard(&home.pack("bundle 2", &[]));
    assert!(said.contains("nobody has looked for personal data in all of it: papers.zip!scan.png"), "{said}");
    // A letter that supports nothing lies in the archive, and would be handed over with it.
    home.put("papers.zip", archive(&[("letter.md", &format!("# Letter\n{PATIENT}"))]));
    home.refuses("bundle 3", &[], &["papers.zip!", "letter.md"]);
}

#[test]
fn outputs_and_lines_that_do_not_fit_are_refused() {
    let home = Home::new();
    home.refuses("evidence/bundle", &[], &["would lie in the folder that is packed", "beside it"]);
    home.refuses("evidence", &[], &["would lie in the folder"]);
    home.refuses("evidence/Menu.md", &[], &["it is a file"]);
    home.refuses("no/such/folder", &[], &["there is no folder no"]);
    fs::create_dir(home.at("full")).unwrap();
    fs::write(home.at("full/a"), "a").unwrap();
    home.refuses("full", &[], &["the folder is not empty"]);
    home.refuses("bundle", &["--line", "W44"], &["there is no line `W44`", "W4,"]);
    home.refuses("bundle", &["--line", "wel-led:W4"], &["did you mean the framework `well-led`"]);
    home.refuses("bundle", &["--line", "Q8"], &["there is nothing to pack", "Q8"]);
    assert_eq!(fs::read_dir(home.at("full")).unwrap().count(), 1);
    fs::create_dir(home.at("empty")).unwrap();
    let manifest = home.packed("empty", &["--line", "well-led:w4", "--line", "W5"]);
    let lines: Vec<&str> =
        manifest["lines"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!((lines, home.verify("empty").0), (vec!["W4", "W5"], Some(0)));
    fs::create_dir(home.at("nothing")).unwrap();
    let said = kloe_in(home.0.path(), &["pack", "nothing", "--output", "of nothing"], &[]);
    assert!(said.status.code() == Some(3) && !home.at("of nothing").exists(), "{}", heard(&said));
    for wrong in [&["pack", "evidence"][..], &["pack", "--verify", "empty", "--output", "x"]] {
        assert_eq!(kloe_in(home.0.path(), wrong, &[]).status.code(), Some(2));
    }
}

#[test]
fn the_trust_is_packed_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("bundle");
    let args = ["pack", "fixtures/trust", "--output", bundle.to_str().unwrap(), "--as-of", "2026-11-01"];
    let said = kloe(&args);
    assert_eq!(said.status.code(), Some(0), "{}", heard(&said));
    let manifest: Value = serde_json::from_slice(&fs::read(bundle.join("manifest.json")).unwrap()).unwrap();
    let checked = kloe(&["check", "fixtures/trust", "--as-of", "2026-11-01", "--format", "json"]);
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let documents = manifest["documents"].as_array().unwrap();
    let mut supports = 0;
    for row in report["documents"].as_array().unwrap().iter().filter(|row| row["supports"] != Value::Array(vec![])) {
        let holds =
            |one: &&Value| one["source"] == row["path"] || one["inside"].to_string().contains(&row["path"].to_string());
        let packed: Vec<&Value> = documents.iter().filter(holds).collect();
        assert_eq!(packed.len(), 1, "{row}");
        let packed: Vec<&Value> = packed[0]["expectations"].as_array().unwrap().iter().collect();
        assert!(row["supports"].as_array().unwrap().iter().all(|id| packed.contains(&id)), "{row}");
        supports += 1;
    }
    assert!(supports > 50, "{supports}");
    for one in documents {
        let copy = fs::read(bundle.join(one["path"].as_str().unwrap())).unwrap();
        assert_eq!(copy, fs::read(Path::new("fixtures/trust").join(one["source"].as_str().unwrap())).unwrap());
    }
    assert_eq!(kloe(&["pack", "--verify", bundle.to_str().unwrap()]).status.code(), Some(0));
}
