//! What the readers of TOML say, in words for people who write settings and rules and no programs.

/// What is wrong, and what would put it right where that is known. What is not known here stays as it was said.
pub(super) fn plain(said: &str) -> (String, Option<String>) {
    let said = said.trim().replace('\n', ", ");
    let known = type_of(&said).or_else(|| value_of(&said)).or_else(|| key_of(&said)).or_else(|| syntax(&said));
    known.unwrap_or((said, None))
}

type Words = (String, Option<String>);

/// `invalid type: string "yes", expected a boolean`.
fn type_of(said: &str) -> Option<Words> {
    let (found, expected) = said.strip_prefix("invalid type: ")?.rsplit_once(", expected ")?;
    let (sort, value) = found.split_once([' ', '`']).map_or((found, ""), |(sort, rest)| (sort, rest.trim()));
    let value = value.trim_start_matches("point ").trim_matches('`');
    let found = match sort {
        "string" => format!("the text {value}"),
        "integer" | "floating" => format!("the number {value}"),
        "boolean" => value.to_string(),
        "sequence" => "a list".to_string(),
        "map" => "a table".to_string(),
        _ => "something else".to_string(),
    };
    let (wanted, example) = wanted(expected);
    Some((format!("{found} stands where {wanted} belongs"), Some(example.to_string())))
}

/// `invalid value: integer `-1`, expected usize`.
fn value_of(said: &str) -> Option<Words> {
    let (found, expected) = said.strip_prefix("invalid value: ")?.rsplit_once(", expected ")?;
    let (_, value) = found.split_once(' ')?;
    let (wanted, example) = wanted(expected);
    Some((format!("{} stands where {wanted} belongs", value.trim_matches('`')), Some(example.to_string())))
}

/// What belongs somewhere, and how it is written.
fn wanted(expected: &str) -> (&'static str, &'static str) {
    match expected {
        "a boolean" => ("true or false", "write true or false, without quotes"),
        "a string" => ("a text", "put it in quotes"),
        "a sequence" => ("a list", "put it in square brackets, with commas between: [\"one\", \"another\"]"),
        "usize" | "u64" | "u32" | "u16" | "u8" => ("a whole number from 0 on", "write it in digits, without quotes"),
        "f64" | "f32" => ("a number", "write it in digits, without quotes"),
        _ => ("a table", "give its name in square brackets on a line of its own, and its keys below"),
    }
}

/// `unknown field `x`, expected one of ...`, `missing field `x``.
fn key_of(said: &str) -> Option<Words> {
    if let Some(rest) = said.strip_prefix("missing field `") {
        let key = rest.split('`').next().unwrap_or(rest);
        return Some((format!("the key `{key}` is missing"), Some(format!("add a line such as {key} = \"...\""))));
    }
    let (wrong, known) = said.strip_prefix("unknown field `")?.split_once("`, expected")?;
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let help = match crate::fault::closest(wrong, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("take the key out; the keys known here are {}", known.join(", ")),
    };
    Some((format!("unknown key `{wrong}`"), Some(help)))
}

/// What is no TOML at all: how the message of the reader begins or what it holds, what is wrong, and the remedy.
const SYNTAX: &[(&str, &str, &str)] = &[
    (
        "string values must be quoted",
        "this is no value",
        "put texts in quotes; true, false, numbers and days stand without",
    ),
    ("key with no value", "a key without a value", "write the key, = and its value, such as fail-on = \"error\""),
    ("invalid unquoted key", "this is no key", "keys are letters, digits and hyphens, such as fail-on"),
    ("duplicate key", "this key is there twice", "keep one of them"),
    ("unclosed array", "a list is not closed", "end it with ]"),
    ("unclosed table", "the name of a table is not closed", "end it with ]"),
    ("invalid literal string", "a text is not closed", "end it with the quote that it begins with, on the same line"),
    ("invalid basic string", "a text is not closed", "end it with the quote that it begins with, on the same line"),
    ("invalid date", "this is no day", "write it as 2026-11-30"),
    ("escape", "a backslash has a meaning of its own here", "write / between folders, or the text in single quotes"),
];

fn syntax(said: &str) -> Option<Words> {
    let (_, wrong, help) = SYNTAX.iter().find(|(mark, ..)| said.contains(mark))?;
    Some(((*wrong).to_string(), Some((*help).to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_as_people_name_them() {
        for (said, plainly) in [
            ("invalid type: string \"yes\", expected a boolean", "the text \"yes\" stands where true or false belongs"),
            (
                "invalid type: floating point `1.5`, expected usize",
                "the number 1.5 stands where a whole number from 0 on belongs",
            ),
            ("invalid type: sequence, expected a string", "a list stands where a text belongs"),
            (
                "invalid type: string \"a, expected b\", expected a sequence",
                "the text \"a, expected b\" stands where a list belongs",
            ),
            ("invalid type: boolean `true`, expected struct Limits", "true stands where a table belongs"),
            ("invalid value: integer `-1`, expected u32", "-1 stands where a whole number from 0 on belongs"),
            ("missing field `why`", "the key `why` is missing"),
            ("unknown field `nmes`, expected `id` or `names`", "unknown key `nmes`"),
            ("something new", "something new"),
        ] {
            assert_eq!(plain(said).0, plainly);
        }
        assert_eq!(plain("unknown field `nmes`, expected `id` or `names`").1.unwrap(), "did you mean `names`?");
    }

    #[test]
    fn what_the_reader_says_of_texts_that_are_no_settings_is_known() {
        for text in [
            "a = b",
            "a \"b\"",
            "a = [1",
            "[a\nb = 1",
            "a = 'b",
            "a = \"b",
            "a = 2026-13-01",
            "a = \"C:\\Rules\"",
            "a: b",
            "a = 1\na = 2",
            "a = 1/11/2026",
        ] {
            let (_, errors) = toml::de::DeTable::parse_recoverable(text);
            assert!(!errors.is_empty(), "{text}");
            for error in errors {
                assert!(plain(error.message()).1.is_some(), "{text}: {}", error.message());
            }
        }
    }
}
