//! Between the URIs of editors and the files of this machine.

use std::path::{Path, PathBuf};

/// The file of a URI; none for what is no file here: an unsaved buffer, another scheme, another machine.
pub(super) fn file_of(uri: &str) -> Option<PathBuf> {
    let bytes = local(uri, cfg!(windows))?;
    path(bytes)
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

/// The path that a `file` URI names, in bytes, by the customs of Windows or of all others.
fn local(uri: &str, windows: bool) -> Option<Vec<u8>> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next().unwrap_or("");
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let path = percent_decoded(path)?;
    // No name holds a zero, and whoever asks for one wants something else.
    if !path.starts_with(b"/") || path.contains(&0) {
        return None;
    }
    let here = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    if !windows {
        return here.then_some(path);
    }
    let slashes = |path: &[u8]| path.iter().map(|byte| if *byte == b'/' { b'\\' } else { *byte }).collect::<Vec<u8>>();
    if !here {
        let mut share = format!("\\\\{host}").into_bytes();
        share.extend(slashes(&path));
        return Some(share);
    }
    match path.as_slice() {
        [b'/', letter, b':', ..] if letter.is_ascii_alphabetic() => Some(slashes(&path[1..])),
        _ => None,
    }
}

fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend(parts.next()?.bytes());
    for part in parts {
        let code = part.as_bytes().get(..2).filter(|code| code.iter().all(u8::is_ascii_hexdigit))?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()?);
        bytes.extend(&part.as_bytes()[2..]);
    }
    Some(bytes)
}

/// The URI of a file. The path is absolute.
pub(super) fn of_file(file: &Path) -> String {
    encoded(file.as_os_str().as_encoded_bytes(), cfg!(windows))
}

fn encoded(path: &[u8], windows: bool) -> String {
    let path: Vec<u8> =
        if windows { path.iter().map(|b| if *b == b'\\' { b'/' } else { *b }).collect() } else { path.to_vec() };
    let mut uri = String::from(match path.as_slice() {
        [b'/', b'/', ..] if windows => "file:",
        [b'/', ..] => "file://",
        _ => "file:///",
    });
    for byte in path {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(uri: &str, windows: bool) -> Option<String> {
        local(uri, windows).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn files_of_unix() {
        for (uri, path) in [
            ("file:///a/b.md", Some("/a/b.md")),
            ("FILE://localhost/a/b.md", Some("/a/b.md")),
            ("file:/a/b.md", Some("/a/b.md")),
            ("file:///a/Enc%202%20%E2%80%93%20minutes.md", Some("/a/Enc 2 – minutes.md")),
            ("file:///a/caf\u{e9}.md#L3", Some("/a/caf\u{e9}.md")),
            ("file:///c%3A/x.md", Some("/c:/x.md")),
            ("file://elsewhere/a.md", None),
            ("file:///a%00b.md", None),
            ("file:///a%2", None),
            ("file:///a%zz", None),
            ("file:///a%\u{e9}b", None),
            ("file://", None),
            ("file:a.md", None),
            ("untitled:Untitled-1", None),
            ("git:/a/b.md?{}", None),
            ("", None),
        ] {
            assert_eq!(told(uri, false).as_deref(), path, "{uri}");
        }
    }

    #[test]
    fn files_of_windows() {
        for (uri, path) in [
            ("file:///c%3A/Evidence/Board%20minutes.md", Some("c:\\Evidence\\Board minutes.md")),
            ("file:///C:/Evidence/a.md", Some("C:\\Evidence\\a.md")),
            ("file://nas01/share/a%23b.md", Some("\\\\nas01\\share\\a#b.md")),
            ("file:///a/b.md", None),
            ("file:///3:/b.md", None),
        ] {
            assert_eq!(told(uri, true).as_deref(), path, "{uri}");
        }
        assert_eq!(encoded(b"C:\\Evidence\\Board minutes.md", true), "file:///C%3A/Evidence/Board%20minutes.md");
        assert_eq!(encoded(b"\\\\nas01\\share\\a#b.md", true), "file://nas01/share/a%23b.md");
    }

    proptest! {
        #[test]
        fn a_path_comes_back(path in "/[^\0]{0,30}") {
            prop_assert_eq!(told(&encoded(path.as_bytes(), false), false), Some(path));
        }

        #[test]
        fn no_text_stops_it(text in "(file:)?.{0,30}", windows in any::<bool>()) {
            local(&text, windows);
        }
    }
}
