//! What is printed goes to the log of a build, which obeys some lines: none of them may come from a document, its name or an
//! argument, in any format.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

const BODY: &str = "::error::from the body\n\n# ::warning::a title\n\nStatus: draft ##[error]x ##vso[task.complete]\n\n\
    [insert name] ::add-mask::x\n\n| Action | Owner | Due |\n| --- | --- | --- |\n| ::set-output name=x::y | ::debug::who | 1 October 2024 |\n\n\
    section_start:1:x\n\n##teamcity[message]\n\n\u{202e}::error::turned \u{2066}x\u{1b}[31m\n\nOwner: ::stop-commands::x\n";

fn printed(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
    for name in ["GITHUB_STEP_SUMMARY", "KLOE_FORMAT", "KLOE_AS_OF"] {
        command.env_remove(name);
    }
    let output = command.current_dir(folder).args(args).output().unwrap();
    let mut text = String::from_utf8(output.stdout).unwrap();
    text.push('\n');
    text.push_str(&String::from_utf8(output.stderr).unwrap());
    text
}

/// Lines that a log would obey; `own` where lines of kloe's are commands.
fn obeyed(text: &str, own: bool) -> Vec<&str> {
    let within = ["##[", "##vso[", "##teamcity[", "section_start:", "section_end:"];
    let acts = |c: char| {
        let turns =
            matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
        turns || c.is_control() && !matches!(c, '\t' | '\r')
    };
    let allowed =
        ["::notice title=kloe::", "::error file=", "::warning file=", "::notice file=", "::error title=kloe::"];
    let obeys = |line: &str| {
        let start = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let command = start.starts_with("::") && !(own && allowed.iter().any(|one| line.starts_with(one)));
        command || within.iter().any(|one| line.contains(one)) || line.contains(acts)
    };
    text.split('\n').filter(|line| obeys(line)).collect()
}

#[test]
fn no_log_obeys_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    std::fs::create_dir(&evidence).unwrap();
    let names = [
        "::error::name.md",
        "##[error]name.md",
        "a\n::error::line.md",
        "\u{202e}::error::.md",
        "\t=1+1.md",
        "\n=1+1.md",
        "＝1+1;=2.md",
        "]]><x>&.md",
        "[a](http:b) <b>.md",
        "section_start:1:x\r\u{1b}[0K.md",
        "\u{2066}\u{2028}::error::.txt",
        "~$::error::.docx",
        "::error::.exe",
    ];
    for name in names {
        std::fs::write(evidence.join(name), BODY).unwrap();
    }
    for format in
        ["human", "json", "sarif", "github", "gitlab", "junit", "markdown", "csv", "csv-evidence", "csv-actions"]
    {
        let text = printed(folder.path(), &["check", "evidence", "-v", "--as-of", "2026-11-01", "--format", format]);
        assert!(text.len() > 300 && text.contains("error"), "{format}: {text}");
        let obeyed = obeyed(&text, format == "github");
        assert!(obeyed.is_empty(), "{format}: {obeyed:#?}");
    }
    let files: Vec<String> = names.iter().map(|name| format!("evidence/{name}")).collect();
    for args in [vec!["show", "--as-of", "2026-11-01"], vec!["show", "--text"], vec!["check", "--as-of", "2026-11-01"]]
    {
        let all: Vec<&str> = args.iter().copied().chain(files.iter().map(String::as_str)).collect();
        let text = printed(folder.path(), &all);
        assert!(text.len() > 300 && obeyed(&text, false).is_empty(), "{args:?}: {:#?}", obeyed(&text, false));
    }
    for name in ["::error::x", "##[error]x", "\n::error::x", "\u{202e}x", "\u{1b}[2J", "section_start:1:x\r\u{1b}[0K"] {
        let option = format!("--{name}");
        for args in [
            vec!["check", name],
            vec!["show", name],
            vec!["explain", name],
            vec!["check", "evidence", "--as-of", name],
            vec!["check", "evidence", "--format", name],
            vec!["check", "evidence", "--config", name],
            vec!["rules", "new", name],
            vec![option.as_str()],
        ] {
            let text = printed(folder.path(), &args);
            assert!(obeyed(&text, false).is_empty(), "{args:?}: {:#?}", obeyed(&text, false));
        }
    }
}
