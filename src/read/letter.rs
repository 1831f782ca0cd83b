//! What mails of all formats have in common: subject, who wrote to whom and when, bodies, names of attachments.

use super::html::{self, Counts};
use super::{Limits, plain, raised_by};
use crate::text::{Place, Role, Text, TextBuilder};

/// Mails within mails that are read, the outermost being the first.
pub(super) const DEPTH: usize = 5;

/// What stands over a mail. Empty where it is not known.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    /// What it is about.
    pub(super) subject: String,
    /// Who wrote it.
    pub(super) from: String,
    /// When it was sent, ISO 8601, and the same in words.
    pub(super) sent: Option<(String, String)>,
    /// To whom.
    pub(super) to: String,
    /// Who got a copy.
    pub(super) cc: String,
}

/// A mail as it becomes a text.
pub(super) struct Letter<'l> {
    pub(super) builder: TextBuilder,
    counts: Counts,
    limits: &'l Limits,
    attachments: Vec<String>,
}

impl<'l> Letter<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Letter { builder: Text::builder(), counts: Counts::default(), limits, attachments: Vec::new() }
    }

    fn push(&mut self, role: Role, words: &str) {
        self.counts.paragraph += 1;
        self.builder.push(role, Place::at_paragraph(self.counts.paragraph), words);
    }

    /// What stands over the mail, `depth` mails deep; that of the outermost is the document's own.
    pub(super) fn head(&mut self, head: Head, depth: usize) {
        let some = |words: &str| Some(words.to_string()).filter(|words| !words.is_empty());
        if depth == 1 {
            let metadata = self.builder.metadata();
            metadata.title = some(&head.subject);
            metadata.author = some(&head.from);
            metadata.created = head.sent.as_ref().map(|(time, _)| time.clone());
        }
        self.push(if depth == 1 { Role::Title } else { Role::Heading(2) }, &head.subject);
        if !head.from.is_empty() {
            self.push(Role::Paragraph, &format!("From: {}", head.from));
        }
        if let Some((_, day)) = &head.sent {
            self.push(Role::Paragraph, &format!("Sent: {day}"));
        }
        for (name, shown, whom) in [("to", "To", head.to), ("cc", "Cc", head.cc)] {
            if whom.is_empty() {
                continue;
            }
            self.push(Role::Paragraph, &format!("{shown}: {whom}"));
            if depth == 1 {
                self.builder.metadata().properties.push((name.to_string(), whom));
            }
        }
    }

    /// Whether the limit of text is reached, which is then said.
    pub(super) fn is_full(&mut self) -> bool {
        let full = self.builder.len() > self.limits.text_bytes;
        if full {
            self.builder.cut(format!(
                "text after the first {} bytes{}",
                self.limits.text_bytes,
                raised_by("text-bytes")
            ));
        }
        full
    }

    /// A body in HTML.
    pub(super) fn html(&mut self, source: &str) {
        // The title of a mail is its subject.
        let title = self.builder.metadata().title.get_or_insert_default().clone();
        let builder = std::mem::take(&mut self.builder);
        self.builder = html::write(source, builder, &mut self.counts, self.limits);
        self.builder.metadata().title = Some(title).filter(|title| !title.is_empty());
    }

    /// A plain body; the marks before the lines of a quoted reply are left out, their words kept.
    pub(super) fn plain(&mut self, words: &str) {
        let unquoted: String =
            words.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']).to_string() + "\n").collect();
        if let Ok(text) = plain::read(unquoted.as_bytes(), self.limits) {
            self.text(&text);
        }
    }

    /// A body that was read already.
    pub(super) fn text(&mut self, text: &Text) {
        let before = self.counts.tables;
        for block in text.blocks() {
            let role = match block.role {
                Role::Cell { table, row, column } => {
                    self.counts.tables = self.counts.tables.max(before + table + 1);
                    Role::Cell { table: before + table, row, column }
                }
                // The title of a mail is its subject.
                Role::Title => Role::Heading(1),
                other => other,
            };
            self.push(role, text.block_text(block));
        }
    }

    /// Names an attachment.
    pub(super) fn attachment(&mut self, name: String) {
        if self.attachments.len() < self.limits.entries {
            self.attachments.push(name);
        }
    }

    pub(super) fn finish(self) -> Text {
        let Letter { mut builder, attachments, .. } = self;
        if !attachments.is_empty() {
            let number = attachments.len();
            builder.metadata().properties.push(("attachments".to_string(), number.to_string()));
            for name in attachments {
                builder.metadata().properties.push(("attachment".to_string(), name));
            }
        }
        builder.finish()
    }
}

/// Words on one line.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
