//! Where in a source the words of an excerpt stand, to the character.
//!
//! An excerpt quotes the text as it was read: spaces made one, markup gone, numbers of patients masked. It knows its line,
//! its cell, or, in HTML, only what stands around it. So words are sought: the words of the quote, one after the other, as
//! near as possible to where the excerpt is said to stand; what is between them is the source's own business.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::read::csv_delimiter;
use crate::text::{Excerpt, digit, is_invisible};

/// How a source is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// As it is read.
    Plain,
    /// With marks around and between words.
    Markdown,
    /// With tags.
    Html,
    /// In cells.
    Table,
}

impl Source {
    /// The source of a file, by the ending of its name; none for what is not written as text.
    pub(super) fn of(name: &str) -> Option<Source> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_lowercase().as_str() {
            "md" | "markdown" => Source::Markdown,
            "html" | "htm" | "xhtml" => Source::Html,
            "csv" | "tsv" => Source::Table,
            "txt" | "text" => Source::Plain,
            _ => return None,
        })
    }
}

/// How many lines behind the one that an excerpt names are looked at: empty lines within it were not counted.
const LINES: usize = 40;

/// How many words of markup may stand between two words, such as those of an address behind a link; and in all.
const BETWEEN: (usize, usize) = (8, 24);

/// A source with its words.
pub(super) struct Places<'t> {
    text: &'t str,
    source: Source,
    words: Vec<Range<usize>>,
    /// The first byte of each line, as readers count them.
    lines: Vec<usize>,
    /// What was given already, and for what: the same words may stand twice in a document.
    given: BTreeSet<(&'static str, usize)>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, source: Source) -> Self {
        let words = if source == Source::Html { words_between_tags(text) } else { words(text, false) };
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Places { text, source, words, lines, given: BTreeSet::new() }
    }

    /// The first line that says something, which stands for the whole document.
    pub(super) fn top(&self) -> Range<usize> {
        let first = self.words.first().map_or(0, |word| word.start);
        let line = self.lines.partition_point(|start| *start <= first).saturating_sub(1);
        let marks = |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '\u{feff}');
        trimmed(self.text, self.line(line), marks)
    }

    fn line(&self, line: usize) -> Range<usize> {
        let end = self.text.len();
        self.lines.get(line).copied().unwrap_or(end)..self.lines.get(line + 1).copied().unwrap_or(end)
    }

    /// The bytes of an excerpt's words; `what` tells findings apart that may stand on the same words.
    pub(super) fn of(&mut self, excerpt: &Excerpt, what: &'static str) -> Option<Range<usize>> {
        let line = excerpt.place.line.map(|line| line as usize - 1);
        let column = excerpt.place.column.map_or(0, |column| column as usize - 1);
        let cell = line.zip(excerpt.place.cell.as_deref()).filter(|_| self.source == Source::Table);
        if let Some((line, name)) = cell {
            let cell = cell_of(self.text, self.line(line).start, column_of(name)?);
            let found = self.sought(&excerpt.quote, &cell, cell.start, what);
            return Some(found.unwrap_or_else(|| trimmed(self.text, cell, char::is_whitespace)));
        }
        let Some(line) = line else { return self.anywhere(excerpt, what) };
        let whole = self.line(line);
        let after = self.text[whole.clone()].char_indices().nth(column).map_or(whole.end, |(at, _)| whole.start + at);
        let near = self.line(line.saturating_sub(1)).start..self.line(line + LINES).end;
        let found = self.sought(&excerpt.quote, &near, after, what);
        found.or_else(|| Some(trimmed(self.text, whole, char::is_whitespace)).filter(|line| !line.is_empty()))
    }

    /// An excerpt without a line: by what stands around it, else by its words alone.
    fn anywhere(&mut self, excerpt: &Excerpt, what: &'static str) -> Option<Range<usize>> {
        let all = 0..self.text.len();
        let around = excerpt.context.trim_matches('…');
        let before = excerpt.context.get(..excerpt.start).unwrap_or("").trim_start_matches('…');
        // The first and last word of what is around may be cut.
        let skip = words(before, true).len();
        let wanted = words(around, true);
        if skip > 0 && wanted.len() > skip {
            let starts: Vec<usize> = (0..self.words.len())
                .filter_map(|at| {
                    let found = self.follows(around, &wanted[1.min(skip)..wanted.len() - 1], at)?;
                    found.get(skip - 1.min(skip)).copied()
                })
                .collect();
            let near =
                starts.into_iter().map(|word| self.words[word].start).find(|at| !self.given.contains(&(what, *at)));
            if let Some(near) = near {
                return self.sought(&excerpt.quote, &(near..all.end), near, what);
            }
        }
        self.sought(&excerpt.quote, &all, 0, what)
    }

    /// The words of a quote within some bytes, as near to a byte as they are found.
    fn sought(&mut self, quote: &str, within: &Range<usize>, near: usize, what: &'static str) -> Option<Range<usize>> {
        // A star stands for a digit that is masked, or for itself.
        let mut found = self.all(quote, &words(quote, true), within);
        if found.is_empty() && quote.contains('*') {
            found = self.all(quote, &words(quote, false), within);
        }
        if found.is_empty() {
            let here = self.text.get(within.clone()).unwrap_or("");
            found.extend(here.match_indices(quote).filter(|_| !quote.is_empty()).map(|(at, _)| {
                let start = within.start + at;
                start..start + quote.len()
            }));
        }
        found.sort_by_key(|range| (self.given.contains(&(what, range.start)), range.start.abs_diff(near)));
        let first = found.into_iter().next()?;
        self.given.insert((what, first.start));
        Some(first)
    }

    /// Every place within some bytes at which the words of a quote follow one another.
    fn all(&self, quote: &str, wanted: &[Range<usize>], within: &Range<usize>) -> Vec<Range<usize>> {
        let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Vec::new() };
        let from = self.words.partition_point(|word| word.start < within.start);
        let to = self.words.partition_point(|word| word.start < within.end);
        let range = |at: usize| {
            let found = self.follows(quote, wanted, at)?;
            let (start, end) = (self.words[*found.first()?].start, self.words[*found.last()?].end);
            // Marks at the ends of the quote belong to it where they stand in the source, too.
            let before = &quote[..first.start];
            let after = &quote[last.end..];
            let start = start - if self.text[..start].ends_with(before) { before.len() } else { 0 };
            let end = end + if self.text[end..].starts_with(after) { after.len() } else { 0 };
            Some(start..end)
        };
        (from..to).filter_map(range).collect()
    }

    /// Whether words follow one another from a word of the source on: which those are.
    fn follows(&self, quote: &str, wanted: &[Range<usize>], from: usize) -> Option<Vec<usize>> {
        let (most, mut left) = if self.source == Source::Plain { (0, 0) } else { BETWEEN };
        let mut found = Vec::new();
        let mut at = from;
        for wanted in wanted {
            let most = if found.is_empty() { 0 } else { most.min(left) };
            let is = |at: &usize| {
                self.words.get(*at).is_some_and(|word| same(&self.text[word.clone()], &quote[wanted.clone()]))
            };
            let here = (at..=at + most).find(is)?;
            left -= here - at;
            found.push(here);
            at = here + 1;
        }
        (!found.is_empty()).then_some(found)
    }
}

fn trimmed(text: &str, range: Range<usize>, marks: impl Fn(char) -> bool) -> Range<usize> {
    let line = text.get(range.clone()).unwrap_or("");
    let inner = line.trim_start_matches(&marks);
    let start = range.start + line.len() - inner.len();
    start..start + inner.trim_end_matches(&marks).len()
}

/// Whether a word of a source is one of a quote, read as texts are normalised; a star of the quote is any digit.
fn same(source: &str, quoted: &str) -> bool {
    let mut quoted = quoted.chars();
    let mut read = source.chars().filter(|c| !is_invisible(*c)).flat_map(|c| {
        let letters = match c {
            'ﬀ' => "ff",
            'ﬁ' => "fi",
            'ﬂ' => "fl",
            'ﬃ' => "ffi",
            'ﬄ' => "ffl",
            'ﬅ' | 'ﬆ' => "st",
            _ => "",
        };
        letters.chars().chain(letters.is_empty().then(|| digit(c).unwrap_or(c)))
    });
    loop {
        match (read.next(), quoted.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one == other || other == '*' && one.is_ascii_digit() => {}
            _ => return false,
        }
    }
}

/// The words of a text; with masks, a star is a part of one.
fn words(text: &str, masks: bool) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || is_invisible(c) && start.is_some() || masks && c == '*';
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

/// The words of HTML that are shown: not those of tags, comments, scripts and styles.
fn words_between_tags(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let open = text[at..].find('<').map_or(text.len(), |found| at + found);
        all.extend(words(&text[at..open], false).into_iter().map(|word| word.start + at..word.end + at));
        let rest = &text[open..];
        let begins = |tag: &str| rest.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
        let mark = if begins("<!--") {
            "-->"
        } else if begins("<script") {
            "</script"
        } else if begins("<style") {
            "</style"
        } else {
            ">"
        };
        at = rest.find(mark).map_or(text.len(), |found| open + found + mark.len());
    }
    all
}

/// The number of a column, from zero, of the name of a cell such as `B3`.
fn column_of(cell: &str) -> Option<usize> {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(0_usize, |column, letter| column.saturating_mul(26) + usize::from(letter - b'A') + 1).checked_sub(1)
}

/// The bytes of a cell of the row that begins at a byte, without its quotes.
fn cell_of(text: &str, start: usize, column: usize) -> Range<usize> {
    let delimiter = csv_delimiter(text);
    let bytes = text.as_bytes();
    let mut from = start;
    let mut number = 0;
    let mut quoted = false;
    for at in start..=bytes.len() {
        let byte = bytes.get(at).copied();
        quoted ^= byte == Some(b'"');
        let ends = byte.is_none_or(|byte| !quoted && (byte == delimiter || byte == b'\n'));
        if !ends {
            continue;
        }
        if number == column || byte != Some(delimiter) {
            return trimmed(text, from..at, |c| c.is_whitespace() || c == '"');
        }
        number += 1;
        from = at + 1;
    }
    from..from
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::{Limits, read};
    use crate::text::Span;

    /// What is underlined for some words of a document, each time that they stand in it.
    fn underlined<'t>(name: &str, text: &'t str, words: &str) -> Vec<(usize, &'t str)> {
        let read = read(name, text.as_bytes(), &Limits::default()).1.unwrap();
        let mut places = Places::new(text, Source::of(name).unwrap());
        let all = read.content().match_indices(words);
        all.map(|(at, _)| {
            let range = places.of(&read.excerpt(Span::new(at, at + words.len())), "test").unwrap();
            (range.start, &text[range])
        })
        .collect()
    }

    fn one<'t>(name: &str, text: &'t str, words: &str) -> &'t str {
        underlined(name, text, words)[0].1
    }

    #[test]
    fn words_of_markdown_stand_where_they_are_marked_up() {
        let text = "---\r\ntitle: Risk\r\n---\r\n# 😀 Risk *policy*\r\n\r\n**Owner:** Chief [Nurse](https://x.uk/a-b)\r\n of all\r\n";
        assert_eq!(one("a.md", text, "Risk policy"), "Risk *policy");
        assert_eq!(one("a.md", text, "Chief Nurse"), "Chief [Nurse");
        assert_eq!(one("a.md", text, "Nurse\nof all"), "Nurse](https://x.uk/a-b)\r\n of all");
        assert_eq!(one("a.md", "a\n\nDue: [insert date]\n", "[insert date]"), "[insert date]");
    }

    #[test]
    fn the_same_words_twice_are_two_places() {
        let text = "| a | b |\n|---|---|\n| TBC | TBC |\n| x | TBC |\n";
        let found = underlined("a.md", text, "TBC");
        assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [22, 28, 40]);
    }

    #[test]
    fn plain_text_is_found_behind_its_bullets_and_spaces() {
        assert_eq!(
            one("a.txt", "LIST OF ACTIONS\n\n   - send  the\tlist to all\n", "send the list"),
            "send  the\tlist"
        );
        assert_eq!(underlined("a.txt", "x\n\nTBC y TBC\n", "TBC").iter().map(|one| one.0).collect::<Vec<_>>(), [3, 9]);
    }

    #[test]
    fn words_of_html_are_not_those_of_tags() {
        let text = "<title>draft x</title><p class='draft'>It is a <b>dra</b>ft.</p><script>draft()</script><p>Fish &amp; the draft of May";
        assert_eq!(one("a.html", text, "the draft of"), "the draft of");
        assert!(underlined("a.html", text, "draft").iter().all(|(_, words)| *words == "draft"));
    }

    #[test]
    fn cells_are_told_apart_and_quotes_left_out() {
        let text = "Action,Owner,State\r\n\"Send, at once\",TBC,TBC\r\n";
        assert_eq!(underlined("a.csv", text, "TBC"), [(36, "TBC"), (40, "TBC")]);
        assert_eq!(one("a.csv", text, "Send, at once"), "Send, at once");
    }

    #[test]
    fn a_masked_number_is_found() {
        let text = "x\n\nNHS number 943 476 ５919, and 943 476 5918\n";
        let mut places = Places::new(text, Source::Plain);
        let read = read("a.txt", text.as_bytes(), &Limits::default()).1.unwrap();
        let at = read.content().find("943").unwrap();
        let mut excerpt = read.excerpt(Span::new(at, at + 12));
        excerpt.quote = "943 *** ***9".to_string();
        assert_eq!(&text[places.of(&excerpt, "test").unwrap()], "943 476 ５919");
    }

    #[test]
    fn the_top_is_the_first_line_that_says_something() {
        let top = |text: &'static str, source| &text[Places::new(text, source).top()];
        assert_eq!(top("\n\n# Risk policy\r\nx", Source::Markdown), "Risk policy");
        assert_eq!(top("", Source::Plain), "");
        assert_eq!(top("<!doctype html>\n<p>Risk</p>", Source::Html), "<p>Risk</p>");
    }

    proptest! {
        #[test]
        fn whatever_is_quoted_has_a_place_in_the_text(
            name in prop_oneof![Just("a.md"), Just("a.txt"), Just("a.html"), Just("a.csv")],
            text in "([a-c ﬁ😀*\\[\\]<>,\"|\r\n-]|TBC|<b>|& |１){0,40}",
            ends in any::<[usize; 2]>(),
        ) {
            let Ok(read) = read(name, text.as_bytes(), &Limits::default()).1 else { return Ok(()) };
            let content = read.content();
            let at = |one: usize| content.floor_char_boundary(one % (content.len() + 1));
            let (start, end) = (at(ends[0]).min(at(ends[1])), at(ends[0]).max(at(ends[1])));
            let mut places = Places::new(&text, Source::of(name).unwrap());
            if let Some(range) = places.of(&read.excerpt(Span::new(start, end)), "test") {
                prop_assert!(text.get(range).is_some());
            }
            prop_assert!(text.get(places.top()).is_some());
        }
    }
}
