//! Numbers of minutes, papers, sections and versions, which look like days and are none.

use regex::Captures;

/// Whether figures number a minute, a section or a version: `Minute 16/9/12`, `4.1.12 Reporting`, `version 2.1.14`.
pub(super) fn is_number_of_something(hit: &Captures<'_>, before: &str, after: &str, short_year: bool) -> bool {
    if !short_year {
        return ends_with_version_word(before);
    }
    let part = |name: &str| hit.name(name).map_or("", |part| part.as_str());
    let dashed = !matches!(part("s1"), "/" | ".");
    let whole = hit.get(0).map_or("", |whole| whole.as_str());
    if whole.contains(' ') || dashed && (part("d").len() < 2 || part("n").len() < 2) {
        return true;
    }
    let line_start = before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
    let section = part("s1") == "." && part("d").len() == 1 && part("n").len() == 1;
    let titled = after.trim_start().starts_with(char::is_alphabetic) && after.starts_with(' ');
    ends_with_reference_word(before) || line_start && section && titled
}

fn last_word(before: &str) -> String {
    let bare = before.trim_end_matches([' ', '.', ':', '(', '#']);
    let word: String = bare.chars().rev().take_while(|c| c.is_alphabetic()).collect();
    word.chars().rev().flat_map(char::to_lowercase).collect()
}

fn ends_with_version_word(before: &str) -> bool {
    matches!(last_word(before).as_str(), "version" | "v")
}

/// Whether the word before the figures says that they number an issue of a document.
pub(super) fn ends_with_issue_word(before: &str) -> bool {
    matches!(
        last_word(before).as_str(),
        "issue" | "edition" | "draft" | "revision" | "rev" | "month" | "volume" | "iteration"
    )
}

/// Whether the word before the figures says that they number something: `Minute`, `Section`, `No.`.
pub(super) fn ends_with_reference_word(before: &str) -> bool {
    const WORDS: [&str; 35] = [
        "ref",
        "reference",
        "references",
        "minute",
        "min",
        "item",
        "items",
        "no",
        "number",
        "nr",
        "paper",
        "version",
        "v",
        "section",
        "sections",
        "para",
        "paragraph",
        "enc",
        "enclosure",
        "page",
        "clause",
        "regulation",
        "appendix",
        "figure",
        "table",
        "standard",
        "action",
        "risk",
        "sr",
        "bod",
        "tb",
        "chapter",
        "code",
        "criterion",
        "part",
    ];
    WORDS.contains(&last_word(before).as_str())
}
