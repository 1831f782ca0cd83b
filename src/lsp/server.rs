//! The editor's messages, answered: what is open, what is known of it, and when it is looked at again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::buffer::{Buffer, Encoding, Position};
use super::document::{Document, Known, Sort};
use super::locate::Source;
use super::project::{RulesFolder, is_toml, rules_around};
use super::protocol::{About, At, Changed, Diagnostic, Opened, Refusal};
use super::uri;
use super::wire::{self, Frame, LONGEST};
use super::work::{Done, Found, Job, What};
use crate::cli::CheckArgs;
use crate::day::Day;
use crate::settings::FILE;

/// How long after a change a document is looked at: once the typing pauses, and at the latest.
const PAUSE: Duration = Duration::from_millis(250);
const LATEST: Duration = Duration::from_secs(2);

/// Requests that wait for a document; more than that and the oldest get no answer but that.
const WAITING: usize = 32;

/// What the server waits for.
pub(super) enum Event {
    Message(Frame),
    Done(Box<Done>),
    /// The editor is gone.
    Gone,
}

/// How far the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Before,
    Running,
    ShutDown,
}

/// A question that is answered once its document is known.
struct Waiting {
    id: Value,
    uri: String,
    position: Position,
    hover: bool,
}

pub(super) struct Server<W> {
    to: W,
    jobs: Sender<Job>,
    args: CheckArgs,
    today: fn() -> Option<Day>,
    stage: Stage,
    encoding: Encoding,
    markdown: bool,
    folders: Vec<PathBuf>,
    documents: BTreeMap<String, Document>,
    /// Whether something is worked on.
    busy: bool,
    waiting: Vec<Waiting>,
    /// Of each folder of rules the files that something is underlined in.
    underlined: BTreeMap<RulesFolder, BTreeSet<String>>,
    /// Whether the editor can still be told anything.
    gone: bool,
}

impl<W: Write> Server<W> {
    pub(super) fn new(to: W, jobs: Sender<Job>, args: CheckArgs, today: fn() -> Option<Day>) -> Self {
        Server {
            to,
            jobs,
            args,
            today,
            stage: Stage::Before,
            encoding: Encoding::Utf16,
            markdown: true,
            folders: Vec::new(),
            documents: BTreeMap::new(),
            busy: false,
            waiting: Vec::new(),
            underlined: BTreeMap::new(),
            gone: false,
        }
    }

    /// Answers until the editor ends it or is gone: 0 if it was told to shut down before.
    pub(super) fn run(mut self, events: &Receiver<Event>) -> u8 {
        loop {
            let event = match self.next_due() {
                Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let ended = match event {
                Ok(Event::Message(Frame::Body(bytes))) => self.message(&bytes),
                Ok(Event::Message(Frame::TooLong(length))) => {
                    self.lost(length);
                    false
                }
                Ok(Event::Done(done)) => {
                    self.done(*done);
                    false
                }
                Err(RecvTimeoutError::Timeout) => false,
                Ok(Event::Gone) | Err(RecvTimeoutError::Disconnected) => true,
            };
            if ended || self.gone {
                return u8::from(self.stage != Stage::ShutDown);
            }
            self.start_work();
        }
    }

    fn next_due(&self) -> Option<Instant> {
        let due = self.documents.values().filter_map(|document| document.due).map(|(at, _)| at).min();
        due.filter(|_| !self.busy)
    }

    fn send(&mut self, message: &Value) {
        self.gone |= wire::write(&mut self.to, message).is_err();
    }

    fn answer(&mut self, id: &Value, result: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
    }

    fn refuse(&mut self, id: &Value, why: Refusal, message: &str) {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "error": { "code": why as i32, "message": message } }));
    }

    fn notify(&mut self, method: &str, params: &Value) {
        if self.stage == Stage::ShutDown {
            return;
        }
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// A message; whether it was the last.
    fn message(&mut self, bytes: &[u8]) -> bool {
        let message: Value = match serde_json::from_slice(bytes) {
            Ok(message) => message,
            Err(_) => {
                self.refuse(&Value::Null, Refusal::Parse, "this is no JSON");
                return false;
            }
        };
        let Some(method) = message["method"].as_str() else {
            // The answer to a question that was never asked needs none.
            if message.get("id").is_none() || !message.is_object() {
                self.refuse(&Value::Null, Refusal::Invalid, "this is neither a request nor a notification");
            }
            return false;
        };
        let params = message.get("params").unwrap_or(&Value::Null);
        match message.get("id") {
            None if method == "exit" => return true,
            None => {
                let kept = catch_unwind(AssertUnwindSafe(|| self.told(method, params)));
                if kept.is_err() {
                    self.forget(params["textDocument"]["uri"].as_str().unwrap_or_default());
                }
            }
            Some(id) if id.is_string() || id.is_number() => {
                if catch_unwind(AssertUnwindSafe(|| self.asked(id, method, params))).is_err() {
                    self.refuse(id, Refusal::Internal, "kloe stopped over this request");
                }
            }
            Some(_) => self.refuse(&Value::Null, Refusal::Invalid, "an id is a number or a text"),
        }
        false
    }

    fn asked(&mut self, id: &Value, method: &str, params: &Value) {
        match (self.stage, method) {
            (Stage::Before, "initialize") => self.initialize(id, params),
            (Stage::Before, _) => self.refuse(id, Refusal::NotInitialized, "initialize comes first"),
            (Stage::ShutDown, _) => self.refuse(id, Refusal::Invalid, "it was shut down; only exit is left"),
            (Stage::Running, "initialize") => self.refuse(id, Refusal::Invalid, "it is initialized already"),
            (Stage::Running, "shutdown") => {
                self.stage = Stage::ShutDown;
                self.answer(id, &Value::Null);
            }
            (Stage::Running, "textDocument/hover" | "textDocument/definition") => match read::<At>(params) {
                Some(at) => self.question(Waiting {
                    id: id.clone(),
                    uri: at.text_document.uri,
                    position: at.position,
                    hover: method == "textDocument/hover",
                }),
                None => self.refuse(id, Refusal::Parameters, "it names no place in a document"),
            },
            (Stage::Running, _) => self.refuse(id, Refusal::UnknownMethod, "kloe does not know this method"),
        }
    }

    fn initialize(&mut self, id: &Value, params: &Value) {
        self.stage = Stage::Running;
        let able = &params["capabilities"];
        let offers = |list: &Value, what: &str| list.as_array().is_some_and(|list| list.iter().any(|one| one == what));
        if offers(&able["general"]["positionEncodings"], "utf-8") {
            self.encoding = Encoding::Utf8;
        }
        let formats = &able["textDocument"]["hover"]["contentFormat"];
        self.markdown = !formats.is_array() || offers(formats, "markdown");
        let folders = params["workspaceFolders"].as_array().into_iter().flatten().map(|folder| &folder["uri"]);
        let folders = folders.chain([&params["rootUri"]]).filter_map(Value::as_str);
        self.folders = folders.filter_map(uri::file_of).collect();
        let encoding = if self.encoding == Encoding::Utf8 { "utf-8" } else { "utf-16" };
        let result = json!({
            "capabilities": {
                "positionEncoding": encoding,
                "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
                "hoverProvider": true,
                "definitionProvider": true,
            },
            "serverInfo": { "name": "kloe", "version": env!("CARGO_PKG_VERSION") },
        });
        self.answer(id, &result);
    }

    fn told(&mut self, method: &str, params: &Value) {
        if method == "$/cancelRequest" {
            self.cancel(&params["id"]);
        }
        if self.stage != Stage::Running {
            return;
        }
        let name = || params["textDocument"]["uri"].as_str().unwrap_or_default();
        match method {
            "textDocument/didOpen" => match read::<Opened>(params) {
                Some(opened) => self.open(opened),
                None => self.forget(name()),
            },
            "textDocument/didChange" => match read::<Changed>(params) {
                Some(changed) => self.change(changed),
                // What is kept is no longer what the editor has.
                None => self.forget(name()),
            },
            "textDocument/didSave" => {
                if let Some(About { text_document }) = read(params) {
                    self.saved(&text_document.uri);
                }
            }
            "textDocument/didClose" => self.forget(name()),
            "workspace/didChangeWatchedFiles" => self.look_at_all(),
            _ => {}
        }
    }

    fn open(&mut self, opened: Opened) {
        let text = opened.text_document;
        let file = uri::file_of(&text.uri);
        let sort = file.as_ref().map_or(Sort::Other, |file| self.sort_of(file, &text.text));
        let revision = self.documents.get(&text.uri).map_or(0, |old| old.revision + 1);
        let now = Instant::now();
        let (version, buffer) = (text.version, Arc::new(Buffer::new(text.text)));
        let document = Document { version, revision, buffer, file, sort, due: Some((now, now)), known: None };
        self.documents.insert(text.uri, document);
    }

    fn sort_of(&self, file: &Path, text: &str) -> Sort {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let is_settings = name == FILE || self.args.running.config.as_deref() == Some(file);
        match Source::of(&name) {
            _ if is_settings => Sort::Settings,
            Some(source) => Sort::Evidence(source),
            None if is_toml(file) => rules_around(file, text, &self.args).map_or(Sort::Other, Sort::Rules),
            None => Sort::Other,
        }
    }

    fn change(&mut self, changed: Changed) {
        let encoding = self.encoding;
        let Some(document) = self.documents.get_mut(&changed.text_document.uri) else { return };
        let buffer = Arc::make_mut(&mut document.buffer);
        for change in changed.content_changes {
            buffer.change(change, encoding);
        }
        let length = buffer.text().len();
        document.version = changed.text_document.version.or(document.version);
        document.revision += 1;
        let now = Instant::now();
        let since = document.due.map_or(now, |(_, since)| since);
        document.due = Some(((now + PAUSE).min(since + LATEST), since));
        if length as u64 > LONGEST {
            self.forget(&changed.text_document.uri);
            self.lost(length as u64);
        }
    }

    fn saved(&mut self, uri: &str) {
        match self.documents.get(uri).map(|document| &document.sort) {
            Some(Sort::Rules(_) | Sort::Settings) => self.look_at_all(),
            Some(_) => self.look_at(uri),
            None => {}
        }
    }

    fn look_at(&mut self, uri: &str) {
        let now = Instant::now();
        if let Some(document) = self.documents.get_mut(uri) {
            document.due = Some((now, now));
        }
    }

    /// Settings or rules changed: what was known of any document may be so no more.
    fn look_at_all(&mut self) {
        let uris: Vec<String> = self.documents.keys().cloned().collect();
        for uri in uris {
            let about = self.documents.get(&uri).and_then(|one| Some((one.file.clone()?, Arc::clone(&one.buffer))));
            let sort = about.map_or(Sort::Other, |(file, buffer)| self.sort_of(&file, buffer.text()));
            if let Some(document) = self.documents.get_mut(&uri) {
                document.sort = sort;
                document.revision += 1;
            }
            self.look_at(&uri);
        }
    }

    /// A document that the editor closed, or that is no longer as it is there.
    fn forget(&mut self, uri: &str) {
        let Some(document) = self.documents.remove(uri) else { return };
        if let Sort::Rules(root) = &document.sort
            && !self.documents.values().any(|other| other.sort == document.sort)
        {
            for other in self.underlined.remove(root).unwrap_or_default() {
                self.underline(&other, &[]);
            }
        }
        self.underline(uri, &[]);
        self.settle(uri);
    }

    /// A message could not be taken: any document may have been in it, so none is as it is in the editor.
    fn lost(&mut self, length: u64) {
        let uris: Vec<String> = self.documents.keys().cloned().collect();
        uris.iter().for_each(|uri| self.forget(uri));
        let (length, most) = (length >> 20, LONGEST >> 20);
        let message =
            format!("kloe: {length} MiB are more than the limit of {most} MiB; close what is open, and open it again");
        self.notify("window/showMessage", &json!({ "type": 2, "message": message }));
    }

    fn cancel(&mut self, id: &Value) {
        if let Some(at) = self.waiting.iter().position(|waiting| waiting.id == *id) {
            let waiting = self.waiting.remove(at);
            self.refuse(&waiting.id, Refusal::Cancelled, "cancelled");
        }
    }

    /// Answers a question, now or when its document is known.
    fn question(&mut self, question: Waiting) {
        if self.documents.get(&question.uri).is_none_or(Document::is_known) {
            self.reply(&question);
            return;
        }
        self.look_at(&question.uri);
        self.waiting.push(question);
        if self.waiting.len() > WAITING {
            let oldest = self.waiting.remove(0);
            self.refuse(&oldest.id, Refusal::Cancelled, "too many questions wait");
        }
    }

    /// Answers the questions about a document that is known now, or closed.
    fn settle(&mut self, uri: &str) {
        let (ready, rest) = std::mem::take(&mut self.waiting).into_iter().partition(|waiting| waiting.uri == uri);
        self.waiting = rest;
        let ready: Vec<Waiting> = ready;
        ready.iter().for_each(|question| self.reply(question));
    }

    fn reply(&mut self, question: &Waiting) {
        let result = match self.documents.get(&question.uri) {
            Some(document) if question.hover => document.hover(question.position, self.encoding, self.markdown),
            Some(document) => document.definition(question.position, self.encoding),
            None => Value::Null,
        };
        self.answer(&question.id, &result);
    }

    /// Gives the document that has waited longest to be worked on, if nothing is.
    fn start_work(&mut self) {
        let now = Instant::now();
        while !self.busy {
            let due = |document: &Document| document.due.filter(|(at, _)| *at <= now);
            let next = self.documents.iter().filter_map(|(uri, document)| Some((due(document)?, uri))).min();
            let Some(uri) = next.map(|(_, uri)| uri.clone()) else { return };
            let Some(job) = self.job(&uri) else { continue };
            self.busy = self.jobs.send(job).is_ok();
            self.gone |= !self.busy;
            if self.gone {
                return;
            }
        }
    }

    fn job(&mut self, uri: &str) -> Option<Job> {
        let document = self.documents.get_mut(uri)?;
        document.due = None;
        let (file, revision, buffer) = (document.file.clone()?, document.revision, Arc::clone(&document.buffer));
        let what = match document.sort.clone() {
            Sort::Evidence(source) => What::Evidence(source),
            Sort::Settings => What::Settings,
            Sort::Rules(of) => What::Rules { open: self.open_rules(&of), of },
            Sort::Other => return None,
        };
        let (encoding, folders, today) = (self.encoding, self.folders.clone(), (self.today)());
        Some(Job { uri: uri.to_string(), revision, file, buffer, what, encoding, folders, today })
    }

    fn open_rules(&self, root: &RulesFolder) -> Vec<(PathBuf, String)> {
        let of = |document: &&Document| matches!(&document.sort, Sort::Rules(other) if other == root);
        let open = self.documents.values().filter(of);
        open.filter_map(|document| Some((document.file.clone()?, document.buffer.text().to_string()))).collect()
    }

    fn done(&mut self, done: Done) {
        self.busy = false;
        let Some(document) = self.documents.get_mut(&done.uri) else { return };
        if document.revision != done.revision {
            return;
        }
        let (known, underlined) = match done.found {
            Found::Evidence(mut looked) => {
                let diagnostics = std::mem::take(&mut looked.diagnostics);
                (Known::Evidence(looked), vec![(done.uri.clone(), diagnostics)])
            }
            Found::Toml(mut read) => {
                let faults = std::mem::take(&mut read.faults);
                (Known::Toml(read), faults.into_iter().map(|(file, all)| (uri::of_file(&file), all)).collect())
            }
            Found::Nothing => (Known::Nothing, vec![(done.uri.clone(), Vec::new())]),
        };
        document.known = Some((done.revision, known));
        match document.sort.clone() {
            Sort::Rules(root) => self.underline_rules(&root, &underlined),
            _ => {
                // Whatever the file is called by others, the editor calls it so.
                let all: Vec<Diagnostic> = underlined.into_iter().flat_map(|(_, all)| all).collect();
                self.underline(&done.uri, &all);
            }
        }
        self.settle(&done.uri);
    }

    /// Underlines what is at fault in the files of a folder, and nothing in the others that are open or were at fault before.
    fn underline_rules(&mut self, root: &RulesFolder, faults: &[(String, Vec<Diagnostic>)]) {
        let mut all: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        let before = self.underlined.remove(root).unwrap_or_default();
        let open = self.documents.iter().filter(|(_, one)| matches!(&one.sort, Sort::Rules(other) if other == root));
        let names: Vec<(String, Option<String>)> =
            open.map(|(uri, one)| (uri.clone(), one.file.as_deref().map(uri::of_file))).collect();
        all.extend(before.into_iter().map(|uri| (uri, Vec::new())));
        all.extend(names.iter().map(|(uri, _)| (uri.clone(), Vec::new())));
        let mut now = BTreeSet::new();
        for (uri, faults) in faults {
            // An editor may write the same file another way.
            let as_opened = names.iter().find(|(_, file)| file.as_ref() == Some(uri)).map_or(uri, |(opened, _)| opened);
            all.insert(as_opened.clone(), faults.clone());
            now.insert(as_opened.clone());
        }
        self.underlined.insert(root.clone(), now);
        all.iter().for_each(|(uri, faults)| self.underline(uri, faults));
    }

    fn underline(&mut self, uri: &str, diagnostics: &[Diagnostic]) {
        let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
        if let Some(version) = self.documents.get(uri).and_then(|document| document.version) {
            params["version"] = version.into();
        }
        self.notify("textDocument/publishDiagnostics", &params);
    }
}

fn read<T: DeserializeOwned>(params: &Value) -> Option<T> {
    T::deserialize(params).ok()
}
