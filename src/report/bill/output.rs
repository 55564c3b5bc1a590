//! A bill for programs.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::{BillView, fields};
use crate::bill::{Amounts, Bill, BillBy, BillFile, BillRow, PaidElsewhere, Restated, sum_by};
use crate::report::envelope::Output;
use crate::report::number::raw;
use crate::report::record::{Each, Record};

/// A bill as it was read.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct BillOutput<'a> {
    /// The first day; null without a line.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// How many rows were read.
    pub rows_read: u64,
    /// How many of them were rejected.
    pub rows_rejected: u64,
    /// How many lines have a text that no rule knows.
    pub unmatched: usize,
    /// The sums by owner, kind and currency; never over two of them.
    pub totals: Vec<BillTotal<'a>>,
    /// What was paid to others on the user's own keys, and is on no bill of the owner.
    pub paid_elsewhere: Vec<Elsewhere<'a>>,
    /// Days of which a later file counts in place of earlier ones.
    pub restated: Vec<RestatedDays<'a>>,
    /// The files.
    pub files: Vec<ReadFile<'a>>,
    /// A row for each day, project and model, or as asked.
    pub rows: Each<'a, Record<&'a BillRow>>,
}

impl Output for BillOutput<'_> {
    const NAME: &'static str = "bill";
    const COMMAND: &'static str = "bill reconcile";
}

/// What was billed by an owner, of a kind, in a currency.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct BillTotal<'a> {
    /// The owner, by id.
    pub owner: Cow<'a, str>,
    /// The kind: usage, fee, adjustment, refund, credit or tax.
    pub kind: &'static str,
    /// The currency.
    pub currency: Cow<'a, str>,
    /// Whether it is an estimate, and not invoiced yet.
    pub is_estimate: bool,
    /// What was billed.
    pub billed_cost: String,
}

/// What was paid to somebody else.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Elsewhere<'a> {
    /// Whose bill says so, by id.
    pub owner: &'a str,
    /// Who was paid, in the words of the bill.
    pub payee: &'a str,
    /// The currency.
    pub currency: &'a str,
    /// How much.
    pub amount: String,
}

/// Days that a later file states again.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RestatedDays<'a> {
    /// The owner, by id.
    pub owner: &'a str,
    /// The account, where the bills say so.
    pub account: Option<&'a str>,
    /// The file that counts.
    pub file: &'a str,
    /// The first of the days.
    pub from: String,
    /// The last of them.
    pub to: String,
    /// What the earlier files had of these days.
    pub was: Vec<InCurrency<'a>>,
    /// What counts.
    pub is: Vec<InCurrency<'a>>,
}

/// An amount in a currency.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct InCurrency<'a> {
    /// The currency.
    pub currency: &'a str,
    /// The amount.
    pub amount: String,
}

/// A file of a bill.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ReadFile<'a> {
    /// As the user named it.
    pub file: &'a str,
    /// What it is, such as `openai_costs`.
    pub format: &'static str,
    /// How many rows were read.
    pub rows: u64,
    /// How many of them were rejected.
    pub rejected: u64,
    /// How many days had no charges.
    pub days_without_charges: u64,
    /// How many rows have costs beside their total, of which it is not stated whether that has them.
    pub rows_with_other_costs: u64,
    /// Columns that are not read.
    pub ignored_columns: &'a [String],
    /// Whether its last page says that more follow.
    pub goes_on: bool,
}

impl<'a> BillOutput<'a> {
    pub(super) fn of(bill: &'a Bill, view: BillView<'a>) -> BillOutput<'a> {
        let period = bill.period();
        let (rows_read, rows_rejected) = bill.rows();
        BillOutput {
            from: period.map(|(from, _)| from.to_string()),
            to: period.map(|(_, to)| to.to_string()),
            rows_read,
            rows_rejected,
            unmatched: bill.unmatched(),
            totals: totals(bill),
            paid_elsewhere: bill.files.iter().flat_map(|it| &it.elsewhere).map(elsewhere).collect(),
            restated: bill.restated.iter().map(restated).collect(),
            files: bill.files.iter().map(file).collect(),
            rows: Each::with(fields::fields(view.by), || view.rows.iter()),
        }
    }
}

fn totals<'a>(bill: &Bill) -> Vec<BillTotal<'a>> {
    // A sum that cannot be kept exact was refused when the bill was put together.
    let rows = sum_by(&bill.lines, &[BillBy::Owner, BillBy::Kind]).unwrap_or_default();
    let total = |row: BillRow| BillTotal {
        owner: Cow::Owned(row.owner.to_string()),
        kind: row.kind.as_str(),
        currency: Cow::Owned(row.currency.to_string()),
        is_estimate: row.is_estimate,
        billed_cost: raw(row.billed_cost),
    };
    rows.into_iter().map(total).collect()
}

fn elsewhere(it: &PaidElsewhere) -> Elsewhere<'_> {
    Elsewhere { owner: &it.owner, payee: &it.payee, currency: &it.currency, amount: raw(it.amount) }
}

fn restated(it: &Restated) -> RestatedDays<'_> {
    RestatedDays {
        owner: &it.owner,
        account: it.account.as_deref(),
        file: &it.by,
        from: it.from.to_string(),
        to: it.to.to_string(),
        was: in_currencies(&it.was),
        is: in_currencies(&it.is),
    }
}

fn in_currencies(amounts: &Amounts) -> Vec<InCurrency<'_>> {
    amounts
        .iter()
        .map(|(code, amount)| InCurrency { currency: code, amount: raw(*amount) })
        .collect()
}

fn file(it: &BillFile) -> ReadFile<'_> {
    ReadFile {
        file: &it.file,
        format: it.format.as_str(),
        rows: it.rows,
        rejected: it.rejected,
        days_without_charges: it.empty,
        rows_with_other_costs: it.beside,
        ignored_columns: &it.ignored,
        goes_on: it.goes_on,
    }
}
