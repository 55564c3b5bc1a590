//! The rules of a model in words, a sentence each.

use crate::catalog::model_rules::{
    AddedTokens, EdgeGrid, Fidelity, InputImageRule, ModelRules, ObservedMultiple, OutputRule,
    Patches, SizeGrid, SizeRule, Tiles,
};
use crate::report::number::{count, raw};

/// Which sizes may be asked for.
pub(super) fn sizes(rules: &ModelRules, legal: usize) -> String {
    let default = rules.sizes.default.map_or_else(String::new, |default| {
        format!("; imgcost takes {default} where none is given")
    });
    let rule = match &rules.sizes.rule {
        SizeRule::Listed(sizes) => {
            let names: Vec<String> = sizes.iter().map(ToString::to_string).collect();
            format!("{} and no others", names.join(", "))
        }
        SizeRule::Grid(grid) => format!("{} sizes: {}", count(legal as u64), grid_bounds(grid)),
        SizeRule::Tiers(tiers) => format!(
            "resolutions to ask for by name: {}; the pixels behind a name are not stated",
            tiers.join(", ")
        ),
        SizeRule::NotKnown(reason) => format!("not known: {reason}"),
    };
    format!("{rule}{default}")
}

fn grid_bounds(grid: &SizeGrid) -> String {
    format!(
        "both edges multiples of {} and at most {} pixels, the long edge at most {} times the short \
         one, {} to {} pixels in total; above {} pixels results are called experimental",
        grid.edge_multiple,
        count(grid.max_edge.into()),
        grid.max_aspect,
        count(grid.min_pixels),
        count(grid.max_pixels),
        count(grid.experimental_above_pixels)
    )
}

/// Which quality labels may be asked for.
pub(super) fn qualities(rules: &ModelRules) -> String {
    let Some(qualities) = &rules.qualities else {
        return "none known".into();
    };
    let (labels, default) = (qualities.labels.join(", "), &qualities.default);
    format!("{labels} (the cheapest first); imgcost takes {default} where none is given")
}

/// How many images a request may ask for.
pub(super) fn max_images(rules: &ModelRules) -> String {
    rules.max_images.map_or_else(|| "not stated".into(), |most| format!("up to {most}"))
}

/// How many output tokens an image is.
pub(super) fn output_tokens(rules: &ModelRules) -> String {
    match &rules.output_tokens.rule {
        OutputRule::Table(table) => {
            let label = |label: &String| {
                let sizes = table.get(label)?.iter();
                let sizes: Vec<String> =
                    sizes.map(|(size, tokens)| format!("{} at {size}", count(*tokens))).collect();
                Some(format!("{label} {}", sizes.join(", ")))
            };
            rules.labels().iter().filter_map(label).collect::<Vec<_>>().join("; ")
        }
        OutputRule::EdgeGrid(grid) => formula(grid, rules.labels()),
        OutputRule::ObservedMultiple(rule) => {
            let labels = rules.labels();
            format!("a range: {}, of {}", multiples(rule, labels), formula(&rule.of, labels))
        }
        OutputRule::ByTier(tokens) => {
            let tier = |tier: &String| Some(format!("{} at {tier}", count(*tokens.get(tier)?)));
            let tiers: Vec<String> = rules.sizes.rule.tiers().iter().filter_map(tier).collect();
            format!("{}, whatever the shape", tiers.join(", "))
        }
        OutputRule::BySize(sizes, others) => {
            let sizes = sizes.iter().map(|(size, tokens)| format!("{} at {size}", count(*tokens)));
            format!("{}; {others}", sizes.collect::<Vec<_>>().join(", "))
        }
        OutputRule::Each(tokens) => format!("{} for every image", count(*tokens)),
        OutputRule::NotKnown(reason) => format!("not known: {reason}"),
    }
}

/// The multiples with the labels that share them: "3 to 4.25 times for low and medium".
fn multiples(rule: &ObservedMultiple, labels: &[String]) -> String {
    let mut shared: Vec<(String, Vec<&str>)> = Vec::new();
    for label in labels {
        let Some((low, high)) = rule.times.get(label) else { continue };
        let times = format!("{} to {} times", raw(*low), raw(*high));
        match shared.iter_mut().find(|(known, _)| *known == times) {
            Some((_, labels)) => labels.push(label),
            None => shared.push((times, vec![label])),
        }
    }
    let words =
        shared.iter().map(|(times, labels)| format!("{times} for {}", labels.join(" and ")));
    words.collect::<Vec<_>>().join(", ")
}

fn formula(grid: &EdgeGrid, labels: &[String]) -> String {
    let factor = |label: &String| Some(format!("{} for {label}", grid.factors.get(label)?));
    let factors: Vec<String> = labels.iter().filter_map(factor).collect();
    format!(
        "q × u × ({} + width × height) ÷ {}, rounded up, where q is {}, and u is q × short edge ÷ \
         long edge, rounded (exact halves to the even number)",
        count(grid.pixel_offset),
        count(grid.divisor),
        factors.join(", ")
    )
}

/// How partial images are counted.
pub(super) fn partial_images(rules: &ModelRules) -> String {
    match &rules.partial_images {
        Some(partial) => {
            let tokens = count(partial.tokens_each);
            format!("up to {}, {tokens} output tokens each", partial.max)
        }
        None => "none".into(),
    }
}

/// Which text is billed besides the image.
pub(super) fn text_output(rules: &ModelRules) -> String {
    match &rules.text_output {
        Some(text) => {
            let low = count(text.low_per_image);
            match text.high_per_image {
                Some(high) => format!("{low} to {} tokens an image: {}", count(high), text.reason),
                None => format!("not known: {}", text.reason),
            }
        }
        None => "none known".into(),
    }
}

/// How many tokens a reference image is.
pub(super) fn input_images(rules: &ModelRules) -> String {
    let images = &rules.input_images;
    let rule = match &images.rule {
        InputImageRule::Tiles(tiles) => tile_rule(tiles),
        InputImageRule::Patches(patches) => patch_rule(patches),
        InputImageRule::Each(tokens) => format!("{} tokens an image", count(*tokens)),
        InputImageRule::NotKnown(reason) => reason.clone(),
    };
    let fidelity = images.fidelity.as_ref().map(|fidelity| match fidelity {
        Fidelity::Selectable { high_adds_square, high_adds_other } => format!(
            "input fidelity high adds {} tokens to a square image and {} to any other",
            count(*high_adds_square),
            count(*high_adds_other)
        ),
        Fidelity::LowOnly(reason) | Fidelity::Refused(reason) => reason.clone(),
    });
    let most = images.max.map(|most| format!("up to {most}"));
    most.into_iter().chain([rule]).chain(fidelity).collect::<Vec<_>>().join("; ")
}

fn tile_rule(tiles: &Tiles) -> String {
    format!(
        "{} tokens an image and {} for each tile of {edge} x {edge} pixels, after its short edge is \
         scaled to {} ({})",
        tiles.base_tokens,
        tiles.tokens_per_tile,
        tiles.short_edge,
        published(tiles.published),
        edge = tiles.tile_edge
    )
}

fn patch_rule(patches: &Patches) -> String {
    format!(
        "a token for each patch of {edge} x {edge} pixels; an image of more than {} patches is \
         shrunk, one with a long edge below {} pixels is enlarged toward them, at most {} times; \
         known up to {}:1 ({})",
        count(patches.max_patches.into()),
        count(patches.enlarge_to.into()),
        patches.enlarge_at_most,
        patches.max_aspect,
        published(patches.published),
        edge = patches.patch_edge
    )
}

fn published(published: bool) -> &'static str {
    if published { "published by the maker" } else { "measured; none of the maker's was found" }
}

/// How many tokens a prompt is billed.
pub(super) fn prompt(rules: &ModelRules) -> String {
    let Some(prompt) = &rules.prompt else { return "how it is counted is not stated".into() };
    let edits: Vec<String> = prompt.edit.iter().map(added).collect();
    let edit = match edits[..] {
        [] => "how many for an edit is not known".into(),
        _ => format!("for an edit plus {}", edits.join(", else ")),
    };
    format!(
        "o200k_base tokens plus {} for a generation; {edit}; at most {} characters",
        added(&prompt.generation),
        count(prompt.max_characters)
    )
}

fn added(tokens: &AddedTokens) -> String {
    let mut words = tokens.low.to_string();
    if tokens.high != tokens.low {
        words += &format!(" to {}", tokens.high);
    }
    if let Some(expected) = tokens.expected {
        words += &format!(", {expected} expected,");
    }
    if let Some(images) = tokens.input_images {
        let plural = if images == 1 { "" } else { "s" };
        words += &format!(" with {images} image{plural}");
    }
    if let Some(size) = tokens.image_size {
        words += &format!(" of {size}");
    }
    words
}
