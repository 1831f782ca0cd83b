use proptest::prelude::*;

use super::*;
use crate::read::compound::tests::file;

const TEXT_AT: usize = 0x800;

/// A run of characters, from and up to, with its changes.
type Run<'a> = (usize, usize, &'a [u8]);

/// A page of runs; `wide` as in [`looks`], with what a paragraph begins with.
fn page(runs: &[Run<'_>], wide: usize) -> Vec<u8> {
    let mut page = vec![0; 512];
    let borders = runs.iter().map(|(from, ..)| *from).chain(runs.last().map(|(_, end, _)| *end));
    for (at, border) in borders.enumerate() {
        page[at * 4..at * 4 + 4].copy_from_slice(&((TEXT_AT + border) as u32).to_le_bytes());
    }
    let mut end = 511;
    for (at, (.., changes)) in runs.iter().enumerate() {
        let body = if wide == 1 { changes.to_vec() } else { [&[0, 0], *changes].concat() };
        let start = (end - body.len() - 2) & !1;
        page[(runs.len() + 1) * 4 + at * wide] = (start / 2) as u8;
        if wide == 1 {
            page[start] = body.len() as u8;
            page[start + 1..start + 1 + body.len()].copy_from_slice(&body);
        } else {
            page[start + 1] = body.len().div_ceil(2) as u8;
            page[start + 2..start + 2 + body.len()].copy_from_slice(&body);
        }
        end = start;
    }
    page[511] = runs.len() as u8;
    page
}

/// A document with one piece; `counts` are the characters of its parts.
fn doc(text: &[u8], counts: &[u32], characters: &[Run<'_>], paragraphs: &[Run<'_>]) -> Vec<u8> {
    let mut main = vec![0; TEXT_AT];
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &[0xec, 0xa5, 0xc1, 0]);
    put(0x18, &(TEXT_AT as u32).to_le_bytes());
    for (at, count) in counts.iter().enumerate() {
        put(0x4c + at * 4, &count.to_le_bytes());
    }
    let mut tables = Vec::new();
    let mut table = |at: usize, bytes: Vec<u8>| {
        put(at, &(tables.len() as u32).to_le_bytes());
        put(at + 4, &(bytes.len() as u32).to_le_bytes());
        tables.extend(bytes);
    };
    let piece = [&0_u32.to_le_bytes()[..], &(text.len() as u32).to_le_bytes(), &[0, 0]].concat();
    let piece = [&piece[..], &(0x4000_0000 | (TEXT_AT as u32 * 2)).to_le_bytes(), &[0, 0]].concat();
    table(CLX, [&[2][..], &(piece.len() as u32).to_le_bytes(), &piece].concat());
    let first_page = (TEXT_AT + 512 * text.len().div_ceil(512)) / 512;
    for (at, number) in [(CHARACTERS, first_page), (PARAGRAPHS, first_page + 1)] {
        table(at, [0_u32, u32::MAX, number as u32].iter().flat_map(|number| number.to_le_bytes()).collect());
    }
    main.extend(text);
    main.resize(first_page * 512, 0);
    main.extend(page(characters, 1));
    main.extend(page(paragraphs, 13));
    file(&[("WordDocument", &main), ("0Table", &tables)])
}

fn blocks(text: &Text) -> Vec<(Role, &str)> {
    text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect()
}

#[test]
fn words_fields_and_what_stands_apart() {
    let text = b"Plan \x13 DATE \x14 3 May\x15 \x96 old new\rSee \x13PAGE\x14 2\x15\rnote";
    let look = |from: &str| text.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
    let (old, new) = (look("old "), look("new"));
    let characters: [Run<'_>; 2] = [(old, new, &[0x00, 0x08, 1]), (new, new + 3, &[0x3c, 0x08, 1])];
    let bytes = doc(text, &[text.len() as u32 - 4, 4], &characters, &[]);
    let read = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(
        blocks(&read),
        [
            (Role::Paragraph, "Plan 3 May –"),
            (Role::Paragraph, "See"),
            (Role::Note, "note"),
            (Role::Deletion, "old"),
            (Role::Hidden, "new"),
        ]
    );
    assert_eq!(read.revisions.deletions, 1);
}

#[test]
fn tables_give_cells_with_rows_and_columns() {
    let text = b"Before\rOwner\x07Due\x07\x07Matron\x07May\x07\x07After\r";
    let end = text.len() - 6;
    let cell: &[u8] = &[0x16, 0x24, 1];
    let row = |borders: &[u8]| {
        let cells = borders.len() as u8 / 2 - 1;
        let table = [&[0x08, 0xd6, borders.len() as u8 + 2, 0, cells], borders].concat();
        [cell, &[0x17, 0x24, 1], &table].concat()
    };
    let plain = row(&[0, 0, 0, 2, 0, 4]);
    let paragraphs: [Run<'_>; 6] =
        [(0, 7, &[]), (7, 17, cell), (17, 18, &plain), (18, 29, cell), (29, 30, &plain), (30, end + 6, &[])];
    let bytes = doc(text, &[text.len() as u32], &[], &paragraphs);
    let read = read(&bytes, &Limits::default()).unwrap();
    let cell = |row, column| Role::Cell { table: 0, row, column };
    assert_eq!(
        blocks(&read),
        [
            (Role::Paragraph, "Before"),
            (cell(0, 0), "Owner"),
            (cell(0, 1), "Due"),
            (cell(1, 0), "Matron"),
            (cell(1, 1), "May"),
            (Role::Paragraph, "After"),
        ]
    );
}

#[test]
fn a_cell_over_two_columns_leaves_the_next_in_its_own() {
    let text = b"Both\x07Note\x07\x07A\x07B\x07C\x07\x07";
    let cell: &[u8] = &[0x16, 0x24, 1];
    let row = |borders: &[u8]| {
        let cells = borders.len() as u8 / 2 - 1;
        [cell, &[0x17, 0x24, 1, 0x08, 0xd6, borders.len() as u8 + 2, 0, cells], borders].concat()
    };
    let (two, three) = (row(&[0, 0, 0, 4, 0, 6]), row(&[0, 0, 0, 2, 0, 4, 0, 6]));
    let paragraphs: [Run<'_>; 4] = [(0, 10, cell), (10, 11, &two), (11, 17, cell), (17, 18, &three)];
    let read = read(&doc(text, &[18], &[], &paragraphs), &Limits::default()).unwrap();
    let places: Vec<_> = read.blocks().iter().map(|block| block.role).collect();
    let cell = |row, column| Role::Cell { table: 0, row, column };
    assert_eq!(places, [cell(0, 0), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2)]);
}

#[test]
fn locked_and_damaged_documents_say_so() {
    assert!(matches!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &Limits::default()), Err(Unread::Unreadable(_))));
    let mut main = vec![0; 0x400];
    main[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0]);
    main[11] = 1;
    assert_eq!(read(&file(&[("WordDocument", &main)]), &Limits::default()), Err(Unread::Encrypted));
    assert!(matches!(read(&file(&[("WordDocument", &[7; 80])]), &Limits::default()), Err(Unread::Unreadable(_))));
}

#[test]
fn ticks_of_forms_are_read() {
    let mut data = vec![0; 0x44];
    data[4] = 0x44;
    data.extend([255, 255, 255, 255, 0x65, 0, 0, 0, 0, 0]);
    // As at first (25), which stands after the name and is ticked.
    data.extend([1, 0, b'A', 0, 0, 0, 1, 0]);
    assert_eq!(body::ticked(&data), Some(true));
    data[0x48] = 0x01;
    assert_eq!(body::ticked(&data), Some(false));
}

proptest! {
    #[test]
    fn no_bytes_stop_the_reader(changes in prop::collection::vec((0..12_000_usize, any::<u8>()), 0..40)) {
        let text = b"Owner\x07Due\x07\x07After \x13 PAGE \x14 2\x15 end\r";
        let paragraphs: [Run<'_>; 2] = [(0, 11, &[0x16, 0x24, 1, 0x0b, 0x46, 1, 0]), (11, 30, &[])];
        let mut bytes = doc(text, &[20, 10], &[(3, 9, &[0x35, 0x08, 1])], &paragraphs);
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let _ = read(&bytes, &Limits::default());
    }

    #[test]
    fn no_tables_stop_their_readers(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0..500_usize) {
        Styles::read(&bytes);
        let mut lists = Lists::read(&bytes, at, &bytes, &bytes);
        lists.next(1, 3);
        Looks::read(&bytes, &bytes);
        Paragraphs::read(&bytes, &bytes, &bytes).at(at);
        pieces(&bytes, at % 2 == 0);
        stories(&bytes);
        body::ticked(&bytes);
    }
}
