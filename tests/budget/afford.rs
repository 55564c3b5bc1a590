//! What fits within a limit: by hand, and as the exact inverse of the forecast.

use imgcost::budget::afford::{
    Alternative, Answer, Fits, Most, Plan, Question, Span, afford, planned,
};
use imgcost::budget::{
    Budget, Case, CostPer, Fallback, FallbackWhen, Images, Limit, OtherCost, Scope, Volume,
    Workload, sum,
};
use imgcost::figure::Figure;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::builder::*;
use crate::common::{TODAY, day};

pub(crate) fn high() -> imgcost::request::Draft {
    request("gpt-image-2", "1024x1024", "high", 66)
}

pub(crate) fn within(limit: &str) -> Question {
    Question { limit: dec(limit), span: Span::Total, case: Case::High, workload: None, most: true }
}

pub(crate) fn asked(budget: &Budget, question: &Question) -> Answer {
    afford(&SHIPPED, budget, question, day("2026-11-21")).expect("a budget that can be priced")
}

/// What was found beyond what is wanted.
fn beyond(answer: &Answer) -> &Most {
    answer.most.as_ref().expect("the most was asked for")
}

fn as_written<'a>(answer: &'a Answer, workload: &str) -> &'a Alternative {
    let found =
        beyond(answer).alternatives.iter().find(|it| it.workload == workload && it.as_written);
    found.expect("the alternative as written")
}

/// The images that fit, what they cost, and what one more would.
pub(crate) fn most(fits: &Fits) -> (u64, Decimal, Decimal) {
    match fits {
        Fits::Most { images, with, next } => (*images, with.cost, next.cost),
        other => panic!("no number: {other:?}"),
    }
}

#[test]
fn by_hand() {
    // $0.21105 an image, 70% accepted: 0.21105 ÷ 0.7 = 0.3015 an accepted image, and $25 a month.
    // $100 in one month: (100 − 25) ÷ 0.3015 = 248.756…: 248 images cost 25 + 74.772 = 99.772,
    // 249 cost 25 + 75.0735 = 100.0735.
    let mut one = budget("2027-01", 1, vec![workload("posters", high(), 1000, rates("0.7", "0"))]);
    one.other_costs = vec![OtherCost::of("seats", dec("25"), CostPer::Month)];
    let answer = asked(&one, &within("100"));
    assert_eq!(most(&as_written(&answer, "posters").fits), (248, dec("99.772"), dec("100.0735")));
    assert_eq!(most(&beyond(&answer).all).0, 248, "one workload is the whole budget");
    // As written: 25 + 1,000 × 0.3015 = 326.5.
    assert!(matches!(&answer.as_written, Fits::Over(plan) if plan.cost == dec("326.5")));
    // What 1,000 images would cost at each quality, with 330 millionths of a dollar for the prompt:
    // low 196 tokens: 25 + 1,000 × (0.00588 + 0.00033) ÷ 0.7 = 33.8714…
    // medium 1,756 tokens: 25 + 1,000 × (0.05268 + 0.00033) ÷ 0.7 = 100.7285…
    let qualities = &beyond(&answer).qualities[0];
    let costs: Vec<_> =
        qualities.labels.iter().map(|(label, fits)| (label.as_str(), fits)).collect();
    assert!(
        matches!(costs[0], ("low", Fits::Within(plan)) if plan.cost.round_dp(4) == dec("33.8714"))
    );
    assert!(
        matches!(costs[1], ("medium", Fits::Over(plan)) if plan.cost.round_dp(4) == dec("100.7286"))
    );
    assert_eq!(qualities.best(), Some("low"));
}

#[test]
fn images_are_spread_over_the_months_in_the_shape_of_the_volume() {
    // 3 months of 100, 103 and 106 at $0.21105: $2.20 is 10 images (2.1105; 11 are 2.32155):
    // 3, 3 and 4 of them (10 × 106 ÷ 309 = 3.43, the largest share of what is left).
    let mut posters = workload("posters", high(), 100, rates("1", "0"));
    posters.volume = Volume::growing(Images::exactly(100), dec("0.03"));
    let answer = asked(&budget("2027-01", 3, vec![posters]), &within("2.20"));
    let Fits::Most { images, with, .. } = &as_written(&answer, "posters").fits else { panic!() };
    assert_eq!((*images, with.cost), (10, dec("2.1105")));
    assert_eq!(with.images.values().copied().collect::<Vec<_>>(), [3, 3, 4]);
    assert_eq!(answer.wanted, Some(309));
}

#[test]
fn a_monthly_limit_is_for_the_dearest_month() {
    // 2 months of 1 : 3 images at $0.21105; $1 a month is 4 images (0.8442) in the dearest month, and 5
    // would be 1.05525. 5 images are 1 and 4; the sixth goes where weight ÷ (images + 1) is larger:
    // 3 ÷ 5 = 0.6 in February, 1 ÷ 2 = 0.5 in January.
    let mut posters = workload("posters", high(), 0, rates("1", "0"));
    posters.volume = Volume::ByMonth(
        [(month("2027-01"), Images::exactly(1)), (month("2027-02"), Images::exactly(3))]
            .into_iter()
            .collect(),
    );
    let question = Question { span: Span::Month, ..within("1") };
    let answer = asked(&budget("2027-01", 2, vec![posters]), &question);
    let Fits::Most { images, with, next } = &as_written(&answer, "posters").fits else { panic!() };
    assert_eq!(with.images.values().copied().collect::<Vec<_>>(), [1, 4]);
    assert_eq!((*images, with.cost), (5, dec("0.8442")));
    assert_eq!(next.cost, dec("1.05525"));
}

#[test]
fn every_quality_size_and_route_of_the_file_is_tried() {
    let posters = workload("posters", high(), 100, rates("1", "0"));
    let mut drafts = on(
        "provider/laozhang/gpt-image-2@default",
        workload("drafts", request("gpt-image-2", "1024x1536", "low", 0), 100, rates("1", "0")),
    );
    drafts.fallback = Some(Fallback {
        route: "provider/therouter/gpt-image-2".into(),
        when: [FallbackWhen::Failed].into(),
    });
    let other =
        workload("other", request("gpt-image-1.5", "1024x1024", "medium", 0), 1, rates("1", "0"));
    let all = budget("2027-01", 1, vec![posters, drafts, other]);
    let answer = asked(&all, &within("50"));
    let of =
        |name: &str| beyond(&answer).alternatives.iter().filter(|it| it.workload == name).count();
    // 2 qualities × 3 routes of gpt-image-2, at its own size; 1 × 1 of gpt-image-1.5.
    assert_eq!((of("posters"), of("drafts"), of("other")), (6, 6, 1));
    // gpt-image-1.5 is shut down on 2026-12-01: nothing is made, and that is no bargain.
    let ended = &as_written(&answer, "other").fits;
    assert!(
        matches!(ended, Fits::NotOffered(why) if why.in_words().contains("gpt-image-1.5")),
        "{ended:?}"
    );
    assert!(matches!(&answer.as_written, Fits::NotOffered(_)), "nor is the budget with it");
    let of_other =
        beyond(&answer).qualities.iter().find(|it| it.workload == "other").expect("its labels");
    assert_eq!((of_other.best(), of_other.as_written.as_deref()), (None, Some("medium")));
    // laozhang.ai ignores the quality that is asked for: posters there would be no cheaper posters.
    let there =
        beyond(&answer).alternatives.iter().filter(|it| it.workload == "posters").filter(|it| {
            it.route
                .as_deref()
                .is_some_and(|route| route == "provider/laozhang/gpt-image-2@default")
        });
    for alternative in there {
        assert!(
            matches!(&alternative.fits, Fits::NotOffered(why) if why.codes().eq(["choice_ignored"])),
            "{alternative:?}"
        );
    }
    // Beside images that nothing makes, which will cost something somewhere, no number of posters is shown to fit.
    for fits in [&as_written(&answer, "posters").fits, &beyond(&answer).all] {
        assert!(
            matches!(fits, Fits::Unknown(why) if why.iter().any(|it| it.to_string().contains("gpt-image-1.5"))),
            "{fits:?}"
        );
    }
    // Without them: drafts at laozhang.ai cost 3, so that 47 ÷ 0.21105 = 222.69… posters fit.
    let mut made = all.clone();
    made.workloads.retain(|workload| workload.name != "other");
    assert_eq!(most(&as_written(&asked(&made, &within("50")), "posters").fits).0, 222);
}

#[test]
fn what_is_not_known_gets_no_number() {
    let posters =
        on("provider/cloudflare/gpt-image-2", workload("posters", high(), 10, rates("1", "0")));
    let answer = asked(&budget("2027-01", 1, vec![posters]), &within("100"));
    let unknown = |fits: &Fits| matches!(fits, Fits::Unknown(reasons) if !reasons.is_empty());
    assert!(unknown(&answer.as_written) && unknown(&beyond(&answer).all));
    assert!(unknown(&as_written(&answer, "posters").fits));
    // An open charge is a range: its high case is known, and what is expected is not.
    let open = budget("2027-01", 1, vec![workload("open", high(), 10, rates("1", "0.1"))]);
    // 0.21105 ÷ 0.9 = 0.2345 an image charged in full: 100 ÷ 0.2345 = 426.4…
    assert_eq!(most(&as_written(&asked(&open, &within("100")), "open").fits).0, 426);
    let expected = Question { case: Case::Expected, ..within("100") };
    assert!(unknown(&as_written(&asked(&open, &expected), "open").fits));
    // Not charged: 100 ÷ 0.21105 = 473.8…
    let low = Question { case: Case::Low, ..within("100") };
    assert_eq!(most(&as_written(&asked(&open, &low), "open").fits).0, 473);
}

#[test]
fn nothing_fits_and_what_is_nearest() {
    let mut posters = workload("posters", high(), 10, rates("1", "0"));
    posters.other_costs = vec![OtherCost::of("review", dec("40"), CostPer::Month)];
    let mut all = budget("2027-01", 1, vec![posters]);
    all.other_costs = vec![OtherCost::of("seats", dec("25"), CostPer::Month)];
    let answer = asked(&all, &within("20"));
    // Without any image the workload does not run: $25 for seats; with one, 25 + 40 + 0.21105.
    let Fits::Nothing { none, one } = &as_written(&answer, "posters").fits else { panic!() };
    assert_eq!((none.cost, one.cost), (dec("25"), dec("65.21105")));
}

#[test]
fn the_answer_is_the_exact_inverse_of_the_forecast() {
    for (name, all) in budgets() {
        for case in [Case::Low, Case::High] {
            for span in [Span::Total, Span::Month] {
                for limit in ["0.5", "77.77", "25000"] {
                    let question = Question { case, span, ..within(limit) };
                    let answer = asked(&all, &question);
                    let alternatives =
                        beyond(&answer).alternatives.iter().filter(|it| it.as_written);
                    let fits = alternatives.map(|it| &it.fits).chain([&beyond(&answer).all]);
                    for fits in fits {
                        holds(&all, &question, fits).unwrap_or_else(|why| {
                            panic!("{name}, {limit} a {}, {}: {why}", span.as_str(), case.as_str())
                        });
                    }
                }
            }
        }
    }
}

/// Whether the forecast keeps to the limit with the images found, and not with one more.
pub(crate) fn holds(all: &Budget, question: &Question, fits: &Fits) -> Result<(), String> {
    let cost = |plan: &Plan| {
        let cost = span_cost(&planned(all, &plan.images), question);
        if cost == plan.cost { Ok(cost) } else { Err(format!("{cost} is not {}", plan.cost)) }
    };
    let images = |plan: &Plan| plan.images.values().sum::<u64>();
    match fits {
        Fits::Most { images: most, with, next } => {
            let kept = cost(with)? <= question.limit && cost(next)? > question.limit;
            let one_more = images(with) == *most && images(next) == most + 1;
            if kept && one_more { Ok(()) } else { Err(format!("{most} images")) }
        }
        Fits::Nothing { none, one } => {
            let over = cost(none)? > question.limit || cost(one)? > question.limit;
            if over { Ok(()) } else { Err("one image fits".into()) }
        }
        Fits::Any(with) => {
            let kept = cost(with)? <= question.limit;
            if kept { Ok(()) } else { Err("not as many as can be counted".into()) }
        }
        other => Err(format!("{other:?}")),
    }
}

/// What the forecast holds against the limit, by another way than the one under test.
pub(crate) fn span_cost(all: &Budget, question: &Question) -> Decimal {
    let found = of(all);
    let value = |figure: Figure<Decimal>| match question.case {
        Case::Low => figure.low(),
        Case::Expected => figure.expected().expect("expected"),
        Case::High => figure.high().expect("known"),
    };
    match question.span {
        Span::Total => value(sum(found.rows()).expect("fits")),
        Span::Month => all
            .months()
            .map(|at| value(sum(found.rows_of(at)).expect("fits")))
            .max()
            .expect("a month"),
    }
}

/// Budgets of every kind: growth, ranges, price changes, other costs, fallbacks, a maximum, steps.
pub(crate) fn budgets() -> Vec<(&'static str, Budget)> {
    let mut growing = workload("growing", high(), 100, rates("0.7", "0.05"));
    growing.volume = Volume::growing(Images { low: 80, expected: None, high: 170 }, dec("0.07"));
    growing.price_changes = vec![(month("2027-03"), dec("1.25"))];
    let comfy = on(
        "provider/comfy-org/gpt-image-2",
        workload("comfy", request("gpt-image-2", "1024x1024", "medium", 0), 500, rates("0.8", "0")),
    );
    let mut costly =
        workload("costly", high(), 50, rates("0.9", "0").giving_up_after(2).expect("k"));
    costly.other_costs = [
        ("review", CostPer::Attempt),
        ("upscaling", CostPer::AcceptedImage),
        ("desk", CostPer::Month),
    ]
    .map(|(name, per)| OtherCost::of(name, dec("0.05"), per))
    .into();
    let mut fallback = workload("fallback", high(), 300, rates("1", "0.2"));
    fallback.fallback = Some(Fallback {
        route: "provider/laozhang/gpt-image-2@default".into(),
        when: [FallbackWhen::Failed].into(),
    });
    let mut drafts = workload("drafts", high(), 40, rates("0.6", "0"));
    let mut draft = drafts.steps[0].clone();
    draft.draft.quality = Some("low".into());
    draft.per_accepted = 4;
    drafts.steps.insert(0, draft);
    let mut part_of_the_time = workload("part", high(), 90, rates("1", "0"));
    part_of_the_time.from = Some(month("2027-02"));
    part_of_the_time.to = Some(month("2027-03"));
    vec![
        ("growth, ranges and a supposed price change", budget("2027-01", 6, vec![growing.clone()])),
        ("a price change in mid month", budget("2026-07", 3, vec![comfy])),
        ("other costs and a maximum", budget("2027-01", 4, vec![costly.clone()])),
        ("a fallback", budget("2027-01", 2, vec![fallback])),
        ("steps", budget("2027-01", 2, vec![drafts])),
        ("several", budget("2027-01", 5, vec![growing, costly, part_of_the_time])),
    ]
}

fn a_share(least: i64) -> impl Strategy<Value = String> {
    (least..=100_i64).prop_map(|percent| Decimal::new(percent, 2).to_string())
}

prop_compose! {
    /// Everything that bends the line of the cost: ranges, growth, other costs, steps, a maximum of attempts,
    /// a price that changes within the budget (comfy.org) or is supposed to, a workload that runs part of the time.
    fn a_workload()(
        route in prop::sample::select(&["official/openai/gpt-image-2", "provider/comfy-org/gpt-image-2"][..]),
        quality in prop::sample::select(&["low", "medium", "high"][..]),
        first in (0_u64..400, 0_u64..100, 0_u64..100),
        growth in -20_i64..30, acceptance in a_share(30), failed in 0_i64..30,
        maximum in prop::option::of(1_u64..5),
        others in prop::collection::vec((0_i64..2_000, prop::sample::select(CostPer::ALL.to_vec())), 0..3),
        per_accepted in prop::option::of(1_u64..5),
        supposed in prop::option::of((0_u32..4, 1_i64..30)),
        part in prop::option::of((0_u32..3, 0_u32..3)),
    ) -> Workload {
        let mut of_rates = rates(&acceptance, &Decimal::new(failed, 2).to_string());
        if let Some(maximum) = maximum {
            of_rates = of_rates.giving_up_after(maximum).expect("a maximum");
        }
        let draft = request("gpt-image-2", "1024x1024", quality, 60);
        let mut workload = on(route, workload("w", draft, 0, of_rates));
        let (low, more, most) = first;
        let first = Images { low, expected: Some(low + more), high: low + more + most };
        workload.volume = Volume::growing(first, Decimal::new(growth, 2));
        let other = |(thousandths, per)| {
            OtherCost::of("other", Decimal::new(thousandths, 3), per)
        };
        workload.other_costs = others.into_iter().map(other).collect();
        if let Some(per_accepted) = per_accepted {
            let mut draft = workload.steps[0].clone();
            draft.draft.quality = Some("low".into());
            draft.per_accepted = per_accepted;
            workload.steps.insert(0, draft);
        }
        let start = month("2026-07");
        workload.price_changes = supposed
            .map(|(after, tenths)| (start.plus(after), Decimal::new(tenths, 1)))
            .into_iter()
            .collect();
        if let Some((after, more)) = part {
            workload.from = Some(start.plus(after));
            workload.to = Some(start.plus(after + more));
        }
        workload
    }
}

prop_compose! {
    pub(crate) fn a_budget()(
        workloads in prop::collection::vec(a_workload(), 1..4), months in 1_u32..5, seats in 0_i64..3_000,
    ) -> Budget {
        let mut all = budget("2026-07", months, workloads);
        for (index, workload) in all.workloads.iter_mut().enumerate() {
            workload.name = format!("w{index}");
        }
        all.other_costs =
            vec![OtherCost::of("seats", Decimal::new(seats, 2), CostPer::Month)];
        all
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn one_image_more_goes_over_whatever_the_budget(
        all in a_budget(), cents in 0_i64..2_000_000,
        span in prop::sample::select(&[Span::Total, Span::Month][..]),
        case in prop::sample::select(&[Case::Low, Case::Expected, Case::High][..]),
    ) {
        let question = Question { limit: Decimal::new(cents, 2), span, case, workload: None, most: true };
        let answer = asked(&all, &question);
        let as_written = beyond(&answer).alternatives.iter().filter(|it| it.as_written).map(|it| &it.fits);
        for fits in as_written.chain([&beyond(&answer).all]) {
            // A workload that runs after the budget has nothing to fit, and an open charge nothing to expect.
            if !matches!(fits, Fits::NotOffered(_) | Fits::Unknown(_)) {
                let held = holds(&all, &question, fits);
                prop_assert!(held.is_ok(), "{held:?}");
            }
        }
    }

    #[test]
    fn a_higher_limit_never_fits_fewer_images(
        all in a_budget(), cents in 0_i64..500_000, more in 0_i64..500_000,
    ) {
        let at = |cents| {
            let answer = asked(&all, &Question { limit: Decimal::new(cents, 2), ..within("0") });
            match beyond(&answer).all {
                Fits::Most { images, .. } => images,
                _ => 0,
            }
        };
        prop_assert!(at(cents) <= at(cents + more));
    }
}

#[test]
fn a_limit_of_nothing_and_one_without_end() {
    let all = budget("2027-01", 12, vec![workload("posters", high(), 1000, rates("0.7", "0"))]);
    // Nothing: none costs nothing, one costs 0.21105 ÷ 0.7 = 0.3015.
    let answer = asked(&all, &within("0"));
    let Fits::Nothing { none, one } = &as_written(&answer, "posters").fits else { panic!() };
    assert_eq!((none.cost, one.cost), (dec("0"), dec("0.3015")));
    // The largest limit: 1,000,000,000 ÷ 0.3015 = 3,316,749,585.40… images.
    let answer = asked(&all, &within("1000000000"));
    assert_eq!(most(&as_written(&answer, "posters").fits).0, 3_316_749_585);
    // At a route that is free, as many as can be counted.
    let mut free = all.clone();
    free.workloads[0].price_changes = vec![(month("2027-01"), dec("0"))];
    let answer = asked(&free, &within("0"));
    assert!(
        matches!(&beyond(&answer).all, Fits::Any(plan) if plan.cost == dec("0")),
        "{:?}",
        beyond(&answer).all
    );
}

#[test]
fn where_a_limit_moves_images_to_a_fallback_the_others_count() {
    // $10 a month for OpenAI: posters as written take 40 × 0.21105 = 8.442 of it; banners go to fal.ai from
    // there on. The answer is still what the whole forecast says.
    let mut banners = workload("banners", high(), 100, rates("1", "0"));
    banners.fallback = Some(Fallback {
        route: "provider/fal/gpt-image-2".into(),
        when: [FallbackWhen::OverLimit].into(),
    });
    let mut all =
        budget("2027-01", 2, vec![workload("posters", high(), 40, rates("1", "0")), banners]);
    all.limits = vec![Limit {
        per_month: Some(dec("10")),
        total: None,
        ..Limit::of(Scope::Owner("openai".into()))
    }];
    let question = within("60");
    let answer = asked(&all, &question);
    for name in ["posters", "banners"] {
        let fits = &as_written(&answer, name).fits;
        assert_eq!(holds(&all, &question, fits), Ok(()), "{name}");
    }
}

#[test]
fn the_report_says_what_fits_what_not_and_why() {
    let mut posters = workload("posters", high(), 12_000, rates("0.7", "0.02"));
    posters.volume = Volume::growing(Images::exactly(12_000), dec("0.03"));
    let banners = on(
        "provider/laozhang/gpt-image-2@default",
        workload(
            "banners",
            request("gpt-image-2", "1536x1024", "medium", 0),
            4_000,
            rates("0.9", "0"),
        ),
    );
    let all = budget("2027-01", 12, vec![posters, banners]);
    let question = Question { span: Span::Month, ..within("3000") };
    let answer = asked(&all, &question);
    let report =
        imgcost::report::budget_afford::report(&all, &question, &answer, (&SHIPPED, day(TODAY)));
    let shown = |format| imgcost::report::render(&report, format, &imgcost::report::Page::new(110));
    insta::assert_snapshot!("afford_table", shown(imgcost::report::Format::Table));
    let csv = shown(imgcost::report::Format::Csv);
    insta::assert_snapshot!("afford_csv", crate::common::cli::without_digests(&csv));
    insta::assert_snapshot!("afford_markdown", shown(imgcost::report::Format::Markdown));

    let question = within("0.10");
    let answer = asked(&all, &question);
    let report =
        imgcost::report::budget_afford::report(&all, &question, &answer, (&SHIPPED, day(TODAY)));
    insta::assert_snapshot!(
        "afford_nothing",
        imgcost::report::render(
            &report,
            imgcost::report::Format::Table,
            &imgcost::report::Page::new(100)
        )
    );
}
