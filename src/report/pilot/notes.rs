//! What is to be said of the figures of a log.

use rust_decimal::Decimal;

use crate::pilot::{Difference, RatedRow, Results};
use crate::report::number;

/// The most rows that a note names.
const MOST_NAMED: usize = 10;
/// Seconds.
const AN_HOUR: Decimal = Decimal::from_parts(3_600, 0, 0, false, 0);

/// How the figures of a log are made.
const METHODS: [&str; 3] = [
    "acceptance is that of delivered images, with its exact (Clopper–Pearson) interval; failed, blocked and timed \
     out are shares of attempts",
    "median and P90 by nearest rank, of delivered images whose latency is logged",
    "further attempts: as many as narrow the interval if they turn out as those so far",
];

/// How the figures under a log are made: the same for every log.
pub(super) fn methods(results: &Results) -> Vec<String> {
    let mut methods = Vec::new();
    if !results.routes.is_empty() {
        methods.extend(METHODS.map(str::to_owned));
    }
    if results.routes.iter().any(|route| route.route.is_none()) {
        methods.push("images by hand are paid by a seat, which is no price for API work".into());
    }
    methods
}

/// The notes under a log: what is to be said of this one.
pub(super) fn notes(results: &Results) -> Vec<String> {
    let mut notes = Vec::new();
    if results.untried {
        let what =
            "no attempt on a route that has to meet the goals can be read: none is shown to be met";
        notes.push(what.to_owned());
    }
    if results.routes.iter().any(|route| !route.goals.is_empty()) {
        notes.push(
            "a goal for the acceptance is met by the whole interval; those for cost and P90 by what these \
             images show, however few they are"
                .into(),
        );
    }
    let by_api = |row: &&RatedRow| row.row.route.is_some();
    if results.rows.iter().filter(by_api).any(|row| row.row.processing.is_none()) {
        notes.push(
            "rows that name no processing are rated at standard prices, not those of Batch".into(),
        );
    }
    notes.extend(failed_by_caller(results));
    notes.extend(not_shared(results));
    notes.extend(not_reviewed(results));
    notes.extend(rows_to_look_at(results));
    notes.extend(rounded(results));
    if !results.rejected.is_empty() {
        notes.push(
            "rows that are not read are in no figure; no goal is shown to be met without them"
                .into(),
        );
    }
    if !results.ignored.is_empty() {
        notes.push(format!("columns that are not read: {}", results.ignored.join(", ")));
    }
    notes
}

/// Attempts that count as failures, and that the service had no part in.
fn failed_by_caller(results: &Results) -> Option<String> {
    let by_caller = results.failed_by_caller();
    (by_caller > 0).then(|| {
        format!(
            "failed takes in what the caller made fail or broke off ({by_caller}); a budget prices that as a failure \
             of the service"
        )
    })
}

/// Logged costs that were rounded.
fn rounded(results: &Results) -> Option<String> {
    let is_rounded = |row: &&RatedRow| matches!(row.difference, Difference::Rounding(_));
    match results.rows.iter().filter(is_rounded).count() {
        0 => None,
        1 => Some("1 logged cost differs only by its own rounding".into()),
        more => {
            let costs = counted(more as u64, "logged cost");
            Some(format!("{costs} differ only by their own rounding"))
        }
    }
}

/// Samples that not every route was tried with.
fn not_shared(results: &Results) -> Option<String> {
    let samples: Vec<String> = results
        .not_shared
        .iter()
        .map(|(sample, routes)| {
            let sample = if sample.is_empty() { "rows that name no sample" } else { sample };
            format!("{sample} ({})", routes.join(", "))
        })
        .collect();
    if samples.is_empty() {
        return None;
    }
    let same = match results.routes.iter().any(|route| route.shared.is_some()) {
        true => "`Same samples` is the cost of the others, as logged, else as rated",
        false => "the routes have no sample in common, and their costs do not compare",
    };
    let goals =
        if results.has_goals { "; goals are held against every row of their route" } else { "" };
    Some(format!("not tried on every route: {}; {same}{goals}", samples.join("; ")))
}

/// Images without a verdict, and what they are left out of.
fn not_reviewed(results: &Results) -> Option<String> {
    let are = match results.not_reviewed() {
        0 => return None,
        1 => "1 image is".to_owned(),
        more => format!("{} are", counted(more, "image")),
    };
    let goals = match results.has_goals {
        true => "; goals for both are held against what is reviewed",
        false => "",
    };
    Some(format!(
        "{are} not reviewed yet: delivered, and in neither acceptance nor cost per accepted image{goals}"
    ))
}

/// Rows whose values can hardly be meant, which count all the same, and rows whose cost is not known.
fn rows_to_look_at(results: &Results) -> Vec<String> {
    let rows = |is: &dyn Fn(&RatedRow) -> bool| {
        let numbers: Vec<String> =
            results.rows.iter().filter(|row| is(row)).map(|it| it.row.number.to_string()).collect();
        let more = numbers.len().saturating_sub(MOST_NAMED);
        let named = numbers[..numbers.len() - more].join(", ");
        let more = if more > 0 {
            format!(" and {} more", number::count(more as u64))
        } else {
            String::new()
        };
        let rows = if numbers.len() == 1 { "row" } else { "rows" };
        (!numbers.is_empty()).then(|| format!("{rows} {named}{more}"))
    };
    let early = rows(&|row| row.before.is_some()).map(|rows| {
        format!(
            "{rows}: dated before the first known day of the model or its prices; is the day right?"
        )
    });
    let slow = rows(&|row| row.row.latency.is_some_and(|it| it > AN_HOUR))
        .map(|rows| format!("{rows}: a latency of more than an hour; is it in seconds?"));
    let open = rows(&|row| row.known().is_some_and(|cost| cost.high().is_none())).map(|rows| {
        format!(
            "{rows}: neither a logged cost nor all that it is rated by; a request is not rated in place of what was \
             measured"
        )
    });
    let zero = rows(&|row| row.difference == Difference::ZeroLogged).map(|rows| {
        format!(
            "{rows}: a cost of $0 is logged, and neither prices nor terms say that it is free; a gateway logs a zero \
             for what it does not know, so that the cost is what is rated"
        )
    });
    let by_rule = rows(&|row| row.by_rule.is_some()).zip(results.by_rule().ok()).map(|(rows, sum)| {
        let sum = number::dollar_figure_alone(&sum);
        format!(
            "{rows}: an image was delivered with zero or no usage; by the rule of the model its output costs {sum}, \
             which is in no sum"
        )
    });
    [early, slow, zero, open, by_rule].into_iter().flatten().collect()
}

/// `1 row`, `2 rows`.
pub(super) fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", number::count(count))
}
