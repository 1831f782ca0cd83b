//! Regular expressions of rules: read when the rules are loaded, compiled when one is first looked for, since compiling all of
//! them would take longer than most runs.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;

/// A regular expression that ignores case and has `^` and `$` at lines.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

/// Longest expression that is taken as it reads; a longer one is compiled at once, to see whether it is not too large.
const PLAIN: usize = 400;

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words for the user.
    pub fn new(source: &str) -> Result<Self, String> {
        let expression = Expression { source: source.to_string(), compiled: OnceLock::new() };
        let parsed = ParserBuilder::new().case_insensitive(true).multi_line(true).build().parse(source);
        parsed.map_err(|error| error.to_string())?;
        // Counted repetitions are what makes an expression grow when it is compiled.
        if source.len() > PLAIN || source.contains("}{") || source.matches('{').count() > 3 {
            expression.build()?;
        }
        Ok(expression)
    }

    fn build(&self) -> Result<Regex, String> {
        let built = RegexBuilder::new(&self.source).case_insensitive(true).multi_line(true).build();
        built.map_err(|error| error.to_string())
    }

    /// Whether it is found in a text.
    pub fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| self.build().ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// Compiles it now.
    ///
    /// # Errors
    ///
    /// When it is too large.
    pub fn check(&self) -> Result<(), String> {
        self.build().map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_read_is_refused_at_once_and_the_rest_found_whatever_the_case() {
        assert!(Expression::new("(open").is_err());
        assert!(Expression::new(r"(\w{500}){500}{5}").is_err());
        let expression = Expression::new(r"^gaps?\s+in").unwrap();
        assert!(expression.is_match("a\nGap in control") && !expression.is_match("a gap in it"));
    }

    #[test]
    fn every_expression_of_the_built_in_rules_compiles() {
        let rules = crate::rules::load(&[crate::rules::built_in()]).unwrap();
        for element in rules.evidence.iter().flat_map(|rule| &rule.elements) {
            for pattern in &element.any {
                if let crate::rules::Pattern::Regex(expression) = pattern {
                    expression.check().unwrap();
                }
            }
        }
    }
}
