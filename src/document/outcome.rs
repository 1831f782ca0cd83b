//! Improvement that is claimed, and results that were measured.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{Excerpt, Text};

/// A figure before and after (domain knowledge: a claim of improvement is measured when a number moved, with its unit).
#[allow(clippy::expect_used)] // a constant pattern; the test below compiles it
static RESULT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
          \bfrom\s+(?:an?\s+|about\s+|around\s+|baseline\s+of\s+|average\s+of\s+|median\s+of\s+)*£?\d[\d.,]*\s*(?:%|per\s?cent|[a-z]+)?(?:\s+[a-z]+){0,6}?\s+to\s+(?:an?\s+|about\s+|around\s+|average\s+of\s+)*£?\d
        | \b(?:reduc|increas|improv|fell|fall|rose|rise|drop|declin|decreas|shorten|cut)\w*\b(?:\W+[a-z]+){0,6}?\W+(?:by|to)\s+(?:over\s+|about\s+|around\s+)?£?\d[\d.,]*
        | \bfrom\s+£?\d[\d.,]*\s*(?:%|per\s?cent|[a-z]+)?\s*\([^)\n]{1,40}\)\s+to\s+£?\d
        | \b\d[\d.,]*\s*(?:%|per\s?cent)?\s*(?:→|->)\s*\d
        | \b(?:down|up)\s+from\s+(?:an?\s+|about\s+|average\s+of\s+|median\s+of\s+)*£?\d
        | \b(?:median|mean|average)\s+(?:of\s+)?£?\d[\d.,]*\s*(?:%|per\s?cent)?\s+to\s+£?\d
        | \d[\d.,]*\s*(?:%|per\s?cent)[^.\n]{0,60}\(\s*(?:it\s+)?(?:was|from|compared\s+with)\s+£?\d
        | \bbaseline\b[^.\n]{0,60}\d[\d.,]*[^.\n]{0,80}\b(?:now|after|current|latest|result|post|final)\b[^.\n]{0,40}\d
        ",
    )
    .expect("a constant pattern")
});

/// Words that claim that something became better. Intentions ("we will improve") and mere activity claim nothing.
#[allow(clippy::expect_used)] // a constant pattern; the test below compiles it
static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
          \b(?:significant|real|great|good|excellent|marked|clear|considerable|substantial|huge|strong|tremendous|fantastic|steady)\s+
             (?:and\s+\w+\s+)?(?:improvements?|progress|success(?:es)?|impact|results?|strides)\b
        | \b(?:has|have|had)\s+(?:all\s+|both\s+|now\s+|already\s+|really\s+|greatly\s+|significantly\s+|much\s+|also\s+)*(?:improved|transformed|paid\s+off|got\s+better|become\s+better)\b
        | \b(?:was|is|been)\s+(?:much|far|so\s+much|a\s+lot|really|noticeably)\s+(?:better|quicker|safer|smoother|calmer|improved)\b
        | \b(?:real|big|huge|positive|great|lasting)\s+difference\b
        | \b(?:great|huge|real|big|resounding)\s+success\b | \bsuccessful\s+year\b
        | \b(?:feel|feels|felt)\s+(?:much\s+|far\s+)?(?:more|better)\b
        ",
    )
    .expect("a constant pattern")
});

/// The first measured result of a text: a number that moved.
pub fn measured(text: &Text) -> Option<Excerpt> {
    first(&RESULT, text)
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
        use crate::text::{Place, Role};
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
        ] {
            assert!(!RESULT.is_match(no), "{no}");
        }
    }

    #[test]
    fn a_claim_says_that_something_became_better() {
        for yes in [
            "Significant improvements have been made to documentation",
            "there has been a real improvement in how included people feel",
            "Good progress is being made in all six areas",
            "Mealtimes have really improved",
            "It has made a huge difference to the ward",
            "It has been a busy and successful year",
            "Colleagues feel more involved than ever",
        ] {
            assert!(CLAIM.is_match(yes), "{yes}");
        }
        for no in [
            "We will improve the discharge process",
            "the improvement team meets weekly",
            "Progress is reviewed at each meeting",
            "a differential diagnosis",
            "the project to improve handover began in May",
        ] {
            assert!(!CLAIM.is_match(no), "{no}");
        }
    }
}
