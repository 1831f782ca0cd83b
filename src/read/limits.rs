//! Every limit of reading, in one table, as `[limits]` of `kloe.toml` has it.

use serde::{Deserialize, Serialize};

/// Least memory of a worker, in bytes: the rules, the words and a document of usual size fit in it.
const LEAST_MEMORY: usize = 128 << 20;

/// Greatest depth: with more, the stack of a worker would end first.
const GREATEST_DEPTH: usize = 4_096;

/// How much of a document is read at most. What a limit stops is named in the finding or in [`Text::cut`](crate::text::Text),
/// with the key that raises it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
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
    /// Seconds that the processor may work on one document, whatever else the machine does; holds where documents are
    /// examined in workers.
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
            text_bytes: 8 << 20,
            nesting: 3,
            seconds: 8,
            memory_bytes: 512 << 20,
        }
    }
}

impl Limits {
    /// What is wrong with limits that somebody set, in words for the user; nothing where they can be worked with.
    pub fn fault(&self) -> Option<String> {
        let counts = [
            ("file-bytes", self.file_bytes),
            ("part-bytes", self.part_bytes),
            ("inflated-bytes", self.inflated_bytes),
            ("entries", self.entries as u64),
            ("depth", self.depth as u64),
            ("pages", u64::from(self.pages)),
            ("page-glyphs", self.page_glyphs as u64),
            ("xls-bytes", self.xls_bytes),
            ("cells", self.cells as u64),
            ("text-bytes", self.text_bytes as u64),
            ("nesting", self.nesting as u64),
            ("seconds", self.seconds),
        ];
        if let Some((key, _)) = counts.iter().find(|(_, number)| *number == 0) {
            return Some(format!("with `{key}` at 0 nothing could be read"));
        }
        // Some limits are doubled on the way; half of what a number holds is more than any file.
        if let Some((key, _)) = counts.iter().find(|(_, number)| *number > 1 << 40) {
            return Some(format!("`{key}` is more than {}, which is no limit", 1_u64 << 40));
        }
        if self.memory_bytes < LEAST_MEMORY {
            return Some(format!("`memory-bytes` must be {LEAST_MEMORY} or more, or nothing could be read"));
        }
        (self.depth > GREATEST_DEPTH).then(|| format!("`depth` can be {GREATEST_DEPTH} at most"))
    }
}

/// What a finding says after it named a limit: the key that raises it.
pub(crate) fn raised_by(key: &str) -> String {
    format!(" (limits.{key} in kloe.toml raises it)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_that_let_nothing_be_read_are_faults() {
        assert_eq!(Limits::default().fault(), None);
        let of = |limits: Limits| limits.fault().unwrap_or_default();
        assert!(of(Limits { seconds: 0, ..Limits::default() }).contains("`seconds`"));
        assert!(of(Limits { part_bytes: u64::MAX, ..Limits::default() }).contains("`part-bytes`"));
        assert!(of(Limits { memory_bytes: 1 << 20, ..Limits::default() }).contains("`memory-bytes`"));
        assert!(of(Limits { depth: 100_000, ..Limits::default() }).contains("`depth`"));
    }
}
