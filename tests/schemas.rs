//! The schemas in `docs/schema` are what the program prints. `KLOE_REWRITE=1 cargo test --test schemas` writes them anew;
//! `tests/taplo.py` validates files against them.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

mod program;

use std::path::Path;

use kloe::schemas::{SchemaOf, text};
use program::kloe;

#[test]
fn the_stored_schemas_are_what_the_program_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    for of in SchemaOf::ALL {
        let file = folder.join(format!("{of}.json"));
        if std::env::var_os("KLOE_REWRITE").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, text(*of)).unwrap();
        }
        let stored = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        let same = stored == text(*of);
        assert!(same, "docs/schema/{of}.json is out of date: KLOE_REWRITE=1 cargo test --test schemas");
    }
    let stored = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(stored, SchemaOf::ALL.len(), "docs/schema holds files that are no schema of kloe");
}

#[test]
fn the_command_prints_the_same() {
    for of in ["evidence", "settings", "report"] {
        let output = kloe(&["rules", "schema", of]);
        let printed = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
        assert_eq!(printed, text(of.parse().unwrap()), "{of}");
    }
    let wrong = kloe(&["rules", "schema", "setting"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("settings"), "{wrong:?}");
}
