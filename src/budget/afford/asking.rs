//! A question put to the forecast, again and again.

use std::collections::{BTreeMap, BTreeSet};

use crate::reason::{Budgeting, Pricing, Reason, Reasons};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::alternatives;
use super::apportion::apportion;
use super::part::Part;
use super::search::{Found, Priced as _, search};
use super::{Fits, ImagesByMonth, Plan, Qualities, Question, planned};
use crate::budget::amount::Case;
use crate::budget::error::BudgetError;
use crate::budget::forecast::{Forecast, ForecastLine, forecast};
use crate::budget::images::Images;
use crate::budget::month::Month;
use crate::budget::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::catalog::evidence::Doubt;
use crate::estimate::EstimateError;
use crate::figure::Figure;

/// Why there is no answer.
pub(super) enum Stop {
    Unknown(Reasons),
    NotOffered(Reasons),
}

impl From<Stop> for Fits {
    fn from(stop: Stop) -> Fits {
        match stop {
            Stop::Unknown(reasons) => Fits::Unknown(reasons),
            Stop::NotOffered(why) => Fits::NotOffered(why),
        }
    }
}

/// A question with what it takes to answer it.
pub(super) struct Asking<'a> {
    pub catalog: &'a Catalog,
    pub question: &'a Question,
    pub today: NaiveDate,
}

impl Asking<'_> {
    /// The most images of a part of the budget.
    pub(super) fn most(&self, part: &Part) -> Fits {
        self.try_most(part).unwrap_or_else(Fits::from)
    }

    fn try_most(&self, part: &Part) -> Result<Fits, Stop> {
        let shape = self.live_shape(&part.budget, part.only)?;
        let weights: Vec<u64> = shape.values().copied().collect();
        let price = |images: u64| {
            let shares = apportion(images, &weights);
            self.priced(part, shape.keys().cloned().zip(shares).collect())
        };
        Ok(match search(self.question.limit, price)? {
            Found::Most { images, with, next } => Fits::Most { images, with, next },
            Found::Nothing { none, one } => Fits::Nothing { none, one },
            Found::All(with) => Fits::Any(with),
        })
    }

    /// The volumes as they are, held against the limit.
    pub(super) fn as_it_is(&self, part: &Part) -> Fits {
        match self.priced(part, ImagesByMonth::new()) {
            Ok(plan) if plan.cost() <= self.question.limit => Fits::Within(plan),
            Ok(plan) => Fits::Over(plan),
            Err(stop) => stop.into(),
        }
    }

    /// A workload at each label of its model, at the volume as it is.
    pub(super) fn qualities(&self, workload: &Workload, part: &Part) -> Option<Qualities> {
        let labels = alternatives::labels(self.catalog, workload, part.budget.start.first_day())?;
        let outcome = |label: String| {
            let alternative = alternatives::at_quality(workload, &label);
            let changed = alternative.applied(&part.budget);
            let fits = match alternatives::ignored(self.catalog, &changed, &workload.name) {
                Some(why) => Fits::NotOffered(why.into()),
                None => self.as_it_is(&part.with(changed)),
            };
            (label, fits)
        };
        let labels = labels.into_iter().map(outcome).collect();
        let as_written = workload.steps.last().and_then(|step| step.draft.quality.clone());
        Some(Qualities { workload: workload.name.clone(), as_written, labels })
    }

    /// Why the price of a budget may not be named the cheapest.
    pub(super) fn doubt(&self, budget: &Budget) -> Option<Doubt> {
        self.forecast(budget).ok().and_then(|found| found.doubt())
    }

    fn priced(&self, part: &Part, images: ImagesByMonth) -> Result<Plan, Stop> {
        let found = self.forecast(&planned(&part.budget, &images))?;
        // Images that nothing makes are not affordable for being free.
        if images.is_empty()
            && let Some(why) = found.rows().find_map(|row| row.not_made)
        {
            return Err(Stop::NotOffered(why.into()));
        }
        let Ok((cost, accepted)) = part.sums(self.question, &found) else {
            return Err(Stop::NotOffered(Pricing::AmountTooLarge.into()));
        };
        match cost {
            Figure::Exact(cost) => Ok(Plan { images, cost, accepted }),
            other => Err(Stop::Unknown(match other.reasons() {
                none if none.is_empty() => Budgeting::PartUnknown.into(),
                reasons => reasons.clone(),
            })),
        }
    }

    fn forecast(&self, budget: &Budget) -> Result<Forecast, Stop> {
        forecast(self.catalog, budget, self.today)
            .map_err(|errors| Stop::NotOffered(reasons(&errors)))
    }

    /// The volumes in the case that counts, in the months in which all of them are made. Of all workloads together no
    /// month is left out: one factor for what is made would be none of what is wanted.
    fn live_shape(&self, budget: &Budget, only: Option<&str>) -> Result<ImagesByMonth, Stop> {
        let mut shape = self.shape(budget, only)?;
        let probe = shape.keys().map(|cell| (cell.clone(), PROBE)).collect();
        let found = self.forecast(&planned(budget, &probe))?;
        let cell = |row: &ForecastLine| (row.workload.to_string(), row.month);
        let accepted = found.rows().filter(|row| row.accepted.low() > Decimal::ZERO);
        let live: BTreeSet<(String, Month)> = accepted.map(|row| cell(&row)).collect();
        let rows = found.rows().filter(|row| row.made.is_short());
        let short: BTreeMap<(String, Month), Option<Reason>> =
            rows.map(|row| (cell(&row), row.not_made)).collect();
        let wanted = shape.iter().filter(|(_, images)| **images > 0);
        let missed: Reasons = wanted.filter_map(|(cell, _)| short.get(cell)?.clone()).collect();
        shape.retain(|cell, _| live.contains(cell) && !short.contains_key(cell));
        if only.is_none() && !shape.is_empty() && !missed.is_empty() {
            return Err(Stop::Unknown(missed));
        }
        if shape.is_empty() {
            let why = found.findings.first().map(|finding| finding.why.clone());
            return Err(Stop::NotOffered(why.unwrap_or_else(|| Budgeting::NoImages.into()).into()));
        }
        if shape.values().all(|images| *images == 0) {
            shape.values_mut().for_each(|images| *images = 1);
        }
        Ok(shape)
    }

    /// The volumes in the case that counts, in every month in which a workload runs.
    pub(super) fn shape(&self, budget: &Budget, only: Option<&str>) -> Result<ImagesByMonth, Stop> {
        let mut shape = ImagesByMonth::new();
        for workload in &budget.workloads {
            if only.is_some_and(|name| *name != workload.name) {
                continue;
            }
            for month in workload.months(budget) {
                let volume = workload.images(budget.start, month, Decimal::ONE);
                let volume =
                    volume.map_err(|_| Stop::NotOffered(Pricing::AmountTooLarge.into()))?;
                let images = self.in_case(workload, volume)?;
                shape.insert((workload.name.clone(), month), images);
            }
        }
        Ok(shape)
    }

    fn in_case(&self, workload: &Workload, images: Images) -> Result<u64, Stop> {
        let unstated = || {
            let name = &workload.name;
            Stop::Unknown(Budgeting::NoExpectedVolume { workload: name.as_str().into() }.into())
        };
        match self.question.case {
            Case::Low => Ok(images.low),
            Case::Expected => images.expected.ok_or_else(unstated),
            Case::High => Ok(images.high),
        }
    }
}

/// Images by which it is seen whether anything is made in a month.
const PROBE: u64 = 1_000;

/// Why a budget cannot be forecast.
fn reasons(errors: &[BudgetError]) -> Reasons {
    let of_error = |found: &BudgetError| -> Reason {
        match &found.error {
            EstimateError::Request(errors) => {
                Pricing::Refused(errors.iter().cloned().collect()).into()
            }
            EstimateError::Data(problems) => {
                let messages = problems.iter().map(|it| it.message.as_str().into());
                Budgeting::BrokenTables(messages.collect()).into()
            }
        }
    };
    errors.iter().map(of_error).collect()
}
