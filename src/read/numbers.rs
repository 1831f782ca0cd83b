//! Numbers of lists and headings in the forms that office programs print: 7, 07, g, G, vii, VII, 7th.

/// A way of printing a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NumberForm {
    /// 7
    #[default]
    Decimal,
    /// 07
    DecimalZero,
    /// g
    LowerLetter,
    /// G
    UpperLetter,
    /// vii
    LowerRoman,
    /// VII
    UpperRoman,
    /// 7th
    Ordinal,
    /// A bullet or nothing.
    None,
}

impl NumberForm {
    /// The number as printed; nothing for bullets.
    pub(super) fn print(self, number: u32) -> String {
        match self {
            NumberForm::Decimal => number.to_string(),
            NumberForm::DecimalZero => format!("{number:02}"),
            NumberForm::LowerLetter => letters(number),
            NumberForm::UpperLetter => letters(number).to_uppercase(),
            NumberForm::LowerRoman => roman(number),
            NumberForm::UpperRoman => roman(number).to_uppercase(),
            NumberForm::Ordinal => {
                let ending = match (number % 10, number % 100) {
                    (_, 11..=13) => "th",
                    (1, _) => "st",
                    (2, _) => "nd",
                    (3, _) => "rd",
                    _ => "th",
                };
                format!("{number}{ending}")
            }
            NumberForm::None => String::new(),
        }
    }
}

/// a to z, then aa, bb, as Word counts on.
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'a' + (index % 26) as u8);
    // Nobody counts further than this, and a hostile start value must not make a long string.
    let times = (index / 26 + 1).min(8) as usize;
    std::iter::repeat_n(letter, times).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number >= 4_000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut words = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            words.push_str(sign);
            rest -= value;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::NumberForm::*;

    #[test]
    fn numbers_are_printed_as_in_word() {
        assert_eq!(Decimal.print(7), "7");
        assert_eq!(DecimalZero.print(7), "07");
        assert_eq!(LowerLetter.print(28), "bb");
        assert_eq!(UpperLetter.print(3), "C");
        assert_eq!(LowerRoman.print(1994), "mcmxciv");
        assert_eq!(UpperRoman.print(4), "IV");
        assert_eq!(Ordinal.print(22), "22nd");
        assert_eq!(Ordinal.print(113), "113th");
        assert_eq!(LowerLetter.print(u32::MAX).len(), 8);
        assert_eq!(LowerRoman.print(u32::MAX), u32::MAX.to_string());
        assert_eq!(None.print(5), "");
    }
}
