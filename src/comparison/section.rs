//! Where a row of a comparison stands: only what is the same product is compared.

use crate::catalog::owner::OwnerKind;
use crate::catalog::price::Contract;
use crate::catalog::route::{Honoured, Route};
use crate::errors::Errors;
use crate::estimate::Estimate;
use crate::request::RequestError;

/// Where a row stands. Only the first four hold what can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Section {
    /// The model maker's own route.
    Official,
    /// A price of the user's own, agreed or corrected, whoever the owner is.
    Yours,
    /// A reseller or host.
    Provider,
    /// A finished product around the model.
    Wrapper,
    /// The route ignores the size or the quality asked for.
    NotTheSameProduct,
    /// The price rests on weak evidence.
    Quoted,
    /// There is no price to rate with.
    NotPriced,
}

impl Section {
    /// The sections of rows with a price, in the order in which they are shown.
    pub const PRICED: [Section; 6] = [
        Section::Official,
        Section::Yours,
        Section::Provider,
        Section::Wrapper,
        Section::NotTheSameProduct,
        Section::Quoted,
    ];

    /// Where a route stands with its estimate.
    pub(super) fn of(
        route: &Route,
        outcome: &Result<Box<Estimate>, Errors<RequestError>>,
    ) -> Section {
        match outcome {
            Ok(estimate) => Section::of_priced(route, estimate.is_quoted()),
            Err(_) => Section::NotPriced,
        }
    }

    /// Where a route with a price stands.
    pub(crate) fn of_priced(route: &Route, is_quoted: bool) -> Section {
        if route.size_honoured == Honoured::No || route.quality_honoured == Honoured::No {
            return Section::NotTheSameProduct;
        }
        if is_quoted {
            return Section::Quoted;
        }
        if route.contract != Contract::List {
            return Section::Yours;
        }
        match route.id.kind {
            OwnerKind::Official => Section::Official,
            OwnerKind::Provider => Section::Provider,
            OwnerKind::Wrapper => Section::Wrapper,
        }
    }

    /// The stable name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Section::Official => "official",
            Section::Provider => "provider",
            Section::Wrapper => "wrapper",
            Section::NotTheSameProduct => "not_the_same_product",
            Section::Yours => "yours",
            Section::Quoted => "quoted",
            Section::NotPriced => "not_priced",
        }
    }

    /// The heading for people.
    pub fn heading(self) -> &'static str {
        match self {
            Section::Official => "Official: the model maker's own price",
            Section::Provider => {
                "Providers: resellers and hosts, each with its own price and contract"
            }
            Section::Wrapper => "Wrappers: finished products around the model",
            Section::NotTheSameProduct => {
                "Not the same product: the size or quality asked for is not honoured"
            }
            Section::Yours => "Yours: prices that you agreed or corrected, beside the owner's list",
            Section::Quoted => {
                "Quoted: one secondary source, or sources that contradict each other"
            }
            Section::NotPriced => "Not priced",
        }
    }

    /// Whether a row here may be called the cheapest.
    pub fn is_comparable(self) -> bool {
        matches!(self, Section::Official | Section::Yours | Section::Provider | Section::Wrapper)
    }
}
