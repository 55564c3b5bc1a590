//! Prices of the user's own beside the lists that they are held against.

use super::{RouteEstimate, Work};
use crate::catalog::price::Contract;
use crate::catalog::route::RouteId;

/// Sets beside each price of the user's own what the owner's list asks for the same work.
pub(super) fn beside_lists(rows: &mut [RouteEstimate]) {
    let own: Vec<(RouteId, Contract, Work)> = rows
        .iter()
        .filter(|row| row.route.contract != Contract::List)
        .map(|row| (row.route.id.list(), row.route.contract, row.work.clone()))
        .collect();
    for (list, contract, work) in own {
        let Some(at) = rows.iter().position(|row| row.route.id == list && row.work == work) else {
            continue;
        };
        rows[at].corrected |= contract == Contract::Correction && rows[at].cost().is_some();
        let cost = rows[at].cost().cloned();
        let beside = list.under(contract);
        let own = rows.iter_mut().find(|row| row.route.id == beside && row.work == work);
        own.into_iter().for_each(|row| row.by_list = cost.clone());
    }
}
