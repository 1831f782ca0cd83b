//! The report as the JSON of the contract.

use crate::report::Report;
use crate::text::acts;

/// The JSON of the contract, with a line break at its end.
///
/// # Errors
///
/// When a value does not serialise, which the types rule out.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| unacting(&text) + "\n")
}

/// Marks that could act on a terminal or turn the direction of writing, escaped; JSON lets them stand as they are, and outside
/// of strings there are none.
fn unacting(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && acts(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_could_act_is_escaped_and_still_reads() {
        let words = "a\u{7f}b\u{9b}31mc\u{202e}d\u{2066}é";
        let json = serde_json::to_string_pretty(&[words]).unwrap();
        let escaped = super::unacting(&json);
        assert_eq!(escaped, "[\n  \"a\\u007fb\\u009b31mc\\u202ed\\u2066é\"\n]");
        assert_eq!(serde_json::from_str::<[String; 1]>(&escaped).unwrap(), [words]);
    }
}
