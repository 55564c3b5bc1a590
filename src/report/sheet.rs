//! What people read: blocks and sheets of typed cells, which a format lays out.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::dictionary::{Kind, Term};
use crate::catalog::locator::Locator;
use crate::catalog::price::PriceUnit;
use crate::figure::Figure;
pub use crate::hidden::plain;
use crate::long::shortened;
use crate::unit::Per;

/// Rows of typed cells.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// A row of totals.
    pub total: Option<Vec<Cell>>,
}

impl Sheet {
    /// The sheet without the columns of this rank and of higher ones.
    #[cfg(feature = "cli")]
    pub(super) fn below_rank(&self, rank: u8) -> Sheet {
        let stays = |index: &usize| self.columns[*index].rank < rank;
        let cells = |row: &Vec<Cell>| -> Vec<Cell> {
            let kept = row.iter().enumerate().filter(|(index, _)| stays(index));
            kept.map(|(_, cell)| cell.clone()).collect()
        };
        Sheet {
            columns: self.columns.iter().filter(|column| column.rank < rank).cloned().collect(),
            rows: self.rows.iter().map(cells).collect(),
            total: self.total.as_ref().map(cells),
        }
    }
}

/// A column of a sheet.
#[derive(Debug, Clone)]
pub struct Column {
    /// The heading for people.
    pub title: Cow<'static, str>,
    /// Whether its cells are numbers, which stand to the right and are never wrapped.
    pub numeric: bool,
    /// Whether its lines are never wrapped: ids that a reader copies.
    pub whole: bool,
    /// How its amounts are rounded.
    pub amounts: Amounts,
    /// Which columns give way first where the width does not take all: the highest. One of rank 0 always stays.
    pub rank: u8,
}

impl Column {
    /// The column of a term, with its title: numbers and days stand to the right.
    pub fn of(term: &'static Term) -> Column {
        match term.kind {
            Kind::Id | Kind::Text | Kind::Size | Kind::List | Kind::Flag => {
                Column::text(term.title)
            }
            Kind::Month => Column::ids(term.title),
            _ => Column::number(term.title),
        }
    }

    /// The column under another title.
    #[must_use]
    pub fn titled(self, title: impl Into<Cow<'static, str>>) -> Column {
        Column { title: title.into(), ..self }
    }

    /// The column as one that may give way to others where the width does not take all: the highest rank first.
    #[must_use]
    pub fn ranked(self, rank: u8) -> Column {
        Column { rank, ..self }
    }

    /// A column of text, which may be wrapped.
    pub fn text(title: impl Into<Cow<'static, str>>) -> Column {
        Column {
            title: title.into(),
            numeric: false,
            whole: false,
            amounts: Amounts::default(),
            rank: 0,
        }
    }

    /// A column of ids, which are never wrapped.
    pub fn ids(title: impl Into<Cow<'static, str>>) -> Column {
        Column { whole: true, ..Column::text(title) }
    }

    /// A column of amounts that add up to the total below them.
    pub fn lines(title: impl Into<Cow<'static, str>>) -> Column {
        Column { amounts: Amounts::Lines, ..Column::number(title) }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<Cow<'static, str>>) -> Column {
        Column { numeric: true, whole: true, ..Column::text(title) }
    }
}

/// How the amounts of a column are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Amounts {
    /// Each by itself: cents from $1 on, four significant digits below.
    #[default]
    Each,
    /// At shared places, so that their sum can be followed.
    Lines,
    /// In whole dollars.
    WholeDollars,
}

/// A typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing stands here.
    Empty,
    /// Text; data, whatever it contains.
    Text(String),
    /// A count, a range of counts or an unknown.
    Count(Figure<u64>),
    /// US dollars, a range or an unknown.
    Money(Figure<Decimal>),
    /// An amount in a currency, by its code: what was billed is shown as it was billed.
    InCurrency(Decimal, String),
    /// A price for a number of units.
    UnitPrice(Decimal, Per, PriceUnit),
    /// A value that is not there, with the word that people read; empty in files.
    Missing(&'static str),
    /// A ratio to something else, such as × official.
    Ratio(Figure<Decimal>),
    /// A relative change as a share: 0.2 is `+20%`.
    Change(Decimal),
    /// A number that need not be whole, such as attempts: a range or an unknown as well.
    Quantity(Figure<Decimal>),
    /// Addresses that a reader can follow.
    Links(Vec<Locator>),
}

impl Cell {
    /// A cell of text.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }
}

/// Text for people: plain, and its long values shortened.
pub fn said(text: &str) -> Cow<'_, str> {
    match shortened(text) {
        Cow::Borrowed(text) => plain(text),
        Cow::Owned(text) => plain(&text).into_owned().into(),
    }
}
