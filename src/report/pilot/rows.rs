//! A log as rows: one per attempt, or one per route, for files and for people.

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::pilot::log::Rejected;
use crate::pilot::{Costs, GoalKind, PerAccepted, RatedRow, Results, RouteResults, SEAT, Share};
use crate::reason::{Logged, Pricing};
use crate::report::sheet::{Cell, Column, Sheet};

/// A row per attempt, for people.
pub(super) fn for_people(results: &Results) -> Sheet {
    let columns = vec![
        Column::number("row", "Row"),
        Column::text("request_id", "Request"),
        Column::text("ending", "Ending"),
        Column::number("cost_rated", "Rated"),
        Column::number("cost_logged", "Logged"),
        Column::text("difference", "Difference"),
    ];
    let row = |rated: &RatedRow| {
        vec![
            Cell::Count(Figure::Exact(rated.row.number as u64)),
            Cell::text(&rated.row.request_id),
            Cell::text(rated.row.ending.as_str()),
            rated.rated.clone().map_or(Cell::Missing("seat only"), Cell::Money),
            rated.row.cost.map_or(Cell::Empty, |cost| Cell::Money(Figure::Exact(cost))),
            Cell::text(rated.difference.as_str().replace('_', " ")),
        ]
    };
    Sheet { columns, rows: results.rows.iter().map(row).collect(), total: None }
}

/// A row per row of the log, those that cannot be read included: nothing is lost.
pub(super) fn by_row(results: &Results) -> Sheet {
    let columns = vec![
        Column::text("row", "Row"),
        Column::text("status", "Status"),
        Column::text("request_id", "Request"),
        Column::text("attempt", "Attempt"),
        Column::text("sample", "Sample"),
        Column::text("day", "Day"),
        Column::text("route", "Route"),
        Column::text("ending", "Ending"),
        Column::text("latency_seconds", "Latency"),
        Column::text("currency", "Currency"),
        Column::number("cost_rated", "Rated"),
        Column::text("by_rule", "By rule"),
        Column::text("cost_logged", "Logged"),
        Column::text("difference", "Difference"),
        Column::text("difference_usd", "Differs by"),
        Column::text("reason", "Reason"),
    ];
    let mut numbered: Vec<(usize, Vec<Cell>)> =
        results.rows.iter().map(|row| (row.row.number, rated(row))).collect();
    numbered.extend(results.rejected.iter().map(|row| (row.number, rejected(row))));
    numbered.sort_by_key(|(number, _)| *number);
    Sheet { columns, rows: numbered.into_iter().map(|(_, cells)| cells).collect(), total: None }
}

fn number(value: Option<Decimal>) -> Cell {
    value.map_or(Cell::Empty, Cell::Ratio)
}

fn rated(rated: &RatedRow) -> Vec<Cell> {
    let row = &rated.row;
    let route = row.route.as_ref().map_or_else(|| SEAT.to_owned(), |route| route.id.to_string());
    let (status, cost, reason) = match &rated.rated {
        Some(cost) => ("rated", cost.clone(), cost.reasons().in_words()),
        None => {
            let why = "paid by a seat, which is no price for API work";
            ("seat_only", Figure::unknown(Decimal::ZERO, Pricing::NotPriced), why.to_owned())
        }
    };
    vec![
        Cell::text(row.number.to_string()),
        Cell::text(status),
        Cell::text(&row.request_id),
        Cell::text(row.attempt.to_string()),
        Cell::text(&row.sample),
        Cell::text(row.day.to_string()),
        Cell::Text(route),
        Cell::text(row.ending.as_str()),
        number(row.latency),
        Cell::text("USD"),
        Cell::Money(cost),
        number(rated.by_rule.as_ref().and_then(Figure::exact)),
        number(row.cost),
        Cell::text(rated.difference.as_str()),
        number(rated.difference.amount()),
        Cell::Text(reason),
    ]
}

fn rejected(row: &Rejected) -> Vec<Cell> {
    let reasons: Vec<&str> = row.problems.iter().map(|problem| problem.message.as_str()).collect();
    let mut cells = vec![
        Cell::text(row.number.to_string()),
        Cell::text("not_read"),
        Cell::text(&row.request_id),
    ];
    cells.resize(10, Cell::Empty);
    cells.push(Cell::Money(Figure::unknown(Decimal::ZERO, Pricing::NotPriced)));
    cells.resize(15, Cell::Empty);
    cells.push(Cell::Text(reasons.join("; ")));
    cells
}

/// A row per route, without totals.
pub(super) fn by_route(results: &Results) -> Sheet {
    let texts =
        |names: &[&'static str]| names.iter().map(|name| Column::text(*name, *name)).collect();
    let mut columns: Vec<Column> = texts(&[
        "route",
        "owner",
        "owner_kind",
        "model",
        "paid_by",
        "baseline",
        "attempts",
        "delivered",
        "in_another_size",
        "accepted",
        "not_reviewed",
        "acceptance",
        "acceptance_low",
        "acceptance_high",
        "failure_rate",
        "block_rate",
        "timeout_rate",
        "latency_count",
        "latency_median_seconds",
        "latency_p90_seconds",
        "currency",
    ]);
    columns.push(Column::number("cost_rated", "Rated"));
    columns.extend(texts(&["cost_logged", "logged_attempts"]));
    columns.push(Column::number("cost_logged_or_rated", "Logged or rated"));
    columns.push(Column::number("per_accepted_rated", "Rated per accepted image"));
    columns.extend(texts(&["per_accepted_logged"]));
    columns
        .push(Column::number("per_accepted_logged_or_rated", "Logged or rated per accepted image"));
    columns.extend(texts(&["more_images", "more_attempts"]));
    columns.extend(GOALS.map(|kind| Column::text(kind.as_str(), kind.as_str())));
    columns.push(Column::text("reason", "Reason"));
    Sheet { columns, rows: results.routes.iter().map(route).collect(), total: None }
}

const GOALS: [GoalKind; 3] = [GoalKind::CostPerAccepted, GoalKind::Acceptance, GoalKind::P90];

fn route(found: &RouteResults) -> Vec<Cell> {
    let route = found.route.as_ref();
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let count = |count: u64| Cell::text(count.to_string());
    let share = |share: Share| number(share.value());
    let interval = found.acceptance().interval();
    let unknown = |why: Logged| Figure::unknown(Decimal::ZERO, why);
    let costs = found.costs.as_ref();
    let cost = |of: fn(&Costs) -> &Figure<Decimal>| {
        costs.map_or_else(|| unknown(Logged::PaidBySeat), |it| of(it).clone())
    };
    let each = found.per_accepted.as_ref();
    let per_accepted = |of: fn(&PerAccepted) -> &Figure<Decimal>| {
        each.map_or_else(|| unknown(Logged::NoneAccepted), |it| of(it).clone())
    };
    let rated = cost(|costs| &costs.rated);
    let mut cells = vec![
        Cell::text(route.map_or_else(|| SEAT.to_owned(), |route| route.id.to_string())),
        text(route.map(|route| route.id.owner.clone())),
        text(route.map(|route| route.id.kind.as_str().to_owned())),
        text(route.map(|route| route.model.clone())),
        Cell::text(if route.is_some() { "use" } else { "seat" }),
        Cell::text(if found.is_baseline { "yes" } else { "no" }),
        count(found.attempts),
        count(found.delivered),
        count(found.other_size),
        count(found.accepted),
        count(found.not_reviewed),
        share(found.acceptance()),
        number(interval.map(|it| it.low)),
        number(interval.map(|it| it.high)),
        share(found.failed()),
        share(found.blocked()),
        share(found.timed_out()),
        text(found.latency.map(|it| it.count.to_string())),
        number(found.latency.map(|it| it.median)),
        number(found.latency.map(|it| it.p90)),
        Cell::text("USD"),
        Cell::Money(rated.clone()),
        number(costs.and_then(|costs| costs.logged).map(|logged| logged.cost)),
        text(costs.map(|costs| costs.basis.logged.to_string())),
        Cell::Money(cost(|costs| &costs.known)),
        Cell::Money(per_accepted(|it| &it.rated)),
        number(each.and_then(|it| it.logged)),
        Cell::Money(per_accepted(|it| &it.known)),
        text(found.more.as_ref().map(|more| more.images.to_string())),
        text(found.more.as_ref().map(|more| more.attempts.to_string())),
    ];
    cells.extend(GOALS.map(|kind| {
        let goal = found.goals.iter().find(|goal| goal.kind == kind);
        text(goal.map(|goal| goal.standing().to_owned()))
    }));
    cells.push(Cell::text(rated.reasons().in_words()));
    cells
}
