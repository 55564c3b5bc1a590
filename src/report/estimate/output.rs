//! An estimate for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::all_notes;
use super::fields::{LineOfEstimate, lines, of_lines};
use crate::catalog::conditions::Processing;
use crate::estimate::{ByRule, Estimate, Settled, Subject};
use crate::report::envelope::{Output, Said, said};
use crate::report::record::{Each, Record};
use crate::request::{InputFidelity, Prompt, QualityChoice, Request};
use crate::sensitivity::Sensitivity;
use crate::usage::Usage;
use crate::usage_log::reply::Reply;

/// A priced request or reply.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EstimateOutput<'a> {
    /// Whose price it is, what it costs and how attempts turn out.
    #[serde(flatten)]
    pub estimate: Record<&'a Estimate>,
    /// What it rests on.
    #[serde(flatten)]
    pub parts: EstimateParts<'a>,
}

impl Output for EstimateOutput<'_> {
    const NAME: &'static str = "estimate";
    const COMMAND: &'static str = "estimate";
}

/// What an estimate rests on.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EstimateParts<'a> {
    /// What was priced.
    pub request: Priced,
    /// What the image model counts, for the whole request.
    pub usage: Record<&'a Usage>,
    /// The lines, which add up to the cost of the request.
    pub lines: Each<'a, Record<LineOfEstimate<'a>>>,
    /// What it costs once a size or quality that is left to the model is settled.
    pub settled: Each<'a, Record<&'a Settled>>,
    /// What moves the cost of an accepted image most, of what was taken for granted; in a comparison, of the routes that
    /// are its answers.
    pub sensitivities: Each<'a, Record<&'a Sensitivity>>,
    /// What the model's rule says of an image whose usage is not stated; it is in no total.
    pub by_rule: Option<Record<&'a ByRule>>,
    /// What was assumed.
    pub assumptions: Vec<Said>,
    /// What is to be said of the figures.
    pub notes: Vec<Said>,
}

impl<'a> EstimateOutput<'a> {
    /// An estimate for programs; `explain` adds how each line came about.
    pub(crate) fn of(estimate: &'a Estimate, explain: bool) -> EstimateOutput<'a> {
        let parts = EstimateParts::of(estimate, explain);
        EstimateOutput { estimate: Record::of(estimate), parts }
    }
}

impl<'a> EstimateParts<'a> {
    /// `explain` adds how each line came about.
    pub(in crate::report) fn of(estimate: &'a Estimate, explain: bool) -> EstimateParts<'a> {
        EstimateParts {
            request: priced(estimate),
            usage: Record::of(&estimate.usage),
            lines: Each::with(of_lines(explain), || lines(estimate)),
            settled: Each::row(|| estimate.settled.iter()),
            sensitivities: Each::row(|| estimate.sensitivities.iter()),
            by_rule: estimate.by_rule.as_ref().map(Record::of),
            assumptions: said(&estimate.assumptions),
            notes: said(&all_notes(estimate)),
        }
    }
}

/// What was priced: a request that would be sent, or a reply that came back.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Priced {
    /// A request that would be sent.
    Request(Box<PricedRequest>),
    /// A reply that came back.
    Reply(PricedReply),
}

/// A request with the defaults that were taken.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PricedRequest {
    /// `request`.
    pub source: &'static str,
    /// `generation` or `edit`.
    pub kind: &'static str,
    /// The model.
    pub model: String,
    /// The size in pixels, or auto.
    pub size: Option<String>,
    /// The resolution class, such as `2K`.
    pub resolution: Option<String>,
    /// The quality, or auto.
    pub quality: Option<String>,
    /// How many images.
    pub n: u32,
    /// Whether the prompt was given as text.
    pub prompt: bool,
    /// The tokens of the prompt, where they were given instead.
    pub prompt_tokens: Option<u64>,
    /// The text tokens that are billed, where they were given instead.
    pub billed_text_tokens: Option<u64>,
    /// The names or sizes of the input images.
    pub input_images: Vec<String>,
    /// How closely input images are kept to: low or high.
    pub input_fidelity: Option<&'static str>,
    /// How many partial images are sent ahead.
    pub partial_images: u32,
    /// How it is processed: standard, batch, flex or priority.
    pub processing: &'static str,
    /// The turns of the conversation.
    pub turns: u32,
    /// The model that calls the image model.
    pub mainline_model: Option<String>,
    /// The tokens of that model in each turn, where they were given.
    pub mainline_tokens_per_turn: Option<MainlineTokens>,
}

/// The tokens of a model that calls the image model.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct MainlineTokens {
    /// Those that it reads.
    pub input: Option<u64>,
    /// Those of them that are cached.
    pub cached: Option<u64>,
    /// Those that it writes.
    pub output: Option<u64>,
}

/// A reply as it reports itself.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PricedReply {
    /// `reply`.
    pub source: &'static str,
    /// The model.
    pub model: String,
    /// The size that the reply names.
    pub size: Option<String>,
    /// The quality that the reply names.
    pub quality: Option<String>,
    /// The day on which it was made.
    pub created: Option<String>,
    /// How many images it holds, where that can be told.
    pub images: Option<usize>,
    /// The model that called the image model.
    pub mainline_model: Option<String>,
    /// The tier that the reply names.
    pub service_tier: Option<String>,
    /// How it was processed.
    pub processing: &'static str,
}

fn priced(estimate: &Estimate) -> Priced {
    let model = estimate.model.id.clone();
    match &estimate.subject {
        Subject::Request(request) => Priced::Request(Box::new(of_request(request, model))),
        Subject::Reply(reply, processing) => Priced::Reply(of_reply(reply, model, *processing)),
    }
}

fn of_request(request: &Request, model: String) -> PricedRequest {
    let (prompt_tokens, billed_text_tokens) = match request.prompt {
        Some(Prompt::Tokens(tokens)) => (Some(tokens), None),
        Some(Prompt::BilledTokens(tokens)) => (None, Some(tokens)),
        Some(Prompt::Text(_)) | None => (None, None),
    };
    PricedRequest {
        source: "request",
        kind: if request.edit { "edit" } else { "generation" },
        model,
        size: request.size.map(|size| size.in_words()),
        resolution: request.resolution.clone(),
        quality: request.quality.as_ref().map(|it| QualityChoice::as_str(it).to_owned()),
        n: request.n,
        prompt: matches!(request.prompt, Some(Prompt::Text(_))),
        prompt_tokens,
        billed_text_tokens,
        input_images: request.input_images.iter().map(|image| image.name.clone()).collect(),
        input_fidelity: request.input_fidelity.map(|fidelity| match fidelity {
            InputFidelity::Low => "low",
            InputFidelity::High => "high",
        }),
        partial_images: request.partial_images,
        processing: request.processing.as_str(),
        turns: request.turns.get(),
        mainline_model: request.mainline.model.clone(),
        mainline_tokens_per_turn: (!request.mainline.is_empty()).then_some(MainlineTokens {
            input: request.mainline.input_tokens,
            cached: request.mainline.cached_tokens,
            output: request.mainline.output_tokens,
        }),
    }
}

fn of_reply(reply: &Reply, model: String, processing: Processing) -> PricedReply {
    PricedReply {
        source: "reply",
        model,
        size: reply.size.clone(),
        quality: reply.quality.clone(),
        created: reply.created.map(|day| day.to_string()),
        images: reply.images.as_ref().map(Vec::len),
        mainline_model: reply.mainline.as_ref().and_then(|it| it.model.clone()),
        service_tier: reply.service_tier.clone(),
        processing: processing.as_str(),
    }
}
