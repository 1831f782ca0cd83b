//! Documents are examined in processes of their own, so that a file made to hurt cannot take the run down.
//!
//! A worker is this same program with a hidden command. It is told the rules and limits once, then gets documents over its
//! standard input, one after the other, and answers each with a dossier. Its memory is capped by a counting allocator, its
//! stack is large, and it counts the time that the processor works on a document, whatever else the machine does; when that
//! is too long it says so, and who keeps it ([`Pool`]) stops it. A worker that dies is one document that could not be read;
//! the next document gets a new worker. A worker that says nothing for long is stopped, too, and its document tried once
//! more when nothing else runs.
//!
//! The document's bytes travel over the pipe, so a worker opens no file and needs no name.

mod pool;
mod serve;
mod text;
mod watch;
mod wire;

pub use pool::{Keeper, Pool};
pub use serve::serve;
pub use text::{Line, read_text, serve_text};

/// Name of the hidden command that turns this program into a worker.
pub const COMMAND: &str = "examine-worker";

/// Name of the hidden command that reads the text of one document and ends.
pub const TEXT_COMMAND: &str = "read-worker";

/// Stack of a thread that reads documents: Windows gives 1 MiB otherwise.
pub const STACK: usize = 32 << 20;
