//! The estimates of several requests and replies, and what they cost together.

use rust_decimal::Decimal;

use super::Estimate;
use crate::catalog::price::Processing;
use crate::catalog::route::RouteId;
use crate::figure::Figure;
use crate::money::{AmountTooLarge, add};
use crate::problem::Problem;
use crate::reason::{Budgeting, Reasons};
use crate::request::RequestError;

/// A request or reply of a file and what became of it.
#[derive(Debug)]
pub struct FileLine {
    /// The file that it stands in, as the user knows it.
    pub file: String,
    /// Its number in the file, from 1: that of its line, or its place in a list.
    pub line: usize,
    /// The caller's own id of it.
    pub custom_id: Option<String>,
    /// Its estimate, or why it was rejected.
    pub outcome: Result<Box<Estimate>, Rejected>,
}

/// Why a line is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// What is wrong with it, in words.
    pub problem: Problem,
    /// Why it cannot be priced as asked; none where the line itself cannot be read.
    pub errors: Vec<RequestError>,
}

impl Rejected {
    /// The codes of why.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        let of_line = self.errors.is_empty().then(|| self.problem.code.as_str());
        let of_request = (!self.errors.is_empty()).then(|| Reasons::from(&self.errors[..]));
        let of_request = of_request.iter().flat_map(Reasons::codes).collect::<Vec<_>>();
        of_line.into_iter().chain(of_request)
    }
}

/// The requests and replies of files with what they cost together.
#[derive(Debug)]
pub struct EstimatedFile {
    /// The lines.
    pub lines: Vec<FileLine>,
    /// What all of them cost, for attempts as given. With a rejected line the total is not known: what is known is
    /// a lower bound.
    pub total: Figure<Decimal>,
    /// What it costs with every open request at one quality, for each quality that settles one.
    pub settled: Vec<(String, Figure<Decimal>)>,
    /// The lines that are priced, by what they ask for, in the order of the first of each.
    pub groups: Vec<FileGroup>,
}

/// Lines of a file that ask for the same kind of image of the same route.
#[derive(Debug)]
pub struct FileGroup {
    /// What they ask for.
    pub asked: Asked,
    /// How many lines.
    pub requests: u64,
    /// The images that they ask for together.
    pub images: u64,
    /// What they cost together.
    pub total: Figure<Decimal>,
}

/// What tells one kind of request from another in the summary of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The model.
    pub model: String,
    /// The size, in words.
    pub size: String,
    /// The quality, in words.
    pub quality: String,
    /// How it is processed.
    pub processing: Processing,
    /// The route.
    pub route: RouteId,
    /// Whose price it is.
    pub owner_name: String,
}

impl Asked {
    fn of(estimate: &Estimate) -> Asked {
        let request = estimate.subject.request();
        Asked {
            model: estimate.model.id.clone(),
            size: request.map(|it| it.size_in_words()).unwrap_or_default(),
            quality: request.map(|it| it.quality_in_words().to_owned()).unwrap_or_default(),
            processing: estimate.subject.processing(),
            route: estimate.table.route.id.clone(),
            owner_name: estimate.table.route.owner_name.clone(),
        }
    }
}

fn groups(lines: &[FileLine]) -> Result<Vec<FileGroup>, AmountTooLarge> {
    let mut groups: Vec<FileGroup> = Vec::new();
    for estimate in estimates(lines) {
        let asked = Asked::of(estimate);
        let images = u64::from(estimate.request_cost.images);
        match groups.iter_mut().find(|group| group.asked == asked) {
            Some(group) => {
                group.requests += 1;
                group.images += images;
                group.total = group.total.try_join(&estimate.total, add)?;
            }
            None => {
                let total = estimate.total.clone();
                groups.push(FileGroup { asked, requests: 1, images, total });
            }
        }
    }
    Ok(groups)
}

impl EstimatedFile {
    /// The lines with their sums.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept exact.
    pub fn of(lines: Vec<FileLine>) -> Result<EstimatedFile, AmountTooLarge> {
        let rejected = lines.iter().filter(|line| line.outcome.is_err()).count();
        let start = match rejected {
            0 => Figure::Exact(Decimal::ZERO),
            count => Figure::unknown(Decimal::ZERO, Budgeting::RejectedLines(count as u64)),
        };
        let total = estimates(&lines)
            .try_fold(start, |sum, estimate| sum.try_join(&estimate.total, add))?;
        let (settled, groups) = (settled(&lines)?, groups(&lines)?);
        Ok(EstimatedFile { lines, total, settled, groups })
    }

    /// The estimates of the lines that are priced.
    pub fn estimates(&self) -> impl Iterator<Item = &Estimate> {
        estimates(&self.lines)
    }
}

fn estimates(lines: &[FileLine]) -> impl Iterator<Item = &Estimate> {
    lines.iter().filter_map(|line| line.outcome.as_deref().ok())
}

fn settled(lines: &[FileLine]) -> Result<Vec<(String, Figure<Decimal>)>, AmountTooLarge> {
    let mut labels: Vec<&String> = Vec::new();
    let open = estimates(lines).flat_map(|estimate| &estimate.settled);
    for label in open.filter_map(|settled| settled.quality.as_ref()) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let total_at = |label: &String| {
        let zero = Figure::Exact(Decimal::ZERO);
        estimates(lines).try_fold(zero, |sum, estimate| {
            let at = estimate.settled.iter().find(|one| one.quality.as_ref() == Some(label));
            sum.try_join(at.map_or(&estimate.total, |settled| &settled.total), add)
        })
    };
    labels.into_iter().map(|label| Ok((label.clone(), total_at(label)?))).collect()
}
