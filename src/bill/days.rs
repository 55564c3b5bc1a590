//! Days as bills write them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::catalog::parse_date;
use crate::catalog::word::Words;
use crate::usage_log::moment::Moment;

/// How the days of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DayForm {
    /// `2026-10-12`, alone or with a time.
    YearFirst,
    /// `10/12/2026`: the month is first.
    MonthFirst,
    /// `12/10/2026`: the day is first.
    DayFirst,
    /// `12.10.2026`.
    Dotted,
    /// Seconds since 1970.
    Seconds,
}

impl DayForm {
    const ALL: [DayForm; 5] = [
        DayForm::YearFirst,
        DayForm::MonthFirst,
        DayForm::DayFirst,
        DayForm::Dotted,
        DayForm::Seconds,
    ];

    /// The word in mappings.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            DayForm::YearFirst => "YYYY-MM-DD",
            DayForm::MonthFirst => "MM/DD/YYYY",
            DayForm::DayFirst => "DD/MM/YYYY",
            DayForm::Dotted => "DD.MM.YYYY",
            DayForm::Seconds => "seconds",
        }
    }

    /// The UTC day that a text is in this form.
    pub(super) fn day(self, text: &str) -> Option<NaiveDate> {
        self.time(text).map(|time| time.date())
    }

    /// The UTC time that a text is in this form: midnight of a day alone.
    pub(super) fn time(self, text: &str) -> Option<NaiveDateTime> {
        match self {
            DayForm::YearFirst => year_first(text),
            DayForm::MonthFirst => {
                parts(text, '/').and_then(|[month, day, year]| date(year, month, day))
            }
            DayForm::DayFirst => {
                parts(text, '/').and_then(|[day, month, year]| date(year, month, day))
            }
            DayForm::Dotted => {
                parts(text, '.').and_then(|[day, month, year]| date(year, month, day))
            }
            DayForm::Seconds => seconds(text),
        }
    }
}

impl Words for DayForm {
    const WHAT: &'static str = "way to write days";
    fn words() -> Vec<(&'static str, Self)> {
        DayForm::ALL.map(|form| (form.as_str(), form)).to_vec()
    }
}

/// A day, or a time with or without its offset; one without is UTC.
fn year_first(text: &str) -> Option<NaiveDateTime> {
    Moment::of_text(text).and_then(of_bill)
}

/// The time in UTC of a moment in the years that a bill can be of; midnight of a day alone.
fn of_bill(moment: Moment) -> Option<NaiveDateTime> {
    let time = match moment {
        Moment::Day(day) => day.and_time(NaiveTime::MIN),
        Moment::At(time) => time,
    };
    parse_date(&time.date().to_string()).map(|_| time)
}

/// Three numbers between marks; a time behind them is not looked at where it is midnight.
fn parts(text: &str, mark: char) -> Option<[u32; 3]> {
    let text = text
        .strip_suffix(" 00:00:00")
        .or_else(|| text.strip_suffix(" 12:00:00 AM"))
        .unwrap_or(text);
    let mut parts = text.split(mark).map(|part| {
        let is_number = (1..=4).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_number)
    });
    let found = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(found)
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDateTime> {
    let year = i32::try_from(year).ok().filter(|year| (2000..=2199).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day).map(|day| day.and_time(NaiveTime::MIN))
}

/// The UTC time of so many seconds since 1970.
pub(super) fn seconds(text: &str) -> Option<NaiveDateTime> {
    Moment::of_seconds(text).and_then(of_bill)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read_and_no_other() {
        let day = |form: DayForm, text: &str| form.day(text).map(|day| day.to_string());
        let twelfth = Some("2026-10-12".to_owned());
        assert_eq!(day(DayForm::YearFirst, "2026-10-12"), twelfth);
        assert_eq!(day(DayForm::YearFirst, "2026-10-12 23:59:00.713"), twelfth);
        assert_eq!(day(DayForm::YearFirst, "2026-10-11T19:30:00-05:00"), twelfth);
        assert_eq!(day(DayForm::MonthFirst, "10/12/2026"), twelfth);
        assert_eq!(day(DayForm::DayFirst, "12/10/2026"), twelfth);
        assert_eq!(day(DayForm::Dotted, "12.10.2026"), twelfth);
        // 1,791,763,200 / 86,400 = 20,738 days after 1970-01-01.
        assert_eq!(day(DayForm::Seconds, "1791763200"), twelfth);
        assert_eq!(day(DayForm::Seconds, "1791763200.0"), twelfth);
        for (form, text) in [
            (DayForm::MonthFirst, "13/10/2026"),
            (DayForm::MonthFirst, "10/12/26"),
            (DayForm::YearFirst, "2026-02-30"),
            (DayForm::YearFirst, "2026-10-12Tnoon"),
            (DayForm::YearFirst, "12é10é2026"),
            (DayForm::Seconds, "17917632000000"),
            (DayForm::Dotted, "12/10/2026"),
        ] {
            assert_eq!(form.day(text), None, "{text}");
        }
    }
}
