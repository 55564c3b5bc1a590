//! Tables of the made-up owner `acme` beside the shipped catalogue.

#![allow(dead_code, reason = "each test file is a program of its own and uses a part")]

use chrono::NaiveDate;
use imgcost::catalog::Catalog;
use imgcost::catalog::files::{Origin, TableFile};
use imgcost::estimate::{Estimate, EstimateError, Terms, estimate_request};
use imgcost::request::{Draft, InputImage, Prompt};
use rust_decimal::Decimal;

pub fn dec(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A generation with gpt-image-2 and a prompt of 10 tokens (16 billed).
pub fn request(quality: &str, size: &str) -> Draft {
    Draft {
        model: Some("gpt-image-2".into()),
        quality: Some(quality.into()),
        size: Some(size.into()),
        prompt: Some(Prompt::Tokens(10)),
        ..Draft::default()
    }
}

pub fn images(count: usize) -> Vec<InputImage> {
    let size = "1024x1024".parse().expect("a size");
    vec![InputImage::new("1024x1024", Ok(size)); count]
}

/// The files of acme with one price version, whose body is given from its second line on, and keys
/// of the route itself.
pub fn files(version: &str, route_keys: &str) -> Vec<TableFile> {
    let evidence = "evidence: {source: \"made up\", seen: 2026-01-01, confidence: high}";
    let versions = if version.is_empty() {
        String::new()
    } else {
        format!("versions:\n  - {evidence}{version}\n")
    };
    let route = format!(
        "model: gpt-image-2\nalias: gpt-image-2\nendpoint: not_stated\nbilling_unit: not_stated\n{route_keys}{versions}"
    );
    let file = |name: &str, text: String| TableFile {
        path: format!("provider/acme/{name}.yaml"),
        shown: format!("{name}.yaml"),
        text: text.into(),
        origin: Origin::Own,
    };
    vec![file("owner", "name: Acme\n".into()), file("route", route)]
}

pub fn terms() -> Terms<'static> {
    Terms { route: Some("provider/acme/route"), ..Terms::on(day("2026-11-21")) }
}

pub fn try_price_files(files: Vec<TableFile>, draft: &Draft) -> Result<Estimate, EstimateError> {
    let catalog = Catalog::shipped().with_files(files).unwrap_or_else(|problems| {
        panic!("{:#?}", problems.iter().map(|problem| problem.one_line()).collect::<Vec<_>>())
    });
    estimate_request(&catalog, draft, &terms())
}

pub fn try_price_with(
    version: &str,
    draft: &Draft,
    change: impl FnOnce(&mut Terms<'static>),
) -> Result<Estimate, EstimateError> {
    let catalog = Catalog::shipped().with_files(files(version, "")).unwrap_or_else(|problems| {
        panic!("{:#?}", problems.iter().map(|problem| problem.one_line()).collect::<Vec<_>>())
    });
    let mut terms = terms();
    change(&mut terms);
    estimate_request(&catalog, draft, &terms)
}

pub fn price_with(
    version: &str,
    draft: &Draft,
    change: impl FnOnce(&mut Terms<'static>),
) -> Estimate {
    try_price_with(version, draft, change).expect("an estimate")
}

pub fn price(version: &str, draft: &Draft) -> Estimate {
    price_with(version, draft, |_| {})
}
