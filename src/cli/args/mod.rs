//! Groups of flags that several commands share, as typed and as meant.

mod attempts;
mod prices;
mod request;

use chrono::NaiveDate;
use clap::Args;

pub(super) use attempts::{AttemptArgs, RateArgs, ReviewArgs, wrong_rates};
pub(super) use prices::{DayArgs, DaysArgs, FxArgs, HeldArgs, PriceArgs, ResidencyArgs};
pub(super) use request::RequestArgs;

use super::config;
use super::exit::Failure;
use crate::estimate::Terms;
use crate::exchange::FxRates;
use crate::request::Draft;

/// On which terms requests and replies are priced.
#[derive(Debug, Args)]
pub(super) struct TermArgs {
    #[command(flatten)]
    pub attempts: AttemptArgs,
    #[command(flatten)]
    pub review: ReviewArgs,
    #[command(flatten)]
    pub prices: PriceArgs,
    #[command(flatten)]
    held: HeldArgs,
    #[command(flatten)]
    residency: ResidencyArgs,
}

impl TermArgs {
    /// The terms by the flags alone: attempts turn out as they say, and nobody is paid for looking at images.
    pub(super) fn stated<'a>(
        &'a self,
        fx: &'a FxRates,
        today: NaiveDate,
    ) -> Result<Terms<'a>, Failure> {
        Ok(Terms {
            held_since: self.held.assume_held_since,
            data_residency: self.residency.data_residency,
            ..terms(&self.prices, &self.attempts, fx, today)?
        })
    }

    /// The same terms of requests, whose attempts turn out as the settings say where the flags are silent.
    pub(super) fn of_requests<'a>(&self, stated: Terms<'a>) -> Result<Terms<'a>, Failure> {
        let (rates, review) = (self.attempts.rates.rates_or_settings()?, self.review.review_cost);
        Ok(Terms { rates, review, ..stated })
    }
}

/// The flags that are given.
pub(super) fn given<const N: usize>(flags: [(&'static str, bool); N]) -> Vec<&'static str> {
    flags.into_iter().filter(|(_, is_given)| *is_given).map(|(flag, _)| flag).collect()
}

/// What flags ask for, of the model of the settings where they name neither a model nor a route.
pub(in crate::cli) fn or_model_of_settings(draft: Draft, terms: &Terms) -> Result<Draft, Failure> {
    let is_said = draft.model.is_some() || terms.route.is_some();
    Ok(Draft { model: if is_said { draft.model } else { config::model()? }, ..draft })
}

/// Where, when and for how many attempts to price.
pub(in crate::cli) fn terms<'a>(
    prices: &'a PriceArgs,
    attempts: &AttemptArgs,
    fx: &'a FxRates,
    today: NaiveDate,
) -> Result<Terms<'a>, Failure> {
    let [as_of, today] = prices.days.days(today);
    Ok(Terms {
        route: None,
        as_of,
        today,
        held_since: None,
        rates: attempts.rates.rates()?,
        accepted_images: attempts.images,
        review: None,
        resolution: prices.resolution.as_deref(),
        fx,
        top_up: prices.top_up,
        data_residency: false,
        assumed_rates: &[],
    })
}
