//! The lines of one file, those that are alike put together: of a file of any length no more than its different lines is kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::line::{BillKind, BillLine, BillPlace, Billed};
use super::number::Written;
use super::texts::Matcher;
use crate::money::{self, AmountTooLarge};

/// What was paid to somebody else, on the user's own key there: it is on no bill of this owner.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaidElsewhere {
    /// Whose bill says so, by id.
    pub owner: Arc<str>,
    /// Who was paid, in the words of the bill.
    pub payee: Arc<str>,
    /// The currency.
    pub currency: Arc<str>,
    /// How much.
    pub amount: Decimal,
}

/// What a reader makes of a row: what is not said in it stays out.
#[derive(Debug)]
pub(super) struct NewLine {
    pub what: Billed,
    pub quantity: Option<Decimal>,
    pub list_cost: Option<Decimal>,
    pub agreed_cost: Option<Decimal>,
    pub billed: Written,
    pub priced_cost: Option<Decimal>,
    pub place: BillPlace,
}

impl NewLine {
    /// A line of usage of a day, of which nothing else is said.
    pub(super) fn of(
        (day, until): (chrono::NaiveDate, chrono::NaiveDate),
        (owner, currency): (Arc<str>, Arc<str>),
        billed: Written,
        place: BillPlace,
    ) -> NewLine {
        let what = Billed {
            day,
            until,
            owner,
            account: None,
            project: None,
            model: None,
            processing: None,
            meter: None,
            unit: None,
            kind: BillKind::Usage,
            currency,
            rate: None,
            is_estimate: false,
            text: None,
            is_unmatched: false,
        };
        NewLine {
            what,
            quantity: None,
            list_cost: None,
            agreed_cost: None,
            billed,
            priced_cost: None,
            place,
        }
    }
}

/// The lines of a file.
pub(super) struct Collected<'m> {
    matcher: &'m Matcher<'m>,
    at: HashMap<Billed, usize>,
    pub lines: Vec<BillLine>,
    elsewhere: BTreeMap<[Arc<str>; 3], Decimal>,
    /// Rows that were read, without those that say nothing.
    pub rows: u64,
    /// Rows that were not.
    pub rejected: u64,
    /// Rows of days without a charge.
    pub empty: u64,
}

impl<'m> Collected<'m> {
    pub(super) fn new(matcher: &'m Matcher<'m>) -> Collected<'m> {
        Collected {
            matcher,
            at: HashMap::new(),
            lines: Vec::new(),
            elsewhere: BTreeMap::new(),
            rows: 0,
            rejected: 0,
            empty: 0,
        }
    }

    /// Adds a line, with what its text means where its row does not say it.
    pub(super) fn add(&mut self, line: NewLine) -> Result<(), AmountTooLarge> {
        let NewLine { mut what, quantity, list_cost, agreed_cost, billed, priced_cost, place } =
            line;
        self.explain(&mut what);
        let line = BillLine {
            what,
            quantity,
            list_cost,
            agreed_cost,
            billed_cost: billed.value,
            priced_cost,
            rounding: billed.rounding,
            rows: 1,
            place,
        };
        match self.at.get(&line.what) {
            Some(at) => self.lines[*at].add(&line)?,
            None => {
                self.at.insert(line.what.clone(), self.lines.len());
                self.lines.push(line);
            }
        }
        Ok(())
    }

    fn explain(&self, what: &mut Billed) {
        let Some(text) = &what.text else { return };
        let Some(meaning) = self.matcher.meaning(&what.owner, text) else {
            what.is_unmatched = what.model.is_none() && what.kind == BillKind::Usage;
            return;
        };
        what.model = what.model.take().or(meaning.model);
        what.meter = what.meter.or(meaning.meter);
        what.processing = what.processing.or(meaning.processing);
        if let Some(kind) = meaning.kind.filter(|_| what.kind == BillKind::Usage) {
            what.kind = kind;
        }
    }

    /// Notes what was paid to somebody else.
    pub(super) fn add_elsewhere(
        &mut self,
        whose: [Arc<str>; 3],
        amount: Decimal,
    ) -> Result<(), AmountTooLarge> {
        let sum = self.elsewhere.entry(whose).or_default();
        *sum = money::add(*sum, amount)?;
        Ok(())
    }

    /// What was paid to others, by owner, payee and currency.
    pub(super) fn elsewhere(&self) -> Vec<PaidElsewhere> {
        let of = |([owner, payee, currency], amount): (&[Arc<str>; 3], &Decimal)| PaidElsewhere {
            owner: Arc::clone(owner),
            payee: Arc::clone(payee),
            currency: Arc::clone(currency),
            amount: *amount,
        };
        self.elsewhere.iter().map(of).collect()
    }
}
