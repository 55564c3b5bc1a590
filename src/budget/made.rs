//! How much of what a budget plans is made, and which word stands in place of an amount where nothing is.

use rust_decimal::Decimal;

use crate::figure::Figure;

/// How much of what is planned is made.
///
/// What is planned and not made has an unknown cost, since it will cost something somewhere; that of what is made
/// is a lower bound. So every sum over it is "at least", and no limit is shown to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Made {
    /// No image is planned: it costs nothing.
    NotPlanned,
    /// None of it can be made: the model is shut down, or the route has no price version then.
    Nothing,
    /// A part of it can be made.
    Part,
    /// All of it can be made.
    All,
}

impl Made {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Made::NotPlanned => "not_planned",
            Made::Nothing => "not_made",
            Made::Part => "partly_made",
            Made::All => "made",
        }
    }

    /// Of two plans together.
    pub fn and(self, other: Made) -> Made {
        match (self, other) {
            (Made::NotPlanned, made) | (made, Made::NotPlanned) => made,
            (a, b) if a == b => a,
            _ => Made::Part,
        }
    }

    /// Of several plans together.
    pub fn of_all(all: impl IntoIterator<Item = Made>) -> Made {
        all.into_iter().fold(Made::NotPlanned, Made::and)
    }

    /// Whether something that is planned is not made.
    pub fn is_short(self) -> bool {
        matches!(self, Made::Nothing | Made::Part)
    }

    /// The word that stands in place of a cost of which nothing is known or due; `None` where an amount tells more.
    pub fn in_place_of(self, cost: &Figure<Decimal>) -> Option<&'static str> {
        match self {
            Made::Nothing if cost.high().is_none() && cost.low().is_zero() => Some("not made"),
            Made::NotPlanned if *cost == Figure::Exact(Decimal::ZERO) => Some("not planned"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::Pricing;

    #[test]
    fn a_plan_that_is_made_in_part_is_neither_made_nor_not() {
        assert_eq!(Made::of_all([]), Made::NotPlanned);
        assert_eq!(Made::of_all([Made::NotPlanned, Made::All]), Made::All);
        assert_eq!(Made::of_all([Made::Nothing, Made::NotPlanned, Made::Nothing]), Made::Nothing);
        assert_eq!(Made::of_all([Made::All, Made::Nothing, Made::All]), Made::Part);
    }

    #[test]
    fn a_word_stands_for_a_cost_only_where_no_amount_is_known() {
        let unknown = |at_least: u32| Figure::unknown(at_least.into(), Pricing::NotPriced);
        assert_eq!(Made::Nothing.in_place_of(&unknown(0)), Some("not made"));
        assert_eq!(Made::Nothing.in_place_of(&unknown(5)), None, "other costs are due");
        assert_eq!(
            Made::NotPlanned.in_place_of(&Figure::Exact(Decimal::ZERO)),
            Some("not planned")
        );
        assert_eq!(
            Made::All.in_place_of(&Figure::Exact(Decimal::ZERO)),
            None,
            "free is not absent"
        );
    }
}
