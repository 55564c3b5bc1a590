//! Azure's cost details, by the names that its headers have had: those of Microsoft Customer Agreements, of Enterprise
//! Agreements and of older subscriptions. Three costs (billed, priced, of the list) and three prices stand in a row; quantities
//! count in their unit of measure.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::cells::Cells;
use super::collected::NewLine;
use super::days::DayForm;
use super::header::{Finder, Header};
use super::line::{BillKind, BillRate};
use super::number::Written;
use super::openai_dashboard::of_sign;
use super::row::{Row, RowReader};
use super::{tags, unit};
use crate::errors::Errors;
use crate::money;
use crate::problem::{Problem, ProblemCode};

const OWNER: &str = "microsoft";

/// Both forms occur in one feed; the month is first in the one with strokes.
const DAYS: &[DayForm] = &[DayForm::YearFirst, DayForm::MonthFirst];

/// The columns.
pub(super) struct Azure {
    date: usize,
    period: Option<[usize; 2]>,
    meter_name: Option<usize>,
    group: Option<usize>,
    subscription: Option<usize>,
    quantity: Option<usize>,
    unit: Option<usize>,
    charge: Option<usize>,
    cost: usize,
    currency: usize,
    priced: Option<[usize; 2]>,
    list_cost: Option<usize>,
    list_price: Option<usize>,
    agreed_price: Option<usize>,
    rate: Option<usize>,
    rate_day: Option<usize>,
    tags: Option<usize>,
}

impl Azure {
    pub(super) fn of(file: &str, header: &Header) -> Result<(Azure, Vec<String>), Errors<Problem>> {
        let mut find = Finder::new(file, header);
        let pair = |a: Option<usize>, b: Option<usize>| a.zip(b).map(|(a, b)| [a, b]);
        let columns = Azure {
            date: find.required(&["date", "usagedatetime", "usagedate"]),
            period: pair(
                find.optional(&["billingperiodstartdate"]),
                find.optional(&["billingperiodenddate"]),
            ),
            meter_name: find.optional(&["metername", "meter"]),
            group: find.optional(&["resourcegroupname", "resourcegroup"]),
            subscription: find.optional(&["subscriptionid", "subscriptionguid"]),
            quantity: find.optional(&["quantity", "usagequantity"]),
            unit: find.optional(&["unitofmeasure"]),
            charge: find.optional(&["chargetype"]),
            cost: find.required(&["costinbillingcurrency", "cost", "pretaxcost"]),
            currency: find.required(&["billingcurrency", "billingcurrencycode", "currency"]),
            priced: pair(
                find.optional(&["costinpricingcurrency"]),
                find.optional(&["pricingcurrency", "pricingcurrencycode"]),
            ),
            list_cost: find.optional(&["paygcostinbillingcurrency"]),
            list_price: find.optional(&["paygprice"]),
            agreed_price: find.optional(&["unitprice"]),
            rate: find.optional(&["exchangeratepricingtobilling", "exchangerate"]),
            rate_day: find.optional(&["exchangeratedate"]),
            tags: find.optional(&["tags"]),
        };
        find.finish().map(|ignored| (columns, ignored))
    }

    /// The day of a row. One outside of its billing period that lies in it with day and month swapped is not taken.
    fn day(&self, cells: &mut Cells) -> Option<NaiveDate> {
        let day = cells.day(self.date, DAYS)?;
        let text = cells.text(Some(self.date));
        let Some(swapped) = DayForm::DayFirst.day(text) else { return Some(day) };
        let Some(period) = self.period else { return Some(day) };
        let [start, end] = period.map(|column| {
            let text = cells.text(Some(column));
            DAYS.iter().find_map(|form| form.day(text))
        });
        let (Some(start), Some(end)) = (start, end) else { return Some(day) };
        let period = start..=end;
        if !period.contains(&day) && period.contains(&swapped) {
            let what = format!(
                "{day} is outside of the billing period {start} to {end}, and {swapped} is in it"
            );
            let help = "day and month are swapped: export the bill again, or convert its days";
            cells.report(Some(self.date), ProblemCode::BadDate, &what, help);
            return None;
        }
        Some(day)
    }

    fn kind(&self, cells: &mut Cells, cost: Written) -> Option<BillKind> {
        let Some(text) = cells.said(self.charge) else {
            return Some(of_sign(cost.value.is_sign_negative() && !cost.value.is_zero()));
        };
        Some(match text.to_lowercase().as_str() {
            "usage" => of_sign(cost.value.is_sign_negative() && !cost.value.is_zero()),
            "refund" => BillKind::Refund,
            "credit" => BillKind::Credit,
            "tax" => BillKind::Tax,
            "purchase" | "unusedreservation" | "unusedsavingsplan" => BillKind::Fee,
            "adjustment" | "roundingadjustment" => BillKind::Adjustment,
            _ => {
                let what = format!("`{text}` is a type of charge that is not known");
                let help = "usage, purchase, refund, credit, adjustment and tax are";
                cells.report(self.charge, ProblemCode::UnknownWord, &what, help);
                return None;
            }
        })
    }

    /// Microsoft's own rate of the month, where it prices in another currency than it bills in.
    fn rate(&self, cells: &mut Cells, currency: &Arc<str>) -> Option<BillRate> {
        let priced_in = cells.currency(self.priced?[1]).filter(|it| it != currency)?;
        let rate = cells.optional_number(self.rate)?.value;
        if rate <= Decimal::ZERO {
            let what = "an exchange rate is above zero";
            cells.report(self.rate, ProblemCode::OutOfRange, what, "correct the rate");
            return None;
        }
        let day = self.rate_day.filter(|column| cells.said(Some(*column)).is_some());
        let day = day.and_then(|column| cells.day(column, DAYS));
        Some(BillRate { priced_in, rate, day })
    }
}

impl RowReader for Azure {
    fn row(&self, cells: &mut Cells) -> Option<Row> {
        let day = self.day(cells);
        let cost = cells.number(self.cost);
        let currency = cells.currency(self.currency);
        let quantity = cells.optional_number(self.quantity);
        let prices = [self.list_price, self.agreed_price].map(|it| cells.optional_number(it));
        let list_cost = cells.optional_number(self.list_cost);
        let (day, cost, currency) = (day?, cost?, currency?);
        let kind = self.kind(cells, cost)?;
        let rate = self.rate(cells, &currency);
        let priced = self.priced.filter(|_| rate.is_some());
        let priced = priced.and_then(|[cost, _]| cells.optional_number(Some(cost)));
        // Prices are in the currency that is priced in; a price of nothing is one that is not said.
        let factor = rate.as_ref().map_or(Decimal::ONE, |it| it.rate);
        let [of_list, of_contract] = prices.map(|price| {
            let (price, quantity) = (price.filter(|it| !it.value.is_zero())?, quantity?);
            let cost = price.times(quantity.value).and_then(|it| it.times(factor));
            cells.kept(self.quantity, cost)
        });
        let until = day.checked_add_days(Days::new(1))?;
        let mut line = NewLine::of((day, until), (OWNER.into(), currency), cost, cells.place());
        line.list_cost = list_cost.or(of_list).map(|it| it.value);
        line.agreed_cost = of_contract.map(|it| it.value);
        line.priced_cost = priced.map(|it| it.value);
        line.what.kind = kind;
        line.what.rate = rate;
        line.what.text = cells.name(self.meter_name);
        line.what.account = cells.name(self.subscription);
        let group = cells.name(self.group).map(|name| name.to_lowercase().into());
        line.what.project = tags::project(cells.text(self.tags)).or(group);
        self.count(cells, quantity, &mut line);
        Some(Row::Line(Box::new(line)))
    }
}

impl Azure {
    /// The quantity in single units: 0.21952 of `1M` is 219,520.
    fn count(&self, cells: &mut Cells, quantity: Option<Written>, line: &mut NewLine) {
        let text = cells.said(self.unit);
        let Some(quantity) = quantity else { return };
        match text.and_then(unit::scale) {
            Some((factor, word)) => {
                let counted = money::multiply(quantity.value, factor)
                    .map(|value| Written { value, ..quantity });
                line.quantity = cells.kept(self.quantity, counted).map(|it| it.value);
                line.what.unit = word.map(Into::into);
            }
            None => {
                line.quantity = Some(quantity.value);
                line.what.unit = text.map(Into::into);
            }
        }
    }
}
