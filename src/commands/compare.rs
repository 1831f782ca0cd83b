//! `kloe compare OLD NEW`, and what `kloe check --since REV` adds to it.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::check::run;
use super::write::{can_write, write};
use super::{Outside, Said, shown};
use crate::cli::{ChangesFormat, CheckArgs, CompareArgs, Judging, Running};
use crate::compare::{Comparison, Past, compare};
use crate::fault::{Fault, Faults};
use crate::render::{changes_markdown, changes_text};
use crate::settings::FailOn;

/// Compares two JSON reports.
pub(super) fn reports(args: &CompareArgs) -> Result<Said, Faults> {
    let fail_on: FailOn = args.fail_on.as_deref().unwrap_or("error").parse().map_err(|error| {
        Faults(vec![Fault::new(format!("--fail-on: {error}")).help("it is one of error, warning, advice, never")])
    })?;
    if let Some(output) = &args.output {
        can_write(output)?;
    }
    let (old, new) = (read(&args.old), read(&args.new));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err(Faults([old.err(), new.err()].into_iter().flatten().collect())),
    };
    let change = compare(&old, &new);
    let text = said(&change, args.format)?;
    let status = status(&change, fail_on);
    match &args.output {
        Some(output) => {
            write(output, text.as_bytes())?;
            Ok(Said { text: String::new(), status })
        }
        None => Ok(Said { text, status }),
    }
}

/// Checks a folder as it is and as it was in a revision of its repository, and says what changed.
pub(super) fn since(args: &CheckArgs, revision: &str, outside: &Outside<'_>) -> Result<Said, Faults> {
    let format = match args.outputs.wanted()?.as_slice() {
        [one] if one.output.is_none() => ChangesFormat::of(one.format),
        _ => None,
    };
    let Some(format) = format else {
        let fault = Fault::new("--since says what changed in one report on standard output");
        return Err(fault.help("use --format human, markdown or json, without --output").into());
    };
    let [folder] = args.paths.as_slice() else {
        return Err(Fault::new("--since needs one folder")
            .help("give the folder of evidence in its repository")
            .into());
    };
    let ran = run(args, outside)?;
    let as_of = ran.report.as_of.to_string();
    let before = tempfile::tempdir().map_err(|error| Fault::new(format!("cannot make a temporary folder: {error}")))?;
    export(folder, revision, before.path())?;
    // The folder of then is judged by the settings and on the day of now, so that only the evidence differs.
    let then = CheckArgs {
        paths: vec![before.path().to_path_buf()],
        judging: Judging { as_of: Some(as_of), ..args.judging.clone() },
        running: Running {
            config: ran
                .settings
                .file
                .clone()
                .or_else(|| Some(before.path().join("no settings")))
                .filter(|file| file.exists()),
            ..args.running
        },
        ..args.clone()
    };
    let old = run(&then, outside)?;
    let change = compare(&Past::of(&old.report)?, &Past::of(&ran.report)?);
    let fail_on = ran.settings.fail_on.unwrap_or(FailOn::Error);
    Ok(Said { text: said(&change, format)?, status: status(&change, fail_on) })
}

fn read(file: &Path) -> Result<Past, Fault> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Fault::new(format!("cannot read the report {}: {error}", file.display())))?;
    Past::parse(&shown(file), &text)
}

fn said(change: &Comparison, format: ChangesFormat) -> Result<String, Fault> {
    Ok(match format {
        ChangesFormat::Text => changes_text(change),
        ChangesFormat::Markdown => changes_markdown(change),
        ChangesFormat::Json => {
            serde_json::to_string_pretty(change).map_err(|error| Fault::new(error.to_string()))? + "\n"
        }
    })
}

/// 1 when a finding came that is at or above the severity.
fn status(change: &Comparison, fail_on: FailOn) -> u8 {
    let least = fail_on.least();
    u8::from(least.is_some_and(|least| change.worse.findings.iter().any(|one| one.severity >= least)))
}

/// The folder as it was in a revision, by `git archive`: nothing in the repository changes.
fn export(folder: &Path, revision: &str, to: &Path) -> Result<(), Fault> {
    if revision.starts_with('-') {
        return Err(Fault::new(format!("`{revision}` is no revision")));
    }
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["archive", "--format=zip", revision, "."]);
    let archive = git.output().map_err(|error| {
        Fault::new(format!("cannot start git: {error}")).help("--since needs git, and a folder that is kept in it")
    })?;
    if !archive.status.success() {
        let said = String::from_utf8_lossy(&archive.stderr);
        let fault = Fault::new(format!("git has no {revision} of this folder: {}", said.lines().next().unwrap_or("")));
        return Err(fault.help("give a commit, branch or tag in which the folder is there, such as main or HEAD~1"));
    }
    let fault = |error: &dyn std::fmt::Display| Fault::new(format!("cannot unpack what git gave: {error}"));
    let mut archive = zip::ZipArchive::new(Cursor::new(archive.stdout)).map_err(|error| fault(&error))?;
    for number in 0..archive.len() {
        let mut entry = archive.by_index(number).map_err(|error| fault(&error))?;
        let Some(path) = entry.enclosed_name().map(|path| to.join(path)).filter(|_| entry.is_file()) else { continue };
        let parent = path.parent().map_or_else(|| to.to_path_buf(), PathBuf::from);
        std::fs::create_dir_all(parent).map_err(|error| fault(&error))?;
        let mut file = std::fs::File::create(&path).map_err(|error| fault(&error))?;
        std::io::copy(&mut entry, &mut file).map_err(|error| fault(&error))?;
    }
    Ok(())
}
