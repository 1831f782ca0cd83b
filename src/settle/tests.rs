use super::*;
use crate::finding::{Accepted, RulePlace};
use crate::settings::Waiver;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn against<'a>(settings: &'a Settings, baseline: Option<&'a Baseline>) -> Against<'a> {
    Against { settings, baseline, as_of: day("2026-11-01"), whole: true }
}

fn open(settled: &Settled) -> Vec<&Finding> {
    settled.findings.iter().filter(|one| one.standing == Standing::Open).collect()
}

fn waiver(check: Option<Check>, path: Option<&str>, expectation: Option<&str>, until: &str) -> Waiver {
    Waiver {
        check,
        path: path.map(String::from),
        expectation: expectation.map(String::from),
        fingerprint: None,
        accepted: Accepted {
            accepted_by: "Trust Secretary".into(),
            reason: "moved to the new template by spring".into(),
            until: day(until),
            reference: None,
        },
        place: RulePlace { file: "kloe.toml".into(), line: 3 },
        span: 0..1,
    }
}

#[test]
fn left_out_findings_are_counted() {
    let findings = || vec![Finding::new(Check::Stale, "m", "h"), Finding::new(Check::NoOwner, "m", "h")];
    let mut settings = Settings { ignore: vec![Check::NoOwner], ..Settings::default() };
    settings.severity.insert(Check::Stale, Severity::Error);
    let settled = settle(findings(), &against(&settings, None));
    assert_eq!((settled.findings.len(), settled.left_out), (1, 1));
    assert_eq!(settled.findings[0].severity, Severity::Error);
    let settings = Settings { select: vec![Check::NoOwner], ..Settings::default() };
    assert_eq!(settle(findings(), &against(&settings, None)).findings[0].check, Check::NoOwner);
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
        let findings = vec![number(), number().with_severity(Severity::Advice)];
        let found = settle(findings, &against(&settings, None)).findings;
        assert_eq!([found[0].severity, found[1].severity], [patients, of_the_range]);
    }
}

#[test]
fn a_waiver_holds_through_its_last_day_and_for_what_it_names() {
    let stale = || {
        Finding::new(Check::Stale, "m", "h")
            .in_document("Policies/Risk.docx")
            .for_expectation("W5.risk-policy")
            .stamped("")
    };
    let draft = || Finding::new(Check::Draft, "m", "h").in_document("Policies/Risk.docx").stamped("");
    let cases = [
        (waiver(Some(Check::Stale), None, None, "2026-11-01"), [false, true]),
        (waiver(Some(Check::Stale), Some("Policies/"), None, "2026-12-01"), [false, true]),
        (waiver(None, Some("*.docx"), None, "2026-12-01"), [false, false]),
        (waiver(None, None, Some("W5"), "2026-12-01"), [false, true]),
        (waiver(None, None, Some("W5.risk-policy"), "2026-12-01"), [false, true]),
        (waiver(Some(Check::Stale), Some("Board/"), None, "2026-12-01"), [true, true]),
        (waiver(Some(Check::Stale), None, None, "2026-10-31"), [true, true]),
    ];
    for (waiver, still_open) in cases {
        let settings = Settings { waivers: vec![waiver.clone()], ..Settings::default() };
        let settled = settle(vec![stale(), draft()], &against(&settings, None));
        let is_open: Vec<bool> = settled.findings.iter().take(2).map(|one| one.standing == Standing::Open).collect();
        assert_eq!(is_open, still_open, "{waiver:?}");
        let lapsed = settled.findings.iter().any(|one| one.check == Check::LapsedWaiver);
        assert_eq!(lapsed, still_open == [true, true], "{waiver:?}");
    }
}

#[test]
fn a_waiver_of_an_ignored_check_covers_it_and_says_nothing() {
    let settings = Settings {
        waivers: vec![waiver(Some(Check::Stale), None, None, "2027-01-01")],
        ignore: vec![Check::Stale],
        ..Settings::default()
    };
    let settled = settle(vec![Finding::new(Check::Stale, "m", "h")], &against(&settings, None));
    assert!(settled.findings.is_empty(), "{settled:?}");
}

#[test]
fn only_a_whole_folder_says_that_a_waiver_covers_nothing() {
    let settings =
        Settings { waivers: vec![waiver(Some(Check::Stale), None, None, "2027-01-01")], ..Settings::default() };
    let settled = settle(Vec::new(), &Against { whole: false, ..against(&settings, None) });
    assert!(settled.findings.is_empty());
}

#[test]
fn a_baseline_tells_new_known_and_resolved_apart() {
    let of = |words: &str| Finding::new(Check::Draft, words, "h").in_document(words).stamped("");
    let known = |finding: &Finding, since: &str| {
        let known = Known {
            check: finding.check.name().to_string(),
            path: finding.path.clone(),
            message: finding.message.clone(),
            since: day(since),
        };
        (finding.fingerprint.clone(), known)
    };
    let settings = Settings::default();
    let first = [of("a.docx"), of("b.docx")];
    let old = Baseline::of(first.iter().map(|one| known(one, "2026-05-01")), None, day("2026-05-01"));
    let read = Baseline::parse("b.json", &old.to_text()).unwrap();
    assert_eq!(read, old);
    let settled = settle(vec![of("b.docx"), of("c.docx")], &against(&settings, Some(&read)));
    assert_eq!(open(&settled).iter().map(|one| one.message.as_str()).collect::<Vec<_>>(), ["c.docx"]);
    assert_eq!(settled.resolved.iter().map(|one| one.1.message.as_str()).collect::<Vec<_>>(), ["a.docx"]);
    let again = settled.findings.iter().map(|one| known(one, "2026-11-01"));
    let again = Baseline::of(again, Some(&read), day("2026-11-01"));
    let since: Vec<String> = again.findings.values().map(|one| format!("{} {}", one.message, one.since)).collect();
    assert!(since.contains(&"b.docx 2026-05-01".to_string()) && since.contains(&"c.docx 2026-11-01".to_string()));
    let mut pruned = read.clone();
    let still = settled.findings.iter().map(|one| one.fingerprint.clone()).collect();
    assert_eq!((pruned.prune(&still), pruned.findings.len()), (1, 1));
}

#[test]
fn what_is_no_baseline_is_refused_with_its_place() {
    for text in ["", "[]", "{}", "{\"about\":\"\",\"schema_version\":9,\"written\":\"2026-01-01\",\"findings\":{}}"] {
        assert!(Baseline::parse("old.json", text).unwrap_err().to_string().contains("old.json"));
    }
}
