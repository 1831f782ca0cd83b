//! Elements in any order, for property tests of the readers of XML.

use proptest::prelude::*;

/// A well-formed run of elements, words, and what else stands in `extra`.
pub(super) fn soup(names: &'static [&'static str], extra: &'static [&'static str]) -> impl Strategy<Value = String> {
    let all = names.len() + extra.len() + 2;
    proptest::collection::vec(0..all + names.len() / 2, 0..80).prop_map(move |steps| {
        let mut source = String::new();
        let mut open = Vec::new();
        for step in steps {
            if let Some(name) = names.get(step) {
                source.push_str(&format!("<{name}>"));
                open.push(name.split(' ').next().unwrap_or(name));
            } else if let Some(words) = extra.get(step - names.len()) {
                source.push_str(words);
            } else if step < all {
                source.push_str("wörds ✓ &amp; ");
            } else if let Some(name) = open.pop() {
                source.push_str(&format!("</{name}>"));
            }
        }
        while let Some(name) = open.pop() {
            source.push_str(&format!("</{name}>"));
        }
        source
    })
}

/// Reads a file, and fails when a block does not begin and end between characters.
pub(super) fn spans_hold(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    if let (_, Ok(text)) = super::read(name, bytes, &super::Limits::default()) {
        for block in text.blocks() {
            prop_assert!(text.content().get(block.span.range()).is_some());
        }
    }
    Ok(())
}
