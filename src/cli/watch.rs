//! The arguments of `watch`.

use std::path::PathBuf;
use std::time::Duration;

use super::{CheckArgs, jobs};

/// Arguments of `watch`.
#[derive(Debug, clap::Args)]
pub struct WatchArgs {
    /// The folder of evidence
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Seconds from one look to the next, such as 10 for a slow network drive
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    pub every: Duration,
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
    /// How many documents are examined at once [default: as many as there are cores]
    #[arg(long, value_name = "N", env = "KLOE_JOBS", value_parser = jobs)]
    pub jobs: Option<usize>,
    /// The settings file [default: kloe.toml in the folder, or above it]
    #[arg(long, value_name = "FILE", env = "KLOE_CONFIG")]
    pub config: Option<PathBuf>,
}

impl WatchArgs {
    /// The check that each look makes.
    pub fn check(&self) -> CheckArgs {
        CheckArgs {
            paths: vec![self.folder.clone()],
            as_of: self.as_of.clone(),
            framework: self.framework.clone(),
            sector: self.sector.clone(),
            rules: self.rules.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            baseline: self.baseline.clone(),
            no_waivers: self.no_waivers,
            jobs: self.jobs,
            config: self.config.clone(),
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
