//! Baseline files: read, and `kloe baseline prune`.

use std::path::Path;

use super::check::run;
use super::write::{can_write, write};
use super::{Outside, Said, shown};
use crate::cli::{CheckArgs, Judging, PruneArgs};
use crate::day::Day;
use crate::fault::{Fault, Faults};
use crate::report::FindingRow;
use crate::settle::{Baseline, Known};

/// A finding as a baseline keeps it.
pub(super) fn known(row: &FindingRow, since: Day) -> (String, Known) {
    let known = Known { check: row.check.to_string(), path: row.path.clone(), message: row.message.clone(), since };
    (row.fingerprint.clone(), known)
}

/// Reads a baseline file.
pub(super) fn read(file: &Path) -> Result<Baseline, Fault> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let fault = Fault::new(format!("cannot read the baseline {}: {error}", file.display()));
        fault.help("`kloe check FOLDER --write-baseline FILE` writes one")
    })?;
    Baseline::parse(&shown(file), &text)
}

/// Takes out of a baseline what a run over the folder does not find any more. It only removes.
pub(super) fn prune(args: &PruneArgs, outside: &Outside<'_>) -> Result<Said, Faults> {
    let mut baseline = read(&args.baseline)?;
    if !args.folder.is_dir() {
        let fault = Fault::new(format!("{} is no folder", args.folder.display()));
        return Err(fault.help("give the folder that the baseline was written for").into());
    }
    can_write(&args.baseline)?;
    // Everything that could be found again counts, whatever the settings leave out of reports.
    let judging = Judging { rules: args.rules.clone(), ..Judging::default() };
    let wanted = CheckArgs { paths: vec![args.folder.clone()], judging, ..CheckArgs::default() };
    let gone = baseline.prune(&run(&wanted, outside)?.found);
    if gone > 0 {
        write(&args.baseline, baseline.to_text().as_bytes())?;
    }
    let left = baseline.findings.len();
    let text = format!("{gone} taken out of {}, {left} left\n", shown(&args.baseline));
    Ok(Said { text, status: 0 })
}
