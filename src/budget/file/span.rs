//! From which month to which: a first and a last month, each of which may be left out.

use super::leaves::MonthText;
use crate::budget::month::Month;
use crate::catalog::check::Checker;
use crate::catalog::raw::Text;
use crate::catalog::yaml::span;
use crate::problem::ProblemCode;

/// The first and the last month as written.
type Written<'a> = [Option<&'a Text<MonthText>>; 2];

/// The first and the last month of `what`, of which a budget from one month to another has some.
pub(super) fn within(
    check: &mut Checker,
    what: &str,
    written: Written,
    budget: Option<[Month; 2]>,
) -> Option<[Option<Month>; 2]> {
    let [from, to] = written.map(|raw| check.optional_month(raw));
    let (from, to) = (from?, to?);
    let Some([first, last]) = budget else { return Some([from, to]) };
    in_order(check, what, written, [from, to], [first, last])?;
    if let (Some(to), Some(at)) = (to.filter(|to| *to < first), written[1]) {
        let message = format!("the {what} ends in {to}, before the budget starts, in {first}");
        let help = "correct `to`, or leave it out";
        check.report(ProblemCode::OutOfRange, span(at), message, help);
        return None;
    }
    Some([from, to])
}

/// Reports a last month before the first one, and a first one after the budget.
pub(super) fn in_order(
    check: &mut Checker,
    what: &str,
    [raw_from, raw_to]: Written,
    [from, to]: [Option<Month>; 2],
    [first, last]: [Month; 2],
) -> Option<()> {
    if let (Some(to), Some(at)) = (to, raw_to)
        && to < from.unwrap_or(first)
    {
        let message = format!("the {what} ends before it starts, in {}", from.unwrap_or(first));
        let help = format!("`to` is the last month of the {what}");
        check.report(ProblemCode::EndBeforeStart, span(at), message, help);
        return None;
    }
    if let (Some(from), Some(at)) = (from, raw_from)
        && from > last
    {
        let message = format!("the {what} starts after the budget ends, in {last}");
        let help = "correct `from`, or make the budget longer";
        check.report(ProblemCode::OutOfRange, span(at), message, help);
        return None;
    }
    Some(())
}
