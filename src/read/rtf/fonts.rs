//! Which bytes stand for which characters: by font, by the document, or by number.

use std::collections::BTreeMap;

use crate::read::binary::code_page;
use crate::read::docx::symbol;

/// Fonts of a document that are known at most.
const FONTS: usize = 4_096;
/// The code page that stands for symbol fonts.
const SYMBOLS: u32 = 42;

/// The code pages of a document and its fonts.
#[derive(Debug)]
pub(super) struct Fonts {
    document: u32,
    fonts: BTreeMap<i32, u32>,
    /// The font that the table now tells of.
    told: Option<i32>,
}

impl Default for Fonts {
    fn default() -> Self {
        Fonts { document: 1252, fonts: BTreeMap::new(), told: None }
    }
}

impl Fonts {
    /// A control word that says what the document as a whole is in.
    pub(super) fn document(&mut self, name: &str, number: Option<i32>) {
        match (name, number) {
            ("ansicpg", Some(page @ 1..)) => self.document = page.cast_unsigned(),
            ("mac", _) => self.document = 10_000,
            ("pc", _) => self.document = 437,
            ("pca", _) => self.document = 850,
            _ => {}
        }
    }

    /// A control word of the table of fonts.
    pub(super) fn table(&mut self, name: &str, number: Option<i32>) {
        let page = match (name, number) {
            ("f", Some(number)) => {
                self.told = Some(number);
                return;
            }
            ("cpg", Some(page @ 1..)) => page.cast_unsigned(),
            ("fcharset", Some(set)) => match set {
                2 => SYMBOLS,
                77 => 10_000,
                128 => 932,
                129 => 949,
                134 => 936,
                136 => 950,
                161 => 1253,
                162 => 1254,
                163 => 1258,
                177 => 1255,
                178 => 1256,
                186 => 1257,
                204 => 1251,
                222 => 874,
                238 => 1250,
                // Western and "as usual" follow the document.
                _ => return,
            },
            _ => return,
        };
        if let Some(told) = self.told.filter(|_| self.fonts.len() < FONTS) {
            self.fonts.insert(told, page);
        }
    }

    /// Bytes in a font as characters.
    pub(super) fn decode(&self, font: Option<i32>, bytes: &[u8]) -> String {
        match font.and_then(|font| self.fonts.get(&font)).copied().unwrap_or(self.document) {
            SYMBOLS => bytes.iter().map(|byte| symbol(&format!("{byte:02X}"))).collect(),
            page => code_page(page).decode_without_bom_handling(bytes).0.into_owned(),
        }
    }
}
