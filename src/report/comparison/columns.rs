//! The columns of a comparison, each with the cell that a row has in it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::readiness;
use crate::comparison::RouteEstimate;
use crate::estimate::{Estimate, PriceBasis, Subject};
use crate::figure::{Certainty, Figure};
use crate::reason::Pricing;
use crate::report::dictionary::{Term, terms};
use crate::report::estimate::native_total;
use crate::report::sheet::{Cell, Column};
use crate::request::Request;

/// A column of the table of a comparison: a term of the dictionary, by whose key it is named on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the term of each says what it is")]
#[non_exhaustive]
pub enum ColumnName {
    Section,
    OwnerName,
    Owner,
    OwnerKind,
    RouteName,
    Route,
    Model,
    Size,
    Quality,
    Cost,
    ByList,
    RatioToOfficial,
    RatioToBaseline,
    Certainty,
    Seen,
    Age,
    BillingUnit,
    Request,
    Native,
    Volume,
    Cash,
    SizeHonoured,
    QualityHonoured,
    Missing,
    Confidence,
    From,
    Source,
    Reason,
}

use ColumnName as Name;

impl ColumnName {
    /// Every column, in the order in which they are listed.
    pub const ALL: [ColumnName; 28] = [
        Name::Section,
        Name::OwnerName,
        Name::Owner,
        Name::OwnerKind,
        Name::RouteName,
        Name::Route,
        Name::Model,
        Name::Size,
        Name::Quality,
        Name::Cost,
        Name::ByList,
        Name::RatioToOfficial,
        Name::RatioToBaseline,
        Name::Certainty,
        Name::Seen,
        Name::Age,
        Name::BillingUnit,
        Name::Request,
        Name::Native,
        Name::Volume,
        Name::Cash,
        Name::SizeHonoured,
        Name::QualityHonoured,
        Name::Missing,
        Name::Confidence,
        Name::From,
        Name::Source,
        Name::Reason,
    ];

    /// The columns of the table where none are named.
    pub const DEFAULT: [ColumnName; 7] = [
        Name::OwnerName,
        Name::RouteName,
        Name::Cost,
        Name::RatioToOfficial,
        Name::Certainty,
        Name::Seen,
        Name::Age,
    ];

    /// The columns of the table for a volume.
    pub const WITH_VOLUME: [ColumnName; 8] = [
        Name::OwnerName,
        Name::RouteName,
        Name::Cost,
        Name::Volume,
        Name::RatioToOfficial,
        Name::Certainty,
        Name::Seen,
        Name::Age,
    ];

    /// The columns of the wide table.
    pub const WIDE: [ColumnName; 14] = [
        Name::OwnerName,
        Name::RouteName,
        Name::BillingUnit,
        Name::Cost,
        Name::RatioToOfficial,
        Name::Certainty,
        Name::Volume,
        Name::Cash,
        Name::SizeHonoured,
        Name::QualityHonoured,
        Name::Missing,
        Name::Confidence,
        Name::Seen,
        Name::Age,
    ];

    /// What it is.
    pub fn term(self) -> &'static Term {
        match self {
            Name::Section => &terms::SECTION,
            Name::OwnerName => &terms::OWNER_NAME,
            Name::Owner => &terms::OWNER,
            Name::OwnerKind => &terms::OWNER_KIND,
            Name::RouteName => &terms::ROUTE_NAME,
            Name::Route => &terms::ROUTE,
            Name::Model => &terms::MODEL,
            Name::Size => &terms::SIZE,
            Name::Quality => &terms::QUALITY,
            Name::Cost => &terms::PER_ACCEPTED_IMAGE,
            Name::ByList => &terms::BY_LIST,
            Name::RatioToOfficial => &terms::RATIO_TO_OFFICIAL,
            Name::RatioToBaseline => &terms::RATIO_TO_BASELINE,
            Name::Certainty => &terms::CERTAINTY,
            Name::Seen => &terms::SEEN,
            Name::Age => &terms::AGE_DAYS,
            Name::BillingUnit => &terms::BILLING_UNIT,
            Name::Request => &terms::REQUEST_COST,
            Name::Native => &terms::IN_OWNERS_UNIT,
            Name::Volume => &terms::VOLUME_COST,
            Name::Cash => &terms::VOLUME_CASH,
            Name::SizeHonoured => &terms::SIZE_HONOURED,
            Name::QualityHonoured => &terms::QUALITY_HONOURED,
            Name::Missing => &terms::STOP_RULE,
            Name::Confidence => &terms::CONFIDENCE,
            Name::From => &terms::VERSION_FROM,
            Name::Source => &terms::SOURCE,
            Name::Reason => &terms::REASON,
        }
    }

    /// The same column, of the baseline that was asked for in place of the official route.
    #[must_use]
    pub fn of_baseline(self) -> ColumnName {
        if self == Name::RatioToOfficial { Name::RatioToBaseline } else { self }
    }

    /// Which columns give way first where the width does not take all: the highest; those of rank 0 stay.
    pub(super) fn rank(self) -> u8 {
        match self {
            Name::Age => 9,
            Name::Certainty => 8,
            Name::SizeHonoured | Name::QualityHonoured => 7,
            Name::Missing => 6,
            Name::BillingUnit => 5,
            Name::Confidence => 4,
            Name::Seen => 3,
            Name::Cash => 2,
            Name::OwnerKind => 1,
            _ => 0,
        }
    }

    /// The column with its heading.
    pub(super) fn column(self) -> Column {
        let column = Column::of(self.term());
        match self {
            Name::OwnerName | Name::RouteName => Column { whole: true, ..column },
            Name::OwnerKind => column.titled("Kind"),
            // The sign above the word keeps it narrow.
            Name::RatioToOfficial => column.titled("×\nofficial"),
            Name::RatioToBaseline => column.titled("×\nbaseline"),
            _ => column,
        }
    }

    /// The cell of a row.
    pub(super) fn cell(self, row: &RouteEstimate, as_of: NaiveDate) -> Cell {
        let estimate = row.outcome.as_ref().ok();
        let priced =
            |cell: fn(&Estimate) -> Cell| estimate.map_or(Cell::Empty, |estimate| cell(estimate));
        match self {
            Name::Section => Cell::text(row.section.as_str()),
            Name::OwnerName => Cell::text(row.route.owner_name.clone()),
            Name::Owner => Cell::text(row.route.id.owner.clone()),
            Name::OwnerKind => Cell::text(row.route.id.kind.as_str()),
            // A group goes on a line of its own where the column is narrow.
            Name::RouteName => Cell::text(row.route.id.name.replace('@', " @")),
            Name::Route => Cell::text(row.route.id.to_string()),
            Name::Model => Cell::text(row.work.model.clone()),
            Name::Size => asked(estimate.map(|e| &**e), Request::size_in_words),
            Name::Quality => {
                asked(estimate.map(|e| &**e), |request| request.quality_in_words().to_owned())
            }
            Name::Cost => Cell::Money(row.cost().cloned().unwrap_or_else(unpriced)),
            Name::ByList => row.by_list.clone().map_or(Cell::Empty, Cell::Money),
            Name::RatioToOfficial => row.ratio_to_official.clone().map_or(Cell::Empty, Cell::Ratio),
            Name::RatioToBaseline => row.ratio_to_baseline.clone().map_or(Cell::Empty, Cell::Ratio),
            Name::Certainty => estimate.map_or(Cell::Empty, |estimate| certainty(estimate)),
            Name::Seen => priced(|e| match e.table.version().evidence.seen {
                Some(day) => Cell::text(day.to_string()),
                None => Cell::Missing("undated"),
            }),
            Name::Age => estimate.map_or(Cell::Empty, |estimate| age(estimate, as_of)),
            Name::BillingUnit => {
                Cell::text(row.route.billing_unit.as_deref().unwrap_or("not stated"))
            }
            Name::Request => priced(|e| Cell::Money(e.total.clone())),
            Name::Native => estimate.and_then(|e| native_total(e)).map_or(Cell::Empty, Cell::Text),
            Name::Volume => priced(|e| match &e.attempts.volume {
                Some(volume) => Cell::Money(volume.total.clone()),
                None => Cell::Empty,
            }),
            Name::Cash => priced(|e| match &e.purchase {
                Some(purchase) => Cell::Money(purchase.cash.clone()),
                None => Cell::Empty,
            }),
            Name::SizeHonoured => Cell::text(row.route.size_honoured.as_str()),
            Name::QualityHonoured => Cell::text(row.route.quality_honoured.as_str()),
            Name::Missing => Cell::text(readiness::verdict(&readiness::missing(&row.route))),
            Name::Confidence => {
                priced(|e| Cell::text(e.table.version().evidence.confidence.as_str()))
            }
            Name::From => priced(|e| Cell::text(e.table.version().period.first.to_string())),
            Name::Source => priced(|e| Cell::text(e.table.version().evidence.source.clone())),
            Name::Reason => Cell::text(reason(row)),
        }
    }
}

/// What was asked for, with the defaults that were taken.
fn asked(estimate: Option<&Estimate>, of: impl Fn(&Request) -> String) -> Cell {
    match estimate.map(|estimate| &estimate.subject) {
        Some(Subject::Request(request)) => Cell::text(of(request)),
        _ => Cell::Empty,
    }
}

pub(super) fn unpriced() -> Figure<Decimal> {
    Figure::unknown(Decimal::ZERO, Pricing::NotPriced)
}

/// The days since the source's own date; of an undated source the age is unknown, not zero.
fn age(estimate: &Estimate, as_of: NaiveDate) -> Cell {
    match estimate.table.version().evidence.seen {
        Some(seen) if seen > as_of => Cell::Missing("later"),
        Some(seen) => Cell::text((as_of - seen).num_days().to_string()),
        None => Cell::Missing("?"),
    }
}

/// How far a cost is known; one that only the arithmetic makes exact is computed.
fn certainty(estimate: &Estimate) -> Cell {
    match (estimate.attempts.per_accepted_image.certainty(), estimate.price_basis()) {
        (Certainty::Exact, PriceBasis::Assumed | PriceBasis::User | PriceBasis::Undated) => {
            Cell::text("computed")
        }
        (certainty, _) => Cell::text(certainty.as_str()),
    }
}

/// Why the cost of a row is not exact, or why there is none.
pub(super) fn reason(row: &RouteEstimate) -> String {
    match &row.outcome {
        Ok(estimate) => estimate.attempts.per_accepted_image.reasons().in_words(),
        Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}
