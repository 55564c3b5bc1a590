//! What a log shows.

use serde_json::{Value, json};

use super::notes::{self, counted};
use super::{SCHEMA, budget, list, measures, rows};
use crate::catalog::Catalog;
use crate::pilot::{Difference, Goal, GoalKind, RatedRow, Results, RouteResults, Share};
use crate::report::estimate::{route_json, total_json};
use crate::report::number::{self, raw};
use crate::report::sheet::{Block, Report};
use rust_decimal::Decimal;

/// The most differing rows that people are shown; files have all.
const MOST_DIFFERENT: usize = 10;

/// How to show a log.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// Whether every row is shown, and not only the routes.
    pub rows: bool,
    /// How wide the interval of the acceptance is wanted.
    pub width: Decimal,
}

/// Results as a report.
pub fn report<'a>(results: &'a Results, catalog: &'a Catalog, view: &'a View) -> Report<'a> {
    let sheet = if view.rows { rows::by_row } else { rows::by_route };
    Report::new(|| blocks(results, view), move || sheet(results), || object(results, catalog))
}

fn blocks(results: &Results, view: &View) -> Vec<Block> {
    let mut blocks = vec![Block::Title(title(results, view))];
    if !results.routes.is_empty() {
        let width = number::percent(view.width);
        blocks.push(Block::Sheet(measures::sheet(&results.routes, &width)));
    }
    for route in results.routes.iter().filter(|route| route.route.is_some()) {
        let name = measures::name(route);
        let Some(yaml) = budget::yaml(route) else {
            blocks.push(Block::Text(format!(
                "No image of {name} was accepted: it says no rates to a budget."
            )));
            continue;
        };
        blocks.push(Block::Text(format!("For a workload of a budget, from {name}:")));
        blocks.push(Block::Code(yaml));
    }
    if view.rows {
        blocks.push(Block::Sheet(rows::for_people(results)));
    } else {
        blocks.extend(list("Logged and rated costs that differ:", differences(results)));
    }
    blocks.extend(list("Not exact, because:", reasons(results)));
    blocks.extend(list("Notes:", notes::notes(results)));
    blocks
}

fn title(results: &Results, view: &View) -> String {
    let not_read = results.rejected.len() as u64;
    let mut words = vec![counted(results.rows.len() as u64, "attempt")];
    if results.not_run > 0 {
        words.push(format!("{} not run yet", number::count(results.not_run)));
    }
    if not_read > 0 {
        words.push(format!("{} not read", counted(not_read, "row")));
    }
    format!("Pilot log {}: {}", view.file, words.join(", "))
}

fn differences(results: &Results) -> Vec<String> {
    let differ = |row: &&RatedRow| matches!(row.difference, Difference::By(_));
    let all: Vec<&RatedRow> = results.rows.iter().filter(differ).collect();
    let mut shown: Vec<String> =
        all.iter().take(MOST_DIFFERENT).map(|row| difference_in_words(row)).collect();
    if all.len() > shown.len() {
        let more = counted((all.len() - shown.len()) as u64, "row");
        shown.push(format!("and {more} more; --rows shows each"));
    }
    shown
}

fn difference_in_words(row: &RatedRow) -> String {
    let by = row.difference.amount().unwrap_or_default();
    let more = if by.is_sign_negative() { "less" } else { "more" };
    let dollars = |amount| number::dollar_figure_alone(&crate::figure::Figure::Exact(amount));
    let rated = row.rated.as_ref().map(number::dollar_figure_alone).unwrap_or_default();
    format!(
        "row {}, {}: {} logged, {rated} rated: {} {more}",
        row.row.number,
        row.row.request_id,
        dollars(row.row.cost.unwrap_or_default()),
        dollars(by.abs())
    )
}

fn reasons(results: &Results) -> Vec<String> {
    let costs = results.routes.iter().filter_map(|route| route.costs.as_ref());
    costs.flat_map(|costs| costs.rated.reasons().sentences()).collect()
}

fn object(results: &Results, catalog: &Catalog) -> Value {
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "kind": "results",
        "attempts": results.rows.len(),
        "not_run": results.not_run,
        "not_read": results.rejected.iter().map(|row| json!({
            "row": row.number,
            "request_id": row.request_id,
            "problems": row.problems.iter().map(|it| &it.message).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "ignored_columns": results.ignored,
        "not_tried_on_every_route": results.not_shared.iter().map(|(sample, routes)| json!({
            "sample": Some(sample).filter(|sample| !sample.is_empty()),
            "routes": routes,
        })).collect::<Vec<_>>(),
        "interval": "Clopper-Pearson 95%",
        "percentiles": "nearest rank",
        "all_goals_met": results.has_goals.then(|| results.all_met()),
        "routes": results.routes.iter().map(route).collect::<Vec<_>>(),
        "rows": results.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn route(found: &RouteResults) -> Value {
    let undelivered = found.undelivered.iter();
    let (costs, each) = (found.costs.as_ref(), found.per_accepted.as_ref());
    let held_against = |goal: &Goal| {
        each.filter(|_| goal.kind == GoalKind::CostPerAccepted).map(|each| each.basis.as_str())
    };
    json!({
        "route": found.route.as_ref().map(|route| route_json(route)),
        "paid_by": if found.route.is_some() { "use" } else { "seat" },
        "baseline": found.is_baseline,
        "attempts": found.attempts,
        "delivered": found.delivered,
        "accepted": found.accepted,
        "not_reviewed": found.not_reviewed,
        "undelivered": undelivered.map(|(event, count)| (event.as_str(), *count)).collect::<std::collections::BTreeMap<_, _>>(),
        "in_another_size": found.other_size,
        "acceptance": share(found.acceptance()),
        "failure_rate": share(found.failed()),
        "block_rate": share(found.blocked()),
        "timeout_rate": share(found.timed_out()),
        "latency_seconds": found.latency.map(|latency| json!({
            "count": latency.count,
            "median": raw(latency.median),
            "p90": raw(latency.p90),
        })),
        "cost_rated": costs.map(|costs| total_json(&costs.rated)),
        "cost_logged": costs.and_then(|costs| costs.logged).map(|logged| json!({
            "currency": "USD",
            "amount": raw(logged.cost),
            "attempts": logged.attempts,
        })),
        "cost_logged_or_rated": costs.map(|costs| total_json(&costs.known)),
        "logged_or_rated": costs.map(|costs| json!({
            "logged_attempts": costs.basis.logged,
            "rated_attempts": costs.basis.rated,
            "neither": costs.basis.neither,
        })),
        "per_accepted_rated": each.map(|each| total_json(&each.rated)),
        "per_accepted_logged": each.and_then(|each| each.logged).map(raw),
        "per_accepted_logged_or_rated": each.map(|each| total_json(&each.known)),
        "same_samples": found.shared.as_ref().map(|shared| json!({
            "attempts": shared.attempts,
            "accepted": shared.accepted,
            "cost_logged_or_rated": total_json(&shared.costs.known),
            "per_accepted_logged_or_rated": shared.per_accepted.as_ref().map(|it| total_json(&it.known)),
        })),
        "to_narrow": found.more.as_ref().map(|more| json!({
            "images": more.images,
            "attempts": more.attempts,
            "cost": more.cost.as_ref().map(total_json),
        })),
        "goals": found.goals.iter().map(|goal| json!({
            "goal": goal.kind.as_str(),
            "limit": raw(goal.limit),
            "met": goal.met,
            "standing": goal.standing(),
            "held_against": held_against(goal),
            "not_shown_because": goal.open.as_ref().map(ToString::to_string),
        })).collect::<Vec<_>>(),
        "budget_yaml": found.route.as_ref().and_then(|_| budget::yaml(found)),
    })
}

fn share(share: Share) -> Value {
    let interval = share.interval();
    json!({
        "part": share.part,
        "whole": share.whole,
        "share": share.value().map(raw),
        "low": interval.map(|it| raw(it.low)),
        "high": interval.map(|it| raw(it.high)),
    })
}

fn row(rated: &RatedRow) -> Value {
    let row = &rated.row;
    json!({
        "row": row.number,
        "request_id": row.request_id,
        "attempt": row.attempt,
        "route": row.route.as_ref().map(|route| route.id.to_string()),
        "day": row.day.to_string(),
        "ending": row.ending.as_str(),
        "latency_seconds": row.latency.map(raw),
        "cost_rated": rated.rated.as_ref().map(total_json),
        "by_rule": rated.by_rule.as_ref().map(total_json),
        "cost_logged": row.cost.map(raw),
        "difference": rated.difference.as_str(),
        "difference_usd": rated.difference.amount().map(raw),
    })
}
