//! How a unit is bought, as written → [`Funding`].

use rust_decimal::Decimal;

use super::check::{Checker, all, optional};
use super::funding::{
    Bonus, DiscountTier, Every, FeeTaken, Funding, Pack, Payment, PromotionalCredit, PurchaseFee,
    Subscription, VolumeDiscount,
};
use super::raw::{
    Price, RawBonus, RawDiscountTier, RawFunding, RawPack, RawPromotionalCredit, RawPurchaseFee,
    RawSubscription, RawVolumeDiscount,
};
use super::yaml::span;
use crate::problem::ProblemCode;

/// The largest number that may be the least of a subscription.
const MOST_AT_LEAST: u64 = 1_000_000;

/// The longest time after which credit is lost: a hundred years.
const MOST_DAYS: u64 = 36_500;

pub(super) fn funding(check: &mut Checker, raw: &RawFunding) -> Option<Funding> {
    let currency = currency(check, raw);
    // Where the currency is wrong, the rest is looked at all the same.
    let code = currency.clone().unwrap_or_default();
    let purchase_fee = optional(raw.purchase_fee.as_ref(), |raw| purchase_fee(check, raw));
    let fee_not_stated = optional(raw.fee_not_stated.as_ref(), |raw| check.text(raw));
    let minimum_top_up = optional(raw.minimum_top_up.as_ref(), |raw| check.price(raw));
    let bonuses = all(raw.bonuses.iter().map(|raw| bonus(check, raw)).collect());
    let volume_discount = optional(raw.volume_discount.as_ref(), |raw| discount(check, raw));
    let promotions = raw.promotional_credits.iter().map(|raw| promotional_credit(check, raw));
    let promotional_credits = all(promotions.collect());
    let subscriptions = raw.subscriptions.iter().map(|raw| subscription(check, raw, &code));
    let subscriptions = all(subscriptions.collect());
    let packs = all(raw.packs.iter().map(|raw| pack(check, raw)).collect());
    let expiry = optional(raw.expiry.as_ref(), |raw| check.text(raw));
    let evidence = check.evidence(&raw.evidence);
    Some(Funding {
        currency: currency?,
        purchase_fee: purchase_fee?,
        fee_not_stated: fee_not_stated?,
        minimum_top_up: minimum_top_up?,
        bonuses: bonuses?,
        volume_discount: volume_discount?,
        promotional_credits: promotional_credits?,
        subscriptions: subscriptions?,
        packs: packs?,
        expiry: expiry?,
        evidence: evidence?,
    })
}

/// The currency of its amounts. An amount without one is refused: 250 euros are not 250 dollars.
fn currency(check: &mut Checker, raw: &RawFunding) -> Option<String> {
    let help = "write an ISO 4217 code such as USD or EUR";
    let first_amount = raw.minimum_top_up.as_ref();
    let first_amount = first_amount
        .or_else(|| raw.purchase_fee.iter().find_map(|fee| fee.minimum.as_ref()))
        .or_else(|| raw.bonuses.first().map(|bonus| &bonus.from))
        .or_else(|| raw.volume_discount.as_ref()?.tiers.first().map(|tier| &tier.from))
        .or_else(|| raw.promotional_credits.first().map(|credit| &credit.amount))
        .or_else(|| raw.subscriptions.first().map(|offer| &offer.price))
        .or_else(|| raw.packs.first().map(|pack| &pack.price));
    match (&raw.currency, first_amount) {
        (Some(currency), _) => check.currency(currency, help),
        (None, None) => Some(Funding::USD.to_owned()),
        (None, Some(amount)) => {
            let message = "an amount of money needs the `currency` of its funding";
            check.report(
                ProblemCode::MissingKey,
                span(amount),
                message,
                "write `currency: USD`, or another code, under `funding`",
            );
            None
        }
    }
}

fn purchase_fee(check: &mut Checker, raw: &RawPurchaseFee) -> Option<PurchaseFee> {
    let share = percent(check, &raw.percent);
    let minimum = raw.minimum.as_ref().map_or(Some(Decimal::ZERO), |raw| check.price(raw));
    let taken = check.word(&raw.taken);
    let fee = PurchaseFee { share: share?, minimum: minimum?, taken: taken? };
    if fee.taken == FeeTaken::OfPayment && fee.share == Decimal::ONE {
        let message = "a fee that is all of the payment buys nothing";
        check.report(ProblemCode::OutOfRange, span(&raw.percent), message, "correct the number");
        return None;
    }
    Some(fee)
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

fn discount(check: &mut Checker, raw: &RawVolumeDiscount) -> Option<VolumeDiscount> {
    let on = check.word(&raw.on);
    let tiers = all(raw.tiers.iter().map(|raw| discount_tier(check, raw)).collect());
    let discount = VolumeDiscount { on: on?, tiers: tiers? };
    let falls = discount.tiers.windows(2).position(|pair| pair[0].from >= pair[1].from);
    if let Some(at) = falls {
        let message = "the tiers of a discount must rise";
        check.report(
            ProblemCode::OutOfRange,
            span(&raw.tiers[at + 1].from),
            message,
            "put the tier with the smallest `from` first, each once",
        );
        return None;
    }
    Some(discount)
}

fn discount_tier(check: &mut Checker, raw: &RawDiscountTier) -> Option<DiscountTier> {
    let from = check.price(&raw.from);
    let share = percent(check, &raw.percent);
    Some(DiscountTier { from: from?, share: share? })
}

fn promotional_credit(
    check: &mut Checker,
    raw: &RawPromotionalCredit,
) -> Option<PromotionalCredit> {
    let amount = check.positive(&raw.amount);
    let given = check.text(&raw.given);
    let days = optional(raw.expires_after_days.as_ref(), |raw| check.count(raw, 1, MOST_DAYS));
    Some(PromotionalCredit { amount: amount?, given: given?, expires_after_days: days? })
}

fn subscription(
    check: &mut Checker,
    raw: &RawSubscription,
    currency: &str,
) -> Option<Subscription> {
    let name = check.text(&raw.name);
    // A plan may be free of charge; that is a price of the plan and none of the work.
    let price = check.price(&raw.price);
    let every = check.word(&raw.every);
    let paid = optional(raw.paid.as_ref(), |raw| check.word(raw));
    let at_least = optional(raw.at_least.as_ref(), |raw| check.count(raw, 1, MOST_AT_LEAST));
    let credits = optional(raw.credits.as_ref(), |raw| check.positive(raw));
    if let (Some(Every::Year), Some(Some(Payment::Monthly)), Some(raw)) = (every, paid, &raw.paid) {
        let message = "a price for a year that is paid by the month";
        let help = "state the price for a month with `every: month`";
        check.report(ProblemCode::OutOfRange, span(raw), message, help);
        return None;
    }
    let (every, currency) = (every?, currency.to_owned());
    Some(Subscription {
        name: name?,
        price: price?,
        currency,
        every,
        paid: paid?.unwrap_or(every.into()),
        at_least: at_least?.unwrap_or(1),
        credits: credits?,
    })
}

fn pack(check: &mut Checker, raw: &RawPack) -> Option<Pack> {
    let price = check.positive(&raw.price);
    let credits = check.positive(&raw.credits);
    Some(Pack { price: price?, credits: credits? })
}
