//! Files of reports: regular ones whole or not at all, devices and pipes as they are, links kept.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::fault::Fault;

/// Whether a report can be written to a path, as far as that can be told before there is one.
///
/// # Errors
///
/// A folder, a file in a folder that is not there, a file that is protected.
pub(super) fn can_write(output: &Path) -> Result<(), Fault> {
    let shown = output.display();
    if output.as_os_str().is_empty() {
        return Err(Fault::new("an output has no name").help("give --output the name of a file, such as kloe.json"));
    }
    if output.is_dir() || output.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) {
        let example = output.join("kloe.json");
        let fault = Fault::new(format!("cannot write {shown}: it is a folder"));
        return Err(fault.help(format!("give the name of a file in it, such as {}", example.display())));
    }
    if is_device(output) {
        return Ok(());
    }
    let target = target(output)?;
    let folder = target.parent().filter(|parent| *parent != Path::new(""));
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let fault = Fault::new(format!("cannot write {shown}: there is no folder {}", folder.display()));
        return Err(fault.help("make the folder first, or give another one"));
    }
    if fs::metadata(&target).is_ok_and(|about| about.permissions().readonly()) {
        let fault = Fault::new(format!("cannot write {shown}: it is write-protected"));
        return Err(fault.help("give another name, or take the protection off"));
    }
    Ok(())
}

/// Writes a report: a file whole or not at all, a device or pipe as it is. A link stays; the file that it leads to is written.
///
/// # Errors
///
/// What cannot be written.
pub(super) fn write(output: &Path, bytes: &[u8]) -> Result<(), Fault> {
    can_write(output)?;
    let fault = |error: std::io::Error| {
        let fault = Fault::new(format!("cannot write {}: {error}", output.display()));
        fault.help("see that the folder can be written to, the disk has room, and no other program has the file open")
    };
    if is_device(output) {
        // Appended, so that what a shell sent there before stays.
        let written = OpenOptions::new().append(true).open(output).and_then(|mut file| file.write_all(bytes));
        return match written {
            // Whoever reads a pipe may have read enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(fault),
        };
    }
    whole(&target(output)?, bytes).map_err(fault)
}

/// Writes a file beside its place first, then moves it there.
fn whole(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let beside = target.with_file_name(name);
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        if let Ok(about) = fs::metadata(target) {
            // Who may read the report stays as it was; where that cannot be kept, the report is still good.
            let _ = file.set_permissions(about.permissions());
        }
        drop(file);
        fs::rename(&beside, target)
    });
    if written.is_err() {
        // What is left of it would only be in the way; the error tells of the failure itself.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Whether bytes are to be written to what is there, rather than put in its place: a device, a pipe, standard output by name.
fn is_device(output: &Path) -> bool {
    let by_name = if cfg!(windows) {
        let stem = output.file_stem().unwrap_or_default().to_string_lossy().to_uppercase();
        ["NUL", "CON"].contains(&stem.as_str())
    } else {
        ["/dev", "/proc"].iter().any(|system| output.starts_with(system))
    };
    by_name || fs::metadata(output).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// Links that are followed, one after the other, before it is taken for a ring.
const LINKS: usize = 40;

/// The file that a path leads to; it need not be there yet.
fn target(output: &Path) -> Result<PathBuf, Fault> {
    let mut target = output.to_path_buf();
    for _ in 0..LINKS {
        match fs::read_link(&target) {
            Ok(leads) => target = target.parent().unwrap_or(Path::new("")).join(leads),
            // No link.
            Err(_) => return Ok(target),
        }
    }
    let fault = Fault::new(format!("cannot write {}: it is a ring of links", output.display()));
    Err(fault.help("give the name of a file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write(&folder.path().join("no/such/folder.csv"), b"x").is_err());
        let file = folder.path().join("a.csv");
        write(&file, b"x").unwrap();
        write(&file, b"yy").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"yy");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let fault = write(folder.path(), b"x").unwrap_err();
        assert!(fault.to_string().contains("it is a folder"), "{fault}");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("far")).unwrap();
        fs::write(at("far/real.json"), "old").unwrap();
        fs::set_permissions(at("far/real.json"), fs::Permissions::from_mode(0o640)).unwrap();
        symlink("far/real.json", at("link.json")).unwrap();
        symlink("link.json", at("link of link.json")).unwrap();
        write(&at("link of link.json"), b"new").unwrap();
        assert!(at("link.json").is_symlink() && at("link of link.json").is_symlink());
        assert_eq!(fs::read(at("far/real.json")).unwrap(), b"new");
        assert_eq!(fs::metadata(at("far/real.json")).unwrap().permissions().mode() & 0o777, 0o640);
        symlink("far/not yet.json", at("dangling.json")).unwrap();
        write(&at("dangling.json"), b"new").unwrap();
        assert_eq!(fs::read(at("far/not yet.json")).unwrap(), b"new");
        symlink("ring", at("ring")).unwrap();
        assert!(write(&at("ring"), b"x").is_err());
        symlink("/dev/null", at("null")).unwrap();
        for device in [at("null"), PathBuf::from("/dev/null")] {
            write(&device, b"x").unwrap();
        }
        assert!(at("null").is_symlink() && !Path::new("/dev/null").is_file());
    }
}
