//! Everything that needs a document's text, for one document: read, describe, recognise. What fails is a value on that document.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Document, Facts, Kind, Words};
use crate::dossier::Dossier;
use crate::read::{Format, Limits, Unread, read};
use crate::recognise::Recogniser;
use crate::text::{Excerpt, Text};

/// What every document is examined with.
#[derive(Debug, Clone, Copy)]
pub struct Examiner<'a> {
    /// Recognises evidence types.
    pub recogniser: &'a Recogniser<'a>,
    /// Vocabulary of documents.
    pub words: &'a Words,
    /// How much is read.
    pub limits: &'a Limits,
}

impl Examiner<'_> {
    /// Examines the bytes of a document. A panic of a reader is caught and becomes `Unread` on this document.
    pub fn bytes(&self, path: &str, bytes: &[u8]) -> Dossier {
        let examined = catch_unwind(AssertUnwindSafe(|| {
            let (format, text) = read(path, bytes, self.limits);
            match text {
                Ok(text) => self.text(path, format, text),
                Err(unread) => unread_dossier(path, format, unread),
            }
        }));
        examined.unwrap_or_else(|_| {
            let reason = "it is damaged in a way that stopped the reader".to_string();
            unread_dossier(path, Format::Unknown, Unread::Unreadable(reason))
        })
    }

    /// Describes and recognises a text.
    fn text(&self, path: &str, format: Format, text: Text) -> Dossier {
        let document = Document::describe(path, format, text, self.words);
        let (evidence, near) = self.recogniser.recognise(&document);
        let result = measured_result(&document.text);
        Dossier {
            path: document.path,
            format,
            unread: None,
            kind: document.kind,
            kind_because: document.kind_because,
            facts: document.facts,
            words: document.text.words(),
            evidence,
            near,
            actions: document.actions,
            personal: document.personal,
            placeholders: document.placeholders,
            result,
            cut: document.text.cut.clone(),
        }
    }
}

/// The dossier of a document that gave no text.
pub fn unread_dossier(path: &str, format: Format, unread: Unread) -> Dossier {
    Dossier {
        path: path.to_string(),
        format,
        unread: Some(unread),
        kind: Kind::Other,
        kind_because: "it was not read".to_string(),
        facts: Facts::default(),
        words: 0,
        evidence: Vec::new(),
        near: Vec::new(),
        actions: Vec::new(),
        personal: Vec::new(),
        placeholders: Vec::new(),
        result: None,
        cut: Vec::new(),
    }
}

/// A figure before and after (domain knowledge: a claim of improvement is measured when a number moved, with its unit).
#[allow(clippy::expect_used)] // a constant pattern; the test below compiles it
static RESULT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
          \bfrom\s+(?:an?\s+|about\s+|around\s+|baseline\s+of\s+|average\s+of\s+|median\s+of\s+)*£?\d[\d.,]*\s*(?:%|per\s?cent|[a-z]+)?(?:\s+[a-z]+){0,6}?\s+to\s+(?:an?\s+|about\s+|around\s+|average\s+of\s+)*£?\d
        | \b(?:reduc|increas|improv|fell|fall|rose|rise|drop|declin|decreas|shorten|cut)\w*\b(?:\W+[a-z]+){0,6}?\W+(?:by|to)\s+(?:over\s+|about\s+|around\s+)?£?\d[\d.,]*
        | \b\d[\d.,]*\s*(?:%|per\s?cent)?\s*(?:→|->)\s*\d
        | \bbaseline\b[^.\n]{0,60}\d[\d.,]*[^.\n]{0,80}\b(?:now|after|current|latest|result|post|final)\b[^.\n]{0,40}\d
        ",
    )
    .expect("a constant pattern")
});

fn measured_result(text: &Text) -> Option<Excerpt> {
    let evidence = |at: usize| {
        text.block_index(at).and_then(|index| text.blocks().get(index)).is_some_and(|block| block.role.is_evidence())
    };
    let found = RESULT.find_iter(text.content()).find(|found| evidence(found.start()))?;
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
        assert!(measured_result(&builder.finish()).is_none());
        assert!(measured_result(&kept.finish()).is_some_and(|excerpt| excerpt.quote.contains("9 to 4")));
    }

    #[test]
    fn a_result_is_a_number_that_moved() {
        for yes in [
            "Falls fell from 6.1 to 3.4 per 1,000 bed days",
            "Waits were reduced by 30% in a year",
            "completion rose to 91%",
            "Baseline 42%, now 78%",
            "from a baseline of 12 days to 5 days",
        ] {
            assert!(RESULT.is_match(yes), "{yes}");
        }
        for no in [
            "a significant improvement was seen",
            "feedback was very positive",
            "we will reduce falls",
            "from Board to ward",
        ] {
            assert!(!RESULT.is_match(no), "{no}");
        }
    }
}
