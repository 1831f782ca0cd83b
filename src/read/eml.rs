//! Mail: the subject as title, who wrote to whom and when, the body; attachments are named here, and read as documents of their own by `inside`.

use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

use super::letter::{DEPTH, Head, Letter, one_line};
use super::{Limits, Unread};
use crate::text::Text;

/// Mails within mails of one file; the parser goes down into each, and each takes its part of the stack.
const MAILS: usize = 1000;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let marker = b"message/rfc822";
    let nested = bytes.windows(marker.len()).filter(|part| part.eq_ignore_ascii_case(marker)).count();
    if nested > MAILS {
        return Err(Unread::Unreadable(format!("it holds more than {MAILS} mails")));
    }
    let mut letter = Letter::new(limits);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(letter.finish());
    }
    let Some(mail) = MessageParser::default().parse(bytes) else {
        return Err(Unread::Unreadable("it is not a mail, or a damaged one".to_string()));
    };
    read_mail(&mut letter, &mail, 1);
    Ok(letter.finish())
}

/// Reads a mail that lies `depth` mails deep.
fn read_mail(letter: &mut Letter<'_>, mail: &Message<'_>, depth: usize) {
    let named = |whom: Option<&Address<'_>>| whom.map(people).unwrap_or_default();
    let sent = mail.date().filter(|date| date.is_valid()).map(|date| {
        let month = MONTHS.get(usize::from(date.month).saturating_sub(1)).copied().unwrap_or("");
        (date.to_rfc3339(), format!("{} {month} {}", date.day, date.year))
    });
    let head = Head {
        subject: mail.subject().map(one_line).unwrap_or_default(),
        from: named(mail.from()),
        sent,
        to: named(mail.to()),
        cc: named(mail.cc()),
    };
    letter.head(head, depth);
    bodies(letter, mail);
    for part in mail.attachments() {
        match &part.body {
            PartType::Message(inner) if depth < DEPTH => read_mail(letter, inner, depth + 1),
            _ => {
                let name = part.attachment_name().map_or_else(|| "without a name".to_string(), one_line);
                // A picture without a name, or one that the body shows, is a logo or a signature.
                let shown = part.content_id().is_some() && part.is_content_type_of("image");
                if !shown {
                    letter.attachment(name);
                }
            }
        }
    }
}

/// The bodies: HTML where there is any, since a table in it stays one.
fn bodies(letter: &mut Letter<'_>, mail: &Message<'_>) {
    let html = mail.html_bodies().any(|part| matches!(part.body, PartType::Html(_)));
    let bodies: Vec<_> = if html { mail.html_bodies().collect() } else { mail.text_bodies().collect() };
    for part in bodies {
        if letter.is_full() {
            return;
        }
        match &part.body {
            PartType::Html(source) => letter.html(source),
            PartType::Text(words) => letter.plain(words),
            _ => {}
        }
    }
}

/// Whether a part is of a type such as `image`, whatever its subtype.
trait OfType {
    fn is_content_type_of(&self, kind: &str) -> bool;
}

impl OfType for mail_parser::MessagePart<'_> {
    fn is_content_type_of(&self, kind: &str) -> bool {
        self.content_type().is_some_and(|full| full.ctype().eq_ignore_ascii_case(kind))
    }
}

/// Names of people, their addresses where they have no name.
fn people(address: &Address<'_>) -> String {
    let names = address.iter().filter_map(|one| one.name().or(one.address()).map(one_line));
    names.filter(|name| !name.is_empty()).take(100).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Role;

    fn blocks(text: &Text) -> Vec<(Role, &str)> {
        text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect()
    }

    #[test]
    fn a_mail_reads_with_its_headers_and_quoted_reply() {
        let source = "From: Jo Bloggs <jo@example.org>\r\nTo: board@example.org\r\nDate: Fri, 1 May 2026 09:30:00 +0100\r\n\
            Subject: =?utf-8?Q?Action_plan_=E2=80=93_agreed?=\r\n\r\nWe agree.\r\n\r\n> Please agree the plan\r\n> by Friday.\r\n";
        let text = read(source.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(
            blocks(&text),
            [
                (Role::Title, "Action plan – agreed"),
                (Role::Paragraph, "From: Jo Bloggs"),
                (Role::Paragraph, "Sent: 1 May 2026"),
                (Role::Paragraph, "To: board@example.org"),
                (Role::Paragraph, "We agree."),
                (Role::Paragraph, "Please agree the plan\nby Friday."),
            ]
        );
        assert_eq!(text.metadata.created.as_deref(), Some("2026-05-01T09:30:00+01:00"));
    }

    #[test]
    fn html_bodies_attachments_and_forwarded_mails_count() {
        let source = "From: a@example.org\r\nSubject: Outer\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
            Content-Type: text/html\r\n\r\n<title>no</title><table><tr><td>Owner<td>Matron</table>\r\n--b\r\n\
            Content-Type: application/pdf; name=\"risk register.pdf\"\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b\r\n\
            Content-Type: message/rfc822\r\n\r\nSubject: Inner\r\n\r\nForwarded words.\r\n--b--\r\n";
        let text = read(source.as_bytes(), &Limits::default()).unwrap();
        let found = blocks(&text);
        assert!(found.contains(&(Role::Cell { table: 0, row: 0, column: 1 }, "Matron")), "{found:?}");
        assert!(found.contains(&(Role::Heading(2), "Inner")));
        assert!(found.contains(&(Role::Paragraph, "Forwarded words.")));
        assert_eq!(text.metadata.title.as_deref(), Some("Outer"));
        assert!(text.cut.is_empty());
    }

    #[test]
    fn mails_nested_without_end_are_refused() {
        let source = "Content-Type: message/rfc822\r\n\r\n".repeat(30_000);
        assert!(matches!(read(source.as_bytes(), &Limits::default()), Err(Unread::Unreadable(_))));
        let few = "Content-Type: message/rfc822\r\n\r\n".repeat(MAILS) + "Subject: deep\r\n\r\nwords";
        assert!(read(few.as_bytes(), &Limits::default()).is_ok());
    }

    proptest! {
        #[test]
        fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), head in "(Subject: [ -~]{0,20}\r\n|Content-Type: multipart/mixed; boundary=b\r\n|Date: [ -~]{0,20}\r\n){0,3}\r\n") {
            let mut source = head.into_bytes();
            source.extend(bytes);
            let _ = read(&source, &Limits::default());
        }
    }
}
