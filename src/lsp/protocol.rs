//! The few shapes of the Language Server Protocol that kloe takes and gives; what else an editor sends is left unread, so that
//! nothing new in it can be refused.

use serde::{Deserialize, Serialize};

use super::buffer::{Change, Position, Span};
use crate::finding::Severity;

/// Why a request was not answered, as the protocol numbers it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Refusal {
    Parse = -32700,
    Invalid = -32600,
    UnknownMethod = -32601,
    Parameters = -32602,
    Internal = -32603,
    NotInitialized = -32002,
    Cancelled = -32800,
}

/// `textDocument/didOpen`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opened {
    pub(super) text_document: OpenedText,
}

#[derive(Debug, Deserialize)]
pub(super) struct OpenedText {
    pub(super) uri: String,
    #[serde(default)]
    pub(super) version: Option<i64>,
    pub(super) text: String,
}

/// `textDocument/didChange`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changed {
    pub(super) text_document: Named,
    pub(super) content_changes: Vec<Change>,
}

/// A document by name; of `textDocument/didClose` and `textDocument/didSave` it is all that counts.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct About {
    pub(super) text_document: Named,
}

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) uri: String,
    #[serde(default)]
    pub(super) version: Option<i64>,
}

/// A place in a document: `textDocument/hover`, `textDocument/definition`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct At {
    pub(super) text_document: Named,
    pub(super) position: Position,
}

/// What is underlined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Diagnostic {
    pub(super) range: Span,
    pub(super) severity: u8,
    pub(super) code: &'static str,
    pub(super) source: &'static str,
    pub(super) message: String,
}

impl Diagnostic {
    pub(super) fn new(range: Span, severity: Severity, code: &'static str, message: String) -> Diagnostic {
        let severity = match severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Advice => 3,
        };
        Diagnostic { range, severity, code, source: "kloe", message }
    }
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Location {
    pub(super) uri: String,
    pub(super) range: Span,
}
