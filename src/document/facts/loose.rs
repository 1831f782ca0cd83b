//! Days without a label: in the title, in a short line near the top, in a page header or footer, in the file name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::labels::{Field, has_word};
use super::pairs::{Pair, lines, tables};
use crate::day::{Day, FoundDay, Length, Precision, Window, day_in_name, find_days, find_periods};
use crate::document::{Fact, Kind, Source, stem};
use crate::phrase::pattern;
use crate::text::{Block, Role, Text};

/// Blocks from the top that may hold a day without a label.
const TOP: usize = 8;

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b20\d\d"));

static WINDOW: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(\d{1,2}|one|two|three|four|five|six|twelve|eighteen)[\s-]*(month|year)s?\b"));

/// The year that days without one belong to: of the title, of the first full day near the top, of the file's
/// making, of its name.
pub(super) fn year(text: &Text, title: Option<&Fact<String>>, path: &str) -> Option<i16> {
    let of = |words: &str| YEAR.find(words).and_then(|year| year.as_str().parse::<i16>().ok());
    let top = || {
        let blocks = text.blocks().iter().take(15);
        blocks
            .into_iter()
            .find_map(|block| find_days(text.block_text(block), None).first().map(|found| found.day.year()))
    };
    let name = || of(stem(path)).or_else(|| day_in_name(stem(path), None).map(|found| found.day.year()));
    let made = || text.metadata.created.as_deref().and_then(of);
    title.and_then(|title| of(&title.value)).or_else(top).or_else(made).or_else(name)
}

/// A month in figures as the whole of a label's value: `09/27` and `09.2027` are September 2027.
pub(super) fn short_month(value: &str) -> Option<Day> {
    let (month, year) = value.trim().split_once(['/', '.', '-'])?;
    if month.len() == 4 && year.len() == 2 {
        // `2028-02`
        return Day::new(month.parse().ok()?, year.parse().ok()?, 1);
    }
    let written: i16 = year.parse().ok()?;
    let year = match year.len() {
        2 => 2000 + written,
        4 => written,
        _ => return None,
    };
    Day::new(year, month.parse().ok()?, 1)
}

/// A length of time such as `12 months`, `three years`, `annually`.
pub(super) fn window(value: &str) -> Option<Window> {
    if let Some(hit) = WINDOW.captures(value) {
        const NUMBERS: [(&str, u16); 8] = [
            ("one", 1),
            ("two", 2),
            ("three", 3),
            ("four", 4),
            ("five", 5),
            ("six", 6),
            ("twelve", 12),
            ("eighteen", 18),
        ];
        let number = hit.get(1)?.as_str().to_lowercase();
        let number =
            NUMBERS.iter().find(|(word, _)| *word == number).map(|(_, n)| *n).or_else(|| number.parse().ok())?;
        let years = hit.get(2)?.as_str().eq_ignore_ascii_case("year");
        return (number > 0).then(|| Window::months(if years { number * 12 } else { number }));
    }
    let lower = value.to_lowercase();
    ["annually", "yearly", "every year", "annual"].iter().any(|word| has_word(&lower, word)).then(|| Window::months(12))
}

/// The day that the title gives: `Board minutes, 24 September 2026`.
pub(super) fn of_title(title: Option<&Fact<String>>) -> Option<Fact<Day>> {
    // What a file's name says is read as such.
    let title = title.filter(|title| title.source != Source::FileName)?;
    // The line may say more than the name that was made of it.
    let quoted = title.excerpt.as_ref().map(|excerpt| excerpt.quote.as_str());
    let value = single(&title.value).or_else(|| quoted.and_then(single))?.day;
    Some(Fact { value, source: Source::Title, excerpt: title.excerpt.clone() })
}

/// The document's own day where neither a label nor the title gives it. A period in the title (`Q2 2025/26`) is the last resort: its end.
pub(super) fn date(
    text: &Text,
    title: Option<&Fact<String>>,
    path: &str,
    kind: Kind,
    hint: Option<i16>,
    pairs: &[Pair],
) -> Option<Fact<Day>> {
    near_top(text, pairs)
        .or_else(|| edge(text))
        .or_else(|| {
            let value = day_in_name(stem(path), hint)?.day;
            Some(Fact { value, source: Source::FileName, excerpt: None })
        })
        .or_else(|| edition(text, hint?))
        .or_else(|| {
            // When a mail was sent; the times of other files tell when they were saved, not when they were written.
            let sent = text.metadata.created.as_deref().filter(|_| kind == Kind::Email)?;
            let value = find_days(sent, None).first()?.day;
            Some(Fact { value, source: Source::Metadata("created".to_string()), excerpt: None })
        })
        .or_else(|| {
            let title = title?;
            let period = find_periods(&title.value).into_iter().max_by_key(|one| one.last)?;
            let looks_back = matches!(kind, Kind::Report | Kind::Survey | Kind::Audit | Kind::Declaration);
            let fits = period.length <= Length::Quarter || period.length == Length::Year && looks_back;
            fits.then(|| Fact { value: period.last, source: Source::Title, excerpt: title.excerpt.clone() })
        })
}

/// The first day of some words that is no part of a period.
pub(super) fn single(words: &str) -> Option<FoundDay> {
    let periods = find_periods(words);
    find_days(words, None)
        .into_iter()
        .find(|day| !periods.iter().any(|one| one.start <= day.start && day.end <= one.end))
}

/// Whether a line is a day and hardly anything else.
fn is_exact(words: &str) -> bool {
    let found = find_days(words, None);
    found.first().is_some_and(|day| {
        day.precision == Precision::Day && day.year_given && words.trim().len() <= day.end - day.start + 12
    })
}

/// Whether a line speaks of another day than the document's own: the next review, a deadline, the last meeting.
fn is_of_another_day(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "next",
        "review",
        "expiry",
        "expires",
        "until",
        "deadline",
        "due",
        "by",
        "since",
        "valid",
        "previous",
        "last meeting",
        "born",
        "dob",
        "act",
        "regulations",
        "supersedes",
        "replaces",
        "target",
        "inspection",
        "closes",
        "closing",
        "birth",
        "go-live",
        "go live",
        "planned",
    ]
    .iter()
    .any(|word| has_word(&lower, word))
}

/// A sentence that is not about the document itself: what it says of days is what it is about.
fn is_prose(line: &str) -> bool {
    let lower = line.to_lowercase();
    let own = ["held on", "dated", "as at", "updated", "published", "issued", "took place"];
    // What is said early in a sentence is about the document: "Dated 3 May", not "an agreement dated 3 May".
    let early = |word: &&str| super::labels::word_at(&lower, word).is_some_and(|at| at < 30);
    line.ends_with('.') && line.split_whitespace().count() > 4 && !own.iter().any(early)
}

/// The first day in a short line near the top that is no label's value.
fn near_top(text: &Text, pairs: &[Pair]) -> Option<Fact<Day>> {
    let tables = tables(text);
    let own = text.blocks().iter().take(TOP).filter(|block| match block.role {
        Role::Header | Role::Footer | Role::Comment | Role::FrontMatter | Role::Note => false,
        // A cell counts as a line where its row is no row of a list.
        Role::Cell { table, row, .. } => {
            let cells = tables.get(&table).and_then(|rows| rows.get(&row));
            let about = |block: &Block| is_of_another_day(text.block_text(block));
            // `Board of Directors in public | 24 September 2026 | Paper 7` above a paper.
            let days = |block: &&&Block| !find_days(text.block_text(block), None).is_empty();
            let banner = |cells: &BTreeMap<u32, &Block>| {
                row == 0
                    && cells.len() <= 4
                    && cells.values().filter(days).count() == 1
                    && cells.values().any(|block| is_exact(text.block_text(block)))
            };
            cells.is_some_and(|cells| (cells.len() <= 2 || banner(cells)) && !cells.values().any(|cell| about(cell)))
        }
        _ => true,
    });
    for block in own {
        for line in lines(text, block) {
            let words = text.slice(line);
            let own = |pair: &Pair| !pair.uses.iter().all(|(field, _)| *field == Field::Version);
            let labelled =
                pairs.iter().any(|pair| own(pair) && line.start <= pair.value.start && pair.value.start < line.end);
            if words.chars().count() >= 140 || labelled || is_of_another_day(words) || is_prose(words) {
                continue;
            }
            if let Some(found) = single(words) {
                return Some(Fact { value: found.day, source: Source::Sentence, excerpt: Some(text.excerpt(line)) });
            }
        }
    }
    None
}

/// The month of a newsletter that does not say its year: `Staff newsletter, October`.
fn edition(text: &Text, hint: i16) -> Option<Fact<Day>> {
    const PAPERS: [&str; 5] = ["newsletter", "bulletin", "edition", "briefing", "digest"];
    text.blocks().iter().take(TOP).flat_map(|block| lines(text, block)).find_map(|line| {
        let words = text.slice(line);
        let lower = words.to_lowercase();
        let paper = words.len() < 90 && PAPERS.iter().any(|word| has_word(&lower, word));
        // A month without its year is one only where it stands alone.
        let parts = lower.split([',', '-', '–', '*', ':', '|', '(', ')']).filter(|_| paper);
        let found = parts.into_iter().find_map(|part| {
            let month = part.split_whitespace().filter(|word| !PAPERS.contains(word)).collect::<Vec<_>>().join(" ");
            find_days(&month, Some(hint)).into_iter().find(|day| day.precision == Precision::Month)
        })?;
        Some(Fact { value: found.day, source: Source::Sentence, excerpt: Some(text.excerpt(line)) })
    })
}

/// The day on which a meeting was held, as the lines at the top of its record say.
pub(super) fn held(text: &Text) -> Option<Fact<Day>> {
    let top = text
        .blocks()
        .iter()
        .take(6)
        .filter(|block| !matches!(block.role, Role::Header | Role::Footer | Role::ListItem | Role::Cell { .. }));
    for block in top {
        for line in lines(text, block) {
            let words = text.slice(line);
            let lower = words.to_lowercase();
            let says =
                ["held on", "held in", "meeting on", "meeting of", "minutes of", "took place", "held at", "held"];
            let other = [
                "approved",
                "agreed",
                "accepted",
                "next",
                "last",
                "previous",
                "draft minutes",
                "signed",
                "confirmed",
                "adopted",
                "ratified",
                "circulated",
                "issued",
            ];
            if words.starts_with(|c: char| c.is_ascii_digit()) || other.iter().any(|word| has_word(&lower, word)) {
                continue;
            }
            let day = single(words).filter(|day| words.len() < 200 && day.year_given);
            if let Some(day) =
                day.filter(|_| says.iter().any(|word| has_word(&lower, word)) && !has_word(&lower, "next"))
            {
                return Some(Fact { value: day.day, source: Source::Title, excerpt: Some(text.excerpt(line)) });
            }
        }
    }
    None
}

fn edge(text: &Text) -> Option<Fact<Day>> {
    let edges = text.blocks().iter().filter(|block| matches!(block.role, Role::Header | Role::Footer));
    for block in edges {
        for line in lines(text, block) {
            let words = text.slice(line);
            if let Some(found) = single(words).filter(|_| !is_of_another_day(words)) {
                return Some(Fact {
                    value: found.day,
                    source: Source::HeaderOrFooter,
                    excerpt: Some(text.excerpt(line)),
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read() {
        for (value, months) in
            [("in 12 months", Some(12)), ("Three years", Some(36)), ("Annually", Some(12)), ("as needed", None)]
        {
            assert_eq!(window(value), months.map(Window::months), "{value}");
        }
    }

    #[test]
    fn days_within_a_period_are_not_the_day() {
        assert!(single("Audit plan April 2024 to March 2025").is_none());
        assert_eq!(
            single("Plan 2024/25, 3 May 2024").map(|found| found.day.to_string()).as_deref(),
            Some("2024-05-03")
        );
    }
}
