//! What could be changed of a step: one quality lower, a cheaper size, Batch, fewer attempts, another model.

use rust_decimal::Decimal;

use super::{Bench, Changed, GivenUp, LeverChange, OtherSize, Tokens};
use crate::attempts::AttemptRates;
use crate::budget::changes::RateChanges;
use crate::budget::step::Step;
use crate::catalog::conditions::Processing;
use crate::catalog::route::Honoured;
use crate::estimate::Estimate;
use crate::fraction;
use crate::models;
use crate::request::{QualityChoice, Request, SizeChoice};
use crate::size_choice::prices::PricedOn;
use crate::unit::Meter;

impl Bench<'_> {
    pub(super) fn lower_quality(
        &self,
        step: &Step,
        now: &Estimate,
        request: &Request,
    ) -> Option<Changed> {
        let rules = crate::catalog::dated::in_force(&now.model.rules, self.day()).ok()?;
        let Some(QualityChoice::Label(label)) = &request.quality else { return None };
        let labels = &rules.qualities.as_ref()?.labels;
        let at = labels.iter().position(|known| known == label)?;
        let lower = labels.get(at.checked_sub(1)?)?;
        let honoured = now.table.route.quality_honoured;
        if honoured == Honoured::No {
            return None;
        }
        let mut step = step.clone();
        step.draft.quality = Some(lower.clone());
        let tokens = self.tokens(now, &step);
        Some(Changed {
            change: LeverChange::Quality { from: label.clone(), to: lower.clone() },
            given_up: GivenUp::Detail { tokens, is_unsure: honoured == Honoured::NotStated },
            step,
        })
    }

    pub(super) fn cheaper_size(
        &self,
        step: &Step,
        now: &Estimate,
        request: &Request,
    ) -> Option<Changed> {
        let Some(SizeChoice::Exact(size)) = request.size else { return None };
        let honoured = now.table.route.size_honoured;
        if honoured == Honoured::No {
            return None;
        }
        let place = PricedOn {
            model: Some(&now.model.id),
            quality: request.quality.as_ref().map(QualityChoice::as_str),
            route: step.route.as_deref(),
            as_of: self.day(),
            today: self.pricing.today,
            resolution: step.resolution.as_deref(),
            fx: &self.pricing.budget.fx,
        };
        let other = self.cheaper.of(self.pricing.catalog, &place, size)?;
        let mut step = step.clone();
        step.draft.size = Some(other.to_string());
        let is_same_shape = u64::from(size.width) * u64::from(other.height)
            == u64::from(other.width) * u64::from(size.height);
        let pixels = (size.pixels(), other.pixels());
        let changed = OtherSize { pixels, is_unsure: honoured == Honoured::NotStated };
        Some(Changed {
            change: LeverChange::Size { from: size, to: other },
            given_up: match is_same_shape {
                true => GivenUp::ExactSize(changed),
                false => GivenUp::ExactShape(changed),
            },
            step,
        })
    }

    pub(super) fn other_models(
        &self,
        step: &Step,
        now: &Estimate,
        request: &Request,
    ) -> Vec<Changed> {
        let Some(QualityChoice::Label(label)) = &request.quality else { return Vec::new() };
        // On another owner's route a move would change the owner as well: that is a comparison.
        let own = now.table.route.id.to_string() == now.model.makers_route();
        if !own || step.draft.is_conversation() {
            return Vec::new();
        }
        let Ok((moves, _)) = models::moves_from(self.pricing.catalog, &now.model, self.day())
        else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        for to in &moves {
            let Some(row) = to.labels.iter().find(|row| row.label == *label) else { continue };
            let same_work = row.like_for_like.as_ref().map(|same| same.label.clone());
            let same_label = row.new.as_ref().map(|_| label.clone());
            for other in [same_work, same_label].into_iter().flatten() {
                let mut step = step.clone();
                step.route = None;
                step.draft.model = Some(to.to.id.clone());
                step.draft.quality = Some(other.clone());
                let tokens = self.tokens(now, &step);
                changes.push(Changed {
                    change: LeverChange::Model {
                        from: (now.model.id.clone(), label.clone()),
                        to: (to.to.id.clone(), other),
                    },
                    given_up: GivenUp::Look(tokens),
                    step,
                });
            }
        }
        changes
    }

    /// How many output tokens an image has before and after a change.
    fn tokens(&self, now: &Estimate, changed: &Step) -> Tokens {
        let each = |estimate: &Estimate| {
            let count = estimate.usage.count(Meter::ImageOutput).exact()?;
            count.checked_div(u64::from(estimate.request_cost.images))
        };
        let after = self.estimate(changed);
        each(now).zip(after.as_deref().and_then(each))
    }
}

pub(super) fn batch(step: &Step, request: &Request) -> Option<Changed> {
    (request.processing == Processing::Standard).then(|| {
        let mut step = step.clone();
        step.draft.processing = Some(Processing::Batch);
        Changed { change: LeverChange::Batch, given_up: GivenUp::Speed, step }
    })
}

/// Ten points more of the delivered images accepted.
pub(super) fn more_accepted(step: &Step) -> Option<Changed> {
    let of_delivered = |rates: &AttemptRates| {
        let delivered = fraction::from_decimal(rates.delivered());
        fraction::to_decimal(&(rates.accepted_per_attempt() / delivered)).ok()
    };
    let before = step.rates.acceptance().or_else(|| of_delivered(&step.rates))?;
    let after = (before + Decimal::new(10, 2)).min(Decimal::ONE);
    let changes = RateChanges { acceptance: Some(after), ..RateChanges::default() };
    let rates = changes.applied_to(&step.rates, true).ok()?;
    (before < after).then(|| Changed {
        change: LeverChange::Attempts { from: before, to: after },
        given_up: GivenUp::Work,
        step: Step { rates, ..step.clone() },
    })
}
