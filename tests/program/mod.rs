//! Runs the program as a user does, at home in the repository, with no settings from outside.

use std::process::{Command, Output};

/// Runs kloe with arguments.
pub fn kloe(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("KLOE_") || ["NO_COLOR", "NO_GRAPHICS", "CLICOLOR_FORCE"].contains(&name.as_str()) {
            command.env_remove(name);
        }
    }
    command.output().unwrap_or_else(|error| panic!("kloe does not start: {error}"))
}
