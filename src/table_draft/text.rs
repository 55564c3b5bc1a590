//! The files of an offer as text: what it says is filled into commented templates, and what it leaves open stays a
//! line that tells what to find out.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::template::Holes;
use super::yaml::{in_comment, quoted, scalar};
use super::{Meaning, OfferedPrice, Unstated};
use crate::catalog::evidence::Confidence;
use crate::catalog::price::{CreditValue, PriceUnit};

pub(super) fn owner(meaning: &Meaning) -> String {
    let mut holes = Holes::default();
    holes.fill("owner", [scalar(&meaning.offer.owner)]);
    holes.fill("owner_shown", [in_comment(&meaning.offer.owner)]);
    holes.filled(include_str!("owner.template.yaml"))
}

pub(super) fn route(meaning: &Meaning, today: NaiveDate) -> String {
    let mut holes = Holes::default();
    holes.fill("owner_shown", [in_comment(&meaning.offer.owner)]);
    holes.fill("model", [scalar(&meaning.model.id)]);
    holes.fill("model_shown", [in_comment(&meaning.model.id)]);
    holes.fill("alias", [scalar(&meaning.alias)]);
    holes.fill("billing_unit", [quoted(&billing_unit(meaning))]);
    holes.fill("price_unit", [unit(&meaning.unit)]);
    evidence(meaning, today, &mut holes);
    prices(meaning, &mut holes);
    holes.filled(include_str!("route.template.yaml"))
}

fn billing_unit(meaning: &Meaning) -> String {
    match (&meaning.offer.price, &meaning.basis) {
        (OfferedPrice::PerImage(prices), _) if prices.iter().any(|(label, _)| label.is_some()) => {
            "image by quality".into()
        }
        (OfferedPrice::PerImage(_), _) => "image".into(),
        (OfferedPrice::PerCall(_), _) => "call".into(),
        (OfferedPrice::Multiple { factor, .. }, basis) => {
            let of = basis.as_ref().map_or_else(String::new, ToString::to_string);
            format!("{} × the list of {of}", factor.normalize())
        }
    }
}

fn unit(unit: &PriceUnit) -> String {
    match unit {
        PriceUnit::Currency(code) => format!("currency: {code}"),
        PriceUnit::Credit(name, value) => {
            let value = match value {
                CreditValue::UsdEach(usd) => format!(", usd_each: {}", price(*usd)),
                CreditValue::PerUsd(count) => format!(", per_usd: {}", price(*count)),
                CreditValue::NotFound => String::new(),
            };
            format!("credit: {{name: {}{value}}}", quoted(name))
        }
    }
}

/// What the offer says of its source, or what is put in its place until someone finds out.
fn evidence(meaning: &Meaning, today: NaiveDate, holes: &mut Holes) {
    let offer = meaning.offer;
    let mut fill = |stated, value: Option<String>, presumed, stand_in: String| match value {
        Some(value) => holes.fill(stated, [value]),
        None => holes.fill(presumed, [stand_in]),
    };
    let source = offer.source.as_ref().map(|source| quoted(source.trim()));
    fill("source", source, "presumed_source", quoted(&format!("an offer of {}", offer.owner)));
    fill("seen", offer.seen.map(|day| day.to_string()), "presumed_seen", "undated".into());
    let confidence = offer.confidence.map(|level| level.as_str().to_owned());
    fill("confidence", confidence, "presumed_confidence", Confidence::Low.as_str().into());
    holes.fill("entered_on", offer.seen.is_none().then(|| today.to_string()));
}

fn prices(meaning: &Meaning, holes: &mut Holes) {
    match &meaning.offer.price {
        OfferedPrice::PerImage(prices) => per_image(meaning, prices, holes),
        OfferedPrice::PerCall(amount) => {
            holes.keep("per_call", true);
            holes.fill("call_price", [price(*amount)]);
        }
        OfferedPrice::Multiple { factor, .. } => {
            holes.keep("multiple", true);
            holes.fill("basis", meaning.basis.as_ref().map(|basis| quoted(&basis.to_string())));
            holes.fill("factor", [price(*factor)]);
        }
    }
}

/// A rate for each price; a quality that has none beside others that have one is not stated.
fn per_image(meaning: &Meaning, prices: &[(Option<String>, Decimal)], holes: &mut Holes) {
    holes.keep("per_image", true);
    for (label, amount) in prices {
        let when = label.as_ref().map(|label| format!(", when: {{quality: {}}}", scalar(label)));
        let (price, when) = (price(*amount), when.unwrap_or_default());
        holes.fill("image_rate", [format!("{{meter: images, price: {price}, per: 1{when}}}")]);
    }
    let by_quality = prices.iter().any(|(label, _)| label.is_some());
    let is_open = |label: &&String| {
        by_quality && !prices.iter().any(|(named, _)| named.as_ref() == Some(*label))
    };
    let open: Vec<String> = meaning.labels.iter().filter(is_open).map(|it| scalar(it)).collect();
    holes.keep("some_qualities", !open.is_empty());
    holes.fill("quality_without_price", open);
}

/// A price as a table takes it: in quotes, so that nothing reads it as a float.
fn price(amount: Decimal) -> String {
    format!("\"{}\"", amount.normalize())
}

/// What is still to be found out.
pub(super) fn open(meaning: &Meaning, owner_is_known: bool) -> Vec<Unstated> {
    let offer = meaning.offer;
    let can_be_open = [
        (Unstated::Endpoint, true),
        (Unstated::Fulfilment, true),
        (Unstated::Terms, !owner_is_known),
        (Unstated::Source, offer.source.is_none()),
        (Unstated::Seen, offer.seen.is_none()),
        (Unstated::Confidence, offer.confidence.is_none()),
    ];
    can_be_open.into_iter().filter(|(_, is_open)| *is_open).map(|(what, _)| what).collect()
}

#[cfg(test)]
mod tests {
    use crate::catalog::terms::{Clause, Event};

    #[test]
    fn the_template_of_an_owner_asks_for_every_clause_and_every_event() {
        let template = include_str!("owner.template.yaml");
        for key in Clause::ALL.map(Clause::as_str) {
            assert!(template.contains(&format!("\n  {key}: not_stated ")), "{key}");
        }
        for key in Event::ALL.map(Event::as_str) {
            assert!(template.contains(&format!("\n    {key}: {{charge: not_stated}} ")), "{key}");
        }
    }
}
