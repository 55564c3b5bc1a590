//! What a log shows of each route, side by side: a row per measure, a column per route.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::pilot::interval::Interval;
use crate::pilot::{
    Basis, Costs, Goal, GoalKind, GoalVerdict, NotShown, PerAccepted, Proportion, RouteResults,
    Shared,
};
use crate::report::number::{self, dollar_figure_alone, percent_rounded};
use crate::report::sheet::{Cell, Column, Sheet};

/// The measures of the routes; `width` is the interval that is wanted, in words.
pub(super) fn sheet(routes: &[RouteResults], width: &str) -> Sheet {
    let mut columns = vec![Column::text("")];
    columns.extend(routes.iter().map(|route| {
        let baseline = if route.is_baseline { " (baseline)" } else { "" };
        Column::text(format!("{}{baseline}", name(route)))
    }));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add = |title: &str, value: &dyn Fn(&RouteResults) -> String| {
        let cells = routes.iter().map(|route| Cell::text(value(route)));
        rows.push([Cell::text(title)].into_iter().chain(cells).collect());
    };
    add("Attempts", &|route| number::count(route.attempts));
    add("Delivered", &|route| number::count(route.delivered));
    if routes.iter().any(|route| route.other_size > 0) {
        add("In another size", &|route| number::count(route.other_size));
    }
    if routes.iter().any(|route| route.not_reviewed > 0) {
        add("Not reviewed yet", &|route| number::count(route.not_reviewed));
    }
    add("Accepted", &|route| number::count(route.accepted));
    add("Acceptance", &|route| share(route.acceptance()));
    add("95% interval", &|route| interval(route.acceptance()));
    add("Failed", &|route| share(route.failed()));
    add("Blocked", &|route| share(route.blocked()));
    add("Timed out", &|route| share(route.timed_out()));
    add("Latency, median", &|route| {
        route.latency.map_or("not logged".into(), |it| seconds(it.median))
    });
    add("Latency, P90", &|route| {
        route.latency.map_or("not logged".into(), |it| {
            format!("{} (n = {})", seconds(it.p90), number::count(it.count))
        })
    });
    let is_mixed =
        |route: &RouteResults| route.costs.as_ref().is_some_and(|it| it.basis.is_mixed());
    let any_mixed = routes.iter().any(is_mixed);
    add("Cost, rated", &|route| cost(route, &|costs| dollar_figure_alone(&costs.rated)));
    add("Cost, logged", &|route| cost(route, &logged));
    if any_mixed {
        add("Cost, logged or rated", &|route| cost(route, &known));
    }
    add("Per accepted, rated", &|route| each(route, &|it| dollar_figure_alone(&it.rated)));
    add("Per accepted, logged", &|route| {
        let logged = |it: &PerAccepted| {
            it.logged.map_or("–".into(), |cost| dollar_figure_alone(&Figure::Exact(cost)))
        };
        route.per_accepted.as_ref().map_or("–".into(), logged)
    });
    if any_mixed {
        add("Per accepted, from both", &|route| each(route, &|it| dollar_figure_alone(&it.known)));
    }
    if routes.iter().any(|route| route.shared.is_some()) {
        add("Same samples, cost", &|route| {
            let cost = |it: &Shared| dollar_figure_alone(&it.costs.known);
            route.shared.as_ref().map_or("–".into(), cost)
        });
        add("Same, per accepted", &|route| {
            let cost = |it: &Shared| match &it.per_accepted {
                Some(each) => dollar_figure_alone(&each.known),
                None => "none accepted".into(),
            };
            route.shared.as_ref().map_or("–".into(), cost)
        });
    }
    add(&format!("Interval {width} wide needs"), &more);
    for kind in [GoalKind::CostPerAccepted, GoalKind::Acceptance, GoalKind::P90] {
        let of = |route: &RouteResults| route.goals.iter().find(|it| it.kind == kind).cloned();
        if let Some(goal) = routes.iter().find_map(of) {
            add(&goal_name(&goal), &|route| {
                of(route).map_or("–".into(), |goal| verdict(route, &goal))
            });
        }
    }
    Sheet { columns, rows, total: None }
}

/// The route in short; images by hand are those of a seat.
pub(super) fn name(route: &RouteResults) -> String {
    route.route.as_ref().map_or_else(|| "by hand (seat)".to_owned(), |route| route.id.to_string())
}

/// `5 of 7 (71.4%)`.
pub(super) fn share(share: Proportion) -> String {
    match share.value() {
        Some(value) => {
            let [part, whole] = [share.part, share.whole].map(number::count);
            format!("{part} of {whole} ({})", percent_rounded(value))
        }
        None => "–".into(),
    }
}

fn interval(share: Proportion) -> String {
    share.interval().map_or_else(|| "–".into(), |interval| ends(&interval))
}

/// `29.04% to 96.34%`: the ends have no more places.
pub(super) fn ends(interval: &Interval) -> String {
    format!("{} to {}", number::percent(interval.low), number::percent(interval.high))
}

fn seconds(seconds: Decimal) -> String {
    format!("{} s", number::rounded(seconds, 3))
}

fn cost(route: &RouteResults, of: &dyn Fn(&Costs) -> String) -> String {
    route.costs.as_ref().map_or_else(|| "seat only".into(), of)
}

fn each(route: &RouteResults, of: &dyn Fn(&PerAccepted) -> String) -> String {
    match (&route.costs, &route.per_accepted) {
        (None, _) => "seat only".into(),
        (_, None) => "none accepted".into(),
        (_, Some(cost)) => of(cost),
    }
}

fn logged(costs: &Costs) -> String {
    let Some(logged) = costs.logged else { return "not logged".into() };
    let cost = dollar_figure_alone(&Figure::Exact(logged.cost));
    let Basis { logged: some, rated, neither } = costs.basis;
    let [some, all] = [some, some + rated + neither].map(number::count);
    if some == all { cost } else { format!("at least {cost} ({some} of {all} attempts)") }
}

fn known(costs: &Costs) -> String {
    format!("{} ({})", dollar_figure_alone(&costs.known), basis(costs.basis))
}

/// `5 logged, 3 rated`.
fn basis(basis: Basis) -> String {
    let Basis { logged, rated, neither } = basis;
    let parts = [(logged, "logged"), (rated, "rated"), (neither, "neither")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    parts
        .map(|(count, what)| format!("{} {what}", number::count(count)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn more(route: &RouteResults) -> String {
    match &route.more {
        None if route.acceptance().whole == 0 => "–".into(),
        None => "more than a million".into(),
        Some(more) if more.images == 0 => "none more".into(),
        Some(more) => {
            let cost = more.cost.as_ref().map(|cost| format!(", {}", dollar_figure_alone(cost)));
            let attempts = number::count(more.attempts);
            format!("about {attempts} more attempts{}", cost.unwrap_or_default())
        }
    }
}

/// `Goal: $0.10 per accepted`, short enough for the first column.
fn goal_name(goal: &Goal) -> String {
    let dollars = |amount| dollar_figure_alone(&Figure::Exact(amount));
    match goal.kind {
        GoalKind::CostPerAccepted => format!("Goal: {} per accepted", dollars(goal.limit)),
        GoalKind::Acceptance => {
            format!("Goal: {} accepted", number::percent(goal.limit))
        }
        GoalKind::P90 => format!("Goal: P90 of {}", seconds(goal.limit)),
    }
}

fn verdict(route: &RouteResults, goal: &Goal) -> String {
    // Which costs it was held against.
    let by = match &route.per_accepted {
        Some(cost) if goal.kind == GoalKind::CostPerAccepted => match cost.basis.as_str() {
            "logged_and_rated" => format!(" ({})", basis(cost.basis)),
            word => format!(", as {word}"),
        },
        _ => String::new(),
    };
    match &goal.verdict {
        GoalVerdict::Met => format!("met{by}"),
        GoalVerdict::Missed => format!("missed{by}"),
        // The reasons are many, and stand under the table.
        GoalVerdict::NotShown(NotShown::CostOpen(_)) => {
            "not shown: it may be more, see below".into()
        }
        GoalVerdict::NotShown(why) => format!("not shown: {why}"),
    }
}
