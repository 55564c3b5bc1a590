//! What the library found, as the objects that the commands write for programs.

use std::io::{self, Write};

use super::BudgetForecast;
use crate::catalog::Catalog;
use crate::comparison::Comparison;
use crate::estimate::Estimate;
use crate::report::envelope::{Closing, Envelope};
use crate::report::{comparison, estimate, forecast};

/// What can be written as JSON, in the words of `imgcost schema output`: the object that the command of the same
/// name writes with `--format json`.
///
/// ```
/// use imgcost::{Catalog, NaiveDate, ToJson};
///
/// fn main() -> anyhow::Result<()> {
///     let (catalog, day) = (Catalog::shipped(), "2026-11-21".parse::<NaiveDate>()?);
///     let body = r#"{"model": "gpt-image-2", "prompt": "A red fox", "quality": "high", "size": "1024x1024"}"#;
///     let found: serde_json::Value =
///         serde_json::from_str(&imgcost::price(&catalog, day, body)?.to_json(&catalog)?)?;
///     assert_eq!(found["schema"], "imgcost.estimate/1");
///     assert_eq!(found["cost_expected_usd"], "0.210765");
///     Ok(())
/// }
/// ```
pub trait ToJson {
    /// Writes it, each part as it is made. `catalog` is the one that it was priced with: its digest stands in the
    /// object.
    ///
    /// # Errors
    /// What cannot be written.
    fn write_json(&self, catalog: &Catalog, out: &mut dyn Write) -> io::Result<()>;

    /// It as text.
    ///
    /// # Errors
    /// As those of [`write_json`](ToJson::write_json).
    fn to_json(&self, catalog: &Catalog) -> io::Result<String> {
        let mut text = Vec::new();
        self.write_json(catalog, &mut text)?;
        String::from_utf8(text).map_err(io::Error::other)
    }
}

impl ToJson for Estimate {
    fn write_json(&self, catalog: &Catalog, out: &mut dyn Write) -> io::Result<()> {
        let found = estimate::EstimateOutput::of(self, false);
        Envelope::write(found, (catalog, Some(self.as_of)), &Closing::default(), out)
    }
}

impl ToJson for Comparison {
    fn write_json(&self, catalog: &Catalog, out: &mut dyn Write) -> io::Result<()> {
        let found = comparison::output(self, catalog, false);
        Envelope::write(found, (catalog, Some(self.as_of)), &Closing::default(), out)
    }
}

impl ToJson for BudgetForecast {
    fn write_json(&self, catalog: &Catalog, out: &mut dyn Write) -> io::Result<()> {
        let catalog = &catalog.known_on(self.known_on);
        let found = forecast::Found {
            budget: &self.budget,
            forecast: &self.forecast,
            months: &self.months,
            whole: &self.whole,
            // Tables alone gather rows by workload.
            lines: &[],
            short: &[],
            limits: &self.limits,
            alerts: &self.alerts,
            cash: self.cash.as_ref(),
            amount: &self.amount,
            at_acceptance: self.at_acceptance.as_ref(),
            sensitivities: &self.sensitivities,
            // So do quarters.
            quarters: &[],
            levers: &self.levers,
            #[cfg(feature = "cli")]
            behind: None,
            today: self.known_on,
        };
        let found = forecast::output(&found, &forecast::View::Wide, catalog);
        Envelope::write(found, (catalog, Some(self.known_on)), &Closing::default(), out)
    }
}
