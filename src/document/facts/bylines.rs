//! What a document says of itself without a label: in the lines under its title (`Prepared by Jo Marsh, Head of Risk. 21 May
//! 2026`), in a caption over a sheet (`Kept by the Registered Manager, last entry 2 October 2026`), in a sentence that begins
//! `This policy` (`was ratified by the Board on 3 May and is due for review in May 2028`), in the imprint at its end.
//!
//! The words are taken apart into phrases; a phrase counts by how it begins.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::byline_days::day_use;
use super::labels::{Field, Labels, Use, has_word};
use super::loose::single;
use super::pairs::{Pair, Trust, lines};
use super::phrases::{is_person, name_end, phrases};
use super::{people, version};
use crate::day::{Precision, find_days};
use crate::document::Source;
use crate::phrase::pattern;
use crate::text::{Block, Role, Span, Text};

/// Blocks of the body from the top that may be bylines.
const TOP: usize = 7;
/// Blocks at the end that may be an imprint.
const END: usize = 3;
/// Blocks from the top in which `This policy will be reviewed by ...` is looked for.
const SENTENCES: usize = 400;
/// Bytes of the longest paragraph that may be a byline.
const LONG: usize = 480;
/// What comes of a byline ranks behind every label.
pub(super) const RANK: usize = 1000;

static BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:(prepared|written|compiled|produced|kept|maintained|led|made|signed|run|held|looked after|put together|pulled together|penned|written up|drawn up|filled in|filled out|brought up to date|typed up|posted|stuck up|put up|carried out|exported|export|analysed|updated|presented|completed|drafted|authored|collected|collated|issued|commissioned|recorded|owned|managed|created|visited|assessed|last reviewed|reviewed|audit|report|review|evaluation|note|paper|letter|record|survey|project|assessment|statement|presentation|summary|briefing|account|poster|story|work)\b[^.:;]{0,90}?\b(?:by|from)|from|contact|report of)(?-i: +)((?:the +)?(?:[A-Z]|(?:[a-z]+ ){0,2}(?:manager|lead|team|nurse|officer|director|chair|desk|partners?|deputy|matron|secretary|clerk|administrator|coordinator|individual)\b).*)$",
    )
});

static APPROVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:(?:formally |finally )?(?:approved|agreed|ratified|adopted|endorsed|signed off|accepted|authorised)(?: and \w+)?,? (?:by|at|in)|agreed with) +((?:the +|our +|a meeting of the +)?\S.*)$",
    )
});

/// What a cell beside the caption of a sheet begins with.
static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:printed|as at|position at|updated|brought up to date|filled in|taken by|received by|last updated|refreshed|run|exported|extracted|correct at|issued|kept by|held by|owned by|maintained by|prepared by|compiled by)\b.{3,80}$",
    )
});

static BODY_APPROVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^((?:[A-Z][\w’'&-]*|and|of|the)(?: (?:[A-Z][\w’'&-]*|and|of|for)){0,7}):? (?i:approved|approval|agreed|ratified|adopted|signed off)(?: on| in)?:? (\d.{3,40}|[A-Z][a-z]{2,8} .{2,30})$",
    )
});

static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:the )?(?:next|due for|for|to be|date of next|review|reviewed again|reviewed next|next reviewed|refreshed|renewed|it expires|expires|lapses|revisit|withdraw)\b(?:[^.;\d]{0,60}?)|reviewed (?:by|before|in|no later than|on or before)) *",
    )
});

/// What a sentence about the document begins with before the word that counts.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:and |it |this |the |which |document |policy |statement |strategy |plan |procedure |framework |version |memorandum |agreement |deed |guideline |report |register |charter |terms of reference |terms |minutes |these |they |its |was |is |were |are |will be |shall be |has been |have been |will |shall |must be |should be |is to be )+",
    )
});

pub(super) static ITSELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:This|These) (?:policy|document|statement|strategy|plan|procedure|framework|version|memorandum|agreement|deed|guideline|guide|report|register|charter|terms|minutes|protocol|sop|leaflet|handbook|page|log|paper|programme|Memorandum|Agreement|Policy|Plan|Statement|Strategy|Deed|Framework|Procedure|Guideline|Charter|Protocol)\b|It is (?:owned|due)|This is (?:version|issue|edition)\b|(?:They|It) (?:shall|will) be reviewed|The (?:policy|document|strategy|plan|procedure|framework) (?:was|is|will)\b)",
    )
});

/// What bylines, captions, sentences and imprints say.
pub(super) fn pairs(text: &Text, labels: &Labels) -> Vec<Pair> {
    let mut found = Vec::new();
    let blocks = text.blocks();
    let body: Vec<(usize, &Block)> = blocks
        .iter()
        .enumerate()
        .take(SENTENCES)
        .filter(|(_, block)| matches!(block.role, Role::Title | Role::Heading(_) | Role::Paragraph | Role::ListItem))
        .collect();
    let mut prose = 0;
    for (number, (block, zone)) in zones(text, &body).into_iter().enumerate() {
        // `Provider: Beck Care. Nominated individual: Judy Fern, who visits. Deputy: ...` is text, though near the top.
        let words = text.block_text(block);
        if zone == Zone::Top && number >= 3 && words.len() > 160 && words.matches(". ").count() >= 2 {
            continue;
        }
        if text.block_text(block).len() > LONG {
            prose += 1;
            continue;
        }
        for line in lines(text, block) {
            let first = found.len();
            for phrase in phrases(text.slice(line)) {
                let span = Span::new(line.start + phrase.start, line.start + phrase.end);
                let zone = if prose > 0 && zone == Zone::Top { Zone::Sentence } else { zone };
                let from = found.len();
                phrase_pairs(text, span, zone, labels, &mut found);
                // `1. Rota. Agreed.` is what a meeting came to.
                let item = block.role == Role::ListItem || text.slice(line).starts_with(|c: char| c.is_ascii_digit());
                let mut at = 0;
                found.retain(|pair: &Pair| {
                    at += 1;
                    let status = pair.uses.iter().any(|(field, _)| *field == Field::Status);
                    at <= from || !item || !status || text.slice(pair.value).to_lowercase().starts_with("draft")
                });
            }
            brings(found.get_mut(first..).unwrap_or_default());
        }
    }
    // A letter is from who signs it, not to whom it goes; a pledge of several is nobody's alone.
    let letter = text.blocks().iter().take(14).any(|block| text.block_text(block).starts_with("Dear "));
    let end = body.iter().rev().nth(END).map_or(usize::MAX, |(_, block)| block.span.end);
    let signers = found.iter().filter(|pair| pair.label == SIGNED && pair.value.start > end).count();
    found.retain(|pair| pair.label != SIGNED || if pair.value.start > end { signers < 2 } else { !letter });
    found.extend(super::sentences::pairs(text, labels));
    found
}

/// `Bridie Hallam, Chief Nurse. Prepared by Rowan Askwith, Head of Patient Experience.`: who stands there besides the one who
/// prepared it brings it, and answers for it.
fn brings(line: &mut [Pair]) {
    let prepared = line.iter().any(|pair| pair.label == "prepared" || pair.label == "written");
    for pair in line.iter_mut().filter(|pair| prepared && pair.label == SIGNED) {
        pair.uses = vec![(Field::Owner, RANK + 5)];
    }
}

/// The label of a person who stands there without a word.
const SIGNED: &str = "signed";

/// Where a phrase stands, which decides what may be read from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Near the title: all of it.
    Top,
    /// At the end: who made it and when, if words say so.
    End,
    /// A sentence that begins `This policy`: the same.
    Sentence,
    /// In a page header or footer.
    Edge,
}

fn zones<'t>(text: &'t Text, body: &[(usize, &'t Block)]) -> Vec<(&'t Block, Zone)> {
    let mut found: Vec<(&Block, Zone)> = Vec::new();
    let (mut named, mut titled, mut said) = (false, false, false);
    let cell = text.blocks().iter().position(|block| matches!(block.role, Role::Cell { .. })).unwrap_or(usize::MAX);
    for (number, (at, block)) in body.iter().enumerate() {
        let heading = block.role.heading_level().is_some();
        // Below the first heading of a part the text itself begins.
        let part = !matches!(block.role, Role::Heading(1)) || titled && said;
        if number >= TOP || heading && (named || *at > cell) && part {
            break;
        }
        titled |= heading;
        said |= !heading && text.block_text(block).trim_end().ends_with('.');
        named |= number > 0 && !heading;
        if !heading {
            found.push((block, Zone::Top));
        }
    }
    // A caption over a table has a row to itself.
    let tables = super::pairs::tables(text);
    for block in text.blocks().iter().take(8) {
        let Role::Cell { table, row, .. } = block.role else { continue };
        let cells = tables.get(&table).and_then(|rows| rows.get(&row));
        let alone = cells.is_some_and(|cells| cells.len() == 1);
        // `Estates risk register | Risk lead: Head of Estates | Printed 14/09/2026`
        let made = row < 2 && cells.is_some_and(|cells| cells.len() <= 4) && CAPTION.is_match(text.block_text(block));
        if alone && row < 5 || made {
            found.push((block, Zone::Top));
        }
    }
    let near = found.len();
    for (_, block) in body.iter().rev().take(END) {
        if block.role == Role::Paragraph && !found[..near].iter().any(|(one, _)| one.span == block.span) {
            found.push((block, Zone::End));
        }
    }
    // `Checked at the visit of 20/10/2026; last entry 02/11/2026` below a log.
    for block in text.blocks().iter().rev().take(END) {
        let Role::Cell { table, row, .. } = block.role else { break };
        let alone = tables.get(&table).and_then(|rows| rows.get(&row)).is_some_and(|cells| cells.len() == 1);
        if alone && !found.iter().any(|(one, _)| one.span == block.span) {
            found.push((block, Zone::End));
        }
    }
    for block in text.blocks().iter().filter(|block| matches!(block.role, Role::Header | Role::Footer)).take(12) {
        found.push((block, Zone::Edge));
    }
    for (_, block) in body {
        let told = found.iter().any(|(one, _)| one.span == block.span);
        if !told && block.role == Role::Paragraph && ITSELF.is_match(text.block_text(block)) {
            found.push((block, Zone::Sentence));
        }
    }
    found
}

fn phrase_pairs(text: &Text, span: Span, zone: Zone, labels: &Labels, found: &mut Vec<Pair>) {
    let whole = text.slice(span);
    let lead = if matches!(zone, Zone::Top | Zone::Edge)
        && !ITSELF.is_match(whole)
        && !whole.starts_with(|c: char| c.is_lowercase())
    {
        0
    } else {
        LEAD.find(whole).map_or(0, |lead| lead.end())
    };
    let words = &whole[lead..];
    let from = span.start + lead;
    let mut add = |label: &str, uses: Vec<Use>, value: Range<usize>| {
        let value = Span::new(from + value.start, from + value.end);
        let edge = zone == Zone::Edge;
        let source = if edge { Source::HeaderOrFooter } else { Source::Sentence };
        let trust = if edge { Trust::Edge } else { Trust::Byline };
        found.push(Pair { label: label.to_string(), uses, value, source, trust });
    };
    // What has a label is read as such.
    if words.is_empty() {
        return;
    }
    if let Some((label, value)) = words.split_once(':').filter(|(label, _)| label.len() < 60) {
        let mut uses = labels.uses(label).to_vec();
        if uses.is_empty() {
            uses = super::guess::uses(label, value, labels);
        }
        if !uses.is_empty() {
            let start = words.len() - value.trim_start().len();
            uses.iter_mut().for_each(|one| one.1 += RANK / 2);
            add(label, uses, start..words.len());
            return;
        }
    }
    let lower = words.to_lowercase();
    let all = 0..words.len();
    let said = whole[..lead].to_lowercase();
    let ahead = ["will", "shall", "must", "to be", "should"].iter().any(|word| has_word(&said, word));
    let again = ["reviewed", "revised", "refreshed", "renewed", "updated", "rewritten"];
    if ahead && again.iter().any(|word| lower.starts_with(word)) {
        if let Some(day) = find_days(words, None).first() {
            add("review", vec![(Field::ReviewDue, RANK)], day.start..words.len());
        }
        return;
    }
    if let Some(review) = REVIEW.find(words) {
        let after = &words[review.end()..];
        let day = find_days(after, None).first().is_some_and(|day| day.start < 25);
        let about = ["review", "due", "refresh", "renew", "expire", "update", "assessment", "audit"];
        // `Refreshed 21/09/2026` has happened; `refreshed by May 2028`, `to be refreshed in May 2028` have not.
        let done = ["refreshed", "renewed", "reviewed in", "reviewed on"].iter().any(|word| lower.starts_with(word))
            && !ahead
            && !["by ", "before ", "no later"].iter().any(|word| review.as_str().to_lowercase().ends_with(word));
        if day && !done && about.iter().any(|word| lower.contains(word)) && !lower.contains("meeting") {
            add("review", vec![(Field::ReviewDue, RANK)], review.end()..words.len());
            return;
        }
    }
    if ["next ", "last meeting", "previous "].iter().any(|start| lower.starts_with(start)) {
        return;
    }
    if let Some((hit, who)) = APPROVED.captures(words).and_then(|hit| Some((hit.get(0)?, hit.get(1)?))) {
        let asked = lower.contains(" asked to ");
        if hit.start() == 0 && !asked {
            let dated = !find_days(who.as_str(), None).is_empty();
            add("approved by", vec![(Field::ApprovedBy, RANK), (Field::ApprovalDate, RANK)], who.range());
            if dated {
                return;
            }
        }
    }
    // `Board approved 26/03/2026`, `Trust Board: agreed on 3 May 2026`.
    if let Some(hit) = BODY_APPROVED.captures(words)
        && let (Some(who), Some(day)) = (hit.get(1), hit.get(2))
        && people::is_body(who.as_str(), labels)
        && find_days(day.as_str(), None).first().is_some_and(|found| found.start < 4 && found.year_given)
    {
        add("approved by", vec![(Field::ApprovedBy, RANK)], who.range());
        add("approved on", vec![(Field::ApprovalDate, RANK)], day.range());
        return;
    }
    if let Some((verb, who)) = BY.captures(words).map(|hit| (hit.get(1), hit.get(2)))
        && let Some(who) = who
    {
        let verb = verb.map_or("from".to_string(), |verb| verb.as_str().to_lowercase());
        let name = name_end(who.as_str());
        let owns = [
            "kept",
            "maintained",
            "led",
            "owned",
            "managed",
            "presented",
            "made",
            "signed",
            "run",
            "looked after",
            "held",
        ]
        .contains(&verb.as_str());
        let rank = match verb.as_str() {
            "commissioned" => RANK + 9,
            "kept" | "maintained" | "owned" | "looked after" => RANK / 2,
            _ => RANK,
        };
        let skip = if who.as_str().starts_with("the ") { 4 } else { 0 };
        // `Report of the Mortality Review` is named after what it is about.
        let of = lower.starts_with("report of");
        let last = who.as_str()[..name].to_lowercase().split(' ').next_back().unwrap_or("").to_string();
        let of_nobody =
            of && !labels.words.people.contains(&last) && !is_person(&who.as_str()[skip.min(name)..name], labels);
        let any = ["each ", "every ", "all ", "any ", "our ", "a ", "an ", "both ", "two ", "some "];
        let any = of_nobody || any.iter().any(|word| who.as_str().starts_with(word));
        // Meetings and courses are held by groups.
        let keeper = verb != "held"
            || is_person(&who.as_str()[skip.min(name)..name], labels)
            || zone == Zone::Top && !people::is_body(&who.as_str()[..name], labels);
        if name > skip && !any && keeper && (zone == Zone::Top || verb != "from" && verb != "contact") {
            let field = if owns { Field::Owner } else { Field::Author };
            add(&verb, vec![(field, rank)], who.start() + skip..who.start() + name);
        }
    } else if !matches!(zone, Zone::Sentence | Zone::Edge) {
        let days = find_days(words, None);
        let rest = days.last().map_or(0, |day| day.end);
        let after = words[rest..].trim_start_matches([',', ' ']);
        let before = days.first().map_or("", |day| words[..day.start].trim_end_matches([',', ' ']));
        if is_person(after, labels) {
            add(SIGNED, vec![(Field::Author, RANK + 5)], words.len() - after.len()..words.len());
        } else if is_person(before, labels) {
            add(SIGNED, vec![(Field::Author, RANK + 5)], 0..before.len());
        }
    }
    let marked =
        ["version", "vers.", "ver.", "rev.", "iss.", "issue", "edition", "draft", "v", "final"].iter().any(|start| {
            lower
                .strip_prefix(start)
                .is_some_and(|rest| rest.trim_start().trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()))
        });
    let numbered = version::of_value(words).is_some() && (words.len() < 40 || zone != Zone::Top);
    let day = single(words);
    let is_day = day.as_ref().is_some_and(|day| day.start < 8) && !lower.starts_with('v');
    if marked && numbered && !is_day || lead >= 8 && whole[..lead].to_lowercase().ends_with("version ") && numbered {
        add("version", vec![(Field::Version, RANK)], all.clone());
    }
    let first = lower.split([',', ' ']).next().unwrap_or("");
    let after = lower.get(first.len()..).unwrap_or("").trim_start_matches([',', ' ', ':']);
    let follow = [
        "version",
        "issue",
        "for comment",
        "for consultation",
        "for discussion",
        "not ",
        "approved",
        "by ",
        "at ",
        "on ",
    ];
    let bare = after.is_empty()
        || after.starts_with(|c: char| c.is_ascii_digit())
        || after.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || follow.iter().any(|one| after.starts_with(one))
        || find_days(after, None).first().is_some_and(|day| day.start < 6);
    let status =
        ["draft", "final", "approved", "agreed", "ratified", "superseded", "withdrawn", "unconfirmed", "confirmed"];
    if status.contains(&first)
        && words.len() < 90
        && zone == Zone::Top
        && lower.split_whitespace().count() <= 12
        && bare
    {
        add("status", vec![(Field::Status, RANK)], 0..first.len());
    }
    // `Taken by the Finance Committee on 15 September 2026 and the Board on 24 September 2026`: the board's day.
    let last = find_days(words, None).into_iter().rfind(|last| last.precision == Precision::Day && last.year_given);
    let day = match (day, last) {
        (Some(first), Some(last)) if last.start > first.end && zone == Zone::Top => {
            let between = words[first.end..last.start].to_lowercase();
            let been =
                ["taken", "received", "seen", "considered", "discussed", "supported", "approved", "agreed", "heard"];
            let board = been.iter().any(|verb| lower.starts_with(verb))
                && ["board", "trustees", "governing body"].iter().any(|body| has_word(&between, body));
            Some(if board && between.len() < 50 { last } else { first })
        }
        (day, _) => day,
    };
    let Some(day) = day else { return };
    if let Some(use_) = day_use(&lower, &words[..day.start].to_lowercase(), zone, day.precision) {
        add("date", vec![use_], day.start..day.end);
    }
}
