//! HTML through the tokenizer of html5ever only: it stays linear on hostile nesting, where its tree does not.

mod walk;

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use self::walk::Walk;
use super::plain::decode;
use super::{Limits, Unread};
use crate::text::{Text, TextBuilder};

/// Attributes of one tag that are read; the tokenizer compares each with all before it.
const ATTRIBUTES: usize = 200;
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let source = decode_declared(bytes, limits);
    let builder = write(&source, Text::builder(), &mut Counts::default(), limits);
    Ok(builder.finish())
}

/// What goes on counting when a text is made of several bodies, as that of a mail.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// Paragraphs so far.
    pub(super) paragraph: u32,
    /// Tables so far.
    pub(super) tables: u32,
}

/// Pushes the blocks of an HTML source.
pub(super) fn write(source: &str, builder: TextBuilder, counts: &mut Counts, limits: &Limits) -> TextBuilder {
    let sink = Sink { walk: RefCell::new(Walk::new(builder, *counts, limits)) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    // In pieces, since the queue counts in 32 bits.
    for piece in pieces(&few_attributes(source), 1 << 20) {
        input.push_back(StrTendril::from_slice(piece));
        // The sink asks for no pause, so that one call takes it all.
        let _ = tokenizer.feed(&input);
        if tokenizer.sink.walk.borrow().full {
            break;
        }
    }
    tokenizer.end();
    let walk = tokenizer.sink.walk.into_inner();
    *counts = walk.counts;
    walk.finish()
}

/// Text by byte order mark, UTF-8, the charset that a meta tag declares, else by content.
fn decode_declared(bytes: &[u8], limits: &Limits) -> String {
    let head = &bytes[..bytes.len().min(2048)];
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    let declared = String::from_utf8_lossy(head).to_lowercase();
    let label = declared.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'))
            .next()
            .unwrap_or("")
            .to_string()
    });
    let encoding = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match encoding {
        Some(encoding) if !marked && std::str::from_utf8(bytes).is_err() && encoding.is_ascii_compatible() => {
            let bytes = &bytes[..bytes.len().min(limits.text_bytes)];
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        }
        _ => decode(bytes, limits),
    }
}

fn pieces(mut source: &str, length: usize) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let mut end = source.len().min(length);
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, rest) = source.split_at(end);
        source = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

/// The source with what follows the first [`ATTRIBUTES`] attributes of a tag left out.
fn few_attributes(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut kept = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = bytes[at..].iter().position(|byte| *byte == b'<').map(|found| at + found) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (mut quote, mut attributes, mut cut) = (None, 0, None);
        while let Some(byte) = bytes.get(at) {
            match (quote, byte) {
                (None, b'>') => break,
                (None, b'"' | b'\'') if bytes[..at].ends_with(b"=") => quote = Some(*byte),
                (Some(open), byte) if open == *byte => quote = None,
                (None, byte) if byte.is_ascii_whitespace() || *byte == b'/' => {
                    attributes += 1;
                    if attributes > ATTRIBUTES && cut.is_none() {
                        cut = Some(at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if let Some(cut) = cut {
            kept.push_str(source.get(from..cut).unwrap_or(""));
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(source);
    }
    kept.push_str(source.get(from..).unwrap_or(""));
    Cow::Owned(kept)
}

struct Sink<'l> {
    walk: RefCell<Walk<'l>>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut walk = self.walk.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return walk.start(&tag),
            Token::TagToken(tag) => walk.end(&tag.name),
            Token::CharacterTokens(words) => walk.words(&words),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Role;

    fn blocks(source: &str) -> Vec<(Role, String)> {
        let text = read(source.as_bytes(), &Limits::default()).unwrap();
        text.blocks().iter().map(|block| (block.role, text.block_text(block).to_string())).collect()
    }

    fn cell(row: u32, column: u32, words: &str) -> (Role, String) {
        (Role::Cell { table: 0, row, column }, words.to_string())
    }

    #[test]
    fn headings_paragraphs_and_lists_read_and_scripts_do_not() {
        let source = "<html><head><title>Falls &amp; frailty policy</title><style>p{}</style><script>if (a<b) x('<p>no</p>')</script></head>\
            <body><nav><a>Home</a></nav><h1>Falls\npolicy</h1><p>One <b>bold</b> word<p>Two<br>lines<ul><li>first<li>second</ul>\
            <div hidden>secret</div><p style='display: none'>gone</p><del>old</del><footer>Version 2</footer>";
        let text = |role, words: &str| (role, words.to_string());
        assert_eq!(
            blocks(source),
            [
                text(Role::Title, "Falls & frailty policy"),
                text(Role::Heading(1), "Falls policy"),
                text(Role::Paragraph, "One bold word"),
                text(Role::Paragraph, "Two\nlines"),
                text(Role::ListItem, "first"),
                text(Role::ListItem, "second"),
                text(Role::Footer, "Version 2"),
            ]
        );
    }

    #[test]
    fn what_word_processors_save_keeps_its_title_and_headers() {
        let found =
            blocks("<div title='header'><p>Falls policy</p></div><p class=MsoTitle>Falls</p><p class='subtitle'>2026");
        let roles: Vec<Role> = found.iter().map(|(role, _)| *role).collect();
        assert_eq!(roles, [Role::Header, Role::Title, Role::Paragraph]);
    }

    #[test]
    fn tables_keep_rows_and_columns_over_spans() {
        let source = "<table><tr><th>Action<th>Owner<th>Due</tr><tr><td rowspan=2>Train<td>Matron<td>1 May 2026</tr>\
            <tr><td>Ward lead<td>2 May 2026</table>";
        assert_eq!(
            blocks(source),
            [
                cell(0, 0, "Action"),
                cell(0, 1, "Owner"),
                cell(0, 2, "Due"),
                cell(1, 0, "Train"),
                cell(1, 1, "Matron"),
                cell(1, 2, "1 May 2026"),
                cell(2, 1, "Ward lead"),
                cell(2, 2, "2 May 2026"),
            ]
        );
        assert_eq!(blocks("<dl><dt>Version<dd>2.1<dt>Owner<dd>Matron</dl>")[3], cell(1, 1, "Matron"));
    }

    #[test]
    fn a_table_that_places_things_gives_plain_blocks() {
        let found = blocks("<table><tr><td>Intro<h2>Scope</h2><p>Text</p></td></tr></table>");
        assert_eq!(found[0], (Role::Paragraph, "Intro".to_string()));
        assert_eq!(found[1], (Role::Heading(2), "Scope".to_string()));
        assert_eq!(found[2], (Role::Paragraph, "Text".to_string()));
    }

    #[test]
    fn meta_tags_and_declared_encodings_count() {
        let source = b"<meta charset=windows-1252><meta name=DCTERMS.modified content='2026-05-03'><meta name=author content=\"Jo\"><p>caf\xe9 \x96 5";
        let text = read(source, &Limits::default()).unwrap();
        assert_eq!(text.content(), "café – 5\n");
        assert_eq!(text.metadata.modified.as_deref(), Some("2026-05-03"));
        assert_eq!(text.metadata.author.as_deref(), Some("Jo"));
    }

    #[test]
    fn many_attributes_and_deep_nesting_end_soon() {
        let attributes: String = (0..100_000).map(|number| format!(" a{number}=1")).collect();
        assert_eq!(blocks(&format!("<p{attributes}>kept</p>")), [(Role::Paragraph, "kept".to_string())]);
        let deep =
            format!("{}kept{}", "<div><table><tr><td>".repeat(20_000), "</td></tr></table></div>".repeat(20_000));
        assert_eq!(blocks(&deep).len(), 1);
    }

    proptest! {
        #[test]
        fn no_source_stops_the_reader(parts in prop::collection::vec(prop::sample::select(vec![
            "<table>", "</table>", "<tr>", "<td colspan=3>", "<td rowspan=9>", "</td>", "<p>", "</p>", "<h1>", "</h1>", "<li>",
            "<dl>", "<dt>", "<dd>", "</dl>", "<title>", "</title>", "<script>", "<br>", "é words ", "<!--", "-->", "&amp", "<del>",
        ]), 0..40)) {
            let text = read(parts.concat().as_bytes(), &Limits::default()).unwrap();
            for block in text.blocks() {
                prop_assert!(text.content().get(block.span.range()).is_some());
            }
        }
    }
}
