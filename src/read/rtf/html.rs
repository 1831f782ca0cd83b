//! HTML that Outlook wrapped in rich text: its tags stand in groups, its words outside of them.

use super::fonts::Fonts;
use super::tokens::{Token, Tokens};

#[derive(Debug, Clone, Copy)]
struct Group {
    /// A table or a group that is not known.
    skipped: bool,
    /// Made for readers of rich text only.
    only_rtf: bool,
    fonts: bool,
    font: Option<i32>,
    after: usize,
}

/// The HTML within rich text, at most `depth` groups deep; `None` when there is none.
pub(in crate::read) fn html(bytes: &[u8], depth: usize, most: usize) -> Option<String> {
    let mut fonts = Fonts::default();
    let mut group = Group { skipped: false, only_rtf: false, fonts: false, font: None, after: 1 };
    let mut groups: Vec<Group> = Vec::new();
    let (mut out, mut pending) = (String::new(), Vec::new());
    let (mut found, mut star, mut swallow, mut deeper, mut high) = (false, false, 0_usize, 0_usize, None);
    for token in Tokens::new(bytes) {
        let shown = !group.skipped && !group.only_rtf && !group.fonts;
        let bytes = match token {
            Token::Byte(byte) => &[byte][..],
            Token::Bytes(bytes) => bytes,
            _ => &[],
        };
        if !bytes.is_empty() {
            let passed = swallow.min(bytes.len());
            swallow -= passed;
            if shown {
                pending.extend_from_slice(&bytes[passed..]);
            }
            continue;
        }
        out.push_str(&fonts.decode(group.font, &pending));
        pending.clear();
        if out.len() > most {
            break;
        }
        let was_star = std::mem::take(&mut star);
        match token {
            Token::Open if groups.len() >= depth => deeper += 1,
            Token::Open => groups.push(group),
            Token::Close if deeper > 0 => deeper -= 1,
            Token::Close => group = groups.pop().unwrap_or(group),
            Token::Sign(b'*') => star = true,
            Token::Sign(sign) if shown => match sign {
                b'~' => out.push('\u{a0}'),
                b'_' => out.push('-'),
                b'{' | b'}' | b'\\' => out.push(char::from(sign)),
                _ => {}
            },
            Token::Word("fromhtml", _) => found = true,
            Token::Word("htmltag", _) => {}
            Token::Word("htmlrtf", number) => group.only_rtf = number != Some(0),
            Token::Word("fonttbl", _) => group.fonts = true,
            Token::Word("colortbl" | "stylesheet" | "info" | "pntext" | "listtext", _) => group.skipped = true,
            Token::Word(_, _) if was_star => group.skipped = true,
            Token::Word(name, number) if group.fonts => fonts.table(name, number),
            Token::Word("f", number) => group.font = number,
            Token::Word("uc", number) => group.after = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            Token::Word("u", Some(number)) => {
                swallow = group.after;
                let unit = number as u16;
                match unit {
                    0xd800..0xdc00 => high = Some(unit),
                    _ if shown => out.extend(
                        char::decode_utf16(high.take().into_iter().chain([unit]))
                            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)),
                    ),
                    _ => {}
                }
                continue;
            }
            Token::Word(name, number) => {
                fonts.document(name, number);
                match name {
                    "par" | "line" if shown => out.push('\n'),
                    "tab" if shown => out.push('\t'),
                    _ if shown => out.push_str(super::named(name).unwrap_or("")),
                    _ => {}
                }
            }
            Token::Sign(_) | Token::Byte(_) | Token::Bytes(_) => {}
        }
        swallow = 0;
    }
    out.push_str(&fonts.decode(group.font, &pending));
    found.then_some(out)
}
