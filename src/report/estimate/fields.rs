//! The fields of an estimate and of its lines, which rows of several commands share: of a route, of the version of
//! its prices, of what was asked and of attempts.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{explain, native_total, title};
use crate::catalog::dated::FirstDay;
use crate::catalog::evidence::RestsOn;
use crate::catalog::price::PriceVersion;
use crate::catalog::route::Route;
use crate::estimate::{ByRule, Estimate, PriceBasis, Settled};
use crate::figure::Figure;
use crate::rating::Charge;
use crate::report::dictionary::terms;
use crate::report::record::{Field, Recorded, Value};
use crate::unit::Meter;
use crate::usage::Usage;

/// A row that may be of a route.
pub(in crate::report) trait OfRoute {
    fn route(&self) -> Option<&Route>;
}

/// A row that may be of a version of prices.
pub(in crate::report) trait OfVersion {
    fn version(&self) -> Option<&PriceVersion>;

    /// What the figure of the row rests on; of a row without a figure, what the version does.
    fn rests_on(&self) -> Option<RestsOn<'_>> {
        self.version().map(|version| RestsOn::one(&version.evidence))
    }
}

/// A row that may be of an estimate.
pub(in crate::report) trait OfEstimate {
    fn estimate(&self) -> Option<&Estimate>;
}

impl<R: OfEstimate> OfVersion for R {
    fn version(&self) -> Option<&PriceVersion> {
        self.estimate().map(|estimate| estimate.table.version())
    }

    fn rests_on(&self) -> Option<RestsOn<'_>> {
        self.estimate().map(Estimate::rests_on)
    }
}

/// The route, whose it is and what it makes.
pub(in crate::report) fn of_route<R: OfRoute>() -> Vec<Field<R>> {
    vec![
        terms::ROUTE.of(|it: &R| it.route().map(|it| it.id.to_string()).into()),
        terms::OWNER.of(|it| it.route().map(|it| it.id.owner.as_str()).into()),
        terms::OWNER_NAME.of(|it| it.route().map(|it| it.owner_name.as_str()).into()),
        terms::OWNER_KIND.of(|it| it.route().map(|it| it.id.kind.as_str()).into()),
        terms::MODEL.of(|it| it.route().map(|it| it.model.as_str()).into()),
    ]
}

/// How the owner names what it offers, and whose price it is.
pub(in crate::report) fn of_contract<R: OfRoute>() -> Vec<Field<R>> {
    vec![
        terms::ALIAS.of(|it: &R| it.route().and_then(|it| it.alias.as_deref()).into()),
        terms::GROUP.of(|it| it.route().and_then(|it| it.id.group()).into()),
        terms::CONTRACT.of(|it| it.route().map(|it| it.contract.as_str()).into()),
    ]
}

/// The version of the prices, and who says so.
pub(in crate::report) fn of_version<R: OfVersion>() -> Vec<Field<R>> {
    vec![
        terms::VERSION_FROM.of(|it: &R| it.version().map(|it| it.period.first.to_string()).into()),
        terms::VERSION_FROM_STATED.of(|it| {
            let stated = |it: &PriceVersion| it.period.first_day == FirstDay::Stated;
            it.version().map(stated).into()
        }),
        terms::VERSION_UNTIL.of(|it| it.version().and_then(|it| it.period.until).into()),
        terms::SEEN.of(|it| it.rests_on().and_then(|it| it.seen()).into()),
        terms::SOURCE.of(|it| it.rests_on().map(|it| it.sources()).into()),
        terms::LOCATORS.of(|it| it.rests_on().map(|it| it.locators()).unwrap_or_default().into()),
        terms::CONFIDENCE.of(|it| it.rests_on().map(|it| it.confidence().as_str()).into()),
    ]
}

/// What was asked for, with the defaults that were taken, and on which prices it rests.
pub(in crate::report) fn of_asked<R: OfEstimate>() -> Vec<Field<R>> {
    vec![
        terms::SIZE.of(|it: &R| {
            let request = it.estimate().and_then(|it| it.subject.request());
            request.map(|request| request.size_in_words()).into()
        }),
        terms::QUALITY.of(|it| {
            let request = it.estimate().and_then(|it| it.subject.request());
            request.map(|request| request.quality_in_words()).into()
        }),
        terms::PRICE_BASIS.of(|it| it.estimate().map(|it| it.price_basis().as_str()).into()),
    ]
}

/// How attempts turn out, and what they and the volume cost.
pub(in crate::report) fn of_attempts<R: OfEstimate>() -> Vec<Field<R>> {
    vec![
        terms::ACCEPTANCE
            .of(|it: &R| it.estimate().and_then(|it| it.attempts.rates.acceptance()).into()),
        terms::FAILURE_RATE
            .of(|it| it.estimate().map(|it| it.attempts.rates.failures().failure_rate).into()),
        terms::BLOCK_RATE
            .of(|it| it.estimate().map(|it| it.attempts.rates.failures().block_rate).into()),
        terms::TIMEOUT_RATE
            .of(|it| it.estimate().map(|it| it.attempts.rates.failures().timeout_rate).into()),
        terms::ATTEMPTS_PER_ACCEPTED
            .of(|it| exactly(it.estimate().map(|it| it.attempts.attempts_per_accepted))),
        terms::PER_ATTEMPT.of(|it| it.estimate().map(|it| &it.attempts.per_attempt).into()),
        terms::REVIEW_PER_ACCEPTED_IMAGE.of(|it| {
            exactly(it.estimate().and_then(|it| Some(it.attempts.review?.per_accepted_image)))
        }),
        terms::ACCEPTED.of(|it| {
            let volume = it.estimate().and_then(|it| it.attempts.volume.as_ref());
            exactly(volume.map(|volume| volume.accepted_images.into()))
        }),
        terms::ATTEMPTS.of(|it| {
            exactly(it.estimate().and_then(|it| Some(it.attempts.volume.as_ref()?.attempts)))
        }),
        terms::VOLUME_COST.of(|it| {
            let volume = it.estimate().and_then(|it| it.attempts.volume.as_ref());
            volume.map(|volume| &volume.total).into()
        }),
        terms::VOLUME_REVIEW
            .of(|it| exactly(it.estimate().and_then(|it| it.attempts.review?.of_volume))),
        terms::VOLUME_CASH.of(|it| {
            let purchase = it.estimate().and_then(|it| it.purchase.as_ref());
            purchase.map(|purchase| &purchase.cash).into()
        }),
        terms::IN_OWNERS_UNIT.of(|it| it.estimate().and_then(native_total).into()),
    ]
}

fn exactly<'a>(value: Option<Decimal>) -> Value<'a> {
    value.map_or(Value::Blank, |value| Value::Figure(Cow::Owned(Figure::Exact(value))))
}

/// What one request costs, and an accepted image.
fn of_cost<R: OfEstimate>() -> Vec<Field<R>> {
    vec![
        terms::ASKED.of(|it: &R| it.estimate().map(title).into()),
        terms::COST.of(|it| it.estimate().map(|it| &it.total).into()),
        terms::PER_ACCEPTED_IMAGE
            .of(|it| it.estimate().map(|it| &it.attempts.per_accepted_image).into()),
    ]
}

/// All of an estimate but the certainty and the reason of its cost.
pub(in crate::report) fn of_estimate<R: OfEstimate + OfRoute>() -> Vec<Field<R>> {
    let parts = [of_route(), of_asked(), of_cost(), of_attempts(), of_contract(), of_version()];
    parts.into_iter().flatten().collect()
}

impl OfEstimate for &Estimate {
    fn estimate(&self) -> Option<&Estimate> {
        Some(self)
    }
}

impl OfRoute for &Estimate {
    fn route(&self) -> Option<&Route> {
        Some(&self.table.route)
    }
}

impl Recorded for &Estimate {
    const NAME: &'static str = "estimated";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = of_estimate();
        fields.push(terms::CERTAINTY.of(|it: &&Estimate| Value::certainty(&it.total)));
        fields.push(terms::REASON.of(|it| Value::reasons(&it.total)));
        fields.push(terms::REASON_CODES.of(|it| Value::reason_codes(&it.total)));
        fields
    }
}

/// A line of an estimate.
#[derive(Debug, Clone, Copy)]
pub struct LineOfEstimate<'a> {
    pub(super) estimate: &'a Estimate,
    pub(super) charge: &'a Charge,
}

/// The lines of an estimate.
pub(super) fn lines(estimate: &Estimate) -> impl Iterator<Item = LineOfEstimate<'_>> {
    estimate.charges.iter().map(move |charge| LineOfEstimate { estimate, charge })
}

/// The fields of lines, with or without how each came about.
pub(super) fn of_lines<'a>(explain: bool) -> Vec<Field<LineOfEstimate<'a>>> {
    let mut fields = LineOfEstimate::fields();
    fields.retain(|field| explain || field.key() != terms::EXPLANATION.key);
    fields
}

/// The table of a line may be that of another model, such as the one that calls the image model.
impl OfRoute for LineOfEstimate<'_> {
    fn route(&self) -> Option<&Route> {
        self.charge.table.as_ref().map(|table| &*table.route)
    }
}

impl OfVersion for LineOfEstimate<'_> {
    fn version(&self) -> Option<&PriceVersion> {
        self.charge.table.as_ref().map(|table| table.version())
    }

    fn rests_on(&self) -> Option<RestsOn<'_>> {
        RestsOn::these(&*self.charge.rests_on)
    }
}

impl Recorded for LineOfEstimate<'_> {
    const NAME: &'static str = "line";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = of_route();
        let [cost, certainty, reason, codes] =
            terms::COST.figure(|it: &Self| Some(&it.charge.amount));
        fields.extend([
            terms::METER.of(|it: &Self| it.charge.meter.as_str().into()),
            terms::QUANTITY.of(|it| Value::count(&it.charge.quantity.count)),
            terms::UNIT.of(|it| it.charge.meter.counted().into()),
            terms::UNIT_PRICE.of(|it| it.charge.unit_price.as_ref().map(|it| it.price).into()),
            terms::PER.of(|it| it.charge.unit_price.as_ref().map(|it| it.per.count()).into()),
            terms::PRICE_UNIT
                .of(|it| it.charge.unit_price.as_ref().map(|it| it.unit.name()).into()),
            terms::OWNERS_UNIT_COST.of(|it| Value::figure(&it.charge.native)),
            cost,
            certainty,
            reason,
            codes,
            terms::AS_OF.of(|it| it.estimate.as_of.to_string().into()),
        ]);
        fields.extend(of_version());
        fields.push(
            terms::EXPLANATION
                .of(|it: &Self| Value::List(explain::sentences(it.charge)))
                .where_asked(),
        );
        fields
    }
}

/// What several things cost together.
#[derive(Debug, Clone)]
pub struct TotalCost<'a> {
    pub(in crate::report) cost: Cow<'a, Figure<Decimal>>,
    /// The weakest that the prices rest on; `None` where nothing has a price.
    pub(in crate::report) basis: Option<PriceBasis>,
}

impl Recorded for TotalCost<'_> {
    const NAME: &'static str = "total_cost";

    fn fields() -> Vec<Field<Self>> {
        let [cost, certainty, reason, codes] = terms::COST.figure(|it: &Self| Some(&*it.cost));
        let basis = terms::PRICE_BASIS.of(|it: &Self| it.basis.map(PriceBasis::as_str).into());
        vec![cost, certainty, basis, reason, codes]
    }
}

impl Recorded for &Usage {
    const NAME: &'static str = "usage";

    fn fields() -> Vec<Field<Self>> {
        let meters = Meter::ALL.into_iter().filter(|meter| !meter.is_surcharge());
        let field = |meter: Meter| {
            let name = meter.as_str().to_owned();
            Field::named(&terms::METERED, usage_key(meter), name, |it: &&Usage, name| {
                let meter = Meter::ALL.into_iter().find(|meter| meter.as_str() == name);
                meter.map_or(Value::Blank, |meter| Value::count(&it.count(meter)))
            })
        };
        meters.map(field).collect()
    }
}

/// The key of a meter where it is counted.
pub(in crate::report) fn usage_key(meter: Meter) -> String {
    match meter {
        tokens if tokens.is_tokens() => format!("{tokens}_tokens"),
        other => other.as_str().to_owned(),
    }
}

impl Recorded for &Settled {
    const NAME: &'static str = "settled";

    fn fields() -> Vec<Field<Self>> {
        let [cost, certainty, ..] = terms::COST.figure(|it: &Self| Some(&it.total));
        vec![
            terms::SIZE.of(|it| it.size.to_string().into()),
            terms::QUALITY.of(|it| it.quality.as_deref().into()),
            cost,
            certainty,
        ]
    }
}

impl Recorded for &ByRule {
    const NAME: &'static str = "by_rule";

    fn fields() -> Vec<Field<Self>> {
        let tokens = usage_key(Meter::ImageOutput);
        vec![
            terms::BY_RULE.of(|it| Value::figure(&it.amount)),
            Field::named(&terms::METERED, tokens, String::new(), |it, _| {
                it.output_tokens.as_ref().map_or(Value::Blank, Value::count)
            }),
            terms::OF.of(|it| it.of.as_str().into()),
        ]
    }
}
