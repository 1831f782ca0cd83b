//! Whole sentences in which a document says who answers for it and when it is looked at again: `The Medical Director is
//! accountable for this policy.`, `Responsibility for this plan rests with the Head of Estates.`, `We look at it again every
//! year, and will next do so in May 2027.`

use std::sync::LazyLock;

use regex::Regex;

use super::labels::{Field, Labels};
use super::pairs::{Pair, Trust};
use super::people;
use crate::day::find_days;
use crate::document::Source;
use crate::phrase::pattern;
use crate::text::{Role, Span, Text};

/// Blocks from the top, and from the end, in which such sentences are looked for.
const TOP: usize = 25;
const END: usize = 12;
/// Bytes of the longest paragraph that is read.
const LONG: usize = 700;
/// They rank behind labels and bylines.
const RANK: usize = 1100;

/// A name or a role, in words that begin with capitals but for the small ones between them.
const WHO: &str = r"(?P<who>[A-Z][\w’'.-]*(?:,? (?:[A-Z][\w’'-]*|of|for|and|the|to)){0,9})";
/// The document, as it speaks of itself.
const ITSELF: &str = r"(?:this|the) (?:policy|document|plan|strategy|procedure|guideline|guidance|framework|protocol|report|register|statement|sop|charter|programme|handbook)";

static OWNERS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        format!(r"(?:^|[.;] |The |the |Our ){WHO} (?:is|are|remains) (?:the )?(?:accountable|responsible|answerable|the owner|owner|lead|the lead|executive lead|policy lead)(?: officer| director| executive)?(?: to the Board| overall)? (?:for|of) {ITSELF}\b"),
        format!(r"(?:^|[.;] |The |the |Our ){WHO} (?:owns|leads on|leads|answers for|keeps|maintains|looks after) {ITSELF}\b"),
        format!(r"\bis (?:the )?{WHO}, who (?:is (?:responsible|accountable|answerable) for|owns|answers for|leads on|looks after) {ITSELF}\b"),
        format!(r"{WHO},? (?:owns|leads on|leads|answers for|keeps|maintains|looks after) it\b"),
        format!(r"(?i:responsibility|accountability|ownership) (?:for|of) {ITSELF} (?:rests with|lies with|sits with|is held by|belongs to|falls to) (?:the |our )?{WHO}"),
        format!(r"(?i:the (?:owner|lead|executive lead|lead director|responsible director|accountable director|sponsor|custodian) (?:of|for) {ITSELF}) is (?:the |our )?{WHO}"),
        format!(r"(?i:{ITSELF}) (?:belongs to|is owned by|is led by|is kept by|is the responsibility of|is maintained by|is looked after by) (?:the |our )?{WHO}"),
    ]
    .iter()
    .map(|words| pattern(words))
    .collect()
});

/// A role with its part in the document: `Director of Finance (executive lead for the Committee)`.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<who>[A-Z][\w’' ,-]{4,60}) \((?i:executive lead|lead executive|lead director|executive sponsor)(?: for [^)]{3,40})?\)",
    )
});

/// A paragraph that speaks of the document that it stands in.
static SPEAKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bthis (?:policy|document|plan|strategy|procedure|guideline|framework|protocol|report|register|charter|programme)\b",
    )
});

static AGAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:we|the \w+) (?:will|shall)|and (?:will|shall)|will) (?:next )?(?:formally )?(?:look at|review|revisit|refresh|rewrite|renew|return to|come back to|do so|be reviewed|be looked at|be refreshed|be revisited)(?: (?:this|it|so|next|(?:the|our|this) (?:policy|plan|strategy|document|procedure|guideline|guidance|framework|charter|statement|protocol|register|terms|programme)))*(?: again| next)*,? (?:in|by|on|before|no later than) (?P<day>\d?[^.;]{4,30})",
    )
});

/// `We look at this again in March 2027`, `The Trustees will look at it afresh in January 2028`, `Look at again: June 2027`, `To
/// be reviewed by both sides by 31 March 2027`, `We write the next in March 2027`.
static AFRESH: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let itself = r"(?:this|it|them|these|(?:the|this|our) (?:whole |entire )?(?:policy|plan|strategy|document|procedure|guideline|guidance|framework|charter|statement|protocol|register|terms|programme|agreement|memorandum))";
    [
        format!(r"(?i)\b(?:look(?:s|ed)?|looking|come|comes|coming|go|goes) (?:at |back to )?(?:{itself} )?(?:again|afresh|anew|next)\b(?: (?:after|every|at least)[^.;\d]{{3,30}},)?(?:,|:)? ?(?:(?:at|in) (?:the|our) [a-z’' ]{{3,30}}? )?(?:of|in|by|on|before|no later than)? ?(?P<day>\d?[^.;]{{4,30}})"),
        r"(?i)\b(?:to be|will be|shall be|must be|should be) (?:formally )?(?:reviewed|revised|refreshed|renewed|revisited|rewritten|looked at)(?: again| afresh)? (?:by|with|at) [a-z][^.;\d]{3,40}? (?:in|by|on|before|no later than) (?P<day>\d?[^.;]{4,30})".to_string(),
        r"(?i)\b(?:we|who|and|will|shall|to) (?:write|agree|make|bring out|publish|produce) the next(?: one| plan| strategy| version| edition)? (?:in|by|on|before) (?P<day>\d?[^.;]{4,30})".to_string(),
        r"(?i)\bnext (?:refresh|look|rewrite|update|check|revision|reading|renewal)(?: (?:is|due|is due|falls due|planned))?:? ?(?:in|by|on|before)? ?(?P<day>\d?[^.;]{4,30})".to_string(),
    ]
    .iter()
    .map(|words| pattern(words))
    .collect()
});

/// What such sentences say.
pub(super) fn pairs(text: &Text, labels: &Labels) -> Vec<Pair> {
    let mut found = Vec::new();
    let count = text.blocks().len();
    let near =
        text.blocks().iter().enumerate().filter(|(at, _)| *at < TOP || at + END >= count).map(|(_, block)| block);
    for block in near {
        let words = text.block_text(block);
        if !matches!(block.role, Role::Paragraph | Role::ListItem | Role::Title) || words.len() > LONG {
            continue;
        }
        let mut add = |label: &str, field: Field, rank: usize, start: usize, end: usize| {
            let value = Span::new(block.span.start + start, block.span.start + end);
            let uses = vec![(field, rank)];
            found.push(Pair { label: label.to_string(), uses, value, source: Source::Sentence, trust: Trust::Byline });
        };
        for pattern in OWNERS.iter() {
            let who = pattern.captures(words).and_then(|hit| hit.name("who"));
            let Some(who) = who else { continue };
            // `Each Manager is responsible for this policy in their team` names nobody.
            let lower = who.as_str().to_lowercase();
            // `leads it`: what was spoken of before.
            let it = pattern.as_str().ends_with(r"it\b");
            if it && !SPEAKS.is_match(words) {
                continue;
            }
            let any = ["each", "every", "all ", "any", "our ", "we", "staff", "everyone"]
                .iter()
                .any(|one| lower.starts_with(one));
            let skip = if lower.starts_with("the ") { 4 } else { 0 };
            if !any
                && super::guess::looks_like_somebody(&who.as_str()[skip..], labels)
                && people::owner(who.as_str()).is_some()
            {
                add("answers for it", Field::Owner, RANK, who.start() + skip, who.end());
            }
        }
        if let Some(who) = LEAD.captures(words).and_then(|hit| hit.name("who"))
            && super::guess::looks_like_somebody(who.as_str(), labels)
        {
            add("executive lead", Field::Owner, RANK + 50, who.start(), who.end());
        }
        let again = AGAIN.captures(words).and_then(|hit| hit.name("day"));
        if let Some(day) = again
            && find_days(day.as_str(), None).first().is_some_and(|found| found.start < 4 && found.year_given)
        {
            let end = find_days(day.as_str(), None).first().map_or(day.end(), |found| day.start() + found.end);
            add("next review", Field::ReviewDue, RANK, day.start(), end);
        }
        // An action is looked at again, too; a document is so near its top or at its very end.
        let told = AFRESH.iter().filter(|_| again.is_none()).find_map(|pattern| pattern.captures(words)?.name("day"));
        if let Some(day) = told
            && let Some(found) = find_days(day.as_str(), None).first().filter(|one| one.start < 4 && one.year_given)
        {
            add("next review", Field::ReviewDue, RANK + 10, day.start() + found.start, day.start() + found.end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Words;
    use crate::text::Place;

    fn said(words: &str) -> Vec<(Field, String)> {
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::at_paragraph(1), words);
        let text = builder.finish();
        let labels = Words::embedded().unwrap().labels;
        pairs(&text, &labels).iter().map(|pair| (pair.uses[0].0, text.slice(pair.value).to_string())).collect()
    }

    #[test]
    fn sentences_name_who_answers_for_it() {
        for (words, who) in [
            ("The Medical Director is accountable for this policy.", "Medical Director"),
            ("The Head of Estates and Facilities owns this plan.", "Head of Estates and Facilities"),
            ("The lead is Dr Olwen Marchbank, who is responsible for this policy.", "Dr Olwen Marchbank"),
            ("Responsibility for this procedure rests with the Head of Finance.", "Head of Finance"),
            ("The owner of this plan is the Deputy Chief Nurse.", "Deputy Chief Nurse"),
            ("This strategy belongs to the Chief People Officer.", "Chief People Officer"),
        ] {
            assert_eq!(said(words), [(Field::Owner, who.to_string())], "{words}");
        }
        for words in [
            "All managers are responsible for this policy in their teams.",
            "Each Manager is responsible for this policy.",
            "The Manager is responsible for the rota.",
            "Staff own this plan.",
        ] {
            assert!(said(words).is_empty(), "{words}");
        }
    }

    #[test]
    fn sentences_tell_when_it_is_looked_at_again() {
        for words in [
            "We look at it again every twelve months, and will next do so in May 2027.",
            "We will look at this again in May 2027.",
            "The Board will review the strategy again in May 2027, or sooner.",
            "It will be refreshed by May 2027.",
        ] {
            assert_eq!(said(words), [(Field::ReviewDue, "May 2027".to_string())], "{words}");
        }
        assert!(said("We will review the rota in the summer.").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_read(words in "(The |Nurse|é|’| is responsible for this policy|, who owns this plan| will |review it in|May 2027|\\.){0,12}") {
            said(&words);
        }
    }
}
