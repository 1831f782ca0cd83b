//! kloe: a governance evidence linter.
pub mod day;
pub mod document;
pub mod finding;
pub mod phrase;
pub mod read;
pub mod text;
