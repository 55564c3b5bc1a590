//! The words of the lines of a forecast: their prices, and what a workload makes.

use crate::budget::{Budget, ForecastLine, Line, Workload};
use crate::catalog::conditions::Processing;

/// The words for what is the same of the prices of a line in every month.
pub(super) fn prices_of(line: &Line) -> Option<String> {
    let first = line.first();
    let words = prices(first);
    if line.rows.iter().all(|row| prices(row) == words) {
        return Some(words);
    }
    versions(first).filter(|_| have_the_same_versions(&line.rows.iter().collect::<Vec<_>>()))
}

/// The prices of a row in words: `version from 2026-05-09, dated`.
pub(super) fn prices(row: &ForecastLine) -> String {
    let basis = row.price_basis.in_words();
    match versions(row) {
        None => basis.to_owned(),
        Some(versions) => format!("{versions}, {basis}"),
    }
}

/// Whether rows differ at most in whether their prices are known or those of today.
pub(super) fn have_the_same_versions(rows: &[&ForecastLine]) -> bool {
    rows.windows(2).all(|pair| pair[0].versions == pair[1].versions)
}

fn versions(row: &ForecastLine) -> Option<String> {
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
        let edit = draft.edit || !draft.input_images.is_empty();
        let rest = [edit.then_some("edit"), draft.processing.and_then(Processing::label)];
        let rest: String = rest.into_iter().flatten().map(|word| format!(", {word}")).collect();
        format!("{}{rest}", words.join(" "))
    });
    steps.collect::<Vec<_>>().join(", then ")
}
