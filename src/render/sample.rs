//! Reports for the tests of the formats: full of findings and of hostile text, clean, and empty.

use crate::day::Day;
use crate::document::Progress;
use crate::finding::{Accepted, Check, RulePlace, Severity};
use crate::judge::Grade;
use crate::report::{
    ActionRow, DocumentRow, EvidenceRow, ExpectationRow, FindingRow, FrameworkRow, LineCounts, LineRow, Location,
    Report, Summary, Tool,
};
use crate::rules::Category;
use crate::text::Place;
use crate::walk::Skipped;

/// A name that tries everything.
pub(super) const HOSTILE: &str = "=cmd|' \u{1b}[31m]]></script>\n::error::100%, \u{202e}\"x\" <b>@all</b> `#1`.md";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn document(path: &str) -> DocumentRow {
    DocumentRow {
        path: path.to_string(),
        format: "docx".to_string(),
        kind: "minutes".to_string(),
        title: Some("Board minutes".to_string()),
        date: Some(day("2026-09-24")),
        status: Some("approved".to_string()),
        owner: Some("Company Secretary".to_string()),
        approved_by: None,
        version: Some("1.0".to_string()),
        review_due: None,
        words: 812,
        read: true,
        unread: None,
        supports: vec!["W4.board-minutes".to_string()],
    }
}

fn unread(path: &str, reason: &str) -> DocumentRow {
    DocumentRow {
        title: None,
        date: None,
        status: None,
        owner: None,
        version: None,
        words: 0,
        read: false,
        unread: Some(reason.to_string()),
        supports: Vec::new(),
        ..document(path)
    }
}

fn place(place: Place, quote: &str) -> Location {
    Location { place, quote: quote.to_string() }
}

fn finding(check: Check, path: Option<&str>, expectation: Option<&str>, print: &str) -> FindingRow {
    FindingRow {
        check: check.name(),
        severity: check.severity(),
        message: format!("something is wrong ({check})"),
        help: "Why: it matters\nClosest: \"a.docx\" (not enough)".to_string(),
        path: path.map(String::from),
        expectation: expectation.map(String::from),
        expectations: expectation.into_iter().map(String::from).collect(),
        location: None,
        rule: path.is_none().then(|| RulePlace { file: "rules/well-led/W4.toml".to_string(), line: 14 }),
        fingerprint: print.to_string(),
        standing: "open",
        waiver: None,
        known_since: None,
        excerpt: None,
    }
}

/// A report with a bit of everything.
pub(super) fn full() -> Report {
    let minutes = "Trust Board/Minutes, 24 Sept.docx";
    let mut stale = finding(Check::Stale, Some(minutes), Some("W4.board-minutes"), "aa01");
    stale.location = Some(place(Place::at_paragraph(7), "held on 24 September 2024"));
    let mut placeholder = finding(Check::Placeholder, Some(HOSTILE), None, "aa02");
    placeholder.location = Some(place(Place::at_line(3, 5), "=HYPERLINK(\"http://x\")\n|[insert]"));
    let again = FindingRow { ..placeholder.clone() };
    let mut personal = finding(Check::PersonalData, Some("Papers.zip!Falls.docx"), None, "aa03");
    personal.location = Some(place(Place::at_cell("Log", 2, 1), "473 *** **68"));
    let findings = vec![
        finding(Check::Missing, None, Some("W4.risk-register"), "aa04"),
        personal,
        finding(Check::SingleCategory, None, Some("W4"), "aa05"),
        placeholder,
        again,
        stale,
        finding(Check::Encrypted, Some("Locked.pdf"), None, "aa06"),
        finding(Check::NoOwner, Some(minutes), None, "aa07"),
        FindingRow {
            standing: "waived",
            waiver: Some(Accepted {
                accepted_by: "Trust Secretary | <b>".to_string(),
                reason: "the template changes in spring".to_string(),
                until: day("2027-03-31"),
                reference: Some("Board 26/14".to_string()),
            }),
            ..finding(Check::NoApproval, Some(minutes), None, "aa08")
        },
        FindingRow {
            standing: "known",
            known_since: Some(day("2026-05-01")),
            ..finding(Check::Draft, Some(minutes), None, "aa09")
        },
    ];
    let evidence = EvidenceRow {
        path: minutes.to_string(),
        grade: Grade::Weak,
        category: Category::Processes,
        because: vec!["the title says \"minutes\"".to_string(), "weak: it is out of date".to_string()],
        locations: vec![place(Place::at_paragraph(1), "Minutes of the Board")],
    };
    let expectation = |id: &str, required, grade, evidence| ExpectationRow {
        id: id.to_string(),
        title: id.trim_start_matches("W4.").replace('-', " "),
        required,
        grade,
        evidence,
    };
    let line = LineRow {
        id: "W4".to_string(),
        framework: "well-led".to_string(),
        title: "Responsibilities, roles & systems".to_string(),
        grade: Grade::Weak,
        categories: vec![Category::Processes],
        expectations: vec![
            expectation("W4.board-minutes", true, Grade::Weak, vec![evidence]),
            expectation("W4.risk-register", true, Grade::Missing, Vec::new()),
            expectation("W4.away-day", false, Grade::Missing, Vec::new()),
        ],
    };
    let action = |owner: Option<&str>, due: Option<&str>, status, overdue| ActionRow {
        path: minutes.to_string(),
        text: "@write to all; =1+1".to_string(),
        owner: owner.map(String::from),
        due: due.map(day),
        status,
        overdue,
        location: place(Place::at_paragraph(9), "write to all"),
    };
    let hostile = DocumentRow { title: Some(HOSTILE.to_string()), supports: Vec::new(), ..document(HOSTILE) };
    let inner = DocumentRow { supports: Vec::new(), ..document("Papers.zip!Falls.docx") };
    let archive = DocumentRow { supports: Vec::new(), title: None, ..document("Papers.zip") };
    let documents = vec![document(minutes), hostile, unread("Locked.pdf", "a password is needed"), archive, inner];
    let skipped = vec![Skipped { path: "~$a.docx".to_string(), reason: "Office lock file".to_string() }];
    let frameworks = vec![FrameworkRow {
        id: "well-led".to_string(),
        title: "Well-led framework".to_string(),
        source: "CQC".to_string(),
    }];
    let actions = vec![
        action(Some("Chair"), Some("2026-10-01"), Progress::Open, true),
        action(None, None, Progress::Open, false),
        action(Some("Chair"), Some("2026-09-01"), Progress::Closed, false),
    ];
    let lines = LineCounts { strong: 0, weak: 1, missing: 0 };
    report(frameworks, vec![line], documents, skipped, findings, actions, lines)
}

/// One document, read, with nothing to find.
pub(super) fn clean() -> Report {
    let lines = LineCounts { strong: 0, weak: 0, missing: 0 };
    report(Vec::new(), Vec::new(), vec![document("a.docx")], Vec::new(), Vec::new(), Vec::new(), lines)
}

/// An empty folder.
pub(super) fn empty() -> Report {
    let lines = LineCounts { strong: 0, weak: 0, missing: 0 };
    report(Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), lines)
}

fn report(
    frameworks: Vec<FrameworkRow>,
    lines: Vec<LineRow>,
    documents: Vec<DocumentRow>,
    skipped: Vec<Skipped>,
    findings: Vec<FindingRow>,
    actions: Vec<ActionRow>,
    counts: LineCounts,
) -> Report {
    let number = |severity: Severity| findings.iter().filter(|one| one.is_open() && one.severity == severity).count();
    let summary = Summary {
        documents: documents.len(),
        not_read: documents.iter().filter(|one| !one.read).count(),
        skipped: skipped.len(),
        errors: number(Severity::Error),
        warnings: number(Severity::Warning),
        advice: number(Severity::Advice),
        waived: findings.iter().filter(|one| one.waiver.is_some()).count(),
        known: findings.iter().filter(|one| one.known_since.is_some()).count(),
        resolved: 0,
        left_out: 0,
        lines: counts,
    };
    Report {
        schema_version: 1,
        tool: Tool { name: "kloe", version: "0.0.0" },
        as_of: day("2026-11-01"),
        root: "evidence".to_string(),
        sector: Some(crate::rules::Sector::NhsTrust),
        frameworks,
        lines,
        documents,
        skipped,
        findings,
        resolved: Vec::new(),
        actions,
        summary,
    }
}
