//! kloe: a governance evidence linter for submissions under CQC's well-led question and the improvement journey.
//!
//! # The straight line
//!
//! ```text
//! folder -> walk -> examine one document: read -> describe -> recognise -> look over  -> Dossier
//!        -> judge the folder: grade lines -> checks -> Findings
//!        -> settle (select, severities) -> report -> render -> text, exit status
//! rules (built in, then --rules DIR), settings and the as-of day come in from the side
//! ```
//!
//! Everything that needs a document's text happens for that document alone ([`examine`]), in parallel, and ends in a small
//! owned [`dossier::Dossier`] that holds no document text and nothing unmasked. All that looks at the folder or the calendar
//! ([`judge`], [`checks`]) is a pure function of dossiers, rules, settings and the as-of day. Results stand in path order, so
//! the same folder, rules and day give the same bytes whatever the number of threads.
//!
//! # The rooms
//!
//! Each room uses only those above it; `tests/layers.rs` reads the `use` lines and holds this.
//!
//! | room | what it owns |
//! | --- | --- |
//! | [`day`], [`text`], [`phrase`], [`nhs_number`], [`fault`] | calendar days; a document's text with its places; wordings and their folding; patients' numbers in a line; reasons for exit status 2 |
//! | [`document`], [`finding`], [`rules`], [`settings`] | what a document says of itself; checks and findings; rule files; `kloe.toml` |
//! | [`read`], [`walk`] | bytes to text, one file a format; a folder to files |
//! | [`recognise`], [`dossier`] | a document against the evidence types; what is kept of it |
//! | [`examine`], [`workers`] | one document from bytes to dossier, in a process of its own; what fails stays on that document |
//! | [`judge`], [`checks`] | dossiers to grades and findings |
//! | [`settle`], [`score`] | findings as the settings want them; answers against labels |
//! | [`report`] | all that a renderer sees: owned, sorted, masked |
//! | [`pack`] | the evidence bundle: what goes into it, its manifest, whether it is still whole |
//! | [`schemas`] | the shape of every file that kloe reads or writes, for editors and programs |
//! | [`render`] | one file a format; escapes, computes nothing |
//! | [`cli`], [`commands`] | arguments; wiring |
//! | [`lsp`] | the same for an editor: one document at a time, as it is written |
//!
//! How to write a rule: `rules/README.md`.

pub mod checks;
pub mod cli;
pub mod commands;
pub mod compare;
pub mod day;
pub mod document;
pub mod dossier;
pub mod examine;
pub mod fault;
pub mod finding;
pub mod judge;
pub mod lsp;
pub mod nhs_number;
pub mod pack;
pub mod phrase;
pub mod read;
pub mod recognise;
pub mod render;
pub mod report;
pub mod rules;
pub mod schemas;
pub mod score;
pub mod settings;
pub mod settle;
pub mod text;
mod toml_tables;
pub mod walk;
pub mod workers;
