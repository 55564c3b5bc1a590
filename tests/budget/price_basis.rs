//! What prices rest on: the weakest of their sources, of their days and of what the user supposes; a total has the
//! weakest of its parts.

use imgcost::budget::{By, OtherCost, PriceBasis, Total, totals};
use imgcost::budget::{CostPer, Forecast};
use imgcost::catalog::evidence::Confidence;
use imgcost::estimate::{Terms, estimate_work};
use imgcost::request::Draft;

use crate::builder::*;
use crate::common::day;

/// fal.ai's page carries no date.
const UNDATED: &str = "provider/fal/gpt-image-2";

fn posters() -> Draft {
    poster("gpt-image-2", "high")
}

fn basis(found: &Forecast, workload: &str, at: &str) -> PriceBasis {
    rows(found, workload, at)[0].price_basis
}

#[test]
fn an_undated_price_shows_in_every_month_and_in_each_total_of_which_it_is_a_part() {
    // As known on 2026-11-21: October is over, December lies ahead.
    let dated = accepted("dated", posters(), 10);
    let mut undated = on(UNDATED, accepted("undated", posters(), 10));
    undated.from = Some(month("2026-12"));
    let budget = budget("2026-10", 3, vec![dated, undated]);
    let found = of(&budget);
    assert_eq!(basis(&found, "dated", "2026-10"), PriceBasis::Dated);
    assert_eq!(
        basis(&found, "dated", "2026-12"),
        PriceBasis::Assumed,
        "today's price for a later month"
    );
    assert_eq!(basis(&found, "undated", "2026-12"), PriceBasis::Undated, "whatever the month");

    let by = |by: By| -> Vec<(String, Option<PriceBasis>)> {
        let all = totals(&budget, &found, &[by]).expect("sums");
        all.into_iter().map(|total: Total| (total.key().to_owned(), total.price_basis)).collect()
    };
    let months = [
        ("2026-10".to_owned(), Some(PriceBasis::Dated)),
        ("2026-11".to_owned(), Some(PriceBasis::Assumed)),
        ("2026-12".to_owned(), Some(PriceBasis::Undated)),
    ];
    assert_eq!(by(By::Month), months);
    let workloads = [
        ("dated".to_owned(), Some(PriceBasis::Assumed)),
        ("undated".to_owned(), Some(PriceBasis::Undated)),
    ];
    assert_eq!(by(By::Workload), workloads);
    assert_eq!(found.price_basis(), Some(PriceBasis::Undated));
}

#[test]
fn what_the_user_supposes_or_states_is_the_users() {
    let mut cheaper = accepted("cheaper", posters(), 10);
    cheaper.price_changes = vec![(month("2026-11"), dec("0.8"))];
    cheaper.other_costs = vec![OtherCost::of("review", dec("5"), CostPer::Month)];
    let found = of(&budget("2026-10", 2, vec![cheaper]));
    assert_eq!(basis(&found, "cheaper", "2026-10"), PriceBasis::Dated, "before the change");
    let [images, review] = &rows(&found, "cheaper", "2026-11")[..] else { panic!("two rows") };
    assert_eq!(images.price_basis, PriceBasis::User);
    assert_eq!(review.price_basis, PriceBasis::User, "no table holds it");
}

#[test]
fn no_price_of_an_undated_or_weak_source_is_called_dated_in_an_estimate_or_a_budget() {
    let today = day("2026-11-21");
    let (mut strong, mut weak) = (0, 0);
    for id in SHIPPED.route_ids().iter().map(ToString::to_string) {
        let route = SHIPPED.route(&id).expect("a route");
        let terms = Terms { route: Some(&id), ..Terms::on(today) };
        let draft = Draft { model: Some(route.model.clone()), ..Draft::default() };
        let Ok(estimate) = estimate_work(&SHIPPED, &draft, &terms) else { continue };
        let prices = estimate.charges.iter().filter_map(|charge| charge.unit_price.as_ref());
        let mut sources: Vec<_> = prices.map(|price| &price.evidence).collect();
        if sources.is_empty() {
            sources.push(&estimate.table.version().evidence);
        }
        let is_weak =
            sources.iter().any(|it| it.seen.is_none() || it.confidence == Confidence::Low);
        let expected = if is_weak { PriceBasis::Undated } else { PriceBasis::Dated };
        assert_eq!(estimate.price_basis(), expected, "{id}");
        *(if is_weak { &mut weak } else { &mut strong }) += 1;

        let on_route = on(&id, accepted("work", draft, 10));
        let found = of(&budget("2026-12", 1, vec![on_route]));
        // A price that is not known rests on nothing.
        for row in rows(&found, "work", "2026-12").iter().filter(|row| !row.versions.is_empty()) {
            let expected = if is_weak { PriceBasis::Undated } else { PriceBasis::Assumed };
            assert_eq!(row.price_basis, expected, "{id}");
        }
    }
    assert!(strong > 10 && weak > 10, "{strong} and {weak} routes");
}
