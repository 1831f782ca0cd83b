//! `kloe init`: a commented `kloe.toml`, and on request folders by line, hook and CI files. Nothing is ever overwritten.

use std::path::{Path, PathBuf};

use super::{Said, shown};
use crate::cli::InitArgs;
use crate::fault::{Fault, Faults};
use crate::rules::{self, Sector};
use crate::settings::FILE;

const SETTINGS: &str = include_str!("init/kloe.toml");
const PRE_COMMIT: &str = include_str!("init/pre-commit-config.yaml");
const GITHUB: &str = include_str!("init/github-workflow.yml");
const GITLAB: &str = include_str!("init/gitlab-ci.yml");

/// Characters that Windows or SharePoint refuse in the name of a folder.
const REFUSED: [char; 11] = ['<', '>', ':', '"', '/', '\\', '|', '?', '*', '#', '%'];

/// Writes what was asked for and is not there yet.
pub(super) fn init(args: &InitArgs) -> Result<Said, Faults> {
    let sector: Sector = match args.sector.as_deref() {
        None => Sector::NhsTrust,
        Some(name) => name.parse().map_err(|error| Faults(vec![Fault::new(format!("--sector: {error}"))]))?,
    };
    let folder = &args.folder;
    if folder.exists() && !folder.is_dir() {
        let fault = Fault::new(format!("{} is no folder", folder.display()));
        return Err(fault.help("give the folder that holds the evidence").into());
    }
    let mut said = String::new();
    let mut files: Vec<(PathBuf, String)> = vec![(folder.join(FILE), SETTINGS.replace("{sector}", sector.name()))];
    if args.pre_commit {
        files.push((folder.join(".pre-commit-config.yaml"), PRE_COMMIT.to_string()));
    }
    if args.github {
        files.push((folder.join(".github").join("workflows").join("kloe.yml"), GITHUB.to_string()));
    }
    if args.gitlab {
        files.push((folder.join(".gitlab-ci.yml"), GITLAB.to_string()));
    }
    for (file, text) in files {
        said.push_str(&written(&file, &text)?);
    }
    if args.folders {
        let mut rules = rules::load(&[rules::built_in()])?;
        rules.keep_sector(sector);
        for (framework, line) in rules.lines() {
            let name = |text: &str| text.replace(REFUSED, " ").split_whitespace().collect::<Vec<_>>().join(" ");
            let of_line = folder.join(name(&framework.title)).join(name(&format!("{} {}", line.id, line.title)));
            if of_line.is_dir() {
                said.push_str(&format!("there already  {}\n", shown(&of_line)));
                continue;
            }
            std::fs::create_dir_all(&of_line).map_err(|error| cannot_write(&of_line, &error))?;
            said.push_str(&format!("made           {}\n", shown(&of_line)));
        }
    }
    said.push_str(&format!("\nNext: put the evidence into {0}, then run `kloe check \"{0}\"`.\n", shown(folder)));
    Ok(Said { text: said, status: 0 })
}

/// Writes a file that is not there yet, and says what became of it.
fn written(file: &Path, text: &str) -> Result<String, Fault> {
    if let Some(parent) = file.parent() {
        std::fs::create_dir_all(parent).map_err(|error| cannot_write(parent, &error))?;
    }
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(file);
    match made {
        Ok(mut made) => {
            use std::io::Write as _;
            made.write_all(text.as_bytes()).map_err(|error| cannot_write(file, &error))?;
            Ok(format!("written        {}\n", shown(file)))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Ok(format!("there already  {} (left as it is)\n", shown(file)))
        }
        Err(error) => Err(cannot_write(file, &error)),
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(format!("cannot write {}: {error}", path.display())).help("give a folder that you may write to")
}
