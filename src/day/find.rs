//! Days in running text, in the styles in which people in UK health and care write them. Never month before day in figures.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};

use super::Day;
use super::reference::{ends_with_issue_word, ends_with_reference_word, is_number_of_something};
use crate::phrase::pattern;

/// How exactly a date in a document was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Precision {
    /// A day: `24 September 2026`.
    Day,
    /// A month: `Sept 2026`, taken as its first day.
    Month,
}

/// A date found in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundDay {
    /// The day.
    pub day: Day,
    /// How exactly it was written.
    pub precision: Precision,
    /// Whether the text gives the year; otherwise it is the caller's hint, which may be a year off around New Year.
    pub year_given: bool,
    /// First byte in the text that was searched.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// A month by name or abbreviation, with the misspellings that are common.
pub(super) const MONTH: &str = "(?:jan(?:uary)?|feb(?:[a-z]{0,4}ary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// What a pattern of [`STYLES`] is about, which decides what is checked besides the pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `2026-09-24`
    Iso,
    /// `24th September 2026`
    DayMonthYear,
    /// `September 24th 2026`
    MonthDayYear,
    /// `24/09/26`
    Figures,
    /// `September 2026`
    MonthYear,
    /// `09/2026`
    MonthFigures,
    /// `2 4 0 9 2 0 2 6`, from poor text layers
    Spaced,
    /// `Aug-24`, `May 14`
    MonthShortYear,
    /// `30 Sept`
    DayMonth,
    /// `September 24th`
    MonthDay,
    /// `June`, `end of June`
    MonthAlone,
}

/// The styles, most exact first: of two that overlap the earlier of this list wins.
static STYLES: LazyLock<Vec<(Style, Regex)>> = LazyLock::new(|| {
    let s = r"[\s&&[^\n]]";
    let join = r"[\s./,\u{2010}-\u{2014}-]";
    let ordinal = r"(?:st|nd|rd|th)\b|(?:st|nd|rd|th)";
    let four = r"(?:19|20)\d\d";
    [
        (Style::Iso, format!(r"(?P<y>{four})(?P<s1>[-\u{{2010}}-\u{{2013}}./])(?P<n>\d{{1,2}})(?P<s2>[-\u{{2010}}-\u{{2013}}./])(?P<d>\d{{1,2}})")),
        (
            Style::DayMonthYear,
            format!(r"(?i)(?P<d>\d{{1,2}})(?:{s}*(?:{ordinal}))?{join}*(?:(?:day{s}+)?of{s}+)?(?P<m>{MONTH}){join}*['’‘]?(?P<y>{four}|\d\d)"),
        ),
        (
            Style::MonthDayYear,
            format!(r"(?i)\b(?P<m>{MONTH})\.?{s}+(?P<d>\d{{1,2}})(?:{s}*(?:{ordinal}))?,?\s+(?P<y>{four})"),
        ),
        (
            Style::Figures,
            format!(r"(?P<d>\d{{1,2}}){s}?(?P<s1>[-\u{{2010}}-\u{{2013}}/.]){s}?(?P<n>\d{{1,2}}){s}?(?P<s2>[-\u{{2010}}-\u{{2013}}/.]){s}?(?P<y>{four}|\d\d)"),
        ),
        (Style::MonthYear, format!(r"(?i)(?P<m>{MONTH})[\s./,'’‘\u{{2010}}-\u{{2014}}-]*(?:of{s}+)?(?P<y>{four})")),
        (Style::MonthFigures, format!(r"(?P<n>\d{{1,2}})/(?P<y>{four})")),
        (Style::Spaced, r"(?P<all>\d \d \d \d \d \d \d \d)".to_string()),
        (Style::MonthShortYear, format!(r"(?i)\b(?P<m>{MONTH})\.?(?P<s1>{s}*['’‘-]{s}*|{s}*)(?P<y>\d\d)")),
        (
            Style::DayMonth,
            format!(r"(?i)(?P<d>\d{{1,2}})(?:{s}*(?:{ordinal}))?(?:{s}|[-.])*(?:of{s}+)?(?P<m>{MONTH})"),
        ),
        (Style::MonthDay, format!(r"(?i)\b(?P<m>{MONTH})\.?{s}+(?P<d>\d{{1,2}})(?:{s}*(?P<o>{ordinal}))?")),
        (Style::MonthAlone, format!(r"(?i)^\s*(?:(?:by|end(?: of)?|early|mid|late|from|in|due)[\s-]+)*(?P<m>{MONTH})\.?\s*$")),
    ]
    .map(|(style, words)| (style, pattern(&words)))
    .into()
});

/// Every day that a text names, in the order of the text: `24 September 2026`, `5th Feb 2013`, `22 nd May 2015`, `24/09/26`,
/// `28.03.2017`, `2026-09-24`, and months such as `Sept 2026`, `Aug-24` as their first day.
///
/// `year_hint` is the year of what stands round the text (the log's header, the minutes' date). With it, days without a year
/// (`30 Sept`, `June`) are found, too, and marked by [`FoundDay::year_given`]. Numbers of minutes, papers, sections and
/// versions are no days.
pub fn find_days(text: &str, year_hint: Option<i16>) -> Vec<FoundDay> {
    let mut found: std::collections::BTreeMap<usize, FoundDay> = std::collections::BTreeMap::new();
    for (style, pattern) in STYLES.iter() {
        let hinted = matches!(style, Style::DayMonth | Style::MonthDay | Style::MonthAlone);
        if hinted && year_hint.is_none() {
            continue;
        }
        let mut from = 0;
        while let Some(hit) = pattern.captures_at(text, from) {
            let whole = hit.get(0).map_or(from..text.len(), |whole| whole.range());
            let day = read(*style, &hit, text, year_hint);
            // A refused candidate may hide one that begins within it, as in `Item 3 12/05/2026`.
            let step = text[whole.start..].chars().next().map_or(1, char::len_utf8);
            from = if day.is_some() { whole.end.max(whole.start + step) } else { whole.start + step };
            if let Some(day) = day
                && found.range(..day.end).next_back().is_none_or(|(_, one)| one.end <= day.start)
            {
                found.insert(day.start, day);
            }
            if from > text.len() {
                break;
            }
        }
    }
    found.into_values().collect()
}

/// A candidate, if it stands up to what surrounds it.
fn read(style: Style, hit: &Captures<'_>, text: &str, year_hint: Option<i16>) -> Option<FoundDay> {
    let number = |name: &str| hit.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let at = span(hit)?;
    if !stands_free(style, text, &at) {
        return None;
    }
    if let Some(digits) = hit.name("all") {
        let digits: String = digits.as_str().split(' ').collect();
        let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<i16>().ok());
        let day = day_of(part(4..8)?, part(2..4)?, part(0..2)?)?;
        return Some(FoundDay { day, precision: Precision::Day, year_given: true, start: at.start, end: at.end });
    }
    if let (Some(one), Some(other)) = (hit.name("s1"), hit.name("s2"))
        && one.as_str() != other.as_str()
    {
        return None;
    }
    let month = hit.name("m").map(|month| month_number(month.as_str())).or_else(|| number("n"))?;
    let short_year = hit.name("y").is_some_and(|year| year.len() == 2);
    let written = number("y").map(|year| if short_year { of_two_figures(year) } else { year });
    // Only what is near matters, and looking at all of a long text for every candidate would take for ever.
    let before = near_end(&text[..at.start]);
    let after = near_start(&text[at.end..]);
    let refused = match style {
        Style::Iso => after.starts_with(|c: char| c.is_alphanumeric() && c != 'T'),
        Style::Figures => is_number_of_something(hit, before, after, short_year),
        Style::DayMonthYear => {
            short_year && (is_time_or_more(after) || is_month(after.trim_start()))
                || hit.get(0).is_some_and(|whole| breaks_line_badly(whole.as_str(), before))
                || hit.get(0).is_some_and(|whole| is_listed_number(whole.as_str(), before))
        }
        Style::MonthFigures => ends_with_reference_word(before) || !(1990..2100).contains(&written?),
        Style::MonthShortYear => {
            let spaced = hit.name("s1").is_some_and(|join| !join.is_empty() && join.as_str().trim().is_empty());
            let year = written?;
            let near = year_hint.is_none_or(|hint| (hint - 6..=hint + 3).contains(&year));
            let ends = after.trim_start_matches([' ', '\t']).chars().next();
            let closed = ends.is_none_or(|c| !c.is_alphanumeric() && c != '%') || text.len() <= 40;
            let named = hit.name("m").is_some_and(|month| month.as_str().starts_with(char::is_uppercase));
            is_time_or_more(after) || spaced && !(near && closed && named)
        }
        Style::DayMonth => after.starts_with(|c: char| c.is_alphanumeric()) || verb(hit, after),
        Style::MonthDay => hit.name("o").is_none() && is_time_or_more(after) || verb(hit, after),
        Style::MonthYear | Style::MonthDayYear | Style::Spaced | Style::MonthAlone => false,
    };
    if refused {
        return None;
    }
    let date = number("d");
    let precision = if date.is_some() { Precision::Day } else { Precision::Month };
    let day = day_of(written.or(year_hint)?, month, date.unwrap_or(1))?;
    Some(FoundDay { day, precision, year_given: written.is_some(), start: at.start, end: at.end })
}

/// The bytes from the first to the last part of the date.
fn span(hit: &Captures<'_>) -> Option<Range<usize>> {
    let parts = ["d", "m", "n", "y", "o", "all"].iter().filter_map(|name| hit.name(name));
    let range = parts.fold((usize::MAX, 0), |(start, end), part| (start.min(part.start()), end.max(part.end())));
    (range.0 < range.1).then_some(range.0..range.1)
}

/// How many bytes round a candidate are looked at.
const NEAR: usize = 80;

fn near_end(text: &str) -> &str {
    let mut start = text.len().saturating_sub(NEAR);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

fn near_start(text: &str) -> &str {
    let mut end = text.len().min(NEAR);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn day_of(year: i16, month: i16, day: i16) -> Option<Day> {
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// `26` is 2026, `87` is 1987.
pub(super) fn of_two_figures(year: i16) -> i16 {
    year + if year < 70 { 2000 } else { 1900 }
}

/// Whether the date is no part of a longer number or word.
fn stands_free(style: Style, text: &str, at: &Range<usize>) -> bool {
    let mut before = text[..at.start].chars().rev();
    let mut after = text[at.end..].chars();
    let (last, last_but_one) = (before.next(), before.next());
    let (next, next_but_one) = (after.next(), after.next());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let joins = |c: Option<char>| matches!(c, Some('/' | '.' | '-' | ':' | '\u{2013}'));
    let in_words = matches!(style, Style::MonthYear | Style::MonthShortYear | Style::MonthDay | Style::MonthDayYear);
    let begun = if in_words {
        last.is_some_and(char::is_alphanumeric)
    } else {
        last.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '£' | '$' | '€'))
            || joins(last) && digit(last_but_one)
            || style == Style::Spaced && last == Some(' ') && digit(last_but_one)
    };
    let goes_on = match style {
        Style::Spaced => digit(next) || next == Some(' ') && digit(next_but_one),
        // An ISO day may be followed by its time.
        Style::Iso => digit(next) || joins(next) && digit(next_but_one),
        _ => {
            next.is_some_and(char::is_alphanumeric)
                || next == Some('/') && next_but_one.is_some_and(char::is_alphanumeric)
                || next == Some('.') && digit(next_but_one)
        }
    };
    // `12/2026-09`: a hyphen and more figures make a reference, but `2026-27` after a month's name is a period.
    let runs_on = matches!(style, Style::Figures | Style::MonthFigures)
        && next == Some('-')
        && digit(next_but_one)
        && text[at.end + 1..].chars().take_while(char::is_ascii_digit).count() > 2;
    !begun && !goes_on && !runs_on
}

/// `14 May 10:30`, `14 May 10.15`, `14 May 10 am`, `14 May 10%`: what looks like a year is something else.
fn is_time_or_more(after: &str) -> bool {
    let mut rest = after.chars();
    let (next, then) = (rest.next(), rest.next());
    let word = after.trim_start().to_ascii_lowercase();
    matches!(next, Some(':' | '.' | ',')) && then.is_some_and(|c| c.is_ascii_digit())
        || next == Some('%')
        || ["am", "pm", "hrs", "hours", "noon", "o'clock", "days", "weeks", "months", "years", "people", "staff"]
            .iter()
            .any(|unit| word.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// "may" and "march" are verbs, too: `12 may be`.
fn verb(hit: &Captures<'_>, after: &str) -> bool {
    let lower = hit.name("m").is_some_and(|month| matches!(month.as_str(), "may" | "march" | "mar" | "dec"));
    lower && after.starts_with(' ')
}

fn is_month(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    word.len() >= 3 && month_number(&word) > 0 && text.len() > word.len().saturating_sub(1)
}

/// A line break between day and month is a wrapped line only after a word that leads to a date; otherwise
/// `Item 3` stands above `May 2026`.
fn breaks_line_badly(date: &str, before: &str) -> bool {
    let Some(at) = date.find('\n') else { return false };
    if date[..at].chars().any(char::is_alphabetic) && date[..at].len() > 5 {
        return false;
    }
    let word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    !(["on", "of", "dated", "by", "from", "to", "until", "for", "the", "and"].contains(&word.as_str())
        || word.ends_with("day"))
}

/// `Version 7, March 2026`: the figure numbers the version, and the month stands alone.
fn is_listed_number(date: &str, before: &str) -> bool {
    let figures = date.trim_start_matches(|c: char| c.is_ascii_digit());
    figures.starts_with(',') && (ends_with_reference_word(before) || ends_with_issue_word(before))
}

/// 1 to 12, or 0 when no month begins so.
pub(super) fn month_number(name: &str) -> i16 {
    const STARTS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start: String = name.chars().take(3).flat_map(char::to_lowercase).collect();
    STARTS.iter().position(|month| *month == start).map_or(0, |at| at as i16 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Vec<String> {
        find_days(text, None).iter().map(|found| found.day.to_string()).collect()
    }

    #[test]
    fn the_number_of_a_version_is_no_day() {
        for text in ["Version 7, March 2026", "Issue 2, March 2026", "Edition 12, March 2026", "rev. 3, March 2026"] {
            assert_eq!(days(text), ["2026-03-01"], "{text}");
        }
        assert_eq!(days("Thursday 7, March 2026"), ["2026-03-07"]);
        assert_eq!(days("Issued 7 March 2026"), ["2026-03-07"]);
    }

    fn hinted(text: &str, year: i16) -> Vec<String> {
        find_days(text, Some(year)).iter().map(|found| found.day.to_string()).collect()
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, day) in [
            ("29 March 2016", "2016-03-29"),
            ("Tuesday 27 September 2016", "2016-09-27"),
            ("Wednesday, 9 January 2013", "2013-01-09"),
            ("Thursday 20 November 2025 at 10:00", "2025-11-20"),
            ("held on 5th February 2013 at 10:00", "2013-02-05"),
            ("20TH January 2014", "2014-01-20"),
            ("Monday 5 Nov 2018", "2018-11-05"),
            ("22 nd May 2015", "2015-05-22"),
            ("7 th April 2022", "2022-04-07"),
            ("19 th DECEMBER 2013", "2013-12-19"),
            ("19TH DECEMBER 2013", "2013-12-19"),
            ("September 24th 2014", "2014-09-24"),
            ("September 24, 2014", "2014-09-24"),
            ("1st of April, 2024", "2024-04-01"),
            ("this 3rd day of May 2024", "2024-05-03"),
            ("24thMay2024", "2024-05-24"),
            ("12 Feburary 2025", "2025-02-12"),
            ("12 Febuary 2025", "2025-02-12"),
            ("5 Feb '13", "2013-02-05"),
            ("06/10/2015", "2015-10-06"),
            ("24/04/2007", "2007-04-24"),
            ("24 / 04 / 2007", "2007-04-24"),
            ("03/04/2025", "2025-04-03"),
            ("28.03.2017", "2017-03-28"),
            ("approved 28.03.2017.", "2017-03-28"),
            ("10.05.2023", "2023-05-10"),
            ("27.01.22", "2022-01-27"),
            ("17.7.12", "2012-07-17"),
            ("14.8.12", "2012-08-14"),
            ("23/12/09", "2009-12-23"),
            ("13-12-16", "2016-12-13"),
            ("13-12-2016", "2016-12-13"),
            ("(17.7.12)", "2012-07-17"),
            ("Date:12/09/24", "2024-09-12"),
            ("2026-09-24", "2026-09-24"),
            ("2026-09-24T10:00:00Z", "2026-09-24"),
            ("3-May-26", "2026-05-03"),
            ("05.Feb.2013", "2013-02-05"),
            ("24–September–2026", "2026-09-24"),
            ("held on 24\nSeptember 2026", "2026-09-24"),
            ("24 September\n2026", "2026-09-24"),
            ("1 7 0 6 2 0 0 9", "2009-06-17"),
            ("January 2016 (unless requirements change)", "2016-01-01"),
            ("v3.0, 10/07/2019", "2019-07-10"),
            ("QGAC 25 October 2017", "2017-10-25"),
            ("T: Committees/QGAC/October 2017", "2017-10-01"),
            ("Item 3\nMay 2024", "2024-05-01"),
        ] {
            assert_eq!(days(text), [day], "{text}");
        }
    }

    #[test]
    fn months_are_their_first_day() {
        for (text, day) in [
            ("October 2017", "2017-10-01"),
            ("Feb 2013", "2013-02-01"),
            ("Sept 2012", "2012-09-01"),
            ("Sept. 2012", "2012-09-01"),
            ("Jul 2015", "2015-07-01"),
            ("Aug-24", "2024-08-01"),
            ("Aug-2024", "2024-08-01"),
            ("Aug '24", "2024-08-01"),
            ("May 14", "2014-05-01"),
            ("Dec 21", "2021-12-01"),
            ("Review: Dec 21.", "2021-12-01"),
            ("due 02/2028", "2028-02-01"),
        ] {
            let found = find_days(text, None);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].day.to_string(), day, "{text}");
            assert_eq!(found[0].precision, Precision::Month, "{text}");
        }
    }

    #[test]
    fn days_without_a_year_take_the_hint() {
        for (text, day) in [
            ("30 Sept", "2026-09-30"),
            ("13 Nov", "2026-11-13"),
            ("14 Aug", "2026-08-14"),
            ("14th August", "2026-08-14"),
            ("June", "2026-06-01"),
            ("end of June", "2026-06-01"),
            ("May 14th", "2026-05-14"),
            ("May 14", "2026-05-14"),
            ("on 12 June 10.15am", "2026-06-12"),
            ("Dec 21", "2021-12-01"),
        ] {
            assert_eq!(hinted(text, 2026), [day], "{text}");
            assert!(find_days(text, Some(2026))[0].year_given == (text == "Dec 21"), "{text}");
        }
        assert_eq!(hinted("May 14", 2015), ["2014-05-01"]);
        assert_eq!(hinted("13 Nov 14 Aug", 2026), ["2026-11-13", "2026-08-14"]);
        assert_eq!(days("30 Sept"), [""; 0]);
        assert_eq!(hinted("12 may be enough, and they march on", 2026), [""; 0]);
    }

    #[test]
    fn references_times_and_versions_are_no_days() {
        for text in [
            "PUB25/11/2.1",
            "TB2013.20",
            "NLG(16)133",
            "16/9/1",
            "Minute 16/9/12",
            "Minute ref: 16/9/12",
            "BOD 60/17(h)",
            "291/19",
            "GBP/2223/001",
            "WCT14/",
            "Gateway 12/05/14/x",
            "minute 12/2016",
            "version 3.0.1.2",
            "Version 2.1.14",
            "Section 4.1.12",
            "1.2.14 Responsibilities of the board",
            "31/02/2026",
            "13/13/2026",
            "09/24/2026",
            "10.15 - 12.30",
            "10:15 - 12:30",
            "192.168.10.12",
            "£12/05/24",
            "2022/23 to 2025/26",
            "2023-26",
            "in May 14 people came to the drop-in session at the town hall",
            "they may 20 times over ask for help with the forms in the office",
            "14 May 10:30",
            "Regulation 17(2)",
            "0300 123 1234",
            "15-25 extreme, 8-12 high",
            "20-10-12345",
        ] {
            assert!(days(text).is_empty(), "{text}: {:?}", days(text));
        }
    }

    #[test]
    fn several_days_keep_their_order() {
        assert_eq!(
            days("1 April 2017 to 31 March 2019; from 02/05/2020, Item 3 12/05/2026"),
            ["2017-04-01", "2019-03-31", "2020-05-02", "2026-05-12"]
        );
    }

    #[test]
    fn a_long_text_takes_no_longer_for_its_length() {
        let text = "12 May é 14 10 ".repeat(20_000);
        let start = std::time::Instant::now();
        assert!(find_days(&text, Some(2026)).len() > 1000);
        assert!(start.elapsed() < std::time::Duration::from_secs(30));
    }

    proptest::proptest! {
        #[test]
        fn reading_days_never_fails(text in ".{0,80}", year in proptest::option::of(-100i16..3000)) {
            for found in find_days(&text, year) {
                proptest::prop_assert!(text.get(found.start..found.end).is_some());
            }
        }

        #[test]
        fn reading_what_is_like_days_never_fails(
            text in "([0-9]{1,4}|[ ./\n’–-]|May|Sept|th|of|é|Item){0,16}", year in proptest::option::of(1990i16..2040)
        ) {
            let found = find_days(&text, year);
            for one in &found {
                proptest::prop_assert!(text.get(one.start..one.end).is_some());
            }
            proptest::prop_assert!(found.windows(2).all(|two| two[0].end <= two[1].start));
        }

        #[test]
        fn every_day_is_read_in_every_style(year in 1990i16..2050, month in 1i8..=12, day in 1i8..=28) {
            let expected = Day::new(year, month, day).unwrap();
            for text in [
                expected.in_words(),
                expected.to_string(),
                format!("{day:02}/{month:02}/{year}"),
                format!("on {day}.{month}.{year}, we met"),
            ] {
                let found = find_days(&text, None);
                proptest::prop_assert_eq!(found.len(), 1, "{}", &text);
                proptest::prop_assert_eq!(found[0].day, expected);
            }
        }
    }
}
