//! A row of a bill, and what reads one.

use std::sync::Arc;

use super::cells::Cells;
use super::collected::NewLine;

/// What a row is.
pub(super) enum Row {
    /// A line of the bill.
    Line(Box<NewLine>),
    /// The same, with what was paid to somebody else, and whether costs stand beside it of which it is not stated whether it
    /// has them.
    Beside {
        line: Box<NewLine>,
        elsewhere: Option<([Arc<str>; 3], rust_decimal::Decimal)>,
        has_beside: bool,
    },
    /// A day without charges.
    Empty,
}

/// Reads the rows of a CSV by its columns.
pub(super) trait RowReader {
    /// What a row is; nothing where it has a problem, which is noted.
    fn row(&self, cells: &mut Cells) -> Option<Row>;
}
