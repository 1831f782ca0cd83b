//! Findings about documents that are copies or versions of others, that are still being worked on, or that lean on others.

use crate::document::Status;
use crate::document::named::Named;
use crate::dossier::Dossier;
use crate::finding::{Check, Finding};

/// What a document of which a newer version is on file is called among the reasons for its grade.
pub const REPLACED: &str = "a newer version of it is in the folder";

/// A newer version of the document is in the folder.
pub fn superseded(old: &Dossier, new: &Dossier) -> Finding {
    let version = new.facts.version.as_ref().map(|version| format!("version {}", version.value));
    let date = new.facts.date.as_ref().map(|date| format!("of {}", date.value.in_words()));
    let which: Vec<String> = version.into_iter().chain(date).collect();
    let which = if which.is_empty() { String::new() } else { format!(", {}", which.join(" ")) };
    let message = format!("{REPLACED}: \"{}\"{which}", new.path);
    let facts = &old.facts;
    let excerpt = facts.version.as_ref().and_then(|version| version.excerpt.clone());
    let excerpt = excerpt.or_else(|| facts.date.as_ref().and_then(|date| date.excerpt.clone()));
    let finding = Finding::new(Check::Superseded, message, Check::Superseded.remedy());
    finding.with_excerpt(excerpt).in_document(&old.path).stamped(&new.path)
}

/// The document says itself that it was replaced.
pub(super) fn put_away(dossier: &Dossier) -> Option<Finding> {
    let status = dossier.facts.status.as_ref().filter(|status| status.value == Status::Superseded)?;
    let finding = Finding::new(Check::Superseded, "it says that it is no longer in force", Check::Superseded.remedy());
    Some(finding.with_excerpt(status.excerpt.clone()).in_document(&dossier.path).stamped(""))
}

/// The document holds the same words as another.
pub fn duplicate(copy: &Dossier, kept: &Dossier) -> Finding {
    let message = format!("it holds the same words as \"{}\"", kept.path);
    Finding::new(Check::Duplicate, message, Check::Duplicate.remedy()).in_document(&copy.path).stamped(&kept.path)
}

/// Revisions or comments are still in the document.
pub(super) fn tracked_changes(dossier: &Dossier) -> Option<Finding> {
    let revised = dossier.revised.as_ref()?;
    let message = format!("{} still in the file", revised.in_words());
    let finding = Finding::new(Check::TrackedChanges, message, Check::TrackedChanges.remedy());
    Some(finding.with_excerpt(revised.excerpt.clone()).in_document(&dossier.path).stamped(""))
}

/// The document relies on one that is not in the folder.
pub fn dangling_reference(dossier: &Dossier, named: &Named) -> Finding {
    let message = format!("it relies on \"{}\", which is not in the folder", named.name);
    let finding = Finding::new(Check::DanglingReference, message, Check::DanglingReference.remedy());
    finding.with_excerpt(Some(named.excerpt.clone())).in_document(&dossier.path).stamped("")
}
