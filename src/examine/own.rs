//! Reports that kloe wrote itself: they quote the evidence of a folder and would count as evidence, so the next run must know
//! them again, in each format and by content alone, since they are renamed, attached, and saved anew by Excel and Word.

use crate::text::Text;

/// Bytes at the beginning of a file that tell formats which are not read.
const HEAD: usize = 1024;

/// Blocks at the beginning of a text that tell it.
const BLOCKS: usize = 24;

/// First headings of the tables, as in `render::tables`.
const TABLES: [&[&str]; 4] = [
    &["Framework", "Line", "Asked for", "Required", "Grade", "Document", "Title", "Kind"],
    &["Severity", "Check", "Document", "Where", "What is wrong", "What would put it right"],
    &["Owner", "Action", "Due", "State", "Document", "Where"],
    &["Governance evidence", "Folder"],
];

/// Whether a file is a report in one of the formats for programs.
pub(super) fn is_report(bytes: &[u8]) -> bool {
    // PowerShell writes what is sent to a file in UTF-16; the marks are all ASCII.
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|byte| byte.is_ascii() && *byte != 0).collect();
    let begins = |mark: &[u8]| head.trim_ascii_start().starts_with(mark);
    let close: Vec<u8> = head.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let json = close.starts_with(b"{\"schema_version\":") && holds(&close, b"\"tool\":{\"name\":\"kloe\"");
    let gitlab = close.starts_with(b"[{\"check_name\":\"examined\",\"description\":\"kloe:");
    let junit = begins(b"<?xml") && holds(&head, b"<testsuites name=\"kloe\"");
    let github =
        begins(b"::") && head.split(|byte| *byte == b'\n').next().is_some_and(|line| holds(line, b"title=kloe::"));
    let html = holds(&head, b"name=\"generator\" content=\"kloe");
    let sarif = || close.starts_with(b"{") && holds(&close, b"sarif") && sarif_of_kloe(bytes);
    // Each cell stands in quotes; a spreadsheet program that saved the table again may have taken them off.
    let unquoted: Vec<u8> = head.iter().copied().filter(|byte| *byte != b'"').collect();
    let begins_bare = |mark: &[u8]| unquoted.trim_ascii_start().starts_with(mark);
    let table = |headings: &&[&str]| [",", ";", "\t"].iter().any(|mark| begins_bare(headings.join(mark).as_bytes()));
    let baseline = close.starts_with(b"{\"about\":\"findingsthatkloeholdsforknown");
    baseline || json || gitlab || junit || github || html || TABLES.iter().any(table) || sarif()
}

fn sarif_of_kloe(bytes: &[u8]) -> bool {
    [b"\"name\": \"kloe\"".as_slice(), b"\"name\":\"kloe\""].iter().any(|mark| holds(bytes, mark))
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|part| part == mark)
}

/// Whether a text is a report: for people, as a page, a table or a workbook.
pub(super) fn is_text_of_report(text: &Text) -> bool {
    let first: Vec<&str> = text.blocks().iter().take(BLOCKS).map(|block| text.block_text(block).trim()).collect();
    is_table(&first) || is_page(&first.join(" "))
}

fn is_table(first: &[&str]) -> bool {
    // The name of a sheet may stand before its cells.
    [first, first.get(1..).unwrap_or_default()].iter().any(|cells| TABLES.iter().any(|table| cells.starts_with(table)))
}

/// The first sentences of a report: the folder, the day, and how much was examined.
fn is_page(first: &str) -> bool {
    let Some((before, after)) = first.split_once("Evidence in ") else { return false };
    let Some((_, after)) = after.split_once(", judged as of ") else { return false };
    let examined = after.match_indices(" document").any(|(at, _)| {
        let number = after[..at].ends_with(|c: char| c.is_ascii_digit());
        let rest = after[at..].trim_start_matches(" documents: ").trim_start_matches(" document: ");
        number && rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(" read")
    });
    before.len() < 40 && examined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Place, Role};

    fn text(blocks: &[&str]) -> Text {
        let mut builder = Text::builder();
        blocks.iter().for_each(|block| builder.push(Role::Paragraph, Place::default(), block));
        builder.finish()
    }

    #[test]
    fn what_only_speaks_of_evidence_is_no_report() {
        assert!(is_text_of_report(&text(&["Evidence in a b, judged as of 1 May 2026", "1 document: 1 read."])));
        assert!(!is_text_of_report(&text(&["Evidence in practice", "Judged as of 1 May 2026, 3 documents were read"])));
        assert!(!is_text_of_report(&text(&["Owner", "Action", "Due", "State", "Where"])));
        assert!(!is_report(b"{\"schema_version\": 1, \"tool\": {\"name\": \"other\"}}"));
        assert!(!is_report(b"<?xml version=\"1.0\"?><testsuites name=\"others\">"));
        assert!(is_report(b"\xff\xfe:\0:\0n\0o\0t\0i\0c\0e\0 \0t\0i\0t\0l\0e\0=\0k\0l\0o\0e\0:\0:\0"));
        assert!(!is_report(b""));
    }
}
