//! What a call costs as lines of quantity × rate, and what is charged for one that delivers nothing.

use num_traits::{Signed, Zero};
use rust_decimal::Decimal;

use super::held::NotAProduct;
use crate::attempts::AttemptRates;
use crate::budget::Case;
use crate::catalog::route::Route;
use crate::catalog::terms::{ChargeRule, Terms};
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::fraction::{self, Fraction};
use crate::rating::{Charge, FxRates, UnitPrice, in_dollars};
use crate::unit::Meter;

use std::sync::Arc;

/// A call whose price is the sum of its lines, each a quantity times a rate.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Call {
    /// How many images it asks for.
    pub images: u32,
    /// Its lines.
    pub lines: Vec<CallLine>,
    /// What is charged for a call that fails, for one that times out and for one that is blocked, in this order.
    pub undelivered: [Undelivered; 3],
}

/// A line of a call: quantity × rate ÷ per × what the owner's unit is worth.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CallLine {
    /// What is counted.
    pub meter: Meter,
    /// How much of it.
    pub quantity: Figure<u64>,
    /// The rate, and who says so.
    pub unit_price: UnitPrice,
    /// What one of the owner's units is worth in US dollars.
    pub usd_each: Decimal,
    /// The route in whose table the rate stands.
    pub route: Arc<Route>,
    /// The days on which the version of the table holds, in words.
    pub version: String,
}

/// What is charged for a call that delivers nothing, at the least and at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undelivered {
    /// At the least.
    pub low: Charged,
    /// At the most.
    pub high: Charged,
}

/// A part of the price of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Charged {
    /// Nothing.
    Nothing,
    /// What is sent.
    Input,
    /// All of it.
    All,
}

impl Call {
    pub(super) fn of(
        estimate: &Estimate,
        rates: &AttemptRates,
        terms: &Terms,
        fx: &FxRates,
    ) -> Result<Call, NotAProduct> {
        let cost = &estimate.request_cost;
        if cost.turns.is_some() || cost.images == 0 {
            return Err(NotAProduct::Conversation);
        }
        if cost.whole.total.high().is_none() {
            return Err(NotAProduct::Unknown);
        }
        let lines = estimate.charges.iter().map(|charge| CallLine::of(charge, fx));
        let undelivered = rates.undelivered().map(|(_, events, _)| {
            let rules = events.iter().map(|event| Undelivered::by(terms.charge(*event).rule));
            rules.reduce(Undelivered::or).unwrap_or(Undelivered::by(ChargeRule::NotStated))
        });
        let mut lines = lines.collect::<Result<Vec<_>, _>>()?;
        // A large budget keeps ten thousands of them.
        lines.shrink_to_fit();
        let call = Call { images: cost.images, lines, undelivered };
        let is_whole = call.is(Charged::All, &cost.whole.total)
            && (!call.charges_input() || call.is(Charged::Input, &cost.whole.input));
        if is_whole { Ok(call) } else { Err(NotAProduct::Differs) }
    }

    /// Whether a call that delivers nothing may be charged for what is sent alone.
    pub fn charges_input(&self) -> bool {
        self.undelivered.iter().any(|it| [it.low, it.high].contains(&Charged::Input))
    }

    /// Whether it costs the same at its low and its high end.
    pub(super) fn is_the_same_at_each_end(&self) -> bool {
        self.undelivered.iter().all(|it| it.low == it.high)
            && self.lines.iter().all(|line| line.quantity.exact().is_some())
    }

    fn is(&self, part: Charged, figure: &Figure<Decimal>) -> bool {
        Case::ALL.into_iter().all(|end| {
            let value = match end {
                Case::Low => Some(figure.low()),
                Case::Expected => figure.expected(),
                Case::High => figure.high(),
            };
            match (self.part(part, end), value) {
                (Some(sum), Some(value)) => is_near(&sum, &fraction::from_decimal(value)),
                (None, None) => true,
                _ => false,
            }
        })
    }

    /// What an average call costs in US dollars at an end, those that deliver nothing among them; nothing where nothing is
    /// expected.
    pub fn average(&self, rates: &AttemptRates, end: Case) -> Option<Fraction> {
        let mut average = self.part(Charged::All, end)? * fraction::from_decimal(rates.delivered());
        for ((share, ..), charged) in rates.undelivered().iter().zip(self.undelivered) {
            if !share.is_zero() {
                average += self.part(charged.at(end)?, end)? * fraction::from_decimal(*share);
            }
        }
        Some(average)
    }

    /// A part of its price in US dollars at an end of its quantities; nothing where one of them has no such end.
    pub fn part(&self, part: Charged, end: Case) -> Option<Fraction> {
        let lines = self.lines.iter().filter(|line| match part {
            Charged::Nothing => false,
            Charged::Input => line.meter.is_input(),
            Charged::All => true,
        });
        lines.map(|line| line.usd(end)).sum()
    }
}

impl CallLine {
    /// A charge as a product, at these exchange rates.
    ///
    /// # Errors
    /// That it is none.
    pub fn of(charge: &Charge, fx: &FxRates) -> Result<CallLine, NotAProduct> {
        let no_product = NotAProduct::Line(charge.meter);
        let (Some(unit_price), Some(table)) = (&charge.unit_price, &charge.table) else {
            return Err(no_product);
        };
        let usd_each = in_dollars(Decimal::ONE, &unit_price.unit, fx);
        let usd_each = usd_each.ok().flatten().ok_or(no_product)?;
        let line = CallLine {
            meter: charge.meter,
            quantity: charge.quantity.count.clone(),
            unit_price: unit_price.clone(),
            usd_each,
            route: table.route.clone(),
            version: table.version().period.in_words(),
        };
        let hangs_on_others = charge.meter.is_residency()
            || matches!(charge.meter, Meter::RoundingAdjustment | Meter::FloorAdjustment);
        let ends = [
            (Case::Low, Some(charge.amount.low())),
            (Case::Expected, charge.amount.expected()),
            (Case::High, charge.amount.high()),
        ];
        let is_product = ends.into_iter().all(|(end, amount)| match (line.usd(end), amount) {
            (Some(usd), Some(amount)) => is_near(&usd, &fraction::from_decimal(amount)),
            (None, None) => true,
            _ => false,
        });
        if is_product && !hangs_on_others { Ok(line) } else { Err(no_product) }
    }

    /// Its amount in US dollars at an end of its quantity; nothing where that has no such end.
    pub fn usd(&self, end: Case) -> Option<Fraction> {
        let count = match end {
            Case::Low => Some(self.quantity.low()),
            Case::Expected => self.quantity.expected(),
            Case::High => self.quantity.high(),
        }?;
        let [price, worth] = [self.unit_price.price, self.usd_each].map(fraction::from_decimal);
        let per = fraction::of_counts(1, self.unit_price.per.count().into());
        let rate = fraction::times(&fraction::times(&price, &worth), &per);
        Some(fraction::times(&fraction::from_count(count), &rate))
    }
}

impl Undelivered {
    fn by(rule: ChargeRule) -> Undelivered {
        let exactly = |it| Undelivered { low: it, high: it };
        match rule {
            ChargeRule::Free | ChargeRule::RefundedAuto => exactly(Charged::Nothing),
            ChargeRule::InputMeters => exactly(Charged::Input),
            ChargeRule::AllMeters => exactly(Charged::All),
            ChargeRule::RefundedOnRequest
            | ChargeRule::Partial
            | ChargeRule::Maybe
            | ChargeRule::NotStated => Undelivered { low: Charged::Nothing, high: Charged::All },
        }
    }

    fn or(self, other: Undelivered) -> Undelivered {
        Undelivered { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What is charged at an end; nothing is expected of what may be one or the other.
    pub fn at(self, end: Case) -> Option<Charged> {
        match end {
            Case::Low => Some(self.low),
            Case::Expected => (self.low == self.high).then_some(self.low),
            Case::High => Some(self.high),
        }
    }
}

/// Whether two amounts of a call are the same but for the last digits of a division.
fn is_near(a: &Fraction, b: &Fraction) -> bool {
    let difference = a - b;
    difference.is_zero()
        || difference.abs() * fraction::from_count(10_u64.pow(15)) < fraction::from_count(1)
}
