//! A catalogue as it stood on a day of knowledge: what was not known by then is not there.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use super::dated::FirstDay;
use super::evidence::Evidence;
use super::known::{Known, known_versions};
use super::life_cycle::Shutdown;
use super::model::Model;
use super::once::Once;
use super::price::{NotStated, PriceVersion, Rate, SvgAuthoring, WhyNotStated};
use super::route::{Route, RouteId};
use super::{Catalog, LookupError, Names, entry};

/// What a catalogue is seen through, with what was found through it.
#[derive(Default)]
pub(super) struct View {
    day: NaiveDate,
    pub models: Once<Result<Arc<Model>, LookupError>>,
    pub routes: Once<Result<Arc<Route>, LookupError>>,
    pub route_ids: OnceLock<Vec<RouteId>>,
}

impl Catalog {
    /// The same catalogue as it stood on a day: what was not known by then is not there, and what ended later is open.
    /// Its files, and with them its digest, are the same.
    #[must_use]
    pub fn known_on(&self, day: NaiveDate) -> Catalog {
        let view = View { day, ..View::default() };
        Catalog { tables: self.tables.clone(), view: Some(view), names: Names::default() }
    }

    /// The day by which something had to be known to be in it; `None` where it is all that the tables hold.
    pub fn day_of_knowledge(&self) -> Option<NaiveDate> {
        self.view.as_ref().map(|view| view.day)
    }
}

impl View {
    /// What was known of a model.
    pub(super) fn model(&self, catalog: &Catalog, model: &Model) -> Result<Model, LookupError> {
        self.refuse_unknown(model, &model.id)?;
        let shutdown = model.shutdown.as_ref().and_then(|it| self.shutdown(catalog, it));
        let known = |it: &&_| self.knows(*it);
        Ok(Model {
            launch: model.launch.clone().filter(|launch| self.knows(launch)),
            shutdown,
            refused: model.refused.iter().filter(known).cloned().collect(),
            data_residency: model.data_residency.clone().filter(|it| self.knows(it)),
            rules: known_versions(&model.rules, self.day),
            ..model.clone()
        })
    }

    /// What was known of a route.
    pub(super) fn route(&self, catalog: &Catalog, route: &Route) -> Result<Route, LookupError> {
        if let Ok(model) = catalog.model_in_file(&entry::model_path(&route.model)) {
            self.refuse_unknown(&*model, &route.id.to_string())?;
        }
        let versions: Vec<PriceVersion> = known_versions(&route.versions, self.day)
            .into_iter()
            .map(|version| self.version(version))
            .collect();
        let first_known = || route.versions.iter().filter_map(Known::known_from).min();
        let mut image_tool = route.image_tool.clone();
        if let Some(tool) = &mut image_tool {
            tool.mainline_models.retain(|model| self.knows_model(catalog, model));
        }
        let estimates = route.published_estimates.clone();
        Ok(Route {
            price_known_from: if versions.is_empty() { first_known() } else { None },
            versions,
            shutdown: route.shutdown.as_ref().and_then(|it| self.shutdown(catalog, it)),
            image_tool,
            published_estimates: estimates.filter(|it| self.knows(&it.evidence)),
            advertised: route.advertised.clone().filter(|(_, evidence)| self.knows(evidence)),
            ..route.clone()
        })
    }

    fn knows(&self, it: &impl Known) -> bool {
        it.is_known_on(self.day)
    }

    fn refuse_unknown(&self, it: &impl Known, name: &str) -> Result<(), LookupError> {
        match it.known_from().filter(|from| *from > self.day) {
            Some(from) => Err(LookupError::NotKnown { name: name.to_owned(), on: self.day, from }),
            None => Ok(()),
        }
    }

    /// Whether a model was known; one that the catalogue does not have is nobody's to judge.
    fn knows_model(&self, catalog: &Catalog, id: &str) -> bool {
        catalog.model_in_file(&entry::model_path(id)).is_ok_and(|model| self.knows(&*model))
    }

    /// A shutdown, with the replacements that were named by then.
    fn shutdown(&self, catalog: &Catalog, shutdown: &Shutdown) -> Option<Shutdown> {
        let named = shutdown.replacements_on(self.day).iter();
        let known = named.filter(|model| self.knows_model(catalog, model)).cloned();
        let seen = || Shutdown { replacements: known.collect(), ..shutdown.clone() };
        self.knows(shutdown).then(seen)
    }

    /// A version that was known, without the rates that were not.
    fn version(&self, version: PriceVersion) -> PriceVersion {
        let mut later_rates = Vec::new();
        let mut known = |rates: &[Arc<Rate>]| {
            let (known, later): (Vec<_>, Vec<_>) =
                rates.iter().cloned().partition(|rate| self.knows(&**rate));
            later_rates.extend(later.iter().filter_map(|rate| later_rate(rate)));
            known
        };
        let rates = known(&version.rates);
        let cheapest_of = version.cheapest_of.iter().map(|list| known(list)).collect();
        let svg_authoring = match version.svg_authoring.clone() {
            // What none of the rates was known of is not stated.
            Some(SvgAuthoring::Rates(rates)) => {
                let known = rates.into_iter().filter(|rate| self.knows(&**rate)).collect();
                Some(known).filter(|rates: &Vec<_>| !rates.is_empty()).map(SvgAuthoring::Rates)
            }
            other => other,
        };
        let evidence = self.reading(&version);
        // Before what the table says of others: the first that fits tells why.
        let not_stated = later_rates.into_iter().chain(version.not_stated.clone()).collect();
        PriceVersion { rates, cheapest_of, svg_authoring, not_stated, evidence, ..version }
    }

    /// The evidence of a version: of one that was read several times, the first reading where the last was later.
    fn reading(&self, version: &PriceVersion) -> Arc<Evidence> {
        let period = version.period;
        let is_later = !self.knows(&*version.evidence);
        if !is_later || period.first_day != FirstDay::Seen || period.first > self.day {
            return version.evidence.clone();
        }
        Arc::new(Evidence { seen: Some(period.first), ..Evidence::clone(&version.evidence) })
    }
}

/// What stands in place of a rate that was not known yet.
fn later_rate(rate: &Rate) -> Option<NotStated> {
    let why = WhyNotStated::KnownFrom(rate.known_from?);
    Some(NotStated { meters: [rate.meter].into(), when: rate.when.clone(), why })
}
