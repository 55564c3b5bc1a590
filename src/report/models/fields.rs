//! The fields of a model, and of a move to another one.

use crate::catalog::model::{ModelRules, SizeRule};
use crate::figure::Figure;
use crate::models::{Entry, LabelMove, Move, Profile};
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
        Field::new(&terms::MODEL, |it: &&Entry| Value::text(Some(it.model.id.as_str()))),
        Field::new(&terms::MAKER, |it| Value::text(Some(it.model.maker.as_str()))),
        Field::new(&terms::MODEL_NAME, |it| Value::text(Some(it.model.name.as_str()))),
        Field::new(&terms::MODEL_ALIASES, |it| Value::List(it.model.aliases.clone())),
        Field::new(&terms::MAKES_IMAGES, |it| Value::Flag(!it.model.rules.is_empty())),
        Field::new(&terms::MODEL_STATUS, |it| Value::text(Some(it.status.as_str()))),
        Field::new(&terms::LAUNCH, |it| Value::text(super::launch_day(&it.model))),
        Field::new(&terms::SHUTDOWN, |it| Value::text(super::shutdown_day(&it.model))),
        Field::new(&terms::SHUTDOWN_ANNOUNCED, |it| {
            let announced = it.model.shutdown.as_ref().and_then(|it| it.announced);
            Value::text(announced.map(|day| day.to_string()))
        }),
        Field::new(&terms::REPLACED_BY, |it| {
            let shutdown = it.model.shutdown.as_ref();
            Value::List(shutdown.map_or_else(Vec::new, |it| it.replacements.clone()))
        }),
    ]
}

/// The sizes and qualities that it may be asked for.
fn of_choices<'a>() -> Vec<Field<&'a Entry>> {
    vec![
        Field::new(&terms::SIZE_RULE, |it: &&Entry| Value::text(it.rules.as_ref().map(size_rule))),
        Field::new(&terms::SIZE_COUNT, |it| {
            let in_pixels = it.rules.as_ref().is_some_and(|it| it.sizes.rule.is_in_pixels());
            Value::number(in_pixels.then_some(it.size_count as u64))
        }),
        Field::new(&terms::DEFAULT_SIZE, |it| {
            let size = it.rules.as_ref().and_then(|it| it.sizes.default);
            Value::text(size.map(|size| size.to_string()))
        }),
        Field::new(&terms::RESOLUTIONS, |it| {
            let tiers = it.rules.as_ref().map(|it| it.sizes.rule.tiers().to_vec());
            Value::List(tiers.unwrap_or_default())
        }),
        Field::new(&terms::QUALITIES, |it| {
            let labels = it.rules.as_ref().map(|it| it.labels().to_vec());
            Value::List(labels.unwrap_or_default())
        }),
        Field::new(&terms::DEFAULT_QUALITY, |it| {
            let qualities = it.rules.as_ref().and_then(|it| it.qualities.as_ref());
            Value::text(qualities.map(|it| it.default.as_str()))
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
            Field::new(&terms::MODEL, |it: &Self| {
                Value::text(Some(it.profile.entry.model.id.as_str()))
            }),
            Field::new(&terms::TO_MODEL, |it| Value::text(Some(it.to.to.id.as_str()))),
            Field::new(&terms::NAMED_BY_MAKER, |it| Value::Flag(it.to.named_by_maker)),
            Field::new(&terms::SAME_FORMULA, |it| Value::Flag(it.to.same_formula)),
            Field::new(&terms::SIZE, |it| Value::text(Some(it.to.size.to_string()))),
            Field::new(&terms::QUALITY, |it| Value::text(Some(it.label.label.as_str()))),
            Field::new(&terms::OUTPUT_TOKENS, |it| tokens(it.label.old.as_ref())),
            Field::new(&terms::TO_TOKENS, |it| tokens(it.label.new.as_ref())),
            Field::new(&terms::TOKEN_RATIO, |it| Value::figure_of(it.label.token_ratio.as_ref())),
            Field::new(&terms::COST_RATIO, |it| Value::figure_of(it.label.cost_ratio.as_ref())),
            Field::new(&terms::LIKE_FOR_LIKE, |it| {
                Value::text(it.label.like_for_like.as_ref().map(|it| it.label.as_str()))
            }),
            Field::new(&terms::LIKE_FOR_LIKE_EXACT, |it| {
                let same = it.label.like_for_like.as_ref();
                same.map_or(Value::Blank, |same| Value::Flag(same.exact))
            }),
            Field::new(&terms::REASON, |it| Value::text(Some(it.to.reasons.in_words()))),
            Field::new(&terms::REASON_CODES, |it| Value::codes(it.to.reasons.codes())),
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
            Field::new(&terms::TO_MODEL, |it| Value::text(Some(it.to.id.as_str()))),
            Field::new(&terms::LEFT_OUT, |it| Value::List(it.left_out.clone())),
        ]
    }
}
