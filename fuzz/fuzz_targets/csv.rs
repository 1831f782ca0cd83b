#![no_main]
//! Tables as text.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| kloe_fuzz::read_as(&["a.csv"], bytes));
