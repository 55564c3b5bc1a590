//! OpenRouter's activity of the API: an item for each day, model and endpoint.

use std::sync::Arc;

use chrono::Days;

use super::collected::{Collected, NewLine};
use super::days::DayForm;
use super::line::BillPlace;
use super::openai::amount_of;
use super::openrouter::{CURRENCY, OWNER};
use super::pages::{Page, problems};
use crate::json::{Object, What, Wrong};
use crate::problem::Problem;

/// Whether a page has items of activity.
pub(super) fn is_page(page: &Object) -> bool {
    let items = page.objects("data", &mut Vec::new()).unwrap_or_default();
    items.first().is_some_and(|it| it.has("date") && it.has("usage") && it.has("model"))
}

/// Reads a page; all that is wrong in an item is said, and the others are read.
pub(super) fn read(file: &Arc<str>, page: &Page, into: &mut Collected) -> Vec<Problem> {
    let (mut wrong, object) = (Vec::new(), page.object());
    for item in object.objects("data", &mut wrong).unwrap_or_default() {
        into.rows += 1;
        let before = wrong.len();
        let place = BillPlace { file: Arc::clone(file), line: into.rows as usize };
        let found = line(place, &item, &mut wrong).filter(|_| wrong.len() == before);
        let added = found.map(|(line, elsewhere)| {
            into.add(line)?;
            elsewhere.map_or(Ok(()), |(whose, amount)| into.add_elsewhere(whose, amount))
        });
        if let Some(Err(error)) = &added {
            wrong.push(item.wrong_whole(What::Else(error.to_string().into())));
        }
        into.rejected += u64::from(!matches!(added, Some(Ok(()))));
    }
    problems(file, &page.spot, &wrong)
}

type Elsewhere = ([Arc<str>; 3], rust_decimal::Decimal);

fn line(
    place: BillPlace,
    item: &Object,
    wrong: &mut Vec<Wrong>,
) -> Option<(NewLine, Option<Elsewhere>)> {
    let date = item.text("date", wrong);
    let day = date.as_deref().and_then(|text| DayForm::YearFirst.day(text));
    if day.is_none() {
        wrong.push(item.missing("date", What::Else("must be a day, such as 2026-10-12".into())));
    }
    let usage = amount_of(item, "usage", wrong);
    if usage.is_none() && !item.has("usage") {
        wrong.push(item.missing("usage", What::Missing));
    }
    let own_key = amount_of(item, "byok_usage_inference", wrong).map(|it| it.value);
    let name = |key: &str, wrong: &mut Vec<Wrong>| item.text(key, wrong).map(Arc::from);
    let text = name("model_permaslug", wrong).or_else(|| name("model", wrong));
    let payee = name("provider_name", wrong).unwrap_or_else(|| Arc::from("the upstream"));
    let (day, usage) = (day?, usage?);
    let until = day.checked_add_days(Days::new(1))?;
    let currency: Arc<str> = CURRENCY.into();
    let mut line = NewLine::of((day, until), (OWNER.into(), Arc::clone(&currency)), usage, place);
    line.what.text = text;
    let elsewhere = own_key.filter(|it| !it.is_zero());
    let elsewhere = elsewhere.map(|amount| ([Arc::from(OWNER), payee, currency], amount));
    Some((line, elsewhere))
}
