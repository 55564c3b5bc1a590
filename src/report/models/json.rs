//! Models for programs: `imgcost.models/1`.
//!
//! The list and a single model share the object; a single model has `rules` and `moves` as well. Keys
//! may be added in later versions and never change.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::words;
use crate::catalog::Catalog;
use crate::catalog::model::{EdgeGrid, ModelRules, OutputRule, Shutdown, SizeRule};
use crate::figure::Figure;
use crate::models::{Entry, LabelMove, Move, Profile};
use crate::report::estimate::money;
use crate::report::json::{count_figure, evidence};
use crate::report::number::raw;

/// The schema of the object.
pub const SCHEMA: &str = "imgcost.models/1";

pub(super) fn list(entries: &[Entry], as_of: NaiveDate, catalog: &Catalog) -> Value {
    object(as_of, catalog, entries.iter().map(summary).collect())
}

pub(super) fn profile(profile: &Profile, catalog: &Catalog) -> Value {
    let mut model = summary(&profile.entry);
    model["rules"] = json!(profile.entry.rules.as_ref().map(rules));
    model["moves"] = profile.moves.iter().map(one_move).collect();
    model["not_compared"] = json!(profile.not_compared);
    object(profile.as_of, catalog, vec![model])
}

fn object(as_of: NaiveDate, catalog: &Catalog, models: Vec<Value>) -> Value {
    json!({
        "schema": SCHEMA,
        "tool": concat!("imgcost ", env!("CARGO_PKG_VERSION")),
        "catalog": {"digest": catalog.digest()},
        "as_of": as_of.to_string(),
        "models": models,
    })
}

fn summary(entry: &Entry) -> Value {
    let model = &entry.model;
    let launch = model.launch.as_ref();
    let launch =
        launch.map(|it| json!({"on": it.on.to_string(), "evidence": evidence(&it.evidence)}));
    let rules = entry.rules.as_ref();
    json!({
        "id": model.id,
        "name": model.name,
        "maker": model.maker,
        "aliases": model.aliases,
        "makes_images": !model.rules.is_empty(),
        "status": entry.status.as_str(),
        "launch": launch,
        "shutdown": model.shutdown.as_ref().map(shutdown),
        "sizes": rules.map(|rules| sizes(rules, entry.size_count)),
        "qualities": rules.and_then(|rules| rules.qualities.as_ref()).map(|qualities| json!({
            "labels": qualities.labels,
            "default": qualities.default,
        })),
    })
}

fn shutdown(shutdown: &Shutdown) -> Value {
    json!({
        "on": shutdown.on.to_string(),
        "announced": shutdown.announced.map(|day| day.to_string()),
        "replacements": shutdown.replacements,
        "evidence": evidence(&shutdown.evidence),
    })
}

fn sizes(rules: &ModelRules, legal: usize) -> Value {
    let mut sizes = json!({
        "rule": super::size_kind(rules),
        "count": rules.sizes.rule.is_in_pixels().then_some(legal),
        "default": rules.sizes.default.map(|size| size.to_string()),
    });
    match &rules.sizes.rule {
        SizeRule::Listed(listed) => {
            sizes["listed"] = listed.iter().map(ToString::to_string).collect();
        }
        SizeRule::Grid(grid) => {
            sizes["grid"] = json!({
                "edge_multiple": grid.edge_multiple,
                "max_edge": grid.max_edge,
                "max_aspect": grid.max_aspect,
                "min_pixels": grid.min_pixels,
                "max_pixels": grid.max_pixels,
                "experimental_above_pixels": grid.experimental_above_pixels,
            });
        }
        SizeRule::Tiers(tiers) => sizes["tiers"] = json!(tiers),
        SizeRule::NotKnown(reason) => sizes["reason"] = json!(reason),
    }
    sizes
}

/// The rules of the day, each in words and with its evidence; the output rule with its numbers.
fn rules(rules: &ModelRules) -> Value {
    let partial = rules.partial_images.as_ref();
    let text = rules.text_output.as_ref();
    let qualities = rules.qualities.as_ref();
    let prompt = rules.prompt.as_ref();
    json!({
        "from": rules.period.first.to_string(),
        "until": rules.period.until.map(|day| day.to_string()),
        "sizes": {"evidence": evidence(&rules.sizes.evidence)},
        "qualities": qualities.map(|labels| json!({"evidence": evidence(&labels.evidence)})),
        "images_per_request": rules.max_images,
        "output_tokens": {
            "rule": output_rule(&rules.output_tokens.rule),
            "in_words": words::output_tokens(rules),
            "evidence": evidence(&rules.output_tokens.evidence),
        },
        "partial_images": partial.map(|partial| json!({
            "max": partial.max,
            "tokens_each": partial.tokens_each,
            "evidence": evidence(&partial.evidence),
        })),
        "text_output": text.map(|text| json!({
            "low_per_image": text.low_per_image,
            "high_per_image": text.high_per_image,
            "reason": text.reason,
            "evidence": evidence(&text.evidence),
        })),
        "reference_images": {
            "max": rules.input_images.max,
            "in_words": words::input_images(rules),
            "evidence": evidence(&rules.input_images.evidence),
        },
        "prompt": prompt.map(|prompt| json!({
            "max_characters": prompt.max_characters,
            "in_words": words::prompt(rules),
            "evidence": evidence(&prompt.evidence),
        })),
    })
}

fn output_rule(rule: &OutputRule) -> Value {
    match rule {
        OutputRule::Table(table) => {
            let sizes = |sizes: &std::collections::BTreeMap<crate::size::Size, u64>| -> Value {
                let entries = sizes.iter().map(|(size, tokens)| (size.to_string(), json!(tokens)));
                Value::Object(entries.collect())
            };
            let labels = table.iter().map(|(label, table)| (label.clone(), sizes(table)));
            json!({"table": Value::Object(labels.collect())})
        }
        OutputRule::EdgeGrid(grid) => json!({"edge_grid": edge_grid(grid)}),
        OutputRule::ByTier(tokens) => json!({"by_tier": tokens}),
        OutputRule::Each(tokens) => json!({"each": tokens}),
        OutputRule::NotKnown(reason) => json!({"not_known": reason}),
        OutputRule::ObservedMultiple(rule) => {
            let times = rule.times.iter().map(|(label, (low, high))| {
                (label.clone(), json!({"low": raw(*low), "high": raw(*high)}))
            });
            json!({"observed_multiple": {
                "of": edge_grid(&rule.of),
                "times": Value::Object(times.collect()),
                "reason": rule.reason,
            }})
        }
    }
}

fn edge_grid(grid: &EdgeGrid) -> Value {
    json!({
        "factors": grid.factors,
        "pixel_offset": grid.pixel_offset,
        "divisor": grid.divisor,
    })
}

fn one_move(one: &Move) -> Value {
    json!({
        "to": one.to.id,
        "named_by_maker": one.named_by_maker,
        "size": one.size.to_string(),
        "same_formula": one.same_formula,
        "labels": one.labels.iter().map(label_move).collect::<Vec<_>>(),
        "reasons": one.reasons.sentences(),
        "left_out": one.left_out,
    })
}

fn label_move(row: &LabelMove) -> Value {
    let ratio = |ratio: &Option<Figure<Decimal>>| ratio.as_ref().map(money);
    json!({
        "label": row.label,
        "tokens": row.old.as_ref().map(count_figure),
        "to_tokens": row.new.as_ref().map(count_figure),
        "token_ratio": ratio(&row.token_ratio),
        "cost_ratio": ratio(&row.cost_ratio),
        "like_for_like": row.like_for_like.as_ref().map(|same| json!({
            "label": same.label,
            "exact": same.exact,
        })),
    })
}
