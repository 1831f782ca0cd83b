//! Page numbers in headers, footers and text: what a field prints or somebody typed is no text.

/// A page number that a field would print; it never becomes text.
pub(in crate::read) const PAGE_NUMBER: char = '\u{1}';

/// Whether a header or footer is a page number that somebody typed, such as `3` or `Page 3 of 9`.
pub(super) fn is_page_number(words: &str) -> bool {
    let mut digits = 0;
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut numbers = words.filter(|word| !matches!(word.to_lowercase().as_str(), "page" | "of" | "p" | "pg"));
    numbers.all(|word| {
        digits += 1;
        digits <= 2 && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `Page 1 of 9` and its like are no text where the numbers are fields.
pub(super) fn without_page_numbers(words: String) -> String {
    if !words.contains(PAGE_NUMBER) {
        return words;
    }
    // A page number of Word's own gallery reads "3 | P a g e".
    let words = words.replace("P a g e", "Page");
    let mut kept: Vec<&str> = Vec::new();
    for token in words.split_inclusive([' ', '\t', '\n', '\u{a0}']) {
        if !token.contains(PAGE_NUMBER) {
            let bare = token.trim().trim_end_matches(['.', ':']).to_lowercase();
            let joins = matches!(bare.as_str(), "page" | "of" | "/" | "|" | "-" | "–");
            if !(joins && kept.last().is_some_and(|last| last.contains(PAGE_NUMBER))) {
                kept.push(token);
            }
            continue;
        }
        while kept.last().is_some_and(|last| {
            matches!(
                last.trim().trim_end_matches(['.', ':']).to_lowercase().as_str(),
                "page" | "pg" | "p" | "pages" | ""
            )
        }) {
            kept.pop();
        }
        kept.push(token);
    }
    let words: String = kept.concat().chars().map(|c| if c == PAGE_NUMBER { ' ' } else { c }).collect();
    if words.chars().any(char::is_alphanumeric) { words } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_no_text() {
        for (words, kept) in [
            ("Page \u{1} of \u{1}", ""),
            ("\u{1}", ""),
            ("Infection policy Page \u{1} of \u{1} Version 2", "Infection policy Version 2"),
            ("\u{1} | P a g e", ""),
            ("Page: \u{1}/\u{1}", ""),
            ("- \u{1} -", ""),
            ("Page 4", "Page 4"),
        ] {
            let got = without_page_numbers(words.to_string());
            assert_eq!(got.split_whitespace().collect::<Vec<_>>().join(" "), kept, "{words:?}");
        }
    }

    #[test]
    fn typed_page_numbers_are_known() {
        for (words, is) in
            [("3", true), ("Page 3 of 9", true), ("- 12 -", true), ("2026", false), ("3 May 2026", false)]
        {
            assert_eq!(is_page_number(words), is, "{words}");
        }
    }
}
