//! Helpers that the test files share: explicit days, exact decimals, requests and their prices.

#![allow(dead_code, reason = "each test file is a program of its own and uses a part")]

pub mod cli;
pub mod keys;
pub mod libreoffice;
pub mod outputs;

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use imgcost::catalog::Catalog;
use imgcost::catalog::dated::in_force;
use imgcost::catalog::files::{Origin, TableFile};
use imgcost::catalog::model_rules::ModelRules;
use imgcost::estimate::{
    Estimate, EstimateError, ReplyContext, Terms, estimate_reply, estimate_request,
};
use imgcost::figure::Figure;
use imgcost::metering::{Metered, meter};
use imgcost::rating::Charge;
use imgcost::request::{Draft, InputImage, Prompt, RequestError, settle};
use imgcost::size::Size;
use imgcost::unit::Meter;
use imgcost::usage_log::reply;
use rust_decimal::Decimal;

/// Puts a copy of the shipped tables into a folder.
pub fn copy_tables(to: &Path) {
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("pricing"), to);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &to),
            false => drop(fs::copy(&path, to).expect("a file")),
        }
    }
}

/// The day of every test that does not name another.
pub const TODAY: &str = "2026-11-21";

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal")
}

pub fn size(text: &str) -> Size {
    text.parse().expect("a size")
}

/// Tokens × dollars per million tokens.
pub fn per_million(tokens: u64, dollars: &str) -> Decimal {
    Decimal::from(tokens) * dec(dollars) / Decimal::from(1_000_000)
}

/// Terms of a day, with [`TODAY`] as today and one attempt for each image.
pub fn terms(as_of: &str) -> Terms<'static> {
    Terms { today: day(TODAY), ..Terms::on(day(as_of)) }
}

/// A generation, without a prompt.
pub fn generation(model: &str, size: &str, quality: &str) -> Draft {
    Draft {
        model: Some(model.into()),
        size: Some(size.into()),
        quality: Some(quality.into()),
        ..Draft::default()
    }
}

/// A medium generation of 1024x1024 with a prompt of so many tokens.
pub fn prompted(model: &str, tokens: u64) -> Draft {
    Draft { prompt: Some(Prompt::Tokens(tokens)), ..generation(model, "1024x1024", "medium") }
}

/// [`prompted`] with reference images of these sizes.
pub fn edit(model: &str, prompt_tokens: u64, images: &[&str]) -> Draft {
    let image = |text: &&str| InputImage::new(*text, Ok(size(text)));
    Draft { input_images: images.iter().map(image).collect(), ..prompted(model, prompt_tokens) }
}

pub fn try_price_on(draft: &Draft, as_of: &str) -> Result<Estimate, EstimateError> {
    estimate_request(&Catalog::shipped(), draft, &terms(as_of))
}

pub fn price_on(draft: &Draft, as_of: &str) -> Estimate {
    try_price_on(draft, as_of).expect("a request that can be priced")
}

pub fn price(draft: &Draft) -> Estimate {
    price_on(draft, TODAY)
}

/// The one reason for which a request is refused.
pub fn refusal_on(draft: &Draft, as_of: &str) -> RequestError {
    match try_price_on(draft, as_of) {
        Err(EstimateError::Request(mut errors)) if errors.len() == 1 => errors.0.remove(0),
        other => panic!("not one refusal: {other:?}"),
    }
}

/// The rules of a shipped model on a day.
pub fn rules_on(model: &str, as_of: &str) -> ModelRules {
    let model = Catalog::shipped().model(model).expect("a shipped model");
    in_force(&model.rules, day(as_of)).expect("rules of that day").clone()
}

/// What a request is counted as by the rules of [`TODAY`], without any price.
pub fn metered(draft: &Draft) -> Metered {
    let id = draft.model.as_deref().expect("a model");
    let model = Catalog::shipped().model(id).expect("a shipped model");
    let rules = rules_on(id, TODAY);
    let (request, _) = settle(draft, &model, &rules, None, day(TODAY)).expect("a legal request");
    meter(&request, &rules).expect("counts")
}

/// What is counted of one meter, without any price.
pub fn counted(draft: &Draft, meter: Meter) -> Figure<u64> {
    metered(draft).usage.count(meter)
}

/// Low, expected and high of a figure.
pub fn bounds<T: Copy + PartialEq>(figure: &Figure<T>) -> (T, Option<T>, Option<T>) {
    (figure.low(), figure.expected(), figure.high())
}

pub fn line(estimate: &Estimate, meter: Meter) -> &Charge {
    let found = estimate.charges.iter().find(|charge| charge.meter == meter);
    found.unwrap_or_else(|| panic!("no line for {meter}"))
}

/// The exact amount of one line.
pub fn amount(estimate: &Estimate, meter: Meter) -> Decimal {
    line(estimate, meter).amount.exact().expect("an exact amount")
}

/// The exact total.
pub fn total(estimate: &Estimate) -> Decimal {
    estimate.total.exact().expect("an exact total")
}

pub fn has_note(estimate: &Estimate, code: &str) -> bool {
    estimate.notes.iter().any(|note| note.code() == code)
}

/// Rates a reply of a model at the prices of a day.
pub fn rate_reply(json: &str, context: &ReplyContext, as_of: &str) -> Estimate {
    let reply =
        reply::read("reply.json", json, &context.ignored_keys).expect("a reply that can be read");
    estimate_reply(&Catalog::shipped(), reply, context, &terms(as_of)).expect("a rated reply")
}

/// A table file that exists only in a test.
pub fn table_file(path: &str, text: impl AsRef<str>) -> TableFile {
    TableFile {
        path: path.into(),
        shown: path.into(),
        text: text.as_ref().into(),
        origin: Origin::Own,
    }
}

/// Copies a folder of tables.
pub fn copied(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copied(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}
