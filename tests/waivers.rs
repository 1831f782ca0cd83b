//! Waivers and baselines, as a user meets them.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::fs;
use std::path::Path;

use program::kloe;
use serde_json::Value;

const POLICY: &str = "# Risk management policy\n\nStatus: DRAFT\n\nOwner: Director of Governance\n\nThis policy says how \
                      risks are found, scored and held down.\n\n## Scope\n\nAll staff.\n";

fn check(folder: &Path, extra: &[&str]) -> (Value, i32) {
    let mut args = vec!["check", folder.to_str().unwrap(), "--as-of", "2026-11-01", "--format", "json"];
    args.extend(extra);
    let output = kloe(&args);
    let report = serde_json::from_slice(&output.stdout);
    (report.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr))), output.status.code().unwrap())
}

fn standings(report: &Value, check: &str) -> Vec<String> {
    let rows = report["findings"].as_array().unwrap().iter().filter(|row| row["check"] == check);
    rows.map(|row| row["standing"].as_str().unwrap().to_string()).collect()
}

#[test]
fn what_is_waived_stays_in_the_report_and_fails_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Risk policy.md"), POLICY).unwrap();
    let only = ["--select", "draft,lapsed-waiver", "--fail-on", "warning"];
    assert_eq!(check(folder.path(), &only).1, 1);
    let waive = |until: &str| {
        let text = format!(
            "[[waive]]\ncheck = \"draft\"\npath = \"*.md\"\naccepted-by = \"Trust Secretary\"\n\
             reason = \"goes to the Board on 26 November\"\nuntil = {until}\nreference = \"Board 26/112\"\n"
        );
        fs::write(folder.path().join("kloe.toml"), text).unwrap();
    };
    waive("2026-11-01");
    let (report, status) = check(folder.path(), &only);
    assert_eq!((status, standings(&report, "draft")), (0, vec!["waived".to_string()]));
    let row = report["findings"].as_array().unwrap().iter().find(|row| row["check"] == "draft").unwrap();
    assert_eq!(row["waiver"]["accepted_by"], "Trust Secretary");
    assert_eq!(report["summary"]["waived"], 1);
    assert_eq!(check(folder.path(), &[&only[..], &["--no-waivers"]].concat()).1, 1, "--no-waivers counts it");
    for format in ["human", "markdown", "csv", "gitlab", "junit", "sarif"] {
        let args = ["check", folder.path().to_str().unwrap(), "--as-of", "2026-11-01", "--format", format];
        let output = kloe(&[&args[..], &only].concat());
        let text = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("goes to the Board"), "{format} hides the waiver: {text}");
        assert_eq!(output.status.code(), Some(0), "{format}");
    }
    waive("2026-10-31");
    let (report, status) = check(folder.path(), &only);
    assert_eq!((status, standings(&report, "draft")), (1, vec!["open".to_string()]));
    let lapsed = report["findings"].as_array().unwrap().iter().find(|row| row["check"] == "lapsed-waiver").unwrap();
    assert_eq!((lapsed["rule"]["file"].as_str(), lapsed["rule"]["line"].as_u64()), (Some("kloe.toml"), Some(1)));
}

#[test]
fn a_waiver_that_says_too_little_is_a_fault_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), POLICY).unwrap();
    for (text, says) in [
        ("[[waive]]\naccepted-by = \"A\"\nreason = \"b\"\nuntil = 2027-01-01\n", "cover every finding"),
        ("[[waive]]\ncheck = \"draft\"\nreason = \"b\"\nuntil = 2027-01-01\n", "accepted-by"),
        (
            "[[waive]]\ncheck = \"draf\"\naccepted-by = \"A\"\nreason = \"b\"\nuntil = 2027-01-01\n",
            "did you mean `draft`",
        ),
        ("[[waive]]\ncheck = \"draft\"\naccepted-by = \"A\"\nreason = \"b\"\nuntil = \"soon\"\n", "soon"),
        ("[[waive]]\ncheck = \"draft\"\naccepted-by = \" \"\nreason = \"b\"\nuntil = 2027-01-01\n", "is empty"),
    ] {
        fs::write(folder.path().join("kloe.toml"), text).unwrap();
        let output = kloe(&["check", folder.path().to_str().unwrap()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(says) && said.contains("kloe.toml:"), "{said}");
    }
}

#[test]
fn a_baseline_holds_what_was_there_and_is_only_ever_pruned() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    fs::create_dir(&evidence).unwrap();
    fs::write(evidence.join("Risk policy.md"), POLICY).unwrap();
    let file = evidence.join("kloe-baseline.json");
    let file = file.to_str().unwrap();
    let only = ["--select", "draft", "--fail-on", "warning"];
    let with = |extra: &[&str]| check(&evidence, &[&only[..], extra].concat());
    assert_eq!(with(&["--write-baseline", file]).1, 1);
    let (report, status) = with(&["--baseline", file]);
    assert_eq!((status, standings(&report, "draft")), (0, vec!["known".to_string()]));
    assert!(report["skipped"].as_array().unwrap().iter().any(|row| row["path"] == "kloe-baseline.json"), "{report}");
    fs::write(evidence.join("Candour policy.md"), POLICY.replace("Risk management", "Duty of candour")).unwrap();
    let (report, status) = with(&["--baseline", file]);
    assert_eq!((status, standings(&report, "draft")), (1, vec!["open".to_string(), "known".to_string()]));
    fs::remove_file(evidence.join("Risk policy.md")).unwrap();
    let (report, _) = with(&["--baseline", file]);
    assert_eq!((&report["summary"]["resolved"], report["resolved"][0]["check"].as_str()), (&1.into(), Some("draft")));
    let before = fs::read_to_string(file).unwrap();
    let pruned = kloe(&["baseline", "prune", file, evidence.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&pruned.stdout).starts_with("1 taken out"), "{pruned:?}");
    let after = fs::read_to_string(file).unwrap();
    assert!(after.len() < before.len() && !after.contains("Candour"), "{after}");
    let wrong = kloe(&["check", evidence.to_str().unwrap(), "--baseline", "no such file"]);
    assert_eq!(wrong.status.code(), Some(2));
}
