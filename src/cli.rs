//! The command line. Knows no documents and no rules.

mod outputs;
mod watch;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

pub use outputs::{Outputs, Wanted};
pub use watch::WatchArgs;

use clap::builder::Resettable;
use clap::{Arg, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

/// A governance evidence linter for CQC's well-led question and the improvement journey.
///
/// Point it at a folder of evidence documents: it says what is on file for each line, how strong it is, what is weak and
/// where, and what is missing. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true, after_help = AFTER)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Whether the terminal output is coloured
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: ColorWhen,
    /// Whether paths in the terminal output are links to the files
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN", env = "KLOE_HYPERLINKS")]
    pub hyperlinks: LinksWhen,
}

const AFTER: &str = "\
First steps:
  kloe check \"C:\\Evidence\"              judge a folder as of today
  kloe check Evidence --as-of 2026-11-30  judge it on the day of the inspection
  kloe show Evidence/Strategy.docx       what kloe read in one document
  kloe explain W5                        what is asked for, and what strong evidence looks like

Exit status: 0 nothing at or above --fail-on, 1 something is, 2 kloe could not do what was asked,
3 nothing was examined.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a folder of evidence, or single documents
    Check(Box<CheckArgs>),
    /// Check a folder again whenever something in it changes, and say what got better or worse
    Watch(Box<WatchArgs>),
    /// Show what was read from documents: kind, facts, what they support and why
    Show(ShowArgs),
    /// Explain a line, an expectation, an evidence type or a check; `lines`, `checks` and `evidence` list them
    Explain {
        /// For instance W5, W5.risk-register, risk-register or stale
        name: String,
        /// Rule files to lay over the built-in ones
        #[arg(long, value_name = "DIR", env = "KLOE_RULES")]
        rules: Option<PathBuf>,
    },
    /// The rule files
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Start in a folder: a commented kloe.toml, and on request folders by line, hook and CI files
    Init(InitArgs),
    /// Show the settings in force, and where each comes from
    Settings(SettingsArgs),
    /// What got better or worse between two JSON reports
    Compare(CompareArgs),
    /// Pack the evidence bundle for a reviewer, or verify one
    Pack(Box<PackArgs>),
    /// The file of findings that were there already
    #[command(subcommand)]
    Baseline(BaselineCommand),
    /// Serve an editor: findings as you write, explanations, the way to the rules
    Lsp(LspArgs),
    /// Print the completions of a shell
    Completions {
        /// bash, zsh, fish, powershell or elvish
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one a command into a folder
    Man {
        /// Folder for the pages; made if it is not there
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Examines documents that come over standard input; kloe starts it by itself
    #[command(name = crate::workers::COMMAND, hide = true)]
    ExamineWorker {
        /// Bytes of memory that it may use
        memory: usize,
    },
    /// Reads the text of a document that comes over standard input; kloe starts it by itself
    #[command(name = crate::workers::TEXT_COMMAND, hide = true)]
    ReadWorker {
        /// Bytes of memory that it may use
        memory: usize,
        /// Name of the document
        name: String,
        /// How much of it is read, in JSON
        limits: String,
    },
}

/// The rule files.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List what is in force, and from which file
    List {
        /// Rule files to lay over the built-in ones
        #[arg(long, value_name = "DIR", env = "KLOE_RULES")]
        rules: Option<PathBuf>,
    },
    /// Run the examples that stand in the rules
    Test {
        /// Rule files to lay over the built-in ones
        #[arg(long, value_name = "DIR", env = "KLOE_RULES")]
        rules: Option<PathBuf>,
    },
    /// Print the JSON Schema of rule files, settings, reports and baselines, for editors and programs
    Schema {
        /// evidence, line, framework, settings, report, comparison or baseline
        #[arg(default_value = "evidence", value_name = "FILE")]
        of: String,
    },
    /// Start a rule file: an evidence type with its examples, ready to be filled in
    New {
        /// Id of the evidence type, such as peer-review-report
        id: String,
        /// Folder of your own rules; made if it is not there
        #[arg(long, value_name = "DIR", env = "KLOE_RULES", default_value = "kloe-rules")]
        rules: PathBuf,
    },
    /// Score kloe against labelled folders: precision and recall for lines and checks, accuracy for kinds and facts
    Score {
        /// Files named FOLDER.labels.toml, each beside its folder
        #[arg(required = true, value_name = "LABELS")]
        labels: Vec<PathBuf>,
        /// Rule files to lay over the built-in ones
        #[arg(long, value_name = "DIR", env = "KLOE_RULES")]
        rules: Option<PathBuf>,
        /// Also list every answer that is not the labelled one
        #[arg(short, long)]
        verbose: bool,
    },
}

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// The folder; made if it is not there
    #[arg(default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
    /// What sort of provider: nhs-trust, independent-hospital, care-home or gp-practice [default: nhs-trust]
    #[arg(long, value_name = "NAME", env = "KLOE_SECTOR")]
    pub sector: Option<String>,
    /// Also make an empty folder for each line
    #[arg(long)]
    pub folders: bool,
    /// Also write .pre-commit-config.yaml
    #[arg(long)]
    pub pre_commit: bool,
    /// Also write a workflow for GitHub Actions
    #[arg(long)]
    pub github: bool,
    /// Also write .gitlab-ci.yml
    #[arg(long)]
    pub gitlab: bool,
}

/// Arguments of `settings`.
#[derive(Debug, clap::Args)]
pub struct SettingsArgs {
    /// The folder of evidence
    #[arg(default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
    /// What the environment sets.
    #[command(flatten)]
    pub environment: Environment,
}

/// The settings that stand in variables of the environment.
#[derive(Debug, clap::Args)]
pub struct Environment {
    /// The day that the evidence is judged on
    #[arg(long, value_name = "DATE", env = "KLOE_AS_OF")]
    pub as_of: Option<String>,
    /// What sort of provider
    #[arg(long, value_name = "NAME", env = "KLOE_SECTOR")]
    pub sector: Option<String>,
    /// Rule files to lay over the built-in ones
    #[arg(long, value_name = "DIR", env = "KLOE_RULES")]
    pub rules: Option<PathBuf>,
    /// From which severity on the exit status is 1
    #[arg(long, value_name = "SEVERITY", env = "KLOE_FAIL_ON")]
    pub fail_on: Option<String>,
    /// How many documents are examined at once
    #[arg(long, value_name = "N", env = "KLOE_JOBS", value_parser = jobs)]
    pub jobs: Option<usize>,
    /// The settings file
    #[arg(long, value_name = "FILE", env = "KLOE_CONFIG")]
    pub config: Option<PathBuf>,
}

/// How a comparison is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ChangesFormat {
    /// For people, in a terminal
    #[default]
    Text,
    /// For a pull-request comment or a board paper
    Markdown,
    /// For programs
    Json,
}

impl ChangesFormat {
    /// The same format of a report; none of those that a comparison is not written in.
    pub fn of(format: OutputFormat) -> Option<ChangesFormat> {
        match format {
            OutputFormat::Human => Some(ChangesFormat::Text),
            OutputFormat::Markdown => Some(ChangesFormat::Markdown),
            OutputFormat::Json => Some(ChangesFormat::Json),
            _ => None,
        }
    }
}

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
pub struct CompareArgs {
    /// The older report, as `kloe check --format json` writes it
    pub old: PathBuf,
    /// The newer report
    pub new: PathBuf,
    /// How it is written
    #[arg(long, value_enum, default_value = "text", value_name = "NAME")]
    pub format: ChangesFormat,
    /// File to write to [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// From which severity on a new finding makes the exit status 1: error, warning, advice or never [default: error]
    #[arg(long, value_name = "SEVERITY", env = "KLOE_FAIL_ON")]
    pub fail_on: Option<String>,
}

/// How a folder is judged.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Judging {
    /// The day that the evidence is judged on, such as the day of the inspection [default: today]
    #[arg(long, value_name = "DATE", env = "KLOE_AS_OF")]
    pub as_of: Option<String>,
    /// Judge by this framework only; may be given several times [default: all]
    #[arg(long, value_name = "ID")]
    pub framework: Vec<String>,
    /// What sort of provider: nhs-trust, independent-hospital, care-home or gp-practice [default: nhs-trust]
    #[arg(long, value_name = "NAME", env = "KLOE_SECTOR")]
    pub sector: Option<String>,
    /// Rule files to lay over the built-in ones
    #[arg(long, value_name = "DIR", env = "KLOE_RULES")]
    pub rules: Option<PathBuf>,
}

/// How a folder is examined.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Running {
    /// How many documents are examined at once [default: as many as there are cores]
    #[arg(long, value_name = "N", env = "KLOE_JOBS", value_parser = jobs)]
    pub jobs: Option<usize>,
    /// The settings file [default: kloe.toml in the folder, or above it]
    #[arg(long, value_name = "FILE", env = "KLOE_CONFIG")]
    pub config: Option<PathBuf>,
}

/// Arguments of `pack`.
#[derive(Debug, Clone, clap::Args)]
pub struct PackArgs {
    /// The folder of evidence
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// The folder of the bundle, new or empty
    #[arg(long, value_name = "DIR", required_unless_present = "verify")]
    pub output: Option<PathBuf>,
    /// Say what is missing, changed or was added in a bundle since it was packed
    #[arg(long, value_name = "DIR", conflicts_with_all = ["folder", "output", "line", "with_personal_data"])]
    pub verify: Option<PathBuf>,
    /// Pack the evidence for this line only, such as W4; may be given several times, or with commas [default: all]
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub line: Vec<String>,
    /// Pack documents that hold data which may identify patients, too
    #[arg(long)]
    pub with_personal_data: bool,
    /// How it is judged.
    #[command(flatten)]
    pub judging: Judging,
    /// How it is run.
    #[command(flatten)]
    pub running: Running,
}

/// The file of findings that were there already.
#[derive(Debug, Subcommand)]
pub enum BaselineCommand {
    /// Take out what is not found any more; nothing is ever added
    Prune(PruneArgs),
}

/// Arguments of `baseline prune`.
#[derive(Debug, clap::Args)]
pub struct PruneArgs {
    /// The baseline file
    pub baseline: PathBuf,
    /// The folder that it was written for
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Rule files to lay over the built-in ones
    #[arg(long, value_name = "DIR", env = "KLOE_RULES")]
    pub rules: Option<PathBuf>,
}

/// When the output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// In a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// When paths are links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinksWhen {
    /// In a terminal that is known to have links, or when FORCE_HYPERLINK is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people, in a terminal
    Human,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions; also writes its step summary
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// JUnit XML, a test case for every expectation
    Junit,
    /// For a pull-request comment or a board paper
    Markdown,
    /// Table of the findings, for Excel
    Csv,
    /// Table of what supports what, for Excel
    CsvEvidence,
    /// Table of the actions in the documents, for Excel
    CsvActions,
    /// Workbook with all of these tables
    Xlsx,
    /// One page for a browser, with a filter; also fit to be printed
    Html,
}

impl OutputFormat {
    /// Endings of file names that tell a format.
    pub const ENDINGS: &[(&str, OutputFormat)] = &[
        ("json", OutputFormat::Json),
        ("sarif", OutputFormat::Sarif),
        ("xml", OutputFormat::Junit),
        ("md", OutputFormat::Markdown),
        ("csv", OutputFormat::Csv),
        ("xlsx", OutputFormat::Xlsx),
        ("html", OutputFormat::Html),
        ("txt", OutputFormat::Human),
    ];

    /// The format that the ending of a file name tells, in capitals or not.
    pub fn of_ending(file: &Path) -> Option<OutputFormat> {
        let ending = file.extension()?.to_string_lossy().to_lowercase();
        OutputFormat::ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
    }
}

/// Arguments of `check`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct CheckArgs {
    /// A folder, which is judged whole, or documents, which get the checks of single documents
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How it is judged.
    #[command(flatten)]
    pub judging: Judging,
    /// Report these checks only; may be given several times, or with commas
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Do not report these checks
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Which reports are written, and where to
    #[command(flatten)]
    pub outputs: Outputs,
    /// From which severity on the exit status is 1: error, warning, advice or never [default: error]
    #[arg(long, value_name = "SEVERITY", env = "KLOE_FAIL_ON")]
    pub fail_on: Option<String>,
    /// Exit status 3 when a document could not be read
    #[arg(long)]
    pub require_readable: bool,
    /// Findings that were there already and fail no run, as `--write-baseline` wrote them
    #[arg(long, value_name = "FILE", env = "KLOE_BASELINE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings of this run as a baseline; those known before keep their date
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Say what changed since a revision of the Git repository that the folder is in, such as main
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Count findings that the waivers of kloe.toml accept
    #[arg(long)]
    pub no_waivers: bool,
    /// How it is run.
    #[command(flatten)]
    pub running: Running,
    /// Only the summary, no single findings
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also show what supports what, and every single finding
    #[arg(short, long)]
    pub verbose: bool,
}

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// The documents
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Show the text as it was read, with places, instead of what it says
    #[arg(long)]
    pub text: bool,
    /// Rule files to lay over the built-in ones
    #[arg(long, value_name = "DIR", env = "KLOE_RULES")]
    pub rules: Option<PathBuf>,
    /// The day that the evidence is judged on [default: today]
    #[arg(long, value_name = "DATE", env = "KLOE_AS_OF")]
    pub as_of: Option<String>,
    /// What sort of provider: nhs-trust, independent-hospital, care-home or gp-practice [default: nhs-trust]
    #[arg(long, value_name = "NAME", env = "KLOE_SECTOR")]
    pub sector: Option<String>,
}

/// Arguments of `lsp`.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(after_help = LSP)]
pub struct LspArgs {
    /// How it is judged.
    #[command(flatten)]
    pub judging: Judging,
    /// The settings file [default: kloe.toml in the folder of a document, or above it]
    #[arg(long, value_name = "FILE", env = "KLOE_CONFIG")]
    pub config: Option<PathBuf>,
    /// What is always so; many editors say it
    #[arg(long, hide = true)]
    pub stdio: bool,
}

const LSP: &str = "\
An editor starts this and talks to it over standard input and output; the guide says how to set up yours. It looks at
Markdown, text, HTML and CSV files as they are in the editor, saved or not, and at rule files and kloe.toml.

Exit status: 0 when the editor ended it in order, 1 when it did not.";

/// A number of jobs, as it is given on the command line.
fn jobs(text: &str) -> Result<usize, String> {
    match text.trim().parse() {
        Ok(0) => Err("with no jobs nothing would be examined; leave it out for as many as there are cores".to_string()),
        Ok(jobs) => Ok(jobs),
        Err(_) => Err("it is not a whole number of 1 or more".to_string()),
    }
}

impl Cli {
    /// What the command line and the environment ask for.
    ///
    /// # Errors
    ///
    /// Help that was asked for, and what is nothing that kloe knows.
    pub fn given() -> Result<Cli, clap::Error> {
        let matches = set_variables_only(Cli::command()).try_get_matches()?;
        Cli::from_arg_matches(&matches)
    }
}

/// The command without variables of the environment that are set to nothing: they count as not set.
fn set_variables_only(command: clap::Command) -> clap::Command {
    let is_empty = |name: &OsStr| std::env::var_os(name).is_some_and(|value| value.to_string_lossy().trim().is_empty());
    let set_only = |arg: Arg| {
        let empty = arg.get_env().is_some_and(is_empty);
        if empty { arg.env(Resettable::<clap::builder::OsStr>::Reset) } else { arg }
    };
    command.mut_args(set_only).mut_subcommands(set_variables_only)
}
