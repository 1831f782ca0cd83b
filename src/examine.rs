//! Everything that needs a document's text, for one document: read, describe, recognise. What fails is a value on that document.

mod own;

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::document::named;
use crate::document::revised::Revised;
use crate::document::sketch::Sketch;
use crate::document::stated::Stated;
use crate::document::{Document, Facts, Kind, Words, entries, outcome};
use crate::dossier::Dossier;
use crate::read::{Format, Limits, Unread, inside, raised_by, read};
use crate::recognise::Recogniser;
use crate::text::Text;

/// What every document is examined with.
#[derive(Debug, Clone, Copy)]
pub struct Examiner<'a> {
    /// Recognises evidence types.
    pub recogniser: &'a Recogniser<'a>,
    /// Vocabulary of documents.
    pub words: &'a Words,
    /// How much is read.
    pub limits: &'a Limits,
}

/// What may still be taken out of one file and the files within it, so that many documents in an archive take no longer than
/// one that is large.
struct Left {
    /// Bytes unpacked.
    bytes: u64,
    /// Bytes of text.
    text: usize,
}

/// Text that a document counts for at least, since each takes some time, and that a word counts for; in bytes.
const LEAST: usize = 12 << 10;
const WORD: usize = 8;

impl Examiner<'_> {
    /// Examines the bytes of a document. A panic of a reader is caught and becomes `Unread` on this document.
    pub fn bytes(&self, path: &str, bytes: &[u8]) -> Dossier {
        let examined = catch_unwind(AssertUnwindSafe(|| {
            if own::is_report(bytes) {
                return unread_dossier(path, Format::Unknown, Unread::Own);
            }
            let (format, text) = read(path, bytes, self.limits);
            match text {
                Ok(text) if own::is_text_of_report(&text) => unread_dossier(path, format, Unread::Own),
                Ok(text) => self.text(path, format, text),
                Err(unread) => unread_dossier(path, format, unread),
            }
        }));
        examined.unwrap_or_else(|_| {
            let reason = "it is damaged in a way that stopped the reader".to_string();
            unread_dossier(path, Format::Unknown, Unread::Unreadable(reason))
        })
    }

    /// Examines the bytes of a file, and the documents within it: entries of archives and attachments of mails, named
    /// `archive.zip!report.docx`. The file itself comes first.
    pub fn file(&self, path: &str, bytes: &[u8]) -> Vec<Dossier> {
        let mut dossiers = Vec::new();
        let mut left = Left { bytes: self.limits.inflated_bytes, text: 2 * self.limits.text_bytes };
        self.nested(path, bytes, 0, &mut left, &mut dossiers);
        dossiers
    }

    fn nested(&self, path: &str, bytes: &[u8], depth: usize, left: &mut Left, dossiers: &mut Vec<Dossier>) {
        let dossier = self.bytes(path, bytes);
        let plain = matches!(dossier.format, Format::Md | Format::Txt | Format::Csv | Format::Html | Format::Eml);
        let text = if plain { bytes.len().min(self.limits.text_bytes) } else { dossier.words * WORD };
        left.text = left.text.saturating_sub(text.max(LEAST));
        let (own, format, was_read) = (dossiers.len(), dossier.format, dossier.unread.is_none());
        dossiers.push(dossier);
        if !was_read {
            return;
        }
        let unpack = || inside(format, bytes, self.limits, &mut left.bytes);
        let Ok(contents) = catch_unwind(AssertUnwindSafe(unpack)) else {
            dossiers[own].cut.push("what it holds, since it is damaged".to_string());
            return;
        };
        dossiers[own].cut.extend(contents.cut);
        let all = contents.documents.len();
        for (number, one) in contents.documents.into_iter().enumerate() {
            if left.text == 0 {
                let key = raised_by("text-bytes");
                dossiers[own].cut.push(format!("{} of the {all} documents in it; unpack it{key}", all - number));
                return;
            }
            let path = format!("{path}!{}", one.name);
            match one.bytes {
                Err(unread) => dossiers.push(unread_dossier(&path, Format::Unknown, unread)),
                Ok(_) if depth >= self.limits.nesting => {
                    let most = self.limits.nesting;
                    let key = raised_by("nesting");
                    let reason = format!("it lies deeper than the limit of {most} files within files{key}");
                    dossiers.push(unread_dossier(&path, Format::Unknown, Unread::Unreadable(reason)));
                }
                Ok(bytes) => self.nested(&path, &bytes, depth + 1, left, dossiers),
            }
        }
    }

    /// Describes and recognises a text.
    fn text(&self, path: &str, format: Format, text: Text) -> Dossier {
        let mut document = Document::describe(path, format, text, self.words);
        // A list that does not state its day is as old as its newest entry.
        document.facts.date = document.facts.date.or_else(|| entries::newest(&document.text, document.kind));
        let (evidence, near) = self.recogniser.recognise(&document);
        let result = outcome::measured(&document.text);
        let claim = outcome::claimed(&document.text);
        Dossier {
            path: document.path,
            format,
            unread: None,
            kind: document.kind,
            kind_because: document.kind_because,
            facts: document.facts,
            words: document.text.words(),
            evidence,
            near,
            actions: document.actions,
            personal: document.personal,
            placeholders: document.placeholders,
            result,
            claim,
            stated: Stated::of(&document.text),
            revised: Revised::of(&document.text, format),
            sketch: Sketch::of(&document.text),
            relies_on: named::find(&document.text, document.kind),
            cut: document.text.cut.clone(),
        }
    }
}

/// The bytes of a file, if there are not too many.
///
/// # Errors
///
/// Why it cannot be opened, or that it is too large.
pub fn load_bytes(file: &Path, limits: &Limits) -> Result<Vec<u8>, Unread> {
    let opened = |error: std::io::Error| Unread::Unreadable(format!("it cannot be opened ({})", error.kind()));
    let large = || too_large(limits);
    let about = std::fs::metadata(file).map_err(opened)?;
    if about.is_dir() {
        let why = std::fs::read_dir(file).err().map_or_else(String::new, |error| format!(" ({})", error.kind()));
        return Err(Unread::Unreadable(format!("the folder and what is in it cannot be opened{why}")));
    }
    if !about.is_file() {
        return Err(Unread::Unreadable("it is no regular file".to_string()));
    }
    if is_placeholder(&about) {
        return Err(Unread::NotLocal("OneDrive or another cloud drive keeps it elsewhere".to_string()));
    }
    let file = std::fs::File::open(file).map_err(opened)?;
    let about = file.metadata().map_err(opened)?;
    if about.len() > limits.file_bytes {
        return Err(large());
    }
    let mut bytes = Vec::new();
    // It may grow while it is read.
    file.take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(opened)?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(large());
    }
    if bytes.starts_with(b"version https://git-lfs.github.com/spec/") && bytes.len() < 1024 {
        return Err(Unread::NotLocal("a Git LFS pointer stands in its place".to_string()));
    }
    Ok(bytes)
}

/// Why a file of more bytes than the limit is not read.
pub(crate) fn too_large(limits: &Limits) -> Unread {
    let (most, key) = (limits.file_bytes >> 20, raised_by("file-bytes"));
    Unread::Unreadable(format!("it is larger than the limit of {most} MiB{key}"))
}

/// Whether opening a file would fetch it from a cloud drive.
#[cfg(windows)]
fn is_placeholder(about: &std::fs::Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;
    // FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS of the Windows SDK.
    const ELSEWHERE: u32 = 0x1000 | 0x4_0000 | 0x40_0000;
    about.file_attributes() & ELSEWHERE != 0
}

/// Whether opening a file would fetch it from a cloud drive.
#[cfg(target_os = "macos")]
fn is_placeholder(about: &std::fs::Metadata) -> bool {
    use std::os::macos::fs::MetadataExt;
    // SF_DATALESS of sys/stat.h.
    const DATALESS: u32 = 0x4000_0000;
    about.st_flags() & DATALESS != 0
}

/// Whether opening a file would fetch it from a cloud drive; no sign of that is known here.
#[cfg(not(any(windows, target_os = "macos")))]
fn is_placeholder(_: &std::fs::Metadata) -> bool {
    false
}

/// The dossier of a document that gave no text.
pub fn unread_dossier(path: &str, format: Format, unread: Unread) -> Dossier {
    Dossier {
        path: path.to_string(),
        format,
        unread: Some(unread),
        kind: Kind::Other,
        kind_because: "it was not read".to_string(),
        facts: Facts::default(),
        words: 0,
        evidence: Vec::new(),
        near: Vec::new(),
        actions: Vec::new(),
        personal: Vec::new(),
        placeholders: Vec::new(),
        result: None,
        claim: None,
        stated: Stated::default(),
        revised: None,
        sketch: Sketch::default(),
        relies_on: Vec::new(),
        cut: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use crate::rules::{built_in, load};

    #[test]
    fn an_archive_is_examined_as_far_as_one_large_document() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..6 {
            zip.start_file(format!("{at}.md"), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"# Minutes\n").unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let rules = load(&[built_in()]).unwrap();
        let (recogniser, words) = (Recogniser::new(&rules).unwrap(), Words::embedded().unwrap());
        let limits = Limits { text_bytes: 2 * LEAST, ..Limits::default() };
        let examiner = Examiner { recogniser: &recogniser, words: &words, limits: &limits };
        let dossiers = examiner.file("a.zip", &bytes);
        assert_eq!((dossiers.len(), dossiers[0].cut.len()), (4, 1));
        assert!(dossiers[0].cut[0].starts_with("3 of the 6 documents"), "{:?}", dossiers[0].cut);
    }
}
