//! The fields of an estimate and of its lines, which rows of several commands share: of a route, of the version of
//! its prices, of what was asked and of attempts.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{explain, native_total, title};
use crate::catalog::dated::FirstDay;
use crate::catalog::price::PriceVersion;
use crate::catalog::route::Route;
use crate::estimate::{ByRule, Estimate, Settled};
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
}

/// A row that may be of an estimate.
pub(in crate::report) trait OfEstimate {
    fn estimate(&self) -> Option<&Estimate>;
}

impl<R: OfEstimate> OfVersion for R {
    fn version(&self) -> Option<&PriceVersion> {
        self.estimate().map(|estimate| estimate.table.version())
    }
}

/// The route, whose it is and what it makes.
pub(in crate::report) fn of_route<R: OfRoute>() -> Vec<Field<R>> {
    vec![
        Field::new(&terms::ROUTE, |it: &R| Value::text(it.route().map(|it| it.id.to_string()))),
        Field::new(&terms::OWNER, |it| Value::text(it.route().map(|it| it.id.owner.as_str()))),
        Field::new(&terms::OWNER_NAME, |it| {
            Value::text(it.route().map(|it| it.owner_name.as_str()))
        }),
        Field::new(&terms::OWNER_KIND, |it| Value::text(it.route().map(|it| it.id.kind.as_str()))),
        Field::new(&terms::MODEL, |it| Value::text(it.route().map(|it| it.model.as_str()))),
    ]
}

/// How the owner names what it offers, and whose price it is.
pub(in crate::report) fn of_contract<R: OfRoute>() -> Vec<Field<R>> {
    vec![
        Field::new(&terms::ALIAS, |it: &R| {
            Value::text(it.route().and_then(|it| it.alias.as_deref()))
        }),
        Field::new(&terms::GROUP, |it| Value::text(it.route().and_then(|it| it.id.group()))),
        Field::new(&terms::CONTRACT, |it| Value::text(it.route().map(|it| it.contract.as_str()))),
    ]
}

/// The version of the prices, and who says so.
pub(in crate::report) fn of_version<R: OfVersion>() -> Vec<Field<R>> {
    vec![
        Field::new(&terms::VERSION_FROM, |it: &R| {
            Value::text(it.version().map(|it| it.period.first.to_string()))
        }),
        Field::new(&terms::VERSION_FROM_STATED, |it| {
            let stated = |it: &PriceVersion| it.period.first_day == FirstDay::Stated;
            it.version().map_or(Value::Blank, |it| Value::Flag(stated(it)))
        }),
        Field::new(&terms::VERSION_UNTIL, |it| {
            Value::text(it.version().and_then(|it| it.period.until).map(|it| it.to_string()))
        }),
        Field::new(&terms::SEEN, |it| {
            Value::text(it.version().and_then(|it| it.evidence.seen).map(|it| it.to_string()))
        }),
        Field::new(&terms::SOURCE, |it| {
            Value::text(it.version().map(|it| it.evidence.source.as_str()))
        }),
        Field::new(&terms::CONFIDENCE, |it| {
            Value::text(it.version().map(|it| it.evidence.confidence.as_str()))
        }),
    ]
}

/// What was asked for, with the defaults that were taken, and on which prices it rests.
pub(in crate::report) fn of_asked<R: OfEstimate>() -> Vec<Field<R>> {
    vec![
        Field::new(&terms::SIZE, |it: &R| {
            let request = it.estimate().and_then(|it| it.subject.request());
            Value::text(request.map(|request| request.size_in_words()))
        }),
        Field::new(&terms::QUALITY, |it| {
            let request = it.estimate().and_then(|it| it.subject.request());
            Value::text(request.map(|request| request.quality_in_words()))
        }),
        Field::new(&terms::PRICE_BASIS, |it| {
            let basis = |it: &Estimate| if it.assumed { "assumed" } else { "dated" };
            Value::text(it.estimate().map(basis))
        }),
    ]
}

/// How attempts turn out, and what they and the volume cost.
pub(in crate::report) fn of_attempts<R: OfEstimate>() -> Vec<Field<R>> {
    vec![
        Field::new(&terms::ACCEPTANCE, |it: &R| {
            Value::number(it.estimate().and_then(|it| it.attempts.rates.acceptance()))
        }),
        Field::new(&terms::FAILURE_RATE, |it| {
            Value::number(it.estimate().map(|it| it.attempts.rates.failures().failure_rate))
        }),
        Field::new(&terms::BLOCK_RATE, |it| {
            Value::number(it.estimate().map(|it| it.attempts.rates.failures().block_rate))
        }),
        Field::new(&terms::TIMEOUT_RATE, |it| {
            Value::number(it.estimate().map(|it| it.attempts.rates.failures().timeout_rate))
        }),
        Field::new(&terms::ATTEMPTS_PER_ACCEPTED, |it| {
            exactly(it.estimate().map(|it| it.attempts.attempts_per_accepted))
        }),
        Field::new(&terms::PER_ATTEMPT, |it| {
            Value::figure_of(it.estimate().map(|it| &it.attempts.per_attempt))
        }),
        Field::new(&terms::REVIEW_PER_ACCEPTED_IMAGE, |it| {
            exactly(it.estimate().and_then(|it| Some(it.attempts.review?.per_accepted_image)))
        }),
        Field::new(&terms::ACCEPTED, |it| {
            let volume = it.estimate().and_then(|it| it.attempts.volume.as_ref());
            exactly(volume.map(|volume| volume.accepted_images.into()))
        }),
        Field::new(&terms::ATTEMPTS, |it| {
            exactly(it.estimate().and_then(|it| Some(it.attempts.volume.as_ref()?.attempts)))
        }),
        Field::new(&terms::VOLUME_COST, |it| {
            let volume = it.estimate().and_then(|it| it.attempts.volume.as_ref());
            Value::figure_of(volume.map(|volume| &volume.total))
        }),
        Field::new(&terms::VOLUME_REVIEW, |it| {
            exactly(it.estimate().and_then(|it| it.attempts.review?.of_volume))
        }),
        Field::new(&terms::VOLUME_CASH, |it| {
            let purchase = it.estimate().and_then(|it| it.purchase.as_ref());
            Value::figure_of(purchase.map(|purchase| &purchase.cash))
        }),
        Field::new(&terms::IN_OWNERS_UNIT, |it| Value::text(it.estimate().and_then(native_total))),
    ]
}

fn exactly<'a>(value: Option<Decimal>) -> Value<'a> {
    value.map_or(Value::Blank, |value| Value::Figure(Cow::Owned(Figure::Exact(value))))
}

/// What one request costs, and an accepted image.
fn of_cost<R: OfEstimate>() -> Vec<Field<R>> {
    vec![
        Field::new(&terms::ASKED, |it: &R| Value::text(it.estimate().map(title))),
        Field::new(&terms::COST, |it| Value::figure_of(it.estimate().map(|it| &it.total))),
        Field::new(&terms::PER_ACCEPTED_IMAGE, |it| {
            Value::figure_of(it.estimate().map(|it| &it.attempts.per_accepted_image))
        }),
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
        fields.push(Field::new(&terms::CERTAINTY, |it: &&Estimate| Value::certainty(&it.total)));
        fields.push(Field::new(&terms::REASON, |it| Value::reasons(&it.total)));
        fields.push(Field::new(&terms::REASON_CODES, |it| Value::reason_codes(&it.total)));
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
}

impl Recorded for LineOfEstimate<'_> {
    const NAME: &'static str = "line";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = of_route();
        fields.extend([
            Field::new(&terms::METER, |it: &Self| Value::text(Some(it.charge.meter.as_str()))),
            Field::new(&terms::QUANTITY, |it| Value::count(&it.charge.quantity.count)),
            Field::new(&terms::UNIT, |it| Value::text(Some(it.charge.meter.counted()))),
            Field::new(&terms::UNIT_PRICE, |it| {
                Value::number(it.charge.unit_price.as_ref().map(|it| it.price))
            }),
            Field::new(&terms::PER, |it| {
                Value::number(it.charge.unit_price.as_ref().map(|it| it.per.count()))
            }),
            Field::new(&terms::PRICE_UNIT, |it| {
                Value::text(it.charge.unit_price.as_ref().map(|it| it.unit.name()))
            }),
            Field::new(&terms::OWNERS_UNIT_COST, |it| Value::figure(&it.charge.native)),
            Field::new(&terms::COST, |it| Value::figure(&it.charge.amount)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.charge.amount)),
            Field::new(&terms::REASON, |it| Value::reasons(&it.charge.amount)),
            Field::new(&terms::REASON_CODES, |it| Value::reason_codes(&it.charge.amount)),
            Field::new(&terms::AS_OF, |it| Value::text(Some(it.estimate.as_of.to_string()))),
        ]);
        fields.extend(of_version());
        fields.push(
            Field::new(&terms::EXPLANATION, |it: &Self| Value::List(explain::sentences(it.charge)))
                .where_asked(),
        );
        fields
    }
}

/// What several things cost together.
#[derive(Debug, Clone)]
pub struct TotalCost<'a>(pub Cow<'a, Figure<Decimal>>);

impl Recorded for TotalCost<'_> {
    const NAME: &'static str = "total_cost";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::COST, |it: &Self| Value::figure(&it.0)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.0)),
            Field::new(&terms::REASON, |it| Value::reasons(&it.0)),
            Field::new(&terms::REASON_CODES, |it| Value::reason_codes(&it.0)),
        ]
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
        vec![
            Field::new(&terms::SIZE, |it| Value::text(Some(it.size.to_string()))),
            Field::new(&terms::QUALITY, |it| Value::text(it.quality.as_deref())),
            Field::new(&terms::COST, |it| Value::figure(&it.total)),
            Field::new(&terms::CERTAINTY, |it| Value::certainty(&it.total)),
        ]
    }
}

impl Recorded for &ByRule {
    const NAME: &'static str = "by_rule";

    fn fields() -> Vec<Field<Self>> {
        let tokens = usage_key(Meter::ImageOutput);
        vec![
            Field::new(&terms::BY_RULE, |it| Value::figure(&it.amount)),
            Field::named(&terms::METERED, tokens, String::new(), |it, _| {
                it.output_tokens.as_ref().map_or(Value::Blank, Value::count)
            }),
            Field::new(&terms::OF, |it| Value::text(Some(it.of.as_str()))),
        ]
    }
}
