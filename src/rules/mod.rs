//! Rules: evidence types, defined once, and the thin lines of frameworks that ask for them. Loaded from the built-in
//! files, then from a user's folder as a layer on top.

mod embedded;
mod expression;
mod load;
mod written;

use crate::day::{Day, Window};
use crate::document::Kind;
use crate::finding::RulePlace;
use crate::named;

pub use expression::Expression;
pub use load::{Layer, built_in, folder, load};
pub(crate) use written::{EvidenceFile, FrameworkWritten, LineWritten, list_of, one_of};

named! {
    /// What sort of evidence it is: CQC's six evidence categories (single assessment framework, 2023).
    Category {
        /// People's experience.
        PeoplesExperience = "peoples-experience",
        /// Feedback from staff and leaders.
        StaffFeedback = "staff-feedback",
        /// Feedback from partners.
        PartnerFeedback = "partner-feedback",
        /// Observation.
        Observation = "observation",
        /// Processes.
        Processes = "processes",
        /// Outcomes.
        Outcomes = "outcomes",
    }
}

impl Category {
    /// The category in words, as in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Category::PeoplesExperience => "people's experience",
            Category::StaffFeedback => "feedback from staff and leaders",
            Category::PartnerFeedback => "feedback from partners",
            Category::Observation => "observation",
            Category::Processes => "processes",
            Category::Outcomes => "outcomes",
        }
    }
}

named! {
    /// What sort of provider the folder belongs to.
    Sector {
        /// An NHS trust or foundation trust.
        NhsTrust = "nhs-trust",
        /// An independent hospital.
        IndependentHospital = "independent-hospital",
        /// A care home.
        CareHome = "care-home",
        /// A general practice.
        GpPractice = "gp-practice",
    }
}

named! {
    /// A fact that a document must state to be strong evidence.
    Want {
        /// Its date.
        Date = "date",
        /// Its owner.
        Owner = "owner",
        /// Who approved it.
        Approval = "approval",
        /// When it is to be reviewed.
        ReviewDate = "review-date",
    }
}

named! {
    /// What an example must come out as.
    Outcome {
        /// Recognised, with nothing lacking.
        Strong = "strong",
        /// Recognised, with something lacking.
        Weak = "weak",
        /// Not evidence at all.
        NearMiss = "near-miss",
    }
}

/// What shows an element.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// A phrase, folded when matched.
    Phrase(String),
    /// A regular expression, ignoring case.
    Regex(Expression),
}

/// A part that any reviewer asks for.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its id within the evidence type.
    pub id: String,
    /// What it is, as in "lacks gaps in control and assurance".
    pub title: String,
    /// What shows it.
    pub any: Vec<Pattern>,
    /// How many different ones must be there.
    pub at_least: usize,
    /// Whether it is only shown, and not held against the document.
    pub optional: bool,
    /// What to add, and why.
    pub help: String,
}

/// An example that stands in the rule and proves it.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it must come out as.
    pub outcome: Outcome,
    /// The file name it would have.
    pub name: String,
    /// Its text, as Markdown.
    pub text: String,
    /// Checks or elements that must be among what it lacks.
    pub lacks: Vec<String>,
}

/// A thing that providers keep on file, how to recognise it, and what makes it strong.
#[derive(Debug, Clone)]
pub struct EvidenceType {
    /// Its id, such as `board-assurance-framework`.
    pub id: String,
    /// Its name as in a sentence.
    pub title: String,
    /// What it is.
    pub about: String,
    /// Published sources.
    pub source: Vec<String>,
    /// Its category.
    pub category: Category,
    /// Kinds that count; empty for any.
    pub kinds: Vec<Kind>,
    /// What such a document calls itself.
    pub names: Vec<String>,
    /// The vocabulary of its body.
    pub terms: Vec<String>,
    /// Different terms in one section that make it evidence without a name; 0 for never.
    pub terms_needed: usize,
    /// Phrases that show another thing of the same name.
    pub not: Vec<String>,
    /// How often it recurs.
    pub every: Option<Window>,
    /// How many the folder should show.
    pub series: u16,
    /// The sorts of provider that keep it; empty for all.
    pub kept_by: Vec<Sector>,
    /// How long it stays fresh.
    pub fresh: Option<Window>,
    /// Facts that it must state; `None` follows the kind.
    pub wants: Option<Vec<Want>>,
    /// Whether it claims improvement.
    pub measured: bool,
    /// What strong evidence looks like.
    pub strong: String,
    /// What weak evidence looks like.
    pub weak: String,
    /// Its elements.
    pub elements: Vec<Element>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: RulePlace,
}

/// An evidence type that a line asks for.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// Its id, such as `W4.board-minutes`.
    pub id: String,
    /// The evidence types that meet it, the one it is named after first.
    pub evidence: Vec<String>,
    /// Whether any reviewer would ask for it first.
    pub required: bool,
    /// Why a reviewer asks.
    pub why: String,
    /// Sectors that it is asked of; empty for all.
    pub sectors: Vec<Sector>,
    /// Replaces the evidence type's.
    pub every: Option<Window>,
    /// Replaces the evidence type's.
    pub series: Option<u16>,
    /// Replaces the evidence type's.
    pub fresh: Option<Window>,
    /// Where it stands.
    pub place: RulePlace,
}

/// A journey step, key line of enquiry or quality statement.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id, such as `W4`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The question in our own words.
    pub question: String,
    /// The published source, to the page or paragraph.
    pub source: String,
    /// What strong evidence for the line looks like.
    pub strong: String,
    /// How many categories of evidence it wants.
    pub categories_wanted: u8,
    /// What it expects.
    pub expectations: Vec<Expectation>,
    /// Where it stands.
    pub place: RulePlace,
}

/// A set of lines from one published source.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Its id, which is the name of its folder.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The published source.
    pub source: String,
    /// What it is, in a few sentences.
    pub about: String,
    /// Its place among the frameworks.
    pub order: u32,
    /// First day in force.
    pub in_force_from: Option<Day>,
    /// Last day in force.
    pub in_force_to: Option<Day>,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// All rules in force.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Frameworks in their order.
    pub frameworks: Vec<Framework>,
    /// Evidence types by id.
    pub evidence: Vec<EvidenceType>,
    /// The sector whose expectations are left, once one was chosen.
    pub sector: Option<Sector>,
}

impl Sector {
    /// As people say it, such as `a care home`.
    pub fn in_words(self) -> &'static str {
        match self {
            Sector::NhsTrust => "an NHS trust",
            Sector::IndependentHospital => "an independent hospital",
            Sector::CareHome => "a care home",
            Sector::GpPractice => "a general practice",
        }
    }
}

impl Rules {
    /// The evidence type of an id.
    pub fn evidence_type(&self, id: &str) -> Option<&EvidenceType> {
        self.evidence.iter().find(|one| one.id == id)
    }

    /// Every line with its framework, in order.
    pub fn lines(&self) -> impl Iterator<Item = (&Framework, &Line)> {
        self.frameworks.iter().flat_map(|framework| framework.lines.iter().map(move |line| (framework, line)))
    }

    /// Leaves only the expectations that are asked of a sector.
    pub fn keep_sector(&mut self, sector: Sector) {
        self.sector = Some(sector);
        for line in self.frameworks.iter_mut().flat_map(|framework| &mut framework.lines) {
            line.expectations.retain(|one| one.sectors.is_empty() || one.sectors.contains(&sector));
        }
    }
}
