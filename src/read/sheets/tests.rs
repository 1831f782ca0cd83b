use std::io::Write;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook with a sheet `Action log`, a hidden sheet, a comment, a chart, a footer and a percentage.
fn workbook(rows: &str) -> Vec<u8> {
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{LINK}/{kind}" Target="{target}"/>"#)
    };
    let links = |of: &[String]| format!("<Relationships>{}</Relationships>", of.concat());
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let parts = [
        ("[Content_Types].xml", format!(r#"<Types><Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>"#)),
        ("_rels/.rels", links(&[link("a", "officeDocument", "xl/workbook.xml")])),
        (
            "xl/_rels/workbook.xml.rels",
            links(&[
                link("r1", "worksheet", "worksheets/sheet1.xml"),
                link("r2", "worksheet", "worksheets/sheet2.xml"),
                link("r3", "styles", "styles.xml"),
            ]),
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="Action log" sheetId="1" r:id="r1"/>
            <sheet name="Lists" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>"#
                .to_string(),
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs></styleSheet>"#
                .to_string(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>
                <headerFooter><oddFooter>&amp;LVersion 2.1&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>"#
            ),
        ),
        (
            "xl/worksheets/sheet2.xml",
            r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Open</t></is></c></row></sheetData></worksheet>"#
                .to_string(),
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            links(&[link("c", "comments", "../comments1.xml"), link("d", "drawing", "../drawings/drawing1.xml")]),
        ),
        (
            "xl/comments1.xml",
            r#"<comments><commentList><comment ref="B2"><text><r><t>who?</t></r></text></comment></commentList></comments>"#
                .to_string(),
        ),
        ("xl/drawings/drawing1.xml", "<xdr:wsDr><a:p><a:r><a:t>box</a:t></a:r></a:p></xdr:wsDr>".to_string()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, source) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(source.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn cells_keep_sheet_and_place_and_the_rest_stands_apart() {
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Due</t></is></c><c r="B1" s="1"><v>46145</v></c><c r="C1" s="2"><v>0.85</v></c></row>
        <row r="1048576"><c r="XFD1048576"><v>7</v></c></row>"#;
    let (format, text) = crate::read::read("a.xlsx", &workbook(rows), &Limits::default());
    assert_eq!(format, Format::Xlsx);
    let text = text.unwrap();
    let got: Vec<(Role, String, String)> = text
        .blocks()
        .iter()
        .map(|block| (block.role, block.place.to_string(), text.block_text(block).to_string()))
        .collect();
    let cell = |row, column| Role::Cell { table: 0, row, column };
    let want = [
        (Role::Heading(3), "sheet Action log", "Action log"),
        (cell(0, 0), "sheet Action log, cell A1", "Due"),
        (cell(0, 1), "sheet Action log, cell B1", "2026-05-03"),
        (cell(0, 2), "sheet Action log, cell C1", "85%"),
        (cell(1_048_575, 16_383), "sheet Action log, cell XFD1048576", "7"),
        (Role::Paragraph, "sheet Action log", "box"),
        (Role::Footer, "sheet Action log", "Version 2.1"),
        (Role::Comment, "sheet Action log, cell B2", "who?"),
        (Role::Hidden, "sheet Lists, cell A1", "Open"),
    ];
    assert_eq!(got, want.map(|(role, place, words)| (role, place.to_string(), words.to_string())));
    assert_eq!(text.pages, Some(2));
}

#[test]
fn cells_after_the_limit_are_cut_and_said_so() {
    let row: String = (1..=20).map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>"#)).collect();
    let limits = Limits { cells: 5, ..Limits::default() };
    let text = crate::read::read("a.xlsx", &workbook(&row), &limits).1.unwrap();
    assert_eq!(text.cut, ["cells after the first 5 (limits.cells in kloe.toml raises it)"]);
}

#[test]
fn damaged_old_workbooks_are_no_panic() {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0x41);
    assert!(matches!(crate::read::read("a.xls", &bytes, &Limits::default()).1, Err(Unread::Unreadable(_))));
}

#[test]
fn what_stands_before_the_damage_is_kept_and_the_loss_is_said() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</w></c></row>"#;
    let text = crate::read::read("a.xlsx", &workbook(rows), &Limits::default()).1.unwrap();
    assert_eq!(text.cut, ["the rest of the sheet Action log, which is damaged"]);
    assert!(text.content().contains('1'));
}

/// A binary workbook of one sheet: its cells are records of a number, a length and bytes.
fn binary_workbook(cells: &[(u16, &[u8])]) -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| {
        let kind = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
        [&kind, &[body.len() as u8][..], body].concat()
    };
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationships><Relationship Id="{id}" Type="{LINK}/{kind}" Target="{target}"/></Relationships>"#)
            .into_bytes()
    };
    let sheet = [&[0; 8][..], &wide("r1"), &wide("Risks")].concat();
    let cells: Vec<u8> = cells.iter().flat_map(|(kind, body)| record(*kind, body)).collect();
    let parts = [
        (
            "[Content_Types].xml",
            br#"<Types><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#
                .to_vec(),
        ),
        ("_rels/.rels", link("a", "officeDocument", "xl/workbook.bin")),
        ("xl/_rels/workbook.bin.rels", link("r1", "worksheet", "worksheets/sheet1.bin")),
        ("xl/workbook.bin", [record(0x9c, &sheet), record(0x90, &[]), record(0x84, &[])].concat()),
        (
            "xl/worksheets/sheet1.bin",
            [record(0x94, &[0; 16]), record(0x91, &[]), cells, record(0x92, &[])].concat(),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn wide(words: &str) -> Vec<u8> {
    let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(words.len() as u32).to_le_bytes()[..], &units].concat()
}

#[test]
fn binary_workbooks_are_read_and_damaged_ones_refused() {
    let cell = [&[1, 0, 0, 0, 0, 0, 0, 0], wide("Owner").as_slice()].concat();
    let bytes = binary_workbook(&[(0, &[0; 17]), (6, &cell)]);
    assert_eq!(crate::read::sniff::format("a.xlsb", &bytes), Ok(Format::Xlsx));
    let text = read(&bytes, Format::Xlsx, &Limits::default()).unwrap();
    let found: Vec<_> = text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect();
    assert_eq!(found, [(Role::Heading(3), "Risks"), (Role::Cell { table: 0, row: 0, column: 1 }, "Owner")]);
    // A cell that names a string which is not there: the crate indexes out of bounds.
    let damaged = binary_workbook(&[(0, &[0; 17]), (7, &[1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0])]);
    assert!(matches!(read(&damaged, Format::Xlsx, &Limits::default()), Err(Unread::Unreadable(_))));
}
