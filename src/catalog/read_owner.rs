//! `owner.yaml` → [`Owner`].

use super::at_most::at_most_standard;
use super::batch_files::batch_files;
use super::check::{Checker, optional};
use super::locator::Located;
use super::owner::{Owner, OwnerKind};
use super::raw::RawOwner;
use super::read_funding::funding;
use super::read_terms::terms;

pub(super) fn owner(
    check: &mut Checker,
    raw: &RawOwner,
    kind: OwnerKind,
    id: &str,
) -> Option<Owner> {
    let name = check.text(&raw.name);
    let also_called: Vec<_> = raw.also_called.iter().map(|name| check.text(name)).collect();
    let base_url = raw.base_url.as_ref().map_or(Some(None), |raw| check.statement(raw));
    let price_page =
        raw.price_page.as_ref().map_or(Some(Located::NotGiven), |raw| check.price_page(raw));
    let terms = terms(check, &raw.terms);
    let funding = optional(raw.funding.as_ref(), |raw| funding(check, raw));
    let batch_files = batch_files(check, &raw.batch_files);
    let at_most_standard = at_most_standard(check, &raw.at_most_standard);
    Some(Owner {
        id: id.to_owned(),
        kind,
        name: name?,
        also_called: also_called.into_iter().collect::<Option<_>>()?,
        base_url: base_url?,
        price_page: price_page?,
        terms: terms?,
        funding: funding?,
        batch_files: batch_files?,
        at_most_standard: at_most_standard?.into(),
    })
}
