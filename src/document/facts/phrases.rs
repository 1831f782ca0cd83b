//! How a line is taken apart into phrases, and where a name in one of them ends.

use std::ops::Range;

use super::bylines::ITSELF;
use super::labels::Labels;
use super::people;
use crate::day::find_days;

/// The phrases of a line: what full stops, semicolons, dashes, bars and brackets part, and the clauses of a sentence.
pub(super) fn phrases(line: &str) -> Vec<Range<usize>> {
    let mut cuts = vec![(0, 0)];
    let itself = ITSELF.is_match(line);
    for (at, c) in line.char_indices() {
        let rest = &line[at..];
        let end = at + c.len_utf8();
        match c {
            ';' | '|' | '•' | '(' | ')' | '·' => cuts.push((at, end)),
            '.' if rest.len() > 2 && line[end..].starts_with(' ') => {
                let word = line[..at].rsplit([' ', '(']).next().unwrap_or("");
                let initial = word.len() <= 1 && !word.starts_with(|c: char| c.is_ascii_digit());
                // `Better Every Day project 3. Colette Drury`, but not `3. Introduction`.
                let short = initial
                    || word.len() <= 1 && at <= 2
                    || matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "Prof" | "St" | "Rev" | "No" | "no" | "ref");
                if !short {
                    cuts.push((at, end));
                }
            }
            ' ' => {
                for dash in [" - ", " – ", " — "] {
                    if rest.starts_with(dash) {
                        cuts.push((at, at + dash.len()));
                    }
                }
                for joint in
                    [" and is ", " and was ", " and will ", " and this is ", " and has been ", " and ends ", " and it "]
                {
                    if itself && rest.starts_with(joint) {
                        cuts.push((at, at + 5));
                    }
                }
            }
            ',' if itself || line.contains(", last ") => {
                for joint in [", was ", ", is ", ", and ", ", will ", ", has been ", ", last "] {
                    if rest.starts_with(joint) {
                        cuts.push((at, end));
                    }
                }
            }
            ',' => {
                for joint in [
                    ", updated ",
                    ", approved ",
                    ", agreed ",
                    ", adopted ",
                    ", ratified ",
                    ", endorsed ",
                    ", brought up to date ",
                    ", version ",
                    ", issue ",
                    ", completed ",
                    ", exported ",
                ] {
                    if rest.starts_with(joint) {
                        cuts.push((at, end));
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (number, (_, start)) in cuts.iter().enumerate() {
        let end = cuts.get(number + 1).map_or(line.len(), |(end, _)| *end).max(*start);
        let said = &line[*start..end];
        let start = start + (said.len() - said.trim_start().len());
        let end = end - (said.len() - said.trim_end_matches([' ', '.', ',']).len());
        if start < end {
            found.push(start..end);
        }
    }
    found
}

/// Where a name ends that a phrase begins with: `Jo Marsh, Head of Risk, with two residents`.
pub(super) fn name_end(words: &str) -> usize {
    const ENDS: [&str; 27] = [
        ", because ",
        " each ",
        " every ",
        ", looked at ",
        ", checked by ",
        " for ",
        " to ",
        ", to ",
        " with ",
        ", with ",
        " on ",
        " in ",
        " at ",
        " after ",
        " during ",
        " following ",
        " using ",
        " who ",
        " which ",
        " was ",
        " is ",
        " and is ",
        ", and the ",
        " against ",
        " by ",
        " based on ",
        ", was ",
    ];
    let day = find_days(words, None).first().map_or(words.len(), |day| day.start);
    let end = ENDS.iter().filter_map(|end| words.find(end)).min().unwrap_or(words.len()).min(day);
    words[..end].trim_end_matches([',', ' ', '.', '-', '–']).len()
}

/// Whether words say that something is done, so that they are no role.
fn has_verb(words: &str) -> bool {
    const VERBS: [&str; 16] = [
        "is", "are", "was", "were", "has", "have", "had", "will", "said", "told", "asked", "who", "agreed", "reported",
        "gave", "to",
    ];
    words.split_whitespace().any(|word| VERBS.contains(&word))
}

/// Whether words are a person with a role, or a role, and nothing else: `Geraint Pomfrey, Head of Internal Audit`.
pub(super) fn is_person(words: &str, labels: &Labels) -> bool {
    let bare = words.trim_end_matches(['.', ' ']);
    let count = bare.split_whitespace().count();
    if !(2..=12).contains(&count)
        || !bare.starts_with(char::is_uppercase)
        || bare.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let role = |word: &str| labels.words.people.iter().any(|one| one == &word.to_lowercase());
    let small = ["of", "and", "for", "the", "in", "to", "at", "with", "reception", "team"];
    // `Dee Marsden, support worker`: a name, and what the person does in few words.
    if people::is_named(bare)
        && let Some((_, does)) = bare.split_once(", ")
        && does.split_whitespace().count() <= 6
        && does.split([',', ' ', '(']).any(role)
        && !["at ", "in ", "on ", "with "].iter().any(|start| does.starts_with(start))
        && !has_verb(does)
    {
        return true;
    }
    let fits = bare
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .all(|word| word.starts_with(char::is_uppercase) || small.contains(&word) || role(word));
    let named = bare.split(", ").any(|part| {
        let first = part.split_whitespace().next().unwrap_or("");
        let last = part.split_whitespace().next_back().unwrap_or("");
        let heads = ["Head", "Director", "Chief", "Deputy", "Associate", "Assistant", "Senior", "Lead", "Chair", "Dr"];
        role(last) && last != "Dr" && bare.contains(", ") || heads.contains(&first) && part.contains(' ')
    });
    fits && named && !labels.is_label(bare) && people::owner(bare).is_some()
}
