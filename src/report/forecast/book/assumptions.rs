//! What a person would change: the volume, its growth and season, and how attempts turn out; a row for each step.

use std::rc::Rc;

use chrono::Month as OfYear;
use rust_decimal::Decimal;

use super::plan::Plan;
use super::{HEADER, above};
use crate::budget::{Images, Month, StepFactors, Volume, Workload};
use crate::fraction;
use crate::report::workbook::{BookCell, BookSheet, Kind, Role, fixed};

pub(super) const SHEET: &str = "Assumptions";

/// The columns, from 0: images of the first month from the least to the most, their growth, and rates of attempts.
const FIRST_MONTH: u16 = 2;
pub(super) const IMAGES: [u16; 3] = [3, 4, 5];
pub(super) const GROWTH: u16 = 6;
const ACCEPTANCE: u16 = 7;
const ATTEMPTS: u16 = 8;
pub(super) const FAILED: u16 = 9;
pub(super) const TIMED_OUT: u16 = 10;
pub(super) const BLOCKED: u16 = 11;
pub(super) const PER_WANTED: u16 = 12;
pub(super) const DELIVERED: u16 = 13;
pub(super) const ATTEMPTS_PER_IMAGE: u16 = 14;
const SEASON: u16 = 16;

/// The workloads whose cells get names; those of more are found by their rows.
const MOST_NAMED: usize = 200;

/// A cell of a step.
pub(super) fn cell(row: u32, column: u16) -> String {
    format!("{SHEET}!{}", fixed(row, column))
}

/// The cell of the factor of the calendar month of a month, in the season of a workload.
pub(super) fn season_cell(row: u32, month: Month) -> String {
    cell(row, SEASON + month.of_year() as u16 - 1)
}

/// Names of what may be changed: `images_1_posters`.
pub(super) fn names(plan: &Plan) -> Vec<(String, String)> {
    let workloads = plan.found.budget.workloads.iter().enumerate().take(MOST_NAMED);
    let of = |(at, workload): (usize, &Workload)| {
        let row = plan.step_row(at, 0);
        let last = plan.step_row(at, workload.steps.len().saturating_sub(1));
        let whose = format!("{}_{}", at + 1, plain_name(&workload.name));
        let mut names = vec![(format!("failure_rate_{whose}"), cell(last, FAILED))];
        if matches!(workload.volume, Volume::Growing { .. }) {
            names.push((format!("images_{whose}"), cell(row, IMAGES[0])));
            names.push((format!("growth_{whose}"), cell(row, GROWTH)));
        }
        let is_rate = workload.steps.last().is_some_and(|it| it.rates.acceptance().is_some());
        let (what, column) =
            if is_rate { ("acceptance", ACCEPTANCE) } else { ("attempts", ATTEMPTS) };
        names.push((format!("{what}_{whose}"), cell(last, column)));
        names
    };
    workloads.flat_map(of).collect()
}

/// A name of letters and digits alone, which is what the name of a cell may have.
fn plain_name(name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    plain.take(40).collect()
}

pub(super) fn sheet<'a>(plan: &Rc<Plan<'a>>) -> BookSheet<'a> {
    let headings = [
        "Workload",
        "Step",
        "First month",
        "Images in it, low",
        "Images in it, expected",
        "Images in it, high",
        "Growth a month",
        "Acceptance",
        "Attempts for an accepted image, as given",
        "Failed",
        "Timed out",
        "Blocked",
        "Images for a wanted image",
        "Delivered",
        "Attempts for an image",
        "Note",
    ];
    let mut headings = headings.map(str::to_owned).to_vec();
    let has_season = plan.found.budget.workloads.iter().any(|it| it.volume.season().is_some());
    let months = 1..=if has_season { 12 } else { 0 };
    headings.extend(
        months.filter_map(|it| OfYear::try_from(it).ok()).map(|it| format!("× in {}", it.name())),
    );
    let text = "Blue cells on yellow may be changed, and the plan follows. Grey ones in italics may not: their rows hold \
                values, and the note says why.";
    let above = above(SHEET, text, headings);
    let count = plan.behind.factors.iter().map(|it| it.steps.len()).sum();
    let plan = Rc::clone(plan);
    let (workloads, behind) = (&plan.found.budget.workloads, plan.behind);
    let rows = workloads.iter().enumerate().flat_map(move |(at, workload)| {
        let plan = Rc::clone(&plan);
        let steps = behind.factors[at].steps.iter().enumerate();
        steps.map(move |step| row(&plan, (at, workload), step))
    });
    let widths = [
        24, 6, 12, 11, 11, 11, 10, 11, 12, 9, 9, 9, 11, 10, 11, 46, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
        9, 9,
    ];
    BookSheet::made((SHEET, &widths), above, (count, rows)).headed(HEADER, 2)
}

fn row(
    plan: &Plan,
    (at, workload): (usize, &Workload),
    (step, factors): (usize, &StepFactors),
) -> Vec<BookCell> {
    let held = plan.behind.factors[at].held;
    let role = if held.is_some() { Role::Held } else { Role::Input };
    let row = plan.step_row(at, step);
    let mut cells = vec![
        BookCell::text(workload.name.clone()),
        BookCell::number(Decimal::from(step as u64 + 1), Kind::Count),
        BookCell::day(workload.first_month(plan.found.budget.start).first_day(), Kind::Month),
    ];
    debug_assert_eq!(cells.len(), usize::from(FIRST_MONTH) + 1);
    cells.extend(volume(workload, step, row, role));
    let rates = factors.rates;
    let failures = rates.failures();
    cells.push(BookCell::maybe(rates.acceptance(), Kind::Share).with_role(role));
    cells.push(BookCell::maybe(rates.attempts(), Kind::Quantity).with_role(role));
    let shares = [failures.failure_rate, failures.timeout_rate, failures.block_rate];
    cells.extend(shares.map(|share| BookCell::number(share, Kind::Share).with_role(role)));
    cells.push(BookCell::number(factors.per_accepted.into(), Kind::Count));
    let [failed, timed_out, blocked] =
        [FAILED, TIMED_OUT, BLOCKED].map(|column| fixed(row, column));
    let delivered = format!("1-{failed}-{timed_out}-{blocked}");
    cells.push(BookCell::formula(delivered, Some(rates.delivered()), Kind::Share));
    cells.push(attempts(row, factors, held.is_some()));
    cells.push(BookCell::wrapped(note(workload, step, held.map(|it| it.to_string()))));
    cells.extend(season(workload, step, role));
    cells
}

fn attempts(row: u32, factors: &StepFactors, is_held: bool) -> BookCell {
    let rates = factors.rates;
    let attempts = fraction::to_decimal(&rates.attempts_per_wanted()).ok();
    let formula = match rates.attempts() {
        Some(_) => fixed(row, ATTEMPTS),
        None => format!("1/({}*{})", fixed(row, DELIVERED), fixed(row, ACCEPTANCE)),
    };
    match is_held {
        true => BookCell::maybe(attempts, Kind::Quantity).with_role(Role::Held),
        false => BookCell::formula(formula, attempts, Kind::Quantity),
    }
}

/// The images of the first month and their growth, on the first step.
fn volume(workload: &Workload, step: usize, row: u32, role: Role) -> Vec<BookCell> {
    let Volume::Growing { first, growth, .. } = &workload.volume else {
        return vec![BookCell::EMPTY; 4];
    };
    if step > 0 {
        return vec![BookCell::EMPTY; 4];
    }
    let Images { low, expected, high } = *first;
    let number = |images: Option<u64>| {
        BookCell::maybe(images.map(Decimal::from), Kind::Count).with_role(role)
    };
    let as_low = || BookCell::formula(fixed(row, IMAGES[0]), Some(low.into()), Kind::Count);
    let mut cells = match first.is_exact() {
        true => vec![number(Some(low)), as_low(), as_low()],
        false => vec![number(Some(low)), number(expected), number(Some(high))],
    };
    cells.push(BookCell::number(*growth, Kind::Share).with_role(role));
    cells
}

/// A factor for each month of the year, where the volume has a season.
fn season(workload: &Workload, step: usize, role: Role) -> Vec<BookCell> {
    let Some(season) = workload.volume.season().filter(|_| step == 0) else { return Vec::new() };
    let factors: std::collections::BTreeMap<u32, Decimal> = season.iter().collect();
    let of = |month| factors.get(&month).copied().unwrap_or(Decimal::ONE);
    (1..=12).map(|month| BookCell::number(of(month), Kind::Quantity).with_role(role)).collect()
}

fn note(workload: &Workload, step: usize, held: Option<String>) -> String {
    let by_month = matches!(workload.volume, Volume::ByMonth(_)) && step == 0;
    let by_month =
        by_month.then(|| "stated month by month: see the images wanted in Workloads".to_owned());
    let held = held.map(|why| format!("its rows hold values: {why}"));
    [by_month, held].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
