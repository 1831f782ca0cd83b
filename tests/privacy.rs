//! What is checked stays on the machine: no code that could send it, and no socket when the program runs.

// A test that cannot go on should fail where it stands, and one that did not look should say so.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Crates that talk over a network, or are there for those that do.
const NETWORK: &[&str] = &[
    "async-io",
    "async-net",
    "async-std",
    "attohttpc",
    "awc",
    "curl",
    "curl-sys",
    "ftp",
    "git2",
    "h2",
    "h3",
    "hickory-resolver",
    "http-client",
    "hyper",
    "hyper-util",
    "isahc",
    "lettre",
    "libcurl",
    "libssh2-sys",
    "minreq",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "s2n-quic",
    "schannel",
    "security-framework",
    "sentry",
    "smol",
    "socket2",
    "ssh2",
    "suppaftp",
    "surf",
    "tiny_http",
    "tokio",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "websocket",
    "xmlhttprequest",
];

#[test]
fn no_crate_of_the_program_talks_over_a_network() {
    // The lock file holds what the tests need, too, and every platform: the stricter the better.
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    let names = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 50 && names.contains(&"zip"), "the lock file was not understood");
    let talking: Vec<&&str> = names.iter().filter(|name| NETWORK.contains(name)).collect();
    assert!(talking.is_empty(), "{talking:?}");
}

#[test]
fn no_source_file_names_the_network() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in walkdir::WalkDir::new(src).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file())
    {
        let source = std::fs::read_to_string(entry.path()).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or("");
        for name in ["std::net", "TcpStream", "UdpSocket", "TcpListener"] {
            assert!(!code.contains(name), "{} names {name}", entry.path().display());
        }
    }
}

/// Crates of the program whose source names sockets, and why none of them is opened: the program imports no such call, as
/// `the_program_cannot_open_a_connection` reads from its file.
const NAME_SOCKETS: &[(&str, &str)] = &[
    ("libc", "declares every call of the system"),
    ("nix", "offers the calls of Unix; asked for terminals and processes"),
    ("portable-atomic-util", "forwards traits for whatever is in an Arc"),
    ("rustix", "offers the calls of Unix; asked for the width of a terminal"),
    ("serde_json", "an example in its documentation reads from one"),
    ("windows-sys", "declares every call of Windows"),
];

/// The source of every crate that goes into the program, read for what opens a connection.
#[test]
fn no_crate_of_the_program_names_sockets_without_a_reason() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // What only other platforms need was perhaps never fetched.
    let about = Command::new(&cargo).arg("-vV").output().unwrap();
    let about = String::from_utf8_lossy(&about.stdout).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut command = Command::new(cargo);
    command.args(["metadata", "--filter-platform", host]).args([
        "--format-version",
        "1",
        "--offline",
        "--manifest-path",
    ]);
    let told = command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let nodes = told["resolve"]["nodes"].as_array().unwrap();
    let mut todo = vec![told["resolve"]["root"].as_str().unwrap()];
    let mut crates = BTreeSet::new();
    while let Some(id) = todo.pop() {
        if !crates.insert(id) {
            continue;
        }
        let node = nodes.iter().find(|node| node["id"] == id).unwrap();
        let needed = |one: &&Value| one["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev");
        let needs = node["deps"].as_array().unwrap().iter().filter(needed);
        todo.extend(needs.map(|one| one["pkg"].as_str().unwrap()));
    }
    assert!(crates.len() > 80, "only {} crates are known", crates.len());
    let mut naming = BTreeSet::new();
    for package in told["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if !crates.contains(package["id"].as_str().unwrap()) {
            continue;
        }
        let source = Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src");
        for entry in walkdir::WalkDir::new(source).into_iter().filter_map(Result::ok) {
            let Ok(text) = std::fs::read(entry.path()) else { continue };
            let text = String::from_utf8_lossy(&text);
            if ["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "getaddrinfo"]
                .iter()
                .any(|one| text.contains(one))
            {
                naming.insert(name.to_string());
            }
        }
    }
    assert!(naming.contains("libc") || naming.contains("windows-sys"), "sources were not read: {naming:?}");
    naming.retain(|name| !NAME_SOCKETS.iter().any(|(known, _)| known == name));
    assert!(naming.is_empty(), "{naming:?}");
}

/// Calls without which no connection is opened and no name is looked up.
#[cfg(target_os = "linux")]
const CALLS: &[&str] = &[
    "socket",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendto",
    "getaddrinfo",
    "gethostbyname",
    "res_query",
];

/// The names that a program takes from the system's libraries, as its own file says (64-bit ELF, the smaller end first).
#[cfg(target_os = "linux")]
fn imports(program: &Path) -> BTreeSet<String> {
    let bytes = std::fs::read(program).unwrap();
    assert!(bytes.starts_with(b"\x7fELF\x02\x01"), "no 64-bit program");
    let number = |at: usize, length: usize| {
        bytes[at..at + length].iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte))
    };
    let (table, size, count) = (number(0x28, 8), number(0x3a, 2), number(0x3c, 2));
    let section = |at: usize| table + at * size;
    // SHT_DYNSYM
    let symbols = (0..count).map(section).find(|at| number(at + 4, 4) == 11).unwrap();
    let names = number(section(number(symbols + 0x28, 4)) + 0x18, 8);
    let (start, length) = (number(symbols + 0x18, 8), number(symbols + 0x20, 8));
    let name = |symbol: usize| {
        let rest = &bytes[names + number(symbol, 4)..];
        String::from_utf8_lossy(rest.split(|byte| *byte == 0).next().unwrap_or(&[])).into_owned()
    };
    (start..start + length).step_by(24).map(name).collect()
}

/// Works wherever Linux is: what a program does not import it cannot call, since kloe has no unsafe code of its own.
#[cfg(target_os = "linux")]
#[test]
fn the_program_cannot_open_a_connection() {
    let imported = imports(Path::new(env!("CARGO_BIN_EXE_kloe")));
    assert!(imported.contains("read") && imported.contains("write"), "the program was not understood: {imported:?}");
    let calls: Vec<&&str> = CALLS.iter().filter(|call| imported.contains(**call)).collect();
    assert!(calls.is_empty(), "{calls:?}");
    // The same look finds them where they are: this very test could connect, were its variable set.
    if let Some(address) = std::env::var_os("KLOE_TEST_CONNECTS_TO") {
        std::net::TcpStream::connect(address.to_string_lossy().as_ref()).unwrap();
    }
    let own = imports(&std::env::current_exe().unwrap());
    assert!(own.contains("connect") && own.contains("getaddrinfo"), "{own:?}");
}

/// Pages that would fetch something, were they shown by a browser.
#[cfg(target_os = "linux")]
fn evidence() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    std::fs::create_dir(&evidence).unwrap();
    let page = "<html><head><link href=\"http://192.0.2.1/x.css\"></head><img src=\"http://192.0.2.1/x.png\"><h1>Minutes</h1></html>";
    std::fs::write(evidence.join("page.html"), page).unwrap();
    std::fs::write(evidence.join("note.md"), "# Note\n\n![x](http://192.0.2.1/x.png)\n").unwrap();
    folder
}

/// A run of kloe by way of another program; none where that is not there or may not do its work, which is said past the
/// capture of the test runner, or is a failure where `KLOE_PRIVACY_TOOLS` says that they must be there.
#[cfg(target_os = "linux")]
fn run_by(tool: &str, args: &[&str], folder: &Path) -> Option<Output> {
    let mut command = Command::new(tool);
    command.args(args).arg(env!("CARGO_BIN_EXE_kloe")).args(["check", "--as-of", "2026-11-01", "evidence"]);
    let ran = command.current_dir(folder).output();
    let why = match ran {
        Ok(ran) if matches!(ran.status.code(), Some(0 | 1)) && !ran.stdout.is_empty() => return Some(ran),
        Ok(ran) => String::from_utf8_lossy(&ran.stderr).trim().to_string(),
        Err(error) => error.to_string(),
    };
    let needed = std::env::var("KLOE_PRIVACY_TOOLS").unwrap_or_default();
    assert!(!needed.split(',').any(|one| one == tool), "{tool}: {why}");
    let _ = writeln!(std::io::stderr(), "NOT CHECKED: {tool} is not there or may not do its work here ({why})");
    None
}

/// The system's own record of what the program asks of it.
#[cfg(target_os = "linux")]
#[test]
fn the_program_opens_no_socket() {
    let folder = evidence();
    let record = folder.path().join("record");
    let args = ["-f", "-qq", "-e", "trace=network", "-o", record.to_str().unwrap()];
    let Some(ran) = run_by("strace", &args, folder.path()) else { return };
    assert!(String::from_utf8_lossy(&ran.stdout).contains("2 documents"), "{ran:?}");
    let record = std::fs::read_to_string(record).unwrap();
    // Workers hold pipes; a pair of sockets within the machine would be harmless, but there is none of these either.
    assert!(!record.contains("AF_INET") && !record.contains("connect("), "{record}");
}

/// Without any network, not even the machine's own, a run says the same.
#[cfg(target_os = "linux")]
#[test]
fn the_program_needs_no_network() {
    let folder = evidence();
    let Some(apart) = run_by("unshare", &["--map-root-user", "--net"], folder.path()) else { return };
    let usual = run_by("env", &[], folder.path()).unwrap();
    assert_eq!(String::from_utf8_lossy(&apart.stdout), String::from_utf8_lossy(&usual.stdout));
}
