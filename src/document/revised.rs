//! Traces of work that is not finished: revisions that nobody accepted and reviewers' comments that nobody took out.

use serde::{Deserialize, Serialize};

use crate::read::Format;
use crate::text::{Excerpt, Role, Text};

/// Unaccepted revisions and open comments of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    /// Insertions and deletions that nobody accepted or rejected.
    pub changes: u32,
    /// Reviewers' comments that are not resolved.
    pub comments: u32,
    /// The first words that were deleted or said in a comment; none where the file holds insertions only.
    pub excerpt: Option<Excerpt>,
}

impl Revised {
    /// What is left in a text; `None` when it is clean. Notes in the cells of a workbook explain figures and stay there, and
    /// the marks for inserted and deleted words of a web page are words for its readers: neither is unfinished work.
    pub fn of(text: &Text, format: Format) -> Option<Revised> {
        if matches!(format, Format::Html) {
            return None;
        }
        let revisions = text.revisions;
        let comments = if matches!(format, Format::Xlsx | Format::Xls | Format::Ods) { 0 } else { revisions.comments };
        let changes = revisions.insertions.saturating_add(revisions.deletions);
        if changes == 0 && comments == 0 {
            return None;
        }
        let first = |role: Role| {
            let said = |block: &&crate::text::Block| block.role == role && !text.block_text(block).trim().is_empty();
            text.blocks().iter().find(said).map(|block| text.excerpt(block.span))
        };
        let comment = || if comments > 0 { first(Role::Comment) } else { None };
        Some(Revised { changes, comments, excerpt: first(Role::Deletion).or_else(comment) })
    }

    /// What is left, in words: `3 tracked changes and 1 comment`.
    pub fn in_words(&self) -> String {
        let counted = |number: u32, one: &str| match number {
            0 => None,
            1 => Some(format!("1 {one}")),
            more => Some(format!("{more} {one}s")),
        };
        let parts = [counted(self.changes, "tracked change"), counted(self.comments, "comment")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Place;

    fn revised(format: Format, insertions: u32, comments: u32) -> Option<Revised> {
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::default(), "The policy holds for all staff.");
        builder.push(Role::Comment, Place::default(), "Is that still so?");
        builder.revisions().insertions = insertions;
        builder.revisions().comments = comments;
        Revised::of(&builder.finish(), format)
    }

    #[test]
    fn what_is_unfinished_is_counted_and_shown() {
        let both = revised(Format::Docx, 2, 1).unwrap();
        assert_eq!(both.in_words(), "2 tracked changes and 1 comment");
        assert_eq!(both.excerpt.unwrap().quote, "Is that still so?");
        assert_eq!(revised(Format::Odt, 1, 0).unwrap().in_words(), "1 tracked change");
        assert_eq!(revised(Format::Odt, 1, 0).unwrap().excerpt, None);
        assert_eq!(revised(Format::Docx, 0, 0), None);
    }

    #[test]
    fn notes_in_cells_and_marks_of_web_pages_are_no_unfinished_work() {
        assert_eq!(revised(Format::Xlsx, 0, 4), None);
        assert_eq!(revised(Format::Html, 3, 0), None);
    }
}
