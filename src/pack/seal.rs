//! The manifest of a bundle, and whether a bundle is still what its manifest says.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::{About, MANIFEST, Plan, Waived};
use crate::day::Day;
use crate::fault::Fault;
use crate::report::masked;
use crate::rules::Sector;

/// Bytes of a manifest; one of 100,000 documents has some 50 MB.
const OF_A_MANIFEST: u64 = 256 << 20;

/// What a manifest says of the program that wrote it; the first members are those by which kloe knows its own files.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct ToolRow {
    name: String,
    version: String,
}

#[derive(Debug, Clone, Serialize)]
struct LineSeal {
    framework: String,
    id: String,
    title: String,
    grade: &'static str,
}

/// The sum of a file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Its path in the bundle.
    pub path: String,
    /// Its SHA-256 sum, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

#[derive(Debug, Clone, Serialize)]
struct DocumentSeal {
    #[serde(flatten)]
    seal: Seal,
    #[serde(flatten)]
    about: About,
    lines: Vec<String>,
    expectations: Vec<String>,
    inside: Vec<About>,
}

/// A manifest, as it is written.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    schema_version: u32,
    tool: ToolRow,
    about: &'static str,
    as_of: Day,
    folder: String,
    sector: Option<Sector>,
    lines: Vec<LineSeal>,
    with_personal_data: Vec<String>,
    documents: Vec<DocumentSeal>,
    index: Vec<Seal>,
    waivers: Vec<Waived>,
}

impl Manifest {
    /// The manifest of a plan, with the sums of its documents in their order and those of the indexes.
    pub fn new(plan: &Plan, documents: Vec<Seal>, index: Vec<Seal>) -> Self {
        let line = |line: &crate::report::LineRow| LineSeal {
            framework: line.framework.clone(),
            id: line.id.clone(),
            title: line.title.clone(),
            grade: line.grade.name(),
        };
        let document = |(packed, seal): (&super::Packed, Seal)| DocumentSeal {
            seal,
            about: packed.about.clone(),
            lines: packed.lines.iter().cloned().collect(),
            expectations: packed.expectations.iter().cloned().collect(),
            inside: packed.inside.clone(),
        };
        Manifest {
            schema_version: 1,
            tool: ToolRow { name: "kloe".to_string(), version: plan.version.clone() },
            about: "an evidence bundle; `kloe pack --verify` on its folder holds every file against these sums",
            as_of: plan.as_of,
            folder: plan.folder.clone(),
            sector: plan.sector,
            lines: plan.lines.iter().map(line).collect(),
            with_personal_data: plan.personal.clone(),
            documents: plan.documents.iter().zip(documents).map(document).collect(),
            index,
            waivers: plan.waivers.clone(),
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    ///
    /// When it does not serialise, which the types rule out.
    pub fn to_text(&self) -> Result<String, Fault> {
        let text = serde_json::to_string_pretty(self);
        Ok(text.map_err(|error| Fault::new(format!("cannot put the manifest together: {error}")))? + "\n")
    }
}

/// The members of a manifest that a bundle is verified by.
#[derive(Debug, Deserialize)]
struct Sealed {
    schema_version: u32,
    tool: ToolRow,
    as_of: Day,
    documents: Vec<Seal>,
    index: Vec<Seal>,
}

/// What became of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Files of the manifest that are not there.
    pub missing: Vec<String>,
    /// Files that are not what they were, and how that shows.
    pub changed: Vec<(String, String)>,
    /// Files that the manifest does not name.
    pub unknown: Vec<String>,
    /// How many files are as they were.
    pub same: usize,
    /// The day that the bundle was judged on.
    pub as_of: Day,
    /// The SHA-256 sum of the manifest itself.
    pub manifest: String,
}

impl Verified {
    /// Whether every file is there, as it was, and none was added.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.unknown.is_empty()
    }
}

/// Holds a bundle against its manifest. Links are not followed, and nothing outside the bundle is read.
///
/// # Errors
///
/// No manifest, one that does not read, or one that names a path outside the bundle.
pub fn verify(bundle: &Path) -> Result<Verified, Fault> {
    let file = bundle.join(MANIFEST);
    let is_file = fs::symlink_metadata(&file).is_ok_and(|about| about.is_file());
    if !is_file {
        let fault = Fault::new(format!("there is no {MANIFEST} in {}", bundle.display()));
        return Err(fault.help("give the folder that `kloe pack --output` wrote"));
    }
    let read = |error: &dyn std::fmt::Display| {
        let fault = Fault::new(format!("{} cannot be read as a manifest: {error}", file.display()));
        fault.help("the bundle cannot be verified by it; ask for the bundle, or at least its manifest, once more")
    };
    let mut bytes = Vec::new();
    let opened = File::open(&file).and_then(|file| file.take(OF_A_MANIFEST).read_to_end(&mut bytes));
    opened.map_err(|error| read(&error))?;
    let sealed: Sealed = serde_json::from_slice(&bytes).map_err(|error| read(&error))?;
    if sealed.tool.name != "kloe" || sealed.schema_version != 1 {
        return Err(read(&format!("it is of version {} by {}", sealed.schema_version, sealed.tool.name)));
    }
    let mut seals: BTreeMap<&str, &Seal> = BTreeMap::new();
    for seal in sealed.documents.iter().chain(&sealed.index) {
        let inside = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
        if !seal.path.split('/').all(inside) {
            return Err(read(&format!("it names {}, which is no file of the bundle", seal.path)));
        }
        if seals.insert(&seal.path, seal).is_some() {
            return Err(read(&format!("it names {} twice", seal.path)));
        }
    }
    let (missing, changed) = (Vec::new(), Vec::new());
    let manifest = sum(&mut bytes.as_slice(), &mut io::sink()).map_err(|error| read(&error))?.0;
    let mut verified = Verified { missing, changed, unknown: Vec::new(), same: 0, as_of: sealed.as_of, manifest };
    for entry in WalkDir::new(bundle).sort_by_file_name() {
        let entry = entry.map_err(|error| Fault::new(format!("cannot look through {}: {error}", bundle.display())))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = relative(bundle, entry.path());
        if path == MANIFEST {
            continue;
        }
        match seals.remove(path.as_str()) {
            None => verified.unknown.push(masked(&path)),
            Some(_) if !entry.file_type().is_file() => {
                verified.changed.push((masked(&path), "something else stands in its place".to_string()));
            }
            Some(seal) => match difference(entry.path(), seal) {
                None => verified.same += 1,
                Some(how) => verified.changed.push((masked(&path), how)),
            },
        }
    }
    verified.missing = seals.into_keys().map(masked).collect();
    Ok(verified)
}

/// How a file differs from what it was.
fn difference(file: &Path, seal: &Seal) -> Option<String> {
    match File::open(file).and_then(|mut file| sum(&mut file, &mut io::sink())) {
        Err(error) => Some(format!("it cannot be read: {error}")),
        Ok((_, bytes)) if bytes != seal.bytes => Some(format!("it has {bytes} bytes and had {}", seal.bytes)),
        Ok((hex, _)) if !hex.eq_ignore_ascii_case(&seal.sha256) => Some("its content is another".to_string()),
        Ok(_) => None,
    }
}

/// A path with forward slashes; what is not UTF-8 is in no manifest.
fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Copies what is read, and gives its SHA-256 sum and how many bytes it has.
pub(super) fn sum(from: &mut dyn Read, to: &mut dyn io::Write) -> io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut part = vec![0; 64 << 10];
    loop {
        let read = match from.read(&mut part) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let Some(part) = part.get(..read) else { break };
        hash.update(part);
        to.write_all(part)?;
        bytes += read as u64;
    }
    Ok((hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), bytes))
}
