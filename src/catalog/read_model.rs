//! A model file → [`Model`].

use std::sync::Arc;

use rust_decimal::Decimal;

use super::broken_rule;
use super::check::{Checker, MOST_TOKENS, all, optional};
use super::life_cycle::{Launch, Shutdown};
use super::model::{Model, Residency};
use super::model_rules::{
    AddedTokens, Fidelity, InputImageRule, InputImages, ModelRules, PartialImages, Patches,
    PromptRules, Qualities, SizeGrid, SizeRule, Sizes, TextOutput, Tiles,
};
use super::raw::{
    RawAddedTokens, RawEarlierReplacements, RawFidelity, RawImagesPerRequest, RawInputImageRule,
    RawInputImages, RawLaunch, RawModel, RawPartialImages, RawPatches, RawPrompt, RawQualities,
    RawResidency, RawRules, RawShutdown, RawSizeGrid, RawSizeRule, RawSizes, RawTextOutput,
    RawTiles, Spanned, Text,
};
use super::read_output_tokens::output_tokens;
use super::read_period::RawDays;
use super::refused::refusals;
use super::yaml::span;
use crate::catalog::sizes::broken_rules;
use crate::problem::ProblemCode;

/// No file of an image is larger.
const MOST_BYTES: u64 = 1_000_000_000_000;

pub(super) fn model(check: &mut Checker, raw: &RawModel, id: &str) -> Option<Model> {
    let name = check.text(&raw.name);
    let maker = check.text(&raw.maker);
    let aliases = all(raw.aliases.iter().map(|alias| check.text(alias)).collect());
    let launch = optional(raw.launch.as_ref(), |raw| launch(check, raw));
    let shutdown = optional(raw.shutdown.as_ref(), |raw| shutdown(check, raw));
    let refused = refusals(check, &raw.refused);
    let data_residency = optional(raw.data_residency.as_ref(), |raw| residency(check, raw));
    let rules: Option<Vec<_>> = all(raw.rules.iter().map(|raw| rules(check, raw)).collect());
    if let Some(rules) = &rules {
        check.order(rules.iter().zip(raw.rules.iter().map(span)));
    }
    Some(Model {
        id: id.to_owned(),
        name: name?,
        maker: maker?,
        aliases: aliases?,
        launch: launch?,
        shutdown: shutdown?,
        refused: refused?,
        data_residency: data_residency?,
        rules: rules?,
    })
}

/// A factor is at least 1: what is kept in a region is never cheaper. Where it is a range, the table says what is open.
fn residency(check: &mut Checker, raw: &RawResidency) -> Option<Residency> {
    let low = check.positive(&raw.factor_low);
    let high = check.positive(&raw.factor_high);
    let open = optional(raw.open.as_ref(), |raw| check.text(raw));
    let evidence = check.evidence(&raw.evidence).map(Arc::new);
    let factors = [low?, high?];
    if factors[0] < Decimal::ONE || factors[1] < factors[0] {
        let message = "`factor_low` is at least 1, and `factor_high` at least as much";
        let help = "write the least and the most that the price is multiplied by";
        check.report(ProblemCode::OutOfRange, span(&raw.factor_high), message, help);
        return None;
    }
    if (factors[0] == factors[1]) != raw.open.is_none() {
        let message = "`open` says why two factors differ, and stands beside such two alone";
        let help = "add it where they differ, and leave it out where they are one";
        check.report(ProblemCode::MissingKey, span(&raw.factor_high), message, help);
        return None;
    }
    Some(Residency { factors, open: open?, evidence: evidence? })
}

fn launch(check: &mut Checker, raw: &RawLaunch) -> Option<Launch> {
    let on = check.date(&raw.on);
    let evidence = check.evidence(&raw.evidence);
    Some(Launch { on: on?, evidence: evidence? })
}

pub(super) fn shutdown(check: &mut Checker, raw: &RawShutdown) -> Option<Shutdown> {
    let on = check.date(&raw.on);
    let announced = check.optional_date(raw.announced.as_ref());
    let replacements = models(check, &raw.replacements);
    let known_from = check.optional_date(raw.replacements_known_from.as_ref());
    let mut earlier = |raw: &RawEarlierReplacements| {
        let (from, models) = (check.date(&raw.known_from), models(check, &raw.models));
        from.zip(models)
    };
    let earlier = all(raw.earlier_replacements.iter().map(&mut earlier).collect());
    let evidence = check.evidence(&raw.evidence);
    Some(Shutdown {
        on: on?,
        announced: announced?,
        replacements: replacements?,
        replacements_known_from: known_from?,
        earlier_replacements: earlier?,
        evidence: evidence?,
    })
}

fn models(check: &mut Checker, raw: &[Text]) -> Option<Vec<String>> {
    all(raw.iter().map(|model| check.text(model)).collect())
}

fn rules(check: &mut Checker, spanned: &Spanned<RawRules>) -> Option<ModelRules> {
    let at = spanned.place()?;
    let raw = &spanned.value;
    let sizes = sizes(check, &raw.sizes, at.clone());
    let seen = sizes.as_ref().map(|sizes| sizes.evidence.seen);
    let days = RawDays {
        from: raw.from.as_ref(),
        until: raw.until.as_ref(),
        announced: raw.announced.as_ref(),
        first_seen: raw.first_seen.as_ref(),
        seen_no_later_than: raw.seen_no_later_than.as_ref(),
    };
    let period = check.period(&days, seen, at);
    let qualities = optional(raw.qualities.as_ref(), |raw| qualities(check, raw));
    let known = qualities.as_ref().and_then(Option::as_ref);
    let output_tokens = output_tokens(check, spanned, sizes.as_ref(), known);
    let max_images = optional(raw.images_per_request.as_ref(), |raw| max_images(check, raw));
    let partial_images = optional(raw.partial_images.as_ref(), |raw| partial_images(check, raw));
    let text_output = optional(raw.text_output.as_ref(), |raw| text_output(check, raw));
    let input_images = input_images(check, &raw.input_images);
    let prompt = optional(raw.prompt.as_ref(), |raw| prompt(check, raw));
    Some(ModelRules {
        period: period?,
        sizes: sizes?,
        output_tokens: output_tokens?,
        qualities: qualities?,
        max_images: max_images?,
        partial_images: partial_images?,
        text_output: text_output?,
        input_images: input_images?,
        prompt: prompt?,
    })
}

fn max_images(check: &mut Checker, raw: &RawImagesPerRequest) -> Option<u32> {
    let max = check.small(&raw.max);
    check.evidence(&raw.evidence)?;
    max
}

fn sizes(check: &mut Checker, raw: &RawSizes, at: std::ops::Range<usize>) -> Option<Sizes> {
    let default = optional(raw.default.as_ref(), |raw| check.size(raw));
    let auto_when_left_out =
        raw.auto_when_left_out.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let rule = match &raw.rule {
        RawSizeRule::Listed(sizes) => {
            all(sizes.iter().map(|size| check.size(size)).collect()).map(SizeRule::Listed)
        }
        RawSizeRule::Grid(grid) => size_grid(check, grid).map(SizeRule::Grid),
        RawSizeRule::Tiers(tiers) => {
            all(tiers.iter().map(|tier| check.text(tier)).collect()).map(SizeRule::Tiers)
        }
        RawSizeRule::NotKnown(reason) => check.text(reason).map(SizeRule::NotKnown),
        RawSizeRule::Unread => None,
    };
    let evidence = check.evidence(&raw.evidence);
    let (default, rule) = (default?, rule?);
    report_default(check, &rule, default, raw.default.as_ref().map_or(at, span));
    Some(Sizes { default, auto_when_left_out: auto_when_left_out?, rule, evidence: evidence? })
}

/// Sizes in pixels have a default, which is one of them; a name or an unknown has none.
fn report_default(
    check: &mut Checker,
    rule: &SizeRule,
    default: Option<crate::size::Size>,
    at: std::ops::Range<usize>,
) {
    let help = "take a legal size as the default";
    match default {
        None if rule.is_in_pixels() => {
            check.report(ProblemCode::MissingKey, at, "the sizes have no `default`", help);
        }
        Some(_) if !rule.is_in_pixels() => {
            let message = "a default size has no meaning where sizes are not given in pixels";
            check.report(ProblemCode::BadSize, at, message, "leave `default` out");
        }
        Some(size) => {
            let broken = broken_rules(rule, size);
            if !broken.is_empty() {
                let message = format!(
                    "the default size {size} is not legal: {}",
                    broken_rule::in_words(&broken)
                );
                check.report(ProblemCode::BadSize, at, message, help);
            }
        }
        None => {}
    }
}

fn size_grid(check: &mut Checker, raw: &RawSizeGrid) -> Option<SizeGrid> {
    const MOST_PIXELS: u64 = 1_000_000_000_000;
    // The legal sizes are listed edge by edge, so the number of edges bounds that work.
    const MOST_EDGES: u64 = 1_000;
    let edge_multiple = check.small(&raw.edge_multiple);
    let max_edge = check.count(&raw.max_edge, 1, 100_000).map(|edge| edge as u32);
    if let (Some(edge_multiple), Some(max_edge)) = (edge_multiple, max_edge)
        && u64::from(max_edge) > MOST_EDGES * u64::from(edge_multiple)
    {
        let message = format!("the grid has more than {MOST_EDGES} edges each way");
        let help = "take a larger `edge_multiple` or a shorter `max_edge`";
        check.report(ProblemCode::OutOfRange, span(&raw.edge_multiple), message, help);
    }
    let max_aspect = check.small(&raw.max_aspect);
    let min_pixels = check.count(&raw.min_pixels, 1, MOST_PIXELS);
    let max_pixels = check.count(&raw.max_pixels, 1, MOST_PIXELS);
    let experimental = check.count(&raw.experimental_above_pixels, 1, MOST_PIXELS);
    Some(SizeGrid {
        edge_multiple: edge_multiple?,
        max_edge: max_edge?,
        max_aspect: max_aspect?,
        min_pixels: min_pixels?,
        max_pixels: max_pixels?,
        experimental_above_pixels: experimental?,
    })
}

fn qualities(check: &mut Checker, raw: &RawQualities) -> Option<Qualities> {
    let labels = all(raw.labels.iter().map(|label| check.text(label)).collect());
    if labels.is_some() {
        let names: Vec<&str> = raw.labels.iter().map(|label| &*label.value).collect();
        check.name(&raw.default, "label of this model", &names);
    }
    let default = check.text(&raw.default);
    let auto_when_left_out =
        raw.auto_when_left_out.as_ref().map_or(Some(false), |raw| check.flag(raw));
    let evidence = check.evidence(&raw.evidence);
    Some(Qualities {
        default: default?,
        auto_when_left_out: auto_when_left_out?,
        labels: labels?,
        evidence: evidence?,
    })
}

fn partial_images(check: &mut Checker, raw: &RawPartialImages) -> Option<PartialImages> {
    let max = check.small(&raw.max);
    let tokens_each = check.tokens(&raw.tokens_each);
    let evidence = check.evidence(&raw.evidence);
    Some(PartialImages { max: max?, tokens_each: tokens_each?, evidence: evidence? })
}

fn text_output(check: &mut Checker, raw: &RawTextOutput) -> Option<TextOutput> {
    let low_per_image = check.tokens(&raw.low_per_image);
    let least = low_per_image.unwrap_or_default();
    let high_per_image =
        optional(raw.high_per_image.as_ref(), |raw| check.count(raw, least, MOST_TOKENS));
    let reason = check.text(&raw.reason);
    let evidence = check.evidence(&raw.evidence);
    Some(TextOutput {
        low_per_image: low_per_image?,
        high_per_image: high_per_image?,
        reason: reason?,
        evidence: evidence?,
    })
}

fn input_images(check: &mut Checker, raw: &RawInputImages) -> Option<InputImages> {
    let max = optional(raw.max.as_ref(), |raw| check.small(raw));
    let max_bytes = optional(raw.file.as_ref(), |raw| {
        check.count(&raw.max_bytes, 1, MOST_BYTES).zip(check.evidence(&raw.evidence))
    });
    let rule = match &raw.rule {
        RawInputImageRule::Tiles(raw) => tiles(check, raw).map(InputImageRule::Tiles),
        RawInputImageRule::Patches(raw) => patches(check, raw).map(InputImageRule::Patches),
        RawInputImageRule::Each(tokens) => check.tokens(tokens).map(InputImageRule::Each),
        RawInputImageRule::NotKnown(reason) => check.text(reason).map(InputImageRule::NotKnown),
        RawInputImageRule::Unread => None,
    };
    let fidelity = optional(raw.fidelity.as_ref(), |raw| fidelity(check, raw));
    let evidence = check.evidence(&raw.evidence);
    Some(InputImages {
        max: max?,
        max_bytes: max_bytes?,
        rule: rule?,
        fidelity: fidelity?,
        evidence: evidence?,
    })
}

fn fidelity(check: &mut Checker, raw: &RawFidelity) -> Option<Fidelity> {
    match raw {
        RawFidelity::LowOnly(reason) => check.text(reason).map(Fidelity::LowOnly),
        RawFidelity::Refused(reason) => check.text(reason).map(Fidelity::Refused),
        RawFidelity::Unread => None,
        RawFidelity::Selectable(raw) => {
            let square = check.tokens(&raw.high_adds_square);
            let other = check.tokens(&raw.high_adds_other);
            Some(Fidelity::Selectable { high_adds_square: square?, high_adds_other: other? })
        }
    }
}

fn tiles(check: &mut Checker, raw: &RawTiles) -> Option<Tiles> {
    let short_edge = check.small(&raw.short_edge);
    let tile_edge = check.small(&raw.tile_edge);
    let base_tokens = check.tokens(&raw.base_tokens);
    let tokens_per_tile = check.tokens(&raw.tokens_per_tile);
    let published = check.flag(&raw.published);
    Some(Tiles {
        short_edge: short_edge?,
        tile_edge: tile_edge?,
        base_tokens: base_tokens?,
        tokens_per_tile: tokens_per_tile?,
        published: published?,
    })
}

fn patches(check: &mut Checker, raw: &RawPatches) -> Option<Patches> {
    let patch_edge = check.small(&raw.patch_edge);
    let max_patches = check.small(&raw.max_patches);
    let enlarge_to = check.small(&raw.enlarge_to);
    let enlarge_at_most = check.small(&raw.enlarge_at_most);
    let max_aspect = check.small(&raw.max_aspect);
    let published = check.flag(&raw.published);
    Some(Patches {
        patch_edge: patch_edge?,
        max_patches: max_patches?,
        enlarge_to: enlarge_to?,
        enlarge_at_most: enlarge_at_most?,
        max_aspect: max_aspect?,
        published: published?,
    })
}

fn prompt(check: &mut Checker, raw: &RawPrompt) -> Option<PromptRules> {
    let max_characters = check.count(&raw.max_characters, 1, 10_000_000);
    let encoding = check.word(&raw.encoding);
    let generation = added_tokens(check, &raw.generation);
    let edit = all(raw.edit.iter().map(|raw| added_tokens(check, raw)).collect());
    let evidence = check.evidence(&raw.evidence);
    encoding?;
    Some(PromptRules {
        max_characters: max_characters?,
        generation: generation?,
        edit: edit?,
        evidence: evidence?,
    })
}

fn added_tokens(check: &mut Checker, raw: &RawAddedTokens) -> Option<AddedTokens> {
    let input_images = optional(raw.input_images.as_ref(), |raw| check.tokens(raw));
    let image_size = optional(raw.image_size.as_ref(), |raw| check.size(raw));
    let low = check.tokens(&raw.low);
    let least = low.unwrap_or_default();
    let high = check.count(&raw.high, least, MOST_TOKENS);
    let most = high.unwrap_or(MOST_TOKENS);
    let expected = optional(raw.expected.as_ref(), |expected| check.count(expected, least, most));
    let assumption = optional(raw.assumption.as_ref(), |raw| check.text(raw));
    Some(AddedTokens {
        input_images: input_images?,
        image_size: image_size?,
        low: low?,
        expected: expected?,
        high: high?,
        assumption: assumption?,
    })
}
