//! Hyperlinks of terminals (OSC 8): the paths of documents in a text for people lead to the files.
//!
//! The links are laid over a text that is done, so that it is the same with them and without, whatever wrapped it. Only names
//! that kloe found itself become links, and a URI holds nothing but letters, digits and marks that cannot end it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use aho_corasick::{AhoCorasick, MatchKind};
use sha2::{Digest, Sha256};

use super::escape::{plain, uri};
use super::standpoint::{Paths, Standpoint};
use crate::report::Report;

/// The text with links to the documents of a report; `folder` is the absolute one that paths in the report begin at.
pub fn linked(text: &str, report: &Report, folder: &Path) -> String {
    let standpoint = Standpoint::default();
    let paths = Paths::new(report, &standpoint);
    let skipped = report.skipped.iter().map(|one| one.path.as_str());
    let all = report.documents.iter().map(|one| one.path.as_str()).chain(skipped);
    let targets = all.filter_map(|path| Some((plain(path), file_uri(&folder.join(paths.parted(path).file))?)));
    laid_over(text, targets)
}

/// The `file` URI of an absolute path; none where it would not hold, as with masked names and those that are not Unicode.
fn file_uri(file: &Path) -> Option<String> {
    of_path(file.to_str()?, cfg!(windows))
}

fn of_path(path: &str, windows: bool) -> Option<String> {
    if path.contains(|c: char| c == '*' || c == '\u{fffd}' || c.is_control()) {
        return None;
    }
    if !windows {
        return path.starts_with('/').then(|| format!("file://{}", uri(path)));
    }
    let path = path.replace('\\', "/");
    // The long forms of Windows: of a share, and of a drive.
    let path = match path.strip_prefix("//?/UNC/") {
        Some(share) => format!("//{share}"),
        None => path.strip_prefix("//?/").unwrap_or(&path).to_string(),
    };
    if let Some(share) = path.strip_prefix("//") {
        let host = share.split('/').next().unwrap_or("");
        let known = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
        return known.then(|| format!("file://{}", uri(share)));
    }
    let (drive, rest) = path.split_at_checked(2)?;
    let is_drive = drive.ends_with(':') && drive.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_drive && rest.starts_with('/')).then(|| format!("file:///{drive}{}", uri(rest)))
}

/// Lays links over names in a text; names that are broken over lines are one link.
fn laid_over(text: &str, targets: impl Iterator<Item = (String, String)>) -> String {
    // Breaks may stand anywhere in a name, so blanks count neither in the names nor in the text.
    let close = |name: &str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut by_name: HashMap<String, Option<String>> = HashMap::new();
    for (name, target) in targets {
        match by_name.entry(close(&name)) {
            // Two files of one name as it is shown: neither.
            Entry::Occupied(mut there) if there.get().as_ref() != Some(&target) => drop(there.insert(None)),
            Entry::Occupied(_) => {}
            Entry::Vacant(free) => drop(free.insert(Some(target))),
        }
    }
    let names: Vec<(String, Option<String>)> = by_name.into_iter().filter(|(name, _)| !name.is_empty()).collect();
    let flat = Flat::of(text);
    let finder =
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names.iter().map(|(name, _)| name));
    let Ok(finder) = finder else { return text.to_string() };
    let mut out = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for hit in finder.find_iter(&flat.text) {
        let Some(target) = names.get(hit.pattern().as_usize()).and_then(|(_, target)| target.as_ref()) else {
            continue;
        };
        let (start, end) = flat.in_text(hit.start(), hit.end());
        let (before, after) = (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
        // A part of a longer word is no name.
        let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_' | '-'));
        if part(before.chars().next_back()) || part(after.chars().next()) || start < done {
            continue;
        }
        out.push_str(&text[done..start]);
        out.push_str(&lines(&text[start..end], target));
        done = end;
    }
    out + &text[done..]
}

/// A name with its link, on each of the lines that it takes; the frame at their beginnings stays outside.
fn lines(name: &str, target: &str) -> String {
    // Tells a terminal that the parts are one.
    let id: String = Sha256::digest(target).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut out = String::new();
    for (number, line) in name.split('\n').enumerate() {
        let words = if number == 0 { line } else { line.trim_start_matches(is_frame) };
        let words = words.trim_end();
        let from = line.len() - line.trim_end().len();
        let indent = &line[..line.len() - from - words.len()];
        let rest = &line[line.len() - from..];
        if number > 0 {
            out.push('\n');
        }
        if words.is_empty() {
            out.push_str(line);
        } else {
            out.push_str(&format!("{indent}\u{1b}]8;id={id};{target}\u{1b}\\{words}\u{1b}]8;;\u{1b}\\{rest}"));
        }
    }
    out
}

/// Whether a character is of the frame that stands in front of wrapped lines.
fn is_frame(c: char) -> bool {
    c.is_whitespace() || matches!(c, '│' | '·' | '|')
}

/// A text without blanks, colours and frames, and where each of its bytes stands.
struct Flat {
    text: String,
    places: Vec<usize>,
}

impl Flat {
    fn of(text: &str) -> Flat {
        let mut flat = Flat { text: String::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
        let mut chars = text.char_indices();
        let mut begins = true;
        while let Some((at, c)) = chars.next() {
            if c == '\u{1b}' {
                // A colour, up to its letter.
                let _ = chars.find(|(_, c)| c.is_ascii_alphabetic());
            } else if c == '\n' {
                begins = true;
            } else if !(c.is_whitespace() || begins && is_frame(c)) {
                begins = false;
                flat.text.push(c);
                flat.places.extend((0..c.len_utf8()).map(|byte| at + byte));
            }
        }
        flat
    }

    /// Where the bytes from one place to another stand in the text.
    fn in_text(&self, start: usize, end: usize) -> (usize, usize) {
        let place = |at: usize| self.places.get(at).copied().unwrap_or(0);
        (place(start), end.checked_sub(1).map_or(0, |last| place(last) + 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{HOSTILE, full};
    use super::super::{Detail, Look, human};
    use super::*;

    /// A text as it was before links were laid over it, and the links: words and URI.
    fn read(text: &str) -> (String, Vec<(String, String)>) {
        let (mut out, mut links) = (String::new(), Vec::new());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("\u{1b}]8;") {
            let (opening, after) = after.split_once("\u{1b}\\").unwrap();
            let (_, target) = opening.split_once(';').unwrap();
            let (words, after) = after.split_once("\u{1b}]8;;\u{1b}\\").unwrap();
            out.push_str(before);
            out.push_str(words);
            links.push((words.to_string(), target.to_string()));
            rest = after;
        }
        (out + rest, links)
    }

    fn laid(text: &str, names: &[&str]) -> Vec<(String, String)> {
        let all = names.iter().map(|name| (plain(name), of_path(&format!("/e/{name}"), false).unwrap_or_default()));
        let out = laid_over(text, all.filter(|(_, target)| !target.is_empty()));
        let (without, links) = read(&out);
        assert_eq!(without, text);
        links
    }

    #[test]
    fn a_report_is_the_same_with_links_and_without() {
        let report = full();
        let text = human(&report, Detail::Everything, Look::PLAIN);
        let out = linked(&text, &report, Path::new(if cfg!(windows) { "C:\\Evidence" } else { "/Evidence" }));
        let (without, links) = read(&out);
        assert_eq!(without, text);
        assert!(links.len() > 3 && links.iter().all(|(_, target)| target.starts_with("file:///")), "{links:?}");
        let color = Look { color: true, ..Look::PLAIN };
        let text = human(&report, Detail::Everything, color);
        assert_eq!(read(&linked(&text, &report, Path::new("/Evidence"))).0, text);
    }

    #[test]
    fn names_are_found_whole_and_over_lines() {
        let names = ["Board/Minutes 24 Sept.md", "a.md", "Minutes 24 Sept.md"];
        let words = |text: &str| laid(text, &names).into_iter().map(|(words, _)| words).collect::<Vec<_>>();
        assert_eq!(words("× Board/Minutes 24 Sept.md: old"), ["Board/Minutes 24 Sept.md"]);
        assert_eq!(words("  × Board/Minutes\n  │ 24 Sept.md: old\n"), ["Board/Minutes", "24 Sept.md"]);
        assert_eq!(words("data.md, x/a.md, a.mdx"), [""; 0]);
        assert_eq!(words("(a.md), [a.md:3:1]"), ["a.md", "a.md"]);
        let links = laid("Board/Minutes 24\nSept.md", &names);
        assert!(links.iter().all(|(_, target)| target == "file:///e/Board/Minutes%2024%20Sept.md"), "{links:?}");
        // Names that look the same are none.
        let same = [("a b".to_string(), "file:///1".to_string()), ("ab".to_string(), "file:///2".to_string())];
        assert_eq!(laid_over("a b", same.into_iter()), "a b");
    }

    #[test]
    fn paths_of_all_systems_become_uris() {
        let unix = |path| of_path(path, false);
        assert_eq!(unix("/e/C# 100%?.docx").unwrap(), "file:///e/C%23%20100%25%3F.docx");
        assert_eq!(unix("/e/caf\u{e9}\u{202e}.md").unwrap(), "file:///e/caf%C3%A9%E2%80%AE.md");
        assert_eq!((unix("e/a.md"), unix("/e/\u{fffd}.md"), unix("/e/999 *** 1.md")), (None, None, None));
        let windows = |path| of_path(path, true);
        assert_eq!(windows("C:\\My Evidence\\a;b.md").unwrap(), "file:///C:/My%20Evidence/a%3Bb.md");
        assert_eq!(windows("\\\\?\\C:\\long\\a.md").unwrap(), "file:///C:/long/a.md");
        assert_eq!(windows("\\\\server\\share\\a.md").unwrap(), "file://server/share/a.md");
        assert_eq!(windows("\\\\?\\UNC\\server\\share\\a.md").unwrap(), "file://server/share/a.md");
        assert_eq!(
            (windows("a.md"), windows("C:a.md"), windows("\\\\?\\"), windows("\\\\a@b\\c")),
            (None, None, None, None)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
        #[test]
        fn no_name_breaks_out(
            name in prop_oneof!["\\PC{1,20}", Just(HOSTILE.to_string()), Just("\u{1b}]8;;x\u{1b}\\a\u{7}.md".to_string())],
            text in "\\PC{0,30}",
        ) {
            let shown = plain(&name);
            for text in [format!("{text} {shown} {text}"), format!("{shown}\n"), text] {
                let text: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
                for (_, target) in laid(&text, &[&name]) {
                    prop_assert!(target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';'), "{target}");
                }
            }
        }
    }
}
