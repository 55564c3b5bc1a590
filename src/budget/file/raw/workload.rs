//! A workload of a budget file as written: what is sent, how often, and how attempts turn out.

use super::{RawOtherCost, RawPriceChange};
use crate::budget::file::leaves::{ChangeText, MonthText, Pairs, RawImages, RawSeason, ShareText};
use crate::budget::file::words::AsRate;
use crate::budget::workload::FallbackWhen;
use crate::catalog::conditions::Processing;
use crate::catalog::raw::{Count, Flag, NameOrNumber, Price, Spanned, Text, Word};
use crate::catalog::terms::ChargeRule;
use crate::catalog::yaml::{Form, Node, Notes, Shape, Table, keys};
use crate::unit::{Meter, Per};

/// A request, or steps of requests, with a monthly volume.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawWorkload {
    /// Its name, which no other workload has.
    pub name: Text,
    /// What is sent; or `steps`.
    pub request: Option<Spanned<RawRequest>>,
    /// What is sent, in order: drafts, then the image that is accepted. Instead of `request`.
    pub steps: Option<Spanned<Vec<RawStep>>>,
    /// The route, or a unique ending of its id; the model maker's own where it is left out.
    pub route: Option<Text>,
    /// Another route for what the first one does not serve.
    pub fallback: Option<RawFallback>,
    /// Images wanted each month: one number, `{low, expected, high}`, or a number for each month.
    pub accepted_images: Spanned<RawImages>,
    /// By how much each month is larger than the one before: "3%" or "-5%".
    pub growth: Option<Text<ChangeText>>,
    /// How calendar months differ from that, by their number: `{11: 2.2, 7: 0.7}` is 2.2 times as many in November
    /// and 0.7 times in July, of every year.
    pub seasonality: Option<Spanned<RawSeason>>,
    /// The first month of the workload, from which growth counts.
    pub from: Option<Text<MonthText>>,
    /// Its last month, included.
    pub to: Option<Text<MonthText>>,
    /// Team, cost centre and the like.
    #[schemars(default)]
    pub tags: Pairs<Text<NameOrNumber>>,
    /// How attempts turn out. With `steps`, failures, blocks and time-outs hold for all of them, and
    /// acceptance and the maximum for the last one.
    pub attempts: Option<Spanned<RawAttempts>>,
    /// Your own answers where a term or a meter is open.
    pub assume: Option<RawAssume>,
    /// How sure the rates are, and who pays for failures, for `imgcost budget simulate`.
    pub spread: Option<RawSpread>,
    /// Costs that come with the work.
    #[schemars(default)]
    pub other_costs: Vec<RawOtherCost>,
    /// Changes of the price that you suppose.
    #[schemars(default)]
    pub price_changes: Vec<RawPriceChange>,
}

keys! {
    RawWorkload:
    name, request, steps, route, fallback, accepted_images, growth, seasonality, from was start, to was end, tags or empty,
    attempts, assume, spread, other_costs or empty, price_changes or empty
}

/// One request of several.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawStep {
    /// What is sent.
    pub request: Spanned<RawRequest>,
    /// How many images of this step go into one wanted image, from 1 to 1,000; 1 where it is left out.
    pub per_accepted: Option<Count>,
    /// The route of this step; the workload's where it is left out.
    pub route: Option<Text>,
    /// How attempts of this step turn out; it takes the place of the workload's.
    pub attempts: Option<Spanned<RawAttempts>>,
}

keys! { RawStep: request, per_accepted, route, attempts }

/// A request as in `imgcost estimate`.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawRequest {
    /// The body of an Images API call, as JSON, by its path from the folder of the budget. Keys beside it go
    /// before its values.
    pub file: Option<Text>,
    /// Id or alias of the model.
    pub model: Option<Text>,
    /// WIDTHxHEIGHT or `auto`.
    pub size: Option<Text>,
    /// Quality label or `auto`.
    pub quality: Option<Text>,
    /// Images that one request asks for.
    pub n: Option<Count>,
    /// Text of the prompt, to be counted.
    pub prompt: Option<Text>,
    /// The tokenizer's count of the prompt; instead of `prompt`.
    pub prompt_tokens: Option<Count>,
    /// Text tokens that a reply reported for the whole request; instead of `prompt`.
    pub billed_text_tokens: Option<Count>,
    /// Whether it is an edit, even without an image that is named here.
    pub edit: Option<Flag>,
    /// Reference images: WIDTHxHEIGHT, a file by its path from the folder of the budget, or `unknown`.
    #[schemars(default)]
    pub input_images: Vec<Text>,
    /// How closely reference images are read: `low` or `high`.
    pub input_fidelity: Option<Text>,
    /// Preview images to stream, per image.
    pub partial_images: Option<Count>,
    /// How it is processed.
    pub processing: Option<Word<Processing>>,
    /// Billed text tokens read from a cache, of the whole request.
    pub cached_text_tokens: Option<Count>,
    /// Billed image tokens read from a cache, of the whole request.
    pub cached_image_tokens: Option<Count>,
    /// Text tokens that the model writes for an image.
    pub text_output_tokens: Option<Count>,
    /// Format of the output.
    pub output_format: Option<Text>,
    /// Resolution class to ask for, on routes that price by class.
    pub resolution: Option<Text>,
    /// The model that calls the image model as a tool.
    pub mainline_model: Option<Text>,
    /// Tokens that it reads in a turn, cached ones included.
    pub mainline_input_tokens: Option<Count>,
    /// Of these, the tokens read from a cache.
    pub mainline_cached_tokens: Option<Count>,
    /// Tokens that it writes in a turn.
    pub mainline_output_tokens: Option<Count>,
    /// Turns of the conversation, each with one image.
    pub turns: Option<Count>,
}

keys! {
    RawRequest:
    file, model, size, quality, n, prompt, prompt_tokens, billed_text_tokens, edit,
    input_images or empty, input_fidelity, partial_images, processing, cached_text_tokens,
    cached_image_tokens, text_output_tokens, output_format, resolution, mainline_model,
    mainline_input_tokens, mainline_cached_tokens, mainline_output_tokens, turns
}

/// How attempts turn out. Failures, blocks and time-outs are disjoint shares of attempts.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawAttempts {
    /// The share of delivered images that is accepted: "70%".
    pub acceptance: Option<Text<ShareText>>,
    /// Attempts for each accepted image, failed ones included: "1.4". Instead of `acceptance`.
    pub attempts: Option<Price>,
    /// The share of attempts in which the service fails.
    pub failure_rate: Option<Text<ShareText>>,
    /// The share of attempts that moderation blocks.
    pub block_rate: Option<Text<ShareText>>,
    /// The share of attempts that are not answered in time.
    pub timeout_rate: Option<Text<ShareText>>,
    /// After how many attempts an image is given up, from 1 to 100.
    pub maximum: Option<Count>,
}

keys! { RawAttempts: acceptance, attempts, failure_rate, block_rate, timeout_rate, maximum }

/// Another route for what the first one does not serve.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawFallback {
    /// The route.
    pub route: Text,
    /// What sends an image there.
    pub when: Spanned<Vec<Word<FallbackWhen>>>,
}

keys! { RawFallback: route, when }

/// Your own answers where a term or a meter is open; always shown as assumptions.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawAssume {
    /// Who pays for a failed attempt.
    pub failed: Option<Word<ChargeRule>>,
    /// Who pays for a blocked attempt.
    pub blocked: Option<Word<ChargeRule>>,
    /// Who pays for an attempt that is not answered in time.
    pub timeout: Option<Word<ChargeRule>>,
    /// Text tokens that the model writes for an image.
    pub text_output_tokens: Option<Count>,
    /// Rates that the table of the route does not state: `{meter: text_input, processing: batch, as: standard}`.
    #[schemars(default)]
    pub rates: Vec<RawAssumedRate>,
}

keys! { RawAssume: failed, blocked, timeout, text_output_tokens, rates or empty }

/// A rate that you take for granted where the table of a route states none: that of standard processing, or a price.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawAssumedRate {
    /// What it counts, such as text_input.
    pub meter: Word<Meter>,
    /// The kind of processing that it is the rate of; standard where it is left out.
    pub processing: Option<Word<Processing>>,
    /// The rate that it is taken to be.
    #[schemars(rename = "as")]
    pub as_rate: Option<Word<AsRate>>,
    /// Its price in US dollars; instead of `as`.
    pub price: Option<Price>,
    /// How many units the price is for: 1, 1K (a thousand) or 1M (a million).
    pub per: Option<Word<Per>>,
}

impl Shape for RawAssumedRate {
    const FORM: Form = Form::Mapping;
    fn of(node: &Node, notes: &mut Notes) -> Self {
        let keys = &["meter", "processing", "as", "price", "per"];
        let mut table = Table::of(node, keys, &[], notes);
        RawAssumedRate {
            meter: table.next(notes),
            processing: table.next(notes),
            as_rate: table.next(notes),
            price: table.next(notes),
            per: table.next(notes),
        }
    }
}

/// How sure the rates are, and who pays for failures. What is left out is taken as certain.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawSpread {
    /// Of the share of delivered images that is accepted.
    pub acceptance: Option<Spanned<RawRateSpread>>,
    /// Of the share of attempts in which the service fails.
    pub failure_rate: Option<Spanned<RawRateSpread>>,
    /// Of the share of attempts that moderation blocks.
    pub block_rate: Option<Spanned<RawRateSpread>>,
    /// Of the share of attempts that are not answered in time.
    pub timeout_rate: Option<Spanned<RawRateSpread>>,
    /// How likely each charge of a failed attempt is.
    pub failed: Option<Spanned<RawWeights>>,
    /// How likely each charge of a blocked attempt is.
    pub blocked: Option<Spanned<RawWeights>>,
    /// How likely each charge of an attempt that is not answered in time is.
    pub timeout: Option<Spanned<RawWeights>>,
}

keys! { RawSpread: acceptance, failure_rate, block_rate, timeout_rate, failed, blocked, timeout }

/// How sure a share is: a sample, or the least and the most.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawRateSpread {
    /// In how many trials it was seen: delivered images for acceptance, attempts for the others.
    pub of: Option<Count>,
    /// The least.
    pub low: Option<Text<ShareText>>,
    /// The most.
    pub high: Option<Text<ShareText>>,
}

keys! { RawRateSpread: of, low, high }

/// How likely each charge is: shares that add up to 100%.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::budget::file) struct RawWeights {
    /// Not charged.
    pub free: Option<Text<ShareText>>,
    /// The input is charged.
    pub input_meters: Option<Text<ShareText>>,
    /// Charged in full.
    pub all_meters: Option<Text<ShareText>>,
}

keys! { RawWeights: free, input_meters, all_meters }
