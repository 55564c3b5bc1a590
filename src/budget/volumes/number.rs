//! Numbers of a spreadsheet, as people write them → plain ones, and whole numbers of these. The one reader of numbers for
//! all kinds of spreadsheets.

use std::str::FromStr;

use super::settle::Meaning;

/// What stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1.000,5`
    Comma,
    /// `1,000.5`
    Point,
}

impl DecimalMark {
    /// Both.
    pub const ALL: [DecimalMark; 2] = [DecimalMark::Comma, DecimalMark::Point];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            DecimalMark::Comma => "comma",
            DecimalMark::Point => "point",
        }
    }
}

impl FromStr for DecimalMark {
    type Err = String;

    fn from_str(text: &str) -> Result<DecimalMark, String> {
        let found = DecimalMark::ALL.into_iter().find(|it| it.as_str() == text);
        found.ok_or_else(|| "write comma for 1.000,5, or point for 1,000.5".into())
    }
}

/// A number in its parts: what stands before and behind its digits, and the digits with their marks.
struct Parts<'t> {
    sign: &'t str,
    digits: String,
    behind: &'t str,
}

/// The parts of a text that is a number in some way of writing it; spaces and apostrophes part thousands, whatever else.
fn parts(text: &str) -> Option<Parts<'_>> {
    let text = text.trim();
    let rest = text.strip_prefix(['-', '−', '+', '×', 'x']).unwrap_or(text);
    let sign = &text[..text.len() - rest.len()];
    let digits = rest.strip_suffix('%').unwrap_or(rest);
    let behind = &rest[digits.len()..];
    let groups: Vec<&str> = digits.trim().split([' ', '\u{a0}', '\u{202f}', '\'', '’']).collect();
    let whole = |group: &str| group.len() == 3 && group.bytes().all(|it| it.is_ascii_digit());
    let (first, later) = groups.split_first()?;
    let is_grouped = later.iter().enumerate().all(|(at, group)| match at + 1 == later.len() {
        true => whole(group.split([',', '.']).next().unwrap_or_default()),
        false => whole(group),
    });
    let has_digits =
        |text: &str| text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b',' | b'.'));
    let is_first =
        later.is_empty() || (1..=3).contains(&first.len()) && !first.contains([',', '.']);
    let digits = groups.concat();
    let is_number = is_first
        && is_grouped
        && has_digits(&digits)
        && digits.starts_with(|c: char| c.is_ascii_digit());
    is_number.then_some(Parts { sign, digits, behind })
}

/// What the marks of a number may mean.
pub(super) fn meaning(text: &str) -> Meaning<DecimalMark> {
    let Some(Parts { digits, .. }) = parts(text) else { return Meaning::Same };
    if !digits.contains([',', '.']) {
        return Meaning::Same;
    }
    let as_decimal = |mark| plain_digits(&digits, mark).is_some();
    match (as_decimal(DecimalMark::Comma), as_decimal(DecimalMark::Point)) {
        (true, true) => Meaning::Either,
        (true, false) => Meaning::Only(DecimalMark::Comma),
        (false, true) => Meaning::Only(DecimalMark::Point),
        (false, false) => Meaning::Same,
    }
}

/// The mark of a number by itself: the one it can have alone, else the one by which it is whole.
pub(super) fn by_itself(text: &str) -> Option<DecimalMark> {
    match meaning(text) {
        Meaning::Only(mark) => Some(mark),
        Meaning::Either if text.contains(',') => Some(DecimalMark::Point),
        Meaning::Either => Some(DecimalMark::Comma),
        Meaning::Same => None,
    }
}

/// A number in plain digits, with a point before its decimals and nothing between thousands: `1000.5`; `None` of what is
/// no number in this way of writing.
pub(super) fn plain(text: &str, mark: Option<DecimalMark>) -> Option<String> {
    let Parts { sign, digits, behind } = parts(text)?;
    let plain = match mark {
        Some(mark) => plain_digits(&digits, mark)?,
        None => Some(digits).filter(|digits| !digits.contains([',', '.']))?,
    };
    Some(format!("{sign}{plain}{behind}"))
}

fn plain_digits(digits: &str, mark: DecimalMark) -> Option<String> {
    let (mark, between) = match mark {
        DecimalMark::Comma => (',', '.'),
        DecimalMark::Point => ('.', ','),
    };
    let (whole, decimals) = digits.split_once(mark).unwrap_or((digits, ""));
    let groups: Vec<&str> = whole.split(between).collect();
    let is_digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    let is_grouped = match groups[..] {
        [_] => true,
        [first, ref later @ ..] => {
            (1..=3).contains(&first.len())
                && !first.starts_with('0')
                && later.iter().all(|it| it.len() == 3)
        }
        [] => false,
    };
    if !is_grouped || !is_digits(decimals) || !groups.iter().all(|group| is_digits(group)) {
        return None;
    }
    let (whole, decimals) = (groups.concat(), decimals.trim_end_matches('0'));
    Some(if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") })
}

/// A whole number in plain digits, or what is wrong with it and what to write.
pub(super) fn whole(text: &str) -> Result<u64, (String, String)> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(text) {
        let help = "correct the number".to_owned();
        return text.parse().map_err(|_| (format!("`{text}` is too large"), help));
    }
    let what = format!("`{text}` is not a whole number");
    let negative = text.strip_prefix(['-', '−']).is_some_and(|rest| is_digits(rest.trim()));
    if negative {
        return Err((format!("`{text}` is negative"), "write 0, or leave the cell empty".into()));
    }
    let help = match parts(text) {
        Some(_) => "write whole images, without decimals",
        None => "write the number of images in digits alone",
    };
    Err((what, help.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    #[test]
    fn marks_mean_one_thing_or_two() {
        for either in ["1,000", "1.000", "12.345%", "-1,000"] {
            assert_eq!(meaning(either), Meaning::Either, "{either}");
        }
        for (only, mark) in [
            ("1,5", Comma),
            ("1.5", Point),
            ("1,000,000", Point),
            ("1.000.000", Comma),
            ("1,000.5", Point),
            ("1.000,5", Comma),
            ("0,700", Comma),
            ("1234,567", Comma),
            ("1 000,5", Comma),
            ("100.0", Point),
        ] {
            assert_eq!(meaning(only), Meaning::Only(mark), "{only}");
        }
        for same in ["12000", "1 000", "n/a", "", "1,00,000", "1.2.3", "70%", "1024x1024", "1e3"] {
            assert_eq!(meaning(same), Meaning::Same, "{same}");
        }
    }

    #[test]
    fn a_number_is_written_plainly_in_the_way_that_is_known() {
        let plainly = |text, mark| plain(text, mark);
        assert_eq!(plainly("1.000,50", Some(Comma)).as_deref(), Some("1000.5"));
        assert_eq!(plainly("1,000", Some(Point)).as_deref(), Some("1000"));
        assert_eq!(plainly("1,000", Some(Comma)).as_deref(), Some("1"));
        assert_eq!(plainly("1\u{202f}000", None).as_deref(), Some("1000"));
        assert_eq!(plainly("1'000'000", None).as_deref(), Some("1000000"));
        assert_eq!(plainly("70,5%", Some(Comma)).as_deref(), Some("70.5%"));
        for no_number in ["1,00,000", "n/a", "1 00", "1,5,0", "1e3", "", "١"] {
            assert_eq!(plainly(no_number, Some(Point)), None, "{no_number}");
        }
    }

    #[test]
    fn what_is_no_whole_number_says_what_to_write() {
        assert_eq!(whole("12000"), Ok(12_000));
        let help = |text: &str| whole(text).expect_err("refused").1;
        assert_eq!(help("100.5"), "write whole images, without decimals");
        assert_eq!(help("-5"), "write 0, or leave the cell empty");
        for text in ["1e3", "n/a", "12 images", "٥", "99999999999999999999", "", "+5"] {
            assert!(whole(text).is_err(), "{text}");
        }
    }
}
