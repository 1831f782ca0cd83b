//! Days as people write them, and periods of time. The only module that names the calendar crate, and none that asks
//! what day it is: the as-of day comes in from outside.

mod find;
mod name;
mod period;
mod reference;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span as Period, ToSpan};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use find::{FoundDay, Precision, find_days};
pub use name::day_in_name;
pub use period::{FoundPeriod, Length, find_periods, period_end};

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

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }
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
}
