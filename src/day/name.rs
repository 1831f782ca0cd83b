//! Days in file names, where people run figures together: `12.09.24`, `20240912`, `240912`, `250816`, `Sept24`.

use std::sync::LazyLock;

use regex::Regex;

use super::find::{find_days, of_two_figures};
use super::{Day, FoundDay, Precision};
use crate::phrase::pattern;

static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d+"));
static SPACED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b((?:19|20)\d\d|\d\d)[ _](\d\d)[ _]((?:19|20)\d\d|\d\d)\b"));
static YEAR_MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^\d-])((?:19|20)\d\d)[-. ](\d\d)(?:$|[^\d-])"));

/// The day that a file name (without its ending) gives: all that [`find_days`] reads, and figures run together.
///
/// Six figures may be `240912` (year first) or `250816` (day first); where both are days, the one nearer to `year_hint` is
/// taken, without a hint the one with the year first, which sorts in a folder.
pub fn day_in_name(stem: &str, year_hint: Option<i16>) -> Option<FoundDay> {
    // Underscores become spaces of the same length, so that places stay right.
    let name = stem.replace('_', " ");
    let written = find_days(&name, None);
    let exact = written.iter().find(|one| one.precision == Precision::Day);
    exact
        .copied()
        .or_else(|| spaced(&name))
        .or_else(|| figures(&name, year_hint))
        .or_else(|| written.first().copied())
        .or_else(|| year_month(&name))
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Day> {
    let number: i16 = year.parse().ok()?;
    let year = if year.len() == 2 { of_two_figures(number) } else { number };
    (1990..2070).contains(&year).then_some(())?;
    Day::new(year, month.parse().ok()?, day.parse().ok()?)
}

fn found(day: Day, precision: Precision, start: usize, end: usize) -> FoundDay {
    FoundDay { day, precision, year_given: true, start, end }
}

/// `2024 09 12`, `12 09 2024`, `12_09_24`.
fn spaced(name: &str) -> Option<FoundDay> {
    SPACED.captures_iter(name).find_map(|hit| {
        let part = |at: usize| hit.get(at).map_or("", |part| part.as_str());
        let whole = hit.get(0)?;
        let day = match (part(1).len(), part(3).len()) {
            (4, 2) => day_of(part(1), part(2), part(3)),
            (2, _) => day_of(part(3), part(2), part(1)),
            _ => None,
        }?;
        Some(found(day, Precision::Day, whole.start(), whole.end()))
    })
}

/// Runs of eight and six figures.
fn figures(name: &str, year_hint: Option<i16>) -> Option<FoundDay> {
    RUN.find_iter(name).find_map(|run| {
        let digits = run.as_str();
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("");
        let candidates: Vec<(Option<Day>, Precision)> = match digits.len() {
            8 => vec![
                (day_of(part(0, 4), part(4, 6), part(6, 8)), Precision::Day),
                (day_of(part(4, 8), part(2, 4), part(0, 2)), Precision::Day),
            ],
            6 => vec![
                (day_of(part(0, 2), part(2, 4), part(4, 6)), Precision::Day),
                (day_of(part(4, 6), part(2, 4), part(0, 2)), Precision::Day),
                (day_of(part(0, 4), part(4, 6), "1"), Precision::Month),
                (day_of(part(2, 6), part(0, 2), "1"), Precision::Month),
            ],
            _ => return None,
        };
        let valid = candidates.into_iter().filter_map(|(day, precision)| Some((day?, precision)));
        let distance = |day: &Day| year_hint.map_or(0, |hint| (day.year() - hint).abs());
        let (day, precision) = valid.min_by_key(|(day, _)| distance(day))?;
        Some(found(day, precision, run.start(), run.end()))
    })
}

/// `2024-09 Board minutes`; but `2024-25` and `2011-12` are years.
fn year_month(name: &str) -> Option<FoundDay> {
    YEAR_MONTH.captures_iter(name).find_map(|hit| {
        let (year, month) = (hit.get(1)?, hit.get(2)?);
        let (first, second): (i16, i16) = (year.as_str().parse().ok()?, month.as_str().parse().ok()?);
        if second == (first + 1) % 100 {
            return None;
        }
        let day = day_of(year.as_str(), month.as_str(), "1")?;
        Some(found(day, Precision::Month, year.start(), month.end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(name: &str, hint: Option<i16>) -> Option<String> {
        day_in_name(name, hint).map(|found| found.day.to_string())
    }

    #[test]
    fn file_names_give_days_in_many_ways() {
        for (name, expected) in [
            ("QC Minutes 12.09.24 - DRAFT", "2024-09-12"),
            ("2024-09-12 Board", "2024-09-12"),
            ("Board_20240912", "2024-09-12"),
            ("Board 2024 09 12", "2024-09-12"),
            ("Board_2024_09_12_final", "2024-09-12"),
            ("Board_12_09_24", "2024-09-12"),
            ("Board_12-09-2024", "2024-09-12"),
            ("240912 Minutes", "2024-09-12"),
            ("Workshop_311299_Notes", "1999-12-31"),
            ("Workshop_11042017", "2017-04-11"),
            ("QA_122016", "2016-12-01"),
            ("BAF 202409", "2024-09-01"),
            ("BAF Sept24", "2024-09-01"),
            ("BAF Sep 2024", "2024-09-01"),
            ("BAF_Sept_2024", "2024-09-01"),
            ("Minutes 12th Sept 24", "2024-09-12"),
            ("Minutes 12Sept2024", "2024-09-12"),
            ("WebExWednesday140920", "2014-09-20"),
            ("2024-09 Minutes", "2024-09-01"),
            ("Sept 2024 minutes 12.09.24", "2024-09-12"),
        ] {
            assert_eq!(day(name, None).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(day("Workshop_250816_Notes", Some(2016)).as_deref(), Some("2016-08-25"));
        assert_eq!(day("Workshop_250816_Notes", Some(2025)).as_deref(), Some("2025-08-16"));
    }

    #[test]
    fn other_figures_in_names_are_no_days() {
        for name in [
            "Item 09 - BAF Q2 v3 FINAL",
            "Strategy 2024-25",
            "Strategy 2011-12",
            "Policy V3.0.1",
            "7.2. Report",
            "Ref 999999",
            "Enc 7a",
        ] {
            assert_eq!(day(name, None), None, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn names_never_fail(name in ".{0,40}", figures in "[0-9 _.-]{0,20}", hint in proptest::option::of(1900i16..2100)) {
            for stem in [name, figures] {
                if let Some(found) = day_in_name(&stem, hint) {
                    proptest::prop_assert!(stem.get(found.start..found.end).is_some());
                }
            }
        }
    }
}
