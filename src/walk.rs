//! The files of a folder: found, or skipped with a reason. Never opens a document.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::Serialize;
use walkdir::WalkDir;

use crate::fault::Fault;

/// A file to be examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the folder, with forward slashes; what is not UTF-8 is shown as U+FFFD.
    pub path: String,
    /// Where it is on this machine.
    pub file: PathBuf,
}

/// A file that is not examined, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
pub struct Skipped {
    /// Path relative to the folder.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// Patterns of files that are no evidence: of `.kloeignore` in the folder, and of the settings.
#[derive(Debug)]
pub struct Excluded {
    ignore_file: Gitignore,
    settings: Gitignore,
    faults: Vec<Skipped>,
}

impl Excluded {
    /// No patterns.
    pub fn none() -> Self {
        Excluded { ignore_file: Gitignore::empty(), settings: Gitignore::empty(), faults: Vec::new() }
    }

    /// The patterns of `.kloeignore` in a folder, and those of the settings. A pattern of `.kloeignore` that does not
    /// read is named among what was skipped.
    ///
    /// # Errors
    ///
    /// A pattern of the settings that does not read.
    pub fn new(root: &Path, settings: &[String]) -> Result<Self, Fault> {
        let mut builder = GitignoreBuilder::new("");
        for pattern in settings {
            builder.add_line(None, pattern).map_err(|error| bad_pattern(pattern, &error))?;
        }
        let settings = builder.build().map_err(|error| bad_pattern("exclude", &error))?;
        let (ignore_file, fault) = ignore_file(root);
        Ok(Excluded { ignore_file, settings, faults: fault.into_iter().collect() })
    }

    /// Why a file of such a path, relative to the folder, is no evidence; none if it may be.
    pub(crate) fn why(&self, path: &str) -> Option<&'static str> {
        self.reason(path).or_else(|| system_file(path, path.rsplit('/').next().unwrap_or(path)))
    }

    fn reason(&self, path: &str) -> Option<&'static str> {
        if self.ignore_file.matched_path_or_any_parents(path, false).is_ignore() {
            Some("ignored by a pattern in .kloeignore")
        } else if self.settings.matched_path_or_any_parents(path, false).is_ignore() {
            Some("ignored by a pattern in kloe.toml")
        } else {
            None
        }
    }
}

fn bad_pattern(pattern: &str, error: &ignore::Error) -> Fault {
    Fault::new(format!("`{pattern}` is not a pattern: {error}")).help(PATTERNS)
}

const PATTERNS: &str = "patterns are those of .gitignore, such as Archive/ or *.tmp.docx";

/// What is wrong with a pattern that does not read or could match no file, and what would put it right.
pub(crate) fn wrong_pattern(pattern: &str) -> Option<(String, &'static str)> {
    let slashes = "write / between folders, as in Archive/2019, from the folder that is checked";
    if pattern.trim().is_empty() || pattern.starts_with('#') {
        return Some(("it matches no file".to_string(), PATTERNS));
    }
    let escaped = pattern.split('\\').skip(1).any(|rest| rest.starts_with(char::is_alphanumeric));
    if escaped || pattern.chars().nth(1) == Some(':') {
        return Some(("its folders are written as Windows writes them".to_string(), slashes));
    }
    if pattern.rfind('[') > pattern.rfind(']') && !pattern.contains("\\[") {
        return Some(("a [ is not closed".to_string(), PATTERNS));
    }
    match GitignoreBuilder::new("").add_line(None, pattern) {
        Ok(_) => None,
        Err(ignore::Error::Glob { err, .. }) => Some((err, PATTERNS)),
        Err(error) => Some((error.to_string(), PATTERNS)),
    }
}

/// Every regular file under a folder, in the order of the paths, and what was left out, file by file. Links are not
/// followed, so there are no loops; only the store of Git is named as a whole. A folder that cannot be opened stands among
/// what was found, with a slash at its end.
pub fn walk(root: &Path, excluded: &Excluded) -> (Vec<Found>, Vec<Skipped>) {
    let mut found = Vec::new();
    let mut skipped: Vec<Skipped> = excluded.faults.clone();
    let mut walker = WalkDir::new(root).sort_by_file_name().into_iter();
    while let Some(entry) = walker.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // What is in it may be evidence, so it is more than a file that was skipped.
            Err(error) if error.io_error().is_some() && error.path().is_some_and(Path::is_dir) => {
                let folder = error.path().unwrap_or(root);
                found.push(Found { path: relative(root, folder) + "/", file: folder.to_path_buf() });
                continue;
            }
            Err(error) => {
                let path = relative(root, error.path().unwrap_or(root));
                let why =
                    error.io_error().map_or_else(|| "a loop of folders".to_string(), |error| error.kind().to_string());
                skipped.push(Skipped { path, reason: format!("it cannot be opened ({why})") });
                continue;
            }
        };
        let kind = entry.file_type();
        let path = relative(root, entry.path());
        let name = entry.file_name().to_string_lossy();
        if kind.is_dir() {
            if name == ".git" && entry.depth() > 0 {
                walker.skip_current_dir();
                skipped.push(Skipped { path, reason: "the store of Git".to_string() });
            }
        } else if let Some(reason) = excluded.why(&path) {
            skipped.push(Skipped { path, reason: reason.to_string() });
        } else if kind.is_symlink() {
            skipped.push(Skipped { path, reason: "a link; what it points to is not followed".to_string() });
        } else if !kind.is_file() {
            skipped.push(Skipped { path, reason: "a special file (a pipe, socket or device)".to_string() });
        } else {
            found.push(Found { path, file: entry.into_path() });
        }
    }
    found.sort_by(|a, b| (&a.path, &a.file).cmp(&(&b.path, &b.file)));
    skipped.sort();
    (found, skipped)
}

fn ignore_file(root: &Path) -> (Gitignore, Option<Skipped>) {
    let file = root.join(".kloeignore");
    let mut builder = GitignoreBuilder::new("");
    let fault = file.is_file().then(|| builder.add(&file)).flatten();
    let patterns = builder.build().unwrap_or_else(|_| Gitignore::empty());
    let skipped = fault
        .map(|fault| Skipped { path: ".kloeignore".to_string(), reason: format!("a pattern does not read: {fault}") });
    (patterns, skipped)
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Files that programs leave behind, by their names.
fn system_file(path: &str, name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    if lower.starts_with("~$") || lower.starts_with(".~lock.") {
        return Some("Office lock file");
    }
    if ["thumbs.db", "desktop.ini", ".ds_store", ".kloeignore", "kloe.toml"].contains(&lower.as_str()) {
        return Some("system or settings file");
    }
    if lower.ends_with(".tmp") || lower.starts_with('~') && lower.ends_with(".wbk") {
        return Some("temporary file");
    }
    if path.split('/').any(|part| part.starts_with('.') && part != "." && part != "..") {
        return Some("hidden file, or in a hidden folder");
    }
    [".url", ".lnk", ".website", ".webloc"]
        .iter()
        .any(|ending| lower.ends_with(ending))
        .then_some("a link is not evidence")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_or_skipped_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.md", "a.txt", "~$a.docx", "Thumbs.db", "old/x.md", ".kloeignore", "c.tex", ".github/ci.yml"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, if name == ".kloeignore" { "old/\n" } else { "x" }).unwrap();
        }
        let (found, skipped) = walk(folder.path(), &Excluded::new(folder.path(), &["*.tex".to_string()]).unwrap());
        assert_eq!(found.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["a.txt", "b.md"]);
        let skipped: Vec<_> = skipped.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect();
        assert_eq!(
            skipped,
            [
                (".github/ci.yml", "hidden file, or in a hidden folder"),
                (".kloeignore", "system or settings file"),
                ("Thumbs.db", "system or settings file"),
                ("c.tex", "ignored by a pattern in kloe.toml"),
                ("old/x.md", "ignored by a pattern in .kloeignore"),
                ("~$a.docx", "Office lock file"),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_odd_names_have_a_row() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &[u8]| folder.path().join(std::ffi::OsStr::from_bytes(name));
        for name in [b"caf\xe9.md".as_slice(), b"two\nlines.md", b"\x1b[31mred.md", "\u{202e}dm.txt".as_bytes()] {
            std::fs::write(at(name), "x").unwrap();
        }
        std::os::unix::fs::symlink(folder.path(), at(b"loop")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", at(b"out.md")).unwrap();
        let socket = std::os::unix::net::UnixListener::bind(at(b"socket")).unwrap();
        let (found, skipped) = walk(folder.path(), &Excluded::none());
        drop(socket);
        assert_eq!(found.len(), 4);
        assert!(found.iter().any(|one| one.path == "caf\u{fffd}.md"));
        assert_eq!(skipped.len(), 3, "{skipped:?}");
    }

    #[test]
    fn five_hundred_levels_of_folders_are_walked() {
        let folder = tempfile::tempdir().unwrap();
        let mut deep = folder.path().to_path_buf();
        (0..500).for_each(|_| deep.push("d"));
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(deep.join("a.md"), "x").unwrap();
        assert_eq!(walk(folder.path(), &Excluded::none()).0.len(), 1);
    }
}
