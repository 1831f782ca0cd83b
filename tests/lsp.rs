//! The language server as an editor sees it: a scripted client over standard input and output. What the server says is read
//! back by types made from the protocol's own description.

// A test that cannot go on should fail where it stands.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use gen_lsp_types::{Hover, InitializeResult, Location, PublishDiagnosticsParams};
use serde_json::{Value, json};

/// How long an answer may take on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(90);

struct Client {
    child: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    /// What came while something else was waited for.
    kept: Vec<Value>,
    ids: i64,
}

impl Client {
    /// A server that nobody has said anything to.
    fn start(args: &[&str]) -> Client {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kloe"));
        command.arg("lsp").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("KLOE_") {
                command.env_remove(name);
            }
        }
        let mut child = command.spawn().unwrap();
        let (send, from) = channel();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            loop {
                let mut line = String::new();
                if out.read_line(&mut line).unwrap_or(0) == 0 {
                    return;
                }
                let length: usize = line.strip_prefix("Content-Length: ").unwrap().trim().parse().unwrap();
                out.read_line(&mut line).unwrap();
                let mut body = vec![0; length];
                out.read_exact(&mut body).unwrap();
                let message: Value = serde_json::from_slice(&body).unwrap();
                assert_eq!(message["jsonrpc"], "2.0");
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        let to = child.stdin.take();
        Client { child, to, from, kept: Vec::new(), ids: 0 }
    }

    /// A server that has been greeted by an editor that counts in UTF-16.
    fn greeted(args: &[&str]) -> Client {
        let mut client = Client::start(args);
        let result = client.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
        let result: InitializeResult = serde_json::from_value(result).unwrap();
        assert_eq!(result.capabilities.position_encoding.unwrap().to_string(), "utf-16");
        assert_eq!(result.server_info.unwrap().name, "kloe");
        client.tell("initialized", json!({}));
        client
    }

    fn raw(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().unwrap();
        to.write_all(bytes).unwrap();
        to.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn asked(&mut self, method: &str, params: Value) -> Value {
        self.ids += 1;
        let id = self.ids;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.awaited(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The result of a request that must be answered.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.asked(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// The number of the error that a request must get.
    fn refused(&mut self, method: &str, params: Value) -> i64 {
        self.asked(method, params)["error"]["code"].as_i64().unwrap()
    }

    fn awaited(&mut self, is: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is) {
            return self.kept.remove(at);
        }
        loop {
            let message = self.from.recv_timeout(PATIENCE).unwrap();
            if is(&message) {
                return message;
            }
            self.kept.push(message);
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "any", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    /// What is underlined in a document next: severity, check, and the words by the positions given for them.
    fn underlined(&mut self, uri: &str, text: &str) -> Vec<(String, String, String)> {
        let is = |one: &Value| one["method"] == "textDocument/publishDiagnostics" && one["params"]["uri"] == uri;
        let message = self.awaited(is);
        let params: PublishDiagnosticsParams = serde_json::from_value(message["params"].clone()).unwrap();
        let of = |one: gen_lsp_types::Diagnostic| {
            assert_eq!(one.source.as_deref(), Some("kloe"));
            assert!(one.code_description.is_none() && one.tags.is_none());
            let range = one.range;
            assert_eq!(range.start.line, range.end.line, "{one:?}");
            let line: Vec<u16> = text.split('\n').nth(range.start.line as usize).unwrap().encode_utf16().collect();
            let words = &line[range.start.character as usize..range.end.character as usize];
            let code = serde_json::to_value(&one.code).unwrap().as_str().unwrap().to_string();
            let severity = ["", "error", "warning", "information"]
                [serde_json::to_value(one.severity).unwrap().as_u64().unwrap() as usize];
            (severity.to_string(), code, String::from_utf16(words).unwrap())
        };
        params.diagnostics.into_iter().map(of).collect()
    }

    fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let position = json!({ "line": line, "character": character });
        self.ask(method, json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    fn hover(&mut self, uri: &str, line: u32, character: u32) -> String {
        let hover: Hover = serde_json::from_value(self.at("textDocument/hover", uri, line, character)).unwrap();
        let contents = serde_json::to_value(&hover.contents).unwrap();
        assert_eq!(contents["kind"], "markdown");
        contents["value"].as_str().unwrap().to_string()
    }

    fn definition(&mut self, uri: &str, line: u32, character: u32) -> Vec<Location> {
        serde_json::from_value(self.at("textDocument/definition", uri, line, character)).unwrap()
    }

    /// Ends it in order: shutdown, exit. Nothing was said on standard error.
    fn end(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        assert_eq!(self.refused("textDocument/hover", json!({})), -32600);
        self.tell("exit", Value::Null);
        assert_eq!(self.status(), 0);
    }

    fn status(&mut self) -> i32 {
        self.to = None;
        let status = self.child.wait().unwrap().code().unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(said, "");
        status
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn uri(file: &Path) -> String {
    let path = file.to_string_lossy().replace('\\', "/").replace(' ', "%20");
    if path.starts_with('/') { format!("file://{path}") } else { format!("file:///{}", path.replace(':', "%3A")) }
}

/// A folder with settings and an evidence type and a line of its own.
fn folder() -> (tempfile::TempDir, impl Fn(&str) -> PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    // The editor names files as they are, and temporary folders are links on some systems.
    let root = folder.path().canonicalize().unwrap();
    let root = PathBuf::from(root.to_string_lossy().trim_start_matches(r"\\?\"));
    let at = move |name: &str| root.join(name);
    for (name, text) in [
        ("kloe.toml", "as-of = 2026-11-01\nrules = \"our rules\"\nexclude = [\"notes/\"]\n"),
        ("our rules/evidence/ours.toml", OURS),
        ("our rules/own/framework.toml", "id = \"own\"\ntitle = \"Our own\"\nsource = \"Board\"\n"),
        ("our rules/own/O1.toml", O1),
    ] {
        std::fs::create_dir_all(at(name).parent().unwrap()).unwrap();
        std::fs::write(at(name), text).unwrap();
    }
    (folder, at)
}

const OURS: &str = "\
[[evidence]]
id = \"lantern-report\"
title = \"lantern report\"
about = \"What people may expect of one another\"
category = \"processes\"
names = [\"lantern report\"]
wants = [\"date\", \"owner\"]
strong = \"It is owned\"
weak = \"It is not\"

[[evidence.element]]
id = \"oil\"
title = \"its oil\"
any = [\"oil was bought\"]
help = \"say when oil was bought\"
";

const O1: &str = "\
id = \"O1\"
title = \"Light\"
question = \"Is it bright?\"

[[expect]]
evidence = \"lantern-report\"
or = [\"risk-register\"]
required = true
why = \"nights are dark\"
";

const LANTERNS: &str = "# 😀 Lantern report\r\n\r\nDate: 3 May 2026\r\nStatus: DRAFT\r\n\r\nThe lanterns in the garden are \
lit 😀 by **[insert name]** each evening at dusk, and put out again by whoever is the last to leave the grounds of the house \
on that night.\r\n";

#[test]
fn a_document_is_mended_in_an_editor() {
    let (_folder, at) = folder();
    let mut client = Client::greeted(&[]);
    let lanterns = uri(&at("Lantern report.md"));
    // It was never saved: only the text in the editor counts.
    client.open(&lanterns, LANTERNS);
    let found = client.underlined(&lanterns, LANTERNS);
    let is = |check: &str, words: &str| found.iter().any(|(_, code, underlined)| code == check && underlined == words);
    assert!(is("draft", "DRAFT"), "{found:#?}");
    assert!(is("placeholder", "[insert name]"), "{found:#?}");
    assert!(is("no-owner", "😀 Lantern report") && is("lacks-element", "😀 Lantern report"), "{found:#?}");
    assert!(
        found.iter().all(|(severity, code, _)| severity == if code == "no-owner" { "information" } else { "warning" })
    );

    let of_draft = client.hover(&lanterns, 3, 9);
    assert!(of_draft.contains("**warning: it says that it is a draft**"), "{of_draft}");
    assert!(of_draft.contains("nobody has approved a draft, so it does not show how things are done"), "{of_draft}");
    let of_all = client.hover(&lanterns, 0, 6);
    for said in [
        "*Supports:* lantern report (O1.lantern-report): weak",
        "weak: as lantern report it lacks its oil",
        "ours.toml:2",
    ] {
        assert!(of_all.contains(said), "{said} is not in {of_all}");
    }
    // From what lacks to the tables that ask for it: the evidence type and the expectation.
    let tables = client.definition(&lanterns, 0, 6);
    let names: Vec<String> = tables.iter().map(|one| one.uri.to_string()).collect();
    assert_eq!(names, [uri(&at("our rules/evidence/ours.toml")), uri(&at("our rules/own/O1.toml"))]);
    assert_eq!(tables.iter().map(|one| one.range.start.line).collect::<Vec<_>>(), [1, 5]);
    assert!(client.at("textDocument/hover", &lanterns, 4, 0).is_null());

    // Behind an emoji, in units of UTF-16: the placeholder is filled in, the status is another, an owner and a promise stand there.
    let line = LANTERNS.lines().nth(5).unwrap();
    let before = line.split("[insert name]").next().unwrap().encode_utf16().count();
    let span = |line: usize, from: usize, to: usize| json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } });
    let mended = json!([
        { "range": span(5, before, before + 13), "text": "the matron" },
        { "range": span(3, 8, 13), "text": "approved\r\nOwner: Chief Nurse" },
    ]);
    client.change(&lanterns, 2, mended);
    let now = LANTERNS.replace("[insert name]", "the matron").replace("DRAFT", "approved\r\nOwner: Chief Nurse");
    let found = client.underlined(&lanterns, &now);
    let left = ("warning".to_string(), "lacks-element".to_string(), "😀 Lantern report".to_string());
    assert_eq!(found, [left]);
    client.change(&lanterns, 3, json!([{ "text": LANTERNS.replace("**[insert name]**", "the matron, for whom oil was bought,").replace("Status: DRAFT", "Owner: Chief Nurse") }]));
    assert_eq!(client.underlined(&lanterns, ""), []);
    assert!(client.hover(&lanterns, 0, 6).contains("(O1.lantern-report): strong"));
    client.tell("textDocument/didSave", json!({ "textDocument": { "uri": lanterns } }));
    assert_eq!(client.underlined(&lanterns, ""), []);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": lanterns } }));
    assert_eq!(client.underlined(&lanterns, ""), []);
    client.end();
}

#[test]
fn built_in_rules_are_named_and_have_no_file_to_go_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::greeted(&["--as-of", "2026-11-01", "--stdio"]);
    let register = uri(&folder.path().join("Risk register.csv"));
    let text = "Risk register\nRisk,Cause,Owner,Action,Due,Score\n\"Fire, at night\",wiring,Estates,Rewire,1 May 2025,12\nFlood,drains,TBC,Clear the drains,1 May 2025,9\n";
    client.open(&register, text);
    client.underlined(&register, text);
    let said = client.hover(&register, 0, 3);
    assert!(said.contains("built into kloe, so there is no file to go to"), "{said}");
    assert!(client.definition(&register, 0, 3).is_empty());
    client.end();
}

#[test]
fn rule_files_and_settings_are_read_as_they_are_written() {
    let (_folder, at) = folder();
    let mut client = Client::greeted(&[]);
    let (ours, line, settings) =
        (uri(&at("our rules/evidence/ours.toml")), uri(&at("our rules/own/O1.toml")), uri(&at("kloe.toml")));
    let faulty = OURS.replace("names =", "nmes =").replace("\"processes\"", "\"process\"");
    client.open(&ours, &faulty);
    let found = client.underlined(&ours, &faulty);
    let words: Vec<&str> = found.iter().map(|(_, _, words)| words.as_str()).collect();
    assert!(words == ["nmes"], "{found:?}");
    assert!(found.iter().all(|(severity, code, _)| severity == "error" && code == "rule-file"), "{found:?}");

    client.change(&ours, 2, json!([{ "text": OURS }]));
    assert_eq!(client.underlined(&ours, OURS), []);
    let key = client.hover(&ours, 5, 2);
    assert!(key.contains("What such a document calls itself"), "{key}");
    let category = client.hover(&ours, 4, 2);
    assert!(category.contains("One of") && category.contains("peoples-experience"), "{category}");
    // To the expectation that asks for it, and back.
    let asking = client.definition(&ours, 1, 8);
    assert_eq!((asking.len(), asking[0].uri.to_string(), asking[0].range.start.line), (1, line.clone(), 5));
    let misspelt = O1.replace("\"lantern-report\"", "\"lantern-reprot\"");
    client.open(&line, &misspelt);
    let found = client.underlined(&line, &misspelt);
    assert_eq!(found[0].2, "\"lantern-reprot\"", "{found:?}");
    client.change(&line, 2, json!([{ "text": O1 }]));
    assert_eq!(client.underlined(&line, O1), []);
    let defined = client.definition(&line, 5, 15);
    assert_eq!((defined.len(), defined[0].uri.to_string(), defined[0].range.start.line), (1, ours.clone(), 1));
    let meaning = client.hover(&line, 5, 15);
    assert!(meaning.contains("Lantern report (lantern-report)") && meaning.contains("Must show: its oil"), "{meaning}");
    let built_in = client.hover(&line, 6, 8);
    assert!(built_in.contains("built into kloe") && client.definition(&line, 6, 8).is_empty(), "{built_in}");

    let text = "sector = \"care home\"\nignroe = []\nselect = [\"stale\"]\n";
    client.open(&settings, text);
    let found = client.underlined(&settings, text);
    assert_eq!(found.iter().map(|one| one.2.as_str()).collect::<Vec<_>>(), ["ignroe", "\"care home\""], "{found:?}");
    assert!(client.hover(&settings, 2, 13).contains("a reviewer judges how the organisation is led today"));
    let text = "rules = \"nowhere\"\nframeworks = [\"wel-led\"]\n";
    client.change(&settings, 2, json!([{ "text": text }]));
    assert_eq!(client.underlined(&settings, text)[0].2, "\"nowhere\"");
    client.end();
}

#[test]
fn what_the_settings_say_counts_once_it_is_saved() {
    let (_folder, at) = folder();
    let mut client = Client::greeted(&[]);
    let (lanterns, settings) = (uri(&at("Lantern report.md")), uri(&at("kloe.toml")));
    client.open(&lanterns, LANTERNS);
    assert!(client.underlined(&lanterns, LANTERNS).iter().any(|one| one.1 == "draft"));
    let text = std::fs::read_to_string(at("kloe.toml")).unwrap();
    client.open(&settings, &text);
    assert_eq!(client.underlined(&settings, &text), []);
    let text = text + "ignore = [\"draft\"]\n";
    std::fs::write(at("kloe.toml"), &text).unwrap();
    client.change(&settings, 2, json!([{ "text": text }]));
    client.tell("textDocument/didSave", json!({ "textDocument": { "uri": settings } }));
    let found = client.underlined(&lanterns, LANTERNS);
    assert!(found.iter().all(|one| one.1 != "draft") && found.len() > 1, "{found:?}");
    std::fs::write(at("kloe.toml"), "sektor = 1\n").unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let found = client.underlined(&lanterns, LANTERNS);
    assert!(found.len() == 1 && found[0].1 == "settings", "{found:?}");

    let notes = uri(&at("notes/a.md"));
    std::fs::write(at("kloe.toml"), "exclude = [\"notes/\"]\n").unwrap();
    client.open(&notes, "# Draft strategy\n\nStatus: draft\n");
    assert_eq!(client.underlined(&notes, ""), []);
    assert!(client.hover(&notes, 0, 4).contains("ignored by a pattern in kloe.toml"));
    client.end();
}

#[test]
fn hostile_words_and_numbers_of_patients_stay_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::greeted(&["--as-of", "2026-11-01"]);
    let minutes = uri(&folder.path().join("Board minutes.md"));
    let text = "# Board minutes <img src=x onerror=alert(1)> [x](command:y)\n\nOwner: ![a](http://b/c) `x`\n\nThe patient's NHS number is 943 476 5919.\n";
    client.open(&minutes, text);
    let found = client.underlined(&minutes, text);
    assert!(found.iter().any(|one| one.1 == "personal-data" && one.2 == "943 476 5919"), "{found:?}");
    let said = format!("{} {}", client.hover(&minutes, 4, 30), client.hover(&minutes, 0, 3));
    assert!(!said.contains("<img") && !said.contains("](") && !said.contains("476 5919"), "{said}");
    client.end();
}

#[test]
fn no_message_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(&["--as-of", "2026-11-01"]);
    assert_eq!(client.refused("textDocument/hover", json!({})), -32002);
    client.tell("textDocument/didOpen", json!({ "textDocument": { "uri": "file:///a.md", "text": "x" } }));
    client.raw(b"Content-Length: 5\r\n\r\n{oops");
    assert_eq!(client.awaited(|one| one["error"]["code"] == -32700)["id"], Value::Null);
    client.raw(b"Content-Length: nonsense\r\n\r\n\xff\xfe{}");
    client.send(&json!([1, 2]));
    assert_eq!(client.awaited(|one| one["error"]["code"] == -32600)["id"], Value::Null);
    client.send(&json!({ "jsonrpc": "2.0", "id": { "a": 1 }, "method": "initialize" }));
    client.awaited(|one| one["error"]["code"] == -32600);
    client.send(&json!({ "jsonrpc": "2.0", "id": 99, "result": null }));
    let able = json!({ "general": { "positionEncodings": ["utf-32", "utf-8"] }, "textDocument": { "hover": { "contentFormat": ["plaintext"] } } });
    let result = client.ask(
        "initialize",
        json!({ "capabilities": able, "workspaceFolders": [{ "uri": "file:///x%zz", "name": 1 }, 7] }),
    );
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-8");
    client.tell("initialized", json!({}));
    assert_eq!(client.refused("initialize", json!({})), -32600);
    assert_eq!(client.refused("kloe/unknown", json!({})), -32601);
    assert_eq!(client.refused("textDocument/hover", json!({ "textDocument": 3 })), -32602);
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    client.raw(format!("Content-Length: {}\r\n\r\n{deep}", deep.len()).as_bytes());
    client.awaited(|one| one["error"]["code"] == -32700);
    for uri in [
        "untitled:Untitled-1",
        "git:/a.md?x",
        "file://elsewhere/a.md",
        "file:///c%3A/Evidence/a.md",
        "file:///a%00.md",
        "",
        "file:///%ff%fe.md",
        "file:///a.toml",
        "file:///evidence/a.toml",
    ] {
        client.open(uri, "# Draft\n\nStatus: draft\n");
        client.change(uri, 2, json!([{ "range": { "start": { "line": 99, "character": 4_000_000_000_u32 }, "end": { "line": 0, "character": 0 } }, "text": "\u{1f600}" }]));
        client.at("textDocument/hover", uri, 0, 0);
        client.at("textDocument/definition", uri, 7, 7);
    }
    // A change that cannot be understood: the document is given up, not guessed at.
    let lost = uri(&folder.path().join("lost.md"));
    client.open(&lost, "# Board strategy\n\nStatus: draft\n");
    client.underlined(&lost, "# Board strategy\n\nStatus: draft\n");
    client.tell("textDocument/didChange", json!({ "textDocument": { "uri": lost }, "contentChanges": 3 }));
    assert_eq!(client.underlined(&lost, ""), []);
    assert!(client.at("textDocument/hover", &lost, 0, 0).is_null());
    for method in [
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didSave",
        "$/cancelRequest",
        "$/setTrace",
        "x",
    ] {
        for params in [Value::Null, json!([]), json!({ "textDocument": { "uri": 3 } }), json!({ "id": {} })] {
            client.tell(method, params);
        }
    }
    // What the editor shows of a text as long as this is the reader's business; it must only not stop.
    let long = uri(&folder.path().join("long.md"));
    client.open(&long, &format!("# Board strategy\n\nStatus: draft\n\n{}", "a | b\n---|---\n".repeat(4_000)));
    client.awaited(|one| one["method"] == "textDocument/publishDiagnostics" && one["params"]["uri"] == long);
    let plain = client.at("textDocument/hover", &long, 0, 4);
    assert_eq!(plain["contents"]["kind"], "plaintext");
    client.end();
}

#[test]
fn a_message_over_the_limit_is_said_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::greeted(&["--as-of", "2026-11-01"]);
    let uri = uri(&folder.path().join("a.md"));
    client.open(&uri, "# Board strategy\n\nStatus: draft\n");
    assert!(!client.underlined(&uri, "# Board strategy\n\nStatus: draft\n").is_empty());
    let length = (64 << 20) + 1;
    client.raw(format!("Content-Length: {length}\r\n\r\n").as_bytes());
    client.raw(&vec![b' '; length]);
    assert_eq!(client.underlined(&uri, ""), []);
    let said = client.awaited(|one| one["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().contains("limit of 64 MiB"), "{said}");
    client.end();
}

#[test]
fn without_shutdown_the_end_is_not_in_order() {
    let mut client = Client::greeted(&[]);
    client.tell("exit", Value::Null);
    assert_eq!(client.status(), 1);
    assert_eq!(Client::greeted(&[]).status(), 1, "the editor is gone");
    let mut client = Client::start(&[]);
    client.tell("exit", Value::Null);
    assert_eq!(client.status(), 1);
}

#[test]
fn the_set_ups_of_the_guide_start_what_is_there() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/src/editors.md")).unwrap();
    let block = |language: &str| {
        let (_, after) = page.split_once(&format!("```{language}\n")).unwrap();
        after.split_once("```").unwrap().0.to_string()
    };
    let code: Value = serde_json::from_str(&block("json")).unwrap();
    assert_eq!(
        (&code["glspc.server.command"], &code["glspc.server.commandArguments"]),
        (&json!("kloe"), &json!(["lsp"]))
    );
    let helix: toml::Table = block("toml").parse().unwrap();
    let server = &helix["language-server"]["kloe"];
    assert_eq!((server["command"].as_str(), server["args"][0].as_str()), (Some("kloe"), Some("lsp")));
    assert!(
        helix["language"].as_array().unwrap().iter().all(|one| one["language-servers"][1].as_str() == Some("kloe"))
    );
    assert!(block("lua").contains("cmd = { 'kloe', 'lsp' }"));
    // `kloe lsp` is what all of them start.
    Client::greeted(&[]).end();
}
