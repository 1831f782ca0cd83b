#![no_main]
//! Rule files: read, refused with faults in place, or loaded.

use kloe::fault::SourceFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: &str| {
    for path in ["evidence/a.toml", "mine/framework.toml", "mine/W1.toml"] {
        if let Err(faults) = kloe::rules::load(&[vec![(path.to_string(), SourceFile::new(path, words))]]) {
            assert!(!faults.0.is_empty())
        }
    }
});
