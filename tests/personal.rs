//! No number of a patient gets out: every format, `show` and every refusal, over a folder that holds numbers in all spellings
//! in bodies, titles, names, subjects, sheets and properties.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kloe::text::digit;
use serde_json::Value;

const FORMATS: [&str; 11] =
    ["human", "json", "sarif", "github", "gitlab", "junit", "markdown", "csv", "csv-evidence", "csv-actions", "xlsx"];

/// Numbers with a right check digit: never those of a person, whose number would not be in the source of a program.
fn number(at: usize) -> String {
    let body: Vec<usize> = format!("{}", 458_671_000 + 7 * at).bytes().map(|byte| usize::from(byte - b'0')).collect();
    let sum: usize = body.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    let digits: String = body.iter().map(ToString::to_string).collect();
    // No number ends in the check sign ten; the next one may.
    if check == 10 { number(at + 1000) } else { format!("{digits}{check}") }
}

/// Ways to write a number; `#` stands for a group of it, `*` for the whole.
const SPELLINGS: &[&str] = &[
    "*",
    "# # #",
    "#-#-#",
    "#_#_#",
    "#.#.#",
    "#/#/#",
    "#\u{a0}#\u{a0}#",
    "#\u{2009}#\u{2009}#",
    "#\u{2011}#\u{2011}#",
    "# - # - #",
    "NHS*",
    "A*",
    "*B",
    "#\u{200b}#\u{200b}#",
    "#\u{b7}#\u{b7}#",
];

fn spelt(spelling: &str, number: &str) -> String {
    let mut groups = [&number[..3], &number[3..6], &number[6..]].into_iter();
    let mut out = String::new();
    for c in spelling.chars() {
        match c {
            '*' => out.push_str(number),
            '#' => out.push_str(groups.next().unwrap()),
            c => out.push(c),
        }
    }
    out
}

fn wide(number: &str) -> String {
    number.chars().map(|c| char::from_u32(u32::from(c) - u32::from('0') + 0xff10).unwrap()).collect()
}

struct Folder {
    folder: tempfile::TempDir,
    numbers: Vec<String>,
}

impl Folder {
    /// The next number.
    fn next(&mut self) -> String {
        let number = number(self.numbers.len());
        self.numbers.push(number.clone());
        number
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("evidence").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn new() -> Folder {
        let mut set = Folder { folder: tempfile::tempdir().unwrap(), numbers: Vec::new() };
        let mut body = "# Trust Board minutes\n\nDate: 24 September 2024\nStatus: draft\n\n".to_string();
        let mut plain = "# Second note\n\nDate: 1 May 2024\n\n".to_string();
        for spelling in SPELLINGS {
            let number = set.next();
            let spelt = spelt(spelling, &number);
            body.push_str(&format!("Of NHS No {spelt} [insert name] was spoken.\n\n"));
            // Another document, where nothing says what it is.
            plain.push_str(&format!("[insert name] of {spelt}\n\n| Action | Owner | Due |\n| --- | --- | --- |\n| Visit {spelt} | {spelt} | 1 October 2024 |\n\n"));
        }
        let number = set.next();
        body.push_str(&format!("NHS number {}\n\nNHS number {}\n{}\n", wide(&number), &number[..5], &number[5..]));
        set.put("minutes.md", &body);
        set.put("note.md", &plain);
        for spelling in SPELLINGS.iter().filter(|spelling| !spelling.contains('/')) {
            let number = set.next();
            set.put(&format!("{} letter.md", spelt(spelling, &number)), "# Letter\n\nStatus: draft\n\n[insert name]\n");
            set.put(&format!("{}/broken.pdf", spelt(spelling, &number)), b"%PDF-1.7 and then nothing");
        }
        let number = set.next();
        set.put(&format!("~${number}.docx"), "x");
        set.put(&format!("{number}.exe"), "MZ");
        set.put(&format!("{}.md", wide(&number)), "# Wide\n");
        let rows: Vec<String> = (0..4).map(|_| set.next()).collect();
        let csv = format!(
            "Name,NHS No,Rest\nA,{},x\nB,{},{}\nC,{},x\nD,\"{}\n{}\",x\n",
            rows[0],
            &rows[1][..6],
            &rows[1][6..],
            spelt("#/#/#", &rows[2]),
            &rows[3][..6],
            &rows[3][6..]
        );
        set.put("register.csv", csv);
        let number = set.next();
        let page = format!(
            "<html><head><title>NHS No {0}</title><meta name=author content='NHS {0}'></head><body><h1>Of {0}</h1><p>Status: draft</p></body></html>",
            spelt("#.#.#", &number)
        );
        set.put("page.html", page);
        set.mail();
        set.workbook();
        set.word();
        set
    }

    fn mail(&mut self) {
        let (one, two) = (self.next(), self.next());
        let mail = format!(
            "From: NHS {one} <a@nhs.example>\r\nTo: b@nhs.example\r\nSubject: Fall of NHS {0}\r\nDate: Thu, 24 Sep 2026 10:00:00 +0100\r\n\
             Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nStatus: draft. {0} fell.\r\n\
             --x\r\nContent-Type: text/plain; name=\"{1}.txt\"\r\nContent-Disposition: attachment; filename=\"{1}.txt\"\r\n\r\nStatus: draft\r\n--x--\r\n",
            spelt("# # #", &one),
            spelt("#-#-#", &two),
        );
        self.put("fall.eml", mail);
    }

    fn workbook(&mut self) {
        let (one, two, three) = (self.next(), self.next(), self.next());
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name(format!("NHS {one}")).unwrap();
        sheet.write_string(0, 0, "Name").unwrap();
        sheet.write_string(0, 1, "NHS No").unwrap();
        sheet.write_number(1, 1, two.parse::<f64>().unwrap()).unwrap();
        sheet.write_string(2, 0, "[insert name]").unwrap();
        sheet.write_string(2, 1, spelt("# #", &three[..6])).unwrap();
        sheet.write_string(3, 1, &three[6..]).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        self.put("register.xlsx", bytes);
    }

    fn word(&mut self) {
        let (one, two, three) = (self.next(), self.next(), self.next());
        let document = format!(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
             <w:p><w:r><w:t>NHS No {}</w:t></w:r></w:p><w:p><w:r><w:t>{} Status: draft [insert name]</w:t></w:r></w:p></w:body></w:document>",
            &two[..6],
            &two[6..]
        );
        let core = format!(
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>NHS number {one}</dc:title><dc:subject>{}</dc:subject>\
             <dc:creator>NHS {one}</dc:creator></cp:coreProperties>",
            spelt("#-#-#", &one)
        );
        let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
            <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
        let links = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
            <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
            <Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";
        let mut parts = vec![
            ("[Content_Types].xml".to_string(), types.as_bytes().to_vec()),
            ("_rels/.rels".to_string(), links.as_bytes().to_vec()),
            ("word/document.xml".to_string(), document.into_bytes()),
            ("docProps/core.xml".to_string(), core.into_bytes()),
        ];
        let word = zipped(&parts);
        parts = vec![(format!("inner {}/{}.docx", wide(&three), spelt("#_#_#", &three)), word.clone())];
        self.put("letter.docx", word);
        let archive = zipped(&parts);
        self.put("papers.zip", archive);
    }
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn kloe(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
    for name in ["KLOE_FORMAT", "KLOE_AS_OF"] {
        command.env_remove(name);
    }
    command.env("GITHUB_STEP_SUMMARY", folder.join("summary.md"));
    command.current_dir(folder).args(args).output().unwrap()
}

/// The numbers that a text holds, whatever parts their digits.
fn told(text: &str, numbers: &[String]) -> Vec<String> {
    let digits: String = text.chars().filter_map(digit).collect();
    numbers.iter().filter(|number| digits.contains(number.as_str())).cloned().collect()
}

/// As [`told`], and what a URI or JSON spells otherwise spelt out.
fn all_told(text: &str, numbers: &[String]) -> Vec<String> {
    let mut told_plain = told(text, numbers);
    let spelt = text.replace("%20", " ").replace("%C2%A0", " ").replace("%E2%80%89", " ").replace("%E2%80%91", "-");
    let spelt = spelt.replace("%E2%80%8B", "").replace("%C2%B7", "").replace("\\u200b", "");
    told_plain.extend(told(&spelt, numbers));
    told_plain
}

fn holds_none(what: &str, output: &Output, numbers: &[String]) {
    for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = String::from_utf8_lossy(bytes);
        let told = all_told(&text, numbers);
        let lines: Vec<&str> = text.lines().filter(|line| !all_told(line, numbers).is_empty()).take(5).collect();
        assert!(told.is_empty(), "{what}: {stream} tells {told:?}: {lines:#?}");
    }
}

#[test]
fn no_output_holds_the_number_of_a_patient() {
    let set = Folder::new();
    let (folder, numbers) = (set.folder.path(), &set.numbers);
    let distinct: BTreeSet<&String> = numbers.iter().collect();
    assert!(numbers.len() > 30 && distinct.len() == numbers.len());
    let mut line = vec!["check", "evidence", "--as-of", "2026-11-01"];
    let files: Vec<String> = FORMATS.iter().map(|format| format!("out.{format}")).collect();
    for (format, file) in FORMATS.iter().zip(&files) {
        line.extend(["--format", format, "--output", file]);
    }
    holds_none("all", &kloe(folder, &line), numbers);
    for file in files.iter().map(String::as_str).chain(["summary.md"]) {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let texts = match zip::ZipArchive::new(Cursor::new(bytes.clone())) {
            Ok(mut archive) => (0..archive.len())
                .map(|at| {
                    let mut text = String::new();
                    archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
                    text
                })
                .collect(),
            Err(_) => vec![String::from_utf8(bytes).unwrap()],
        };
        for text in texts {
            let lines: Vec<&str> = text.lines().filter(|line| !all_told(line, numbers).is_empty()).take(5).collect();
            assert!(all_told(&text, numbers).is_empty(), "{file} tells {:?}: {lines:#?}", all_told(&text, numbers));
        }
    }
    for more in [&["-v", "--color", "always"] as &[&str], &["-q"]] {
        let line: Vec<&str> = ["check", "evidence", "--as-of", "2026-11-01"].iter().chain(more).copied().collect();
        holds_none(&more.join(" "), &kloe(folder, &line), numbers);
    }
    let report: Value = serde_json::from_slice(&std::fs::read(folder.join("out.json")).unwrap()).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let personal = |part: &str| {
        let of = |one: &&Value| one["check"] == "personal-data" && one["path"].as_str().unwrap().contains(part);
        findings.iter().filter(of).count()
    };
    assert_eq!(personal("minutes.md"), SPELLINGS.len() + 2, "{findings:#?}");
    assert_eq!(personal("register.csv"), 4);
    assert_eq!(personal("register.xlsx"), 3);
    assert_eq!(personal("letter.docx"), 2);
    assert!(personal("fall.eml") >= 3 && personal("page.html") >= 1);
    // Those that a letter stands beside are named a patient's nowhere.
    assert_eq!(personal(" letter.md"), SPELLINGS.len() - 3);
    assert_eq!(personal("/broken.pdf"), SPELLINGS.len() - 3);
}

#[test]
fn show_and_refusals_hold_no_number_either() {
    let set = Folder::new();
    let (folder, numbers) = (set.folder.path(), &set.numbers);
    let mut files = Vec::new();
    let mut folders = vec![folder.join("evidence")];
    while let Some(one) = folders.pop() {
        for entry in std::fs::read_dir(one).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    let files: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    for line in [vec!["show", "--as-of", "2026-11-01"], vec!["show", "--text"], vec!["check", "--as-of", "2026-11-01"]]
    {
        let all: Vec<&str> = line.iter().chain(&files).copied().collect();
        holds_none(&line.join(" "), &kloe(folder, &all), numbers);
    }
    std::fs::write(folder.join("bad.toml"), format!("exclude = [\"{}\"\n", spelt("# # #", &numbers[1]))).unwrap();
    // Some of the ways: each is a run of the program.
    for (at, spelling) in SPELLINGS.iter().enumerate().filter(|(at, _)| at % 4 == 1) {
        let spelt = spelt(spelling, &numbers[at]);
        let (file, output) = (format!("no/{spelt}.md"), format!("{spelt}/no/such/folder.csv"));
        let option = format!("--{spelt}");
        for line in [
            vec!["check", &file],
            vec!["show", &file],
            vec!["show", "--text", &file],
            vec!["explain", &spelt],
            vec!["check", "evidence", "--as-of", &spelt],
            vec!["check", "evidence", "--config", &file],
            vec!["check", "evidence", "--config", "bad.toml"],
            vec!["check", "evidence/page.html", "--format", "csv", "--output", &output],
            vec!["check", "evidence", "--format", &spelt],
            vec!["check", "evidence", "--rules", &file],
            vec!["check", "evidence", "--select", &spelt],
            vec!["rules", "score", &file],
            vec!["rules", "list", "--rules", &file],
            vec![&option],
            vec![&spelt],
        ] {
            let output = kloe(folder, &line);
            assert!(output.status.code() == Some(2), "{line:?}: {output:?}");
            holds_none(&line.join(" "), &output, numbers);
        }
    }
}
