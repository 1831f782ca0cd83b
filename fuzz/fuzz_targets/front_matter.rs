#![no_main]
//! Front matter in YAML and TOML.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: &str| {
    kloe_fuzz::read_as(&["a.md"], format!("---\n{words}\n---\n# Title\n").as_bytes());
    kloe_fuzz::read_as(&["a.md"], format!("+++\n{words}\n+++\n# Title\n").as_bytes())
});
