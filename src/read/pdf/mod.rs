//! PDF: glyphs through hayro, then words, lines, tables and headings by where they stand.

mod aligned;
mod edges;
mod glyphs;
mod grid;
mod headings;
mod layout;
mod lines;
mod meta;
mod shelves;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::kurbo::{Point, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::object::{Array, Dict, Name, Rect as FieldRect, String as PdfString};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::glyphs::{Collector, Drawn, Enough, Rule};
use self::layout::Page as Laid;
use self::words::{Inks, Run};
use super::{Limits, Unread, raised_by};
use crate::text::Text;

/// Paths after which a page without glyphs or images counts as a picture of text.
const PICTURE: u32 = 50;
/// Flags of an annotation that is hidden, or shown on paper only.
const HIDDEN: u32 = 0b10_0010;
/// Form fields of a page that are looked at.
const FIELDS: usize = 10_000;
/// What Adobe's dynamic forms show to every other program, in place of the form.
const PLACEHOLDER: &str = "If this message is not eventually replaced with the proper contents of the document";
/// Share of letters without a meaning above which the text of a page counts as unreadable.
const UNREADABLE: f64 = 0.1;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Unread> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| refused(error, bytes))?;
    let mut builder = Text::builder();
    meta::fill(&pdf, builder.metadata());
    let all = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    builder.pages(all);
    let mut cache = InterpreterCache::new();
    let (mut pictures, mut unreadable, mut letters) = (0, Vec::new(), 0);
    let (mut laid, mut inks) = (Vec::new(), Inks::default());
    for (number, page) in (1..=limits.pages).zip(pdf.pages().iter()) {
        let drawn = draw(page, &pdf, &cache, limits);
        if drawn.cut {
            // What the interpreter left half done is not used again.
            cache = InterpreterCache::new();
        }
        if drawn.cut {
            builder.cut(format!(
                "page {number} after the first {} letters{}",
                drawn.glyphs.len(),
                raised_by("page-glyphs")
            ));
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
        inks.count(&drawn);
        letters += visible;
        laid.push(lay(&drawn, number, page.render_dimensions()));
        if letters > limits.text_bytes {
            builder.cut(format!("text after page {number}"));
            break;
        }
    }
    if all > limits.pages {
        builder.cut(format!("pages after the first {}{}", limits.pages, raised_by("pages")));
    }
    inks.mark_bold(laid.iter_mut().flat_map(|page| &mut page.runs).flat_map(|run| &mut run.words));
    if !unreadable.is_empty() {
        if unreadable.len() == laid.len() {
            return Err(Unread::Unreadable("its text layer has no letters that a program can read".to_string()));
        }
        let pages = unreadable.iter().take(10).map(u32::to_string).collect::<Vec<_>>().join(", ");
        builder.cut(format!("letters without a meaning on page {pages}"));
    }
    layout::write(laid, &mut builder);
    if builder.is_empty() && pictures > 0 {
        return Err(Unread::NoText(Some(all)));
    }
    let text = builder.finish();
    // Its one page only says that a newer program is needed.
    let catalogue = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    if text.words() < 200 && catalogue.is_some_and(|catalogue| catalogue.contains_key("Collection")) {
        return Err(Unread::Unsupported("PDF portfolios; save the documents in it one by one".to_string()));
    }
    if text.words() < 200 && text.content().contains(PLACEHOLDER) {
        let what = "Adobe forms that only Adobe Reader shows; print it to a PDF, or save it as Word";
        return Err(Unread::Unsupported(what.to_string()));
    }
    Ok(text)
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
    if let Err(reason) = ended
        && !reason.is::<Enough>()
    {
        resume_unwind(reason);
    }
    field_values(page, &mut collector);
    collector.finish()
}

/// Text fields whose value the file holds without a drawing of it: a viewer would draw it.
fn field_values(page: &Page<'_>, collector: &mut Collector) {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return };
    let transform = page.initial_transform(true).to_kurbo();
    for field in annotations.iter::<Dict<'_>>().take(FIELDS) {
        let widget = field.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_ref() == b"Widget");
        let unseen = field.get::<u32>("F").unwrap_or(0) & HIDDEN != 0;
        if !widget || unseen || field.contains_key("AP") {
            continue;
        }
        let parent = || field.get::<Dict<'_>>("Parent");
        let value = field.get::<PdfString<'_>>("V").or_else(|| parent()?.get::<PdfString<'_>>("V"));
        if let (Some(value), Some(area)) = (value, field.get::<FieldRect>("Rect")) {
            let size = (area.y1 - area.y0).abs().clamp(6.0, 11.0);
            let at = transform * Point::new(area.x0.min(area.x1) + 2.0, area.y0.min(area.y1) + size * 0.25);
            collector.add_words(&meta::text_string(value.as_bytes()), at, size);
        }
    }
}

/// The runs of a page, those of its main direction apart from others. A page whose text mostly runs upwards is turned.
fn lay(drawn: &Drawn, number: u32, size: (f32, f32)) -> Laid {
    let (mut across, mut down) = (drawn.across.clone(), drawn.down.clone());
    let mut angles = std::collections::BTreeMap::<i32, usize>::new();
    for glyph in &drawn.glyphs {
        *angles.entry(glyph.angle).or_default() += 1;
    }
    let main = angles.iter().max_by_key(|(_, count)| **count).map_or(0, |(angle, _)| *angle);
    let turned = |rules: &[Rule], sign: f64| -> Vec<Rule> {
        rules
            .iter()
            .map(|rule| Rule {
                at: rule.at * sign,
                from: (rule.from * sign).min(rule.to * sign),
                to: (rule.from * sign).max(rule.to * sign),
            })
            .collect()
    };
    match main {
        0 => {}
        // Along the baseline is y downwards, across it is x to the left; and the other way round.
        90 => (across, down) = (swapped(&down, -1.0, 1.0), swapped(&across, 1.0, -1.0)),
        -90 => (across, down) = (swapped(&down, 1.0, -1.0), swapped(&across, -1.0, 1.0)),
        180 | -180 => (across, down) = (turned(&across, -1.0), turned(&down, -1.0)),
        _ => (across, down) = (Vec::new(), Vec::new()),
    }
    let (runs, aside): (Vec<Run>, Vec<Run>) = words::runs(drawn).into_iter().partition(|run| run.angle == main);
    // A turned page has no top that is known: no header is looked for.
    let (width, height) = if main == 0 { (f64::from(size.0), f64::from(size.1)) } else { (0.0, 0.0) };
    let boxes = if main == 0 { drawn.boxes.clone() } else { Vec::new() };
    Laid { number, width, height, runs, aside, across, down, boxes }
}

/// Rules of a page that is turned by a quarter: `at` is told by one sign, `from` and `to` by the other.
fn swapped(rules: &[Rule], at: f64, along: f64) -> Vec<Rule> {
    let turn = |rule: &Rule| {
        let (from, to) = (rule.from * along, rule.to * along);
        Rule { at: rule.at * at, from: from.min(to), to: from.max(to) }
    };
    rules.iter().map(turn).collect()
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

#[cfg(test)]
mod tests;
