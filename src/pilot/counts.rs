//! What a row of a log counts. What it leaves out is not zero: unknown, or between none and all by the rule.

use crate::catalog::model_rules::ModelRules;
use crate::figure::Figure;
use crate::metering::{self, input_images, output_tokens};
use crate::reason::{Logged, MissingCount};
use crate::request::{Draft, InputImage, Prompt, QualityChoice, SizeChoice, settle};
use crate::size::NoSize;
use crate::unit::Meter;
use crate::usage::Usage;

use super::log::LoggedAttempt;
use super::priced_on::PricedOn;

/// More reference images than any model takes.
const MOST_REFERENCES: usize = 1_000;

/// The counts of a row. What is left out is one image in one call, nothing from a cache and, without
/// reference images, no image input. Any other count that is left out is unknown, and of an attempt without
/// an image between none and what the rule counts for one that delivers. A logged zero of what cannot be none
/// is an empty cell.
pub(super) fn usage(row: &LoggedAttempt, place: &PricedOn) -> Usage {
    let mut usage = Usage::default();
    let rules = place.rules.as_ref();
    let in_full =
        rules.filter(|_| !row.ending.is_delivered()).and_then(|it| in_full(row, place, it));
    for meter in Meter::ALL {
        let logged = row.counts.get(&meter).copied();
        let count = logged.filter(|count| *count > 0 || !is_empty_zero(row, meter));
        let count = match count.or_else(|| left_out(row, meter, rules)) {
            Some(count) => Figure::Exact(count),
            None => not_logged(row, meter, in_full.as_ref()),
        };
        usage.set(meter, count, vec!["as logged".to_owned()]);
    }
    usage
}

/// Whether a logged zero of a meter says nothing. Gateways log a zero for what they were not told, and a request
/// bills at least the tokens around its prompt, a reference what is read of it, and an image its output. Of an
/// attempt without an image no zero shows that nothing was made, which may be billed all the same.
fn is_empty_zero(row: &LoggedAttempt, meter: Meter) -> bool {
    let is_logged = |meter: Meter| row.counts.get(&meter).is_some_and(|count| *count > 0);
    match meter {
        Meter::ImageOutput | Meter::Calls | Meter::Pixels => true,
        Meter::TextInput => !is_logged(Meter::CachedTextInput),
        Meter::ImageInput => is_logged(Meter::InputImages) && !is_logged(Meter::CachedImageInput),
        Meter::Images | Meter::TextOutput => !row.ending.is_delivered(),
        // Nothing from a cache and no reference image are what most rows have.
        _ => false,
    }
}

/// What an empty cell means, where it has a meaning.
fn left_out(row: &LoggedAttempt, meter: Meter, rules: Option<&ModelRules>) -> Option<u64> {
    let logged = |meter: Meter| row.counts.get(&meter).copied();
    let writes_text = rules.is_none_or(|rules| rules.text_output.is_some());
    match meter {
        Meter::Images | Meter::Calls => Some(1),
        Meter::CachedTextInput | Meter::CachedImageInput | Meter::InputImages => Some(0),
        Meter::ImageInput if logged(Meter::InputImages).unwrap_or(0) == 0 => Some(0),
        Meter::TextOutput if !writes_text => Some(0),
        Meter::Pixels => {
            let size = row.delivered.or(row.requested)?;
            Some(size.pixels() * logged(Meter::Images).unwrap_or(1).max(1))
        }
        _ => None,
    }
}

/// A count that is not logged; `in_full` are those of an attempt without an image if it had made one.
fn not_logged(row: &LoggedAttempt, meter: Meter, in_full: Option<&Usage>) -> Figure<u64> {
    let missing = match row.counts.get(&meter) {
        _ if meter == Meter::Pixels => MissingCount::NoSize,
        None => MissingCount::LeftOut,
        Some(_) if meter == Meter::ImageInput => MissingCount::ZeroOfReferences,
        Some(_) if row.ending.is_delivered() => MissingCount::ZeroOfDelivered,
        Some(_) => MissingCount::Zero,
    };
    let reason = |most_without_image| Logged::Count { meter, missing, most_without_image };
    match in_full.map(|usage| usage.count(meter).high()) {
        Some(Some(0)) => Figure::Exact(0),
        Some(Some(most)) => Figure::range(0, None, most, reason(Some(most))),
        _ => Figure::unknown(0, reason(None)),
    }
}

/// What the rules count for the request of a row if it makes an image; `None` where the row does not tell
/// what was asked for, or the model cannot be asked for it.
fn in_full(row: &LoggedAttempt, place: &PricedOn, rules: &ModelRules) -> Option<Usage> {
    let references = row.counts.get(&Meter::InputImages).copied().unwrap_or(0);
    let reference = InputImage::new("reference", Err(NoSize::NotLogged));
    let draft = Draft {
        size: Some(row.requested?.to_string()),
        quality: Some(row.quality.clone()?),
        prompt: row.prompt_tokens.map(Prompt::Tokens),
        input_images: vec![
            reference;
            usize::try_from(references).ok().filter(|it| *it <= MOST_REFERENCES)?
        ],
        ..Draft::default()
    };
    let (request, _) = settle(&draft, &place.model, rules, None, row.day).ok()?;
    let mut usage = metering::meter(&request, rules).ok()?.usage;
    if row.prompt_tokens.is_none() {
        usage.set(Meter::TextInput, Figure::unknown(0, Logged::NoPrompt), Vec::new());
    }
    if references > 0 {
        let each = input_images::most(&rules.input_images.rule);
        let most = each.and_then(|each| each.checked_mul(references));
        let reason = Logged::NoReferenceSizes;
        let count = match most {
            Some(most) => Figure::range(0, None, most, reason),
            None => Figure::unknown(0, reason),
        };
        usage.set(Meter::ImageInput, count, Vec::new());
    }
    Some(usage)
}

/// The output tokens of the image of a row by the rule, where its size and quality are logged.
pub(super) fn output_by_rule(row: &LoggedAttempt, rules: &ModelRules) -> Option<Figure<u64>> {
    let size = row.delivered.or(row.requested)?;
    let quality = QualityChoice::Label(row.quality.clone().filter(|label| label != "auto")?);
    let asked = output_tokens::Asked {
        quality: Some(&quality),
        size: Some(SizeChoice::Exact(size)),
        resolution: None,
    };
    let each = output_tokens::per_image(rules, asked);
    Some(each).filter(|tokens| tokens.high().is_some())
}
