use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use proptest::prelude::*;

use super::super::sample::{HOSTILE, clean, empty, full};
use super::*;
use crate::day::Day;
use crate::report::{ActionRow, EvidenceRow, ResolvedRow};
use crate::text::Place;

/// Every element that the page may hold, and every attribute.
const ELEMENTS: &str = "html head meta title style body a header h1 h2 h3 h4 p strong dl div dt dd span nav ul li form label input \
                        select option optgroup button main section table caption thead tbody tr th td details summary q footer \
                        script b i";
const ATTRIBUTES: &str = "lang charset name content http-equiv class href id aria-label aria-labelledby role hidden for type \
                          autocomplete value label tabindex data-k data-g data-l data-s data-c data-n scope colspan title open";

/// What a browser's tokenizer makes of a page.
#[derive(Default)]
struct Seen {
    open: Vec<String>,
    elements: Vec<String>,
    attributes: Vec<(String, String, String)>,
    text: String,
    faults: Vec<String>,
}

#[derive(Default)]
struct Sink(RefCell<Seen>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut seen = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let name = tag.name.to_string();
                seen.elements.push(name.clone());
                for attribute in &tag.attrs {
                    seen.attributes.push((name.clone(), attribute.name.local.to_string(), attribute.value.to_string()));
                }
                if !["meta", "input"].contains(&name.as_str()) {
                    seen.open.push(name.clone());
                }
                match name.as_str() {
                    "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => return TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" => return TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => {}
                }
            }
            Token::TagToken(tag) => {
                let opened = seen.open.pop();
                if opened.as_deref() != Some(&*tag.name) {
                    seen.faults.push(format!("</{}> ends {opened:?}", tag.name));
                }
            }
            Token::CharacterTokens(words)
                if !matches!(seen.open.last().map(String::as_str), Some("script" | "style")) =>
            {
                seen.text.push_str(&words);
            }
            Token::CommentToken(words) => seen.faults.push(format!("a comment: {words}")),
            Token::ParseError(fault) => seen.faults.push(fault.to_string()),
            Token::NullCharacterToken => seen.faults.push("a null".to_string()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Reads a page, and checks that it holds nothing that is not ours.
fn read(page: &str) -> Seen {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() });
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let seen = tokenizer.sink.0.into_inner();
    assert!(seen.faults.is_empty() && seen.open.is_empty(), "{:?} {:?}", seen.faults, seen.open);
    let known = |all: &str, one: &str| all.split_whitespace().any(|name| name == one);
    for element in &seen.elements {
        assert!(known(ELEMENTS, element), "<{element}>");
    }
    let mut ids = BTreeSet::new();
    for (element, attribute, value) in &seen.attributes {
        assert!(known(ATTRIBUTES, attribute), "<{element} {attribute}=\"{value}\">");
        assert!(attribute != "id" || ids.insert(value.clone()), "the id {value} is there twice");
    }
    for (_, _, link) in seen.attributes.iter().filter(|(_, attribute, _)| attribute == "href") {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
        let ours = link.strip_prefix('#').map_or_else(
            || (link.starts_with("../evidence/") || link.starts_with("./")) && link.bytes().all(plain),
            |anchor| ids.contains(anchor),
        );
        assert!(ours, "{link}");
    }
    for once in ["script", "style", "title", "h1", "main"] {
        assert_eq!(seen.elements.iter().filter(|one| *one == once).count(), 1, "<{once}>");
    }
    let levels = seen.elements.iter().filter_map(|one| one.strip_prefix('h')?.parse::<u8>().ok());
    levels.fold(0, |before, level| {
        assert!(level <= before + 1, "a heading of level {level} after one of level {before}");
        level
    });
    seen
}

fn seat() -> Standpoint {
    Standpoint { repository: String::new(), output: Some("../evidence".to_string()) }
}

/// The page without its style sheet, its script and their hashes, which change with every touch.
fn body(page: &str) -> String {
    page.replace(&STYLE.replace("\r\n", "\n"), "STYLE")
        .replace(&SCRIPT.replace("\r\n", "\n"), "SCRIPT")
        .split_inclusive('\n')
        .filter(|line| !line.contains("Content-Security-Policy"))
        .collect()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn the_page_looks_as_it_did() {
    for (of, report) in [("full", full()), ("clean", clean()), ("empty", empty())] {
        let page = html(&report, &seat());
        read(&page);
        insta::assert_snapshot!(of, body(&page));
    }
}

#[test]
fn a_hostile_name_is_words_and_nothing_else() {
    let mut report = full();
    report.root = HOSTILE.to_string();
    report.frameworks[0].title = HOSTILE.to_string();
    report.lines[0].title = HOSTILE.to_string();
    report.lines[0].expectations[0].evidence[0].because.push(HOSTILE.to_string());
    report.resolved.push(ResolvedRow {
        fingerprint: "bb".to_string(),
        check: HOSTILE.to_string(),
        path: Some("javascript:alert(1)".to_string()),
        message: HOSTILE.to_string(),
        since: day("2026-05-01"),
    });
    report.documents[0].path = "javascript:alert(1)//.md".to_string();
    report.actions[0].owner = Some(HOSTILE.to_string());
    let page = html(&report, &seat());
    let seen = read(&page);
    assert!(!page.contains(['\u{1b}', '\u{202e}']));
    assert!(seen.text.matches(&super::super::plain(HOSTILE)).count() >= 8, "{}", seen.text);
    let link = "../evidence/javascript%3Aalert%281%29//.md";
    assert!(seen.attributes.iter().any(|(_, _, value)| value == link));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn whatever_documents_say_stays_words(
        text in prop_oneof![".{0,40}", "[<>&\"'/!a-z =-]{0,40}", Just("<!--<script>".to_string()), Just("]]>&lt;".to_string())],
    ) {
        let mut report = full();
        report.root = text.clone();
        for finding in &mut report.findings {
            finding.message = text.clone();
            finding.help = text.clone();
            finding.path = finding.path.as_ref().map(|_| text.clone());
            if let Some(location) = &mut finding.location {
                *location = Location { place: Place::at_cell(&text, 1, 1), quote: text.clone() };
            }
        }
        for document in &mut report.documents {
            document.title = Some(text.clone());
            document.owner = Some(text.clone());
        }
        report.documents[1].path = text.clone();
        report.skipped[0].reason = text.clone();
        report.lines[0].id = text.clone();
        read(&html(&report, &seat()));
    }
}

#[test]
fn nothing_read_never_looks_like_nothing_found() {
    let said = |report: &Report| read(&html(report, &seat())).text;
    assert!(
        said(&empty()).contains("Nothing was examined, no document was found: this says nothing about the evidence")
    );
    assert!(said(&clean()).contains("1 document: 1 read, 0 not read; 0 files skipped"));
    assert!(said(&clean()).contains("Nothing was found in what was read"));
    let full = said(&full());
    assert!(full.contains("5 documents: 4 read, 1 not read; 1 file skipped"));
    assert!(full.contains("1 document could not be read and so cannot support any line"));
    assert!(full.contains("Locked.pdf× not reada password is needed") && full.contains("Office lock file"), "{full}");
}

#[test]
fn the_next_run_knows_the_page_for_an_own_report() {
    let page = html(&full(), &seat());
    assert!(page[..1024].contains("<meta name=\"generator\" content=\"kloe 0.0.0\">"));
}

#[test]
fn the_policy_allows_this_style_and_this_script_only() {
    assert_eq!(source(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assert_eq!(source("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    let page = html(&full(), &seat());
    let between = |from: &str, to: &str| page.split_once(from).unwrap().1.split_once(to).unwrap().0.to_string();
    for text in [between("<style>", "</style>"), between("<script>", "</script>")] {
        assert!(page.contains(&format!("-src '{}';", source(&text))));
    }
    // Either would let in more than that, or ask for something.
    for not in ["unsafe", "style=", "onclick", "url(", "@import", "http:", "fetch("] {
        assert!(!page.replace("&#39;", "").contains(not) || not == "http:", "{not}");
    }
}

#[test]
fn findings_that_differ_only_in_who_asks_are_one() {
    let mut report = full();
    let mut again = report.findings[0].clone();
    again.expectation = Some("Q5.risk-register".to_string());
    again.expectations = vec!["Q5.risk-register".to_string()];
    report.findings.insert(1, again);
    let text = read(&html(&report, &seat())).text;
    assert!(text.contains("Missing: 1 thing that a reviewer would ask for first"), "{text}");
    assert!(text.contains("Asked for by W4.risk-register, Q5.risk-register"), "{text}");
}

/// A folder of 2,000 documents with 10,000 findings, three pieces of evidence a document and 3,000 actions.
fn large() -> Report {
    let mut report = full();
    let path =
        |number: usize| format!("Trust Board/2026/Part {}/Minutes and papers {number} (approved).docx", number % 40);
    let document = report.documents[0].clone();
    report.documents = (0..2_000)
        .map(|number| {
            let supports = vec!["W4.board-minutes".to_string(), "W4.away-day".to_string()];
            crate::report::DocumentRow { path: path(number), supports, ..document.clone() }
        })
        .collect();
    let one = report.findings.iter().find(|one| one.check == "stale").unwrap().clone();
    report.findings.truncate(1);
    for number in 0..10_000 {
        let check = Check::ALL[1 + number % (Check::ALL.len() - 1)];
        let words = "its newest is of 24 September 2024, older than twelve months";
        report.findings.push(FindingRow {
            check: check.name(),
            severity: check.severity(),
            message: format!("{words} (finding {number} of all)"),
            help: format!("file the minutes of the meetings since, or say why there are none ({})", number % 7),
            path: Some(path(number % 2_000)),
            location: Some(Location {
                place: Place::at_page(3),
                quote: format!("Minutes of the meeting of the Trust Board held on {number} September"),
            }),
            ..one.clone()
        });
    }
    let evidence: EvidenceRow = report.lines[0].expectations[0].evidence[0].clone();
    for at in 0..3 {
        report.lines[0].expectations[at].evidence =
            (0..2_000).map(|number| EvidenceRow { path: path(number), ..evidence.clone() }).collect();
    }
    let action = report.actions[0].clone();
    report.actions = (0..3_000).map(|number| ActionRow { path: path(number % 2_000), ..action.clone() }).collect();
    report.summary.documents = 2_000;
    report
}

#[test]
fn a_large_folder_stays_below_ten_megabytes_and_loses_nothing() {
    let page = html(&large(), &seat());
    assert!(page.len() < 10_000_000, "{} bytes", page.len());
    let text = read(&page).text;
    if let Some(file) = std::env::var_os("KLOE_LARGE_PAGE") {
        std::fs::write(file, &page).unwrap();
    }
    let there: BTreeSet<&str> =
        text.split("(finding ").skip(1).filter_map(|rest| rest.split_once(' ')).map(|(n, _)| n).collect();
    assert_eq!(there.len(), 10_000);
    assert!(text.contains("Findings: 10,000") && text.contains("All documents: 2,000"));
}
