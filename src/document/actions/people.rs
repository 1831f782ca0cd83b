//! Who: whether words name a person or a role, and who is told to do what in a sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::{ActionWords, key};
use crate::phrase::pattern;

/// Small words within the name of a role.
const WITHIN: [&str; 8] = ["of", "and", "for", "the", "&", "to", "with", "in"];

/// Whether words name somebody: initials, a name, a role, or several of these.
pub(super) fn is_owner(said: &str, words: &ActionWords) -> bool {
    let said = said.trim().trim_end_matches(['.', ',', ':', ';']).trim();
    // "F. Reyes": a stop after a single capital ends nothing.
    let plain = INITIAL.replace_all(said, "$1 ");
    let said = plain.trim();
    if said.is_empty() || said.chars().count() > 90 || said.contains(['.', ':', ';', '?', '[', '<']) {
        return false;
    }
    said.split(['/', ',', '&', '\n', '+'])
        .flat_map(|part| part.split(" and ").collect::<Vec<_>>())
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .all(|part| is_one(part, words))
}

static INITIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b([A-Z])\.\s?"));

fn is_one(part: &str, words: &ActionWords) -> bool {
    let part = part.strip_prefix("the ").or_else(|| part.strip_prefix("The ")).unwrap_or(part);
    let each: Vec<&str> = part.split_whitespace().collect();
    let (Some(first), Some(last)) = (each.first(), each.last()) else { return false };
    let bare = |word: &str| key(word);
    let tells = each.windows(2).any(|pair| matches!(pair[0], "to" | "will" | "should" | "must") && pair[1] != "the");
    let head_of_mail = each.len() == 1 && matches!(bare(first).as_str(), "from" | "to" | "cc" | "sent" | "subject");
    if tells || head_of_mail || each.len() > 8 || words.words.verbs.contains(&bare(first)) {
        return false;
    }
    if each.len() == 1 && is_initials(first) {
        return true;
    }
    let role = words.words.roles.contains(&bare(last));
    if role && each.len() <= 6 && each.iter().all(|word| word.chars().all(|c| c.is_alphanumeric() || "-'’".contains(c)))
    {
        return true;
    }
    let capital = |word: &&&str| word.starts_with(|c: char| c.is_uppercase() || c == '(');
    let named = each.iter().all(|word| capital(&word) || WITHIN.contains(word)) && capital(&first) && capital(&last);
    named && (first.chars().count() > 1 || each.len() > 1 && first.chars().all(char::is_uppercase))
}

/// `JP`, `MWh`, `SvW`: two to four letters of which the first and another are capitals.
fn is_initials(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = word.chars().count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (2..=4).contains(&letters)
        && word.chars().all(char::is_alphabetic)
        && word.starts_with(char::is_uppercase)
        && capitals >= 2
}

/// Whether words that may name somebody surely do: initials, or a word for a role, as its last word or before "of".
pub(super) fn is_certain(said: &str, words: &ActionWords) -> bool {
    let role = |word: &str| words.words.roles.contains(&key(word));
    let each: Vec<&str> = said.split(|c: char| c.is_whitespace() || ",/&+".contains(c)).collect();
    each.iter().any(|word| role(word)) || each.len() == 1 && is_initials(said)
}

/// Whether it is a body, which decides and does not do: "the Board".
pub(super) fn is_body(said: &str, words: &ActionWords) -> bool {
    let key = key(said);
    key.split(' ').next_back().is_some_and(|last| words.words.bodies.iter().any(|body| body == last))
}

/// Whether a cell for the owner names nobody.
pub(super) fn is_nobody(said: &str, words: &ActionWords) -> bool {
    let lower = said.trim().to_lowercase();
    lower.is_empty() || words.words.nobody.contains(&lower) || lower.starts_with('[') || lower.starts_with('<')
}

static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s)^\s*(?P<o>[^.:;]{1,90}?)\s+(?:to|will|would|should|shall|must|is to|are to|agreed to|has agreed to|have agreed to)\s+(?P<t>[a-z].*)$",
    )
});

static HEADED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)^\s*(?P<o>[^.:;–—]{1,60}?)\s*(?::|\s[–—-])\s+(?P<t>\S.*)$"));

static SIGNED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)^(?P<t>.*?)\s*[(\[](?P<o>[^()\[\]]{2,60})[)\]]\s*\.?\s*$"));

/// Who is told to do what, with the offset at which the task begins: "JP to send it", "Chief Nurse: send it", "send it (JP)".
pub(super) fn told<'a>(said: &'a str, words: &ActionWords) -> Option<(&'a str, usize, &'a str)> {
    for pattern in [&TOLD, &HEADED, &SIGNED] {
        let Some(hit) = pattern.captures(said) else { continue };
        let (Some(owner), Some(task)) = (hit.name("o"), hit.name("t")) else { continue };
        let owner = owner.as_str().trim();
        let first = key(task.as_str().split_whitespace().next().unwrap_or(""));
        // "The leaflet to be written again": what it is done to, not who does it.
        let passive = first == "be";
        if is_owner(owner, words)
            && !passive
            && !words.words.not_verbs.contains(&first)
            && !task.as_str().trim().is_empty()
        {
            let owner = owner.strip_prefix("The ").or_else(|| owner.strip_prefix("the ")).unwrap_or(owner);
            return Some((owner, task.start(), task.as_str().trim()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Words;

    #[test]
    fn people_are_known_by_initials_names_and_roles() {
        let words = Words::embedded().unwrap();
        for owner in [
            "JP",
            "JP/AB",
            "MWh",
            "Chief Nurse",
            "Director of Estates & Facilities",
            "practice manager",
            "Lesley",
            "All",
            "JP, AB and CD",
            "Dr Ash",
            "the Registered Manager",
            "F. Reyes",
            "J.P. Marsh",
        ] {
            assert!(is_owner(owner, &words.actions), "{owner}");
        }
        for other in [
            "It was agreed",
            "Circulate the paper",
            "circulate",
            "Circulate",
            "a paper on falls",
            "30 June",
            "To note",
            "",
        ] {
            assert!(!is_owner(other, &words.actions), "{other}");
        }
    }

    #[test]
    fn a_sentence_tells_who_does_what() {
        let words = Words::embedded().unwrap();
        let told = |said: &'static str| told(said, &words.actions).map(|(owner, _, task)| (owner, task));
        assert_eq!(told("JP to send it"), Some(("JP", "send it")));
        assert_eq!(told("The Chief Nurse will bring a paper"), Some(("Chief Nurse", "bring a paper")));
        assert_eq!(told("JP: send it"), Some(("JP", "send it")));
        assert_eq!(told("send it (JP)"), Some(("JP", "send it")));
        assert_eq!(told("Send it to members"), None);
    }
}
