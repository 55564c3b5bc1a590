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

/// A column of the table of a comparison: a term of the dictionary, by whose key it is named on the command line, and the
/// cell that a row has in it on a day.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct RouteColumn {
    /// What it is.
    pub term: &'static Term,
    /// Which columns give way first where the width does not take all: the highest; those of rank 0 stay.
    pub(super) rank: u8,
    /// The heading, where it is narrower than that of the dictionary.
    title: Option<&'static str>,
    /// Whether its lines are never wrapped.
    is_whole: bool,
    pub(super) cell: fn(&RouteEstimate, NaiveDate) -> Cell,
}

/// Every column, in the order in which they are listed.
pub static COLUMNS: [RouteColumn; 28] = [
    of(&terms::SECTION, |row, _| Cell::text(row.section.as_str())),
    of(&terms::OWNER_NAME, |row, _| Cell::text(row.route.owner_name.clone())).whole(),
    of(&terms::OWNER, |row, _| Cell::text(row.route.id.owner.clone())),
    of(&terms::OWNER_KIND, |row, _| Cell::text(row.route.id.kind.as_str()))
        .titled("Kind")
        .ranked(1),
    // A group goes on a line of its own where the column is narrow.
    of(&terms::ROUTE_NAME, |row, _| Cell::text(row.route.id.name.replace('@', " @"))).whole(),
    of(&terms::ROUTE, |row, _| Cell::text(row.route.id.to_string())),
    of(&terms::MODEL, |row, _| Cell::text(row.work.model.clone())),
    of(&terms::SIZE, |row, _| asked(row, Request::size_in_words)),
    of(&terms::QUALITY, |row, _| asked(row, |request| request.quality_in_words().to_owned())),
    of(&terms::PER_ACCEPTED_IMAGE, |row, _| {
        Cell::Money(row.cost().cloned().unwrap_or_else(unpriced))
    }),
    of(&terms::BY_LIST, |row, _| row.by_list.clone().map_or(Cell::Empty, Cell::Money)),
    // The sign above the word keeps it narrow.
    of(&terms::RATIO_TO_OFFICIAL, |row, _| ratio(row.ratio_to_official.as_ref()))
        .titled("×\nofficial"),
    of(&terms::RATIO_TO_BASELINE, |row, _| ratio(row.ratio_to_baseline.as_ref()))
        .titled("×\nbaseline"),
    of(&terms::CERTAINTY, |row, _| priced(row, certainty)).ranked(8),
    of(&terms::SEEN, |row, _| {
        priced(row, |it| match it.rests_on().seen() {
            Some(day) => Cell::text(day.to_string()),
            None => Cell::Missing("undated"),
        })
    })
    .ranked(3),
    of(&terms::AGE_DAYS, |row, as_of| {
        row.outcome.as_ref().map_or(Cell::Empty, |estimate| age(estimate, as_of))
    })
    .ranked(9),
    of(&terms::BILLING_UNIT, |row, _| {
        Cell::text(row.route.billing_unit.as_deref().unwrap_or("not stated"))
    })
    .ranked(5),
    of(&terms::REQUEST_COST, |row, _| priced(row, |it| Cell::Money(it.total.clone()))),
    of(&terms::IN_OWNERS_UNIT, |row, _| {
        priced(row, |it| native_total(it).map_or(Cell::Empty, Cell::Text))
    }),
    of(&terms::VOLUME_COST, |row, _| {
        priced(row, |it| money(it.attempts.volume.as_ref().map(|volume| &volume.total)))
    }),
    of(&terms::VOLUME_CASH, |row, _| {
        priced(row, |it| money(it.purchase.as_ref().map(|purchase| &purchase.cash)))
    })
    .ranked(2),
    of(&terms::SIZE_HONOURED, |row, _| Cell::text(row.route.size_honoured.as_str())).ranked(7),
    of(&terms::QUALITY_HONOURED, |row, _| Cell::text(row.route.quality_honoured.as_str()))
        .ranked(7),
    of(&terms::STOP_RULE, |row, _| Cell::text(readiness::verdict(&readiness::missing(&row.route))))
        .ranked(6),
    of(&terms::CONFIDENCE, |row, _| {
        priced(row, |it| Cell::text(it.rests_on().confidence().as_str()))
    })
    .ranked(4),
    of(&terms::VERSION_FROM, |row, _| {
        priced(row, |it| Cell::text(it.table.version().period.first.to_string()))
    }),
    of(&terms::SOURCE, |row, _| priced(row, |it| Cell::text(it.rests_on().sources()))),
    of(&terms::REASON, |row, _| Cell::text(reason(row))),
];

/// The columns of the table where none are named.
pub const DEFAULT: &[&Term] = &[
    &terms::OWNER_NAME,
    &terms::ROUTE_NAME,
    &terms::PER_ACCEPTED_IMAGE,
    &terms::RATIO_TO_OFFICIAL,
    &terms::CERTAINTY,
    &terms::SEEN,
    &terms::AGE_DAYS,
];

/// The columns of the table for a volume.
pub const WITH_VOLUME: &[&Term] = &[
    &terms::OWNER_NAME,
    &terms::ROUTE_NAME,
    &terms::PER_ACCEPTED_IMAGE,
    &terms::VOLUME_COST,
    &terms::RATIO_TO_OFFICIAL,
    &terms::CERTAINTY,
    &terms::SEEN,
    &terms::AGE_DAYS,
];

/// The columns of the wide table.
pub const WIDE: &[&Term] = &[
    &terms::OWNER_NAME,
    &terms::ROUTE_NAME,
    &terms::BILLING_UNIT,
    &terms::PER_ACCEPTED_IMAGE,
    &terms::RATIO_TO_OFFICIAL,
    &terms::CERTAINTY,
    &terms::VOLUME_COST,
    &terms::VOLUME_CASH,
    &terms::SIZE_HONOURED,
    &terms::QUALITY_HONOURED,
    &terms::STOP_RULE,
    &terms::CONFIDENCE,
    &terms::SEEN,
    &terms::AGE_DAYS,
];

const fn of(term: &'static Term, cell: fn(&RouteEstimate, NaiveDate) -> Cell) -> RouteColumn {
    RouteColumn { term, rank: 0, title: None, is_whole: false, cell }
}

/// The columns of these terms, in their order.
pub fn columns_of(terms: &[&Term]) -> Vec<RouteColumn> {
    let of_term = |term: &&Term| COLUMNS.iter().find(|column| column.is(term)).copied();
    terms.iter().filter_map(of_term).collect()
}

/// Where the column of a term stands.
pub(super) fn position(columns: &[RouteColumn], term: &Term) -> Option<usize> {
    columns.iter().position(|column| column.is(term))
}

impl RouteColumn {
    const fn ranked(self, rank: u8) -> RouteColumn {
        RouteColumn { rank, ..self }
    }

    const fn titled(self, title: &'static str) -> RouteColumn {
        RouteColumn { title: Some(title), ..self }
    }

    const fn whole(self) -> RouteColumn {
        RouteColumn { is_whole: true, ..self }
    }

    /// Whether it is that of a term.
    pub fn is(&self, term: &Term) -> bool {
        std::ptr::eq(self.term, term)
    }

    /// The column with its heading.
    pub(super) fn column(&self) -> Column {
        let column = Column::of(self.term);
        let whole = self.is_whole || column.whole;
        match self.title {
            Some(title) => Column { whole, ..column.titled(title) },
            None => Column { whole, ..column },
        }
    }
}

fn priced(row: &RouteEstimate, cell: fn(&Estimate) -> Cell) -> Cell {
    row.outcome.as_ref().map_or(Cell::Empty, |estimate| cell(estimate))
}

fn money(figure: Option<&Figure<Decimal>>) -> Cell {
    figure.cloned().map_or(Cell::Empty, Cell::Money)
}

fn ratio(figure: Option<&Figure<Decimal>>) -> Cell {
    figure.cloned().map_or(Cell::Empty, Cell::Ratio)
}

/// What was asked for, with the defaults that were taken.
fn asked(row: &RouteEstimate, of: fn(&Request) -> String) -> Cell {
    match row.outcome.as_ref().map(|estimate| &estimate.subject) {
        Ok(Subject::Request(request)) => Cell::text(of(request)),
        _ => Cell::Empty,
    }
}

pub(super) fn unpriced() -> Figure<Decimal> {
    Figure::unknown(Decimal::ZERO, Pricing::NotPriced)
}

/// The days since the source's own date; of an undated source the age is unknown, not zero.
fn age(estimate: &Estimate, as_of: NaiveDate) -> Cell {
    match estimate.rests_on().seen() {
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
