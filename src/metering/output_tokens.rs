//! How many tokens an image is: by size and quality, by resolution, or so many for each.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::catalog::model_rules::{EdgeGrid, ModelRules, ObservedMultiple, OutputRule};
use crate::catalog::sizes::{first_size, legal_sizes, outermost_sizes};
use crate::figure::Figure;
use crate::money;
use crate::reason::Metering;
use crate::request::{QualityChoice, Request, SizeChoice};
use crate::size::Size;
use crate::unit::grouped;

/// What of a request decides the tokens of an image.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The quality; `None` of a model that takes none.
    pub quality: Option<&'a QualityChoice>,
    /// The size; `None` if it is open.
    pub size: Option<SizeChoice>,
    /// The resolution by name; `None` if it is open, or the model is not asked for one.
    pub resolution: Option<&'a str>,
}

impl<'a> From<&'a Request> for Asked<'a> {
    fn from(request: &'a Request) -> Asked<'a> {
        Asked {
            quality: request.quality.as_ref(),
            size: request.size,
            resolution: request.resolution.as_deref(),
        }
    }
}

/// The output tokens of one image as asked for. What is open gives the bound over all it can mean.
pub fn per_image(rules: &ModelRules, asked: Asked) -> Figure<u64> {
    match &rules.output_tokens.rule {
        OutputRule::Each(tokens) => Figure::Exact(*tokens),
        OutputRule::NotKnown(stated) => {
            Figure::unknown(0, Metering::OutputRuleOpen(stated.as_str().into()))
        }
        OutputRule::BySize(_, others) => match asked.size {
            Some(SizeChoice::Exact(size)) => tokens(&rules.output_tokens.rule, "", size),
            Some(SizeChoice::Auto) | None => {
                Figure::unknown(0, Metering::OutputRuleOpen(others.as_str().into()))
            }
        },
        OutputRule::ByTier(tokens) => by_tier(tokens, rules.sizes.rule.tiers(), asked.resolution),
        _ => by_label(rules, asked),
    }
}

/// The fewest tokens that an image of any size and quality has, if these are fewer. Replies seldom are: the first size
/// that has no more settles it.
pub fn least_above(rules: &ModelRules, counted: u64) -> Option<u64> {
    let rule = &rules.output_tokens.rule;
    let has_no_more =
        |size: Size| rules.labels().iter().any(|it| tokens(rule, it, size).low() <= counted);
    if rule.is_formula() && first_size(&rules.sizes.rule).is_some_and(has_no_more) {
        return None;
    }
    let least = per_image(rules, Asked { quality: None, size: None, resolution: None }).low();
    (counted < least).then_some(least)
}

fn by_tier(
    tokens: &BTreeMap<String, u64>,
    tiers: &[String],
    resolution: Option<&str>,
) -> Figure<u64> {
    let count = |tier: &str| match tokens.get(tier) {
        Some(tokens) => Figure::Exact(*tokens),
        None => Figure::unknown(0, Metering::NoRuleForResolution(tier.into())),
    };
    match (resolution, tiers) {
        (Some(tier), _) => count(tier),
        (None, []) => Figure::unknown(0, Metering::NoResolution),
        (None, [first, rest @ ..]) => {
            let reason = Metering::resolution_open(tiers.iter().map(String::as_str));
            bound(count(first), rest.iter().map(|tier| count(tier)), reason)
        }
    }
}

fn by_label(rules: &ModelRules, asked: Asked) -> Figure<u64> {
    let labels = match asked.quality {
        Some(QualityChoice::Label(label)) => std::slice::from_ref(label),
        Some(QualityChoice::Auto) | None => rules.labels(),
    };
    let sizes = match asked.size {
        Some(SizeChoice::Exact(size)) => vec![size],
        Some(SizeChoice::Auto) | None if rules.output_tokens.rule.is_formula() => {
            outermost_sizes(&rules.sizes.rule)
        }
        Some(SizeChoice::Auto) | None => legal_sizes(&rules.sizes.rule),
    };
    let mut figures = labels
        .iter()
        .flat_map(|label| sizes.iter().map(|size| tokens(&rules.output_tokens.rule, label, *size)));
    let Some(first) = figures.next() else {
        return Figure::unknown(0, Metering::NoSizeOrQuality);
    };
    let open = match (asked.quality, asked.size) {
        (Some(QualityChoice::Label(_)), Some(SizeChoice::Exact(_))) => return first,
        (_, Some(SizeChoice::Exact(_))) => Metering::QualityAuto,
        (Some(QualityChoice::Label(_)), _) => Metering::SizeAuto,
        (_, _) => Metering::QualityAndSizeAuto,
    };
    bound(first, figures, open)
}

/// From the least to the most of several figures.
fn bound(
    first: Figure<u64>,
    rest: impl Iterator<Item = Figure<u64>>,
    reason: Metering,
) -> Figure<u64> {
    let (mut low, mut high) = (first.low(), first.high());
    for figure in rest {
        low = low.min(figure.low());
        high = high.zip(figure.high()).map(|(a, b)| a.max(b));
    }
    match high {
        Some(high) => Figure::range(low, None, high, reason),
        None => Figure::unknown(low, reason),
    }
}

/// The tokens of one image of any size, legal or not: logs hold sizes that cannot be asked for.
pub fn tokens(rule: &OutputRule, quality: &str, size: Size) -> Figure<u64> {
    let unknown = || Figure::unknown(0, Metering::NoRuleAt { quality: quality.into(), size });
    match rule {
        OutputRule::Table(table) => {
            let known = table.get(quality).and_then(|sizes| sizes.get(&size));
            known.map_or_else(unknown, |tokens| Figure::Exact(*tokens))
        }
        OutputRule::EdgeGrid(grid) => formula(grid, quality, size)
            .map_or_else(unknown, |formula| Figure::Exact(formula.tokens)),
        OutputRule::ObservedMultiple(rule) => multiple(rule, quality, size).unwrap_or_else(unknown),
        OutputRule::BySize(sizes, others) => match sizes.get(&size) {
            Some(tokens) => Figure::Exact(*tokens),
            None => Figure::unknown(0, Metering::OutputRuleOpen(others.as_str().into())),
        },
        OutputRule::Each(tokens) => Figure::Exact(*tokens),
        OutputRule::NotKnown(stated) => {
            Figure::unknown(0, Metering::OutputRuleOpen(stated.as_str().into()))
        }
        OutputRule::ByTier(_) => unknown(),
    }
}

fn multiple(rule: &ObservedMultiple, quality: &str, size: Size) -> Option<Figure<u64>> {
    let base = Decimal::from(formula(&rule.of, quality, size)?.tokens);
    let (low, high) = rule.times.get(quality)?;
    let low = money::multiply(base, *low).ok()?.floor().to_u64()?;
    let high = money::multiply(base, *high).ok()?.ceil().to_u64()?;
    Some(Figure::range(low, None, high, Metering::OutputRuleOpen(rule.reason.as_str().into())))
}

/// The parts of the formula, for the explanation.
struct Formula {
    factor: u64,
    short_factor: u64,
    tokens: u64,
}

fn formula(grid: &EdgeGrid, quality: &str, size: Size) -> Option<Formula> {
    let factor = u64::from(*grid.factors.get(quality)?);
    let (long, short) = (u64::from(size.long_edge()), u64::from(size.short_edge()));
    let short_factor = round_half_even(factor * short, long);
    let product = u128::from(factor * short_factor) * u128::from(grid.pixel_offset + size.pixels());
    let tokens = u64::try_from(product.div_ceil(u128::from(grid.divisor))).ok()?;
    Some(Formula { factor, short_factor, tokens })
}

/// The quotient rounded to the nearest integer, exact halves to the even one.
fn round_half_even(dividend: u64, divisor: u64) -> u64 {
    let (quotient, remainder) = (dividend / divisor, dividend % divisor);
    match (2 * remainder).cmp(&divisor) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + quotient % 2,
    }
}

/// How the tokens of one image come about, in words.
pub fn in_words(rules: &ModelRules, asked: Asked) -> String {
    match (&rules.output_tokens.rule, asked.resolution) {
        (OutputRule::Each(tokens), _) => format!("{} for every image", grouped(*tokens)),
        (OutputRule::BySize(sizes, others), _) => match asked.size {
            Some(SizeChoice::Exact(size)) if sizes.contains_key(&size) => {
                format!("an image of {size}, whatever its quality")
            }
            _ => others.clone(),
        },
        (OutputRule::NotKnown(reason), _) => reason.clone(),
        (OutputRule::ByTier(_), Some(tier)) => format!("an image of resolution {tier}"),
        (OutputRule::ByTier(_), None) => "from the least to the most of any resolution".into(),
        (rule, _) => label_in_words(rule, asked),
    }
}

fn label_in_words(rule: &OutputRule, asked: Asked) -> String {
    let (Some(QualityChoice::Label(label)), Some(SizeChoice::Exact(size))) =
        (asked.quality, asked.size)
    else {
        let quality = asked.quality.map_or("open", QualityChoice::as_str);
        let size = asked.size.map_or("open".into(), |size| size.in_words());
        return format!("quality {quality}, size {size}: from the least to the most it can be");
    };
    match rule {
        OutputRule::EdgeGrid(grid) => {
            format!("{label} at {size}: {}", formula_in_words(grid, label, size))
        }
        OutputRule::ObservedMultiple(rule) => {
            let sum = formula_in_words(&rule.of, label, size);
            let times = rule.times.get(label);
            let times =
                times.map_or_else(String::new, |(low, high)| format!("{low} to {high} times "));
            format!("{label} at {size}: {times}{sum}")
        }
        _ => format!("{label} at {size} by the published table"),
    }
}

fn formula_in_words(grid: &EdgeGrid, label: &str, size: Size) -> String {
    let Some(formula) = formula(grid, label, size) else { return "no rule".into() };
    format!(
        "{} × {} × ({} + {} pixels) ÷ {}, rounded up = {}, where {} is the factor of {label} for the long edge and {} that for the short one",
        formula.factor,
        formula.short_factor,
        grouped(grid.pixel_offset),
        grouped(size.pixels()),
        grouped(grid.divisor),
        grouped(formula.tokens),
        formula.factor,
        formula.short_factor
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn size_auto_is_bounded_by_what_every_legal_size_counts() {
        let catalog = Catalog::shipped();
        for model in ["gpt-image-2", "gpt-image-2.6-flare", "gpt-image-1.5"] {
            let model = catalog.model(model).expect("a shipped model");
            let rules = model.rules.last().expect("rules");
            for label in rules.labels() {
                let quality = QualityChoice::Label(label.clone());
                let asked = Asked { quality: Some(&quality), size: None, resolution: None };
                let of = |size: &Size| tokens(&rules.output_tokens.rule, label, *size);
                let all: Vec<Figure<u64>> = legal_sizes(&rules.sizes.rule).iter().map(of).collect();
                let (low, high) = (all.iter().map(Figure::low), all.iter().map(Figure::high));
                let bound = per_image(rules, asked);
                let found = (Some(bound.low()), Some(bound.high()));
                assert_eq!(found, (low.min(), high.max()), "{} {label}", model.id);
            }
        }
    }

    #[test]
    fn fewer_tokens_than_any_image_has_are_told_from_as_many() {
        let catalog = Catalog::shipped();
        for model in ["gpt-image-2", "gpt-image-2.6-flare", "gpt-image-1.5"] {
            let model = catalog.model(model).expect("a shipped model");
            let rules = model.rules.last().expect("rules");
            let any = Asked { quality: None, size: None, resolution: None };
            let least = per_image(rules, any).low();
            assert_eq!(least_above(rules, least - 1), Some(least), "{}", model.id);
            for counted in [least, least + 1, 10 * least] {
                assert_eq!(least_above(rules, counted), None, "{} {counted}", model.id);
            }
        }
    }

    #[test]
    fn exact_halves_go_to_the_even_integer() {
        // Low at 2560x1040: 16 × 1040 ÷ 2560 = 6.5 → 6, not 7 (the source's worst case, 112 against 131).
        assert_eq!(round_half_even(16 * 1040, 2560), 6);
        assert_eq!(round_half_even(7, 2), 4, "3.5 → 4");
        assert_eq!(round_half_even(96 * 1024, 1536), 64);
        assert_eq!(round_half_even(16 * 9, 16), 9);
    }
}
