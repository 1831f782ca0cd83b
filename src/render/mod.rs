//! A report as bytes: one file a format. Renderers compute nothing about evidence; they escape what comes from documents.

mod escape;
mod human;
mod json;

pub use escape::plain;
pub use human::human;
pub use json::json;

/// How a terminal shows text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether colours are wanted.
    pub color: bool,
    /// Whether marks and frames are wanted; a screen reader is better without.
    pub graphics: bool,
}

impl Look {
    /// Eighty columns, no colour: for files and pipes.
    pub const PLAIN: Look = Look { width: 80, color: false, graphics: true };
}

/// How much of a report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Only the grades and the counts.
    Summary,
    /// What is missing, and of each check the first findings.
    Usual,
    /// Also what supports what, and every finding.
    Everything,
}

/// Text broken into lines of at most `width` columns; the first begins with `first`, the others with `indent`. Line
/// breaks at the start of `first` stay.
pub fn wrapped(text: &str, width: usize, first: &str, indent: &str) -> String {
    let lead = first.len() - first.trim_start_matches('\n').len();
    let options = textwrap::Options::new(width.max(20))
        .initial_indent(&first[lead..])
        .subsequent_indent(indent)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let text = plain(text);
    let lines: Vec<String> =
        textwrap::wrap(&text, options).into_iter().map(|line| line.trim_end().to_string()).collect();
    format!("{}{}", &first[..lead], lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width() {
        let text = wrapped("one two three four five six seven", 20, "\n  Why: ", "    ");
        assert_eq!(text, "\n  Why: one two three\n    four five six\n    seven");
    }
}
