use proptest::prelude::*;

use super::*;

fn of(source: &str) -> Text {
    read(source.as_bytes(), &Limits::default()).unwrap()
}

fn blocks(text: &Text) -> Vec<(Role, &str)> {
    text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect()
}

#[test]
fn words_come_by_byte_by_number_and_by_name() {
    let text = of(
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Wingdings;}}
\uc1 Caf\'e9 \u8364?5 \endash {\f1 \'c4\'e0} {\f2 \'fe} \{x\}\~y\par {\uc0\u55357\u56832}}",
    );
    assert_eq!(blocks(&text), [(Role::Paragraph, "Café €5 –Да ☑ {x} y"), (Role::Paragraph, "😀")]);
}

#[test]
fn headings_lists_fields_notes_and_headers() {
    let text = of(r"{\rtf1{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Title;}}
{\info{\title Plan}{\author Jo}{\creatim\yr2026\mo5\dy2\hr9\min30}}{\*\userprops{\propname Owner}\proptype30{\staticval Matron}}
{\header Trust\par}{\footer {\field{\*\fldinst PAGE}{\fldrslt 3}}\par}
\pard\s2 Falls plan\par\pard\s1 {\listtext 1.\tab}Scope\par\pard All wards{\footnote a note}.
{\*\annotation{\*\atnid x}why} {\field{\*\fldinst HYPERLINK x}{\fldrslt link}} {\deleted gone}{\v unseen}\par
\pard\ls1{\listtext\'b7\tab}Item\par{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt }} done{\*\unknown no}\par}");
    assert_eq!(
        blocks(&text),
        [
            (Role::Header, "Trust"),
            (Role::Title, "Falls plan"),
            (Role::Heading(1), "1. Scope"),
            (Role::Paragraph, "All wards. link"),
            (Role::ListItem, "Item"),
            (Role::ListItem, "☒ done"),
            (Role::Note, "a note"),
            (Role::Comment, "why"),
            (Role::Deletion, "gone"),
            (Role::Hidden, "unseen"),
        ]
    );
    assert_eq!(text.metadata.created.as_deref(), Some("2026-05-02T09:30:00"));
    assert_eq!(text.metadata.properties, [("Owner".to_string(), "Matron".to_string())]);
    assert_eq!((text.revisions.deletions, text.revisions.comments), (1, 1));
}

#[test]
fn cells_keep_their_columns() {
    let text = of(r"{\rtf1\trowd\cellx4000\cellx6000\pard\intbl Both\cell Note\cell\row
\trowd\cellx2000\cellx4000\cellx6000\pard\intbl A\cell B\cell C\cell\row\pard After\par}");
    let cell = |row, column| Role::Cell { table: 0, row, column };
    let roles: Vec<Role> = text.blocks().iter().map(|block| block.role).collect();
    assert_eq!(roles, [cell(0, 0), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), Role::Paragraph]);
}

#[test]
fn a_table_within_a_cell_stays_there() {
    let text = of(r"{\rtf1\trowd\cellx4000\cellx6000\pard\intbl Out\par\pard\intbl\itap2 In\nestcell In 2\nestcell
{\*\nesttableprops\trowd\cellx1000\cellx2000\nestrow}{\nonesttables\par}\pard\intbl\cell Next\cell\row\pard}");
    let found = blocks(&text);
    assert!(found.contains(&(Role::Cell { table: 0, row: 0, column: 1 }, "Next")), "{found:?}");
    assert!(found.contains(&(Role::Cell { table: 1, row: 0, column: 1 }, "In 2")), "{found:?}");
}

#[test]
fn groups_without_end_are_borne() {
    let text = read(&[b"{\\rtf1 ".as_slice(), &b"{".repeat(100_000), b"deep"].concat(), &Limits::default()).unwrap();
    assert_eq!(text.words(), 1);
    assert_eq!(text.cut, ["what comes after the file breaks off"]);
    assert_eq!(of(r"{\rtf1\bin99999999999 x").words(), 1);
}

#[test]
fn html_within_rich_text_comes_out() {
    let source = br"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Caf\'e9 {\*\htmltag84 <b>}now\htmlrtf \par\htmlrtf0 {\*\htmltag92 </b>}{\*\htmltag72 </p>}}";
    assert_eq!(html(source, 100, 1000).as_deref(), Some("<p>Café <b>now</b></p>"));
    assert_eq!(html(br"{\rtf1 no}", 100, 1000), None);
}

proptest! {
    #[test]
    fn no_signs_stop_the_reader(signs in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "\\*", "\\cell", "\\row", "\\nestrow", "\\itap3", "\\intbl", "\\par", "\\footnote ", "\\u-9 ", "\\uc99 ", "\\field",
        "\\fldinst ", "\\pict", "\\header ", "\\upr", "\\ud ", "\\info", "\\title ", "\\stylesheet", "\\s1 ", "\\'e", "\\'e9", "word ", "\\",
        "\\fonttbl", "\\f1", "\\fcharset128", "\\pard", "\\cellx-5", "\\trowd", "\\bin9", "\\shptxt ", "\\htmltag", "\\fromhtml1",
    ]), 0..60)) {
        let source = format!("{{\\rtf1 {}", signs.concat());
        let _ = read(source.as_bytes(), &Limits::default());
        html(source.as_bytes(), 9, 1000);
    }

    #[test]
    fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&[b"{\\rtf1", bytes.as_slice()].concat(), &Limits::default());
    }
}
