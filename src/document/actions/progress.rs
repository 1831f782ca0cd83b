//! How far an action is, from the words of a status. A colour says nothing unless the document says what it means.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{ActionWords, key};
use crate::document::Progress;
use crate::phrase::pattern;
use crate::text::{Role, Text};

static PERCENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{1,3})\s*%"));

/// What a status says, or `None` when it says neither. Its first part decides when it is nothing but a word for done
/// ("Complete. Published in May"), so does its last ("12 May: begun. 3 June: closed"); else any word for open outweighs.
pub(super) fn of_status(status: &str, words: &ActionWords) -> Option<Progress> {
    let whole = key(status);
    if whole == "c" || whole == "o" {
        return Some(if whole == "c" { Progress::Closed } else { Progress::Open });
    }
    let clauses: Vec<String> = status
        .split(['.', ';', ':', '\n', '–', '—', '|', '(', ')', '[', ']', ',', '/'])
        .flat_map(|part| part.split(" - "))
        .map(key)
        .map(|clause| without_days(&clause))
        .filter(|clause| !clause.is_empty())
        .collect();
    let pure = |clause: Option<&String>| clause.is_some_and(|clause| is_pure_alone(clause, words));
    let last = status.rsplit(['.', ';', '\n']).find(|part| !part.trim().is_empty()).unwrap_or("");
    let percent = PERCENT.captures(last).and_then(|hit| hit.get(1)).and_then(|part| part.as_str().parse::<u32>().ok());
    // "Closed, 69% in August": a share in a clause of its own is about something else.
    let first = status.split(['.', ';', ':', '\n', '(', ',', '–', '—']).next().unwrap_or("");
    let first = first.split(" - ").next().unwrap_or(first);
    let told_more = status[first.len()..].split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    if !first.contains('%')
        && pure(clauses.first())
        && (told_more > 1 || percent.is_none() && first.len() < status.len())
    {
        return Some(Progress::Closed);
    }
    if percent.is_some_and(|percent| percent < 100) {
        return Some(Progress::Open);
    }
    if pure(clauses.first()) || pure(clauses.last()) {
        return Some(Progress::Closed);
    }
    let says = |list: &[String]| clauses.iter().any(|clause| list.iter().any(|word| holds(clause, word)));
    if says(&words.words.open) {
        return Some(Progress::Open);
    }
    let short = clauses.iter().filter(|clause| clause.split(' ').count() <= 6);
    let closed = short.into_iter().any(|clause| words.words.closed.iter().any(|word| holds(clause, word)));
    closed.then_some(Progress::Closed)
}

/// Whether an action's own words end in a word for done: "A copy has been sent - CLOSED."
pub(super) fn ends_closed(said: &str, words: &ActionWords) -> bool {
    let parts = said.split(['.', ';', '–', '—', '(', '[', '\n']).flat_map(|part| part.split(" - "));
    let last = parts.map(key).map(|part| without_days(&part)).filter(|part| !part.is_empty()).last();
    said.len() > 20 && last.is_some_and(|last| is_pure_alone(&last, words))
}

/// Whether words are nothing but words for done and small words beside them.
pub(super) fn is_pure(clause: &str, words: &ActionWords) -> bool {
    is_pure_of(clause, words, &[])
}

/// The same, where words such as "sent" say so, too: in a status and at the end of an action.
fn is_pure_alone(clause: &str, words: &ActionWords) -> bool {
    is_pure_of(clause, words, &words.words.closed_alone)
}

fn is_pure_of(clause: &str, words: &ActionWords, alone: &[String]) -> bool {
    if clause.len() > 200 {
        return false;
    }
    let mut rest = format!(" {clause} ");
    let mut done = false;
    for word in words.words.closed.iter().chain(alone) {
        let word = format!(" {word} ");
        while rest.contains(&word) {
            rest = rest.replacen(&word, " ", 1);
            done = true;
        }
    }
    done && rest.split_whitespace().all(|word| words.words.beside_closed.iter().any(|one| one == word))
}

fn holds(clause: &str, word: &str) -> bool {
    clause == word || format!(" {clause} ").contains(&format!(" {word} "))
}

/// A clause without figures and months.
pub(super) fn without_days(clause: &str) -> String {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let day = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || word.len() <= 9 && MONTHS.iter().any(|month| word.starts_with(month)) && word != "not"
    };
    clause.split(' ').filter(|word| !day(word)).collect::<Vec<_>>().join(" ")
}

static KEY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)\b(red|amber|yellow|green|blue|purple|grey|gray|black|white)\b["”']?\s*(?:[-–—:=(]|\bmeans\b|\bis\b)\s*["“]?([^;.,\n|)]{3,60})"#,
    )
});

/// What the document's own key says of colours: whether each means done. A colour that it explains in two ways means nothing.
pub(super) fn colours(text: &Text, words: &ActionWords) -> BTreeMap<String, bool> {
    let mut meanings: BTreeMap<String, bool> = BTreeMap::new();
    let mut means = |colour: &str, meaning: &str| {
        let done = of_status(meaning, words) == Some(Progress::Closed);
        let known = meanings.entry(colour.to_lowercase()).or_insert(done);
        *known = *known && done;
    };
    let blocks = text.blocks();
    let mut widths: BTreeMap<u32, u32> = BTreeMap::new();
    for block in blocks {
        if let Role::Cell { table, column, .. } = block.role {
            let width = widths.entry(table).or_default();
            *width = (*width).max(column + 1);
        }
    }
    for (at, block) in blocks.iter().enumerate() {
        let content = text.block_text(block);
        match block.role {
            // A key that is a table of its own: colour beside meaning.
            Role::Cell { table, row, .. } if widths.get(&table).is_some_and(|width| *width <= 3) => {
                let next = blocks
                    .get(at + 1)
                    .filter(|next| matches!(next.role, Role::Cell { table: t, row: r, .. } if t == table && r == row));
                if let Some(next) = next.filter(|_| is_colour(content)) {
                    means(content.trim(), text.block_text(next));
                }
            }
            Role::Cell { .. } if content.len() < 20 => {}
            _ => {
                for hit in KEY.captures_iter(content) {
                    if let (Some(colour), Some(meaning)) = (hit.get(1), hit.get(2)) {
                        means(colour.as_str(), meaning.as_str());
                    }
                }
            }
        }
    }
    meanings
}

fn is_colour(words: &str) -> bool {
    ["red", "amber", "yellow", "green", "blue", "purple", "grey", "gray", "black", "white"]
        .contains(&key(words).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Words;

    #[test]
    fn status_words_as_people_write_them() {
        let words = Words::embedded().unwrap();
        for (status, expected) in [
            ("Complete", Some(Progress::Closed)),
            ("COMPLETED 3/9/26", Some(Progress::Closed)),
            ("Closed at the September meeting", Some(Progress::Closed)),
            ("12 May: begun. 3 June: closed", Some(Progress::Closed)),
            ("Superseded by action 9", Some(Progress::Closed)),
            ("100% complete", Some(Progress::Closed)),
            ("Closed, 69% in August", Some(Progress::Closed)),
            ("Complete 80%", Some(Progress::Open)),
            ("Complete – 80%", Some(Progress::Open)),
            ("Done – 74% answered in 28 days in August", Some(Progress::Closed)),
            ("Complete - re-audit went up from 58% to 79%", Some(Progress::Closed)),
            ("Shut", Some(Progress::Closed)),
            ("Finished 4 September; spot check of 40 found 40", Some(Progress::Closed)),
            ("Blue - completed", Some(Progress::Closed)),
            ("No longer required", Some(Progress::Closed)),
            ("80% complete", Some(Progress::Open)),
            ("In progress, phase 1 complete", Some(Progress::Open)),
            ("Not complete", Some(Progress::Open)),
            ("To be completed", Some(Progress::Open)),
            ("Partially complete", Some(Progress::Open)),
            ("Incomplete", Some(Progress::Open)),
            ("Proposed for closure", Some(Progress::Open)),
            ("On agenda", None),
            ("Amber", None),
            ("", None),
        ] {
            assert_eq!(of_status(status, &words.actions), expected, "{status}");
        }
    }
}
