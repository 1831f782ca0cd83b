//! Findings as the settings want them: severities changed, checks selected or ignored, waivers and the baseline held
//! against them. What is left out is counted; what is waived or known stays, marked as such.

mod baseline;
#[cfg(test)]
mod tests;
mod waive;

use std::collections::BTreeSet;

use crate::day::Day;
use crate::finding::{Check, Finding, Severity, Standing};
use crate::settings::Settings;

pub use baseline::{Baseline, Known};

use waive::{Held, lapsed};

/// Findings after the settings.
#[derive(Debug, Default)]
pub struct Settled {
    /// Findings that are reported, each with its standing.
    pub findings: Vec<Finding>,
    /// How many were left out by `select` and `ignore`.
    pub left_out: usize,
    /// Findings of the baseline that are not there any more, by fingerprint.
    pub resolved: Vec<(String, Known)>,
}

/// What findings are settled against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The settings, with their waivers.
    pub settings: &'a Settings,
    /// The findings that were there already.
    pub baseline: Option<&'a Baseline>,
    /// The day that is judged on: a waiver holds through its last day.
    pub as_of: Day,
    /// Whether a whole folder was judged; only then can a waiver be said to cover nothing, or a finding to be resolved.
    pub whole: bool,
}

/// Settles findings.
pub fn settle(findings: Vec<Finding>, against: &Against<'_>) -> Settled {
    let Against { settings, baseline, as_of, whole } = *against;
    let all: BTreeSet<String> = findings.iter().map(|finding| finding.fingerprint.clone()).collect();
    let before = findings.len();
    let wanted = |check: Check| {
        (settings.select.is_empty() || settings.select.contains(&check)) && !settings.ignore.contains(&check)
    };
    let mut held: Vec<Held<'_>> = settings.waivers.iter().map(Held::new).collect();
    let mut settled = Vec::new();
    for finding in findings {
        let covering: Vec<usize> = (0..held.len()).filter(|at| held[*at].matches(&finding)).collect();
        covering.iter().for_each(|at| held[*at].covers += 1);
        if !wanted(finding.check) {
            continue;
        }
        let mut finding = severity_set(finding, settings);
        let holds = covering.into_iter().find(|at| held[*at].waiver.accepted.until >= as_of);
        let known = baseline.and_then(|baseline| baseline.findings.get(&finding.fingerprint));
        if let Some(at) = holds {
            finding.standing = Standing::Waived(held[at].waiver.accepted.clone());
        } else if let Some(known) = known {
            finding.standing = Standing::Known { since: known.since };
        }
        settled.push(finding);
    }
    let left_out = before - settled.len();
    if whole && wanted(Check::LapsedWaiver) {
        let lapsed = held.iter().filter_map(|held| lapsed(held, as_of));
        settled.extend(lapsed.map(|finding| severity_set(finding, settings)));
    }
    let gone = |baseline: &Baseline| {
        let gone = baseline.findings.iter().filter(|(print, _)| !all.contains(*print));
        gone.map(|(print, known)| (print.clone(), known.clone())).collect()
    };
    let resolved = baseline.filter(|_| whole).map(gone).unwrap_or_default();
    Settled { findings: settled, left_out, resolved }
}

fn severity_set(finding: Finding, settings: &Settings) -> Finding {
    match settings.severity.get(&finding.check) {
        Some(severity) => {
            let severity = severity_of(&finding, *severity);
            finding.with_severity(severity)
        }
        None => finding,
    }
}

/// The severity of a finding whose check has another one by the settings. What kloe holds for less than the check, such as a
/// number of the test range among patients' numbers, stays as low as it was: a setting for the check does not mean it.
fn severity_of(finding: &Finding, set: Severity) -> Severity {
    if finding.severity < finding.check.severity() { set.min(finding.severity) } else { set }
}
