//! Characters: digits of all scripts, what is not seen, what acts where it is shown; and the blanking of digits.

/// `text` with every digit but the first `head` and the last `tail` turned into `*`; it stays as long, in bytes.
pub fn mask_digits(text: &str, head: usize, tail: usize) -> String {
    let digits = text.chars().filter(|c| digit(*c).is_some()).count();
    let mut seen = 0;
    let mut masked = String::with_capacity(text.len());
    for c in text.chars() {
        let is_digit = digit(c).is_some();
        seen += usize::from(is_digit);
        if !is_digit || seen <= head || seen > digits.saturating_sub(tail) {
            masked.push(c);
        } else {
            masked.extend(std::iter::repeat_n('*', c.len_utf8()));
        }
    }
    masked
}

/// The digit in ASCII that a character stands for in any script that people paste numbers in: full-width, Arabic,
/// of the scripts of India, mathematical.
pub fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 22] = [
        '\u{660}',
        '\u{6f0}',
        '\u{7c0}',
        '\u{966}',
        '\u{9e6}',
        '\u{a66}',
        '\u{ae6}',
        '\u{b66}',
        '\u{be6}',
        '\u{c66}',
        '\u{ce6}',
        '\u{d66}',
        '\u{e50}',
        '\u{ed0}',
        '\u{f20}',
        '\u{1040}',
        '\u{ff10}',
        '\u{1d7ce}',
        '\u{1d7d8}',
        '\u{1d7e2}',
        '\u{1d7ec}',
        '\u{1d7f6}',
    ];
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let value = ZEROS.iter().filter_map(|zero| u32::from(c).checked_sub(u32::from(*zero))).find(|value| *value < 10)?;
    char::from_digit(value, 10)
}

/// Whether a character shows nothing and takes no room: marks of width zero, those that choose a glyph, and [`acts`].
pub fn is_invisible(c: char) -> bool {
    let marks =
        matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
            || matches!(c, '\u{e0000}'..='\u{e0fff}');
    marks || acts(c) && !matches!(c, '\n' | '\t' | '\r')
}

/// Whether a character does something where it is shown: a control character, or a mark that turns the direction of writing.
pub fn acts(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
    turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}') || c.is_control()
}
