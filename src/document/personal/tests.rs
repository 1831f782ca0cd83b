//! Numbers that are found and masked, and numbers that are left alone.

use super::*;
use crate::text::Place;
use proptest::prelude::*;

const LABELS: &[&str] =
    &["NHS No", "NHS number:", "nhs no.", "NHS#", "(NHS number)", "NHS-no", "Patient's NHS number is", "CHI no"];
const SIGNS: &[&str] = &[" ", "-", "/", ".", "_", "\u{a0}", "\u{2009}", "\u{2013}", "\n", " - ", "|", "\u{200b} "];

fn paragraph(words: &str) -> Text {
    let mut builder = Text::builder();
    builder.push(Role::Paragraph, Place::at_paragraph(1), words);
    builder.finish()
}

fn table(rows: &[&[&str]]) -> Text {
    let mut builder = Text::builder();
    for (row, cells) in rows.iter().enumerate() {
        for (column, words) in cells.iter().enumerate() {
            let role = Role::Cell { table: 0, row: row as u32, column: column as u32 };
            builder.push(role, Place::at_cell("A", row as u32, column as u32), words);
        }
    }
    builder.finish()
}

/// No ten digits of the number are left, in any script and whatever parts them.
fn is_masked(shown: &str, number: &str) -> bool {
    let digits: String = shown.chars().filter_map(crate::text::digit).collect();
    !digits.contains(number)
}

#[test]
fn every_spelling_with_a_label_is_found_and_masked() {
    for words in [
        "NHS4586710004",
        "seen (NHS4586710004) today",
        "NHS: 4586710004",
        "NHS 458 671 0004",
        "NHS-4586710004",
        "NHS_4586710004",
        "NHSNo4586710004",
        "PatientNHSNumber: 4586710004",
        "nhs_number=4586710004;",
        "N.H.S. number 4586710004",
        "NHS № 4586710004",
        "NHS/No 4586710004",
        "NHS identifier: 4586710004",
        "NHS No 458/671/0004",
        "NHS No 458.671.0004",
        "NHS No 458_671_0004",
        "NHS No 458 / 671 / 0004",
        "NHS No 458 | 671 | 0004",
        "NHS No 458\u{b7}671\u{b7}0004",
        "NHS No (458) 671 0004",
        "NHS No 4586710004A",
        "NHS No A4586710004",
        "NHS No 4586710004Mr Smith",
        "NHS No ４５８６７１０００４",
        "NHS No ４５８\u{3000}６７１\u{3000}０００４",
        "NHS No \u{664}\u{665}\u{668}\u{666}\u{667}\u{661}\u{660}\u{660}\u{660}\u{664}",
        "NHS No 458\u{a0}671\u{a0}0004",
        "NHS No 458\u{2009}671\u{202f}0004",
        "NHS No 458\u{200b}671\u{2060}0004",
        "NHS No 45867\u{ad}10004",
        "NHS No 458\u{fe0f}6710004",
        "NHS No 458\u{2011}671\u{2011}0004",
        "NHS No 458 \u{2013} 671 \u{2013} 0004",
        "NHS No 458\n671\n0004",
        "NHS No 4,586,710,004",
        "NHS No 4586710004.0",
        "NHS numbers: 9434765919,4586710004",
        "CHI number 4586710004",
        "H&C number: 458 671 0004",
        "Health and Care Number 458 671 0004",
    ] {
        let mut text = paragraph(words);
        let found = mask(&mut text, "a.md");
        assert!(!found.is_empty(), "{words}");
        assert!(is_masked(text.content(), "4586710004"), "{}", text.content());
        assert!(found.iter().all(|one| is_masked(&one.excerpt.context, "4586710004")), "{words}");
        assert!(is_masked(&mask_line(words), "4586710004"), "{}", mask_line(words));
    }
}

#[test]
fn spellings_without_a_context_are_no_alarm() {
    for words in [
        "PO4586710004",
        "order 4586710004 was placed",
        "Order ORD4586710004 of the NHS",
        "trial id 458 671 0004",
        "ISRCTN 458 671 0004",
        "Trial 4586710004A",
        "458/671/0004",
        "458.671.0004",
        "call 458.671.0004",
        "phone: 458-671-0004",
        "ISBN-10 4586710004",
        "the NHS paid 4586710004 pounds",
        "NHS England reference 4586710004",
        "https://example.org/4586710004/x",
        "3009202612 and 2026092401",
        "NHS number 4586710005",
        "NHS numbers rose by 4,586 to 710,004",
        "A4586710004B",
        "+44 4586 710004",
    ] {
        let mut text = paragraph(words);
        assert!(mask(&mut text, "a.md").is_empty(), "{words}");
    }
}

#[test]
fn cells_and_lines_that_break_a_number_do_not_hide_it() {
    let tables: &[&[&[&str]]] = &[
        &[&["NHS No", "458 671", "0004"]],
        &[&["NHS No", "458", "671", "0004"]],
        &[&["NHS No", "4", "5", "8", "6", "7", "1", "0", "0", "0", "4"]],
        &[&["Name", "NHS No"], &["A B", "458 671"], &["", "0004"]],
        &[&["NHS No", "Name"], &["458 671", "A B"], &["0004", "C D"]],
        &[&["NHS", "Name"], &["4586710004", "A B"]],
        &[&["NHS No.\n(ten digits)", "Name"], &["458 671 0004", "A B"]],
        &[&["Name", "NHS No"], &["A B", "4586710004x"]],
        &[&["Name", "NHS No"], &["A B", "4586710004.0"]],
    ];
    for rows in tables {
        let mut text = table(rows);
        let found = mask(&mut text, "a.xlsx");
        assert_eq!(found.len(), 1, "{rows:?}");
        assert!(is_masked(text.content(), "4586710004"), "{}", text.content());
        assert!(!found[0].excerpt.context.contains("0004"), "{rows:?} {:?}", found[0].excerpt);
    }
    let mut builder = Text::builder();
    builder.push(Role::Paragraph, Place::at_page(1), "Her NHS number is 458 671");
    builder.push(Role::Paragraph, Place::at_page(1), "0004, and she fell");
    let mut text = builder.finish();
    assert_eq!(mask(&mut text, "a.pdf").len(), 1);
    assert!(is_masked(text.content(), "4586710004"), "{}", text.content());
}

#[test]
fn a_first_zero_that_a_spreadsheet_lost_is_known() {
    // Of the Scottish range.
    let whole = number("010100001");
    let cell = whole.trim_start_matches('0');
    let mut text = table(&[&["Name", "NHS No"], &["A B", cell], &["C D", "123456"]]);
    assert_eq!(mask(&mut text, "a.xlsx").len(), 1);
    assert!(!text.content().contains(cell) && text.content().contains("123456"), "{}", text.content());
    let mut text = table(&[&["Name", "Count"], &["A B", cell]]);
    assert!(mask(&mut text, "a.xlsx").is_empty());
}

#[test]
fn figures_in_a_table_are_no_number() {
    let rows: &[&[&str]] = &[
        &["NHS providers", "Staff", "Beds"],
        &["458", "671", "0004"],
        &["401", "023", "2137"],
        &["45867", "10004", "1"],
    ];
    assert!(mask(&mut table(rows), "a.xlsx").is_empty());
}

#[test]
fn a_number_in_the_name_is_found_and_known_in_the_text() {
    for (path, counts) in [
        ("Stories/4586710004 letter.docx", true),
        ("NHS4586710004/letter.docx", true),
        ("458-671-0004.pdf", true),
        ("re_458_671_0004_final.pdf", true),
        ("458.671.0004.pdf", true),
        ("a.zip!458 671 0004.docx", true),
        ("NHS No A4586710004.docx", true),
        ("４５８６７１０００４.md", true),
        ("order 4586710004.pdf", false),
        ("4586710004 purchase order.pdf", false),
        ("PO4586710004.pdf", false),
        ("Invoice_4586710004.pdf", false),
        ("IMG4586710004.jpg", false),
        ("Minutes 3009202612.docx", false),
        ("2026092401 minutes.docx", false),
        ("1700000004.eml", false),
    ] {
        let found = in_name(path);
        assert_eq!(!found.is_empty(), counts, "{path}");
        assert!(found.iter().all(|one| is_masked(&one.excerpt.context, "4586710004")), "{found:?}");
        assert!(is_masked(&mask_line(path), "4586710004"), "{}", mask_line(path));
    }
    let mut text = paragraph("4586710004 was seen");
    assert!(mask(&mut text, "Board/NHS 4586710004.docx").len() == 1 && is_masked(text.content(), "4586710004"));
    assert_eq!(in_name("999 000 0018.md")[0].kind, PersonalKind::TestNhsNumber);
}

#[test]
fn a_number_in_the_properties_is_found_once() {
    let mut text = paragraph("Of 4586710004");
    text.metadata.title = Some("NHS No 458/671/0004".to_string());
    text.metadata.properties.push(("subject".to_string(), "Fall, 458 671 0004".to_string()));
    let found = mask(&mut text, "a.eml");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(is_masked(&format!("{text:?}{found:?}"), "4586710004"), "{text:?}");
    let mut text = paragraph("nothing");
    text.metadata.properties.push(("NHS number".to_string(), "4586710004".to_string()));
    let found = mask(&mut text, "a.docx");
    assert_eq!(found[0].excerpt.context, "NHS number: 458*****04");
    let mut text = paragraph("nothing");
    text.metadata.properties.push(("order".to_string(), "458 671 0004".to_string()));
    assert!(mask(&mut text, "a.docx").is_empty());
}

/// Ten digits with a right check digit that begin with the nine given; the tenth of `body` must not be needed.
fn number(body: &str) -> String {
    (0..10).map(|check| format!("{body}{check}")).find(|digits| has_check_digit(digits)).unwrap()
}

#[test]
fn check_digits() {
    for right in ["4010232137", "9434765919", "9990000018"] {
        assert!(has_check_digit(right), "{right}");
    }
    for wrong in ["4010232138", "4444444444", "0000000000", "123", ""] {
        assert!(!has_check_digit(wrong), "{wrong}");
    }
}

#[test]
fn a_label_makes_an_nhs_number() {
    for words in [
        "NHS No: 4010232137 was reviewed",
        "NHS number 401 023 2137",
        "NHS Number - 401-023-2137",
        "nhs no. 401\u{a0}023\u{a0}2137",
        "NHS#4010232137",
        "Patient (NHS Num 4010232137)",
        "NHS_NUMBER=4010232137",
        "NHS no\n4010232137",
        "Ref: NHS number 4010232137",
        "NHS No 4 0 1 0 2 3 2 1 3 7",
        "4010232137 (NHS number)",
        "Mrs B, 401 023 2137, fell on the ward",
        "seen 401 023 2137 12/03/2026",
    ] {
        let mut text = paragraph(words);
        let found = mask(&mut text, "a.md");
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0].kind, PersonalKind::NhsNumber);
        assert!(!text.content().contains("0232"), "{}", text.content());
        assert!(!found[0].excerpt.context.contains("2137"), "{words}");
        assert!(found[0].excerpt.quote.starts_with(['4']), "{}", found[0].excerpt.quote);
    }
}

#[test]
fn other_numbers_are_left_alone() {
    for words in [
        "ISBN 4010232137",
        "ISBN-10: 401 023 2137",
        "ISBN: 401-023-2137",
        "Tel: 401 023 2137",
        "telephone number 401 023 2137",
        "Ref no 401 023 2137",
        "Datix 401 023 2137",
        "invoice number: 401 023 2137",
        "the total was 4010232137 in all",
        "NHS No: 4010232138",
        "location 1-401023213",
        "+401 023 2137",
        "210 433 401 023 2137 998",
        "1.4010232137",
        "the NHS Notice of 401",
        "account 4010232137",
    ] {
        let mut text = paragraph(words);
        assert!(mask(&mut text, "a.md").is_empty(), "{words}");
    }
}

#[test]
fn headings_of_columns_and_rows_give_context() {
    let mut text = table(&[&["Name", "NHS Number", "Tel"], &["A B", "4010232137", "4010232137"]]);
    // The same number is masked wherever it stands.
    assert_eq!(mask(&mut text, "a.md").len(), 2);
    let mut text = table(&[&["NHS No", "4010232137"], &["Ward", "Elm"]]);
    assert_eq!(mask(&mut text, "a.md").len(), 1);
    let mut text = table(&[&["Name", "Telephone"], &["A B", "401 023 2137"]]);
    assert!(mask(&mut text, "a.md").is_empty());
    let mut text = table(&[&["Site", "Count"], &["A", "4010232137"]]);
    assert!(mask(&mut text, "a.md").is_empty());
}

#[test]
fn a_line_of_headings_above_gives_context() {
    let mut text = paragraph("Name NHS number Ward\nA B 4010232137 Elm\nC D 6123456787 Oak");
    assert_eq!(mask(&mut text, "a.md").len(), 1 + usize::from(has_check_digit("6123456787")));
    let mut builder = Text::builder();
    builder.push(Role::Paragraph, Place::at_paragraph(1), "NHS number:");
    builder.push(Role::Paragraph, Place::at_paragraph(2), "4010232137");
    assert_eq!(mask(&mut builder.finish(), "a.md").len(), 1);
}

#[test]
fn lists_carry_their_label_on() {
    let second = number("612345678");
    let third = number("700000003");
    let mut text = paragraph(&format!("NHS numbers: 4010232137, {second} and {third}"));
    assert_eq!(mask(&mut text, "a.md").len(), 3);
}

#[test]
fn the_same_number_is_masked_everywhere() {
    let mut text =
        paragraph("NHS No 401 023 2137 came in. Later, after many more words of other things, 4010232137 left");
    assert_eq!(mask(&mut text, "a.md").len(), 2);
    assert_eq!(text.content().matches("***").count(), 2);
}

#[test]
fn test_numbers_are_told_apart() {
    for words in ["NHS number 943 476 5919", "for example 943 476 5919", "NHS No: 9990000018", "use 999 000 0018"] {
        let found = mask(&mut paragraph(words), "a.md");
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0].kind, PersonalKind::TestNhsNumber, "{words}");
    }
}

#[test]
fn lines_are_masked_without_context() {
    for (line, masked) in [
        ("Stories/4010232137 letter.docx", "Stories/401*****37 letter.docx"),
        ("401-023-2137.pdf", "401-***-**37.pdf"),
        ("re_401_023_2137_final", "re_401_***_**37_final"),
        ("Minutes 2026-09-24.docx", "Minutes 2026-09-24.docx"),
        ("BAF 4010232138", "BAF 4010232138"),
    ] {
        assert_eq!(mask_line(line), masked);
    }
    let dated = number("202609240");
    assert_eq!(mask_line(&dated), dated);
}

#[test]
fn file_properties_are_masked() {
    let mut text = paragraph("words");
    text.metadata.title = Some("Letter 4010232137".to_string());
    text.metadata.properties.push(("subject".to_string(), "401 023 2137".to_string()));
    mask(&mut text, "a.md");
    assert_eq!(text.metadata.title.as_deref(), Some("Letter 401*****37"));
    assert_eq!(text.metadata.properties[0].1, "401 *** **37");
}

proptest! {
    #[test]
    fn any_text_keeps_its_length(words in "[0-9 a-zNHS#.,:é–-]{0,200}") {
        let mut text = paragraph(&words);
        let before = text.content().len();
        for found in mask(&mut text, "a.md") {
            prop_assert!(found.excerpt.quote.contains('*'));
        }
        prop_assert_eq!(text.content().len(), before);
        prop_assert_eq!(mask_line(&words).len(), words.len());
    }

    #[test]
    fn no_spelling_gets_out(
        body in "[3467][0-9]{8}",
        at in 0..LABELS.len(),
        by in 0..SIGNS.len(),
        split in 0..4usize,
    ) {
        if let Some(digits) = (0..10).map(|check| format!("{body}{check}")).find(|digits| has_check_digit(digits)) {
            let all: [&[usize]; 4] = [&[10], &[3, 3, 4], &[1; 10], &[5, 5]];
            let groups = all[split];
            let sign = if split == 3 { " " } else { SIGNS[by] };
            let mut parts = Vec::new();
            let mut rest = digits.as_str();
            for length in groups {
                parts.push(&rest[..*length]);
                rest = &rest[*length..];
            }
            let words = format!("Seen again. {} {} on the ward", LABELS[at], parts.join(sign));
            let mut text = paragraph(&words);
            prop_assert_eq!(mask(&mut text, "a.md").len(), 1, "{}", words);
            prop_assert!(is_masked(text.content(), &digits), "{}", text.content());
        }
    }

    #[test]
    fn any_bytes_in_any_place_are_taken(
        words in any::<String>(),
        more in "[0-9０-９ ./\n\u{200b}-]{0,60}",
        path in "[0-9 a-zNHS/!._-]{0,40}",
    ) {
        let line = format!("{words}{more}{words}");
        let _ = (in_name(&line), in_name(&path));
        prop_assert_eq!(mask_line(&line).len(), line.len());
        let mut text = table(&[&["NHS No", &more], &[&words, &more], &[&more, &line]]);
        let before = text.content().len();
        mask(&mut text, &path);
        prop_assert_eq!(text.content().len(), before);
    }

    #[test]
    fn a_masked_text_has_nothing_left_to_mask(body in "[467][0-9]{8}") {
        let digits = (0..10).map(|check| format!("{body}{check}")).find(|digits| has_check_digit(digits));
        if let Some(digits) = digits {
            let mut text = paragraph(&format!("NHS number {digits} is his"));
            prop_assert_eq!(mask(&mut text, "a.md").len(), 1);
            prop_assert!(mask(&mut text, "a.md").is_empty());
            prop_assert!(!text.content().contains(&digits[3..8]));
        }
    }
}
