//! Messages as they travel: a header with a length, an empty line, and so many bytes of JSON.
//!
//! What comes is not trusted: a length that nobody could mean is skipped and not allocated, a header that is garbled costs one
//! message and not the connection.

use std::io::{BufRead, Read, Write};

use serde_json::Value;

/// Longest message that is taken, in bytes: a text as long as kloe reads by default, each character escaped, is well below.
pub(super) const LONGEST: u64 = 64 << 20;

/// Longest line of a header.
const HEADER: u64 = 4 << 10;

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The bytes of a message.
    Body(Vec<u8>),
    /// A message of so many bytes, which were skipped.
    TooLong(u64),
}

/// The next message; none at the end.
///
/// # Errors
///
/// A pipe that cannot be read.
pub(super) fn next(from: &mut impl BufRead) -> std::io::Result<Option<Frame>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if from.by_ref().take(HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        match (length_in(&line), length) {
            (Some(found), _) => length = Some(found),
            (None, Some(length)) if line.trim_ascii().is_empty() => return body(from, length),
            // Another header, or what is left of a message that was not understood.
            _ => {}
        }
    }
}

/// The length that a line of a header gives. It may stand behind the rest of a message whose own length was wrong.
fn length_in(line: &[u8]) -> Option<u64> {
    let line = String::from_utf8_lossy(line).to_ascii_lowercase();
    let (_, value) = line.rsplit_once("content-length:")?;
    value.trim().parse().ok()
}

fn body(from: &mut impl BufRead, length: u64) -> std::io::Result<Option<Frame>> {
    if length > LONGEST {
        std::io::copy(&mut from.by_ref().take(length), &mut std::io::sink())?;
        return Ok(Some(Frame::TooLong(length)));
    }
    let mut bytes = Vec::new(); // grows with what comes, whatever was announced
    from.by_ref().take(length).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 == length).then_some(Frame::Body(bytes)))
}

/// Writes a message.
///
/// # Errors
///
/// A pipe that is closed: the editor is gone.
pub(super) fn write(to: &mut impl Write, message: &Value) -> std::io::Result<()> {
    let text = message.to_string();
    write!(to, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(mut bytes: &[u8]) -> Vec<Frame> {
        let mut frames = Vec::new();
        while let Some(frame) = next(&mut bytes).unwrap() {
            frames.push(frame);
        }
        frames
    }

    fn body(text: &str) -> Frame {
        Frame::Body(text.as_bytes().to_vec())
    }

    #[test]
    fn messages_follow_one_another_whatever_else_the_header_says() {
        let text = "Content-Length: 2\r\nContent-Type: x; charset=utf-8\r\n\r\n{}content-length:3\n\n[1]";
        assert_eq!(all(text.as_bytes()), [body("{}"), body("[1]")]);
    }

    #[test]
    fn what_is_garbled_costs_one_message() {
        let text = "Content-Length: nine\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}";
        assert_eq!(all(text.as_bytes()), [body("{}")]);
        assert_eq!(all(b"\r\n\r\nnonsense\xff\xfe\r\nContent-Length: 2\r\n\r\n{}"), [body("{}")]);
        assert!(all(b"Content-Length: 99\r\n\r\n{}").is_empty());
        assert!(all(b"Content-Length: 99999999999999999999\r\n\r\n{}").is_empty());
    }

    #[test]
    fn a_message_that_is_too_long_is_skipped_and_never_allocated() {
        let long = LONGEST + 1;
        let head = format!("Content-Length: {long}\r\n\r\n");
        let text = head.as_bytes().chain(std::io::repeat(b'x').take(long)).chain(&b"Content-Length: 2\r\n\r\n{}"[..]);
        let mut from = std::io::BufReader::new(text);
        assert_eq!(next(&mut from).unwrap(), Some(Frame::TooLong(long)));
        assert_eq!(next(&mut from).unwrap(), Some(body("{}")));
        assert!(all(b"Content-Length: 18446744073709551615\r\n\r\nx").len() == 1);
    }

    proptest! {
        #[test]
        fn no_bytes_stop_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            all(&bytes);
        }

        #[test]
        fn what_is_written_reads_back(text in ".{0,40}") {
            let mut out = Vec::new();
            let message = serde_json::json!({ "a": text });
            write(&mut out, &message).unwrap();
            let Some(Frame::Body(bytes)) = next(&mut out.as_slice()).unwrap() else { panic!("{out:?}") };
            prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), message);
        }
    }
}
