//! Usage: how much was or will be counted of each meter.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::num::NonZeroU32;

use crate::figure::Figure;
use crate::money::AmountTooLarge;
use crate::reason::Whose;
use crate::unit::Meter;

/// A count of one meter and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The count, for the whole request.
    pub count: Figure<u64>,
    /// How it was counted, a sentence a step, with the source of the rule.
    pub how: Vec<String>,
}

impl Quantity {
    /// None of it.
    pub(crate) fn none() -> Quantity {
        Quantity { count: Figure::Exact(0), how: Vec::new() }
    }

    /// The count over a conversation of this first turn and later ones that are all alike.
    pub(crate) fn over_turns(
        first: &Quantity,
        later: &Quantity,
        turns: NonZeroU32,
    ) -> Result<Quantity, AmountTooLarge> {
        let more = u64::from(turns.get()) - 1;
        if more == 0 {
            return Ok(first.clone());
        }
        let of_later =
            later.count.try_map(|count| count.checked_mul(more).ok_or(AmountTooLarge))?;
        let add = |a: u64, b: u64| a.checked_add(b).ok_or(AmountTooLarge);
        let count = first.count.try_join(&of_later, add)?;
        let mut how = first.how.clone();
        if first == later {
            how.push(format!("in each of {turns} turns"));
        } else {
            name_turns("turn 1", &mut how);
            let mut of_later = later.how.clone();
            let which =
                if more == 1 { "turn 2".into() } else { format!("each of turns 2 to {turns}") };
            name_turns(&which, &mut of_later);
            how.extend(of_later);
        }
        Ok(Quantity { count, how })
    }
}

/// Puts the turns that they are of before the steps of a count.
fn name_turns(turns: &str, how: &mut [String]) {
    if let Some(first) = how.first_mut() {
        *first = format!("{turns}: {first}");
    }
}

/// Counted meters, from a request or from a reply. The counts are disjoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usage {
    quantities: BTreeMap<Meter, Quantity>,
}

impl Usage {
    /// The same counts, each open one with the model whose rule is open.
    #[must_use]
    pub fn located(mut self, whose: &Whose) -> Usage {
        for quantity in self.quantities.values_mut() {
            quantity.count = quantity.count.clone().located(whose);
        }
        self
    }

    /// Sets the count of a meter.
    pub fn set(&mut self, meter: Meter, count: Figure<u64>, how: Vec<String>) {
        self.quantities.insert(meter, Quantity { count, how });
    }

    /// The count of a meter; exactly 0 if it was not set.
    pub fn count(&self, meter: Meter) -> Figure<u64> {
        self.quantities.get(&meter).map_or(Figure::Exact(0), |quantity| quantity.count.clone())
    }

    /// How a meter was counted, a sentence a step; nothing if it was not set.
    pub fn how(&self, meter: Meter) -> &[String] {
        self.quantities.get(&meter).map_or(&[], |quantity| &quantity.how)
    }

    /// Sets the counts of another usage over these.
    pub fn set_all(&mut self, other: &Usage) {
        let quantities = &other.quantities;
        self.quantities.extend(quantities.iter().map(|(meter, it)| (*meter, it.clone())));
    }

    /// The meters of which anything was or may be counted, in the order of lines.
    pub fn counted(&self) -> impl Iterator<Item = (Meter, &Quantity)> {
        self.quantities
            .iter()
            .filter(|(_, quantity)| quantity.count != Figure::Exact(0))
            .map(|(meter, quantity)| (*meter, quantity))
    }

    /// The counts over a conversation of this first turn and later ones that are all alike.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a count is beyond all measure.
    pub fn over_turns(
        first: &Usage,
        later: &Usage,
        turns: NonZeroU32,
    ) -> Result<Usage, AmountTooLarge> {
        let mut usage = Usage::default();
        let none = Quantity::none();
        for meter in first.quantities.keys().chain(later.quantities.keys()) {
            let of = |usage: &Usage| usage.quantities.get(meter).unwrap_or(&none).clone();
            let quantity = Quantity::over_turns(&of(first), &of(later), turns)?;
            usage.quantities.insert(*meter, quantity);
        }
        Ok(usage)
    }

    /// All input tokens together; a sum beyond all measure stays at the largest count there is.
    pub fn input_tokens(&self) -> Figure<u64> {
        let inputs = Meter::ALL.into_iter().filter(|meter| meter.is_input() && meter.is_tokens());
        inputs.fold(Figure::Exact(0), |sum, meter| {
            let Ok(sum) =
                sum.try_join(&self.count(meter), |a, b| Ok::<_, Infallible>(a.saturating_add(b)));
            sum
        })
    }
}
