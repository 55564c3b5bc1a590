//! A filled log → rows. A row with any problem is kept apart, with all of its problems.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::cells::Cells;
use super::columns::Field;
use super::ending::{check_images, ending};
use super::heading::columns;
use super::{Log, LoggedAttempt, Rejected};
use crate::catalog::Catalog;
use crate::catalog::conditions::Processing;
use crate::catalog::dated::in_force;
use crate::catalog::route::{Route, Status};
use crate::errors::Errors;
use crate::estimate::{EstimateError, find_model, find_route};
use crate::input_limits::{CELL_CHARACTERS, LOG_ROWS};
use crate::long::shortened;
use crate::pilot::SEAT;
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::RequestError;
use crate::spreadsheet;
use crate::unit::Meter;

/// Reads a log. `today` is the last day on which an attempt can have been made.
///
/// # Errors
/// What keeps every row from being read: columns that are missing, or broken price tables.
pub fn read(
    catalog: &Catalog,
    file: &str,
    text: &Arc<str>,
    today: NaiveDate,
) -> Result<Log, Errors<Problem>> {
    let rows = spreadsheet::rows(text, &LOG_ROWS)
        .map_err(|limit| vec![limit.problem(Place::file(file))])?;
    let none = spreadsheet::Row { number: 1, cells: Vec::new(), is_of_workbook: false };
    let (heading, rows) = rows.split_first().unwrap_or((&none, &[]));
    let (columns, ignored) = columns(file, text, heading)?;
    let mut log = Log { rows: Vec::new(), not_run: 0, rejected: Vec::new(), ignored };
    let mut reading = Reading { catalog, today, routes: HashMap::new(), seen: HashMap::new() };
    for row in rows.iter().filter(|row| !row.is_blank()) {
        let mut cells = Cells { file, text, columns: &columns, row, problems: Vec::new() };
        check_shape(&mut cells, heading.cells.len());
        // Which cell stands under which column cannot be told in a row of another shape.
        let has_shape = cells.problems.is_empty();
        if has_shape && is_not_run(&cells) {
            log.not_run += 1;
            continue;
        }
        match if has_shape { reading.row(&mut cells)? } else { None } {
            Some(row) if cells.problems.is_empty() => log.rows.push(row),
            _ => log.rejected.push(Rejected {
                number: row.number,
                request_id: shortened(cells.text(Field::RequestId)).into_owned(),
                problems: cells.problems,
            }),
        }
    }
    Ok(log)
}

/// Whether the cells of a row stand under their columns.
fn check_shape(cells: &mut Cells, columns: usize) {
    let (found, code) = (cells.row.cells.len(), ProblemCode::UnevenRow);
    if cells.row.is_open(cells.text) {
        let open = cells.row.cells.last().map_or("", |cell| &*cell.value);
        let taken = open.lines().skip(1).filter(|line| !line.trim().is_empty()).count();
        let message = format!(
            "a quote is not closed: its cell takes in what stands below it, lines: {taken}"
        );
        let help = "close it: what stands below it cannot be told apart from its cell";
        cells.report_row(code, &message, help);
    } else if found != columns {
        let message = format!("{found} cells, and the heading has {columns}");
        let help = "a comma in a cell needs quotes around it, decimals take a point (12.4), and every \
                    quote is closed";
        cells.report_row(code, &message, help);
    }
    for field in Field::ALL {
        let length = cells.text(field).chars().count();
        if CELL_CHARACTERS.is_exceeded_by(length) && cells.problems.is_empty() {
            cells.report(
                ProblemCode::TooLarge,
                field,
                &CELL_CHARACTERS.message(),
                CELL_CHARACTERS.help,
            );
        }
    }
}

pub(super) fn is_not_run(cells: &Cells) -> bool {
    Field::ALL.into_iter().filter(|field| field.is_of_the_run()).all(|it| cells.text(it).is_empty())
}

/// What is known beside the row at hand.
struct Reading<'a> {
    catalog: &'a Catalog,
    today: NaiveDate,
    /// Routes by the name in the log.
    routes: HashMap<String, Result<Arc<Route>, Errors<RequestError>>>,
    /// The row in which each attempt was seen first.
    seen: HashMap<(String, u64), usize>,
}

impl Reading<'_> {
    /// The row, if it has what every row must have. Its problems stand in `cells`.
    fn row(&mut self, cells: &mut Cells) -> Result<Option<LoggedAttempt>, Errors<Problem>> {
        let request_id = self.request_id(cells);
        let attempt = attempt(cells);
        let day = cells.day(Field::Timestamp, self.today);
        let route = self.route(cells)?;
        let quality = match &route {
            Some(Some(route)) => self.quality(cells, route, day)?,
            _ => None,
        };
        let processings = Processing::ALL.map(|processing| (processing.as_str(), processing));
        let processing = cells.one_of(Field::Processing, &processings);
        let counts = counts(cells);
        let ending = ending(cells);
        check_images(cells, counts.get(&Meter::Images).copied());
        let [requested, delivered] =
            [Field::RequestedSize, Field::DeliveredSize].map(|field| cells.size(field));
        let [latency, cost] = [Field::Latency, Field::Cost].map(|field| cells.amount(field));
        if let (Some(None), Some(_)) = (&route, cost) {
            let help = "leave it empty: a seat is paid by the month, and a plan is no API credit";
            let message = "an image made by hand has no price of its own";
            cells.report(ProblemCode::BadValue, Field::Cost, message, help);
        }
        let sample = cells.text(Field::Sample).to_owned();
        let prompt_tokens = cells.count(Field::PromptTokens);
        self.check_twice(cells, &request_id, attempt);
        let (Some(day), Some(route), Some(ending)) = (day, route, ending) else { return Ok(None) };
        Ok(Some(LoggedAttempt {
            number: cells.row.number,
            request_id,
            attempt,
            sample,
            prompt_tokens,
            day,
            route,
            requested,
            delivered,
            quality,
            processing,
            counts,
            ending,
            latency,
            cost,
        }))
    }

    fn request_id(&self, cells: &mut Cells) -> String {
        let id = cells.word(Field::RequestId);
        if cells.text(Field::RequestId).is_empty() {
            let help = "every row needs an id, so that none is counted twice";
            cells.report(ProblemCode::BadValue, Field::RequestId, "is empty", help);
        }
        id.to_owned()
    }

    fn check_twice(&mut self, cells: &mut Cells, request_id: &str, attempt: u64) {
        if request_id.is_empty() {
            return;
        }
        let first = *self.seen.entry((request_id.to_owned(), attempt)).or_insert(cells.row.number);
        if first != cells.row.number {
            let message = format!("`{request_id}` with attempt {attempt} stands in row {first}");
            let help = "count further attempts at a request in the column `attempt`";
            cells.report(ProblemCode::BadValue, Field::RequestId, &message, help);
        }
    }

    /// The route; `Some(None)` for a seat, `None` for one that is not known.
    fn route(&mut self, cells: &mut Cells) -> Result<Option<Option<Arc<Route>>>, Errors<Problem>> {
        let name = cells.word(Field::Route);
        if name.eq_ignore_ascii_case(SEAT) {
            return Ok(Some(None));
        }
        if name.is_empty() {
            if cells.text(Field::Route).is_empty() {
                let help = "name the route, or `seat` for an image that was made by hand in an app";
                cells.report(ProblemCode::BadValue, Field::Route, "is empty", help);
            }
            return Ok(None);
        }
        let found = match self.routes.get(name) {
            Some(found) => found.clone(),
            None => {
                let found = match find_route(self.catalog, name) {
                    Ok(route) => Ok(route),
                    Err(EstimateError::Request(errors)) => Err(errors),
                    Err(EstimateError::Data(problems)) => return Err(problems),
                };
                self.routes.entry(name.to_owned()).or_insert(found).clone()
            }
        };
        match found {
            Ok(route) if route.status == Status::SubscriptionOnly => Ok(Some(None)),
            Ok(route) => {
                self.check_model(cells, &route);
                Ok(Some(Some(route)))
            }
            Err(errors) => {
                for error in errors {
                    let help = error.help().unwrap_or_else(|| "see `imgcost routes`".into());
                    cells.report(ProblemCode::BadValue, Field::Route, &error.to_string(), help);
                }
                Ok(None)
            }
        }
    }

    fn check_model(&self, cells: &mut Cells, route: &Route) {
        let name = cells.word(Field::Model);
        let is_alias = route.alias.as_deref() == Some(name);
        let is_model = || find_model(self.catalog, name).is_ok_and(|it| it.id == route.model);
        if !name.is_empty() && !is_alias && !is_model() {
            let message = format!("`{name}` is not the model of {}", route.id);
            let help = format!("that is {}: correct the model or the route", route.model);
            cells.report(ProblemCode::BadValue, Field::Model, &message, help);
        }
    }

    /// The quality asked for, which is one of the model's on that day.
    fn quality(
        &self,
        cells: &mut Cells,
        route: &Route,
        day: Option<NaiveDate>,
    ) -> Result<Option<String>, Errors<Problem>> {
        let model = match find_model(self.catalog, &route.model) {
            Ok(model) => model,
            Err(EstimateError::Data(problems)) => return Err(problems),
            Err(EstimateError::Request(_)) => return Ok(None),
        };
        let rules = day.and_then(|day| in_force(&model.rules, day).ok());
        let Some(rules) = rules else { return Ok(None) };
        let mut known: Vec<(&str, &str)> =
            rules.labels().iter().map(|label| (label.as_str(), label.as_str())).collect();
        known.push(("auto", "auto"));
        Ok(cells.one_of(Field::Quality, &known).map(str::to_owned))
    }
}

/// Which attempt at the request it is; the first where the log does not say.
fn attempt(cells: &mut Cells) -> u64 {
    let attempt = cells.count(Field::Attempt).unwrap_or(1);
    if attempt == 0 {
        let help = "count attempts at a request from 1, or leave the cell empty";
        cells.report(ProblemCode::BadValue, Field::Attempt, "there is no attempt 0", help);
    }
    attempt
}

fn counts(cells: &mut Cells) -> BTreeMap<Meter, u64> {
    let read = |meter| Some((meter, cells.count(Field::Count(meter))?));
    Meter::ALL.into_iter().filter_map(read).collect()
}
