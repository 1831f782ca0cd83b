//! Text from documents is hostile until it is escaped here, format by format.

use crate::text::{acts, is_invisible};

/// A string without what could act on a terminal: control characters and marks that turn the direction of writing
/// become U+FFFD, line breaks and tabs a space.
pub fn plain(text: &str) -> String {
    let harmless = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c => seen(c),
    };
    text.chars().map(harmless).collect()
}

/// As [`plain`], but lines stay lines.
pub(super) fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// A character, or U+FFFD for one that acts where it should only be seen, or that no file may hold.
fn seen(c: char) -> char {
    if acts(c) || matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c }
}

/// A path as a relative URI: all but the unreserved characters of RFC 3986 and the slash as `%XX`.
pub(super) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The message of an annotation of GitHub Actions; line breaks stay, since they are escaped.
pub(super) fn github_message(text: &str) -> String {
    plain_lines(text).replace('%', "%25").replace('\n', "%0A")
}

/// A property of an annotation of GitHub Actions, such as a file name.
pub(super) fn github_property(text: &str) -> String {
    plain(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

/// Text for XML 1.0, good for elements and for attributes in double quotes; line breaks stay as references.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain_lines(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            c => out.push(c),
        }
    }
    out
}

/// Text for HTML, good for elements and for attributes in double quotes, on one line.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Text for one line of Markdown or a cell of its tables: nothing in it is markup, a mention of a person or an issue.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = plain(text);
    let mut before = ' ';
    let mut chars = text.trim().chars().peekable();
    let mut digits_only = true;
    while let Some(c) = chars.next() {
        let at_start = out.is_empty();
        match c {
            // A backslash before a pipe is taken for part of the table by some readers, an entity by none.
            '|' => out.push_str("&#124;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An address becomes a link by itself; with an entity it does not.
            ':' if chars.peek() == Some(&'/') => out.push_str("&#58;"),
            '.' if before.eq_ignore_ascii_case(&'w') && out.to_lowercase().ends_with("www") => out.push_str("&#46;"),
            '@' if !before.is_alphanumeric() => out.push_str("@\u{200b}"),
            '#' if chars.peek().is_some_and(char::is_ascii_digit) => {
                out.push_str(if at_start { "\\#\u{200b}" } else { "#\u{200b}" });
            }
            '#' | '+' | '-' | '=' if at_start => {
                out.push('\\');
                out.push(c);
            }
            // A number and a sign at the start would begin a list.
            '.' | ')' if digits_only && !at_start => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        digits_only &= c.is_ascii_digit();
        before = c;
    }
    out
}

/// Whether a spreadsheet could take a text for a formula.
pub(super) fn is_formula(text: &str) -> bool {
    let first = text.chars().find(|c| !c.is_whitespace() && !is_invisible(*c));
    first.is_some_and(|c| {
        matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫')
    })
}

/// Text for a cell of a CSV file; what could be a formula gets an apostrophe in front. Quotes are the writer's business.
pub(super) fn cell(text: &str) -> String {
    let text = plain(text);
    if is_formula(&text) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a hostile title, path or quote may hold, besides anything else.
    fn hostile() -> impl Strategy<Value = String> {
        let parts = prop_oneof![
            Just("\u{1b}[31m"),
            Just("\u{202e}"),
            Just("]]>"),
            Just("</script>"),
            Just("=cmd|' /C calc'!A1"),
            Just("\r\n::error::"),
            Just("|"),
            Just("\""),
            Just("'"),
            Just("%0A"),
            Just("@someone "),
            Just("[a](http://b)"),
            Just("www.example.org"),
            Just("1. "),
            Just("# "),
            Just("&lt;"),
            Just("\u{0}"),
            Just("\u{ffff}"),
            Just("`"),
            Just("\\"),
            Just("***"),
            Just("<!--"),
        ];
        proptest::collection::vec(prop_oneof![parts.prop_map(String::from), ".{0,12}"], 0..8)
            .prop_map(|parts| parts.concat())
    }

    /// The text that a reader of Markdown sees, and whether it is one paragraph without any markup.
    fn read_markdown(text: &str) -> (String, bool) {
        use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
        let mut seen = String::new();
        let mut only_text = true;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Text(text) => seen.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                _ => only_text = false,
            }
        }
        (seen, only_text)
    }

    proptest! {
        #[test]
        fn nothing_acts(text in hostile()) {
            let acts = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            prop_assert!(!plain(&text).contains(acts));
            prop_assert!(!plain_lines(&text).replace('\n', "").contains(acts));
        }

        #[test]
        fn a_uri_is_plain_and_reads_back(text in hostile()) {
            let uri = uri(&text);
            prop_assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)));
            let mut bytes = Vec::new();
            let mut parts = uri.split('%');
            bytes.extend(parts.next().unwrap().bytes());
            for part in parts {
                bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
                bytes.extend(part[2..].bytes());
            }
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), text);
        }

        #[test]
        fn an_annotation_stays_one_command(text in hostile()) {
            prop_assert!(!github_message(&text).contains(['\n', '\r']));
            prop_assert!(!github_property(&text).contains(['\n', '\r', ':', ',']));
        }

        #[test]
        fn xml_reads_back(text in hostile()) {
            let escaped = format!("<a b=\"{0}\">{0}</a>", xml(&text));
            let mut reader = quick_xml::Reader::from_str(&escaped);
            let mut seen = String::new();
            loop {
                match reader.read_event().unwrap() {
                    quick_xml::events::Event::Start(start) => {
                        prop_assert_eq!(start.attributes().map(Result::unwrap).count(), 1);
                    }
                    quick_xml::events::Event::Text(text) => seen.push_str(&text),
                    quick_xml::events::Event::GeneralRef(entity) => seen.push_str(match &*entity {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => "\n",
                    }),
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            prop_assert_eq!(seen, plain_lines(&text));
        }

        #[test]
        fn markdown_is_text_and_nothing_else(text in hostile()) {
            let (seen, only_text) = read_markdown(&markdown(&text));
            prop_assert!(only_text, "{}", markdown(&text));
            let words = |text: &str| text.replace('\u{200b}', "");
            let (seen, wanted) = (words(&seen), words(&plain(&text)));
            prop_assert_eq!(seen.trim(), wanted.trim());
        }

        #[test]
        fn no_cell_is_a_formula(text in hostile()) {
            prop_assert!(!is_formula(&cell(&text)));
        }
    }

    #[test]
    fn nothing_acts_on_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}c\nd\u{9b}"), "a\u{fffd}[31mb\u{fffd}c d\u{fffd}");
    }

    #[test]
    fn mentions_and_addresses_are_dead() {
        assert_eq!(
            markdown("@board see www.x.uk, https://x.uk and #12"),
            "@\u{200b}board see www&#46;x.uk, https&#58;//x.uk and #\u{200b}12"
        );
        assert_eq!(markdown("head@nhs.example | 3"), "head@nhs.example &#124; 3");
    }

    #[test]
    fn formulas_are_seen_behind_spaces() {
        for text in [
            "=1+1",
            " =1",
            "\t=1",
            "\n=1",
            "\u{3000}=1",
            "\u{34f}=1",
            "\u{202e}=1",
            "﹦1",
            "\u{feff}=1",
            "@SUM(A1)",
            "-2+3",
            "＝1",
            "+44",
        ] {
            assert!(is_formula(text), "{text}");
        }
        assert!(!is_formula("Board = all") && !is_formula("") && !is_formula("'=1"));
    }
}
