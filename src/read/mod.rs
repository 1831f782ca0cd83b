//! Bytes to [`Text`], or the reason why not. One file a format; this one finds out which it is and keeps the limits.
//! Knows no rules, kinds or findings.

mod binary;
mod compound;
mod csv;
mod doc;
mod docx;
mod drawing;
mod eml;
mod endings;
mod html;
mod inside;
mod letter;
mod limits;
mod markdown;
mod msg;
mod numbers;
mod odf;
mod ooxml;
mod pdf;
mod pieces;
mod plain;
mod ppt;
mod pptx;
mod rtf;
mod sheets;
mod sniff;
#[cfg(test)]
mod soup;
mod xml;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Text;

pub(crate) use self::csv::delimiter as csv_delimiter;
pub use endings::misnamed;
pub use inside::{Contents, Inside, inside};
pub use limits::Limits;
pub(crate) use limits::raised_by;

/// The format of a file, by its content first and its name second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Markdown.
    Md,
    /// Plain text.
    Txt,
    /// HTML.
    Html,
    /// Comma- or tab-separated values.
    Csv,
    /// Word.
    Docx,
    /// Word 97-2003.
    Doc,
    /// Rich text.
    Rtf,
    /// Excel.
    Xlsx,
    /// Excel with macros is read as xlsx; this is the old binary workbook.
    Xls,
    /// PowerPoint.
    Pptx,
    /// PowerPoint 97-2003.
    Ppt,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument presentation.
    Odp,
    /// PDF.
    Pdf,
    /// Mail.
    Eml,
    /// Mail of Outlook.
    Msg,
    /// An archive of other documents.
    Zip,
    /// Anything else, named by its ending in the reason.
    Unknown,
}

impl Format {
    /// The name as in the JSON report.
    pub fn name(self) -> &'static str {
        match self {
            Format::Md => "md",
            Format::Txt => "txt",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Docx => "docx",
            Format::Rtf => "rtf",
            Format::Doc => "doc",
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Pptx => "pptx",
            Format::Ppt => "ppt",
            Format::Odt => "odt",
            Format::Ods => "ods",
            Format::Odp => "odp",
            Format::Pdf => "pdf",
            Format::Eml => "eml",
            Format::Msg => "msg",
            Format::Zip => "zip",
            Format::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why a document gave no text. Each is a finding on that document, never the end of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unread {
    /// A scan or picture without a text layer; how many pages, if known.
    NoText(Option<u32>),
    /// The document itself is not on this machine; what stands in its place, in words for the user.
    NotLocal(String),
    /// A password is needed.
    Encrypted,
    /// Damaged, over a limit, or not what its name says; the reason in words for the user.
    Unreadable(String),
    /// A format that kloe does not read; what it is, in words for the user, such as `a Visio drawing`.
    Unsupported(String),
    /// A report that kloe wrote itself, which is no evidence.
    Own,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unread::NoText(Some(1)) => f.write_str("it is a picture or scan: there is no text on its page"),
            Unread::NoText(Some(pages)) => write!(f, "it is a picture or scan: there is no text on its {pages} pages"),
            Unread::NoText(None) => f.write_str("it is a picture or scan: there is no text"),
            Unread::NotLocal(what) => write!(f, "it is not on this machine: {what}"),
            Unread::Encrypted => f.write_str("a password is needed to open it"),
            Unread::Unreadable(reason) => write!(f, "it could not be read: {reason}"),
            Unread::Unsupported(what) => write!(f, "kloe does not read {what}"),
            Unread::Own => f.write_str("it is a report written by kloe, which is no evidence"),
        }
    }
}

/// Reads a file: finds out its format by content, then by the ending of `name`, and takes its text out.
///
/// # Errors
///
/// [`Unread`] says why there is no text. An empty file gives an empty [`Text`].
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> (Format, Result<Text, Unread>) {
    let format = sniff::format(name, bytes);
    let mut text = match format {
        Ok(Format::Md) => markdown::read(bytes, limits),
        Ok(Format::Txt) => plain::read(bytes, limits),

        Ok(Format::Csv) => csv::read(bytes, limits),
        Ok(Format::Doc) => doc::read(bytes, limits),
        Ok(Format::Docx) => docx::read(bytes, limits),
        Ok(Format::Html) => html::read(bytes, limits),
        Ok(Format::Eml) => eml::read(bytes, limits),
        // What an archive says stands in its entries, see `inside`.
        Ok(Format::Zip) => Ok(Text::builder().finish()),
        Ok(Format::Pdf) => pdf::read(bytes, limits),
        Ok(Format::Msg) => msg::read(bytes, limits),
        Ok(Format::Rtf) => rtf::read(bytes, limits),
        Ok(Format::Ppt) => ppt::read(bytes, limits),
        Ok(Format::Pptx) => pptx::read(bytes, limits),
        Ok(format @ (Format::Odt | Format::Odp | Format::Ods)) => odf::read(bytes, format, limits),
        Ok(format @ (Format::Xlsx | Format::Xls)) => sheets::read(bytes, format, limits),

        Ok(other) => Err(Unread::Unsupported(format!("the format .{other} yet"))),
        Err(ref unread) => Err(unread.clone()),
    };
    // These are held to the limit before they are read, so their readers do not know.
    let is_text = matches!(format, Ok(Format::Md | Format::Txt | Format::Csv | Format::Html));
    if let (Ok(text), true) = (&mut text, is_text && bytes.len() > limits.text_bytes) {
        text.cut.push(format!("text after the first {} bytes{}", limits.text_bytes, raised_by("text-bytes")));
        text.cut.dedup();
    }
    (format.unwrap_or(Format::Unknown), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_cut_says_so_once_and_keeps_its_encoding() {
        let limits = Limits { text_bytes: 10, ..Limits::default() };
        for name in ["a.md", "a.txt", "a.csv", "a.html"] {
            let text = read(name, "Caf\u{e9} pl\u{e9}\u{e9}n of the Board".as_bytes(), &limits).1.unwrap();
            assert!(text.content().starts_with("Caf\u{e9} pl"), "{name}: {}", text.content());
            assert!(text.cut.len() == 1 && text.cut[0].contains("limits.text-bytes"), "{name}: {:?}", text.cut);
        }
        assert!(read("a.md", b"# x", &limits).1.unwrap().cut.is_empty());
    }
}
