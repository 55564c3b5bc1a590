//! A row of a log at the prices of its day, by the one rating function, beside the cost that was logged.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::counts;
use super::log::{Ending, LoggedAttempt};
use super::priced_on::PricedOn;
use crate::attempts::{CallCost, charged};
use crate::catalog::Catalog;
use crate::catalog::conditions::{Mode, Processing};
use crate::catalog::dated::in_force;
use crate::catalog::route::Route;
use crate::catalog::terms::Event;
use crate::errors::Errors;
use crate::estimate::{EstimateError, call_cost, find_model, find_table};
use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::problem::Problem;
use crate::rating::{self, Facts, FxRates};
use crate::reason::{Logged, Pricing, Undelivered, Whose};
use crate::request::{QualityChoice, SizeChoice};
use crate::unit::Meter;

/// A row with its price.
#[derive(Debug, Clone)]
pub struct RatedRow {
    /// The row.
    pub row: LoggedAttempt,
    /// What its usage costs at the prices of its day; `None` for an image that a seat paid for.
    pub rated: Option<Figure<Decimal>>,
    /// What the image output costs by the rule of its model, where an image was delivered whose usage is zero
    /// or not logged. It is in no sum.
    pub by_rule: Option<Figure<Decimal>>,
    /// How the logged cost differs from it.
    pub difference: Difference,
    /// The first day of its model and prices, where the row is dated before it.
    pub before: Option<NaiveDate>,
}

impl RatedRow {
    /// The cost that was logged, where it says what was charged: see [`Difference::ZeroLogged`].
    pub fn logged(&self) -> Option<Decimal> {
        self.row.cost.filter(|_| self.difference != Difference::ZeroLogged)
    }

    /// What was logged, else what is rated; `None` for an image that a seat paid for.
    pub fn known(&self) -> Option<Figure<Decimal>> {
        let rated = self.rated.as_ref()?;
        Some(self.logged().map_or_else(|| rated.clone(), Figure::Exact))
    }
}

/// How a logged cost differs from the rated one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// Not at all.
    None,
    /// By no more than the logged cost was rounded.
    Rounding(Decimal),
    /// It lies within the range of what it can be.
    WithinRange,
    /// By this much; above zero if more was logged than is due.
    By(Decimal),
    /// A cost of zero was logged for what neither prices nor terms say is free. Gateways log a zero for what
    /// they do not know, so that it is as good as no cost.
    ZeroLogged,
    /// No cost was logged.
    NotLogged,
    /// The rated cost is not known.
    NotRated,
}

impl Difference {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Difference::None => "none",
            Difference::Rounding(_) => "rounding",
            Difference::WithinRange => "within_range",
            Difference::By(amount) if amount.is_sign_negative() => "less_logged",
            Difference::By(_) => "more_logged",
            Difference::ZeroLogged => "zero_logged",
            Difference::NotLogged => "not_logged",
            Difference::NotRated => "not_rated",
        }
    }

    /// By how much, where it is known.
    pub fn amount(self) -> Option<Decimal> {
        match self {
            Difference::None => Some(Decimal::ZERO),
            Difference::Rounding(amount) | Difference::By(amount) => Some(amount),
            _ => None,
        }
    }
}

/// Rates rows, and looks up the rules and prices of a route and day once.
pub(super) struct Rater<'a> {
    catalog: &'a Catalog,
    fx: &'a FxRates,
    resolution: Option<&'a str>,
    places: HashMap<(String, NaiveDate), Result<Arc<PricedOn>, Pricing>>,
}

impl<'a> Rater<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        fx: &'a FxRates,
        resolution: Option<&'a str>,
    ) -> Rater<'a> {
        Rater { catalog, fx, resolution, places: HashMap::new() }
    }

    /// # Errors
    /// Broken price tables; what has no price is unknown with its reason.
    pub(super) fn rate(&mut self, row: LoggedAttempt) -> Result<RatedRow, Errors<Problem>> {
        let mut by_rule = None;
        let rated = match row.route.clone() {
            None => None,
            Some(route) => Some(match self.place(&route, row.day)? {
                Ok(place) => {
                    by_rule = self.by_rule(&row, &place);
                    cost(&row, &place, self.fx, self.resolution)
                        .unwrap_or_else(|_| Figure::unknown(Decimal::ZERO, Pricing::AmountTooLarge))
                }
                Err(why) => Figure::unknown(Decimal::ZERO, why),
            }),
        };
        let difference = difference(row.cost, rated.as_ref());
        let first = row.route.as_ref().and_then(|route| self.first_day(route));
        let before = first.filter(|first| row.day < *first);
        Ok(RatedRow { row, rated, by_rule, difference, before })
    }

    /// The image output of a delivered image by the rule of its model, where the log does not tell it.
    fn by_rule(&self, row: &LoggedAttempt, place: &PricedOn) -> Option<Figure<Decimal>> {
        let logged = counts::usage(row, place);
        let is_open = logged.count(Meter::ImageOutput).high().is_none();
        if !row.ending.is_delivered() || !is_open {
            return None;
        }
        let tokens = counts::output_by_rule(row, place.rules.as_ref()?)?;
        let mut usage = logged;
        usage.set(Meter::ImageOutput, tokens, Vec::new());
        let facts = facts(row, place, self.resolution);
        let rated = rating::rate_before_floor(&usage, &facts, &place.table, self.fx).ok()?;
        let mut output =
            rated.charges.iter().filter(|line| line.meter == Meter::ImageOutput).peekable();
        // Where output tokens are not billed, nothing is open.
        output.peek()?;
        rating::total(output).ok().filter(|amount| amount.high().is_some())
    }

    /// The first day on which an image of a route can have been made, as far as it is known.
    fn first_day(&self, route: &Route) -> Option<NaiveDate> {
        let model = find_model(self.catalog, &route.model).ok();
        let launch = model.and_then(|model| Some(model.launch.as_ref()?.on));
        let prices = route.versions.iter().map(|version| version.period.first).min();
        launch.max(prices)
    }

    fn place(
        &mut self,
        route: &Arc<Route>,
        day: NaiveDate,
    ) -> Result<Result<Arc<PricedOn>, Pricing>, Errors<Problem>> {
        let key = (route.id.to_string(), day);
        if let Some(place) = self.places.get(&key) {
            return Ok(place.clone());
        }
        let found = find_table(self.catalog, route, day).and_then(|table| {
            let model = find_model(self.catalog, &route.model)?;
            let rules = in_force(&model.rules, day).ok().cloned();
            Ok(Arc::new(PricedOn { table, model, rules }))
        });
        let place = match found {
            Ok(place) => Ok(place),
            Err(EstimateError::Request(errors)) => {
                Err(Pricing::Refused(errors.iter().cloned().collect()))
            }
            Err(EstimateError::Data(problems)) => return Err(problems),
        };
        Ok(self.places.entry(key).or_insert(place).clone())
    }
}

fn cost(
    row: &LoggedAttempt,
    place: &PricedOn,
    fx: &FxRates,
    resolution: Option<&str>,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let usage = counts::usage(row, place);
    let rated = rating::rate(&usage, &facts(row, place, resolution), &place.table, fx)?;
    let whole = match call_cost(&rated.charges) {
        Ok(whole) => with_mainline(whole, &place.table.route),
        Err(_) => return Err(AmountTooLarge),
    };
    match row.ending {
        Ending::Accepted | Ending::Rejected | Ending::NotReviewed => Ok(whole.total),
        Ending::Undelivered(event) => {
            Ok(charged(&whole, place.table.route.terms.charge(event).rule, kind_of(event)))
        }
    }
    .map(|cost: Figure<Decimal>| cost.located(&Whose::of(&place.table.route)))
}

fn kind_of(event: Event) -> Undelivered {
    match event {
        Event::ServerError | Event::ClientError | Event::ClientDisconnect => Undelivered::Failed,
        Event::BlockAtInput | Event::BlockAtOutput => Undelivered::Blocked,
        Event::Timeout => Undelivered::TimedOut,
    }
}

/// Where a mainline model calls the image model, its tokens are billed as well, and no log has them.
fn with_mainline(whole: CallCost, route: &Route) -> CallCost {
    if route.image_tool.is_none() {
        return whole;
    }
    let unknown = |figure: Figure<Decimal>| Figure::unknown(figure.low(), Logged::NoMainlineTokens);
    CallCost { total: unknown(whole.total), input: unknown(whole.input) }
}

fn facts(row: &LoggedAttempt, place: &PricedOn, resolution: Option<&str>) -> Facts {
    let edit = row.counts.get(&Meter::InputImages).is_some_and(|images| *images > 0);
    let quality = |label: &String| match label.as_str() {
        "auto" => QualityChoice::Auto,
        label => QualityChoice::Label(label.to_owned()),
    };
    Facts {
        processing: row.processing.unwrap_or(Processing::Standard),
        mode: if edit { Mode::Edit } else { Mode::Generate },
        quality: row.quality.as_ref().map(quality),
        size: row.requested.or(row.delivered).map(SizeChoice::Exact),
        labels: place.rules.as_ref().map_or_else(Vec::new, |rules| rules.labels().to_vec()),
        resolution: resolution.map(str::to_owned),
        format: None,
    }
}

fn difference(logged: Option<Decimal>, rated: Option<&Figure<Decimal>>) -> Difference {
    let Some(rated) = rated else { return Difference::NotRated };
    let Some(logged) = logged else { return Difference::NotLogged };
    let (low, high) = (rated.low(), rated.high());
    match (rated.exact(), high) {
        (Some(rated), _) if rated == logged => Difference::None,
        _ if logged.is_zero() => Difference::ZeroLogged,
        (Some(rated), _) => {
            let by = logged - rated;
            // Half of the last decimal place that was logged; nobody rounds beyond cents, and 1 is 1.00.
            let rounding = Decimal::new(5, logged.scale().max(2) + 1);
            if by.abs() <= rounding { Difference::Rounding(by) } else { Difference::By(by) }
        }
        (None, _) if logged < low => Difference::By(logged - low),
        (None, Some(high)) if logged > high => Difference::By(logged - high),
        (None, Some(_)) => Difference::WithinRange,
        (None, None) => Difference::NotRated,
    }
}
