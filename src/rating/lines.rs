//! The charges of a usage under one set of circumstances.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::circumstances::Circumstances;
use super::table::{PriceTable, TableRate};
use super::value::{UnitValue, unit_value};
use super::{AssumedPrice, Charge, FxRates, Part, UnitPrice, envelope};
use crate::catalog::at_most::AtMostStandard;
use crate::catalog::conditions::Processing;
use crate::catalog::price::{Rounding, RoundingMode, RoundingOf, WhyNotStated};
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge, WholeRounding};
use crate::reason::{Pricing, Reasons};
use crate::unit::{Meter, Per};
use crate::usage::{Quantity, Usage};

/// The lines; of several lists of rates, those of the cheapest.
pub(super) fn charges(
    usage: &Usage,
    circumstances: &Circumstances,
    table: &PriceTable,
    fx: &FxRates,
) -> Result<Vec<Charge>, AmountTooLarge> {
    let value = unit_value(&table.version().unit, fx);
    let rater = Rater { usage, circumstances, table, value };
    let mut lists = table.lists.iter().map(|list| rater.lines(list));
    let Some(first) = lines_or_none(lists.next())? else { return Ok(Vec::new()) };
    let mut cheapest = first;
    for other in lists {
        cheapest = cheaper(cheapest, other?)?;
    }
    Ok(cheapest)
}

/// The lines of one list of rates of its own, without the rounding of a request's total.
pub(super) fn charges_of(
    usage: &Usage,
    circumstances: &Circumstances,
    (table, list): (&PriceTable, &[TableRate]),
    fx: &FxRates,
) -> Result<Vec<Charge>, AmountTooLarge> {
    let value = unit_value(&table.version().unit, fx);
    let rater = Rater { usage, circumstances, table, value };
    let mut lines = Vec::new();
    for (meter, quantity) in usage.counted() {
        let fits =
            |rate: &&TableRate| rate.rate.meter == meter && circumstances.meet(&rate.rate.when);
        lines.push(match list.iter().find(fits) {
            Some(rate) => rater.priced(meter, quantity, rate)?,
            None => rater.unpriced(meter, quantity, list)?,
        });
    }
    Ok(lines)
}

fn lines_or_none(
    lines: Option<Result<Vec<Charge>, AmountTooLarge>>,
) -> Result<Option<Vec<Charge>>, AmountTooLarge> {
    lines.transpose()
}

/// The cheaper of two ways to charge. Where their ranges overlap or a part is unknown, it cannot be
/// told which one is charged, and every line of the first is unknown.
fn cheaper(a: Vec<Charge>, b: Vec<Charge>) -> Result<Vec<Charge>, AmountTooLarge> {
    let (total_a, total_b) = (super::total(&a)?, super::total(&b)?);
    if total_a.high().is_some_and(|high| high <= total_b.low()) {
        return Ok(a);
    }
    if total_b.high().is_some_and(|high| high <= total_a.low()) {
        return Ok(b);
    }
    let reason = Pricing::CheaperNotKnown;
    let unknown = |charge: Charge| Charge {
        amount: Figure::unknown(Decimal::ZERO, reason.clone()),
        ..charge
    };
    Ok(a.into_iter().map(unknown).collect())
}

struct Rater<'a> {
    usage: &'a Usage,
    circumstances: &'a Circumstances,
    table: &'a PriceTable,
    value: Result<UnitValue, Pricing>,
}

impl Rater<'_> {
    fn lines(&self, list: &[TableRate]) -> Result<Vec<Charge>, AmountTooLarge> {
        let mut lines = Vec::new();
        for (meter, quantity) in self.usage.counted() {
            let rate = list
                .iter()
                .find(|rate| rate.rate.meter == meter && self.circumstances.meet(&rate.rate.when));
            match rate {
                Some(rate) => lines.push(self.of_label(meter, quantity, (rate, list))?),
                None if self.costs_nothing(meter, list) => {}
                None => lines.push(self.unpriced(meter, quantity, list)?),
            }
        }
        lines.retain(|line| line.quantity.count != Figure::Exact(0));
        lines.extend(self.rounded_total(&lines)?);
        Ok(lines)
    }

    /// The line of a rate. Where its label is inferred, it is from the least to the most that it costs by the labels that
    /// may be meant.
    fn of_label(
        &self,
        meter: Meter,
        quantity: &Quantity,
        (rate, list): (&TableRate, &[TableRate]),
    ) -> Result<Charge, AmountTooLarge> {
        let mut line = self.priced(meter, quantity, rate)?;
        if !rate.rate.inferred {
            return Ok(line);
        }
        let reason = Reasons::from(Pricing::LabelInferred);
        let may_be_meant = list.iter().filter(|other| {
            let (rate, other) = (&rate.rate, &other.rate);
            other.inferred && other.meter == meter && rate.when.differ_by_label_alone(&other.when)
        });
        for other in may_be_meant {
            envelope::widen(&mut line, Some(&self.priced(meter, quantity, other)?), &reason);
        }
        Ok(line)
    }

    /// Whether a list leaves a meter out on purpose. A meter with rates of which none holds is not
    /// left out: it is unknown. Of several lists, each charges its own meters only.
    fn costs_nothing(&self, meter: Meter, list: &[TableRate]) -> bool {
        let rated_in = |list: &[TableRate]| list.iter().any(|rate| rate.rate.meter == meter);
        if rated_in(list) || self.is_known_later(meter) {
            return false;
        }
        meter.is_surcharge()
            || self.table.not_billed.contains(&meter)
            || self.table.lists.iter().any(|other| rated_in(other))
    }

    /// Whether a rate that holds here was not known yet: what it costs is then open, and not nothing.
    fn is_known_later(&self, meter: Meter) -> bool {
        self.table.not_stated.iter().any(|row| {
            matches!(row.why, WhyNotStated::KnownFrom(_))
                && row.meters.contains(&meter)
                && self.circumstances.meet(&row.when)
        })
    }

    fn priced(
        &self,
        meter: Meter,
        quantity: &Quantity,
        rate: &TableRate,
    ) -> Result<Charge, AmountTooLarge> {
        let version = self.table.version();
        let quantity = self.billed_quantity(meter, quantity, rate);
        let per = Decimal::from(rate.rate.per.count());
        let rounding = version.rounding.filter(|rounding| rounding.of == RoundingOf::Line);
        let native = quantity.count.try_map(|count| {
            let amount = money::quotient(money::times(count, rate.rate.price)?, per)?;
            Ok::<_, AmountTooLarge>(amount)
        })?;
        let native = match rounding {
            Some(rounding) => rounded_line(&native, rounding)?,
            None => native,
        };
        let amount = match (&self.value, rounding) {
            (Err(reason), _) => Figure::unknown(Decimal::ZERO, reason.clone()),
            (Ok(value), _) if value.is_dollar() => native.clone(),
            (Ok(value), Some(_)) => native.try_map(|amount| value.dollars(amount, Decimal::ONE))?,
            // Multiply first and divide once, so that a line is rounded at most once.
            (Ok(value), None) => quantity
                .count
                .try_map(|count| value.dollars(money::times(count, rate.rate.price)?, per))?,
        };
        let unit_price = UnitPrice {
            price: rate.rate.price,
            per: rate.rate.per,
            unit: version.unit.clone(),
            evidence: rate.evidence[0].clone(),
            basis: rate.basis.clone(),
        };
        Ok(Charge {
            part: Part::ImageModel,
            meter,
            quantity,
            unit_price: Some(unit_price),
            // A price of the user's own rests on no source.
            rests_on: match rate.assumed.as_ref().map(|it| &it.price) {
                Some(AssumedPrice::Of(..)) => Arc::default(),
                _ => rate.evidence.clone(),
            },
            native,
            amount,
            read_on: rate.read_on,
            table: Some(self.table.clone()),
            assumed: rate.assumed.clone(),
        })
    }

    /// The quantity that a rate charges: beyond what is included, and in whole units where it says so.
    fn billed_quantity(&self, meter: Meter, quantity: &Quantity, rate: &TableRate) -> Quantity {
        if rate.rate.after == 0 && !rate.rate.whole_units {
            return quantity.clone();
        }
        // What is included is included in each image for pixels, in each call for anything else.
        let groups = if meter == Meter::Pixels { Meter::Images } else { Meter::Calls };
        let groups = self.usage.count(groups).exact().unwrap_or(1).max(1);
        let per = u64::from(rate.rate.per.count());
        let billed = |count: u64| {
            let each = count / groups;
            let each = if rate.rate.whole_units { each.div_ceil(per) * per } else { each };
            Ok::<_, std::convert::Infallible>(each.saturating_sub(rate.rate.after) * groups)
        };
        let Ok(count) = quantity.count.try_map(billed);
        let mut how = quantity.how.clone();
        if rate.rate.after > 0 {
            how.push(format!(
                "{} of each are included in the price of the image or call",
                rate.rate.after
            ));
        }
        if rate.rate.whole_units {
            how.push(format!("a part of {per} counts as a whole one"));
        }
        Quantity { count, how }
    }

    /// The line of a meter without a rate that holds: from nothing to the standard rate where the owner says that the
    /// processing costs no more, else unknown. That is the one place in which such a statement counts.
    fn unpriced(
        &self,
        meter: Meter,
        quantity: &Quantity,
        list: &[TableRate],
    ) -> Result<Charge, AmountTooLarge> {
        let Some((stated, standard)) = self.bound(meter, list) else {
            return Ok(self.unknown(meter, quantity));
        };
        let mut line = self.priced(meter, quantity, standard)?;
        let processing = self.circumstances.processing;
        let bounded = |looked_for| Pricing::AtMostStandard { meter, processing, looked_for };
        let reasons = match self.no_rate(meter) {
            Pricing::NoRate { looked_for, .. } => Reasons::from(bounded(looked_for)),
            later => Reasons::from(bounded(None)).and(&Reasons::from(later)),
        };
        envelope::widen(&mut line, None, &reasons);
        let rests_on = line.rests_on.iter().chain([&stated.evidence]).cloned().collect();
        Ok(Charge { rests_on, unit_price: None, ..line })
    }

    /// The standard rate of a meter that bounds the one of the processing, and who says so.
    fn bound<'r>(
        &self,
        meter: Meter,
        list: &'r [TableRate],
    ) -> Option<(&AtMostStandard, &'r TableRate)> {
        let processing = self.circumstances.processing;
        let mut stated = self.table.route.at_most_standard.iter();
        let stated = stated.find(|it| it.processing == processing)?;
        let standard =
            Circumstances { processing: Processing::Standard, ..self.circumstances.clone() };
        let holds = |rate: &&TableRate| rate.rate.meter == meter && standard.meet(&rate.rate.when);
        Some((stated, list.iter().find(holds)?))
    }

    fn unknown(&self, meter: Meter, quantity: &Quantity) -> Charge {
        Charge {
            part: Part::ImageModel,
            meter,
            quantity: quantity.clone(),
            unit_price: None,
            rests_on: Arc::default(),
            native: Figure::unknown(Decimal::ZERO, self.no_rate(meter)),
            amount: Figure::unknown(Decimal::ZERO, self.no_rate(meter)),
            read_on: None,
            table: Some(self.table.clone()),
            assumed: None,
        }
    }

    /// Why a meter has no price.
    fn no_rate(&self, meter: Meter) -> Pricing {
        let looked_for = self
            .table
            .not_stated
            .iter()
            .find(|row| row.meters.contains(&meter) && self.circumstances.meet(&row.when));
        let processing = self.circumstances.processing;
        match looked_for.map(|row| &row.why) {
            Some(WhyNotStated::KnownFrom(from)) => {
                Pricing::RateNotKnown { meter, processing, from: *from }
            }
            Some(WhyNotStated::LookedFor(found)) => {
                Pricing::NoRate { meter, processing, looked_for: Some(found.as_str().into()) }
            }
            None => Pricing::NoRate { meter, processing, looked_for: None },
        }
    }

    /// The line that brings the sum to what the contract rounds it to.
    fn rounded_total(&self, lines: &[Charge]) -> Result<Option<Charge>, AmountTooLarge> {
        let version = self.table.version();
        let Some(rounding) = version.rounding.filter(|rounding| rounding.of == RoundingOf::Total)
        else {
            return Ok(None);
        };
        let start = Figure::Exact(Decimal::ZERO);
        let sum =
            lines.iter().try_fold(start, |sum, line| sum.try_join(&line.native, money::add))?;
        let Figure::Exact(exact) = sum else { return Ok(None) };
        let step = money::add(rounded(exact, rounding.to, rounding.mode)?, -exact)?;
        if step.is_zero() {
            return Ok(None);
        }
        let native = match rounding.disputed {
            true => either(&Figure::Exact(Decimal::ZERO), &Figure::Exact(step)),
            false => Figure::Exact(step),
        };
        let amount = match &self.value {
            Ok(value) => native.try_map(|amount| value.dollars(amount, Decimal::ONE))?,
            Err(reason) => Figure::unknown(Decimal::ZERO, reason.clone()),
        };
        let how = vec![format!(
            "the contract rounds the total to multiples of {}",
            rounding.to.normalize()
        )];
        Ok(Some(Charge {
            part: Part::ImageModel,
            meter: Meter::RoundingAdjustment,
            quantity: Quantity { count: Figure::Exact(1), how },
            unit_price: native.exact().map(|price| UnitPrice {
                price,
                per: Per::One,
                unit: version.unit.clone(),
                evidence: version.evidence.clone(),
                basis: None,
            }),
            rests_on: [version.evidence.clone()].into(),
            native,
            amount,
            read_on: None,
            table: Some(self.table.clone()),
            assumed: None,
        }))
    }
}

/// A line as a contract rounds it; of a rounding that is disputed, from the one to the other.
fn rounded_line(
    native: &Figure<Decimal>,
    rounding: Rounding,
) -> Result<Figure<Decimal>, AmountTooLarge> {
    let rounded = native.try_map(|amount| rounded(amount, rounding.to, rounding.mode))?;
    Ok(if rounding.disputed { either(native, &rounded) } else { rounded })
}

/// The one or the other, where it is disputed whether a contract rounds.
fn either(plain: &Figure<Decimal>, rounded: &Figure<Decimal>) -> Figure<Decimal> {
    if plain == rounded {
        return plain.clone();
    }
    let reasons = plain.reasons().and(&Reasons::from(Pricing::RoundingDisputed));
    let low = plain.low().min(rounded.low());
    match plain.high().zip(rounded.high()) {
        Some((a, b)) => Figure::range(low, None, a.max(b), reasons),
        None => Figure::unknown(low, reasons),
    }
}

/// An amount brought to a multiple of a step, as a contract says.
fn rounded(amount: Decimal, to: Decimal, mode: RoundingMode) -> Result<Decimal, AmountTooLarge> {
    let rounding = match mode {
        RoundingMode::Up => WholeRounding::Up,
        RoundingMode::Down => WholeRounding::Down,
        RoundingMode::HalfEven => WholeRounding::HalfEven,
    };
    money::multiply(money::whole_quotient(amount, to, rounding)?, to)
}
