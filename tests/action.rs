//! The scripts of `action.yml` and of the GitLab component: what they fetch they verify, what they are given stays data, and
//! the exit status is that of kloe.
#![cfg(target_os = "linux")]
// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const HOME: &str = env!("CARGO_MANIFEST_DIR");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A release on this disk, as release.yml makes it; none where the programs for that lack.
fn release(folder: &Path) -> Option<String> {
    let has = |name: &str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    if !["bash", "curl", "tar", "sha256sum"].iter().all(|name| has(name)) {
        eprintln!("not run: bash, curl, tar and sha256sum are needed");
        return None;
    }
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    let dist = folder.join(format!("releases/v{VERSION}"));
    let archive = Path::new(HOME).join("packaging/archive.sh");
    let made = Command::new(archive)
        .args([VERSION, &target, env!("CARGO_BIN_EXE_kloe")])
        .env("KLOE_DIST", &dist)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let sums = Command::new("sh").args(["-c", "sha256sum -- *"]).current_dir(&dist).output().unwrap();
    std::fs::write(dist.join("SHA256SUMS"), sums.stdout).unwrap();
    Some(dist.parent()?.to_string_lossy().into_owned())
}

/// A workspace with one canteen menu in a folder with a name that would do harm as a part of a script.
fn workspace(folder: &Path) -> PathBuf {
    let workspace = folder.join("work");
    let evidence = workspace.join("it's $(touch harm) `touch harm`; evidence");
    std::fs::create_dir_all(&evidence).unwrap();
    std::fs::write(evidence.join("menu.md"), "# Canteen menu\n\nSoup.\n").unwrap();
    workspace
}

const EVIDENCE: &str = "it's $(touch harm) `touch harm`; evidence";

/// Runs a script with nothing of this environment but the path.
fn run(program: &str, args: &[&str], workspace: &Path, variables: &[(&str, &str)]) -> Output {
    let path = std::env::var_os("PATH").unwrap();
    let mut command = Command::new(program);
    command.args(args).current_dir(workspace).env_clear().env("PATH", path).envs(variables.iter().copied());
    command.output().unwrap()
}

fn action(folder: &Path, releases: &str, inputs: &[(&str, &str)]) -> (Output, String) {
    let workspace = workspace(folder);
    let output = folder.join("output");
    std::fs::write(&output, "").unwrap();
    let (temporary, releases) = (folder.join("runner"), format!("file://{releases}"));
    let arch = if cfg!(target_arch = "aarch64") { "ARM64" } else { "X64" };
    let mut variables = vec![
        ("GITHUB_ACTION_PATH", HOME),
        ("GITHUB_REPOSITORY", "someone/evidence"),
        ("GITHUB_WORKSPACE", workspace.to_str().unwrap()),
        ("GITHUB_OUTPUT", output.to_str().unwrap()),
        ("RUNNER_TEMP", temporary.to_str().unwrap()),
        ("RUNNER_OS", "Linux"),
        ("RUNNER_ARCH", arch),
        ("KLOE_ACTION_RELEASES", &releases),
        ("INPUT_PATH", EVIDENCE),
    ];
    variables.extend(inputs);
    let script = Path::new(HOME).join("packaging/action.sh");
    let ran = run("bash", &[script.to_str().unwrap()], &workspace, &variables);
    assert!(!workspace.join("harm").exists(), "what was given ran as a command");
    (ran, std::fs::read_to_string(output).unwrap())
}

#[test]
fn the_action_checks_and_hands_on_the_exit_status() {
    let folder = tempfile::tempdir().unwrap();
    let Some(releases) = release(folder.path()) else { return };
    let summary = folder.path().join("summary.md");
    let inputs = [
        ("INPUT_FORMAT", "github, sarif junit"),
        ("INPUT_ARGS", "--as-of\n2026-11-01\n\n--sector\ncare-home\n"),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
    ];
    let (ran, output) = action(folder.path(), &releases, &inputs);
    let text = String::from_utf8_lossy(&ran.stdout);
    assert_eq!(ran.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&ran.stderr));
    assert!(text.contains("::error"), "{text}");
    assert!(output.contains("status=1\n") && output.contains(&format!("version={VERSION}\n")), "{output}");
    let reports = folder.path().join("runner/kloe-reports");
    assert!(output.contains(&format!("reports={}\n", reports.display())), "{output}");
    assert!(std::fs::read_to_string(reports.join("kloe.sarif")).unwrap().contains("\"2.1.0\""));
    assert!(std::fs::read_to_string(reports.join("kloe.xml")).unwrap().contains("<testsuites"));
    assert!(std::fs::read_to_string(summary).unwrap().contains("care home"));

    let (ran, output) = action(folder.path(), &releases, &[("INPUT_FAIL_ON", "never"), ("INPUT_FORMAT", "human")]);
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(output.contains("status=0\n"));
}

#[test]
fn the_action_runs_nothing_that_it_did_not_verify() {
    let folder = tempfile::tempdir().unwrap();
    let Some(releases) = release(folder.path()) else { return };
    for (inputs, said) in [
        (("INPUT_VERSION", "../../x"), "the version is not one such as 0.1.0"),
        (("INPUT_VERSION", "9.9.9"), "cannot fetch"),
        (("INPUT_REPOSITORY", "a b/c"), "the repository is not of the form owner/name"),
        (("INPUT_FORMAT", "sarif;id"), "a format is not one that kloe knows"),
        (("RUNNER_OS", "Plan9"), "there is no release for this runner (Plan9"),
    ] {
        let (ran, output) = action(folder.path(), &releases, &[inputs]);
        let text = String::from_utf8_lossy(&ran.stdout);
        assert_eq!(ran.status.code(), Some(2), "{inputs:?} {text}");
        assert!(text.contains(said) && output.is_empty(), "{inputs:?} {text}{output}");
    }
    let sums = Path::new(&releases).join(format!("v{VERSION}/SHA256SUMS"));
    let right = std::fs::read_to_string(&sums).unwrap();
    for (wrong, said) in [("0".repeat(64) + &right[64..], "the checksum of"), (String::new(), "has no sum for")] {
        std::fs::write(&sums, wrong).unwrap();
        let (ran, output) = action(folder.path(), &releases, &[]);
        assert_eq!(ran.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&ran.stdout).contains(said) && output.is_empty());
    }
}

/// The script of the GitLab component, with the number of its lines taken out of the file.
fn gitlab_script() -> String {
    let template = std::fs::read_to_string(Path::new(HOME).join("templates/kloe.yml")).unwrap();
    let (_, after) = template.split_once("  script:\n    - |\n").unwrap();
    let lines = after.lines().take_while(|line| line.starts_with("      "));
    let script = lines.map(|line| &line[6..]).collect::<Vec<_>>().join("\n");
    assert!(!script.contains("$[["), "an input would be a part of the script");
    script
}

#[test]
fn the_gitlab_component_checks_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let Some(releases) = release(folder.path()) else { return };
    let workspace = workspace(folder.path());
    // wget knows no files; this one takes what its last argument names.
    let programs = folder.path().join("programs");
    std::fs::create_dir(&programs).unwrap();
    let wget = programs.join("wget");
    std::fs::write(&wget, "#!/bin/sh\n# wget -q -O FILE ADDRESS\ncp \"$4\" \"$3\"\n").unwrap();
    std::fs::set_permissions(&wget, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let script = gitlab_script();
    let job = || {
        let variables = [
            ("PATH", path.as_str()),
            ("INPUT_VERSION", VERSION),
            ("INPUT_RELEASES", &releases),
            ("INPUT_PATH", EVIDENCE),
            ("INPUT_CONFIG", ""),
            ("INPUT_FAIL_ON", "error"),
        ];
        run("sh", &["-c", &script], &workspace, &variables)
    };
    let ran = job();
    assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));
    let issues = std::fs::read_to_string(workspace.join("gl-code-quality-report.json")).unwrap();
    assert!(issues.contains("\"fingerprint\""));
    assert!(std::fs::read_to_string(workspace.join("kloe-junit.xml")).unwrap().contains("<testsuites"));
    assert!(!workspace.join("harm").exists());

    let sums = Path::new(&releases).join(format!("v{VERSION}/SHA256SUMS"));
    let right = std::fs::read_to_string(&sums).unwrap();
    std::fs::write(&sums, "0".repeat(64) + &right[64..]).unwrap();
    std::fs::remove_file(workspace.join("gl-code-quality-report.json")).unwrap();
    assert_ne!(job().status.code(), Some(0));
    assert!(!workspace.join("gl-code-quality-report.json").exists(), "it ran what it did not verify");
}

#[test]
fn releases_have_one_naming() {
    let read = |name: &str| std::fs::read_to_string(Path::new(HOME).join(name)).unwrap();
    let (workflow, action) = (read(".github/workflows/release.yml"), read("packaging/action.sh"));
    for target in [
        "x86_64-unknown-linux-musl",
        "aarch64-unknown-linux-musl",
        "x86_64-apple-darwin",
        "aarch64-apple-darwin",
        "x86_64-pc-windows-msvc",
    ] {
        assert!(workflow.contains(&format!("target: {target}")) && action.contains(target), "{target}");
    }
    let mirror = read("pre-commit-mirror/pyproject.toml");
    assert!(mirror.contains(&format!("version = \"{VERSION}\"")) && mirror.contains(&format!("kloe=={VERSION}")));
    assert!(read("templates/kloe.yml").contains(&format!("default: \"{VERSION}\"")));
    let hooks = |name: &str| -> Vec<String> {
        read(name).lines().filter(|line| !line.starts_with('#')).map(str::to_string).collect()
    };
    assert_eq!(hooks(".pre-commit-hooks.yaml"), hooks("pre-commit-mirror/.pre-commit-hooks.yaml"));
    // What is given to the action is never a part of a script.
    let steps = read("action.yml");
    let (_, steps) = steps.split_once("\nruns:\n").unwrap();
    let scripts = steps.lines().filter(|line| line.trim_start().starts_with("run:"));
    assert!(scripts.clone().count() == 1 && scripts.clone().all(|line| !line.contains("${{")));
}
