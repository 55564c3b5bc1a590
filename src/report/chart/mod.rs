//! Charts: amounts of US dollars as data, which the report of a command builds, and their drawing as SVG.
//!
//! A chart adds nothing up and knows no command: every amount in it stands in the table beside it.

#[cfg(feature = "cli")]
mod axis;
#[cfg(feature = "cli")]
mod bars;
#[cfg(feature = "cli")]
mod columns;
#[cfg(feature = "cli")]
mod frame;
#[cfg(feature = "cli")]
mod legend;
#[cfg(feature = "cli")]
mod line;
#[cfg(feature = "cli")]
mod look;
#[cfg(feature = "cli")]
mod reach;
#[cfg(feature = "cli")]
mod scale;
#[cfg(feature = "cli")]
mod shape;
#[cfg(feature = "cli")]
mod svg;
mod words;

use rust_decimal::Decimal;

use crate::figure::Figure;

#[cfg(feature = "cli")]
pub(super) use frame::Frame;
#[cfg(feature = "cli")]
pub(super) use svg::{Drawing, STYLE, drawn, slide};

/// Amounts by categories.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// How it is drawn.
    pub kind: Kind,
    /// What the amounts are of: months in order, or routes.
    pub categories: Vec<Category>,
    /// The parts of each amount, the first at the bottom; none where amounts have no parts.
    pub series: Vec<Series>,
    /// What is not to be exceeded.
    pub lines: Vec<Line>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A column for each category, in which the series stand on each other, with a band from the low to the high end.
    Columns,
    /// A line over the categories, within a band from the low to the high end.
    Line,
    /// A bar for each category, one below the other, with a pale end from the low to the high end.
    Bars,
}

/// What an amount is of.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// The amount; nothing where there is none, as of a month in which nothing is planned.
    pub amount: Option<Figure<Decimal>>,
}

/// A part of each amount.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its part of each category.
    pub amounts: Vec<Figure<Decimal>>,
}

/// An amount that is not to be exceeded.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is, with its amount: `limit of $6,000.00 a month`.
    pub name: String,
    /// The amount at each category; nothing where there is none.
    pub amounts: Vec<Option<Decimal>>,
}

impl Chart {
    /// A chart without parts and lines.
    pub fn of(
        kind: Kind,
        title: impl Into<String>,
        categories: impl IntoIterator<Item = (String, Option<Figure<Decimal>>)>,
    ) -> Chart {
        let category = |(name, amount)| Category { name, amount };
        let categories = categories.into_iter().map(category).collect();
        Chart { title: title.into(), kind, categories, series: Vec::new(), lines: Vec::new() }
    }

    /// The chart with lines that are not to be exceeded.
    #[must_use]
    pub fn with_lines(self, lines: Vec<Line>) -> Chart {
        Chart { lines, ..self }
    }

    /// The chart with the parts of its amounts.
    #[must_use]
    pub fn with_series(self, series: Vec<Series>) -> Chart {
        Chart { series, ..self }
    }

    /// The most that any amount can be, as far as it is known; zero where nothing is.
    #[cfg(feature = "cli")]
    fn most(&self) -> Decimal {
        let ends = self.categories.iter().filter_map(|it| it.amount.as_ref());
        ends.map(|amount| amount.high().unwrap_or(amount.low())).max().unwrap_or_default()
    }

    /// Whether an amount lies between two ends.
    #[cfg(feature = "cli")]
    fn has_ranges(&self) -> bool {
        let mut amounts = self.categories.iter().filter_map(|it| it.amount.as_ref());
        amounts.any(|amount| matches!(amount, Figure::Range { .. }))
    }

    /// Whether of an amount a part alone is known.
    #[cfg(feature = "cli")]
    fn has_unknowns(&self) -> bool {
        let mut amounts = self.categories.iter().filter_map(|it| it.amount.as_ref());
        amounts.any(|amount| matches!(amount, Figure::Unknown { .. }))
    }
}
