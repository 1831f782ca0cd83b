//! What is only seen from within: a folder that changes while it is packed, names that masks made the same.

use std::fs;
use std::path::Path;

use super::*;
use crate::report::masked;

fn plan_of(folder: &Path, names: &[&str]) -> Plan {
    let one = |name: &&str| Packed {
        path: format!("{DOCUMENTS}/{name}"),
        ..packed(&Found { path: name.to_string(), file: folder.join(name) }, about(name, None))
    };
    Plan {
        version: "0.0.0".to_string(),
        as_of: "2026-11-01".parse().unwrap(),
        folder: "evidence".to_string(),
        sector: None,
        frameworks: Vec::new(),
        lines: Vec::new(),
        documents: names.iter().map(one).collect(),
        waivers: Vec::new(),
        personal: Vec::new(),
        unseen: Vec::new(),
        rows: BTreeMap::new(),
        homes: BTreeMap::new(),
    }
}

#[test]
fn what_is_not_as_it_was_judged_is_not_packed() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("evidence");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.md"), "as judged").unwrap();
    fs::write(folder.join("b.md"), "as judged").unwrap();
    let stamps = Stamps::of(&folder);
    let plan = plan_of(&folder, &["a.md", "b.md"]);
    let output = home.path().join("bundle");
    let stored = |to: &Path| store(&plan, &folder, &stamps, &[(PAGE, b"page".to_vec())], to);
    assert_eq!(stored(&output).unwrap().bytes, 18);
    assert!(verify(&output).unwrap().is_whole());
    fs::write(folder.join("b.md"), "as it is now").unwrap();
    let fault = stored(&home.path().join("second")).unwrap_err().to_string();
    assert!(fault.contains("b.md was changed while it was packed"), "{fault}");
    fs::remove_file(folder.join("b.md")).unwrap();
    assert!(stored(&home.path().join("second")).unwrap_err().to_string().contains("cannot copy b.md"));
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_link_is_the_file_that_it_leads_to_only_in_the_folder() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("evidence");
    fs::create_dir(&folder).unwrap();
    for name in ["evidence/a.md", "evidence/b.md", "secret.md"] {
        fs::write(home.path().join(name), "words").unwrap();
    }
    let stamps = Stamps::of(&folder);
    let plan = plan_of(&folder, &["a.md"]);
    let lead = |to: &Path| {
        fs::remove_file(folder.join("a.md")).unwrap();
        std::os::unix::fs::symlink(to, folder.join("a.md")).unwrap();
    };
    lead(&home.path().join("secret.md"));
    let fault = store(&plan, &folder, &stamps, &[], &home.path().join("one")).unwrap_err().to_string();
    assert!(fault.contains("leads out of the folder"), "{fault}");
    // Another file within the folder: it is copied if it is what was judged, else told.
    let about = fs::metadata(folder.join("b.md")).unwrap();
    lead(&folder.join("b.md"));
    fs::File::open(folder.join("b.md")).unwrap().set_modified(about.modified().unwrap()).unwrap();
    let stamps = Stamps::of(&folder).with(&folder.join("a.md"));
    store(&plan, &folder, &stamps, &[], &home.path().join("two")).unwrap();
    let copy = home.path().join("two/documents/a.md");
    assert!(fs::symlink_metadata(&copy).unwrap().is_file());
    assert_eq!(fs::read(copy).unwrap(), b"words");
}

#[test]
fn documents_that_a_mask_gave_one_name_are_all_packed() {
    let names = ["NHS number 458 671 0004.md", "NHS number 458 672 0004.md"];
    let files: Vec<Found> = ["a.zip", "a.zip!b.md"]
        .iter()
        .chain(&names)
        .map(|name| Found { path: name.to_string(), file: name.into() })
        .collect();
    let mut files_of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    files.iter().enumerate().for_each(|(at, one)| files_of.entry(masked(&one.path)).or_default().push(at));
    let rooms = Rooms { files: files_of, containers: BTreeSet::from(["a.zip"]) };
    assert_eq!(rooms.of("a.zip!b.md"), ("a.zip!b.md", false), "a file of that very name");
    assert_eq!(rooms.of("a.zip!c!d.md"), ("a.zip", true));
    assert_eq!(rooms.of("b!c.md"), ("b!c.md", false));
    assert!(rooms.files("b!c.md").is_empty());
    let safe = names::distinct(&["458 *** **04.md", "458 *** **04.md"]);
    assert_eq!(safe, ["458 ___ __04.md", "458 ___ __04 (2).md"]);
}
