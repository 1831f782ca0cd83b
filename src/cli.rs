//! The command line. Knows no documents and no rules.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// A governance evidence linter for CQC's well-led question and the improvement journey.
///
/// Point it at a folder of evidence documents: it says what is on file for each line, how strong it is, what is weak and
/// where, and what is missing. Nothing leaves this machine.
///
/// Exit status: 0 nothing at or above --fail-on, 1 something is, 2 kloe could not do what was asked, 3 nothing was examined.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a folder of evidence, or single documents
    Check(CheckArgs),
    /// Show what was read from documents: kind, facts, what they support and why
    Show(ShowArgs),
    /// Explain a line, an expectation, an evidence type or a check
    Explain {
        /// For instance W5, W5.risk-register, risk-register or stale
        name: String,
    },
    /// The rule files
    #[command(subcommand)]
    Rules(RulesCommand),
}

/// The rule files.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List what is in force, and from which file
    List {
        /// Rule files to lay over the built-in ones
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
    /// Run the examples that stand in the rules
    Test {
        /// Rule files to lay over the built-in ones
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
}

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people, in a terminal
    Human,
    /// For programs
    Json,
}

/// From which severity on the exit status is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Advice,
    /// Never
    Never,
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// A folder, which is judged whole, or documents, which get the checks of single documents
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// The day that the evidence is judged on, such as the day of the inspection [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Judge by this framework only; may be given several times
    #[arg(long, value_name = "ID")]
    pub framework: Vec<String>,
    /// What sort of provider: nhs-trust, independent-hospital, care-home or gp-practice
    #[arg(long, default_value = "nhs-trust", value_name = "NAME")]
    pub sector: String,
    /// Rule files to lay over the built-in ones
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value = "human", value_name = "NAME")]
    pub format: OutputFormat,
    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// From which severity on the exit status is 1
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    pub fail_on: FailOn,
    /// How many documents are examined at once [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
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
    /// Rule files to lay over the built-in ones
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// The day that the evidence is judged on [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}
