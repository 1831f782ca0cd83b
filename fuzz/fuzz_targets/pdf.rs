#![no_main]
//! PDF.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| kloe_fuzz::read_as(&["a.pdf"], bytes));
