#![no_main]
//! Office and OpenDocument files and archives.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    kloe_fuzz::read_as(&["a.docx", "a.zip"], bytes)
});
