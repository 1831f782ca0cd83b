//! The arguments of `watch`.

use std::path::PathBuf;
use std::time::Duration;

use super::{CheckArgs, Judging, Running};

/// Arguments of `watch`.
#[derive(Debug, clap::Args)]
pub struct WatchArgs {
    /// The folder of evidence
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Seconds from one look to the next, such as 10 for a slow network drive
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    pub every: Duration,
    /// How it is judged.
    #[command(flatten)]
    pub judging: Judging,
    /// Report these checks only; may be given several times, or with commas
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Do not report these checks
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Findings that were there already, as `kloe check --write-baseline` wrote them
    #[arg(long, value_name = "FILE", env = "KLOE_BASELINE")]
    pub baseline: Option<PathBuf>,
    /// Count findings that the waivers of kloe.toml accept
    #[arg(long)]
    pub no_waivers: bool,
    /// How it is run.
    #[command(flatten)]
    pub running: Running,
}

impl WatchArgs {
    /// The check that each look makes.
    pub fn check(&self) -> CheckArgs {
        CheckArgs {
            paths: vec![self.folder.clone()],
            judging: self.judging.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            baseline: self.baseline.clone(),
            no_waivers: self.no_waivers,
            running: self.running.clone(),
            ..CheckArgs::default()
        }
    }
}

/// Seconds between two looks, as given on the command line.
fn seconds(text: &str) -> Result<Duration, String> {
    match text.trim().parse::<f64>() {
        Ok(seconds) if (0.05..=3600.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("it is not a number of seconds from 0.05 to 3600".to_string()),
    }
}
