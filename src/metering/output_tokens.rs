//! How many tokens an image is, by size and quality.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::catalog::model::{EdgeGrid, ModelRules, ObservedMultiple, OutputRule};
use crate::catalog::sizes::legal_sizes;
use crate::figure::Figure;
use crate::money;
use crate::request::{QualityChoice, SizeChoice};
use crate::size::Size;
use crate::unit::grouped;

/// The output tokens of one image as asked for. `auto` gives the bound over all it can mean.
pub fn per_image(rules: &ModelRules, quality: &QualityChoice, size: SizeChoice) -> Figure<u64> {
    let labels = match quality {
        QualityChoice::Label(label) => std::slice::from_ref(label),
        QualityChoice::Auto => &rules.qualities.labels[..],
    };
    let sizes = match size {
        SizeChoice::Exact(size) => vec![size],
        SizeChoice::Auto => legal_sizes(&rules.sizes.rule),
    };
    let mut figures = labels
        .iter()
        .flat_map(|label| sizes.iter().map(|size| tokens(&rules.output_tokens.rule, label, *size)));
    let Some(first) = figures.next() else {
        return Figure::unknown(0, "the model has no size or no quality");
    };
    let auto = match (quality, size) {
        (QualityChoice::Label(_), SizeChoice::Exact(_)) => return first,
        (QualityChoice::Auto, SizeChoice::Exact(_)) => "quality auto is any of the labels",
        (QualityChoice::Label(_), SizeChoice::Auto) => "size auto is any legal size",
        (QualityChoice::Auto, SizeChoice::Auto) => {
            "quality and size auto are any label at any legal size"
        }
    };
    bound(first, figures, auto)
}

/// From the least to the most of several figures.
fn bound(first: Figure<u64>, rest: impl Iterator<Item = Figure<u64>>, reason: &str) -> Figure<u64> {
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
    let unknown = || Figure::unknown(0, format!("no output-token rule for {quality} at {size}"));
    match rule {
        OutputRule::Table(table) => {
            let known = table.get(quality).and_then(|sizes| sizes.get(&size));
            known.map_or_else(unknown, |tokens| Figure::Exact(*tokens))
        }
        OutputRule::EdgeGrid(grid) => formula(grid, quality, size)
            .map_or_else(unknown, |formula| Figure::Exact(formula.tokens)),
        OutputRule::ObservedMultiple(rule) => multiple(rule, quality, size).unwrap_or_else(unknown),
    }
}

fn multiple(rule: &ObservedMultiple, quality: &str, size: Size) -> Option<Figure<u64>> {
    let base = Decimal::from(formula(&rule.of, quality, size)?.tokens);
    let (low, high) = rule.times.get(quality)?;
    let low = money::multiply(base, *low).ok()?.floor().to_u64()?;
    let high = money::multiply(base, *high).ok()?.ceil().to_u64()?;
    Some(Figure::range(low, None, high, rule.reason.clone()))
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
pub fn in_words(rules: &ModelRules, quality: &QualityChoice, size: SizeChoice) -> String {
    let (QualityChoice::Label(label), SizeChoice::Exact(size)) = (quality, size) else {
        let (quality, size) = (quality.as_str(), size.in_words());
        return format!("quality {quality}, size {size}: from the least to the most it can be");
    };
    match &rules.output_tokens.rule {
        OutputRule::Table(_) => format!("{label} at {size} by the published table"),
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

    #[test]
    fn exact_halves_go_to_the_even_integer() {
        // Low at 2560x1040: 16 × 1040 ÷ 2560 = 6.5 → 6, not 7 (the source's worst case, 112 against 131).
        assert_eq!(round_half_even(16 * 1040, 2560), 6);
        assert_eq!(round_half_even(7, 2), 4, "3.5 → 4");
        assert_eq!(round_half_even(96 * 1024, 1536), 64);
        assert_eq!(round_half_even(16 * 9, 16), 9);
    }
}
