#![no_main]
//! kloe.toml: read, or refused with faults in place.

use kloe::{fault::SourceFile, settings::Settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: &str| {
    if let Err(faults) = Settings::parse(&SourceFile::new("kloe.toml", words)) {
        assert!(!faults.0.is_empty())
    }
});
