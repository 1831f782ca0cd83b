//! From tags and words to blocks: which elements part blocks, hide words, or make a table.

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TokenSinkResult};

use super::Counts;
use crate::read::{Limits, raised_by};
use crate::text::{Place, Role, TextBuilder};

/// Columns of a table that `colspan` can skip at most.
const COLUMNS: u32 = 1000;

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
    /// What its class or title makes of its blocks, in the exports of Word and LibreOffice.
    role: Option<Role>,
}

/// What has been read so far, and what is open.
pub(super) struct Walk<'l> {
    pub(super) builder: TextBuilder,
    pub(super) counts: Counts,
    limits: &'l Limits,
    open: Vec<Open>,
    hidden: usize,
    words: String,
    tables: Vec<Table>,
    title: bool,
    pub(super) full: bool,
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
    /// Nothing read yet.
    pub(super) fn new(builder: TextBuilder, counts: Counts, limits: &'l Limits) -> Self {
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

    /// What was read, with what is still open closed.
    pub(super) fn finish(mut self) -> TextBuilder {
        self.flush();
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.builder
    }

    /// A start tag; answers how what follows is to be read.
    pub(super) fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
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
            let role = exported_role(tag);
            self.open.push(Open { name: name.to_string(), hidden, role });
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

    /// An end tag.
    pub(super) fn end(&mut self, name: &str) {
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

    /// Words between tags.
    pub(super) fn words(&mut self, words: &str) {
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
            self.builder.cut(format!(
                "text after the first {} bytes{}",
                self.limits.text_bytes,
                raised_by("text-bytes")
            ));
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
            if let Some(exported) = open.role {
                return exported;
            }
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

/// The title of a document and its page headers, as word processors mark them when they save HTML.
fn exported_role(tag: &Tag) -> Option<Role> {
    let class = attribute(tag, "class").unwrap_or_default().to_lowercase();
    if matches!(&*tag.name, "p" | "div") && class.split_whitespace().any(|one| matches!(one, "msotitle" | "title")) {
        return Some(Role::Title);
    }
    match attribute(tag, "title").filter(|_| &*tag.name == "div").as_deref() {
        Some("header") => Some(Role::Header),
        Some("footer") => Some(Role::Footer),
        _ => None,
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|one| &*one.name.local == name).map(|one| one.value.to_string())
}

fn span(tag: &Tag, name: &str) -> u32 {
    attribute(tag, name).and_then(|number| number.trim().parse().ok()).unwrap_or(1).clamp(1, COLUMNS)
}
