//! The fields of a route on a day.

use crate::catalog::guidance::Work;
use crate::catalog::price::PriceVersion;
use crate::catalog::readiness;
use crate::catalog::route::Route;
use crate::report::dictionary::terms;
use crate::report::estimate::{OfRoute, OfVersion, of_contract, of_route, of_version};
use crate::report::record::{Field, Recorded, Value};
use crate::routes::{Entry, SuitedRoute, Unanswered};

/// A row of a route on a day.
trait OfEntry {
    fn entry(&self) -> &Entry;
}

fn of_entry<R: OfEntry + OfRoute + OfVersion>() -> Vec<Field<R>> {
    let mut fields = of_route();
    fields.extend(of_contract());
    fields.extend([
        terms::UPSTREAM_MODEL.of(|it: &R| it.entry().route.upstream_model.as_str().into()),
        terms::ROUTE_STATUS.of(|it| it.entry().status.as_str().into()),
        terms::PRICE_PAGE.of(|it| it.entry().route.price_page.as_written().concat().into()),
        terms::ENDPOINT.of(|it| it.entry().route.endpoint.as_deref().into()),
        terms::BILLING_UNIT.of(|it| it.entry().route.billing_unit.as_deref().into()),
        terms::SIZE_HONOURED.of(|it| it.entry().route.size_honoured.as_str().into()),
        terms::QUALITY_HONOURED.of(|it| it.entry().route.quality_honoured.as_str().into()),
        terms::READY.of(|it| it.entry().is_ready().into()),
        terms::TERMS_MISSING.of(|it| Value::List(readiness::in_words(&it.entry().missing))),
    ]);
    fields.extend(of_version());
    fields
}

impl OfEntry for &Entry {
    fn entry(&self) -> &Entry {
        self
    }
}

impl OfRoute for &Entry {
    fn route(&self) -> Option<&Route> {
        Some(&self.route)
    }
}

impl OfVersion for &Entry {
    fn version(&self) -> Option<&PriceVersion> {
        Entry::version(self)
    }
}

impl Recorded for &Entry {
    const NAME: &'static str = "route";

    fn fields() -> Vec<Field<Self>> {
        of_entry()
    }
}

/// A route for a kind of work.
#[derive(Debug, Clone, Copy)]
pub struct ChosenRoute<'a> {
    work: Work,
    choice: &'a SuitedRoute,
}

/// A row for each kind of work and route.
pub(super) fn choices(
    choices: &[(Work, Vec<SuitedRoute>)],
) -> impl Iterator<Item = ChosenRoute<'_>> {
    let of_work = |work: Work| move |choice| ChosenRoute { work, choice };
    choices.iter().flat_map(move |(work, choices)| choices.iter().map(of_work(*work)))
}

impl OfEntry for ChosenRoute<'_> {
    fn entry(&self) -> &Entry {
        &self.choice.entry
    }
}

impl OfRoute for ChosenRoute<'_> {
    fn route(&self) -> Option<&Route> {
        Some(&self.choice.entry.route)
    }
}

impl OfVersion for ChosenRoute<'_> {
    fn version(&self) -> Option<&PriceVersion> {
        self.choice.entry.version()
    }
}

impl Recorded for ChosenRoute<'_> {
    const NAME: &'static str = "chosen_route";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = vec![
            terms::WORK.of(|it: &Self| it.work.as_str().into()),
            terms::FIT.of(|it| it.choice.fit.as_str().into()),
            terms::FIT_REASON.of(|it| it.choice.reason.to_string().into()),
            terms::FIT_REASON_CODE.of(|it| it.choice.reason.code().into()),
            terms::STILL_OPEN
                .of(|it| Value::List(it.choice.open.iter().map(Unanswered::to_string).collect())),
            terms::STILL_OPEN_CODES
                .of(|it| Value::codes(it.choice.open.iter().map(Unanswered::code))),
        ];
        fields.extend(of_entry());
        fields
    }
}
