//! Paths as those see them who read the report: a repository, a workbook.

use std::collections::HashSet;

use super::escape::uri;
use crate::report::{FindingRow, Report};

/// Where the folder that was checked lies, as seen from outside. Paths in the report are relative to that folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standpoint {
    /// The way from the repository (or the folder that kloe was run in) to the folder, with forward slashes; empty when it is
    /// the folder itself, or lies elsewhere.
    pub repository: String,
    /// The way from the folder of the file that is written to the folder that was checked, with forward slashes; none when
    /// there is no such way.
    pub output: Option<String>,
}

/// A document's path, parted where it lies within another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parted<'r> {
    /// The file in the folder.
    pub(super) file: &'r str,
    /// The entry or attachment within it.
    pub(super) inside: Option<&'r str>,
}

/// Paths of a report.
#[derive(Debug)]
pub(super) struct Paths<'r> {
    documents: HashSet<&'r str>,
    standpoint: &'r Standpoint,
}

impl<'r> Paths<'r> {
    pub(super) fn new(report: &'r Report, standpoint: &'r Standpoint) -> Self {
        Paths { documents: report.documents.iter().map(|one| one.path.as_str()).collect(), standpoint }
    }

    /// The same of documents that are in no report, such as those of a bundle.
    pub(super) fn of(documents: HashSet<&'r str>, standpoint: &'r Standpoint) -> Self {
        Paths { documents, standpoint }
    }

    /// Parts a path such as `papers.zip!minutes.docx`; an exclamation mark counts only after a document of the folder.
    pub(super) fn parted(&self, path: &'r str) -> Parted<'r> {
        let borders = path.match_indices('!').map(|(at, _)| (&path[..at], &path[at + 1..]));
        let within = borders.into_iter().find(|(file, _)| self.documents.contains(file));
        within.map_or(Parted { file: path, inside: None }, |(file, inside)| Parted { file, inside: Some(inside) })
    }

    /// The file of a document as the repository sees it.
    pub(super) fn in_repository(&self, path: &'r str) -> String {
        let file = self.parted(path).file;
        let way = self.standpoint.repository.trim_end_matches('/');
        if is_absolute(file) { file.to_string() } else { tidy(&format!("{way}/{file}")) }
    }

    /// Where a finding points: the document, or the rule that asks for it; file and line.
    pub(super) fn of_finding(&self, finding: &'r FindingRow) -> (String, u32) {
        let line = finding.location.as_ref().and_then(|location| location.place.line);
        match (&finding.path, &finding.rule) {
            (Some(path), _) => (self.in_repository(path), line.unwrap_or(1)),
            (None, Some(rule)) => (rule.file.replace('\\', "/"), rule.line.max(1)),
            (None, None) => ("kloe.toml".to_string(), 1),
        }
    }

    /// The way of a link from the file that is written to a document; none where a link would not hold.
    pub(super) fn link(&self, path: &'r str) -> Option<String> {
        let file = self.parted(path).file;
        let way = self.standpoint.output.as_deref()?.trim_end_matches('/');
        // Characters that spreadsheets and Windows take for something else, and masked or unreadable names.
        if is_absolute(file) || file.contains(['#', '%', '\\', ':', '*', '?', '"', '<', '>', '|', '\u{fffd}']) {
            return None;
        }
        Some(if way.is_empty() { file.to_string() } else { format!("{way}/{file}") })
    }

    /// The way of a link on a page, as a relative URI; none where a link would not hold, as with masked names.
    pub(super) fn page_link(&self, path: &'r str) -> Option<String> {
        let file = self.parted(path).file;
        let way = self.standpoint.output.as_deref()?.trim_end_matches('/');
        if is_absolute(file)
            || file.is_empty()
            || file.contains(|c: char| c == '*' || c == '\u{fffd}' || c.is_control())
        {
            return None;
        }
        // The dot in front keeps the first part of a name from being read as anything but a name.
        let way = if way.is_empty() { "." } else { way };
        Some(format!("{}/{}", uri(way), uri(file)))
    }
}

/// A relative path without `.` and, as far as it goes, without `..`.
fn tidy(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match parts.last() {
            Some(last) if part == ".." && *last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether a path begins at a root or a drive.
fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1) == Some(&b':')
}

/// A path of a repository as a URI; one that begins at a root becomes a `file` URI.
pub(super) fn as_uri(path: &str) -> String {
    match path {
        path if path.starts_with('/') => format!("file://{}", uri(path)),
        path if is_absolute(path) => format!("file:///{}", uri(path)),
        path => uri(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_repository() {
        let standpoint = Standpoint { repository: "evidence/2026".into(), output: Some("../evidence".into()) };
        let paths = Paths { documents: HashSet::from(["Done!.zip", "Well done!.docx"]), standpoint: &standpoint };
        assert_eq!(paths.in_repository("Done!.zip!a.docx"), "evidence/2026/Done!.zip");
        assert_eq!(paths.in_repository("./x/../../a.docx"), "evidence/a.docx");
        assert_eq!(paths.parted("Done!.zip!a.docx").inside, Some("a.docx"));
        assert_eq!(paths.parted("Well done!.docx"), Parted { file: "Well done!.docx", inside: None });
        assert_eq!(paths.link("a b.docx").unwrap(), "../evidence/a b.docx");
        assert_eq!(paths.link("C# notes.docx"), None);
    }

    #[test]
    fn uris_are_relative_or_of_files() {
        assert_eq!(as_uri("a b/c%.docx"), "a%20b/c%25.docx");
        assert_eq!(as_uri("/srv/a"), "file:///srv/a");
        assert_eq!(as_uri("C:/a"), "file:///C%3A/a");
    }
}
