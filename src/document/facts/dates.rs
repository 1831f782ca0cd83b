//! Which of the days that labels give is the day of the document.

use super::Reading;
use super::labels::{Field, has_word, tidy};
use super::pairs::{Pair, Trust};
use crate::day::{Day, Precision, find_days};
use crate::document::Fact;

impl Reading<'_> {
    /// The day that the figures reach to, where nothing else tells when it was written.
    pub(super) fn reached(&self) -> Option<Fact<Day>> {
        let pairs = self.of(Field::Date).into_iter().filter(|pair| reaches_to(pair));
        pairs.into_iter().find_map(|pair| Some(self.fact(pair, self.day(self.text.slice(pair.value))?)))
    }

    /// The day of the meeting on the front sheet of a report, where days with other labels stand only far below in its text.
    pub(super) fn front_sheet(&self) -> Option<Fact<Day>> {
        let start = |at: usize| self.text.blocks().get(at).map_or(usize::MAX, |block| block.span.start);
        let body = |field: Field| self.of(field).into_iter().filter(|pair| pair.trust == Trust::Body);
        let said = body(Field::IssueDate).chain(body(Field::Date));
        let mut said = said.filter(|pair| self.day(self.text.slice(pair.value)).is_some() && !reaches_to(pair));
        if said.any(|pair| pair.value.start < start(30)) {
            return None;
        }
        let mut meeting = body(Field::MeetingDate).filter(|pair| pair.value.start < start(20));
        meeting.find_map(|pair| Some(self.fact(pair, self.day(self.text.slice(pair.value))?)))
    }

    /// The day from which it says that it holds. When it was merely issued counts less than when it was approved.
    pub(super) fn in_force(&self) -> Option<Fact<Day>> {
        let holds = ["in force from", "comes into force", "came into force", "effective", "takes effect"];
        let pairs = self.of(Field::IssueDate).into_iter().filter(|pair| {
            let label = tidy(&pair.label);
            pair.trust == Trust::Body && holds.iter().any(|one| has_word(&label, one))
        });
        pairs.into_iter().find_map(|pair| Some(self.fact(pair, self.day(self.text.slice(pair.value))?)))
    }

    /// The day beside the name of who wrote it: `Filled in by | Jo Marsh, Registered Manager, 4 November 2026`.
    pub(super) fn day_beside_name(&self) -> Option<Fact<Day>> {
        let pairs = [Field::Author, Field::Owner].into_iter().flat_map(|field| self.of(field));
        let since = ["since", "from", "until", "vacant", "appointed", "cover", "to ", "by "];
        pairs.into_iter().filter(|pair| pair.trust == Trust::Body).find_map(|pair| {
            let value = self.text.slice(pair.value);
            let days = find_days(value, None);
            let day = days.first().filter(|day| day.precision == Precision::Day && day.year_given && day.start > 3)?;
            let before = value.get(..day.start)?.to_lowercase();
            (!since.iter().any(|word| before.trim_end().ends_with(word.trim_end()))).then(|| self.fact(pair, day.day))
        })
    }
}

/// Whether a label says what the figures reach to, not when they were written about: `Data as at`.
pub(super) fn reaches_to(pair: &Pair) -> bool {
    tidy(&pair.label).starts_with("data")
}

/// Of a date that names a month only, and an approval on a day of that month, the day.
pub(super) fn exact(date: Fact<Day>, approved: Option<&Fact<Day>>) -> Fact<Day> {
    let month = date.excerpt.as_ref().is_some_and(|excerpt| {
        let found = find_days(&excerpt.quote, None);
        found.iter().find(|one| one.day == date.value).is_some_and(|one| one.precision == Precision::Month)
    });
    let same =
        |other: &&Fact<Day>| other.value.year() == date.value.year() && other.value.month() == date.value.month();
    match approved.filter(same) {
        Some(approved) if month => approved.clone(),
        _ => date,
    }
}
