//! The volume as written → [`Volume`].

use std::collections::BTreeMap;

use super::leaves::{Key, RawImages, RawSeason};
use super::raw::RawWorkload;
use super::values::whole;
use crate::budget::images::{Images, MOST_IMAGES};
use crate::budget::month::Month;
use crate::budget::season::{Season, month_of_year};
use crate::budget::volume::Volume;
use crate::catalog::check::Checker;
use crate::catalog::raw::Spanned;
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;

const HELP: &str = "write whole images, such as 12000: without quotes, signs or separators";

/// A volume, with growth and season where it is one number.
pub(super) fn volume(check: &mut Checker, workload: &RawWorkload) -> Option<Volume> {
    let RawWorkload { accepted_images: raw, growth, seasonality, .. } = workload;
    let rate = growth.as_ref().map_or(Some(None), |raw| check.growth(raw).map(Some));
    let season = seasonality.as_ref().map_or(Some(Season::default()), |raw| season(check, raw));
    let by_month = match &raw.value {
        RawImages::Keys(keys) => !is_range(keys),
        RawImages::Number(_) => false,
    };
    if !by_month {
        let first = images(check, raw);
        return Some(Volume::growing(first?, rate?.unwrap_or_default()).in_season(season?));
    }
    if let Some(growth) = growth {
        let message = "a volume by month states its growth itself";
        let help = "leave `growth` out, or write one number that grows";
        check.report(ProblemCode::EitherOr, span(growth), message, help);
    }
    if let Some(season) = seasonality {
        let message = "a volume by month states its season itself";
        let help = "leave `seasonality` out, or write the number of a usual month";
        check.report(ProblemCode::EitherOr, span(season), message, help);
    }
    months(check, raw).map(|months| Volume::ByMonth(months.into()))
}

/// The factor of each calendar month that is named.
fn season(check: &mut Checker, raw: &Spanned<RawSeason>) -> Option<Season> {
    raw.place()?;
    if raw.value.0.is_empty() {
        let help = "name a month by its number, such as `{11: 2.2}` for November";
        check.report(ProblemCode::Empty, span(raw), "no month is named", help);
        return None;
    }
    let month = |check: &mut Checker, key: &Key| {
        let month = month_of_year(&key.value);
        if month.is_none() {
            let message = format!("`{}` is not the number of a calendar month", &*key.value);
            let help = "write 1 for January to 12 for December";
            check.report(ProblemCode::BadMonth, span(key), message, help);
        }
        month
    };
    let factors = raw.value.0.iter();
    let read = factors.map(|(key, raw)| {
        let (month, factor) = (month(check, key), check.factor(raw));
        Some((month?, factor?))
    });
    read.collect::<Vec<_>>().into_iter().collect()
}

/// Keys that are words are those of a range; a number by month has digits first.
fn is_range(keys: &[(Key, Spanned<RawImages>)]) -> bool {
    keys.iter().any(|(key, _)| !key.value.starts_with(|c: char| c.is_ascii_digit()))
}

fn months(check: &mut Checker, raw: &Spanned<RawImages>) -> Option<BTreeMap<Month, Images>> {
    let RawImages::Keys(keys) = &raw.value else { return None };
    if keys.is_empty() {
        let message = "no month is named";
        check.report(ProblemCode::Empty, span(raw), message, "write a number for each month");
        return None;
    }
    let mut whole = true;
    let mut found = BTreeMap::new();
    for (key, value) in keys {
        match (check.month(key), images(check, value)) {
            (Some(month), Some(images)) => {
                found.insert(month, images);
            }
            _ => whole = false,
        }
    }
    whole.then_some(found)
}

/// Images of a month: one number, or the least, the expected and the most.
fn images(check: &mut Checker, raw: &Spanned<RawImages>) -> Option<Images> {
    match &raw.value {
        RawImages::Number(_) => number(check, raw).map(Images::exactly),
        RawImages::Keys(keys) => range(check, raw, keys),
    }
}

fn number(check: &mut Checker, raw: &Spanned<RawImages>) -> Option<u64> {
    let at = raw.place()?;
    let found = match &raw.value {
        RawImages::Number(scalar) => whole(scalar),
        RawImages::Keys(_) => None,
    };
    let Some(number) = found else {
        let message = "this is not a number of images";
        check.report(ProblemCode::BadNumber, at, message, HELP);
        return None;
    };
    if number > MOST_IMAGES {
        let message = format!("{number} is more than {MOST_IMAGES} images a month");
        check.report(ProblemCode::Overflow, at, message, "correct the number");
        return None;
    }
    Some(number)
}

fn range(
    check: &mut Checker,
    raw: &Spanned<RawImages>,
    keys: &[(Key, Spanned<RawImages>)],
) -> Option<Images> {
    const KEYS: [&str; 3] = ["low", "expected", "high"];
    let (mut numbers, mut whole) = ([None; 3], true);
    for (key, value) in keys {
        match KEYS.iter().position(|known| *known == &*key.value) {
            None => {
                let known = if key.value.starts_with(|c: char| c.is_ascii_digit()) {
                    "write either months, or low, expected and high".to_owned()
                } else {
                    "the keys are: low, expected, high; or months such as 2027-01".to_owned()
                };
                let message = format!("there is no key `{}` here", key.value);
                check.report(ProblemCode::UnknownKey, span(key), message, known);
                whole = false;
            }
            Some(index) => {
                numbers[index] = number(check, value);
                whole &= numbers[index].is_some();
            }
        }
    }
    if !whole {
        return None;
    }
    let [Some(low), expected, Some(high)] = numbers else {
        let message = "a volume as a range needs `low` and `high`";
        let help = "add them; `expected` may be left out";
        check.report(ProblemCode::MissingKey, span(raw), message, help);
        return None;
    };
    if low > high || expected.is_some_and(|it| !(low..=high).contains(&it)) {
        let message = "low, expected and high are not in this order";
        let help = "write low ≤ expected ≤ high";
        check.report(ProblemCode::OutOfRange, span(raw), message, help);
        return None;
    }
    // Of a range without width it is known what to expect.
    let expected = if low == high { Some(low) } else { expected };
    Some(Images { low, expected, high })
}
