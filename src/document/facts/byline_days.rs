//! What a day in a byline is the day of: when it was issued, approved, brought up to date, or something else.

use super::bylines::{RANK, Zone};
use super::labels::{Field, Use, has_word};
use crate::day::Precision;

/// What a day in a phrase is the day of; `before` is what stands before it.
pub(super) fn day_use(lower: &str, before: &str, zone: Zone, precision: Precision) -> Option<Use> {
    let says = |words: &[&str]| words.iter().any(|word| has_word(lower, word));
    let before = before.trim_end();
    let other = [
        "next",
        "due",
        "until",
        "deadline",
        "since",
        "born",
        "dob",
        "supersedes",
        "replaces",
        "target",
        "inspection",
        "expires",
        "closes",
        "closing",
        "valid",
        "act",
        "regulations",
        "previous",
        "expiry",
        "ends",
        "cutover",
        "go-live",
        "following",
        "again",
        "will look",
        "will review",
        "sent",
        "agreed",
        "approved",
        "discussed",
        "talked with",
        "talked over",
        "consulted",
        "shared with",
    ];
    let ending = [" by", " before", " from", " after", " to", " between", " for review", " than"];
    let own = ["published", "issued", "updated", "as at", "last entry", "dated", "taken by", "received by"];
    let approval = ["agreed", "approved"].iter().any(|word| lower.starts_with(word));
    // What the figures reach to is not when they were put together.
    if ["up to", "data to", "data up to", "figures to", "data at", "data as at"].contains(&before) && zone == Zone::Top
    {
        return Some((Field::Date, RANK + 8));
    }
    // `To be refreshed each month and closed in April 2027`
    if ["to be ", "will ", "we will ", "we look", "we shall "].iter().any(|start| lower.starts_with(start)) {
        return None;
    }
    // Of the groups that a paper went to, the board speaks last.
    let body = before.trim_end_matches([',', ' ']).trim_end_matches(" on").trim_end_matches([',', ' ']);
    const BOARD: [&str; 8] = [
        "board",
        "trust board",
        "the board",
        "board of directors",
        "trustees",
        "the trustees",
        "governing body",
        "board of trustees",
    ];
    if zone == Zone::Top && BOARD.contains(&body) && precision == Precision::Day {
        return Some((Field::Date, RANK + 2));
    }
    if says(&other) && !says(&own) && !approval || ending.iter().any(|end| before.ends_with(end)) || before == "by" {
        return None;
    }
    let exact = usize::from(precision != Precision::Day);
    if says(&["published", "issued"]) {
        Some((Field::IssueDate, RANK))
    } else if says(&[
        "updated",
        "revised",
        "as at",
        "position at",
        "last entry",
        "correct at",
        "exported",
        "printed",
        "last checked",
        "extracted",
        "last reviewed",
        "reviewed on",
        "refreshed",
        "written up",
        "pulled together",
        "put together",
        "drawn up",
        "made on",
        "begins on",
        "takes effect on",
        "came into force on",
        "completed",
    ]) || ["brought up to date", "filled in", "filled out", "typed up", "put up", "posted"]
        .iter()
        .any(|start| lower.starts_with(start))
        || ["note brought up to date", "last brought up to date"].iter().any(|start| lower.starts_with(start))
    {
        // Of `updated for the meeting of the 26th (as at the 23rd)` the second is when it was written.
        let ahead = usize::from(has_word(lower, "for the meeting"));
        // A note of a day may be touched up long after.
        let ahead = ahead + if zone == Zone::End && has_word(lower, "brought up to date") { 5 } else { 0 };
        Some((Field::Date, RANK + ahead))
    } else if ["approved", "agreed", "ratified", "adopted", "endorsed", "signed off"]
        .iter()
        .any(|word| lower.starts_with(word))
    {
        (zone != Zone::End).then_some((Field::ApprovalDate, RANK))
    } else if ["made by", "signed by", "written by", "written on", "prepared on", "signed on"]
        .iter()
        .any(|word| lower.starts_with(word))
    {
        Some((Field::Date, RANK + 1))
    } else if zone == Zone::Top {
        let told = says(&[
            "presented",
            "report to",
            "paper for",
            "paper to",
            "report for",
            "held",
            "meeting of",
            "meeting on",
        ]) || before.starts_with("to ");
        Some((Field::Date, RANK + if told { 2 } else { 4 } + exact))
    } else {
        let made = says(&["produced", "written", "prepared", "compiled", "created", "reviewed"]);
        made.then_some((Field::Date, RANK + 6))
    }
}
