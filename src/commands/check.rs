//! `kloe check`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::baseline;
use super::compare;
use super::deliver::deliver;
use super::write::{can_write, write};
use super::{Outside, Said, distinct, examine, layers, named, rules_folder, shown};
use crate::cli::CheckArgs;
use crate::day::Day;
use crate::dossier::Dossier;
use crate::fault::{Fault, Faults, closest};
use crate::judge;
use crate::read::Unread;
use crate::render::Detail;
use crate::report::{Judged, Report};
use crate::rules::{self, Layer, Rules, Sector};
use crate::settings::{self, FailOn, Settings};
use crate::settle::{Against, Baseline, Settled, settle};
use crate::walk::{Excluded, Found, Skipped, walk};

/// Checks a folder, or single documents.
pub(super) fn check(args: &CheckArgs, outside: &Outside<'_>) -> Result<Said, Faults> {
    if let Some(revision) = &args.since {
        return compare::since(args, revision, outside);
    }
    let wanted = args.outputs.wanted()?;
    for output in args.outputs.files().chain(args.write_baseline.as_deref()) {
        can_write(output)?;
    }
    let ran = run(args, outside)?;
    let Ran { report, settings, .. } = &ran;
    let detail = match (args.quiet, args.verbose) {
        (true, _) => Detail::Summary,
        (_, true) => Detail::Everything,
        _ => Detail::Usual,
    };
    let text = deliver(report, &wanted, detail, whole(&distinct(&args.paths)), outside)?;
    if let Some(file) = &args.write_baseline {
        let before = if file.exists() { Some(baseline::read(file)?) } else { ran.baseline.clone() };
        let found =
            report.findings.iter().filter(|row| row.waiver.is_none()).map(|row| baseline::known(row, report.as_of));
        write(file, Baseline::of(found, before.as_ref(), report.as_of).to_text().as_bytes())?;
    }
    Ok(Said { text, status: status(report, settings) })
}

/// A run: what was found, and by which settings.
pub(super) struct Ran {
    /// The report.
    pub(super) report: Report,
    /// The settings in force.
    pub(super) settings: Settings,
    /// The baseline that was held against the findings.
    pub(super) baseline: Option<Baseline>,
    /// The fingerprints of all findings, also of those left out.
    pub(super) found: BTreeSet<String>,
    /// The files that were examined.
    pub(super) files: Vec<Found>,
}

/// Examines, judges and settles.
pub(super) fn run(args: &CheckArgs, outside: &Outside<'_>) -> Result<Ran, Faults> {
    paths_exist(&distinct(&args.paths))?;
    run_with(args, in_force(args)?, outside)
}

/// As [`run`], by settings that were read already.
pub(super) fn run_with(args: &CheckArgs, settings: Settings, outside: &Outside<'_>) -> Result<Ran, Faults> {
    run_by(args, settings, outside.today, &mut |files, layers, rules, settings| {
        examine(files, layers, rules, settings.limits, settings.jobs, outside)
    })
}

/// Gives the dossiers of files, by rules and settings.
pub(super) type Dossiers<'a> = dyn FnMut(&[Found], &[Layer], &Rules, &Settings) -> Result<Vec<Dossier>, Faults> + 'a;

/// As [`run_with`], with dossiers from somewhere else.
pub(super) fn run_by(
    args: &CheckArgs,
    mut settings: Settings,
    today: Day,
    dossiers: &mut Dossiers<'_>,
) -> Result<Ran, Faults> {
    let baseline = args.baseline.as_deref().map(baseline::read).transpose()?;
    let paths = distinct(&args.paths);
    if args.no_waivers {
        settings.waivers.clear();
    }
    let as_of = settings.as_of.unwrap_or(today);
    let layers = layers(rules_folder(args.judging.rules.as_deref(), &settings)?.as_deref())?;
    let mut rules = rules::load(&layers)?;
    rules.keep_sector(settings.sector.unwrap_or(Sector::NhsTrust));
    keep_frameworks(&mut rules, &settings)?;
    let (files, mut skipped) = files(args, &paths, &settings)?;
    let dossiers = dossiers(&files, &layers, &rules, &settings)?;
    let dossiers = without_own(dossiers, &mut skipped);
    let (lines, findings) = match whole(&paths) {
        Some(_) => judge::folder(&dossiers, &rules, as_of),
        None => (Vec::new(), judge::documents(&dossiers, &rules, as_of)),
    };
    let found = findings.iter().map(|finding| finding.fingerprint.clone()).collect();
    let against = Against { settings: &settings, baseline: baseline.as_ref(), as_of, whole: whole(&paths).is_some() };
    let settled = settle(findings, &against);
    let root = paths.first().map_or_else(String::new, |path| shown(path));
    let Settled { findings, left_out, resolved } = settled;
    let judged = Judged { root, as_of, dossiers, skipped, lines, findings, left_out, resolved };
    let report = Report::new(judged, &rules);
    Ok(Ran { report, settings, baseline, found, files })
}

/// The one folder that is judged whole, if that was asked.
fn whole(paths: &[PathBuf]) -> Option<&Path> {
    match paths {
        [one] if one.is_dir() => Some(one),
        _ => None,
    }
}

pub(super) fn paths_exist(paths: &[PathBuf]) -> Result<(), Faults> {
    let mut faults = Faults::default();
    for path in paths {
        if !path.exists() {
            let fault = Fault::new(format!("there is no {}", path.display()));
            faults.0.push(fault.help("give the folder that holds the evidence, in quotes if its name has spaces"));
        } else if path.is_dir() && whole(paths).is_none() {
            let fault = Fault::new(format!("{} is a folder, and was given beside other paths", path.display()));
            faults.0.push(fault.help("give one folder, or only files"));
        }
    }
    faults.or(())
}

fn files(args: &CheckArgs, paths: &[PathBuf], settings: &Settings) -> Result<(Vec<Found>, Vec<Skipped>), Faults> {
    let (found, mut skipped) = match whole(paths) {
        Some(folder) => {
            let excluded = Excluded::new(folder, &settings.exclude).map_err(|fault| Faults(vec![fault]))?;
            walk(folder, &excluded)
        }
        None => (named(paths), Vec::new()),
    };
    // What is about to be replaced is never read, whatever stands in it.
    let outputs: Vec<_> = args
        .outputs
        .files()
        .chain(args.write_baseline.as_deref())
        .chain(args.baseline.as_deref())
        .filter_map(|output| std::fs::canonicalize(output).ok())
        .collect();
    let is_output =
        |one: &Found| !outputs.is_empty() && std::fs::canonicalize(&one.file).is_ok_and(|file| outputs.contains(&file));
    let (own, found): (Vec<_>, Vec<_>) = found.into_iter().partition(is_output);
    skipped.extend(own.into_iter().map(|one| Skipped { path: one.path, reason: OWN.to_string() }));
    skipped.sort();
    Ok((found, skipped))
}

/// Why a report is skipped.
const OWN: &str = "a report written by kloe";

/// The dossiers but those of reports that kloe wrote itself, which are named among what was skipped.
fn without_own(dossiers: Vec<Dossier>, skipped: &mut Vec<Skipped>) -> Vec<Dossier> {
    let (own, dossiers): (Vec<_>, Vec<_>) =
        dossiers.into_iter().partition(|dossier| dossier.unread == Some(Unread::Own));
    skipped.extend(own.into_iter().map(|one| Skipped { path: one.path, reason: OWN.to_string() }));
    skipped.sort();
    dossiers
}

/// Settings: the command line (and the environment, which clap reads) over the file.
pub(crate) fn in_force(args: &CheckArgs) -> Result<Settings, Faults> {
    let start = args.paths.first().map_or(Path::new("."), |path| path.as_path());
    let folder = if start.is_dir() { start } else { start.parent().unwrap_or(Path::new(".")) };
    let file = args.running.config.clone().or_else(|| settings::find(folder));
    let mut settings = file.map_or(Ok(Settings::default()), |file| Settings::read(&file))?;
    let mut faults = Faults::default();
    if let Some(text) = &args.judging.as_of {
        match text.parse() {
            Ok(day) => settings.as_of = Some(day),
            Err(error) => faults.0.push(Fault::new(format!("--as-of: {error}"))),
        }
    }
    if let Some(text) = &args.judging.sector {
        match text.parse() {
            Ok(sector) => settings.sector = Some(sector),
            Err(error) => faults.0.push(Fault::new(format!("--sector: {error}"))),
        }
    }
    if let Some(text) = &args.fail_on {
        match text.parse() {
            Ok(fail_on) => settings.fail_on = Some(fail_on),
            Err(error) => faults.0.push(Fault::new(format!("--fail-on: {error}"))),
        }
    }
    for (names, checks) in [(&args.select, &mut settings.select), (&args.ignore, &mut settings.ignore)] {
        if !names.is_empty() {
            checks.clear();
        }
        for name in names {
            match Settings::check(name) {
                Ok(check) => checks.push(check),
                Err(fault) => faults.0.push(fault),
            }
        }
    }
    if !args.judging.framework.is_empty() {
        settings.frameworks.clone_from(&args.judging.framework);
    }
    settings.jobs = args.running.jobs.or(settings.jobs);
    settings.require_readable |= args.require_readable;
    faults.or(settings)
}

/// Leaves only the frameworks that the settings name.
pub(crate) fn keep_frameworks(rules: &mut Rules, settings: &Settings) -> Result<(), Faults> {
    let mut faults = Faults::default();
    for id in &settings.frameworks {
        let known: Vec<&str> = rules.frameworks.iter().map(|one| one.id.as_str()).collect();
        if !known.contains(&id.as_str()) {
            let fault = settings.at(id, Fault::new(format!("there is no framework `{id}`")));
            faults.0.push(match closest(id, known.iter().copied()) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help(format!("there are {}", known.join(", "))),
            });
        }
    }
    rules.frameworks.retain(|one| settings.frameworks.is_empty() || settings.frameworks.contains(&one.id));
    faults.or(())
}

fn status(report: &Report, settings: &Settings) -> u8 {
    let examined = report.summary.documents;
    if examined == 0 || settings.require_readable && report.summary.not_read > 0 {
        return 3;
    }
    let least = settings.fail_on.unwrap_or(FailOn::Error).least();
    u8::from(
        least.is_some_and(|least| report.findings.iter().any(|finding| finding.is_open() && finding.severity >= least)),
    )
}
