//! Which of several routes may be named the cheapest: one rule for every command that names one.

use rust_decimal::Decimal;

use crate::catalog::evidence::Doubt;

/// What can be named the cheapest, with what decides whether it is.
#[derive(Debug, Clone)]
pub struct Candidate<T> {
    /// The candidate.
    pub item: T,
    /// The most that it costs, in US dollars.
    pub most: Decimal,
    /// Why its price may not be named the cheapest.
    pub doubt: Option<Doubt>,
    /// Whether it is stated to make what is asked for.
    pub is_the_product: bool,
    /// Whether it is named where others cost the same but for rounding: the model maker's own route, a budget as it is.
    pub goes_first: bool,
}

/// The cheapest of several, and what costs less and may not be named.
#[derive(Debug, Clone)]
pub struct Cheapest<T> {
    /// The cheapest that is stated to make what is asked for, at a dated price.
    pub named: Option<T>,
    /// Others that may be named as well and cost the same, to a thousandth.
    pub same: Vec<T>,
    /// What costs less by a price that is quoted, undated or old; where none is named, whatever it costs.
    pub lower_in_doubt: Vec<T>,
    /// What costs less and is not stated to make what is asked for; where none is named, whatever it costs.
    pub lower_not_stated: Vec<T>,
}

impl<T> Candidate<T> {
    fn may_be_named(&self) -> bool {
        self.is_the_product && self.doubt.is_none()
    }
}

/// Names the cheapest by the most that each costs: of what is stated to make what is asked for, at prices that are
/// neither quoted nor undated nor older than [90 days](crate::catalog::evidence::FRESH_DAYS). Of equals, the
/// first that is given.
pub fn cheapest<T>(mut candidates: Vec<Candidate<T>>) -> Cheapest<T> {
    candidates.sort_by_key(|candidate| candidate.most);
    let nameable = |candidate: &&Candidate<T>| candidate.may_be_named();
    let least = candidates.iter().find(nameable).map(|candidate| candidate.most);
    let makers_own = candidates.iter().position(|candidate| {
        candidate.may_be_named()
            && candidate.goes_first
            && least.is_some_and(|least| are_the_same(least, candidate.most))
    });
    let named = makers_own.or_else(|| candidates.iter().position(Candidate::may_be_named));
    let cost = named.map(|at| candidates[at].most);
    let mut found = Cheapest {
        named: None,
        same: Vec::new(),
        lower_in_doubt: Vec::new(),
        lower_not_stated: Vec::new(),
    };
    for (at, candidate) in candidates.into_iter().enumerate() {
        let is_lower =
            cost.is_none_or(|cost| candidate.most < cost && !are_the_same(candidate.most, cost));
        let is_same = cost.is_some_and(|cost| are_the_same(candidate.most, cost));
        match (candidate.may_be_named(), candidate.is_the_product) {
            (true, _) if named == Some(at) => found.named = Some(candidate.item),
            (true, _) if is_same => found.same.push(candidate.item),
            (false, true) if is_lower => found.lower_in_doubt.push(candidate.item),
            (false, false) if is_lower => found.lower_not_stated.push(candidate.item),
            _ => {}
        }
    }
    found
}

/// Whether two costs differ by a thousandth at most: that is rounding in a table, and no reason to go elsewhere.
fn are_the_same(a: Decimal, b: Decimal) -> bool {
    let (less, more) = (a.min(b), a.max(b));
    less.checked_mul(Decimal::new(1_001, 3)).is_some_and(|most| more <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(item: &'static str, cents: i64) -> Candidate<&'static str> {
        let most = Decimal::new(cents, 2);
        Candidate { item, most, doubt: None, is_the_product: true, goes_first: false }
    }

    #[test]
    fn what_is_quoted_undated_or_old_never_wins() {
        for doubt in [Doubt::Quoted, Doubt::Undated, Doubt::Old] {
            let weak = Candidate { doubt: Some(doubt), ..candidate("weak", 1) };
            let found = cheapest(vec![weak.clone(), candidate("dated", 5), candidate("more", 9)]);
            assert_eq!(found.named, Some("dated"));
            assert_eq!(found.lower_in_doubt, ["weak"]);
            let alone = cheapest(vec![weak]);
            assert_eq!((alone.named, alone.lower_in_doubt), (None, vec!["weak"]));
        }
    }

    #[test]
    fn what_is_not_stated_to_be_the_product_never_wins() {
        let other = Candidate { is_the_product: false, ..candidate("other", 1) };
        let dear = Candidate { is_the_product: false, ..candidate("dear", 9) };
        let found = cheapest(vec![dear, other, candidate("dated", 5)]);
        assert_eq!((found.named, found.lower_not_stated), (Some("dated"), vec!["other"]));
    }

    #[test]
    fn the_makers_own_is_named_where_another_differs_by_rounding() {
        let makers = Candidate { goes_first: true, ..candidate("maker", 10_000) };
        let found = cheapest(vec![candidate("reseller", 9_995), makers.clone()]);
        assert_eq!((found.named, found.same), (Some("maker"), vec!["reseller"]));
        let found = cheapest(vec![candidate("reseller", 9_980), makers]);
        assert_eq!((found.named, found.same), (Some("reseller"), vec![]));
    }
}
