//! `kloe settings`: what is in force for a folder, and where it comes from.

use super::check::in_force;
use super::{Said, shown};
use crate::cli::{CheckArgs, Judging, Running, SettingsArgs};
use crate::fault::{Fault, Faults};
use crate::render::plain;
use crate::rules::Sector;
use crate::settings::{FailOn, Settings};

/// Shows each setting with its value and its source.
pub(super) fn settings(args: &SettingsArgs) -> Result<Said, Faults> {
    if !args.folder.is_dir() {
        let fault = Fault::new(format!("there is no folder {}", args.folder.display()));
        return Err(fault.help("give the folder of evidence").into());
    }
    let env = &args.environment;
    let given = CheckArgs {
        paths: vec![args.folder.clone()],
        judging: Judging {
            as_of: env.as_of.clone(),
            sector: env.sector.clone(),
            rules: env.rules.clone(),
            ..Judging::default()
        },
        fail_on: env.fail_on.clone(),
        running: Running { jobs: env.jobs, config: env.config.clone() },
        ..CheckArgs::default()
    };
    let settings = in_force(&given)?;
    let without = in_force(&CheckArgs {
        paths: given.paths.clone(),
        running: Running { jobs: None, ..given.running.clone() },
        ..CheckArgs::default()
    })?;
    let file = settings.file.as_deref().map(shown);
    let mut text = format!("Settings for {}\n", plain(&shown(&args.folder)));
    text.push_str(&match &file {
        Some(file) => format!("From {}\n\n", plain(file)),
        None => "No kloe.toml in it or above it\n\n".to_string(),
    });
    let usual = Settings::default();
    let mut row = |name: &str, variable: Option<&str>, value: String, of_file: bool| {
        let source = match (variable, of_file) {
            (Some(variable), _) => format!("command line or {variable}"),
            (None, true) => "kloe.toml".to_string(),
            (None, false) => "usual".to_string(),
        };
        text.push_str(&format!("  {name:<17} {:<44} {source}\n", plain(&value)));
    };
    let set = |given: bool, variable: &'static str| given.then_some(variable);
    let list = |names: Vec<String>, none: &str| if names.is_empty() { none.to_string() } else { names.join(", ") };
    let sector = settings.sector.unwrap_or(Sector::NhsTrust);
    row("sector", set(env.sector.is_some(), "KLOE_SECTOR"), sector.to_string(), without.sector.is_some());
    let day = settings.as_of.map_or("today".to_string(), |day| day.to_string());
    row("as-of", set(env.as_of.is_some(), "KLOE_AS_OF"), day, without.as_of.is_some());
    row("frameworks", None, list(settings.frameworks.clone(), "all"), !settings.frameworks.is_empty());
    let rules = settings.rules.as_deref().map_or("the built-in ones".to_string(), shown);
    row("rules", set(env.rules.is_some(), "KLOE_RULES"), rules, without.rules.is_some());
    row("exclude", None, list(settings.exclude.clone(), "nothing"), !settings.exclude.is_empty());
    let names = |checks: &[crate::finding::Check]| checks.iter().map(ToString::to_string).collect::<Vec<_>>();
    row("select", None, list(names(&settings.select), "all checks"), !settings.select.is_empty());
    row("ignore", None, list(names(&settings.ignore), "none"), !settings.ignore.is_empty());
    let severity = settings.severity.iter().map(|(check, severity)| format!("{check} = {severity}")).collect();
    row("severity", None, list(severity, "the usual ones"), !settings.severity.is_empty());
    let fail_on = settings.fail_on.unwrap_or(FailOn::Error);
    row("fail-on", set(env.fail_on.is_some(), "KLOE_FAIL_ON"), fail_on.to_string(), without.fail_on.is_some());
    let jobs = settings.jobs.map_or("one a core".to_string(), |jobs| jobs.to_string());
    row("jobs", set(env.jobs.is_some(), "KLOE_JOBS"), jobs, without.jobs.is_some());
    let readable = if settings.require_readable { "yes" } else { "no" };
    row("require-readable", None, readable.to_string(), settings.require_readable);
    let limits = if settings.limits == usual.limits { "the usual ones" } else { "changed under [limits]" };
    row("limits", None, limits.to_string(), settings.limits != usual.limits);
    let waivers =
        settings.waivers.iter().map(|one| format!("by {} until {}", one.accepted.accepted_by, one.accepted.until));
    row("waivers", None, list(waivers.collect(), "none"), !settings.waivers.is_empty());
    Ok(Said { text, status: 0 })
}
