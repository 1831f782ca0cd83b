use proptest::prelude::*;

use super::*;
use crate::read::compound::tests::file;

fn record(kind: u16, instance: u16, holds: bool, body: &[u8]) -> Vec<u8> {
    let first = instance << 4 | if holds { 0xf } else { 0 };
    [&first.to_le_bytes()[..], &kind.to_le_bytes(), &(body.len() as u32).to_le_bytes(), body].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn header(kind: u32) -> Vec<u8> {
    record(TEXT_HEADER, 0, false, &kind.to_le_bytes())
}

fn shape(kind: u32, words: &str, anchor: &[u32]) -> Vec<u8> {
    let words: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let text = record(TEXT_BOX, 0, false, &[header(kind), record(TEXT_CHARS, 0, false, &words)].concat());
    let anchor = if anchor.is_empty() { Vec::new() } else { record(CHILD_ANCHOR, 0, false, &numbers(anchor)) };
    record(SHAPE, 0, true, &[anchor, text].concat())
}

fn slide(notes: u32, shapes: &[Vec<u8>]) -> Vec<u8> {
    let atom = record(SLIDE_ATOM, 0, false, &numbers(&[0, 0, 0, 0, notes, 0]));
    let drawing = record(0x040c, 0, true, &record(0xf002, 0, true, &record(GROUP, 0, true, &shapes.concat())));
    record(SLIDE, 0, true, &[atom, drawing].concat())
}

/// A presentation of two saves; the second changed the first slide.
fn presentation() -> Vec<u8> {
    let mut stream = Vec::new();
    let mut add = |bytes: Vec<u8>| {
        stream.extend(&bytes);
        (stream.len() - bytes.len()) as u32
    };
    let persist = |number: u32, id: u32| record(SLIDE_PERSIST, 0, false, &numbers(&[number, 0, 0, id, 0]));
    let outline = [header(1), record(TEXT_BYTES, 0, false, b"From the outline")].concat();
    let slides = record(SLIDE_LIST, 0, true, &[persist(2, 256), persist(3, 257), outline].concat());
    let notes_list = record(SLIDE_LIST, 2, true, &persist(4, 300));
    add(vec![0; 8]);
    let document = add(record(DOCUMENT, 0, true, &[slides, notes_list].concat()));
    let old = add(slide(0, &[shape(0, "Old title", &[])]));
    let reference = record(TEXT_BOX, 0, false, &record(OUTLINE_TEXT, 0, false, &numbers(&[0])));
    let table = record(0xf122, 1, false, &[&TABLE_ID.to_le_bytes()[..], &numbers(&[1])].concat());
    let table = [
        record(SHAPE, 0, true, &table),
        shape(4, "Due", &[100, 0, 200, 50]),
        shape(4, "Owner", &[0, 0, 100, 50]),
        shape(4, "May", &[100, 50, 200, 99]),
    ];
    let second = add(slide(
        300,
        &[shape(0, "Actions", &[]), record(SHAPE, 0, true, &reference), record(GROUP, 0, true, &table.concat())],
    ));
    let notes = record(NOTES, 0, true, &record(GROUP, 0, true, &shape(2, "Say this", &[])));
    let notes = add(notes);
    let directory = add(record(PERSIST_DIRECTORY, 0, false, &numbers(&[0x0040_0001, document, old, second, notes])));
    let edit = add(record(USER_EDIT, 0, false, &numbers(&[0, 0, 0, directory, 1, 0, 0])));
    let new = add(slide(0, &[shape(0, "Falls\rplan", &[]), shape(4, "Ward 3\rWard 4", &[])]));
    let directory = add(record(PERSIST_DIRECTORY, 0, false, &numbers(&[0x0010_0002, new])));
    let edit = add(record(USER_EDIT, 0, false, &numbers(&[0, 0, edit, directory, 1, 0, 0])));
    let user = record(0x0ff6, 0, false, &numbers(&[0x14, 0xe391_c05f, edit]));
    file(&[("PowerPoint Document", &stream), ("Current User", &user)])
}

const TABLE_ID: u16 = 0x039f;

#[test]
fn the_last_save_holds_and_notes_and_tables_stand_apart() {
    let text = read(&presentation(), &Limits::default()).unwrap();
    let found: Vec<_> = text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect();
    let cell = |row, column| Role::Cell { table: 0, row, column };
    assert_eq!(
        found,
        [
            (Role::Title, "Falls plan"),
            (Role::Paragraph, "Ward 3"),
            (Role::Paragraph, "Ward 4"),
            (Role::Heading(2), "Actions"),
            (Role::Paragraph, "From the outline"),
            (cell(0, 0), "Owner"),
            (cell(0, 1), "Due"),
            (cell(1, 1), "May"),
            (Role::SpeakerNote, "Say this"),
        ]
    );
    assert_eq!(text.pages, Some(2));
}

#[test]
fn locked_presentations_say_so() {
    let user = record(0x0ff6, 0, false, &numbers(&[0x14, LOCKED, 0]));
    let bytes = file(&[("PowerPoint Document", &[]), ("Current User", &user)]);
    assert_eq!(read(&bytes, &Limits::default()), Err(Unread::Encrypted));
}

#[test]
fn slides_are_found_without_their_directory() {
    let stream = slide(0, &[shape(0, "Lost", &[])]);
    let text = read(&file(&[("PowerPoint Document", &stream)]), &Limits::default()).unwrap();
    assert_eq!(text.content(), "Lost\n");
    assert_eq!(text.cut.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_stop_the_reader(changes in prop::collection::vec((0..9_000_usize, any::<u8>()), 0..40)) {
        let mut bytes = presentation();
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let _ = read(&bytes, &Limits::default());
    }
}
