//! A row of a spreadsheet → a [`Workload`], or a step of one.

use std::collections::BTreeMap;

use super::column::Column;
use super::row_reader::RowReader;
use crate::attempts::AttemptRates;
use crate::budget::Assumption;
use crate::budget::images::{Images, MOST_IMAGES};
use crate::budget::month::Month;
use crate::budget::step::Step;
use crate::budget::volume::Volume;
use crate::budget::workload::{MOST_PER_ACCEPTED, Workload};
use crate::catalog::check::{Checker, MOST_TOKENS};
use crate::problem::ProblemCode;
use crate::request::{Draft, Prompt};
use crate::spreadsheet::Row;

/// What a row says.
pub(super) struct RowOf {
    /// Which step of its workload it is, from 1.
    pub step: Option<u64>,
    /// The workload of this step alone.
    pub workload: Workload,
    /// Whether it says what holds for a whole workload: its volume, growth and months.
    pub says_volume: bool,
}

/// A workload, every cell that is wrong reported.
pub(super) fn workload(
    check: &mut Checker,
    row: &Row,
    columns: &[Column],
    assumptions: &mut Vec<Assumption>,
) -> Option<RowOf> {
    if row.cells.len() != columns.len() {
        report_uneven(check, row, columns.len());
        return None;
    }
    let mut reader = RowReader { check, row, columns, whole: true };
    let name = reader.text(&Column::Workload);
    if name.is_none() && reader.whole {
        let help = "name the workload, or empty the whole row";
        reader.report_at(&Column::Workload, ProblemCode::BlankText, "the name is blank", help);
    }
    let draft = draft(&mut reader);
    let route = reader.text(&Column::Route);
    let resolution = reader.text(&Column::Resolution);
    let step = reader.count(&Column::Step, u64::MAX);
    let per_accepted = per_accepted(&mut reader);
    let rates = reader.rates();
    let tags = reader.tags();
    let volume = volume(&mut reader);
    let [from, to] = months(&mut reader);
    reader.unnamed();
    if !reader.whole {
        return None;
    }
    let name = name?;
    let defaults = [
        (rates.as_ref()? == &AttemptRates::ONE_ATTEMPT && !says(row, columns, Column::is_rate))
            .then(|| Assumption::Rates(name.clone())),
        (is_constant(&volume) && !says(row, columns, |it| *it == Column::Growth))
            .then(|| Assumption::Growth(name.clone())),
    ];
    for assumed in defaults.into_iter().flatten() {
        if !assumptions.contains(&assumed) {
            assumptions.push(assumed);
        }
    }
    let is_of_workload = |column: &Column| {
        column.month().is_some()
            || matches!(
                column,
                Column::Images | Column::Growth | Column::Seasonality | Column::From | Column::To
            )
    };
    let of_step = Step { route, resolution, per_accepted, rates: rates?, ..Step::of(draft) };
    Some(RowOf {
        step,
        says_volume: says(row, columns, is_of_workload),
        workload: Workload { tags, from, to, ..Workload::of(name, of_step, volume) },
    })
}

/// Whether a cell of such a column says something.
fn says(row: &Row, columns: &[Column], is_such: impl Fn(&Column) -> bool) -> bool {
    let mut cells = row.cells.iter().zip(columns);
    cells.any(|(cell, column)| is_such(column) && !cell.value.trim().is_empty())
}

fn draft(reader: &mut RowReader) -> Draft {
    let tokens = reader.count(&Column::PromptTokens, MOST_TOKENS).map(Prompt::Tokens);
    let prompt = reader.text(&Column::Prompt).map(Prompt::Text);
    if tokens.is_some() && prompt.is_some() {
        let what = "the prompt is given in two ways";
        reader.report_at(
            &Column::Prompt,
            ProblemCode::EitherOr,
            what,
            "keep one of prompt and prompt_tokens",
        );
    }
    Draft {
        model: reader.text(&Column::Model),
        size: reader.size(),
        quality: reader.text(&Column::Quality),
        n: reader.count(&Column::N, MOST_TOKENS),
        prompt: prompt.or(tokens),
        input_images: reader.input_images(),
        input_fidelity: reader.text(&Column::InputFidelity),
        partial_images: reader.count(&Column::PartialImages, MOST_TOKENS),
        processing: reader.processing(),
        output_format: reader.text(&Column::OutputFormat),
        text_output_tokens: reader.count(&Column::TextOutputTokens, MOST_TOKENS),
        ..Draft::default()
    }
}

fn per_accepted(reader: &mut RowReader) -> u64 {
    let count = reader.count(&Column::PerAccepted, MOST_PER_ACCEPTED).unwrap_or(1);
    if count == 0 {
        let help = "write how many images of this step go into one that is accepted, from 1";
        reader.report_at(&Column::PerAccepted, ProblemCode::OutOfRange, "0 is not from 1", help);
    }
    count
}

/// The images of each month, of which an empty cell is none; or one number that grows.
fn volume(reader: &mut RowReader) -> Volume {
    let columns = reader.columns;
    let growth = reader.growth();
    let season = reader.season();
    let each = reader.count(&Column::Images, MOST_IMAGES);
    let by_month = by_month(reader);
    let says_months = says(reader.row, columns, |column| column.month().is_some());
    match each {
        Some(_) if says_months => {
            let help = "keep the columns of months, or `images` with `growth`, `from` and `to`";
            let what = "the row says its images by month as well";
            reader.report_at(&Column::Images, ProblemCode::EitherOr, what, help);
            Volume::constant(0)
        }
        Some(images) => Volume::growing(Images::exactly(images), growth.unwrap_or_default())
            .in_season(season.unwrap_or_default()),
        None if growth.is_some() => {
            let help = "say `images` of the first month, or leave `growth` empty";
            let what = "a volume by month states its growth itself";
            reader.report_at(&Column::Growth, ProblemCode::EitherOr, what, help);
            Volume::constant(0)
        }
        None if season.is_some() => {
            let help = "say `images` of a usual month, or leave `seasonality` empty";
            let what = "a volume by month states its season itself";
            reader.report_at(&Column::Seasonality, ProblemCode::EitherOr, what, help);
            Volume::constant(0)
        }
        None => Volume::ByMonth(by_month.into()),
    }
}

/// Whether it is one number, which may grow.
fn is_constant(volume: &Volume) -> bool {
    matches!(volume, Volume::Growing { .. })
}

/// The images of each month; an empty cell is none.
fn by_month(reader: &mut RowReader) -> BTreeMap<Month, Images> {
    let columns = reader.columns;
    let months = columns.iter().filter_map(|column| {
        let month = column.month()?;
        let images = reader.count(column, MOST_IMAGES).unwrap_or(0);
        Some((month, Images::exactly(images)))
    });
    months.collect()
}

/// The first and the last month of a row that says one number for each.
fn months(reader: &mut RowReader) -> [Option<Month>; 2] {
    let [from, to] = [Column::From, Column::To].map(|column| reader.month(&column));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let what = format!("{to} lies before {from}");
        reader.report_at(&Column::To, ProblemCode::EndBeforeStart, &what, "correct one of the two");
    }
    let says_months = says(reader.row, reader.columns, |column| column.month().is_some());
    for (column, given) in [(Column::From, from), (Column::To, to)] {
        if given.is_some() && says_months {
            let what = "the columns of months say in which months the row has images";
            reader.report_at(&column, ProblemCode::EitherOr, what, "leave it empty");
        }
    }
    [from, to]
}

fn report_uneven(check: &mut Checker, row: &Row, columns: usize) {
    let at = row.cells.first().map_or(0..0, |cell| cell.at.clone());
    let message = format!(
        "row {} has {} cells, and the header names {columns} columns",
        row.number,
        row.cells.len()
    );
    let help = "a number with a comma in it is two cells: write 1000, not 1,000; a text with one \
                stands in quotes";
    check.report(ProblemCode::UnevenRow, at, message, help);
}
