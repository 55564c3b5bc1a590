//! `budget.yaml` ⇄ [`Budget`].
//!
//! ```text
//! text ─ catalog::yaml ─► raw shapes (raw, leaves) ─ budget, workload, request, attempts, volume, limits, seats,
//!                                                    scenario, spread ─► Budget, or every problem
//! the spreadsheet that it names ─ sheet, volumes ─► the first workloads of the budget
//! Budget ─ write ─► text that gives the same Budget when it is read
//! ```
//!
//! What is left out gets its default here, and each default is said under the assumptions of the budget.

pub(crate) mod amounts;
mod assume;
mod attempts;
mod budget;
mod emit;
mod frame;
mod keep;
pub(crate) mod leaves;
mod limits;
mod months;
mod named;
mod other_costs;
mod raw;
mod request;
mod scenario;
mod seats;
mod sheet;
mod span;
mod spread;
mod tags;
mod values;
mod volume;
mod words;
mod workload;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::workload::Budget;
use crate::budget::Assumption;
use crate::catalog::Catalog;
use crate::catalog::check::Checker;
use crate::catalog::schema::document_of;
use crate::catalog::yaml::{self, FileKind, Notes};
use crate::errors::Errors;
use crate::exchange::FxRates;
use crate::input_limits::{BUDGET_BYTES, BUDGET_VALUES};
use crate::problem::{Place, Problem};
use crate::request::NamedFiles;

pub use keep::{kept, not_writable};
pub use sheet::NamedSheet;
pub use write::write;

/// The example that `imgcost budget init --all` prints: it says what every key is for.
pub const EXAMPLE: &str = include_str!("example.yaml");

/// A commented budget file of one screen to start from.
pub const START: &str = include_str!("start.yaml");

/// A budget file and its bounds.
const BUDGET: FileKind = FileKind {
    holds: "budget",
    shape: "`imgcost schema budget`",
    currency: "the budget's currency",
    bytes: &BUDGET_BYTES,
    values: &BUDGET_VALUES,
};

/// Reads a budget. `files` is where the files that it names may lie; `today` gives the first month where the file
/// names none.
///
/// # Errors
/// Everything that is wrong; of a file that is no YAML or over the limits, that alone.
pub fn read(
    file: &str,
    text: &Arc<str>,
    files: &NamedFiles,
    today: NaiveDate,
) -> Result<Budget, Errors<Problem>> {
    let rates = Rates { before: &FxRates::new(), after: &FxRates::new() };
    // Without the tables that price it, what bills nothing is by the shipped list.
    let beside = (files, &Catalog::shipped());
    read_at_rates(file, text, beside, today, rates).map(|read| read.budget)
}

/// Exchange rates that are known beside those of a file.
#[derive(Debug, Clone, Copy)]
pub struct Rates<'a> {
    /// Those that go before the file's.
    pub before: &'a FxRates,
    /// Those of currencies that neither they nor the file have.
    pub after: &'a FxRates,
}

/// A budget as its file has it, and what the file says of money.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BudgetFile {
    /// The budget.
    pub budget: Budget,
    /// The currency in which it states limits and other costs; `None` where it states none, or states them in US dollars.
    pub currency: Option<String>,
    /// The currency that it names, whether it states amounts or not: its report is in it.
    pub stated_in: Option<String>,
    /// The currencies of which it states the rate.
    pub stated_rates: BTreeSet<String>,
    /// The day and the source of these rates, as far as it says them.
    pub rates_of: RatesOf,
    /// The spreadsheet that it names.
    pub sheet: Option<NamedSheet>,
}

/// Whose exchange rates are, as far as that is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RatesOf {
    /// Their day.
    pub day: Option<NaiveDate>,
    /// Who states them.
    pub source: Option<String>,
}

impl BudgetFile {
    /// A budget that states neither a currency nor a rate, as a spreadsheet of volumes does not.
    pub fn in_dollars(budget: Budget) -> BudgetFile {
        BudgetFile {
            budget,
            currency: None,
            stated_in: None,
            stated_rates: BTreeSet::new(),
            rates_of: RatesOf::default(),
            sheet: None,
        }
    }
}

/// Reads a budget as [`read`] does, with exchange rates that are known beside those of the file and the price tables, which
/// know what of a body bills nothing.
///
/// # Errors
/// As those of [`read`].
pub fn read_at_rates(
    file: &str,
    text: &Arc<str>,
    beside: (&NamedFiles, &Catalog),
    today: NaiveDate,
    fx: Rates,
) -> Result<BudgetFile, Errors<Problem>> {
    let mut check = Checker::of_own(&BUDGET, file, text);
    let raw: Option<raw::RawBudget> = check.raw();
    let read = raw.and_then(|raw| {
        let rates_of = amounts::rates_of(&mut check, &raw);
        let (mut budget, sheet) = budget::budget(&mut check, &raw, beside, (today, fx))?;
        budget.assumptions.extend(amounts::said_of_rates(&rates_of).map(Assumption::OfFile));
        let currency = amounts::currency_of_amounts(&raw);
        let stated_rates = amounts::fx(&mut check, &raw.fx)?.into_keys().collect();
        let stated_in = raw.currency.as_ref().map(|code| code.value.trim().to_owned());
        Some(BudgetFile { budget, currency, stated_in, stated_rates, rates_of, sheet })
    });
    check.finish(read)
}

/// Where each workload of a budget file says what is asked for, by its name; nothing of a file that cannot be read.
pub fn places(file: &str, text: &Arc<str>) -> BTreeMap<String, Place> {
    let mut notes = Notes::new(&BUDGET, file, text);
    let Some(raw) = yaml::shape::<raw::RawBudget>(&mut notes) else { return BTreeMap::new() };
    let place = |workload: &raw::RawWorkload| {
        let request = workload.request.as_ref().map(yaml::span);
        let steps = workload.steps.as_ref().map(yaml::span);
        let span = request.or(steps).unwrap_or_else(|| yaml::span(&workload.name));
        Place::within(file, text.clone(), span)
    };
    let named = raw.own_workloads().iter().filter(|workload| workload.name.place().is_some());
    named.map(|it| (it.name.value.trim().to_owned(), place(it))).collect()
}

/// The JSON Schema of a budget, as the text of a file.
pub fn schema() -> String {
    document_of::<raw::RawBudget>("budget")
}
