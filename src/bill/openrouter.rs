//! OpenRouter's activity as CSV: a row for each generation. Its credits are US dollars, without the fee of their purchase. What
//! an upstream was paid on the user's own key is on no bill of OpenRouter, and is kept apart.

use std::sync::Arc;

use chrono::Days;

use super::cells::Cells;
use super::collected::NewLine;
use super::days::DayForm;
use super::header::{Finder, Header};
use super::openai_dashboard::of_sign;
use super::row::{Row, RowReader};
use crate::errors::Errors;
use crate::problem::Problem;

pub(super) const OWNER: &str = "openrouter";
pub(super) const CURRENCY: &str = "USD";

/// The columns.
pub(super) struct Activity {
    created: usize,
    cost: usize,
    own_key: Option<usize>,
    model: usize,
    payee: Option<usize>,
    project: Option<usize>,
    /// Costs of which it is not stated whether the cost of the row has them.
    beside: Vec<usize>,
}

impl Activity {
    pub(super) fn of(
        file: &str,
        header: &Header,
    ) -> Result<(Activity, Vec<String>), Errors<Problem>> {
        let mut find = Finder::new(file, header);
        let beside = ["cost_web_search", "cost_cache", "cost_file_processing"];
        let columns = Activity {
            created: find.required(&["created_at"]),
            cost: find.required(&["cost_total"]),
            own_key: find.optional(&["byok_usage_inference"]),
            model: find.required(&["model_permaslug"]),
            payee: find.optional(&["provider_name"]),
            project: find.optional(&["api_key_name"]),
            beside: beside.iter().filter_map(|name| find.optional(&[name])).collect(),
        };
        find.finish().map(|ignored| (columns, ignored))
    }
}

impl RowReader for Activity {
    fn row(&self, cells: &mut Cells) -> Option<Row> {
        // A time without a zone is UTC: the id of a generation has the same one in seconds.
        let day = cells.day(self.created, &[DayForm::YearFirst]);
        let cost = cells.number(self.cost);
        let own_key = cells.optional_number(self.own_key);
        let beside: Vec<_> =
            self.beside.iter().filter_map(|column| cells.optional_number(Some(*column))).collect();
        let [text, project] = [Some(self.model), self.project].map(|column| cells.name(column));
        let payee = cells.name(self.payee).unwrap_or_else(|| "the upstream".into());
        let (day, cost) = (day?, cost?);
        let until = day.checked_add_days(Days::new(1))?;
        let currency: Arc<str> = CURRENCY.into();
        let mut line =
            NewLine::of((day, until), (OWNER.into(), Arc::clone(&currency)), cost, cells.place());
        line.what.kind = of_sign(cost.value.is_sign_negative() && !cost.value.is_zero());
        (line.what.text, line.what.project) = (text, project);
        let has_beside = beside.iter().any(|it| !it.value.is_zero());
        let elsewhere = own_key.filter(|it| !it.value.is_zero());
        let elsewhere = elsewhere.map(|it| ([OWNER.into(), payee, currency], it.value));
        Some(Row::Beside { line: Box::new(line), elsewhere, has_beside })
    }
}
