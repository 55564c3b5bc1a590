//! The images of months that are named, held small and shared by copies: a spreadsheet of ten years has hundreds of
//! thousands of months of workloads, and a budget is copied wherever something in it is tried otherwise.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::images::Images;
use super::month::Month;

/// Images by month, in order; none in months that are not named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyImages(Held);

/// One number each, as nearly every budget has them, or ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    Exactly(Arc<[(Month, u64)]>),
    Within(Arc<[(Month, Images)]>),
}

impl MonthlyImages {
    /// The images of a month; none if it is not named.
    pub fn of(&self, month: Month) -> Images {
        let found = match &self.0 {
            Held::Exactly(all) => at(all, month).copied().map(Images::exactly),
            Held::Within(all) => at(all, month).copied(),
        };
        found.unwrap_or(Images::exactly(0))
    }

    /// The months that are named with their images, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Month, Images)> {
        let (exact, within) = match &self.0 {
            Held::Exactly(all) => (&all[..], &[][..]),
            Held::Within(all) => (&[][..], &all[..]),
        };
        let exact = exact.iter().map(|(month, images)| (*month, Images::exactly(*images)));
        exact.chain(within.iter().copied())
    }
}

fn at<T>(all: &[(Month, T)], month: Month) -> Option<&T> {
    let at = all.binary_search_by_key(&month, |(month, _)| *month).ok()?;
    Some(&all[at].1)
}

impl FromIterator<(Month, Images)> for MonthlyImages {
    fn from_iter<I: IntoIterator<Item = (Month, Images)>>(months: I) -> MonthlyImages {
        MonthlyImages::from(months.into_iter().collect::<BTreeMap<_, _>>())
    }
}

impl From<BTreeMap<Month, Images>> for MonthlyImages {
    fn from(months: BTreeMap<Month, Images>) -> MonthlyImages {
        let is_exact = |images: &Images| *images == Images::exactly(images.low);
        MonthlyImages(match months.values().all(is_exact) {
            true => Held::Exactly(months.into_iter().map(|(month, it)| (month, it.low)).collect()),
            false => Held::Within(months.into_iter().collect()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_out_and_a_month_that_is_not_named_has_none() {
        let month = |text: &str| text.parse::<Month>().expect("a month");
        let range = Images { low: 1, expected: None, high: 3 };
        for second in [Images::exactly(7), range, Images { expected: None, ..Images::exactly(7) }] {
            let all = [(month("2027-01"), Images::exactly(5)), (month("2027-03"), second)];
            let held = MonthlyImages::from_iter([all[1], all[0]]);
            assert_eq!(held.iter().collect::<Vec<_>>(), all);
            assert_eq!(held.of(month("2027-03")), second);
            assert_eq!(held.of(month("2027-02")), Images::exactly(0));
        }
    }
}
