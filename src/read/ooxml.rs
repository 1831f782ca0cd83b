//! Packages of parts (Office Open XML and OpenDocument): which format, and a part's bytes within the limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Format, Limits, Unread};

/// An opened package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    inflated: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Unread> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
            Unread::Unreadable("the file is cut off or damaged: its list of parts cannot be read".to_string())
        })?;
        if archive.len() > limits.entries {
            return Err(Unread::Unreadable(format!("it has more than {} parts", limits.entries)));
        }
        Ok(Package { archive, limits, inflated: 0 })
    }

    /// The text of a part; `None` when there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Unread> {
        let Ok(mut entry) = self.archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        let most = self.limits.part_bytes;
        let read = entry.by_ref().take(most + 1).read_to_end(&mut bytes);
        read.map_err(|_| Unread::Unreadable(format!("the part {name} is damaged")))?;
        self.inflated += bytes.len() as u64;
        if bytes.len() as u64 > most || self.inflated > self.limits.inflated_bytes {
            return Err(Unread::Unreadable(format!("the part {name} is larger than the limit of {most} bytes")));
        }
        let text = super::plain::decode(&bytes, &Limits { text_bytes: bytes.len(), ..*self.limits });
        if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
            return Err(Unread::Unreadable(format!(
                "the part {name} declares entities, which no office program writes"
            )));
        }
        Ok(Some(text))
    }

    /// Names of parts that begin so, in order.
    pub(super) fn names(&self, prefix: &str) -> Vec<String> {
        let names = self.archive.file_names().flatten().filter(|name| name.starts_with(prefix));
        let mut names: Vec<String> = names.map(|name| name.into_owned()).collect();
        names.sort();
        names
    }
}

/// The format of a package, by what it holds; `None` for other archives.
pub(super) fn format_of_package(bytes: &[u8]) -> Result<Option<Format>, Unread> {
    let limits = Limits::default();
    let mut package = Package::open(bytes, &limits)?;
    if let Some(types) = package.part("[Content_Types].xml")? {
        let format = |needle: &str| types.contains(needle);
        return Ok(if format("wordprocessingml.document.main") || format("ms-word.document") {
            Some(Format::Docx)
        } else if format("spreadsheetml.sheet.main") || format("ms-excel.sheet.macro") {
            Some(Format::Xlsx)
        } else if format("presentationml.presentation.main") || format("ms-powerpoint.presentation") {
            Some(Format::Pptx)
        } else {
            None
        });
    }
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Unread::Encrypted);
    }
    Ok(match package.part("mimetype")?.as_deref().map(str::trim) {
        Some("application/vnd.oasis.opendocument.text") => Some(Format::Odt),
        Some("application/vnd.oasis.opendocument.spreadsheet") => Some(Format::Ods),
        Some("application/vnd.oasis.opendocument.presentation") => Some(Format::Odp),
        _ => None,
    })
}
