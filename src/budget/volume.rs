//! How many images a workload wants each month.

use num_traits::One;
use rust_decimal::Decimal;

use super::images::Images;
use super::month::Month;
use super::monthly_images::MonthlyImages;
use super::season::Season;
use crate::fraction::{self, Fraction};
use crate::money::AmountTooLarge;

/// The volume of a workload, in images that are wanted in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Volume {
    /// A number that grows each month.
    Growing {
        /// The images of the first month.
        first: Images,
        /// By how much each month is larger than the one before: 0.03 for 3%; from −1 on.
        growth: Decimal,
        /// How calendar months differ from that; each month by itself, so that growth goes on from one year's peak to
        /// the next's.
        season: Season,
    },
    /// A number for each month; none in months that are not named.
    ByMonth(MonthlyImages),
}

impl Volume {
    /// The same number of images each month.
    pub fn constant(images: u64) -> Volume {
        Volume::growing(Images::exactly(images), Decimal::ZERO)
    }

    /// A number that grows each month, whatever the season.
    pub fn growing(first: Images, growth: Decimal) -> Volume {
        Volume::Growing { first, growth, season: Season::default() }
    }

    /// The same volume in another season; one that is stated month by month has none.
    pub fn in_season(mut self, of_year: Season) -> Volume {
        if let Volume::Growing { season, .. } = &mut self {
            *season = of_year;
        }
        self
    }

    /// The images wanted in a month, `index` months after the workload began; whole images, rounded
    /// half to even before anything is priced.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if growth leads beyond what can be counted.
    pub fn of(&self, month: Month, index: u32) -> Result<Images, AmountTooLarge> {
        self.times(month, index, Decimal::ONE)
    }

    /// The images of a month times a factor, rounded once.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if that is beyond what can be counted.
    pub(super) fn times(
        &self,
        month: Month,
        index: u32,
        factor: Decimal,
    ) -> Result<Images, AmountTooLarge> {
        let growth = fraction::power(&self.growth(), index);
        let factor = match factor.is_one() {
            true => growth,
            false => growth * fraction::from_decimal(factor),
        };
        self.grown(month, &factor)
    }

    /// The images wanted in a month, `index` months after the workload began, and in each month after it.
    pub(super) fn from(
        &self,
        month: Month,
        index: u32,
    ) -> impl Iterator<Item = Result<Images, AmountTooLarge>> {
        let growth = self.growth();
        let months = std::iter::successors(Some(month), |month| Some(month.plus(1)));
        // Each month grows from the one before: the power of each by itself is most of the work of a long budget.
        let factors = std::iter::successors(Some(fraction::power(&growth, index)), move |factor| {
            Some(fraction::times_coprime(factor, &growth))
        });
        months.zip(factors).map(|(month, factor)| self.grown(month, &factor))
    }

    /// Whether no month is smaller than the one before.
    pub(super) fn grows(&self) -> bool {
        matches!(self, Volume::Growing { growth, season, .. } if *growth >= Decimal::ZERO && season.is_empty())
    }

    /// The season, where one is stated.
    pub fn season(&self) -> Option<&Season> {
        match self {
            Volume::Growing { season, .. } if !season.is_empty() => Some(season),
            _ => None,
        }
    }

    /// The images of a month by what they have grown by and by the season, rounded once.
    fn grown(&self, month: Month, growth: &Fraction) -> Result<Images, AmountTooLarge> {
        let before = self.before_growth(month);
        match self.season().and_then(|season| season.factor(month)) {
            Some(factor) => before.times(&fraction::times(growth, &fraction::from_decimal(factor))),
            None => before.times(growth),
        }
    }

    /// By how many times each month is that of the month before.
    fn growth(&self) -> Fraction {
        match self {
            Volume::Growing { growth, .. } if !growth.is_zero() => {
                Fraction::one() + fraction::from_decimal(*growth)
            }
            _ => Fraction::one(),
        }
    }

    /// The images of a month, without what they have grown by.
    fn before_growth(&self, month: Month) -> Images {
        match self {
            Volume::ByMonth(images) => images.of(month),
            Volume::Growing { first, .. } => *first,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::images::MOST_IMAGES;

    #[test]
    fn growth_is_rounded_half_to_even_to_whole_images() {
        // 50 × 1.03 = 51.5 → 52; 50 × 1.03² = 53.045 → 53; 150 × 1.03 = 154.5 → 154.
        let month = Month::of("2027-01-01".parse().expect("a day"));
        let of = |first, index| {
            let first = Images::exactly(first);
            let volume = Volume::growing(first, Decimal::new(3, 2));
            volume.of(month, index).expect("fits").low
        };
        assert_eq!((of(50, 0), of(50, 1), of(50, 2), of(150, 1)), (50, 52, 53, 154));
    }

    #[test]
    fn a_season_is_a_factor_of_its_month_alone_and_rounded_with_growth_once() {
        // 1,000 from October on, 1% more each month, ×2.2 in November: 1,000; 1,010 × 2.2 = 2,222; 1,020.1 → 1,020.
        // In two steps November of a first month of 1,050 would be 1,060.5 → 1,060 × 2.2 = 2,332; at once it is
        // 1,050 × 1.01 × 2.2 = 2,333.1 → 2,333.
        let october = Month::of("2027-10-01".parse().expect("a day"));
        let of = |first, index| {
            let season = [(11, Decimal::new(22, 1))].into_iter().collect();
            let volume = Volume::growing(Images::exactly(first), Decimal::new(1, 2));
            volume.in_season(season).of(october.plus(index), index).expect("fits").low
        };
        assert_eq!((of(1000, 0), of(1000, 1), of(1000, 2), of(1050, 1)), (1000, 2222, 1020, 2333));
        // A year on: 1,000 × 1.01^13 × 2.2 = 2,503.8….
        assert_eq!(of(1000, 13), 2504);
    }

    #[test]
    fn each_month_after_another_is_that_month_by_itself() {
        let month = Month::of("2027-01-01".parse().expect("a day"));
        for growth in
            [Decimal::ZERO, Decimal::new(3, 2), Decimal::new(-125, 3), Decimal::NEGATIVE_ONE]
        {
            let first = Images { low: 900, expected: Some(1000), high: 1300 };
            let season = [(3, Decimal::new(22, 1)), (11, Decimal::new(7, 1))].into_iter().collect();
            let volume = Volume::growing(first, growth).in_season(season);
            let after: Vec<_> = volume.from(month, 2).take(30).collect();
            let alone: Vec<_> =
                (0..30).map(|index| volume.of(month.plus(index), index + 2)).collect();
            assert_eq!(after, alone, "{growth}");
        }
    }

    #[test]
    fn growth_without_end_is_refused_and_not_wrapped() {
        let month = Month::of("2027-01-01".parse().expect("a day"));
        let volume = Volume::growing(Images::exactly(1), Decimal::from(9));
        assert_eq!(volume.of(month, 12).map(|images| images.low), Ok(MOST_IMAGES));
        assert_eq!(volume.of(month, 13), Err(AmountTooLarge));
    }
}
