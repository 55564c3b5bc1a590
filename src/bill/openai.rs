//! Pages of OpenAI's costs endpoint: a bucket for each day, in it a result for each project and line item, as far as it was
//! grouped.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::cells::said_of;
use super::collected::{Collected, NewLine};
use super::days;
use super::line::BillPlace;
use super::number::{Written, number};
use super::openai_dashboard::{OWNER, of_sign};
use super::pages::{Page, problems};
use crate::exchange::is_currency;
use crate::json::{Json, Object, What, Wrong};
use crate::problem::Problem;

/// The kind of a result of costs.
const COSTS: &str = "organization.costs.result";

/// Whether a page is one of costs; `Err` where it is one of usage.
pub(super) fn is_page(page: &Object) -> Result<bool, &'static str> {
    let mut unread = Vec::new();
    let buckets = page.objects("data", &mut unread).unwrap_or_default();
    let mut kinds = buckets.iter().flat_map(|bucket| {
        let results = bucket.objects("results", &mut Vec::new()).unwrap_or_default();
        results.into_iter().filter_map(|it| it.text("object", &mut Vec::new()))
    });
    match kinds.next() {
        Some(kind) if kind.starts_with("organization.usage.") => {
            Err("this is OpenAI's usage and not its costs: what was used, without an amount")
        }
        Some(kind) => Ok(kind == COSTS),
        // Days without costs.
        None => Ok(buckets.iter().any(|bucket| bucket.has("results") && bucket.has("start_time"))),
    }
}

/// Reads a page; all that is wrong in a result is said, and the others are read.
pub(super) fn read(file: &Arc<str>, page: &Page, into: &mut Collected) -> Vec<Problem> {
    let (mut wrong, object) = (Vec::new(), page.object());
    for bucket in object.objects("data", &mut wrong).unwrap_or_default() {
        let Some(day) = day_of(&bucket, &mut wrong) else {
            into.rejected += 1;
            continue;
        };
        let results = bucket.objects("results", &mut wrong).unwrap_or_default();
        into.empty += u64::from(results.is_empty());
        for result in results {
            let before = wrong.len();
            into.rows += 1;
            let place = BillPlace { file: Arc::clone(file), line: into.rows as usize };
            let found = line(place, day, &result, &mut wrong);
            let is_added = found.filter(|_| wrong.len() == before).is_some_and(|line| {
                let added = into.add(line);
                if let Err(error) = &added {
                    wrong.push(result.wrong_whole(What::Else(error.to_string().into())));
                }
                added.is_ok()
            });
            into.rejected += u64::from(!is_added);
        }
    }
    problems(file, &page.spot, &wrong)
}

fn day_of(bucket: &Object, wrong: &mut Vec<Wrong>) -> Option<NaiveDate> {
    let Some(seconds) = bucket.count("start_time", wrong) else {
        wrong.push(bucket.missing("start_time", What::Missing));
        return None;
    };
    let time = days::seconds(&seconds.to_string());
    if time.is_none() {
        wrong.push(bucket.wrong("start_time", What::NotSeconds));
    }
    time.map(|time| time.date())
}

/// The line of a result; in a list its place is that among all results.
fn line(
    place: BillPlace,
    day: NaiveDate,
    result: &Object,
    wrong: &mut Vec<Wrong>,
) -> Option<NewLine> {
    let name = |key: &str, wrong: &mut Vec<Wrong>| result.text(key, wrong).map(Arc::from);
    let amount = result.object("amount", wrong).or_else(|| {
        wrong.push(result.missing("amount", What::Missing));
        None
    })?;
    let value = amount_of(&amount, "value", wrong);
    if value.is_none() && !amount.has("value") {
        wrong.push(amount.missing("value", What::Missing));
    }
    let currency = amount.text("currency", wrong).map(|code| code.to_uppercase());
    if currency.as_deref().is_none_or(|code| !is_currency(code)) {
        let what = "must be the code of a currency, such as usd".to_owned();
        wrong.push(amount.wrong("currency", What::Else(what.into())));
        return None;
    }
    let value = value?;
    let until = day.checked_add_days(Days::new(1))?;
    let mut line = NewLine::of((day, until), (OWNER.into(), currency?.into()), value, place);
    line.quantity = amount_of(result, "quantity", wrong).map(|it| it.value);
    line.what.kind = of_sign(value.value.is_sign_negative() && !value.value.is_zero());
    line.what.text = name("line_item", wrong);
    line.what.project = name("project_id", wrong);
    line.what.unit = name("quantity_unit", wrong);
    Some(line)
}

/// The number under a key, by its digits: a number of JSON, or text.
pub(super) fn amount_of(object: &Object, key: &str, wrong: &mut Vec<Wrong>) -> Option<Written> {
    let text = match object.get(key)? {
        Json::Whole(count) => count.to_string(),
        Json::OtherNumber(text) | Json::Text(text) => text.to_string(),
        other => {
            let what = format!("must be a number, and is {}", other.kind());
            wrong.push(object.wrong(key, What::Else(what.into())));
            return None;
        }
    };
    match number(&text) {
        Ok(written) => Some(written),
        Err(error) => {
            let (_, why, _) = said_of(error);
            wrong.push(object.wrong(key, What::Else(format!("`{text}` {why}").into())));
            None
        }
    }
}
