//! Days as people write them, and periods of time. The only module that names the calendar crate, and none that asks
//! what day it is: the as-of day comes in from outside.

use std::fmt;
use std::str::FromStr;

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{Span as Period, ToSpan};
use regex::Regex;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day, written `2026-11-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day of a year, month and day of the month, if there is one between the years 1900 and 2199.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if !(1900..2200).contains(&year) {
            return None;
        }
        Date::new(year, month, day).ok().map(Day)
    }

    /// Year, such as 2026.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month from 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month from 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Days from `self` to `later`; negative when `later` is earlier.
    pub fn days_until(self, later: Day) -> i64 {
        self.0.until(later.0).map_or(0, |span| i64::from(span.get_days()))
    }

    /// The day that lies a window later; stays within the calendar.
    pub fn plus(self, window: Window) -> Day {
        Day(self.0.saturating_add(window.period()))
    }

    /// The day that lies a window earlier; stays within the calendar.
    pub fn minus(self, window: Window) -> Day {
        Day(self.0.saturating_sub(window.period()))
    }

    /// The day that lies so many days later (earlier when negative); stays within the calendar.
    pub fn plus_days(self, days: i64) -> Day {
        Day(self.0.saturating_add(days.days()))
    }

    /// `24 September 2026`, for messages.
    pub fn in_words(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        format!("{} {} {}", self.day(), MONTHS[usize::from(self.month().unsigned_abs() - 1)], self.year())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// What is wrong with a day or a period that a user wrote in a flag, in `kloe.toml` or in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not a day.
    #[error("`{0}` is not a day; write it as 2026-11-01")]
    Day(String),
    /// Not a period.
    #[error("`{0}` is not a period; write it as `45 days`, `6 weeks`, `12 months` or `3 years`")]
    Window(String),
}

impl FromStr for Day {
    type Err = DayError;

    /// Reads ISO 8601 only, as in flags and settings. For days in documents see [`find_days`].
    fn from_str(text: &str) -> Result<Self, DayError> {
        let wrong = || DayError::Day(text.to_string());
        let date: Date = text.trim().parse().map_err(|_| wrong())?;
        Day::new(date.year(), date.month(), date.day()).ok_or_else(wrong)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A length of time in whole days, weeks, months or years: how long evidence stays fresh, how often it must recur.
/// Written `45 days`, `12 months`; short forms such as `1m` are refused, since they were read in two ways elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    number: u16,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Window {
    /// So many days.
    pub fn days(number: u16) -> Self {
        Window { number, unit: Unit::Day }
    }

    /// So many months.
    pub fn months(number: u16) -> Self {
        Window { number, unit: Unit::Month }
    }

    /// About how many days it is: a month counts 30.4, a year 365.
    pub fn about_days(self) -> i64 {
        let number = i64::from(self.number);
        match self.unit {
            Unit::Day => number,
            Unit::Week => number * 7,
            Unit::Month => number * 365 / 12,
            Unit::Year => number * 365,
        }
    }

    fn period(self) -> Period {
        let number = i64::from(self.number);
        match self.unit {
            Unit::Day => number.days(),
            Unit::Week => number.weeks(),
            Unit::Month => number.months(),
            Unit::Year => number.years(),
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        let s = if self.number == 1 { "" } else { "s" };
        write!(f, "{} {unit}{s}", self.number)
    }
}

impl FromStr for Window {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let wrong = || DayError::Window(text.to_string());
        let (number, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let number: u16 = number.parse().map_err(|_| wrong())?;
        let unit = match unit.trim() {
            "day" | "days" => Unit::Day,
            "week" | "weeks" => Unit::Week,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            _ => return Err(wrong()),
        };
        if number == 0 {
            return Err(wrong());
        }
        Ok(Window { number, unit })
    }
}

impl Serialize for Window {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

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
    /// First byte in the text that was searched.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

const MONTH: &str = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// The styles in which documents write days, most exact first. Numbers are always in UK order.
#[allow(clippy::expect_used)] // constant patterns; the tests below compile them
static STYLES: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    [
        r"\b(?P<y>(?:19|20)\d\d)-(?P<n>\d\d)-(?P<d>\d\d)(?:\b|T)".to_string(),
        format!(r"(?i)\b(?P<d>\d{{1,2}})\s*(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m>{MONTH})\b\.?,?[\s-]*(?P<y>(?:19|20)\d\d|\d\d\b)"),
        format!(r"(?i)\b(?P<m>{MONTH})\.?\s+(?P<d>\d{{1,2}})\s*(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b"),
        r"(?:^|[^\d./])(?P<d>\d{1,2})[/.](?P<n>\d{1,2})[/.](?P<y>(?:19|20)\d\d|\d\d)(?:$|[^\d./])".to_string(),
        format!(r"(?i)\b(?P<m>{MONTH})\.?,?[\s-]+(?P<y>(?:19|20)\d\d)\b"),
    ]
    .map(|style| Regex::new(&style).expect("a constant pattern"))
});

/// Every day that a text names, in the order of the text: `24 September 2026`, `5th Feb 2013`, `22 nd May 2015`, `24/09/26`,
/// `28.03.2017`, `2026-09-24`, and months such as `Sept 2026` as their first day. Reference numbers are no days.
pub fn find_days(text: &str) -> Vec<FoundDay> {
    let mut found: Vec<FoundDay> = Vec::new();
    for style in STYLES.iter() {
        for hit in style.captures_iter(text) {
            let number = |name: &str| hit.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
            let month = hit.name("m").map(|month| month_number(month.as_str())).or_else(|| number("n"));
            let year =
                number("y").map(|year| if year < 100 { year + if year < 70 { 2000 } else { 1900 } } else { year });
            let precision = if hit.name("d").is_some() { Precision::Day } else { Precision::Month };
            let (Some(year), Some(month)) = (year, month) else { continue };
            let (Ok(month), Ok(date)) = (i8::try_from(month), i8::try_from(number("d").unwrap_or(1))) else { continue };
            let Some(day) = Day::new(year, month, date) else { continue };
            let parts = ["d", "m", "n", "y"].iter().filter_map(|name| hit.name(name));
            let (start, end) =
                parts.fold((usize::MAX, 0), |(start, end), part| (start.min(part.start()), end.max(part.end())));
            if !found.iter().any(|one| one.start < end && start < one.end) {
                found.push(FoundDay { day, precision, start, end });
            }
        }
    }
    found.sort_by_key(|one| one.start);
    found
}

fn month_number(name: &str) -> i16 {
    const STARTS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start: String = name.chars().take(3).flat_map(char::to_lowercase).collect();
    STARTS.iter().position(|month| *month == start).map_or(0, |at| at as i16 + 1)
}

#[allow(clippy::expect_used)] // a constant pattern
static YEARS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(20\d\d)\s*([-–/]|to)\s*((?:20)?\d\d)\b").expect("a constant pattern"));

/// The last day of the period that a title names: `2023-2026` ends with its last year, `2025/26` on 31 March (the financial year).
pub fn period_end(text: &str) -> Option<(Day, std::ops::Range<usize>)> {
    let hit = YEARS.captures_iter(text).last()?;
    let (whole, first, last) =
        (hit.get(0)?, hit.get(1)?.as_str().parse::<i16>().ok()?, hit.get(3)?.as_str().parse::<i16>().ok()?);
    let last = if last < 100 { first / 100 * 100 + last } else { last };
    if last <= first || last > first + 15 {
        return None;
    }
    let day = if hit.get(2)?.as_str() == "/" { Day::new(last, 3, 31) } else { Day::new(last, 12, 31) };
    Some((day?, whole.range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_spelt_out() {
        assert_eq!("12 months".parse::<Window>().unwrap().to_string(), "12 months");
        for wrong in ["1m", "12", "months", "0 days", "-3 days", "3 fortnights", ""] {
            assert!(wrong.parse::<Window>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_window_before_the_last_of_a_month_stays_in_the_calendar() {
        let day: Day = "2026-03-31".parse().unwrap();
        assert_eq!(day.minus(Window::months(1)).to_string(), "2026-02-28");
        assert_eq!(day.days_until(day.plus(Window::days(30))), 30);
    }

    fn days(text: &str) -> Vec<String> {
        find_days(text).iter().map(|found| found.day.to_string()).collect()
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, day) in [
            ("Tuesday 27 September 2016", "2016-09-27"),
            ("held on 5th February 2013 at 10:00", "2013-02-05"),
            ("22 nd May 2015", "2015-05-22"),
            ("19TH DECEMBER 2013", "2013-12-19"),
            ("September 24th 2014", "2014-09-24"),
            ("06/10/2015", "2015-10-06"),
            ("28.03.2017", "2017-03-28"),
            ("(17.7.12)", "2012-07-17"),
            ("Sept 2012", "2012-09-01"),
            ("2026-09-24", "2026-09-24"),
            ("3-May-26", "2026-05-03"),
        ] {
            assert_eq!(days(text), [day], "{text}");
        }
    }

    #[test]
    fn references_and_versions_are_no_days() {
        for text in ["PUB25/11/2.1", "TB2013.20", "291/19", "version 3.0.1.2", "31/02/2026", "10.15 - 12.30"] {
            assert!(days(text).is_empty(), "{text}: {:?}", days(text));
        }
    }

    #[test]
    fn periods_end_with_their_last_year() {
        let end = |text: &str| period_end(text).map(|(day, _)| day.to_string());
        assert_eq!(end("Strategy 2023-26").as_deref(), Some("2026-12-31"));
        assert_eq!(end("Plan 2025/26").as_deref(), Some("2026-03-31"));
        assert_eq!(end("2018 to 2021").as_deref(), Some("2021-12-31"));
        assert_eq!(end("call 2026-09"), None);
    }

    proptest::proptest! {
        #[test]
        fn reading_days_never_fails(text in ".{0,80}") {
            for found in find_days(&text) {
                proptest::prop_assert!(text.get(found.start..found.end).is_some());
            }
        }
    }
}
