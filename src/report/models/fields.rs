//! The fields of a model, and of a move to another one.

use crate::catalog::model_rules::{ModelRules, SizeRule};
use crate::figure::Figure;
use crate::models::{Entry, LabelMove, LeftOut, Move, Profile};
use crate::report::dictionary::terms;
use crate::report::record::{Field, Recorded, Value};

impl Recorded for &Entry {
    const NAME: &'static str = "model_summary";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = of_life();
        fields.extend(of_choices());
        fields
    }
}

/// What a model is called, and how long it lives.
fn of_life<'a>() -> Vec<Field<&'a Entry>> {
    vec![
        terms::MODEL.of(|it: &&Entry| it.model.id.as_str().into()),
        terms::MAKER.of(|it| it.model.maker.as_str().into()),
        terms::MODEL_NAME.of(|it| it.model.name.as_str().into()),
        terms::MODEL_ALIASES.of(|it| Value::List(it.model.aliases.clone())),
        terms::MAKES_IMAGES.of(|it| (!it.model.rules.is_empty()).into()),
        terms::MODEL_STATUS.of(|it| it.status.as_str().into()),
        terms::LAUNCH.of(|it| super::launch_day(&it.model).into()),
        terms::SHUTDOWN.of(|it| super::shutdown_day(&it.model).into()),
        terms::SHUTDOWN_ANNOUNCED.of(|it| {
            let announced = it.model.shutdown.as_ref().and_then(|it| it.announced);
            announced.into()
        }),
        terms::REPLACED_BY.of(|it| {
            let shutdown = it.model.shutdown.as_ref();
            Value::List(shutdown.map_or_else(Vec::new, |it| it.replacements.clone()))
        }),
    ]
}

/// The sizes and qualities that it may be asked for.
fn of_choices<'a>() -> Vec<Field<&'a Entry>> {
    vec![
        terms::SIZE_RULE.of(|it: &&Entry| it.rules.as_ref().map(size_rule).into()),
        terms::SIZE_COUNT.of(|it| {
            let in_pixels = it.rules.as_ref().is_some_and(|it| it.sizes.rule.is_in_pixels());
            in_pixels.then_some(it.size_count as u64).into()
        }),
        terms::DEFAULT_SIZE.of(|it| it.rules.as_ref().and_then(|it| it.sizes.default).into()),
        terms::RESOLUTIONS.of(|it| {
            let tiers = it.rules.as_ref().map(|it| it.sizes.rule.tiers().to_vec());
            Value::List(tiers.unwrap_or_default())
        }),
        terms::QUALITIES.of(|it| {
            let labels = it.rules.as_ref().map(|it| it.labels().to_vec());
            Value::List(labels.unwrap_or_default())
        }),
        terms::DEFAULT_QUALITY.of(|it| {
            let qualities = it.rules.as_ref().and_then(|it| it.qualities.as_ref());
            qualities.map(|it| it.default.as_str()).into()
        }),
    ]
}

/// How sizes are given: one by one, as a grid of edges within bounds, or by names of resolutions.
fn size_rule(rules: &ModelRules) -> &'static str {
    match rules.sizes.rule {
        SizeRule::Listed(_) => "listed",
        SizeRule::Grid(_) => "grid",
        SizeRule::Tiers(_) => "tiers",
        SizeRule::NotKnown(_) => "not_known",
    }
}

/// A quality on the model and on the one to move to.
#[derive(Debug, Clone, Copy)]
pub struct MoveRow<'a> {
    profile: &'a Profile,
    to: &'a Move,
    label: &'a LabelMove,
}

/// A row for each move and quality.
pub(super) fn rows(profile: &Profile) -> impl Iterator<Item = MoveRow<'_>> {
    let of_move = move |to| move |label| MoveRow { profile, to, label };
    profile.moves.iter().flat_map(move |to: &Move| to.labels.iter().map(of_move(to)))
}

impl Recorded for MoveRow<'_> {
    const NAME: &'static str = "move_of_quality";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::MODEL.of(|it: &Self| it.profile.entry.model.id.as_str().into()),
            terms::TO_MODEL.of(|it| it.to.to.id.as_str().into()),
            terms::NAMED_BY_MAKER.of(|it| it.to.named_by_maker.into()),
            terms::SAME_FORMULA.of(|it| it.to.same_formula.into()),
            terms::SIZE.of(|it| it.to.size.to_string().into()),
            terms::QUALITY.of(|it| it.label.label.as_str().into()),
            terms::OUTPUT_TOKENS.of(|it| tokens(it.label.old.as_ref())),
            terms::TO_TOKENS.of(|it| tokens(it.label.new.as_ref())),
            terms::TOKEN_RATIO.of(|it| it.label.token_ratio.as_ref().into()),
            terms::COST_RATIO.of(|it| it.label.cost_ratio.as_ref().into()),
            terms::LIKE_FOR_LIKE
                .of(|it| it.label.like_for_like.as_ref().map(|it| it.label.as_str()).into()),
            terms::LIKE_FOR_LIKE_EXACT.of(|it| {
                let same = it.label.like_for_like.as_ref();
                same.map(|same| same.exact).into()
            }),
            terms::REASON.of(|it| it.to.reasons.in_words().into()),
            terms::REASON_CODES.of(|it| Value::codes(it.to.reasons.codes())),
        ]
    }
}

fn tokens(tokens: Option<&Figure<u64>>) -> Value<'_> {
    tokens.map_or(Value::Blank, Value::count)
}

impl Recorded for &Move {
    const NAME: &'static str = "move";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::TO_MODEL.of(|it| it.to.id.as_str().into()),
            terms::LEFT_OUT
                .of(|it| Value::List(it.left_out.iter().map(LeftOut::to_string).collect())),
            terms::LEFT_OUT_CODES.of(|it| Value::codes(it.left_out.iter().map(LeftOut::code))),
        ]
    }
}
