//! Which changes of a workload are tried, and how each of them stands to the limit.

use rust_decimal::Decimal;

use super::Fits;
use super::alternatives::{
    ignored, labels, model_names, model_of, named_route, own_route, route_names,
};
use super::asking::Asking;
use super::choice::{Choice, ChoiceChange};
use super::part::Part;
use crate::budget::workload::{Budget, Workload};
use crate::catalog::conditions::Processing;
use crate::catalog::evidence::Doubt;
use crate::estimate::{find_model, find_route};

impl Asking<'_> {
    /// What could be changed of each workload in question: what fits first, then the gentlest, of equals what concerns the
    /// fewest images, and then what costs least. What costs no less than the budget as it is written is none.
    pub(super) fn choices(
        &self,
        budget: &Budget,
        parts: &[(&Workload, Part)],
        as_written: &Fits,
    ) -> Vec<Choice> {
        let now = as_written.plans().0.map(|plan| plan.cost);
        let mut all: Vec<Choice> = Vec::new();
        for (workload, part) in parts {
            all.extend(self.choices_of(budget, workload, part));
        }
        all.retain(|choice| match (now, choice.cost()) {
            (Some(now), Some(then)) => then < now,
            _ => true,
        });
        all.sort_by_key(|choice| {
            let cost = choice.cost().unwrap_or(Decimal::MAX);
            let fits = matches!(choice.fits, Fits::Within(_)) && choice.doubt.is_none();
            (!fits, choice.change.severity(), choice.images, cost)
        });
        all
    }

    fn choices_of(&self, budget: &Budget, workload: &Workload, part: &Part) -> Vec<Choice> {
        let images = self.shape(&part.budget, Some(&workload.name));
        let images = images.ok().map(|shape| shape.values().sum());
        let now = self.doubt(&part.budget);
        let choice = |change: ChoiceChange| {
            let changed = change.applied(&part.budget, &workload.name);
            let ignored = ignored(self.catalog, &changed, &workload.name);
            let then = self.doubt(&changed);
            Choice {
                workload: workload.name.clone(),
                images,
                doubt: then.filter(|_| Doubt::is_weaker(now, then)),
                fits: match ignored {
                    Some(why) => Fits::NotOffered(why.into()),
                    None => self.as_it_is(&part.with(changed)),
                },
                change,
            }
        };
        self.changes_of(budget, workload).into_iter().map(choice).collect()
    }

    /// One thing changed at a time, among what the model has and the file names.
    fn changes_of(&self, budget: &Budget, workload: &Workload) -> Vec<ChoiceChange> {
        let mut changes = Vec::new();
        let Some(last) = workload.steps.last() else { return changes };
        let day = workload.from.unwrap_or(budget.start).max(budget.start).first_day();
        let labels = labels(self.catalog, workload, day).unwrap_or_default();
        let own = labels.iter().position(|label| Some(label) == last.draft.quality.as_ref());
        let below = labels.iter().take(own.unwrap_or(0)).rev().enumerate();
        changes.extend(
            below.map(|(index, label)| ChoiceChange::Quality {
                to: label.clone(),
                lower: index + 1,
            }),
        );
        let batch = Some(Processing::Batch);
        if workload.steps.iter().any(|step| step.draft.processing != batch) {
            changes.push(ChoiceChange::Batch);
        }
        changes.extend(self.other_places(budget, workload));
        changes
    }

    /// The other routes to its model, and from its maker's own route the other models, that the file names.
    fn other_places(&self, budget: &Budget, workload: &Workload) -> Vec<ChoiceChange> {
        let step = workload.steps.last();
        let Some((step, model)) = step.and_then(|it| Some((it, model_of(self.catalog, it)?)))
        else {
            return Vec::new();
        };
        let now = named_route(self.catalog, step).or_else(|| own_route(self.catalog, step));
        let mut changes = Vec::new();
        let mut add = |change| {
            if !changes.contains(&change) {
                changes.push(change);
            }
        };
        for name in route_names(budget) {
            let Ok(route) = find_route(self.catalog, name) else { continue };
            let to = route.id.to_string();
            if route.model == model.id && Some(&to) != now.as_ref() {
                add(ChoiceChange::Route { to });
            }
        }
        if now == own_route(self.catalog, step) && !step.draft.is_conversation() {
            for name in model_names(budget) {
                let Ok(other) = find_model(self.catalog, name) else { continue };
                if other.id != model.id {
                    add(ChoiceChange::Model { to: other.id.clone() });
                }
            }
        }
        changes
    }
}
