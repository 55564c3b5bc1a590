//! Files by the FinOps Open Cost and Usage Specification (FOCUS, 1.0 to 1.3): all amounts of a row are in its billing currency.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::cells::Cells;
use super::collected::NewLine;
use super::days::DayForm;
use super::header::{Finder, Header};
use super::line::BillKind;
use super::openai_dashboard::of_sign;
use super::row::{Row, RowReader};
use super::{tags, texts};
use crate::errors::Errors;
use crate::problem::{Problem, ProblemCode};

/// The columns.
pub(super) struct Focus<'m> {
    matcher: &'m texts::Matcher<'m>,
    billed: usize,
    list: Option<usize>,
    contracted: Option<usize>,
    currency: usize,
    start: usize,
    end: Option<usize>,
    category: Option<usize>,
    class: Option<usize>,
    provider: usize,
    account: Option<usize>,
    project: Option<usize>,
    tags: Option<usize>,
    text: Vec<usize>,
    quantity: Option<[usize; 2]>,
}

impl<'m> Focus<'m> {
    pub(super) fn of(
        file: &str,
        header: &Header,
        matcher: &'m texts::Matcher<'m>,
    ) -> Result<(Focus<'m>, Vec<String>), Errors<Problem>> {
        let mut find = Finder::new(file, header);
        let text = ["skumeter", "chargedescription", "resourcename"];
        let columns = Focus {
            matcher,
            billed: find.required(&["billedcost"]),
            list: find.optional(&["listcost"]),
            contracted: find.optional(&["contractedcost"]),
            currency: find.required(&["billingcurrency"]),
            start: find.required(&["chargeperiodstart"]),
            end: find.optional(&["chargeperiodend"]),
            category: find.optional(&["chargecategory"]),
            class: find.optional(&["chargeclass"]),
            provider: find.required(&["providername", "serviceprovidername"]),
            account: find.optional(&["subaccountid", "billingaccountid"]),
            project: find.optional(&["subaccountname", "subaccountid"]),
            tags: find.optional(&["tags"]),
            text: text.iter().filter_map(|name| find.optional(&[name])).collect(),
            quantity: {
                let quantity = find.optional(&["consumedquantity"]);
                let unit = find.optional(&["consumedunit"]);
                quantity.zip(unit).map(|(quantity, unit)| [quantity, unit])
            },
        };
        find.finish().map(|ignored| (columns, ignored))
    }

    /// The first day of a charge and the one after its last: the end of a period is not in it.
    fn days(&self, cells: &mut Cells) -> Option<(NaiveDate, NaiveDate)> {
        let start = cells.time(self.start, &[DayForm::YearFirst])?;
        let next = start.date().checked_add_days(Days::new(1))?;
        let Some(column) = self.end.filter(|end| cells.said(Some(*end)).is_some()) else {
            return Some((start.date(), next));
        };
        let end = cells.time(column, &[DayForm::YearFirst])?;
        if end <= start {
            let what = format!("the charge ends at {end}, and begins at {start}");
            cells.report(Some(column), ProblemCode::EndBeforeStart, &what, "correct the period");
            return None;
        }
        Some((start.date(), day_after(end)?.max(next)))
    }

    fn kind(&self, cells: &mut Cells, is_negative: bool) -> Option<BillKind> {
        let is_correction =
            cells.said(self.class).is_some_and(|class| class.eq_ignore_ascii_case("correction"));
        let Some(text) = cells.said(self.category) else { return Some(of_sign(is_negative)) };
        Some(match text.to_lowercase().as_str() {
            "tax" => BillKind::Tax,
            "credit" => BillKind::Credit,
            "adjustment" => BillKind::Adjustment,
            "usage" if is_correction => BillKind::Adjustment,
            "usage" => of_sign(is_negative),
            "purchase" if is_correction || is_negative => BillKind::Refund,
            "purchase" => BillKind::Fee,
            _ => {
                let what = format!("`{text}` is no category of charges");
                let help = "Usage, Purchase, Tax, Credit and Adjustment are";
                cells.report(self.category, ProblemCode::UnknownWord, &what, help);
                return None;
            }
        })
    }
}

/// The day after the last one of a period that ends at this time.
fn day_after(end: NaiveDateTime) -> Option<NaiveDate> {
    match end.time() == NaiveTime::MIN {
        true => Some(end.date()),
        false => end.date().checked_add_days(Days::new(1)),
    }
}

impl RowReader for Focus<'_> {
    fn row(&self, cells: &mut Cells) -> Option<Row> {
        let days = self.days(cells);
        let billed = cells.number(self.billed);
        let [list, contracted] =
            [self.list, self.contracted].map(|column| cells.optional_number(column));
        let currency = cells.currency(self.currency);
        let provider = cells.name(Some(self.provider));
        if provider.is_none() {
            let help = "every price has an owner: fill it in";
            cells.report(Some(self.provider), ProblemCode::Empty, "is empty", help);
        }
        let (days, billed, currency, provider) = (days?, billed?, currency?, provider?);
        let kind = self.kind(cells, billed.value.is_sign_negative() && !billed.value.is_zero())?;
        let owner = self.matcher.owner(&provider);
        let mut line = NewLine::of(days, (owner, currency), billed, cells.place());
        line.list_cost = list.map(|it| it.value);
        line.agreed_cost = contracted.map(|it| it.value);
        line.what.kind = kind;
        line.what.account = cells.name(self.account);
        let project = cells.name(self.project);
        line.what.project = tags::project(cells.text(self.tags)).or(project);
        let text = self.text.iter().find(|column| cells.said(Some(**column)).is_some()).copied();
        line.what.text = cells.name(text);
        if let Some([quantity, unit]) = self.quantity {
            line.quantity = cells.optional_number(Some(quantity)).map(|it| it.value);
            line.what.unit = cells.name(Some(unit));
        }
        Some(Row::Line(Box::new(line)))
    }
}
