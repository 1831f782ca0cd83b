//! What a PDF says of itself: title, author and dates of its information dictionary.

use hayro_syntax::Pdf;
use hayro_syntax::object::DateTime;

use crate::text::Metadata;

/// Fills title, author and dates; days come out as ISO 8601.
pub(super) fn fill(pdf: &Pdf, metadata: &mut Metadata) {
    let said = pdf.metadata();
    let words = |bytes: &Option<Box<[u8]>>| {
        let words = text_string(bytes.as_deref()?);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    };
    metadata.title = words(&said.title);
    metadata.author = words(&said.author);
    metadata.created = said.creation_date.as_ref().map(iso);
    metadata.modified = said.modification_date.as_ref().map(iso);
    for (name, value) in [("subject", &said.subject), ("keywords", &said.keywords)] {
        if let Some(value) = words(value) {
            metadata.properties.push((name.to_string(), value));
        }
    }
}

fn iso(when: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, utc_offset_hour, utc_offset_minute } = when;
    let zone = if *utc_offset_hour == 0 && *utc_offset_minute == 0 {
        "Z".to_string()
    } else {
        format!("{utc_offset_hour:+03}:{utc_offset_minute:02}")
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
}

/// Characters 0x80 to 0x9f of PDFDocEncoding; those from 0x18 to 0x1f are accents that no title uses.
const DOC_ENCODING: [char; 32] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ',
    'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}',
];

/// A text string of PDF: UTF-16 or UTF-8 after a byte order mark, else PDFDocEncoding.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let wide = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| read(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes
            .iter()
            .map(|byte| match byte {
                0x80..=0x9f => DOC_ENCODING[usize::from(byte - 0x80)],
                0xa0 => '€',
                other => char::from(*other),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_all_three_encodings_read() {
        assert_eq!(text_string(b"Board \x85 May"), "Board – May");
        assert_eq!(text_string(b"\xfe\xff\0B\0o"), "Bo");
        assert_eq!(text_string(b"\xef\xbb\xbfcaf\xc3\xa9"), "café");
        assert_eq!(text_string(b"\xfe\xff\0"), "");
    }
}
