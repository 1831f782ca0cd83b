//! PDF: glyphs through hayro, then words, lines, tables and headings by where they stand.

mod glyphs;
mod layout;
mod meta;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::glyphs::{Collector, Drawn, Enough};
use super::{Limits, Unread};
use crate::text::Text;

/// Paths after which a page without glyphs or images counts as a picture of text.
const PICTURE: u32 = 50;
/// Share of letters without a meaning above which the text of a page counts as unreadable.
const UNREADABLE: f64 = 0.1;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| refused(error, bytes))?;
    let mut builder = Text::builder();
    meta::fill(&pdf, builder.metadata());
    let all = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    builder.pages(all);
    let mut cache = InterpreterCache::new();
    let (mut pictures, mut unreadable) = (0, Vec::new());
    for (number, page) in (1..=limits.pages).zip(pdf.pages().iter()) {
        let drawn = draw(page, &pdf, &cache, limits);
        if drawn.cut {
            // What the interpreter left half done is not used again.
            cache = InterpreterCache::new();
        }
        if drawn.cut {
            builder.cut(format!("page {number} after the first {} letters", drawn.glyphs.len()));
        }
        let visible = drawn.glyphs.iter().filter(|glyph| glyph.letters != " ").count();
        if visible == 0 {
            if drawn.images > 0 || drawn.paths >= PICTURE {
                builder.page_without_text(number);
                pictures += 1;
            }
            continue;
        }
        let lost = drawn.glyphs.iter().filter(|glyph| glyph.letters.contains(char::REPLACEMENT_CHARACTER)).count();
        if lost as f64 > UNREADABLE * visible as f64 {
            unreadable.push(number);
        }
        layout::page(&words::runs(&drawn), number, &mut builder);
        if builder.len() > limits.text_bytes {
            builder.cut(format!("text after page {number}"));
            break;
        }
    }
    if all > limits.pages {
        builder.cut(format!("pages after the first {}", limits.pages));
    }
    if builder.is_empty() && pictures > 0 {
        return Err(Unread::NoText(Some(all)));
    }
    Ok(builder.finish())
}

/// What a page draws. A panic of the interpreter goes on to the caller's guard; ending it early is no panic.
fn draw<'a>(page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>, limits: &Limits) -> Drawn {
    let mut collector = Collector::new(limits.page_glyphs);
    let ended = catch_unwind(AssertUnwindSafe(|| {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, area, cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut collector);
    }));
    if let Err(reason) = ended {
        if !reason.is::<Enough>() {
            resume_unwind(reason);
        }
    }
    collector.finish()
}

/// Why hayro did not open the file.
fn refused(error: LoadPdfError, bytes: &[u8]) -> Unread {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unread::Encrypted,
        LoadPdfError::Decryption(_) => {
            Unread::Unreadable("it is encrypted in a way that kloe does not know".to_string())
        }
        LoadPdfError::Invalid if bytes.windows(8).any(|part| part == b"/Encrypt") => Unread::Encrypted,
        LoadPdfError::Invalid => Unread::Unreadable("the PDF is damaged".to_string()),
    }
}
