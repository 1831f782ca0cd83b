//! Periods of time in text: years, financial years (1 April to 31 March), quarters and months of those.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Day;
use super::find::{MONTH, Precision, find_days, month_number, of_two_figures};
use crate::phrase::pattern;

/// How long a period is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    /// One month: `Month 7 2025/26`.
    Month,
    /// Three months, or the four of a trimester: `Q2 2025/26`.
    Quarter,
    /// One year: `2025/26`.
    Year,
    /// More than a year: `2023-26`.
    Years,
}

/// A period found in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundPeriod {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// How long it is.
    pub length: Length,
    /// First byte in the text that was searched.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:(?P<fy>\bFY\s?)|\b)(?P<a>20\d\d|\d\d)\s*(?P<s>[-\u{2010}-\u{2014}/]|to\b|until\b)\s*(?P<b>20\d\d|\d\d)\b",
    )
});

static LONE_FY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bFY\s?(?P<b>20\d\d|\d\d)\b"));

static PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?P<q>Q|quarter|qtr)\s?(?P<qn>[1-4]|one|two|three|four)|(?P<t>trimester)\s?(?P<tn>[1-3])|(?P<h>H|half\s)(?P<hn>[12])|(?P<m>M|month)\s?(?P<mn>1[0-2]|0?[1-9]))\b",
    )
});

static LONE_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\s,:–-]*(20\d\d)\b"));

static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?P<a>{MONTH})\.?\s*(?P<ya>20\d\d)?\s*(?:[-\u{{2010}}-\u{{2014}}]|to|until)\s*(?P<b>{MONTH})\.?\s+(?P<yb>20\d\d)\b"
    ))
});

/// Every period that a text names, in the order of the text; one within another is left out.
pub fn find_periods(text: &str) -> Vec<FoundPeriod> {
    let mut found = days_to_days(text);
    let add = |found: &mut Vec<FoundPeriod>, one: FoundPeriod| {
        if !found.iter().any(|other| other.start < one.end && one.start < other.end) {
            found.push(one);
        }
    };
    for one in months(text) {
        add(&mut found, one);
    }
    let years = years(text);
    for one in parts(text, &years) {
        add(&mut found, one);
    }
    for one in years {
        add(&mut found, one);
    }
    found.sort_by_key(|one| one.start);
    found
}

/// The last day of the period that a title names, and where: `2023-2026` ends with its last year, `2025/26` on 31 March (the
/// financial year), `Q2 2025/26` on 30 September. Of several periods, the one that ends last.
pub fn period_end(text: &str) -> Option<(Day, Range<usize>)> {
    let last = find_periods(text).into_iter().max_by_key(|one| one.last)?;
    Some((last.last, last.start..last.end))
}

/// `1 April 2017 to 31 March 2019`
fn days_to_days(text: &str) -> Vec<FoundPeriod> {
    let days: Vec<_> = find_days(text, None).into_iter().filter(|one| one.precision == Precision::Day).collect();
    let joined = |between: &str| {
        matches!(between.trim().to_lowercase().as_str(), "to" | "-" | "–" | "—" | "until" | "and" | "to the")
    };
    let pairs = days.windows(2).filter(|two| text.get(two[0].end..two[1].start).is_some_and(joined));
    pairs
        .filter(|two| two[0].day < two[1].day)
        .map(|two| {
            let length = of_days(two[0].day.days_until(two[1].day));
            FoundPeriod { first: two[0].day, last: two[1].day, length, start: two[0].start, end: two[1].end }
        })
        .collect()
}

fn of_days(days: i64) -> Length {
    match days {
        ..=31 => Length::Month,
        32..=125 => Length::Quarter,
        126..=370 => Length::Year,
        _ => Length::Years,
    }
}

/// `April 2024 to March 2025`, `April - June 2025`
fn months(text: &str) -> Vec<FoundPeriod> {
    MONTHS
        .captures_iter(text)
        .filter_map(|hit| {
            let whole = hit.get(0)?;
            let (a, b) = (month_number(hit.name("a")?.as_str()), month_number(hit.name("b")?.as_str()));
            let last_year: i16 = hit.name("yb")?.as_str().parse().ok()?;
            let first_year = match hit.name("ya") {
                Some(year) => year.as_str().parse().ok()?,
                None => last_year - i16::from(a > b),
            };
            let (first, last) = (first_of(first_year, a)?, last_of(last_year, b)?);
            (first < last).then(|| FoundPeriod {
                first,
                last,
                length: of_days(first.days_until(last)),
                start: whole.start(),
                end: whole.end(),
            })
        })
        .collect()
}

/// `2023-26`, `2025/26`, `2022/23 to 2025/26`, `FY24/25`, `FY25`
fn years(text: &str) -> Vec<FoundPeriod> {
    let mut found: Vec<FoundPeriod> = Vec::new();
    let mut from = 0;
    while let Some(hit) = YEARS.captures_at(text, from) {
        let Some(whole) = hit.get(0) else { break };
        let one = financial(&hit).filter(|_| stands_free(text, whole.range()));
        let step = text[whole.start()..].chars().next().map_or(1, char::len_utf8);
        from = if one.is_some() { whole.end() } else { whole.start() + step };
        if let Some((first, last)) = one {
            let length = of_days(first.days_until(last));
            found.push(FoundPeriod { first, last, length, start: whole.start(), end: whole.end() });
        }
        if from > text.len() {
            break;
        }
    }
    for hit in LONE_FY.captures_iter(text) {
        let (Some(whole), Some(Ok(year))) = (hit.get(0), hit.name("b").map(|year| year.as_str().parse::<i16>())) else {
            continue;
        };
        let year = if year < 100 { of_two_figures(year) } else { year };
        let (Some(first), Some(last)) = (Day::new(year - 1, 4, 1), Day::new(year, 3, 31)) else { continue };
        if !found.iter().any(|one| one.start < whole.end() && whole.start() < one.end) {
            found.push(FoundPeriod { first, last, length: Length::Year, start: whole.start(), end: whole.end() });
        }
    }
    found.sort_by_key(|one| one.start);
    // "2022/23 to 2025/26" is one period.
    let mut joined: Vec<FoundPeriod> = Vec::new();
    for one in found {
        match joined.last_mut() {
            Some(before)
                if text.get(before.end..one.start).is_some_and(|between| {
                    matches!(between.trim().to_lowercase().as_str(), "to" | "-" | "–" | "—" | "until")
                }) && before.last < one.last =>
            {
                before.last = one.last;
                before.end = one.end;
                before.length = Length::Years;
            }
            _ => joined.push(one),
        }
    }
    joined
}

fn financial(hit: &regex::Captures<'_>) -> Option<(Day, Day)> {
    let (a, b) = (hit.name("a")?.as_str(), hit.name("b")?.as_str());
    let (first, last): (i16, i16) = (a.parse().ok()?, b.parse().ok()?);
    let marked = hit.name("fy").is_some();
    if a.len() == 2 && !(marked && b.len() == 2) {
        return None;
    }
    let first = if a.len() == 2 { of_two_figures(first) } else { first };
    let last = if b.len() == 2 { first / 100 * 100 + last } else { last };
    if last <= first || last > first + 15 {
        return None;
    }
    let next = last == first + 1;
    // With a stroke it is a financial year; so are two years in a row written short, as in "annual report 2024-25".
    if hit.name("s")?.as_str() == "/" || marked || next && b.len() == 2 {
        if !next && b.len() == 2 && !marked && last > first + 6 {
            return None;
        }
        return Some((Day::new(first, 4, 1)?, Day::new(last, 3, 31)?));
    }
    Some((Day::new(first, 1, 1)?, Day::new(last, 12, 31)?))
}

fn stands_free(text: &str, at: Range<usize>) -> bool {
    let mut before = text[..at.start].chars().rev();
    let mut after = text[at.end..].chars();
    let (last, last_but_one, next, next_but_one) = (before.next(), before.next(), after.next(), after.next());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let joins = |c: Option<char>| matches!(c, Some('/' | '.' | '-'));
    !(joins(last) && (digit(last_but_one) || last == Some('/')))
        && !last.is_some_and(|c| c.is_ascii_digit())
        && !(joins(next) && digit(next_but_one))
}

/// Quarters, trimesters, halves and months of the financial year that is named nearest: `Q2 2025/26`, `2025/26 Month 7`.
fn parts(text: &str, years: &[FoundPeriod]) -> Vec<FoundPeriod> {
    PART.captures_iter(text)
        .filter_map(|hit| {
            let whole = hit.get(0)?;
            let (offset, months, length) = part(&hit)?;
            let distance =
                |one: &FoundPeriod| one.start.saturating_sub(whole.end()) + whole.start().saturating_sub(one.end);
            let year = years
                .iter()
                .filter(|one| one.length == Length::Year && one.first.month() == 4)
                .min_by_key(|one| distance(one));
            let (year, start, end) = match year.filter(|one| distance(one) <= 40) {
                Some(year) => (year.first.year(), whole.start().min(year.start), whole.end().max(year.end)),
                None => {
                    let lone = LONE_YEAR.captures(&text[whole.end()..])?.get(1)?;
                    (lone.as_str().parse().ok()?, whole.start(), whole.end() + lone.end())
                }
            };
            let month = |n: i16| (year + (n + 3) / 12, (n + 3) % 12 + 1);
            let (first_year, first_month) = month(offset);
            let (last_year, last_month) = month(offset + months - 1);
            let (first, last) = (first_of(first_year, first_month)?, last_of(last_year, last_month)?);
            Some(FoundPeriod { first, last, length, start, end })
        })
        .collect()
}

/// How many months after April a part begins, and how many it has.
fn part(hit: &regex::Captures<'_>) -> Option<(i16, i16, Length)> {
    let number = |name: &str| {
        let words = hit.name(name)?.as_str().to_lowercase();
        let named = ["one", "two", "three", "four"].iter().position(|word| *word == words).map(|at| at as i16 + 1);
        named.or_else(|| words.parse().ok())
    };
    if let Some(n) = number("qn") {
        return Some(((n - 1) * 3, 3, Length::Quarter));
    }
    if let Some(n) = number("tn") {
        return Some(((n - 1) * 4, 4, Length::Quarter));
    }
    if let Some(n) = number("hn") {
        return Some(((n - 1) * 6, 6, Length::Quarter));
    }
    number("mn").map(|n| (n - 1, 1, Length::Month))
}

fn first_of(year: i16, month: i16) -> Option<Day> {
    Day::new(year, i8::try_from(month).ok()?, 1)
}

fn last_of(year: i16, month: i16) -> Option<Day> {
    let next = if month == 12 { first_of(year + 1, 1) } else { first_of(year, month + 1) };
    next.map(|day| day.plus_days(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_end_with_their_last_day() {
        for (text, expected) in [
            ("Strategy 2023-26", Some("2026-12-31")),
            ("Strategy 2016 - 18", Some("2018-12-31")),
            ("Plan 2018-2021", Some("2021-12-31")),
            ("2018 to 2021", Some("2021-12-31")),
            ("Plan 2025/26", Some("2026-03-31")),
            ("Plan 2017/18", Some("2018-03-31")),
            ("Annual report 2024-25", Some("2025-03-31")),
            ("Plan 2022/23 to 2025/26", Some("2026-03-31")),
            ("Plan 2022/23 – 2025/26", Some("2026-03-31")),
            ("Plan FY24/25", Some("2025-03-31")),
            ("Plan FY25", Some("2025-03-31")),
            ("BAF Q2 2025/26", Some("2025-09-30")),
            ("BAF Quarter Four, 2025/26", Some("2026-03-31")),
            ("2025/26 Q3 report", Some("2025-12-31")),
            ("Q3 2023/24", Some("2023-12-31")),
            ("Trimester 2, 2019/20", Some("2019-11-30")),
            ("Performance report Month 7 2025/26", Some("2025-10-31")),
            ("Integrated report 2025/26 (M9)", Some("2025-12-31")),
            ("Month 11 2025/26", Some("2026-02-28")),
            ("M1 2025/26", Some("2025-04-30")),
            ("1 April 2017 to 31 March 2019", Some("2019-03-31")),
            ("April - June 2025", Some("2025-06-30")),
            ("Oct 2024 to Mar 2025", Some("2025-03-31")),
            ("call 2026-09", None),
            ("2011/12/13", None),
            ("PUB25/11/2.1", None),
            ("291/19", None),
            ("GBP/2223/001", None),
            ("Month 7", None),
            ("0300 2020-21-22", None),
        ] {
            let found = period_end(text);
            assert_eq!(found.as_ref().map(|(day, _)| day.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_quarter_is_three_months_of_the_financial_year() {
        let found = find_periods("BAF Q4 2025/26");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].first.to_string().as_str(), found[0].length), ("2026-01-01", Length::Quarter));
    }

    proptest::proptest! {
        #[test]
        fn reading_periods_never_fails(text in "([0-9]{1,4}|[ /–é-]|Q2|M9|FY|to|May|Month){0,14}") {
            for one in find_periods(&text) {
                proptest::prop_assert!(text.get(one.start..one.end).is_some() && one.first < one.last);
            }
        }
    }
}
