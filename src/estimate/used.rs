//! Usage that was observed or added up → what it costs, by the rooms of a request and a reply.

use rust_decimal::Decimal;

use super::place::{MakersRoute, PricedOn, makers_own, of_tables};
use super::price_basis::{PriceBasis, basis_of};
use super::{Assumption, EstimateError, Terms, notes, offered};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::note::Note;
use crate::rating::{self, Calls, Charge, Facts, PriceTable, Rated};
use crate::usage::Usage;

/// What usage costs at a place.
#[derive(Debug, Clone)]
pub(crate) struct UsedCost {
    /// The lines.
    pub charges: Vec<Charge>,
    /// Their sum.
    pub total: Figure<Decimal>,
    /// The weakest that its prices rest on.
    pub price_basis: PriceBasis,
    /// What was assumed.
    pub assumptions: Vec<Assumption>,
    /// What is to be said of it.
    pub notes: Vec<Note>,
}

impl PricedOn {
    /// The place of a model that a log names, on the route of the terms, else on the maker's own.
    pub(crate) fn of_log(
        catalog: &Catalog,
        model: Option<&str>,
        terms: &Terms,
    ) -> Result<PricedOn, EstimateError> {
        let makers_route: MakersRoute = makers_own;
        PricedOn::find(catalog, model, terms, makers_route)
    }

    /// Refuses what the owner states that it does not offer here.
    pub(crate) fn refuse_unoffered(&self, facts: &Facts) -> Result<(), EstimateError> {
        Ok(offered::check(facts, &self.table)?)
    }

    /// What usage costs here, the floor of its calls included.
    pub(crate) fn cost_of(
        &self,
        usage: &Usage,
        facts: &Facts,
        terms: &Terms,
    ) -> Result<UsedCost, EstimateError> {
        let table: &PriceTable = &self.table;
        let rated = rating::rate_before_floor(usage, facts, table, terms.fx)?;
        let charges =
            rating::with_floor(rated.charges, usage, Calls::NotToldApart, table, terms.fx)?;
        let Rated { charges, notes: said } = self.located(Rated { charges, notes: rated.notes });
        let mut assumptions = self.assumptions.clone();
        let is_later = terms.as_of > terms.today;
        if is_later {
            let (day, today) = (terms.as_of, terms.today);
            assumptions.push(Assumption::LaterDay { day, today });
        }
        assumptions.extend(of_tables(table, &charges));
        let mut all_notes = self.notes.clone();
        all_notes.extend(notes::of_table(table, &charges, terms.fx));
        all_notes.extend(said);
        let basis = PriceBasis::of_day(terms.as_of, terms.today);
        Ok(UsedCost {
            total: rating::total(&charges)?,
            price_basis: basis.max(basis_of(table, &charges, self.aged_on)),
            charges,
            assumptions,
            notes: all_notes,
        })
    }
}
