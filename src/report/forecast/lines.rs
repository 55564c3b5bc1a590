//! The lines of a forecast: a workload on a route, or another cost, over all months.

use std::collections::BTreeMap;

use crate::budget::{Budget, Forecast, PriceBasis, Row, Workload};

/// The rows of one workload on one route, or of one other cost, in the order of months.
pub(super) struct Line<'a> {
    pub rows: Vec<&'a Row>,
}

impl<'a> Line<'a> {
    pub fn first(&self) -> &'a Row {
        self.rows[0]
    }

    /// The words for what is the same of its prices in every month.
    pub fn prices(&self) -> Option<String> {
        let first = self.first();
        let words = prices(first);
        if self.rows.iter().all(|row| prices(row) == words) {
            return Some(words);
        }
        versions(first).filter(|_| have_the_same_versions(&self.rows))
    }
}

/// The lines in the order of the budget, other costs of the whole budget last.
pub(super) fn lines<'a>(budget: &Budget, forecast: &'a Forecast) -> Vec<Line<'a>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut places = BTreeMap::new();
    for row in &forecast.rows {
        let route = row.route.as_ref().map(|route| &route.id);
        let at = *places.entry((&row.workload, &row.other_cost, route)).or_insert_with(|| {
            lines.push(Line { rows: Vec::new() });
            lines.len() - 1
        });
        lines[at].rows.push(row);
    }
    let names = budget.workloads.iter().enumerate();
    let order: BTreeMap<&str, usize> = names.map(|(at, it)| (it.name.as_str(), at)).collect();
    lines.sort_by_key(|line| order.get(&*line.first().workload).copied().unwrap_or(usize::MAX));
    lines
}

/// The prices of a row in words: `version from 2026-05-09, assumed`.
pub(super) fn prices(row: &Row) -> String {
    let basis = match row.price_basis {
        PriceBasis::Dated => "dated",
        PriceBasis::Assumed => "assumed",
    };
    match versions(row) {
        None => basis.to_owned(),
        Some(versions) => format!("{versions}, {basis}"),
    }
}

/// Whether rows differ at most in whether their prices are known or those of today.
pub(super) fn have_the_same_versions(rows: &[&Row]) -> bool {
    rows.windows(2).all(|pair| pair[0].versions == pair[1].versions)
}

fn versions(row: &Row) -> Option<String> {
    (!row.versions.is_empty()).then(|| format!("version {}", row.versions.join("; ")))
}

/// What a workload makes, in words: `gpt-image-2 1024x1536 high, Batch`.
pub(super) fn work(budget: &Budget, workload: &str, model: Option<&str>) -> String {
    let found = budget.workloads.iter().find(|it| it.name == workload);
    let several = found.is_some_and(|it| it.steps.len() > 1);
    let steps = found.into_iter().flat_map(|it: &Workload| &it.steps).map(|step| {
        let draft = &step.draft;
        // What the route offers: a model that takes another's place is not the one that was asked for.
        let asked = draft.model.as_deref();
        let model = if several { asked.or(model) } else { model.or(asked) };
        let words: Vec<&str> = [model, draft.size.as_deref(), draft.quality.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let batch = draft.processing == Some(crate::catalog::price::Processing::Batch);
        let edit = draft.edit || !draft.input_images.is_empty();
        let rest = [(edit, ", edit"), (batch, ", Batch")];
        let rest: String = rest.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
        format!("{}{rest}", words.join(" "))
    });
    steps.collect::<Vec<_>>().join(", then ")
}
