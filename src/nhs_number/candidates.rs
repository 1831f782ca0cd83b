//! Ten digits that may be an NHS number: how they are grouped, what parts them, and their check digit.

use crate::text::{Span, digit, is_invisible};

/// The example in the manuals.
pub(crate) const EXAMPLE: &str = "9434765919";

/// How ten digits are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `4010232137`.
    Solid,
    /// `401 023 2137`.
    Printed,
    /// `4 0 1 0 2 3 2 1 3 7`.
    Apart,
    /// `4,010,232,137`: a number that a spreadsheet took for an amount.
    Thousands,
    /// Any other way in groups of at least two.
    Other,
    /// With a single digit apart, such as `1-542762663`, the number of a CQC location.
    Odd,
}

/// Ten digits that stand together, the last of them the check digit of the first nine.
pub(crate) struct Candidate {
    pub(crate) span: Span,
    pub(crate) digits: String,
    pub(crate) shape: Shape,
    /// Whether other signs than spaces and hyphens stand between them, or a figure stands before or after a point or comma.
    pub(crate) loose: bool,
    /// Whether a letter stands right beside them.
    pub(crate) glued: bool,
    /// Whether further figures of three or more digits stand right beside it, as in a table of figures.
    pub(crate) among_figures: bool,
}

/// A run of digits.
#[derive(Clone, Copy)]
struct Group {
    span: Span,
    count: usize,
}

/// What stands between two groups of digits of one number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Spaces or hyphens.
    Plain,
    /// A comma.
    Comma,
    /// Any other sign that people part numbers with.
    Loose,
}

/// Every ten digits in a text that may be one number. Linear: from each group of digits at most ten groups on. Where
/// readings overlap, those in a usual shape win, then the first: one number is masked once.
pub(crate) fn candidates(text: &str) -> Vec<Candidate> {
    let groups = digit_groups(text);
    let found: Vec<Candidate> = (0..groups.len()).filter_map(|first| candidate(text, &groups, first)).collect();
    let (usual, other): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.shape.is_usual());
    let mut kept: Vec<Candidate> = Vec::new();
    for one in usual {
        if kept.last().is_none_or(|last| last.span.end <= one.span.start) {
            kept.push(one);
        }
    }
    let mut end = 0;
    let mut more = Vec::new();
    for one in other {
        let at = kept.partition_point(|usual| usual.span.end <= one.span.start);
        let free = kept.get(at).is_none_or(|usual| one.span.end <= usual.span.start);
        if free && end <= one.span.start {
            end = one.span.end;
            more.push(one);
        }
    }
    kept.extend(more);
    kept.sort_by_key(|one| one.span);
    kept
}

impl Shape {
    /// Whether NHS numbers are written like this without being broken.
    pub(crate) fn is_usual(self) -> bool {
        matches!(self, Shape::Solid | Shape::Printed | Shape::Apart)
    }

    fn of(groups: &[Group], joints: &[Joint]) -> Shape {
        let lengths: Vec<usize> = groups.iter().map(|group| group.count).collect();
        match lengths.as_slice() {
            [10] => Shape::Solid,
            [3, 3, 4] => Shape::Printed,
            [1, 3, 3, 3] if joints.iter().all(|joint| *joint == Joint::Comma) => Shape::Thousands,
            lengths if lengths.len() == 10 => Shape::Apart,
            lengths if lengths.iter().all(|length| *length >= 2) => Shape::Other,
            _ => Shape::Odd,
        }
    }
}

fn candidate(text: &str, groups: &[Group], first: usize) -> Option<Candidate> {
    let mut count = 0;
    let mut joints = Vec::new();
    let mut last = first;
    loop {
        count += groups.get(last)?.count;
        if count >= 10 {
            break;
        }
        joints.push(joint(text, groups[last].span, groups.get(last + 1)?.span)?);
        last += 1;
    }
    let span = Span::new(groups[first].span.start, groups[last].span.end);
    let digits = digits_of(text.get(span.range())?);
    if count != 10 || !has_check_digit(&digits) {
        return None;
    }
    let beside = Beside::of(text, span);
    let figure = |a: usize, b: usize, figure: usize| {
        joint(text, groups[a].span, groups[b].span) == Some(Joint::Plain) && groups[figure].count >= 3
    };
    let among_figures = (first > 0 && figure(first - 1, first, first - 1))
        || (last + 1 < groups.len() && figure(last, last + 1, last + 1));
    let shape = Shape::of(&groups[first..=last], &joints);
    let loose = beside.figure || joints.iter().any(|joint| *joint != Joint::Plain);
    Some(Candidate { span, digits, shape, loose, glued: beside.letter, among_figures })
}

fn digit_groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Where a group goes on, marks that are not seen left out.
    let mut next = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if digit(c).is_some() {
            match groups.last_mut().filter(|_| next == Some(at)) {
                Some(group) => {
                    group.span.end = end;
                    group.count += 1;
                }
                None => groups.push(Group { span: Span::new(at, end), count: 1 }),
            }
            next = Some(end);
        } else if next == Some(at) && is_invisible(c) {
            next = Some(end);
        }
    }
    groups
}

/// What joins two groups of digits, if anything does: at most three signs.
fn joint(text: &str, left: Span, right: Span) -> Option<Joint> {
    let between = text.get(left.end..right.start)?;
    // No three signs are longer, whatever is not seen between them.
    if between.len() > 40 {
        return None;
    }
    let mut kind = Joint::Plain;
    let mut count = 0;
    let mut commas = false;
    for c in between.chars().filter(|c| *c == '\n' || !is_invisible(*c)) {
        count += 1;
        if is_plain(c) {
            continue;
        }
        if !is_loose(c) {
            return None;
        }
        commas |= matches!(c, ',' | ';' | ':' | '，' | '：');
        kind = if matches!(c, ',' | '，') { Joint::Comma } else { Joint::Loose };
    }
    // A comma and a space part the members of a list.
    (count <= if commas { 1 } else { 3 }).then_some(kind)
}

fn is_plain(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

fn is_loose(c: char) -> bool {
    let sign = "./\\_|,;:()[]'`#~·•‧∙․⁄∕／．，＿：’".contains(c);
    sign || matches!(c, '\u{b7}' | '\u{2022}')
}

/// What stands right beside ten digits.
struct Beside {
    letter: bool,
    /// A figure before or behind a point or comma, or the sign of an international telephone number.
    figure: bool,
}

impl Beside {
    fn of(text: &str, span: Span) -> Beside {
        let seen = |c: &char| !is_invisible(*c);
        let mut before = text.get(..span.start).unwrap_or("").chars().rev().filter(seen);
        let mut after = text.get(span.end..).unwrap_or("").chars().filter(seen);
        let mut beside = Beside { letter: false, figure: false };
        match before.next() {
            Some('+') => beside.figure = true,
            Some('.' | ',') => beside.figure = before.next().is_some_and(|c| digit(c).is_some()),
            Some(c) => beside.letter = c.is_alphanumeric(),
            None => {}
        }
        match after.next() {
            Some('.' | ',') => beside.figure |= after.next().is_some_and(|c| digit(c).is_some()),
            Some(c) => beside.letter |= c.is_alphanumeric(),
            None => {}
        }
        beside
    }
}

/// The digits in a text, in ASCII.
pub(crate) fn digits_of(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

/// Whether a text is nothing but digits and what parts them.
pub(crate) fn is_number(text: &str) -> bool {
    text.chars().all(|c| digit(c).is_some() || is_plain(c))
}

/// Whether the tenth digit is the check digit of the first nine, and they are not all the same.
pub(crate) fn has_check_digit(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let [body @ .., check] = digits.as_slice() else { return false };
    if body.len() != 9 || body.iter().all(|digit| digit == check) {
        return false;
    }
    let sum: u32 = body.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == *check
}

/// Whether numbers that begin like this are in issue, or reserved for tests.
pub(crate) fn in_issue(digits: &str) -> bool {
    digits == EXAMPLE || digits.starts_with(['3', '4', '6', '7']) || digits.starts_with("999")
}

fn part(digits: &str, range: std::ops::Range<usize>) -> u32 {
    digits.get(range).and_then(|part| part.parse().ok()).unwrap_or(0)
}

/// `2026092401`: a day, and a number after it.
pub(crate) fn starts_with_day(digits: &str) -> bool {
    matches!(part(digits, 0..2), 19 | 20)
        && (1..=12).contains(&part(digits, 4..6))
        && (1..=31).contains(&part(digits, 6..8))
}

/// Whether ten digits may be a day with a number or a time after it: `2026092401`, `2409202601`, `2409261430`.
pub(crate) fn may_be_day(digits: &str) -> bool {
    let day = (1..=31).contains(&part(digits, 0..2)) && (1..=12).contains(&part(digits, 2..4));
    let year_or_time = matches!(part(digits, 4..6), 19 | 20) || part(digits, 6..8) < 24 && part(digits, 8..10) < 60;
    starts_with_day(digits) || day && year_or_time
}
