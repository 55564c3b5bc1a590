//! The rules of a model for programs, each in words and with its evidence; the output rule with its numbers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::words;
use crate::catalog::evidence::Evidence;
use crate::catalog::model_rules::{EdgeGrid, ModelRules, OutputRule};
use crate::report::number::raw;
use crate::report::record::Record;

/// The rules of a model on a day.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RulesOutput<'a> {
    /// The first day of this version of the rules.
    pub from: String,
    /// The day after its last; none where it is open.
    pub until: Option<String>,
    /// How many images a request may ask for; none where it is not stated.
    pub images_per_request: Option<u32>,
    /// Who states the sizes.
    pub sizes_evidence: Record<&'a Evidence>,
    /// Who states the qualities; none where no quality is known.
    pub qualities_evidence: Option<Record<&'a Evidence>>,
    /// How many output tokens an image is.
    pub output_tokens: TokensOutput<'a>,
    /// How partial images are counted; none where there are none.
    pub partial_images: Option<PartialImagesOutput<'a>>,
    /// Which text is billed besides the image; none where none is known.
    pub text_output: Option<TextOutputOutput<'a>>,
    /// How many tokens a reference image is.
    pub reference_images: ReferenceImagesOutput<'a>,
    /// How many tokens a prompt is billed; none where it is not stated.
    pub prompt: Option<PromptOutput<'a>>,
}

/// How many output tokens an image is.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct TokensOutput<'a> {
    /// The rule with its numbers.
    pub rule: OutputRuleOutput<'a>,
    /// The rule in words.
    pub in_words: String,
    /// Who states it.
    pub evidence: Record<&'a Evidence>,
}

/// A rule of output tokens.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OutputRuleOutput<'a> {
    /// The tokens of each quality and size.
    Table(BTreeMap<&'a str, BTreeMap<String, u64>>),
    /// A formula of the edges.
    EdgeGrid(FormulaOutput<'a>),
    /// A range of multiples of a formula that was observed.
    ObservedMultiple {
        /// The formula.
        of: FormulaOutput<'a>,
        /// The multiples of each quality.
        times: BTreeMap<&'a str, MultipleOutput>,
        /// Why they are a range.
        reason: &'a str,
    },
    /// The tokens of each resolution that is asked for by name.
    ByTier(&'a BTreeMap<String, u64>),
    /// The tokens of the sizes at which they are known.
    BySize {
        /// Size → tokens.
        tokens: BTreeMap<String, u64>,
        /// Why no count of another size is known.
        others: &'a str,
    },
    /// The tokens of any image.
    Each(u64),
    /// Why the rule is not known.
    NotKnown(&'a str),
}

/// q × u × (offset + width × height) ÷ divisor, rounded up: q is the factor of the quality, and u is
/// q × short edge ÷ long edge, rounded.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct FormulaOutput<'a> {
    /// The factor of each quality.
    pub factors: &'a BTreeMap<String, u32>,
    /// What is added to the pixels.
    pub pixel_offset: u64,
    /// What the product is divided by.
    pub divisor: u64,
}

/// From how many times to how many times.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct MultipleOutput {
    /// The least.
    pub low: String,
    /// The most.
    pub high: String,
}

/// How partial images are counted.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PartialImagesOutput<'a> {
    /// How many may be asked for.
    pub max: u32,
    /// The output tokens of each.
    pub tokens_each: u64,
    /// Who states it.
    pub evidence: Record<&'a Evidence>,
}

/// Which text is billed besides the image.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct TextOutputOutput<'a> {
    /// The fewest tokens of an image.
    pub low_per_image: u64,
    /// The most; none where it is not known.
    pub high_per_image: Option<u64>,
    /// Why they are open.
    pub reason: &'a str,
    /// Who states it.
    pub evidence: Record<&'a Evidence>,
}

/// How many tokens a reference image is.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ReferenceImagesOutput<'a> {
    /// How many a request may have; none where it is not stated.
    pub max: Option<u32>,
    /// The rule in words.
    pub in_words: String,
    /// Who states it.
    pub evidence: Record<&'a Evidence>,
}

/// How many tokens a prompt is billed.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PromptOutput<'a> {
    /// The most characters.
    pub max_characters: u64,
    /// The rule in words.
    pub in_words: String,
    /// Who states it.
    pub evidence: Record<&'a Evidence>,
}

impl<'a> RulesOutput<'a> {
    pub(super) fn of(rules: &'a ModelRules) -> RulesOutput<'a> {
        let output = &rules.output_tokens;
        RulesOutput {
            from: rules.period.first.to_string(),
            until: rules.period.until.map(|day| day.to_string()),
            images_per_request: rules.max_images,
            sizes_evidence: Record::of(&rules.sizes.evidence),
            qualities_evidence: rules.qualities.as_ref().map(|it| Record::of(&it.evidence)),
            output_tokens: TokensOutput {
                rule: output_rule(&output.rule),
                in_words: words::output_tokens(rules),
                evidence: Record::of(&output.evidence),
            },
            partial_images: rules.partial_images.as_ref().map(|partial| PartialImagesOutput {
                max: partial.max,
                tokens_each: partial.tokens_each,
                evidence: Record::of(&partial.evidence),
            }),
            text_output: rules.text_output.as_ref().map(|text| TextOutputOutput {
                low_per_image: text.low_per_image,
                high_per_image: text.high_per_image,
                reason: &text.reason,
                evidence: Record::of(&text.evidence),
            }),
            reference_images: ReferenceImagesOutput {
                max: rules.input_images.max,
                in_words: words::input_images(rules),
                evidence: Record::of(&rules.input_images.evidence),
            },
            prompt: rules.prompt.as_ref().map(|prompt| PromptOutput {
                max_characters: prompt.max_characters,
                in_words: words::prompt(rules),
                evidence: Record::of(&prompt.evidence),
            }),
        }
    }
}

fn output_rule(rule: &OutputRule) -> OutputRuleOutput<'_> {
    match rule {
        OutputRule::Table(table) => {
            let labels = table.iter().map(|(label, sizes)| {
                let sizes = sizes.iter().map(|(size, tokens)| (size.to_string(), *tokens));
                (label.as_str(), sizes.collect())
            });
            OutputRuleOutput::Table(labels.collect())
        }
        OutputRule::EdgeGrid(grid) => OutputRuleOutput::EdgeGrid(formula(grid)),
        OutputRule::ByTier(tokens) => OutputRuleOutput::ByTier(tokens),
        OutputRule::BySize(sizes, others) => {
            let tokens = sizes.iter().map(|(size, tokens)| (size.to_string(), *tokens));
            OutputRuleOutput::BySize { tokens: tokens.collect(), others }
        }
        OutputRule::Each(tokens) => OutputRuleOutput::Each(*tokens),
        OutputRule::NotKnown(reason) => OutputRuleOutput::NotKnown(reason),
        OutputRule::ObservedMultiple(rule) => {
            let times = rule.times.iter().map(|(label, (low, high))| {
                (label.as_str(), MultipleOutput { low: raw(*low), high: raw(*high) })
            });
            OutputRuleOutput::ObservedMultiple {
                of: formula(&rule.of),
                times: times.collect(),
                reason: &rule.reason,
            }
        }
    }
}

fn formula(grid: &EdgeGrid) -> FormulaOutput<'_> {
    FormulaOutput { factors: &grid.factors, pixel_offset: grid.pixel_offset, divisor: grid.divisor }
}
