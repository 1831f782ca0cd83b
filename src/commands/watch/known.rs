//! What is known of the documents since the last look, so that only those are read that changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::commands::{Outside, examine};
use crate::dossier::Dossier;
use crate::examine::load_bytes;
use crate::fault::Faults;
use crate::read::{Limits, Unread};
use crate::rules::{Layer, Rules};
use crate::settings::Settings;
use crate::walk::Found;

/// How often a document that could be read before, or is new, may turn out damaged before that is believed: it may still be
/// written, copied or fetched.
const PATIENCE: u8 = 5;

/// How often a document that changed is compared by its content all the same: it may change again within the moment that the
/// clock of a file system tells apart.
const AGAIN: u8 = 2;

/// What a file system says of a file without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// That of a file; none if it is not there.
    pub(super) fn of(file: &Path) -> Option<Stamp> {
        let about = std::fs::metadata(file).ok()?;
        Some(Stamp { bytes: about.len(), modified: about.modified().ok() })
    }
}

/// What happened to documents since the last look; paths as the report has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Events {
    pub(super) new: Vec<String>,
    pub(super) changed: Vec<String>,
    pub(super) gone: Vec<String>,
}

#[derive(Debug)]
struct One {
    path: String,
    stamp: Option<Stamp>,
    /// SHA-256 of its content, where it could be loaded.
    content: Option<Vec<u8>>,
    dossiers: Vec<Dossier>,
    /// How often it was damaged since it last was not.
    damaged: u8,
    /// How often its content is still to be compared.
    again: u8,
}

/// The documents as they were.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The rules, by their SHA-256, and the limits that the documents were examined by.
    by: Option<(Vec<u8>, Limits)>,
    documents: BTreeMap<PathBuf, One>,
    events: Events,
}

impl Known {
    /// Whether a document is to be looked at again though nothing says that it changed.
    pub(super) fn unsure(&self) -> bool {
        self.documents.values().any(|one| one.damaged > 0 || one.again > 0)
    }

    /// What happened since this was asked the last time.
    pub(super) fn events(&mut self) -> Events {
        std::mem::take(&mut self.events)
    }

    /// The dossiers of documents: of those that did not change, the ones from before.
    ///
    /// # Errors
    ///
    /// As of `examine`.
    pub(super) fn dossiers(
        &mut self,
        found: &[Found],
        layers: &[Layer],
        rules: &Rules,
        settings: &Settings,
        outside: &Outside<'_>,
    ) -> Result<Vec<Dossier>, Faults> {
        let first = self.by.is_none();
        let by = Some((sum(layers), settings.limits));
        let same = self.by == by;
        let mut to_read = Vec::new();
        for one in found {
            let stamp = Stamp::of(&one.file);
            let known = self.documents.get_mut(&one.file).filter(|_| same);
            if known.as_ref().is_some_and(|known| known.stamp == stamp && known.damaged == 0 && known.again == 0) {
                continue;
            }
            let content = load_bytes(&one.file, &settings.limits).ok().map(|bytes| Sha256::digest(&bytes).to_vec());
            match known {
                Some(known) if content.is_some() && content == known.content && known.damaged == 0 => {
                    known.stamp = stamp;
                    known.again = known.again.saturating_sub(1);
                }
                _ => to_read.push((one.clone(), stamp, content)),
            }
        }
        let files: Vec<Found> = to_read.iter().map(|(one, ..)| one.clone()).collect();
        // What is examined by other rules is no event of the document.
        let examined = if files.is_empty() {
            Vec::new()
        } else {
            examine(&files, layers, rules, settings.limits, settings.jobs, outside)?
        };
        self.by = by;
        let mut gone = std::mem::take(&mut self.documents);
        for ((one, stamp, content), dossiers) in to_read.into_iter().zip(parted(&files, examined)) {
            let before = gone.remove(&one.file);
            let next = self.next(one.path, stamp, content, dossiers, before, first);
            self.documents.insert(one.file, next);
        }
        for one in found {
            if let Some(known) = gone.remove(&one.file) {
                self.documents.insert(one.file.clone(), known);
            }
        }
        let really = gone.into_values().filter(|one| one.dossiers.first().is_some_and(|first| !is_own(first)));
        self.events.gone.extend(really.map(|one| one.path));
        Ok(found
            .iter()
            .filter_map(|one| self.documents.get(&one.file))
            .flat_map(|one| one.dossiers.iter().cloned())
            .collect())
    }

    /// What is known of a document that was read just now; what became of it is noted.
    fn next(
        &mut self,
        path: String,
        stamp: Option<Stamp>,
        content: Option<Vec<u8>>,
        dossiers: Vec<Dossier>,
        before: Option<One>,
        first: bool,
    ) -> One {
        let damaged = |dossiers: &[Dossier]| {
            dossiers.first().is_some_and(|one| matches!(one.unread, Some(Unread::Unreadable(_))))
        };
        let tries = before.as_ref().map_or(0, |one| one.damaged);
        let was_damaged = before.as_ref().is_some_and(|one| damaged(&one.dossiers));
        if damaged(&dossiers) && !first && !was_damaged && tries < PATIENCE {
            // As if it had not changed, or were not there yet.
            let (content, dossiers) = before.map_or((None, Vec::new()), |one| (one.content, one.dossiers));
            return One { path, stamp, content, dossiers, damaged: tries + 1, again: 0 };
        }
        let is_new = before.as_ref().is_none_or(|one| one.dossiers.is_empty());
        let same = before.as_ref().is_some_and(|one| content.is_some() && one.content == content);
        if !first && !same && !dossiers.first().is_some_and(is_own) {
            if is_new { &mut self.events.new } else { &mut self.events.changed }.push(path.clone());
        }
        One { path, stamp, content, dossiers, damaged: 0, again: if first || same { 0 } else { AGAIN } }
    }
}

/// A sum of the texts of rules.
fn sum(layers: &[Layer]) -> Vec<u8> {
    let mut sum = Sha256::new();
    for (name, file) in layers.iter().flatten() {
        for text in [name.as_str(), file.text()] {
            sum.update(text.len().to_le_bytes());
            sum.update(text);
        }
    }
    sum.finalize().to_vec()
}

/// Whether it is a report of kloe, which is no document.
fn is_own(dossier: &Dossier) -> bool {
    dossier.unread == Some(Unread::Own)
}

/// The dossiers file by file: each file's own comes first, then those of what lies in it.
fn parted(files: &[Found], dossiers: Vec<Dossier>) -> Vec<Vec<Dossier>> {
    let mut parts: Vec<Vec<Dossier>> = Vec::with_capacity(files.len());
    for dossier in dossiers {
        let next = files.get(parts.len()).is_some_and(|file| file.path == dossier.path);
        match parts.last_mut() {
            Some(part) if !next => part.push(dossier),
            _ => parts.push(vec![dossier]),
        }
    }
    parts.resize_with(files.len(), Vec::new);
    parts
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::commands::Progress;
    use crate::day::Day;
    use crate::render::Look;
    use crate::walk::{Excluded, walk};

    /// Counts the documents that are read.
    #[derive(Default)]
    struct Counted(AtomicUsize);

    impl Progress for Counted {
        fn begin(&self, documents: usize) {
            self.0.fetch_add(documents, Ordering::SeqCst);
        }
        fn done(&self) {}
        fn end(&self) {}
    }

    struct Folder {
        folder: tempfile::TempDir,
        known: Known,
        layers: Vec<Layer>,
        rules: Rules,
    }

    impl Folder {
        fn new() -> Folder {
            let layers = vec![Vec::new()];
            let rules = crate::rules::load(&layers).unwrap();
            Folder { folder: tempfile::tempdir().unwrap(), known: Known::default(), layers, rules }
        }

        fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
            std::fs::write(self.folder.path().join(name), bytes).unwrap();
        }

        /// Looks at the folder: how many documents were read, what happened, the paths of all.
        fn look(&mut self) -> (usize, Events, Vec<String>) {
            let counted = Counted::default();
            let outside = Outside {
                today: "2026-11-01".parse::<Day>().unwrap(),
                look: Look::PLAIN,
                progress: &counted,
                worker: None,
                step_summary: None,
            };
            let found = walk(self.folder.path(), &Excluded::none()).0;
            let dossiers =
                self.known.dossiers(&found, &self.layers, &self.rules, &Settings::default(), &outside).unwrap();
            let paths = dossiers.into_iter().map(|one| one.path).collect();
            (counted.0.into_inner(), self.known.events(), paths)
        }
    }

    fn events(new: &[&str], changed: &[&str], gone: &[&str]) -> Events {
        let all = |paths: &[&str]| paths.iter().map(ToString::to_string).collect();
        Events { new: all(new), changed: all(changed), gone: all(gone) }
    }

    #[test]
    fn what_did_not_change_is_not_read_again() {
        let mut folder = Folder::new();
        folder.write("a.md", "# A\n");
        folder.write("b.md", "# B\n");
        assert_eq!(folder.look(), (2, Events::default(), vec!["a.md".into(), "b.md".into()]));
        assert_eq!(folder.look().0, 0);
        assert!(!folder.known.unsure());
        // Saved as it was, at another time.
        let file = std::fs::File::options().write(true).open(folder.folder.path().join("a.md")).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!((folder.look().0, folder.look().1), (0, Events::default()));
        // Changed twice within one tick of the clock, with as many bytes.
        folder.write("a.md", "# C\n");
        let then = std::fs::metadata(folder.folder.path().join("a.md")).unwrap().modified().unwrap();
        assert_eq!(folder.look().1, events(&[], &["a.md"], &[]));
        folder.write("a.md", "# D\n");
        let file = std::fs::File::options().write(true).open(folder.folder.path().join("a.md")).unwrap();
        file.set_modified(then).unwrap();
        assert!(folder.known.unsure());
        assert_eq!(folder.look(), (1, events(&[], &["a.md"], &[]), vec!["a.md".into(), "b.md".into()]));
        std::fs::remove_file(folder.folder.path().join("b.md")).unwrap();
        folder.write("c.md", "# C\n");
        assert_eq!(folder.look(), (1, events(&["c.md"], &[], &["b.md"]), vec!["a.md".into(), "c.md".into()]));
    }

    #[test]
    fn what_is_half_written_is_waited_for_and_believed_in_the_end() {
        let mut folder = Folder::new();
        folder.write("a.docx", "PK\u{3}\u{4} half of it");
        assert_eq!(folder.look().2, ["a.docx"], "at the first look there is nothing to wait for");
        folder.write("b.docx", "PK\u{3}\u{4} half of another");
        for _ in 0..PATIENCE {
            assert_eq!(folder.look(), (1, Events::default(), vec!["a.docx".into()]));
            assert!(folder.known.unsure());
        }
        assert_eq!(folder.look().1, events(&["b.docx"], &[], &[]));
        // One that could be read stays as it was, and comes back without a word.
        folder.write("c.md", "# C\n");
        assert_eq!(folder.look().1.new, ["c.md"]);
        folder.write("c.md", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
        assert_eq!(folder.look().1, Events::default());
        folder.write("c.md", "# C\n");
        assert_eq!(folder.look().1, Events::default());
        assert_eq!(folder.look().1, Events::default());
    }

    #[test]
    fn rules_that_changed_are_no_event_of_a_document_and_own_reports_are_none() {
        let mut folder = Folder::new();
        folder.write("a.md", "# A\n");
        assert_eq!(folder.look().0, 1);
        folder.layers.push(crate::rules::built_in());
        assert_eq!((folder.look().0, folder.look().1), (1, Events::default()));
        folder.write("report.json", "{\"schema_version\":1,\"tool\":{\"name\":\"kloe\",\"version\":\"0\"}}");
        assert_eq!(folder.look().1, Events::default());
        std::fs::remove_file(folder.folder.path().join("report.json")).unwrap();
        assert_eq!(folder.look().1, Events::default());
    }
}
