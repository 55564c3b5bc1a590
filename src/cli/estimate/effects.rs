//! Which flags did something, looked at as each of many requests and replies is priced.

use std::collections::BTreeSet;

use super::{EstimateArgs, without_effect};
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::cli::exit::Failure;
use crate::cli::idle::{self, Idle, figures};
use crate::estimate::{Added, Beside, Estimate, Terms, not_read, price_asked};
use crate::items::Asked;
use crate::report;
use crate::report::flags::FlagEffects;
use crate::request::Draft;
use crate::unread::Sorted;

/// What flags did so far.
pub(super) struct Effects<'a> {
    /// Flags without which every estimate would be the same, and as many would be rejected.
    idle: Idle<(Draft, Terms<'a>)>,
    /// The currencies and credits that prices are in.
    units: BTreeSet<String>,
    is_bought: bool,
    /// What is not read, where keys are named to leave out.
    not_read: Vec<Sorted>,
}

impl<'a> Effects<'a> {
    pub(super) fn new(beside: &Beside<'a>) -> Effects<'a> {
        let asked = (beside.draft.clone(), beside.terms.clone());
        let processing = asked.0.processing.map(Processing::as_str);
        let by_itself = "what is priced says by itself that it is processed so";
        let processing = idle::given("--processing", processing, by_itself, || {
            (Draft { processing: None, ..asked.0.clone() }, asked.1.clone())
        });
        let can_be_idle = idle::of_request(&asked).into_iter().chain([processing]);
        Effects {
            idle: Idle::of(can_be_idle),
            units: BTreeSet::new(),
            is_bought: false,
            not_read: Vec::new(),
        }
    }

    /// Looks at a line that is like none before it.
    pub(super) fn meet(
        &mut self,
        Added { line, first }: &Added,
        (catalog, beside): (&Catalog, &Beside<'a>),
    ) -> Result<(), Failure> {
        let Some(asked) = first else { return Ok(()) };
        let shown =
            |estimate: &Estimate| figures(&report::estimate::report(estimate, catalog, true));
        self.idle.keep(|(draft, terms)| {
            let (draft, terms) = (draft.clone(), terms.clone());
            let again = price_asked(catalog, asked, &Beside { draft, terms, ..beside.clone() });
            match (&line.outcome, again) {
                (Ok(estimate), Ok(again)) => shown(estimate) == shown(&again),
                (Err(_), Err(_)) => true,
                _ => false,
            }
        });
        if let Ok(estimate) = &line.outcome {
            self.is_bought |= estimate.purchase.is_some();
            self.units.extend(estimate.units().map(str::to_owned));
        }
        let ignored = &beside.context.ignored_keys;
        if !ignored.is_empty() {
            self.not_read.push(match asked {
                Asked::Request(draft) => draft.unread.clone(),
                Asked::Reply(reply) => not_read(catalog, reply, ignored)?,
            });
        }
        Ok(())
    }

    /// What is to be said of the flags.
    pub(super) fn into_flags(self, args: &EstimateArgs) -> Result<FlagEffects, Failure> {
        let unused = args.reply.without_effect(&self.not_read.iter().collect::<Vec<_>>());
        let used = |code: &str| self.units.contains(code);
        let mut flags = without_effect(args, (&used, self.is_bought), unused)?;
        flags.without_effect.extend(self.idle.into_effects());
        Ok(flags)
    }
}
