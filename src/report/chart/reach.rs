//! What an axis has to reach, and which lines are within it.

use rust_decimal::Decimal;

use super::{Chart, Line};

/// How many times the most of a chart a line may be at and is drawn: beyond, columns would be too low to be told apart.
const FAR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// The amount that the axis has to reach: the most of the chart, and a line that is not far above it.
pub(super) fn most(chart: &Chart) -> Decimal {
    let most = chart.most();
    let near = |amount: &Decimal| amount.checked_div(FAR).is_some_and(|part| part <= most);
    let lines = chart.lines.iter().flat_map(|line| line.amounts.iter().flatten().copied());
    lines.filter(near).max().map_or(most, |line| line.max(most))
}

/// Whether a line is drawn at all, and does not lie above the axis everywhere.
pub(super) fn is_in_reach(line: &Line, most: Decimal) -> bool {
    line.amounts.iter().flatten().any(|amount| *amount <= most)
}
