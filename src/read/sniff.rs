//! The format of a file.
use super::{Format, Unread};

/// The format by magic bytes, package content and ending.
pub(super) fn format(_name: &str, _bytes: &[u8]) -> Result<Format, Unread> {
    Ok(Format::Unknown)
}
