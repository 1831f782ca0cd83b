//! A page of the guide: its blocks, its pictures, and a folder in which both are run.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::program::kloe_in;

/// Documents of the folder that the guide calls `Evidence`: some of each sort, out of the main fixture.
const EVIDENCE: &[&str] = &[
    "Better Every Day/06 Sustaining/Spread & sustainability plan DRAFT 0.1.odt",
    "Better Every Day/06 Sustaining/QI Annual Report 2025-26.pdf",
    "Board statement of commitment.html",
    "Information Governance/PAS upgrade test extract.csv",
    "People/Speaking up/Enc 8 FTSU Guardian six monthly report July 26.pdf",
    "Policies/HR/HR42 Freedom to Speak Up Policy.pdf",
    "Policies/Policy register Oct 26.csv",
    "READ ME FIRST.txt",
    "Risk/CRR_Datix_export_2026-10-21.csv",
    "Risk/Medicine Division risk register Aug 26.xlsx",
    "Strategy/Governance structure chart.vsdx",
    "Strategy/TWV Trust Strategy 2023-2028 (approved).pdf",
    "Trust Board/2026-07-30/Enc 2 Board Minutes July 2026 FINAL.pdf",
    "Trust Board/Copy of Action log (2).xlsx",
];

/// A fenced block.
pub(crate) struct Block {
    /// What stands after the fence.
    pub(crate) language: String,
    /// Its lines.
    pub(crate) lines: Vec<String>,
    /// Why it is not run, where the comment before it says so.
    pub(crate) reason: Option<String>,
    /// The picture that it is.
    picture: Option<Picture>,
    /// Lines of the page that it stands in, without the fences.
    range: std::ops::Range<usize>,
}

/// What is shown of what a command prints.
struct Picture {
    command: String,
    /// The first line shown begins with this.
    from: String,
    /// How many lines are shown at most.
    most: usize,
}

pub(crate) struct Page<'a> {
    name: &'a str,
    lines: Vec<&'a str>,
}

/// What running a page gave.
pub(crate) struct Done {
    pub(crate) ran: usize,
    pub(crate) pictures: usize,
    /// The page with its pictures as they are now.
    pub(crate) text: String,
}

impl<'a> Page<'a> {
    pub(crate) fn new(name: &'a str, text: &'a str) -> Page<'a> {
        Page { name, lines: text.lines().collect() }
    }

    pub(crate) fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = 0;
        while at < self.lines.len() {
            let Some(language) = self.lines[at].strip_prefix("```") else {
                at += 1;
                continue;
            };
            let start = at + 1;
            let length = self.lines[start..].iter().position(|line| *line == "```");
            let end = start + length.unwrap_or_else(|| panic!("{}: a block has no end", self.name));
            let before = self.lines[..at].iter().rev().find(|line| !line.trim().is_empty()).unwrap_or(&"");
            let comment = before.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
            blocks.push(Block {
                language: language.trim().to_string(),
                lines: self.lines[start..end].iter().map(ToString::to_string).collect(),
                reason: comment.and_then(|said| said.strip_prefix("not run: ")).map(str::to_string),
                picture: comment.and_then(picture),
                range: start..end,
            });
            at = end + 1;
        }
        blocks
    }

    /// Runs the page from its top: settings are written, commands run, pictures taken.
    pub(crate) fn run(&self, coming: &[&str]) -> Done {
        let mut done = Done { ran: 0, pictures: 0, text: String::new() };
        let blocks = self.blocks();
        let folder = if blocks.is_empty() {
            None
        } else {
            Some(evidence(self.lines.iter().any(|line| line.contains("--since"))))
        };
        let mut shown = 0;
        for block in blocks {
            let home = folder.as_ref().unwrap().path();
            done.text.extend(self.lines[shown..block.range.start].iter().map(|line| format!("{line}\n")));
            shown = block.range.end;
            if let Some(Picture { command, from, most }) = &block.picture {
                let output = self.kloe(command, home);
                let printed = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
                let lines = printed.lines().skip_while(|line| !line.starts_with(from)).take(*most);
                let shown = lines.map(|line| format!("{}\n", line.trim_end())).collect::<String>();
                assert!(!shown.trim().is_empty(), "{}: nothing of kloe {command} begins with {from}", self.name);
                done.text += shown.trim_end();
                done.text.push('\n');
                done.pictures += 1;
                continue;
            }
            done.text.extend(block.lines.iter().map(|line| format!("{line}\n")));
            match block.language.as_str() {
                _ if block.reason.is_some() => {}
                "toml" => self.write(&block, home),
                "sh" | "powershell" => {
                    for line in block.lines.iter().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                        done.ran += usize::from(self.command(line, home, coming));
                    }
                }
                _ => {}
            }
        }
        done.text.extend(self.lines[shown..].iter().map(|line| format!("{line}\n")));
        done
    }

    /// Writes a block of settings or rules to the file that its first line names.
    fn write(&self, block: &Block, home: &Path) {
        let name = block.lines[0].strip_prefix("# ").unwrap_or_else(|| panic!("{}: toml without a name", self.name));
        let file = home.join(name);
        let text = block.lines.join("\n") + "\n";
        if name.ends_with("kloe.toml") {
            let read = kloe::settings::Settings::parse(&kloe::fault::SourceFile::new(name, text.clone()));
            assert!(read.is_ok(), "{}: {:?}", self.name, read.err());
        }
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// Runs a line of a shell; whether it was run.
    fn command(&self, line: &str, home: &Path, coming: &[&str]) -> bool {
        let line =
            line.replace("C:\\Evidence", &home.join("Evidence").to_string_lossy()).replace(".\\kloe.exe", "kloe");
        if let Some(rest) = line.strip_prefix("git ") {
            git(home, &words(rest));
            return true;
        }
        let (line, file) = line.split_once(" > ").map_or((line.as_str(), None), |(line, file)| (line, Some(file)));
        let command =
            line.strip_prefix("kloe ").unwrap_or_else(|| panic!("{}: `{line}` cannot be run here", self.name));
        let first = command.split(' ').next().unwrap_or("");
        if coming.contains(&first) && kloe_in(home, &["help", first], &[]).status.code() != Some(0) {
            return false;
        }
        let output = self.kloe(command, home);
        if let Some(file) = file {
            std::fs::write(home.join(file), &output.stdout).unwrap();
        }
        true
    }

    fn kloe(&self, command: &str, home: &Path) -> Output {
        let args = words(command);
        let output = kloe_in(home, &args.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        let (status, said) = (output.status.code(), String::from_utf8_lossy(&output.stderr));
        assert!(matches!(status, Some(0 | 1)), "{}: kloe {command}: {status:?} {said}", self.name);
        let quiet = command.contains("--output");
        assert!(quiet || !output.stdout.is_empty(), "{}: kloe {command} says nothing", self.name);
        output
    }
}

/// `picture: kloe ...`, `picture, first 20 lines: kloe ...`, `picture, from "draft", first 20 lines: kloe ...`.
fn picture(comment: &str) -> Option<Picture> {
    let (how, command) = comment.strip_prefix("picture")?.split_once(": kloe ")?;
    let from = how.split('"').nth(1).unwrap_or("").to_string();
    let lines = how.split_once("first ").and_then(|(_, rest)| rest.strip_suffix(" lines"));
    Some(Picture { command: command.to_string(), from, most: lines.map_or(usize::MAX, |lines| lines.parse().unwrap()) })
}

/// A folder with a folder `Evidence` in it, in a Git repository of its own where that is asked for.
fn evidence(under_git: bool) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let trust = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/trust");
    for name in EVIDENCE {
        let to = folder.path().join("Evidence").join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(trust.join(name), to).unwrap();
    }
    if under_git {
        git(folder.path(), &["init", "-q", "-b", "main"].map(ToString::to_string));
        git(folder.path(), &["add", "."].map(ToString::to_string));
        git(folder.path(), &["commit", "-q", "-m", "as it was"].map(ToString::to_string));
    }
    folder
}

fn git(folder: &Path, args: &[String]) {
    let who = ["-c", "user.name=kloe", "-c", "user.email=kloe@example.org", "-c", "core.autocrlf=false"];
    let output = Command::new("git").current_dir(folder).args(who).args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The words of a command line, with quoted ones kept together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

/// The links of a page that lead within the guide.
pub(crate) fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|link| !link.contains("://")).map(str::to_string).collect()
}

/// What stands between backticks in the text and begins with `kloe `.
pub(crate) fn inline_commands(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            out.extend(line.split('`').skip(1).step_by(2).filter(|code| code.starts_with("kloe ")).map(str::to_string));
        }
    }
    out
}
