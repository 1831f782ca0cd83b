use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::read::soup::{soup, spans_hold};
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
fn slides_give_titles_notes_and_keep_hidden_ones_apart() {
    let body = r#"<office:presentation>
        <draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Falls plan</text:p></draw:text-box></draw:frame>
          <draw:frame presentation:class="page-number"><draw:text-box><text:p><text:page-number>1</text:page-number></text:p></draw:text-box></draw:frame>
          <presentation:notes><draw:frame><draw:text-box><text:p>say this</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
        <draw:page draw:style-name="dp"><draw:frame><draw:text-box><text:p>not shown</text:p></draw:text-box></draw:frame></draw:page>
        <draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Actions</text:p></draw:text-box></draw:frame></draw:page>
        </office:presentation>"#;
    let hidden = r#"<style:style style:name="dp" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>"#;
    let source = document(body).replacen("<text:list-style", &format!("{hidden}<text:list-style"), 1);
    let text = read(&package("presentation", &[("content.xml", &source)]), Format::Odp, &Limits::default()).unwrap();
    let got: Vec<_> =
        text.blocks().iter().map(|block| (block.role, block.place.to_string(), text.block_text(block))).collect();
    let want = [
        (Role::Title, "slide 1".to_string(), "Falls plan"),
        (Role::SpeakerNote, "slide 1".to_string(), "say this"),
        (Role::Heading(2), "slide 3".to_string(), "Actions"),
        (Role::Hidden, "slide 2".to_string(), "not shown"),
    ];
    assert_eq!(got, want);
    assert_eq!(text.pages, Some(3));
}

#[test]
fn headers_come_from_the_pages_and_page_numbers_are_no_text() {
    let styles = format!(
        r#"<office:document-styles {NAMES}><office:master-styles><style:master-page><style:header><text:p>Version 2.1</text:p></style:header>
        <style:footer><text:p>Page <text:page-number>1</text:page-number> of <text:page-count>9</text:page-count></text:p></style:footer>
        <style:footer-left style:display="false"><text:p>old</text:p></style:footer-left></style:master-page></office:master-styles></office:document-styles>"#
    );
    let meta = r#"<office:document-meta xmlns:office="o"><office:meta><meta:initial-creator>Jane</meta:initial-creator><dc:creator>Joe</dc:creator>
        <meta:user-defined meta:name="Owner">Chair</meta:user-defined></office:meta></office:document-meta>"#;
    let content = document("<office:text><text:p>body</text:p></office:text>");
    let bytes = package("text", &[("content.xml", &content), ("styles.xml", &styles), ("meta.xml", meta)]);
    let text = read(&bytes, Format::Odt, &Limits::default()).unwrap();
    let got: Vec<_> = text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect();
    assert_eq!(got, [(Role::Header, "Version 2.1"), (Role::Paragraph, "body")]);
    assert_eq!(text.metadata.author.as_deref(), Some("Jane"));
    assert!(text.metadata.properties.contains(&("Owner".to_string(), "Chair".to_string())));
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

proptest! {
    #[test]
    fn no_order_of_elements_stops_the_walk(kind in 0usize..3, body in soup(
        &["text:p", "text:h text:outline-level='4294967295'", "text:span text:style-name='Gone'", "text:list text:style-name='L1'",
            "text:list-item", "table:table", "table:table-row table:number-rows-repeated='4294967295'",
            "table:table-cell table:number-columns-repeated='4294967295'", "text:note", "text:note-body", "office:annotation",
            "text:deletion", "draw:page", "draw:frame presentation:class='title'", "presentation:notes", "svg:desc",
            "text:number", "text:page-number", "text:section text:display='none'"],
        &["<text:s/>", "<text:tab/>", "<table:covered-table-cell/>", "<draw:image/>"],
    )) {
        let (kind, name, tag) = [
            ("text", "a.odt", "office:text"),
            ("presentation", "a.odp", "office:presentation"),
            ("spreadsheet", "a.ods", "office:spreadsheet"),
        ][kind];
        let source = document(&format!("<{tag}>{body}</{tag}>"));
        spans_hold(name, &package(kind, &[("content.xml", &source)]))?;
    }
}
