//! NHS numbers in any line of text: ten digits with their check digit, however they are written, and what calls them so.
//!
//! One number in eleven of ten digits has a right check digit by chance, and so has every ISBN-10 that ends in a digit. So a
//! number is *reported* only with a context ([`crate::document::personal`]); in names, titles and messages it is *masked*
//! whatever stands round it, since a masked order number harms nobody.

pub(crate) mod candidates;
pub(crate) mod context;

use std::collections::HashSet;

use self::candidates::{Shape, candidates, starts_with_day};
use self::context::{Context, context_within};
use crate::text::mask_digits;

/// Digits that stay readable at either end of a masked number, so that its owner can find it.
pub(crate) const HEAD: usize = 3;
/// See [`HEAD`].
pub(crate) const TAIL: usize = 2;

/// A name, path or title with every NHS number in it masked. Such a line gives no context, so the check digit alone
/// decides; days written without signs (`2026092401`) are left alone.
pub fn mask_line(line: &str) -> String {
    mask_known(line, &HashSet::new())
}

/// As [`mask_line`]; numbers that are known to be a patient's are masked however they are written.
pub(crate) fn mask_known(line: &str, known: &HashSet<String>) -> String {
    let mut masked = line.to_string();
    for number in candidates(line) {
        let labelled = || context_within(line, number.span) == Context::Label;
        let written = number.shape.is_usual() || number.shape != Shape::Odd && labelled();
        let hidden = written && (!starts_with_day(&number.digits) || labelled());
        if hidden || known.contains(&number.digits) {
            let span = number.span.range();
            if let Some(part) = line.get(span.clone()).map(|part| mask_digits(part, HEAD, TAIL)) {
                masked.replace_range(span, &part);
            }
        }
    }
    masked
}
