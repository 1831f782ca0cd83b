use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::text::Role;

const NAMES: &str =
    r#"xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:style="s" xmlns:draw="d" xmlns:svg="v" xmlns:dc="dc""#;

fn package(kind: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    for (name, source) in [("mimetype", kind.as_str())].iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(source.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    let styles = r#"<office:automatic-styles>
        <style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
        <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
        <style:style style:name="Title" style:family="paragraph"/>
        <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
        </office:automatic-styles>"#;
    format!("<office:document-content {NAMES}>{styles}<office:body>{body}</office:body></office:document-content>")
}

fn blocks(kind: &str, format: Format, body: &str) -> Vec<(Role, String)> {
    let bytes = package(kind, &[("content.xml", &document(body))]);
    let text = read(&bytes, format, &Limits::default()).unwrap();
    text.blocks().iter().map(|block| (block.role, text.block_text(block).to_string())).collect()
}

#[test]
fn text_keeps_headings_lists_tables_and_puts_the_rest_apart() {
    let body = r#"<office:text>
        <text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>X</dc:creator></office:change-info>
        <text:p>old words</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p text:style-name="P1">Falls<text:s/>policy</text:p>
        <text:h text:outline-level="2">Scope</text:h>
        <text:list text:style-name="L1"><text:list-item><text:p>one</text:p>
          <text:list><text:list-item><text:p>sub</text:p></text:list-item></text:list></text:list-item>
          <text:list-item><text:p><text:number>ii.</text:number>two</text:p></text:list-item></text:list>
        <table:table><table:table-row><table:table-cell><text:p>Owner<text:note><text:note-citation>1</text:note-citation>
          <text:note-body><text:p>a note</text:p></text:note-body></text:note></text:p></table:table-cell>
          <table:table-cell><text:p>Jane<text:span text:style-name="Gone"> secret</text:span></text:p></table:table-cell></table:table-row></table:table>
        <text:p>Said<office:annotation><dc:creator>Y</dc:creator><text:p>check this</text:p></office:annotation></text:p>
        </office:text>"#;
    let cell = |column| Role::Cell { table: 0, row: 0, column };
    let want = [
        (Role::Title, "Falls policy"),
        (Role::Heading(2), "Scope"),
        (Role::ListItem, "1. one"),
        (Role::ListItem, "a) sub"),
        (Role::ListItem, "ii. two"),
        (cell(0), "Owner"),
        (cell(1), "Jane"),
        (Role::Paragraph, "Said"),
        (Role::Note, "a note"),
        (Role::Deletion, "old words"),
        (Role::Hidden, "secret"),
        (Role::Comment, "check this"),
    ];
    assert_eq!(blocks("text", Format::Odt, body), want.map(|(role, words)| (role, words.to_string())));
}

#[test]
fn sheets_give_days_and_count_what_is_repeated() {
    let body = r#"<office:spreadsheet><table:table table:name="Log">
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated="2"/>
        <table:table-cell office:value-type="date" office:date-value="2026-05-03"><text:p>3 May</text:p></table:table-cell>
        <table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell></table:table-row>
        </table:table></office:spreadsheet>"#;
    let row = 1_048_570;
    let want = [
        (Role::Heading(3), "Log".to_string()),
        (Role::Cell { table: 0, row, column: 2 }, "2026-05-03".to_string()),
        (Role::Cell { table: 0, row, column: 3 }, "a\nb".to_string()),
    ];
    assert_eq!(blocks("spreadsheet", Format::Ods, body), want);
}

#[test]
fn a_locked_file_says_so() {
    let manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>";
    let bytes = package("text", &[("META-INF/manifest.xml", manifest), ("content.xml", "x")]);
    assert_eq!(crate::read::read("a.odt", &bytes, &Limits::default()).1, Err(Unread::Encrypted));
}
