//! What is checked stays on the machine: no code that could send it, and no socket when the program runs.

// A test that cannot go on should fail where it stands, and one that did not look should say so.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::Path;
use std::process::Command;

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

/// The system's own record of what the program asks of it; says so and passes where there is no strace that may look.
#[cfg(target_os = "linux")]
#[test]
fn the_program_opens_no_socket() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    let evidence = folder.path().join("evidence");
    std::fs::create_dir(&evidence).unwrap();
    let page = "<html><head><link href=\"http://192.0.2.1/x.css\"></head><img src=\"http://192.0.2.1/x.png\"><h1>Minutes</h1></html>";
    std::fs::write(evidence.join("page.html"), page).unwrap();
    std::fs::write(evidence.join("note.md"), "# Note\n\n![x](http://192.0.2.1/x.png)\n").unwrap();
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=network", "-o"]).arg(&record).arg(env!("CARGO_BIN_EXE_kloe"));
    let ran = command.args(["check", "--as-of", "2026-11-01"]).arg(&evidence).output();
    let Some(ran) = ran.ok().filter(|ran| matches!(ran.status.code(), Some(0 | 1))) else {
        eprintln!("strace is not there or may not look, so the sockets of a run were not counted");
        return;
    };
    assert!(String::from_utf8_lossy(&ran.stdout).contains("2 documents"), "{ran:?}");
    let record = std::fs::read_to_string(record).unwrap();
    // Workers hold pipes; a pair of sockets within the machine would be harmless, but there is none of these either.
    assert!(!record.contains("AF_INET") && !record.contains("connect("), "{record}");
}
