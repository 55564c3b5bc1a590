//! The first row of a log → where each column stands.

use super::columns::Column;
use crate::errors::Errors;
use crate::long::shortened;
use crate::near::near_matches;
use crate::problem::{Place, Problem, ProblemCode};

/// Words in the names of columns that may bill.
const BILLS: [&str; 4] = ["token", "cost", "spend", "price"];

/// How the user calls columns, and which of them bill nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnNames {
    /// A column, and its name in the log.
    pub own: Vec<(Column, String)>,
    /// Names of columns that may bill by their names, and do not, as the user says.
    pub ignored: Vec<String>,
}

/// Where the columns of a log stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// How many cells a row has.
    pub(crate) width: usize,
    at: [Option<usize>; Column::MANY],
    /// The names of all columns, as they stand there.
    names: Vec<String>,
    /// The columns that are not read.
    pub unread: Vec<String>,
}

impl Heading {
    /// Finds the columns in the cells of a first row.
    ///
    /// # Errors
    /// All that is wrong with it: no column that is known, two of one name, names of the user's own that are not there, and
    /// columns that may bill and are not read.
    pub fn read(
        (file, line): (&str, &str),
        cells: &[&str],
        names: &ColumnNames,
    ) -> Result<Heading, Errors<Problem>> {
        let mut heading = Heading {
            width: cells.len(),
            at: [None; Column::MANY],
            names: cells.iter().map(|cell| cell.trim().to_owned()).collect(),
            unread: Vec::new(),
        };
        let first = FirstRow { file, line };
        let mut problems = heading.take_own(first, names);
        problems.extend(heading.take_known(first));
        if heading.at.iter().all(Option::is_none) && problems.is_empty() {
            problems.push(first.no_log(&heading.names));
        }
        problems.extend(heading.leave_out(first, names));
        if problems.is_empty() { Ok(heading) } else { Err(problems.into()) }
    }

    /// Where a column stands.
    pub(crate) fn at(&self, column: Column) -> Option<usize> {
        self.at[column.index()]
    }

    /// The name of the column at a place, as it stands there.
    pub(crate) fn name_at(&self, at: usize) -> &str {
        self.names.get(at).map_or("", String::as_str)
    }

    fn take_own(&mut self, first: FirstRow, names: &ColumnNames) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (column, name) in &names.own {
            match self.names.iter().position(|known| known == name) {
                Some(at) => self.at[column.index()] = Some(at),
                None => {
                    let near = near_matches(name, self.names.iter().map(String::as_str));
                    let help = match near.first() {
                        Some(near) => format!("is it `{near}`?"),
                        None => format!("its columns are {}", self.names.join(", ")),
                    };
                    let what = format!("no column is called `{}`", shortened(name));
                    problems.push(first.problem(ProblemCode::MissingKey, "", what, help));
                }
            }
        }
        problems
    }

    fn take_known(&mut self, first: FirstRow) -> Vec<Problem> {
        let mut problems = Vec::new();
        for column in Column::ALL {
            if self.at(column).is_some() {
                continue;
            }
            let places = |name: &&str| {
                let is_it = |known: &String| Column::is_called(known, name);
                let free = |at: &usize| !self.at.contains(&Some(*at));
                let all = self.names.iter().enumerate().filter(|(_, known)| is_it(known));
                all.map(|(at, _)| at).filter(free).collect::<Vec<usize>>()
            };
            let Some((name, at)) = column
                .names()
                .iter()
                .map(|name| (name, places(name)))
                .find(|(_, at)| !at.is_empty())
            else {
                continue;
            };
            if let [_, again, ..] = at[..] {
                let what = format!("the column `{}` stands twice", self.name_at(again));
                let help = "keep one of them, or name the one that is meant".to_owned();
                problems.push(first.problem(
                    ProblemCode::DuplicateKey,
                    self.name_at(again),
                    what,
                    help,
                ));
            }
            // The log of a pilot has the tokenizer's count of the prompt beside what was billed.
            let is_beside = column == Column::Input && self.at(Column::Count(0)).is_some();
            if !(is_beside && *name == "prompt_tokens") {
                self.at[column.index()] = Some(at[0]);
            }
        }
        problems
    }

    /// Names what is not read. What may bill by its name is refused, unless the user says that it does not.
    fn leave_out(&mut self, first: FirstRow, names: &ColumnNames) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (at, name) in self.names.iter().enumerate() {
            if self.at.contains(&Some(at)) {
                continue;
            }
            let lower = name.to_ascii_lowercase();
            let may_bill = BILLS.iter().any(|word| lower.contains(word));
            let is_alias = Column::of_name(name).is_some_and(|column| self.at(column).is_some());
            if may_bill && !is_alias && lower != "prompt_tokens" && !names.ignored.contains(name) {
                let near =
                    near_matches(name, Column::ALL.iter().flat_map(|it| it.names()).copied());
                let meant =
                    near.first().map_or_else(String::new, |near| format!(" is it `{near}`?"));
                let what = format!("the column `{}` may bill, and is not read", shortened(name));
                let help =
                    format!("map it to a column that is read, or say that it bills nothing{meant}");
                problems.push(first.problem(ProblemCode::UnknownKey, name, what, help));
            }
            self.unread.push(shortened(name).into_owned());
        }
        problems
    }
}

impl Column {
    /// Whether a heading calls a column by this name.
    fn is_called(heading: &str, name: &str) -> bool {
        let heading = heading.to_ascii_lowercase().replace([' ', '-'], "_");
        heading == name
    }
}

/// The first row, as its text, in a file.
#[derive(Clone, Copy)]
struct FirstRow<'a> {
    file: &'a str,
    line: &'a str,
}

impl FirstRow<'_> {
    fn no_log(self, names: &[String]) -> Problem {
        let shown = shortened(&names.join(", ")).into_owned();
        let what = format!("this is no log of usage: none of its columns is known ({shown})");
        let help = "map its columns: timestamp, model, images, text_input_tokens, image_output_tokens and others";
        self.problem(ProblemCode::UnknownWord, "", what, help.to_owned())
    }

    /// A problem of the column of this name; of the whole row where there is none.
    fn problem(self, code: ProblemCode, name: &str, message: String, help: String) -> Problem {
        let at = self.line.find(name).filter(|_| !name.is_empty()).unwrap_or(0);
        let place = Place::in_line(self.file, 1, self.line, at..at + name.len());
        Problem { code, message, place, help: help.into() }
    }
}
