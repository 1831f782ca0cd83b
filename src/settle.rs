//! Findings as the settings want them: severities changed, checks selected or ignored. What is left out is counted.

use crate::finding::{Finding, Severity};
use crate::settings::Settings;

/// Findings after the settings.
#[derive(Debug, Default)]
pub struct Settled {
    /// Findings that are reported.
    pub open: Vec<Finding>,
    /// How many were left out by `select` and `ignore`.
    pub left_out: usize,
}

/// Settles findings.
pub fn settle(findings: Vec<Finding>, settings: &Settings) -> Settled {
    let all = findings.len();
    let wanted = |finding: &Finding| {
        (settings.select.is_empty() || settings.select.contains(&finding.check))
            && !settings.ignore.contains(&finding.check)
    };
    let open: Vec<Finding> = findings
        .into_iter()
        .filter(wanted)
        .map(|finding| match settings.severity.get(&finding.check) {
            Some(severity) => {
                let severity = severity_of(&finding, *severity);
                finding.with_severity(severity)
            }
            None => finding,
        })
        .collect();
    Settled { left_out: all - open.len(), open }
}

/// The severity of a finding whose check has another one by the settings. What kloe holds for less than the check, such as a
/// number of the test range among patients' numbers, stays as low as it was: a setting for the check does not mean it.
fn severity_of(finding: &Finding, set: Severity) -> Severity {
    if finding.severity < finding.check.severity() { set.min(finding.severity) } else { set }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Check;

    #[test]
    fn left_out_findings_are_counted() {
        let findings = || vec![Finding::new(Check::Stale, "m", "h"), Finding::new(Check::NoOwner, "m", "h")];
        let mut settings = Settings { ignore: vec![Check::NoOwner], ..Settings::default() };
        settings.severity.insert(Check::Stale, Severity::Error);
        let settled = settle(findings(), &settings);
        assert_eq!((settled.open.len(), settled.left_out), (1, 1));
        assert_eq!(settled.open[0].severity, Severity::Error);
        let settings = Settings { select: vec![Check::NoOwner], ..Settings::default() };
        assert_eq!(settle(findings(), &settings).open[0].check, Check::NoOwner);
    }

    #[test]
    fn numbers_of_the_test_range_do_not_rise_with_those_of_patients() {
        let number = || Finding::new(Check::PersonalData, "m", "h");
        for (set, patients, of_the_range) in [
            (Severity::Error, Severity::Error, Severity::Advice),
            (Severity::Warning, Severity::Warning, Severity::Advice),
            (Severity::Advice, Severity::Advice, Severity::Advice),
        ] {
            let mut settings = Settings::default();
            settings.severity.insert(Check::PersonalData, set);
            let open = settle(vec![number(), number().with_severity(Severity::Advice)], &settings).open;
            assert_eq!([open[0].severity, open[1].severity], [patients, of_the_range]);
        }
    }
}
