//! Seats with their price: the rows of the months in which something is due.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::line::{CostKind, ForecastLine, Named};
use super::month_days::MonthDays;
use super::used_price::UsedPrice;
use crate::budget::month::Month;
use crate::budget::prices::Pricing;
use crate::budget::seats::{Offered, Seats, SeatsPriced};
use crate::budget::workload::{Budget, CostPer};
use crate::catalog::evidence::{Confidence, Evidence};
use crate::catalog::funding::{Payment, Subscription};
use crate::estimate::PriceBasis;
use crate::figure::Figure;
use crate::money::{self, AmountTooLarge};
use crate::reason::{Budgeting, Pricing as Unpriced};

/// Seats with their price.
#[derive(Debug, Clone)]
pub(super) struct PlannedSeats {
    /// Their tags; they are of no workload.
    named: Named,
    /// The name of the offer; of the plan, where none fits.
    name: Arc<str>,
    number: u64,
    /// The offer and who states its price, where one fits.
    priced_by: Option<(Offered, Arc<Evidence>)>,
    /// What is due for all of them each time, in US dollars.
    due: Figure<Decimal>,
    /// The month of the first payment, whether the budget has it or not.
    first: Month,
    /// The last month of the seats.
    last: Option<Month>,
}

impl PlannedSeats {
    pub(super) fn of(pricing: &Pricing, seats: &Seats) -> Result<PlannedSeats, AmountTooLarge> {
        let found = seats.offer(pricing.catalog).ok();
        let due = match &found {
            Some(found) => due(found, seats.number, pricing.budget)?,
            None => {
                let plan = seats.plan.as_str().into();
                Figure::unknown(Decimal::ZERO, Budgeting::SeatsNotPriced { plan })
            }
        };
        let name = found.as_ref().map_or(&seats.plan, |found| &found.offer.name).as_str().into();
        let evidence = |it: &Offered| it.evidence().cloned().map(Arc::new);
        Ok(PlannedSeats {
            named: Named { name: "".into(), tags: Arc::new(seats.tags.clone()) },
            name,
            number: seats.number,
            priced_by: found.and_then(|it| evidence(&it).map(|evidence| (it, evidence))),
            due,
            first: seats.from.unwrap_or(pricing.budget.start),
            last: seats.to,
        })
    }

    /// Whether a payment falls into a month.
    fn is_due(&self, month: Month) -> bool {
        let paid = self.priced_by.as_ref().map_or(Payment::Monthly, |(it, _)| it.offer.paid);
        let into = u32::try_from(month.since(self.first)).ok();
        month.is_within(Some(self.first), self.last)
            && into.is_some_and(|months| months % paid.months() == 0)
    }

    /// The row of a month; none where nothing is due.
    pub(super) fn line(&self, days: MonthDays) -> Option<ForecastLine> {
        let month = days.month;
        let of_source = self.priced_by.as_ref().map(|(_, source)| basis_of(source, month));
        self.is_due(month).then(|| ForecastLine {
            kind: CostKind::Seats,
            cost_name: Some(self.name.clone()),
            seats: Some(self.number),
            per: Some(CostPer::Month),
            route: self.priced_by.as_ref().map(|(it, _)| it.route.clone()),
            price_basis: of_source.map_or(days.price_basis, |it| it.max(days.price_basis)),
            cost_of_made: self.due.clone(),
            cost: self.due.clone(),
            ..ForecastLine::empty(self.named.clone(), month)
        })
    }

    /// The price that they rest on, from their first month in the budget on; `None` where no offer fits, or nothing is due.
    pub(super) fn used_price(&self, budget: &Budget, today: NaiveDate) -> Option<UsedPrice> {
        let (Offered { route, .. }, source) = self.priced_by.clone()?;
        budget.months().find(|month| self.is_due(*month))?;
        let end = self.last.map_or(budget.last(), |last| last.min(budget.last())).end();
        Some(UsedPrice {
            workload: self.named.name.clone(),
            from: self.first.max(budget.start).first_day(),
            until: end,
            route,
            processing: None,
            is_quoted: source.confidence == Confidence::Low,
            doubt: source.doubt(today),
            sources: vec![source],
        })
    }

    /// How they are priced; `None` where no offer fits, or nothing is due in the budget.
    pub(super) fn priced(&self, budget: &Budget) -> Option<SeatsPriced> {
        let (Offered { route, offer }, evidence) = self.priced_by.as_ref()?;
        let first = budget.months().find(|month| self.is_due(*month))?;
        Some(SeatsPriced {
            number: self.number,
            plan: route.id.to_string(),
            owner_name: route.owner_name.clone(),
            offer: offer.clone(),
            first,
            before_source: evidence.seen.is_some_and(|seen| first.first_day() < seen),
            evidence: Evidence::clone(evidence),
        })
    }
}

/// What is due for so many seats each time: their number × the price × the prices of a payment.
fn due(found: &Offered, number: u64, budget: &Budget) -> Result<Figure<Decimal>, AmountTooLarge> {
    let Offered { route, offer } = found;
    let is_quoted = found.evidence().is_some_and(|it| it.confidence == Confidence::Low);
    if is_quoted && !budget.quoted {
        let route = route.id.to_string().into();
        return Ok(Figure::unknown(Decimal::ZERO, Unpriced::QuotedOnly { route }));
    }
    let Subscription { currency, .. } = offer;
    let Some(each) = offer.in_dollars(&budget.fx) else {
        let currency = currency.as_str().into();
        return Ok(Figure::unknown(Decimal::ZERO, Unpriced::NoExchangeRate { currency }));
    };
    let payment = money::multiply(each, Decimal::from(offer.prices_a_payment()))?;
    money::multiply(payment, Decimal::from(number)).map(Figure::Exact)
}

/// What a price rests on in a month, by its source alone.
fn basis_of(source: &Evidence, month: Month) -> PriceBasis {
    match source.seen {
        _ if source.confidence == Confidence::Low => PriceBasis::Undated,
        None => PriceBasis::Undated,
        Some(seen) if month.first_day() < seen => PriceBasis::Assumed,
        Some(_) => PriceBasis::Dated,
    }
}
