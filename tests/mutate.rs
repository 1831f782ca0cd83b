//! Good files with bytes turned, cut, doubled and swapped, through each reader: what the targets in `fuzz/` ask, without what
//! `fuzz/run.sh` needs. A few a target on every `cargo test`; for longer:
//!
//! ```sh
//! KLOE_MUTATE_SECONDS=120 cargo test --test mutate -- --nocapture --test-threads 2
//! ```
//!
//! `KLOE_MUTATE_SEED` begins elsewhere. What failed lies in `target/tmp/mutate-TARGET`.

// A test that cannot go on should fail where it stands, and one that ran long should say what it did.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use kloe::document::{Document, Words};
use kloe::fault::SourceFile;
use kloe::read::{Format, Limits, inside, read};
use kloe::text::Text;

/// Files tried of each target when nothing says for how long.
const FEW: u32 = 25;

/// The largest file that is changed, in bytes: those of long files are slow.
const MOST: usize = 40_000;

/// Seconds of processor that one file may take, with nothing optimised.
const SLOW: Duration = Duration::from_secs(10);

/// Limits low enough that a run is spent on shapes, not on sizes.
static LIMITS: LazyLock<Limits> = LazyLock::new(|| Limits {
    part_bytes: 1 << 20,
    inflated_bytes: 4 << 20,
    entries: 200,
    pages: 20,
    page_glyphs: 5_000,
    cells: 5_000,
    text_bytes: 128 << 10,
    ..Limits::default()
});

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::embedded().unwrap());

/// Numbers in no order, the same from run to run (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize
    }

    /// A number below another; 0 of none.
    fn below(&mut self, most: usize) -> usize {
        if most == 0 { 0 } else { self.next() % most }
    }
}

/// What is put in: numbers at the edges of what fits, and words that open something.
const TOKENS: [&[u8]; 44] = [
    b"0",
    b"-1",
    b"2147483647",
    b"4294967295",
    b"4294967296",
    b"-2147483648",
    b"18446744073709551615",
    b"1e308",
    b"1e-308",
    b"99999999999999999999",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"</",
    b"<<",
    b">>",
    b"(",
    b")",
    b"\"",
    b"'",
    b"\0",
    b"\r\n",
    b"\n\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xe2\x80\xae",
    b"&#0;",
    b"&amp;",
    b"<![CDATA[",
    b"<!--",
    b"|-|-|",
    b"> ",
    b"\t- ",
    b"31/02/2026",
    b"29 February 2026",
    b"Q5 2025/26",
    b"Owner: ",
    b"[insert name]",
    b"943 476 5919",
    b"00000000000000000000.0000000001",
];

const EDGES: [u32; 9] = [0, 1, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff];

fn change(bytes: &mut Vec<u8>, other: &[u8], numbers: &mut Numbers) {
    let at = numbers.below(bytes.len() + 1);
    let rest = bytes.len() - at;
    let size = 1 << numbers.below(12);
    let some = numbers.below(rest.min(size) + 1);
    match numbers.below(9) {
        0 if rest > 0 => bytes[at] ^= 1 << numbers.below(8),
        1 if rest > 0 => bytes[at] = numbers.next() as u8,
        2 => drop(bytes.drain(at..at + some)),
        3 => {
            let part = bytes[at..at + some].repeat(1 + numbers.below(if some < 100 { 200 } else { 5 }));
            bytes.splice(at..at, part);
        }
        4 => drop(bytes.splice(at..at, TOKENS[numbers.below(TOKENS.len())].iter().copied())),
        5 => {
            let token = TOKENS[numbers.below(10)];
            let from = bytes[at..].iter().position(u8::is_ascii_digit).map_or(at, |place| at + place);
            let to = bytes[from..].iter().position(|byte| !byte.is_ascii_digit()).map_or(from, |place| from + place);
            bytes.splice(from..to, token.iter().copied());
        }
        6 if rest >= 4 => {
            let edge = EDGES[numbers.below(EDGES.len())].to_le_bytes();
            let width = 1 << numbers.below(3);
            bytes[at..at + width].copy_from_slice(&edge[..width]);
        }
        7 => {
            let from = numbers.below(other.len() + 1);
            let to = from + numbers.below((other.len() - from).min(size) + 1);
            bytes.splice(at..at + some, other[from..to].iter().copied());
        }
        _ => bytes.truncate(at.max(1)),
    }
}

/// A changed file; of an archive mostly one of its parts, since hardly a byte of the packed ones can change.
fn changed(seeds: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let (seed, other) = (&seeds[numbers.below(seeds.len())], &seeds[numbers.below(seeds.len())]);
    let times = 1 + numbers.below(6);
    if seed.starts_with(b"PK") && numbers.below(8) > 0 {
        let (mut parts, others) = (parts(seed), parts(other));
        let place = numbers.below(parts.len());
        let none = Vec::new();
        let like = others.get(numbers.below(others.len())).map_or(&none, |(_, bytes)| bytes);
        if let Some((_, bytes)) = parts.get_mut(place) {
            (0..times).for_each(|_| change(bytes, like, numbers));
        }
        return packed(&parts);
    }
    let mut bytes = seed.clone();
    (0..times).for_each(|_| change(&mut bytes, other, numbers));
    bytes
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        if entry.read_to_end(&mut bytes).is_ok() {
            parts.push((entry.name().unwrap_or_default().to_string(), bytes));
        }
    }
    parts
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        // Two parts of one name cannot be written so.
        if zip.start_file(name.as_str(), stored).is_ok() {
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// Files below a folder of the project with one of the endings, the smallest first.
fn files(folder: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)))
            {
                found.extend(std::fs::read(path).ok().filter(|bytes| bytes.len() <= MOST));
            }
        }
    }
    found.sort_by_key(|bytes| (bytes.len(), bytes.clone()));
    found.truncate(40);
    found
}

/// Time of the processor that this thread has had; of the clock where the system does not tell.
fn spent(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// Tries changed files on a target, and fails with all that went wrong.
fn run(target: &str, seeds: &[Vec<u8>], try_one: impl Fn(&[u8])) {
    assert!(!seeds.is_empty(), "no files to change");
    let setting = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let long = setting("KLOE_MUTATE_SECONDS").map(Duration::from_secs);
    let mut numbers =
        Numbers(0x9e37_79b9_7f4a_7c15 ^ setting("KLOE_MUTATE_SEED").unwrap_or(1).wrapping_mul(0x1000_0001));
    let (start, mut tried, mut wrong, mut slowest) = (Instant::now(), 0, Vec::new(), Duration::ZERO);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutate-{target}"));
    while long.map_or(tried < FEW, |long| start.elapsed() < long) && wrong.len() < 20 {
        let bytes = changed(seeds, &mut numbers);
        tried += 1;
        let began = Instant::now();
        let before = spent(began);
        let panicked = catch_unwind(AssertUnwindSafe(|| try_one(&bytes))).is_err();
        let took = spent(began).saturating_sub(before);
        slowest = slowest.max(took);
        if panicked || took > SLOW {
            std::fs::create_dir_all(&folder).unwrap();
            let file = folder.join(format!("{tried}"));
            std::fs::write(&file, &bytes).unwrap();
            wrong.push(format!(
                "{}: {}",
                file.display(),
                if panicked { "a panic".into() } else { format!("{took:?}") }
            ));
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("").trim();
    eprintln!(
        "{target}: {tried} files in {} s, slowest {slowest:?}, {} wrong, {peak}",
        start.elapsed().as_secs(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Blocks on borders of characters, in order, and a place for each.
fn holds(text: &Text) {
    let mut end = 0;
    for block in text.blocks() {
        assert!(block.span.start >= end && text.content().get(block.span.range()).is_some());
        end = block.span.end;
        let _ = text.place(block.span);
        let excerpt = text.excerpt(block.span);
        assert!(excerpt.context.get(excerpt.start..excerpt.start + excerpt.length).is_some());
    }
}

fn read_as(name: &str, bytes: &[u8]) {
    if let (format, Ok(text)) = read(name, bytes, &LIMITS) {
        holds(&text);
        let _ = inside(format, bytes, &LIMITS, &mut LIMITS.inflated_bytes.clone());
    }
}

fn describe(name: &str, format: Format, bytes: &[u8]) {
    if let (_, Ok(text)) = read(name, bytes, &LIMITS) {
        holds(&Document::describe(name, format, text, &WORDS).text);
    }
}

/// Tries the readers that a name leads to, with seeds of the endings in the fixtures.
fn reader(target: &str, name: &str, endings: &[&str]) {
    run(target, &files("fixtures/trust", endings), |bytes| read_as(name, bytes));
}

#[test]
fn office_packages() {
    reader("package", "a.docx", &["docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"]);
}

#[test]
fn pdf() {
    reader("pdf", "a.pdf", &["pdf"]);
}

#[test]
fn html() {
    reader("html", "a.html", &["html", "htm"]);
}

#[test]
fn mail() {
    reader("mail", "a.eml", &["eml"]);
}

#[test]
fn text() {
    let seeds = files("fixtures/trust", &["txt", "md"]);
    run("text", &seeds, |bytes| {
        read_as("a.txt", bytes);
        read_as("a.md", bytes);
    });
}

#[test]
fn tables() {
    reader("csv", "a.csv", &["csv"]);
}

#[test]
fn facts() {
    let seeds = files("fixtures/trust", &["txt", "md", "csv"]);
    run("facts", &seeds, |bytes| {
        describe("Minutes of the Board 3 May 2026.md", Format::Md, bytes);
        describe("a.csv", Format::Csv, bytes);
    });
}

#[test]
fn dates() {
    let seeds = files("fixtures/trust", &["txt", "md", "csv"]);
    run("dates", &seeds, |bytes| {
        let words = String::from_utf8_lossy(bytes);
        for found in kloe::day::find_days(&words, Some(2026)) {
            assert!(words.get(found.start..found.end).is_some(), "on borders of characters");
        }
        let _ = (kloe::day::find_periods(&words), kloe::day::period_end(&words), kloe::day::day_in_name(&words, None));
        let _ = words.parse::<kloe::day::Day>();
    });
}

#[test]
fn front_matter() {
    let yaml =
        b"title: Risk policy\nowner: &a [Director, Chief Nurse]\nreview: 2026-05-03\nmore: {a: *a, b: |\n  x\n}\n";
    let seeds =
        vec![yaml.to_vec(), b"title = \"Risk policy\"\nreview = 2026-05-03\n[a]\nb = [1, 2.5, true]\n".to_vec()];
    run("front_matter", &seeds, |bytes| {
        for fence in ["---", "+++"] {
            let file = [fence.as_bytes(), b"\n", bytes, b"\n", fence.as_bytes(), b"\n# Title\n"].concat();
            read_as("a.md", &file);
        }
    });
}

#[test]
fn rules() {
    run("rules", &files("rules", &["toml"]), |bytes| {
        let words = String::from_utf8_lossy(bytes);
        for path in ["evidence/a.toml", "mine/framework.toml", "mine/W1.toml"] {
            if let Err(faults) =
                kloe::rules::load(&[vec![(path.to_string(), SourceFile::new(path, words.to_string()))]])
            {
                assert!(!faults.0.is_empty());
            }
        }
    });
}

#[test]
fn settings() {
    let seeds = [
        "as-of = 2026-11-01\nsector = \"nhs-trust\"\nselect = [\"stale\"]\nexclude = [\"Archive/\"]\njobs = 2\nfail-on = \"never\"\n",
        "[severity]\nstale = \"error\"\n[limits]\nseconds = 60\ncells = 1_000_000\n",
    ];
    run("settings", &seeds.map(|seed| seed.as_bytes().to_vec()), |bytes| {
        let words = String::from_utf8_lossy(bytes);
        if let Err(faults) = kloe::settings::Settings::parse(&SourceFile::new("kloe.toml", words.to_string())) {
            assert!(!faults.0.is_empty());
        }
    });
}

/// Whole files of the formats that the fixtures have few of; none where there is no Python 3.
fn old_files() -> Vec<Vec<u8>> {
    let script = "import sys\nsys.path.insert(0, sys.argv[1])\nfrom hostile_parts import kit\n\
                  for name in sys.argv[3:]:\n    open(f'{sys.argv[2]}/whole.{name}', 'wb').write(kit.WHOLE[name]())";
    let folder = tempfile::tempdir().unwrap();
    let names = ["doc", "xls", "rtf", "msg", "ppt", "xlsb"];
    let make = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/make");
    let _ = Command::new("python3").args(["-B", "-c", script]).args([&make, folder.path()]).args(names).status();
    names.iter().filter_map(|name| std::fs::read(folder.path().join(format!("whole.{name}"))).ok()).collect()
}

#[test]
fn old_office_files() {
    let mut seeds = files("fixtures/trust", &["doc", "xls", "rtf", "msg", "ppt", "xlsb"]);
    seeds.extend(old_files());
    run("legacy", &seeds, |bytes| {
        for name in ["a.doc", "a.xls", "a.rtf"] {
            read_as(name, bytes);
        }
    });
}
