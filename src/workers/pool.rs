//! The side of the run: a few workers kept busy, watched and replaced.

use std::borrow::Cow;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::wire::{Sent, Start, read_line, write_line};
use crate::dossier::Dossier;
use crate::examine::{load_bytes, unread_dossier};
use crate::read::{Format, Limits, Unread, raised_by};
use crate::rules::Layer;
use crate::walk::Found;

/// What of a worker's last words is kept.
const LAST_WORDS: u64 = 4096;

/// How long a worker may take to read the rules: long, since a machine may be busy with others.
const READY: Duration = Duration::from_secs(120);

/// Workers for one run.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    start: Start,
    jobs: usize,
}

impl Pool {
    /// A pool of at most `jobs` workers of a program, which is kloe itself.
    pub fn new(program: PathBuf, layers: &[Layer], limits: Limits, jobs: usize) -> Self {
        Pool { program, start: Start::new(layers, limits), jobs: jobs.max(1) }
    }

    /// Examines documents; the dossiers stand in the order of the documents, whatever the number of workers. `done` is
    /// told of each that is finished.
    ///
    /// # Errors
    ///
    /// When no worker can be started at all.
    pub fn examine(&self, found: &[Found], done: &(dyn Fn() + Sync)) -> std::io::Result<Vec<Dossier>> {
        let next = AtomicUsize::new(0);
        let dossiers: Mutex<Vec<(usize, Vec<Dossier>)>> = Mutex::new(Vec::with_capacity(found.len()));
        let failed: Mutex<Option<std::io::Error>> = Mutex::new(None);
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.min(found.len()) {
                scope.spawn(|| {
                    let mut worker = None;
                    while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < found.len()) {
                        match self.one(&found[at], &mut worker) {
                            Ok(examined) => lock(&dossiers).push((at, examined)),
                            Err(error) => {
                                lock(&failed).get_or_insert(error);
                                return;
                            }
                        }
                        done();
                    }
                });
            }
        });
        if let Some(error) = failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
            return Err(error);
        }
        let mut dossiers = dossiers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        dossiers.sort_by_key(|(at, _)| *at);
        Ok(dossiers.into_iter().flat_map(|(_, dossiers)| dossiers).collect())
    }

    /// One document: a file that cannot be opened needs no worker.
    fn one(&self, found: &Found, worker: &mut Option<Worker>) -> std::io::Result<Vec<Dossier>> {
        let unread = |unread: Unread| vec![unread_dossier(&found.path, Format::Unknown, unread)];
        let bytes = match load_bytes(&found.file, &self.start.limits) {
            Ok(bytes) => bytes,
            Err(reason) => return Ok(unread(reason)),
        };
        let mut taken = match worker.take() {
            Some(worker) => worker,
            None => Worker::start(&self.program, &self.start)?,
        };
        match taken.examine(&found.path, &bytes, Duration::from_secs(self.start.limits.seconds)) {
            Ok(dossiers) => {
                *worker = Some(taken);
                Ok(dossiers)
            }
            Err(end) => Ok(unread(Unread::Unreadable(end.reason(&taken.end(), &self.start.limits)))),
        }
    }
}

/// A lock, whoever held it before: what it guards is only added to.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Why a worker gave no dossier.
#[derive(Debug, Clone, Copy)]
enum End {
    Late,
    Died,
}

impl End {
    /// The reason in words for the user; `last_words` is what the worker wrote before it died.
    fn reason(self, last_words: &str, limits: &Limits) -> String {
        match self {
            End::Late => {
                format!("it took longer than the limit of {} seconds{}", limits.seconds, raised_by("seconds"))
            }
            End::Died if last_words.contains("memory allocation") => {
                let most = limits.memory_bytes >> 20;
                format!("it needs more memory than the limit of {most} MiB{}", raised_by("memory-bytes"))
            }
            End::Died if last_words.contains("overflow") => "it is nested too deeply".to_string(),
            End::Died => "it is damaged in a way that stopped the reader".to_string(),
        }
    }
}

struct Worker {
    child: Child,
    to: Option<BufWriter<ChildStdin>>,
    from: Receiver<Vec<Dossier>>,
    last_words: Receiver<String>,
    /// Whether it has said that it has read the rules.
    ready: bool,
}

impl Worker {
    fn start(program: &PathBuf, start: &Start) -> std::io::Result<Worker> {
        let mut command = Command::new(program);
        command.arg(super::COMMAND).arg(start.limits.memory_bytes.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let closed = || std::io::Error::other("a worker has no pipes");
        let (Some(to), Some(out), Some(err)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(closed());
        };
        let (send, from) = channel();
        std::thread::spawn(move || {
            let mut out = BufReader::new(out);
            while let Ok(Some(dossiers)) = read_line::<Vec<Dossier>>(&mut out) {
                if send.send(dossiers).is_err() {
                    return;
                }
            }
        });
        let (say, last_words) = channel();
        std::thread::spawn(move || {
            let mut err = BufReader::new(err);
            let mut words = Vec::new();
            let _ = err.by_ref().take(LAST_WORDS).read_to_end(&mut words);
            let _ = say.send(String::from_utf8_lossy(&words).into_owned());
            // A worker that goes on writing must not wait for a reader.
            let _ = std::io::copy(&mut err, &mut std::io::sink());
        });
        let mut to = BufWriter::new(to);
        // If this fails the worker is dead, and the first document finds out.
        let _ = write_line(&mut to, start).and_then(|()| to.flush());
        Ok(Worker { child, to: Some(to), from, last_words, ready: false })
    }

    fn examine(&mut self, path: &str, bytes: &[u8], limit: Duration) -> Result<Vec<Dossier>, End> {
        if !self.ready {
            self.wait(READY)?;
            self.ready = true;
        }
        let sent = Sent { path: Cow::Borrowed(path), bytes: bytes.len() as u64 };
        let to = self.to.as_mut().ok_or(End::Died)?;
        let written = write_line(to, &sent).and_then(|()| to.write_all(bytes)).and_then(|()| to.flush());
        written.map_err(|_| End::Died)?;
        self.wait(limit)
    }

    /// What the worker answers next.
    fn wait(&self, limit: Duration) -> Result<Vec<Dossier>, End> {
        self.from.recv_timeout(limit).map_err(|error| match error {
            RecvTimeoutError::Timeout => End::Late,
            RecvTimeoutError::Disconnected => End::Died,
        })
    }

    /// Ends the worker and gives back what it wrote last.
    fn end(mut self) -> String {
        self.to = None;
        // It may have ended by itself already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.last_words.recv_timeout(Duration::from_secs(1)).unwrap_or_default()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Without a sender of documents the worker ends by itself.
        self.to = None;
        let _ = self.child.wait();
    }
}
