//! Documents within files: entries of an archive, attachments of a mail. Each is a document of its own, named
//! `archive.zip!report.docx`.

use std::io::{Cursor, Read};

use mail_parser::{MessageParser, MimeHeaders, PartType};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Format, Limits, Unread, raised_by};

/// A document within a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// Its name in the file, with forward slashes.
    pub name: String,
    /// Its bytes, or why there are none.
    pub bytes: Result<Vec<u8>, Unread>,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// Its documents, in the order of their names.
    pub documents: Vec<Inside>,
    /// What a limit cut off, in words for the user.
    pub cut: Vec<String>,
}

/// The documents within a file of a format; none for formats that hold none. `budget` is how many bytes may still be
/// unpacked, over all levels; what is unpacked is taken off.
pub fn inside(format: Format, bytes: &[u8], limits: &Limits, budget: &mut u64) -> Contents {
    let mut contents = match format {
        Format::Zip => entries(bytes, limits, budget),
        Format::Eml => attachments(bytes, limits, budget),
        Format::Msg => super::msg::attachments(bytes, limits, budget),
        _ => Contents::default(),
    };
    contents.documents.sort_by(|a, b| a.name.cmp(&b.name));
    contents
}

fn entries(bytes: &[u8], limits: &Limits, budget: &mut u64) -> Contents {
    let mut contents = Contents::default();
    // An archive that does not open is a finding of the reader already.
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return contents };
    if archive.len() > limits.entries {
        contents.cut.push(format!("entries after the first {}{}", limits.entries, raised_by("entries")));
    }
    for at in 0..archive.len().min(limits.entries) {
        let name = archive.name_for_index(at).and_then(Result::ok).map(|name| tidy(&name));
        let name = name.unwrap_or_else(|| format!("entry {}", at + 1));
        let read = match archive.by_index(at) {
            Ok(entry) if entry.is_dir() => continue,
            Ok(_) if is_system(&name) => continue,
            Ok(mut entry) => unpacked(&mut entry, limits, budget),
            Err(ZipError::UnsupportedArchive(what)) if what.to_lowercase().contains("password") => {
                Err(Unread::Encrypted)
            }
            Err(error) => Err(Unread::Unreadable(format!("its place in the archive is damaged ({error})"))),
        };
        contents.documents.push(Inside { name, bytes: read });
        if *budget == 0 {
            let most = limits.inflated_bytes >> 20;
            contents.cut.push(format!("what comes after {most} MiB unpacked{}", raised_by("inflated-bytes")));
            break;
        }
    }
    contents
}

fn unpacked(entry: &mut impl Read, limits: &Limits, budget: &mut u64) -> Result<Vec<u8>, Unread> {
    let most = limits.part_bytes.min(*budget);
    let mut bytes = Vec::new();
    // Declared sizes are not to be trusted, so the reading itself is bounded.
    let read = entry.take(most + 1).read_to_end(&mut bytes);
    *budget = budget.saturating_sub(bytes.len() as u64);
    match read {
        Err(error) => Err(Unread::Unreadable(format!("its place in the archive is damaged ({error})"))),
        Ok(_) if bytes.len() as u64 > most => {
            let key = raised_by(if most == limits.part_bytes { "part-bytes" } else { "inflated-bytes" });
            Err(Unread::Unreadable(format!("it unpacks to more than the limit of {} MiB{key}", most >> 20)))
        }
        Ok(_) => Ok(bytes),
    }
}

fn attachments(bytes: &[u8], limits: &Limits, budget: &mut u64) -> Contents {
    let mut contents = Contents::default();
    let Some(mail) = MessageParser::default().parse(bytes) else { return contents };
    for part in mail.attachments() {
        // A picture that the body shows is a logo or a signature; a mail within the mail is read with it.
        let shown = part.content_id().is_some() && part.is_content_type("image", "*")
            || part.content_type().is_some_and(|kind| kind.ctype() == "image" && part.content_id().is_some());
        if shown || matches!(part.body, PartType::Message(_)) {
            continue;
        }
        if contents.documents.len() >= limits.entries || *budget == 0 {
            contents.cut.push(format!("attachments after the first {}", contents.documents.len()));
            break;
        }
        let name = part.attachment_name().map_or_else(|| format!("attachment {}", contents.documents.len() + 1), tidy);
        let body = part.contents();
        let kept = if body.len() as u64 > *budget { Err(too_large(limits)) } else { Ok(body.to_vec()) };
        *budget = budget.saturating_sub(body.len() as u64);
        contents.documents.push(Inside { name, bytes: kept });
    }
    contents
}

/// An attachment beyond what may still be unpacked.
pub(super) fn too_large(limits: &Limits) -> Unread {
    let (most, key) = (limits.inflated_bytes >> 20, raised_by("inflated-bytes"));
    Unread::Unreadable(format!("it is larger than the limit of {most} MiB{key}"))
}

/// A name as a path that goes nowhere but down.
pub(super) fn tidy(name: &str) -> String {
    let name = name.replace('\\', "/");
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if parts.is_empty() { "without a name".to_string() } else { parts.join("/") }
}

/// What systems and Office leave behind in archives; it is nobody's document.
fn is_system(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    name.starts_with("__MACOSX/")
        || last.starts_with("~$")
        || [".ds_store", "thumbs.db", "desktop.ini"].contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn of(format: Format, bytes: &[u8], limits: &Limits) -> Contents {
        inside(format, bytes, limits, &mut limits.inflated_bytes.clone())
    }

    #[test]
    fn entries_are_named_and_go_nowhere_but_down() {
        let bytes = archive(&[("b/../../x.md", b"x"), ("a\\y.txt", b"y"), ("__MACOSX/a", b""), ("~$a.docx", b"")]);
        let contents = of(Format::Zip, &bytes, &Limits::default());
        let names: Vec<&str> = contents.documents.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["a/y.txt", "b/x.md"]);
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let zeros = vec![0; 1 << 20];
        let bytes = archive(&[("a.txt", &zeros), ("b.txt", &zeros), ("c.txt", &zeros)]);
        let limits = Limits { part_bytes: 1 << 19, inflated_bytes: 1 << 20, ..Limits::default() };
        let contents = of(Format::Zip, &bytes, &limits);
        assert!(contents.documents.iter().all(|one| one.bytes.is_err()));
        assert_eq!((contents.documents.len(), contents.cut.len()), (2, 1));
    }

    #[test]
    fn attachments_come_out_as_they_were() {
        let mail = "From: a@example.org\r\nSubject: Papers\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
            --b\r\nContent-Type: text/plain\r\n\r\nSee the paper.\r\n--b\r\nContent-Type: text/markdown; name=\"BAF.md\"\r\n\
            Content-Disposition: attachment; filename=\"BAF.md\"\r\nContent-Transfer-Encoding: base64\r\n\r\nIyBCQUY=\r\n--b--\r\n";
        let contents = of(Format::Eml, mail.as_bytes(), &Limits::default());
        assert_eq!(contents.documents, [Inside { name: "BAF.md".to_string(), bytes: Ok(b"# BAF".to_vec()) }]);
    }
}
