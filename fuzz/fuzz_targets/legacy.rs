#![no_main]
//! Office 97-2003, rich text and Outlook: whatever the first bytes say.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| kloe_fuzz::read_as(&["a.xls", "a.doc", "a.rtf", "a.msg"], bytes));
