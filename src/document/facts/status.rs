//! Whether a document says that it is a draft, final, approved or superseded: by its label, by a banner, by its name. What
//! its prose, its change log or an appendix says of drafts does not count.

use super::labels::{Field, Labels, has_word, tidy, word_at};
use super::pairs::{Pair, Trust, lines, tables};
use super::people;
use crate::document::{Fact, Source, Status, stem};
use crate::text::{Role, Text};

/// Blocks from the top that may hold a banner.
const TOP: usize = 6;

/// The status, from the most trusted source that gives one.
pub(super) fn status(
    text: &Text,
    path: &str,
    title: Option<&Fact<String>>,
    version: Option<&Fact<String>>,
    pairs: &[Pair],
    labels: &Labels,
) -> Option<Fact<Status>> {
    of_pairs(text, pairs, labels, |trust| matches!(trust, Trust::Body | Trust::Edge))
        .or_else(|| banner(text, title, labels))
        .or_else(|| confirmed(text))
        .or_else(|| in_version(text, pairs, labels))
        .or_else(|| of_name(stem(path), labels).map(|value| Fact { value, source: Source::FileName, excerpt: None }))
        .or_else(|| {
            let version = version.filter(|version| version.value.starts_with("0.") && title.is_some())?;
            Some(Fact { value: Status::Draft, source: version.source.clone(), excerpt: version.excerpt.clone() })
        })
        .or_else(|| of_pairs(text, pairs, labels, |trust| matches!(trust, Trust::Byline)))
        .or_else(|| {
            let value = of_value(text.metadata.status.as_deref()?, labels)?;
            // The property tends to stay behind from the template, long after version 1.
            let stale = value == Status::Draft && version.is_some_and(|version| !version.value.starts_with('0'));
            if stale {
                return None;
            }
            Some(Fact { value, source: Source::Metadata("status".to_string()), excerpt: None })
        })
}

/// A line at the top or the end by which a group agreed the record of its own meeting: `Agreed as a true record at the meeting
/// of 24 September 2026 and signed by the Chair.` A line for a signature that is still empty says nothing.
fn confirmed(text: &Text) -> Option<Fact<Status>> {
    let blocks: Vec<_> = text.blocks().iter().filter(|block| block.role.is_evidence()).collect();
    let last = blocks.len().saturating_sub(4);
    let said = blocks.iter().enumerate().filter(|(at, _)| *at < TOP || *at >= last).map(|(_, block)| *block);
    let said = said.filter(|block| !matches!(block.role, Role::Cell { .. } | Role::ListItem));
    said.into_iter().find_map(|block| {
        let line = lines(text, block).find(|line| {
            let words = text.slice(*line);
            people::confirms(words) && !words.contains("__") && !words.contains("....") && !words.contains("……")
        })?;
        Some(Fact { value: Status::Approved, source: Source::Sentence, excerpt: Some(text.excerpt(line)) })
    })
}

/// What the version says besides its number: `1.0 Final`, `0.3 (draft)`.
fn in_version(text: &Text, pairs: &[Pair], labels: &Labels) -> Option<Fact<Status>> {
    let of_version = pairs
        .iter()
        .filter(|pair| pair.trust == Trust::Body && pair.uses.iter().any(|(field, _)| *field == Field::Version));
    of_version.into_iter().find_map(|pair| {
        let said = text.slice(pair.value);
        let value = of_value(said, labels).filter(|_| said.len() < 30)?;
        Some(Fact { value, source: pair.source.clone(), excerpt: Some(text.excerpt(pair.value)) })
    })
}

fn of_pairs(text: &Text, pairs: &[Pair], labels: &Labels, trusted: fn(Trust) -> bool) -> Option<Fact<Status>> {
    let of_status =
        pairs.iter().filter(|pair| trusted(pair.trust) && pair.uses.iter().any(|(field, _)| *field == Field::Status));
    of_status.into_iter().find_map(|pair| {
        let said = text.slice(pair.value);
        let letter = || {
            let coded = pair.label.to_lowercase().replace(' ', "").contains("(a/d)");
            match said.trim().to_lowercase().as_str() {
                "a" if coded => Some(Status::Approved),
                "d" if coded => Some(Status::Draft),
                _ => None,
            }
        };
        let value = if said.chars().count() < 90 { of_value(said, labels).or_else(letter) } else { None }?;
        Some(Fact { value, source: pair.source.clone(), excerpt: Some(text.excerpt(pair.value)) })
    })
}

/// The status that a value names. A list of all options says nothing, unless one is ticked.
pub(super) fn of_value(value: &str, labels: &Labels) -> Option<Status> {
    let lower = value.to_lowercase();
    let ticked = ['☒', '☑', '✓', '✔', '✗', '✘'].iter().find_map(|mark| lower.split_once(*mark));
    if let Some((before, after)) = ticked {
        // The mark stands before its option, or after it.
        let after: &str = after.split(['☐', '□', '|', '/']).next().unwrap_or("");
        let before = before.rsplit(['☐', '□', '|', '/', '☒']).next().unwrap_or("");
        return named(after, labels).or_else(|| named(before, labels));
    }
    let options: Vec<Status> = lower.split(['/', '|', '☐', '□']).filter_map(|option| named(option, labels)).collect();
    let differ = options.iter().any(|one| Some(one) != options.first());
    if options.len() > 1 && differ { None } else { named(&lower, labels) }
}

/// Whether a value is nothing but a status, with what was done for it: `Final for publication`, `confirmed by the Board on 3 May`.
pub(super) fn is_status(value: &str, labels: &Labels) -> bool {
    let lower = value.trim().to_lowercase();
    let words = &labels.words;
    let starts = words.draft.iter().chain(&words.approved).chain(&words.finals).chain(&words.superseded);
    let mut rests = starts.filter_map(|word| lower.strip_prefix(word.as_str()));
    rests.any(|rest| {
        let follows = [" by ", " for ", " on ", " at ", " and ", ",", ".", " (", " version", " -", " –"];
        rest.is_empty() || value.len() < 70 && follows.iter().any(|one| rest.starts_with(one))
    })
}

fn named(lower: &str, labels: &Labels) -> Option<Status> {
    let says = |list: &[String]| list.iter().any(|word| has_word(lower, word));
    let words = &labels.words;
    if says(&words.draft) {
        Some(Status::Draft)
    } else if says(&words.superseded) {
        Some(Status::Superseded)
    } else if says(&words.approved) {
        Some(Status::Approved)
    } else if says(&words.finals) {
        Some(Status::Final)
    } else {
        None
    }
}

/// A marking at the top, in the title, or in a page header or footer.
fn banner(text: &Text, title: Option<&Fact<String>>, labels: &Labels) -> Option<Fact<Status>> {
    let tables = tables(text);
    let top = text.blocks().iter().take(TOP).enumerate().filter(|(_, block)| match block.role {
        Role::ListItem | Role::Comment | Role::FrontMatter | Role::Header | Role::Footer => false,
        Role::Cell { table, row, .. } => {
            tables.get(&table).and_then(|rows| rows.get(&row)).is_some_and(|cells| cells.len() == 1)
        }
        _ => true,
    });
    // Below the title only a marking that stands alone is a banner; a heading there is of a part or an appendix.
    let mut below = false;
    for (at, block) in top {
        for line in lines(text, block) {
            let words = text.slice(line);
            let of_title = title.is_some_and(|title| words.contains(title.value.as_str()));
            let above = !below && at < 3;
            below |= of_title;
            if let Some(value) =
                of_line(words, of_title || above, of_title || block.role.heading_level().is_some(), labels)
            {
                return Some(Fact { value, source: Source::Title, excerpt: Some(text.excerpt(line)) });
            }
        }
    }
    let edges = text.blocks().iter().filter(|block| matches!(block.role, Role::Header | Role::Footer));
    for block in edges {
        for line in lines(text, block) {
            let words = text.slice(line);
            let shouted = ["DRAFT", "UNCONFIRMED"].iter().any(|word| word_at(words, word).is_some());
            let value = if shouted { Some(Status::Draft) } else { of_line(words, true, true, labels) };
            if let Some(value) = value {
                return Some(Fact { value, source: Source::HeaderOrFooter, excerpt: Some(text.excerpt(line)) });
            }
        }
    }
    None
}

/// The status that a line gives as a marking: alone (`DRAFT`, `CONFIRMED (Disclosable)`, `Draft v0.3`), before a title
/// (`DRAFT MINUTES of`, `Draft: Quality Strategy`), or after it (`Minutes - Final`, `Quality Strategy (draft)`).
///
/// Of a line below the title (`own` is false) only the first sort counts.
fn of_line(line: &str, own: bool, heading: bool, labels: &Labels) -> Option<Status> {
    if line.chars().count() > 120 || line.contains('|') {
        return None;
    }
    let lower = line.trim().trim_matches(['*', '#', ' ', '.']).to_lowercase();
    // Numbered items of an agenda and prose tell of other documents.
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bare = tidy(&lower);
    // `V0.8 Published July 2021`: what is published is no draft.
    let after = bare.strip_prefix("version ").or_else(|| bare.strip_prefix('v')).map(str::trim_start);
    let after = after.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start());
    if after.is_some_and(|rest| rest.starts_with("published") || rest.starts_with("issued")) {
        return Some(Status::Final);
    }
    let words = &labels.words;
    // `Final. Checked by the Committee on 8 September.`
    let first = lower.split_once(". ").map(|(first, _)| first);
    match first {
        Some("draft" | "unconfirmed" | "draft only" | "working draft") => return Some(Status::Draft),
        Some("final" | "final version" | "final copy") => return Some(Status::Final),
        Some("confirmed" | "approved" | "ratified" | "approved version") => return Some(Status::Approved),
        Some("withdrawn" | "superseded" | "archived" | "obsolete") => return Some(Status::Superseded),
        _ => {}
    }
    let lists = [
        (Status::Draft, &words.draft),
        (Status::Superseded, &words.superseded),
        (Status::Approved, &words.approved),
        (Status::Final, &words.finals),
    ];
    for (status, list) in lists {
        for word in
            list.iter().filter(|word| !matches!(word.as_str(), "current" | "live" | "complete" | "active" | "expired"))
        {
            let rest = bare.strip_prefix(word.as_str()).map(str::trim_start);
            let marked = |rest: &str| {
                rest.is_empty()
                    || rest.starts_with("version")
                    || rest.starts_with('v') && rest[1..].starts_with(|c: char| c.is_ascii_digit() || c == ' ')
                    || rest.starts_with(|c: char| c.is_ascii_digit())
            };
            if rest.is_some_and(marked) && bare.split_whitespace().count() <= 5 {
                return Some(status);
            }
            if !own {
                continue;
            }
            let ends = [
                format!("({word})"),
                format!("[{word}]"),
                format!("- {word}"),
                format!("– {word}"),
                format!(": {word}"),
            ];
            if ends.iter().any(|end| lower.ends_with(end.as_str())) {
                return Some(status);
            }
            let starts = [format!("{word} - "), format!("{word} – "), format!("{word}: "), format!("{word}. ")];
            if starts.iter().any(|start| lower.starts_with(start.as_str())) && lower.split_whitespace().count() <= 14 {
                return Some(status);
            }
        }
    }
    if !own {
        return None;
    }
    // "Draft minutes of the Board", "Quality Strategy DRAFT v0.3": only of a title, or in capitals.
    for word in ["draft", "unconfirmed", "superseded", "withdrawn", "confirmed"] {
        let Some(at) = word_at(&lower, word) else { continue };
        let status = match word {
            "draft" | "unconfirmed" => Status::Draft,
            "confirmed" => Status::Approved,
            _ => Status::Superseded,
        };
        let capitals = word_at(line, &word.to_uppercase()).is_some();
        let rest = lower[at + word.len()..].trim_start_matches([' ', ')', ']', '-', '–']);
        let last = rest.is_empty() || rest.starts_with("v") && rest.len() < 8 || rest.starts_with("version");
        let first = at == 0
            && (heading || rest.starts_with("minutes") || rest.starts_with("notes of"))
            && !lower.ends_with('.');
        let few = lower.split_whitespace().count() <= 14;
        if few && (first || last && (heading || capitals)) {
            return Some(status);
        }
    }
    None
}

/// The status that a file name gives: `QC Minutes - DRAFT`, `BAF v3 FINAL`; not `comments on the draft plan`.
fn of_name(name: &str, labels: &Labels) -> Option<Status> {
    let lower = name.to_lowercase();
    // `Plan_final2` is the second final one.
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let numberless = |word: &'_ str| -> usize { word.trim_end_matches(|c: char| c.is_ascii_digit()).len() };
    let words: Vec<&str> = words.map(|word| word.get(..numberless(word).max(1)).unwrap_or(word)).collect();
    let about = |at: usize| {
        at > 0
            && ["on", "to", "the", "of", "for", "a", "not", "from", "re", "about", "be", "been", "un"]
                .contains(&words[at - 1])
    };
    let says = |list: &[String], more: &[&str]| {
        words
            .iter()
            .enumerate()
            .any(|(at, word)| (list.iter().any(|one| one == word) || more.contains(word)) && !about(at))
    };
    let lists = &labels.words;
    if says(&lists.draft, &["dft"]) {
        Some(Status::Draft)
    } else if says(&lists.superseded, &[]) {
        Some(Status::Superseded)
    } else if words
        .iter()
        .enumerate()
        .any(|(at, word)| ["approved", "ratified", "confirmed", "agreed"].contains(word) && !about(at))
    {
        Some(Status::Approved)
    } else if words.iter().enumerate().any(|(at, word)| {
        // A final report is the last of several, finished or not.
        let kind = words.get(at + 1).is_some_and(|next| ["report", "evaluation", "accounts", "account"].contains(next));
        *word == "final" && !about(at) && !kind
    }) {
        Some(Status::Final)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Words;
    use crate::document::facts::blocks::describe;

    #[test]
    fn values_name_one_status() {
        let labels = Words::embedded().unwrap().labels;
        for (value, expected) in [
            ("Draft", Some(Status::Draft)),
            ("Final draft for comment", Some(Status::Draft)),
            ("Not yet approved", Some(Status::Draft)),
            ("Approved", Some(Status::Approved)),
            ("Confirmed", Some(Status::Approved)),
            ("UNCONFIRMED", Some(Status::Draft)),
            ("Final", Some(Status::Final)),
            ("Withdrawn May 2026", Some(Status::Superseded)),
            ("Draft / Final", None),
            ("☐ Draft ☒ Final", Some(Status::Final)),
            ("Post Consultation", None),
            ("Open", None),
        ] {
            assert_eq!(of_value(value, &labels), expected, "{value}");
        }
    }

    #[test]
    fn banners_and_names_count() {
        for (name, source) in [
            ("a.md", "DRAFT\n\n# Plan\n\nText.\n"),
            ("a.md", "# Plan (draft)\n\nText.\n"),
            ("a.md", "# Draft Plan for Wellbeing\n\nText.\n"),
            ("a.txt", "DRAFT MINUTES of the Board held on 3 May 2026\n\nPresent: all\n"),
            ("a.txt", "Draft v0.3\n\nWellbeing plan\n"),
            ("a.txt", "Wellbeing plan DRAFT v0.3\n\nText.\n"),
            ("Minutes - DRAFT.md", "# Minutes\n\nText.\n"),
            ("Unconfirmed minutes.md", "# Minutes\n\nText.\n"),
            ("a.md", "# Unconfirmed minutes of the Board\n\nText.\n"),
        ] {
            assert_eq!(
                describe(name, source).facts.status.map(|fact| fact.value),
                Some(Status::Draft),
                "{name} {source}"
            );
        }
    }

    #[test]
    fn prose_logs_and_appendices_do_not_make_a_draft() {
        for (name, source) in [
            ("a.md", "# Plan\n\nA draft budget will be made in a long sentence of prose.\n"),
            ("a.md", "# Minutes\n\nThe draft strategy was discussed.\n"),
            ("a.md", "# Minutes\n\nDraft strategy discussed\n"),
            ("a.md", "# Agenda\n\n1. Welcome\n2. Draft minutes of the last meeting\n"),
            (
                "a.md",
                "# Minutes\n\n| Item | Status |\n|---|---|\n| Draft terms of reference | Draft |\n| Log | Final |\n",
            ),
            ("Comments on the draft plan.md", "# Comments\n\nText.\n"),
            (
                "a.md",
                "# Minutes\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n\n## Draft terms of reference\n\nText.\n",
            ),
        ] {
            assert_eq!(describe(name, source).facts.status, None, "{name} {source}");
        }
    }

    #[test]
    fn a_label_beats_the_file_name() {
        let facts = describe("Plan final.md", "# Plan\n\nStatus: Draft\n").facts;
        assert_eq!(facts.status.unwrap().value, Status::Draft);
    }
}
