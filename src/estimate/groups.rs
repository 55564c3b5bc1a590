//! The estimates of many requests, summed up by what they have in common.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::file::of_all;
use super::{Estimate, EstimatedFile, Subject};
use crate::figure::Figure;
use crate::money::{AmountTooLarge, add};

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
}

impl Group {
    /// What all of them have of it; nothing where they are not grouped by it or it is open.
    pub fn value(&self, by: GroupBy) -> Option<&str> {
        self.values.iter().find(|(of, _)| *of == by)?.1.as_deref()
    }
}

/// The priced lines, summed up by what they have in common, in the order in which the groups come up.
///
/// # Errors
/// [`AmountTooLarge`] if a sum cannot be kept exact.
pub fn groups(file: &EstimatedFile, by: &[GroupBy]) -> Result<Vec<Group>, AmountTooLarge> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known = HashMap::new();
    for (file, estimate, count) in counted(file, by.contains(&GroupBy::File)) {
        let values: Vec<_> = by.iter().map(|by| (*by, by.value(file, estimate))).collect();
        let key: Vec<Option<String>> = values.iter().map(|(_, value)| value.clone()).collect();
        let index = *known.entry(key).or_insert_with(|| {
            let total = Figure::Exact(Decimal::ZERO);
            groups.push(Group { values, requests: 0, images: 0, total });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(index) else { continue };
        let images = u64::from(estimate.request_cost.images);
        group.requests += count;
        group.images = images
            .checked_mul(count)
            .and_then(|images| group.images.checked_add(images))
            .ok_or(AmountTooLarge)?;
        group.total = group.total.try_join(&of_all(&estimate.total, count)?, add)?;
    }
    Ok(groups)
}

/// Each estimate with how many lines share it, in each file by itself where files are told apart.
fn counted(file: &EstimatedFile, by_file: bool) -> Vec<(&str, &Arc<Estimate>, u64)> {
    if !by_file {
        return file.kinds.iter().map(|kind| ("", &kind.estimate, kind.count)).collect();
    }
    let mut all: Vec<(&str, &Arc<Estimate>, u64)> = Vec::new();
    let mut known = HashMap::new();
    for line in &file.lines {
        let Ok(estimate) = &line.outcome else { continue };
        let index = *known.entry((&*line.file, Arc::as_ptr(estimate))).or_insert_with(|| {
            all.push((&line.file, estimate, 0));
            all.len() - 1
        });
        if let Some((_, _, count)) = all.get_mut(index) {
            *count += 1;
        }
    }
    all
}
