//! Where the rows of a log are priced: the model, the route and the price table of a day, each looked up once.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::not_taken::NotTaken;
use super::rule::AddingRule;
use super::terms::LogTerms;
use crate::estimate::{PricedOn, Terms};
use crate::metering::output_tokens;

/// A model on a route on a day.
#[derive(Debug)]
pub(crate) struct PlaceOn {
    pub priced: PricedOn,
    /// The day.
    pub day: NaiveDate,
    /// The id of the model.
    pub model: Arc<str>,
    /// The id of the route.
    pub route: Arc<str>,
    /// The fewest output tokens that an image of the model has; 0 where its rule is not known.
    pub least_output: u64,
    /// Whether the model writes text beside its images.
    pub writes_text: bool,
    /// Which of its rows can be added up before they are priced.
    pub rule: AddingRule,
    /// Whether a price depends on the size.
    pub by_size: bool,
    /// Whether a price depends on the quality.
    pub by_quality: bool,
}

/// A model and a route as rows name them, and a day.
type Named = (Option<Box<str>>, Option<Box<str>>, NaiveDate);

/// The places that were looked up.
pub(super) struct Places<'a> {
    terms: &'a LogTerms<'a>,
    known: HashMap<Named, Result<Arc<PlaceOn>, NotTaken>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(terms: &'a LogTerms<'a>) -> Places<'a> {
        Places { terms, known: HashMap::new() }
    }

    /// The place of what a row names, on its day.
    pub(super) fn of(
        &mut self,
        model: Option<&str>,
        route: Option<&str>,
        day: NaiveDate,
    ) -> Result<Arc<PlaceOn>, NotTaken> {
        let named = (model.map(Box::from), route.map(Box::from), day);
        if let Some(place) = self.known.get(&named) {
            return place.clone();
        }
        let place = find(self.terms, (model, route), day).map(Arc::new);
        self.known.insert(named, place.clone());
        place
    }
}

fn find(
    log: &LogTerms,
    (model, route): (Option<&str>, Option<&str>),
    day: NaiveDate,
) -> Result<PlaceOn, NotTaken> {
    let on_day = log.on(day);
    let terms = Terms { route: route.or(on_day.route), ..on_day };
    let model = model.or(log.model);
    if model.is_none() && terms.route.is_none() {
        return Err(NotTaken::says_too_little(
            "it names no model, and none is given for such rows",
        ));
    }
    let moved = match (log.elsewhere, model) {
        (Some(elsewhere), Some(model)) => elsewhere.route(log.catalog, model)?,
        _ => None,
    };
    let moved = moved.map(|route| (route.id.to_string(), route.model.clone()));
    let (model, terms) = match &moved {
        Some((route, model)) => (Some(model.as_str()), Terms { route: Some(route), ..terms }),
        None => (model, terms),
    };
    let priced = PricedOn::of_log(log.catalog, model, &terms)?;
    let rules = priced.rules(terms.as_of)?;
    let any = output_tokens::Asked { quality: None, size: None, resolution: None };
    let mut place = PlaceOn {
        day,
        model: priced.model.id.as_str().into(),
        route: priced.table.route.id.to_string().into(),
        least_output: output_tokens::per_image(rules, any).low(),
        writes_text: rules.text_output.is_some(),
        rule: AddingRule::default(),
        by_size: priced.table.depends_on_size(),
        by_quality: priced.table.depends_on_quality(),
        priced,
    };
    place.rule = AddingRule::at(&place.priced.table, place.least_output, &log.absent_is_none);
    Ok(place)
}
