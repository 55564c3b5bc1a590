//! A model file → [`Model`].

use std::collections::BTreeMap;

use super::check::{Checker, MOST_TOKENS, all, optional};
use super::model::{
    AddedTokens, EdgeGrid, Fidelity, InputImageRule, InputImages, Launch, Model, ModelRules,
    ObservedMultiple, OutputRule, OutputTokens, PartialImages, Patches, PromptRules, Qualities,
    Shutdown, SizeGrid, SizeRule, Sizes, TextOutput, Tiles,
};
use super::raw::{
    Count, RawAddedTokens, RawEdgeGrid, RawFidelity, RawInputImageRule, RawInputImages, RawLaunch,
    RawModel, RawObservedMultiple, RawOutputRule, RawOutputTokens, RawPartialImages, RawPatches,
    RawPrompt, RawQualities, RawRules, RawShutdown, RawSizeGrid, RawSizeRule, RawSizes,
    RawTextOutput, RawTiles, Spanned,
};
use super::yaml::span;
use crate::catalog::sizes::broken_rules;
use crate::problem::ProblemCode;

pub(super) fn model(check: &mut Checker, raw: &RawModel, id: &str) -> Option<Model> {
    let name = check.text(&raw.name);
    let maker = check.text(&raw.maker);
    let aliases = all(raw.aliases.iter().map(|alias| check.text(alias)).collect());
    let launch = optional(raw.launch.as_ref(), |raw| launch(check, raw));
    let shutdown = optional(raw.shutdown.as_ref(), |raw| shutdown(check, raw));
    let rules = all(raw.rules.iter().map(|raw| rules(check, raw)).collect());
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
        rules: rules?,
    })
}

fn launch(check: &mut Checker, raw: &RawLaunch) -> Option<Launch> {
    let on = check.date(&raw.on);
    let evidence = check.evidence(&raw.evidence);
    Some(Launch { on: on?, evidence: evidence? })
}

fn shutdown(check: &mut Checker, raw: &RawShutdown) -> Option<Shutdown> {
    let on = check.date(&raw.on);
    let announced = check.optional_date(raw.announced.as_ref());
    let replacements = all(raw.replacements.iter().map(|model| check.text(model)).collect());
    let evidence = check.evidence(&raw.evidence);
    Some(Shutdown {
        on: on?,
        announced: announced?,
        replacements: replacements?,
        evidence: evidence?,
    })
}

fn rules(check: &mut Checker, raw: &Spanned<RawRules>) -> Option<ModelRules> {
    let at = span(raw);
    let raw = &raw.value;
    let sizes = sizes(check, &raw.sizes);
    let seen = sizes.as_ref().and_then(|sizes| sizes.evidence.seen);
    let period = check.period(raw.from.as_ref(), raw.until.as_ref(), seen, None, at);
    let qualities = qualities(check, &raw.qualities);
    let labels = qualities.as_ref().map_or(&[][..], |qualities| &qualities.labels);
    let output_tokens =
        output_tokens(check, &raw.output_tokens, labels, span(&raw.qualities.default));
    report_sizes_without_tokens(check, raw, sizes.as_ref(), output_tokens.as_ref());
    let max_images = check.small(&raw.images_per_request.max);
    let max_images_evidence = check.evidence(&raw.images_per_request.evidence);
    let partial_images = optional(raw.partial_images.as_ref(), |raw| partial_images(check, raw));
    let text_output = optional(raw.text_output.as_ref(), |raw| text_output(check, raw));
    let input_images = input_images(check, &raw.input_images);
    let prompt = prompt(check, &raw.prompt);
    max_images_evidence?;
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

fn sizes(check: &mut Checker, raw: &RawSizes) -> Option<Sizes> {
    let default = check.size(&raw.default);
    let rule = match &raw.rule {
        RawSizeRule::Listed(sizes) => {
            all(sizes.iter().map(|size| check.size(size)).collect()).map(SizeRule::Listed)
        }
        RawSizeRule::Grid(grid) => size_grid(check, grid).map(SizeRule::Grid),
    };
    let evidence = check.evidence(&raw.evidence);
    let (default, rule) = (default?, rule?);
    let broken = broken_rules(&rule, default);
    if !broken.is_empty() {
        let message = format!("the default size {default} is not legal: {}", broken.join("; "));
        check.report(
            ProblemCode::BadSize,
            span(&raw.default),
            message,
            "take a legal size as the default",
        );
    }
    Some(Sizes { default, rule, evidence: evidence? })
}

fn size_grid(check: &mut Checker, raw: &RawSizeGrid) -> Option<SizeGrid> {
    const MOST_PIXELS: u64 = 1_000_000_000_000;
    // The legal sizes are listed edge by edge, so the number of edges bounds that work.
    const MOST_EDGES: u64 = 1_000;
    let edge_multiple = check.small(&raw.edge_multiple);
    let max_edge = check.count(&raw.max_edge, 1, 100_000).map(|edge| edge as u32);
    if u64::from(max_edge.unwrap_or(0)) > MOST_EDGES.saturating_mul(raw.edge_multiple.value) {
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
    let words: Vec<(&str, ())> =
        raw.labels.iter().map(|label| (label.value.as_str(), ())).collect();
    let default = check.word(&raw.default, ProblemCode::UnknownWord, "label of this model", &words);
    let evidence = check.evidence(&raw.evidence);
    default?;
    Some(Qualities { default: raw.default.value.clone(), labels: labels?, evidence: evidence? })
}

fn output_tokens(
    check: &mut Checker,
    raw: &RawOutputTokens,
    labels: &[String],
    at: std::ops::Range<usize>,
) -> Option<OutputTokens> {
    let evidence = check.evidence(&raw.evidence);
    let rule = match &raw.rule {
        RawOutputRule::Table(table) => output_table(check, table).map(OutputRule::Table),
        RawOutputRule::EdgeGrid(grid) => edge_grid(check, grid).map(OutputRule::EdgeGrid),
        RawOutputRule::ObservedMultiple(raw) => {
            observed_multiple(check, raw).map(OutputRule::ObservedMultiple)
        }
    }?;
    for label in labels.iter().filter(|label| !covers(&rule, label)) {
        let message = format!("the quality `{label}` has no output-token rule");
        check.report(ProblemCode::MissingKey, at.clone(), message, "add it under `output_tokens`");
    }
    Some(OutputTokens { rule, evidence: evidence? })
}

/// Every listed size needs its tokens in a table: the request would be legal and its cost unknown.
fn report_sizes_without_tokens(
    check: &mut Checker,
    raw: &RawRules,
    sizes: Option<&Sizes>,
    tokens: Option<&OutputTokens>,
) {
    let (Some(SizeRule::Listed(listed)), Some(OutputRule::Table(table))) =
        (sizes.map(|sizes| &sizes.rule), tokens.map(|tokens| &tokens.rule))
    else {
        return;
    };
    for (quality, row) in table {
        for size in listed.iter().filter(|size| !row.contains_key(size)) {
            let message = format!("{quality} at {size} has no output tokens");
            let help = "add them under `output_tokens`, or take the size out of the list";
            check.report(ProblemCode::MissingKey, span(&raw.sizes.default), message, help);
        }
    }
}

fn covers(rule: &OutputRule, label: &str) -> bool {
    match rule {
        OutputRule::Table(table) => table.contains_key(label),
        OutputRule::EdgeGrid(grid) => grid.factors.contains_key(label),
        OutputRule::ObservedMultiple(rule) => {
            rule.of.factors.contains_key(label) && rule.times.contains_key(label)
        }
    }
}

type RawTable = BTreeMap<String, BTreeMap<String, Count>>;

fn output_table(
    check: &mut Checker,
    raw: &RawTable,
) -> Option<BTreeMap<String, BTreeMap<crate::size::Size, u64>>> {
    let mut table = BTreeMap::new();
    for (quality, sizes) in raw {
        let row: &mut BTreeMap<_, _> = table.entry(quality.clone()).or_default();
        for (size, tokens) in sizes {
            let (size, tokens) = (check.size_text(size, span(tokens)), check.tokens(tokens));
            row.insert(size?, tokens?);
        }
    }
    Some(table)
}

fn edge_grid(check: &mut Checker, raw: &RawEdgeGrid) -> Option<EdgeGrid> {
    let mut factors = BTreeMap::new();
    for (quality, factor) in &raw.factors {
        factors.insert(quality.clone(), check.count(factor, 1, 10_000)? as u32);
    }
    let pixel_offset = check.tokens(&raw.pixel_offset);
    let divisor = check.count(&raw.divisor, 1, 1_000_000_000);
    Some(EdgeGrid { factors, pixel_offset: pixel_offset?, divisor: divisor? })
}

fn observed_multiple(check: &mut Checker, raw: &RawObservedMultiple) -> Option<ObservedMultiple> {
    let of = edge_grid(check, &raw.of);
    let mut times = BTreeMap::new();
    for (quality, multiple) in &raw.times {
        let (low, high) = (check.price(&multiple.low), check.price(&multiple.high));
        let (low, high) = (low?, high?);
        if low > high || high > 1_000.into() {
            let message = format!("{low} to {high} is not a range of at most 1000 times");
            check.report(
                ProblemCode::OutOfRange,
                span(&multiple.high),
                message,
                "correct `low` or `high`",
            );
        }
        times.insert(quality.clone(), (low, high));
    }
    let reason = check.text(&raw.reason);
    Some(ObservedMultiple { of: of?, times, reason: reason? })
}

fn partial_images(check: &mut Checker, raw: &RawPartialImages) -> Option<PartialImages> {
    let max = check.small(&raw.max);
    let tokens_each = check.tokens(&raw.tokens_each);
    let evidence = check.evidence(&raw.evidence);
    Some(PartialImages { max: max?, tokens_each: tokens_each?, evidence: evidence? })
}

fn text_output(check: &mut Checker, raw: &RawTextOutput) -> Option<TextOutput> {
    let low_per_image = check.tokens(&raw.low_per_image);
    let least = raw.low_per_image.value.min(MOST_TOKENS);
    let high_per_image = check.count(&raw.high_per_image, least, MOST_TOKENS);
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
    let max = check.small(&raw.max);
    let rule = match &raw.rule {
        RawInputImageRule::Tiles(raw) => tiles(check, raw).map(InputImageRule::Tiles),
        RawInputImageRule::Patches(raw) => patches(check, raw).map(InputImageRule::Patches),
        RawInputImageRule::NotKnown(reason) => check.text(reason).map(InputImageRule::NotKnown),
    };
    let fidelity = match &raw.fidelity {
        RawFidelity::Refused(reason) => check.text(reason).map(Fidelity::Refused),
        RawFidelity::Selectable(raw) => {
            let (square, other) =
                (check.tokens(&raw.high_adds_square), check.tokens(&raw.high_adds_other));
            square.zip(other).map(|(square, other)| Fidelity::Selectable {
                high_adds_square: square,
                high_adds_other: other,
            })
        }
    };
    let evidence = check.evidence(&raw.evidence);
    Some(InputImages { max: max?, rule: rule?, fidelity: fidelity?, evidence: evidence? })
}

fn tiles(check: &mut Checker, raw: &RawTiles) -> Option<Tiles> {
    let short_edge = check.small(&raw.short_edge);
    let tile_edge = check.small(&raw.tile_edge);
    let base_tokens = check.tokens(&raw.base_tokens);
    let tokens_per_tile = check.tokens(&raw.tokens_per_tile);
    Some(Tiles {
        short_edge: short_edge?,
        tile_edge: tile_edge?,
        base_tokens: base_tokens?,
        tokens_per_tile: tokens_per_tile?,
        published: raw.published.value,
    })
}

fn patches(check: &mut Checker, raw: &RawPatches) -> Option<Patches> {
    let patch_edge = check.small(&raw.patch_edge);
    let max_patches = check.small(&raw.max_patches);
    let enlarge_to = check.small(&raw.enlarge_to);
    let enlarge_at_most = check.small(&raw.enlarge_at_most);
    let max_aspect = check.small(&raw.max_aspect);
    Some(Patches {
        patch_edge: patch_edge?,
        max_patches: max_patches?,
        enlarge_to: enlarge_to?,
        enlarge_at_most: enlarge_at_most?,
        max_aspect: max_aspect?,
        published: raw.published.value,
    })
}

fn prompt(check: &mut Checker, raw: &RawPrompt) -> Option<PromptRules> {
    let max_characters = check.count(&raw.max_characters, 1, 10_000_000);
    // Only one tokenizer is built in; another needs code, so a table cannot ask for it in silence.
    let encoding = check.word(
        &raw.encoding,
        ProblemCode::UnknownWord,
        "text encoding that this tool counts with",
        &[("o200k_base", ())],
    );
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
    let (least, most) = (raw.low.value.min(MOST_TOKENS), raw.high.value);
    let high = check.count(&raw.high, least, MOST_TOKENS);
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
