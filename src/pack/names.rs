//! Names of files that every system takes: a bundle is made on one machine and opened on another.

use std::collections::BTreeSet;

use crate::text::{acts, is_invisible};

/// Bytes of one name; most file systems have 255, and a number may be added.
const OF_A_NAME: usize = 240;

/// Names of devices that Windows takes for no file, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A relative path that stays below its folder and holds no character that a system takes for something else.
pub(super) fn safe(path: &str) -> String {
    let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(safe_part).collect();
    if parts.is_empty() { "_".to_string() } else { parts.join("/") }
}

fn safe_part(part: &str) -> String {
    let harmless = |c: char| {
        let bad = matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\' | '/' | '\u{fffd}');
        if bad || c.is_control() || acts(c) || is_invisible(c) { '_' } else { c }
    };
    let mut name: String = part.chars().map(harmless).collect();
    // Windows drops these at the end, and `.` and `..` are no names at all.
    let kept = name.trim_end_matches(['.', ' ']).len();
    let dropped = name.len() - kept;
    name.truncate(kept);
    name.extend(std::iter::repeat_n('_', dropped));
    let stem = name.split('.').next().unwrap_or("").trim_end().to_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let port = numbered.is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_alphanumeric));
    if port || DEVICES.contains(&stem.as_str()) {
        name.insert(0, '_');
    }
    shortened(&name, OF_A_NAME)
}

/// A name of at most so many bytes, with its ending.
fn shortened(name: &str, most: usize) -> String {
    if name.len() <= most {
        return name.to_string();
    }
    let (stem, ending) = parted(name);
    let ending = if ending.len() > 16 { "" } else { ending };
    let mut cut = (most - ending.len()).min(stem.len());
    while !stem.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}_{ending}", stem[..cut].trim_end_matches(['.', ' ', '_']))
}

/// A name before its ending, and the ending with its dot.
fn parted(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        _ => (name, ""),
    }
}

/// Safe names for paths, each its own also where capitals do not count, and none the folder of another.
pub(super) fn distinct(paths: &[&str]) -> Vec<String> {
    let mut files: BTreeSet<String> = BTreeSet::new();
    let mut folders: BTreeSet<String> = BTreeSet::new();
    let mut names = vec![String::new(); paths.len()];
    // Those that keep their names come first, so that no other takes them.
    let mut order: Vec<usize> = (0..paths.len()).collect();
    order.sort_by_key(|at| (safe(paths[*at]) != paths[*at], paths[*at], *at));
    for at in order {
        let wanted = safe(paths[at]);
        let mut folder = String::new();
        let (above, last) = wanted.rsplit_once('/').unwrap_or(("", &wanted));
        // A folder that has the name of a file is named anew, at whatever depth it stands.
        for part in above.split('/').filter(|part| !part.is_empty()) {
            folder = first_free(&folder, part, "", |key| !files.contains(key));
        }
        let (stem, ending) = parted(last);
        let name = first_free(&folder, stem, ending, |key| !files.contains(key) && !folders.contains(key));
        let key = name.to_lowercase();
        folders.extend(key.match_indices('/').map(|(at, _)| key[..at].to_string()));
        files.insert(key);
        names[at] = name;
    }
    names
}

/// The first of `stem`, `stem (2)`, `stem (3)` and so on in a folder whose path in small letters is free.
fn first_free(folder: &str, stem: &str, ending: &str, free: impl Fn(&str) -> bool) -> String {
    let slash = if folder.is_empty() { "" } else { "/" };
    let named = |more: &str| format!("{folder}{slash}{stem}{more}{ending}");
    let mut name = named("");
    let mut number = 1;
    while !free(&name.to_lowercase()) {
        number += 1;
        name = named(&format!(" ({number})"));
    }
    name
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn usual_names_stay_and_others_become_safe() {
        for path in
            ["Risk/Register Q2.xlsx", "a!b, c #1 100%.docx", "Café/Ärzte – final.pdf", "console.txt", "com10.md"]
        {
            assert_eq!(safe(path), path);
        }
        for (path, name) in [
            ("../../etc/passwd", "__/__/etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\x\\..\\y.md", "C__x_.._y.md"),
            ("a/./b. ", "a/_/b__"),
            ("NHS 458*****04.md", "NHS 458_____04.md"),
            ("aux.md", "_aux.md"),
            ("COM1", "_COM1"),
            ("x\u{202e}fdp.exe\n", "x_fdp.exe_"),
            ("", "_"),
        ] {
            assert_eq!(safe(path), name);
        }
        let long = format!("{}.docx", "ä".repeat(200));
        assert!(safe(&long).len() <= OF_A_NAME + 1 && safe(&long).ends_with("_.docx"));
    }

    #[test]
    fn names_are_distinct_where_capitals_do_not_count() {
        assert_eq!(distinct(&["a?.md", "A_.md", "a_.md", "b"]), ["a_ (3).md", "A_.md", "a_ (2).md", "b"]);
        assert_eq!(distinct(&["x*", "x_/a.md"]), ["x_ (2)", "x_/a.md"]);
        assert_eq!(distinct(&["X", "x/a.md"]), ["X", "x (2)/a.md"]);
        assert_eq!(distinct(&["X", "x/a/b.md", "X/a"]), ["X", "x (2)/a (2)/b.md", "X (2)/a"]);
        assert_eq!(distinct(&["n*.md", "n*.md"]), ["n_.md", "n_ (2).md"]);
    }

    proptest! {
        #[test]
        fn no_name_leaves_its_folder(paths in proptest::collection::vec("[./\\\\a :*A\u{202e}ü\u{0}]{0,12}|\\PC{0,20}", 0..8)) {
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            let names = distinct(&paths);
            let keys: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(keys.len(), names.len());
            for name in &names {
                prop_assert!(name.split('/').all(|part| !part.is_empty() && !part.ends_with(['.', ' '])), "{}", name);
                prop_assert!(!name.contains(['\\', ':', '*', '\u{0}', '\u{202e}']), "{}", name);
                prop_assert_eq!(&safe(name), name);
            }
        }
    }
}
