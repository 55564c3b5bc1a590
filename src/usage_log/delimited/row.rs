//! The cells of a row → a row of usage.

use std::sync::Arc;

use super::columns::Column;
use super::heading::Heading;
use super::values;
use crate::catalog::conditions::Processing;
use crate::long::shortened;
use crate::problem::ProblemCode;
use crate::unit::grouped;
use crate::usage_log::reply::{Cached, DescribedImage, Reply, ReplyTokens};
use crate::usage_log::row::{Asked, COUNTED, Counts, Labels, Measured, UsageRow};
use crate::usage_log::zone::Zone;

/// The most images of one row whose counts are not split: each is described by itself.
const MOST_IMAGES: u64 = 10_000;

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellWrong {
    /// The place of the cell in its row, from 0; `None` of the row.
    pub at: Option<usize>,
    pub code: ProblemCode,
    pub message: String,
}

/// A row while its cells are read.
struct Reading<'a> {
    heading: &'a Heading,
    cells: &'a [&'a str],
    wrong: Vec<CellWrong>,
}

impl Heading {
    /// Reads a row.
    pub(crate) fn row(&self, cells: &[&str], zone: Zone) -> Result<UsageRow, Vec<CellWrong>> {
        if cells.len() != self.width {
            let (is, are) = (cells.len(), self.width);
            let is_quoted = cells.iter().any(|cell| cell.contains('\n'));
            let quote = if is_quoted { "; a quote in it takes in the lines behind it" } else { "" };
            let message = format!("the row has {is} cells, and the first one {are}{quote}");
            return Err(vec![CellWrong { at: None, code: ProblemCode::UnevenRow, message }]);
        }
        let mut reading = Reading { heading: self, cells, wrong: Vec::new() };
        let row = reading.row(zone);
        if reading.wrong.is_empty() { Ok(row) } else { Err(reading.wrong) }
    }
}

impl<'a> Reading<'a> {
    fn row(&mut self, zone: Zone) -> UsageRow {
        let day = self.value(
            Column::Time,
            |text| zone.day_of(text),
            "a day or a time such as 2026-11-30T08:15:00Z",
        );
        let images = self.count(Column::Images);
        let requests = self.count(Column::Requests).unwrap_or(1);
        let recorded = self.value(
            Column::Recorded,
            values::dollars,
            "an amount in US dollars such as 0.16527",
        );
        let accepted = self.accepted(images);
        let processing = self.processing();
        let labels = self.labels();
        let asked = Asked {
            size: self.label(Column::AskedSize),
            quality: self.label(Column::AskedQuality),
        };
        let measured = self.measured(images, &labels);
        UsageRow {
            day,
            processing,
            requests,
            images,
            accepted,
            measured,
            recorded,
            request_id: self.label(Column::RequestId),
            labels,
            asked,
        }
    }

    /// What is delivered is what was asked for where a row says that alone.
    fn labels(&self) -> Labels {
        Labels {
            model: self.label(Column::Model),
            route: self.label(Column::Route),
            project: self.label(Column::Project),
            tag: self.label(Column::Tag),
            status: self.label(Column::Status),
            size: self.label(Column::Size).or_else(|| self.label(Column::AskedSize)),
            quality: self.label(Column::Quality).or_else(|| self.label(Column::AskedQuality)),
        }
    }

    /// The text of a cell; nothing where it is blank or there is no such column.
    fn text(&self, column: Column) -> Option<&'a str> {
        let text = self.cells.get(self.heading.at(column)?)?.trim();
        Some(text).filter(|text| !text.is_empty())
    }

    fn label(&self, column: Column) -> Option<Box<str>> {
        self.text(column).map(Box::from)
    }

    fn value<T>(
        &mut self,
        column: Column,
        read: impl Fn(&str) -> Option<T>,
        wanted: &str,
    ) -> Option<T> {
        let text = self.text(column)?;
        let value = read(text);
        if value.is_none() {
            let message = format!("`{}` is not {wanted}", shortened(text));
            self.is_wrong(column, ProblemCode::BadValue, message);
        }
        value
    }

    fn count(&mut self, column: Column) -> Option<u64> {
        self.value(column, values::count, "a whole number in digits")
    }

    fn is_wrong(&mut self, column: Column, code: ProblemCode, message: String) {
        let at = self.heading.at(column);
        let name = at.map_or(column.name(), |at| self.heading.name_at(at));
        self.wrong.push(CellWrong { at, code, message: format!("{name}: {message}") });
    }

    /// How many images were accepted: a number, or whether they all were.
    fn accepted(&mut self, images: Option<u64>) -> Option<u64> {
        let text = self.text(Column::Accepted)?;
        let accepted = match (values::flag(text), images) {
            // In a log of single images 1 and 0 are both.
            (Some(true), Some(images)) if values::count(text).is_none() => Some(images),
            (Some(true), _) => Some(1),
            (Some(false), _) => Some(0),
            (None, _) => values::count(text),
        };
        let Some(count) = accepted else {
            let message =
                format!("`{}` is no number of images, and not yes or no", shortened(text));
            self.is_wrong(Column::Accepted, ProblemCode::BadValue, message);
            return None;
        };
        if let Some(images) = images.filter(|images| count > *images) {
            let message = format!("{} accepted of {} images", grouped(count), grouped(images));
            self.is_wrong(Column::Accepted, ProblemCode::BadValue, message);
        }
        accepted
    }

    /// How it was processed: what was in a Batch is served at the standard tier.
    fn processing(&mut self) -> Option<Processing> {
        let wanted = "a processing that tables know: standard, batch, flex or priority";
        let tier = match self.text(Column::Processing) {
            Some("auto") | None => None,
            Some(_) => self.value(Column::Processing, values::processing, wanted),
        };
        let batch = self.value(Column::Batch, values::flag, "true or false");
        match (batch, tier) {
            (Some(true), None | Some(Processing::Standard | Processing::Batch)) => {
                Some(Processing::Batch)
            }
            (Some(true), Some(other)) => {
                let message = format!("in a Batch, and {} as well", other.as_str());
                self.is_wrong(Column::Batch, ProblemCode::EitherOr, message);
                None
            }
            (Some(false), Some(Processing::Batch)) => {
                let message = "not in a Batch, and processed as one".to_owned();
                self.is_wrong(Column::Batch, ProblemCode::EitherOr, message);
                None
            }
            (Some(false), None) => Some(Processing::Standard),
            (_, tier) => tier,
        }
    }

    fn measured(&mut self, images: Option<u64>, labels: &Labels) -> Measured {
        let mut counts = Counts::default();
        for at in 0..COUNTED.len() {
            counts.0[at] = self.count(Column::Count(at));
        }
        let totals = [Column::Input, Column::CachedInput, Column::Output, Column::Total]
            .map(|column| self.count(column));
        let [input, cached, output, total] = totals;
        if counts.are_silent()
            && let (Some(input), Some(output)) = (input, output)
        {
            self.check_sum(Column::Total, total, input.checked_add(output));
            return self.unsplit([input, output], cached, (images, labels));
        }
        self.checked(counts, totals)
    }

    /// Counts by meter beside their totals. Cached ones are a part of the input in either of two ways: beside the counts of
    /// their kind, as exports have them, or within them, as replies do. The totals tell which.
    fn checked(&mut self, counts: Counts, totals: [Option<u64>; 4]) -> Measured {
        let [input, cached, output, total] = totals;
        let of = |at: usize| counts.0[at].unwrap_or(0);
        let sum = |all: &[usize]| all.iter().try_fold(0_u64, |sum, at| sum.checked_add(of(*at)));
        self.check_sum(Column::CachedInput, cached, sum(&[1, 3]));
        if !counts.are_silent() {
            self.check_sum(Column::Output, output, sum(&[4, 5]));
            self.check_sum(Column::Total, total, sum(&[0, 1, 2, 3, 4, 5]));
        }
        match input {
            Some(input) if sum(&[0, 1, 2, 3]) != Some(input) && sum(&[0, 2]) == Some(input) => {
                Measured::Counts(self.without_cached(counts))
            }
            Some(_) if counts.are_silent() => {
                let message = "input and no output is counted, or the other way round".to_owned();
                self.is_wrong(Column::Input, ProblemCode::BadValue, message);
                Measured::Counts(counts)
            }
            input => {
                self.check_sum(Column::Input, input, sum(&[0, 1, 2, 3]));
                Measured::Counts(counts)
            }
        }
    }

    /// Counts of a kind that hold the cached ones, without them.
    fn without_cached(&mut self, mut counts: Counts) -> Counts {
        for (all, cached) in [(0, 1), (2, 3)] {
            let (Some(whole), Some(part)) = (counts.0[all], counts.0[cached]) else { continue };
            match whole.checked_sub(part) {
                Some(rest) => counts.0[all] = Some(rest),
                None => {
                    let message = format!("{} cached of {}", grouped(part), grouped(whole));
                    self.is_wrong(Column::Count(cached), ProblemCode::BadValue, message);
                }
            }
        }
        counts
    }

    fn check_sum(&mut self, column: Column, stated: Option<u64>, sum: Option<u64>) {
        let Some(stated) = stated else { return };
        if sum != Some(stated) {
            let sum = sum.map_or_else(|| "too many".to_owned(), grouped);
            let message = format!("it says {}, and its parts add up to {sum}", grouped(stated));
            self.is_wrong(column, ProblemCode::BadValue, message);
        }
    }

    /// Totals alone: what of them is text and what image stays open, as in a reply that does not split them.
    fn unsplit(
        &mut self,
        [input, output]: [u64; 2],
        cached: Option<u64>,
        (images, labels): (Option<u64>, &Labels),
    ) -> Measured {
        if let Some(cached) = cached.filter(|cached| *cached > input) {
            let message = format!("{} cached of {} input", grouped(cached), grouped(input));
            self.is_wrong(Column::CachedInput, ProblemCode::BadValue, message);
        }
        if images.is_some_and(|images| images > MOST_IMAGES) {
            let message = format!("more than {} images in one row", grouped(MOST_IMAGES));
            self.is_wrong(Column::Images, ProblemCode::TooLarge, message);
            return Measured::Counts(Counts::default());
        }
        let tokens = ReplyTokens {
            input,
            input_split: None,
            cached: cached.map_or(Cached::NotStated, Cached::Together),
            states_cached: cached.is_some(),
            output,
            output_split: None,
        };
        let text = |label: &Option<Box<str>>| label.as_deref().map(str::to_owned);
        let image = DescribedImage { size: text(&labels.size), quality: text(&labels.quality) };
        let made = images.map(|images| vec![image; usize::try_from(images).unwrap_or(0)]);
        Measured::Reply(Arc::new(Reply::of_log(tokens, made)))
    }
}
