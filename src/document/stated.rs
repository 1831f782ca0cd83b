//! Signs that a document says who approved it, who owns it, when it was made or when it is looked at again, in words that no
//! label foresaw. They give no fact, only a reason not to say that the document is silent: a wrong nag is worse than a
//! missed one.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::day::find_days;
use crate::phrase::pattern;
use crate::text::{Role, Text};

/// What a document seems to say of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Somebody or some body agreed to it, and a day is given.
    pub approval: bool,
    /// Somebody keeps or leads it.
    pub owner: bool,
    /// A day of its making or change.
    pub date: bool,
    /// A day on which it is looked at again.
    pub review: bool,
}

/// Blocks at the beginning and at the end in which a document speaks of itself.
const FIRST: usize = 40;
const LAST: usize = 24;
/// Longest label, in words.
const LABEL: usize = 6;
/// Longest block that is read, in bytes: longer ones are about something else.
const LONG: usize = 400;

const BODY: &str = r"(?:board|committee|council|cabinet|group|partners|directors?|trustees|governors|executives?|team|panel|forum|meeting|manager|officer|nurse|provider|chair)";
const AGREED: &str = r"(?:approved|ratified|adopted|endorsed|authori[sz]ed|signed[ ]off|sanctioned|agreed|accepted|passed|said[ ]yes(?:[ ]to)?)";

static APPROVAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b{AGREED}\b[^.\n]{{0,40}}\b(?:by|at)\b[^.\n]{{0,60}}\b{BODY}\b|\b{BODY}\b\W+(?:\w+\W+){{0,3}}{AGREED}\b"
    ))
});

/// A label that an approval begins with: "Said yes to by".
static SAYS_SO: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)^\W*(?:\w+\W+){{0,2}}{AGREED}\b")));

static APPROVAL_WORD: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)\b{AGREED}\b")));

/// Words before an approval that make it one to come, or a rule about approvals.
static NOT_YET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:to be|will|shall|must|should|may|can|would|await\w*|pending|not|yet|before|until|once|when|if|for|any|all|are|previous|last|minutes|draft)\b",
    )
});

static OWNER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:(?:held|kept|owned|led|looked after|maintained|managed|sponsored) by|whose is (?:it|this)|who (?:owns|keeps|looks after|leads|is responsible for|answers for) \w+(?: \w+)?|(?:document |policy |plan |strategy )(?:keeper|holder|custodian|owner|lead|sponsor))\b[ ]*[:?|–-]?\s*(?:the\s+)?\p{Lu}",
    )
});

static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:look(?:ed)?(?: at)?(?: it| this)? again|look at (?:it|this) again|revisit\w*|revalidat\w*|renew(?:al|ed)?|expires?|expiry|lapses|refresh (?:by|due|in|on)|valid (?:until|to)|in force until|next (?:look|refresh|revision)|come back to (?:it|this))\b",
    )
});

static MADE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:updated|refreshed|revised|issued|printed|published|correct (?:at|on|as of)|as (?:at|of)|position (?:at|on)|state at|pulled together|put together|written|compiled|prepared|comes? into force|in force from|effective from|in use from|starts? on|first used)\b",
    )
});

impl Stated {
    /// Reads the beginning and the end of a document.
    pub fn of(text: &Text) -> Stated {
        let blocks: Vec<_> = text.blocks().iter().filter(|block| block.role.is_evidence()).collect();
        let mut stated = Stated::default();
        for (at, block) in blocks.iter().enumerate() {
            if at >= FIRST && at + LAST < blocks.len() {
                continue;
            }
            let words = text.block_text(block);
            if words.len() > LONG {
                continue;
            }
            stated.line(words);
            // A label in a cell or line of its own goes with what stands beside or below it; an empty cell has no words, so
            // that a name must not be taken for that of the label after it.
            let alone = words.split_whitespace().count() <= LABEL
                && !matches!(block.role, Role::Title)
                && (SAYS_SO.is_match(words)
                    || !APPROVAL_WORD.is_match(blocks.get(at + 1).map_or("", |next| text.block_text(next))));
            let next = blocks.get(at + 1).map(|next| text.block_text(next)).filter(|next| alone && next.len() <= LONG);
            let whole = next.map_or_else(|| words.to_string(), |next| format!("{words} {next}"));
            stated.line(&whole);
            // The day of an approval may stand in the next row: "Said yes to by | Trust Board", "Date of that yes | 28/05/2026".
            if let (Role::Cell { .. }, Some(_)) = (block.role, next)
                && SAYS_SO.is_match(words)
                && APPROVAL.is_match(&whole)
            {
                let more = blocks.iter().skip(at).take(4).map(|block| text.block_text(block));
                stated.line(&more.filter(|more| more.len() < 60).collect::<Vec<_>>().join(" "));
            }
        }
        stated
    }

    fn line(&mut self, words: &str) {
        let dated = |from: usize| words.get(from..).is_some_and(|after| !find_days(after, None).is_empty());
        if let Some(hit) = APPROVAL.find(words)
            && !NOT_YET.is_match(&words[..hit.start()])
            && !NOT_YET.is_match(hit.as_str())
            && dated(hit.start())
        {
            self.approval = true;
            self.date = true;
        }
        self.owner |= OWNER.is_match(words);
        self.review |= REVIEW.find(words).is_some_and(|hit| dated(hit.end()));
        self.date |= MADE.find(words).is_some_and(|hit| dated(hit.end()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> Stated {
        let mut stated = Stated::default();
        stated.line(words);
        stated
    }

    #[test]
    fn approvals_in_other_words() {
        for yes in [
            "Said yes to by Trust Board, 26/03/2026",
            "Plan adopted by the Board 17 July 2025",
            "Board approved 19-Jan-2026 | Issue 1",
            "Ratified at the Clinical Governance Group on 3 May 2026",
            "The Partners agreed this on 12 March 2026",
            "Signed off by the registered manager, 4 June 2026",
        ] {
            assert!(of(yes).approval, "{yes}");
        }
        for no in [
            "To be approved by the Board on 3 May 2026",
            "All policies are approved by the Committee; see 3 May 2026",
            "Signed: ______",
            "The Board will have approved it by 3 May 2026",
            "Awaiting approval by the Quality Committee, 3 May 2026",
            "Approved by: ",
        ] {
            assert!(!of(no).approval, "{no}");
        }
    }

    #[test]
    fn owners_days_and_reviews_in_other_words() {
        for yes in ["Held by Head of Estates", "Whose is it? Head of Quality", "Looked after by the Improvement Team"] {
            assert!(of(yes).owner, "{yes}");
        }
        assert!(!of("The meeting was led by example").owner);
        for yes in ["We look at it again on 31/03/2026", "Revalidate before 18-Jan-2028", "Valid until 3 May 2027"] {
            assert!(of(yes).review, "{yes}");
        }
        assert!(!of("We look at it again every year").review);
        assert!(of("Refreshed 21/09/2026 for the Quality Improvement Board").date);
        assert!(!of("Updated every month").date);
    }

    #[test]
    fn an_empty_cell_beside_a_label_is_no_approval() {
        let table = |cells: &[&str]| {
            let mut builder = Text::builder();
            for (at, cell) in cells.iter().enumerate() {
                let role = Role::Cell { table: 0, row: at as u32 / 2, column: at as u32 % 2 };
                builder.push(role, crate::text::Place::default(), cell);
            }
            Stated::of(&builder.finish())
        };
        assert!(table(&["Said yes to by", "Trust Board", "Date of that yes", "28/05/2026"]).approval);
        assert!(!table(&["Holder", "Hospital Director", "Authorised by", "", "Release date", "05-Feb-2024"]).approval);
        assert!(!table(&["Approved by", "", "Signed", "______", "Date", "3 May 2026"]).approval);
    }

    proptest::proptest! {
        #[test]
        fn no_words_break_it(words in "(?s).{0,200}") {
            of(&words);
        }
    }
}
