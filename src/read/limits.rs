//! Every limit of reading, in one table.

use serde::{Deserialize, Serialize};

/// How much of a document is read at most. What a limit stops is named in the finding or in [`Text::cut`](crate::text::Text).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of one inflated part of a package.
    pub part_bytes: u64,
    /// Bytes of all inflated parts together.
    pub inflated_bytes: u64,
    /// Entries of a package.
    pub entries: usize,
    /// Depth of nested XML or HTML elements.
    pub depth: usize,
    /// Pages of a PDF.
    pub pages: u32,
    /// Glyphs of one page of a PDF.
    pub page_glyphs: usize,
    /// Bytes of an old binary workbook, which is laid out whole in memory.
    pub xls_bytes: u64,
    /// Cells of a workbook.
    pub cells: usize,
    /// Bytes of text kept.
    pub text_bytes: usize,
    /// Files within files: an archive in a mail in an archive is three deep.
    pub nesting: usize,
    /// Seconds that one document may take; holds where documents are examined in workers.
    pub seconds: u64,
    /// Bytes of memory that a worker may use.
    pub memory_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 128 << 20,
            part_bytes: 64 << 20,
            inflated_bytes: 256 << 20,
            entries: 20_000,
            depth: 512,
            pages: 5_000,
            page_glyphs: 200_000,
            xls_bytes: 32 << 20,
            cells: 200_000,
            text_bytes: 16 << 20,
            nesting: 3,
            seconds: 8,
            memory_bytes: 512 << 20,
        }
    }
}
