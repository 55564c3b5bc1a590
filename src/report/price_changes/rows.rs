//! The things that differ, a row each: what a row is, and what it says of each side.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::words;
use crate::catalog::model::Model;
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::price_changes::{
    CostChange, CostOf, DetailChange, ModelChange, PriceChanges, PricedSides, RateChange,
    RatePrice, RateState, RouteChange, RouteSide, VersionChange, What,
};
use crate::reason::{Pricing, Reasons};
use crate::report::record::Value;

/// The sides, as they stand in the keys of fields.
pub(super) const SIDES: [&str; 2] = ["a", "b"];

/// The place of a side in a pair.
pub(super) fn at(side: &str) -> usize {
    usize::from(side == SIDES[1])
}

/// A thing that differs.
#[derive(Debug, Clone, Copy)]
pub struct ChangeRow<'a> {
    /// The route whose it is; none of a model.
    pub(super) of: Option<&'a RouteChange>,
    pub(super) what: Changed<'a>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Changed<'a> {
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
    pub(super) fn kind(&self) -> &'static str {
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

    pub(super) fn subject(&self) -> Option<Cow<'static, str>> {
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
    pub(super) fn model(&self) -> Option<&'a str> {
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

    pub(super) fn shutdown(&self) -> Option<&'a Model> {
        match self.what {
            Changed::Shutdown(model) => Some(model),
            _ => None,
        }
    }

    pub(super) fn rate(&self) -> Option<&'a RateChange> {
        match self.what {
            Changed::Rate(rate) => Some(rate),
            _ => None,
        }
    }

    pub(super) fn price(&self, side: &str) -> Option<&'a RatePrice> {
        match &self.rate()?.sides[at(side)] {
            RateState::Priced(price) => Some(price),
            _ => None,
        }
    }

    pub(super) fn cost(&self) -> Option<&'a CostChange> {
        match self.what {
            Changed::Cost(cost, _) => Some(cost),
            _ => None,
        }
    }

    pub(super) fn estimate(&self, side: &str) -> Option<&'a Estimate> {
        self.cost()?.sides[at(side)].as_deref().ok()
    }

    pub(super) fn figure(&self, side: &str) -> Option<&'a Figure<Decimal>> {
        match self.what {
            Changed::Cost(_, of) => self.estimate(side).map(|estimate| of.figure(estimate)),
            _ => None,
        }
    }

    pub(super) fn state(&self, side: &str) -> Option<Cow<'static, str>> {
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

    pub(super) fn reason(&self, side: &str) -> Option<Cow<'a, str>> {
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

    pub(super) fn reason_codes(&self, side: &str) -> Value<'a> {
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
    pub(super) fn difference(
        &self,
    ) -> (Option<Decimal>, Option<u32>, Option<&'a str>, Option<Decimal>) {
        if let Some(found) = self.rate().and_then(|rate| rate.difference.as_ref()) {
            let per = Some(found.per.count());
            return (Some(found.amount), per, Some(found.unit.name()), found.relative);
        }
        let cost = self.cost();
        let amount = cost.and_then(|it| it.difference);
        (amount, None, amount.map(|_| "USD"), cost.and_then(|it| it.relative))
    }
}

/// The stable word for what became of a route.
pub(super) fn kind_of_change(change: &RouteChange) -> &'static str {
    match change.priced_sides() {
        PricedSides::Both if change.differs() => "changed",
        PricedSides::Both => "same",
        PricedSides::Starts => "starts",
        PricedSides::Ends => "ends",
        PricedSides::Neither => "unpriced",
    }
}

pub(super) fn why_unpriced(side: &RouteSide) -> Option<String> {
    match side {
        RouteSide::NotThere => Some("not there".into()),
        RouteSide::Unpriced(_, reason) => Some(reason.to_string()),
        RouteSide::Priced(_) => None,
    }
}

pub(super) fn codes_unpriced<'a>(side: &RouteSide) -> Value<'a> {
    match side {
        RouteSide::NotThere => Value::codes([Pricing::RouteNotThere.code()]),
        RouteSide::Unpriced(_, why) => {
            Value::codes(Reasons::from(std::slice::from_ref(why)).codes())
        }
        RouteSide::Priced(_) => Value::codes([]),
    }
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
