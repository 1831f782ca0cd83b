use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::read::soup::{soup, spans_hold};

const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A presentation of these slides; the second has notes, a comment and a chart.
fn presentation(slides: &[&str]) -> Vec<u8> {
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{LINK}/{kind}" Target="{target}"/>"#)
    };
    let links = |of: &[String]| format!("<Relationships>{}</Relationships>", of.concat());
    let main = "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml";
    // The identifiers of slides differ from their links, and the slides stand in the order of the list.
    let ids: String =
        (1..=slides.len()).map(|number| format!(r#"<p:sldId id="{}" r:id="r{number}"/>"#, 300 - number)).collect();
    let shape = |kind: &str, words: &str| {
        format!(
            r#"<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"#
        )
    };
    let mut parts = vec![
        (
            "[Content_Types].xml".to_string(),
            format!(r#"<Types><Override PartName="/ppt/p.xml" ContentType="{main}"/></Types>"#),
        ),
        ("_rels/.rels".to_string(), links(&[link("a", "officeDocument", "ppt/p.xml")])),
        ("ppt/p.xml".to_string(), format!("<p:presentation><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>")),
        (
            "ppt/_rels/p.xml.rels".to_string(),
            links(
                &(1..=slides.len())
                    .map(|n| link(&format!("r{n}"), "slide", &format!("slides/s{n}.xml")))
                    .collect::<Vec<_>>(),
            ),
        ),
        (
            "ppt/slides/_rels/s2.xml.rels".to_string(),
            links(&[
                link("n", "notesSlide", "../notes/n.xml"),
                link("c", "comments", "../comments/c.xml"),
                link("k", "chart", "../charts/k.xml"),
                link("l", "slideLayout", "../layouts/l.xml"),
            ]),
        ),
        (
            "ppt/notes/n.xml".to_string(),
            format!("<p:notes>{}{}</p:notes>", shape("sldImg", "no"), shape("body", "say this")),
        ),
        ("ppt/comments/c.xml".to_string(), "<p:cmLst><p:cm><p:text>who says?</p:text></p:cm></p:cmLst>".to_string()),
        (
            "ppt/charts/k.xml".to_string(),
            "<c:chart><c:title><a:p><a:r><a:t>Falls by month</a:t></a:r></a:p></c:title></c:chart>".to_string(),
        ),
        ("ppt/layouts/l.xml".to_string(), shape("title", "Click to edit Master title style")),
    ];
    for (at, slide) in slides.iter().enumerate() {
        parts.push((format!("ppt/slides/s{}.xml", at + 1), (*slide).to_string()));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, source) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(source.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn blocks(slides: &[&str]) -> Vec<(Role, String, String)> {
    let (format, text) = crate::read::read("a.ppsx", &presentation(slides), &Limits::default());
    assert_eq!(format, crate::read::Format::Pptx);
    let text = text.unwrap();
    text.blocks()
        .iter()
        .map(|block| (block.role, block.place.to_string(), text.block_text(block).to_string()))
        .collect()
}

#[test]
fn slides_give_title_body_tables_notes_and_charts() {
    let first = r#"<p:sld><p:sp><p:nvSpPr><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><a:p><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p></p:sp>
        <p:sp><p:txBody><a:p><a:r><a:t>below</a:t></a:r><a:br/><a:r><a:t>more</a:t></a:r></a:p></p:txBody></p:sp>
        <p:sp><p:nvSpPr><p:nvPr><p:ph type="ctrTitle"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Board</a:t></a:r></a:p><a:p><a:r><a:t>away day</a:t></a:r></a:p></p:txBody></p:sp>
        <p:pic><p:nvPicPr><p:cNvPr descr="a ward"/></p:nvPicPr></p:pic></p:sld>"#;
    let second = r#"<p:sld><p:grpSp><p:sp><p:txBody><a:p><a:pPr><a:buChar char="x"/></a:pPr><a:r><a:t>in a group</a:t></a:r></a:p></p:txBody></p:sp></p:grpSp>
        <p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Owner</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Jane</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>
        <p:graphicFrame><c:chart r:id="k"/></p:graphicFrame></p:sld>"#;
    let third =
        r#"<p:sld show="0"><p:sp><p:txBody><a:p><a:r><a:t>not shown</a:t></a:r></a:p></p:txBody></p:sp></p:sld>"#;
    let cell = |column| Role::Cell { table: 0, row: 0, column };
    let want = [
        (Role::Title, "slide 1", "Board away day"),
        (Role::Paragraph, "slide 1", "below\nmore"),
        (Role::ListItem, "slide 2", "in a group"),
        (cell(0), "slide 2", "Owner"),
        (cell(1), "slide 2", "Jane"),
        (Role::Paragraph, "slide 2", "Falls by month"),
        (Role::AltText, "slide 1", "a ward"),
        (Role::Comment, "slide 2", "who says?"),
        (Role::Hidden, "slide 3", "not shown"),
    ];
    let mut got = blocks(&[first, second, third]);
    let notes: Vec<_> = got.iter().filter(|(role, ..)| *role == Role::SpeakerNote).cloned().collect();
    assert_eq!(notes, [(Role::SpeakerNote, "slide 2".to_string(), "say this".to_string())]);
    got.retain(|(role, ..)| *role != Role::SpeakerNote);
    assert_eq!(got, want.map(|(role, place, words)| (role, place.to_string(), words.to_string())));
}

#[test]
fn a_cover_without_a_title_has_its_first_line_as_title() {
    let cover = "<p:sld><p:sp><a:p><a:r><a:t>Falls plan</a:t></a:r></a:p><a:p><a:r><a:t>May 2026</a:t></a:r></a:p></p:sp></p:sld>";
    assert_eq!(blocks(&[cover])[0].0, Role::Title);
}

#[test]
fn slides_of_pictures_only_have_no_text() {
    let picture = "<p:sld><p:pic><p:nvPicPr><p:cNvPr/></p:nvPicPr></p:pic></p:sld>";
    let read = crate::read::read("a.pptx", &presentation(&[picture]), &Limits::default()).1;
    assert_eq!(read, Err(Unread::NoText(Some(1))));
}

proptest! {
    #[test]
    fn no_order_of_elements_stops_a_slide(body in soup(
        &["p:sp", "a:p", "a:r", "a:t", "a:tbl", "a:tr", "a:tc", "p:grpSp", "p:graphicFrame", "a:fld type='slidenum'",
            "mc:AlternateContent", "mc:Choice", "mc:Fallback", "a:extLst", "p:pic"],
        &["<a:br/>", "<p:ph type='title'/>", "<p:ph type='ftr'/>", "<p:cNvPr hidden='1' descr='x'/>", "<c:chart r:id='k'/>"],
    )) {
        let slide = format!("<p:sld>{body}</p:sld>");
        spans_hold("a.pptx", &presentation(&[&slide, &slide]))?;
    }
}
