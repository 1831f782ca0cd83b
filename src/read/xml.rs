//! XML parts of packages as a run of nodes: names without prefix, references resolved, depth held within the limit.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Limits, Unread, raised_by};

/// What comes next in a part.
pub(super) enum Node<'a> {
    /// An element begins; an empty element is an `Open` with a `Close` after it.
    Open(Tag<'a>),
    /// Characters, entities resolved.
    Words(Cow<'a, str>),
    /// The innermost open element ends.
    Close,
    /// The part ends.
    End,
}

/// The start of an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        let whole: &str = &self.0;
        let name = whole.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or("");
        name.rsplit(':').next().unwrap_or(name)
    }

    /// The prefix of the name, or nothing.
    pub(super) fn prefix(&self) -> &str {
        let whole: &str = &self.0;
        let name = whole.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or("");
        name.split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.find(|key| key.rsplit(':').next() == Some(name))
    }

    /// The value of a prefixed attribute `id`, as `r:id`: the one that names a relationship.
    pub(super) fn relation(&self, name: &str) -> Option<String> {
        self.find(|key| key.split_once(':').is_some_and(|(_, local)| local == name))
    }

    /// A switch such as `<w:vanish/>`: on unless its `val` says off.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// A number in the attribute.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|one| wanted(one.key.as_ref()))?;
        Some(unescape(&found.value))
    }
}

/// A part being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    most: usize,
}

impl<'a> Xml<'a> {
    /// Begins a part.
    pub(super) fn new(source: &'a str, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(source);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, depth: 0, most: limits.depth }
    }

    /// The next node.
    pub(super) fn next(&mut self) -> Result<Node<'a>, Unread> {
        loop {
            return Ok(match self.reader.read_event().map_err(damaged)? {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > self.most {
                        return Err(Unread::Unreadable(format!(
                            "its parts are nested more than {} deep{}",
                            self.most,
                            raised_by("depth")
                        )));
                    }
                    Node::Open(Tag(start))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close
                }
                Event::Text(words) => Node::Words(words.xml10_content()),
                Event::CData(words) => Node::Words(words.xml10_content()),
                Event::GeneralRef(reference) => Node::Words(Cow::Owned(resolve(&reference))),
                Event::Eof if self.depth > 0 => return Err(damaged("it ends in the middle")),
                Event::Eof => Node::End,
                _ => continue,
            });
        }
    }

    /// Passes over the element that was opened last, with all in it.
    pub(super) fn skip(&mut self) -> Result<(), Unread> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Node::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// The words of the element that was opened last, whatever elements they stand in.
    pub(super) fn words(&mut self) -> Result<String, Unread> {
        let outside = self.depth.saturating_sub(1);
        let mut words = String::new();
        while self.depth > outside {
            match self.next()? {
                Node::Words(more) => words.push_str(&more),
                Node::End => break,
                _ => {}
            }
        }
        Ok(words)
    }
}

fn damaged(error: impl std::fmt::Display) -> Unread {
    Unread::Unreadable(format!("its text is damaged ({error})"))
}

fn unescape(value: &str) -> String {
    let mut words = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        words.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.find(';') {
            Some(end) if end < 12 => {
                words.push_str(&resolve(&rest[..end]));
                rest = &rest[end + 1..];
            }
            _ => words.push('&'),
        }
    }
    words.push_str(rest);
    words
}

/// The character of a reference such as `amp` or `#8217`; nothing for what XML does not define.
fn resolve(reference: &str) -> String {
    match reference {
        "amp" => "&".to_string(),
        "lt" => "<".to_string(),
        "gt" => ">".to_string(),
        "quot" => "\"".to_string(),
        "apos" => "'".to_string(),
        other => {
            let number = other.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            number.and_then(char::from_u32).map(String::from).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_prefix_and_references_are_resolved() {
        let limits = Limits::default();
        let mut xml = Xml::new(r#"<w:a r:id="r1" id="7" w:val="x &amp; y"><b/>1 &lt; 2&#x2019;s</w:a>"#, &limits);
        let Ok(Node::Open(tag)) = xml.next() else { panic!() };
        assert_eq!((tag.name(), tag.prefix()), ("a", "w"));
        assert_eq!(tag.relation("id").as_deref(), Some("r1"));
        assert_eq!(tag.get("val").as_deref(), Some("x & y"));
        assert_eq!(xml.words().unwrap(), "1 < 2\u{2019}s");
        assert!(matches!(xml.next(), Ok(Node::End)));
    }

    #[test]
    fn depth_and_sudden_ends_are_errors() {
        let limits = Limits { depth: 3, ..Limits::default() };
        let all = |source: &str| {
            let mut xml = Xml::new(source, &limits);
            loop {
                match xml.next() {
                    Ok(Node::End) => return true,
                    Ok(_) => {}
                    Err(_) => return false,
                }
            }
        };
        assert!(all("<a><b><c/></b></a>"));
        assert!(!all("<a><b><c><d/></c></b></a>"));
        assert!(!all("<a><b>"));
    }
}
