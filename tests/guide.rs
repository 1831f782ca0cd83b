//! The guide in `docs/` holds what it says: its commands run, its pictures are what the program prints, its settings are read,
//! and the pages of checks and lines are those of the rules. `KLOE_REWRITE=1 cargo test --test guide` writes pictures and
//! generated pages anew. How a page is marked: `docs/README.md`.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

#[path = "guide/made.rs"]
mod made;
#[path = "guide/page.rs"]
mod page;
mod program;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use page::{Block, Page};

/// Commands that other people are building: what the guide says of them is looked at as soon as they are there.
const COMING: &[&str] = &["init", "settings", "completions", "man", "pack", "watch", "lsp"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src")
}

fn rewriting() -> bool {
    std::env::var_os("KLOE_REWRITE").is_some()
}

/// Every page, by its path within `docs/src`.
fn pages() -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(source()).sort_by_file_name().into_iter().map(Result::unwrap);
    let pages = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "md"));
    pages
        .map(|file| {
            let name = file.path().strip_prefix(source()).unwrap().to_string_lossy().replace('\\', "/");
            (name, std::fs::read_to_string(file.path()).unwrap().replace("\r\n", "\n"))
        })
        .collect()
}

#[test]
fn every_command_runs_and_every_picture_is_what_the_program_prints() {
    let (mut ran, mut pictures, mut stale) = (0, 0, Vec::new());
    let told = |name: &str| !name.starts_with("lines/") && name != "SUMMARY.md";
    let pages: Vec<(String, String)> = pages().into_iter().filter(|(name, _)| told(name)).collect();
    // Each page has a folder of its own, so that they can run at once.
    let done: Vec<_> = std::thread::scope(|scope| {
        let started: Vec<_> =
            pages.iter().map(|(name, text)| scope.spawn(move || Page::new(name, text).run(COMING))).collect();
        started.into_iter().map(|page| page.join().unwrap()).collect()
    });
    for ((name, text), done) in pages.iter().zip(done) {
        ran += done.ran;
        pictures += done.pictures;
        if done.text == *text {
            continue;
        }
        if rewriting() {
            std::fs::write(source().join(name), &done.text).unwrap();
        } else {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "pictures are out of date in {stale:?}: KLOE_REWRITE=1 cargo test --test guide");
    assert!(ran >= 25 && pictures >= 5, "{ran} commands, {pictures} pictures");
}

#[test]
fn the_pages_of_checks_and_lines_are_those_of_the_rules() {
    let rules = kloe::rules::load(&[kloe::rules::built_in()]).unwrap();
    let made = made::pages(&rules);
    let known: BTreeSet<&String> = made.keys().collect();
    for (name, text) in &made {
        let file = source().join(name);
        if rewriting() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, text).unwrap();
        }
        let stored = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(stored == *text, "docs/src/{name} is out of date: KLOE_REWRITE=1 cargo test --test guide");
    }
    for (name, _) in pages().iter().filter(|(name, _)| name.starts_with("lines/")) {
        assert!(known.contains(name), "docs/src/{name} is of a line that no rule has");
    }
}

#[test]
fn the_summary_names_every_page_and_every_link_leads_somewhere() {
    let pages = pages();
    let (_, summary) = pages.iter().find(|(name, _)| name == "SUMMARY.md").unwrap();
    let named: BTreeSet<String> = page::links(summary).into_iter().collect();
    for (name, text) in &pages {
        assert!(name == "SUMMARY.md" || named.contains(name), "docs/src/{name} is not in SUMMARY.md");
        let home = source().join(name);
        for link in page::links(text) {
            let path = link.split('#').next().unwrap_or("");
            let there = path.is_empty() || home.parent().unwrap().join(path).exists();
            assert!(there, "{name} links to {link}, which is not there");
        }
    }
}

#[test]
fn commands_and_flags_that_the_text_names_are_there() {
    let mut cli = kloe::cli::Cli::command();
    cli.build();
    let mut seen = 0;
    for (name, text) in pages() {
        for command in page::inline_commands(&text) {
            let mut words = command.split_whitespace().skip(1).peekable();
            let mut at = &cli;
            while let Some(next) = words.peek().and_then(|word| at.find_subcommand(word)) {
                at = next;
                words.next();
            }
            if std::ptr::eq(at, &cli) {
                let word = words.next().unwrap_or("");
                assert!(word.starts_with('-') || COMING.contains(&word), "{name}: `{command}` is no command of kloe");
                continue;
            }
            for flag in words.filter_map(|word| word.strip_prefix("--")) {
                let known = at.get_arguments().any(|arg| arg.get_long() == Some(flag));
                assert!(known, "{name}: `{command}`: there is no --{flag}");
            }
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn every_block_is_run_or_says_why_not() {
    for (name, text) in pages() {
        for block in Page::new(&name, &text).blocks() {
            let Block { language, reason, .. } = &block;
            let known = ["sh", "powershell", "toml", "text", "json"].contains(&language.as_str());
            assert!(known || reason.is_some(), "{name}: a block of `{language}` is not run and does not say why");
            assert!(reason.as_ref().is_none_or(|why| why.len() > 8), "{name}: say why a block is not run");
        }
    }
}
