//! The signs of rich text: groups, control words, characters given by number, and plain bytes.

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A control word and its number.
    Word(&'b str, Option<i32>),
    /// A control sign such as `~`.
    Sign(u8),
    /// A byte of text, given by number.
    Byte(u8),
    /// Bytes of text.
    Bytes(&'b [u8]),
}

/// Goes through rich text.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Tokens { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = self.peek()?;
        if first == b'\'' {
            let digit = |at: usize| char::from(*self.bytes.get(at)?).to_digit(16);
            let (high, low) = (digit(self.at + 1), digit(self.at + 2));
            self.at += 1;
            let (Some(high), Some(low)) = (high, low) else { return Some(Token::Sign(b'\'')) };
            self.at += 2;
            return Some(Token::Byte((high * 16 + low) as u8));
        }
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(Token::Sign(first));
        }
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        // ASCII letters are always a string.
        let name = std::str::from_utf8(self.bytes.get(start..self.at)?).unwrap_or("");
        let start = self.at;
        if self.peek() == Some(b'-') && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = std::str::from_utf8(self.bytes.get(start..self.at)?).unwrap_or("");
        let number = (!digits.is_empty()).then(|| digits.parse().unwrap_or(0));
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if name == "bin" {
            // Bytes of a picture, which may look like anything.
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
        }
        Some(Token::Word(name, number))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                b'\r' | b'\n' | 0 => continue,
                _ => {
                    let start = self.at - 1;
                    let rest = self.bytes.get(start..).unwrap_or_default();
                    let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = rest.iter().position(ends).unwrap_or(rest.len());
                    self.at = start + length;
                    Token::Bytes(rest.get(..length).unwrap_or_default())
                }
            });
        }
    }
}
