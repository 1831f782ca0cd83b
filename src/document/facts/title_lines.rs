//! Titles of more than one line or of more than a title: a slogan above what the document is, a group above the record of its
//! meeting, a caption that goes on in sentences.

use super::labels::{Labels, has_word};
use super::people;
use super::title::{is_organisation, is_title_line, names_document, tidied};
use crate::day::find_days;
use crate::text::{Block, Role, Span, Text};

/// The first sentence of a caption that goes on: `Energy and waste. Callum reads the meters. Lead: Jo Marsh`.
pub(super) fn first_sentence(name: &str) -> &str {
    let end = name.match_indices(". ").map(|(at, _)| at).find(|at| {
        let word = name[..*at].rsplit(' ').next().unwrap_or("");
        word.chars().count() > 3 && name[at + 2..].starts_with(char::is_uppercase)
    });
    end.filter(|end| name[..*end].split_whitespace().count() >= 3 && name.len() > 80).map_or(name, |end| &name[..end])
}

/// A record of a meeting up to its day: `Notes of the meeting on Thursday 30 July 2026, 09.45, Lifeboat Room`.
fn up_to_day(line: &str) -> &str {
    let end = find_days(line, None).first().filter(|day| day.start > 8).map(|day| day.end);
    end.and_then(|end| line.get(..end)).unwrap_or(line).trim()
}

fn is_record(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["minutes of ", "notes of ", "note of ", "record of ", "minutes from ", "notes from "]
        .iter()
        .any(|one| lower.starts_with(one))
}

/// A name of two lines: a slogan above what the document is (`Making It Better` above `Annual account of the programme`), a kind
/// of document above its subject, a group above the record of its meeting.
pub(super) fn with_subtitle(
    text: &Text,
    lines: &[(Span, &Block)],
    span: Span,
    name: &str,
    labels: &Labels,
) -> Option<String> {
    let at = lines.iter().position(|(line, _)| *line == span)?;
    if is_record(name) && !find_days(name, None).is_empty() {
        let record = up_to_day(name);
        // `Notes of our meeting` says nothing of whose it was.
        let head = record.split(',').next().unwrap_or(record);
        let ours = !people::is_body(head.to_lowercase().replace("meeting", "").as_str(), labels);
        let above = at.checked_sub(1).and_then(|at| lines.get(at)).map(|(line, _)| text.slice(*line).trim());
        let group =
            above.filter(|above| ours && people::is_body(above, labels) && above.split_whitespace().count() <= 9);
        return Some(group.map_or(record.to_string(), |group| format!("{group}: {record}")));
    }
    // The slogan may be styled as the title, and what it is stand in a smaller heading.
    if let Some((above, block)) = at.checked_sub(1).and_then(|at| lines.get(at))
        && matches!(block.role, Role::Title | Role::Heading(1))
        && matches!(lines.get(at).map(|(_, block)| block.role), Some(Role::Heading(2..) | Role::Paragraph))
    {
        let slogan = tidied(text.slice(*above), labels);
        // `Oakfold House` is a place, not a slogan.
        let said = slogan.split_whitespace().any(|word| word.starts_with(char::is_lowercase));
        let joined = said && is_title_line(&slogan, labels) && goes_on(&slogan, name, labels);
        return joined.then(|| format!("{slogan}: {name}"));
    }
    let (next, block) = lines.get(at + 1)?;
    let after = text.slice(*next).trim();
    let follows = text.content().get(span.end..next.start).is_some_and(|between| between.trim().is_empty());
    if !follows || matches!(block.role, Role::Cell { .. } | Role::ListItem) {
        return None;
    }
    goes_on(name, after, labels).then(|| format!("{name}: {after}"))
}

/// Whether a line goes on with the name above it, so that both together are the title.
fn goes_on(name: &str, after: &str, labels: &Labels) -> bool {
    let words = after.split_whitespace().count();
    let plain = (3..=16).contains(&words)
        && after.len() <= 110
        && !after.ends_with(['.', ':', ';', ','])
        && after.starts_with(|c: char| c.is_uppercase())
        && is_title_line(after, labels)
        && super::loose::single(after).is_none();
    let kind_only =
        ["project report", "audit report", "case study", "business case", "annual report", "evaluation report"];
    let lower = name.to_lowercase();
    let bare = kind_only.iter().any(|kind| lower.ends_with(kind)) && name.split_whitespace().count() <= 4;
    // A strategy, a survey or a newsletter goes by its slogan alone, and so does what has a long name.
    let below = after.to_lowercase();
    let own = ["strategy", "survey", "newsletter", "procedure", "trust"].iter().any(|word| has_word(&below, word));
    let few = (2..=7).contains(&name.split_whitespace().count()) && !name.contains(": ");
    let slogan = !names_document(name, labels) && names_document(after, labels) && few && !own;
    let organisation = people::is_body(name, labels) || is_organisation(after, labels);
    plain && !organisation && (bare || slogan)
}
