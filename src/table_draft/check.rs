//! What an offer means, by the rules of the loader and of the catalogue that it is meant for.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{DraftError, Meaning, Offer, OfferError, OfferedPrice};
use crate::catalog::Catalog;
use crate::catalog::files::Origin;
use crate::catalog::model::Model;
use crate::catalog::owner::OwnerKind;
use crate::catalog::price::PriceUnit;
use crate::catalog::route::{Route, RouteId};
use crate::estimate::{DEFAULT_MODEL, EstimateError, find_model, find_route, find_table};
use crate::hidden::first_hidden;
use crate::request::RequestError;

pub(super) fn meaning<'a>(
    catalog: &Catalog,
    offer: &'a Offer,
    today: NaiveDate,
) -> Result<Meaning<'a>, DraftError> {
    let basis = match &offer.price {
        OfferedPrice::Multiple { of, .. } => Some(find_route(catalog, of)?),
        _ => None,
    };
    let of_basis = basis.as_ref().map(|route| route.model.as_str());
    let name = offer.model.as_deref().or(of_basis).unwrap_or(DEFAULT_MODEL);
    let model = find_model(catalog, name)?;
    let labels = labels(&model);
    let alias = offer.alias.clone().unwrap_or_else(|| model.id.clone());
    let mut errors = text_errors(offer, today);
    errors.extend(owner_error(catalog, offer, &model));
    errors.extend(label_errors(offer, &model, &labels));
    let unit = unit(catalog, offer, &model, basis.as_ref(), today)?;
    let (unit, file) = match (unit, file_name(&alias)) {
        (Ok(unit), Some(file)) if errors.is_empty() => (unit, file),
        (unit, file) => {
            errors.extend(unit.err());
            errors.extend(file.is_none().then_some(OfferError::BadAlias(alias)));
            return Err(DraftError::Offer(errors.into()));
        }
    };
    let route = RouteId { kind: offer.kind, owner: offer.owner.clone(), name: file };
    if let Some(path) = there_already(catalog, &route) {
        let shipped = catalog.route(&path).is_ok_and(|found| found.origin == Origin::Shipped);
        let path = format!("{path}.yaml");
        return Err(DraftError::Offer(vec![OfferError::ThereAlready { path, shipped }].into()));
    }
    let basis = basis.map(|route| route.id.clone());
    Ok(Meaning { offer, route, model, labels, alias, unit, basis })
}

/// The id of a route whose file would be this one; not every system tells capitals apart.
fn there_already(catalog: &Catalog, route: &RouteId) -> Option<String> {
    let mut ids = catalog.route_ids().iter().map(|id| id.to_string());
    ids.find(|id| id.eq_ignore_ascii_case(&route.to_string()))
}

fn labels(model: &Model) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for label in model.rules.iter().flat_map(|rules| rules.labels()) {
        if !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    labels
}

fn text_errors(offer: &Offer, today: NaiveDate) -> Vec<OfferError> {
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    let code = offer.currency.as_ref().filter(|code| !is_code(code));
    let errors = [
        (!is_plain_part(&offer.owner)).then(|| OfferError::BadOwner(offer.owner.clone())),
        text_error("source", offer.source.as_deref()),
        text_error("alias", offer.alias.as_deref()),
        code.map(|code| OfferError::BadCurrency(code.clone())),
        offer.seen.filter(|day| *day > today).map(OfferError::SeenAhead),
    ];
    errors.into_iter().flatten().collect()
}

fn text_error(what: &'static str, text: Option<&str>) -> Option<OfferError> {
    let text = text?.trim();
    match first_hidden(text) {
        Some(hidden) => Some(OfferError::Hidden { what, hidden }),
        None => text.is_empty().then_some(OfferError::Blank(what)),
    }
}

/// Whether a text can be the name of a folder or file on every system, and only that.
fn is_plain_part(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(plain)
        && !text.ends_with('.')
        && text.len() <= 100
}

/// An official owner makes the model, any other does not; and no one adds to the shipped official tables.
fn owner_error(catalog: &Catalog, offer: &Offer, model: &Model) -> Option<OfferError> {
    let (owner, maker) = (offer.owner.clone(), model.maker.clone());
    let is_maker = owner.eq_ignore_ascii_case(&maker);
    match offer.kind {
        OwnerKind::Official if catalog.is_shipped_official(&owner) => {
            Some(OfferError::ShippedOfficial(owner))
        }
        OwnerKind::Official if owner != maker => {
            Some(OfferError::NotTheMaker { owner, model: model.id.clone(), maker })
        }
        OwnerKind::Provider | OwnerKind::Wrapper if is_maker => {
            Some(OfferError::IsTheMaker { owner, model: model.id.clone() })
        }
        _ => None,
    }
}

fn label_errors(offer: &Offer, model: &Model, labels: &[String]) -> Vec<OfferError> {
    if model.rules.is_empty() {
        let error = RequestError::MakesNoImages { model: model.id.clone() };
        return vec![OfferError::Unknown(error)];
    }
    let OfferedPrice::PerImage(prices) = &offer.price else { return Vec::new() };
    let named: Vec<&String> = prices.iter().filter_map(|(label, _)| label.as_ref()).collect();
    let mut errors = Vec::new();
    for (index, label) in named.iter().enumerate() {
        if !labels.contains(label) {
            errors.push(OfferError::UnknownLabel {
                label: (*label).clone(),
                model: model.id.clone(),
                labels: labels.to_vec(),
            });
        } else if named[..index].contains(label) {
            errors.push(OfferError::LabelTwice((*label).clone()));
        }
    }
    if named.len() < prices.len() && prices.len() > 1 {
        errors.push(OfferError::LabelledAndNot);
    }
    errors
}

/// The unit of the offer, or why it has none; a multiple is in the unit of what it is a multiple of.
fn unit(
    catalog: &Catalog,
    offer: &Offer,
    model: &Model,
    basis: Option<&Arc<Route>>,
    today: NaiveDate,
) -> Result<Result<PriceUnit, OfferError>, DraftError> {
    let currency = offer.currency.clone();
    let Some(basis) = basis else {
        return Ok(Ok(PriceUnit::Currency(currency.unwrap_or_else(|| "USD".into()))));
    };
    let route = basis.id.to_string();
    if basis.model != model.id {
        let (offered, model) = (basis.model.clone(), model.id.clone());
        return Ok(Err(OfferError::OtherModel { route, offered, model }));
    }
    let table = match find_table(catalog, basis, today) {
        Ok(table) => table,
        Err(EstimateError::Data(problems)) => return Err(DraftError::Data(problems)),
        Err(EstimateError::Request(reasons)) => {
            return Ok(Err(OfferError::NoBasis { route, why: reasons }));
        }
    };
    let unit = table.version().unit.clone();
    Ok(match currency.filter(|code| PriceUnit::Currency(code.clone()) != unit) {
        Some(currency) => {
            Err(OfferError::OtherUnit { route, unit: unit.name().to_owned(), currency })
        }
        None => Ok(unit),
    })
}

/// The name of the route's file: the last part of the alias, without what a path cannot hold.
fn file_name(alias: &str) -> Option<String> {
    let last = alias.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' }
    };
    let name: String = last.chars().map(plain).collect();
    let name = name.trim_matches(['-', '.']).to_owned();
    (is_plain_part(&name) && !name.eq_ignore_ascii_case("owner")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_the_last_part_of_the_alias() {
        assert_eq!(file_name("gpt-image-2").as_deref(), Some("gpt-image-2"));
        assert_eq!(file_name("openai/gpt-image-2").as_deref(), Some("gpt-image-2"));
        assert_eq!(file_name("GPT Image 2 node").as_deref(), Some("GPT-Image-2-node"));
        assert_eq!(file_name("image@gold").as_deref(), Some("image-gold"), "no account group");
        for alias in ["", "..", "../..", "owner", "x/Owner", "/", "画像"] {
            assert_eq!(file_name(alias), None, "{alias:?}");
        }
    }

    #[test]
    fn an_owner_id_is_one_part_of_a_path() {
        assert!(is_plain_part("acme-images_2.0"));
        for id in ["", ".", "..", "../x", "a/b", "a\\b", ".a", "-a", "a.", "a b", "ä", "a\n"] {
            assert!(!is_plain_part(id), "{id:?}");
        }
    }
}
