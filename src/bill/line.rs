//! A line of a bill.

use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::catalog::conditions::Processing;
use crate::catalog::word::Words;
use crate::money::{self, AmountTooLarge};
use crate::unit::Meter;

/// What an amount of a bill is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BillKind {
    /// What was used.
    Usage,
    /// A credit that pays a part of it.
    Credit,
    /// What is paid back of an earlier charge.
    Refund,
    /// A tax.
    Tax,
    /// A fee or a purchase that is no usage.
    Fee,
    /// What corrects other amounts, and says no more than that.
    Adjustment,
}

impl BillKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [BillKind; 6] = [
        BillKind::Usage,
        BillKind::Fee,
        BillKind::Adjustment,
        BillKind::Refund,
        BillKind::Credit,
        BillKind::Tax,
    ];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            BillKind::Usage => "usage",
            BillKind::Credit => "credit",
            BillKind::Refund => "refund",
            BillKind::Tax => "tax",
            BillKind::Fee => "fee",
            BillKind::Adjustment => "adjustment",
        }
    }

    /// The name of several for people.
    pub fn label(self) -> &'static str {
        match self {
            BillKind::Usage => "Usage",
            BillKind::Credit => "Credits",
            BillKind::Refund => "Refunds",
            BillKind::Tax => "Tax",
            BillKind::Fee => "Fees",
            BillKind::Adjustment => "Adjustments",
        }
    }
}

impl Words for BillKind {
    const WHAT: &'static str = "kind of a line of a bill";
    fn words() -> Vec<(&'static str, Self)> {
        BillKind::ALL.map(|kind| (kind.as_str(), kind)).to_vec()
    }
}

/// An exchange rate by which the owner made the amount, as its bill states it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct BillRate {
    /// The currency that is priced in.
    pub priced_in: Arc<str>,
    /// What one unit of it is in the currency of the bill.
    pub rate: Decimal,
    /// Its day, where that is said.
    pub day: Option<NaiveDate>,
}

/// Where a line stands: the first one, where several are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BillPlace {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The number of the line, from 1.
    pub line: usize,
}

/// What was billed: lines that are alike in all of it are put together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Billed {
    /// The day, UTC; the first one of a period.
    pub day: NaiveDate,
    /// The day after the last one: that after `day`, but for a longer period.
    pub until: NaiveDate,
    /// Whose bill it is, by the id of the price owner where the tables know one.
    pub owner: Arc<str>,
    /// The account that is billed, where the bill says so.
    pub account: Option<Arc<str>>,
    /// What the bill books it on.
    pub project: Option<Arc<str>>,
    /// The model, by its id where the tables know one.
    pub model: Option<Arc<str>>,
    /// How it was processed.
    pub processing: Option<Processing>,
    /// What was counted.
    pub meter: Option<Meter>,
    /// What one of the quantity is, in the words of the bill.
    pub unit: Option<Arc<str>>,
    /// What it is for.
    pub kind: BillKind,
    /// The currency of the amounts.
    pub currency: Arc<str>,
    /// The rate by which the owner came to it.
    pub rate: Option<BillRate>,
    /// Whether it is an estimate of the owner, and not invoiced yet.
    pub is_estimate: bool,
    /// The free text of the line as it stands.
    pub text: Option<Arc<str>>,
    /// Whether no rule knows that text.
    pub is_unmatched: bool,
}

/// A line of a bill, or several that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BillLine {
    /// What was billed.
    pub what: Billed,
    /// How much; `None` where a line does not say.
    pub quantity: Option<Decimal>,
    /// The cost at list prices, in the currency; `None` where a line does not say.
    pub list_cost: Option<Decimal>,
    /// The cost at the prices of the user's own contract; `None` where a line does not say.
    pub agreed_cost: Option<Decimal>,
    /// What was charged, before tax.
    pub billed_cost: Decimal,
    /// What was charged in the currency that is priced in, where the bill says both.
    pub priced_cost: Option<Decimal>,
    /// By how much it may be off, as the last digits of the amounts are rounded.
    pub rounding: Decimal,
    /// How many rows of the file it is.
    pub rows: u64,
    /// Where it stands.
    pub place: BillPlace,
}

impl Deref for BillLine {
    type Target = Billed;

    fn deref(&self) -> &Billed {
        &self.what
    }
}

impl BillLine {
    /// Adds another line of the same to it. What one of them does not say is not known of both.
    pub(super) fn add(&mut self, other: &BillLine) -> Result<(), AmountTooLarge> {
        let both = |a: Option<Decimal>, b: Option<Decimal>| {
            a.zip(b).map(|(a, b)| money::add(a, b)).transpose()
        };
        self.quantity = both(self.quantity, other.quantity)?;
        self.list_cost = both(self.list_cost, other.list_cost)?;
        self.agreed_cost = both(self.agreed_cost, other.agreed_cost)?;
        self.priced_cost = both(self.priced_cost, other.priced_cost)?;
        self.billed_cost = money::add(self.billed_cost, other.billed_cost)?;
        self.rounding = money::add(self.rounding, other.rounding)?;
        self.rows += other.rows;
        Ok(())
    }
}
