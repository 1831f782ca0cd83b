//! A bundle on the disk: whole or not at all, of files that are still what was judged.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use super::seal::{Manifest, Seal, sum};
use super::{MANIFEST, Packed, Plan};
use crate::fault::Fault;
use crate::walk::{Excluded, walk};

#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(about: &fs::Metadata) -> Self {
        Stamp { bytes: about.len(), modified: about.modified().ok() }
    }
}

/// The size and last change of every file of a folder: what is not the same any more was not judged.
#[derive(Debug, Clone, Default)]
pub struct Stamps(HashMap<PathBuf, Stamp>);

impl Stamps {
    /// Looks at every file of a folder; none is opened.
    pub fn of(folder: &Path) -> Self {
        let (found, _) = walk(folder, &Excluded::none());
        let stamp = |file: PathBuf| fs::metadata(&file).ok().map(|about| (file, Stamp::of(&about)));
        Stamps(found.into_iter().filter_map(|one| stamp(one.file)).collect())
    }

    #[cfg(test)]
    pub(super) fn with(mut self, file: &Path) -> Self {
        if let Ok(about) = fs::metadata(file) {
            self.0.insert(file.to_path_buf(), Stamp::of(&about));
        }
        self
    }
}

/// A bundle that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Bytes of the documents.
    pub bytes: u64,
    /// The SHA-256 sum of the manifest.
    pub manifest: String,
}

/// Writes a bundle: the documents of `plan` out of `folder`, the indexes by name and bytes, the manifest.
///
/// # Errors
///
/// An output that is not new or empty or lies in the folder; a document that is gone, was changed since `stamps`, or leads
/// out of the folder; what cannot be written. Nothing is left of the bundle then.
pub fn store(
    plan: &Plan,
    folder: &Path,
    stamps: &Stamps,
    index: &[(&str, Vec<u8>)],
    output: &Path,
) -> Result<Stored, Fault> {
    let place = Place::new(output, folder)?;
    let wrong = |error: io::Error| {
        let fault = Fault::new(format!("cannot write the bundle {}: {error}", output.display()));
        fault.help("see that the folder can be written to and the disk has room")
    };
    let root = fs::canonicalize(folder).map_err(wrong)?;
    let beside = tempfile::Builder::new().prefix(".kloe-pack-").tempdir_in(place.near()).map_err(wrong)?;
    // The folder of the temporary files is its owner's alone; the bundle is for those whom the system lets see new folders.
    let bundle = beside.path().join("bundle");
    fs::create_dir(&bundle).map_err(wrong)?;
    let mut seals = Vec::new();
    for packed in &plan.documents {
        let to = bundle.join(&packed.path);
        fs::create_dir_all(to.parent().unwrap_or(&bundle)).map_err(wrong)?;
        let (sha256, bytes) = copied(packed, &root, &to, stamps)?;
        seals.push(Seal { path: packed.path.clone(), sha256, bytes });
    }
    let bytes = seals.iter().map(|seal| seal.bytes).sum();
    let mut index_seals = Vec::new();
    for (name, content) in index {
        let mut file = File::create(bundle.join(name)).map_err(wrong)?;
        let (sha256, bytes) = sum(&mut content.as_slice(), &mut file).map_err(wrong)?;
        index_seals.push(Seal { path: (*name).to_string(), sha256, bytes });
    }
    let text = Manifest::new(plan, seals, index_seals).to_text()?;
    let mut file = File::create(bundle.join(MANIFEST)).map_err(wrong)?;
    let (manifest, _) = sum(&mut text.as_bytes(), &mut file).map_err(wrong)?;
    drop(file);
    place.take(&bundle, beside).map_err(wrong)?;
    Ok(Stored { bytes, manifest })
}

/// Copies a document, if it is still the one that was judged.
fn copied(packed: &Packed, root: &Path, to: &Path, stamps: &Stamps) -> Result<(String, u64), Fault> {
    let name = &packed.about.source;
    let wrong = |error: io::Error| {
        let fault = Fault::new(format!("cannot copy {name}: {error}"));
        fault.help("see that it can be read, the disk has room, and no other program has it open")
    };
    let changed = || {
        let fault = Fault::new(format!("{name} was changed while it was packed, so the index would not be about it"));
        fault.help("wait until nobody works in the folder, and pack again")
    };
    let real = fs::canonicalize(&packed.file).map_err(wrong)?;
    if !real.starts_with(root) {
        let fault = Fault::new(format!("{name} is a link that leads out of the folder"));
        return Err(fault.help("put the document itself into the folder, and pack again"));
    }
    let mut from = File::open(&real).map_err(wrong)?;
    let about = from.metadata().map_err(wrong)?;
    if !about.is_file() || stamps.0.get(&packed.file) != Some(&Stamp::of(&about)) {
        return Err(changed());
    }
    let mut file = File::create_new(to).map_err(wrong)?;
    let (sha256, bytes) = sum(&mut from, &mut file).map_err(wrong)?;
    let after = from.metadata().map_err(wrong)?;
    if Stamp::of(&after) != Stamp::of(&about) || bytes != about.len() {
        return Err(changed());
    }
    if let Some(modified) = Stamp::of(&about).modified {
        // A reviewer sees when it was written; where that cannot be kept, the copy is still good.
        let _ = file.set_modified(modified);
    }
    Ok((sha256, bytes))
}

/// Where a bundle goes: a folder that is not there yet, or one that is there and empty.
#[derive(Debug)]
pub(super) struct Place {
    target: PathBuf,
    is_there: bool,
}

impl Place {
    /// Looks whether a bundle of `folder` can go there.
    pub(super) fn new(output: &Path, folder: &Path) -> Result<Self, Fault> {
        let shown = output.display();
        let wrong = |error: io::Error| Fault::new(format!("cannot write the bundle {shown}: {error}"));
        if output.as_os_str().is_empty() {
            return Err(
                Fault::new("the bundle has no name").help("give --output the name of a new folder, such as bundle")
            );
        }
        let is_there = fs::symlink_metadata(output).is_ok();
        let target = if is_there {
            let real = fs::canonicalize(output).map_err(wrong)?;
            if !real.is_dir() {
                let fault = Fault::new(format!("cannot write the bundle {shown}: it is a file"));
                return Err(fault.help("give --output the name of a new folder"));
            }
            real
        } else {
            // Components without a trailing `/` or `/.`, which would hide the last name.
            let plain: PathBuf = output.components().collect();
            let parent = plain.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
            let Some(name) = plain.file_name().filter(|_| parent.is_dir()) else {
                let fault =
                    Fault::new(format!("cannot write the bundle {shown}: there is no folder {}", parent.display()));
                return Err(fault.help("make the folder first, or give another one"));
            };
            fs::canonicalize(parent).map_err(wrong)?.join(name)
        };
        let root = fs::canonicalize(folder)
            .map_err(|error| Fault::new(format!("cannot open the folder {}: {error}", folder.display())))?;
        if target.starts_with(&root) {
            let fault = Fault::new(format!("the bundle {shown} would lie in the folder that is packed"));
            return Err(
                fault.help("give --output a folder beside it: the next check would take the copies for evidence")
            );
        }
        if is_there && fs::read_dir(&target).map_err(wrong)?.next().is_some() {
            let fault = Fault::new(format!("cannot write the bundle {shown}: the folder is not empty"));
            return Err(fault.help("give --output the name of a new folder, or empty this one"));
        }
        Ok(Place { target, is_there })
    }

    /// The folder that temporary files go to, on the same disk.
    fn near(&self) -> &Path {
        if self.is_there { &self.target } else { self.target.parent().unwrap_or(&self.target) }
    }

    /// Moves a bundle to its place.
    fn take(&self, bundle: &Path, beside: TempDir) -> io::Result<()> {
        if !self.is_there {
            return fs::rename(bundle, &self.target);
        }
        let mut moved: Vec<PathBuf> = Vec::new();
        let entries: Vec<_> = fs::read_dir(bundle)?.collect::<io::Result<_>>()?;
        for entry in entries {
            let to = self.target.join(entry.file_name());
            if let Err(error) = fs::rename(entry.path(), &to) {
                for one in &moved {
                    // Best effort: the error itself is told, and a bundle without all its files does not verify.
                    let _ = if one.is_dir() { fs::remove_dir_all(one) } else { fs::remove_file(one) };
                }
                return Err(error);
            }
            moved.push(to);
        }
        // Else an empty folder would stay in the bundle.
        beside.close()
    }
}

/// Whether a bundle of a folder can be written to an output, as far as that can be told before there is one.
///
/// # Errors
///
/// An output that is not new or empty, or lies in the folder.
pub fn can_store(output: &Path, folder: &Path) -> Result<(), Fault> {
    Place::new(output, folder).map(drop)
}
