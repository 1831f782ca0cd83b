//! The index of an evidence bundle as a workbook: what supports what, what is not on file, what was accepted.

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use super::count;
use super::standpoint::{Paths, Standpoint};
use super::tables::{Cell, Table};
use super::xlsx::{Formats, Sheet, date};
use crate::pack::{Packed, Plan, Waived};
use crate::report::{EvidenceRow, ExpectationRow, LineRow, Location};

/// What a bundle shows, and what it does not.
pub(super) const LIMITS: &str = "This index says which documents kloe takes for evidence of what, and why. It is no rating, \
                                 and what people and staff experience is not in a folder.";
/// How somebody else can tell that a bundle is whole.
pub(super) const HOW_TO_VERIFY: &str = "manifest.json holds the SHA-256 sum of every file; `kloe pack --verify` on this folder \
                                        says what is missing, changed or was added.";

/// The bytes of `index.xlsx`.
///
/// # Errors
///
/// When the workbook cannot be put together, which the limits rule out.
pub fn bundle_workbook(plan: &Plan) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same plan gives the same bytes: no clock.
    let properties = DocProperties::new().set_title("Evidence bundle").set_creation_datetime(&date(plan.as_of)?);
    workbook.set_properties(&properties);
    let formats = Formats::new();
    // Links lead from the workbook, which lies at the top of the bundle.
    let standpoint = Standpoint { repository: String::new(), output: Some(String::new()) };
    let documents: HashSet<&str> = plan.documents.iter().map(|packed| packed.path.as_str()).collect();
    let paths = Paths::of(documents, &standpoint);
    for table in [evidence(plan), missing(plan), accepted(plan), about(plan)] {
        let sheet = workbook.add_worksheet();
        Sheet { sheet, formats: &formats, paths: &paths, links: 0, nothing: None }.table(&table)?;
    }
    workbook.save_to_buffer()
}

/// A document's path in the bundle, with what it is in its archive or mail.
pub(super) fn shown(packed: &Packed, source: &str) -> String {
    let inside = source.strip_prefix(packed.about.source.as_str()).unwrap_or("");
    format!("{}{inside}", packed.path)
}

/// Places, one on a line.
fn places(locations: &[Location]) -> String {
    locations.iter().map(|one| one.place.to_string()).collect::<Vec<_>>().join("\n")
}

/// The words, each after its place.
fn words(locations: &[Location]) -> String {
    let one = |location: &Location| {
        let place = location.place.to_string();
        let quote = location.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        if place.is_empty() { format!("“{quote}”") } else { format!("{place}: “{quote}”") }
    };
    locations.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn evidence(plan: &Plan) -> Table {
    let mut rows = Vec::new();
    for line in &plan.lines {
        for expectation in &line.expectations {
            for one in &expectation.evidence {
                rows.extend(plan.homes(&one.path).map(|home| support(plan, line, expectation, one, home)));
            }
        }
    }
    Table {
        title: "Evidence index",
        // The first eight are those of the report's own index, by which kloe knows a table that it wrote.
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
            ("Category", 20),
            ("Why", 60),
            ("Where", 20),
            ("Words that show it", 60),
        ],
        rows,
    }
}

fn support(plan: &Plan, line: &LineRow, asked: &ExpectationRow, one: &EvidenceRow, home: &Packed) -> Vec<Cell> {
    let row = plan.row(&one.path);
    vec![
        Cell::text(&line.framework),
        Cell::text(&line.id),
        Cell::text(&asked.title),
        Cell::text(if asked.required { "yes" } else { "no" }),
        Cell::text(one.grade.name()),
        Cell::Document(shown(home, &one.path)),
        Cell::some(row.and_then(|row| row.title.as_deref())),
        Cell::some(row.map(|row| row.kind.as_str())),
        Cell::day(row.and_then(|row| row.date)),
        Cell::text(one.category.name()),
        Cell::text(&one.because.join("; ")),
        Cell::text(&places(&one.locations)),
        Cell::text(&words(&one.locations)),
    ]
}

fn missing(plan: &Plan) -> Table {
    let mut rows = Vec::new();
    for line in &plan.lines {
        for one in line.expectations.iter().filter(|one| one.evidence.is_empty()) {
            rows.push(vec![
                Cell::text(&line.framework),
                Cell::text(&line.id),
                Cell::text(&line.title),
                Cell::text(&one.title),
                Cell::text(if one.required { "yes" } else { "no" }),
            ]);
        }
    }
    // What any reviewer asks for first stands first.
    rows.sort_by_key(|row| row.last() != Some(&Cell::text("yes")));
    Table {
        title: "Not on file",
        columns: &[("Framework", 20), ("Line", 8), ("Title of the line", 50), ("Not on file", 50), ("Required", 10)],
        rows,
    }
}

fn accepted(plan: &Plan) -> Table {
    let row = |one: &Waived| {
        vec![
            Cell::text(&one.check),
            Cell::some(one.document.as_deref()),
            Cell::text(&one.message),
            Cell::text(&one.expectations.join(", ")),
            Cell::text(&one.accepted_by),
            Cell::Day(one.until),
            Cell::text(&one.reason),
            Cell::some(one.reference.as_deref()),
        ]
    };
    Table {
        title: "Accepted",
        columns: &[
            ("Check", 18),
            ("Document in the folder", 50),
            ("What is wrong", 50),
            ("Asked for by", 30),
            ("Accepted by", 28),
            ("Until", 12),
            ("Reason", 50),
            ("Reference", 24),
        ],
        rows: plan.waivers.iter().map(row).collect(),
    }
}

fn about(plan: &Plan) -> Table {
    let mut rows = vec![
        vec![Cell::text("Folder"), Cell::text(&plan.folder)],
        vec![Cell::text("Judged as of"), Cell::Day(plan.as_of)],
        vec![Cell::text("Documents"), Cell::Number(plan.documents.len())],
        vec![Cell::text("Made by"), Cell::text(&format!("kloe {}", plan.version))],
        vec![Cell::text("Limits"), Cell::text(LIMITS)],
        vec![Cell::text("Whole"), Cell::text(HOW_TO_VERIFY)],
    ];
    rows.extend(personal(plan).map(|text| vec![Cell::text("Attention"), Cell::text(&text)]));
    Table { title: "About", columns: &[("About this bundle", 24), ("", 90)], rows }
}

/// That documents with personal data were packed on purpose, if that is so.
pub(super) fn personal(plan: &Plan) -> Option<String> {
    let number = plan.personal.len();
    (number > 0).then(|| {
        let documents = count(number, "document");
        format!("{documents} with data that may identify patients were packed on purpose: {}", plan.personal.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader as _, Xlsx};

    use super::super::bundle_page::bundle_page;
    use super::super::sample::{HOSTILE, full};
    use super::*;
    use crate::pack::{Wish, plan};
    use crate::walk::Found;

    /// A plan whose evidence is the file with the name that tries everything.
    fn hostile() -> Plan {
        let mut report = full();
        let evidence = report.lines[0].expectations[0].evidence.first_mut().unwrap();
        evidence.path = HOSTILE.to_string();
        evidence.because = vec![HOSTILE.to_string()];
        evidence.locations[0].quote = HOSTILE.to_string();
        let found = Found { path: HOSTILE.to_string(), file: "x".into() };
        plan(&report, &[found], &Wish { folder: HOSTILE.to_string(), ..Wish::default() }).unwrap()
    }

    #[test]
    fn nothing_of_a_document_is_markup_in_the_page() {
        let page = bundle_page(&hostile());
        for wrong in ["<b>", "</script>", "\u{1b}", "\u{202e}", "<script"] {
            assert!(!page.contains(wrong), "{wrong:?}");
        }
        assert!(page.contains("href=\"documents/%3Dcmd_%27%20_C/") || page.contains("href=\"documents/%3Dcmd_%27%20_"));
        assert!(page.contains("Required and not on file: risk register."), "{page}");
        let open = page.matches("<li>").count();
        assert!(open > 0 && open == page.matches("</li>").count());
    }

    #[test]
    fn the_workbook_reads_back() {
        let bytes = bundle_workbook(&hostile()).unwrap();
        let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        assert_eq!(workbook.sheet_names(), ["Evidence index", "Not on file", "Accepted", "About"]);
        let evidence = workbook.worksheet_range("Evidence index").unwrap();
        assert_eq!(evidence.height(), 2);
        assert!(evidence.get_value((1, 5)).unwrap().to_string().starts_with("documents/=cmd_"), "{evidence:?}");
        let missing = workbook.worksheet_range("Not on file").unwrap();
        assert_eq!(missing.get_value((1, 3)).unwrap().to_string(), "risk register");
        assert_eq!(missing.height(), 3);
    }
}
