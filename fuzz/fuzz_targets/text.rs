#![no_main]
//! Plain text and Markdown.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| kloe_fuzz::read_as(&["a.txt", "a.md"], bytes));
