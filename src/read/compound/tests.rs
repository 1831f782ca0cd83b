use proptest::prelude::*;

use super::*;
use crate::text::Metadata;

const SECTOR: usize = 512;
const END: u32 = 0xffff_fffe;

/// A compound file with these streams; a slash in a name makes storages. Streams under 64 bytes lie in the mini stream.
pub(in crate::read) fn file(streams: &[(&str, &[u8])]) -> Vec<u8> {
    struct Node<'a> {
        name: String,
        storage: bool,
        parent: usize,
        bytes: &'a [u8],
        path: String,
    }
    let mut nodes = vec![Node { name: "Root Entry".into(), storage: true, parent: 0, bytes: &[], path: String::new() }];
    for (path, bytes) in streams {
        let mut parent = 0;
        let steps: Vec<&str> = path.split('/').collect();
        for (depth, step) in steps.iter().enumerate() {
            let here = steps[..=depth].join("/");
            if let Some(known) = nodes.iter().position(|node| node.path == here) {
                parent = known;
                continue;
            }
            let last = depth + 1 == steps.len();
            let bytes: &[u8] = if last { bytes } else { &[] };
            nodes.push(Node { name: (*step).to_string(), storage: !last, parent, bytes, path: here });
            parent = nodes.len() - 1;
        }
    }
    // Sectors: table first (as many as are needed), then directory, mini table, mini stream, streams.
    let mut data: Vec<u8> = Vec::new();
    let mut chains: Vec<(u32, u32)> = Vec::new();
    const TABLES: u32 = 8;
    let mut add = |bytes: &[u8]| -> u32 {
        let start = TABLES + (data.len() / SECTOR) as u32;
        data.extend_from_slice(bytes);
        data.resize(data.len().next_multiple_of(SECTOR), 0);
        chains.push((start, TABLES + (data.len() / SECTOR) as u32));
        start
    };
    let small: Vec<&Node> = nodes.iter().filter(|node| !node.storage && node.bytes.len() < 64).collect();
    let mut mini = Vec::new();
    for node in &small {
        mini.extend_from_slice(node.bytes);
        mini.resize(mini.len().next_multiple_of(64).max(mini.len()), 0);
        if node.bytes.is_empty() {
            mini.extend([0; 64]);
        }
    }
    let mini_table: Vec<u8> = small.iter().flat_map(|_| END.to_le_bytes()).collect();
    let mini_table_at = add(&mini_table);
    let mini_at = add(&mini);
    let mut directory = Vec::new();
    let mut minis = 0;
    for (at, node) in nodes.iter().enumerate() {
        let mut raw = [0; 128];
        for (index, unit) in node.name.encode_utf16().enumerate() {
            raw[index * 2..index * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        raw[64..66].copy_from_slice(&((node.name.encode_utf16().count() as u16 + 1) * 2).to_le_bytes());
        raw[66] = if at == 0 { 5 } else { 2 - u8::from(node.storage) };
        let child = nodes.iter().skip(1).position(|other| other.parent == at && node.storage).map(|child| child + 1);
        let next = nodes.iter().enumerate().skip(at + 1).find(|(_, other)| at > 0 && other.parent == node.parent);
        let link = |number: Option<usize>| number.map_or(NO_ENTRY, |number| number as u32).to_le_bytes();
        raw[68..72].copy_from_slice(&link(None));
        raw[72..76].copy_from_slice(&link(next.map(|(number, _)| number)));
        raw[76..80].copy_from_slice(&link(child));
        let (start, size) = match (at, node.storage, node.bytes.len()) {
            (0, ..) => (mini_at, mini.len()),
            (_, true, _) => (0, 0),
            (_, false, size @ 0..64) => {
                minis += 1;
                (minis - 1, size)
            }
            (_, false, size) => (add(node.bytes), size),
        };
        raw[116..120].copy_from_slice(&start.to_le_bytes());
        raw[120..128].copy_from_slice(&(size as u64).to_le_bytes());
        directory.extend(raw);
    }
    let directory_at = add(&directory);
    let mut table = vec![u32::MAX; TABLES as usize * SECTOR / 4];
    for (start, end) in chains {
        for sector in start..end {
            table[sector as usize] = if sector + 1 == end { END } else { sector + 1 };
        }
    }
    let mut head = vec![0; SECTOR];
    head[..8].copy_from_slice(MAGIC);
    let mut set = |at: usize, number: u32| head[at..at + 4].copy_from_slice(&number.to_le_bytes());
    set(28, 0x0009_fffe);
    set(32, 6);
    set(44, TABLES);
    set(48, directory_at);
    set(56, 64);
    set(60, mini_table_at);
    set(64, 1);
    set(68, END);
    for at in 0..109 {
        set(76 + at * 4, if at < TABLES as usize { at as u32 } else { u32::MAX });
    }
    head.extend(table.iter().flat_map(|number| number.to_le_bytes()));
    head.extend(data);
    head
}

/// A property set with a title, an author and the day on which it was made, and one property of an organisation.
fn summary() -> (Vec<u8>, Vec<u8>) {
    let set = |sections: &[Vec<u8>]| {
        let mut bytes = vec![0; 24];
        bytes.extend((sections.len() as u32).to_le_bytes());
        let mut at = 28 + sections.len() * 20;
        for section in sections {
            bytes.extend([0; 16]);
            bytes.extend((at as u32).to_le_bytes());
            at += section.len();
        }
        bytes.extend(sections.concat());
        bytes
    };
    let section = |properties: &[(u32, Vec<u8>)]| {
        let mut table: Vec<u8> = Vec::new();
        let mut values: Vec<u8> = Vec::new();
        for (id, value) in properties {
            table.extend(id.to_le_bytes());
            table.extend(((8 + properties.len() * 8 + values.len()) as u32).to_le_bytes());
            values.extend(value);
        }
        let mut bytes = vec![0; 4];
        bytes.extend((properties.len() as u32).to_le_bytes());
        bytes.extend(table);
        bytes.extend(values);
        bytes
    };
    let words = |words: &[u8]| [&[0x1e, 0, 0, 0], &(words.len() as u32).to_le_bytes()[..], words].concat();
    let time = [&[0x40, 0, 0, 0], &134_222_400_000_000_000_u64.to_le_bytes()[..]].concat();
    let page = vec![2, 0, 0, 0, 0xe4, 4, 0, 0];
    let names = [&[1, 0, 0, 0, 2, 0, 0, 0, 6, 0, 0, 0][..], b"Owner\0"].concat();
    let first =
        section(&[(1, page.clone()), (2, words(b"Caf\xe9 plan\0")), (4, words(b"Jo Bloggs\0")), (12, time.clone())]);
    let company = section(&[(1, page.clone()), (15, words(b"The Trust\0"))]);
    let own = section(&[(0, names), (1, page), (2, words(b"Chief Nurse\0"))]);
    (set(&[first]), set(&[company, own]))
}

#[test]
fn streams_storages_and_properties_are_found() {
    let (first, second) = summary();
    let long = vec![7; 2000];
    let bytes = file(&[
        ("Long", &long),
        ("Folder/Short", b"abc"),
        ("\u{5}SummaryInformation", &first),
        ("\u{5}DocumentSummaryInformation", &second),
    ]);
    let open = Compound::open(&bytes, &Limits::default()).unwrap();
    assert_eq!(open.named(ROOT, "long"), Some(long));
    let folder = open.find(ROOT, "Folder").unwrap();
    assert!(open.is_storage(folder));
    assert_eq!(open.named(folder, "Short"), Some(b"abc".to_vec()));
    assert_eq!(open.named(ROOT, "Short"), None);
    let mut metadata = Metadata::default();
    properties(&open, &mut metadata);
    assert_eq!(metadata.title.as_deref(), Some("Café plan"));
    assert_eq!(metadata.author.as_deref(), Some("Jo Bloggs"));
    assert_eq!(metadata.created.as_deref(), Some("2026-05-03T00:00:00Z"));
    let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
    assert_eq!(metadata.properties, [pair("company", "The Trust"), pair("Owner", "Chief Nurse")]);
}

#[test]
fn chains_that_go_round_end() {
    let long = vec![7; 2000];
    let mut bytes = file(&[("Long", &long)]);
    // Every sector follows the first of the data.
    for at in (SECTOR..SECTOR * 9).step_by(4) {
        bytes[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    if let Ok(open) = Compound::open(&bytes, &Limits::default()) {
        assert!(open.named(ROOT, "Long").unwrap_or_default().len() <= 2000);
    }
}

#[test]
fn many_names_for_one_chain_stop_at_the_limit() {
    let long = vec![7; 2000];
    let bytes = file(&[("Long", &long)]);
    let limits = Limits { inflated_bytes: 5000, ..Limits::default() };
    let open = Compound::open(&bytes, &limits).unwrap();
    let taken: usize = (0..10).map(|_| open.named(ROOT, "Long").unwrap().len()).sum();
    assert_eq!(taken, 5000);
}

proptest! {
    #[test]
    fn no_bytes_stop_the_reader(changes in prop::collection::vec((0..9000_usize, any::<u8>()), 0..40), end in 0..9000_usize) {
        let (first, _) = summary();
        let mut bytes = file(&[("Long", &[7; 700]), ("Folder/Short", b"abc"), ("\u{5}SummaryInformation", &first)]);
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        bytes.truncate(end.max(512));
        if let Ok(open) = Compound::open(&bytes, &Limits::default()) {
            for (number, _) in open.children(ROOT) {
                open.stream(number);
                open.children(number);
            }
            properties(&open, &mut Metadata::default());
        }
    }
}
