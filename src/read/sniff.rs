//! The format of a file: by its first bytes, then by the ending of its name.

use super::ooxml::format_of_package;
use super::{Format, Unread};

/// First bytes of files that kloe does not read, and what they are in words for the user.
const OTHERS: [(&[u8], &str); 6] = [
    (b"{\\rtf", "rich text (.rtf); save it as .docx"),
    (b"\xd0\xcf\x11\xe0", "the file formats of Office 97-2003 other than workbooks; save it as .docx or .pptx"),
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
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(wide.len()).any(|part| part == wide) {
            return Err(Unread::Encrypted);
        }
        let book: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(book.len()).any(|part| part == book) {
            return Ok(Format::Xls);
        }
    }
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Unread::Unsupported((*what).to_string()));
    }
    if IMAGES.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Unread::NoText(None));
    }
    let binary = bytes.iter().take(4096).filter(|byte| **byte == 0).count() > 0 && !starts_wide(bytes);
    match ending.as_str() {
        "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" | "pdf" | "xls" if !bytes.is_empty() => {
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
        assert!(matches!(format("a.json", b"{}"), Err(Unread::Unsupported(_))));
        assert_eq!(format("scan.jpg", b"\xff\xd8\xff\xe0"), Err(Unread::NoText(None)));
        assert_eq!(format("notes.txt", b"hello"), Ok(Format::Txt));
        assert_eq!(format("wide.txt", b"h\0i\0"), Ok(Format::Txt));
        assert!(matches!(format("noughts.md", &[0; 100]), Err(Unread::Unsupported(_))));
    }
}
