//! The side of the run: a few workers kept busy, watched and replaced.

use std::borrow::Cow;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::wire::{Answer, Sent, Start, read_line, write_line};
use crate::dossier::Dossier;
use crate::examine::{load_bytes, unread_dossier};
use crate::read::{Format, Limits, Unread, raised_by};
use crate::rules::Layer;
use crate::walk::Found;

/// What of a worker's last words is kept.
const LAST_WORDS: u64 = 4096;

/// How long a worker may say nothing, at the least and as a multiple of the limit for a document: by the clock on the wall,
/// since a worker that waits for ever uses no processor time. Long, since a machine may be busy with others.
const SILENCE: (Duration, u32) = (Duration::from_secs(120), 10);

/// How long a worker may say nothing with such limits.
pub(super) fn silence(limits: &Limits) -> Duration {
    SILENCE.0.max(Duration::from_secs(limits.seconds).saturating_mul(SILENCE.1))
}

/// How often, and how many times, a worker that said its last is looked at before it is ended.
const ENDING: (Duration, usize) = (Duration::from_millis(10), 500);

/// Workers for one run.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    start: Start,
    jobs: usize,
    /// How long a worker may say nothing.
    silence: Duration,
}

impl Pool {
    /// A pool of at most `jobs` workers of a program, which is kloe itself.
    pub fn new(program: PathBuf, layers: &[Layer], limits: Limits, jobs: usize) -> Self {
        let silence = silence(&limits);
        Pool { program, start: Start::new(layers, limits), jobs: jobs.max(1), silence }
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
        let again: Mutex<Vec<usize>> = Mutex::new(Vec::new());
        let failed: Mutex<Option<std::io::Error>> = Mutex::new(None);
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.min(found.len()) {
                scope.spawn(|| {
                    let mut worker = None;
                    while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < found.len()) {
                        match self.one(&found[at], &mut worker) {
                            Ok(Ok(examined)) => lock(&dossiers).push((at, examined)),
                            Ok(Err(end)) if end.may_be_the_machine() => {
                                lock(&again).push(at);
                                continue;
                            }
                            Ok(Err(end)) => lock(&dossiers).push((at, vec![self.unread(&found[at].path, &end)])),
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
        // Once more, one by one, each with the machine to itself as far as that is ours to give.
        for at in again.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
            let examined = self.one(&found[at], &mut None)?;
            dossiers.push((at, examined.unwrap_or_else(|end| vec![self.unread(&found[at].path, &end)])));
            done();
        }
        dossiers.sort_by_key(|(at, _)| *at);
        Ok(dossiers.into_iter().flat_map(|(_, dossiers)| dossiers).collect())
    }

    /// One document: a file that cannot be opened needs no worker.
    fn one(&self, found: &Found, worker: &mut Option<Worker>) -> std::io::Result<Result<Vec<Dossier>, End>> {
        match load_bytes(&found.file, &self.start.limits) {
            Ok(bytes) => self.bytes(&found.path, &bytes, worker),
            Err(reason) => Ok(Ok(vec![unread_dossier(&found.path, Format::Unknown, reason)])),
        }
    }

    /// One document by its bytes.
    fn bytes(
        &self,
        path: &str,
        bytes: &[u8],
        worker: &mut Option<Worker>,
    ) -> std::io::Result<Result<Vec<Dossier>, End>> {
        let mut taken = match worker.take() {
            Some(worker) => worker,
            None => Worker::start(&self.program, &self.start)?,
        };
        Ok(match taken.examine(path, bytes, self.silence) {
            Ok(dossiers) => {
                *worker = Some(taken);
                Ok(dossiers)
            }
            Err(silent) => Err(taken.end(silent)),
        })
    }

    /// The dossier of a document that a worker gave none of.
    fn unread(&self, path: &str, end: &End) -> Dossier {
        let reason = end.reason(&self.start.limits, self.silence);
        unread_dossier(path, Format::Unknown, Unread::Unreadable(reason))
    }
}

/// One worker that is kept for documents which come one by one and are in no file yet, such as the buffers of an editor.
pub struct Keeper {
    pool: Pool,
    worker: Option<Worker>,
}

impl Keeper {
    /// A worker of a program, which is kloe itself; it is started with the first document.
    pub fn new(program: PathBuf, layers: &[Layer], limits: Limits) -> Self {
        Keeper { pool: Pool::new(program, layers, limits, 1), worker: None }
    }

    /// Examines the bytes of a document, and what is within it.
    ///
    /// # Errors
    ///
    /// When no worker can be started.
    pub fn examine(&mut self, path: &str, bytes: &[u8]) -> std::io::Result<Vec<Dossier>> {
        let mut examined = self.pool.bytes(path, bytes, &mut self.worker)?;
        if examined.as_ref().is_err_and(End::may_be_the_machine) {
            examined = self.pool.bytes(path, bytes, &mut None)?;
        }
        Ok(examined.unwrap_or_else(|end| vec![self.pool.unread(path, &end)]))
    }
}

/// A lock, whoever held it before: what it guards is only added to.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Why no answer came from a worker.
#[derive(Debug, Clone, Copy)]
enum Silent {
    /// It said that the document takes too long.
    Late,
    /// It said nothing for too long.
    Stuck,
    /// It is gone.
    Gone,
}

/// Why a worker gave no dossier.
#[derive(Debug)]
enum End {
    Late,
    Stuck,
    /// Ended by somebody else, such as a system that runs out of memory.
    Killed,
    /// Ended by itself, with what it wrote last.
    Died(String),
}

impl End {
    /// Whether this may come of what else the machine does, and not of the document.
    fn may_be_the_machine(&self) -> bool {
        matches!(self, End::Stuck | End::Killed)
    }

    /// The reason in words for the user.
    fn reason(&self, limits: &Limits, silence: Duration) -> String {
        match self {
            End::Late => too_long(limits),
            End::Stuck => format!("twice there was no answer within {} seconds", silence.as_secs()),
            End::Killed => "twice something outside of kloe stopped the reader, such as a lack of memory".to_string(),
            End::Died(last_words) if last_words.contains("memory allocation") => {
                let most = limits.memory_bytes >> 20;
                format!("it needs more memory than the limit of {most} MiB{}", raised_by("memory-bytes"))
            }
            End::Died(last_words) if last_words.contains("overflow") => "it is nested too deeply".to_string(),
            End::Died(_) => "it is damaged in a way that stopped the reader".to_string(),
        }
    }
}

/// What is said of a document that takes too long.
pub(super) fn too_long(limits: &Limits) -> String {
    format!("it took longer than the limit of {} seconds{}", limits.seconds, raised_by("seconds"))
}

/// Whether a process was ended from outside.
#[cfg(unix)]
fn killed(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    // SIGKILL and SIGTERM; what a process does to itself ends in other signals.
    matches!(status.signal(), Some(9 | 15))
}

/// Whether a process was ended from outside; no sign of that is known here.
#[cfg(not(unix))]
fn killed(_: std::process::ExitStatus) -> bool {
    false
}

struct Worker {
    child: Child,
    to: Option<BufWriter<ChildStdin>>,
    from: Receiver<Answer>,
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
            while let Ok(Some(answer)) = read_line::<Answer>(&mut out) {
                if send.send(answer).is_err() {
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

    fn examine(&mut self, path: &str, bytes: &[u8], silence: Duration) -> Result<Vec<Dossier>, Silent> {
        if !self.ready {
            self.wait(silence)?;
            self.ready = true;
        }
        let sent = Sent { path: Cow::Borrowed(path), bytes: bytes.len() as u64 };
        let to = self.to.as_mut().ok_or(Silent::Gone)?;
        let written = write_line(to, &sent).and_then(|()| to.write_all(bytes)).and_then(|()| to.flush());
        written.map_err(|_| Silent::Gone)?;
        match self.wait(silence)? {
            Answer::Examined(dossiers) => Ok(dossiers),
            Answer::Late => Err(Silent::Late),
            Answer::Ready => Err(Silent::Gone),
        }
    }

    /// What the worker answers next.
    fn wait(&self, silence: Duration) -> Result<Answer, Silent> {
        self.from.recv_timeout(silence).map_err(|error| match error {
            RecvTimeoutError::Timeout => Silent::Stuck,
            RecvTimeoutError::Disconnected => Silent::Gone,
        })
    }

    /// How a worker ended that is about to end by itself.
    fn ended(&mut self) -> Option<std::process::ExitStatus> {
        for _ in 0..ENDING.1 {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            std::thread::sleep(ENDING.0);
        }
        None
    }

    /// Ends the worker and gives back what became of it.
    fn end(mut self, silent: Silent) -> End {
        self.to = None;
        let status = if let Silent::Gone = silent { self.ended() } else { None };
        // It may have ended by itself already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let last_words = || self.last_words.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
        match silent {
            Silent::Late => End::Late,
            Silent::Stuck => End::Stuck,
            Silent::Gone if status.is_some_and(killed) => End::Killed,
            Silent::Gone => End::Died(last_words()),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Without a sender of documents the worker ends by itself.
        self.to = None;
        let _ = self.child.wait();
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    /// A program of a few lines. Another process writes it: while this one forks, a file open here could not be run.
    fn program(folder: &std::path::Path, lines: &str) -> PathBuf {
        let file = folder.join("worker");
        let mut install = Command::new("sh");
        install.arg("-c").arg("cat > \"$0\" && chmod 755 \"$0\"").arg(&file).stdin(Stdio::piped());
        let mut install = install.spawn().unwrap();
        install.stdin.take().unwrap().write_all(format!("#!/bin/sh\n{lines}\n").as_bytes()).unwrap();
        assert!(install.wait().unwrap().success());
        file
    }

    /// What becomes of a document with a worker that does this at first, and answers when it is started again.
    fn examined(first: &str, then: &str) -> Dossier {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("a.md");
        std::fs::write(&document, "# Minutes\n").unwrap();
        let answer = Answer::Examined(vec![unread_dossier("a.md", Format::Md, Unread::Encrypted)]);
        let (ready, answer) = (serde_json::to_string(&Answer::Ready).unwrap(), serde_json::to_string(&answer).unwrap());
        let mark = folder.path().join("mark");
        let lines = format!(
            "read start; echo '{ready}'; read sent\nif mkdir '{}' 2>/dev/null; then {first}; else {then}; fi\n\
             echo '{answer}'; cat > /dev/null",
            mark.display()
        );
        let mut pool = Pool::new(program(folder.path(), &lines), &[], Limits::default(), 1);
        pool.silence = Duration::from_secs(3);
        let found = [Found { path: "a.md".to_string(), file: document }];
        pool.examine(&found, &|| ()).unwrap().remove(0)
    }

    #[test]
    fn a_worker_that_is_stuck_or_killed_is_tried_once_more() {
        assert_eq!(examined("exec sleep 60", ":").unread, Some(Unread::Encrypted));
        assert_eq!(examined("kill -9 $$", ":").unread, Some(Unread::Encrypted));
        let twice = examined("kill -9 $$", "kill -9 $$").unread.unwrap().to_string();
        assert!(twice.contains("twice"), "{twice}");
        let died = examined("exit 3", ":").unread.unwrap().to_string();
        assert!(died.contains("damaged"), "{died}");
    }
}
