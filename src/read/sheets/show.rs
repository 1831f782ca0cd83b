//! How a cell's value reads: days as year-month-day, percentages as such, no digits that only the machine keeps.

use calamine::Data;

/// A cell in words; `format` is its number format, where known.
pub(super) fn words(value: &Data, format: Option<&str>) -> String {
    match value {
        Data::DateTime(when) if when.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            if (0.0..1.0).contains(&when.as_f64()) {
                return format!("{hour:02}:{minute:02}");
            }
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}") }
        }
        Data::DateTime(when) => {
            let minutes = (when.as_f64() * 24.0 * 60.0).round();
            format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs())
        }
        Data::DateTimeIso(words) => {
            let (day, time) = words.split_once('T').unwrap_or((words, ""));
            match time.get(..5) {
                Some(time) if time != "00:00" => format!("{day} {time}"),
                _ => day.to_string(),
            }
        }
        Data::Bool(yes) => if *yes { "yes" } else { "no" }.to_string(),
        Data::Error(_) => String::new(),
        Data::Int(number) => figure(*number as f64, format),
        Data::Float(number) => figure(*number, format),
        other => other.to_string(),
    }
}

/// A figure; a percentage when its format says so, else with at most ten decimals.
fn figure(number: f64, format: Option<&str>) -> String {
    if let Some(decimals) = format.and_then(percent) {
        return format!("{:.*}%", decimals, number * 100.0);
    }
    if number == 0.0 {
        return "0".to_string();
    }
    if !(1e-9..1e15).contains(&number.abs()) {
        return number.to_string();
    }
    let decimals = if number.abs() < 1e5 { 10 } else { 4 };
    let words = format!("{number:.decimals$}");
    let words = if words.contains('.') { words.trim_end_matches('0').trim_end_matches('.') } else { &words };
    words.to_string()
}

/// How many decimals a format of percentages shows; `None` for other formats.
fn percent(format: &str) -> Option<usize> {
    let section = format.split(';').next().unwrap_or(format);
    let mut plain = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for c in section.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            _ if !quoted => plain.push(c),
            _ => {}
        }
    }
    if !plain.contains('%') {
        return None;
    }
    let decimals = plain.split_once('.').map_or("", |(_, decimals)| decimals);
    Some(decimals.chars().take_while(|c| matches!(c, '0' | '#' | '?')).count().min(10))
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::*;

    #[test]
    fn figures_read_as_people_see_them() {
        for (number, format, read) in [
            (0.85, Some("0%"), "85%"),
            (0.123_45, Some("0.0%;[Red]-0.0%"), "12.3%"),
            (0.5, Some("0.0\"%\""), "0.5"),
            (0.1 + 0.2, None, "0.3"),
            (1_200.0, Some("#,##0"), "1200"),
            (-2.5, None, "-2.5"),
            (0.0, None, "0"),
            (100.0, Some("General"), "100"),
            (123_456_789.0, None, "123456789"),
        ] {
            assert_eq!(words(&Data::Float(number), format), read);
        }
        assert_eq!(words(&Data::Float(f64::NAN), None), "NaN");
    }

    #[test]
    fn days_and_times_read_as_such() {
        let when = |value, kind| Data::DateTime(ExcelDateTime::new(value, kind, false));
        assert_eq!(words(&when(46_145.0, ExcelDateTimeType::DateTime), None), "2026-05-03");
        assert_eq!(words(&when(46_145.5, ExcelDateTimeType::DateTime), None), "2026-05-03 12:00");
        assert_eq!(words(&when(0.375, ExcelDateTimeType::DateTime), None), "09:00");
        assert_eq!(words(&when(1.5, ExcelDateTimeType::TimeDelta), None), "36:00");
    }
}
