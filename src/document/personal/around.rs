//! What the cells round a cell, and the lines above a line, make of the numbers in it.

use std::collections::HashMap;

use crate::nhs_number::context::{Context, context_of_heading, last_label, tail};
use crate::text::{Role, Text};

/// How far above a number the line with the column headings may stand, in bytes.
const HEADING_REACH: usize = 300;
/// The longest cell that is taken for the heading of its column or row, in bytes.
const HEADING_CELL: usize = 60;

/// What the cells round a cell, or the lines above a line, make of the numbers in it.
pub(super) fn context_around(text: &Text, index: usize, tables: &Tables) -> Context {
    let blocks = text.blocks();
    let Some(block) = blocks.get(index) else { return Context::None };
    if matches!(block.role, Role::Cell { .. }) {
        return tables.context(block.role);
    }
    let previous = index.checked_sub(1).and_then(|index| blocks.get(index)).map(|block| text.block_text(block));
    if previous.is_some_and(|words| words.len() <= HEADING_CELL && last_label(&words.to_lowercase()).is_some()) {
        return Context::Label;
    }
    let above = tail(text.content(), block.span.start, HEADING_REACH);
    if last_label(&above).is_some() { Context::Heading } else { Context::None }
}

/// What the headings of columns and rows seen so far make of the cells under and beside them.
#[derive(Default)]
pub(super) struct Tables {
    columns: HashMap<(u32, u32), Context>,
    beside: Option<(u32, u32, Context)>,
}

impl Tables {
    pub(super) fn see(&mut self, role: Role, text: &str) {
        let Role::Cell { table, row, column } = role else { return };
        if text.len() > HEADING_CELL || text.bytes().filter(u8::is_ascii_digit).count() > 4 {
            return;
        }
        let context = context_of_heading(&text.to_lowercase());
        if context == Context::None {
            return;
        }
        self.columns.insert((table, column), context);
        self.beside = Some((table, row, context));
    }

    pub(super) fn context(&self, role: Role) -> Context {
        let Role::Cell { table, row, column } = role else { return Context::None };
        let beside = self.beside.filter(|(in_table, in_row, _)| (*in_table, *in_row) == (table, row));
        let above = self.columns.get(&(table, column)).copied();
        above.or(beside.map(|(_, _, context)| context)).unwrap_or(Context::None)
    }
}
