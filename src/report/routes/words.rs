//! Words for what routes state.

use crate::catalog::funding::{DiscountOn, FeeTaken, Funding};
use crate::catalog::guidance::Channel;
use crate::catalog::locator::Located;
use crate::catalog::route::{Honoured, Status, UpstreamModel};
use crate::reason::not_stated;
use crate::report::number;

/// The heading of a channel's routes.
pub(super) fn heading(channel: Channel) -> &'static str {
    match channel {
        Channel::OfficialApi => "Official: the model maker's own API",
        Channel::Provider => "Providers: resellers and hosts, each with its own price and contract",
        Channel::Wrapper => "Wrappers: finished products around the model",
        Channel::App => "Apps by subscription: for work by hand, no API credit",
    }
}

/// The status for people.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Priced => "priced",
        Status::Quoted => "quoted",
        Status::NotEntered => "not entered",
        Status::NotPublic => "not public",
        Status::NotFound => "not found",
        Status::SubscriptionOnly => "subscription",
        Status::DoNotUse => "do not use",
    }
}

/// The status in a sentence.
pub(super) fn status_in_full(status: Status) -> &'static str {
    match status {
        Status::Priced => "priced",
        Status::Quoted => {
            "quoted: the price rests on one secondary source, or on sources that contradict each other"
        }
        Status::NotEntered => "its owner publishes a price, which is not entered here",
        Status::NotPublic => "by its owner's word no price is public",
        Status::NotFound => "no price was found, which says nothing of its owner",
        Status::SubscriptionOnly => "sold by subscription; no price for API work",
        Status::DoNotUse => "not to be used",
    }
}

/// Whether a parameter is kept, for people.
pub(super) fn honoured(answer: Honoured) -> &'static str {
    match answer {
        Honoured::Yes => "yes",
        Honoured::No => "no",
        Honoured::NotStated => "not stated",
    }
}

/// Who says which model answers.
pub(super) fn upstream(answer: UpstreamModel) -> &'static str {
    match answer {
        UpstreamModel::Stated => "stated",
        UpstreamModel::Claimed => "claimed by the owner, documented in no source that was read",
        UpstreamModel::NotStated => concat!("that it answers to the alias is ", not_stated!()),
    }
}

/// How a unit is bought, a sentence each.
pub(in crate::report) fn funding(funding: &Funding) -> Vec<String> {
    let money = |amount| match funding.is_usd() {
        true => format!("${}", number::raw(amount)),
        false => format!("{} {}", funding.currency, number::raw(amount)),
    };
    let mut items = Vec::new();
    if let Some(fee) = &funding.purchase_fee {
        let taken = match fee.taken {
            FeeTaken::OnTop => "on top of the credit",
            FeeTaken::Inside => "of the credit, out of the payment",
            FeeTaken::OfPayment => "of the payment, out of it",
        };
        let least = match fee.minimum.is_zero() {
            true => String::new(),
            false => format!(", {} at least", money(fee.minimum)),
        };
        items.push(format!(
            "a fee of {} on each purchase{least}, {taken}",
            number::percent(fee.share)
        ));
    }
    items.extend(funding.fee_not_stated.clone());
    if let Some(least) = funding.minimum_top_up {
        items.push(format!("the smallest purchase is {}", money(least)));
    }
    for bonus in &funding.bonuses {
        let (share, from) = (number::percent(bonus.share), money(bonus.from));
        items.push(format!("a bonus of {share} on purchases from {from}"));
    }
    for tier in funding.volume_discount.iter().flat_map(|discount| &discount.tiers) {
        let (share, from) = (number::percent(tier.share), money(tier.from));
        items.push(format!("a discount of {share} from {from} in a month"));
    }
    items.extend(funding.volume_discount.as_ref().map(|discount| match discount.on {
        DiscountOn::Whole => "the discount is taken off all of the month's use".to_owned(),
        DiscountOn::Beyond => "the discount is taken off what is beyond its border".to_owned(),
    }));
    for credit in &funding.promotional_credits {
        let lost = credit.expires_after_days.map_or_else(
            || "when it is lost is not stated".to_owned(),
            |days| format!("days until it is lost: {days}"),
        );
        let amount = money(credit.amount);
        items.push(format!(
            "a promotional credit of {amount}, {}; {lost}; not taken off",
            credit.given
        ));
    }
    for offer in &funding.subscriptions {
        let every = offer.every.in_words();
        let quota = match offer.credits {
            Some(credits) => format!("for {} credits", number::raw(credits)),
            None => "quota not known".into(),
        };
        let price = match offer.price.is_zero() {
            true => "free of charge".to_owned(),
            false => format!("{} {every}", money(offer.price)),
        };
        let by_the_year = (offer.prices_a_payment() > 1).then_some(", paid by the year");
        let at_least = match offer.at_least {
            1 => String::new(),
            least => format!(", {least} at least"),
        };
        let paid = by_the_year.unwrap_or_default();
        items.push(format!("{}: {price}{paid}{at_least}, {quota}", offer.name));
    }
    for pack in &funding.packs {
        let (price, credits) = (money(pack.price), number::raw(pack.credits));
        items.push(format!("a pack of {credits} credits for {price}"));
    }
    items.extend(funding.expiry.iter().map(|expiry| format!("expiry: {expiry}")));
    items
}

/// Where an owner's prices are read.
pub(super) fn price_page(page: &Located) -> String {
    match page {
        Located::NotGiven => "not given".into(),
        Located::NotRecorded => "not recorded".into(),
        Located::At(_) => page.as_written().join(", "),
    }
}
