//! Arguments in, library call, exit status out.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use kloe::cli::Cli;
use kloe::commands::run;
use kloe::day::Day;
use miette::{GraphicalReportHandler, GraphicalTheme};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let Some(today) = today() else { return ExitCode::from(2) };
    match run(&cli, today) {
        Ok(said) => {
            // A closed pipe, as of `kloe check | head`, is no error.
            let _ = std::io::stdout().write_all(said.text.as_bytes());
            ExitCode::from(said.status)
        }
        Err(faults) => {
            let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
            for fault in &faults.0 {
                let mut text = String::new();
                if handler.render_report(&mut text, fault).is_err() {
                    text = fault.to_string();
                }
                let _ = writeln!(std::io::stderr(), "{text}");
            }
            ExitCode::from(2)
        }
    }
}

/// The day by the machine's clock, in UTC.
fn today() -> Option<Day> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some(Day::new(1970, 1, 1)?.plus_days(i64::try_from(seconds / 86_400).ok()?))
}
