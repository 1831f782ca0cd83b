//! What travels between a run and its workers: lines of JSON, and the bytes of documents.

use std::borrow::Cow;
use std::io::{BufRead, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::dossier::Dossier;
use crate::fault::SourceFile;
use crate::read::Limits;
use crate::rules::Layer;

/// Longest line that either side takes. A dossier holds excerpts, not text, so this is ample.
const LINE: u64 = 64 << 20;

/// What a worker is told once.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Start {
    /// The rule files: of each layer path, name and text.
    layers: Vec<Vec<(String, String, String)>>,
    /// How much of a document is read.
    pub(super) limits: Limits,
}

impl Start {
    pub(super) fn new(layers: &[Layer], limits: Limits) -> Self {
        let file =
            |(path, file): &(String, SourceFile)| (path.clone(), file.name().to_string(), file.text().to_string());
        Start { layers: layers.iter().map(|layer| layer.iter().map(file).collect()).collect(), limits }
    }

    pub(super) fn layers(self) -> Vec<Layer> {
        let file = |(path, name, text): (String, String, String)| (path, SourceFile::new(name, text));
        self.layers.into_iter().map(|layer| layer.into_iter().map(file).collect()).collect()
    }
}

/// Announces a document; so many bytes follow.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sent<'a> {
    /// Path as it is reported.
    pub(super) path: Cow<'a, str>,
    /// How many bytes follow.
    pub(super) bytes: u64,
}

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// It has read the rules.
    Ready,
    /// What became of the document, and of those within it.
    Examined(Vec<Dossier>),
    /// The document takes more of the processor's time than the limit.
    Late,
}

pub(super) fn write_line(out: &mut impl Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// The next line, or nothing at the end.
pub(super) fn read_line<T: DeserializeOwned>(from: &mut impl BufRead) -> std::io::Result<Option<T>> {
    let mut line = Vec::new();
    from.by_ref().take(LINE).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&line)?))
}
