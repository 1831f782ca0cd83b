//! What takes time, away from the editor's messages: one piece of work after the other, each answered whatever becomes of it.
//!
//! Documents are examined in a worker process, as in `kloe check`, with the same limits: what is open in an editor may have come
//! from anywhere, and a document that takes the reader down must not take the editor's server with it. The worker is kept, so
//! that its rules are read once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::buffer::{Buffer, Encoding};
use super::evidence::{Looked, Looking};
use super::locate::{Places, Source};
use super::project::{Project, RulesFolder, Stamp, stamp};
use super::protocol::Diagnostic;
use super::say::harmless;
use super::toml_files::{Read, rule_files, settings, told};
use crate::cli::CheckArgs;
use crate::commands::words;
use crate::day::Day;
use crate::dossier::Dossier;
use crate::examine::{Examiner, too_large, unread_dossier};
use crate::fault::{Fault, Faults};
use crate::finding::Severity;
use crate::read::Format;
use crate::recognise::Recogniser;
use crate::workers::Keeper;

/// Folders whose rules and worker are kept at once.
const KEPT: usize = 3;

/// A piece of work.
pub(super) struct Job {
    /// The document, by its URI.
    pub(super) uri: String,
    /// Which state of it.
    pub(super) revision: u64,
    /// Its file.
    pub(super) file: PathBuf,
    /// Its text.
    pub(super) buffer: Arc<Buffer>,
    /// What is to be done with it.
    pub(super) what: What,
    pub(super) encoding: Encoding,
    /// The folders that the editor has open.
    pub(super) folders: Vec<PathBuf>,
    /// Today, if the clock of the machine shows a usable date.
    pub(super) today: Option<Day>,
}

/// What is to be done with a document.
pub(super) enum What {
    /// Examine and judge it.
    Evidence(Source),
    /// Read it with the other rule files of its folder; those that are open are given as they are.
    Rules { of: RulesFolder, open: Vec<(PathBuf, String)> },
    /// Read it as settings.
    Settings,
}

/// A piece of work, done.
pub(super) struct Done {
    pub(super) uri: String,
    pub(super) revision: u64,
    pub(super) found: Found,
}

pub(super) enum Found {
    Evidence(Looked),
    Toml(Read),
    /// Nothing can be said; a bug of kloe.
    Nothing,
}

/// Does what comes, until nobody sends any more.
pub(super) fn work(jobs: &Receiver<Job>, args: &CheckArgs, worker: Option<&Path>, done: impl Fn(Done) -> bool) {
    let mut desk = Desk { args, worker, kept: Vec::new() };
    while let Ok(job) = jobs.recv() {
        let found = catch_unwind(AssertUnwindSafe(|| desk.found(&job))).unwrap_or(Found::Nothing);
        if !done(Done { uri: job.uri, revision: job.revision, found }) {
            return;
        }
    }
}

struct Desk<'a> {
    args: &'a CheckArgs,
    worker: Option<&'a Path>,
    /// The last one used stands last.
    kept: Vec<Kept>,
}

struct Kept {
    stamp: Stamp,
    project: Project,
    keeper: Option<Keeper>,
}

impl Desk<'_> {
    fn found(&mut self, job: &Job) -> Found {
        match &job.what {
            What::Rules { of, open } => Found::Toml(rule_files(of, open, &job.file, job.encoding)),
            What::Settings => Found::Toml(settings(&job.file, job.buffer.text(), job.encoding)),
            What::Evidence(source) => {
                Found::Evidence(self.evidence(job, *source).unwrap_or_else(|faults| refused(job, *source, &faults)))
            }
        }
    }

    fn evidence(&mut self, job: &Job, source: Source) -> Result<Looked, Faults> {
        let Kept { project, keeper, .. } = self.project(job)?;
        let no_day = || Fault::new("the clock of this machine shows no usable date").help("set as-of in kloe.toml");
        let as_of = project.settings.as_of.or(job.today).ok_or_else(no_day)?;
        let looking = Looking { project: &*project, buffer: &job.buffer, source, encoding: job.encoding, as_of };
        let path = project.path_of(&job.file);
        if let Some(why) = project.excluded.why(&path) {
            return Ok(looking.no_evidence(&Places::new(job.buffer.text(), source).top(), why));
        }
        let dossiers = examine(project, keeper.as_mut(), &path, job.buffer.text().as_bytes())?;
        Ok(looking.look(dossiers))
    }

    /// What is in force for a document, read anew if a file of it changed.
    fn project(&mut self, job: &Job) -> Result<&mut Kept, Faults> {
        let stamp = stamp(&job.file, &job.folders, self.args);
        let known = self.kept.iter().position(|kept| kept.stamp == stamp);
        let kept = match known {
            Some(at) => self.kept.remove(at),
            None => {
                let project = Project::of(&job.file, &job.folders, self.args)?;
                let limits = project.settings.limits;
                let keeper = self.worker.map(|program| Keeper::new(program.to_path_buf(), &project.layers, limits));
                Kept { stamp, project, keeper }
            }
        };
        self.kept.push(kept);
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
        self.kept.last_mut().ok_or_else(|| Fault::new("nothing is in force").into())
    }
}

/// Examines in the worker; without a program for one, here.
fn examine(project: &Project, keeper: Option<&mut Keeper>, path: &str, bytes: &[u8]) -> Result<Vec<Dossier>, Faults> {
    let limits = &project.settings.limits;
    if bytes.len() as u64 > limits.file_bytes {
        return Ok(vec![unread_dossier(path, Format::Unknown, too_large(limits))]);
    }
    if let Some(keeper) = keeper {
        let failed = |error: std::io::Error| Fault::new(format!("cannot start a worker: {error}")).into();
        return keeper.examine(path, bytes).map_err(failed);
    }
    let words = words()?;
    let recogniser = Recogniser::new(&project.rules).map_err(Fault::new)?;
    Ok(Examiner { recogniser: &recogniser, words: &words, limits }.file(path, bytes))
}

/// Settings or rules that do not read: the document cannot be checked, and says so at its top.
fn refused(job: &Job, source: Source, faults: &Faults) -> Looked {
    let top = Places::new(job.buffer.text(), source).top();
    let range = job.buffer.span(&top, job.encoding);
    let said = |fault: &Fault| {
        let place =
            fault.place().map_or(String::new(), |(file, span)| format!("{}:{}: ", file.name(), file.line(span.start)));
        let message = format!("this document is not checked: {place}{}", told(fault));
        Diagnostic::new(range, Severity::Error, "settings", harmless(&message))
    };
    Looked { diagnostics: faults.0.iter().map(said).collect(), marks: Vec::new() }
}
