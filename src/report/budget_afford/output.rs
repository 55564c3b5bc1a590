//! What fits within a limit for programs, and its rows for files: the budget as it is written, all workloads by one
//! factor, each alternative, and each quality.

use schemars::JsonSchema;
use serde::Serialize;

use crate::budget::afford::{Alternative, Answer, Fits, Qualities, Question};
use crate::budget::{AtAcceptance, Budget, Finding, Month, NotMade};
use crate::catalog::evidence::Doubt;
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
    /// For each workload the best quality at which its volume fits; blank where none does.
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
        best_qualities: Each::row(|| answer.qualities.iter()),
        not_made: Each::row(|| answer.not_made.iter().cloned()),
        not_planned: Each::row(|| answer.not_planned.iter()),
        findings: Each::row(|| answer.findings.iter()),
        at_acceptance: answer.at_acceptance.as_ref().map(Record::of),
        assumptions: said(&answer.assumptions),
        rows: Each::of(|| rows(question, answer).map(fitting)),
    }
}

fn fitting(row: FittingRow<'_>) -> FittingOutput<'_> {
    let plan = row.fits.plans().0;
    let images = move || plan.into_iter().flat_map(|plan| plan.images.iter());
    FittingOutput { row: Record::of(row), images_by_month: Each::row(images) }
}

/// Something that was held against the limit: the whole budget, or a workload at a quality, size and route.
#[derive(Debug, Clone, Copy)]
pub struct FittingRow<'a> {
    kind: &'static str,
    workload: &'a str,
    as_written: bool,
    quality: Option<&'a str>,
    size: Option<&'a str>,
    route: Option<&'a str>,
    doubt: Option<Doubt>,
    fits: &'a Fits,
    question: &'a Question,
}

/// The rows of an answer.
pub(super) fn rows<'a>(
    question: &'a Question,
    answer: &'a Answer,
) -> impl Iterator<Item = FittingRow<'a>> {
    let whole = [("as_written", &answer.as_written), ("all", &answer.all)];
    let whole = whole.map(|(kind, fits)| FittingRow::of_all(kind, fits, question));
    let alternatives = answer
        .alternatives
        .iter()
        .map(|alternative| FittingRow::of_alternative(alternative, question));
    let qualities = answer.qualities.iter().flat_map(move |found| {
        found.labels.iter().map(move |(label, fits)| FittingRow {
            workload: &found.workload,
            as_written: found.as_written.as_ref() == Some(label),
            quality: Some(label),
            ..FittingRow::of_all("quality", fits, question)
        })
    });
    whole.into_iter().chain(alternatives).chain(qualities)
}

impl<'a> FittingRow<'a> {
    fn of_all(kind: &'static str, fits: &'a Fits, question: &'a Question) -> FittingRow<'a> {
        FittingRow {
            kind,
            workload: "",
            as_written: true,
            quality: None,
            size: None,
            route: None,
            doubt: None,
            fits,
            question,
        }
    }

    fn of_alternative(alternative: &'a Alternative, question: &'a Question) -> FittingRow<'a> {
        FittingRow {
            workload: &alternative.workload,
            as_written: alternative.as_written,
            quality: alternative.quality.as_deref(),
            size: alternative.size.as_deref(),
            route: alternative.route.as_deref(),
            doubt: alternative.doubt,
            ..FittingRow::of_all("images", &alternative.fits, question)
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
        Field::new(&terms::ROW_KIND, |it| Value::text(Some(it.kind))),
        Field::new(&terms::WORKLOAD, |it| Value::text(Some(it.workload))),
        Field::new(&terms::AS_WRITTEN, |it| Value::Flag(it.as_written)),
        Field::new(&terms::QUALITY, |it| Value::text(it.quality)),
        Field::new(&terms::SIZE, |it| Value::text(it.size)),
        Field::new(&terms::ROUTE, |it| Value::text(it.route)),
        Field::new(&terms::DOUBT, |it| Value::text(it.doubt.map(Doubt::as_str))),
    ]
}

fn how_much<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::FITS, |it| Value::text(Some(it.fits.as_str()))),
        Field::new(&terms::FITTING_IMAGES, |it| Value::number(it.fits.images())),
        Field::new(&terms::ACCEPTED, |it| {
            Value::figure_of(it.fits.plans().0.map(|plan| &plan.accepted))
        }),
        Field::new(&terms::COST_OF_CASE, |it| {
            Value::number(it.fits.plans().0.map(|plan| plan.cost))
        }),
        Field::new(&terms::COST_OF_ONE_MORE, |it| {
            Value::number(it.fits.plans().1.map(|plan| plan.cost))
        }),
        Field::new(&terms::REASON, |it| match it.fits {
            Fits::Unknown(why) | Fits::NotOffered(why) => Value::text(Some(why.in_words())),
            _ => Value::Blank,
        }),
        Field::new(&terms::REASON_CODES, |it| match it.fits {
            Fits::Unknown(why) | Fits::NotOffered(why) => Value::codes(why.codes()),
            _ => Value::codes([]),
        }),
    ]
}

fn limit<'a>() -> Fields<'a> {
    vec![
        Field::new(&terms::LIMIT, |it| Value::Number(it.question.limit)),
        Field::new(&terms::SPAN, |it| Value::text(Some(it.question.span.as_str()))),
        Field::new(&terms::CASE, |it| Value::text(Some(it.question.case.as_str()))),
    ]
}

impl Recorded for &Qualities {
    const NAME: &'static str = "best_quality";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::WORKLOAD, |it| Value::text(Some(it.workload.as_str()))),
            Field::new(&terms::QUALITY, |it| Value::text(it.best())),
        ]
    }
}

impl Recorded for FittingMonth<'_> {
    const NAME: &'static str = "fitting_month";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new(&terms::WORKLOAD, |((workload, _), _)| Value::text(Some(workload.as_str()))),
            Field::new(&terms::MONTH, |((_, month), _)| Value::text(Some(month.to_string()))),
            Field::new(&terms::FITTING_IMAGES, |(_, images)| Value::number(Some(**images))),
        ]
    }
}
