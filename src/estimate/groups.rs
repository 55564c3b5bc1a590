//! The estimates of many requests, summed up by what they have in common.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Estimate, PriceBasis, Subject};
use crate::figure::Figure;
use crate::money::{AmountTooLarge, add, times};

/// What requests are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupBy {
    /// The model that makes the image.
    Model,
    /// The size asked for, or that a reply says it made.
    Size,
    /// The quality asked for, or that a reply says it made.
    Quality,
    /// How it is or was processed.
    Processing,
    /// The price owner.
    Owner,
    /// The route.
    Route,
    /// The day whose prices hold.
    Day,
    /// The file.
    File,
}

impl GroupBy {
    /// All of them.
    pub const ALL: [GroupBy; 8] = [
        GroupBy::Model,
        GroupBy::Size,
        GroupBy::Quality,
        GroupBy::Processing,
        GroupBy::Owner,
        GroupBy::Route,
        GroupBy::Day,
        GroupBy::File,
    ];

    /// Those of a summary that names none.
    pub const USUAL: [GroupBy; 4] =
        [GroupBy::Model, GroupBy::Size, GroupBy::Quality, GroupBy::Processing];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            GroupBy::Model => "model",
            GroupBy::Size => "size",
            GroupBy::Quality => "quality",
            GroupBy::Processing => "processing",
            GroupBy::Owner => "owner",
            GroupBy::Route => "route",
            GroupBy::Day => "day",
            GroupBy::File => "file",
        }
    }

    /// What a request has of it; nothing of what is open.
    fn value(self, file: &str, estimate: &Estimate) -> Option<String> {
        let route = &estimate.table.route;
        match (self, &estimate.subject) {
            (GroupBy::Model, _) => Some(estimate.model.id.clone()),
            (GroupBy::Size, Subject::Request(request)) => Some(request.size_in_words()),
            (GroupBy::Size, Subject::Reply(reply, _)) => reply.size.clone(),
            (GroupBy::Quality, Subject::Request(request)) => {
                Some(request.quality_in_words().to_owned())
            }
            (GroupBy::Quality, Subject::Reply(reply, _)) => reply.quality.clone(),
            (GroupBy::Processing, subject) => Some(subject.processing().as_str().to_owned()),
            (GroupBy::Owner, _) => Some(route.owner_name.clone()),
            (GroupBy::Route, _) => Some(route.id.to_string()),
            (GroupBy::Day, _) => Some(estimate.as_of.to_string()),
            (GroupBy::File, _) => Some(file.to_owned()),
        }
    }
}

/// Requests that have the same of what they are grouped by.
#[derive(Debug, Clone)]
pub struct Group {
    values: Vec<(GroupBy, Option<String>)>,
    /// How many requests or replies.
    pub requests: u64,
    /// How many images they ask for, or delivered.
    pub images: u64,
    /// What they cost together.
    pub total: Figure<Decimal>,
    /// The weakest that their prices rest on.
    pub price_basis: PriceBasis,
    /// The day whose prices they have; nothing where it is not the same for all.
    pub as_of: Option<NaiveDate>,
}

impl Group {
    /// What all of them have of it; nothing where they are not grouped by it or it is open.
    pub fn value(&self, by: GroupBy) -> Option<&str> {
        self.values.iter().find(|(of, _)| *of == by)?.1.as_deref()
    }
}

/// Groups as lines come up.
#[derive(Debug)]
pub(super) struct Groups {
    by: Vec<GroupBy>,
    /// Whether owners are told apart without being asked for.
    adds_owner: bool,
    all: Vec<Group>,
    known: HashMap<Vec<Option<String>>, usize>,
}

impl Groups {
    /// Groups by what is named; those of several price owners are told apart in any case.
    pub(super) fn by(by: &[GroupBy]) -> Groups {
        let mut by = by.to_vec();
        let adds_owner = !by.contains(&GroupBy::Owner) && !by.contains(&GroupBy::Route);
        by.extend(adds_owner.then_some(GroupBy::Owner));
        Groups { by, adds_owner, all: Vec::new(), known: HashMap::new() }
    }

    /// Adds lines of a file that are alike.
    pub(super) fn add(
        &mut self,
        file: &str,
        estimate: &Estimate,
        count: u64,
    ) -> Result<(), AmountTooLarge> {
        let values: Vec<_> = self.by.iter().map(|by| (*by, by.value(file, estimate))).collect();
        let key = values.iter().map(|(_, value)| value.clone()).collect();
        let index = *self.known.entry(key).or_insert_with(|| {
            let total = Figure::Exact(Decimal::ZERO);
            let price_basis = PriceBasis::Dated;
            let as_of = Some(estimate.as_of);
            self.all.push(Group { values, requests: 0, images: 0, total, price_basis, as_of });
            self.all.len() - 1
        });
        let group = &mut self.all[index];
        let images = u64::from(estimate.request_cost.images).checked_mul(count);
        group.requests += count;
        group.images =
            images.and_then(|images| group.images.checked_add(images)).ok_or(AmountTooLarge)?;
        group.total = group.total.try_join(&of_all(&estimate.total, count)?, add)?;
        group.as_of = group.as_of.filter(|day| *day == estimate.as_of);
        group.price_basis = group.price_basis.max(estimate.price_basis());
        Ok(())
    }

    /// The groups, and what they are grouped by: an owner that was not asked for only where there are several.
    pub(super) fn into_groups(mut self) -> (Vec<GroupBy>, Vec<Group>) {
        let mut owners = self.all.iter().map(|group| group.value(GroupBy::Owner));
        let first = owners.next();
        if self.adds_owner && owners.all(|owner| Some(owner) == first) {
            self.by.retain(|by| *by != GroupBy::Owner);
        }
        (self.by, self.all)
    }
}

/// What so many requests of one cost are together.
pub(super) fn of_all(
    cost: &Figure<Decimal>,
    count: u64,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    cost.try_map(|cost| times(count, cost))
}
