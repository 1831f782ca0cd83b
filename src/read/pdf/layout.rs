//! Runs to blocks: paragraphs, headings, list items.

use super::words::Run;
use crate::text::{Place, Role, TextBuilder};

/// Pushes the blocks of a page.
pub(super) fn page(runs: &[Run], number: u32, builder: &mut TextBuilder) {
    let mut paragraph = String::new();
    let mut last: Option<&Run> = None;
    for run in runs {
        if let Some(before) = last {
            let em = before.size().max(run.size());
            let down = run.y() - before.y();
            if !(down.abs() <= 0.3 * em || (0.0..1.8 * em).contains(&down)) {
                builder.push(Role::Paragraph, Place::at_page(number), &std::mem::take(&mut paragraph));
            } else if down.abs() > 0.3 * em {
                paragraph.push('\n');
            } else {
                paragraph.push(' ');
            }
        }
        paragraph.push_str(&run.text());
        last = Some(run);
    }
    builder.push(Role::Paragraph, Place::at_page(number), &paragraph);
}
