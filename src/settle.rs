//! Findings as the settings want them: severities changed, checks selected or ignored. What is left out is counted.

use crate::finding::Finding;
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
            Some(severity) => finding.with_severity(*severity),
            None => finding,
        })
        .collect();
    Settled { left_out: all - open.len(), open }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Check, Severity};

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
}
