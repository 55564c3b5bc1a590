//! The lines of counts that lie between ends: one for all tokens whose kind is open.

use super::super::EstimateError;
use crate::rating::{self, Charge};
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::Counts;

/// The lines with one for all tokens whose kind is open, in the place of a range for each kind. `at` has all
/// lines at one end of the input (`true`) or the output.
pub(super) fn lines_of_ends(
    mut lines: Vec<Charge>,
    counts: &Counts,
    at: impl Fn(&Usage, bool) -> Result<Vec<Charge>, EstimateError>,
) -> Result<Vec<Charge>, EstimateError> {
    for (of, meter, is_input) in
        [(&counts.input, Meter::OpenInput, true), (&counts.output, Meter::OpenOutput, false)]
    {
        if of.ends.len() < 2 {
            continue;
        }
        let of_side = |end| -> Result<Vec<Charge>, EstimateError> {
            let lines = at(end, is_input)?.into_iter();
            Ok(lines.filter(|line| is_of(line.meter, is_input)).collect())
        };
        let ends = of.ends.iter().map(of_side).collect::<Result<Vec<_>, _>>()?;
        lines.retain(|line| !is_of(line.meter, is_input));
        lines.extend(rating::over_ends(ends, meter, of.expected, &of.reason.clone().into())?);
    }
    lines.sort_by_key(|line| line.meter);
    Ok(lines)
}

/// Whether a meter counts input tokens, or output tokens.
fn is_of(meter: Meter, is_input: bool) -> bool {
    meter.is_tokens() && meter.is_input() == is_input
}
