//! `kloe.toml`: as it is written, and as it is in force after command line and environment.
//!
//! Command line beats environment beats file. The file stands in the folder that is checked, or above it.

mod written;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::day::Day;
use crate::fault::{Fault, Faults, SourceFile, closest};
use crate::finding::{Accepted, Check, RulePlace, Severity};
use crate::named;
use crate::read::Limits;
use crate::rules::Sector;
use crate::toml_tables::{parse, read_on};
use crate::walk::wrong_pattern;

pub(crate) use written::{Words, Written, WrittenWaiver};

/// A `[[waive]]` table of `kloe.toml`. What it names must all be so; what it leaves out matches anything.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The check.
    pub check: Option<Check>,
    /// Pattern of documents, as in `.gitignore`.
    pub path: Option<String>,
    /// The expectation or the line, such as `W5.risk-register` or `W5`.
    pub expectation: Option<String>,
    /// One finding.
    pub fingerprint: Option<String>,
    /// Who accepted it, why, until when.
    pub accepted: Accepted,
    /// Where it is written.
    pub place: RulePlace,
    /// Where in the file, in bytes.
    pub span: Range<usize>,
}

named! {
    /// From which severity on the exit status is 1.
    FailOn {
        /// Errors.
        Error = "error",
        /// Warnings and errors.
        Warning = "warning",
        /// Any finding.
        Advice = "advice",
        /// Never.
        Never = "never",
    }
}

impl FailOn {
    /// The least severity that fails a run; none for `never`.
    pub fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Advice => Some(Severity::Advice),
            FailOn::Never => None,
        }
    }
}

/// Name of the settings file.
pub const FILE: &str = "kloe.toml";

/// The settings in force.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The file that they come from, if there is one.
    pub file: Option<PathBuf>,
    /// What sort of provider the folder belongs to; an NHS trust when nothing says so.
    pub sector: Option<Sector>,
    /// The day that the evidence is judged on.
    pub as_of: Option<Day>,
    /// Ids of the frameworks to judge by; empty for all.
    pub frameworks: Vec<String>,
    /// Folder of rule files laid over the built-in ones, as it is written; [`Settings::rules`] finds it.
    pub rules: Option<PathBuf>,
    /// Patterns, as in `.gitignore`, of files that are no evidence.
    pub exclude: Vec<String>,
    /// Checks to report; empty for all.
    pub select: Vec<Check>,
    /// Checks not to report.
    pub ignore: Vec<Check>,
    /// Severities other than the usual ones. A finding that kloe holds for less than its check never rises by it.
    pub severity: BTreeMap<Check, Severity>,
    /// From which severity on the exit status is 1.
    pub fail_on: Option<FailOn>,
    /// How many documents are examined at once.
    pub jobs: Option<usize>,
    /// Whether a document that could not be read makes the exit status 3.
    pub require_readable: bool,
    /// How much of a document is read.
    pub limits: Limits,
    /// Findings that somebody accepted.
    pub waivers: Vec<Waiver>,
    /// Where that stands which only turns out to be wrong once the rules are read.
    pub(crate) written: Option<(SourceFile, BTreeMap<String, Range<usize>>)>,
}

/// The nearest `kloe.toml` in a folder or above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    // The folder of a file that is named without one is here.
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = std::path::absolute(here).ok()?;
    folder.ancestors().map(|above| above.join(FILE)).find(|file| file.is_file())
}

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, and every fault in it at once.
    pub fn read(path: &Path) -> Result<Settings, Faults> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::new(format!("cannot read the settings in {}: {error}", path.display())))?;
        let file = SourceFile::new(path.to_string_lossy(), text);
        let mut settings = Settings::parse(&file)?;
        settings.file = Some(path.to_path_buf());
        Ok(settings)
    }

    /// Reads settings from a text; paths in them stay as they are written.
    ///
    /// # Errors
    ///
    /// Every fault in it at once.
    pub fn parse(file: &SourceFile) -> Result<Settings, Faults> {
        let mut faults = Vec::new();
        let written = parse(file, &mut faults).and_then(|table| {
            let span = table.span();
            let value = toml::de::DeValue::Table(table.into_inner());
            read_on::<Written>(file, Spanned::new(span, value), &mut faults)
        });
        let Some(written) = written else { return Faults(faults).or(Settings::default()) };
        let mut reader = Reader { file, faults };
        let later = written.frameworks.iter().chain(&written.rules);
        let places = later.map(|words| (words.get_ref().clone(), words.span())).collect();
        let settings = Settings {
            file: None,
            sector: written.sector.as_ref().and_then(|words| reader.value(words, &names(Sector::ALL.iter()))),
            as_of: written.as_of.as_ref().and_then(|value| reader.day(value)),
            frameworks: written.frameworks.into_iter().map(Spanned::into_inner).collect(),
            rules: written.rules.map(|rules| PathBuf::from(rules.into_inner())),
            exclude: written.exclude.iter().filter_map(|words| reader.pattern(words)).collect(),
            select: written.select.iter().filter_map(|words| reader.check(words)).collect(),
            ignore: written.ignore.iter().filter_map(|words| reader.check(words)).collect(),
            severity: written
                .severity
                .iter()
                .filter_map(|(check, severity)| {
                    Some((reader.check(check)?, reader.value(severity, &names(Severity::ALL.iter()))?))
                })
                .collect(),
            fail_on: written.fail_on.as_ref().and_then(|words| reader.value(words, &names(FailOn::ALL.iter()))),
            jobs: written.jobs.and_then(|jobs| reader.jobs(&jobs)),
            require_readable: written.require_readable,
            waivers: written.waive.into_iter().filter_map(|waiver| reader.waiver(waiver)).collect(),
            limits: written.limits.as_ref().and_then(|limits| reader.limits(limits)).unwrap_or_default(),
            written: Some((file.clone(), places)),
        };
        Faults(reader.faults).or(settings)
    }

    /// A fault, at the place in the file where such words stand; as it is if the file does not have them.
    pub fn at(&self, words: &str, fault: Fault) -> Fault {
        match &self.written {
            Some((file, places)) if places.contains_key(words) => fault.at(file, places[words].clone(), "here"),
            _ => fault,
        }
    }

    /// The folder of rule files, as it is found from here.
    ///
    /// # Errors
    ///
    /// A folder that the file names and that is not there.
    pub fn rules(&self) -> Result<Option<PathBuf>, Fault> {
        let Some(rules) = &self.rules else { return Ok(None) };
        let home = self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let folder = home.join(rules);
        if folder.is_dir() {
            return Ok(Some(folder));
        }
        let fault = Fault::new(format!("there is no folder {} for the rules", folder.display()));
        let help = "folders are sought from the place of kloe.toml; mend the name, or take the line out to use the \
                    built-in rules alone";
        Err(self.at(&rules.to_string_lossy(), fault).help(help))
    }

    /// The check of a name given on the command line.
    ///
    /// # Errors
    ///
    /// A name that no check has, with the closest one.
    pub fn check(name: &str) -> Result<Check, Fault> {
        Check::from_name(name).ok_or_else(|| unknown_check(name))
    }
}

fn names<'a, T: ToString + 'a>(all: impl Iterator<Item = &'a T>) -> Vec<String> {
    all.map(ToString::to_string).collect()
}

fn unknown_check(name: &str) -> Fault {
    let fault = Fault::new(format!("there is no check `{name}`"));
    match closest(name, Check::ALL.iter().map(|check| check.name())) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("`kloe explain checks` lists them"),
    }
}

/// Turns words into values, and notes each that does not read.
struct Reader<'a> {
    file: &'a SourceFile,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn value<T: std::str::FromStr>(&mut self, words: &Words, known: &[String]) -> Option<T> {
        let text = words.get_ref();
        if let Ok(value) = text.parse() {
            return Some(value);
        }
        let fault = Fault::new(format!("`{text}` is not known here")).at(self.file, words.span(), "here");
        let near = closest(text, known.iter().map(String::as_str));
        self.faults.push(match near {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help(format!("it is one of {}", known.join(", "))),
        });
        None
    }

    fn check(&mut self, words: &Words) -> Option<Check> {
        let check = Check::from_name(words.get_ref());
        if check.is_none() {
            self.faults.push(unknown_check(words.get_ref()).at(self.file, words.span(), "here"));
        }
        check
    }

    fn pattern(&mut self, words: &Words) -> Option<String> {
        if let Some((wrong, help)) = wrong_pattern(words.get_ref()) {
            let fault = Fault::new(format!("`{}` is not a pattern: {wrong}", words.get_ref()));
            self.faults.push(fault.at(self.file, words.span(), "here").help(help));
            return None;
        }
        Some(words.get_ref().clone())
    }

    fn waiver(&mut self, written: Spanned<WrittenWaiver>) -> Option<Waiver> {
        let span = written.span();
        let place = RulePlace { file: FILE.to_string(), line: self.file.line(span.start) };
        let written = written.into_inner();
        let before = self.faults.len();
        for (name, words) in [("accepted-by", &written.accepted_by), ("reason", &written.reason)] {
            if words.get_ref().trim().is_empty() {
                let fault = Fault::new(format!("`{name}` is empty")).at(self.file, words.span(), "here");
                self.faults.push(fault.help("a waiver says who accepted it and why; both are shown in every report"));
            }
        }
        let check = written.check.as_ref().and_then(|check| self.check(check));
        let path = written.path.as_ref().and_then(|path| self.pattern(path));
        let until = self.day(&written.until);
        let words = |words: Option<Words>| words.map(Spanned::into_inner);
        let (expectation, fingerprint) = (words(written.expectation), words(written.fingerprint));
        if written.check.is_none() && written.path.is_none() && expectation.is_none() && fingerprint.is_none() {
            let fault = Fault::new("this waiver would cover every finding").at(self.file, span.clone(), "here");
            self.faults.push(fault.help("say what it covers: check, path, expectation or fingerprint"));
        }
        let accepted = Accepted {
            accepted_by: written.accepted_by.into_inner(),
            reason: written.reason.into_inner(),
            until: until?,
            reference: words(written.reference),
        };
        (self.faults.len() == before).then_some(Waiver { check, path, expectation, fingerprint, accepted, place, span })
    }

    fn jobs(&mut self, jobs: &Spanned<usize>) -> Option<usize> {
        if *jobs.get_ref() == 0 {
            let fault = Fault::new("with no jobs nothing would be examined").at(self.file, jobs.span(), "here");
            self.faults.push(fault.help("take the line out for as many as there are cores, or give 1 or more"));
        }
        Some(*jobs.get_ref())
    }

    fn limits(&mut self, limits: &Spanned<Limits>) -> Option<Limits> {
        let fault = limits.get_ref().fault();
        self.faults.extend(fault.map(|fault| Fault::new(fault).at(self.file, limits.span(), "here")));
        Some(*limits.get_ref())
    }

    fn day(&mut self, value: &Spanned<toml::Value>) -> Option<Day> {
        let text = match value.get_ref() {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        text.parse()
            .map_err(|error| self.faults.push(Fault::new(format!("{error}")).at(self.file, value.span(), "here")))
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_is_read() {
        let text = "sector = \"care-home\"\nas-of = 2026-11-01\nframeworks = [\"well-led\"]\nrules = \"ours\"\n\
                    exclude = [\"Archive/**\"]\nselect = []\nignore = [\"no-owner\"]\nfail-on = \"warning\"\njobs = 2\n\
                    require-readable = true\n[severity]\nstale = \"error\"\n";
        let settings = Settings::parse(&SourceFile::new("kloe.toml", text)).unwrap();
        assert_eq!(settings.sector, Some(Sector::CareHome));
        assert_eq!(settings.as_of.unwrap().to_string(), "2026-11-01");
        assert_eq!(settings.ignore, [Check::NoOwner]);
        assert_eq!(settings.severity[&Check::Stale], Severity::Error);
        assert_eq!(settings.fail_on, Some(FailOn::Warning));
        assert!(settings.require_readable);
    }

    #[test]
    fn limits_are_set_one_by_one() {
        let read = |text: &str| Settings::parse(&SourceFile::new("kloe.toml", text));
        let usual = Limits::default();
        assert_eq!(read("").unwrap().limits, usual);
        let set = read("[limits]\nseconds = 60\ncells = 1_000_000\n").unwrap().limits;
        assert_eq!(set, Limits { seconds: 60, cells: 1_000_000, ..usual });
        for (wrong, says) in [
            ("second = 9", "second"),
            ("seconds = 0", "seconds"),
            ("pages = -1", "-1"),
            ("memory-bytes = 5", "memory-bytes"),
        ] {
            let faults = read(&format!("[limits]\n{wrong}\n")).unwrap_err();
            assert!(faults.0.len() == 1 && faults.0[0].to_string().contains(says), "{faults:?}");
        }
    }

    #[test]
    fn every_fault_is_shown_at_once() {
        let text =
            "sector = \"care home\"\nignroe = []\nselect = [\"stail\"]\nfail-on = \"warnings\"\nas-of = \"soon\"\n";
        let faults = Settings::parse(&SourceFile::new("kloe.toml", text)).unwrap_err();
        assert_eq!(faults.0.len(), 5, "{faults:?}");
    }

    #[test]
    fn patterns_that_could_match_nothing_are_refused() {
        let read = |text: &str| Settings::parse(&SourceFile::new("kloe.toml", text));
        for good in ["Archive/", "*.tmp.docx", "!keep.md", "/Old papers", "a/**/b", "\\\\#1.md"] {
            read(&format!("exclude = [\"{good}\"]")).unwrap();
        }
        for bad in ["[", "{a,b", "", "  ", "# old", "Archive\\\\2019", "C:/Evidence/old"] {
            let faults = read(&format!("exclude = [\"Archive/\", \"{bad}\"]")).unwrap_err();
            assert_eq!(faults.0.len(), 1, "{bad}: {faults:?}");
            let (labels, help) = (miette::Diagnostic::labels(&faults.0[0]), miette::Diagnostic::help(&faults.0[0]));
            assert!(labels.is_some() && help.is_some(), "{bad}");
        }
    }

    #[test]
    fn the_nearest_file_above_counts() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("a/b")).unwrap();
        std::fs::write(folder.path().join(FILE), "").unwrap();
        assert_eq!(find(&folder.path().join("a/b")).unwrap(), std::path::absolute(folder.path().join(FILE)).unwrap());
    }
}
