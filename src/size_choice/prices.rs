//! Every legal size of a model with its tokens and its cost at one quality.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use super::costs::Costs;
use crate::attempts::AttemptRates;
use crate::catalog::Catalog;
use crate::catalog::conditions::{Mode, Processing};
use crate::catalog::dated::in_force;
use crate::catalog::evidence::{Evidence, RestsOn};
use crate::catalog::model::Model;
use crate::catalog::model_rules::{ModelRules, SizeRule};
use crate::catalog::sizes;
use crate::estimate::{
    Assumption, Estimate, EstimateError, PriceBasis, Subject, Terms, estimate_request,
};
use crate::figure::Figure;
use crate::metering::output_tokens::{self, Asked};
use crate::money::AmountTooLarge;
use crate::note::Note;
use crate::rating::{Facts, FxRates, PriceTable};
use crate::reason::Reasons;
use crate::request::refusals::NoSizeList;
use crate::request::{Draft, Prompt, QualityChoice, Request, RequestError, SizeChoice};
use crate::size::Size;

/// Of which model, at which quality, by whose prices of which day.
#[derive(Debug, Clone, Copy)]
pub struct PricedOn<'a> {
    /// The model's id or alias.
    pub model: Option<&'a str>,
    /// A quality label or `auto`.
    pub quality: Option<&'a str>,
    /// The route, or a unique ending of its id; the model maker's own where none is given.
    pub route: Option<&'a str>,
    /// The day whose prices hold.
    pub as_of: NaiveDate,
    /// Today: a later day is priced at the open version and marked as assumed.
    pub today: NaiveDate,
    /// The resolution class to ask for, such as `2K`, on routes that price by class.
    pub resolution: Option<&'a str>,
    /// Exchange rates of the user's own.
    pub fx: &'a FxRates,
}

/// A legal size, and one image of it without a prompt or reference images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedSize {
    /// The size.
    pub size: Size,
    /// The output tokens of the image; shared by all sizes with as many.
    pub tokens: Arc<Figure<u64>>,
    /// The cost of the image; shared by all sizes with the same.
    pub cost: Arc<Figure<Decimal>>,
    /// Whether it is above the size up to which the maker calls results reliable.
    pub experimental: bool,
}

/// The legal sizes of a model, priced.
#[derive(Debug, Clone)]
pub struct SizePrices {
    /// The model.
    pub model: Arc<Model>,
    /// Its rules of the day.
    pub rules: ModelRules,
    /// The quality; `None` of a model that takes none.
    pub quality: Option<QualityChoice>,
    /// The route and the version of its prices.
    pub table: PriceTable,
    /// The day whose prices hold.
    pub as_of: NaiveDate,
    /// What its prices rest on.
    pub price_basis: PriceBasis,
    /// The statements that its prices rest on.
    pub evidence: Vec<Arc<Evidence>>,
    /// The legal sizes, by width and height.
    pub sizes: Vec<PricedSize>,
    /// What was assumed, a sentence each.
    pub assumptions: Vec<Assumption>,
    /// What is to be said of all the figures.
    pub notes: Vec<Note>,
}

impl SizePrices {
    /// Prices every legal size.
    ///
    /// # Errors
    /// The same as for an estimate: an unknown name, a model that is shut down, a day without prices.
    pub fn of(catalog: &Catalog, place: &PricedOn) -> Result<SizePrices, EstimateError> {
        SizePrices::among(catalog, place, |_| true)
    }

    /// Prices the legal sizes that are in question. A grid has ten thousands of them, so what looks at a few
    /// says which.
    ///
    /// # Errors
    /// Those of [`SizePrices::of`].
    pub(super) fn among(
        catalog: &Catalog,
        place: &PricedOn,
        in_question: impl Fn(Size) -> bool,
    ) -> Result<SizePrices, EstimateError> {
        let base = base_estimate(catalog, place)?;
        let quality = asked(&base).and_then(|request| request.quality.clone());
        let no_rules = |_| RequestError::MakesNoImages { model: base.model.id.clone() };
        let rules = in_force(&base.model.rules, place.as_of).map_err(no_rules)?.clone();
        check_in_pixels(&base.model, &rules)?;
        let mut sizes = sizes::legal_sizes(&rules.sizes.rule);
        sizes.retain(|size| in_question(*size));
        let sizes = priced(sizes, &rules, quality.as_ref(), &base, place)?;
        // The size of the estimate is only a stand-in; each size says itself whether it is experimental.
        let price_basis = base.price_basis();
        let evidence = base.rests_on().statements().iter().map(|it| Arc::clone(it)).collect();
        let notes =
            base.notes.into_iter().filter(|note| !matches!(note, Note::ExperimentalSize { .. }));
        let mainline = base.table.route.image_tool.as_ref().map(|_| Note::MainlineLeftOut);
        Ok(SizePrices {
            model: base.model,
            rules,
            quality,
            table: base.table,
            as_of: base.as_of,
            price_basis,
            evidence,
            sizes,
            assumptions: base.assumptions,
            notes: notes.chain(mainline).collect(),
        })
    }

    /// What its prices rest on.
    pub fn rests_on(&self) -> RestsOn<'_> {
        RestsOn::these(&self.evidence)
            .unwrap_or_else(|| RestsOn::one(&self.table.version().evidence))
    }

    /// The priced size, if it is legal.
    pub fn get(&self, size: Size) -> Option<&PricedSize> {
        self.sizes.iter().find(|priced| priced.size == size)
    }

    /// Why sizes cannot be ranked by cost; empty if they can.
    pub fn unranked(&self) -> Reasons {
        let open = self.sizes.iter().find(|priced| priced.cost.high().is_none());
        open.map_or_else(Reasons::default, |priced| priced.cost.reasons().clone())
    }
}

impl PricedSize {
    /// The cheaper one first; of two that cost the same, the one with more pixels. Where the cost is not
    /// known, the one with fewer tokens.
    pub fn by_cost(&self, other: &PricedSize) -> Ordering {
        let key = |priced: &PricedSize| {
            let tokens = priced.cost.high().is_none().then(|| priced.tokens.low());
            (priced.cost.low(), priced.cost.high(), tokens, Reverse(priced.size.pixels()))
        };
        key(self).cmp(&key(other)).then_with(|| self.size.cmp(&other.size))
    }

    /// Whether it costs less. Two ranges are open for the same reason (the multiple of a formula, the
    /// label that `auto` picks), so they are compared end by end.
    pub fn costs_less_than(&self, other: &PricedSize) -> bool {
        let highs = self.cost.high().zip(other.cost.high());
        self.cost.low() < other.cost.low() && highs.is_some_and(|(this, other)| this < other)
    }
}

/// The estimate of one image of the model's default size: it finds the model, the quality and the
/// prices, or says why not.
fn base_estimate(catalog: &Catalog, place: &PricedOn) -> Result<Estimate, EstimateError> {
    let terms = Terms {
        route: place.route,
        as_of: place.as_of,
        today: place.today,
        held_since: None,
        rates: AttemptRates::ONE_ATTEMPT,
        accepted_images: None,
        review: None,
        resolution: place.resolution,
        fx: place.fx,
        top_up: None,
        data_residency: false,
        assumed_rates: &[],
    };
    let mut draft = Draft {
        model: place.model.map(str::to_owned),
        quality: place.quality.map(str::to_owned),
        prompt: Some(Prompt::BilledTokens(0)),
        ..Draft::default()
    };
    let settled = estimate_request(catalog, &draft, &terms)?;
    // Asked again with the size by name, so that it does not stand among what was assumed.
    draft.size = asked(&settled).and_then(|request| Some(request.size?.in_words()));
    estimate_request(catalog, &draft, &terms)
}

fn asked(estimate: &Estimate) -> Option<&Request> {
    match &estimate.subject {
        Subject::Request(request) => Some(request),
        Subject::Reply(..) => None,
    }
}

/// Only sizes in pixels can be listed and chosen from.
fn check_in_pixels(model: &Model, rules: &ModelRules) -> Result<(), RequestError> {
    let why = match &rules.sizes.rule {
        SizeRule::Listed(_) | SizeRule::Grid(_) => return Ok(()),
        SizeRule::Tiers(tiers) => NoSizeList::ByResolution(tiers.clone()),
        SizeRule::NotKnown(note) => NoSizeList::NotKnown(note.clone()),
    };
    Err(RequestError::NoSizes { model: model.id.clone(), why })
}

fn facts(rules: &ModelRules, quality: Option<&QualityChoice>, place: &PricedOn) -> Facts {
    Facts {
        processing: Processing::Standard,
        mode: Mode::Generate,
        quality: quality.cloned(),
        size: None,
        labels: rules.labels().to_vec(),
        resolution: place.resolution.map(str::to_owned),
        format: None,
    }
}

fn priced(
    sizes: Vec<Size>,
    rules: &ModelRules,
    quality: Option<&QualityChoice>,
    base: &Estimate,
    place: &PricedOn,
) -> Result<Vec<PricedSize>, AmountTooLarge> {
    let mut costs = Costs::new(base, facts(rules, quality, place), place.fx);
    let price = |size| {
        let asked = Asked { quality, size: Some(SizeChoice::Exact(size)), resolution: None };
        let tokens = output_tokens::per_image(rules, asked);
        let (tokens, cost) = costs.of(size, tokens)?;
        let experimental = sizes::experimental_above(&rules.sizes.rule, size).is_some();
        Ok(PricedSize { size, tokens, cost, experimental })
    };
    sizes.into_iter().map(price).collect()
}
