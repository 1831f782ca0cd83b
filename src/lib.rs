//! kloe: a governance evidence linter.
pub mod checks;
pub mod cli;
pub mod commands;

pub mod day;
pub mod document;
pub mod dossier;
pub mod examine;
pub mod fault;
pub mod finding;
pub mod judge;
pub mod phrase;
pub mod read;
pub mod recognise;
pub mod render;

pub mod report;
pub mod rules;
pub mod text;
pub mod walk;
