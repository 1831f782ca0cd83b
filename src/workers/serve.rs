//! The worker's side.

use std::io::{BufRead, Read, Write};
use std::time::Duration;

use super::watch::Watched;
use super::wire::{Answer, Sent, Start, read_line};
use crate::document::Words;
use crate::examine::Examiner;
use crate::recognise::Recogniser;

/// Examines the documents that come in until there are no more.
///
/// # Errors
///
/// A pipe that is closed or garbled; whoever sends the documents is gone or wrong, so the worker ends.
pub fn serve(mut from: impl BufRead, to: impl Write + Send) -> std::io::Result<()> {
    let Some(start) = read_line::<Start>(&mut from)? else { return Ok(()) };
    let limits = start.limits;
    let wrong = |what: String| std::io::Error::new(std::io::ErrorKind::InvalidData, what);
    let rules = crate::rules::load(&start.layers()).map_err(|faults| wrong(format!("{:?}", faults.0)))?;
    let words = Words::embedded().map_err(wrong)?;
    let recogniser = Recogniser::new(&rules).map_err(wrong)?;
    let examiner = Examiner { recogniser: &recogniser, words: &words, limits: &limits };
    Watched::run(to, Duration::from_secs(limits.seconds), &Answer::Late, |watched| {
        // What comes before this is no document's fault, and is not counted against its time.
        watched.answer(&Answer::Ready)?;
        while let Some(sent) = read_line::<Sent<'_>>(&mut from)? {
            let mut bytes = Vec::new(); // grows with what comes, whatever was announced
            from.by_ref().take(sent.bytes).read_to_end(&mut bytes)?;
            watched.begin();
            watched.answer(&Answer::Examined(examiner.file(&sent.path, &bytes)))?;
        }
        Ok(())
    })
}
