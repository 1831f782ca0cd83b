//! Text from documents is hostile until it is escaped here.

use crate::text::acts;

/// A string without what could act on a terminal: control characters and marks that turn the direction of writing
/// become U+FFFD, line breaks and tabs a space.
pub fn plain(text: &str) -> String {
    let harmless = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if acts(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(harmless).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_acts_on_a_terminal() {
        assert_eq!(super::plain("a\u{1b}[31mb\u{202e}c\nd\u{9b}"), "a\u{fffd}[31mb\u{fffd}c d\u{fffd}");
    }
}
