//! Facts from labels, document-control tables, headers and footers, titles, sentences, file names and embedded metadata, in
//! that order of trust; of the same label the one nearest to the top.
//!
//! Owner: who answers for the document (owner, lead, sponsor, presenter, manager); its author, or whoever prepared it, only
//! where nobody else is named. A label without a real value (`TBC`) is passed over.

#[cfg(test)]
mod blocks;
#[cfg(test)]
mod blocks_later;
#[cfg(test)]
mod blocks_layouts;
#[cfg(test)]
mod blocks_others;
#[cfg(test)]
mod blocks_plain;
mod byline_days;
mod bylines;
mod dates;
mod guess;
mod labels;
mod loose;
mod pairs;
mod people;
mod phrases;
mod sentences;
mod status;
mod title;
mod title_lines;
mod title_no;
mod version;

pub use labels::Labels;
pub use title::title;

use super::{Fact, Facts, Kind, Source, Status, Words};
use crate::day::{Day, Length, Precision, find_days, find_periods, period_end};
use crate::text::{Block, Role, Text};
use dates::{exact, reaches_to};
use labels::{Field, has_word, tidy};
use pairs::{Pair, Trust};

/// All facts; `title` is what [`title()`] found.
pub fn read(text: &Text, path: &str, kind: Kind, title: Option<Fact<String>>, words: &Words) -> Facts {
    let pairs = pairs::pairs(text, &words.labels);
    let hint = loose::year(text, title.as_ref(), path);
    let facts = Reading { text, labels: &words.labels, pairs: &pairs, hint };
    let sentence = people::approved_sentence(text, kind, &words.labels);

    let owner = facts.owner(kind);
    let approved_by = facts.approver(kind).filter(|_| kind != Kind::Template);
    let approved_by = approved_by
        .or_else(|| sentence.as_ref().map(|(who, _)| who.clone()))
        .or_else(|| facts.approval_label().filter(|_| kind != Kind::Report))
        .or_else(|| people::confirmed_minutes(text, title.as_ref()).filter(|_| kind == Kind::Minutes));
    let approved_on = facts.approved_on().or_else(|| sentence.and_then(|(_, on)| on));
    let version = facts
        .version(false)
        .or_else(|| version::of_title(title.as_ref()))
        .or_else(|| facts.version(true))
        .or_else(|| version::loose(text, path));

    let meeting = matches!(kind, Kind::Minutes | Kind::Agenda);
    let order: &[Field] = if meeting {
        &[Field::MeetingDate, Field::Date]
    } else if kind == Kind::Report {
        // What a report says was approved is as often the plan that it reports on.
        &[Field::IssueDate, Field::Date, Field::MeetingDate, Field::ApprovalDate]
    } else {
        // When a document was approved says how old it is; it may come into force later.
        &[Field::ApprovalDate, Field::IssueDate, Field::Date, Field::MeetingDate]
    };
    let byline: &[Field] =
        if meeting { order } else { &[Field::IssueDate, Field::Date, Field::ApprovalDate, Field::MeetingDate] };
    // The date of a signature under minutes is not that of the meeting.
    let held =
        || facts.in_force().filter(|_| !meeting && kind != Kind::Report).or_else(|| facts.day_of(order, Trust::Body));
    let held = || if kind == Kind::Report { facts.front_sheet().or_else(held) } else { held() };
    let date = if meeting {
        facts.day_of(&order[..1], Trust::Body).or_else(|| loose::held(text)).or_else(held)
    } else {
        held()
    };
    let date = if meeting { date.or_else(|| loose::of_title(title.as_ref())) } else { date };
    let date = date.or_else(|| facts.day_of(byline, Trust::Byline));
    let date = if meeting { date } else { date.or_else(|| approved_on.clone()) };
    let date = date
        .or_else(|| facts.day_of(order, Trust::ChangeLog))
        .or_else(|| facts.reached())
        .or_else(|| facts.day_beside_name().filter(|_| !meeting))
        .or_else(|| loose::of_title(title.as_ref()))
        .or_else(|| facts.day_of(order, Trust::Edge))
        .or_else(|| loose::date(text, title.as_ref(), path, kind, hint, &pairs))
        .or_else(|| {
            facts
                .day_of(&[Field::Date], Trust::Rows)
                .filter(|_| matches!(kind, Kind::Register | Kind::Survey | Kind::Dataset))
        })
        .or_else(|| approved_on.clone());
    // `Version 1, September 2026. Approved by the Executive on 21 September 2026.`
    let date = date.map(|date| exact(date, approved_on.as_ref()));
    let review_due = facts.review_due(kind, date.as_ref().map(|date| date.value));
    let status = status::status(text, path, title.as_ref(), version.as_ref(), &pairs, &words.labels);
    // Who approved it says that it is approved.
    let status = status.or_else(|| {
        let by = approved_by.as_ref()?;
        (kind != Kind::Template).then(|| Fact {
            value: Status::Approved,
            source: by.source.clone(),
            excerpt: by.excerpt.clone(),
        })
    });
    let period_end = title.as_ref().and_then(|title| {
        let (value, _) = period_end(&title.value)?;
        Some(Fact { value, source: Source::Title, excerpt: title.excerpt.clone() })
    });
    // What somebody filled in as properties of the file, as document libraries ask for, is the last resort.
    let owner = owner.or_else(|| facts.property(Field::Owner, people::owner));
    let approved_by = approved_by.or_else(|| facts.property(Field::ApprovedBy, people::approver));
    let version = version.or_else(|| facts.property(Field::Version, version::of_value));
    let review_due = review_due.or_else(|| facts.property(Field::ReviewDue, |value| facts.day(value)));
    let status = status.or_else(|| facts.property(Field::Status, |value| status::of_value(value, &words.labels)));
    Facts { title, date, period_end, status, owner, approved_by, approved_on, version, review_due }
}

/// Words of a mail that is no mere message.
const LETTER: usize = 150;

/// What the labels of a document give.
struct Reading<'t> {
    text: &'t Text,
    labels: &'t Labels,
    pairs: &'t [Pair],
    /// The year of days that do not say theirs.
    hint: Option<i16>,
}

impl Reading<'_> {
    /// The pairs of a field, best first: body before change log before page header and footer, then the better label, then
    /// the one nearer to the top.
    fn of(&self, field: Field) -> Vec<&Pair> {
        let mut found: Vec<_> = self
            .pairs
            .iter()
            .enumerate()
            .filter_map(|(at, pair)| {
                let (_, rank) = pair.uses.iter().find(|(one, _)| *one == field)?;
                (!self.labels.is_empty(self.text.slice(pair.value))).then_some((pair.trust, *rank, at, pair))
            })
            .collect();
        // What the figures reach to is not when they were written about; ratification comes after approval.
        let later = |pair: &Pair| match field {
            Field::Date => reaches_to(pair),
            Field::ApprovalDate => !tidy(&pair.label).contains("ratif"),
            _ => false,
        };
        found.sort_by_key(|(trust, rank, at, pair)| (*trust, later(pair), *rank, *at));
        found.into_iter().map(|(.., pair)| pair).collect()
    }

    fn fact<T>(&self, pair: &Pair, value: T) -> Fact<T> {
        Fact { value, source: pair.source.clone(), excerpt: Some(self.text.excerpt(pair.value)) }
    }

    /// The first value of a field for which `read` gives something.
    fn first<T>(&self, field: Field, read: impl Fn(&str) -> Option<T>) -> Option<Fact<T>> {
        self.of(field).into_iter().find_map(|pair| Some(self.fact(pair, read(self.text.slice(pair.value))?)))
    }

    fn day(&self, value: &str) -> Option<Day> {
        let value = version::newest_line(value).unwrap_or(value);
        let found = find_days(value, self.hint);
        let exact = found.iter().find(|one| one.precision == Precision::Day && one.year_given);
        // `Nominations Committee 14 May 2026, then Board 28 May 2026`
        let then = value.to_lowercase().find(", then ").filter(|then| exact.is_some_and(|one| one.end <= *then));
        if let Some(last) = found.last().filter(|last| then.is_some_and(|then| then < last.start) && last.year_given) {
            return Some(last.day);
        }
        // `02/2028 or February 2028`: the first; `May (12 May 2026)`: the one that is a day.
        let written = found.first().filter(|first| first.year_given).or(exact).or(found.first()).map(|one| one.day);
        written.or_else(|| loose::short_month(value))
    }

    /// The first day of the first of some fields that has one where it is trusted so.
    fn day_of(&self, fields: &[Field], trust: Trust) -> Option<Fact<Day>> {
        fields.iter().find_map(|field| {
            let trusted = self.of(*field).into_iter().filter(|pair| pair.trust == trust && !reaches_to(pair));
            trusted.into_iter().find_map(|pair| Some(self.fact(pair, self.day(self.text.slice(pair.value))?)))
        })
    }

    /// The version that a label gives: in page headers and footers (`edge`), or elsewhere.
    fn version(&self, edge: bool) -> Option<Fact<String>> {
        let mut trusted = self.of(Field::Version).into_iter().filter(|pair| (pair.trust == Trust::Edge) == edge);
        trusted.find_map(|pair| Some(self.fact(pair, version::of_value(self.text.slice(pair.value))?)))
    }

    /// Who answers for it: a person before a group, and an author only where nobody else is named.
    fn owner(&self, kind: Kind) -> Option<Fact<String>> {
        let owner = |value: &str| {
            let name = people::owner(value)?;
            let column = people::is_nobody(&name)
                || self.labels.is_column(&name)
                || self.labels.is_label(&name) && !name.contains(' ');
            let somebody = name.split_whitespace().count() < 3 || guess::looks_like_somebody(&name, self.labels);
            (!column && somebody).then_some(name)
        };
        let person = |value: &str| owner(value).filter(|name| !people::is_body(name, self.labels));
        // Who wrote the record of a meeting or assessed a patient does not answer for it, nor who sent a mail.
        let patient = || {
            self.pairs
                .iter()
                .any(|pair| matches!(tidy(&pair.label).as_str(), "nhs number" | "date of birth" | "patient name"))
        };
        if kind == Kind::Email {
            return self.sender();
        }
        if patient() {
            return None;
        }
        let bylines = !matches!(kind, Kind::Minutes | Kind::Agenda);
        // The sponsor of a project does not answer for what its team writes up.
        let project = matches!(kind, Kind::CaseStudy | Kind::Presentation);
        let sponsor = |pair: &Pair| tidy(&pair.label).contains("sponsor");
        let first = |field: Field, prosaic: bool, read: &dyn Fn(&str) -> Option<String>| {
            let pairs = self.of(field).into_iter().filter(|pair| bylines || pair.trust != Trust::Byline);
            let pairs: Vec<&Pair> = pairs.filter(|pair| !(project && sponsor(pair))).collect();
            // `Clinical lead: Dr Voss. The switch to another gas has ...` tells of a part of the text.
            let in_prose = |pair: &Pair| is_prose(self.text.slice(pair.value)) || self.is_within_text(pair);
            let mut pairs = pairs.into_iter().filter(|pair| in_prose(pair) == prosaic);
            pairs.find_map(|pair| Some(self.fact(pair, read(self.text.slice(pair.value))?)))
        };
        first(Field::Owner, false, &person)
            .or_else(|| first(Field::Owner, false, &owner))
            .or_else(|| first(Field::Author, false, &person))
            .or_else(|| first(Field::Author, false, &owner))
            .or_else(|| first(Field::Owner, true, &person))
            .or_else(|| first(Field::Author, true, &person))
    }

    /// Who sent a mail that sets something out at length, as a paper would; short ones and answers to others are talk.
    fn sender(&self) -> Option<Fact<String>> {
        let author =
            self.text.metadata.author.as_ref().filter(|author| author.trim().contains(' ') && !author.contains('@'))?;
        let words: usize =
            self.text.blocks().iter().map(|block| self.text.block_text(block).split_whitespace().count()).sum();
        let quoted = self.text.blocks().iter().skip(4).any(|block| {
            let line = self.text.block_text(block);
            line.starts_with("From:")
                || line.starts_with('>')
                || line.contains(" wrote:")
                || line.contains("Original Message")
        });
        let office = ["office", "team", "desk", "department", "service", "communications"];
        let lower = author.to_lowercase();
        let person = !office.iter().any(|word| has_word(&lower, word)) && !people::is_body(author, self.labels);
        (words >= LETTER && !quoted && person).then(|| Fact {
            value: author.trim().to_string(),
            source: Source::Metadata("author".to_string()),
            excerpt: None,
        })
    }

    /// Whether a label stands in a long paragraph of the text: `Who runs the home. Nominated individual: Jo Marsh. Deputy: ...`
    fn is_within_text(&self, pair: &Pair) -> bool {
        let mut blocks = self.text.blocks().iter().enumerate();
        let block = blocks.find(|(_, block)| block.span.start <= pair.value.start && pair.value.end <= block.span.end);
        // `Practice manager | Yvette Cole` in a list of successors far below is no owner's label.
        let role = |at: usize, block: &Block| {
            let post = [
                "lead nurse",
                "lead gp",
                "clinical lead",
                "deputy manager",
                "practice manager",
                "registered manager",
                "home manager",
                "service manager",
                "manager",
            ];
            at > 36 && matches!(block.role, Role::Cell { .. }) && post.contains(&tidy(&pair.label).as_str())
        };
        pair.trust == Trust::Body
            && block.is_some_and(|(at, block)| {
                role(at, block)
                    || at > 4
                        && block.role == Role::Paragraph
                        && !self.text.block_text(block).contains('\n')
                        && block.span.end - block.span.start > 160
            })
    }

    /// Who approved it; the committee that watches over the risks of a register did not, nor the one that a report is for.
    fn approver(&self, kind: Kind) -> Option<Fact<String>> {
        let about_others = matches!(kind, Kind::Register | Kind::Report | Kind::Dataset);
        let pairs = self.of(Field::ApprovedBy).into_iter().filter(|pair| {
            let label = tidy(&pair.label);
            let decides = ["approv", "ratif", "adopt", "agreed", "sign", "authori", "endors"];
            !about_others || !label.ends_with("committee") || decides.iter().any(|word| label.contains(word))
        });
        let read = |value: &str| people::approver(value).filter(|who| people::may_approve(who, self.labels));
        pairs.into_iter().find_map(|pair| Some(self.fact(pair, read(self.text.slice(pair.value))?)))
    }

    /// When it was approved: a label of its own, a day in the value of the approver, or a plain "Date" that follows it.
    fn approved_on(&self) -> Option<Fact<Day>> {
        let labelled = self.first(Field::ApprovalDate, |value| self.day(value));
        let labelled = labelled.or_else(|| self.first(Field::ApprovedBy, |value| self.day(value)));
        labelled.or_else(|| {
            let pairs = self.pairs.windows(2).filter(|two| {
                two[0].uses.iter().any(|(field, _)| *field == Field::ApprovedBy)
                    && matches!(tidy(&two[1].label).as_str(), "date" | "on")
                    && two[0].trust == two[1].trust
            });
            pairs.into_iter().find_map(|two| Some(self.fact(&two[1], self.day(self.text.slice(two[1].value))?)))
        })
    }

    /// What a property of the file gives whose name is a label, such as `Review Date` or `DocumentOwner`.
    fn property<T>(&self, field: Field, read: impl Fn(&str) -> Option<T>) -> Option<Fact<T>> {
        let properties = self.text.metadata.properties.iter();
        let mut named: Vec<(usize, &String, &String)> = properties
            .filter_map(|(name, value)| {
                let spaced = labels::spaced(name);
                // What Word and mail programs write of their own is no statement of an author.
                let own = matches!(
                    name.as_str(),
                    "revision" | "subject" | "to" | "description" | "application" | "generator"
                );
                let (_, rank) = self.labels.uses(&spaced).iter().find(|(one, _)| *one == field)?;
                (!own && !self.labels.is_empty(value)).then_some((*rank, name, value))
            })
            .collect();
        named.sort_by_key(|(rank, ..)| *rank);
        named.into_iter().find_map(|(_, name, value)| {
            Some(Fact { value: read(value)?, source: Source::Metadata(name.clone()), excerpt: None })
        })
    }

    /// The group that a label of the approval's day names: `Board approval date`.
    fn approval_label(&self) -> Option<Fact<String>> {
        let pairs = self.pairs.iter().filter(|pair| pair.uses.iter().any(|(field, _)| *field == Field::ApprovalDate));
        pairs.into_iter().find_map(|pair| {
            let by = pair.label.split_once(" by ").or_else(|| pair.label.split_once(" at "));
            let named = by.and_then(|(_, who)| people::approver(who)).filter(|who| people::is_body(who, self.labels));
            let body = || {
                let mut words = pair.label.split_whitespace();
                words.find(|word| matches!(*word, "Board" | "Trustees" | "Executive" | "Partners")).map(str::to_string)
            };
            let body = named.or_else(body)?;
            self.day(self.text.slice(pair.value))?;
            Some(self.fact(pair, body))
        })
    }

    /// When it is due for review; a review before its date is the last one. `in 12 months` counts from its date.
    fn review_due(&self, kind: Kind, date: Option<Day>) -> Option<Fact<Day>> {
        // What a project or a meeting looks at again is not its own record.
        let told = matches!(kind, Kind::CaseStudy | Kind::Presentation | Kind::Minutes | Kind::Agenda | Kind::Dataset);
        // `Start date | End date` of a model is the span that it reckons with.
        let span = |pair: &Pair| kind == Kind::Dataset && tidy(&pair.label) == "end date";
        let again = |pair: &Pair| {
            let label = pair.label.to_lowercase();
            told && ["next review", "look", "next look"].iter().any(|one| label.starts_with(one))
        };
        let pairs = self.of(Field::ReviewDue).into_iter().filter(|pair| !span(pair) && !again(pair));
        let due = |value: &str| {
            let quarter =
                || find_periods(value).first().filter(|one| one.length <= Length::Quarter).map(|one| one.last);
            // `October 2026 (done), March 2027`: the one that is still to come.
            let done = value.to_lowercase().rfind("done").map(|at| at + 4);
            let rest = done.and_then(|at| value.get(at..)).filter(|rest| !find_days(rest, None).is_empty());
            let value = rest.unwrap_or(value);
            // `March 2026, extended to September 2026`, `30 June 2025 Extension: 31 December 2025`: the latest counts.
            let latest = find_days(value, None).into_iter().filter(|day| day.year_given).map(|day| day.day).max();
            let latest = latest.filter(|_| is_moved(value));
            let due = latest
                .or_else(|| self.day(value))
                .or_else(quarter)
                .or_else(|| Some(date?.plus(loose::window(value)?)))?;
            date.is_none_or(|date| due > date).then_some(due)
        };
        pairs.into_iter().find_map(|pair| Some(self.fact(pair, due(self.text.slice(pair.value))?)))
    }
}

/// Whether a value goes on in another sentence.
fn is_prose(value: &str) -> bool {
    let line = value.lines().next().unwrap_or("");
    let after = line.split_once(". ").map_or("", |(_, after)| after);
    after.split_whitespace().count() >= 6 && find_days(after, None).is_empty()
}

/// Whether the value of a review date says that it was moved.
fn is_moved(value: &str) -> bool {
    let lower = value.to_lowercase();
    [
        "exten", "defer", "postpone", "moved", "revised", "now ", "rolled", "put back", "delayed", "then ", "\u{2192}",
        "->", "changed",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::blocks::describe;
    use crate::document::Status;

    #[test]
    fn a_control_table_is_read() {
        let source = "# Risk Management Policy\n\n| Field | Value |\n|---|---|\n| Document Owner (job title) | Chief Nurse |\n| Ratified by: | Trust Board |\n| Date Ratified | 5th February 2026 |\n| Next Review Date (by) | 02/2028 or February 2028 |\n| Version No. | 3.1 |\n| Status | Final |\n";
        let facts = describe("a.md", source).facts;
        assert_eq!(facts.title.unwrap().value, "Risk Management Policy");
        assert_eq!(facts.owner.unwrap().value, "Chief Nurse");
        assert_eq!(facts.approved_by.unwrap().value, "Trust Board");
        assert_eq!(facts.date.unwrap().value.to_string(), "2026-02-05");
        assert_eq!(facts.review_due.unwrap().value.to_string(), "2028-02-01");
        assert_eq!(facts.version.unwrap().value, "3.1");
        assert_eq!(facts.status.unwrap().value, Status::Final);
    }

    #[test]
    fn a_heading_over_the_control_table_is_no_title() {
        let source = "NRL Onboarding Guide for Providers\n\nDocument Management\n\nRevision History\n\nText.\n";
        assert_eq!(describe("a.txt", source).facts.title.unwrap().value, "NRL Onboarding Guide for Providers");
    }

    #[test]
    fn label_lines_and_sentences_are_read() {
        let source = "Harbour Trust\n\nQuality Strategy 2023-26\n\nExecutive lead: Medical Director\nVersion: 1.0\nReview date: TBC\n\nThis strategy was approved by the Board of Directors in May 2023. More text.\n";
        let facts = describe("a.txt", source).facts;
        assert_eq!(facts.title.unwrap().value, "Quality Strategy 2023-26");
        assert_eq!(facts.owner.unwrap().value, "Medical Director");
        assert_eq!(facts.approved_by.unwrap().value, "Board of Directors");
        assert_eq!(facts.approved_on.unwrap().value.to_string(), "2023-05-01");
        assert_eq!(facts.period_end.unwrap().value.to_string(), "2026-12-31");
        assert_eq!(facts.review_due, None);
    }

    #[test]
    fn the_next_label_of_a_header_row_is_no_value() {
        let source =
            "# Onboarding Guide\n\n| Title | Date | Author |\n|---|---|---|\n| Guide | 3 May 2026 | B Shaw |\n";
        let facts = describe("a.md", source).facts;
        assert_eq!(facts.title.unwrap().value, "Guide");
        assert_eq!(facts.owner.unwrap().value, "B Shaw");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_described(
            source in "(Owner|Date|Version|Title|Review date|Approved by|draft|é|’|[:|\n*.0-9 -]|May|2026|\n\n# ){0,40}"
        ) {
            for name in ["a.md", "a.txt", "a.csv"] {
                if crate::read::read(name, source.as_bytes(), &crate::read::Limits::default()).1.is_ok() {
                    describe(name, &source);
                }
            }
        }
    }
}
