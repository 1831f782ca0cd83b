//! Where something stands in a document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where something stands, in the terms of the document's own format. Numbers count from one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// Line of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column, in characters, of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Page of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Paragraph of a flowing document (Word, OpenDocument text, HTML, mail), tables counted by cell paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// Slide of a presentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slide: Option<u32>,
    /// Sheet of a workbook, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Cell of a sheet, such as `B3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

impl Place {
    /// A line of a text file.
    pub fn at_line(line: u32, column: u32) -> Self {
        Place { line: Some(line), column: Some(column), ..Place::default() }
    }

    /// A page of a PDF.
    pub fn at_page(page: u32) -> Self {
        Place { page: Some(page), ..Place::default() }
    }

    /// A paragraph of a flowing document.
    pub fn at_paragraph(paragraph: u32) -> Self {
        Place { paragraph: Some(paragraph), ..Place::default() }
    }

    /// A slide of a presentation.
    pub fn at_slide(slide: u32) -> Self {
        Place { slide: Some(slide), ..Place::default() }
    }

    /// A cell of a sheet; row and column count from zero.
    pub fn at_cell(sheet: &str, row: u32, column: u32) -> Self {
        Place { sheet: Some(sheet.to_string()), cell: Some(cell_name(row, column)), ..Place::default() }
    }
}

/// `B3` for row 2, column 1 (both counted from zero).
pub(super) fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        if let Some(sheet) = &self.sheet {
            parts.push(format!("sheet {sheet}"));
        }
        if let Some(cell) = &self.cell {
            parts.push(format!("cell {cell}"));
        }
        for (name, value) in
            [("page", self.page), ("slide", self.slide), ("paragraph", self.paragraph), ("line", self.line)]
        {
            if let Some(value) = value {
                parts.push(format!("{name} {value}"));
            }
        }
        f.write_str(&parts.join(", "))
    }
}
