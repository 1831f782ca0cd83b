//! The commands: wiring only. They take the day and give back text and an exit status; they print nothing themselves.

mod check;
mod explain;
mod rules;
mod show;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::cli::{Cli, Command, RulesCommand};
use crate::day::Day;
use crate::document::Words;
use crate::dossier::Dossier;
use crate::examine::{Examiner, unread_dossier};
use crate::fault::{Fault, Faults};
use crate::read::{Format, Limits, Unread};
use crate::recognise::Recogniser;
use crate::render::Look;
use crate::rules::Rules;
use crate::walk::Found;

/// What a command says, and the exit status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// For standard output; empty when `--output` named a file.
    pub text: String,
    /// 0, 1 or 3; faults are 2.
    pub status: u8,
}

/// What comes from outside: the clock, the terminal, and somebody who shows how far a run is.
pub struct Outside<'a> {
    /// Today, by the machine's clock and time zone.
    pub today: Day,
    /// How the terminal shows text.
    pub look: Look,
    /// Is told how many documents there are, and of each that is done.
    pub progress: &'a dyn Progress,
}

/// Somebody who shows how far a run is.
pub trait Progress: Sync {
    /// So many documents will be examined.
    fn begin(&self, documents: usize);
    /// One more is done.
    fn done(&self);
    /// All are done.
    fn end(&self);
}

/// Shows nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn done(&self) {}
    fn end(&self) {}
}

/// Stack of a thread that reads documents: Windows gives 1 MiB otherwise.
const STACK: usize = 32 << 20;

/// Runs a command.
///
/// # Errors
///
/// Faults: what was asked cannot be done (exit status 2).
pub fn run(cli: &Cli, outside: &Outside<'_>) -> Result<Said, Faults> {
    match &cli.command {
        Command::Check(args) => check::check(args, outside),
        Command::Show(args) => show::show(args, outside),
        Command::Explain { name, rules } => explain::explain(name, &load(rules.as_deref())?, outside.look),
        Command::Rules(RulesCommand::List { rules }) => Ok(rules::list(&load(rules.as_deref())?)),
        Command::Rules(RulesCommand::Test { rules }) => rules::test(&load(rules.as_deref())?),
        Command::Rules(RulesCommand::Score { labels, rules, verbose }) => {
            rules::score(labels, rules.as_deref(), *verbose)
        }
    }
}

fn load(folder: Option<&Path>) -> Result<Rules, Faults> {
    let mut layers = vec![crate::rules::built_in()];
    if let Some(folder) = folder {
        layers.push(crate::rules::folder(folder)?);
    }
    crate::rules::load(&layers)
}

fn words() -> Result<Words, Faults> {
    Words::embedded().map_err(|error| Fault::new(error).into())
}

/// A path as users read it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Files that were named one by one.
fn named(files: &[PathBuf]) -> Vec<Found> {
    files.iter().map(|file| Found { path: shown(file), file: file.clone() }).collect()
}

/// Examines documents, `jobs` at a time; the results stand in the order of the documents.
fn examine(
    found: &[Found],
    rules: &Rules,
    jobs: Option<usize>,
    progress: &dyn Progress,
) -> Result<Vec<Dossier>, Faults> {
    let (words, limits) = (words()?, Limits::default());
    let recogniser = Recogniser::new(rules).map_err(Fault::new)?;
    let examiner = Examiner { recogniser: &recogniser, words: &words, limits: &limits };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).stack_size(STACK).build();
    let pool = pool.map_err(|error| Fault::new(format!("cannot start threads: {error}")))?;
    progress.begin(found.len());
    let one = |one: &Found| {
        let dossier = examine_file(one, &examiner);
        progress.done();
        dossier
    };
    let dossiers = pool.install(|| found.par_iter().map(one).collect());
    progress.end();
    Ok(dossiers)
}

fn examine_file(found: &Found, examiner: &Examiner<'_>) -> Dossier {
    let unreadable = |reason: String| unread_dossier(&found.path, Format::Unknown, Unread::Unreadable(reason));
    match std::fs::metadata(&found.file) {
        Ok(about) if about.len() > examiner.limits.file_bytes => {
            unreadable(format!("it is larger than the limit of {} MiB", examiner.limits.file_bytes >> 20))
        }
        Ok(_) => match std::fs::read(&found.file) {
            Ok(bytes) => examiner.bytes(&found.path, &bytes),
            Err(error) => unreadable(format!("it cannot be opened ({error})")),
        },
        Err(error) => unreadable(format!("it cannot be opened ({error})")),
    }
}
