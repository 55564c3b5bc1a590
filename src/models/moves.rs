//! Moves from one model to another: the output tokens of one image, label by label, as the metering of
//! both models counts them, and their cost by the rates of the maker's own routes.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::convert::Infallible;
use std::sync::Arc;

use super::{LeftOut, NotCompared, Status, all_models, status};
use crate::catalog::conditions::{Mode, Processing};
use crate::catalog::dated::in_force;
use crate::catalog::model::Model;
use crate::catalog::model_rules::{EdgeGrid, InputImageRule, ModelRules, OutputRule};
use crate::catalog::sizes;
use crate::catalog::{Catalog, LookupError};
use crate::estimate::EstimateError;
use crate::figure::Figure;
use crate::metering::output_tokens;
use crate::money::AmountTooLarge;
use crate::rating::{self, Facts, FxRates, PriceTable, TableError};
use crate::ratio::ratio;
use crate::reason::Reasons;
use crate::request::{QualityChoice, RequestError, SizeChoice};
use crate::size::Size;
use crate::unit::Meter;
use crate::usage::Usage;

/// The size at which models are compared, where both make it.
const COMPARED_SIZE: Size = Size { width: 1024, height: 1024 };

/// What a move to another model does to the output of one image.
#[derive(Debug, Clone)]
pub struct Move {
    /// The model to move to.
    pub to: Arc<Model>,
    /// Whether the maker names it as the replacement.
    pub named_by_maker: bool,
    /// The size compared.
    pub size: Size,
    /// Whether both models count by the same formula, so that equal tokens mean equal factors.
    pub same_formula: bool,
    /// A row per quality label of either model.
    pub labels: Vec<LabelMove>,
    /// Why its tokens are not exact; empty if they are.
    pub reasons: Reasons,
    /// What the comparison leaves out.
    pub left_out: Vec<LeftOut>,
}

/// One quality label on both models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelMove {
    /// The label.
    pub label: String,
    /// Its output tokens on the old model; `None` if it has no such label.
    pub old: Option<Figure<u64>>,
    /// Its output tokens on the new model; `None` if it has no such label.
    pub new: Option<Figure<u64>>,
    /// New tokens as a multiple of old ones.
    pub token_ratio: Option<Figure<Decimal>>,
    /// New cost of the output as a multiple of the old one.
    pub cost_ratio: Option<Figure<Decimal>>,
    /// The label of the new model that makes the tokens of this one on the old model.
    pub like_for_like: Option<LikeForLike>,
}

/// A label with the tokens of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeForLike {
    /// The label.
    pub label: String,
    /// Whether the tokens are equal, as against lying within a range.
    pub exact: bool,
}

/// The moves from a model that a user may think of, and the replacements that cannot be compared, each
/// with the reason.
pub(super) fn from(
    catalog: &Catalog,
    model: &Arc<Model>,
    day: NaiveDate,
) -> Result<(Vec<Move>, Vec<NotCompared>), EstimateError> {
    let (mut moves, mut not_compared) = (Vec::new(), Vec::new());
    let old = Side::of(catalog, model.clone(), day)?;
    for (to, named_by_maker) in destinations(catalog, &old, day, &mut not_compared)? {
        if in_force(&to.rules, day).is_err() {
            not_compared.push(NotCompared::NoRules { model: to.id.clone(), day });
            continue;
        }
        let new = Side::of(catalog, to, day)?;
        match comparison(&old, &new, named_by_maker)? {
            Some(compared) => moves.push(compared),
            None => not_compared.push(NotCompared::NoSize(new.model.id.clone())),
        }
    }
    Ok((moves, not_compared))
}

/// The models to move to: those that the maker names, and newer ones of the same formula.
fn destinations(
    catalog: &Catalog,
    old: &Side,
    day: NaiveDate,
    not_compared: &mut Vec<NotCompared>,
) -> Result<Vec<(Arc<Model>, bool)>, EstimateError> {
    let mut found = Vec::new();
    let named = old.model.shutdown.iter().flat_map(|shutdown| &shutdown.replacements);
    for name in named {
        match catalog.model(name) {
            Ok(model) => found.push((model, true)),
            Err(LookupError::Broken(problems)) => return Err(EstimateError::Data(problems)),
            Err(_) => not_compared.push(NotCompared::NoModel(name.clone())),
        }
    }
    for model in all_models(catalog)? {
        let known = found.iter().any(|(named, _)| named.id == model.id);
        if !known && is_newer(&model, old, day) {
            found.push((model, false));
        }
    }
    Ok(found)
}

fn is_newer(model: &Model, old: &Side, day: NaiveDate) -> bool {
    let launches = model.launch.as_ref().zip(old.model.launch.as_ref());
    let later = launches.is_some_and(|(new, old)| old.on < new.on && new.on <= day);
    let rules = in_force(&model.rules, day);
    model.maker == old.model.maker
        && later
        && status(model, day) != Status::ShutDown
        && rules.is_ok_and(|rules| same_formula(&rules.output_tokens.rule, old.output_rule()))
}

fn formula(rule: &OutputRule) -> Option<&EdgeGrid> {
    match rule {
        OutputRule::EdgeGrid(grid) => Some(grid),
        OutputRule::ObservedMultiple(rule) => Some(&rule.of),
        _ => None,
    }
}

fn same_formula(a: &OutputRule, b: &OutputRule) -> bool {
    let bases = formula(a).zip(formula(b));
    bases.is_some_and(|(a, b)| a.pixel_offset == b.pixel_offset && a.divisor == b.divisor)
}

/// One model of a comparison.
struct Side {
    model: Arc<Model>,
    rules: ModelRules,
    table: Option<PriceTable>,
}

impl Side {
    /// A model with its rules and the prices of its maker's own route; of a model that was shut down,
    /// those of its last day.
    fn of(catalog: &Catalog, model: Arc<Model>, day: NaiveDate) -> Result<Side, EstimateError> {
        let rules = in_force(&model.rules, day).map_err(|nearest| RequestError::NoVersion {
            what: format!("the rules of {}", model.id),
            day: day.to_string(),
            nearest: nearest.map(|period| period.in_words()),
        })?;
        let ended = model.shutdown.as_ref().filter(|shutdown| shutdown.on <= day);
        let day = ended.and_then(|shutdown| shutdown.on.pred_opt()).unwrap_or(day);
        let table = match catalog.route(&model.makers_route()) {
            Ok(route) => PriceTable::of(catalog, route, day),
            Err(LookupError::Broken(problems)) => Err(TableError::Broken(problems)),
            Err(_) => Err(TableError::NoVersion(None)),
        };
        match table {
            Err(TableError::Broken(problems)) => Err(EstimateError::Data(problems)),
            table => Ok(Side { rules: rules.clone(), model, table: table.ok() }),
        }
    }

    fn output_rule(&self) -> &OutputRule {
        &self.rules.output_tokens.rule
    }

    fn tokens(&self, label: &str, size: Size) -> Option<Figure<u64>> {
        let known = self.rules.labels().iter().any(|known| known == label);
        known.then(|| output_tokens::tokens(self.output_rule(), label, size))
    }

    /// What the output of one image costs on the maker's own route.
    fn cost(
        &self,
        label: &str,
        size: Size,
        tokens: &Figure<u64>,
    ) -> Result<Option<Figure<Decimal>>, AmountTooLarge> {
        let Some(table) = &self.table else { return Ok(None) };
        let mut usage = Usage::default();
        usage.set(Meter::ImageOutput, tokens.clone(), Vec::new());
        usage.set(Meter::Pixels, Figure::Exact(size.pixels()), Vec::new());
        usage.set(Meter::Images, Figure::Exact(1), Vec::new());
        usage.set(Meter::Calls, Figure::Exact(1), Vec::new());
        let facts = Facts {
            processing: Processing::Standard,
            mode: Mode::Generate,
            quality: Some(QualityChoice::Label(label.to_owned())),
            size: Some(SizeChoice::Exact(size)),
            labels: self.rules.labels().to_vec(),
            resolution: None,
            format: None,
        };
        let rated = rating::rate(&usage, &facts, table, &FxRates::new())?;
        rating::total(&rated.charges).map(Some)
    }
}

/// Compares two models label by label; `None` if they have no size in common.
fn comparison(
    old: &Side,
    new: &Side,
    named_by_maker: bool,
) -> Result<Option<Move>, AmountTooLarge> {
    let Some(size) = common_size(&old.rules, &new.rules) else { return Ok(None) };
    let same_formula = same_formula(old.output_rule(), new.output_rule());
    let only_new = new.rules.labels().iter().filter(|label| !old.rules.labels().contains(label));
    let labels = old.rules.labels().iter().chain(only_new);
    let labels = labels
        .map(|label| label_move(old, new, label, size, same_formula))
        .collect::<Result<Vec<_>, _>>()?;
    let figures = labels.iter().flat_map(|row| row.old.iter().chain(&row.new));
    let reasons = figures.flat_map(|figure| figure.reasons()).collect();
    let left_out = left_out(old, new);
    let to = new.model.clone();
    Ok(Some(Move { to, named_by_maker, size, same_formula, labels, reasons, left_out }))
}

fn common_size(old: &ModelRules, new: &ModelRules) -> Option<Size> {
    let makes = |rules: &ModelRules, size| {
        let rule = &rules.sizes.rule;
        rule.is_in_pixels() && sizes::broken_rules(rule, size).is_empty()
    };
    let sizes = [Some(COMPARED_SIZE), old.sizes.default, new.sizes.default];
    sizes.into_iter().flatten().find(|size| makes(old, *size) && makes(new, *size))
}

fn label_move(
    old: &Side,
    new: &Side,
    label: &str,
    size: Size,
    same_formula: bool,
) -> Result<LabelMove, AmountTooLarge> {
    let (before, after) = (old.tokens(label, size), new.tokens(label, size));
    let (mut token_ratio, mut cost_ratio) = (None, None);
    if let (Some(before), Some(after)) = (&before, &after) {
        token_ratio = ratio(&decimal(after), &decimal(before))?;
        if let (Some(before), Some(after)) =
            (old.cost(label, size, before)?, new.cost(label, size, after)?)
        {
            cost_ratio = ratio(&after, &before)?;
        }
    }
    let before_exact = before.as_ref().and_then(Figure::exact).filter(|_| same_formula);
    let like_for_like = before_exact.and_then(|tokens| like_for_like(new, tokens, size));
    let label = label.to_owned();
    Ok(LabelMove { label, old: before, new: after, token_ratio, cost_ratio, like_for_like })
}

fn decimal(tokens: &Figure<u64>) -> Figure<Decimal> {
    let Ok(figure) = tokens.try_map(|count| Ok::<_, Infallible>(Decimal::from(count)));
    figure
}

/// The label with exactly so many tokens, or the first whose range holds them.
fn like_for_like(new: &Side, tokens: u64, size: Size) -> Option<LikeForLike> {
    let figures = || {
        let labels = new.rules.labels().iter();
        labels.filter_map(|label| Some((label, new.tokens(label, size)?)))
    };
    let holds = |figure: &Figure<u64>| {
        figure.low() <= tokens && figure.high().is_some_and(|high| tokens <= high)
    };
    let equal = figures().find(|(_, figure)| figure.exact() == Some(tokens));
    let found = equal.or_else(|| figures().find(|(_, figure)| holds(figure)))?;
    Some(LikeForLike { label: found.0.clone(), exact: found.1.exact().is_some() })
}

/// What the output tokens do not show of a move.
fn left_out(old: &Side, new: &Side) -> Vec<LeftOut> {
    let text = |side: &Side| {
        let text = side.rules.text_output.as_ref()?;
        Some(text.high_per_image.map(|high| (text.low_per_image, high)))
    };
    let (before, after) = (&old.rules.input_images.rule, &new.rules.input_images.rule);
    let images = match after {
        InputImageRule::NotKnown(_) => Some(LeftOut::ImagesNotKnown),
        after => (before != after).then_some(LeftOut::OtherImageRule),
    };
    let texts = [text(old).map(LeftOut::TextOfOld), text(new).map(LeftOut::TextOfNew)];
    texts.into_iter().flatten().chain(images).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves(model: &str, day: &str) -> Vec<Move> {
        let catalog = Catalog::shipped();
        let model = catalog.model(model).expect("shipped");
        from(&catalog, &model, day.parse().expect("a date")).expect("shipped tables").0
    }

    fn to<'a>(moves: &'a [Move], model: &str) -> &'a Move {
        moves.iter().find(|one| one.to.id == model).expect("a move")
    }

    fn row<'a>(one: &'a Move, label: &str) -> &'a LabelMove {
        one.labels.iter().find(|row| row.label == label).expect("a label")
    }

    fn exact(text: &str) -> Option<Figure<Decimal>> {
        Some(Figure::Exact(Decimal::from_str_exact(text).expect("a decimal")))
    }

    #[test]
    fn high_on_two_and_a_half_is_a_quarter_and_max_is_the_like_for_like() {
        let moves = moves("gpt-image-2", "2026-11-21");
        for model in ["gpt-image-2.5-flare", "gpt-image-2.5-sunburst"] {
            let one = to(&moves, model);
            let high = row(one, "high");
            // 96 × 96 × 3048576 ÷ 4000000 = 7023.9 → 7024; 48 × 48 × 3048576 ÷ 4000000 → 1756
            assert_eq!(high.old, Some(Figure::Exact(7024)));
            assert_eq!(high.new, Some(Figure::Exact(1756)));
            assert_eq!(high.token_ratio, exact("0.25"), "1756 ÷ 7024");
            assert_eq!(high.cost_ratio, exact("0.25"), "(1756 × $30) ÷ (7024 × $30)");
            let same = |label| row(one, label).like_for_like.clone().map(|same| same.label);
            assert_eq!(same("high").as_deref(), Some("max"));
            assert_eq!(same("medium").as_deref(), Some("high"));
            assert_eq!(same("low").as_deref(), Some("low"));
            assert_eq!(row(one, "max").old, None, "gpt-image-2 has no such label");
        }
    }

    #[test]
    fn tokens_of_two_point_six_are_a_range_with_its_reason() {
        let moves = moves("gpt-image-2", "2026-11-21");
        let one = to(&moves, "gpt-image-2.6-flare");
        let low = row(one, "low").new.clone().expect("a label");
        // 196 × 3 = 588; 196 × 4.25 = 833
        assert_eq!((low.low(), low.high()), (588, Some(833)));
        assert_eq!(row(one, "low").like_for_like, None);
        assert_eq!(row(one, "high").like_for_like.as_ref().map(|same| same.exact), Some(false));
        assert_eq!(one.reasons.iter().count(), 1);
    }

    #[test]
    fn another_rule_has_no_like_for_like_and_other_rates_show_in_the_cost() {
        let moves = moves("gpt-image-1.5", "2026-11-21");
        assert!(moves.iter().all(|one| one.named_by_maker), "named, and none by formula");
        let high = row(to(&moves, "gpt-image-2.6-flare"), "high").clone();
        assert_eq!(high.like_for_like, None);
        let bounds = |ratio: Option<Figure<Decimal>>| {
            let ratio = ratio.expect("a ratio");
            (ratio.low().to_string(), ratio.high().map(|high| high.to_string()))
        };
        // 1756 × 0.98 and 1.01 are 1720 and 1774; ÷ 4160 = 0.41346153846… and 0.42644230769…
        let tokens = ("0.413461538462".to_owned(), Some("0.426442307692".to_owned()));
        assert_eq!(bounds(high.token_ratio), tokens);
        // (1720 × $30) ÷ (4160 × $32) = 0.38762019230…; 1774: 0.39978966346…
        let cost = ("0.387620192308".to_owned(), Some("0.399789663462".to_owned()));
        assert_eq!(bounds(high.cost_ratio), cost);
    }

    #[test]
    fn a_model_that_was_shut_down_is_priced_at_its_last_day() {
        let moves = moves("gpt-image-1", "2026-11-21");
        let one = to(&moves, "gpt-image-2.5-sunburst");
        // (1756 × $30) ÷ (4160 × $40) = 0.316586538461538…
        assert_eq!(row(one, "high").cost_ratio, exact("0.316586538462"));
    }

    #[test]
    fn only_models_of_the_day_are_newer() {
        let names = |day| -> Vec<String> {
            moves("gpt-image-2", day).into_iter().map(|one| one.to.id.clone()).collect()
        };
        assert!(names("2026-09-07").is_empty(), "the day before 2.5");
        assert_eq!(names("2026-09-08"), ["gpt-image-2.5-flare", "gpt-image-2.5-sunburst"]);
        assert_eq!(names("2026-11-04").len(), 4, "2.6 on its first day");
    }
}
