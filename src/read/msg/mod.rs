//! Mails of Outlook: a compound file with a stream for each property, a storage for each attachment and recipient.

mod lzfu;

use mail_parser::MessageParser;

use super::binary::{code_page, part, u16_at, u32_at, u64_at, wide};
use super::compound::{Compound, ROOT, time};
use super::inside::{Contents, Inside, tidy, too_large};
use super::letter::{DEPTH, Head, Letter, one_line};
use super::{Limits, Unread, rtf};
use crate::day::Day;
use crate::text::Text;

// Properties by number.
const CLASS: u16 = 0x001a;
const SUBJECT: u16 = 0x0037;
const SENT: u16 = 0x0039;
const FOR_WHOM: u16 = 0x0042;
const HEADERS: u16 = 0x007d;
const RECIPIENT_KIND: u16 = 0x0c15;
const SENDER: u16 = 0x0c1a;
const SENDER_ADDRESS: u16 = 0x0c1f;
const TO: u16 = 0x0e04;
const CC: u16 = 0x0e03;
const ARRIVED: u16 = 0x0e06;
const BODY: u16 = 0x1000;
const RICH: u16 = 0x1009;
const HTML: u16 = 0x1013;
const NAME: u16 = 0x3001;
const ADDRESS: u16 = 0x3003;
const DATA: u16 = 0x3701;
const SHORT_NAME: u16 = 0x3704;
const LONG_NAME: u16 = 0x3707;
const MEDIA: u16 = 0x370e;
const CONTENT_ID: u16 = 0x3712;
const FLAGS: u16 = 0x3714;
const SMTP: u16 = 0x39fe;
const PAGE_OF_HTML: u16 = 0x3fde;
const PAGE: u16 = 0x3ffd;
const HIDDEN: u16 = 0x7ffe;

/// Recipients that are named.
const PEOPLE: usize = 100;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let file = Compound::open(bytes, limits)?;
    let mail = Properties::of(&file, ROOT, 32);
    let mut letter = Letter::new(limits);
    if is_locked(&mail) {
        return Err(Unread::Encrypted);
    }
    read_mail(&mut letter, &mail, 1, limits);
    Ok(letter.finish())
}

/// Whether what the mail says lies in an attachment that only the reader's key opens.
fn is_locked(mail: &Properties<'_, '_>) -> bool {
    let attachments = || mail.storages("__attach_version1.0_");
    let rights = attachments().iter().any(|one| file_name(one).is_some_and(|name| name == "message.rpmsg"));
    let enveloped = mail.words(CLASS).is_some_and(|class| class.eq_ignore_ascii_case("IPM.Note.SMIME"));
    let nothing = || mail.words(BODY).unwrap_or_default().trim().is_empty() && !mail.has(HTML) && !mail.has(RICH);
    rights || enveloped && nothing()
}

/// The properties of a mail, an attachment or a recipient.
struct Properties<'f, 'b> {
    file: &'f Compound<'b>,
    storage: usize,
    children: Vec<(usize, String)>,
    /// Numbers of eight bytes or less stand together, after some bytes of their own.
    fixed: Vec<u8>,
    page: u32,
}

impl<'f, 'b> Properties<'f, 'b> {
    fn of(file: &'f Compound<'b>, storage: usize, head: usize) -> Self {
        let children = file.children(storage).into_iter().map(|(number, name)| (number, name.to_lowercase())).collect();
        let fixed = file.named(storage, "__properties_version1.0").unwrap_or_default();
        let fixed = fixed.get(head..).unwrap_or_default().to_vec();
        let mut properties = Properties { file, storage, children, fixed, page: 1252 };
        properties.page = properties.number(PAGE).or_else(|| properties.number(PAGE_OF_HTML)).unwrap_or(1252);
        properties
    }

    fn fixed(&self, property: u16) -> Option<&[u8]> {
        let mut entries = self.fixed.chunks_exact(16);
        entries.find(|entry| u16_at(entry, 2) == Some(property)).map(|entry| part(entry, 8, 8))
    }

    fn number(&self, property: u16) -> Option<u32> {
        u32_at(self.fixed(property)?, 0)
    }

    fn time(&self, property: u16) -> Option<String> {
        time(u64_at(self.fixed(property)?, 0)?)
    }

    fn child(&self, property: u16, kind: u16) -> Option<usize> {
        let name = format!("__substg1.0_{property:04x}{kind:04x}");
        self.children.iter().find(|(_, other)| *other == name).map(|(number, _)| *number)
    }

    fn has(&self, property: u16) -> bool {
        [0x1f, 0x1e, 0x102].iter().any(|kind| self.child(property, *kind).is_some())
    }

    fn bytes(&self, property: u16) -> Option<Vec<u8>> {
        self.child(property, 0x102).map(|number| self.file.stream(number))
    }

    fn words(&self, property: u16) -> Option<String> {
        if let Some(number) = self.child(property, 0x1f) {
            return Some(wide(&self.file.stream(number)));
        }
        let bytes = self.file.stream(self.child(property, 0x1e)?);
        let words = code_page(self.page).decode_without_bom_handling(&bytes).0;
        Some(words.trim_end_matches('\0').to_string())
    }

    /// Storages by the beginning of their names: attachments, recipients.
    fn storages(&self, begins: &str) -> Vec<Properties<'f, 'b>> {
        let storages = self.children.iter().filter(|(number, name)| {
            name.starts_with(begins) && self.file.is_storage(*number) && *number != self.storage
        });
        let mut named: Vec<_> = storages.map(|(number, name)| (name.as_str(), *number)).collect();
        named.sort_unstable();
        let of = |(_, number)| Properties { page: self.page, ..Properties::of(self.file, number, 8) };
        named.into_iter().map(of).collect()
    }
}

fn read_mail(letter: &mut Letter<'_>, mail: &Properties<'_, '_>, depth: usize, limits: &Limits) {
    letter.head(head(mail), depth);
    if !letter.is_full() {
        body(letter, mail, limits);
    }
    for attachment in mail.storages("__attach_version1.0_") {
        if let Some(inner) = mail_within(&attachment).filter(|_| depth < DEPTH) {
            if letter.is_full() {
                return;
            }
            read_mail(letter, &inner, depth + 1, limits);
        } else if !is_shown(&attachment)
            && let Some(name) = file_name(&attachment)
        {
            letter.attachment(one_line(&name));
        }
    }
}

fn head(mail: &Properties<'_, '_>) -> Head {
    let words = |property| mail.words(property).map(|words| one_line(&words)).filter(|words| !words.is_empty());
    let mut sent = mail.time(SENT).or_else(|| mail.time(ARRIVED));
    let mut from = words(FOR_WHOM).or_else(|| words(SENDER)).or_else(|| words(SENDER_ADDRESS));
    if (sent.is_none() || from.is_none())
        && let Some(headers) = mail.words(HEADERS)
        && let Some(headers) = MessageParser::default().parse_headers(headers.as_bytes())
    {
        sent = sent.or_else(|| headers.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339));
        let first = headers.from().and_then(|from| from.first());
        from = from.or_else(|| first.and_then(|from| from.name().or(from.address()).map(one_line)));
    }
    let sent = sent.and_then(|time| {
        let day: Day = time.get(..10)?.parse().ok()?;
        Some((time, day.in_words()))
    });
    let recipients = recipients(mail);
    let all = |kind: u32| {
        let named = recipients.iter().filter(|(other, _)| *other == kind).map(|(_, name)| name.as_str());
        named.take(PEOPLE).collect::<Vec<_>>().join(", ")
    };
    let or = |named: String, property| if named.is_empty() { words(property).unwrap_or_default() } else { named };
    Head {
        subject: words(SUBJECT).unwrap_or_default(),
        from: from.unwrap_or_default(),
        sent,
        to: or(all(1), TO),
        cc: or(all(2), CC),
    }
}

/// Who gets the mail: as what (1 is to, 2 is a copy), and who.
fn recipients(mail: &Properties<'_, '_>) -> Vec<(u32, String)> {
    let of = |one: &Properties<'_, '_>| {
        let words = |property| one.words(property).map(|words| one_line(&words)).filter(|words| !words.is_empty());
        Some((one.number(RECIPIENT_KIND)? & 3, words(NAME).or_else(|| words(SMTP)).or_else(|| words(ADDRESS))?))
    };
    mail.storages("__recip_version1.0_").iter().filter_map(of).collect()
}

/// The body: HTML where there is any, since a table in it stays one; it may lie within the rich text.
fn body(letter: &mut Letter<'_>, mail: &Properties<'_, '_>, limits: &Limits) {
    if let Some(source) = html(mail) {
        return letter.html(&source);
    }
    let rich = mail.bytes(RICH).map(|packed| lzfu::unpack(&packed)).unwrap_or_default();
    if let Some(source) = rtf::html(&rich, limits.depth, limits.text_bytes) {
        return letter.html(&source);
    }
    let plain = mail.words(BODY).unwrap_or_default();
    let has_table = rich.windows(6).any(|part| part == b"\\trowd");
    if (has_table || plain.trim().is_empty())
        && let Ok(text) = rtf::read(&rich, limits)
        && text.words() > 0
    {
        return letter.text(&text);
    }
    letter.plain(&plain);
}

fn html(mail: &Properties<'_, '_>) -> Option<String> {
    let source = match mail.bytes(HTML) {
        Some(bytes) => {
            let page = code_page(mail.number(PAGE_OF_HTML).unwrap_or(mail.page));
            page.decode(&bytes).0.into_owned()
        }
        None => mail.words(HTML)?,
    };
    Some(source).filter(|source| !source.trim().is_empty())
}

/// The mail that an attachment is.
fn mail_within<'f, 'b>(attachment: &Properties<'f, 'b>) -> Option<Properties<'f, 'b>> {
    let storage = attachment.child(DATA, 0x0d).filter(|number| attachment.file.is_storage(*number))?;
    let mail = Properties::of(attachment.file, storage, 24);
    (!mail.fixed.is_empty()).then_some(mail)
}

/// Whether an attachment is a picture that the body shows: a logo or a signature.
fn is_shown(attachment: &Properties<'_, '_>) -> bool {
    let media = attachment.words(MEDIA).unwrap_or_default().to_lowercase();
    let name = file_name(attachment).unwrap_or_default().to_lowercase();
    let pictures = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf"];
    let picture = media.starts_with("image/") || pictures.iter().any(|ending| name.ends_with(ending));
    let of_body = attachment.has(CONTENT_ID) || attachment.number(FLAGS).is_some_and(|flags| flags & 4 != 0);
    picture && (of_body || attachment.number(HIDDEN).is_some_and(|hidden| hidden & 1 == 1))
}

/// The name of an attachment; `None` for pictures that were pasted into rich text, which have none.
fn file_name(attachment: &Properties<'_, '_>) -> Option<String> {
    let words = |property| attachment.words(property).filter(|words| !words.trim().is_empty());
    words(LONG_NAME).or_else(|| words(SHORT_NAME)).or_else(|| {
        // What it is called in the list of attachments need not be a file's name.
        words(NAME).filter(|_| attachment.child(DATA, 0x102).is_some())
    })
}

/// The attachments of a mail as documents of their own; a mail within the mail is read with it, its attachments are here.
pub(super) fn attachments(bytes: &[u8], limits: &Limits, budget: &mut u64) -> Contents {
    let mut contents = Contents::default();
    // A mail that does not open is a finding of the reader already.
    let Ok(file) = Compound::open(bytes, limits) else { return contents };
    let mut open = vec![(Properties::of(&file, ROOT, 32), 1)];
    while let Some((mail, depth)) = open.pop() {
        for attachment in mail.storages("__attach_version1.0_") {
            if let Some(inner) = mail_within(&attachment) {
                if depth < DEPTH {
                    open.push((inner, depth + 1));
                }
                continue;
            }
            let (Some(name), false) = (file_name(&attachment), is_shown(&attachment)) else { continue };
            if contents.documents.len() >= limits.entries || *budget == 0 {
                contents.cut.push(format!("attachments after the first {}", contents.documents.len()));
                return contents;
            }
            let bytes = match attachment.bytes(DATA) {
                Some(bytes) if bytes.len() as u64 > *budget => Err(too_large(limits)),
                Some(bytes) => Ok(bytes),
                None => {
                    Err(Unread::NotLocal("the mail holds a link to it, or an object of another program".to_string()))
                }
            };
            *budget = budget.saturating_sub(bytes.as_ref().map_or(0, Vec::len) as u64);
            contents.documents.push(Inside { name: tidy(&name), bytes });
        }
    }
    contents
}

#[cfg(test)]
mod tests;
