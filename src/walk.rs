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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

    fn reason(&self, path: &str, is_dir: bool) -> Option<&'static str> {
        if self.ignore_file.matched_path_or_any_parents(path, is_dir).is_ignore() {
            Some("ignored by a pattern in .kloeignore")
        } else if self.settings.matched_path_or_any_parents(path, is_dir).is_ignore() {
            Some("ignored by a pattern in kloe.toml")
        } else {
            None
        }
    }
}

fn bad_pattern(pattern: &str, error: &ignore::Error) -> Fault {
    Fault::new(format!("`{pattern}` is not a pattern: {error}"))
        .help("patterns are those of .gitignore, such as Archive/")
}

/// Every regular file under a folder, in the order of the paths, and what was left out.
pub fn walk(root: &Path, excluded: &Excluded) -> (Vec<Found>, Vec<Skipped>) {
    let mut found = Vec::new();
    let mut skipped: Vec<Skipped> = excluded.faults.clone();
    let mut walker = WalkDir::new(root).sort_by_file_name().into_iter();
    while let Some(entry) = walker.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = relative(root, error.path().unwrap_or(root));
                skipped
                    .push(Skipped { path, reason: "it cannot be opened (no permission, or it vanished)".to_string() });
                continue;
            }
        };
        if entry.depth() == 0 && entry.file_type().is_dir() {
            continue;
        }
        let path = relative(root, entry.path());
        let is_dir = entry.file_type().is_dir();
        let name = entry.file_name().to_string_lossy();
        if let Some(reason) = excluded.reason(&path, is_dir) {
            if is_dir {
                walker.skip_current_dir();
            }
            skipped.push(Skipped { path, reason: reason.to_string() });
        } else if is_dir {
            if name == ".git" {
                walker.skip_current_dir();
                skipped.push(Skipped { path, reason: "the store of Git".to_string() });
            }
        } else if let Some(reason) = system_file(&name) {
            skipped.push(Skipped { path, reason: reason.to_string() });
        } else if entry.file_type().is_symlink() {
            skipped.push(Skipped { path, reason: "a link; what it points to is not followed".to_string() });
        } else if !entry.file_type().is_file() {
            skipped.push(Skipped { path, reason: "a special file".to_string() });
        } else {
            found.push(Found { path, file: entry.into_path() });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
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

fn system_file(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    if lower.starts_with("~$") || lower.starts_with(".~lock.") {
        return Some("Office lock file");
    }
    if ["thumbs.db", "desktop.ini", ".ds_store", ".kloeignore", "kloe.toml"].contains(&lower.as_str()) {
        return Some("system or settings file");
    }
    if lower.ends_with(".tmp") {
        return Some("temporary file");
    }
    [".url", ".lnk", ".website"].iter().any(|ending| lower.ends_with(ending)).then_some("a link is not evidence")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_or_skipped_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.md", "a.txt", "~$a.docx", "Thumbs.db", "old/x.md", ".kloeignore", "c.tex"] {
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
                (".kloeignore", "system or settings file"),
                ("Thumbs.db", "system or settings file"),
                ("c.tex", "ignored by a pattern in kloe.toml"),
                ("old", "ignored by a pattern in .kloeignore"),
                ("~$a.docx", "Office lock file"),
            ]
        );
    }
}
