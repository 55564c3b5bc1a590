//! What a budget names: the qualities, sizes and routes that a workload can be asked for with.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Alternative, Fits};
use crate::budget::step::Step;
use crate::budget::workload::{Budget, Workload};
use crate::catalog::Catalog;
use crate::catalog::dated::in_force;
use crate::catalog::model::Model;
use crate::catalog::route::Honoured;
use crate::estimate::{DEFAULT_MODEL, find_model, find_route};
use crate::reason::Budgeting;

/// Every quality at every size on every route that the file names for the model of a workload; what the
/// workload itself says comes first. A label or a route of another model says nothing of this one, and the size of another
/// workload is another product: sizes are its own and those of scenarios that concern it.
pub(super) fn named(catalog: &Catalog, budget: &Budget, workload: &Workload) -> Vec<Alternative> {
    let own = as_written(catalog, workload);
    let mut qualities = vec![own.quality.clone()];
    let mut sizes = vec![own.size.clone()];
    let mut routes = vec![own.route.clone()];
    if let Some(model) = workload.steps.last().and_then(|step| model_of(catalog, step)) {
        let same = |step: &&Step| model_of(catalog, step).is_some_and(|it| it.id == model.id);
        for step in budget.workloads.iter().flat_map(|it| &it.steps).filter(same) {
            once(&mut qualities, step.draft.quality.clone());
            if step.route.is_none() {
                own_route(catalog, step).into_iter().for_each(|it| once(&mut routes, Some(it)));
            }
        }
        for changes in budget.scenarios.iter().flat_map(|scenario| &scenario.changes) {
            if changes.model.as_ref().is_none_or(|name| is_named(catalog, name, &model)) {
                changes.quality.iter().for_each(|it| once(&mut qualities, Some(it.clone())));
            }
            if changes.concerns(&workload.name) {
                changes.size.iter().for_each(|it| once(&mut sizes, Some(it.clone())));
            }
        }
        for name in route_names(budget) {
            let route = find_route(catalog, name).ok().filter(|it| it.model == model.id);
            route.into_iter().for_each(|it| once(&mut routes, Some(it.id.to_string())));
        }
    }
    let mut all = Vec::new();
    for route in &routes {
        for size in &sizes {
            for quality in &qualities {
                let (route, size, quality) = (route.clone(), size.clone(), quality.clone());
                let as_written = all.is_empty();
                all.push(Alternative { as_written, quality, size, route, ..own.clone() });
            }
        }
    }
    all
}

/// The labels of a workload's model, the lowest first; `None` if it takes none.
pub(super) fn labels(
    catalog: &Catalog,
    workload: &Workload,
    day: NaiveDate,
) -> Option<Vec<String>> {
    let model = model_of(catalog, workload.steps.last()?)?;
    let rules = in_force(&model.rules, day).ok().or(model.rules.last())?;
    Some(rules.labels().to_vec()).filter(|labels| !labels.is_empty())
}

/// A workload at another quality.
pub(super) fn at_quality(workload: &Workload, label: &str) -> Alternative {
    let step = workload.steps.last();
    Alternative {
        workload: workload.name.clone(),
        as_written: false,
        quality: Some(label.to_owned()),
        size: step.and_then(|step| step.draft.size.clone()),
        route: step.and_then(|step| step.route.clone()),
        fits: Fits::Unknown(Default::default()),
        doubt: None,
    }
}

/// Why a changed workload is not what it says: a route that ignores the quality or the size asked for makes what it makes.
pub(super) fn ignored(catalog: &Catalog, changed: &Budget, workload: &str) -> Option<Budgeting> {
    let own = changed.workloads.iter().find(|it| it.name == workload)?;
    let route = find_route(catalog, own.steps.last()?.route.as_deref()?).ok()?;
    let asked = [("quality", route.quality_honoured), ("size", route.size_honoured)];
    let ignored = asked.iter().find(|(_, honoured)| *honoured == Honoured::No);
    let route = || route.id.to_string().into();
    ignored.map(|(what, _)| Budgeting::Ignored { route: route(), what })
}

impl Alternative {
    /// The budget with this alternative in the last step of the workload.
    pub(super) fn applied(&self, budget: &Budget) -> Budget {
        let mut changed = budget.clone();
        let own = changed.workloads.iter_mut().find(|it| it.name == self.workload);
        if let Some(step) = own.and_then(|workload| workload.steps.last_mut()) {
            step.draft.quality.clone_from(&self.quality);
            step.draft.size.clone_from(&self.size);
            step.route.clone_from(&self.route);
        }
        changed
    }
}

fn as_written(catalog: &Catalog, workload: &Workload) -> Alternative {
    let step = workload.steps.last();
    let route =
        step.and_then(|step| named_route(catalog, step).or_else(|| own_route(catalog, step)));
    let quality = step.and_then(|step| step.draft.quality.clone());
    let size = step.and_then(|step| step.draft.size.clone());
    let (workload, fits) = (workload.name.clone(), Fits::Unknown(Default::default()));
    Alternative { workload, as_written: true, quality, size, route, fits, doubt: None }
}

/// The route that a step names, by its id: it may be written in several ways.
pub(super) fn named_route(catalog: &Catalog, step: &Step) -> Option<String> {
    let name = step.route.as_ref()?;
    Some(find_route(catalog, name).map_or(name.clone(), |it| it.id.to_string()))
}

/// The route of the model's maker, if there is one.
pub(super) fn own_route(catalog: &Catalog, step: &Step) -> Option<String> {
    let model = model_of(catalog, step)?;
    let route = find_route(catalog, &format!("official/{}/{}", model.maker, model.id)).ok()?;
    Some(route.id.to_string())
}

pub(super) fn model_of(catalog: &Catalog, step: &Step) -> Option<Arc<Model>> {
    let of_route = || {
        let route = find_route(catalog, step.route.as_deref()?).ok()?;
        Some(route.model.clone())
    };
    let name = step.draft.model.clone().or_else(of_route);
    find_model(catalog, name.as_deref().unwrap_or(DEFAULT_MODEL)).ok()
}

fn is_named(catalog: &Catalog, name: &str, model: &Model) -> bool {
    find_model(catalog, name).is_ok_and(|found| found.id == model.id)
}

/// The routes of steps, fallbacks and scenarios.
pub(super) fn route_names(budget: &Budget) -> impl Iterator<Item = &str> {
    let steps = budget.workloads.iter().flat_map(|it| &it.steps);
    let steps = steps.filter_map(|step| step.route.as_deref());
    let fallbacks = budget.workloads.iter().filter_map(|it| it.fallback.as_ref());
    let fallbacks = fallbacks.map(|fallback| fallback.route.as_str());
    let scenarios = budget.scenarios.iter().flat_map(|scenario| &scenario.changes);
    let scenarios = scenarios.filter_map(|changes| changes.route.as_deref());
    steps.chain(fallbacks).chain(scenarios)
}

/// The models of steps and scenarios.
pub(super) fn model_names(budget: &Budget) -> impl Iterator<Item = &str> {
    let steps = budget.workloads.iter().flat_map(|it| &it.steps);
    let steps = steps.filter_map(|step| step.draft.model.as_deref());
    let changes = budget.scenarios.iter().flat_map(|it| &it.changes);
    steps.chain(changes.filter_map(|it| it.model.as_deref()))
}

fn once<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}
