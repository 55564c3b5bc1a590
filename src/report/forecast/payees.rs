//! What is paid to whom, of a total of a forecast.

use crate::budget::{Paid, Payee, Total};
use crate::catalog::price::Contract;
use crate::catalog::route::Route;
use crate::report::estimate::owner;

/// The most price owners that have a column each; of more, their kinds have.
const MOST_PAYEES: usize = 4;

/// What is paid of a total to each payee of the whole; to each kind of them where they are many.
pub(super) fn paid(of: &Total, whole: &Total) -> Vec<(String, Paid)> {
    let mut payees: Vec<&Payee> = whole.split.keys().collect();
    if payees.len() <= MOST_PAYEES {
        let of_one = |payee: &&Payee| of.split.get(*payee).cloned().unwrap_or_default();
        return payees.iter().map(|payee| (payee.in_words(), of_one(payee))).collect();
    }
    payees.dedup_by_key(|payee| payee.owner_kind());
    let of_kind = |payee: &Payee| of.by_kind.get(&payee.owner_kind()).cloned().unwrap_or_default();
    payees.into_iter().map(|payee| (payee.kind().to_owned(), of_kind(payee))).collect()
}

/// The owner, with whose price it is where that is not its list.
pub(super) fn short_owner(route: &Route) -> String {
    match route.contract {
        Contract::List => route.owner_name.clone(),
        Contract::Ours | Contract::Correction => owner(route),
    }
}
