//! Checks, severities and findings: what kloe says of a folder.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::day::Day;
use crate::named;
use crate::nhs_number::mask_line;
use crate::text::Excerpt;

named! {
    /// How much a finding matters. The order is from least to most.
    Severity {
        /// Worth knowing.
        Advice = "advice",
        /// Weakens the evidence.
        Warning = "warning",
        /// A reviewer would ask for it first.
        Error = "error",
    }
}

macro_rules! checks {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal, $severity:ident, $why:literal, $remedy:literal;)*) => {
        /// One way in which evidence falls short. The whole list, with default severities and pages, stands here and
        /// nowhere else.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Check {
            $($(#[doc = $doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Check {
            /// Every check, in the order of the contract.
            pub const ALL: &'static [Check] = &[$(Check::$variant),*];

            /// The name that users write, such as `no-owner`.
            pub fn name(self) -> &'static str {
                match self { $(Check::$variant => $name),* }
            }

            /// How much it matters unless the settings say otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Check::$variant => Severity::$severity),* }
            }

            /// What it finds, in one sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Check::$variant => concat!($($doc),*).trim_ascii()),* }
            }

            /// Why a reviewer cares.
            pub fn why(self) -> &'static str {
                match self { $(Check::$variant => $why),* }
            }

            /// What would put it right.
            pub fn remedy(self) -> &'static str {
                match self { $(Check::$variant => $remedy),* }
            }

            /// The check of a name.
            pub fn from_name(name: &str) -> Option<Check> {
                Check::ALL.iter().copied().find(|check| check.name() == name)
            }
        }
    };
}

checks! {
    /// Nothing in the folder supports a required expectation.
    Missing = "missing", Error,
        "a required expectation is what any reviewer of the line asks for first; without it the line cannot be strong",
        "file the document, or if it exists under another name, look under \"closest\" in the finding: it says what kept a document from counting";
    /// A document that must recur is there fewer times than the cadence asks, or with a hole in the series.
    TooFew = "too-few", Error,
        "a series shows a habit; a single paper shows an event",
        "file the other papers of the series, or the reason why a meeting or report was left out";
    /// The newest evidence is older than the expectation's window on the as-of day.
    Stale = "stale", Warning,
        "a reviewer judges how the organisation is led today",
        "file the latest version; if it was reviewed without change, record the date of that review";
    /// A line rests on fewer categories of evidence than its rule asks for.
    SingleCategory = "single-category", Warning,
        "processes on paper convince only together with what people and staff say and with what was measured",
        "add evidence of another category, such as survey results, feedback or outcomes";
    /// A supporting document lacks a part that the expectation asks for.
    LacksElement = "lacks-element", Warning,
        "the part that lacks is one that reviewers look for in such a document",
        "add the part, or if it stands in another document, name that document where the part would be";
    /// Improvement is claimed and no measured result is given.
    NoOutcome = "no-outcome", Warning,
        "improvement is a change that was measured; effort alone is not an outcome",
        "give the figure before and after, its unit and the period, best as a run chart or SPC chart";
    /// The document says that it is a draft.
    Draft = "draft", Warning,
        "nobody has approved a draft, so it does not show how things are done",
        "file the approved version, or have it approved and change its status, version and file name";
    /// Template text was left unfilled.
    Placeholder = "placeholder", Warning,
        "unfilled template text shows that a form was copied and not made the organisation's own",
        "fill it in or take it out";
    /// A controlled document does not name its owner.
    NoOwner = "no-owner", Advice,
        "without an owner nobody answers for keeping it true",
        "add a line such as \"Owner: Head of Quality\" near the top; a role outlives a name";
    /// A document that is evidence does not give its date.
    NoDate = "no-date", Advice,
        "without a date nobody can tell whether it still holds",
        "add a line such as \"Date: 24 September 2026\" near the top";
    /// A controlled document does not say who approved it.
    NoApproval = "no-approval", Advice,
        "a controlled document counts once somebody with the authority has approved it",
        "add a line such as \"Approved by: Quality Committee, 24 September 2026\"";
    /// A controlled document does not say when it is to be reviewed.
    NoReviewDate = "no-review-date", Advice,
        "a controlled document without a review date is kept in force by nobody",
        "add a line such as \"Review date: September 2027\"";
    /// The document's own review date has passed on the as-of day.
    ReviewOverdue = "review-overdue", Warning,
        "a document past its review date suggests that the organisation does not keep its own rules",
        "review it and record the new date, or minute the extension and who agreed it";
    /// An open action is past its due date.
    OverdueAction = "overdue-action", Warning,
        "open actions past their date show that meetings decide more than they do",
        "close the action with its proof, or record a new date and who agreed it";
    /// An action that nobody owns.
    ActionWithoutOwner = "action-without-owner", Advice,
        "an action without an owner is seldom done",
        "name a role or a person";
    /// An action with no end.
    ActionWithoutDate = "action-without-date", Advice,
        "an action without an end cannot be late, and so is not followed",
        "give it a day; \"ongoing\" is no date";
    /// A newer version of the same document is in the folder, or it says itself that it was replaced.
    Superseded = "superseded", Warning,
        "where two versions lie side by side, somebody will work by the old one and a reviewer may be handed it",
        "move the old version out of the folder, or into one that kloe.toml excludes; keep the one in force";
    /// The same content stands twice in the folder.
    Duplicate = "duplicate", Advice,
        "copies drift apart, and the same paper twice is no more evidence than once",
        "keep one, and link to it from where the other was";
    /// Unaccepted revisions or reviewers' comments are still in the file.
    TrackedChanges = "tracked-changes", Warning,
        "a reader cannot tell what was agreed, and comments may say what was never meant for a reviewer",
        "in Word choose Review, accept or reject each change and delete the comments, then save it as the agreed version";
    /// It relies on a named document that is not in the folder.
    DanglingReference = "dangling-reference", Advice,
        "a reviewer who follows the reference finds nothing, and what it says rests on a paper nobody can show",
        "file the document under the name that is used, or correct the reference";
    /// Data that identifies a patient, or numbers of the NHS test range.
    PersonalData = "personal-data", Error,
        "patient data in a governance folder is a breach of confidence once the folder is shared",
        "take the number out, check who has had access, and tell the information governance lead; kloe never prints it in full";
    /// A scan or picture with no text layer.
    NoText = "no-text", Warning,
        "kloe and many readers' tools cannot read a picture, so nothing in it counts",
        "file the original, or run text recognition (OCR) over the scan";
    /// A cloud placeholder or a Git LFS pointer stands where the document should be.
    NotLocal = "not-local", Warning,
        "the document is not on this machine, so nothing in it counts; kloe never fetches anything",
        "in OneDrive choose \"Always keep on this device\" for the folder, or run `git lfs pull`, and check again";
    /// Damaged, over a limit, or not what its name says.
    Unreadable = "unreadable", Warning,
        "what cannot be read cannot count as evidence, and a reviewer may not be able to open it either",
        "open it in its own program and save it again, or ask for a fresh copy";
    /// A password is needed.
    Encrypted = "encrypted", Warning,
        "a reviewer could not open it either",
        "file a copy without a password";
    /// A format that kloe does not read.
    Unsupported = "unsupported", Advice,
        "what kloe does not read does not count as evidence in its report",
        "if it is evidence, save it as PDF or Office as well; if not, leave it out with a pattern in .kloeignore or kloe.toml";
    /// A waiver whose end has passed, or that covers nothing.
    LapsedWaiver = "lapsed-waiver", Warning,
        "an acceptance that nobody renews or takes out hides what it once covered",
        "put right what it covered, have it accepted again, or take the [[waive]] table out of kloe.toml";
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A line of a rule file: where a finding without a document points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RulePlace {
    /// Path of the rule file, such as `rules/well-led/W4.toml`.
    pub file: String,
    /// Line, from one.
    pub line: u32,
}

/// Who accepted a finding, why, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Accepted {
    /// The person or body that accepted it.
    pub accepted_by: String,
    /// Why.
    pub reason: String,
    /// The last day on which the waiver holds.
    pub until: Day,
    /// Where the decision is recorded, such as a minute or a risk.
    pub reference: Option<String>,
}

/// How a finding stands: only open ones count towards the exit status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Nobody has accepted it.
    #[default]
    Open,
    /// A waiver covers it.
    Waived(Accepted),
    /// The baseline has it.
    Known {
        /// The first run that had it.
        since: Day,
    },
}

/// One result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, no blame.
    pub message: String,
    /// What would put it right, and why a reviewer cares.
    pub help: String,
    /// The document, relative to the folder; none when something is missing.
    pub path: Option<String>,
    /// The expectations concerned, the first home first; empty when it is about the document alone.
    pub expectations: Vec<String>,
    /// The words that show it.
    pub excerpt: Option<Excerpt>,
    /// The line of the rule file that asked for it.
    pub rule: Option<RulePlace>,
    /// Names this finding from run to run: it does not change when other lines of the document move.
    pub fingerprint: String,
    /// Whether it is open, waived or known.
    #[serde(default)]
    pub standing: Standing,
}

impl Finding {
    /// A finding with the check's default severity and nothing but its words.
    pub fn new(check: Check, message: impl Into<String>, help: impl Into<String>) -> Self {
        Finding {
            check,
            severity: check.severity(),
            message: message.into(),
            help: help.into(),
            path: None,
            expectations: Vec::new(),
            excerpt: None,
            rule: None,
            fingerprint: String::new(),
            standing: Standing::Open,
        }
    }

    /// Says which document it is about.
    #[must_use]
    pub fn in_document(mut self, path: &str) -> Self {
        self.path = Some(path.to_string());
        self
    }

    /// Says which expectation it is about.
    #[must_use]
    pub fn for_expectation(mut self, expectation: &str) -> Self {
        self.expectations.push(expectation.to_string());
        self
    }

    /// Shows the words.
    #[must_use]
    pub fn with_excerpt(mut self, excerpt: Option<Excerpt>) -> Self {
        self.excerpt = excerpt;
        self
    }

    /// Shows the line of the rule file.
    #[must_use]
    pub fn with_rule(mut self, rule: Option<RulePlace>) -> Self {
        self.rule = rule;
        self
    }

    /// Sets another severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Stamps the fingerprint: check, document, expectations, `subject` (what tells this finding from others of its
    /// sort in the document, such as a field's or an element's name) and the words themselves, never their line.
    #[must_use]
    pub fn stamped(mut self, subject: &str) -> Self {
        let mut hash = Sha256::new();
        let quote = self.excerpt.as_ref().map_or("", |excerpt| &excerpt.quote);
        let words = quote.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        // From a fingerprint the five digits that a mask hides could be tried out.
        let path = mask_line(self.path.as_deref().unwrap_or(""));
        for part in [self.check.name(), &path, subject, &words] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        for expectation in &self.expectations {
            hash.update(expectation.as_bytes());
            hash.update([0]);
        }
        self.fingerprint = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Place, Span, Text};

    #[test]
    fn names_are_unique_and_read_back() {
        for check in Check::ALL {
            assert_eq!(Check::from_name(check.name()), Some(*check));
        }
    }

    #[test]
    fn a_fingerprint_does_not_move_with_the_line() {
        let print = |lines_before: u32| {
            let mut builder = Text::builder();
            builder.push(crate::text::Role::Paragraph, Place::at_paragraph(lines_before + 1), "status: draft");
            let text = builder.finish();
            Finding::new(Check::Draft, "m", "h")
                .in_document("a.docx")
                .with_excerpt(Some(text.excerpt(Span::new(8, 13))))
                .stamped("status")
                .fingerprint
        };
        assert_eq!(print(0), print(40));
    }
}
