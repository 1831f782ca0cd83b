//! Each room uses only those above it: this reads the `crate::` paths of every file and holds the order of `src/lib.rs`.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

/// The rooms from the ground up. Rooms of one layer may use each other.
const LAYERS: &[&[&str]] = &[
    &["day", "text", "phrase", "nhs_number", "fault"],
    &["toml_tables"],
    &["document", "finding", "rules", "settings", "read", "walk"],
    &["recognise", "dossier"],
    &["examine", "workers"],
    &["judge", "checks"],
    &["settle", "score"],
    &["report"],
    &["compare", "pack", "schemas"],
    &["render"],
    &["cli"],
    &["commands"],
    &["lsp"],
];

/// Rooms of one layer that still must not know each other: who, and whom.
const STRANGERS: &[(&str, &str)] = &[
    ("read", "document"),
    ("read", "finding"),
    ("read", "rules"),
    ("read", "settings"),
    ("document", "rules"),
    ("document", "finding"),
    ("walk", "read"),
    ("walk", "rules"),
];

fn layer_of(room: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&room))
}

/// The rooms that a source text names in paths, its tests left out: they may look further.
fn named_rooms(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or("");
    let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut rooms = Vec::new();
    for after in code.split("crate::").skip(1) {
        if let Some(group) = after.strip_prefix('{') {
            let inside = group.split('}').next().unwrap_or("");
            rooms.extend(inside.split(',').map(|one| one.trim().split("::").next().unwrap_or("").to_string()));
        } else {
            rooms.push(after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    rooms
}

#[test]
fn each_room_uses_only_those_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&src).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(&src).unwrap();
        if path.extension().is_none_or(|ending| ending != "rs")
            || ["lib.rs", "main.rs"].iter().any(|top| path == Path::new(top))
        {
            continue;
        }
        let room = path.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_string();
        let own = layer_of(&room).unwrap_or_else(|| panic!("{room} stands in no layer of tests/layers.rs"));
        for used in named_rooms(&std::fs::read_to_string(entry.path()).unwrap()) {
            let Some(other) = layer_of(&used) else { continue };
            assert!(other <= own, "{} uses {used}, which stands below it", path.display());
            let strange = STRANGERS.iter().any(|(who, whom)| *who == room && *whom == used);
            assert!(!strange, "{} uses {used}, which it must not know", path.display());
        }
        *seen.entry(room).or_insert(0) += 1;
    }
    let rooms: usize = LAYERS.iter().map(|layer| layer.len()).sum();
    assert_eq!(seen.len(), rooms, "a layer names a room that is not there: {seen:?}");
}

#[test]
fn paths_in_groups_and_in_code_are_seen() {
    let rooms = named_rooms("use crate::{day::Day, text};\nfn f() { crate::report::masked(1) }\n// crate::render\n");
    assert_eq!(rooms, ["day", "text", "report"]);
}
