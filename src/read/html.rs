//! HTML through the tokenizer of html5ever only: it stays linear on hostile nesting, where its tree does not.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::plain::decode;
use super::{Limits, Unread};
use crate::text::{Place, Role, Text, TextBuilder};

/// Attributes of one tag that are read; the tokenizer compares each with all before it.
const ATTRIBUTES: usize = 200;
/// Columns of a table that `colspan` can skip at most.
const COLUMNS: u32 = 1000;

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
    let mut walk = tokenizer.sink.walk.into_inner();
    walk.flush();
    while !walk.tables.is_empty() {
        walk.end_table();
    }
    *counts = walk.counts;
    walk.builder
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

/// A table being read.
struct Table {
    number: u32,
    row: u32,
    column: u32,
    /// Words of the open cell, and the paragraph where it begins.
    cell: Option<(String, u32)>,
    /// Columns that the open cell takes.
    wide: u32,
    /// For each column, how many rows a cell from above still covers it.
    covered: Vec<u32>,
    /// Used to place things, not to hold data: what is in it are plain paragraphs.
    layout: bool,
    /// A list of terms, read as a table of two columns.
    terms: bool,
}

struct Open {
    name: String,
    hidden: bool,
}

struct Walk<'l> {
    builder: TextBuilder,
    counts: Counts,
    limits: &'l Limits,
    open: Vec<Open>,
    hidden: usize,
    words: String,
    tables: Vec<Table>,
    title: bool,
    full: bool,
}

/// Elements whose words are no text of the document.
const DROPPED: [&str; 17] = [
    "script", "style", "nav", "template", "svg", "math", "iframe", "object", "noscript", "select", "datalist",
    "canvas", "audio", "video", "button", "dialog", "del",
];
/// Elements without content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that begin and end a block.
const BLOCKS: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "ul",
    "textarea",
];

impl<'l> Walk<'l> {
    fn new(builder: TextBuilder, counts: Counts, limits: &'l Limits) -> Self {
        Walk {
            builder,
            counts,
            limits,
            open: Vec::new(),
            hidden: 0,
            words: String::new(),
            tables: Vec::new(),
            title: false,
            full: false,
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.close_implied(name);
        match name {
            "br" => self.words.push('\n'),
            "hr" => self.flush(),
            "meta" => self.meta(tag),
            "ins" => self.builder.revisions().insertions += 1,
            "del" => self.builder.revisions().deletions += 1,
            "table" => self.start_table(attribute(tag, "role").is_some_and(|role| role == "presentation"), false),
            "dl" => self.start_table(false, true),
            "tr" => self.start_row(),
            "td" | "th" => self.start_cell(span(tag, "colspan"), span(tag, "rowspan")),
            "dt" => {
                self.start_row();
                self.start_cell(1, 1);
            }
            "dd" => self.start_cell(1, 1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                // A heading in a cell: the table places things on the page.
                self.lay_out();
                self.flush();
            }
            _ if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
        if !VOID.contains(&name) && !tag.self_closing && self.open.len() < self.limits.depth {
            let style = attribute(tag, "style").unwrap_or_default().to_lowercase().replace(' ', "");
            let hidden = DROPPED.contains(&name)
                || attribute(tag, "hidden").is_some()
                || style.contains("display:none")
                || style.contains("visibility:hidden");
            self.hidden += usize::from(hidden);
            self.open.push(Open { name: name.to_string(), hidden });
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "noscript" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" if self.hidden == 0 => {
                self.title = name == "title";
                TokenSinkResult::RawData(RawKind::Rcdata)
            }
            _ => TokenSinkResult::Continue,
        }
    }

    /// Closes elements whose end tag HTML lets writers leave out.
    fn close_implied(&mut self, name: &str) {
        let (closed, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "table", "td", "th"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tr" => (&["tr"], &["table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            _ if BLOCKS.contains(&name) || name == "table" => (&["p"], &["table", "td", "th", "li", "div"]),
            _ => return,
        };
        for open in self.open.iter().rev() {
            let open = open.name.clone();
            if closed.contains(&open.as_str()) {
                self.end(&open);
                return;
            }
            if within.contains(&open.as_str()) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        if name == "p" && !self.open.iter().any(|open| open.name == "p") {
            self.flush();
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        // An end tag inside a cell does not close what was opened outside it.
        let cell = self.open.iter().rposition(|open| matches!(open.name.as_str(), "td" | "th"));
        if cell.is_some_and(|cell| cell > at)
            && !matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot" | "html" | "body")
        {
            return;
        }
        while self.open.len() > at {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(name) = self.open.last().map(|open| open.name.clone()) else { return };
        match name.as_str() {
            "title" => self.end_title(),
            "td" | "th" | "dt" | "dd" => self.end_cell(),
            "table" | "dl" => self.end_table(),
            _ if BLOCKS.contains(&name.as_str()) => self.flush(),
            _ => {}
        }
        if let Some(open) = self.open.pop() {
            self.hidden -= usize::from(open.hidden);
        }
    }

    fn words(&mut self, words: &str) {
        if self.hidden > 0 || self.full {
            return;
        }
        let kept = self.open.iter().rev().any(|open| matches!(open.name.as_str(), "pre" | "textarea"));
        if kept {
            self.words.push_str(words);
        } else {
            self.words.extend(words.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        }
        if self.builder.len() + self.words.len() > self.limits.text_bytes {
            self.builder.cut(format!("text after the first {} bytes", self.limits.text_bytes));
            self.full = true;
        }
    }

    /// Ends the block that is being written.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        self.counts.paragraph += 1;
        let at = self.counts.paragraph;
        if let Some((cell, first)) =
            self.tables.last_mut().filter(|table| !table.layout).and_then(|table| table.cell.as_mut())
        {
            if cell.is_empty() {
                *first = at;
            }
            cell.push_str(&words);
            cell.push('\n');
            return;
        }
        let role = self.role();
        self.builder.push(role, Place::at_paragraph(at), &words);
    }

    /// What the open elements make of a block.
    fn role(&self) -> Role {
        let mut role = Role::Paragraph;
        for open in self.open.iter().rev() {
            match open.name.as_str() {
                "h1" => return Role::Heading(1),
                "h2" => return Role::Heading(2),
                "h3" => return Role::Heading(3),
                "h4" => return Role::Heading(4),
                "h5" => return Role::Heading(5),
                "h6" => return Role::Heading(6),
                "li" => role = Role::ListItem,
                "footer" => return Role::Footer,
                _ => {}
            }
        }
        role
    }

    fn end_title(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !std::mem::take(&mut self.title) || self.builder.metadata().title.is_some() {
            return;
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() && !words.to_lowercase().starts_with("untitled") {
            self.builder.push(Role::Title, Place::default(), &words);
            self.builder.metadata().title = Some(words);
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let Some(content) = attribute(tag, "content").filter(|content| !content.trim().is_empty()) else { return };
        let Some(name) = attribute(tag, "name").or_else(|| attribute(tag, "property")) else { return };
        let name = name.to_lowercase();
        let metadata = self.builder.metadata();
        let field = match name.trim_start_matches("dcterms.").trim_start_matches("dc.").trim_start_matches("article:") {
            "author" | "creator" => &mut metadata.author,
            "date" | "created" | "issued" | "date.created" | "published_time" => &mut metadata.created,
            "modified" | "last-modified" | "modified_time" | "revised" | "changed" => &mut metadata.modified,
            "title" => &mut metadata.title,
            "status" => &mut metadata.status,
            _ => {
                if metadata.properties.len() < 50 {
                    metadata.properties.push((name, content));
                }
                return;
            }
        };
        field.get_or_insert(content);
    }

    fn start_table(&mut self, layout: bool, terms: bool) {
        self.flush();
        // A table within a cell: the outer one places things on the page.
        self.lay_out();
        let number = self.counts.tables;
        self.counts.tables += 1;
        let covered = Vec::new();
        self.tables.push(Table { number, row: 0, column: 0, cell: None, wide: 1, covered, layout, terms });
    }

    /// Turns the innermost table into one that only places things; what its open cell held becomes paragraphs.
    fn lay_out(&mut self) {
        self.flush();
        let Some(table) = self.tables.last_mut() else { return };
        if table.layout || table.cell.is_none() && !table.terms {
            return;
        }
        table.layout = true;
        if let Some((words, at)) = table.cell.as_mut().map(std::mem::take) {
            for line in words.lines() {
                self.builder.push(Role::Paragraph, Place::at_paragraph(at), line);
            }
        }
    }

    fn start_row(&mut self) {
        self.flush();
        let Some(table) = self.tables.last_mut() else { return };
        if table.column > 0 {
            table.row += 1;
            table.column = 0;
            table.covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
    }

    fn start_cell(&mut self, wide: u32, tall: u32) {
        self.flush();
        let Some(table) = self.tables.last_mut() else { return };
        while table.covered.get(table.column as usize).is_some_and(|rows| *rows > 0) {
            table.column += 1;
        }
        let end = (table.column + wide).min(COLUMNS) as usize;
        if table.covered.len() < end {
            table.covered.resize(end, 0);
        }
        for column in table.column as usize..end {
            table.covered[column] = tall;
        }
        table.wide = wide;
        table.cell = Some((String::new(), self.counts.paragraph + 1));
    }

    fn end_cell(&mut self) {
        self.flush();
        let Some(table) = self.tables.last_mut() else { return };
        let Some((words, at)) = table.cell.take() else { return };
        let role = Role::Cell { table: table.number, row: table.row, column: table.column };
        table.column = (table.column + table.wide).min(COLUMNS);
        self.builder.push(role, Place::at_paragraph(at), &words);
    }

    fn end_table(&mut self) {
        self.end_cell();
        self.tables.pop();
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|one| &*one.name.local == name).map(|one| one.value.to_string())
}

fn span(tag: &Tag, name: &str) -> u32 {
    attribute(tag, name).and_then(|number| number.trim().parse().ok()).unwrap_or(1).clamp(1, COLUMNS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
