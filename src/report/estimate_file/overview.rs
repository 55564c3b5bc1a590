//! The lines one by one for people: few columns, the reasons stand below.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::estimate::FileLine;
use crate::figure::Figure;
use crate::reason::Pricing;
use crate::report::estimate::title;
use crate::report::sheet::{Cell, Column, Sheet};

/// What people see of a line.
#[derive(Debug)]
pub(super) struct ShownLine {
    file: Arc<str>,
    line: usize,
    custom_id: Option<Box<str>>,
    asked: String,
    owner: String,
    total: Figure<Decimal>,
}

impl ShownLine {
    pub(super) fn of(line: &FileLine) -> ShownLine {
        let (asked, owner, total) = match &line.outcome {
            Ok(estimate) => {
                let owner = &estimate.table.route.owner_name;
                (title(estimate), owner.clone(), estimate.total.clone())
            }
            // Why stands below: a sentence or several make a row that nobody reads.
            Err(_) => (
                "rejected".to_owned(),
                String::new(),
                Figure::unknown(Decimal::ZERO, Pricing::NotPriced),
            ),
        };
        let (file, custom_id) = (Arc::clone(&line.file), line.custom_id.clone());
        ShownLine { file, line: line.line, custom_id, asked, owner, total }
    }
}

/// Lines and their total. Of several files each line has its own.
pub(super) fn sheet(lines: &[ShownLine], total: &Figure<Decimal>) -> Sheet {
    let several = lines.iter().any(|line| line.file != lines[0].file);
    let file = |cell: Cell| several.then_some(cell);
    let columns = several.then(|| Column::text("File")).into_iter().chain([
        Column::number("Line"),
        Column::text("Id"),
        Column::text("Request"),
        Column::text("Price owner"),
        Column::lines("Total"),
    ]);
    let row = |line: &ShownLine| {
        let id = line.custom_id.as_deref().map_or(Cell::Empty, Cell::text);
        let cells = file(Cell::text(&*line.file)).into_iter();
        let cells = cells.chain([Cell::text(line.line.to_string()), id, Cell::text(&*line.asked)]);
        cells.chain([Cell::text(&*line.owner), Cell::Money(line.total.clone())]).collect()
    };
    let total = file(Cell::Empty).into_iter().chain([
        Cell::Empty,
        Cell::text("total"),
        Cell::Empty,
        Cell::Empty,
        Cell::Money(total.clone()),
    ]);
    Sheet {
        columns: columns.collect(),
        rows: lines.iter().map(row).collect(),
        total: Some(total.collect()),
    }
}
