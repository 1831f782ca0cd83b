//! The format of a file: by its first bytes, then by the ending of its name.

use super::compound::{self, Compound, ROOT};
use super::ooxml::format_of_package;
use super::{Format, Limits, Unread};

/// First bytes of files that kloe does not read, and what they are in words for the user.
const OTHERS: [(&[u8], &str); 5] = [
    (b"\xdb\xa5", "documents of Word 2; save it as .docx"),
    (b"\x00\x01\x00\x00Standard", "an Access database"),
    (b"MZ", "a program"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
];

const IMAGES: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM"];

/// The format by magic bytes, package content and ending.
pub(super) fn format(name: &str, bytes: &[u8]) -> Result<Format, Unread> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if bytes.get(..1024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|five| five == b"%PDF-")) {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return match format_of_package(bytes)? {
            Some(format) => Ok(format),
            None if ["docx", "xlsx", "pptx", "odt", "ods", "odp"].contains(&ending.as_str()) => {
                Err(Unread::Unreadable(format!(
                    "its content is an archive, but not that of a .{ending} file; it is damaged or has the wrong name"
                )))
            }
            None => Ok(Format::Zip),
        };
    }
    if bytes.starts_with(compound::MAGIC) {
        return format_of_compound(bytes);
    }
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Unread::Unsupported((*what).to_string()));
    }
    if IMAGES.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Unread::NoText(None));
    }
    let binary = bytes.iter().take(4096).filter(|byte| **byte == 0).count() > 0 && !starts_wide(bytes);
    let office = ["doc", "dot", "rtf", "xls", "ppt", "msg"].contains(&ending.as_str());
    if let Some(format) = text_of_office(bytes).filter(|_| office && !binary) {
        return Ok(format);
    }
    match ending.as_str() {
        "docx" | "docm" | "dotx" | "dotm" | "xlsx" | "xlsm" | "xltx" | "xlsb" | "xls" | "pptx" | "pptm" | "ppsx"
        | "potx" | "odt" | "ott" | "ods" | "ots" | "odp" | "otp" | "pdf" | "ppt" | "msg"
            if !bytes.is_empty() =>
        {
            Err(Unread::Unreadable(format!(
                "its content is not that of a .{ending} file; it is damaged or has the wrong name"
            )))
        }
        _ if binary => Err(Unread::Unsupported(named(&ending))),
        "md" | "markdown" => Ok(Format::Md),
        "html" | "htm" | "xhtml" => Ok(Format::Html),
        "csv" | "tsv" => Ok(Format::Csv),
        "eml" => Ok(Format::Eml),
        "txt" | "text" | "log" | "" => Ok(Format::Txt),
        _ if bytes.is_empty() => Ok(Format::Txt),
        _ => Err(Unread::Unsupported(named(&ending))),
    }
}

/// Whether words stand somewhere in UTF-16.
fn holds_wide(bytes: &[u8], words: &str) -> bool {
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|part| part == wide)
}

/// The format of a compound file, by the streams that it holds.
fn format_of_compound(bytes: &[u8]) -> Result<Format, Unread> {
    let file = match Compound::open(bytes, &Limits::default()) {
        Ok(file) => file,
        // The names of streams stand in it in the clear, damaged or not.
        Err(_) if holds_wide(bytes, "EncryptedPackage") => return Err(Unread::Encrypted),
        Err(unread) => return Err(unread),
    };
    let names = file.children(ROOT);
    let has = |name: &str| names.iter().any(|(_, other)| other.eq_ignore_ascii_case(name));
    // Rights management keeps the document in a stream that only its server opens.
    if ["EncryptedPackage", "\u{9}DRMContent"].iter().any(|name| has(name)) {
        return Err(Unread::Encrypted);
    }
    // The document's own stream decides: a workbook in a letter lies deeper, in a storage of its own.
    let formats = [
        ("WordDocument", Format::Doc),
        ("PowerPoint Document", Format::Ppt),
        ("PP97_DUALSTORAGE", Format::Ppt),
        ("Workbook", Format::Xls),
        ("Book", Format::Xls),
        ("__properties_version1.0", Format::Msg),
    ];
    if let Some((_, format)) = formats.iter().find(|(name, _)| has(name)) {
        return Ok(*format);
    }
    let others = [
        ("VisioDocument", "a Visio drawing; save it as PDF"),
        ("Quill", "a Publisher document; save it as PDF"),
        ("PP40", "PowerPoint 4; save it as .pptx"),
        ("Props12", "a Project plan; save it as PDF or .xlsx"),
        ("Catalog", "a store of small pictures"),
    ];
    let other = others.iter().find(|(name, _)| has(name)).map(|(_, what)| *what);
    Err(Unread::Unsupported(other.unwrap_or("this kind of Office 97-2003 file").to_string()))
}

/// What systems give out as a letter or workbook and is a web page, or one with its pictures in the form of a mail.
fn text_of_office(bytes: &[u8]) -> Option<Format> {
    let head = bytes.trim_ascii_start().strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |words: &str| head.get(..words.len()).is_some_and(|part| part.eq_ignore_ascii_case(words.as_bytes()));
    if begins("<html") || begins("<!doctype html") {
        return Some(Format::Html);
    }
    begins("MIME-Version:").then_some(Format::Eml)
}

fn starts_wide(bytes: &[u8]) -> bool {
    // Without a mark, the first letter tells; noughts alone are no text of any width.
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || matches!(bytes, [1..=255, 0, ..])
}

fn named(ending: &str) -> String {
    if ending.is_empty() { "this format".to_string() } else { format!("files of the format .{ending}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_wins_over_the_name() {
        assert_eq!(format("a.docx", b"%PDF-1.7"), Ok(Format::Pdf));
        assert!(matches!(format("a.docx", b"hello"), Err(Unread::Unreadable(_))));
        assert!(matches!(format("a.docx", b"PK\x03\x04cut off"), Err(Unread::Unreadable(_))));
        assert!(matches!(format("a.docm", b"hello"), Err(Unread::Unreadable(_))));
        assert!(matches!(format("a.json", b"{}"), Err(Unread::Unsupported(_))));
        assert_eq!(format("scan.jpg", b"\xff\xd8\xff\xe0"), Err(Unread::NoText(None)));
        assert_eq!(format("notes.txt", b"hello"), Ok(Format::Txt));
        assert_eq!(format("wide.txt", b"h\0i\0"), Ok(Format::Txt));
        assert!(matches!(format("noughts.md", &[0; 100]), Err(Unread::Unsupported(_))));
        assert_eq!(format("a.doc", b"{\\rtf1 x}"), Ok(Format::Rtf));
        assert_eq!(format("a.doc", b" <HTML><p>x"), Ok(Format::Html));
        assert_eq!(format("a.xls", b"MIME-Version: 1.0\r\n"), Ok(Format::Eml));
    }

    #[test]
    fn compound_files_are_told_apart_by_their_own_stream() {
        use super::super::compound::tests::file;
        let of = |streams: &[(&str, &[u8])]| format("a.bin", &file(streams));
        assert_eq!(of(&[("WordDocument", b""), ("ObjectPool/_1/Workbook", b"")]), Ok(Format::Doc));
        assert_eq!(of(&[("Workbook", b"")]), Ok(Format::Xls));
        assert_eq!(of(&[("PowerPoint Document", b"")]), Ok(Format::Ppt));
        assert_eq!(of(&[("__properties_version1.0", b"")]), Ok(Format::Msg));
        assert_eq!(of(&[("EncryptedPackage", b""), ("EncryptionInfo", b"")]), Err(Unread::Encrypted));
        assert!(matches!(of(&[("VisioDocument", b"")]), Err(Unread::Unsupported(what)) if what.contains("Visio")));
    }

    #[test]
    fn a_file_with_a_password_says_so() {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(format("a.docx", &bytes), Err(Unread::Encrypted));
    }
}
