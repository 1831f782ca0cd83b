//! Until when: days in columns and in prose, with or without their year, and words that are no day.

use std::sync::LazyLock;

use regex::Regex;

use crate::day::{Day, Precision, Window, find_days};
use crate::phrase::pattern;

const MONTH: &str = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

/// How a day without a year gets one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// The one that is nearest to the document's day: a log holds old actions and new ones.
    Nearest,
    /// The first one from the document's day on: minutes agree what is to come.
    Next,
}

/// A day and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) day: Day,
    pub(super) start: usize,
    pub(super) end: usize,
}

static WITHOUT_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    let small = MONTH.to_lowercase().replace("|may|", "|"); // "may" is a verb, too
    pattern(&format!(
        r"\b(?:(?P<d>\d{{1,2}})(?:\s*(?:st|nd|rd|th)?\s+(?:of\s+)?|[-–.]))?(?P<m>{MONTH}|{}|{small})\b(?:\s+(?P<e>\d{{1,2}})(?:st|nd|rd|th)?\b)?",
        MONTH.to_uppercase()
    ))
});

static QUARTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b[Qq](?:uarter ?)?([1-4])\b(?:[ ,]+(?:of )?(?:FY ?)?((?:20)?\d\d)\s*[/-]\s*(?:20)?\d\d\b)?")
});

/// Every day that words name, in the order of the words. A month stands for its last day, a quarter of a financial year, too;
/// what has no year takes it from `base`, the document's own day, and is left out when that is not known.
pub(super) fn days(words: &str, base: Option<Day>, year: Year) -> Vec<When> {
    let mut found: Vec<When> = with_year(words);
    let overlaps =
        |found: &[When], start: usize, end: usize| found.iter().any(|one| one.start < end && start < one.end);
    for hit in QUARTER.captures_iter(words) {
        let (Some(whole), Some(quarter)) = (hit.get(0), number(&hit, 1)) else { continue };
        // Q1 ends in June; Q4 ends in March of the year after.
        let of_year = |first: i16| {
            let first = if first < 100 { first + 2000 } else { first };
            let (year, month) = if quarter == 4 { (first + 1, 3) } else { (first, quarter * 3 + 3) };
            i8::try_from(month).ok().and_then(|month| Day::new(year, month, 1)).map(end_of_month)
        };
        let near = |base: Day| {
            let all = (base.year() - 2..=base.year() + 1).filter_map(of_year);
            nearest(all, base, year)
        };
        let Some(day) = number(&hit, 2).map_or_else(|| base.and_then(near), of_year) else { continue };
        found.retain(|one| one.end <= whole.start() || whole.end() <= one.start);
        found.push(When { day, start: whole.start(), end: whole.end() });
    }
    if let Some(base) = base {
        for hit in WITHOUT_YEAR.captures_iter(words) {
            let (Some(whole), Some(month)) = (hit.get(0), hit.name("m")) else { continue };
            if overlaps(&found, whole.start(), whole.end()) {
                continue;
            }
            let day = hit.name("d").or(hit.name("e")).map(|day| day.as_str());
            if let Some(day) = place_in_year(day, month.as_str(), base, year) {
                found.push(When { day, start: whole.start(), end: whole.end() });
            }
        }
    }
    found.sort_by_key(|one| one.start);
    found
}

/// The days of a cell. A narrow column of a PDF breaks words where there is no room ("18 Dece mber 2026", "2024/ 25"), so
/// words that name no day as they stand are tried without the breaks.
pub(super) fn days_of_cell(words: &str, base: Option<Day>) -> Vec<Day> {
    let named = |words: &str| days(words, base, Year::Nearest).iter().map(|one| one.day).collect::<Vec<_>>();
    let found = named(words);
    if found.is_empty() { unbroken(words).map_or(found, |words| named(&words)) } else { found }
}

/// A short cell with the spaces taken out that a narrow column may have put in; none where there are none.
pub(super) fn unbroken(words: &str) -> Option<String> {
    if words.len() > 40 || !words.contains(char::is_whitespace) {
        return None;
    }
    let mut joined = String::new();
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        let turn =
            |last: char| last.is_alphabetic() && c.is_ascii_digit() || last.is_ascii_digit() && c.is_alphabetic();
        if joined.chars().next_back().is_some_and(turn) {
            joined.push(' ');
        }
        joined.push(c);
    }
    Some(joined)
}

/// The one place that asks for the days that are written out whole.
fn with_year(words: &str) -> Vec<When> {
    let day = |day: Day, precision: Precision| if precision == Precision::Month { end_of_month(day) } else { day };
    // A full stop that ends a sentence must not make a day look like a reference number.
    let mut plain: Vec<u8> = words.as_bytes().to_vec();
    for at in 0..plain.len() {
        if plain[at] == b'.' && plain.get(at + 1).is_none_or(u8::is_ascii_whitespace) {
            plain[at] = b',';
        }
    }
    let plain = String::from_utf8(plain).unwrap_or_else(|_| words.to_string());
    find_days(&plain, None)
        .iter()
        .map(|one| When { day: day(one.day, one.precision), start: one.start, end: one.end })
        .collect()
}

fn number(hit: &regex::Captures<'_>, group: usize) -> Option<i16> {
    hit.get(group).and_then(|part| part.as_str().parse().ok())
}

/// A day without its year, put beside the document's day.
fn place_in_year(day: Option<&str>, month: &str, base: Day, year: Year) -> Option<Day> {
    let written = |year: i16| {
        let words = day.map_or_else(|| format!("{month} {year}"), |day| format!("{day} {month} {year}"));
        with_year(&words).first().map(|one| one.day)
    };
    let candidates = (base.year() - 1..=base.year() + 1).filter_map(written);
    nearest(candidates, base, year)
}

/// Of the same time in several years, the one that is meant.
fn nearest(mut days: impl Iterator<Item = Day>, base: Day, year: Year) -> Option<Day> {
    match year {
        Year::Nearest => days.min_by_key(|day| base.days_until(*day).abs()),
        Year::Next => days.find(|day| base.days_until(*day) >= -14),
    }
}

static SEASON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(spring|summer|autumn|winter)\b(?:[ ,]+(?:of )?(20\d\d)\b)?(?:[/-]\d\d(?:\d\d)?\b)?")
});

static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:within|in|over)\s+(?:the\s+)?(?:next\s+)?(\d{1,2}|a|one|two|three|four|six|nine|twelve)\s+(day|week|fortnight|month|year)s?\b",
    )
});

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:end of |during |by )?(?:the )?(?:FY ?)?(20\d\d)\s?[/–-]\s?(?:20)?(\d\d)\b"));

/// The last day of a time in a cell for the due date that is told by no day and no month: "within 3 months", "summer 2026",
/// "2026/27".
pub(super) fn loosely(words: &str, base: Option<Day>) -> Option<Day> {
    if let Some(hit) = WITHIN.captures(words) {
        let count = match hit.get(1).map(|count| count.as_str().to_lowercase())?.as_str() {
            "a" | "one" => 1,
            "two" => 2,
            "three" => 3,
            "four" => 4,
            "six" => 6,
            "nine" => 9,
            "twelve" => 12,
            figures => figures.parse::<u16>().ok()?,
        };
        let window = match hit.get(2)?.as_str().to_lowercase().as_str() {
            "day" => Window::days(count),
            "week" => Window::days(count * 7),
            "fortnight" => Window::days(count * 14),
            "month" => Window::months(count),
            _ => Window::months(count * 12),
        };
        return base.map(|base| base.plus(window));
    }
    if let Some(hit) = SEASON.captures(words) {
        let (month, after) = match hit.get(1)?.as_str().to_lowercase().as_str() {
            "spring" => (5, 0),
            "summer" => (8, 0),
            "autumn" => (11, 0),
            _ => (2, 1),
        };
        let of_year = |year: i16| Day::new(year + after, month, 1).map(end_of_month);
        return match (number(&hit, 2), base) {
            (Some(year), _) => of_year(year),
            (None, Some(base)) => nearest((base.year() - 1..=base.year() + 1).filter_map(of_year), base, Year::Next),
            (None, None) => None,
        };
    }
    // A financial year ends in March.
    let hit = YEAR.captures(words)?;
    let (first, second) = (number(&hit, 1)?, number(&hit, 2)?);
    if (first + 1) % 100 != second {
        return None;
    }
    Day::new(first + 1, 3, 1).map(end_of_month)
}

fn end_of_month(first: Day) -> Day {
    first.plus(Window::months(1)).plus_days(-i64::from(first.day()))
}

static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\bby|\bbefore|\bdue|\bdeadline|\bno later than|\buntil|\btarget|\btill|\bend of|:)(?:[\s,:]|\bthe\b|\bend of\b|\bend\b|\bearly\b|\bmid\b|\blate\b|\bon\b|\bin\b|\bdate\b|\bclose of play\b|\bmeeting\b|\bboard\b|\bcommittee\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|-)*$",
    )
});

static LOOSELY_MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?:\b(?:in|on|at|for)(?:\s|\bthe\b|\bearly\b|\blate\b|-)*|[(\[]\s*|\s[–—-]\s+|,\s*)$")
});

/// The day by which a sentence says that something is to be done: after "by", "before", "due"; after "in", "on", a bracket,
/// a comma or a dash when it lies ahead of the document's day; or alone at the end, where `tail` allows that.
pub(super) fn in_prose(words: &str, base: Option<Day>, tail: bool) -> Option<Day> {
    let found = days(words, base, Year::Next);
    let before = |one: &When| words.get(..one.start).unwrap_or("");
    let marked = found.iter().rev().find(|one| MARKED.is_match(before(one)));
    let ahead = |one: &&When| base.is_some_and(|base| one.day >= base);
    // "March Board": the meeting at which it is to be shown.
    let meeting = |one: &When| {
        let after = words.get(one.end..).unwrap_or("").trim_start().to_lowercase();
        ["board", "committee", "meeting"].iter().any(|body| after.starts_with(body))
    };
    let loosely = || found.iter().rev().filter(ahead).find(|one| LOOSELY_MARKED.is_match(before(one)) || meeting(one));
    let last = || {
        let at_end = |one: &&When| words.get(one.end..).unwrap_or("").chars().all(|c| !c.is_alphanumeric());
        found.last().filter(|_| tail).filter(at_end)
    };
    let day = marked.or_else(loosely).or_else(last).map(|one| one.day);
    day.or_else(|| season_ahead(words, base))
}

/// "in the autumn", "by spring 2027": a season in a sentence that lies ahead.
fn season_ahead(words: &str, base: Option<Day>) -> Option<Day> {
    let hit = SEASON.find(words)?;
    let before = words.get(..hit.start()).unwrap_or("");
    let said = MARKED.is_match(before) || LOOSELY_MARKED.is_match(before);
    loosely(hit.as_str(), base).filter(|day| said && base.is_some_and(|base| *day >= base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(words: &str) -> Option<String> {
        let base = Day::new(2026, 11, 4);
        days(words, base, Year::Nearest).last().map(|when| when.day.to_string())
    }

    #[test]
    fn months_and_quarters_end_with_their_last_day() {
        for (words, day) in [
            ("Nov 2026", "2026-11-30"),
            ("end of February 2028", "2028-02-29"),
            ("Q2 2026/27", "2026-09-30"),
            ("Q4 2026-27", "2027-03-31"),
            ("30 Sept", "2026-09-30"),
            ("JANUARY", "2027-01-31"),
            ("14 december", "2026-12-14"),
            ("1st of March", "2027-03-01"),
            ("3 May 2026", "2026-05-03"),
        ] {
            assert_eq!(one(words).as_deref(), Some(day), "{words}");
        }
        assert_eq!(one("they may go on"), None);
        assert_eq!(days("14 Dec", None, Year::Nearest), []);
    }

    #[test]
    fn only_marked_days_are_due_days() {
        let base = Day::new(2026, 11, 4);
        let day = |words: &str| in_prose(words, base, false).map(|day| day.to_string());
        assert_eq!(day("look at complaints from March 2026 by 3 December").as_deref(), Some("2026-12-03"));
        assert_eq!(day("look at the complaints received in March 2026"), None);
        assert_eq!(day("bring it to the Board in January").as_deref(), Some("2027-01-31"));
        assert_eq!(day("ask for it, 3 December 2025"), None);
        assert_eq!(in_prose("3 December", base, true).map(|day| day.to_string()).as_deref(), Some("2026-12-03"));
    }

    proptest::proptest! {
        #[test]
        fn days_stand_on_char_borders(words in "(?s).{0,60}") {
            for one in days(&words, Day::new(2026, 11, 4), Year::Next) {
                proptest::prop_assert!(words.get(one.start..one.end).is_some());
            }
        }
    }
}
