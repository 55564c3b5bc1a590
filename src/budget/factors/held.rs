//! Why a cost is no plain product of what the user gave and of rates.

use std::fmt;

use crate::unit::Meter;

coded! {
    /// Why a row of a forecast holds its value, and does not follow from its factors.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum NotAProduct {
        /// A part of the cost is not known.
        Unknown => "cost_unknown",
        /// Some of what is wanted is not made.
        NotMade => "not_made",
        /// Attempts of the first route go on to another one.
        SentOn => "fallback",
        /// The limits of the month decide how many images are made on which route.
        OverLimit => "over_limit",
        /// An image is given up after so many attempts.
        Maximum => "maximum_attempts",
        /// The price, the route or a rule of the model changes within the month.
        WithinMonth => "changes_within_month",
        /// A call that fails within a conversation may have delivered images before.
        Conversation => "conversation",
        /// A line of the call is no quantity times a rate: it hangs on other lines, on a rounding or on several rates.
        Line(Meter) => "line_is_no_product",
        /// Seats are priced by the terms of their plan.
        Seats => "seats",
        /// The factors do not come to the figure, to a hundredth of a cent.
        Differs => "factors_differ"
    }
}

impl fmt::Display for NotAProduct {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let words = match self {
            NotAProduct::Unknown => "a part of the cost is not known",
            NotAProduct::NotMade => "some of what is wanted is not made",
            NotAProduct::SentOn => "attempts go on from one route to another",
            NotAProduct::OverLimit => "the limits of the month decide what is made on which route",
            NotAProduct::Maximum => "images are given up after a maximum of attempts",
            NotAProduct::WithinMonth => "a price, route or rule changes within the month",
            NotAProduct::Conversation => {
                "a conversation that fails may have delivered images before"
            }
            NotAProduct::Line(meter) => {
                return write!(f, "the line of {} is no quantity times one rate", meter.label());
            }
            NotAProduct::Seats => "seats are priced by the terms of their plan",
            NotAProduct::Differs => "its factors do not come to the figure",
        };
        f.write_str(words)
    }
}
