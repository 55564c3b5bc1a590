//! How a unit is bought, as written → [`Funding`].

use rust_decimal::Decimal;

use super::check::{Checker, all, optional};
use super::funding::{Bonus, Funding, Pack, PurchaseFee, Subscription};
use super::raw::{Price, RawBonus, RawFunding, RawPack, RawPurchaseFee, RawSubscription};
use super::yaml::span;
use crate::problem::ProblemCode;

pub(super) fn funding(check: &mut Checker, raw: &RawFunding) -> Option<Funding> {
    let purchase_fee = optional(raw.purchase_fee.as_ref(), |raw| purchase_fee(check, raw));
    let fee_not_stated = optional(raw.fee_not_stated.as_ref(), |raw| check.text(raw));
    let minimum_top_up = optional(raw.minimum_top_up.as_ref(), |raw| check.price(raw));
    let bonuses = all(raw.bonuses.iter().map(|raw| bonus(check, raw)).collect());
    let subscriptions = all(raw.subscriptions.iter().map(|raw| subscription(check, raw)).collect());
    let packs = all(raw.packs.iter().map(|raw| pack(check, raw)).collect());
    let expiry = optional(raw.expiry.as_ref(), |raw| check.text(raw));
    let evidence = check.evidence(&raw.evidence);
    Some(Funding {
        purchase_fee: purchase_fee?,
        fee_not_stated: fee_not_stated?,
        minimum_top_up: minimum_top_up?,
        bonuses: bonuses?,
        subscriptions: subscriptions?,
        packs: packs?,
        expiry: expiry?,
        evidence: evidence?,
    })
}

fn purchase_fee(check: &mut Checker, raw: &RawPurchaseFee) -> Option<PurchaseFee> {
    let share = percent(check, &raw.percent);
    let minimum = raw.minimum.as_ref().map_or(Some(Decimal::ZERO), |raw| check.price(raw));
    let taken = check.word(&raw.taken);
    Some(PurchaseFee { share: share?, minimum: minimum?, taken: taken? })
}

/// A percentage from 0 to 100, as a share.
fn percent(check: &mut Checker, raw: &Price) -> Option<Decimal> {
    let percent = check.price(raw)?;
    if percent > Decimal::ONE_HUNDRED {
        check.report(
            ProblemCode::OutOfRange,
            span(raw),
            "a percentage is from 0 to 100",
            "correct the number",
        );
        return None;
    }
    Some(percent / Decimal::ONE_HUNDRED)
}

fn bonus(check: &mut Checker, raw: &RawBonus) -> Option<Bonus> {
    let from = check.price(&raw.from);
    let share = percent(check, &raw.percent);
    Some(Bonus { from: from?, share: share? })
}

fn subscription(check: &mut Checker, raw: &RawSubscription) -> Option<Subscription> {
    let name = check.text(&raw.name);
    // A plan may be free of charge; that is a price of the plan and none of the work.
    let price = check.price(&raw.price);
    let every = check.word(&raw.every);
    let credits = optional(raw.credits.as_ref(), |raw| check.positive(raw));
    Some(Subscription { name: name?, price: price?, every: every?, credits: credits? })
}

fn pack(check: &mut Checker, raw: &RawPack) -> Option<Pack> {
    let price = check.positive(&raw.price);
    let credits = check.positive(&raw.credits);
    Some(Pack { price: price?, credits: credits? })
}
