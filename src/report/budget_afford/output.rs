//! What fits within a limit for programs, and its rows for files: the budget as it is written, each change, a mix of them,
//! fewer images, and where it was asked what fits beyond that.

use schemars::JsonSchema;
use serde::Serialize;

use crate::budget::afford::{
    Alternative, Answer, Choice, ChoiceChange, Fits, Mix, Most, Plan, Qualities, Question,
};
use crate::budget::{AtAcceptance, Budget, Finding, Month, NotMade};
use crate::catalog::conditions::Processing;
use crate::catalog::evidence::Doubt;
use crate::reason::Reasons;
use crate::report::dictionary::terms;
use crate::report::envelope::{Output, Said, said};
use crate::report::record::{Each, Field, Record, Recorded, Value};

/// What fits within a limit. How the budget as it is written stands to it is under `limit`.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct AffordOutput<'a> {
    /// The first month.
    pub start: String,
    /// How many months are planned.
    pub months: u32,
    /// What the limit is for: total or month.
    pub span: &'static str,
    /// The end of the cost that has to keep to the limit: low, expected or high.
    pub case: &'static str,
    /// Whether the margin is added before a cost is held against the limit: it is not.
    pub margin_added: bool,
    /// The images that the budget as it is written wants in that case; none where that is not stated.
    pub wanted_images: Option<u64>,
    /// What makes it fit: as_written, change, mix, fewer, most, nothing or unknown.
    pub fits_by: &'static str,
    /// Where the most is asked for, each workload with the best quality at which its volume fits; blank where none does.
    pub best_qualities: Each<'a, Record<&'a Qualities>>,
    /// What is planned and cannot be made.
    pub not_made: Each<'a, Record<NotMade>>,
    /// The months in which a workload has no volume.
    pub not_planned: Each<'a, Record<(&'a String, &'a Vec<Month>)>>,
    /// What stands in the way of the budget as it was written.
    pub findings: Each<'a, Record<&'a Finding>>,
    /// What the budget would cost at another acceptance; nothing where each workload has one of its own.
    pub at_acceptance: Option<Record<&'a AtAcceptance>>,
    /// What was assumed.
    pub assumptions: Vec<Said>,
    /// What fits.
    pub rows: Each<'a, FittingOutput<'a>>,
}

impl Output for AffordOutput<'_> {
    const NAME: &'static str = "afford";
    const COMMAND: &'static str = "budget afford";
}

/// Something that was held against the limit.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct FittingOutput<'a> {
    /// How it stands to the limit.
    #[serde(flatten)]
    pub row: Record<FittingRow<'a>>,
    /// The images that fit, month by month; empty where volumes are as they are written.
    pub images_by_month: Each<'a, Record<FittingMonth<'a>>>,
}

/// A workload and a month, and the images that fit in it.
pub type FittingMonth<'a> = (&'a (String, Month), &'a u64);

pub(super) fn output<'a>(
    budget: &Budget,
    question: &'a Question,
    answer: &'a Answer,
) -> AffordOutput<'a> {
    AffordOutput {
        start: budget.start.to_string(),
        months: budget.months,
        span: question.span.as_str(),
        case: question.case.as_str(),
        margin_added: false,
        wanted_images: answer.wanted,
        fits_by: answer.fits_by().code(),
        best_qualities: Each::row(|| answer.most.iter().flat_map(|most| &most.qualities)),
        not_made: Each::row(|| answer.not_made.iter().cloned()),
        not_planned: Each::row(|| answer.not_planned.iter()),
        findings: Each::row(|| answer.findings.iter()),
        at_acceptance: answer.at_acceptance.as_ref().map(Record::of),
        assumptions: said(&answer.assumptions),
        rows: Each::of(|| rows(question, answer).map(fitting)),
    }
}

fn fitting(row: FittingRow<'_>) -> FittingOutput<'_> {
    let plan = row.plan();
    let images = move || plan.into_iter().flat_map(|plan| plan.images.iter());
    FittingOutput { row: Record::of(row), images_by_month: Each::row(images) }
}

/// Something that was held against the limit: the whole budget, or a workload with something changed of it.
#[derive(Debug, Clone, Copy)]
pub struct FittingRow<'a> {
    kind: &'static str,
    workload: &'a str,
    as_written: bool,
    changed: Changed<'a>,
    doubt: Option<Doubt>,
    /// Nothing for a part of a mix, which is priced as a whole.
    fits: Option<&'a Fits>,
    question: &'a Question,
}

/// What a row has in place of what the file says.
#[derive(Debug, Clone, Copy, Default)]
struct Changed<'a> {
    model: Option<&'a str>,
    quality: Option<&'a str>,
    size: Option<&'a str>,
    route: Option<&'a str>,
    processing: Option<&'static str>,
}

impl<'a> Changed<'a> {
    fn by(change: &'a ChoiceChange) -> Changed<'a> {
        let as_is = Changed::default();
        match change {
            ChoiceChange::Quality { to, .. } => Changed { quality: Some(to), ..as_is },
            ChoiceChange::Batch => {
                Changed { processing: Some(Processing::Batch.as_str()), ..as_is }
            }
            ChoiceChange::Route { to } => Changed { route: Some(to), ..as_is },
            ChoiceChange::Model { to } => Changed { model: Some(to), ..as_is },
        }
    }
}

/// The rows of an answer.
pub(super) fn rows<'a>(
    question: &'a Question,
    answer: &'a Answer,
) -> impl Iterator<Item = FittingRow<'a>> {
    let as_written = [FittingRow::of_all("as_written", &answer.as_written, question)];
    let choices = answer.choices.iter().map(|choice| FittingRow::of_choice(choice, question));
    let mix = answer.mix.iter().flat_map(|mix| of_mix(mix, question));
    let fewer = answer.fewer.iter().map(|fits| FittingRow::of_all("fewer", fits, question));
    let most = answer.most.iter().flat_map(|most| of_most(most, question));
    as_written.into_iter().chain(choices).chain(mix).chain(fewer).chain(most)
}

fn of_mix<'a>(mix: &'a Mix, question: &'a Question) -> impl Iterator<Item = FittingRow<'a>> {
    let whole = FittingRow { as_written: false, ..FittingRow::of_all("mix", &mix.fits, question) };
    let parts = mix.changes.iter().map(move |(workload, change)| FittingRow {
        kind: "mix_part",
        workload,
        changed: Changed::by(change),
        fits: None,
        ..whole
    });
    [whole].into_iter().chain(parts)
}

fn of_most<'a>(most: &'a Most, question: &'a Question) -> impl Iterator<Item = FittingRow<'a>> {
    let all = [FittingRow::of_all("all", &most.all, question)];
    let alternatives = most.alternatives.iter().map(|it| FittingRow::of_alternative(it, question));
    let qualities = most.qualities.iter().flat_map(move |found| {
        found.labels.iter().map(move |(label, fits)| FittingRow {
            workload: &found.workload,
            as_written: found.as_written.as_ref() == Some(label),
            changed: Changed { quality: Some(label), ..Changed::default() },
            ..FittingRow::of_all("quality", fits, question)
        })
    });
    all.into_iter().chain(alternatives).chain(qualities)
}

impl<'a> FittingRow<'a> {
    fn of_all(kind: &'static str, fits: &'a Fits, question: &'a Question) -> FittingRow<'a> {
        FittingRow {
            kind,
            workload: "",
            as_written: true,
            changed: Changed::default(),
            doubt: None,
            fits: Some(fits),
            question,
        }
    }

    fn of_choice(choice: &'a Choice, question: &'a Question) -> FittingRow<'a> {
        FittingRow {
            workload: &choice.workload,
            as_written: false,
            changed: Changed::by(&choice.change),
            doubt: choice.doubt,
            ..FittingRow::of_all("change", &choice.fits, question)
        }
    }

    fn of_alternative(alternative: &'a Alternative, question: &'a Question) -> FittingRow<'a> {
        FittingRow {
            workload: &alternative.workload,
            as_written: alternative.as_written,
            changed: Changed {
                quality: alternative.quality.as_deref(),
                size: alternative.size.as_deref(),
                route: alternative.route.as_deref(),
                ..Changed::default()
            },
            doubt: alternative.doubt,
            ..FittingRow::of_all("images", &alternative.fits, question)
        }
    }

    fn plan(&self) -> Option<&'a Plan> {
        self.fits.and_then(|fits| fits.plans().0)
    }

    fn reasons(&self) -> Option<&'a Reasons> {
        match self.fits {
            Some(Fits::Unknown(why) | Fits::NotOffered(why)) => Some(why),
            _ => None,
        }
    }
}

type Fields<'a> = Vec<Field<FittingRow<'a>>>;

impl Recorded for FittingRow<'_> {
    const NAME: &'static str = "fitting_row";

    fn fields() -> Vec<Field<Self>> {
        [what(), how_much(), limit()].into_iter().flatten().collect()
    }
}

fn what<'a>() -> Fields<'a> {
    vec![
        terms::ROW_KIND.of(|it| it.kind.into()),
        terms::WORKLOAD.of(|it| it.workload.into()),
        terms::AS_WRITTEN.of(|it| it.as_written.into()),
        terms::MODEL.of(|it| it.changed.model.into()),
        terms::QUALITY.of(|it| it.changed.quality.into()),
        terms::SIZE.of(|it| it.changed.size.into()),
        terms::ROUTE.of(|it| it.changed.route.into()),
        terms::PROCESSING.of(|it| it.changed.processing.into()),
        terms::DOUBT.of(|it| it.doubt.map(Doubt::as_str).into()),
    ]
}

fn how_much<'a>() -> Fields<'a> {
    vec![
        terms::FITS.of(|it| it.fits.map(Fits::as_str).into()),
        terms::FITTING_IMAGES.of(|it| it.fits.and_then(Fits::images).into()),
        terms::ACCEPTED.of(|it| it.plan().map(|plan| &plan.accepted).into()),
        terms::COST_OF_CASE.of(|it| it.plan().map(|plan| plan.cost).into()),
        terms::COST_OF_ONE_MORE
            .of(|it| it.fits.and_then(|fits| fits.plans().1).map(|plan| plan.cost).into()),
        terms::REASON
            .of(|it| it.reasons().map_or(Value::Blank, |reasons| reasons.in_words().into())),
        terms::REASON_CODES.of(|it| match it.reasons() {
            Some(why) => Value::codes(why.codes()),
            None => Value::codes([]),
        }),
    ]
}

fn limit<'a>() -> Fields<'a> {
    vec![
        terms::LIMIT.of(|it| it.question.limit.into()),
        terms::SPAN.of(|it| it.question.span.as_str().into()),
        terms::CASE.of(|it| it.question.case.as_str().into()),
    ]
}

impl Recorded for &Qualities {
    const NAME: &'static str = "best_quality";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::WORKLOAD.of(|it| it.workload.as_str().into()),
            terms::QUALITY.of(|it| it.best().into()),
        ]
    }
}

impl Recorded for FittingMonth<'_> {
    const NAME: &'static str = "fitting_month";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::WORKLOAD.of(|((workload, _), _)| workload.as_str().into()),
            terms::MONTH.of(|((_, month), _)| (*month).into()),
            terms::FITTING_IMAGES.of(|(_, images)| (**images).into()),
        ]
    }
}
