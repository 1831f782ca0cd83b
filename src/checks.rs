//! The checks: each turns one way of falling short into a finding that says what is wrong, where, and what would put it right.

mod versions;

use std::collections::BTreeSet;

pub use self::versions::{REPLACED, dangling_reference, duplicate, superseded};
use crate::day::{Day, Window};
use crate::document::{Action, Fact, Kind, PersonalKind, Progress, Status, personal};
use crate::dossier::Dossier;
use crate::finding::{Check, Finding, Severity};
use crate::judge::{Support, with_grace};
use crate::read::{Format, Unread, misnamed};
use crate::recognise::{Evidence, MENTIONED};
use crate::rules::{Category, EvidenceType, Expectation, Line, Want};
use crate::text::Excerpt;

/// Documents with fewer words than this hold hardly any text.
const FEW_WORDS: usize = 25;

/// Checks whose finding keeps evidence from being strong; the others stand beside the grade.
pub fn weakens(check: Check) -> bool {
    matches!(check, Check::Draft | Check::Placeholder | Check::ReviewOverdue | Check::Superseded)
}

/// Facts that a document of a kind must state when its rule does not say.
fn wants_of(kind: Kind) -> &'static [Want] {
    match kind {
        Kind::Policy | Kind::Procedure | Kind::Strategy | Kind::TermsOfReference => {
            &[Want::Date, Want::Owner, Want::Approval, Want::ReviewDate]
        }
        Kind::Plan => &[Want::Date, Want::Owner],
        _ => &[Want::Date],
    }
}

/// Whether a document looks ahead over a period.
fn plans(dossier: &Dossier) -> bool {
    matches!(dossier.kind, Kind::Strategy | Kind::Plan)
}

fn says(dossier: &Dossier, want: Want) -> bool {
    let stated = dossier.stated;
    // Who approved an earlier version says nothing of a draft.
    let draft = dossier.facts.status.as_ref().is_some_and(|status| status.value == Status::Draft);
    match want {
        Want::Date => dossier.facts.date.is_some() || stated.date,
        Want::Owner => dossier.facts.owner.is_some() || stated.owner,
        Want::Approval => dossier.facts.approved_by.is_some() || stated.approval && !draft,
        // What plans for some years is looked at again when they end.
        Want::ReviewDate => {
            stated.review || dossier.facts.review_due.is_some() || plans(dossier) && dossier.facts.period_end.is_some()
        }
    }
}

/// What a document does not state although its evidence type wants it; a review date alone does not weaken.
pub fn wanting(dossier: &Dossier, rule: &EvidenceType) -> Vec<String> {
    let wants = rule.wants.as_deref().unwrap_or_else(|| wants_of(dossier.kind));
    let lacks = |want: &&Want| **want != Want::ReviewDate && !says(dossier, **want);
    wants.iter().filter(lacks).map(|want| format!("it does not state its {want}")).collect()
}

/// Whether a document is too old on a day: older than its window, or the period that it plans for has ended.
pub fn is_stale(dossier: &Dossier, fresh: Option<Window>, as_of: Day) -> bool {
    let old = fresh.zip(dossier.facts.date.as_ref()).is_some_and(|(fresh, date)| date.value < as_of.minus(fresh));
    old || plans(dossier) && dossier.facts.period_end.as_ref().is_some_and(|end| end.value < as_of)
}

/// The findings of a document whatever it is evidence for.
pub fn document(dossier: &Dossier, as_of: Day) -> Vec<Finding> {
    let path = &dossier.path;
    if let Some(unread) = &dossier.unread {
        return vec![not_read(unread).in_document(path).stamped("")];
    }
    let mut findings: Vec<Finding> =
        dossier.cut.iter().map(|cut| read_in_part(cut).in_document(path).stamped(cut)).collect();
    if let Some(message) = misnamed(path, dossier.format) {
        let help = "give it the ending that fits, or whoever opens it by its name may be told that it is damaged";
        let finding = Finding::new(Check::Unreadable, message, help).with_severity(Severity::Advice);
        findings.push(finding.in_document(path).stamped("name"));
    }
    let facts = &dossier.facts;
    if let Some(status) = facts.status.as_ref().filter(|status| status.value == Status::Draft) {
        let message = "it says that it is a draft";
        let help = "file the approved version; a reviewer cannot rely on a draft";
        findings.push(
            Finding::new(Check::Draft, message, help)
                .with_excerpt(status.excerpt.clone())
                .in_document(path)
                .stamped(""),
        );
    }
    // A blank form is meant to be filled in elsewhere: that it is blank is said once.
    let (blank, most) = if dossier.kind == Kind::Template { (true, 1) } else { (false, usize::MAX) };
    for excerpt in dossier.placeholders.iter().take(most) {
        let help = "fill it in, or take it out; it shows that a template was not made the organisation's own";
        let finding = Finding::new(Check::Placeholder, "template text was left unfilled", help);
        let mut finding = finding.with_excerpt(Some(excerpt.clone())).in_document(path).stamped("");
        if blank {
            finding.severity = Severity::Advice;
        }
        findings.push(finding);
    }
    if let Some((due, last)) =
        facts.review_due.as_ref().map(|due| (due, last_day(due))).filter(|(_, last)| *last < as_of)
    {
        let days = last.days_until(as_of);
        let ago = in_words(Window::days(u16::try_from(days).unwrap_or(u16::MAX)));
        let message = format!("its review was due by {}, {ago} ago", last.in_words());
        let help = "review it and record the new date, or minute the extension and who agreed it";
        let finding = Finding::new(Check::ReviewOverdue, message, help).with_excerpt(due.excerpt.clone());
        findings.push(finding.in_document(path).stamped(""));
    }
    findings.extend(versions::put_away(dossier));
    findings.extend(versions::tracked_changes(dossier));
    findings.extend(unstated(dossier));
    findings.extend(dossier.actions.iter().flat_map(|action| action_findings(action, dossier, as_of)));
    for data in &dossier.personal {
        let (message, severity) = match data.kind {
            PersonalKind::NhsNumber => ("an NHS number stands in it", Severity::Error),
            PersonalKind::TestNhsNumber => ("an NHS number of the test range stands in it", Severity::Advice),
        };
        let help = "check whether it is needed; take it out before the folder is shared, and tell the information governance lead";
        let finding = Finding::new(Check::PersonalData, message, help).with_severity(severity);
        findings.push(finding.with_excerpt(Some(data.excerpt.clone())).in_document(path).stamped(""));
    }
    findings
}

/// The findings of NHS numbers in the name of a document or of a folder above it. `seen` holds the paths of those that were
/// told already: the name of a folder is told once.
pub fn in_name(dossier: &Dossier, seen: &mut BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for named in personal::in_name(&dossier.path) {
        let own = named.part == dossier.path;
        if !seen.insert(format!("{} {}", named.part, named.excerpt.start)) {
            continue;
        }
        let whose = if own { "its name" } else { "the name of a folder or file that it lies in" };
        let (number, severity) = match named.kind {
            PersonalKind::NhsNumber => ("an NHS number", Severity::Error),
            PersonalKind::TestNhsNumber => ("an NHS number of the test range", Severity::Advice),
        };
        let help =
            "give it a name without the number; names are seen in lists, links and mails by people who never open it";
        let finding = Finding::new(Check::PersonalData, format!("{number} stands in {whose}"), help);
        let finding = finding.with_severity(severity).with_excerpt(Some(named.excerpt)).in_document(&dossier.path);
        findings.push(finding.stamped(whose));
    }
    findings
}

/// The check that finds an unstated fact, and the fact in words.
fn unstated_check(want: Want) -> (Check, &'static str) {
    match want {
        Want::Date => (Check::NoDate, "its date"),
        Want::Owner => (Check::NoOwner, "who owns it"),
        Want::Approval => (Check::NoApproval, "who approved it"),
        Want::ReviewDate => (Check::NoReviewDate, "when it is to be reviewed"),
    }
}

/// The last day on which a review is in time: where the document names a month only, the end of that month.
fn last_day(due: &Fact<Day>) -> Day {
    let names_day = |excerpt: &Excerpt| {
        excerpt.quote.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "1" | "01" | "1st" | "01st"))
    };
    if due.value.day() != 1 || due.excerpt.as_ref().is_none_or(names_day) {
        return due.value;
    }
    due.value.plus(Window::months(1)).plus_days(-1)
}

/// Whether a document says one thing at least that controlled documents say of themselves.
fn is_controlled(dossier: &Dossier) -> bool {
    let facts = &dossier.facts;
    facts.version.is_some() || facts.owner.is_some() || facts.approved_by.is_some() || facts.review_due.is_some()
}

/// What a controlled document, or evidence without a date, does not say of itself. Plans are controlled where they are
/// evidence: a strategy's delivery plan is, a plan of care or of a building is not.
fn unstated(dossier: &Dossier) -> Vec<Finding> {
    let is_evidence = !dossier.evidence.is_empty();
    let wants: &[Want] = match dossier.kind {
        // A handbook page or a report on a strategy is easily taken for one of these: where it is evidence of nothing, it is
        // controlled only if it carries some sign of that.
        Kind::Procedure | Kind::Strategy | Kind::TermsOfReference if !is_evidence && !is_controlled(dossier) => &[],
        Kind::Policy | Kind::Procedure | Kind::Strategy | Kind::TermsOfReference => Want::ALL,
        // A workbook of actions is kept up as they are done: nobody approves or reviews it as a whole.
        Kind::Plan if is_evidence && is_workbook(dossier.format) => &[Want::Date, Want::Owner],
        Kind::Plan if is_evidence => Want::ALL,
        _ if is_evidence => &[Want::Date],
        _ => &[],
    };
    let finding = |want: &Want| {
        let (check, words) = unstated_check(*want);
        let help = format!("add a line near the top that says {words}, with a plain label");
        Finding::new(check, format!("it does not say {words}"), help).in_document(&dossier.path).stamped("")
    };
    wants.iter().filter(|want| !says(dossier, **want)).map(finding).collect()
}

/// Whether a document would say so if an action were done: it keeps a record of that, or it was written after the due date.
/// The minutes of a meeting and a report of one day do not say what became of their actions since.
fn tells_what_is_done(action: &Action, dossier: &Dossier, due: Day) -> bool {
    let living = matches!(dossier.kind, Kind::Register | Kind::Plan);
    living || action.followed || dossier.facts.date.as_ref().is_some_and(|date| due < date.value)
}

/// Whether an action without a day comes back by itself: what minutes give to somebody is asked for at the next meeting, and
/// so is what names a meeting, a time of the year or how often it is done.
fn comes_back(action: &Action, dossier: &Dossier) -> bool {
    const VAGUE: [&str; 10] = [
        "ongoing",
        "on-going",
        "on going",
        "asap",
        "as soon as possible",
        "in due course",
        "continuous",
        "rolling",
        "tbc",
        "to be",
    ];
    const TIMES: [&str; 14] = [
        "meeting",
        "board",
        "committee",
        "agenda",
        "quarter",
        "q1",
        "q2",
        "q3",
        "q4",
        "month",
        "week",
        "spring",
        "summer",
        "autumn",
    ];
    const OFTEN: [&str; 9] =
        ["daily", "fortnightly", "annually", "yearly", "every", "winter", "each", "half-year", "year"];
    let said = action.due_words.as_ref().map_or(String::new(), |words| words.to_lowercase());
    let has = |list: &[&str]| list.iter().any(|one| said.contains(one));
    if has(&VAGUE) {
        return false;
    }
    dossier.kind == Kind::Minutes && action.owner.is_some() || has(&TIMES) || has(&OFTEN) || names_month(&said)
}

/// Whether words name a month or hold a day in figures: "14 Dec" in a log that does not say its year.
fn names_month(said: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = said.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.len() <= 9 && MONTHS.iter().any(|month| word.starts_with(month)))
        || said.contains('/') && said.chars().filter(char::is_ascii_digit).count() >= 2
}

fn is_workbook(format: Format) -> bool {
    matches!(format, Format::Xlsx | Format::Xls | Format::Ods | Format::Csv)
}

fn action_findings(action: &Action, dossier: &Dossier, as_of: Day) -> Vec<Finding> {
    let path = &dossier.path;
    if action.progress == Progress::Closed {
        return Vec::new();
    }
    let finding = |check: Check, message: String, help: &str| {
        Finding::new(check, message, help)
            .with_excerpt(Some(action.excerpt.clone()))
            .in_document(path)
            .stamped(&action.text)
    };
    let mut findings = Vec::new();
    if let Some(due) = action.due.filter(|due| *due < as_of && tells_what_is_done(action, dossier, *due)) {
        let message = format!("this action was due on {} and is still open", due.in_words());
        findings.push(finding(
            Check::OverdueAction,
            message,
            "close it with its proof, or record a new date and who agreed it",
        ));
    }
    if action.owner.is_none() {
        let help = "name a role; an action without an owner is seldom done";
        findings.push(finding(Check::ActionWithoutOwner, "nobody owns this action".to_string(), help));
    }
    if action.due.is_none() && !comes_back(action, dossier) {
        let said = action.due_words.as_ref().map_or(String::new(), |words| format!(" (it says \"{words}\")"));
        findings.push(finding(Check::ActionWithoutDate, format!("this action has no end date{said}"), "give it a day"));
    }
    findings
}

fn not_read(unread: &Unread) -> Finding {
    let check = match unread {
        Unread::NoText(_) => Check::NoText,
        Unread::NotLocal(_) => Check::NotLocal,
        Unread::Encrypted => Check::Encrypted,
        Unread::Unreadable(_) => Check::Unreadable,
        Unread::Unsupported(_) | Unread::Own => Check::Unsupported,
    };
    Finding::new(check, unread.to_string(), check.remedy())
}

/// Whether a document claims that something became better. Rules and records of what others said claim nothing.
fn claims_improvement(dossier: &Dossier) -> bool {
    let account = !matches!(
        dossier.kind,
        Kind::Policy
            | Kind::Procedure
            | Kind::Strategy
            | Kind::TermsOfReference
            | Kind::Minutes
            | Kind::Agenda
            | Kind::Template
            | Kind::Register
            | Kind::Declaration
    );
    account && dossier.claim.is_some()
}

/// A limit stopped the reading, or a part of the document is damaged.
fn read_in_part(cut: &str) -> Finding {
    let help = "what was left out does not count; divide the document, or file the part that matters by itself";
    Finding::new(Check::Unreadable, format!("it was read in part; left out: {cut}"), help)
}

/// The findings of a document as evidence of a type.
pub fn evidence(dossier: &Dossier, evidence: &Evidence, rule: &EvidenceType, expectations: &[String]) -> Vec<Finding> {
    let excerpt = evidence.because.first().and_then(|reason| reason.excerpt.clone());
    let about = |mut finding: Finding, subject: &str| {
        finding.expectations = expectations.to_vec();
        finding
            .in_document(&dossier.path)
            .with_rule(Some(rule.place.clone()))
            .with_excerpt(excerpt.clone())
            .stamped(subject)
    };
    let mut findings = Vec::new();
    // A statement and the record of a meeting speak for the body that makes them.
    let own_word = matches!(dossier.kind, Kind::Declaration | Kind::Minutes);
    let excused = |want: Want| own_word && matches!(want, Want::Owner | Want::Approval);
    let asked = |want: &&Want| !excused(**want) && !says(dossier, **want);
    for want in rule.wants.iter().flatten().filter(asked) {
        let already = wants_of(dossier.kind).len() > 2 || *want == Want::Date;
        if !already {
            let (check, words) = unstated_check(*want);
            let help = format!("add a line near the top that says {words}, with a plain label");
            findings.push(about(Finding::new(check, format!("as {} it does not say {words}", rule.title), help), ""));
        }
    }
    if dossier.words < FEW_WORDS {
        let message = format!("as {} it holds hardly any text ({} words)", rule.title, dossier.words);
        findings.push(about(Finding::new(Check::LacksElement, message, "file the whole document"), "text"));
        return findings;
    }
    for id in &evidence.lacking {
        let Some(element) = rule.elements.iter().find(|one| &one.id == id) else { continue };
        let message = format!("as {} it lacks {}", rule.title, element.title);
        findings.push(about(Finding::new(Check::LacksElement, message, element.help.clone()), id));
    }
    if dossier.result.is_none() && (rule.measured || claims_improvement(dossier)) {
        let message = format!("as {} it claims improvement and gives no measured result", rule.title);
        let help = "give the figure before and after, its unit and the period; a reviewer asks what changed for people";
        let mut finding = about(Finding::new(Check::NoOutcome, message, help), "");
        if let Some(claim) = &dossier.claim {
            finding = finding.with_excerpt(Some(claim.clone())).stamped("");
        }
        findings.push(finding);
    }
    findings
}

/// Documents named as the closest to what is missing.
const CLOSEST: usize = 3;

/// A required expectation without evidence; names the closest documents.
pub fn missing(expectation: &Expectation, title: &str, rule: Option<&EvidenceType>, dossiers: &[Dossier]) -> Finding {
    let mut near: Vec<(bool, std::cmp::Reverse<u32>, &str, &str)> = dossiers
        .iter()
        .flat_map(|dossier| dossier.near.iter().map(move |near| (dossier, near)))
        .filter(|(_, near)| expectation.evidence.contains(&near.evidence))
        .map(|(dossier, near)| {
            (near.lacked == MENTIONED, std::cmp::Reverse(near.score), dossier.path.as_str(), near.lacked.as_str())
        })
        .collect();
    near.sort_unstable();
    // Most folders mention most things; one such document is enough to look at.
    let named = near.iter().filter(|one| !one.0).count().clamp(1, CLOSEST);
    let mut help = format!("Why: {}", expectation.why);
    if let Some(rule) = rule.filter(|rule| !rule.strong.is_empty()) {
        help.push_str(&format!("\nStrong evidence: {}", rule.strong));
    }
    if !near.is_empty() {
        let words = |(_, _, path, lacked): &(_, _, &str, &str)| format!("\"{path}\" ({lacked})");
        let closest: Vec<String> = near.iter().take(named).map(words).collect();
        help.push_str(&format!("\nClosest: {}", closest.join("; ")));
    }
    Finding::new(Check::Missing, format!("no {title} was found"), help)
        .for_expectation(&expectation.id)
        .with_rule(Some(expectation.place.clone()))
        .stamped("")
}

/// A window as people say it: 45 months, not 1368 days; years where months say little.
fn in_words(window: Window) -> String {
    match window.about_days() {
        days if days >= 5 * 365 => format!("{} years", days / 365),
        days if days >= 90 => format!("{} months", (days * 12 + 182) / 365),
        _ => window.to_string(),
    }
}

/// Too few of a series, a hole in it, or nothing fresh.
pub fn series(
    expectation: &Expectation,
    rule: &EvidenceType,
    support: &[Support],
    dossiers: &[Dossier],
    as_of: Day,
) -> Vec<Finding> {
    let days: BTreeSet<Day> = support
        .iter()
        .filter_map(|one| dossiers[one.document].facts.date.as_ref().map(|fact| fact.value))
        .filter(|day| *day <= as_of)
        .collect();
    let about = |check: Check, message: String, help: &str| {
        let mut finding = Finding::new(check, message, help)
            .for_expectation(&expectation.id)
            .with_rule(Some(expectation.place.clone()));
        finding.path = support.first().map(|one| dossiers[one.document].path.clone());
        finding.stamped("")
    };
    let mut findings = Vec::new();
    let fresh = crate::judge::window(expectation, rule);
    if let (Some(fresh), Some(newest)) =
        (fresh, days.last().filter(|newest| fresh.is_some_and(|fresh| **newest < as_of.minus(fresh))))
    {
        let message = format!(
            "the newest {} is of {}; it should be no older than {}",
            rule.title,
            newest.in_words(),
            in_words(fresh)
        );
        findings.push(about(Check::Stale, message, "file the latest one; a reviewer judges today, not then"));
    }
    let wanted = usize::from(expectation.series.unwrap_or(rule.series));
    let Some(every) = expectation.every.or(rule.every).filter(|_| wanted > 1) else { return findings };
    let reach = i64::try_from(wanted).unwrap_or(i64::MAX).saturating_mul(with_grace(every).about_days());
    let recent: Vec<Day> = days.into_iter().filter(|day| day.days_until(as_of) <= reach).collect();
    let hole = recent.windows(2).find(|pair| pair[0].days_until(pair[1]) > with_grace(every).about_days());
    if recent.len() < wanted {
        let every = every.to_string();
        let every = every.strip_prefix("1 ").unwrap_or(&every);
        let message = format!("{}: {} on file where one every {every} would give {wanted}", rule.title, recent.len());
        findings.push(about(Check::TooFew, message, "file the others; a series shows that it is a habit"));
    } else if let Some(pair) = hole {
        let message =
            format!("the series of {} has a hole from {} to {}", rule.title, pair[0].in_words(), pair[1].in_words());
        findings.push(about(Check::TooFew, message, "file what belongs between, or say why there was none"));
    }
    findings
}

/// A line that rests on too few categories of evidence.
pub fn single_category(line: &Line, categories: &BTreeSet<Category>) -> Finding {
    let there: Vec<&str> = categories.iter().map(|category| category.words()).collect();
    let message = format!(
        "{} rests on {} only, and asks for {} categories of evidence",
        line.id,
        there.join(" and "),
        line.categories_wanted
    );
    let help = "add what people and staff say, or what was measured; documents about processes alone do not convince";
    Finding::new(Check::SingleCategory, message, help)
        .for_expectation(&line.id)
        .with_rule(Some(line.place.clone()))
        .stamped("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::text::{Place, Role, Span, Text};

    fn due(words: &str, day: &str) -> Day {
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::at_line(1, 1), words);
        let text = builder.finish();
        let excerpt = Some(text.excerpt(Span::new(0, words.len())));
        last_day(&Fact { value: day.parse().unwrap(), source: Source::Title, excerpt })
    }

    #[test]
    fn a_review_due_in_a_month_is_in_time_until_its_end() {
        assert_eq!(due("October 2026", "2026-10-01").to_string(), "2026-10-31");
        assert_eq!(due("1 October 2026", "2026-10-01").to_string(), "2026-10-01");
        assert_eq!(due("01/10/2026", "2026-10-01").to_string(), "2026-10-01");
        assert_eq!(due("14 October 2026", "2026-10-14").to_string(), "2026-10-14");
    }
}
