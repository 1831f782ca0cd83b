//! What each command prints, word for word, on a small folder. A change of these is a change for users: read each line.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::path::Path;

use program::kloe_in;

/// A folder that shows each part of the output: strong, weak and missing evidence, a document not read, a file skipped.
const EVIDENCE: [(&str, &str); 9] = [
    (
        "Board/Board minutes 24 Sept 2026.md",
        "# Minutes of the Trust Board held on Thursday 24 September 2026\n\nPresent: A Reed (Chair), B Shaw (Chief Executive), \
         C Dale (Non-Executive Director). Apologies: D Moss.\n\n## 1 Falls\n\nC Dale asked for assurance and was not assured. The \
         Board agreed that a plan is needed.\n\n| Action | Owner | Due | Status |\n|---|---|---|---|\n| Bring the plan on \
         falls | Chief Nurse | 15 October 2026 | Open |\n| Tell all teams | | ongoing | Open |\n",
    ),
    (
        "Risk/Corporate risk register.csv",
        "As at 12/10/2026,,,,,,\nRef,Risk description,Likelihood,Consequence,Risk score,Risk owner,Controls and mitigation\nCR4,\"If \
         the boiler fails, then theatres stop, resulting in cancelled lists\",3,4,12,Director of Estates,Hire contract agreed\nCR9,\"If \
         agency cover falls, then wards are short of nurses\",4,4,16,Chief Nurse,Daily staffing huddle\n",
    ),
    (
        "Improvement/QI Strategy 2018-21.md",
        "# Quality Improvement Strategy 2018-2021\n\nOwner: Director of Improvement\n\nApproved by: Trust Board, 5 February \
         2018\n\nReview date: February 2021\n\nAll teams use the Model for Improvement and PDSA cycles. Success is measured by the \
         share of projects with a measured result, from 20% to 60% by 2021.\n",
    ),
    (
        "Improvement/Tea round QI project.txt",
        "QI PROJECT REPORT: THE TEA ROUND\n\nDate: 3 March 2026\nAuthor: [insert name]\n\nThe ward team tried one PDSA cycle. \
         There has been a significant improvement and everyone feels that the project was a great success.\n",
    ),
    (
        "Stories/story.txt",
        "Patient story\n\nDate: 1 July 2026\n\nMr Ash (NHS number 401 023 2137) told the team about his stay.\n",
    ),
    ("Menu.txt", "Canteen menu for this week. Soup, fish, pie.\n"),
    ("broken.docx", "this is no Word file\n"),
    ("~$Menu.docx", "x"),
    ("Old/report\u{202e}.md", "# Annual report \u{1b}[31m\n\nDate: 1 May 2020\n"),
];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in EVIDENCE {
        let path = folder.path().join("evidence").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn said(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> String {
    let output = kloe_in(folder, args, variables);
    let status = output.status.code().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    format!("exit status {status}\n\n{text}")
}

const CHECK: [&str; 4] = ["check", "evidence", "--as-of", "2026-11-01"];

fn check(extra: &[&str], variables: &[(&str, &str)]) -> String {
    let args: Vec<&str> = CHECK.iter().chain(extra).copied().collect();
    said(folder().path(), &args, variables)
}

#[test]
fn human() {
    insta::assert_snapshot!(check(&["--framework", "improvement-journey"], &[]));
}

#[test]
fn human_in_colour() {
    insta::assert_snapshot!(check(&["--select", "overdue-action,stale", "--color", "always"], &[]));
}

#[test]
fn human_for_a_screen_reader() {
    insta::assert_snapshot!(check(
        &["--select", "overdue-action,missing", "--framework", "well-led"],
        &[("NO_GRAPHICS", "1")]
    ));
}

#[test]
fn human_summary() {
    insta::assert_snapshot!(check(&["-q"], &[]));
}

#[test]
fn human_everything() {
    insta::assert_snapshot!(check(&["-v", "--framework", "well-led"], &[]));
}

#[test]
fn json() {
    insta::assert_snapshot!(check(&["--format", "json", "--framework", "improvement-journey"], &[]));
}

#[test]
fn single_documents() {
    let folder = folder();
    let args = ["check", "evidence/Stories/story.txt", "evidence/Menu.txt", "--as-of", "2026-11-01"];
    insta::assert_snapshot!(said(folder.path(), &args, &[]));
}

#[test]
fn an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("evidence")).unwrap();
    insta::assert_snapshot!(said(folder.path(), &[&CHECK[..], &["-q"]].concat(), &[]));
}

#[test]
fn show() {
    let folder = folder();
    let file = "evidence/Board/Board minutes 24 Sept 2026.md";
    insta::assert_snapshot!(said(folder.path(), &["show", file, "--as-of", "2026-11-01"], &[]));
}

#[test]
fn explain() {
    let folder = folder();
    for name in ["stale", "W5.risk-register", "checks", "lines"] {
        insta::assert_snapshot!(format!("explain {name}"), said(folder.path(), &["explain", name], &[]));
    }
}

#[test]
fn faults() {
    let folder = folder();
    std::fs::write(
        folder.path().join("evidence/kloe.toml"),
        "sector = \"care home\"\nignroe = [\"stale\"]\nas-of = \"soon\"\n",
    )
    .unwrap();
    insta::assert_snapshot!(
        said(folder.path(), &["check", "evidence"], &[]).replace(&*folder.path().to_string_lossy(), ".")
    );
}

#[test]
fn help() {
    let folder = folder();
    insta::assert_snapshot!(said(folder.path(), &["--help"], &[]));
    insta::assert_snapshot!("check help", said(folder.path(), &["check", "--help"], &[]));
}
