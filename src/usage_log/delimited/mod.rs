//! A log of usage as rows of cells → rows of usage: a first row that names its columns, and a row for each request, or for
//! several that are alike.

mod columns;
mod heading;
mod row;
mod values;

pub use columns::Column;
pub use heading::{ColumnNames, Heading};
pub(crate) use row::CellWrong;
