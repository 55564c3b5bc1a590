//! What the image model counted, and its lines. What an image that was delivered cost is never zero because
//! the reply does not count it.

use super::super::offered::rate_before_floor;
use super::super::place::PricedOn;
use super::super::{EstimateError, Terms};
use super::ReplyContext;
use super::ends::lines_of_ends;
use super::not_delivered;
use crate::catalog::conditions::Mode;
use crate::catalog::model_rules::ModelRules;
use crate::catalog::price::RoundingOf;
use crate::figure::Figure;
use crate::metering::output_tokens;
use crate::rating::{self, Charge, Facts, PriceTable, Rated};
use crate::reason::{self, MissingPart};
use crate::request::{QualityChoice, SizeChoice};
use crate::size::Size;
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::{Counts, Reply, ReplyTokens, Stated, counts};

/// The image model's part of a reply.
pub(super) struct ImagePart {
    /// What it counted; a range where the reply leaves a split open.
    pub usage: Usage,
    /// Its lines.
    pub rated: Rated,
    /// The images that were delivered; none where the reply does not tell how many there were.
    pub images: u32,
    /// What decides its prices besides the counts.
    pub facts: Facts,
}

pub(super) fn rated(
    reply: &Reply,
    rules: &ModelRules,
    context: &ReplyContext,
    place: &mut PricedOn,
    terms: &Terms,
) -> Result<ImagePart, EstimateError> {
    let (beside, images) = beside_tokens(reply);
    let (counts, missing) = match &reply.tokens {
        Stated::Missing(why) => (None, Some((why.clone(), Missing::All))),
        Stated::Tokens(tokens) => {
            let given = (context.cached_text_tokens, context.cached_image_tokens);
            let missing =
                missing_of(tokens, reply).or_else(|| left_out_calls(tokens, reply, rules));
            (Some(counts(tokens, Some(rules), given)), missing)
        }
    };
    let mut usage = beside.clone();
    if let Some(counts) = &counts {
        usage.set_all(&counts.input.ranges());
        usage.set_all(&counts.output.ranges());
    }
    if counts.as_ref().is_some_and(|counts| counts.input.ends.is_empty()) {
        let meters = Meter::ALL.map(|meter| (meter, meter.is_input()));
        set_open(&mut usage, &meters, &reason::Reply::CachedDoNotFit);
    }
    if let Some((why, what)) = &missing {
        set_open(&mut usage, &what.meters(rules), why);
    }
    surcharges(&mut usage, reply, images);
    // Where an image was delivered whose usage is missing, everything is open already.
    not_delivered::set_images_and_calls(&mut usage, reply, &place.table.route.terms);
    let open_calls = not_delivered::open(reply, rules, &place.table.route.terms)
        .filter(|_| missing.is_none() || reply.delivered_none());
    if let Some(open) = &open_calls {
        open.set(&mut usage, rules);
    }
    let facts = facts(reply, rules, &usage, context, terms);
    let input_is_told = open_calls.as_ref().is_none_or(|open| !open.input);
    let told_apart = missing.is_none() && input_is_told && is_linear(&place.table);
    let mut rated = rate_before_floor(&usage, &facts, &place.table, terms)?;
    // What a call that is in no count may add to the output is no matter of its kind.
    let is_apart = |counts: &Counts| open_calls.is_none() || counts.output.ends.len() < 2;
    if let Some(counts) = counts.filter(|counts| told_apart && is_apart(counts)) {
        let ended = Ended { beside: &usage, facts: &facts, table: &place.table, terms };
        rated.charges =
            lines_of_ends(rated.charges, &counts, |end, is_input| ended.lines(end, is_input))?;
    }
    // The calls of a reply can differ in size and quality.
    let calls = rating::Calls::NotToldApart;
    rated.charges = rating::with_floor(rated.charges, &usage, calls, &place.table, terms.fx)?;
    Ok(ImagePart { usage, rated: place.located(rated), images, facts })
}

/// How much of the usage of a delivered image is missing.
enum Missing {
    All,
    Input,
    Output,
}

/// OpenAI sums the usage of several image calls and may skip those without a record of it: what is stated is
/// then less than the rule counts for the images that were delivered.
fn left_out_calls(
    tokens: &ReplyTokens,
    reply: &Reply,
    rules: &ModelRules,
) -> Option<(reason::Reply, Missing)> {
    let made = reply.images.as_ref().filter(|made| !made.is_empty())?;
    if made.len() == 1 {
        return fewer_than_any(tokens, rules);
    }
    let Some(by_rule) = super::by_rule::output_of_all(made, rules) else {
        return (reply.calls > 1).then_some((reason::Reply::CallsNotChecked, Missing::Output));
    };
    let by_rule = by_rule.low();
    (tokens.output < by_rule).then(|| {
        let (counted, images) = (tokens.output, made.len() as u64);
        (reason::Reply::CallLeftOut { counted, images, by_rule }, Missing::Output)
    })
}

/// No image has fewer output tokens than the cheapest one that the model makes.
fn fewer_than_any(tokens: &ReplyTokens, rules: &ModelRules) -> Option<(reason::Reply, Missing)> {
    let counted = tokens.output_split.map_or(tokens.output, |(image, _)| image);
    let least = output_tokens::least_above(rules, counted)?;
    Some((reason::Reply::FewerThanAnyImage { counted, least }, Missing::Output))
}

impl Missing {
    /// The meters, and whether each of them is missing.
    fn meters(&self, rules: &ModelRules) -> [(Meter, bool); 10] {
        let input = matches!(self, Missing::All | Missing::Input);
        let output = matches!(self, Missing::All | Missing::Output);
        Meter::ALL.map(|meter| {
            let is_missing = match meter {
                Meter::ImageOutput => output,
                Meter::TextOutput => output && rules.text_output.is_some(),
                Meter::TextInput | Meter::ImageInput => input,
                _ => false,
            };
            (meter, is_missing)
        })
    }
}

/// Whether the counts leave out what an image took: an image that was delivered has image output, and its
/// request has input, for every prompt is wrapped in tokens that are billed.
fn missing_of(tokens: &ReplyTokens, reply: &Reply) -> Option<(reason::Reply, Missing)> {
    if reply.holds_no_picture() {
        return None;
    }
    let image_output = tokens.output_split.map_or(tokens.output, |(image, _)| image);
    let (part, what) = match (tokens.input, tokens.output, image_output) {
        (0, 0, _) => (MissingPart::Usage, Missing::All),
        (0, _, 0) => (MissingPart::InputAndImageOutput, Missing::All),
        (_, 0, _) => (MissingPart::Output, Missing::Output),
        (_, _, 0) => (MissingPart::ImageOutput, Missing::Output),
        (0, ..) => (MissingPart::Input, Missing::Input),
        _ => return None,
    };
    let delivered = reply.images.is_some();
    Some((reason::Reply::NotCounted { part, delivered }, what))
}

/// Makes meters unknown; what is counted of them stays the least that they are.
fn set_open(usage: &mut Usage, meters: &[(Meter, bool)], why: &reason::Reply) {
    for (meter, _) in meters.iter().filter(|(_, is_open)| *is_open) {
        let at_least = usage.count(*meter).low();
        usage.set(*meter, Figure::unknown(at_least, why.clone()), usage.how(*meter).to_vec());
    }
}

/// Images and calls.
fn beside_tokens(reply: &Reply) -> (Usage, u32) {
    let images = match &reply.images {
        made if reply.leaves_out_images() => {
            let why = match made {
                None => reason::Reply::ImagesNotListed,
                Some(_) => reason::Reply::NoImageCall,
            };
            let open = || Figure::unknown(1, why.clone());
            let meters = [Meter::Images, Meter::Calls];
            let mut usage = Usage::default();
            meters.into_iter().for_each(|meter| usage.set(meter, open(), Vec::new()));
            return (usage, 0);
        }
        made => made.as_ref().map_or(0, |made| u32::try_from(made.len()).unwrap_or(u32::MAX)),
    };
    let mut usage = Usage::default();
    usage.set(Meter::Images, Figure::Exact(u64::from(images)), Vec::new());
    usage.set(Meter::Calls, Figure::Exact(u64::from(reply.calls)), Vec::new());
    (usage, images)
}

/// What some owners charge by besides: pixels by the size that the reply says it made, and reference images,
/// whose number no reply tells.
fn surcharges(usage: &mut Usage, reply: &Reply, images: u32) {
    let size = reply.size.as_deref().and_then(|size| size.parse::<Size>().ok());
    let pixels = match size {
        Some(size) if reply.leaves_out_images() => {
            Figure::unknown(size.pixels(), reason::Reply::ImagesNotListed)
        }
        Some(size) => Figure::Exact(size.pixels().saturating_mul(u64::from(images))),
        None if images == 0 && !reply.leaves_out_images() => Figure::Exact(0),
        None => Figure::unknown(0, reason::Reply::NoSize),
    };
    usage.set(Meter::Pixels, pixels, vec!["as the reply states its size".into()]);
    let read = [Meter::ImageInput, Meter::CachedImageInput].map(|meter| usage.count(meter));
    let sent = if read.iter().all(|count| *count == Figure::Exact(0)) {
        Figure::Exact(0)
    } else {
        Figure::unknown(0, reason::Reply::ReferencesNotSaid)
    };
    usage.set(Meter::InputImages, sent, Vec::new());
}

fn facts(
    reply: &Reply,
    rules: &ModelRules,
    usage: &Usage,
    context: &ReplyContext,
    terms: &Terms,
) -> Facts {
    let labels = rules.labels().to_vec();
    let quality = reply.quality.clone().filter(|label| labels.contains(label));
    let size = reply.size.as_deref().and_then(|size| size.parse().ok());
    Facts {
        processing: context.processing(),
        mode: mode(usage),
        quality: quality.map(QualityChoice::Label),
        size: size.map(SizeChoice::Exact),
        labels,
        resolution: terms.resolution.map(str::to_owned),
        format: reply.output_format.clone(),
    }
}

/// An edit has image input.
fn mode(usage: &Usage) -> Mode {
    let read = [Meter::ImageInput, Meter::CachedImageInput].map(|meter| usage.count(meter));
    let any = read.iter().any(|count| count.low() > 0 || count.high().is_some_and(|high| high > 0));
    if any { Mode::Edit } else { Mode::Generate }
}

/// Whether a table charges each token alike, so that what is open costs between its ends.
fn is_linear(table: &PriceTable) -> bool {
    let rounds_lines =
        table.version().rounding.is_some_and(|rounding| rounding.of == RoundingOf::Line);
    table.lists().len() == 1 && !rounds_lines
}

/// What rates the counts at one end.
struct Ended<'a> {
    beside: &'a Usage,
    facts: &'a Facts,
    table: &'a PriceTable,
    terms: &'a Terms<'a>,
}

impl Ended<'_> {
    /// The lines at an end.
    fn lines(&self, end: &Usage, is_input: bool) -> Result<Vec<Charge>, EstimateError> {
        let mut usage = self.beside.clone();
        usage.set_all(end);
        let mode = if is_input { mode(&usage) } else { self.facts.mode };
        let facts = Facts { mode, ..self.facts.clone() };
        Ok(rating::rate_before_floor(&usage, &facts, self.table, self.terms.fx)?.charges)
    }
}
