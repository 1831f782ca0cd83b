//! The text of one document, as it was read: for people who want to see what kloe saw, and for comparing readers.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::pool::{silence, too_long};
use super::watch::Watched;
use crate::document::personal::mask;
use crate::examine::load_bytes;
use crate::nhs_number::mask_line;
use crate::read::{Limits, Unread, read};

/// A block of text, with what could identify a patient masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Page, slide, cell, paragraph or line.
    pub place: String,
    /// Whether it may be evidence; comments, deleted and hidden text never are.
    pub counts: bool,
    /// The words.
    pub words: String,
}

/// Reads a document that comes in and writes its text; the worker's side. `limits` are [`Limits`] in JSON.
///
/// # Errors
///
/// A pipe that is closed, limits that do not read.
pub fn serve_text(name: &str, limits: &str, mut from: impl Read, to: impl Write + Send) -> std::io::Result<()> {
    let limits: Limits = serde_json::from_str(limits)?;
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let late = Err::<Vec<Line>, _>(Unread::Unreadable(too_long(&limits)));
    Watched::run(to, Duration::from_secs(limits.seconds), &late, |watched| {
        watched.begin();
        watched.answer(&lines(name, &bytes, &limits))
    })
}

fn lines(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Line>, Unread> {
    read(name, bytes, limits).1.map(|mut text| {
        mask(&mut text, name);
        let line = |block: &crate::text::Block| Line {
            place: text.excerpt(block.span).place.to_string(),
            counts: block.role.is_evidence(),
            words: mask_line(text.block_text(block)),
        };
        text.blocks().iter().map(line).collect()
    })
}

/// The text of a document, read in a process of its own.
///
/// # Errors
///
/// Why there is none.
pub fn read_text(program: &Path, file: &Path, limits: &Limits) -> Result<Vec<Line>, Unread> {
    let bytes = load_bytes(file, limits)?;
    let failed = |error: std::io::Error| Unread::Unreadable(format!("the reader does not start ({error})"));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut command = Command::new(program);
    command.arg(super::TEXT_COMMAND).arg(limits.memory_bytes.to_string());
    // The name may begin with a hyphen.
    command.arg("--").arg(&*name).arg(serde_json::to_string(limits).unwrap_or_default());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(failed)?;
    let (to, from) = (child.stdin.take(), child.stdout.take());
    // If the reader dies over the bytes, it gives no text, and that is said below.
    std::thread::spawn(move || to.map(|mut to| to.write_all(&bytes)));
    let (send, answer) = channel();
    std::thread::spawn(move || {
        let mut out = Vec::new();
        if let Some(from) = from {
            // One line; the reader may live on when it was late.
            let _ = BufReader::new(from).read_until(b'\n', &mut out);
        }
        let _ = send.send(out);
    });
    let silence = silence(limits);
    let out = answer.recv_timeout(silence);
    let _ = child.kill();
    let _ = child.wait();
    let late = |_| Unread::Unreadable(format!("there was no answer within {} seconds", silence.as_secs()));
    let died = |_| Unread::Unreadable("it is damaged in a way that stopped the reader".to_string());
    serde_json::from_slice::<Result<Vec<Line>, Unread>>(&out.map_err(late)?).map_err(died)?
}
