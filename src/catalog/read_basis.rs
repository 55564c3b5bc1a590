//! A price stated by way of another table, as written → [`Basis`].

use rust_decimal::Decimal;

use super::check::{Checker, all};
use super::conditions::Processing;
use super::price::Basis;
use super::raw::{RawBasis, RawDiscount, RawVersion};
use super::yaml::span;
use crate::problem::ProblemCode;

/// The other table, if the version rests on one.
pub(super) fn basis(check: &mut Checker, raw: &RawVersion) -> Option<Option<Basis>> {
    match (&raw.basis, &raw.discount) {
        (None, None) => Some(None),
        (Some(raw), None) => factor(check, raw).map(Some),
        (None, Some(raw)) => discount(check, raw).map(Some),
        (Some(_), Some(raw)) => {
            let message = "a version rests on one other table: `basis` or `discount`";
            let help = "keep the one that the source states";
            check.report(ProblemCode::DuplicateKey, span(&raw.of), message, help);
            None
        }
    }
}

/// That an owner passes a list on does not say that it passes on its Batch rates.
fn factor(check: &mut Checker, raw: &RawBasis) -> Option<Basis> {
    let route = check.text(&raw.route);
    let factor = raw.factor.as_ref().map_or(Some(Decimal::ONE), |raw| check.positive(raw));
    Some(Basis { route: route?, factor: factor?, covers: vec![Processing::Standard] })
}

fn discount(check: &mut Checker, raw: &RawDiscount) -> Option<Basis> {
    let route = check.text(&raw.of);
    let percent = check.positive(&raw.percent);
    let left = percent.map(|percent| (Decimal::ONE_HUNDRED - percent) / Decimal::ONE_HUNDRED);
    if left.is_some_and(|left| left.is_sign_negative() || left.is_zero()) {
        let message = "a discount is more than 0% and less than 100%";
        let help = "write the percent that is taken off the list, such as \"8\"";
        check.report(ProblemCode::OutOfRange, span(&raw.percent), message, help);
        return None;
    }
    let covers: Option<Vec<_>> = all(raw.covers.iter().map(|raw| check.word(raw)).collect());
    let covers =
        covers.map(|kinds| if kinds.is_empty() { vec![Processing::Standard] } else { kinds });
    Some(Basis { route: route?, factor: left?, covers: covers? })
}
