use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::read::soup::{soup, spans_hold};

const STYLES: &str = r#"<w:styles xmlns:w="w">
    <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
    <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Trust chapter"/><w:basedOn w:val="H2"/></w:style>
    <w:style w:type="paragraph" w:styleId="U3"><w:name w:val="Überschrift 3"/></w:style>
    <w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
    </w:styles>"#;

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
    <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1"/></w:lvl>
      <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
    <w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num></w:numbering>"#;

const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, source) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(source.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn links(of: &[(&str, &str, &str)]) -> String {
    let links: String = of
        .iter()
        .map(|(id, kind, target)| format!(r#"<Relationship Id="{id}" Type="{LINK}/{kind}" Target="{target}"/>"#))
        .collect();
    format!("<Relationships>{links}</Relationships>")
}

/// A document whose main part has an unusual name, with styles, lists, notes, comments, two headers and a footer.
fn document(body: &str) -> Vec<u8> {
    let names = r#"xmlns:w="w" xmlns:r="r" xmlns:mc="mc" xmlns:wp="wp" xmlns:v="v""#;
    let part = |name: &str, inner: &str| format!("<w:{name} {names}>{inner}</w:{name}>");
    let page = r#"<w:p><w:r><w:t>Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> of </w:t></w:r>
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>NUMPAGES</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
    let main = [
        ("s", "styles", "styles.xml"),
        ("n", "numbering", "numbering.xml"),
        ("f", "footnotes", "footnotes.xml"),
        ("c", "comments", "comments.xml"),
        ("h1", "header", "header1.xml"),
        ("h2", "header", "header2.xml"),
        ("f1", "footer", "footer1.xml"),
    ];
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    package(&[
        ("[Content_Types].xml", format!(r#"<Types><Override PartName="/word/d2.xml" ContentType="{kind}"/></Types>"#)),
        (
            "_rels/.rels",
            links(&[
                ("a", "officeDocument", "word/d2.xml"),
                ("b", "custom-properties", "docProps/custom.xml"),
                ("d", "metadata/core-properties", "docProps/core.xml"),
            ]),
        ),
        ("word/_rels/d2.xml.rels", links(&main)),
        ("word/d2.xml", part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/styles.xml", STYLES.to_string()),
        ("word/numbering.xml", NUMBERING.to_string()),
        (
            "word/footnotes.xml",
            part(
                "footnotes",
                r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>
                <w:footnote w:id="2"><w:p><w:r><w:t>the note</w:t></w:r></w:p></w:footnote>"#,
            ),
        ),
        (
            "word/comments.xml",
            part("comments", r#"<w:comment w:id="0"><w:p><w:r><w:t>check this</w:t></w:r></w:p></w:comment>"#),
        ),
        ("word/header1.xml", part("hdr", "<w:p><w:r><w:t>Version 2.1</w:t></w:r></w:p>")),
        ("word/header2.xml", part("hdr", "<w:p><w:r><w:t>first page</w:t></w:r></w:p>")),
        ("word/footer1.xml", part("ftr", page)),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:title>R&amp;D strategy</dc:title><cp:contentStatus>Draft</cp:contentStatus></cp:coreProperties>".to_string(),
        ),
        (
            "docProps/custom.xml",
            r#"<Properties><property name="Review Date"><vt:filetime>2026-05-03T00:00:00Z</vt:filetime></property></Properties>"#
                .to_string(),
        ),
    ])
}

fn text(body: &str) -> Text {
    crate::read::read("a.docx", &document(body), &Limits::default()).1.unwrap()
}

fn blocks(body: &str) -> Vec<(Role, String)> {
    let text = text(body);
    text.blocks().iter().map(|block| (block.role, text.block_text(block).to_string())).collect()
}

fn p(style: &str, words: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#)
}

fn item(list: u32, words: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#
    )
}

fn check(body: &str, want: &[(Role, &str)]) {
    let want: Vec<(Role, String)> = want.iter().map(|(role, words)| (*role, words.to_string())).collect();
    assert_eq!(blocks(body), want);
}

#[test]
fn headings_come_from_styles_with_the_numbers_that_word_prints() {
    let body = [
        p("T", "Falls policy"),
        p("H1", "Purpose"),
        p("H1", "Scope"),
        p("Own", "Wards"),
        p("H2", "Homes"),
        p("U3", "Detail"),
        p("Loop", "body"),
        item(2, "first"),
        item(2, "second"),
        item(3, "anew"),
        item(4, "dot"),
    ];
    let want = [
        (Role::Title, "Falls policy"),
        (Role::Heading(1), "1 Purpose"),
        (Role::Heading(1), "2 Scope"),
        (Role::Heading(2), "2.1 Wards"),
        (Role::Heading(2), "2.2 Homes"),
        (Role::Heading(3), "Detail"),
        (Role::Paragraph, "body"),
        (Role::ListItem, "a) first"),
        (Role::ListItem, "b) second"),
        (Role::ListItem, "a) anew"),
        (Role::ListItem, "dot"),
        (Role::Note, "the note"),
        (Role::Comment, "check this"),
    ];
    check(&body.concat(), &want);
}

#[test]
fn what_is_no_evidence_stands_apart() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">kept </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>
        <w:ins><w:r><w:t xml:space="preserve">added </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr><w:t xml:space="preserve"> too</w:t></w:r>
        <w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>
        <w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>
        <w:r><w:drawing><wp:docPr descr="a chart of falls"/></w:drawing></w:r></w:p>"#;
    let want = [
        (Role::Paragraph, "kept added shown"),
        (Role::Note, "the note"),
        (Role::AltText, "a chart of falls"),
        (Role::Deletion, "deleted"),
        (Role::Hidden, "hidden too"),
        (Role::Comment, "check this"),
    ];
    let want: Vec<_> = want.map(|(role, words)| (role, words.to_string())).to_vec();
    assert_eq!(blocks(body), want);
    let revisions = text(body).revisions;
    assert_eq!((revisions.insertions, revisions.deletions, revisions.comments), (1, 2, 1));
}

#[test]
fn a_deleted_paragraph_end_joins_what_follows() {
    let body = r#"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">one </w:t></w:r></w:p><w:p><w:r><w:t>line</w:t></w:r></w:p>"#;
    assert_eq!(blocks(body)[0], (Role::Paragraph, "one line".to_string()));
}

#[test]
fn headers_are_those_that_pages_show_and_page_numbers_are_no_text() {
    let section = |first: &str| {
        format!(
            r#"<w:p><w:r><w:t>body</w:t></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>
            <w:footerReference w:type="default" r:id="f1"/>{first}</w:sectPr>"#
        )
    };
    let note = (Role::Note, "the note");
    let comment = (Role::Comment, "check this");
    check(&section(""), &[(Role::Header, "Version 2.1"), (Role::Paragraph, "body"), note, comment]);
    let both = [(Role::Header, "Version 2.1"), (Role::Header, "first page"), (Role::Paragraph, "body"), note, comment];
    check(&section("<w:titlePg/>"), &both);
}

#[test]
fn tables_boxes_and_fields_are_read_once() {
    let body = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p><w:r><w:t>Owner</w:t></w:r></w:p></w:tc>
        <w:tc><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Jane</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:tc></w:tr></w:tbl>
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice>
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>outside</w:t></w:r></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>broken</w:instrText></w:r></w:p><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>after</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    let cell = |column| Role::Cell { table: 0, row: 0, column };
    let want = [
        (cell(0), "Owner"),
        (cell(1), "Jane"),
        (Role::Paragraph, "boxed"),
        (Role::Paragraph, "outside"),
        (Role::Paragraph, "after"),
        (Role::Note, "the note"),
        (Role::Comment, "check this"),
    ];
    check(body, &want);
}

#[test]
fn properties_are_read_whoever_wrote_them() {
    let metadata = text("").metadata;
    assert_eq!(metadata.title.as_deref(), Some("R&D strategy"));
    assert_eq!(metadata.status.as_deref(), Some("Draft"));
    assert_eq!(metadata.properties, [("Review Date".to_string(), "2026-05-03T00:00:00Z".to_string())]);
}

#[test]
fn bold_lines_head_a_document_without_styles() {
    let bold = |words: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p>");
    let plain = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let body = [bold("Learning"), plain("We learn."), plain("And act."), bold("This is a sentence.")].concat();
    assert_eq!(blocks(&body)[0].0, Role::Heading(2));
    assert_eq!(blocks(&body)[3].0, Role::Paragraph);
    assert_eq!(blocks(&[body, p("H1", "Styled")].concat())[0].0, Role::Paragraph);
}

#[test]
fn a_section_shows_what_the_one_before_named() {
    let end = |inner: &str| format!("<w:p><w:pPr><w:sectPr>{inner}</w:sectPr></w:pPr></w:p>");
    let named = r#"<w:headerReference w:type="first" r:id="h2"/>"#;
    let header = |body: String| blocks(&body).iter().any(|(role, _)| *role == Role::Header);
    assert!(!header(end(named)));
    assert!(header([end(named), "<w:sectPr><w:titlePg/></w:sectPr>".to_string()].concat()));
    assert!(!header([end("<w:titlePg/>"), end(named)].concat()));
}

#[test]
fn a_title_is_found_by_its_looks_or_the_title_property() {
    let line = |size: u32, words: &str| {
        format!(r#"<w:p><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t>{words}</w:t></w:r></w:p>"#)
    };
    assert_eq!(blocks(&[line(22, "Anytown"), line(56, "Falls policy"), line(22, "body")].concat())[1].0, Role::Title);
    assert_eq!(blocks(&[line(24, "Falls"), line(22, "body")].concat())[0].0, Role::Paragraph);
    // The title property of the document says so, which counts more than size.
    let both = blocks(&[line(56, "Anytown"), line(22, "R&amp;D  Strategy")].concat());
    assert_eq!((both[0].0, both[1].0), (Role::Paragraph, Role::Title));
}

proptest! {
    /// Any order of the elements that the walk knows gives a text or a reason, with spans on character borders.
    #[test]
    fn no_order_of_elements_stops_the_walk(body in soup(
        &["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:del", "w:ins", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText",
            "w:txbxContent", "w:fldSimple w:instr='PAGE'", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:sectPr", "w:sdtPr"],
        &["<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='separate'/>", "<w:fldChar w:fldCharType='end'/>",
            "<w:numPr><w:ilvl w:val='99'/><w:numId w:val='1'/></w:numPr>", "<w:gridSpan w:val='4294967295'/>",
            "<w:pStyle w:val='H2'/>", "<w:outlineLvl w:val='300'/>", "<w:vanish/>", "<w:b/>"],
    )) {
        spans_hold("a.docx", &document(&body))?;
    }
}

#[test]
fn resolved_comments_and_their_answers_are_counted() {
    let comments = r#"<w15:commentsEx xmlns:w15="w15"><w15:commentEx w15:paraId="A" w15:done="1"/>
        <w15:commentEx w15:paraId="B" w15:paraIdParent="A" w15:done="0"/><w15:commentEx w15:paraId="C" w15:done="0"/></w15:commentsEx>"#;
    assert_eq!(super::resolved(comments, &Limits::default()), 2);
    assert_eq!(super::resolved("<broken", &Limits::default()), 0);
}
