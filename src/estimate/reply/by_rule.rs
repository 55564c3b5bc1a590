//! What stands beside an unknown: the figure of the model's rule for the images that a reply describes.

use rust_decimal::Decimal;

use super::super::place::{PricedOn, call_cost};
use super::super::{EstimateError, Terms};
use crate::catalog::model_rules::ModelRules;
use crate::figure::Figure;
use crate::metering::output_tokens;
use crate::rating::{self, Charge, Facts};
use crate::request::QualityChoice;
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::{DescribedImage, Reply};

/// What a rule says where a reply does not count. It is beside the total and never part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByRule {
    /// The amount.
    pub amount: Figure<Decimal>,
    /// The image output tokens that it is of, if it is of them alone.
    pub output_tokens: Option<Figure<u64>>,
    /// What it is of, in words.
    pub of: String,
}

/// The image output by the model's rule, where the output of the reply is not known; `None` where size
/// or quality of an image is not told, or the rule does not know them.
pub(super) fn of_images(
    reply: &Reply,
    rules: &ModelRules,
    counted: &Usage,
    facts: &Facts,
    place: &PricedOn,
    terms: &Terms,
) -> Result<Option<ByRule>, EstimateError> {
    let made = reply.made();
    if counted.count(Meter::ImageOutput).high().is_some() || made.is_empty() {
        return Ok(None);
    }
    let Some(tokens) = output_of_all(&made, rules) else { return Ok(None) };
    let mut usage = counted.clone();
    usage.set(Meter::ImageOutput, tokens.clone(), Vec::new());
    let rated = rating::rate_before_floor(&usage, facts, &place.table, terms.fx)?;
    let lines: Vec<&Charge> =
        rated.charges.iter().filter(|line| line.meter == Meter::ImageOutput).collect();
    // Where output tokens are not billed, nothing is open.
    if lines.is_empty() {
        return Ok(None);
    }
    let amount = rating::total(lines)?;
    let of = format!("image output of {}, without its input", in_words(&made));
    Ok(Some(ByRule { amount, output_tokens: Some(tokens), of }))
}

/// The output tokens of several images by the rule; `None` where it does not know one of them.
pub(super) fn output_of_all(made: &[DescribedImage], rules: &ModelRules) -> Option<Figure<u64>> {
    let mut each = made.iter().map(|image| output_of(image, rules));
    each.try_fold(Figure::Exact(0), |sum: Figure<u64>, tokens| {
        sum.try_join(&tokens?, |a: u64, b| a.checked_add(b).ok_or(())).ok()
    })
}

fn output_of(image: &DescribedImage, rules: &ModelRules) -> Option<Figure<u64>> {
    let label = image.quality.as_ref().filter(|label| rules.labels().contains(label))?;
    let size = image.size.as_deref()?.parse().ok()?;
    let choice = QualityChoice::Label(label.clone());
    let asked = output_tokens::Asked {
        quality: Some(&choice),
        size: Some(crate::request::SizeChoice::Exact(size)),
        resolution: None,
    };
    Some(output_tokens::per_image(rules, asked)).filter(|tokens| tokens.high().is_some())
}

fn in_words(made: &[DescribedImage]) -> String {
    let mut kinds: Vec<(String, usize)> = Vec::new();
    for image in made {
        let parts = [image.size.as_deref(), image.quality.as_deref()];
        let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        match kinds.iter_mut().find(|(known, _)| *known == words) {
            Some((_, count)) => *count += 1,
            None => kinds.push((words, 1)),
        }
    }
    let kinds = kinds.into_iter().map(|(words, count)| format!("{count} × {words}"));
    kinds.collect::<Vec<_>>().join(", ")
}

/// The whole at the standard rates, where the reply was served at another tier.
pub(super) fn at_standard_rates(charges: &[Charge]) -> Result<Option<ByRule>, EstimateError> {
    let amount = call_cost(charges)?.total;
    let of = "the whole reply at the standard rates".to_owned();
    Ok((amount.high().is_some()).then_some(ByRule { amount, output_tokens: None, of }))
}
