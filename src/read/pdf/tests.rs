//! Whole PDFs, made here: what is drawn, and what comes out.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::read::Limits;
use crate::text::{Place, Role};

/// A PDF of pages with these content streams; `/F1` is Helvetica, `/F2` its bold.
fn pdf(pages: &[&str]) -> Vec<u8> {
    pdf_with(pages, "", &[])
}

/// The same with entries of the trailer and further objects, which are numbered from 100; number 110 lists
/// annotations, number 120 makes it a portfolio.
fn pdf_with(pages: &[&str], trailer: &str, more: &[&str]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 10 + page * 2)).collect();
    let mut objects = vec![
        (1, format!("<< /Type /Catalog /Pages 2 0 R {} >>", if more.len() > 20 { "/Collection 120 0 R" } else { "" })),
        (2, format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len())),
        (3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_string()),
        (4, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_string()),
        (5, "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream".to_string()),
    ];
    for (page, content) in pages.iter().enumerate() {
        let number = 10 + page * 2;
        let resources = "<< /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I 5 0 R /X 100 0 R >> >>";
        objects.push((
            number,
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Annots 110 0 R /Contents {} 0 R >>",
                number + 1
            ),
        ));
        objects.push((number + 1, format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())));
    }
    objects.extend(more.iter().enumerate().map(|(at, object)| (100 + at, (*object).to_string())));
    let mut out = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (number, object) in &objects {
        offsets.push((*number, out.len()));
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = out.len();
    out.push_str("xref\n");
    for (number, offset) in &offsets {
        let _ = write!(out, "{number} 1\n{offset:010} 00000 n \n");
    }
    let _ = write!(out, "trailer\n<< /Root 1 0 R /Size 200 {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    out.into_bytes()
}

/// Words at a place, y from the bottom as PDF counts.
fn show(font: &str, size: u32, x: u32, y: u32, words: &str) -> String {
    format!("BT /{font} {size} Tf {x} {y} Td ({words}) Tj ET\n")
}

fn blocks(bytes: &[u8]) -> Vec<(u32, Role, String)> {
    let text = read(bytes, &Limits::default()).unwrap();
    let block =
        |block: &crate::text::Block| (block.place.page.unwrap_or(0), block.role, text.block_text(block).to_string());
    text.blocks().iter().map(block).collect()
}

fn roles(bytes: &[u8]) -> Vec<(Role, String)> {
    blocks(bytes).into_iter().map(|(_, role, words)| (role, words)).collect()
}

fn cell(table: u32, row: u32, column: u32, words: &str) -> (Role, String) {
    (Role::Cell { table, row, column }, words.to_string())
}

#[test]
fn glyphs_beyond_any_page_do_no_harm() {
    let far = "1".to_string() + &"0".repeat(30);
    let words = format!(
        "BT /F1 11 Tf 1 0 0 1 {far} -{far} Tm (far) Tj ET BT /F1 11 Tf {far} 0 0 1 60 60 Tm (wide) Tj ET \
         BT /F1 {far} Tf (huge) Tj ET BT /F1 11 Tf 60 700 Td (Near) Tj ET"
    );
    let text = read(&pdf(&[&words]), &Limits::default()).unwrap();
    assert!(text.content().contains("Near"), "{}", text.content());
}

#[test]
fn headings_by_size_and_weight_and_paragraphs_over_lines() {
    let page = show("F2", 20, 50, 780, "Falls prevention policy")
        + &show("F2", 11, 50, 740, "Purpose")
        + &show(
            "F1",
            11,
            50,
            720,
            "This policy says how falls are kept from happening on wards, and who has to see to",
        )
        + &show("F1", 11, 50, 707, "it that they are.")
        + &show("F1", 11, 50, 680, "Owner: Chief Nurse")
        + &show("F1", 11, 50, 667, "Version: 2.1");
    assert_eq!(
        roles(&pdf(&[&page])),
        [
            (Role::Heading(1), "Falls prevention policy".to_string()),
            (Role::Heading(2), "Purpose".to_string()),
            (
                Role::Paragraph,
                "This policy says how falls are kept from happening on wards, and who has to see to it that they are."
                    .to_string()
            ),
            (Role::Paragraph, "Owner: Chief Nurse".to_string()),
            (Role::Paragraph, "Version: 2.1".to_string()),
        ]
    );
}

#[test]
fn centred_lines_of_a_cover_stay_apart() {
    // Helvetica 12: about 143 and 213 points wide on a page of 595.
    let page = show("F1", 12, 226, 700, "Harbour Services NHS Trust")
        + &show("F1", 12, 190, 685, "Approved by the Trust Board in May 2025")
        + &show("F1", 12, 50, 600, "The body begins at the margin of the page and goes on for most of the line here.");
    let found = roles(&pdf(&[&page]));
    assert_eq!(found[0].1, "Harbour Services NHS Trust");
    assert_eq!(found[1].1, "Approved by the Trust Board in May 2025");
}

#[test]
fn a_ruled_table_comes_out_row_by_row() {
    let mut page = String::new();
    for y in [700, 680, 640, 620] {
        let _ = writeln!(page, "50 {y} m 400 {y} l S");
    }
    for x in [50, 200, 300, 400] {
        let _ = writeln!(page, "{x} 620 m {x} 700 l S");
    }
    let words = [
        (55, 686, "Action"),
        (205, 686, "Owner"),
        (305, 686, "Due"),
        (55, 666, "Write the plan and show it"),
        (55, 654, "to all ward managers"),
        (205, 666, "Matron"),
        (305, 666, "1 May 2026"),
        (55, 626, "Train"),
        (305, 626, "TBC"),
    ];
    page.extend(words.iter().map(|(x, y, words)| show("F1", 11, *x, *y, words)));
    assert_eq!(
        roles(&pdf(&[&page])),
        [
            cell(0, 0, 0, "Action"),
            cell(0, 0, 1, "Owner"),
            cell(0, 0, 2, "Due"),
            cell(0, 1, 0, "Write the plan and show it to all ward managers"),
            cell(0, 1, 1, "Matron"),
            cell(0, 1, 2, "1 May 2026"),
            cell(0, 2, 0, "Train"),
            cell(0, 2, 2, "TBC"),
        ]
    );
}

#[test]
fn lines_between_rows_only_make_a_table_with_all_its_rows() {
    let mut page = String::new();
    for y in [700, 680, 640, 620] {
        // Each cell draws its part of the line.
        let _ = writeln!(page, "50 {y} m 149 {y} l S 150 {y} m 400 {y} l S");
    }
    let words = [
        (55, 686, "Version"),
        (155, 686, "Changes"),
        (55, 658, "V0.6"),
        (155, 668, "One change that was made"),
        (155, 650, "Another one"),
        (55, 626, "V0.7"),
        (155, 626, "None"),
    ];
    page.extend(words.iter().map(|(x, y, words)| show("F1", 11, *x, *y, words)));
    let found = roles(&pdf(&[&page]));
    assert_eq!(
        found[2..],
        [
            cell(0, 1, 0, "V0.6"),
            cell(0, 1, 1, "One change that was made\nAnother one"),
            cell(0, 2, 0, "V0.7"),
            cell(0, 2, 1, "None"),
        ]
    );
}

#[test]
fn a_table_over_two_pages_is_one_and_its_header_row_counts_once() {
    let rows = |first: &str, top: u32| {
        let mut page = String::new();
        for y in [top, top - 20, top - 40] {
            let _ = writeln!(page, "50 {y} 300 0.5 re f");
        }
        for x in [50, 150, 350] {
            let _ = writeln!(page, "{x} {} 0.5 40 re f", top - 40);
        }
        for (x, y, words) in [(55, 14, "Action"), (155, 14, "Owner"), (55, 34, first), (155, 34, "Matron")] {
            page.push_str(&show("F1", 11, x, top - y, words));
        }
        page
    };
    let bytes = pdf(&[&rows("Train", 600), &rows("Audit", 700)]);
    assert_eq!(blocks(&bytes).iter().map(|(page, ..)| *page).collect::<Vec<_>>(), [1, 1, 1, 1, 2, 2]);
    let found = roles(&bytes);
    let expected = [
        cell(0, 0, 0, "Action"),
        cell(0, 0, 1, "Owner"),
        cell(0, 1, 0, "Train"),
        cell(0, 1, 1, "Matron"),
        cell(0, 2, 0, "Audit"),
        cell(0, 2, 1, "Matron"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn columns_without_lines_are_a_table_too() {
    let words = [(700, "Document owner", "Chief Nurse"), (685, "Version", "2.1"), (670, "Review date", "May 2027")];
    let page: String = words.iter().map(|(y, a, b)| show("F1", 11, 50, *y, a) + &show("F1", 11, 200, *y, b)).collect();
    let found = roles(&pdf(&[&page]));
    assert_eq!(found[0..2], [cell(0, 0, 0, "Document owner"), cell(0, 0, 1, "Chief Nurse")]);
    assert_eq!(found[5], cell(0, 2, 1, "May 2027"));
}

#[test]
fn headers_and_footers_come_once_and_a_watermark_is_kept() {
    let page = |number: u32| {
        show("F1", 9, 50, 815, "Harbour Trust")
            + &show("F1", 11, 50, 500, &format!("Body of page {number}."))
            + &show("F1", 9, 50, 20, "Version 2.1")
            + &show("F1", 9, 500, 20, &format!("Page {number} of 3"))
            + "BT /F2 60 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET\n"
    };
    let pages: Vec<String> = (1..=3).map(page).collect();
    let found = blocks(&pdf(&pages.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!(
        found,
        [
            (1, Role::Header, "Harbour Trust".to_string()),
            (1, Role::Header, "DRAFT".to_string()),
            (1, Role::Paragraph, "Body of page 1.".to_string()),
            (1, Role::Footer, "Version 2.1".to_string()),
            (2, Role::Paragraph, "Body of page 2.".to_string()),
            (3, Role::Paragraph, "Body of page 3.".to_string()),
        ]
    );
}

#[test]
fn letters_drawn_twice_count_once_and_raised_ones_stay_in_line() {
    let twice = "BT /F1 11 Tf 2 Tr 50 700 Td (Approved) Tj ET\nBT /F1 11 Tf 0 Tr 50.3 700 Td (Approved) Tj ET\n";
    let raised = "BT /F1 11 Tf 50 600 Td (on 22) Tj 4 Ts /F1 7 Tf (nd) Tj 0 Ts /F1 11 Tf ( May) Tj ET\n";
    let found = roles(&pdf(&[&(twice.to_string() + raised)]));
    let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, ["Approved", "on 22nd May"]);
}

#[test]
fn spaced_letters_are_words_again() {
    let page =
        "BT /F1 20 Tf 5 Tc 50 700 Td (ANNUAL) Tj ( REPORT) Tj ET\nBT /F1 11 Tf 0 Tc 50 600 Td (grade 5 or 6 a b) Tj ET";
    let found = roles(&pdf(&[page]));
    let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, ["ANNUAL REPORT", "grade 5 or 6 a b"]);
}

#[test]
fn actual_text_stands_for_what_is_drawn() {
    let page = "BT /F1 11 Tf 50 700 Td /Span << /ActualText (office) >> BDC (o) Tj (xx) Tj EMC ( hours) Tj ET";
    assert_eq!(roles(&pdf(&[page]))[0].1, "office hours");
}

#[test]
fn a_scan_has_no_text_and_a_scanned_page_is_named() {
    let scan = "q 500 0 0 700 50 50 cm /I Do Q";
    assert_eq!(read(&pdf(&[scan, scan]), &Limits::default()), Err(Unread::NoText(Some(2))));
    let text = read(&pdf(&[&show("F1", 11, 50, 700, "Words"), scan]), &Limits::default()).unwrap();
    assert_eq!(text.pages_without_text, [2]);
    assert_eq!(text.pages, Some(2));
}

#[test]
fn letters_without_a_meaning_are_no_text() {
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F3 101 0 R >> >> /Length 59 >>\nstream\nBT /F3 11 Tf 50 700 Td <00010002000300040005000600070008> Tj ET\nendstream";
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [102 0 R] >>";
    let descendant = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>";
    let form = form.replace(
        "/Length 59",
        &format!("/Length {}", "BT /F3 11 Tf 50 700 Td <00010002000300040005000600070008> Tj ET".len()),
    );
    let objects = [form.as_str(), font, descendant];
    let all = read(&pdf_with(&["/X Do"], "", &objects), &Limits::default());
    assert!(matches!(all, Err(Unread::Unreadable(_))), "{all:?}");
    let words = show("F1", 11, 50, 700, "Words");
    let some = read(&pdf_with(&["/X Do", &words], "", &objects), &Limits::default()).unwrap();
    assert_eq!(some.cut, ["letters without a meaning on page 1"]);
}

#[test]
fn the_line_under_a_page_header_is_no_part_of_a_table() {
    let mut page = String::from("50 790 m 400 790 l S\n");
    page += &show("F2", 11, 50, 760, "A heading that is longer than the first column");
    for y in [740, 720, 700, 680] {
        let _ = writeln!(page, "50 {y} m 400 {y} l S");
    }
    for (y, label, value) in [(726, "Owner", "Matron"), (706, "Version", "2.1"), (686, "Status", "Final")] {
        page += &(show("F1", 11, 55, y, label) + &show("F1", 11, 155, y, value));
    }
    let found = roles(&pdf(&[&page]));
    assert_eq!(found[1..3], [cell(0, 0, 0, "Owner"), cell(0, 0, 1, "Matron")]);
}

#[test]
fn values_of_form_fields_count_drawn_or_not() {
    let field = |rest: &str| format!("<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [150 695 300 712] {rest} >>");
    let fields = [field("/V (Chief Nurse)"), field("/V (hidden) /F 2")];
    let annotations = format!("[{}]", fields.join(" "));
    let mut more = vec!["null"; 10];
    more.push(&annotations);
    let page = show("F1", 11, 50, 700, "Owner:");
    let found = roles(&pdf_with(&[&page], "", &more));
    assert_eq!(found, [(Role::Paragraph, "Owner: Chief Nurse".to_string())]);
}

#[test]
fn a_form_that_only_one_program_shows_is_named() {
    let page = show("F1", 11, 20, 700, PLACEHOLDER);
    assert!(matches!(read(&pdf(&[&page]), &Limits::default()), Err(Unread::Unsupported(_))));
}

#[test]
fn a_portfolio_is_named() {
    let page = show("F1", 11, 50, 700, "Open this with a newer program");
    let mut more = vec!["null"; 20];
    more.push("<< /Type /Collection >>");
    assert!(matches!(read(&pdf_with(&[&page], "", &more), &Limits::default()), Err(Unread::Unsupported(_))));
}

#[test]
fn a_header_row_without_upright_lines_belongs_to_its_table() {
    let mut page = String::from("50 720 m 149 720 l S 150 720 m 300 720 l S\n");
    for y in [700, 680, 660] {
        let _ = writeln!(page, "50 {y} m 300 {y} l S");
    }
    let _ = writeln!(page, "50 700 m 50 660 l S 150 700 m 150 660 l S 300 700 m 300 660 l S");
    for (y, a, b) in [(706, "Version", "Date"), (686, "V1", "1 May 2025"), (666, "V2", "2 May 2026")] {
        page += &(show("F1", 11, 55, y, a) + &show("F1", 11, 155, y, b));
    }
    let found = roles(&pdf(&[&page]));
    assert_eq!(found[0..3], [cell(0, 0, 0, "Version"), cell(0, 0, 1, "Date"), cell(0, 1, 0, "V1")]);
}

#[test]
fn metadata_is_decoded() {
    let info =
        "<< /Title <FEFF0042006F00610072006400202013> /Author (J\\366rg) /CreationDate (D:20260503101500+01'00') >>";
    let bytes = pdf_with(&[&show("F1", 11, 50, 700, "Words")], "/Info 100 0 R", &[info]);
    let text = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(text.metadata.title.as_deref(), Some("Board –"));
    assert_eq!(text.metadata.author.as_deref(), Some("Jörg"));
    assert_eq!(text.metadata.created.as_deref(), Some("2026-05-03T10:15:00+01:00"));
}

#[test]
fn limits_cut_pages_and_letters_and_say_so() {
    let page = show("F1", 11, 50, 700, "Words of a page");
    let limits = Limits { pages: 1, page_glyphs: 5, ..Limits::default() };
    let text = read(&pdf(&[&page, &page]), &limits).unwrap();
    assert_eq!(text.content(), "Words\n");
    assert_eq!(
        text.cut,
        [
            "page 1 after the first 5 letters (limits.page-glyphs in kloe.toml raises it)",
            "pages after the first 1 (limits.pages in kloe.toml raises it)"
        ]
    );
}

#[test]
fn a_form_that_draws_itself_ends() {
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 100 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream";
    let bytes = pdf_with(&[&(show("F1", 11, 50, 700, "Words") + "/X Do")], "", &[form]);
    assert_eq!(read(&bytes, &Limits::default()).unwrap().content(), "Words\n");
}

#[test]
fn damaged_files_are_unreadable() {
    assert!(matches!(read(b"%PDF-1.7\nnothing", &Limits::default()), Err(Unread::Unreadable(_))));
    assert_eq!(read(b"%PDF-1.7\n/Encrypt nothing", &Limits::default()), Err(Unread::Encrypted));
}

#[test]
fn a_page_whose_text_runs_upwards_is_turned() {
    let line = |x: u32, words: &str| format!("BT /F1 11 Tf 0 1 -1 0 {x} 50 Tm ({words}) Tj ET\n");
    let table = "100 40 m 100 300 l S 120 40 m 120 300 l S 140 40 m 140 300 l S 100 40 m 140 40 l S 100 150 m 140 150 l S 100 300 m 140 300 l S\n";
    let cells = "BT /F1 11 Tf 0 1 -1 0 114 160 Tm (Matron) Tj ET\nBT /F1 11 Tf 0 1 -1 0 134 160 Tm (2.1) Tj ET\n";
    let page = line(80, "Control sheet") + table + &line(114, "Owner") + &line(134, "Version") + cells;
    assert_eq!(
        roles(&pdf(&[&page])),
        [
            (Role::Paragraph, "Control sheet".to_string()),
            cell(0, 0, 0, "Owner"),
            cell(0, 0, 1, "Matron"),
            cell(0, 1, 0, "Version"),
            cell(0, 1, 1, "2.1"),
        ]
    );
}

#[test]
fn words_know_their_page() {
    let page = show("F1", 11, 50, 700, "Words");
    let text = read(&pdf(&["", &page]), &Limits::default()).unwrap();
    assert_eq!(text.blocks()[0].place, Place::at_page(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_content_stops_the_reader(parts in prop::collection::vec(prop::sample::select(vec![
        "BT /F1 11 Tf", "ET", "(words (of) a line) Tj", "10 -12 Td", "-90 4 Td", "1 0 0 1 50 700 Tm", "0 1 -1 0 50 700 Tm",
        "50 700 m 90 700 l S", "50 600 m 50 700 l S", "90 600 m 90 700 l S", "50 640 200 0.5 re f", "50 650 200 20 re f", "/I Do",
        "/Artifact << /Subtype /Header >> BDC", "/H1 BMC", "EMC", "q", "Q", "1e9 0 0 1 0 0 cm", "0 0 0 0 0 0 cm", "3 Tr", "[(a) -900 (b)] TJ",
        "(\\225) Tj", "(1.) Tj", "/Span << /ActualText (x) >> BDC",
    ]), 0..40)) {
        if let Ok(text) = read(&pdf(&[&parts.join("\n")]), &Limits::default()) {
            for block in text.blocks() {
                prop_assert!(text.content().get(block.span.range()).is_some());
            }
        }
    }
}
