//! Facts from labels, document-control tables, headers and footers, titles, sentences, file names and embedded metadata.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::{Fact, Facts, Kind, Source, Status, Words, stem};
use crate::day::{Day, find_days, period_end};
use crate::text::{Block, Role, Span, Text};

/// Labels of fields and words for status, all in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Labels {
    title: Vec<String>,
    meeting_date: Vec<String>,
    issue_date: Vec<String>,
    approval_date: Vec<String>,
    date: Vec<String>,
    owner: Vec<String>,
    approved_by: Vec<String>,
    version: Vec<String>,
    review_due: Vec<String>,
    status: Vec<String>,
    empty: Vec<String>,
    draft: Vec<String>,
    #[serde(rename = "final")]
    finals: Vec<String>,
    approved: Vec<String>,
    superseded: Vec<String>,
}

impl Labels {
    /// Reads `rules/words/labels.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}

/// A label with its value.
#[derive(Debug, Clone)]
struct Pair {
    label: String,
    value: Span,
    source: Source,
}

/// Blocks from the top in which labels count, besides page headers, footers and front matter.
const TOP_BLOCKS: usize = 80;

#[allow(clippy::expect_used)] // constant patterns, compiled by the tests
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|\n|\||;|\s{2,}|•)\s*([A-Za-z][A-Za-z /'’()&-]{1,44}?)\s*[:：]\s*([^\n|]+)")
        .expect("a constant pattern")
});

#[allow(clippy::expect_used)]
static APPROVED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:approved|ratified|adopted|agreed|signed off)\s+(?:and \w+\s+)?by\s+(?:the\s+)?([A-Z][^.,;:\n]{2,70}?)(?:\s+(?:on|in|at its meeting on|at its meeting of|dated)\s+([^.;\n]{4,40}))?(?:[.,;\n]|$)")
        .expect("a constant pattern")
});

#[allow(clippy::expect_used)]
static VERSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\bversion\s*|\bissue\s+|(?:^|[\s_(-])v)(\d{1,2}(?:[.-]\d{1,2}){0,2})\b")
        .expect("a constant pattern")
});

/// Every label with its value: in one line, in the next cell, in the cell below a header row.
fn pairs(text: &Text) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let cells: BTreeMap<(u32, u32, u32), Span> = text
        .blocks()
        .iter()
        .filter_map(|block| match block.role {
            Role::Cell { table, row, column } => Some(((table, row, column), block.span)),
            _ => None,
        })
        .collect();
    for (at, block) in text.blocks().iter().enumerate() {
        let source = |label: &str| match block.role {
            Role::FrontMatter => Source::FrontMatter(label.to_string()),
            Role::Header | Role::Footer => Source::HeaderOrFooter,
            _ => Source::Label(label.to_string()),
        };
        let outside = matches!(block.role, Role::FrontMatter | Role::Header | Role::Footer);
        if at >= TOP_BLOCKS && !outside && !matches!(block.role, Role::Cell { .. }) || !block.role.is_evidence() {
            continue;
        }
        let words = text.block_text(block);
        for hit in INLINE.captures_iter(words) {
            if let (Some(label), Some(value)) = (hit.get(1), hit.get(2)) {
                let span = Span::new(block.span.start + value.start(), block.span.start + value.end());
                pairs.push(Pair { label: tidy(label.as_str()), value: span, source: source(label.as_str()) });
            }
        }
        if let Role::Cell { table, row, column } = block.role {
            if words.len() > 60 || at >= TOP_BLOCKS * 3 {
                continue;
            }
            let label = tidy(words);
            for next in [(table, row, column + 1), (table, row, column + 2), (table, row + 1, column)] {
                if let Some(value) = cells.get(&next) {
                    pairs.push(Pair { label: label.clone(), value: *value, source: Source::Label(words.to_string()) });
                }
            }
        }
    }
    pairs
}

/// A label without what it is decorated with: `Review Date (by):` is `review date`.
fn tidy(label: &str) -> String {
    let bare = label.split('(').next().unwrap_or(label);
    bare.trim().trim_end_matches([':', '.', '-']).trim().to_lowercase().replace(['_', '-'], " ")
}

fn is_empty(value: &str, words: &Words) -> bool {
    let bare = value.trim().trim_end_matches('.').to_lowercase();
    bare.is_empty() || bare.starts_with('[') || bare.starts_with('<') || words.labels.empty.contains(&bare)
}

/// The first value, in the order of the labels, for which `read` gives something.
fn first<T>(
    text: &Text,
    pairs: &[Pair],
    labels: &[String],
    words: &Words,
    read: impl Fn(&str) -> Option<T>,
) -> Option<Fact<T>> {
    let all = words_of_labels(words);
    labels.iter().find_map(|label| {
        pairs.iter().filter(|pair| &pair.label == label).find_map(|pair| {
            let value = text.slice(pair.value);
            if is_empty(value, words) || all.contains(&tidy(value)) {
                return None;
            }
            let value = read(value)?;
            Some(Fact { value, source: pair.source.clone(), excerpt: Some(text.excerpt(pair.value)) })
        })
    })
}

/// Every label: in a header row the next cell is a label, too, and no value.
fn words_of_labels(words: &Words) -> Vec<String> {
    let labels = &words.labels;
    let lists = [
        &labels.title,
        &labels.meeting_date,
        &labels.issue_date,
        &labels.approval_date,
        &labels.date,
        &labels.owner,
        &labels.approved_by,
        &labels.version,
        &labels.review_due,
        &labels.status,
    ];
    lists.into_iter().flatten().cloned().collect()
}

/// The title: a label, the title block, the first heading, the first lone cell of a workbook, a sensible metadata title.
pub fn title(text: &Text, _path: &str, words: &Words) -> Option<Fact<String>> {
    let pairs = pairs(text);
    let line = |value: &str| Some(value.lines().next().unwrap_or(value).trim().to_string());
    if let Some(fact) = first(text, &pairs, &words.labels.title, words, line) {
        return Some(fact);
    }
    let top = || text.blocks().iter().take(12);
    let of = |block: &Block| Fact {
        value: text.block_text(block).replace('\n', " "),
        source: Source::Title,
        excerpt: Some(text.excerpt(block.span)),
    };
    let tells = |block: &&Block| is_title_line(text.block_text(block));
    if let Some(block) = top().find(|block| block.role == Role::Title).filter(tells) {
        return Some(of(block));
    }
    if let Some(block) = top().filter(|block| block.role.heading_level().is_some_and(|level| level <= 2)).find(tells) {
        return Some(of(block));
    }
    let short = |block: &&Block| text.block_text(block).chars().count() <= 110 && !text.block_text(block).contains(':');
    let lone = |block: &&Block| matches!(block.role, Role::Paragraph | Role::Cell { column: 0, row: 0, .. });
    let first_line = text.blocks().iter().take(4).filter(lone).filter(short).find(tells);
    let sensible =
        |title: &&String| is_title_line(title) && !title.contains(".doc") && !title.starts_with("PowerPoint");
    let property = text.metadata.title.as_ref().filter(sensible);
    let property = property.map(|title| Fact {
        value: title.clone(),
        source: Source::Metadata("title".to_string()),
        excerpt: None,
    });
    first_line.map(of).or(property)
}

/// Whether a line may be a title: not an organisation, a marking or a paper number.
fn is_title_line(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let organisation =
        ["trust", "practice", "surgery", "hospital", "ltd", "limited", "nhs"].iter().any(|end| lower.ends_with(end));
    let marking = ["draft", "confidential", "official", "agenda item", "enclosure", "paper ", "appendix", "item "];
    let words = lower.split_whitespace().count();
    words > 0
        && lower.len() > 3
        && lower.chars().any(char::is_alphabetic)
        && !(organisation && words < 8)
        && !(words < 4 && marking.iter().any(|one| lower.starts_with(one)))
}

/// All facts; `title` is what [`title`] found.
pub fn read(text: &Text, path: &str, kind: Kind, title: Option<Fact<String>>, words: &Words) -> Facts {
    let labels = &words.labels;
    let pairs = pairs(text);
    let day = |value: &str| find_days(value, None).first().map(|found| found.day);
    let name = |value: &str| {
        let line = value.lines().next().unwrap_or(value).trim().trim_end_matches('.');
        (!line.is_empty() && line.len() < 120 && find_days(line, None).is_empty()).then(|| line.to_string())
    };
    let sentence = approved_sentence(text);
    let approved_by = first(text, &pairs, &labels.approved_by, words, |value| {
        let who = value.lines().next().unwrap_or(value).split([',', ';']).next().unwrap_or(value);
        let cut = find_days(who, None).first().map_or(who, |found| &who[..found.start]);
        let who =
            cut.trim().trim_end_matches([',', '-', '(', ':']).trim_end_matches(" on").trim_end_matches(" in").trim();
        (who.len() > 1).then(|| who.to_string())
    });
    let approved_by = approved_by.or_else(|| sentence.as_ref().map(|(who, _)| who.clone()));
    let approved_on = first(text, &pairs, &labels.approval_date, words, day)
        .or_else(|| first(text, &pairs, &labels.approved_by, words, day))
        .or_else(|| sentence.and_then(|(_, on)| on));
    let version = first(text, &pairs, &labels.version, words, |value| {
        let number: String = value
            .trim()
            .trim_start_matches(['v', 'V'])
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        (!number.is_empty()).then(|| number.trim_end_matches('.').to_string())
    });
    let version = version.or_else(|| loose_version(text, title.as_ref(), path));
    let meeting = matches!(kind, Kind::Minutes | Kind::Agenda);
    let own: Vec<&Vec<String>> = if meeting {
        vec![&labels.meeting_date, &labels.date]
    } else {
        vec![&labels.issue_date, &labels.approval_date, &labels.date, &labels.meeting_date]
    };
    let date = own.into_iter().find_map(|list| first(text, &pairs, list, words, day));
    let date = date.or_else(|| approved_on.clone()).or_else(|| loose_date(text, title.as_ref(), path));
    let review_due = first(text, &pairs, &labels.review_due, words, day)
        .filter(|due| date.as_ref().is_none_or(|date| due.value > date.value));
    let status = status(text, path, title.as_ref(), version.as_ref(), &pairs, words);
    let period_end = title.as_ref().and_then(|title| {
        let (value, _) = period_end(&title.value)?;
        Some(Fact { value, source: Source::Title, excerpt: title.excerpt.clone() })
    });
    let owner = first(text, &pairs, &labels.owner, words, name);
    Facts { title, date, period_end, status, owner, approved_by, approved_on, version, review_due }
}

type Approval = (Fact<String>, Option<Fact<Day>>);

/// "Approved by the Trust Board on 30 March 2015" near the top.
fn approved_sentence(text: &Text) -> Option<Approval> {
    text.blocks().iter().take(TOP_BLOCKS).filter(|block| block.role.is_evidence()).find_map(|block| {
        let hit = APPROVED.captures(text.block_text(block))?;
        let who = hit.get(1)?;
        let whole = hit.get(0)?;
        let excerpt = Some(text.excerpt(Span::new(block.span.start + whole.start(), block.span.start + whole.end())));
        let on = hit.get(2).and_then(|words| find_days(words.as_str(), None).first().map(|found| found.day));
        let on = on.map(|value| Fact { value, source: Source::Sentence, excerpt: excerpt.clone() });
        Some((Fact { value: who.as_str().trim().to_string(), source: Source::Sentence, excerpt }, on))
    })
}

fn loose_version(text: &Text, title: Option<&Fact<String>>, path: &str) -> Option<Fact<String>> {
    let number = |words: &str| {
        VERSION.captures(words).and_then(|hit| hit.get(1)).map(|number| number.as_str().replace('-', "."))
    };
    if let Some(value) = title.and_then(|title| number(&title.value)) {
        return Some(Fact { value, source: Source::Title, excerpt: title.and_then(|title| title.excerpt.clone()) });
    }
    let edge = text.blocks().iter().filter(|block| matches!(block.role, Role::Header | Role::Footer));
    for block in edge {
        if let Some(value) = number(text.block_text(block)) {
            return Some(Fact { value, source: Source::HeaderOrFooter, excerpt: Some(text.excerpt(block.span)) });
        }
    }
    number(stem(path)).map(|value| Fact { value, source: Source::FileName, excerpt: None })
}

/// A date without a label: in the title, in a short line near the top, in a header or footer, in the file name.
fn loose_date(text: &Text, title: Option<&Fact<String>>, path: &str) -> Option<Fact<Day>> {
    let day = |words: &str| find_days(words, None).first().map(|found| found.day);
    if let Some(value) = title.and_then(|title| day(&title.value)) {
        return Some(Fact { value, source: Source::Title, excerpt: title.and_then(|title| title.excerpt.clone()) });
    }
    let short = |block: &&Block| text.block_text(block).chars().count() < 140;
    let near = text
        .blocks()
        .iter()
        .take(8)
        .chain(text.blocks().iter().filter(|block| matches!(block.role, Role::Header | Role::Footer)));
    for block in near.filter(short) {
        if let Some(value) = day(text.block_text(block)) {
            let source = if matches!(block.role, Role::Header | Role::Footer) {
                Source::HeaderOrFooter
            } else {
                Source::Sentence
            };
            return Some(Fact { value, source, excerpt: Some(text.excerpt(block.span)) });
        }
    }
    let name = stem(path).replace('_', " ");
    day(&name).map(|value| Fact { value, source: Source::FileName, excerpt: None })
}

fn status(
    text: &Text,
    path: &str,
    title: Option<&Fact<String>>,
    version: Option<&Fact<String>>,
    pairs: &[Pair],
    words: &Words,
) -> Option<Fact<Status>> {
    let labels = &words.labels;
    let read = |value: &str| {
        let value = value.to_lowercase();
        let says = |list: &[String]| list.iter().any(|word| value.contains(word.as_str()));
        if says(&labels.draft) {
            Some(Status::Draft)
        } else if says(&labels.superseded) {
            Some(Status::Superseded)
        } else if says(&labels.approved) {
            Some(Status::Approved)
        } else if says(&labels.finals) {
            Some(Status::Final)
        } else {
            None
        }
    };
    let short = |value: &str| if value.len() < 60 { read(value) } else { None };
    let labelled = pairs.iter().filter(|pair| labels.status.contains(&pair.label)).find_map(|pair| {
        let value = short(text.slice(pair.value))?;
        Some(Fact { value, source: pair.source.clone(), excerpt: Some(text.excerpt(pair.value)) })
    });
    if labelled.is_some() {
        return labelled;
    }
    let banner = |line: &str| {
        let upper = line.contains("DRAFT") || line.contains("UNCONFIRMED");
        let start = line.to_lowercase();
        upper
            || start.starts_with("draft ")
            || start.starts_with("unconfirmed")
            || start.ends_with("(draft)")
            || start.ends_with(" draft")
            || start == "draft"
    };
    let line = |block: &&Block| text.block_text(block).chars().count() < 100;
    let top = text
        .blocks()
        .iter()
        .take(6)
        .chain(text.blocks().iter().filter(|block| matches!(block.role, Role::Header | Role::Footer)));
    if let Some(block) = top.filter(line).find(|block| banner(text.block_text(block))) {
        return Some(Fact { value: Status::Draft, source: Source::Title, excerpt: Some(text.excerpt(block.span)) });
    }
    let name = stem(path).to_lowercase();
    if name.split(|c: char| !c.is_alphanumeric()).any(|word| word == "draft" || word == "unconfirmed") {
        return Some(Fact { value: Status::Draft, source: Source::FileName, excerpt: None });
    }
    if let Some(version) = version.filter(|version| version.value.starts_with("0.") && title.is_some()) {
        return Some(Fact { value: Status::Draft, source: version.source.clone(), excerpt: version.excerpt.clone() });
    }
    name.split(|c: char| !c.is_alphanumeric()).any(|word| word == "final").then_some(Fact {
        value: Status::Final,
        source: Source::FileName,
        excerpt: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Limits, read as read_file};

    fn facts(name: &str, source: &str, kind: Kind) -> Facts {
        let words = Words::embedded().unwrap();
        let text = read_file(name, source.as_bytes(), &Limits::default()).1.unwrap();
        let title = title(&text, name, &words);
        read(&text, name, kind, title, &words)
    }

    #[test]
    fn a_control_table_is_read() {
        let source = "# Risk Management Policy\n\n| Field | Value |\n|---|---|\n| Document Owner (job title) | Chief Nurse |\n| Ratified by: | Trust Board |\n| Date Ratified | 5th February 2026 |\n| Next Review Date (by) | 02/2028 or February 2028 |\n| Version No. | 3.1 |\n| Status | Final |\n";
        let facts = facts("a.md", source, Kind::Policy);
        assert_eq!(facts.title.unwrap().value, "Risk Management Policy");
        assert_eq!(facts.owner.unwrap().value, "Chief Nurse");
        assert_eq!(facts.approved_by.unwrap().value, "Trust Board");
        assert_eq!(facts.date.unwrap().value.to_string(), "2026-02-05");
        assert_eq!(facts.review_due.unwrap().value.to_string(), "2028-02-01");
        assert_eq!(facts.version.unwrap().value, "3.1");
        assert_eq!(facts.status.unwrap().value, Status::Final);
    }

    #[test]
    fn label_lines_and_sentences_are_read() {
        let source = "Harbour Trust\n\nQuality Strategy 2023-26\n\nExecutive lead: Medical Director\nVersion: 1.0\nReview date: TBC\n\nThis strategy was approved by the Board of Directors in May 2023. More text.\n";
        let facts = facts("a.txt", source, Kind::Strategy);
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
        let facts = facts("a.md", source, Kind::Procedure);
        assert_eq!(facts.title.unwrap().value, "Guide");
        assert_eq!(facts.owner.unwrap().value, "B Shaw");
    }

    #[test]
    fn a_draft_is_one_by_its_banner_not_by_its_prose() {
        assert_eq!(facts("a.md", "DRAFT\n\n# Plan\n\nText.\n", Kind::Plan).status.unwrap().value, Status::Draft);
        assert_eq!(
            facts("Minutes - DRAFT.md", "# Minutes\n\nText.\n", Kind::Minutes).status.unwrap().value,
            Status::Draft
        );
        assert_eq!(
            facts("a.md", "# Plan\n\nA draft budget will be made in a long sentence of prose.\n", Kind::Plan).status,
            None
        );
    }
}
