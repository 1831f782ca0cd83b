#![no_main]
//! What a document says of itself: labels, dates, people, actions, personal data, kind.

use kloe::read::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    kloe_fuzz::describe("Minutes of the Board 3 May 2026.md", Format::Md, bytes);
    kloe_fuzz::describe("a.csv", Format::Csv, bytes)
});
