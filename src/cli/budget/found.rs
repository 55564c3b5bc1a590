//! A budget that was found, where it was written, and what flags changed in it.

use chrono::NaiveDate;

use super::currency::FileRates;
use super::overrides::CountArgs;
use super::part::PartArgs;
use super::step::all_but_one;
use super::written_in::WrittenIn;
use crate::budget::{Budget, Idle, Written, idle_keys, is_idle_change};
use crate::catalog::Catalog;
use crate::cli::exit::Failure;
use crate::cli::idle::Given;
use crate::report::currency::ReportCurrency;
use crate::report::flags::{FlagEffects, IdleKey, WithoutEffect};

/// A budget, where it was written, and what flags changed in it.
pub(super) struct Found {
    pub budget: Budget,
    pub written_in: WrittenIn,
    pub flags: FlagEffects,
    /// Where it is that of a file: the file as it is.
    pub written: Option<Written>,
    /// Replacements of models that flags give, with the budget without each.
    pub replaced: Vec<Option<Given<Budget>>>,
    /// The currency in which its amounts are shown; `None` of US dollars.
    pub currency: Option<ReportCurrency>,
}

impl Found {
    /// The months of it that are to be shown.
    pub(super) fn shown(self, part: &PartArgs) -> Result<Found, Failure> {
        Ok(Found { budget: part.of(self.budget)?, ..self })
    }

    /// Names the keys of the file, and the flags over it, on which no figure of the budget depends.
    pub(super) fn naming_what_is_idle(mut self, catalog: &Catalog, today: NaiveDate) -> Found {
        // What the file says is read for the last time: a large budget is not held twice while it is priced.
        if let Some(written) = &self.written.take() {
            let idle = idle_keys(catalog, written, &self.budget, today);
            let key = |idle: Idle| IdleKey {
                key: idle.key,
                code: idle.why.code(),
                why: idle.why.to_string(),
            };
            self.flags.idle_keys = idle.into_iter().map(key).collect();
            let known = self.flags.without_effect.iter().map(|it| it.flag.clone());
            let known: Vec<String> = known.collect();
            let mut any_counts = false;
            for (flag, others) in all_but_one(&written.changes) {
                let is_named = known.iter().any(|it| it == flag);
                if !is_named && is_idle_change(catalog, written, (&others, &self.budget), today) {
                    let why = "no figure of this budget depends on it".to_owned();
                    self.flags.without_effect.push(WithoutEffect { flag: flag.to_owned(), why });
                } else {
                    any_counts |= !is_named;
                }
            }
            // Steps that are asked for otherwise and cost the same under every flag are not changed by them.
            if let Some(reach) = self.flags.reach.as_mut().filter(|_| !any_counts) {
                (reach.changed, reach.raised) = (0, 0);
            }
        }
        self
    }
}

/// The currency of the report of a budget, whose file may have one; a flag that says so already is named.
pub(super) fn currency_of(
    count: &CountArgs,
    (file, budget): (&FileRates, &Budget),
    flags: &mut FlagEffects,
) -> Result<Option<ReportCurrency>, Failure> {
    if count.currency.is_idle(file.currency.as_deref()) {
        let why = "amounts are in that currency without it".to_owned();
        flags.without_effect.push(WithoutEffect { flag: "--currency".to_owned(), why });
    }
    count.currency.of_report(file, (&budget.fx, &count.fx))
}
