//! Reader of html.
use super::{Limits, Unread};
use crate::text::Text;

pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Text, Unread> {
    Err(Unread::Unsupported("html".to_string()))
}
