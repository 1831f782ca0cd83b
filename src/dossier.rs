//! What is kept of a document once its text is dropped. Small, owned, masked; stands for the document from here on.

use serde::{Deserialize, Serialize};

use crate::document::named::Named;
use crate::document::revised::Revised;
use crate::document::sketch::Sketch;
use crate::document::stated::Stated;
use crate::document::{Action, Facts, Kind, PersonalData};
use crate::read::{Format, Unread};
use crate::recognise::{Evidence, NearMiss};
use crate::text::Excerpt;

/// One document of the folder, examined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Path relative to the folder, with forward slashes.
    pub path: String,
    /// Its format.
    pub format: Format,
    /// Why there is no text, when there is none.
    pub unread: Option<Unread>,
    /// Its kind.
    pub kind: Kind,
    /// Why that kind.
    pub kind_because: String,
    /// Its facts.
    pub facts: Facts,
    /// How many words it has.
    pub words: usize,
    /// What it is evidence for.
    pub evidence: Vec<Evidence>,
    /// What it nearly is.
    pub near: Vec<NearMiss>,
    /// Its actions.
    pub actions: Vec<Action>,
    /// Personal data in it.
    pub personal: Vec<PersonalData>,
    /// Template text left unfilled.
    pub placeholders: Vec<Excerpt>,
    /// A measured result: a figure before and after, or over time.
    pub result: Option<Excerpt>,
    /// A claim that something became better.
    pub claim: Option<Excerpt>,
    /// What it seems to say of itself in words that give no fact.
    pub stated: Stated,
    /// Revisions and comments that are still in it.
    pub revised: Option<Revised>,
    /// A mark of its words, to know copies and versions by.
    pub sketch: Sketch,
    /// Documents that it relies on by name.
    pub relies_on: Vec<Named>,
    /// What a limit cut off.
    pub cut: Vec<String>,
}
