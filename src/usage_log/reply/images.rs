//! The images of a reply: how many were delivered, as what, and on which day.

use chrono::{DateTime, Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;

use super::DescribedImage;
use crate::json::{Json, Object, What, Wrong, exact};
use crate::note::Remark;

/// The last year that a time in seconds can mean; one in milliseconds lies far beyond it.
const LAST_YEAR: i32 = 9999;

/// The images of an Images API reply or its event; `None` if it lists none of them.
pub(super) fn listed(
    reply: &Object,
    remarks: &mut Vec<Remark>,
    wrong: &mut Vec<Wrong>,
) -> Option<Vec<DescribedImage>> {
    if reply.has("b64_json") {
        return Some(vec![one(reply, reply, remarks, wrong)]);
    }
    let items = reply.objects("data", wrong)?;
    // In a set of images one may have failed: its place has the error.
    let made = items.iter().filter(|item| item.get("error").is_none());
    Some(made.map(|item| one(item, reply, remarks, wrong)).collect())
}

fn one(
    item: &Object,
    reply: &Object,
    remarks: &mut Vec<Remark>,
    wrong: &mut Vec<Wrong>,
) -> DescribedImage {
    let kept = ["b64_json", "url"].map(|key| item.has_text(key, wrong));
    if !kept.contains(&true) {
        let path = if item.path().is_empty() { "b64_json" } else { item.path() };
        remarks.push(Remark::NoPicture { path: path.to_owned(), keys: "b64_json or url" });
    }
    let mut of = |key| item.text(key, wrong).or_else(|| reply.text(key, &mut Vec::new()));
    DescribedImage { size: of("size"), quality: of("quality") }
}

/// A call of the image tool in a Responses reply.
pub(super) struct Call {
    /// What it made, or was to make.
    pub made: DescribedImage,
    /// How it ended, if it did not end well, and whether it holds a picture all the same.
    pub not_delivered: Option<(String, bool)>,
    /// The format that it made.
    pub output_format: Option<String>,
}

/// An item of `output` that is an image call.
pub(super) fn call(item: &Object, remarks: &mut Vec<Remark>, wrong: &mut Vec<Wrong>) -> Call {
    let holds_picture = item.has_text("result", wrong);
    let status = item.text("status", wrong).filter(|status| status != "completed");
    if status.is_none() && !holds_picture {
        remarks.push(Remark::NoPicture { path: item.path().to_owned(), keys: "result" });
    }
    if let Some(status) = status.as_ref().filter(|_| holds_picture) {
        let (path, status) = (item.path().to_owned(), status.clone());
        remarks.push(Remark::PictureOfFailedCall { path, status });
    }
    Call {
        made: DescribedImage {
            size: item.text("size", wrong),
            quality: item.text("quality", wrong),
        },
        not_delivered: status.map(|status| (status, holds_picture)),
        output_format: item.text("output_format", wrong),
    }
}

/// The day of a reply, from its time in seconds.
pub(super) fn day(
    reply: &Object,
    remarks: &mut Vec<Remark>,
    wrong: &mut Vec<Wrong>,
) -> Option<NaiveDate> {
    let key = ["created", "created_at"].into_iter().find(|key| reply.get(key).is_some())?;
    let day = match reply.get(key)? {
        Json::Whole(0) => {
            remarks.push(Remark::NoDay(key));
            return None;
        }
        Json::Whole(seconds) => i64::try_from(*seconds).ok().and_then(day_of),
        // The types of the SDK read `created_at` as a number with a fraction, and write it so.
        Json::OtherNumber(text) => {
            let seconds = exact(text).filter(|seconds| !seconds.is_sign_negative());
            seconds.and_then(|seconds| day_of(seconds.trunc().to_i64()?))
        }
        _ => None,
    };
    if day.is_none() {
        wrong.push(reply.wrong(key, What::NotSeconds));
    }
    day
}

fn day_of(seconds: i64) -> Option<NaiveDate> {
    let day = DateTime::from_timestamp(seconds, 0)?.date_naive();
    (day.year() <= LAST_YEAR).then_some(day)
}

/// What all images have in common; `None` if they differ or do not say.
pub(super) fn common(
    made: &[DescribedImage],
    of: fn(&DescribedImage) -> &Option<String>,
) -> Option<String> {
    let first = of(made.first()?).clone();
    if made.iter().all(|image| *of(image) == first) { first } else { None }
}
