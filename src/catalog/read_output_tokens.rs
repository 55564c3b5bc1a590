//! How many output tokens an image is, as written → [`OutputTokens`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::check::{Checker, all};
use super::model_rules::{
    EdgeGrid, ObservedMultiple, OutputRule, OutputTokens, Qualities, SizeRule, Sizes,
};
use super::raw::{
    Count, RawBySize, RawEdgeGrid, RawMultiple, RawObservedMultiple, RawOutputRule,
    RawOutputTokens, RawRules, SizeKey, Spanned,
};
use super::yaml::span;
use crate::problem::ProblemCode;
use crate::size::Size;

/// The rule, checked against the sizes and qualities that can be asked for: a legal request must not
/// be one whose tokens were forgotten.
pub(super) fn output_tokens(
    check: &mut Checker,
    raw: &Spanned<RawRules>,
    sizes: Option<&Sizes>,
    qualities: Option<&Qualities>,
) -> Option<OutputTokens> {
    let (at, raw) = (span(raw), &raw.value);
    let RawOutputTokens { rule, evidence } = &raw.output_tokens;
    let evidence = check.evidence(evidence);
    let rule = rule_of(check, rule)?;
    if rule.is_by_quality() {
        report_without_quality(check, &rule, qualities, quality_place(raw, &at));
    }
    if let Some(sizes) = sizes {
        let at = raw.sizes.default.as_ref().map_or(at, span);
        report_without_tokens(check, &rule, &sizes.rule, &at);
    }
    Some(OutputTokens { rule, evidence: evidence? })
}

fn rule_of(check: &mut Checker, raw: &RawOutputRule) -> Option<OutputRule> {
    match raw {
        RawOutputRule::Table(table) => output_table(check, table).map(OutputRule::Table),
        RawOutputRule::EdgeGrid(grid) => edge_grid(check, grid).map(OutputRule::EdgeGrid),
        RawOutputRule::ObservedMultiple(raw) => {
            observed_multiple(check, raw).map(OutputRule::ObservedMultiple)
        }
        RawOutputRule::ByTier(tiers) => by_tier(check, tiers).map(OutputRule::ByTier),
        RawOutputRule::BySize(raw) => by_size(check, raw),
        RawOutputRule::Each(tokens) => check.tokens(tokens).map(OutputRule::Each),
        RawOutputRule::NotKnown(reason) => check.text(reason).map(OutputRule::NotKnown),
        RawOutputRule::Unread => None,
    }
}

fn quality_place(raw: &RawRules, rules: &Range<usize>) -> Range<usize> {
    raw.qualities.as_ref().map_or(rules.clone(), |qualities| span(&qualities.default))
}

/// A count by quality needs a rule for each label.
fn report_without_quality(
    check: &mut Checker,
    rule: &OutputRule,
    qualities: Option<&Qualities>,
    at: Range<usize>,
) {
    let Some(qualities) = qualities else {
        let message = "the output tokens are counted by quality, and there are no `qualities`";
        let help = "add `qualities`, or a rule such as `by_tier` or `each`";
        check.report(ProblemCode::MissingKey, at, message, help);
        return;
    };
    for label in qualities.labels.iter().filter(|label| !covers(rule, label)) {
        let message = format!("the quality `{label}` has no output-token rule");
        check.report(ProblemCode::MissingKey, at.clone(), message, "add it under `output_tokens`");
    }
}

fn covers(rule: &OutputRule, label: &str) -> bool {
    match rule {
        OutputRule::Table(table) => table.contains_key(label),
        OutputRule::EdgeGrid(grid) => grid.factors.contains_key(label),
        OutputRule::ObservedMultiple(rule) => {
            rule.of.factors.contains_key(label) && rule.times.contains_key(label)
        }
        OutputRule::ByTier(_)
        | OutputRule::BySize(..)
        | OutputRule::Each(_)
        | OutputRule::NotKnown(_) => true,
    }
}

/// Every size that is listed by name or in pixels needs its tokens in a table.
fn report_without_tokens(
    check: &mut Checker,
    rule: &OutputRule,
    sizes: &SizeRule,
    at: &Range<usize>,
) {
    let missing: Vec<String> = match (rule, sizes) {
        (OutputRule::Table(table), SizeRule::Listed(listed)) => {
            let row = |(quality, row): (&String, &BTreeMap<Size, u64>)| -> Vec<String> {
                let sizes = listed.iter().filter(|size| !row.contains_key(size));
                sizes.map(|size| format!("{quality} at {size} has no output tokens")).collect()
            };
            table.iter().flat_map(row).collect()
        }
        (OutputRule::ByTier(tokens), SizeRule::Tiers(tiers)) => {
            let tiers = tiers.iter().filter(|tier| !tokens.contains_key(*tier));
            tiers.map(|tier| format!("the resolution `{tier}` has no output tokens")).collect()
        }
        (OutputRule::ByTier(_), _) => vec!["tokens by tier need sizes by `tiers`".into()],
        (rule, sizes) if rule.is_by_quality() && !sizes.is_in_pixels() => {
            vec!["tokens by quality and size need sizes that are `listed` or a `grid`".into()]
        }
        _ => Vec::new(),
    };
    for message in missing {
        let help = "add them under `output_tokens`, or take the size out of the list";
        check.report(ProblemCode::MissingKey, at.clone(), message, help);
    }
}

fn by_tier(check: &mut Checker, raw: &BTreeMap<String, Count>) -> Option<BTreeMap<String, u64>> {
    let tier = |(name, tokens): (&String, &Count)| Some((name.clone(), check.tokens(tokens)?));
    all(raw.iter().map(tier).collect())
}

fn by_size(check: &mut Checker, raw: &RawBySize) -> Option<OutputRule> {
    let tokens = sizes(check, &raw.tokens);
    let others = check.text(&raw.others);
    Some(OutputRule::BySize(tokens?, others?))
}

/// Tokens by size.
fn sizes(check: &mut Checker, raw: &BTreeMap<SizeKey, Count>) -> Option<BTreeMap<Size, u64>> {
    let mut cell = |(size, tokens): (&SizeKey, &Count)| {
        let (size, tokens) = (check.size_text(size, tokens.place()?), check.tokens(tokens));
        Some((size?, tokens?))
    };
    all(raw.iter().map(&mut cell).collect())
}

type RawTable = BTreeMap<String, BTreeMap<SizeKey, Count>>;

fn output_table(
    check: &mut Checker,
    raw: &RawTable,
) -> Option<BTreeMap<String, BTreeMap<Size, u64>>> {
    let mut row = |(quality, row): (&String, &BTreeMap<SizeKey, Count>)| {
        Some((quality.clone(), sizes(check, row)?))
    };
    all(raw.iter().map(&mut row).collect())
}

fn edge_grid(check: &mut Checker, raw: &RawEdgeGrid) -> Option<EdgeGrid> {
    let mut factor = |(quality, factor): (&String, &Count)| {
        Some((quality.clone(), check.count(factor, 1, 10_000)? as u32))
    };
    let factors = all(raw.factors.iter().map(&mut factor).collect());
    let pixel_offset = check.tokens(&raw.pixel_offset);
    let divisor = check.count(&raw.divisor, 1, 1_000_000_000);
    Some(EdgeGrid { factors: factors?, pixel_offset: pixel_offset?, divisor: divisor? })
}

fn observed_multiple(check: &mut Checker, raw: &RawObservedMultiple) -> Option<ObservedMultiple> {
    let of = edge_grid(check, &raw.of);
    let mut multiple = |(quality, multiple): (&String, &RawMultiple)| {
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
        Some((quality.clone(), (low, high)))
    };
    let times = all(raw.times.iter().map(&mut multiple).collect());
    let reason = check.text(&raw.reason);
    Some(ObservedMultiple { of: of?, times: times?, reason: reason? })
}
