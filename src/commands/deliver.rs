//! Reports to where they are wanted: rendered all, then written, so that what cannot be rendered leaves no half of a set.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::Outside;
use super::write::write;
use crate::cli::{OutputFormat, Wanted};
use crate::fault::{Fault, Faults};
use crate::render::{self, Detail, Look, Standpoint, TableOf};
use crate::report::{Report, masked};

/// GitHub drops a whole step summary that is larger than 1,024 KiB.
const STEP_SUMMARY: u64 = 1_000 * 1024;

/// Writes each report to its file, and gives back the one for standard output.
///
/// # Errors
///
/// A file that cannot be written.
pub(super) fn deliver(
    report: &Report,
    wanted: &[Wanted],
    detail: Detail,
    folder: Option<&Path>,
    outside: &Outside<'_>,
) -> Result<String, Faults> {
    let mut rendered = Vec::new();
    for one in wanted {
        let standpoint = standpoint(folder, one.output.as_deref());
        let look = if one.output.is_some() { Look::PLAIN } else { outside.look };
        let mut report_bytes = bytes(report, one.format, detail, look, &standpoint)?;
        if look.links && one.format == OutputFormat::Human {
            report_bytes = with_links(&String::from_utf8_lossy(&report_bytes), report, folder).into_bytes();
        }
        rendered.push(report_bytes);
    }
    let mut text = String::new();
    for (one, bytes) in wanted.iter().zip(rendered) {
        match &one.output {
            Some(output) => write(output, &bytes)?,
            None => text = String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
    if let Some(summary) = outside.step_summary.as_deref().filter(|_| is_github(wanted)) {
        append(summary, &render::markdown(report))?;
    }
    Ok(text)
}

/// A text for people in which the paths of documents lead to the files; `folder` is the one that they are relative to, if not
/// that of the shell.
pub(super) fn with_links(text: &str, report: &Report, folder: Option<&Path>) -> String {
    let home = std::path::absolute(folder.unwrap_or(Path::new(".")));
    home.map_or_else(|_| text.to_string(), |home| render::linked(text, report, &home))
}

fn is_github(wanted: &[Wanted]) -> bool {
    wanted.iter().any(|one| one.format == OutputFormat::Github)
}

fn bytes(
    report: &Report,
    format: OutputFormat,
    detail: Detail,
    look: Look,
    standpoint: &Standpoint,
) -> Result<Vec<u8>, Fault> {
    fn fault(error: impl std::fmt::Display) -> Fault {
        Fault::new(format!("cannot put the report together: {error}"))
    }
    let text = match format {
        OutputFormat::Human => render::human(report, detail, look),
        OutputFormat::Json => render::json(report).map_err(fault)?,
        OutputFormat::Sarif => render::sarif(report, standpoint).map_err(fault)?,
        OutputFormat::Github => render::github(report, standpoint),
        OutputFormat::Gitlab => render::gitlab(report, standpoint).map_err(fault)?,
        OutputFormat::Junit => render::junit(report),
        OutputFormat::Markdown => render::markdown(report),
        OutputFormat::Html => render::html(report, standpoint),
        OutputFormat::Csv => render::csv(report, TableOf::Findings).map_err(fault)?,
        OutputFormat::CsvEvidence => render::csv(report, TableOf::Evidence).map_err(fault)?,
        OutputFormat::CsvActions => render::csv(report, TableOf::Actions).map_err(fault)?,
        OutputFormat::Xlsx => return render::xlsx(report, standpoint).map_err(fault),
    };
    Ok(text.into_bytes())
}

/// Where the folder lies, seen from its repository (else from here) and from the file that is written.
fn standpoint(folder: Option<&Path>, output: Option<&Path>) -> Standpoint {
    let here = std::fs::canonicalize(".").ok();
    let real = folder.map_or_else(|| here.clone(), |folder| std::fs::canonicalize(folder).ok());
    let Some(real) = real else { return Standpoint::default() };
    let repository = real.ancestors().find(|above| above.join(".git").exists()).map(Path::to_path_buf).or(here);
    let way = repository.and_then(|repository| real.strip_prefix(repository).ok().map(super::shown));
    let beside = output.map(|output| match output.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    });
    let beside = beside.and_then(|beside| std::fs::canonicalize(beside).ok());
    // The way of the folder on this machine is not part of the report, so it was not masked with that.
    let way = masked(&way.unwrap_or_default());
    let between = beside.and_then(|beside| way_between(&beside, &real)).filter(|way| masked(way) == *way);
    Standpoint { repository: way, output: between }
}

/// The relative way from one folder to another; none between drives. Both are absolute and hold no link.
fn way_between(from: &Path, to: &Path) -> Option<String> {
    let (mut a, mut b) = (from.components().peekable(), to.components().peekable());
    let mut shared = 0;
    while a.peek().is_some() && a.peek() == b.peek() {
        a.next();
        b.next();
        shared += 1;
    }
    if shared == 0 {
        return None;
    }
    let mut parts: Vec<String> = a.map(|_| "..".to_string()).collect();
    parts.extend(b.map(|part| part.as_os_str().to_string_lossy().into_owned()));
    Some(parts.join("/"))
}

/// Appends to the step summary of GitHub Actions, if it stays below the size that GitHub takes.
fn append(summary: &Path, text: &str) -> Result<(), Fault> {
    let fault = |error: std::io::Error| Fault::new(format!("cannot write {}: {error}", summary.display()));
    let there = std::fs::metadata(summary).map_or(0, |about| about.len());
    let text = if there + text.len() as u64 + 2 <= STEP_SUMMARY {
        format!("\n{text}\n")
    } else {
        "\nThe summary of kloe does not fit here; its other formats have it.\n".to_string()
    };
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(summary).map_err(fault)?;
    file.write_all(text.as_bytes()).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_folders() {
        let way = |from: &str, to: &str| way_between(Path::new(from), Path::new(to));
        assert_eq!(way("/a/reports", "/a/evidence/2026").unwrap(), "../evidence/2026");
        assert_eq!(way("/a", "/a").unwrap(), "");
        assert_eq!(way("/a", "/b").unwrap(), "../b");
    }

    #[test]
    fn the_step_summary_stays_below_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("summary.md");
        append(&file, "one").unwrap();
        append(&file, "two").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "\none\n\ntwo\n");
        append(&file, &"x".repeat(2_000_000)).unwrap();
        assert!(std::fs::read_to_string(&file).unwrap().ends_with("does not fit here; its other formats have it.\n"));
    }
}
