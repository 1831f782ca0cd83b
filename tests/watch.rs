//! `kloe watch` as a user meets it: a real folder, a real process, and waits that have an end.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use program::kloe;

/// How long something that must come is waited for; it comes in a second or two, unless the machine is very busy.
const PATIENCE: Duration = Duration::from_secs(120);

const MINUTES: &str = "# Minutes of the Board of Directors\n\nDate: 24 September 2026\n\nPresent: the Chair; the Chief \
                       Executive. Apologies: none.\n\n1. The Board approved the annual plan.\n";
const POLICY: &str = "# Risk management policy\n\nStatus: DRAFT\n\nOwner: Director of Governance\n";

/// A watch that runs, and what it has said.
struct Watched {
    child: Child,
    lines: Receiver<String>,
}

impl Watched {
    fn start(folder: &Path, args: &[&str]) -> Watched {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
        command.args(["watch", folder.to_str().unwrap(), "--every", "0.1", "--as-of", "2026-11-01"]).args(args);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("KLOE_") {
                command.env_remove(name);
            }
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (send, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Watched { child, lines }
    }

    /// What it says until a line has some words.
    fn until(&self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        let mut said = String::new();
        while !said.lines().last().is_some_and(|line| line.contains(words)) {
            let left = end.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => said.push_str(&(line + "\n")),
                Err(_) => panic!("`{words}` was not said, but:\n{said}"),
            }
        }
        said
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn what_a_change_did_is_said_and_nothing_else() {
    let folder = folder(&[("Minutes 24 Sept.md", MINUTES), ("Risk policy.md", POLICY)]);
    let at = |name: &str| folder.path().join(name);
    let watched = Watched::start(folder.path(), &[]);
    let first = watched.until("Ctrl-C ends");
    assert!(first.contains("2 documents: 2 read, 0 not read"), "{first}");
    assert!(first.contains("Next:\n  1. error: ") && first.contains("a look every 0.1 seconds"), "{first}");
    assert!(!first.contains('\u{1b}'), "no colours in a pipe");

    // Somebody opens a document, saves it as it was, and a lock file comes and goes: nothing of that is said.
    fs::write(at("~$Risk policy.docx"), "locked").unwrap();
    fs::write(at("Risk policy.md"), POLICY).unwrap();
    fs::write(at("Risk policy.md"), POLICY.replace("DRAFT", "approved")).unwrap();
    let better = watched.until("Next:");
    assert!(better.contains("changed: Risk policy.md\n"), "{better}");
    assert!(better.contains("better  put right: warning draft: ") && better.contains("Since the start: "), "{better}");
    assert!(!better.contains("~$"), "{better}");

    fs::remove_file(at("~$Risk policy.docx")).unwrap();
    fs::remove_file(at("Minutes 24 Sept.md")).unwrap();
    let worse = watched.until("Since the start");
    let (_, worse) = worse.split_once("  gone: Minutes 24 Sept.md\n").unwrap_or_else(|| panic!("{worse}"));
    assert!(worse.contains("worse   W4.board-minutes board minutes"), "{worse}");
    assert!(!worse.contains("Risk policy"), "{worse}");

    fs::write(at("Lunch.txt"), "Soup, bread and fruit.\n").unwrap();
    let same = watched.until("nothing got better or worse");
    assert!(same.contains("new: Lunch.txt"), "{same}");
}

#[test]
fn settings_are_taken_over_and_mistakes_in_them_waited_out() {
    let folder = folder(&[("Risk policy.md", POLICY), ("kloe.toml", "")]);
    let settings = |text: &str| fs::write(folder.path().join("kloe.toml"), text).unwrap();
    let watched = Watched::start(folder.path(), &[]);
    watched.until("Ctrl-C ends");
    settings("sektor = \"care-home\"\n");
    let wrong = watched.until("not checked again");
    assert!(wrong.lines().count() <= 2, "{wrong}");
    settings("ignore = [\"draft\"]\n");
    let mended = watched.until("put right: warning draft");
    assert!(mended.contains("judged anew"), "{mended}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_away_is_not_one_that_was_emptied() {
    let home = tempfile::tempdir().unwrap();
    let (evidence, away) = (home.path().join("evidence"), home.path().join("away"));
    fs::create_dir(&evidence).unwrap();
    fs::write(evidence.join("Minutes 24 Sept.md"), MINUTES).unwrap();
    let watched = Watched::start(&evidence, &[]);
    watched.until("Ctrl-C ends");
    fs::rename(&evidence, &away).unwrap();
    watched.until("the folder cannot be reached; waiting for it");
    fs::write(away.join("Lunch.txt"), "Soup, bread and fruit.\n").unwrap();
    fs::rename(&away, &evidence).unwrap();
    let back = watched.until("nothing got better or worse");
    assert!(back.contains("new: Lunch.txt") && !back.contains("gone"), "{back}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well() {
    let folder = folder(&[("Risk policy.md", POLICY)]);
    let mut watched = Watched::start(folder.path(), &[]);
    watched.until("Ctrl-C ends");
    let sent = Command::new("kill").args(["-INT", &watched.child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let end = Instant::now() + PATIENCE;
    let status = loop {
        match watched.child.try_wait().unwrap() {
            Some(status) => break status,
            None if Instant::now() > end => panic!("it goes on"),
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    assert_eq!(status.code(), Some(0));
}

#[test]
fn paths_are_links_when_asked_for() {
    let folder = folder(&[("Risk policy.md", POLICY)]);
    let watched = Watched::start(folder.path(), &["--hyperlinks", "always"]);
    watched.until("Ctrl-C ends");
    fs::write(folder.path().join("Lunch menu.txt"), "Soup, bread and fruit.\n").unwrap();
    let said = watched.until("nothing got better or worse");
    assert!(said.contains("/Lunch%20menu.txt\u{1b}\\Lunch menu.txt\u{1b}]8;;\u{1b}\\"), "{said:?}");
}

#[test]
fn what_cannot_be_watched_is_a_fault() {
    for args in [&["watch", "no such folder"][..], &["watch", "README.md"], &["watch", ".", "--every", "0"]] {
        let said = kloe(args);
        assert_eq!(said.status.code(), Some(2), "{args:?}");
        assert!(!said.stderr.is_empty() && said.stdout.is_empty());
    }
}
