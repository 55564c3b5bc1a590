//! What a row of a log counts. What it leaves out is not zero: unknown, or between none and all by the rule.

use crate::catalog::model::ModelRules;
use crate::figure::Figure;
use crate::metering::{self, input_images, output_tokens};
use crate::request::{Draft, InputImage, Prompt, QualityChoice, SizeChoice, settle};
use crate::unit::Meter;
use crate::usage::Usage;

use super::log::Row;
use super::rated::Place;

/// More reference images than any model takes.
const MOST_REFERENCES: usize = 1_000;

/// The counts of a row. What is left out is one image in one call, nothing from a cache and, without
/// reference images, no image input. Any other count that is left out is unknown, and of an attempt without
/// an image between none and what the rule counts for one that delivers. An image that was delivered has
/// output: a logged zero is as unknown as an empty cell.
pub(super) fn usage(row: &Row, place: &Place) -> Usage {
    let mut usage = Usage::default();
    let rules = place.rules.as_ref();
    let in_full =
        rules.filter(|_| !row.ending.is_delivered()).and_then(|it| in_full(row, place, it));
    for meter in Meter::ALL {
        let logged = row.counts.get(&meter).copied();
        let count = match logged.filter(|count| !is_empty_zero(row, meter, *count)) {
            Some(count) => Figure::Exact(count),
            None => match (left_out(row, meter, rules), logged) {
                (Some(count), None) => Figure::Exact(count),
                (_, Some(_)) => Figure::unknown(
                    0,
                    format!(
                        "an image was delivered, and the log counts 0 {} tokens",
                        meter.label()
                    ),
                ),
                (None, None) => not_logged(meter, in_full.as_ref()),
            },
        };
        usage.set(meter, count, vec!["as logged".to_owned()]);
    }
    usage
}

/// Whether a logged zero says nothing: that of the output of a delivered image, and of the text that asked for
/// it where the output is not logged either.
fn is_empty_zero(row: &Row, meter: Meter, count: u64) -> bool {
    let no_output = row.counts.get(&Meter::ImageOutput).is_none_or(|count| *count == 0);
    let of_the_image = matches!(meter, Meter::ImageOutput | Meter::TextInput);
    count == 0 && row.ending.is_delivered() && no_output && of_the_image
}

/// What an empty cell means, where it has a meaning.
fn left_out(row: &Row, meter: Meter, rules: Option<&ModelRules>) -> Option<u64> {
    let logged = |meter: Meter| row.counts.get(&meter).copied();
    let writes_text = rules.is_none_or(|rules| rules.text_output.is_some());
    match meter {
        Meter::Images | Meter::Calls => Some(1),
        Meter::CachedTextInput | Meter::CachedImageInput | Meter::InputImages => Some(0),
        Meter::ImageInput if logged(Meter::InputImages).unwrap_or(0) == 0 => Some(0),
        Meter::TextOutput if !writes_text => Some(0),
        Meter::Pixels => {
            let size = row.delivered.or(row.requested)?;
            Some(size.pixels() * logged(Meter::Images).unwrap_or(1))
        }
        _ => None,
    }
}

/// A count that is not logged; `in_full` are those of an attempt without an image if it had made one.
fn not_logged(meter: Meter, in_full: Option<&Usage>) -> Figure<u64> {
    let reason = match meter {
        Meter::Pixels => "the log does not say which size was made".to_owned(),
        _ => format!("the log leaves out {} tokens", meter.label()),
    };
    match in_full.map(|usage| usage.count(meter).high()) {
        Some(Some(0)) => Figure::Exact(0),
        Some(Some(most)) => {
            let reason = format!(
                "{reason} of an attempt without an image: none, or up to {most} by the rule"
            );
            Figure::range(0, None, most, reason)
        }
        _ => Figure::unknown(0, reason),
    }
}

/// What the rules count for the request of a row if it makes an image; `None` where the row does not tell
/// what was asked for, or the model cannot be asked for it.
fn in_full(row: &Row, place: &Place, rules: &ModelRules) -> Option<Usage> {
    let references = row.counts.get(&Meter::InputImages).copied().unwrap_or(0);
    let reference = InputImage { name: "reference".into(), size: Err("not logged".into()) };
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
    let (request, _) = settle(&draft, &place.model, rules, None).ok()?;
    let mut usage = metering::meter(&request, rules).ok()?.usage;
    if row.prompt_tokens.is_none() {
        usage.set(
            Meter::TextInput,
            Figure::unknown(0, "the log leaves out the prompt"),
            Vec::new(),
        );
    }
    if references > 0 {
        let each = input_images::most(&rules.input_images.rule);
        let most = each.and_then(|each| each.checked_mul(references));
        let reason = "the sizes of its reference images are not logged";
        let count = match most {
            Some(most) => Figure::range(0, None, most, reason),
            None => Figure::unknown(0, reason),
        };
        usage.set(Meter::ImageInput, count, Vec::new());
    }
    Some(usage)
}

/// The output tokens of the image of a row by the rule, where its size and quality are logged.
pub(super) fn output_by_rule(row: &Row, rules: &ModelRules) -> Option<Figure<u64>> {
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
