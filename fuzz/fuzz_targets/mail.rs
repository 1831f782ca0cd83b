#![no_main]
//! Mail and its attachments.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| kloe_fuzz::read_as(&["a.eml"], bytes));
