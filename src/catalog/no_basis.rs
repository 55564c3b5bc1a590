//! Why a table that the prices of a route rest on cannot be used.

use chrono::NaiveDate;

coded! {
    /// Why a table that the prices of a route rest on cannot be used.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
    #[non_exhaustive]
    pub enum NoBasis {
        /// It is priced in another unit than what rests on it.
        #[error("{0} is priced in another unit")]
        OtherUnit(String) => "other_unit",
        /// Tables rest on tables more often than they may.
        #[error("too many tables rest on each other, at {0}")]
        TooDeep(String) => "too_deep",
        /// There is no such route.
        #[error("there is no route {0}")]
        NoRoute(String) => "no_route",
        /// It has no version for the day.
        #[error("{route} has no version for {day}")]
        NoVersion {
            /// Its route.
            route: String,
            /// The day.
            day: NaiveDate,
        } => "no_version",
    }
}
