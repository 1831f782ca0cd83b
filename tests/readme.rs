//! The README holds what it says: its commands run, its picture is what the program prints.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use program::{kloe, kloe_in};

const README: &str = include_str!("../README.md");
const CI: &str = include_str!("../docs/ci.md");

/// The words of a command line, with quoted ones kept together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

#[test]
fn every_command_runs() {
    let mut ran = 0;
    for line in README.lines().filter_map(|line| line.strip_prefix("kloe ")) {
        let args = words(line);
        let output = kloe(&args.iter().map(String::as_str).collect::<Vec<_>>());
        let status = output.status.code();
        assert!(matches!(status, Some(0 | 1)), "kloe {line}: {status:?} {}", String::from_utf8_lossy(&output.stderr));
        assert!(!output.stdout.is_empty(), "kloe {line} says nothing");
        ran += 1;
    }
    assert!(ran >= 15, "{ran} commands");
}

#[test]
fn the_two_commands_are_those_of_ci() {
    let ci = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/run")).unwrap();
    for line in README.lines().filter_map(|line| line.strip_prefix("    cargo ")) {
        assert!(ci.contains(&format!("cargo {line}")), "cargo {line} is not run by .ci/run");
    }
}

#[test]
fn the_picture_is_what_the_program_prints() {
    let (_, after) = README.split_once("<!-- picture: kloe ").unwrap();
    let (command, after) = after.split_once(" -->\n").unwrap();
    let (picture, _) = after.split_once("<!-- end of picture -->").unwrap();
    let picture = picture.trim().trim_start_matches("```text").trim_end_matches("```").trim();
    assert!(picture.lines().count() > 20, "the picture is empty");
    let args = words(command);
    let output = kloe(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let printed = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
    let printed: Vec<&str> = printed.lines().take(picture.lines().count()).collect();
    assert_eq!(printed.join("\n").trim(), picture, "write the new picture into README.md");
}

#[test]
fn the_settings_of_the_readme_are_read() {
    let (_, after) = README.split_once("```toml\n").unwrap();
    let (settings, _) = after.split_once("```").unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("kloe.toml"), settings).unwrap();
    std::fs::write(folder.path().join("a.md"), "# Canteen menu\n\nSoup.\n").unwrap();
    let output = kloe(&["check", folder.path().to_str().unwrap(), "-q"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("30 November 2026"), "{text}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_baseline_of_the_page_on_ci_lets_known_findings_pass() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("evidence")).unwrap();
    std::fs::write(folder.path().join("evidence/menu.md"), "# Canteen menu\n\nSoup.\n").unwrap();
    let commands: Vec<&str> = CI.lines().filter_map(|line| line.strip_prefix("    kloe ")).collect();
    assert_eq!(commands.len(), 2);
    for (line, status) in commands.into_iter().zip([1, 0]) {
        let args = words(line);
        let output = kloe_in(folder.path(), &args.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        assert_eq!(output.status.code(), Some(status), "kloe {line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_the_pages_say_of_hooks_and_inputs_is_there() {
    let read = |name: &str| std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (hooks, action, component) = (read(".pre-commit-hooks.yaml"), read("action.yml"), read("templates/kloe.yml"));
    for page in [README, CI] {
        for id in page.lines().filter_map(|line| line.trim().strip_prefix("- id: kloe")) {
            assert!(hooks.lines().any(|line| line == format!("- id: kloe{id}")), "no hook kloe{id}");
        }
        for version in page.split("@v").skip(1).filter(|after| after.starts_with("0.")) {
            assert!(version.starts_with(env!("CARGO_PKG_VERSION")), "@v{}", &version[..6]);
        }
    }
    let inputs = |text: &str| -> Vec<String> {
        let (_, after) = text.split_once("inputs:\n").unwrap();
        let block = after.lines().take_while(|line| line.is_empty() || line.starts_with("  "));
        let indent = |line: &str| line.len() - line.trim_start().len();
        let least = indent(after.lines().next().unwrap());
        block.filter(|line| indent(line) == least && line.ends_with(':')).map(|line| line.trim().to_string()).collect()
    };
    let given = inputs(&action);
    assert!(given.len() == 7, "{given:?}");
    for name in given.iter().map(|name| name.trim_end_matches(':')) {
        assert!(CI.contains(&format!("| `{name}` |")), "docs/ci.md has no input {name}");
    }
    let (_, gitlab) = CI.split_once("## GitLab").unwrap();
    for name in inputs(&component).iter().map(|name| name.trim_end_matches(':')) {
        assert!(gitlab.contains(&format!("`{name}`")), "docs/ci.md has no input {name} of GitLab");
    }
}
