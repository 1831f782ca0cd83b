//! Runs the program as a user does, at home in the repository, with no settings from outside.

use std::path::Path;
use std::process::{Command, Output};

/// Runs kloe with arguments, in the repository.
#[allow(dead_code)] // each test file is a crate of its own and uses what it needs
pub(crate) fn kloe(args: &[&str]) -> Output {
    kloe_in(Path::new(env!("CARGO_MANIFEST_DIR")), args, &[])
}

/// Runs kloe with arguments in a folder, with some variables of the environment.
#[allow(dead_code)]
pub(crate) fn kloe_in(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
    command.current_dir(folder).args(args);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("KLOE_") || ["NO_COLOR", "NO_GRAPHICS", "CLICOLOR_FORCE"].contains(&name.as_str()) {
            command.env_remove(name);
        }
    }
    command.envs(variables.iter().copied());
    command.output().unwrap_or_else(|error| panic!("kloe does not start: {error}"))
}
