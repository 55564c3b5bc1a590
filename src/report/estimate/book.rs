//! Estimates as sheets that recalculate: the lines of each request, and what an accepted image follows from.
//!
//! ```text
//! Lines: quantity × rate ÷ per × unit = amount ─ sum ─► Accepted images: request ─► attempt ─► accepted image ─► volume
//! ```
//!
//! A figure is a formula where the factors in its row come to it; else it holds its value, and the reason stands beside.

use rust_decimal::Decimal;

use super::book_lines::{self, Lines};
use crate::budget::{Call, Case, Charged, NotAProduct, call_of};
use crate::catalog::route::Route;
use crate::estimate::Estimate;
use crate::figure::Figure;
use crate::fraction;
use crate::report::workbook::table::{FIRST, HEADER, above, ends, exact, held};
use crate::report::workbook::{BookCell, BookChart, BookSheet, Kind, Reckoned, Role, down, fixed};

/// An estimate on a route.
#[derive(Clone)]
pub(in crate::report) struct Priced<'a> {
    pub route: &'a Route,
    /// What is made, in words.
    pub work: String,
    pub estimate: &'a Estimate,
}

const SHEET: &str = "Accepted images";

/// The ends that a figure has a column for.
pub(super) const ENDS: [Case; 2] = [Case::Low, Case::High];

/// Columns from 0.
const REQUEST: u16 = 3;
const IMAGES: u16 = 5;
const FAILED: u16 = 6;
const DELIVERED: u16 = 9;
const ACCEPTANCE: u16 = 10;
const REVIEW: u16 = 11;
const ATTEMPT: u16 = 12;
const ATTEMPTS: u16 = 14;
const ACCEPTED: u16 = 15;
const WANTED: u16 = 17;

const HEADINGS: [&str; 23] = [
    "Price owner",
    "Route",
    "Work",
    "A request, low",
    "A request, high",
    "Images of it",
    "Failed",
    "Timed out",
    "Blocked",
    "Delivered",
    "Acceptance",
    "Review of a delivered image",
    "An attempt, low",
    "An attempt, high",
    "Attempts for an accepted image",
    "An accepted image, low",
    "An accepted image, high",
    "Accepted images",
    "All of them, low",
    "All of them, high",
    "Certainty",
    "Values, because",
    "An accepted image, exact",
];

const WIDTHS: [u16; 23] =
    [20, 38, 30, 12, 12, 9, 9, 9, 9, 10, 11, 11, 12, 12, 11, 13, 13, 11, 14, 14, 11, 50, 26];

/// The sheets of estimates.
pub(in crate::report) fn reckoned<'a>(all: &[Priced<'a>]) -> Reckoned<'a> {
    let text = "In US dollars before tax. A request is the sum of its lines. An attempt is one image asked for: those that \
                deliver nothing count with what is charged for them. Blue cells on yellow may be changed; grey ones in italics \
                are values, and the reason stands beside.";
    let mut rows = above(SHEET, text, HEADINGS);
    let lines = Lines::of(all);
    rows.extend(
        (FIRST..).zip(all).enumerate().map(|(at, (row, priced))| {
            Accepted { row, priced, lines: lines.of_estimate(at) }.cells()
        }),
    );
    let accepted = BookSheet::new(SHEET, &WIDTHS, rows).headed(HEADER, 2);
    let rows = [FIRST, FIRST + all.len().max(1) as u32 - 1];
    let place = |column| format!("'{SHEET}'!{}", down(column, rows));
    let of_column = |column| (format!("'{SHEET}'!{}", fixed(HEADER, column)), place(column));
    let chart = BookChart {
        title: "An accepted image, US dollars before tax",
        at: (0, 0),
        categories: place(1),
        columns: [ACCEPTED, ACCEPTED + 1].map(of_column).to_vec(),
        line: None,
    };
    Reckoned { sheets: vec![accepted, book_lines::sheet(all)], chart: Some(chart) }
}

/// A row in the making.
struct Accepted<'p, 'a> {
    /// Its place, from 0.
    row: u32,
    priced: &'p Priced<'a>,
    /// The first and the last of its lines; none where it has no line.
    lines: Option<[u32; 2]>,
}

impl Accepted<'_, '_> {
    fn cell(&self, column: u16) -> String {
        fixed(self.row, column)
    }

    fn cells(&self) -> Vec<BookCell> {
        let Priced { route, work, estimate } = self.priced;
        let attempts = &estimate.attempts;
        let call = call_of(estimate);
        let mut why: Vec<String> = Vec::new();
        let mut cells = vec![
            BookCell::text(route.owner_name.clone()),
            BookCell::text(route.id.to_string()),
            BookCell::text(work.clone()),
        ];
        cells.extend(self.request());
        cells.push(BookCell::number(estimate.request_cost.images.into(), Kind::Count));
        cells.extend(self.shares());
        cells.extend(self.attempt(&call).unwrap_or_else(|held_why| {
            why.push(format!("an attempt: {held_why}"));
            held(&attempts.per_attempt, Kind::SmallUsd)
        }));
        cells.push(self.attempts(&mut why));
        let each = attempts.attempts_per_accepted;
        let columns = [ATTEMPT, ATTEMPTS];
        cells.extend(self.product(
            (&attempts.per_attempt, each, &attempts.per_accepted_image),
            (columns, Kind::SmallUsd),
            &mut why,
        ));
        let volume = attempts.volume.as_ref();
        let wanted = volume.map(|it| Decimal::from(it.accepted_images));
        cells.push(BookCell::maybe(wanted, Kind::Count).with_role(Role::Input));
        match volume.zip(wanted) {
            Some((volume, wanted)) => cells.extend(self.product(
                (&attempts.per_accepted_image, wanted, &volume.total),
                ([ACCEPTED, WANTED], Kind::Usd),
                &mut why,
            )),
            None => cells.extend([BookCell::EMPTY, BookCell::EMPTY]),
        }
        let certainty = attempts.per_accepted_image.certainty().as_str();
        cells.push(BookCell::fixed(certainty));
        cells.push(BookCell::wrapped(why.join("; ")));
        cells.push(exact(&attempts.per_accepted_image));
        cells
    }

    /// What a request costs: the sum of its lines, blank where one of them is not known.
    fn request(&self) -> [BookCell; 2] {
        let estimate = self.priced.estimate;
        let total = ends(&estimate.total);
        let of_lines = estimate.charges.iter().map(|charge| ends(&charge.amount));
        let of_lines: Vec<_> = of_lines.collect();
        let low = of_lines.iter().filter_map(|[low, _]| *low).reduce(|a, b| a + b);
        let high = of_lines.iter().map(|[_, high]| *high).sum::<Option<Decimal>>();
        let Some(lines) = self.lines.filter(|_| [low, high] == total) else {
            return held(&estimate.total, Kind::SmallUsd);
        };
        let [low, high] = ENDS.map(|end| book_lines::amounts(end, lines));
        let formulas = [
            format!("IF(COUNT({low})=0,\"\",SUM({low}))"),
            format!("IF(COUNT({high})<ROWS({high}),\"\",SUM({high}))"),
        ];
        let [first, second] = formulas;
        let [least, most] = total;
        [
            BookCell::formula(first, least, Kind::SmallUsd),
            BookCell::formula(second, most, Kind::SmallUsd),
        ]
    }

    /// How attempts turn out.
    fn shares(&self) -> Vec<BookCell> {
        let attempts = &self.priced.estimate.attempts;
        let failures = attempts.rates.failures();
        let shares = [failures.failure_rate, failures.timeout_rate, failures.block_rate];
        let mut cells: Vec<BookCell> = shares
            .map(|share| BookCell::number(share, Kind::Share).with_role(Role::Input))
            .to_vec();
        let [failed, timed_out, blocked] = [0, 1, 2].map(|at| self.cell(FAILED + at));
        let delivered = format!("1-{failed}-{timed_out}-{blocked}");
        cells.push(BookCell::formula(delivered, Some(attempts.rates.delivered()), Kind::Share));
        let acceptance = BookCell::maybe(attempts.rates.acceptance(), Kind::Share);
        cells.push(acceptance.with_role(Role::Input));
        let review = BookCell::maybe(attempts.review.map(|it| it.each), Kind::SmallUsd);
        cells.push(review.with_role(Role::Input));
        cells
    }

    /// What an average attempt costs: the request for each image of it, by how calls turn out and what is charged for each.
    fn attempt(&self, call: &Result<Call, NotAProduct>) -> Result<[BookCell; 2], NotAProduct> {
        let call = call.as_ref().map_err(|why| *why)?;
        let attempts = &self.priced.estimate.attempts;
        let figures = ends(&attempts.per_attempt);
        let cell = |(end, figure): (Case, Option<Decimal>)| {
            let average = call.average(&attempts.rates, end).ok_or(NotAProduct::Unknown)?;
            let per_image = fraction::of_counts(1, call.images.into());
            let review =
                attempts.review.map_or(Decimal::ZERO, |it| it.each * attempts.rates.delivered());
            let comes_to = fraction::to_decimal(&(average * per_image)).ok().map(|it| it + review);
            match comes_to.zip(figure) {
                Some((sum, figure)) if is_near(sum, figure) => {}
                _ => return Err(NotAProduct::Differs),
            }
            let formula = self.attempt_formula(call, end).ok_or(NotAProduct::Unknown)?;
            Ok(BookCell::formula(formula, figure, Kind::SmallUsd))
        };
        let [low, high] = ENDS;
        Ok([cell((low, figures[0]))?, cell((high, figures[1]))?])
    }

    fn attempt_formula(&self, call: &Call, end: Case) -> Option<String> {
        let all = self.cell(REQUEST + u16::from(end == Case::High));
        let mut average = format!("{all}*{}", self.cell(DELIVERED));
        for (at, undelivered) in (0..).zip(call.undelivered) {
            let share = self.cell(FAILED + at);
            match undelivered.at(end)? {
                Charged::Nothing => {}
                Charged::Input => average += &format!("+{}*{share}", self.sent(end)?),
                Charged::All => average += &format!("+{all}*{share}"),
            }
        }
        let review = self.priced.estimate.attempts.review;
        let review = review.map_or_else(String::new, |_| {
            format!("+{}*{}", self.cell(REVIEW), self.cell(DELIVERED))
        });
        Some(format!("({average})/{}{review}", self.cell(IMAGES)))
    }

    /// What is sent of a request: the sum of the lines for it.
    fn sent(&self, end: Case) -> Option<String> {
        let [first, _] = self.lines?;
        let charges = self.priced.estimate.charges.iter().enumerate();
        let sent = charges.filter(|(_, charge)| charge.meter.is_input());
        let sent: Vec<String> =
            sent.map(|(at, _)| book_lines::amount(end, first + at as u32)).collect();
        Some(if sent.is_empty() { "0".to_owned() } else { format!("SUM({})", sent.join(",")) })
    }

    /// One over the share of attempts that end in an accepted image; a value where it is given as it is.
    fn attempts(&self, why: &mut Vec<String>) -> BookCell {
        let attempts = &self.priced.estimate.attempts;
        let each = attempts.attempts_per_accepted;
        let rates = &attempts.rates;
        let accepted = rates.acceptance().and_then(|it| it.checked_mul(rates.delivered()));
        let comes_to = accepted.and_then(|it| Decimal::ONE.checked_div(it));
        match comes_to {
            Some(sum) if is_near(sum, each) => {
                let formula = format!("1/({}*{})", self.cell(DELIVERED), self.cell(ACCEPTANCE));
                BookCell::formula(formula, Some(each), Kind::Quantity)
            }
            _ if rates.attempts() == Some(each) => {
                BookCell::number(each, Kind::Quantity).with_role(Role::Input)
            }
            _ => {
                why.push("attempts: images are given up after a maximum of them".to_owned());
                BookCell::number(each, Kind::Quantity).with_role(Role::Held)
            }
        }
    }

    /// A cost times a number: formulas where that is the figure at both ends.
    fn product(
        &self,
        (cost, times, figure): (&Figure<Decimal>, Decimal, &Figure<Decimal>),
        ([costs, number], kind): ([u16; 2], Kind),
        why: &mut Vec<String>,
    ) -> [BookCell; 2] {
        let (costs_of, figures) = (ends(cost), ends(figure));
        let is_it = costs_of.iter().zip(figures).all(|(cost, figure)| match (cost, figure) {
            (Some(cost), Some(figure)) => {
                cost.checked_mul(times).is_some_and(|sum| is_near(sum, figure))
            }
            (None, None) => true,
            _ => false,
        });
        if !is_it {
            let [cost, number] = [costs, number].map(|column| HEADINGS[usize::from(column)]);
            let cost = cost.trim_end_matches(", low");
            why.push(format!("{cost} × {number}: {}", NotAProduct::Differs));
            return held(figure, kind);
        }
        let cell = |at: u16| {
            let cost = self.cell(costs + at);
            let formula = format!("IF({cost}=\"\",\"\",{cost}*{})", self.cell(number));
            BookCell::formula(formula, figures[usize::from(at)], kind)
        };
        [cell(0), cell(1)]
    }
}

/// Whether two amounts are the same but for the last digits of a division.
fn is_near(a: Decimal, b: Decimal) -> bool {
    const NEAR: Decimal = Decimal::from_parts(1, 0, 0, false, 7);
    (a - b).abs() <= NEAR
}
