//! Lines near the top that are no title, told by their words alone: days, roles, bylines, file names, running headers.

use super::labels::has_word;
use crate::day::{find_days, find_periods};

/// `Leaflet 114 - for review May 2024`: a running header about the next review.
pub(super) fn is_review(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["for review", "review date", "review due", "next review"].iter().any(|word| has_word(&lower, word))
        && !find_days(line, None).is_empty()
}

/// `Report of the Patient Experience Manager`, `Paper by the Chief Nurse`: who wrote it.
pub(super) fn is_byline(line: &str) -> bool {
    let lower = line.to_lowercase();
    let starts = [
        "report of the ",
        "report by ",
        "report from ",
        "paper by ",
        "paper from ",
        "prepared by ",
        "written by ",
        "presented by ",
    ];
    const SOMEBODY: [&str; 9] =
        ["director", "manager", "officer", "nurse", "secretary", "guardian", "chief executive", "lead", "doctor"];
    starts.iter().any(|start| lower.starts_with(start)) && SOMEBODY.iter().any(|end| lower.ends_with(end))
}

/// The number of a document: `LP-MIC-114`, `SOP/IMP/02`.
pub(super) fn is_code(line: &str) -> bool {
    let bare = line.trim();
    let parts = bare.split(['-', '/', '.', '_']).filter(|part| !part.is_empty()).count();
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '_');
    parts >= 2 && bare.chars().all(plain) && bare.contains(|c: char| c.is_ascii_digit()) && bare.len() < 24
}

/// A part of a list or a picture: `a. Technical conformance`, `(ii) Scope`.
pub(super) fn is_listed(line: &str) -> bool {
    let bare = line.trim_start_matches('(');
    let mark = bare.split(['.', ')']).next().unwrap_or("");
    let short = (1..=3).contains(&mark.len());
    let letter = mark.len() == 1 && mark.starts_with(|c: char| c.is_ascii_lowercase());
    let roman = mark.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    short && (letter || roman) && bare.get(mark.len() + 1..).is_some_and(|rest| rest.starts_with(' '))
}

/// What a system writes over what it puts out: `Exported 05/11/2026 09:12 from LearnPoint`.
pub(super) fn is_export(line: &str) -> bool {
    let lower = line.to_lowercase();
    let starts = ["exported ", "export run ", "extracted ", "printed ", "run on ", "downloaded ", "generated "];
    starts.iter().any(|start| lower.starts_with(start)) && !find_days(line, None).is_empty()
}

/// The role of a person who signs or presents: `Programme Manager`.
pub(super) fn is_role(line: &str) -> bool {
    const ROLES: [&str; 12] = [
        "director",
        "manager",
        "officer",
        "nurse",
        "secretary",
        "chair",
        "administrator",
        "coordinator",
        "practitioner",
        "pharmacist",
        "chairman",
        "matron",
    ];
    let lower = line.to_lowercase();
    let last = lower.split(|c: char| !c.is_alphabetic()).rfind(|word| !word.is_empty()).unwrap_or("");
    ROLES.contains(&last) && lower.split_whitespace().count() <= 5
}

/// A day, a period or a time, and no other words.
pub(super) fn is_time(line: &str) -> bool {
    let mut rest = line.to_string();
    let mut spans: Vec<(usize, usize)> = find_days(line, None).iter().map(|day| (day.start, day.end)).collect();
    spans.extend(find_periods(line).iter().map(|period| (period.start, period.end)));
    spans.sort_unstable();
    for (start, end) in spans.into_iter().rev() {
        if rest.get(start..end.min(rest.len())).is_some() {
            rest.replace_range(start..end.min(rest.len()), " ");
        }
    }
    let words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let small =
        ["to", "at", "on", "from", "until", "am", "pm", "hrs", "hours", "and", "the", "date", "th", "st", "nd", "rd"];
    let mut changed = rest.len() != line.len();
    let only_small = words.into_iter().all(|word| {
        let day = word.ends_with("day") || word.chars().all(|c| c.is_ascii_digit());
        changed |= day;
        day || small.contains(&word.as_str())
    });
    only_small && changed
}

pub(super) fn is_file_name(words: &str) -> bool {
    let lower = words.to_lowercase();
    [".doc", ".xls", ".ppt", ".pdf", ".rtf", ".odt"].iter().any(|ending| lower.contains(ending))
}
