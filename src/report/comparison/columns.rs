//! The columns of a comparison, each with the cell that a row has in it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::readiness;
use crate::comparison::{Baseline, Row};
use crate::estimate::{Estimate, Subject};
use crate::figure::Figure;
use crate::reason::Pricing;
use crate::report::estimate::native_total;
use crate::report::sheet::{Cell, Column};
use crate::request::Request;

/// A column of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnName {
    /// Where the row stands.
    Section,
    /// The price owner's name.
    Owner,
    /// The price owner's id.
    OwnerId,
    /// What the owner is to the model.
    OwnerKind,
    /// The route, without its owner.
    Route,
    /// The whole id of the route.
    RouteId,
    /// The model.
    Model,
    /// The size asked for.
    Size,
    /// The quality asked for.
    Quality,
    /// The cost per accepted image.
    Cost,
    /// Of a price of the user's own: what the owner's list asks.
    ByList,
    /// The cost over that of the baseline.
    Ratio,
    /// How certain the cost is.
    Certainty,
    /// The date of the source.
    Seen,
    /// The age of the source in days.
    Age,
    /// What is billed.
    BillingUnit,
    /// The cost of one request.
    Request,
    /// The cost of one request in the owner's unit.
    Native,
    /// The cost of the volume.
    Volume,
    /// The cash for the volume, with fees and bonuses.
    Cash,
    /// Whether the size is honoured.
    SizeHonoured,
    /// Whether the quality is honoured.
    QualityHonoured,
    /// What the stop rule misses.
    Missing,
    /// How well the price is supported.
    Confidence,
    /// The first day of the version.
    From,
    /// Who states the price.
    Source,
    /// Why the cost is not exact.
    Reason,
}

use ColumnName as Name;

impl ColumnName {
    /// Every column, in the order in which they are listed.
    pub const ALL: [ColumnName; 27] = [
        Name::Section,
        Name::Owner,
        Name::OwnerId,
        Name::OwnerKind,
        Name::Route,
        Name::RouteId,
        Name::Model,
        Name::Size,
        Name::Quality,
        Name::Cost,
        Name::ByList,
        Name::Ratio,
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
    pub const DEFAULT: [ColumnName; 7] =
        [Name::Owner, Name::Route, Name::Cost, Name::Ratio, Name::Certainty, Name::Seen, Name::Age];

    /// The columns of the table for a volume.
    pub const WITH_VOLUME: [ColumnName; 8] = [
        Name::Owner,
        Name::Route,
        Name::Cost,
        Name::Volume,
        Name::Ratio,
        Name::Certainty,
        Name::Seen,
        Name::Age,
    ];

    /// The columns of the wide table.
    pub const WIDE: [ColumnName; 14] = [
        Name::Owner,
        Name::Route,
        Name::BillingUnit,
        Name::Cost,
        Name::Ratio,
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

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Name::Section => "section",
            Name::Owner => "owner",
            Name::OwnerId => "owner-id",
            Name::OwnerKind => "owner-kind",
            Name::Route => "route",
            Name::RouteId => "route-id",
            Name::Model => "model",
            Name::Size => "size",
            Name::Quality => "quality",
            Name::Cost => "cost",
            Name::ByList => "by-list",
            Name::Ratio => "ratio",
            Name::Certainty => "certainty",
            Name::Seen => "seen",
            Name::Age => "age",
            Name::BillingUnit => "billing-unit",
            Name::Request => "request",
            Name::Native => "native",
            Name::Volume => "volume",
            Name::Cash => "cash",
            Name::SizeHonoured => "size-honoured",
            Name::QualityHonoured => "quality-honoured",
            Name::Missing => "missing",
            Name::Confidence => "confidence",
            Name::From => "from",
            Name::Source => "source",
            Name::Reason => "reason",
        }
    }

    /// The column with its key and heading.
    pub fn column(self) -> Column {
        match self {
            Name::Section => Column::text("section", "Section"),
            Name::Owner => Column::text("owner_name", "Price owner"),
            Name::OwnerId => Column::text("owner", "Owner id"),
            Name::OwnerKind => Column::text("owner_kind", "Kind"),
            Name::Route => Column::text("route", "Route"),
            Name::RouteId => Column::text("route_id", "Route id"),
            Name::Model => Column::text("model", "Model"),
            Name::Size => Column::text("size", "Size"),
            Name::Quality => Column::text("quality", "Quality"),
            Name::Cost => {
                Column { most_places: 4, ..Column::number("per_accepted_image_usd", "Per image") }
            }
            Name::ByList => Column { most_places: 4, ..Column::number("by_list_usd", "By list") },
            Name::Ratio => Column::number("ratio", "×\nofficial"),
            Name::Certainty => Column::text("certainty", "Figure"),
            Name::Seen => Column::number("seen", "Source of"),
            Name::Age => Column::number("age_days", "Age"),
            Name::BillingUnit => Column::text("billing_unit", "Billed by"),
            Name::Request => Column::number("request_usd", "Request"),
            Name::Native => Column::text("request_in_owners_unit", "In its unit"),
            Name::Volume => Column::number("volume_usd", "Volume"),
            Name::Cash => Column::number("volume_cash_usd", "Cash"),
            Name::SizeHonoured => Column::text("size_honoured", "Size kept"),
            Name::QualityHonoured => Column::text("quality_honoured", "Quality kept"),
            Name::Missing => Column::text("stop_rule", "Stop rule"),
            Name::Confidence => Column::text("confidence", "Confidence"),
            Name::From => Column::text("version_from", "Version from"),
            Name::Source => Column::text("source", "Source"),
            Name::Reason => Column::text("reason", "Reason"),
        }
    }

    /// The cell of a row.
    pub fn cell(self, row: &Row, as_of: NaiveDate, baseline: &Baseline) -> Cell {
        let estimate = row.outcome.as_ref().ok();
        let priced =
            |cell: fn(&Estimate) -> Cell| estimate.map_or(Cell::Empty, |estimate| cell(estimate));
        match self {
            Name::Section => Cell::text(row.section.as_str()),
            Name::Owner => Cell::text(row.route.owner_name.clone()),
            Name::OwnerId => Cell::text(row.route.id.owner.clone()),
            Name::OwnerKind => Cell::text(row.route.id.kind.as_str()),
            // A group goes on a line of its own where the column is narrow.
            Name::Route => Cell::text(row.route.id.name.replace('@', " @")),
            Name::RouteId => Cell::text(row.route.id.to_string()),
            Name::Model => Cell::text(row.work.model.clone()),
            Name::Size => asked(estimate.map(|e| &**e), Request::size_in_words),
            Name::Quality => {
                asked(estimate.map(|e| &**e), |request| request.quality_in_words().to_owned())
            }
            Name::Cost => Cell::Money(row.cost().cloned().unwrap_or_else(unpriced)),
            Name::ByList => row.by_list.clone().map_or(Cell::Empty, Cell::Money),
            Name::Ratio => row.ratio(baseline).map_or(Cell::Empty, Cell::Ratio),
            Name::Certainty => {
                row.cost().map_or(Cell::Empty, |cost| Cell::text(cost.certainty().as_str()))
            }
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

fn unpriced() -> Figure<Decimal> {
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

/// Why the cost of a row is not exact, or why there is none.
pub(super) fn reason(row: &Row) -> String {
    match &row.outcome {
        Ok(estimate) => estimate.attempts.per_accepted_image.reasons().in_words(),
        Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}
