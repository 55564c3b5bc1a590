//! What makes a plan fit at the images that it wants: one change, a mix of changes, or else fewer images.

use imgcost::budget::afford::{Answer, ChoiceChange, Fits, FitsBy, Question, Span};
use imgcost::budget::{Budget, Case};
use imgcost::catalog::conditions::Processing;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::afford::{a_budget, asked, high, holds, most, span_cost, within};
use crate::builder::*;

/// 1,000 posters and 500 banners of a month, each at $0.21105: 211.05 + 105.525 = 316.575.
fn two_products() -> Budget {
    let posters = workload("posters", high(), 1000, rates("1", "0"));
    let banners = workload("banners", high(), 500, rates("1", "0"));
    budget("2027-01", 1, vec![posters, banners])
}

fn planned_within(limit: &str) -> Question {
    Question { most: false, ..within(limit) }
}

fn cost(fits: &Fits) -> Decimal {
    fits.plans().0.expect("a number").cost
}

#[test]
fn what_fits_as_it_is_planned_needs_no_change() {
    let answer = asked(&two_products(), &planned_within("316.575"));
    assert_eq!(answer.fits_by(), FitsBy::AsWritten);
    assert_eq!(cost(&answer.as_written), dec("316.575"));
    assert!(answer.choices.is_empty() && answer.mix.is_none() && answer.fewer.is_none());
    assert!(answer.most.is_none(), "nothing beyond what is wanted, unless it is asked for");
}

#[test]
fn the_gentlest_change_that_fits_is_named() {
    // An image at medium is $0.05301. Banners at medium: 211.05 + 500 × 0.05301 = 237.555, and 250 − 237.555 = 12.445 are left.
    let answer = asked(&two_products(), &planned_within("250"));
    assert_eq!(answer.fits_by(), FitsBy::Change);
    let first = answer.first_choice().expect("a change");
    let medium = ChoiceChange::Quality { to: "medium".into(), lower: 1 };
    assert_eq!((first.workload.as_str(), &first.change), ("banners", &medium));
    assert_eq!((cost(&first.fits), first.images), (dec("237.555"), Some(500)));
    // Those that fit come first, then the gentler ones. Posters at medium: 1,000 × 0.05301 + 105.525 = 158.535; Batch at half the rates: 211.05 + 52.7625 and
    // 105.525 + 105.525; low at $0.00621: 211.05 + 3.105 and 6.21 + 105.525.
    let all: Vec<_> = answer
        .choices
        .iter()
        .map(|it| format!("{} {} {}", it.workload, it.change, cost(&it.fits).normalize()))
        .collect();
    assert_eq!(
        all,
        [
            "banners at medium 237.555",
            "posters at medium 158.535",
            "posters in a Batch 211.05",
            "banners at low 214.155",
            "posters at low 111.735",
            "banners in a Batch 263.8125",
        ]
    );
    assert!(answer.mix.is_none(), "one change is enough");
}

#[test]
fn a_mix_has_no_change_that_it_does_not_need() {
    // Both at medium: 53.01 + 26.505 = 79.515.
    let answer = asked(&two_products(), &planned_within("80"));
    assert_eq!(answer.fits_by(), FitsBy::Mix);
    let mix = answer.mix.expect("a mix");
    let medium = || ChoiceChange::Quality { to: "medium".into(), lower: 1 };
    let both = [("posters".to_owned(), medium()), ("banners".to_owned(), medium())];
    assert_eq!((mix.changes, cost(&mix.fits)), (both.to_vec(), dec("79.515")));
    // $40 takes Batch as well: (53.01 + 26.505) ÷ 2 = 39.7575.
    let mix = asked(&two_products(), &planned_within("40")).mix.expect("a mix");
    assert_eq!((mix.changes.len(), cost(&mix.fits)), (4, dec("39.7575")));
}

#[test]
fn where_no_change_is_enough_fewer_images_fit() {
    // All at low in a Batch: (6.21 + 3.105) ÷ 2 = 4.6575, above $4. As planned 4 ÷ 0.21105 = 18.95…: 18 images.
    let answer = asked(&two_products(), &planned_within("4"));
    assert_eq!(answer.fits_by(), FitsBy::Fewer);
    assert_eq!(cost(&answer.mix.as_ref().expect("a mix that is not enough").fits), dec("4.6575"));
    assert_eq!(most(answer.fewer.as_ref().expect("fewer")).0, 18);
    // Of posters alone, beside banners for 105.525: (200 − 105.525) ÷ 0.21105 = 447.64….
    let question = Question { workload: Some("posters".into()), ..planned_within("110") };
    let answer = asked(&two_products(), &question);
    assert_eq!(answer.choices.iter().filter(|it| it.workload != "posters").count(), 0);
    let question = Question { workload: Some("posters".into()), ..planned_within("200") };
    let fewer = asked(&two_products(), &question).fewer.expect("fewer");
    assert_eq!(most(&fewer).0, 447);
    assert_eq!(asked(&two_products(), &planned_within("0")).fits_by(), FitsBy::Nothing);
}

#[test]
fn routes_and_models_that_the_file_names_are_tried_and_no_size_of_another_product() {
    let mut all = two_products();
    all.workloads[1].steps[0].draft.size = Some("1536x1024".into());
    all.workloads[1].steps[0].route = Some("provider/therouter/gpt-image-2".into());
    let flare = request("gpt-image-2.5-flare", "1024x1024", "high", 66);
    all.workloads.push(workload("drafts", flare, 10, rates("1", "0")));
    let answer = asked(&all, &Question { most: true, ..planned_within("100") });
    let changes = |name: &str| -> Vec<String> {
        let own = answer.choices.iter().filter(|it| it.workload == name);
        own.map(|it| it.change.to_string()).collect()
    };
    let posters = changes("posters");
    assert!(posters.contains(&"with gpt-image-2.5-flare".to_owned()), "{posters:?}");
    let beyond = answer.most.expect("the most was asked for").alternatives;
    let sizes = beyond.iter().filter(|it| it.workload == "posters").map(|it| it.size.as_deref());
    assert!(sizes.eq([Some("1024x1024"); 2]), "{beyond:?}");
}

/// A budget with changes, made by another hand than the one under test.
fn changed<'a>(
    all: &Budget,
    changes: impl IntoIterator<Item = (&'a str, &'a ChoiceChange)>,
) -> Budget {
    let mut all = all.clone();
    for (name, change) in changes {
        let own = all.workloads.iter_mut().find(|it| it.name == name).expect("the workload");
        let last = own.steps.len() - 1;
        match change {
            ChoiceChange::Quality { to, .. } => own.steps[last].draft.quality = Some(to.clone()),
            ChoiceChange::Batch => {
                own.steps.iter_mut().for_each(|it| it.draft.processing = Some(Processing::Batch));
            }
            ChoiceChange::Route { to } => own.steps[last].route = Some(to.clone()),
            other => panic!("no budget here names another model: {other:?}"),
        }
    }
    all
}

/// Whether the answer is what the forecast says.
fn holds_true(all: &Budget, question: &Question, answer: &Answer) -> Result<(), String> {
    let kept = |all: &Budget, fits: &Fits| match span_cost(all, question) {
        cost if cost > question.limit => Err(format!("{cost} is above the limit")),
        found if found == cost(fits) => Ok(()),
        found => Err(format!("{found} is not {}", cost(fits))),
    };
    match answer.fits_by() {
        FitsBy::AsWritten => kept(all, &answer.as_written),
        FitsBy::Change => {
            let choice = answer.first_choice().expect("a change");
            let with = [(choice.workload.as_str(), &choice.change)];
            kept(&changed(all, with), &choice.fits)
        }
        FitsBy::Mix => {
            let mix = answer.mix.as_ref().expect("a mix");
            let all_of = || mix.changes.iter().map(|(name, change)| (name.as_str(), change));
            for left_out in 0..mix.changes.len() {
                let without = all_of().enumerate().filter(|(at, _)| *at != left_out);
                let cost = span_cost(&changed(all, without.map(|(_, it)| it)), question);
                if cost <= question.limit {
                    return Err(format!("{:?} is not needed", mix.changes[left_out]));
                }
            }
            kept(&changed(all, all_of()), &mix.fits)
        }
        FitsBy::Fewer => holds(all, question, answer.fewer.as_ref().expect("fewer")),
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_said_to_fit_does_whatever_the_budget(
        all in a_budget(), cents in 0_i64..300_000,
        span in prop::sample::select(&[Span::Total, Span::Month][..]),
        case in prop::sample::select(&[Case::Low, Case::High][..]),
    ) {
        let question =
            Question { limit: Decimal::new(cents, 2), span, case, workload: None, most: false };
        let held = holds_true(&all, &question, &asked(&all, &question));
        prop_assert!(held.is_ok(), "{held:?}");
    }
}
