#![no_main]
//! Days and periods in text and in names.

use kloe::day;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: &str| {
    for found in day::find_days(words, Some(2026)) {
        assert!(words.get(found.start..found.end).is_some(), "on borders of characters");
    }
    let _ = (day::find_periods(words), day::period_end(words), day::day_in_name(words, None), words.parse::<day::Day>());
});
