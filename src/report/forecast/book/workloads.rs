//! A row for each month, workload and route, and for each other cost: formulas where it is a product, else its values.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::columns::{Columns, Figures, WORKLOADS, end_word};
use super::ends::{count, exact, if_there, of};
use super::plan::{Follows, Plan, Product};
use super::{FIRST, HEADER, above, assumptions, calls};
use crate::budget::{
    Case, CostKind, CostPer, ForecastLine, Month, NotAProduct, Unit, Volume, price_factor,
};
use crate::catalog::route::{Route, RouteId};
use crate::report::workbook::{BookCell, BookSheet, Kind, Role, Style, down, fixed};

/// The word where a workload has no such tag, or a cost no owner.
pub(super) const NONE: &str = "(none)";

pub(super) fn sheet<'a>(plan: &Rc<Plan<'a>>) -> BookSheet<'a> {
    let title = "Workloads by month";
    let text = "Black figures are formulas of Assumptions and Calls; blue ones on yellow may be changed; grey ones in \
                italics are values, and the reason stands beside.";
    let headings = headings(plan);
    let mut widths = vec![11, 11, 24, 24, 16, 38];
    widths.resize(headings.len(), 13);
    let certainty = usize::from(plan.columns.certainty());
    widths[certainty + 2] = 50;
    widths[certainty + 3] = 26;
    let above = above(title, text, headings);
    let plan = Rc::clone(plan);
    let (mut done, count) = (0, plan.products.len());
    let mut names = Names::default();
    let months = plan.found.budget.months();
    let rows = months.flat_map(move |month| {
        let lines = plan.found.forecast.rows_of(month);
        let first = FIRST + done as u32;
        let products = &plan.products[done..done + lines.len()];
        done += lines.len();
        of_month(&plan, (month, first), &lines, products, &mut names)
    });
    BookSheet::made((WORKLOADS, &widths), above, (count, rows)).headed(HEADER, 3)
}

fn headings(plan: &Plan) -> Vec<String> {
    let tags = plan.behind.by_tag.iter().map(|(name, _)| name.clone());
    let ends = &plan.columns.ends;
    let mut all = ["Month", "Quarter", "Workload", "Cost", "Price owner", "Route"]
        .map(str::to_owned)
        .to_vec();
    all.extend(tags.clone());
    let by_end = |what: &str| {
        ends.iter().map(|end| format!("{what}, {}", end_word(*end))).collect::<Vec<_>>()
    };
    for what in ["Wanted", "Accepted", "Attempts", "US dollars each"] {
        all.extend(by_end(what));
    }
    all.push("× price change".to_owned());
    all.extend(by_end("Cost"));
    all.extend(
        [
            "In the ask, before margin",
            "Certainty",
            "Cell",
            "Why",
            "Exact, as forecast",
            "Workload no.",
        ]
        .map(str::to_owned),
    );
    all.extend(tags.map(|tag| format!("{tag} no.")));
    all
}

/// Texts that rows of many months share: the ids and the owners of routes, and the quarter.
#[derive(Default)]
struct Names {
    routes: HashMap<RouteId, [Arc<str>; 2]>,
    quarter: Option<(Month, Arc<str>)>,
}

impl Names {
    /// The owner and the id of a route.
    fn of_route(&mut self, route: &Route) -> &[Arc<str>; 2] {
        if !self.routes.contains_key(&route.id) {
            let names = [route.id.owner.as_str().into(), route.id.to_string().into()];
            self.routes.insert(route.id.clone(), names);
        }
        &self.routes[&route.id]
    }

    fn of_quarter(&mut self, plan: &Plan, month: Month) -> &Arc<str> {
        if self.quarter.as_ref().is_none_or(|(known, _)| *known != month) {
            let name = plan.found.budget.period(Unit::Quarter, month).to_string();
            self.quarter = Some((month, name.into()));
        }
        let (_, name) = self.quarter.get_or_insert_with(|| (month, Arc::default()));
        name
    }
}

/// A row in the making.
struct RowInMaking<'p, 'a> {
    plan: &'p Plan<'a>,
    line: &'p ForecastLine,
    /// Its place in the sheet, from 0.
    row: u32,
    /// The rows of its workload in the month that stand above it.
    above: std::ops::Range<u32>,
    at: Option<usize>,
}

fn of_month(
    plan: &Plan,
    (month, first): (Month, u32),
    lines: &[ForecastLine],
    products: &[Product],
    names: &mut Names,
) -> Vec<Vec<BookCell>> {
    let mut start = first;
    let mut rows = Vec::with_capacity(lines.len());
    for (index, (line, product)) in lines.iter().zip(products).enumerate() {
        let at_row = first + index as u32;
        if index > 0 && lines[index - 1].workload != line.workload {
            start = at_row;
        }
        let row = RowInMaking {
            plan,
            line,
            row: at_row,
            above: start..at_row,
            at: plan.at(&line.workload, month),
        };
        rows.push(row.cells(product, names));
    }
    rows
}

impl RowInMaking<'_, '_> {
    fn columns(&self) -> &Columns {
        &self.plan.columns
    }

    fn cell(&self, figures: Figures, end: Case) -> String {
        fixed(self.row, self.columns().of(figures, end))
    }

    fn cells(&self, product: &Product, names: &mut Names) -> Vec<BookCell> {
        let mut cells = self.names(names);
        let live = match product {
            Ok(Follows::Call(place)) => {
                self.product(std::slice::from_ref(place)).ok_or(NotAProduct::Differs)
            }
            Ok(Follows::Calls(places)) => self.product(places).ok_or(NotAProduct::Differs),
            Ok(Follows::Amount(amount)) => Ok(self.other(*amount)),
            Err(why) => Err(*why),
        };
        match live {
            Ok(figures) => {
                cells.extend(figures);
                cells.extend(self.behind(None));
            }
            Err(why) => {
                cells.extend(self.values());
                cells.extend(self.behind(Some(why)));
            }
        }
        cells
    }

    fn names(&self, names: &mut Names) -> Vec<BookCell> {
        let line = self.line;
        let kind = match line.kind {
            CostKind::Other => "other cost",
            kind => kind.as_str(),
        };
        let cost = match &line.cost_name {
            Some(name) => BookCell::text(format!("{kind}: {name}")),
            None => BookCell::fixed(kind),
        };
        let mut cells = Vec::with_capacity(self.columns().count());
        cells.extend([
            BookCell::day(line.month.first_day(), Kind::Month),
            BookCell::shared(names.of_quarter(self.plan, line.month)),
            BookCell::shared(&line.workload),
            cost,
        ]);
        cells.extend(match &line.route {
            Some(route) => names.of_route(route).each_ref().map(BookCell::shared),
            None => [NONE, ""].map(BookCell::fixed),
        });
        let tags = self.plan.behind.by_tag.iter();
        cells.extend(
            tags.map(|(name, _)| BookCell::text(line.tags.get(name).map_or(NONE, String::as_str))),
        );
        cells
    }

    /// The figures of a product: formulas of the volume, the rates and the calls.
    fn product(&self, places: &[(usize, usize)]) -> Option<Vec<BookCell>> {
        let at = self.at?;
        let (plan, line) = (self.plan, self.line);
        let ends = &self.columns().ends;
        let factors = &plan.behind.factors[at];
        let per = factors.images_of_row(places);
        let mut cells = Vec::with_capacity(5 * ends.len() + 1);
        for end in ends {
            cells.push(self.wanted(at, per, *end)?);
        }
        for end in ends {
            let (accepted, wanted) = (of(&line.accepted, *end), count(&line.wanted, *end));
            cells.push(match accepted == wanted {
                true => BookCell::formula(self.cell(Figures::Wanted, *end), accepted, Kind::Count),
                false => BookCell::maybe(accepted, Kind::Count),
            });
        }
        let attempts = self.attempts(at, places, per);
        for end in ends {
            let wanted = self.cell(Figures::Wanted, *end);
            let formula =
                if_there(*end, std::slice::from_ref(&wanted), &format!("{wanted}*{attempts}"));
            cells.push(BookCell::formula(formula, of(&line.attempts, *end), Kind::Count));
        }
        for end in ends {
            let all = places
                .iter()
                .map(|(step, price)| calls::each_cell(plan, (at, *step, *price), *end));
            let all = all.collect::<Option<Vec<_>>>()?;
            let sum = if per == 1 { all.join("+") } else { format!("({})/{per}", all.join("+")) };
            let each = factors.each(places, *end).and_then(|it| it.checked_div(per.into()));
            let formula = if_there(*end, &all, &sum);
            cells.push(BookCell::formula(formula, each, Kind::SmallUsd));
        }
        let change = price_factor(plan.workload(at), line.month);
        let change = BookCell::maybe(change, Kind::Quantity);
        cells.push(change.with_role(Role::Input));
        cells.extend(ends.iter().map(|end| {
            let [wanted, each] = [Figures::Wanted, Figures::Each].map(|it| self.cell(it, *end));
            let formula = format!("{wanted}*{each}*{}", fixed(self.row, self.columns().factor()));
            let formula = if_there(*end, &[wanted, each], &formula);
            BookCell::formula(formula, of(&line.cost, *end), Kind::Usd)
        }));
        Some(cells)
    }

    /// The images wanted: grown from those of the first month, given for the month, or those of the first route.
    fn wanted(&self, at: usize, per: u64, end: Case) -> Option<BookCell> {
        let (plan, line) = (self.plan, self.line);
        let wanted = count(&line.wanted, end);
        if !self.above.is_empty() {
            let first = fixed(self.above.start, self.columns().of(Figures::Wanted, end));
            let formula = if_there(end, std::slice::from_ref(&first), &format!("{first}*{per}"));
            return Some(BookCell::formula(formula, wanted, Kind::Count));
        }
        let workload = plan.workload(at);
        let Volume::Growing { .. } = &workload.volume else {
            let is_as_low = end != Case::Low && line.wanted.exact().is_some();
            let low = self.cell(Figures::Wanted, Case::Low);
            return Some(match is_as_low {
                true => BookCell::formula(low, wanted, Kind::Count),
                false => BookCell::maybe(wanted, Kind::Count).with_role(Role::Input),
            });
        };
        let index = workload.index(plan.found.budget.start, line.month)?;
        let row = plan.step_row(at, 0);
        let images = assumptions::cell(row, assumptions::IMAGES[end as usize]);
        let growth_cell = assumptions::cell(row, assumptions::GROWTH);
        let season = workload
            .volume
            .season()
            .map(|_| format!("*{}", assumptions::season_cell(row, line.month)));
        let grown =
            format!("ROUND({images}*(1+{growth_cell})^{index}{},6)", season.unwrap_or_default());
        // Half to even, as the engine rounds: ROUND goes up at a half.
        let formula = if_there(end, &[images], &format!("ROUND({grown},0)-(MOD({grown},2)=0.5)"));
        Some(BookCell::formula(formula, wanted, Kind::Count))
    }

    /// The attempts for each image that a row counts, as a formula.
    fn attempts(&self, at: usize, places: &[(usize, usize)], per: u64) -> String {
        let of_step = |(step, _): &(usize, usize)| {
            let row = self.plan.step_row(at, *step);
            let [attempts, images] = [assumptions::ATTEMPTS_PER_IMAGE, assumptions::PER_WANTED]
                .map(|column| assumptions::cell(row, column));
            format!("{attempts}*{images}")
        };
        match (places, per) {
            ([one], 1) => of_step(one),
            _ => {
                let all = places.iter().map(of_step).collect::<Vec<_>>().join("+");
                format!("({all})/{per}")
            }
        }
    }

    /// Another cost: an amount for each month, accepted image or attempt.
    fn other(&self, amount: Decimal) -> Vec<BookCell> {
        let line = self.line;
        let ends = &self.columns().ends;
        let counted = match line.per {
            Some(CostPer::AcceptedImage) => Some(Figures::Accepted),
            Some(CostPer::Attempt) => Some(Figures::Attempts),
            _ => None,
        };
        let mut cells = vec![BookCell::EMPTY; 3 * ends.len()];
        let each = self.cell(Figures::Each, Case::Low);
        cells.extend(ends.iter().map(|end| match end {
            Case::Low => BookCell::number(amount, Kind::SmallUsd).with_role(Role::Input),
            _ => BookCell::formula(each.clone(), Some(amount), Kind::SmallUsd),
        }));
        cells.push(BookCell::EMPTY);
        cells.extend(ends.iter().map(|end| {
            let amount = self.cell(Figures::Each, *end);
            let formula = match counted {
                None => amount,
                Some(_) if self.above.is_empty() => "0".to_owned(),
                Some(figures) => {
                    let [cells, low] = [*end, Case::Low].map(|end| {
                        let rows = [self.above.start, self.above.end - 1];
                        down(self.columns().of(figures, end), rows)
                    });
                    let product = format!("{amount}*SUM({cells})");
                    match end {
                        Case::Expected => format!("IF(COUNT({cells})<COUNT({low}),\"\",{product})"),
                        _ => product,
                    }
                }
            };
            BookCell::formula(formula, of(&line.cost, *end), Kind::Usd)
        }));
        cells
    }

    /// The values of a row that is no product.
    fn values(&self) -> Vec<BookCell> {
        let line = self.line;
        let ends = &self.columns().ends;
        let held = |number, kind| BookCell::maybe(number, kind).with_role(Role::Held);
        let mut cells = Vec::new();
        match line.is_images() {
            true => {
                cells.extend(ends.iter().map(|end| held(count(&line.wanted, *end), Kind::Count)));
                cells.extend(ends.iter().map(|end| held(of(&line.accepted, *end), Kind::Count)));
                cells.extend(ends.iter().map(|end| held(of(&line.attempts, *end), Kind::Count)));
            }
            false => cells.extend(vec![BookCell::EMPTY; 3 * ends.len()]),
        }
        cells.extend(vec![BookCell::EMPTY; ends.len() + 1]);
        cells.extend(ends.iter().map(|end| held(of(&line.cost, *end), Kind::Usd)));
        cells
    }

    /// What stands behind the figures: the part in the ask, how certain it is, and why.
    fn behind(&self, held: Option<NotAProduct>) -> Vec<BookCell> {
        let line = self.line;
        let case = self.plan.found.amount.case;
        let asked = case.of_row(line).ok().and_then(|it| of(&it, Case::Low));
        let [low, high] = [Case::Low, Case::High].map(|end| self.cell(Figures::Cost, end));
        let expected = || self.cell(Figures::Cost, Case::Expected);
        let has_expected = self.columns().ends.contains(&Case::Expected);
        let formula = match case {
            Case::Low => low.clone(),
            Case::High => high.clone(),
            Case::Expected if has_expected => format!("IF({0}=\"\",{low},{0})", expected()),
            // What is expected of what is exact is that, and nothing of a range.
            Case::Expected => low.clone(),
        };
        let certainty = line.cost.certainty().as_str();
        let mut cells = match held {
            None => vec![
                BookCell::formula(formula, asked, Kind::Usd),
                BookCell::word(format!("IF({low}={high},\"exact\",\"range\")"), certainty),
                BookCell::fixed("formula"),
            ],
            Some(_) => {
                let style = Style { kind: Kind::Status, role: Role::Plain };
                vec![
                    BookCell::maybe(asked, Kind::Usd).with_role(Role::Held),
                    BookCell { style, ..BookCell::fixed(certainty) },
                    BookCell::fixed("value").with_role(Role::Held),
                ]
            }
        };
        let open = Some(line.cost.reasons().in_words()).filter(|open| !open.is_empty());
        let why = held.map(|why| why.to_string()).into_iter().chain(open);
        let why = why.collect::<Vec<_>>().join("; ");
        cells.push(if why.is_empty() { BookCell::EMPTY } else { BookCell::text(why) });
        cells.push(exact(&line.cost));
        let number = self.at.map_or(0, |_| self.plan.number(&line.workload));
        cells.push(BookCell::number(Decimal::from(number as u64), Kind::Count));
        let tags = 0..self.plan.behind.by_tag.len();
        cells.extend(tags.map(|tag| {
            let name = &self.plan.behind.by_tag[tag].0;
            let value = line.tags.get(name).map_or("", String::as_str);
            let number = self.plan.value_number(tag, value);
            BookCell::number(Decimal::from(number as u64), Kind::Count)
        }));
        cells
    }
}
