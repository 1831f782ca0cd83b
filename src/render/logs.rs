//! What the log of a build obeys: lines of GitHub Actions (`::error::` at the start of a line, `##[error]` anywhere), of Azure
//! Pipelines (`##vso[...]`) and TeamCity (`##teamcity[...]`), and the marks of GitLab's sections. A report may be printed to
//! such a log in any format, so none of these may come from the text of a document.

use std::borrow::Cow;

use crate::text::{acts, is_invisible};

/// The longest word between `##` and the bracket that makes a command of it.
const WORD: usize = 20;

/// Text for people: a mark that shows nothing parts each command, so that it reads the same and does nothing.
pub fn inert(text: &str) -> Cow<'_, str> {
    written(text, true, |c| format!("\u{200b}{c}"))
}

/// As [`inert`], for text whose own lines are commands.
pub(super) fn inert_within(text: &str) -> Cow<'_, str> {
    written(text, false, |c| format!("\u{200b}{c}"))
}

/// JSON that reads back the same: what a log obeys, and what acts on a terminal, is escaped. Outside of strings there is none.
pub(super) fn inert_json(text: &str) -> String {
    let text = written(text, true, |c| format!("\\u{:04x}", u32::from(c)));
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && acts(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// XML, or Markdown, that reads the same.
pub(super) fn inert_markup(text: &str) -> Cow<'_, str> {
    written(text, true, |c| format!("&#{};", u32::from(c)))
}

/// A text in which one character of each command, of ASCII, is written otherwise.
fn written(text: &str, lines: bool, otherwise: impl Fn(char) -> String) -> Cow<'_, str> {
    let mut places = marks(text);
    if lines {
        places.extend(starts(text));
        places.sort_unstable();
    }
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8 * places.len());
    let mut done = 0;
    for at in places {
        let (Some(before), Some(c)) = (text.get(done..at), text.get(at..).and_then(|rest| rest.chars().next())) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&otherwise(c));
        done = at + c.len_utf8();
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(out)
}

/// The second sign of each `##[` or `##word[`, and the line between the words of each `section_start:`.
fn marks(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, pair) in bytes.windows(2).enumerate() {
        if pair == b"##" {
            let rest = bytes.get(at + 2..).unwrap_or(&[]);
            let word = rest.iter().take(WORD).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
            if rest.get(word) == Some(&b'[') {
                found.push(at + 1);
            }
        }
    }
    for word in ["section_start:", "section_end:"] {
        found.extend(text.match_indices(word).map(|(at, _)| at + "section".len()));
    }
    found.sort_unstable();
    found
}

/// The second colon of each line that begins with two, whatever is not seen before them.
fn starts(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let start = line.len() - seen(line).len();
        if line.get(start..).is_some_and(|rest| rest.starts_with("::")) {
            found.push(line_start + start + 1);
        }
        line_start += line.len();
    }
    found
}

/// A line without the spaces, marks and colours that it begins with.
fn seen(line: &str) -> &str {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c) && c != '\u{1b}');
        let colour = trimmed
            .strip_prefix("\u{1b}[")
            .and_then(|code| code.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').strip_prefix('m'));
        match colour {
            Some(after) => rest = after,
            None => return trimmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether a runner would take a line for a command: those of GitHub cut spaces at the start and find `##[` anywhere.
    fn is_command(text: &str) -> bool {
        let within = ["##[", "##vso[", "##teamcity[", "section_start:", "section_end:"];
        text.lines().any(|line| line.trim_start().starts_with("::") || within.iter().any(|one| line.contains(one)))
    }

    fn hostile() -> impl Strategy<Value = String> {
        let parts = prop_oneof![
            Just("::error::x"),
            Just("\n"),
            Just("  "),
            Just("\u{a0}"),
            Just("\u{feff}"),
            Just("\u{1b}[1m"),
            Just("##[error]"),
            Just("#"),
            Just("##vso[task.setvariable]"),
            Just("##teamcity[message"),
            Just("section_start:1:a"),
            Just(":"),
            Just("\u{2028}"),
            Just("\u{85}"),
            Just("é"),
        ];
        proptest::collection::vec(prop_oneof![4 => parts.prop_map(String::from), 1 => ".{0,6}"], 0..10)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn no_text_commands_a_log(text in hostile()) {
            prop_assert!(!is_command(&inert(&text)), "{:?}", inert(&text));
            let seen = |text: &str| text.replace('\u{200b}', "");
            prop_assert_eq!(seen(&inert(&text)), seen(&text));
            prop_assert!(!is_command(&inert(&crate::render::wrapped(&text, 20, "  ", "    "))));
        }

        #[test]
        fn json_reads_back(text in hostile()) {
            let json = serde_json::to_string_pretty(&[[&text]]).unwrap();
            let inert = inert_json(&json);
            prop_assert!(!is_command(&inert) && !inert.chars().any(|c| c != '\n' && acts(c)), "{}", inert);
            prop_assert_eq!(&serde_json::from_str::<[[String; 1]; 1]>(&inert).unwrap()[0][0], &text);
        }
    }

    #[test]
    fn commands_are_parted_and_the_rest_is_as_it_was() {
        assert_eq!(inert("a ::b::\n  ::error::x"), "a ::b::\n  :\u{200b}:error::x");
        assert_eq!(inert("a ##[error]b ### [x] ##vso[y] # [z]"), "a #\u{200b}#[error]b ### [x] #\u{200b}#vso[y] # [z]");
        assert_eq!(inert("section_start:1:a\nsections"), "section\u{200b}_start:1:a\nsections");
        assert_eq!(inert_markup("<a>##[x]\n::y</a>"), "<a>#&#35;[x]\n:&#58;y</a>");
        assert_eq!(inert_within("::error::##[x]\n"), "::error::#\u{200b}#[x]\n");
        assert!(matches!(inert("# a: b\n- c"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_could_act_is_escaped_and_still_reads() {
        let words = "a\u{7f}b\u{9b}31mc\u{202e}d\u{2066}é";
        let json = serde_json::to_string_pretty(&[words]).unwrap();
        let escaped = inert_json(&json);
        assert_eq!(escaped, "[\n  \"a\\u007fb\\u009b31mc\\u202ed\\u2066é\"\n]");
        assert_eq!(serde_json::from_str::<[String; 1]>(&escaped).unwrap(), [words]);
    }
}
