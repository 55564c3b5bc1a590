//! The fields of a thing that differs, and of a route on both sides.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::words;
use crate::catalog::dated::{FirstDay, Period};
use crate::catalog::evidence::Evidence;
use crate::catalog::model::Model;
use crate::catalog::route::Route;
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::price_changes::{
    CostChange, CostOf, DetailChange, ModelChange, PriceChanges, PricedSides, RateChange,
    RatePrice, RateState, RouteChange, RouteSide, VersionChange, What,
};
use crate::reason::{Pricing, Reasons};
use crate::report::dictionary::{Term, terms};
use crate::report::record::{Field, Recorded, Value};

/// The sides, as they stand in the keys of fields.
const SIDES: [&str; 2] = ["a", "b"];

/// A field of one side: `route_SIDE` becomes `route_a`.
fn of_side<R>(
    term: &'static Term,
    side: &str,
    of: for<'r> fn(&'r R, &str) -> Value<'r>,
) -> Field<R> {
    Field::named(term, term.key.replace("SIDE", side), side.to_owned(), of)
}

/// The place of a side in a pair.
fn at(side: &str) -> usize {
    usize::from(side == SIDES[1])
}

/// A row that has a route and a source on each side.
trait OfSides {
    fn route(&self, side: &str) -> Option<&Route>;
    fn period(&self, side: &str) -> Option<Period>;
    fn evidence(&self, side: &str) -> Option<&Evidence>;
}

fn of_route<R: OfSides>(side: &str) -> Vec<Field<R>> {
    vec![
        of_side(&terms::ROUTE_OF_SIDE, side, |it: &R, side| {
            it.route(side).map(|it| it.id.to_string()).into()
        }),
        of_side(&terms::OWNER_OF_SIDE, side, |it: &R, side| {
            it.route(side).map(|it| it.id.owner.as_str()).into()
        }),
        of_side(&terms::OWNER_NAME_OF_SIDE, side, |it: &R, side| {
            it.route(side).map(|it| it.owner_name.as_str()).into()
        }),
        of_side(&terms::OWNER_KIND_OF_SIDE, side, |it: &R, side| {
            it.route(side).map(|it| it.id.kind.as_str()).into()
        }),
        of_side(&terms::MODEL_OF_SIDE, side, |it: &R, side| {
            it.route(side).map(|it| it.model.as_str()).into()
        }),
    ]
}

fn of_version<R: OfSides>(side: &str) -> Vec<Field<R>> {
    vec![
        of_side(&terms::VERSION_FROM_OF_SIDE, side, |it: &R, side| {
            it.period(side).map(|it| it.first.to_string()).into()
        }),
        of_side(&terms::STATED_OF_SIDE, side, |it: &R, side| {
            let first = it.period(side).map(|it| it.first_day);
            first.map(|it| it == FirstDay::Stated).into()
        }),
        of_side(&terms::VERSION_UNTIL_OF_SIDE, side, |it: &R, side| {
            it.period(side).and_then(|it| it.until).into()
        }),
        of_side(&terms::SOURCE_OF_SIDE, side, |it: &R, side| {
            it.evidence(side).map(|it| it.source.as_str()).into()
        }),
        of_side(&terms::SEEN_OF_SIDE, side, |it: &R, side| {
            it.evidence(side).and_then(|it| it.seen).into()
        }),
        of_side(&terms::CONFIDENCE_OF_SIDE, side, |it: &R, side| {
            it.evidence(side).map(|it| it.confidence.as_str()).into()
        }),
    ]
}

impl OfSides for &RouteChange {
    fn route(&self, side: &str) -> Option<&Route> {
        self.sides[at(side)].route().map(|route| &**route)
    }

    fn period(&self, side: &str) -> Option<Period> {
        self.sides[at(side)].table().map(|table| table.version().period)
    }

    fn evidence(&self, side: &str) -> Option<&Evidence> {
        self.sides[at(side)].table().map(|table| &*table.version().evidence)
    }
}

impl Recorded for &RouteChange {
    const NAME: &'static str = "route_change";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = vec![
            terms::ROUTE_CHANGE.of(|it| kind_of_change(it).into()),
            terms::EQUAL_RATES.of(|it| (it.rates.equal as u64).into()),
        ];
        for side in SIDES {
            fields.extend(of_route(side));
            fields.extend(of_version(side));
            fields.push(of_side(&terms::REASON_OF_SIDE, side, |it: &Self, side| {
                why_unpriced(&it.sides[at(side)]).into()
            }));
            fields.push(of_side(&terms::REASON_CODES_OF_SIDE, side, |it: &Self, side| {
                codes_unpriced(&it.sides[at(side)])
            }));
        }
        fields
    }
}

/// The stable word for what became of a route.
fn kind_of_change(change: &RouteChange) -> &'static str {
    match change.priced_sides() {
        PricedSides::Both if change.differs() => "changed",
        PricedSides::Both => "same",
        PricedSides::Starts => "starts",
        PricedSides::Ends => "ends",
        PricedSides::Neither => "unpriced",
    }
}

fn why_unpriced(side: &RouteSide) -> Option<String> {
    match side {
        RouteSide::NotThere => Some("not there".into()),
        RouteSide::Unpriced(_, reason) => Some(reason.to_string()),
        RouteSide::Priced(_) => None,
    }
}

fn codes_unpriced<'a>(side: &RouteSide) -> Value<'a> {
    match side {
        RouteSide::NotThere => Value::codes([Pricing::RouteNotThere.code()]),
        RouteSide::Unpriced(_, why) => {
            Value::codes(Reasons::from(std::slice::from_ref(why)).codes())
        }
        RouteSide::Priced(_) => Value::codes([]),
    }
}

/// A thing that differs.
#[derive(Debug, Clone, Copy)]
pub struct ChangeRow<'a> {
    /// The route whose it is; none of a model.
    of: Option<&'a RouteChange>,
    what: Changed<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Changed<'a> {
    Route(&'a RouteChange),
    Rate(&'a RateChange),
    Detail(&'a DetailChange),
    Version(&'a VersionChange),
    Other(&'static str),
    Cost(&'a CostChange, CostOf),
    Shutdown(&'a Model),
    Model(&'a ModelChange),
}

/// A row for each thing that differs.
pub(super) fn rows(changes: &PriceChanges) -> impl Iterator<Item = ChangeRow<'_>> {
    let of_routes = changes.routes.iter().flat_map(|it| of_route_change(it, changes.cost_of));
    let shutdowns = changes.shutdowns.iter().map(|model| Changed::Shutdown(model));
    let models = changes.models.iter().map(Changed::Model);
    of_routes.chain(shutdowns.chain(models).map(|what| ChangeRow { of: None, what }))
}

fn of_route_change(
    change: &RouteChange,
    cost_of: Option<CostOf>,
) -> impl Iterator<Item = ChangeRow<'_>> {
    let one_sided = change.priced_sides() != PricedSides::Both;
    let cost = change.cost.as_ref().zip(cost_of);
    let route = one_sided.then_some(Changed::Route(change)).into_iter();
    let all = route
        .chain(change.rates.changed.iter().map(Changed::Rate))
        .chain(change.details.iter().map(Changed::Detail))
        .chain(change.versions.iter().map(Changed::Version))
        .chain(change.others.iter().map(|other| Changed::Other(other)))
        .chain(cost.map(|(cost, of)| Changed::Cost(cost, of)));
    all.map(move |what| ChangeRow { of: Some(change), what })
}

impl<'a> ChangeRow<'a> {
    fn kind(&self) -> &'static str {
        match self.what {
            Changed::Route(_) => "route",
            Changed::Rate(_) => "rate",
            Changed::Detail(_) => "detail",
            Changed::Version(_) => "version",
            Changed::Other(_) => "other",
            Changed::Cost(..) => "cost",
            Changed::Shutdown(_) => "shutdown",
            Changed::Model(_) => "model",
        }
    }

    fn subject(&self) -> Option<Cow<'static, str>> {
        match self.what {
            Changed::Route(change) => Some(kind_of_change(change).into()),
            Changed::Rate(rate) => Some(rate.meter.as_str().into()),
            Changed::Detail(detail) => Some(words::detail(detail).0.into()),
            Changed::Version(version) => Some(what(version.what).into()),
            Changed::Other(other) => Some(other.into()),
            Changed::Cost(_, of) => Some(words::cost_of(of).into()),
            Changed::Shutdown(_) => None,
            Changed::Model(model) => Some(what(model.what).into()),
        }
    }

    /// The model, where both sides make the same.
    fn model(&self) -> Option<&'a str> {
        match self.what {
            Changed::Shutdown(model) => Some(&model.id),
            Changed::Model(model) => Some(&model.id),
            _ => {
                let [a, b] = self.of?.sides.each_ref().map(RouteSide::route);
                let model = &a.or(b)?.model;
                b.is_none_or(|it| it.model == *model).then_some(model)
            }
        }
    }

    fn shutdown(&self) -> Option<&'a Model> {
        match self.what {
            Changed::Shutdown(model) => Some(model),
            _ => None,
        }
    }

    fn rate(&self) -> Option<&'a RateChange> {
        match self.what {
            Changed::Rate(rate) => Some(rate),
            _ => None,
        }
    }

    fn price(&self, side: &str) -> Option<&'a RatePrice> {
        match &self.rate()?.sides[at(side)] {
            RateState::Priced(price) => Some(price),
            _ => None,
        }
    }

    fn cost(&self) -> Option<&'a CostChange> {
        match self.what {
            Changed::Cost(cost, _) => Some(cost),
            _ => None,
        }
    }

    fn estimate(&self, side: &str) -> Option<&'a Estimate> {
        self.cost()?.sides[at(side)].as_deref().ok()
    }

    fn figure(&self, side: &str) -> Option<&'a Figure<Decimal>> {
        match self.what {
            Changed::Cost(_, of) => self.estimate(side).map(|estimate| of.figure(estimate)),
            _ => None,
        }
    }

    fn state(&self, side: &str) -> Option<Cow<'static, str>> {
        let side = at(side);
        match self.what {
            Changed::Route(change) => Some(state_of_route(&change.sides[side]).into()),
            Changed::Rate(rate) => Some(state_of_rate(&rate.sides[side]).into()),
            Changed::Detail(detail) => {
                let (_, [a, b]) = words::detail(detail);
                Some(if side == 0 { a } else { b }.into())
            }
            _ => None,
        }
    }

    fn reason(&self, side: &str) -> Option<Cow<'a, str>> {
        match self.what {
            Changed::Route(change) => why_unpriced(&change.sides[at(side)]).map(Cow::from),
            Changed::Rate(rate) => match &rate.sides[at(side)] {
                RateState::NotStated(why) => why.as_ref().map(|why| Cow::from(why.to_string())),
                _ => None,
            },
            Changed::Cost(cost, of) => Some(match &cost.sides[at(side)] {
                Ok(estimate) => of.figure(estimate).reasons().in_words().into(),
                Err(why) => why.in_words().into(),
            }),
            _ => None,
        }
    }

    fn reason_codes(&self, side: &str) -> Value<'a> {
        match self.what {
            Changed::Route(change) => codes_unpriced(&change.sides[at(side)]),
            Changed::Cost(cost, of) => match &cost.sides[at(side)] {
                Ok(estimate) => Value::reason_codes(of.figure(estimate)),
                Err(why) => Value::codes(why.codes()),
            },
            _ => Value::codes([]),
        }
    }

    /// B − A, and for how many units in which unit.
    fn difference(&self) -> (Option<Decimal>, Option<u32>, Option<&'a str>, Option<Decimal>) {
        if let Some(found) = self.rate().and_then(|rate| rate.difference.as_ref()) {
            let per = Some(found.per.count());
            return (Some(found.amount), per, Some(found.unit.name()), found.relative);
        }
        let cost = self.cost();
        let amount = cost.and_then(|it| it.difference);
        (amount, None, amount.map(|_| "USD"), cost.and_then(|it| it.relative))
    }
}

impl OfSides for ChangeRow<'_> {
    fn route(&self, side: &str) -> Option<&Route> {
        self.of?.sides[at(side)].route().map(|route| &**route)
    }

    /// Of a version that differs, that version.
    fn period(&self, side: &str) -> Option<Period> {
        match self.what {
            Changed::Version(version) => version.periods[at(side)],
            _ => None,
        }
    }

    /// Of a price, who states it.
    fn evidence(&self, side: &str) -> Option<&Evidence> {
        self.price(side).map(|price| &*price.evidence)
    }
}

impl Recorded for ChangeRow<'_> {
    const NAME: &'static str = "price_change";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = vec![
            terms::CHANGE_KIND.of(|it: &Self| it.kind().into()),
            terms::MODEL.of(|it| it.model().into()),
            terms::WHAT.of(|it| it.subject().into()),
            terms::CONDITIONS
                .of(|it| Value::List(it.rate().map_or_else(Vec::new, words::conditions))),
        ];
        for side in SIDES {
            fields.extend(of_route(side));
            fields.extend(of_price(side));
            fields.extend(of_version(side));
            fields.extend(of_cost(side));
        }
        fields.extend(of_difference());
        fields.extend([
            terms::SHUTDOWN.of(|it: &Self| {
                let shutdown = it.shutdown().and_then(|it| it.shutdown.as_ref());
                shutdown.map(|it| it.on.to_string()).into()
            }),
            terms::REPLACED_BY.of(|it| {
                let shutdown = it.shutdown().and_then(|it| it.shutdown.as_ref());
                Value::List(shutdown.map_or_else(Vec::new, |it| it.replacements.clone()))
            }),
        ]);
        fields
    }
}

/// What a side charges, and under which conditions.
fn of_price<'a>(side: &str) -> Vec<Field<ChangeRow<'a>>> {
    vec![
        of_side(&terms::STATE_OF_SIDE, side, |it: &ChangeRow, side| it.state(side).into()),
        of_side(&terms::UNIT_PRICE_OF_SIDE, side, |it: &ChangeRow, side| {
            it.price(side).map(|it| it.price).into()
        }),
        of_side(&terms::PER_OF_SIDE, side, |it: &ChangeRow, side| {
            it.price(side).map(|it| it.per.count()).into()
        }),
        of_side(&terms::PRICE_UNIT_OF_SIDE, side, |it: &ChangeRow, side| {
            it.price(side).map(|it| it.unit.name()).into()
        }),
        of_side(&terms::IN_USD_OF_SIDE, side, |it: &ChangeRow, side| {
            it.price(side).and_then(|it| it.dollars).into()
        }),
        of_side(&terms::AFTER_OF_SIDE, side, |it: &ChangeRow, side| {
            it.price(side).map(|it| it.after).filter(|after| *after > 0).into()
        }),
        of_side(&terms::WHOLE_UNITS_OF_SIDE, side, |it: &ChangeRow, side| {
            it.price(side).map(|it| it.whole_units).into()
        }),
        of_side(&terms::RESTS_ON_OF_SIDE, side, |it: &ChangeRow, side| {
            it.price(side).and_then(|it| it.basis.as_deref()).into()
        }),
        of_side(&terms::PRICES_OF_SIDE, side, |it: &ChangeRow, side| {
            match it.rate().map(|rate| &rate.sides[at(side)]) {
                Some(RateState::Depends(prices)) => Value::List(words::prices(prices)),
                _ => Value::List(Vec::new()),
            }
        }),
    ]
}

/// What the request or volume costs on a side.
fn of_cost<'a>(side: &str) -> Vec<Field<ChangeRow<'a>>> {
    vec![
        of_side(&terms::COST_OF_SIDE, side, |it: &ChangeRow, side| it.figure(side).into()),
        of_side(&terms::CASH_OF_SIDE, side, |it: &ChangeRow, side| {
            let purchase = it.estimate(side).and_then(|it| it.purchase.as_ref());
            purchase.map(|it| &it.cash).into()
        }),
        of_side(&terms::CERTAINTY_OF_SIDE, side, |it: &ChangeRow, side| {
            it.figure(side).map_or(Value::Blank, Value::certainty)
        }),
        of_side(&terms::REASON_OF_SIDE, side, |it: &ChangeRow, side| it.reason(side).into()),
        of_side(&terms::REASON_CODES_OF_SIDE, side, |it: &ChangeRow, side| it.reason_codes(side)),
    ]
}

fn of_difference<'a>() -> Vec<Field<ChangeRow<'a>>> {
    vec![
        terms::B_MINUS_A.of(|it: &ChangeRow| it.difference().0.into()),
        terms::B_MINUS_A_PER.of(|it| it.difference().1.into()),
        terms::B_MINUS_A_UNIT.of(|it| it.difference().2.into()),
        terms::RELATIVE_CHANGE.of(|it| it.difference().3.into()),
    ]
}

fn state_of_route(side: &RouteSide) -> &'static str {
    match side {
        RouteSide::NotThere => "not_there",
        RouteSide::Unpriced(..) => "not_priced",
        RouteSide::Priced(_) => "priced",
    }
}

/// The stable word for what a side charges.
fn state_of_rate(state: &RateState) -> &'static str {
    match state {
        RateState::Priced(_) => "priced",
        RateState::Depends(_) => "depends",
        RateState::ByCondition => "by_condition",
        RateState::NotBilled => "not_billed",
        RateState::NoSurcharge => "no_surcharge",
        RateState::NotOffered => "not_offered",
        RateState::NotStated(_) => "not_stated",
        RateState::OtherList => "other_list",
    }
}

/// The stable word for what differs in a version or model.
fn what(what: What) -> &'static str {
    match what {
        What::OnlyA => "only_a",
        What::OnlyB => "only_b",
        What::Content => "content",
        What::Evidence => "evidence",
    }
}
