//! Packages of parts (Office Open XML and OpenDocument): which format, a part's bytes within the limits, links between
//! parts, and what the file says of itself.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Node, Xml};
use super::{Format, Limits, Unread, raised_by};
use crate::text::Metadata;

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
            return Err(Unread::Unreadable(format!(
                "it has more than {} parts{}",
                limits.entries,
                raised_by("entries")
            )));
        }
        Ok(Package { archive, limits, inflated: 0 })
    }

    /// The text of a part; `None` when there is no such part.
    ///
    /// # Errors
    ///
    /// When it is damaged, larger than the limits, locked with a password, or declares entities.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Unread> {
        let name = name.trim_start_matches('/');
        let index = self.archive.index_for_name(name).or_else(|| {
            // Names of parts differ in case from what links say in files that not Office wrote.
            let names = self.archive.file_names().enumerate();
            let mut same =
                names.filter(|(_, other)| other.as_ref().is_ok_and(|other| other.eq_ignore_ascii_case(name)));
            same.next().map(|(index, _)| index)
        });
        let Some(index) = index else { return Ok(None) };
        let mut entry = self.archive.by_index(index).map_err(|error| locked(&error, name))?;
        let mut bytes = Vec::new();
        let most = self.limits.part_bytes;
        let read = entry.by_ref().take(most + 1).read_to_end(&mut bytes);
        read.map_err(|_| Unread::Unreadable(format!("the part {name} is damaged")))?;
        self.inflated += bytes.len() as u64;
        if bytes.len() as u64 > most {
            return Err(too_large(name, most));
        }
        if self.inflated > self.limits.inflated_bytes {
            return Err(too_large_in_all(self.limits.inflated_bytes));
        }
        let text = super::plain::decode(&bytes, &Limits { text_bytes: bytes.len(), ..*self.limits });
        if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
            return Err(Unread::Unreadable(format!(
                "the part {name} declares entities, which no office program writes"
            )));
        }
        Ok(Some(text))
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Inflates every part to see that all are within the limits, for readers that keep none. Sheets may have twice as many
    /// bytes as other parts, since their cells are read one by one and stop at a limit of their own. Gives the bytes
    /// of each part.
    ///
    /// # Errors
    ///
    /// When a part is damaged, over a limit, or locked with a password.
    pub(super) fn check(&mut self) -> Result<BTreeMap<String, u64>, Unread> {
        let mut all = 0;
        let mut sizes = BTreeMap::new();
        for index in 0..self.archive.len() {
            let mut entry = self.archive.by_index(index).map_err(|error| locked(&error, "in it"))?;
            let name = entry.name().unwrap_or_default().to_string();
            if name.starts_with("xl/media/") || name.ends_with('/') {
                continue;
            }
            let sheet = name.contains("/worksheets/");
            let most = if sheet { 2 * self.limits.part_bytes } else { self.limits.part_bytes };
            let mut head = Vec::new();
            let mut body = entry.by_ref().take(most + 1);
            let read = body.by_ref().take(HEAD).read_to_end(&mut head);
            let bytes = read.and_then(|begun| Ok(begun as u64 + std::io::copy(&mut body, &mut std::io::sink())?));
            let bytes = bytes.map_err(|_| Unread::Unreadable(format!("the part {name} is damaged")))?;
            if name.to_lowercase().ends_with("sharedstrings.xml") && strings_announced(&head) > bytes {
                return Err(Unread::Unreadable(format!("the part {name} is damaged: it announces more than it holds")));
            }
            all += bytes;
            if bytes > most {
                return Err(too_large(&name, most));
            }
            if all > 2 * self.limits.inflated_bytes {
                return Err(too_large_in_all(2 * self.limits.inflated_bytes));
            }
            sizes.insert(name, bytes);
        }
        Ok(sizes)
    }

    /// The links of a part; none when it has none. The empty name stands for the package itself.
    pub(super) fn links(&mut self, part: &str) -> Result<Vec<Link>, Unread> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let list = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let Some(source) = self.part(&list)? else { return Ok(Vec::new()) };
        let mut xml = Xml::new(&source, self.limits);
        let mut links = Vec::new();
        loop {
            match xml.next()? {
                Node::Open(tag) if tag.name() == "Relationship" => {
                    let outside = tag.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                    let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target"))
                    else {
                        continue;
                    };
                    if !outside {
                        let kind = kind.rsplit('/').next().unwrap_or("").to_string();
                        links.push(Link { id, kind, target: resolve(folder, &target) });
                    }
                }
                Node::End => return Ok(links),
                _ => {}
            }
        }
    }

    /// The name and the text of the main part, which the package names by a link.
    ///
    /// # Errors
    ///
    /// When there is none, or it is damaged.
    pub(super) fn main(&mut self, usual: &str) -> Result<(String, String), Unread> {
        let links = self.links("")?;
        let named = links.into_iter().find(|link| link.kind == "officeDocument").map(|link| link.target);
        for name in named.into_iter().chain([usual.to_string()]) {
            if let Some(source) = self.part(&name)? {
                return Ok((name, source));
            }
        }
        Err(Unread::Unreadable("its main part is missing".to_string()))
    }

    /// Fills in what an Office file says of itself: core, app and custom properties.
    pub(super) fn properties(&mut self, metadata: &mut Metadata) -> Result<(), Unread> {
        for link in self.links("")? {
            let read = match link.kind.as_str() {
                "core-properties" => core_properties,
                "extended-properties" => app_properties,
                "custom-properties" => custom_properties,
                _ => continue,
            };
            if let Some(source) = self.part(&link.target)? {
                // Damaged properties lose themselves, not the document.
                let _ = read(&source, self.limits, metadata);
            }
        }
        Ok(())
    }
}

/// A password that is asked for is no damage.
fn locked(error: &ZipError, name: &str) -> Unread {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unread::Encrypted,
        _ => Unread::Unreadable(format!("the part {name} is damaged")),
    }
}

/// A link from a part to another part of the package.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// What the part calls it.
    pub(super) id: String,
    /// The last word of its type, such as `header`.
    pub(super) kind: String,
    /// The full name of the other part.
    pub(super) target: String,
}

/// The target of the link with that identifier.
pub(super) fn target<'a>(links: &'a [Link], id: &str) -> Option<&'a str> {
    links.iter().find(|link| link.id == id).map(|link| link.target.as_str())
}

/// The full name of a part that is named from within a folder.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_string();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            other => steps.push(other),
        }
    }
    steps.join("/")
}

/// A part beyond the limit.
fn too_large(name: &str, most: u64) -> Unread {
    Unread::Unreadable(format!("the part {name} is larger than the limit of {most} bytes{}", raised_by("part-bytes")))
}

/// Parts that are beyond the limit together.
fn too_large_in_all(most: u64) -> Unread {
    let key = raised_by("inflated-bytes");
    Unread::Unreadable(format!("its parts are larger than the limit of {} MiB together{key}", most >> 20))
}

fn core_properties(source: &str, limits: &Limits, metadata: &mut Metadata) -> Result<(), Unread> {
    let mut xml = Xml::new(source, limits);
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() != "coreProperties" => {
                let name = tag.name().to_string();
                let words = xml.words()?.trim().to_string();
                let field = match name.as_str() {
                    _ if words.is_empty() => continue,
                    "title" => &mut metadata.title,
                    "creator" => &mut metadata.author,
                    "created" => &mut metadata.created,
                    "modified" => &mut metadata.modified,
                    "contentStatus" => &mut metadata.status,
                    _ => {
                        metadata.properties.push((name, words));
                        continue;
                    }
                };
                *field = Some(words);
            }
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

fn app_properties(source: &str, limits: &Limits, metadata: &mut Metadata) -> Result<(), Unread> {
    let mut xml = Xml::new(source, limits);
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let name = tag.name().to_string();
                if matches!(name.as_str(), "Company" | "Manager" | "Template" | "Application") {
                    let words = xml.words()?.trim().to_string();
                    if !words.is_empty() {
                        metadata.properties.push((name.to_lowercase(), words));
                    }
                }
            }
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

/// Properties that an organisation adds, such as `Review Date` or `Document Owner`, by their own names.
fn custom_properties(source: &str, limits: &Limits, metadata: &mut Metadata) -> Result<(), Unread> {
    let mut xml = Xml::new(source, limits);
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "property" => {
                let name = tag.get("name").unwrap_or_default();
                let words = xml.words()?.trim().to_string();
                if !name.is_empty() && !words.is_empty() {
                    metadata.properties.push((name, words));
                }
            }
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

/// The format of a package, by what it holds; `None` for other archives.
///
/// # Errors
///
/// When the archive is damaged or locked with a password.
pub(super) fn format_of_package(bytes: &[u8]) -> Result<Option<Format>, Unread> {
    let limits = Limits::default();
    let mut package = Package::open(bytes, &limits)?;
    if let Some(types) = package.part("[Content_Types].xml")? {
        let kind = main_type(&types, &package.links("")?, &limits)?;
        let one_of = |names: &[&str]| names.iter().any(|name| kind.contains(name));
        return Ok(if one_of(&["wordprocessingml", "ms-word."]) {
            Some(Format::Docx)
        } else if one_of(&["spreadsheetml", "ms-excel."]) {
            Some(Format::Xlsx)
        } else if one_of(&["presentationml", "ms-powerpoint."]) {
            Some(Format::Pptx)
        } else if one_of(&["ms-visio."]) {
            return Err(Unread::Unsupported("a Visio drawing; save it as PDF".to_string()));
        } else {
            None
        });
    }
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Unread::Encrypted);
    }
    let kind = match package.part("mimetype")? {
        Some(kind) => kind,
        None => manifest,
    };
    let kind = kind.split("application/vnd.oasis.opendocument.").nth(1).unwrap_or("");
    Ok(match kind.split(|c: char| !c.is_ascii_alphabetic()).next() {
        Some("text") => Some(Format::Odt),
        Some("spreadsheet") => Some(Format::Ods),
        Some("presentation") => Some(Format::Odp),
        Some("graphics") => return Err(Unread::Unsupported("an OpenDocument drawing; save it as PDF".to_string())),
        _ => None,
    })
}

/// The content type of the main part: the one that the package links to, else the first that calls itself main.
fn main_type(types: &str, links: &[Link], limits: &Limits) -> Result<String, Unread> {
    let main = links.iter().find(|link| link.kind == "officeDocument").map(|link| link.target.as_str());
    let mut xml = Xml::new(types, limits);
    let mut fallback = String::new();
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "Override" => {
                let kind = tag.get("ContentType").unwrap_or_default();
                let part = tag.get("PartName").unwrap_or_default();
                if main.is_some_and(|main| main.eq_ignore_ascii_case(part.trim_start_matches('/'))) {
                    return Ok(kind);
                }
                if fallback.is_empty() && kind.contains("main") {
                    fallback = kind;
                }
            }
            Node::End => return Ok(fallback),
            _ => {}
        }
    }
}

/// Bytes of a part in which its root element begins.
const HEAD: u64 = 4096;

/// How many strings a table of shared strings says that it holds: readers set memory aside for so many.
fn strings_announced(head: &[u8]) -> u64 {
    // In UTF-16 every other byte is a nought.
    let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let head = String::from_utf8_lossy(&head);
    let Some((_, after)) = head.split_once("uniqueCount") else { return 0 };
    let number = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '+'));
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    match number.get(..end).unwrap_or_default() {
        "" => 0,
        // More digits than a number holds are more strings than a part has bytes.
        digits => digits.parse().unwrap_or(u64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_strings_says_how_many_it_holds() {
        let of = |head: &str| strings_announced(head.as_bytes());
        assert_eq!(of("<sst count='9' uniqueCount = '4294967295'>"), 4_294_967_295);
        assert_eq!(of(&format!("<sst uniqueCount=\"{}\"/>", "9".repeat(50))), u64::MAX);
        assert_eq!((of("<sst><si/>"), of("<sst uniqueCount=\"x\">")), (0, 0));
        let wide: Vec<u8> = "<sst uniqueCount=\"12\">".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(strings_announced(&wide), 12);
    }

    #[test]
    fn links_are_resolved_from_their_folder() {
        assert_eq!(resolve("ppt/slides", "../notesSlides/notesSlide1.xml"), "ppt/notesSlides/notesSlide1.xml");
        assert_eq!(resolve("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
        assert_eq!(resolve("a", "../../../b.xml"), "b.xml");
    }

    #[test]
    fn the_main_part_tells_the_format_not_what_it_holds() {
        let link = |target: &str| Link { id: "a".into(), kind: "officeDocument".into(), target: target.into() };
        let types = r#"<Types><Default Extension="docm" ContentType="application/vnd.ms-word.document.macroEnabled.12"/>
            <Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
            <Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.template.macroEnabledTemplate.main+xml"/></Types>"#;
        let limits = Limits::default();
        let kind = |links: &[Link]| main_type(types, links, &limits).unwrap();
        assert!(kind(&[link("xl/workbook.bin")]).contains("ms-excel"));
        assert!(kind(&[link("Word/Document.xml")]).contains("ms-word.template"));
        assert!(kind(&[]).contains("ms-excel"));
    }

    #[test]
    fn parts_over_the_limits_and_entities_are_refused() {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, words) in [("big.xml", "x".repeat(200)), ("laugh.xml", "<!DOCTYPE x><a/>".to_string())] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(words.as_bytes()).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let limits = Limits { part_bytes: 100, ..Limits::default() };
        let mut package = Package::open(&bytes, &limits).unwrap();
        assert!(matches!(package.part("big.xml"), Err(Unread::Unreadable(_))));
        assert!(matches!(package.part("laugh.xml"), Err(Unread::Unreadable(_))));
        assert_eq!(package.part("none.xml"), Ok(None));
        assert!(Package::open(&bytes, &limits).unwrap().check().is_err());
    }
}
