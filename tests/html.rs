//! The HTML report in a real browser, where there is one.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::Path;
use std::process::Command;

/// Runs `tests/html_in_chromium.py`; `KLOE_PYTHON` names a Python that has playwright, `KLOE_AXE` a file axe.min.js.
#[test]
#[ignore = "opens Chromium for a minute or two; run with --ignored where chromium and playwright are there"]
fn the_page_holds_in_chromium() {
    let python = std::env::var("KLOE_PYTHON").unwrap_or_else(|_| "python3".to_string());
    let chromium = std::env::var("KLOE_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_string());
    if !Path::new(&chromium).exists() {
        eprintln!("not run: chromium is not there (on Debian: apt install chromium)");
        return;
    }
    let there = Command::new(&python).args(["-c", "import playwright"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!("not run: {python} has no playwright (pip install playwright, and name its python in KLOE_PYTHON)");
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html_in_chromium.py");
    let mut command = Command::new(python);
    command.arg(script).arg(env!("CARGO_BIN_EXE_kloe")).args(["--chromium", &chromium]);
    if let Some(axe) = std::env::var_os("KLOE_AXE") {
        command.arg("--axe").arg(axe);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
