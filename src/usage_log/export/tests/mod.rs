//! What the exports of the fixtures mean, with the arithmetic by hand.

mod azure;
mod fal;
mod open;
mod openai_completions;
mod openai_images;
mod openrouter;

use rust_decimal::Decimal;

use super::{Ended, Export, Source, read};
use crate::catalog::conditions::Processing;
use crate::usage_log::row::{COUNTED, Found, Measured, Numbered, UsageRow};

const PAGES: &str = include_str!("../../../../fixtures/usage/openai-completions.json");
const DASHBOARD: &str = include_str!("../../../../fixtures/usage/openai-dashboard.csv");

/// All that is found in a text.
fn found(text: &str) -> Vec<Numbered> {
    let export = Export::of_text(text).expect("an export");
    let mut all = Vec::new();
    read(export, &Source::utc("f", text), &mut |numbered| all.push(numbered)).expect("read");
    all
}

/// The rows of a text; nothing else may be wrong in it.
fn rows(text: &str) -> Vec<UsageRow> {
    let row = |numbered: Numbered| match numbered.found {
        Ok(Found::Row(row)) => Some(*row),
        Ok(Found::NoUsage) => None,
        Err(problems) => panic!("line {}: {problems}", numbered.line),
    };
    found(text).into_iter().filter_map(row).collect()
}

/// What is wrong in a text, line by line.
fn problems(text: &str) -> Vec<String> {
    let wrong = found(text).into_iter().filter_map(|numbered| numbered.found.err());
    wrong.flat_map(|problems| problems.0).map(|problem| problem.one_line()).collect()
}

/// What all rows have together.
fn total(rows: &[UsageRow], of: impl Fn(&UsageRow) -> Decimal) -> String {
    rows.iter().map(of).sum::<Decimal>().normalize().to_string()
}
