//! What the usage of logs cost, summed up by what its rows have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cell::{Recorded, Tally};
use super::dimension::Dimension;
use super::ledger::Ledger;
use super::not_taken::NotTaken;
use super::rated::{self, RatedCell};
use super::terms::LogTerms;
use crate::estimate::{Assumption, EstimateError, PriceBasis, RejectedLines};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::note::Note;
use crate::reason::{Budgeting, Logged};

/// Usage that has the same of what it is summed up by.
#[derive(Debug, Clone)]
pub struct UsageGroup {
    values: Vec<(Dimension, Option<Arc<str>>)>,
    /// Its rows.
    pub tally: Tally,
    /// What they cost.
    pub cost: Figure<Decimal>,
    /// Rows whose tokens are counted by the rule of their model, since the log does not say them.
    pub estimated: u64,
    /// The weakest that their prices rest on.
    pub price_basis: PriceBasis,
    /// What the log says that they cost.
    pub recorded: Recorded,
}

/// What the usage of logs cost.
#[derive(Debug)]
pub struct UsageCost {
    /// What it is summed up by: as asked, and by owner where there are several.
    pub by: Vec<Dimension>,
    /// The groups, in the order of their values.
    pub groups: Vec<UsageGroup>,
    /// Everything that was priced, as one group.
    pub whole: UsageGroup,
    /// What all of it cost: with a rejected row, at least that.
    pub total: Figure<Decimal>,
    /// The first and the last day, where a row was priced.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Why rows are rejected, each reason once.
    pub rejected: Vec<RejectedLines>,
    /// Days, or other parts of exports, without usage.
    pub without_usage: u64,
    /// Rows that leave out a count of cached tokens, which is taken to be none.
    pub rows_without_cached: u64,
    /// What was assumed, each once.
    pub assumptions: Vec<Assumption>,
    /// What is to be said, each once.
    pub notes: Vec<Note>,
    /// The finest parts: what was used on a day, on a route, and what else was asked for.
    pub cells: Vec<RatedCell>,
}

/// What was not priced of logs.
#[derive(Debug, Default)]
pub struct NotPriced {
    /// Why rows are rejected, each reason once.
    pub rejected: Vec<RejectedLines>,
    /// Days, or other parts of exports, without usage.
    pub without_usage: u64,
    /// Files that could not be read, or not to their end.
    pub files_not_read: u64,
}

impl UsageCost {
    /// How many rows are rejected.
    pub fn rejected_rows(&self) -> u64 {
        self.rejected.iter().map(|lines| lines.count).sum()
    }
}

impl UsageGroup {
    /// What all of it have of a dimension; nothing where it is not summed up by it, or the log does not say it.
    pub fn value(&self, of: Dimension) -> Option<&str> {
        self.values.iter().find(|(dimension, _)| *dimension == of)?.1.as_deref()
    }

    /// What an accepted image cost, rejected ones included; `None` where not every row says how many were accepted, or
    /// none was.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if it cannot be kept exact.
    pub fn per_accepted_image(&self) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
        let says_all = self.tally.rows_with_accepted == self.tally.rows;
        self.over(self.tally.accepted, says_all)
    }

    /// What a delivered image cost; `None` where not every row says how many there are, or there is none.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if it cannot be kept exact.
    pub fn per_image(&self) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
        self.over(self.tally.images, self.tally.rows_without_images == 0)
    }

    fn over(&self, images: u64, says_all: bool) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
        if images == 0 || !says_all {
            return Ok(None);
        }
        let each = |cost| money::quotient(cost, Decimal::from(images));
        self.cost.try_map(each).map(Some)
    }

    fn empty(values: Vec<(Dimension, Option<Arc<str>>)>) -> UsageGroup {
        UsageGroup {
            values,
            tally: Tally::default(),
            cost: Figure::Exact(Decimal::ZERO),
            estimated: 0,
            price_basis: PriceBasis::Dated,
            recorded: Recorded::default(),
        }
    }

    /// Several groups as one; `None` where their sum cannot be kept exact.
    pub fn sum(groups: &[&UsageGroup]) -> Option<UsageGroup> {
        let mut whole = UsageGroup::empty(Vec::new());
        for group in groups {
            whole.tally.add(&group.tally).ok()?;
            whole.cost = whole.cost.try_join(&group.cost, money::add).ok()?;
            whole.estimated = whole.estimated.checked_add(group.estimated)?;
            whole.price_basis = whole.price_basis.max(group.price_basis);
            whole.recorded.add(group.recorded).ok()?;
        }
        Some(whole)
    }

    fn add(&mut self, cell: &RatedCell) -> Result<(), AmountTooLarge> {
        self.tally.add(&cell.tally)?;
        self.cost = self.cost.try_join(&cell.cost, money::add)?;
        self.estimated = self.estimated.checked_add(cell.estimated).ok_or(AmountTooLarge)?;
        self.price_basis = self.price_basis.max(cell.price_basis);
        self.recorded.add(cell.recorded)
    }
}

impl Dimension {
    /// What a cell has of it.
    fn value(self, cell: &RatedCell) -> Option<Arc<str>> {
        let key = &cell.key;
        match self {
            Dimension::Day => Some(key.day.to_string().into()),
            Dimension::Month => Some(key.day.format("%Y-%m").to_string().into()),
            Dimension::Model => Some(key.model.clone()),
            Dimension::Route => Some(key.route.clone()),
            Dimension::Owner => Some(cell.owner.clone()),
            Dimension::Project => key.project.clone(),
            Dimension::Tag => key.tag.clone(),
            Dimension::Size => key.size.clone(),
            Dimension::Quality => key.quality.clone(),
            Dimension::Status => key.status.clone(),
            Dimension::Processing => Some(key.processing.as_str().into()),
            Dimension::File => key.file.clone(),
        }
    }
}

/// Prices a ledger and sums it up.
///
/// # Errors
/// The problems of price tables, or a sum that cannot be kept exact.
pub fn sum_up(
    ledger: Ledger,
    log: &LogTerms,
    by: &[Dimension],
    not_priced: NotPriced,
) -> Result<UsageCost, EstimateError> {
    let rated = rated::rate(ledger, log).map_err(|error| match error {
        NotTaken::Broken(problems) => EstimateError::Data(problems),
        NotTaken::Rejected(_) => EstimateError::from(AmountTooLarge),
    })?;
    let cells = rated.cells;
    let by = with_owners(by, &cells);
    let mut groups: BTreeMap<Vec<Option<Arc<str>>>, UsageGroup> = BTreeMap::new();
    let mut whole = UsageGroup::empty(Vec::new());
    for cell in &cells {
        let values: Vec<_> = by.iter().map(|dimension| dimension.value(cell)).collect();
        let named = || by.iter().copied().zip(values.iter().cloned()).collect();
        let group = groups.entry(values.clone()).or_insert_with(|| UsageGroup::empty(named()));
        group.add(cell)?;
        whole.add(cell)?;
    }
    let NotPriced { rejected, without_usage, files_not_read } = not_priced;
    let open = match rejected.iter().map(|lines| lines.count).sum() {
        0 => Figure::Exact(Decimal::ZERO),
        count => Figure::unknown(Decimal::ZERO, Budgeting::RejectedLines(count)),
    };
    let open = match files_not_read {
        0 => open,
        files => {
            let not_read = Figure::unknown(Decimal::ZERO, Logged::FilesNotRead(files));
            open.try_join(&not_read, money::add)?
        }
    };
    let days = cells.iter().map(|cell| cell.key.day);
    Ok(UsageCost {
        total: open.try_join(&whole.cost, money::add)?,
        by,
        groups: groups.into_values().collect(),
        days: days.clone().min().zip(days.max()),
        rejected,
        without_usage,
        rows_without_cached: cells.iter().map(|cell| cell.rows_without_cached).sum(),
        assumptions: rated.said.assumptions.into_values().collect(),
        notes: rated.said.notes.into_values().collect(),
        whole,
        cells,
    })
}

/// What is asked for, with the owner where there are several: a sum across owners never stands without its split.
fn with_owners(by: &[Dimension], cells: &[RatedCell]) -> Vec<Dimension> {
    let mut by = by.to_vec();
    let tells_owners = by.contains(&Dimension::Owner) || by.contains(&Dimension::Route);
    let first = cells.first().map(|cell| &cell.owner);
    if !tells_owners && cells.iter().any(|cell| Some(&cell.owner) != first) {
        by.push(Dimension::Owner);
    }
    by
}
