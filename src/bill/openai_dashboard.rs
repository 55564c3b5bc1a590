//! The costs that OpenAI's dashboard exports: a row for each day, project and line item, as far as it was grouped. A day
//! without costs is a row whose other cells are empty.

use chrono::Days;

use super::cells::Cells;
use super::collected::NewLine;
use super::days::DayForm;
use super::header::{Finder, Header};
use super::line::BillKind;
use super::row::{Row, RowReader};
use crate::errors::Errors;
use crate::problem::Problem;

pub(super) const OWNER: &str = "openai";

/// The columns.
pub(super) struct Dashboard {
    start: usize,
    amount: usize,
    currency: usize,
    line_item: Option<usize>,
    project: Option<usize>,
    account: Option<usize>,
}

impl Dashboard {
    pub(super) fn of(
        file: &str,
        header: &Header,
    ) -> Result<(Dashboard, Vec<String>), Errors<Problem>> {
        let mut find = Finder::new(file, header);
        let columns = Dashboard {
            start: find.required(&["start_time"]),
            amount: find.required(&["amount_value"]),
            currency: find.required(&["amount_currency"]),
            line_item: find.optional(&["line_item"]),
            project: find.optional(&["project_id"]),
            account: find.optional(&["organization_id"]),
        };
        // The same times in words, and a name beside its id.
        for beside in
            ["end_time", "start_time_iso", "end_time_iso", "organization_name", "project_name"]
        {
            find.optional(&[beside]);
        }
        find.finish().map(|ignored| (columns, ignored))
    }
}

impl RowReader for Dashboard {
    fn row(&self, cells: &mut Cells) -> Option<Row> {
        let day = cells.day(self.start, &[DayForm::Seconds]);
        let others = [Some(self.amount), Some(self.currency), self.line_item, self.project];
        if others.iter().all(|column| cells.said(*column).is_none()) {
            return day.map(|_| Row::Empty);
        }
        let amount = cells.number(self.amount);
        let currency = cells.currency(self.currency);
        let [text, project, account] =
            [self.line_item, self.project, self.account].map(|column| cells.name(column));
        let (day, amount) = (day?, amount?);
        let until = day.checked_add_days(Days::new(1))?;
        let mut line = NewLine::of((day, until), (OWNER.into(), currency?), amount, cells.place());
        line.what.kind = of_sign(amount.value.is_sign_negative() && !amount.value.is_zero());
        (line.what.text, line.what.project, line.what.account) = (text, project, account);
        Some(Row::Line(Box::new(line)))
    }
}

/// Usage costs nothing below zero: such an amount corrects others, of which the bill says no more.
pub(super) fn of_sign(is_negative: bool) -> BillKind {
    if is_negative { BillKind::Adjustment } else { BillKind::Usage }
}
