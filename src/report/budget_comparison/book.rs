//! A comparison of budgets as sheets that recalculate: the change of each from the budget as it is, and how limits stand.
//! Costs are values of forecasts, whose own workbooks recalculate them.

use rust_decimal::Decimal;

use crate::budget::{Budget, Comparison, LimitStatus, Variant, VariantCost};
use crate::figure::Figure;
use crate::report::workbook::table::{FIRST, HEADER, above, exact};
use crate::report::workbook::{
    BookCell, BookChart, BookSheet, Kind, Reckoned, Role, down, fixed, limits,
};

const SHEET: &str = "Compared";

/// Columns from 0: the cost and the change at the low, the expected and the high case, and the share of the change.
const COST: u16 = 2;
const CHANGE: u16 = 5;

const HEADINGS: [&str; 18] = [
    "Budget",
    "Price owner",
    "Cost, low",
    "Cost, expected",
    "Cost, high",
    "Change, low",
    "Change, expected",
    "Change, high",
    "Share of the cost as it is",
    "By volume, high",
    "By attempts, high",
    "By tokens, high",
    "By price, high",
    "The four together",
    "Certainty",
    "Values, because",
    "Not exact, because",
    "Cost, exact",
];

const WIDTHS: [u16; 18] = [34, 20, 14, 14, 14, 14, 14, 14, 12, 13, 13, 13, 13, 13, 11, 40, 50, 30];

pub(super) fn reckoned<'a>(comparison: &Comparison, budget: &Budget) -> Reckoned<'a> {
    let text = "In US dollars before tax. A change is a cost less that of the budget as it is, in the row below the headings; each \
                case is held against the same case. Costs and causes are values of forecasts, whose own workbooks recalculate them.";
    let mut rows = above(SHEET, text, HEADINGS);
    let all = || std::iter::once(&comparison.base).chain(&comparison.variants);
    let base = comparison.base.cost.as_ref().ok().map(|it| &it.total);
    rows.extend((FIRST..).zip(all()).map(|(row, variant)| cells(row, variant, base)));
    let last = rows.len() as u32 - 1;
    let limits: Vec<(&str, &LimitStatus)> = all()
        .filter_map(|variant| Some((name(variant), variant.cost.as_ref().ok()?)))
        .flat_map(|(name, cost)| cost.limits.iter().map(move |limit| (name, limit)))
        .collect();
    let sheets = [
        Some(BookSheet::new(SHEET, &WIDTHS, rows).headed(HEADER, 1)),
        limits::sheet(&limits, budget.margin),
    ];
    Reckoned { sheets: sheets.into_iter().flatten().collect(), chart: Some(chart(last)) }
}

fn chart(last: u32) -> BookChart {
    let of_column = |column: u16| {
        let cells = down(column, [FIRST, last]);
        (format!("{SHEET}!{}", fixed(HEADER, column)), format!("{SHEET}!{cells}"))
    };
    BookChart {
        title: "Cost beside each other, US dollars before tax",
        at: (0, 0),
        categories: of_column(0).1,
        columns: [COST, COST + 2].map(of_column).to_vec(),
        line: None,
    }
}

fn name(variant: &Variant) -> &str {
    match &variant.at_owner {
        _ if variant.is_base => "as it is",
        Some(at) => &at.owner_name,
        None => &variant.name,
    }
}

/// The low, the expected and the high case; nothing of a low one where nothing is known.
fn cases(figure: &Figure<Decimal>) -> [Option<Decimal>; 3] {
    let is_nothing_known = figure.high().is_none() && figure.low().is_zero();
    [Some(figure.low()).filter(|_| !is_nothing_known), figure.expected(), figure.high()]
}

fn cells(row: u32, variant: &Variant, base: Option<&Figure<Decimal>>) -> Vec<BookCell> {
    let owner = variant.route.as_ref().map(|route| route.owner_name.clone());
    let owner = owner.or_else(|| variant.at_owner.as_ref().map(|at| at.owner_name.clone()));
    let mut cells = vec![BookCell::text(name(variant)), BookCell::text(owner.unwrap_or_default())];
    let found = match &variant.cost {
        Ok(found) => found,
        Err(why) => {
            cells.resize(HEADINGS.len() - 4, BookCell::EMPTY);
            cells.extend([
                BookCell::fixed("unknown"),
                BookCell::EMPTY,
                BookCell::wrapped(why.in_words()),
            ]);
            return cells;
        }
    };
    let costs = cases(&found.total);
    cells.extend(costs.map(|cost| BookCell::maybe(cost, Kind::Usd).with_role(Role::Held)));
    let mut why = String::new();
    cells.extend(change(row, (found, costs), base, &mut why));
    cells.push(share(row, found, base));
    cells.extend(causes(row, found));
    cells.push(BookCell::fixed(found.total.certainty().as_str()));
    cells.push(BookCell::wrapped(why));
    cells.push(BookCell::wrapped(found.total.reasons().in_words()));
    cells.push(exact(&found.total));
    cells
}

/// The cost less that of the budget as it is, case by case.
fn change(
    row: u32,
    (found, costs): (&VariantCost, [Option<Decimal>; 3]),
    base: Option<&Figure<Decimal>>,
    why: &mut String,
) -> Vec<BookCell> {
    let base = base.map_or([None; 3], cases);
    let changes = found.causes.difference.cases();
    let mut cells = Vec::new();
    for (at, comes_to) in (0..).zip(changes) {
        let place = usize::from(at);
        let difference = costs[place].zip(base[place]).map(|(cost, base)| cost - base);
        cells.push(if difference == comes_to {
            let [cost, base] = [row, FIRST].map(|row| fixed(row, COST + at));
            let formula = format!("IF(OR({cost}=\"\",{base}=\"\"),\"\",{cost}-{base})");
            BookCell::formula(formula, comes_to, Kind::Usd)
        } else {
            "a difference is not told where a cost is not known in full".clone_into(why);
            BookCell::maybe(comes_to, Kind::Usd).with_role(Role::Held)
        });
    }
    cells
}

/// The change as a share of the budget as it is: of what is expected, else of the most.
fn share(row: u32, found: &VariantCost, base: Option<&Figure<Decimal>>) -> BookCell {
    let place = if base.is_some_and(|base| base.expected().is_some()) { 1 } else { 2 };
    let base = base.and_then(|base| cases(base)[usize::from(place)]);
    let change = found.causes.difference.cases()[usize::from(place)];
    let comes_to = change.zip(base).and_then(|(change, base)| change.checked_div(base));
    let is_it = comes_to.zip(found.share).is_some_and(|(sum, share)| {
        const NEAR: Decimal = Decimal::from_parts(1, 0, 0, false, 9);
        (sum - share).abs() <= NEAR
    });
    match is_it {
        true => {
            let [change, base] = [fixed(row, CHANGE + place), fixed(FIRST, COST + place)];
            BookCell::formula(format!("{change}/{base}"), found.share, Kind::Share)
        }
        false => BookCell::maybe(found.share, Kind::Share).with_role(Role::Held),
    }
}

/// What the high case changes by each cause, and the sum of them.
fn causes(row: u32, found: &VariantCost) -> Vec<BookCell> {
    let causes = &found.causes;
    let parts = [&causes.volume, &causes.attempts, &causes.tokens, &causes.price];
    let parts = parts.map(|change| change.cases()[2]);
    let mut cells: Vec<BookCell> =
        parts.map(|part| BookCell::maybe(part, Kind::Usd).with_role(Role::Held)).to_vec();
    let columns = [CHANGE + 4, CHANGE + 7].map(|column| fixed(row, column));
    let all = columns.join(":");
    let formula = format!("IF(COUNT({all})<COLUMNS({all}),\"\",SUM({all}))");
    let sum = parts.into_iter().sum::<Option<Decimal>>();
    cells.push(BookCell::formula(formula, sum, Kind::Usd));
    cells
}
