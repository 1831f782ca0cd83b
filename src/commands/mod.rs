//! The commands: wiring only. They take the day and give back text and an exit status; they print nothing themselves.

mod baseline;
mod check;
mod compare;
mod deliver;
mod explain;
mod init;
mod pack;
mod rules;
mod settings;
mod show;
mod watch;
mod write;

use std::path::{Path, PathBuf};

pub use self::watch::{Watcher, watch};
pub(crate) use check::{in_force, keep_frameworks};
pub(crate) use explain::page as explanation;

use clap::CommandFactory;
use rayon::prelude::*;

use crate::cli::{BaselineCommand, Cli, Command, RulesCommand};
use crate::day::Day;
use crate::document::Words;
use crate::dossier::Dossier;
use crate::examine::{Examiner, load_bytes, unread_dossier};
use crate::fault::{Fault, Faults};
use crate::read::{Format, Limits};
use crate::recognise::Recogniser;
use crate::render::{Look, inert};
use crate::rules::{Layer, Rules};
use crate::settings::Settings;
use crate::walk::Found;
use crate::workers::{Pool, STACK};

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
    /// The program that workers are started from, kloe itself; without one, documents are examined in this process.
    pub worker: Option<PathBuf>,
    /// The file that GitHub Actions shows as the summary of a step; written with `--format github` only.
    pub step_summary: Option<PathBuf>,
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

/// Runs a command.
///
/// # Errors
///
/// Faults: what was asked cannot be done (exit status 2).
pub fn run(cli: &Cli, outside: &Outside<'_>) -> Result<Said, Faults> {
    let said = said(cli, outside)?;
    // A report in a format of its own takes care of what the log of a build obeys; the schemas hold nothing of a document.
    Ok(match &cli.command {
        Command::Check(_) | Command::Rules(RulesCommand::Schema { .. }) => said,
        _ => Said { text: inert(&said.text).into_owned(), ..said },
    })
}

fn said(cli: &Cli, outside: &Outside<'_>) -> Result<Said, Faults> {
    match &cli.command {
        Command::ExamineWorker { .. } | Command::ReadWorker { .. } => {
            Err(Fault::new("a worker is started by kloe itself").into())
        }
        Command::Watch(_) => Err(Fault::new("a watch goes on; it has no end that it could come back with").into()),
        Command::Lsp(_) => Err(Fault::new("the language server is started by the program itself").into()),
        Command::Check(args) => check::check(args, outside),
        Command::Show(args) => show::show(args, outside),
        Command::Explain { name, rules } => explain::explain(name, &load(rules.as_deref())?, outside.look),
        Command::Rules(RulesCommand::List { rules }) => Ok(rules::list(&load(rules.as_deref())?)),
        Command::Rules(RulesCommand::Test { rules }) => rules::test(&load(rules.as_deref())?),
        Command::Rules(RulesCommand::Schema { of }) => rules::schema(of),
        Command::Rules(RulesCommand::New { id, rules }) => rules::new(id, rules),
        Command::Init(args) => init::init(args),
        Command::Settings(args) => settings::settings(args),
        Command::Completions { shell } => Ok(completions(*shell)),
        Command::Man { output } => man(output.as_deref()),
        Command::Compare(args) => compare::reports(args),
        Command::Pack(args) => pack::pack(args, outside),
        Command::Baseline(BaselineCommand::Prune(args)) => baseline::prune(args, outside),
        Command::Rules(RulesCommand::Score { labels, rules, verbose }) => {
            rules::score(labels, rules.as_deref(), *verbose, outside)
        }
    }
}

/// The completions of a shell.
fn completions(shell: clap_complete::Shell) -> Said {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "kloe", &mut text);
    Said { text: String::from_utf8_lossy(&text).into_owned(), status: 0 }
}

/// The manual page, or one page a command in a folder.
fn man(folder: Option<&Path>) -> Result<Said, Faults> {
    let fault = |error: std::io::Error| Fault::new(format!("cannot write the manual: {error}"));
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).map_err(fault)?;
        clap_mangen::generate_to(Cli::command(), folder).map_err(fault)?;
        return Ok(Said { text: format!("written to {}\n", shown(folder)), status: 0 });
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(fault)?;
    Ok(Said { text: String::from_utf8_lossy(&page).into_owned(), status: 0 })
}

/// The rule files in force: the built-in ones, and a folder laid over them.
pub(crate) fn layers(folder: Option<&Path>) -> Result<Vec<Layer>, Faults> {
    let mut layers = vec![crate::rules::built_in()];
    if let Some(folder) = folder {
        layers.push(crate::rules::folder(folder)?);
    }
    Ok(layers)
}

/// The folder of rules laid over the built-in ones: by the command line or the environment, else by the settings.
pub(crate) fn rules_folder(given: Option<&Path>, settings: &Settings) -> Result<Option<PathBuf>, Fault> {
    given.map_or_else(|| settings.rules(), |given| Ok(Some(given.to_path_buf())))
}

fn load(folder: Option<&Path>) -> Result<Rules, Faults> {
    crate::rules::load(&layers(folder)?)
}

pub(crate) fn words() -> Result<Words, Faults> {
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

/// Paths without those that name the same once more, however they are spelled, or that lie in a folder which was named.
fn distinct(paths: &[PathBuf]) -> Vec<PathBuf> {
    let real: Vec<PathBuf> =
        paths.iter().map(|path| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone())).collect();
    let folders: Vec<bool> = paths.iter().map(|path| path.is_dir()).collect();
    let again = |at: usize| {
        (0..paths.len()).any(|other| {
            let (one, another) = (&real[at], &real[other]);
            (other < at && one == another) || (folders[other] && one != another && one.starts_with(another))
        })
    };
    (0..paths.len()).filter(|at| !again(*at)).map(|at| paths[at].clone()).collect()
}

/// Documents examined with rules, in workers where there is a program for them, else in threads of this process.
fn examine(
    found: &[Found],
    layers: &[Layer],
    rules: &Rules,
    limits: Limits,
    jobs: Option<usize>,
    outside: &Outside<'_>,
) -> Result<Vec<Dossier>, Faults> {
    let jobs = jobs.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    outside.progress.begin(found.len());
    let dossiers = match &outside.worker {
        Some(program) => Pool::new(program.clone(), layers, limits, jobs)
            .examine(found, &|| outside.progress.done())
            .map_err(|error| Fault::new(format!("cannot start {}: {error}", program.display())).into()),
        None => in_threads(found, rules, limits, jobs, outside.progress),
    };
    outside.progress.end();
    dossiers
}

/// Examines in this process; a panic of a reader is caught, a stack overflow or a lack of memory is not.
fn in_threads(
    found: &[Found],
    rules: &Rules,
    limits: Limits,
    jobs: usize,
    progress: &dyn Progress,
) -> Result<Vec<Dossier>, Faults> {
    let words = words()?;
    let recogniser = Recogniser::new(rules).map_err(Fault::new)?;
    let examiner = Examiner { recogniser: &recogniser, words: &words, limits: &limits };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build();
    let pool = pool.map_err(|error| Fault::new(format!("cannot start threads: {error}")))?;
    let one = |one: &Found| {
        let dossiers = match load_bytes(&one.file, &limits) {
            Ok(bytes) => examiner.file(&one.path, &bytes),
            Err(unread) => vec![unread_dossier(&one.path, Format::Unknown, unread)],
        };
        progress.done();
        dossiers
    };
    let examined: Vec<Vec<Dossier>> = pool.install(|| found.par_iter().map(one).collect());
    Ok(examined.into_iter().flatten().collect())
}
