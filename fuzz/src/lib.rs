//! What every target asks of a document that was read.

use std::sync::LazyLock;

use kloe::document::{Document, Words};
use kloe::read::{Format, Limits, inside, read};
use kloe::text::Text;

/// Limits low enough that a run is spent on shapes, not on sizes.
pub static LIMITS: LazyLock<Limits> = LazyLock::new(|| Limits {
    part_bytes: 1 << 20,
    inflated_bytes: 4 << 20,
    entries: 200,
    pages: 20,
    page_glyphs: 5_000,
    cells: 5_000,
    text_bytes: 256 << 10,
    ..Limits::default()
});

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::embedded().expect("the built-in words read"));

/// A panic that kloe catches itself, as it does for one reader, is none; one that it does not catch ends the run all the same.
fn let_panics_be_caught() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))));
}

/// Reads bytes under each of the names, and holds what a text promises.
pub fn read_as(names: &[&str], bytes: &[u8]) {
    let_panics_be_caught();
    for name in names {
        let (format, text) = read(name, bytes, &LIMITS);
        if let Ok(text) = text {
            holds(&text);
            let _ = inside(format, bytes, &LIMITS, &mut LIMITS.inflated_bytes.clone());
        }
    }
}

/// Reads bytes and takes out all that the document says of itself.
pub fn describe(name: &str, format: Format, bytes: &[u8]) {
    if let (_, Ok(text)) = read(name, bytes, &LIMITS) {
        let document = Document::describe(name, format, text, &WORDS);
        holds(&document.text);
    }
}

/// Blocks on borders of characters, in order, and a place for each.
fn holds(text: &Text) {
    let mut end = 0;
    for block in text.blocks() {
        assert!(block.span.start >= end && text.content().get(block.span.range()).is_some());
        end = block.span.end;
        let _ = text.place(block.span);
        let excerpt = text.excerpt(block.span);
        assert!(excerpt.context.get(excerpt.start..excerpt.start + excerpt.length).is_some());
    }
}
