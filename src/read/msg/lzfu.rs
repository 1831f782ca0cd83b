//! The compression of rich text in mails of Outlook.

use crate::read::binary::{part, u16_at, u32_at};

/// What every window begins with.
const FIRST: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const WINDOW: usize = 4096;

/// The rich text; as much as there is when the end is missing. Two bytes give 17 at most, so that it cannot swell.
pub(super) fn unpack(bytes: &[u8]) -> Vec<u8> {
    let raw = u32_at(bytes, 4).unwrap_or(0) as usize;
    let packed = bytes.get(16..).unwrap_or_default();
    match u32_at(bytes, 8) {
        Some(0x414c_454d) => return part(packed, 0, raw).to_vec(),
        Some(0x7546_5a4c) => {}
        _ => return Vec::new(),
    }
    let mut window = [0; WINDOW];
    window[..FIRST.len()].copy_from_slice(FIRST);
    let mut at = FIRST.len();
    let mut out = Vec::new();
    let mut rest = packed;
    while let Some((flags, after)) = rest.split_first() {
        rest = after;
        for bit in 0..8 {
            if flags >> bit & 1 == 0 {
                let Some((byte, after)) = rest.split_first() else { return out };
                rest = after;
                window[at % WINDOW] = *byte;
                out.push(*byte);
                at += 1;
                continue;
            }
            let Some(pair) = u16_at(rest, 0).map(u16::swap_bytes) else { return out };
            rest = rest.get(2..).unwrap_or_default();
            let (from, length) = (usize::from(pair >> 4), usize::from(pair & 0xf) + 2);
            // A reference to the place now written ends the text.
            if from == at % WINDOW {
                return out;
            }
            for step in 0..length {
                let byte = window[(from + step) % WINDOW];
                window[at % WINDOW] = byte;
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_example_of_the_specification_unpacks() {
        assert_eq!(FIRST.len(), 207);
        let packed: &[u8] = &[
            0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0, 0x0a, 0, 0x72, 0x63,
            0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0, 0x20, 0x62, 0x77,
            0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        assert_eq!(unpack(packed), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    }

    proptest! {
        #[test]
        fn no_bytes_stop_it(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [&[0, 0, 0, 0, 9, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0, 0, 0, 0], bytes.as_slice()].concat();
            prop_assert!(unpack(&bytes).len() <= bytes.len() * 9);
        }
    }
}
