//! The time of a document, counted by the worker itself: processor time, so that a busy machine makes no document late.

use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use serde::Serialize;

use super::wire::write_line;

/// How often the watch looks at the clock.
const LOOKS: Duration = Duration::from_millis(50);

/// A pipe to the run that two may write to: who works, and who watches how long that takes.
pub(super) struct Watched<W> {
    state: Mutex<State<W>>,
    over: Condvar,
}

struct State<W> {
    to: W,
    /// When the document that is worked on began; none between documents.
    began: Option<Clock>,
    over: bool,
}

impl<W: Write + Send> Watched<W> {
    /// Works while another thread watches the time. When a document took longer than `limit`, `late` is written in the
    /// place of its answer, and nothing after it: the run then ends this process.
    pub(super) fn run(
        to: W,
        limit: Duration,
        late: &(impl Serialize + Sync),
        work: impl FnOnce(&Watched<W>) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let watched = Watched { state: Mutex::new(State { to, began: None, over: false }), over: Condvar::new() };
        std::thread::scope(|scope| {
            std::thread::Builder::new().spawn_scoped(scope, || watched.watch(limit, late))?;
            let _ends = Ends(&watched);
            work(&watched)
        })
    }

    /// The time of a document begins.
    pub(super) fn begin(&self) {
        self.lock().began = Some(Clock::now());
    }

    /// What was worked out, and the end of the document's time.
    pub(super) fn answer(&self, answer: &impl Serialize) -> std::io::Result<()> {
        let mut state = self.lock();
        if state.over {
            return Err(std::io::Error::from(std::io::ErrorKind::TimedOut));
        }
        state.began = None;
        write_line(&mut state.to, answer)?;
        state.to.flush()
    }

    fn watch(&self, limit: Duration, late: &impl Serialize) {
        let mut state = self.lock();
        while !state.over {
            if state.began.as_ref().is_some_and(|began| began.taken() > limit) {
                state.over = true;
                // If nobody reads this, nobody waits for the document either.
                let _ = write_line(&mut state.to, late).and_then(|()| state.to.flush());
                return;
            }
            state = self.over.wait_timeout(state, LOOKS).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the watch however the work ends.
struct Ends<'a, W: Write + Send>(&'a Watched<W>);

impl<W: Write + Send> Drop for Ends<'_, W> {
    fn drop(&mut self) {
        self.0.lock().over = true;
        self.0.over.notify_all();
    }
}

/// A moment in the time of this process.
enum Clock {
    Processor(ProcessTime),
    /// Where the system does not tell the time of the processor.
    Wall(Instant),
}

impl Clock {
    fn now() -> Clock {
        ProcessTime::try_now().map_or_else(|_| Clock::Wall(Instant::now()), Clock::Processor)
    }

    fn taken(&self) -> Duration {
        match self {
            Clock::Processor(began) => ProcessTime::try_now().map_or(Duration::ZERO, |now| now.duration_since(*began)),
            Clock::Wall(began) => began.elapsed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(work: impl FnOnce(&Watched<&mut Vec<u8>>) -> std::io::Result<()>) -> String {
        let mut out = Vec::new();
        let _ = Watched::run(&mut out, Duration::from_millis(200), &"late", work);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn waiting_takes_no_time_and_working_does() {
        let waited = written(|watched| {
            watched.begin();
            std::thread::sleep(Duration::from_millis(100));
            watched.answer(&"done")
        });
        assert_eq!(waited, "\"done\"\n");
        let worked = written(|watched| {
            watched.begin();
            let began = Clock::now();
            while began.taken() < Duration::from_secs(2) && !watched.lock().over {
                std::hint::spin_loop();
            }
            watched.answer(&"done")
        });
        assert_eq!(worked, "\"late\"\n");
    }
}
