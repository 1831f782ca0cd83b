//! `kloe lsp`: a language server. An editor starts it, tells it over standard input what is open and how it changes, and is
//! told over standard output what kloe finds there.
//!
//! | what is open | what is shown |
//! | --- | --- |
//! | Markdown, text, HTML, CSV | the findings of the document alone, as `kloe check FILE` has them, from the unsaved text; on hover what it supports and why, and the page of a check; the tables of rule files that ask |
//! | a file of a rules folder | every fault; on hover what a key or an id means; from an expectation to its evidence type and back |
//! | `kloe.toml` | every fault; on hover what a key or a check means |
//!
//! One thread reads messages, one answers them ([`server`]), one does what takes time ([`work`]) and leaves documents to a worker
//! process. What is shown is always of the state that the editor has now: a document that changed meanwhile is looked at again,
//! a little after the last key was pressed. Settings and rules are those on disk, so they count once they are saved.
//!
//! The protocol is spoken by [`wire`] and [`protocol`], which are small: the crates for it allocate what a header announces, end
//! at the first message that is not understood, or bring types for everything that an editor could ever ask.

mod buffer;
mod document;
mod evidence;
mod locate;
mod project;
mod protocol;
mod say;
mod server;
mod toml_files;
mod uri;
mod wire;
mod work;

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::mpsc::{channel, sync_channel};

use crate::cli::{CheckArgs, Judging, LspArgs, Running};
use crate::day::Day;
use crate::workers::STACK;

use server::{Event, Server};

/// What comes from outside.
pub struct Outside {
    /// Today, by the machine's clock and time zone: an editor stays open over midnight.
    pub today: fn() -> Option<Day>,
    /// The program that workers are started from, kloe itself; without one, documents are examined in this process.
    pub worker: Option<PathBuf>,
}

/// Messages that wait until they are answered; an editor that sends more waits, too.
const WAITING: usize = 64;

/// Serves an editor until it says that it is done or is gone; the exit status is 0 if it was in order.
pub fn serve(args: &LspArgs, outside: Outside, mut from: impl BufRead + Send + 'static, to: impl Write) -> u8 {
    let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let args = CheckArgs {
        judging: Judging { rules: args.judging.rules.as_ref().map(absolute), ..args.judging.clone() },
        running: Running { config: args.config.as_ref().map(absolute), jobs: None },
        ..CheckArgs::default()
    };
    let (send, events) = sync_channel(WAITING);
    let (give, jobs) = channel();
    let (found, worked, worker) = (send.clone(), args.clone(), outside.worker);
    let reads = move || {
        while let Ok(Some(frame)) = wire::next(&mut from) {
            if send.send(Event::Message(frame)).is_err() {
                return;
            }
        }
        let _ = send.send(Event::Gone);
    };
    let works = move || {
        let done = |done| found.send(Event::Done(Box::new(done))).is_ok();
        work::work(&jobs, &worked, worker.as_deref(), done);
    };
    // Neither is waited for in the end: one may wait for an editor, the other for a document.
    let started = std::thread::Builder::new()
        .spawn(reads)
        .and_then(|_| std::thread::Builder::new().stack_size(STACK).spawn(works));
    if started.is_err() {
        return 1;
    }
    Server::new(to, give, args, outside.today).run(&events)
}
