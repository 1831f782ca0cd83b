//! Improvement that is claimed, and results that were measured.

mod series;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::phrase::pattern;
use crate::text::{Excerpt, Role, Text};

/// A figure before and after (domain knowledge: a claim of improvement is measured when a number moved, with its unit).
static RESULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)
          \bfrom\s+(?:an?\s+|about\s+|around\s+|baseline\s+of\s+|average\s+of\s+|median\s+of\s+)*£?\d[\d.,]*\s*(?:%|per\s?cent|[a-z]+)?(?:\s+[a-z]+){0,6}?\s+to\s+(?:an?\s+|about\s+|around\s+|average\s+of\s+)*£?\d
        | \b(?:reduc|increas|improv|fell|fall|rose|rise|drop|declin|decreas|shorten|cut)\w*\b(?:\W+[a-z]+){0,6}?\W+(?:by|to)\s+(?:over\s+|about\s+|around\s+)?£?\d[\d.,]*
        | \bfrom\s+£?\d[\d.,]*\s*(?:%|per\s?cent|[a-z]+)?\s*\([^)\n]{1,40}\)\s+to\s+£?\d
        | \b\d[\d.,]*\s*(?:%|per\s?cent)?\s*(?:→|->)\s*\d
        | \d[\d.,]*\s*(?:%|per\s?cent)[^.\n]{0,60}\(\s*(?:it\s+)?(?:was|from|compared\s+with)\s+£?\d
        | \b\d[\d.,]*\s*(?:%|per\s?cent)?(?:\s+[a-z]+){0,3},?\s+(?:up|down)\s+from\s+(?:an?\s+|about\s+|average\s+of\s+|median\s+of\s+)*£?\d
        | \b(?:up|down)\s+(?:by\s+)?£?\d[\d.,]*\s*(?:%|per\s?cent)\s+(?:since|on|from|over|in)\b
        | \b(?:median|mean|average|rate|score|wait|time)\b(?:\s+[a-z]+){0,4}?\s+£?\d[\d.,]*\s*(?:%|per\s?cent|[a-z]+)?\s+to\s+£?\d[\d.,]*\s*(?:%|per\s?cent\b|per\b|a\s+(?:month|week|day)|days?\b|hours?\b|minutes?\b|min\b|weeks?\b)
        | \b(?:was|were)\s+(?:about\s+)?£?\d[\d.,]*\s*(?:%|per\s?cent|[a-z]+)?[^.\n]{0,50}\b(?:is|are|it\s+is)\s+now\s+(?:about\s+)?£?\d
        | \b\d[\d.,]*\s*(?:%|per\s?cent)[^.\n]{0,60}\bcompared\s+(?:with|to)\s+\d[\d.,]*\s*(?:%|per\s?cent)
        | \b\d[\d.,]*\s*%[^\n]{0,200}\n?[^\n]{0,120}\b(?:now|stood|stands|reached)\s+(?:at\s+)?\d[\d.,]*\s*%
        | \bbaseline\b[^.\n]{0,60}\d[\d.,]*[^.\n]{0,80}\b(?:now|after|current|latest|result|post|final)\b[^.\n]{0,40}\d
        | (?:^|[^\w-])(?:was\s+|of\s+)?\d[\d.,]*\s*%\s+(?:to|down\s+to|up\s+to|then)\s+\d[\d.,]*\s*%
        | \b\d[\d.,]*\s*%[\sa-z]{0,30}\((?:[^()%\n]{0,25}?\s)?\d[\d.,]*\s*%[^()\n]{0,30}\)
        | \b(?:up|down)\s+(?:by\s+)?£?\d[\d.,]*\s*(?:k|m|points?|percentage\s+points?|a\s+(?:day|week|month|year)|hours?|minutes?|days?|weeks?)\b
        | \b\d[\d.,]*\s*(?:%|per\s?cent|percentage\s+points?|points?)\s+(?:less|fewer|lower|higher|better|quicker|faster|shorter|sooner|(?:more\s+than|above|below|better\s+than|on)\s+(?:last|the\s+previous|the)\s+(?:year|time|quarter|baseline|audit|cycle|median|mean))\b
        | \b(?:reduc|increas|improv|fell|fall|rose|rise|drop|declin|decreas|shorten|cut|went\s+down|gone\s+down|came\s+down)\w*\b(?:\W+[a-z]+){0,6}?\W+by\s+(?:about\s+|almost\s+|nearly\s+|over\s+)?(?:a\s+)?(?:half|third|quarter|fifth|tenth|two[\s-]thirds|three[\s-]quarters)\b
        | \b(?:a|by)\s+(?:half|third|quarter|fifth|tenth)\s+(?:fewer|less|lower|shorter|quicker|more)\b
        | \bfrom\s+(?:an?\s+|about\s+|around\s+|nearly\s+)*(?:none|no|nil|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|£?\d[\d.,]*)\b(?:\s+[a-z%]+){1,5}?\s+(?:down\s+|up\s+)?to\s+(?:about\s+|just\s+|only\s+|nearly\s+)*(?:none|nil|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|£?\d[\d.,]*)(?:\s+(?:a|an|each|per|every)\b|\s*%|\s*[.,;)]|\s+(?:out\s+)?of\b|\s+(?:days?|weeks?|hours?|minutes?|falls?|errors?|months?)\b|\s*$)
        | \b\d[\d.,]*\s*(?:%|[a-z]+(?:\s[a-z]+)?)?\s*\((?:it\s+)?(?:was\s+|against\s+)?£?\d[\d.,]*\s*(?:%|[a-z]+)?\s*(?:before|last\s+(?:year|time|month|quarter|audit)|previously|at\s+(?:first|the\s+start|baseline)|in\s+(?:the\s+)?[a-z]*\s*(?:20)?\d\d[^()]{0,12}|the\s+(?:year|time|month|quarter)\s+before)\s*\)
        | \bbefore\b\s*/\s*\bafter\b\W{0,3}\d | \d[\d.,]*\s*%?[^.\n]{0,30}\bbefore\b[^.\n]{0,40}\d[\d.,]*\s*%?[^.\n]{0,30}\b(?:after|since|now|today)\b
        | \bbefore\b[^.\n]{0,40}\d[\d.,]*[^.\n]{0,40}\b(?:after|since|now)\b[^.\n]{0,40}\d
        | \bnow\s+(?:at\s+)?£?\d[\d.,]*\s*(?:%|[a-z]+(?:\s[a-z]+){0,2})?\W{1,3}(?:it\s+)?(?:was|were|from|against|compared\s+with)\s+£?\d
        | \b(?:\d+|six|seven|eight|nine|ten|twelve)\s+(?:consecutive\s+|successive\s+|weekly\s+|monthly\s+)?(?:data\s+)?points?\s+(?:in\s+a\s+row\s+|running\s+)?(?:now\s+)?(?:above|below|under|over|beneath|on\s+the\s+right\s+side)\b
        | \b(?:saved|saving|releas(?:ed|ing)|freed|avoided|cost\s+avoided)\b(?:\W+[a-z]+){0,4}?\W+(?:of\s+|about\s+|over\s+)?(?:£\d[\d.,]*|\d[\d.,]*\s*(?:hours?|minutes?|days?|bed[\s-]days?|nights?|appointments?|visits?|trips?|tonnes?|tco2e?|kwh|miles|sheets|gloves))
        | \b\d[\d.,]*\s*(?:kwh|tco2e?|tonnes?|hours?|minutes?|bed[\s-]days?)\b[^.\n]{0,25}\b(?:saved|avoided|freed|released)\b
        | \b(?:none|zero|not\s+one|nobody|no\s+(?:falls?|errors?|repeats?|harm|pressure\s+ulcers?|infections?|missed\s+\w+|cases|incidents?|late\s+\w+|complaints))\b[^.\n]{0,40}\b(?:since|for\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:days?|weeks?|months?|quarters?))\b
        | \b\d+\s+days\s+(?:without|since\s+(?:the|our|a)\s+last|free\s+of)\b
        | \b\d+\s*(?:\(\s*\d+\s*%\s*\))?\s+(?:[a-z]+\s+){0,2}(?:still\s+)?(?:showed?|held|kept|holding|sustain(?:ed|ing)|keep)\s+(?:on\s+to\s+)?(?:the|their|its)\s+(?:gains?|improvements?|changes?|results?)\b
        | \b(?:halved|doubled|trebled|tripled|quartered)\b[^.\n]{0,50}\d | \d[^.\n]{0,50}\b(?:halved|doubled|trebled|tripled)\b
        ",
    )
});

/// Words that claim that something became better. Intentions ("we will improve") and mere activity claim nothing.
static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)
          \b(?:significant|real|great|good|excellent|marked|clear|considerable|substantial|huge|strong|tremendous|fantastic|steady|big|massive|major|dramatic|remarkable|notable|noticeable|tangible|genuine|lasting|impressive|wonderful|amazing|measurable|sustained|visible)\s+
             (?:and\s+\w+\s+)?(?:improvements?|progress|success(?:es)?|impact|results?|strides|reductions?\s+in)\b
        | \b(?:has|have|had)\s+(?:all\s+|both\s+|now\s+|already\s+|really\s+|greatly\s+|significantly\s+|much\s+|also\s+|dramatically\s+|noticeably\s+|clearly\s+|vastly\s+|certainly\s+|definitely\s+|hugely\s+|massively\s+)*(?:improved|transformed|paid\s+off|got\s+better|become\s+better|revolutioni[sz]ed|turned\s+(?:things|it|the\s+\w+)\s+around|gone\s+from\s+strength\s+to\s+strength|made\s+(?:all\s+the|such\s+a)\s+difference)\b
        | \b(?:was|is|are|been|become|became|were)\s+(?:now\s+)?(?:so\s+)?(?:much|far|a\s+lot|really|noticeably|considerably|significantly|a\s+great\s+deal|greatly)\s+(?:better|quicker|safer|smoother|calmer|improved|faster|happier|easier|busier|more\s+(?:confident|efficient|engaged|positive|involved|responsive))\b
        | \b(?:real|big|huge|positive|great|lasting|massive|enormous|tremendous)\s+difference\b
        | \b(?:great|huge|real|big|resounding|outstanding|fantastic)\s+success\b | \bsuccessful\s+year\b
        | \b(?:led\s+to|resulted\s+in|brought(?:\s+about)?|delivered|seen|made|driven|achieved)\s+(?:a\s+number\s+of\s+|many\s+|several\s+|some\s+|numerous\s+|important\s+|real\s+)*improvements?\b
        | \b(?:feel|feels|felt)\s+(?:much\s+|far\s+)?(?:more|better)\b
        | \b(?:truly|fully|thoroughly|firmly|completely|well\s+and\s+truly)\s+(?:embedded|bedded\s+in)\b
        | \b(?:has|have)\s+(?:really\s+|completely\s+|truly\s+)?changed\s+the\s+culture\b
        ",
    )
});

/// The first measured result of a text: a number that moved, in words or in a table with a column before and one after.
pub fn measured(text: &Text) -> Option<Excerpt> {
    first(&RESULT, text)
        .or_else(|| before_and_after(text))
        .or_else(|| labelled(text))
        .or_else(|| series::over_time(text))
        .or_else(|| counted(text))
}

/// Shares of a whole that a document gives before it counts as one that measures: who claims without measuring gives none.
const SHARES: usize = 4;

/// A share of a whole: "91%", "56 of 61 sent in two days".
static SHARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b\d[\d.,]*\s*(?:%|per\s?cent\b)|\b\d+\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?\d+\b"));

/// Words before a figure that make it one to be reached, or a part that somebody pays or works.
static WANTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:targets?|aims?|goals?|at\s+least|standards?|thresholds?|should|must|will|want|expect\w*|reach|trained|attend\w*|discount|save|by)\b[^.\n]{0,30}$",
    )
});

/// The first of several shares that were found, not wished for.
fn counted(text: &Text) -> Option<Excerpt> {
    let mut first = None;
    let mut shares = 0;
    for block in text.blocks().iter().filter(|block| block.role.is_evidence()) {
        let words = text.block_text(block);
        for share in SHARE.find_iter(words).filter(|share| !WANTED.is_match(&words[..share.start()])) {
            shares += 1;
            first.get_or_insert((block.span.start + share.start(), block.span.start + share.end()));
        }
    }
    let (start, end) = first.filter(|_| shares >= SHARES)?;
    Some(text.excerpt(crate::text::Span::new(start, end)))
}

/// A figure labelled as the baseline, and one that is labelled as the result further down: "Baseline | 69% (Jan to June)",
/// "Result | 94% since March".
fn labelled(text: &Text) -> Option<Excerpt> {
    let blocks: Vec<_> = text.blocks().iter().filter(|block| block.role.is_evidence()).collect();
    let figure = |words: &str| words.contains(|c: char| c.is_ascii_digit());
    let mut from = false;
    for (at, block) in blocks.iter().enumerate() {
        let words = text.block_text(block).trim();
        let label = LABEL.captures(words);
        let Some(label) = label.as_ref().and_then(|hit| Some((hit.get(0)?, hit.name("after").is_some()))) else {
            continue;
        };
        let (hit, after) = label;
        // The value stands after the colon, or in the next cell or line.
        let rest = words.get(hit.end()..).unwrap_or("").trim();
        let value = if rest.is_empty() { blocks.get(at + 1).copied() } else { Some(*block) };
        let Some(value) = value.filter(|value| figure(text.block_text(value))) else { continue };
        if after && from {
            return Some(text.excerpt(value.span));
        }
        from |= !after;
    }
    None
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:our |the )?(?:baseline|starting point|before|where we (?:started|began))|(?P<after>(?:our |the )?(?:results?|outcomes?|after|now|where we are now|what changed|what happened)))[ ]*(?:[:–|-][ ]|:?$|\()",
    )
});

/// A row of a table with figures under a heading for before and a heading for after.
fn before_and_after(text: &Text) -> Option<Excerpt> {
    const BEFORE: [&str; 18] = [
        "year before",
        "the year before",
        "months before",
        "previous position",
        "before",
        "baseline",
        "at the start",
        "pre",
        "first cycle",
        "cycle 1",
        "then",
        "start",
        "starting point",
        "at first",
        "was",
        "where we started",
        "first audit",
        "first measure",
    ];
    const AFTER: [&str; 20] = [
        "first 12 months",
        "first six months",
        "last 6 months",
        "last 12 months",
        "year after",
        "months after",
        "after",
        "now",
        "at the end",
        "post",
        "second cycle",
        "cycle 2",
        "result",
        "latest",
        "current",
        "today",
        "end",
        "re-audit",
        "second audit",
        "is",
    ];
    let starts = |words: &str, list: &[&str]| {
        let words = words.trim().to_lowercase();
        list.iter()
            .any(|one| words.strip_prefix(one).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())))
    };
    // Row and column of the two headings of each table.
    let mut columns: BTreeMap<u32, [Option<(u32, u32)>; 2]> = BTreeMap::new();
    let mut figures: BTreeMap<(u32, u32), BTreeSet<u32>> = BTreeMap::new();
    for block in text.blocks().iter().filter(|block| block.role.is_evidence()) {
        let Role::Cell { table, row, column } = block.role else { continue };
        let words = text.block_text(block);
        if words.chars().count() > 40 {
            continue;
        }
        let [before, after] = columns.entry(table).or_default();
        if starts(words, &BEFORE) {
            before.get_or_insert((row, column));
        } else if before.is_some_and(|(head, _)| head == row) && starts(words, &AFTER) {
            after.get_or_insert((row, column));
        } else if words.contains(|c: char| c.is_ascii_digit())
            && let (Some((head, first)), Some((_, second))) = (*before, *after)
            && row > head
            && (column == first || column == second)
        {
            let row = figures.entry((table, row)).or_default();
            row.insert(column);
            if row.len() == 2 {
                return Some(text.excerpt(block.span));
            }
        }
    }
    None
}

/// The first claim of a text that something became better.
pub fn claimed(text: &Text) -> Option<Excerpt> {
    first(&CLAIM, text)
}

/// The first hit in what counts as evidence; comments and deleted text say nothing.
fn first(pattern: &Regex, text: &Text) -> Option<Excerpt> {
    let evidence = |at: usize| {
        text.block_index(at).and_then(|index| text.blocks().get(index)).is_some_and(|block| block.role.is_evidence())
    };
    let found = pattern.find_iter(text.content()).find(|found| evidence(found.start()))?;
    Some(text.excerpt(found.range().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_or_a_deletion_is_no_result() {
        use crate::text::Place;
        let mut builder = Text::builder();
        builder.push(Role::Comment, Place::default(), "did it fall from 6 to 3?");
        builder.push(Role::Deletion, Place::default(), "it fell from 6 to 3");
        let mut kept = Text::builder();
        kept.push(Role::Comment, Place::default(), "did it fall from 6 to 3?");
        kept.push(Role::Paragraph, Place::default(), "Falls fell from 9 to 4");
        assert!(measured(&builder.finish()).is_none());
        assert!(measured(&kept.finish()).is_some_and(|excerpt| excerpt.quote.contains("9 to 4")));
    }

    #[test]
    fn columns_before_and_after_are_a_result() {
        let table = |heads: [&str; 3], row: [&str; 3]| {
            let mut builder = Text::builder();
            for (at, cells) in [heads, row].iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let role = Role::Cell { table: 0, row: at as u32, column: column as u32 };
                    builder.push(role, crate::text::Place::default(), cell);
                }
            }
            measured(&builder.finish()).is_some()
        };
        assert!(table(["Measure", "Before", "After"], ["Missed doses a month", "14", "9"]));
        assert!(table(["Measure", "Baseline (May)", "Now"], ["On time", "61%", "88%"]));
        assert!(!table(["Measure", "Number", "Target"], ["Complaints", "14", "9"]));
        assert!(!table(["Measure", "Baseline", "After"], ["On time", "61%", "to follow"]));
    }

    #[test]
    fn a_baseline_and_a_result_by_their_labels() {
        let lines = |lines: &[&str]| {
            let mut builder = Text::builder();
            lines.iter().for_each(|line| builder.push(Role::Paragraph, crate::text::Place::default(), line));
            measured(&builder.finish()).is_some()
        };
        assert!(lines(&["Baseline", "69 % (Jan to Jun, n = 42)", "Result", "94 % since March"]));
        assert!(lines(&["Baseline: 14 falls a month", "We tried huddles", "Result: 6 falls a month"]));
        assert!(!lines(&["Baseline", "Not known", "Result", "Staff are happier"]));
        assert!(!lines(&["Result: 94 of 96 replied"]));
    }

    #[test]
    fn a_result_is_a_number_that_moved() {
        for yes in [
            "Falls fell from 6.1 to 3.4 per 1,000 bed days",
            "Waits were reduced by 30% in a year",
            "completion rose to 91%",
            "Baseline 42%, now 78%",
            "from a baseline of 12 days to 5 days",
            "Healing by 12 weeks rose from 41% (median, Oct 2025) to 73% (June 2026)",
            "a median 14 to 9 per month",
            "73 falls, down from 91 the year before",
            "88% of residents enjoy their meals (it was 70%)",
            "median 14 to 9 per month",
            "Median wait 12 days to 7 days",
            "9 a month, down from 14",
            "91%, up from 84%",
            "Falls are down 22% since April",
            "Completion was 61% in May and is now 88%",
            "82% were seen in time, compared with 64% the year before",
            // Other wordings of the same.
            "38% to 51% in four weeks",
            "staff saying \"I feel hurried\" 40% (43%)",
            "Average wait 74 minutes (81 before)",
            "57% of you answered (52% last year)",
            "Overtime is down by £1,900 a month",
            "Engagement is up 4 points",
            "we bought 94% less nitrous oxide",
            "falls were reduced by a third",
            "a quarter fewer missed appointments",
            "from six a month to two a month",
            "errors went from five a week to none.",
            "PRN use went from about 40 a month to 12.",
            "median 35% before and 71% after week 11",
            "Before the change 14 calls were missed, now 3 are",
            "Score on the quiz before/after: 4.1/7.9 of 10",
            "now 11 a month (it was 17)",
            "eight points in a row above the old median",
            "It has saved 14 hours a week",
            "about 870 tCO2e avoided each year",
            "no pressure ulcers for nine months",
            "There have been no falls on the stairs since March",
            "214 days since the last fall with harm",
            "27 (68 %) still showed the gain recorded at closure",
            "The number of late letters has halved, to 21",
            "12% lower than last year",
            "we were an outlier (58%, nationally 66%). A list on Sundays was introduced; it stood at 71% in June",
        ] {
            assert!(RESULT.is_match(yes), "{yes}");
        }
        for no in [
            "a significant improvement was seen",
            "feedback was very positive",
            "we will reduce falls",
            "from Board to ward",
            "from 1 April 2025 to 31 March 2026",
            "minutes from 12 to follow",
            "An average of 2 to 3 staff attend",
            "mean age 82",
            "48 complaints were received",
            "612 complaints in 2024/25, compared with 598 in 2023/24",
            "stand up from 9 in the morning",
            "open from nine to five.",
            "from one ward to another",
            "a group of 8 to 10 people",
            "we want 10% more people in the team",
            "since March the group has met twice",
            "27 people (68%) replied",
            "before the meeting on 3 May",
            "No one has been in post since March",
        ] {
            assert!(!RESULT.is_match(no), "{no}");
        }
    }

    #[test]
    fn several_shares_of_a_whole_show_that_something_was_measured() {
        let found = |words: &str| {
            let mut builder = Text::builder();
            builder.push(Role::Paragraph, crate::text::Place::default(), words);
            measured(&builder.finish()).is_some()
        };
        assert!(found(
            "88 of 93 panels had an adviser, 17 of 52 cases went no further, 71% felt safe and 64% were thanked."
        ));
        assert!(!found("Our target is 95%, we aim for 90% and at least 80%, and 85% must be reached by 31 of 40."));
        assert!(!found("61% of staff filled it in."));
    }

    #[test]
    fn a_claim_says_that_something_became_better() {
        for yes in [
            "Significant improvements have been made to documentation",
            "there has been a real improvement in how included people feel",
            "Good progress is being made in all six areas",
            "Mealtimes have really improved",
            "Learning has led to a number of improvements in patient experience",
            "It has made a huge difference to the ward",
            "It has been a busy and successful year",
            "Colleagues feel more involved than ever",
            "Several teams have had really big improvements in safety",
            "the huddles are thoroughly embedded",
            "It has changed the culture of the place",
            "Care has become much safer",
            "Staff are far more confident in bringing ideas",
            "We have seen a dramatic reduction in delays",
            "The service has gone from strength to strength",
            "It has made all the difference to families",
            "The project has achieved many improvements",
            "The lounge is noticeably calmer",
        ] {
            assert!(CLAIM.is_match(yes), "{yes}");
        }
        for no in [
            "We will improve the discharge process",
            "the improvement team meets weekly",
            "Progress is reviewed at each meeting",
            "a differential diagnosis",
            "the project to improve handover began in May",
            "we want it to be fully adopted",
            "a big room",
            "major incident plan",
            "the visible leadership programme",
            "A clear plan for the year",
            "how much better could it be?",
        ] {
            assert!(!CLAIM.is_match(no), "{no}");
        }
    }
}
