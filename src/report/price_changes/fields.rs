//! The fields of a thing that differs, and of a route on both sides.

use super::rows::{ChangeRow, Changed, SIDES, at, codes_unpriced, kind_of_change, why_unpriced};
use super::words;
use crate::catalog::dated::{FirstDay, Period};
use crate::catalog::evidence::Evidence;
use crate::catalog::route::Route;
use crate::price_changes::{RateState, RouteChange};
use crate::report::dictionary::{Term, terms};
use crate::report::record::{Field, Recorded, Value};

/// What a field of one side says of a row, by the name of the side.
type OfSide<R> = for<'r> fn(&'r R, &str) -> Value<'r>;

/// Fields of one side: `route_SIDE` becomes `route_a`.
fn of_side<R, const N: usize>(
    side: &str,
    fields: [(&'static Term, OfSide<R>); N],
) -> impl Iterator<Item = Field<R>> {
    fields.into_iter().map(move |(term, of)| {
        Field::named(term, term.key.replace("SIDE", side), side.to_owned(), of)
    })
}

/// A row that has a route and a source on each side.
trait OfSides {
    fn route(&self, side: &str) -> Option<&Route>;
    fn period(&self, side: &str) -> Option<Period>;
    fn evidence(&self, side: &str) -> Option<&Evidence>;
}

fn of_route<R: OfSides>(side: &str) -> impl Iterator<Item = Field<R>> {
    of_side(
        side,
        [
            (&terms::ROUTE_OF_SIDE, |it: &R, side| {
                it.route(side).map(|it| it.id.to_string()).into()
            }),
            (&terms::OWNER_OF_SIDE, |it: &R, side| {
                it.route(side).map(|it| it.id.owner.as_str()).into()
            }),
            (&terms::OWNER_NAME_OF_SIDE, |it: &R, side| {
                it.route(side).map(|it| it.owner_name.as_str()).into()
            }),
            (&terms::OWNER_KIND_OF_SIDE, |it: &R, side| {
                it.route(side).map(|it| it.id.kind.as_str()).into()
            }),
            (&terms::MODEL_OF_SIDE, |it: &R, side| {
                it.route(side).map(|it| it.model.as_str()).into()
            }),
        ],
    )
}

fn of_version<R: OfSides>(side: &str) -> impl Iterator<Item = Field<R>> {
    of_side(
        side,
        [
            (&terms::VERSION_FROM_OF_SIDE, |it: &R, side| {
                it.period(side).map(|it| it.first.to_string()).into()
            }),
            (&terms::STATED_OF_SIDE, |it: &R, side| {
                let first = it.period(side).map(|it| it.first_day);
                first.map(|it| it == FirstDay::Stated).into()
            }),
            (&terms::VERSION_UNTIL_OF_SIDE, |it: &R, side| {
                it.period(side).and_then(|it| it.until).into()
            }),
            (&terms::SOURCE_OF_SIDE, |it: &R, side| {
                it.evidence(side).map(|it| it.source.as_str()).into()
            }),
            (&terms::LOCATORS_OF_SIDE, |it: &R, side| {
                let locators = it.evidence(side).map(|it| it.locators.as_written());
                locators.unwrap_or_default().into()
            }),
            (&terms::SEEN_OF_SIDE, |it: &R, side| it.evidence(side).and_then(|it| it.seen).into()),
            (&terms::CONFIDENCE_OF_SIDE, |it: &R, side| {
                it.evidence(side).map(|it| it.confidence.as_str()).into()
            }),
        ],
    )
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
            fields.extend(of_side(
                side,
                [
                    (&terms::REASON_OF_SIDE, |it: &Self, side| {
                        why_unpriced(&it.sides[at(side)]).into()
                    }),
                    (&terms::REASON_CODES_OF_SIDE, |it, side| codes_unpriced(&it.sides[at(side)])),
                ],
            ));
        }
        fields
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
fn of_price<'a>(side: &str) -> impl Iterator<Item = Field<ChangeRow<'a>>> {
    of_side(
        side,
        [
            (&terms::STATE_OF_SIDE, |it: &ChangeRow, side| it.state(side).into()),
            (&terms::UNIT_PRICE_OF_SIDE, |it: &ChangeRow, side| {
                it.price(side).map(|it| it.price).into()
            }),
            (&terms::PER_OF_SIDE, |it: &ChangeRow, side| {
                it.price(side).map(|it| it.per.count()).into()
            }),
            (&terms::PRICE_UNIT_OF_SIDE, |it: &ChangeRow, side| {
                it.price(side).map(|it| it.unit.name()).into()
            }),
            (&terms::IN_USD_OF_SIDE, |it: &ChangeRow, side| {
                it.price(side).and_then(|it| it.dollars).into()
            }),
            (&terms::AFTER_OF_SIDE, |it: &ChangeRow, side| {
                it.price(side).map(|it| it.after).filter(|after| *after > 0).into()
            }),
            (&terms::WHOLE_UNITS_OF_SIDE, |it: &ChangeRow, side| {
                it.price(side).map(|it| it.whole_units).into()
            }),
            (&terms::RESTS_ON_OF_SIDE, |it: &ChangeRow, side| {
                it.price(side).and_then(|it| it.basis.as_deref()).into()
            }),
            (&terms::PRICES_OF_SIDE, |it: &ChangeRow, side| {
                match it.rate().map(|rate| &rate.sides[at(side)]) {
                    Some(RateState::Depends(prices)) => Value::List(words::prices(prices)),
                    _ => Value::List(Vec::new()),
                }
            }),
        ],
    )
}

/// What the request or volume costs on a side.
fn of_cost<'a>(side: &str) -> impl Iterator<Item = Field<ChangeRow<'a>>> {
    of_side(
        side,
        [
            (&terms::COST_OF_SIDE, |it: &ChangeRow, side| it.figure(side).into()),
            (&terms::CASH_OF_SIDE, |it: &ChangeRow, side| {
                let purchase = it.estimate(side).and_then(|it| it.purchase.as_ref());
                purchase.map(|it| &it.cash).into()
            }),
            (&terms::CERTAINTY_OF_SIDE, |it: &ChangeRow, side| {
                it.figure(side).map_or(Value::Blank, Value::certainty)
            }),
            (&terms::REASON_OF_SIDE, |it: &ChangeRow, side| it.reason(side).into()),
            (&terms::REASON_CODES_OF_SIDE, |it: &ChangeRow, side| it.reason_codes(side)),
        ],
    )
}

fn of_difference<'a>() -> Vec<Field<ChangeRow<'a>>> {
    vec![
        terms::B_MINUS_A.of(|it: &ChangeRow| it.difference().0.into()),
        terms::B_MINUS_A_PER.of(|it| it.difference().1.into()),
        terms::B_MINUS_A_UNIT.of(|it| it.difference().2.into()),
        terms::RELATIVE_CHANGE.of(|it| it.difference().3.into()),
    ]
}
