//! What a document is and says of itself: kind, facts, actions, personal data, unfilled template text. Knows no rules.

pub mod actions;
pub mod entries;
pub mod facts;
pub mod kind;
pub mod named;
pub mod outcome;
pub mod personal;
pub mod placeholders;
pub mod revised;
pub mod sketch;
pub mod stated;
pub mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::read::Format;
use crate::text::{Excerpt, Text};

pub use words::Words;

/// Makes an enum whose variants have names that users write.
#[macro_export]
#[doc(hidden)]
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[derive(schemars::JsonSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The name as users write it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let all = $name::ALL.iter().map(|one| one.name()).collect::<Vec<_>>().join(", ");
                $name::ALL.iter().copied().find(|one| one.name() == text).ok_or_else(|| format!("`{text}` is not one of: {all}"))
            }
        }
    };
}

named! {
    /// What sort of document it is.
    Kind {
        /// The record of a meeting.
        Minutes = "minutes",
        /// The list of business for a meeting.
        Agenda = "agenda",
        /// Where the organisation means to go over years.
        Strategy = "strategy",
        /// Rules that must be followed.
        Policy = "policy",
        /// How something is done, step by step.
        Procedure = "procedure",
        /// Who does what by when.
        Plan = "plan",
        /// An account of what happened.
        Report = "report",
        /// Rows of standing items: risks, actions, interests, projects.
        Register = "register",
        /// What a group is for and how it works.
        TermsOfReference = "terms-of-reference",
        /// A questionnaire's results.
        Survey = "survey",
        /// An audit and its findings.
        Audit = "audit",
        /// One project or one person's story told.
        CaseStudy = "case-study",
        /// Slides that call themselves nothing more specific.
        Presentation = "presentation",
        /// A letter.
        Letter = "letter",
        /// An email.
        Email = "email",
        /// Who completed which training, supervision or appraisal.
        TrainingRecord = "training-record",
        /// A formal statement.
        Declaration = "declaration",
        /// A form not filled in yet.
        Template = "template",
        /// Rows of figures without a narrative.
        Dataset = "dataset",
        /// None of these.
        Other = "other",
    }
}

named! {
    /// Whether a document says that it is finished.
    Status {
        /// A draft, unconfirmed, for comment, or a version below 1.
        Draft = "draft",
        /// Final.
        Final = "final",
        /// Approved, ratified, confirmed or signed off.
        Approved = "approved",
        /// Superseded, withdrawn or archived.
        Superseded = "superseded",
    }
}

/// Where a fact was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Beside a label, which is named, such as `Review date`.
    Label(String),
    /// In the front matter under this key.
    FrontMatter(String),
    /// In the title or a heading near the top.
    Title,
    /// In a sentence, such as "approved by the Board of Directors in May 2018".
    Sentence,
    /// In a page header or footer.
    HeaderOrFooter,
    /// In the file name.
    FileName,
    /// In this property of the file.
    Metadata(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Label(label) => write!(f, "label \"{label}\""),
            Source::FrontMatter(key) => write!(f, "front matter `{key}`"),
            Source::Title => f.write_str("title"),
            Source::Sentence => f.write_str("sentence"),
            Source::HeaderOrFooter => f.write_str("page header or footer"),
            Source::FileName => f.write_str("file name"),
            Source::Metadata(property) => write!(f, "file property `{property}`"),
        }
    }
}

/// Something that a document says of itself, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// What it says.
    pub value: T,
    /// Where it was found.
    pub source: Source,
    /// The words; none for file names and properties.
    pub excerpt: Option<Excerpt>,
}

/// The facts of a document. What it does not say is `None`; the place of a file in the folder and file times never count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Title.
    pub title: Option<Fact<String>>,
    /// The document's own day: the meeting of minutes, else issue, else approval, else what is called simply its date.
    pub date: Option<Fact<Day>>,
    /// Last day of the period that it covers or plans for, such as 31 March 2026 for a strategy 2023-26.
    pub period_end: Option<Fact<Day>>,
    /// Draft, final, approved or superseded.
    pub status: Option<Fact<Status>>,
    /// Owner, lead or author, in the document's words.
    pub owner: Option<Fact<String>>,
    /// Who approved or ratified it, in the document's words.
    pub approved_by: Option<Fact<String>>,
    /// When it was approved.
    pub approved_on: Option<Fact<Day>>,
    /// Version, such as `2.1`.
    pub version: Option<Fact<String>>,
    /// When it is to be reviewed next.
    pub review_due: Option<Fact<Day>>,
}

named! {
    /// How far an action is.
    Progress {
        /// Not done yet, or it does not say.
        Open = "open",
        /// Done, closed or superseded.
        Closed = "closed",
    }
}

/// An action that somebody agreed to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What is to be done.
    pub text: String,
    /// Who; none when it does not say, or says `TBC`.
    pub owner: Option<String>,
    /// Until when; none when it does not say, or says `ongoing`.
    pub due: Option<Day>,
    /// The words for the due date when they are no date, such as `ongoing`.
    pub due_words: Option<String>,
    /// The day it was due first, where a new one replaced that.
    #[serde(default)]
    pub moved_from: Option<Day>,
    /// How far it is.
    pub progress: Progress,
    /// Whether the document keeps a record of that, as a log does and the minutes of a meeting do not.
    #[serde(default)]
    pub followed: bool,
    /// The words of the action.
    pub excerpt: Excerpt,
}

/// What sort of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonalKind {
    /// An NHS number with the right check digit, and a context that makes it one.
    NhsNumber,
    /// An NHS number of the 999 range or the manuals' example.
    TestNhsNumber,
}

/// Personal data, marked; the excerpt shows it masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalData {
    /// What sort.
    pub kind: PersonalKind,
    /// The masked words.
    pub excerpt: Excerpt,
}

/// A document with all that it says of itself.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path relative to the folder, with forward slashes.
    pub path: String,
    /// Its format.
    pub format: Format,
    /// Its text, personal data masked.
    pub text: Text,
    /// Its kind.
    pub kind: Kind,
    /// Why that kind.
    pub kind_because: String,
    /// Its facts.
    pub facts: Facts,
    /// Its actions.
    pub actions: Vec<Action>,
    /// Personal data in it.
    pub personal: Vec<PersonalData>,
    /// Template text left unfilled.
    pub placeholders: Vec<Excerpt>,
}

impl Document {
    /// Describes a document. The order matters: personal data is masked before anything is quoted, the title is known
    /// before the kind, the kind before the date (the date of minutes is the meeting's).
    pub fn describe(path: &str, format: Format, mut text: Text, words: &Words) -> Document {
        let personal = personal::mask(&mut text, path);
        // A title may be taken from the name of the file, and messages quote it.
        let shown = crate::nhs_number::mask_line(path);
        let title = facts::title(&text, &shown, words);
        let mut kind = kind::classify(&text, &shown, format, title.as_ref(), words);
        let facts = facts::read(&text, &shown, kind.kind, title, words);
        // "Syringe pumps" over a control table: only controlled documents carry one, and nothing else told the kind.
        let answered = facts.owner.is_some() || facts.approved_by.is_some() || facts.approved_on.is_some();
        let controlled = facts.review_due.is_some() && facts.version.is_some() && answered;
        if kind.untold() {
            kind = kind::by_manner(&text, format, controlled).unwrap_or(kind);
        }
        let actions = actions::read(&text, kind.kind, &facts, words);
        let placeholders = placeholders::find(&text, words);
        Document {
            path: path.to_string(),
            format,
            text,
            kind: kind.kind,
            kind_because: kind.because,
            facts,
            actions,
            personal,
            placeholders,
        }
    }

    /// The title, else the file name without its ending.
    pub fn name(&self) -> &str {
        self.facts.title.as_ref().map_or_else(|| stem(&self.path), |title| &title.value)
    }
}

/// The file name of a path, without folders and ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 && !ending.contains(' ') => stem,
        _ => name,
    }
}
