//! The tables of CSV files and workbooks: columns and cells, not escaped yet.

use crate::day::Day;
use crate::document::Progress;
use crate::report::{DocumentRow, EvidenceRow, ExpectationRow, FindingRow, LineRow, Location, Report};

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableOf {
    /// What supports what: a row for each document of each expectation, and for each document that supports nothing.
    Evidence,
    /// The findings.
    Findings,
    /// Expectations without evidence.
    Missing,
    /// The actions that documents hold, by owner.
    Actions,
    /// Documents that were not read, and files that were skipped.
    NotRead,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(usize),
    Day(Day),
    /// A document of the folder, by its path.
    Document(String),
}

impl Cell {
    pub(super) fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
    }

    pub(super) fn some(text: Option<&str>) -> Cell {
        text.map_or(Cell::Empty, Cell::text)
    }

    pub(super) fn day(day: Option<Day>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }
}

/// A table with a heading for every column and its width in characters.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) columns: &'static [(&'static str, u16)],
    pub(super) rows: Vec<Vec<Cell>>,
}

/// Makes a table.
pub(super) fn table(report: &Report, of: TableOf) -> Table {
    match of {
        TableOf::Evidence => evidence(report),
        TableOf::Findings => findings(report),
        TableOf::Missing => missing(report),
        TableOf::Actions => actions(report),
        TableOf::NotRead => not_read(report),
    }
}

fn findings(report: &Report) -> Table {
    let row = |finding: &FindingRow| {
        let (place, quote) = place_and_quote(finding.location.as_ref());
        vec![
            Cell::text(finding.severity.name()),
            Cell::text(finding.check),
            finding.path.clone().map_or(Cell::Empty, Cell::Document),
            place,
            Cell::text(&finding.message),
            Cell::text(&finding.help),
            Cell::text(&finding.expectations.join(", ")),
            quote,
            Cell::some(finding.rule.as_ref().map(|rule| format!("{}:{}", rule.file, rule.line)).as_deref()),
            Cell::text(&finding.fingerprint),
            Cell::text(finding.standing),
            Cell::some(finding.accepted().as_deref()),
        ]
    };
    Table {
        title: "Findings",
        columns: &[
            ("Severity", 10),
            ("Check", 18),
            ("Document", 56),
            ("Where", 20),
            ("What is wrong", 50),
            ("What would put it right", 60),
            ("Asked for by", 30),
            ("Words", 50),
            ("Rule", 36),
            ("Fingerprint", 18),
            ("Standing", 10),
            ("Why it is not counted", 50),
        ],
        rows: report.findings.iter().map(row).collect(),
    }
}

fn place_and_quote(location: Option<&Location>) -> (Cell, Cell) {
    location.map_or((Cell::Empty, Cell::Empty), |location| {
        (Cell::text(&location.place.to_string()), Cell::text(&location.quote))
    })
}

fn evidence(report: &Report) -> Table {
    let mut rows = Vec::new();
    for line in &report.lines {
        for expectation in &line.expectations {
            rows.extend(expectation.evidence.iter().map(|one| support(report, line, expectation, one)));
        }
    }
    let nothing = report.documents.iter().filter(|document| document.supports.is_empty());
    rows.extend(nothing.map(|document| {
        let state = if document.read { "supports nothing that is asked for" } else { "not read" };
        let mut row = vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::text(state)];
        row.push(Cell::Document(document.path.clone()));
        row.extend(facts(document));
        row.extend([Cell::Empty, Cell::some(document.unread.as_deref()), Cell::Empty, Cell::Empty]);
        row
    }));
    Table {
        title: "Evidence index",
        columns: &[
            ("Framework", 20),
            ("Line", 8),
            ("Asked for", 34),
            ("Required", 10),
            ("Grade", 10),
            ("Document", 56),
            ("Title", 40),
            ("Kind", 16),
            ("Date", 12),
            ("Status", 12),
            ("Version", 10),
            ("Owner", 24),
            ("Approved by", 24),
            ("Review due", 12),
            ("Words", 8),
            ("Category", 20),
            ("Why", 60),
            ("Where", 20),
            ("Words that show it", 50),
        ],
        rows,
    }
}

fn support(report: &Report, line: &LineRow, expectation: &ExpectationRow, evidence: &EvidenceRow) -> Vec<Cell> {
    let document = report.documents.iter().find(|document| document.path == evidence.path);
    let (place, quote) = place_and_quote(evidence.locations.first());
    let mut row = vec![
        Cell::text(&line.framework),
        Cell::text(&line.id),
        Cell::text(&expectation.title),
        Cell::text(if expectation.required { "yes" } else { "no" }),
        Cell::text(evidence.grade.name()),
        Cell::Document(evidence.path.clone()),
    ];
    row.extend(document.map_or_else(|| vec![Cell::Empty; 9], facts));
    row.extend([Cell::text(evidence.category.name()), Cell::text(&evidence.because.join("; ")), place, quote]);
    row
}

/// What a document says of itself.
fn facts(document: &DocumentRow) -> Vec<Cell> {
    vec![
        Cell::some(document.title.as_deref()),
        if document.read { Cell::text(&document.kind) } else { Cell::Empty },
        Cell::day(document.date),
        Cell::some(document.status.as_deref()),
        Cell::some(document.version.as_deref()),
        Cell::some(document.owner.as_deref()),
        Cell::some(document.approved_by.as_deref()),
        Cell::day(document.review_due),
        if document.read { Cell::Number(document.words) } else { Cell::Empty },
    ]
}

fn missing(report: &Report) -> Table {
    let mut rows = Vec::new();
    for line in &report.lines {
        for one in line.expectations.iter().filter(|one| one.evidence.is_empty()) {
            let finding = report.findings.iter().find(|finding| {
                finding.check == crate::finding::Check::Missing.name() && finding.expectations.contains(&one.id)
            });
            rows.push(vec![
                Cell::text(&line.framework),
                Cell::text(&line.id),
                Cell::text(&line.title),
                Cell::text(&one.title),
                Cell::text(if one.required { "yes" } else { "no" }),
                match finding {
                    Some(finding) => Cell::text(&finding.help),
                    None => Cell::text(&format!("`kloe explain {}` says what would be strong evidence", one.id)),
                },
                Cell::text(&one.id),
            ]);
        }
    }
    // What any reviewer asks for first stands first.
    rows.sort_by_key(|row| row[4] != Cell::text("yes"));
    Table {
        title: "Missing",
        columns: &[
            ("Framework", 20),
            ("Line", 8),
            ("Title of the line", 34),
            ("Missing", 40),
            ("Required", 10),
            ("Why, and what would be strong", 80),
            ("Name", 36),
        ],
        rows,
    }
}

fn actions(report: &Report) -> Table {
    let mut all: Vec<_> = report.actions.iter().collect();
    let key = |owner: &Option<String>| (owner.is_none(), owner.as_deref().unwrap_or("").to_lowercase());
    all.sort_by_cached_key(|one| {
        (one.status == Progress::Closed, key(&one.owner), one.due.is_none(), one.due, one.path.clone())
    });
    let rows = all.into_iter().map(|one| {
        let (place, _) = place_and_quote(Some(&one.location));
        let state = if one.overdue { "overdue" } else { one.status.name() };
        vec![
            Cell::text(one.owner.as_deref().unwrap_or("nobody named")),
            Cell::text(&one.text),
            Cell::day(one.due),
            Cell::text(state),
            Cell::Document(one.path.clone()),
            place,
        ]
    });
    Table {
        title: "Action plan",
        columns: &[("Owner", 28), ("Action", 70), ("Due", 12), ("State", 12), ("Document", 56), ("Where", 20)],
        rows: rows.collect(),
    }
}

fn not_read(report: &Report) -> Table {
    let documents = report.documents.iter().filter(|document| !document.read).map(|document| {
        let reason = document.unread.as_deref().unwrap_or("it was not read");
        vec![Cell::Document(document.path.clone()), Cell::text("not read"), Cell::text(reason)]
    });
    let skipped = report
        .skipped
        .iter()
        .map(|one| vec![Cell::Document(one.path.clone()), Cell::text("skipped"), Cell::text(&one.reason)]);
    Table {
        title: "Not read",
        columns: &[("File", 50), ("State", 12), ("Why", 80)],
        rows: documents.chain(skipped).collect(),
    }
}
