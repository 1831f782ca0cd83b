//! Runs the program as a user does, at home in the repository, with no settings from outside.

use std::path::Path;
use std::process::{Command, Output, Stdio};

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
        if name.starts_with("KLOE_")
            || ["NO_COLOR", "NO_GRAPHICS", "CLICOLOR_FORCE", "FORCE_HYPERLINK"].contains(&name.as_str())
        {
            command.env_remove(name);
        }
    }
    command.envs(variables.iter().copied());
    if args.first() == Some(&"watch") {
        return watched(command);
    }
    command.output().unwrap_or_else(|error| panic!("kloe does not start: {error}"))
}

/// A watch up to its first rest, when it is ended as Ctrl-C does; what it said, or the fault that kept it from starting.
fn watched(mut command: Command) -> Output {
    use std::io::{BufRead, BufReader};
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("Ctrl-C ends") && out.read_line(&mut said).unwrap() > 0 {}
    let waits = said.contains("Ctrl-C ends");
    let ended =
        waits && Command::new("kill").args(["-INT", &child.id().to_string()]).status().is_ok_and(|one| one.success());
    if waits && !ended {
        child.kill().unwrap();
    }
    let mut output = child.wait_with_output().unwrap();
    output.stdout = said.into_bytes();
    if waits && !ended {
        // Where there is no such signal it cannot end well.
        output.status = std::process::ExitStatus::default();
    }
    output
}
