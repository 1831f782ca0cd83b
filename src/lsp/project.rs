//! What is in force for a file: settings, rules and patterns, as `kloe check` would find them, and kept until a file of them
//! changes.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::cli::CheckArgs;
use crate::commands::{in_force, keep_frameworks, layers, rules_folder};
use crate::fault::{Faults, SourceFile};
use crate::rules::{Layer, Rules, Sector};
use crate::settings::{self, Settings};
use crate::walk::Excluded;

/// What is in force for the files of a folder.
pub(super) struct Project {
    /// The folder that paths are told from: that of `kloe.toml`, else the one that the editor opened, else that of the file.
    pub(super) root: PathBuf,
    /// The settings.
    pub(super) settings: Settings,
    /// The rule files.
    pub(super) layers: Vec<Layer>,
    /// The rules of the sector and of the frameworks.
    pub(super) rules: Rules,
    /// What is no evidence.
    pub(super) excluded: Excluded,
}

impl Project {
    /// What is in force for a file in a folder of the editor.
    pub(super) fn of(file: &Path, folders: &[PathBuf], args: &CheckArgs) -> Result<Project, Faults> {
        let settings = in_force(&CheckArgs { paths: vec![file.to_path_buf()], ..args.clone() })?;
        let layers = layers(rules_folder(args.judging.rules.as_deref(), &settings)?.as_deref())?;
        let mut rules = crate::rules::load(&layers)?;
        rules.keep_sector(settings.sector.unwrap_or(Sector::NhsTrust));
        keep_frameworks(&mut rules, &settings)?;
        let root = root(file, folders, settings.file.as_deref());
        let excluded = Excluded::new(&root, &settings.exclude)?;
        Ok(Project { root, settings, layers, rules, excluded })
    }

    /// A file's path as reports tell it.
    pub(super) fn path_of(&self, file: &Path) -> String {
        file.strip_prefix(&self.root).unwrap_or(file).to_string_lossy().replace('\\', "/")
    }
}

fn root(file: &Path, folders: &[PathBuf], settings: Option<&Path>) -> PathBuf {
    let home = settings.and_then(Path::parent).filter(|home| file.starts_with(home));
    let opened = || {
        folders
            .iter()
            .map(PathBuf::as_path)
            .filter(|folder| file.starts_with(folder))
            .max_by_key(|one| one.as_os_str().len())
    };
    home.or_else(opened).or(file.parent()).unwrap_or(Path::new("")).to_path_buf()
}

/// The files that decide what is in force, each with its time and length: as long as it is the same, so is all else.
pub(super) type Stamp = Vec<(PathBuf, Option<SystemTime>, u64)>;

/// The stamp of what is in force for a file, before that is read.
pub(super) fn stamp(file: &Path, folders: &[PathBuf], args: &CheckArgs) -> Stamp {
    let found = args.running.config.clone().or_else(|| settings::find(file.parent()?));
    let mut files: Vec<PathBuf> = vec![root(file, folders, found.as_deref()).join(".kloeignore")];
    let rules = args.judging.rules.clone().or_else(|| rules_of(found.as_deref()?));
    files.extend(found);
    if let Some(rules) = rules {
        let all = walkdir::WalkDir::new(&rules).sort_by_file_name().into_iter().filter_map(Result::ok);
        files.extend(all.map(walkdir::DirEntry::into_path).filter(|file| is_toml(file)));
        files.push(rules);
    }
    let about = |file: PathBuf| {
        let about = std::fs::metadata(&file).ok();
        let length = about.as_ref().map_or(0, std::fs::Metadata::len);
        (file, about.and_then(|about| about.modified().ok()), length)
    };
    files.into_iter().map(about).collect()
}

pub(super) fn is_toml(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "toml")
}

/// The rules folder that a settings file names, if both can be read.
fn rules_of(settings: &Path) -> Option<PathBuf> {
    Settings::read(settings).ok()?.rules().ok()?
}

/// A folder of rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RulesFolder {
    pub(super) root: PathBuf,
    /// Whether it is in force, so that all TOML in it are rules; else it only has the shape of one, and may hold much else.
    pub(super) in_force: bool,
}

/// The folder of rules that a TOML file belongs to: the one in force above it, else one that has the shape of such a folder.
pub(super) fn rules_around(file: &Path, text: &str, args: &CheckArgs) -> Option<RulesFolder> {
    let given = args.judging.rules.clone().or_else(|| rules_of(&settings::find(file.parent()?)?));
    if let Some(folder) = given.and_then(|folder| std::path::absolute(folder).ok()) {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        let is_it =
            |above: &&Path| *above == folder || real(above).is_some_and(|real_one| Some(real_one) == real(&folder));
        if let Some(root) = file.ancestors().skip(1).find(is_it) {
            return Some(RulesFolder { root: root.to_path_buf(), in_force: true });
        }
    }
    let home = file.parent()?;
    let is_evidence = home.file_name().is_some_and(|name| name == "evidence") && text.contains("[[evidence]]");
    let is_framework = file.file_name().is_some_and(|name| name == FRAMEWORK) || home.join(FRAMEWORK).is_file();
    let root = (is_evidence || is_framework).then(|| home.parent()).flatten()?;
    Some(RulesFolder { root: root.to_path_buf(), in_force: false })
}

/// The file that makes a folder a framework.
const FRAMEWORK: &str = "framework.toml";

impl RulesFolder {
    /// Its files on disk.
    pub(super) fn files(&self) -> Result<Layer, Faults> {
        if self.in_force {
            return crate::rules::folder(&self.root);
        }
        let entries = |folder: &Path| {
            let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
            entries.map(|entry| entry.path()).collect::<Vec<PathBuf>>()
        };
        let named = |folder: &PathBuf| folder.file_name().is_some_and(|name| name == "evidence");
        let folders =
            entries(&self.root).into_iter().filter(|folder| named(folder) || folder.join(FRAMEWORK).is_file());
        let files = folders.flat_map(|folder| entries(&folder)).filter(|file| is_toml(file));
        let read = |file: PathBuf| {
            let text = std::fs::read_to_string(&file).ok()?;
            Some((self.path_of(&file), SourceFile::new(file.to_string_lossy(), text)))
        };
        Ok(files.filter_map(read).collect())
    }

    /// A file's path within it.
    pub(super) fn path_of(&self, file: &Path) -> String {
        file.strip_prefix(&self.root).unwrap_or(file).to_string_lossy().replace('\\', "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_files_are_known_by_the_settings_or_by_the_shape_of_their_folder() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [
            "other/deep/er/x.toml",
            "ours/evidence/a.toml",
            "ours/own/O1.toml",
            "other/evidence/b.toml",
            "other/f/framework.toml",
            "x/Cargo.toml",
        ] {
            std::fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            std::fs::write(at(name), "").unwrap();
        }
        std::fs::write(at("kloe.toml"), "rules = \"ours\"\n").unwrap();
        let around = |name: &str, text: &str| rules_around(&at(name), text, &CheckArgs::default());
        let folder = |name: &str, in_force| Some(RulesFolder { root: at(name), in_force });
        assert_eq!(around("ours/own/O1.toml", ""), folder("ours", true));
        assert_eq!(around("other/evidence/b.toml", "[[evidence]]\nid = \"b\"\n"), folder("other", false));
        assert_eq!(around("other/evidence/b.toml", "[package]\n"), None);
        assert_eq!(around("other/f/F1.toml", ""), folder("other", false));
        assert_eq!(around("x/Cargo.toml", ""), None);
        let files = |name: &str, in_force| folder(name, in_force).unwrap().files().unwrap();
        assert_eq!(files("ours", true).len(), 2);
        // What only looks like a folder of rules may be somebody's home: it is not searched.
        let found: Vec<String> = files("other", false).into_iter().map(|(path, _)| path).collect();
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn the_stamp_changes_with_what_is_in_force() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        let of = || stamp(&file, &[], &CheckArgs::default());
        let before = of();
        std::fs::write(folder.path().join("kloe.toml"), "sector = \"care-home\"\n").unwrap();
        let with = of();
        assert!(before != with && with == of());
        std::fs::write(folder.path().join(".kloeignore"), "b\n").unwrap();
        assert!(with != of());
    }
}
