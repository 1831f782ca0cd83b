//! Text files: encoding by content, blocks by blank lines and labels. Also what Markdown shares with them.

use super::{Limits, Unread};
use crate::text::{Anchor, Place, Role, Text, TextBuilder};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let source = decode(bytes, limits);
    let mut builder = Text::builder();
    let mut lines = source.lines().enumerate().map(|(at, line)| (at as u32 + 1, line)).peekable();
    let mut paragraph: Vec<(u32, &str)> = Vec::new();
    while let Some((number, line)) = lines.next() {
        let trimmed = line.trim();
        let next = lines.peek().map_or("", |(_, next)| next.trim());
        let underlined = next.len() >= 3 && (next.chars().all(|c| c == '=') || next.chars().all(|c| c == '-'));
        if trimmed.is_empty() || is_rule(trimmed) {
            flush(&mut builder, &mut paragraph);
        } else if underlined || is_shouted(trimmed) {
            flush(&mut builder, &mut paragraph);
            builder.push_anchored(Role::Heading(2), Place::default(), line, &[anchor(number)]);
        } else if let Some(item) = list_item(trimmed) {
            flush(&mut builder, &mut paragraph);
            builder.push_anchored(Role::ListItem, Place::default(), item, &[anchor(number)]);
        } else if is_label(trimmed) {
            flush(&mut builder, &mut paragraph);
            builder.push_anchored(Role::Paragraph, Place::default(), line, &[anchor(number)]);
        } else {
            paragraph.push((number, line));
        }
    }
    flush(&mut builder, &mut paragraph);
    Ok(builder.finish())
}

/// Text of any encoding: byte order mark, UTF-8, UTF-16 by its zero bytes, else by its content. At most the limit of text.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> String {
    let bytes = &bytes[..bytes.len().min(limits.text_bytes)];
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned();
    }
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).take(200).filter(|byte| **byte == 0).count();
    let whole = match std::str::from_utf8(bytes) {
        // Cut off within a character, by the limit or on the way here, it is UTF-8 all the same.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]),
        other => other,
    };
    if let (Ok(text), 0) = (whole, zeros(0) + zeros(1)) {
        return text.to_string();
    }
    let encoding = if zeros(1) > 20 {
        encoding_rs::UTF_16LE
    } else if zeros(0) > 20 {
        encoding_rs::UTF_16BE
    } else {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn anchor(line: u32) -> Anchor {
    Anchor { offset: 0, line, column: 1 }
}

fn flush(builder: &mut TextBuilder, paragraph: &mut Vec<(u32, &str)>) {
    let Some((first, _)) = paragraph.first() else { return };
    let words = paragraph.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
    builder.push_anchored(Role::Paragraph, Place::default(), &words, &[anchor(*first)]);
    paragraph.clear();
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| matches!(c, '=' | '-' | '_' | '*' | ' '))
}

fn is_shouted(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 6 && line.chars().count() < 80 && !line.contains(": ") && !line.chars().any(char::is_lowercase)
}

fn list_item(line: &str) -> Option<&str> {
    ["- ", "* ", "• ", "– ", "o "].iter().find_map(|bullet| line.strip_prefix(bullet))
}

fn is_label(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| label.len() < 45 && label.split_whitespace().count() <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_labels_and_headings_part() {
        let text = read(
            b"RISK POLICY REVIEW\n\nOwner: Chief Nurse\nDate: 3 May 2026\n\nOne line\nand another.\n- item\n",
            &Limits::default(),
        )
        .unwrap();
        let blocks: Vec<_> = text.blocks().iter().map(|block| (block.role, text.block_text(block))).collect();
        assert_eq!(
            blocks,
            [
                (Role::Heading(2), "RISK POLICY REVIEW"),
                (Role::Paragraph, "Owner: Chief Nurse"),
                (Role::Paragraph, "Date: 3 May 2026"),
                (Role::Paragraph, "One line\nand another."),
                (Role::ListItem, "item"),
            ]
        );
        let at = text.content().find("another").unwrap();
        assert_eq!(text.place(crate::text::Span::new(at, at + 7)), Place::at_line(7, 5));
    }

    #[test]
    fn any_encoding_reads() {
        assert_eq!(decode(b"caf\xe9 r\xe9sum\xe9 d\xe9j\xe0", &Limits::default()), "café résumé déjà");
        let wide: Vec<u8> =
            "Minutes of the board meeting held on Tuesday".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(decode(&wide, &Limits::default()).starts_with("Minutes"));
    }
}
