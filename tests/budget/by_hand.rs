//! Budgets worked by hand. Every figure in a comment can be checked with pencil and paper.

use imgcost::budget::{
    By, Case, CostKind, CostPer, Fallback, FallbackWhen, FindingKind, Images, Limit, Made,
    OtherCost, PriceBasis, Scope, Total, Volume, amount_to_request, limits, lines, sum, totals,
};
use std::fs;
use std::path::Path;

use imgcost::catalog::Catalog;
use imgcost::catalog::terms::ChargeRule;
use imgcost::figure::{Certainty, Figure};
use imgcost::limit::LimitVerdict;
use imgcost::request::{Draft, MainlineTurn};

use crate::builder::*;
use crate::common::copied;

/// 1024x1024 high of gpt-image-2: 7,024 output tokens × 30 + 66 text tokens × 5 = 211,050 millionths.
const HIGH: (&str, &str, &str, u64) = ("gpt-image-2", "1024x1024", "high", 66);

fn high() -> imgcost::request::Draft {
    request(HIGH.0, HIGH.1, HIGH.2, HIGH.3)
}

#[test]
fn growth_is_whole_images_and_acceptance_is_attempts() {
    // 1,000 images, 3% more each month: 1,000; 1,030; 1,060.9 → 1,061.
    // 70% accepted: 1 ÷ 0.7 attempts each at $0.21105.
    let mut posters = workload("posters", high(), 1000, rates("0.7", "0"));
    posters.volume = Volume::growing(Images::exactly(1000), dec("0.03"));
    let found = of(&budget("2027-01", 3, vec![posters]));
    let wanted = |at| rows(&found, "posters", at)[0].wanted.clone();
    assert_eq!(wanted("2027-01"), Figure::Exact(1000));
    assert_eq!(wanted("2027-02"), Figure::Exact(1030));
    assert_eq!(wanted("2027-03"), Figure::Exact(1061));
    // 1,000 × 0.21105 ÷ 0.7 = 211.05 ÷ 0.7 = 301.5
    assert_eq!(cost(&found, "posters", "2027-01"), exact("301.5"));
    // 1,061 × 0.21105 ÷ 0.7 = 223.92405 ÷ 0.7 = 319.8915
    assert_eq!(cost(&found, "posters", "2027-03"), exact("319.8915"));
    let row = &rows(&found, "posters", "2027-01")[0];
    // 1,000 ÷ 0.7 = 1,428.571428571429 attempts, each a billed call.
    assert_eq!(
        (&row.attempts, &row.billed_calls),
        (&exact("1428.571428571429"), &exact("1428.571428571429"))
    );
    assert_eq!(row.accepted, exact("1000"));
    assert_eq!(row.price_basis, PriceBasis::Assumed, "a month after 2026-11-21");
}

#[test]
fn a_failure_that_one_owner_charges_and_another_does_not() {
    // 10% of attempts fail. laozhang.ai does not charge them: 1,000 ÷ 0.9 attempts, of which 1,000 are
    // billed: 1,000 × 0.03 = 30. By the user's own answer of "charged in full" on the maker's route:
    // 1,000 ÷ 0.9 × 0.21105 = 234.5.
    let free = on(
        "provider/laozhang/gpt-image-2@default",
        workload("free", high(), 1000, rates("1", "0.1")),
    );
    let mut charged = workload("charged", high(), 1000, rates("1", "0.1"));
    charged.assume.failed = Some(ChargeRule::AllMeters);
    let open = workload("open", high(), 1000, rates("1", "0.1"));
    let found = of(&budget("2027-01", 1, vec![free, charged, open]));
    assert_eq!(cost(&found, "free", "2027-01"), exact("30"));
    assert_eq!(cost(&found, "charged", "2027-01"), exact("234.5"));
    // Not stated: from not charged, 211.05, to charged in full, 234.5; no value between is expected.
    let open = cost(&found, "open", "2027-01");
    assert_eq!(
        (open.low(), open.expected(), open.high()),
        (dec("211.05"), None, Some(dec("234.5")))
    );
    let calls = |name| rows(&found, name, "2027-01")[0].billed_calls.clone();
    assert_eq!(calls("free"), exact("1000"), "failed calls are not billed");
    assert_eq!(calls("charged"), exact("1111.111111111111"));
    assert_eq!(calls("open").certainty(), Certainty::Range);
    assert!(
        found
            .assumptions
            .iter()
            .any(|it| it.to_string().contains("failed attempts are charged in full"))
    );
}

#[test]
fn a_price_change_in_mid_month_is_split_by_day() {
    // Comfy Org raised image output from 6,330 to 7,600 credits per 1M on 2026-08-07; 211 credits are $1.
    // 3,100 images in August: 100 a day, 6 days at the old price and 25 at the new one.
    let posters = on(
        "provider/comfy-org/gpt-image-2",
        workload("posters", request("gpt-image-2", "1024x1024", "high", 0), 3100, rates("1", "0")),
    );
    let found = of(&budget("2026-08", 1, vec![posters]));
    // Old: 600 × 7,024 × 6,330 ÷ 1,000,000 ÷ 211 = 600 × 0.21072 = 126.432
    // New: 2,500 × 7,024 × 7,600 ÷ 1,000,000 ÷ 211 = 2,500 × 0.252997156398… = 632.492890995…
    let total = cost(&found, "posters", "2026-08").exact().expect("exact");
    assert_eq!(total.round_dp(6), dec("758.924891"));
    let row = &rows(&found, "posters", "2026-08")[0];
    assert_eq!(row.versions.len(), 2, "{:?}", row.versions);
    assert_eq!(row.price_basis, PriceBasis::Dated);
    assert_eq!(row.accepted, exact("3100"));
}

#[test]
fn a_price_change_of_the_mainline_model_is_split_by_day() {
    // A catalogue in which gpt-6-luna writes for $0.50 per 1M tokens until 2027-01-15, then for $1.00.
    let folder = tempfile::tempdir().expect("a folder");
    copied(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/pricing")), folder.path());
    let luna = folder.path().join("official/openai/gpt-6-luna.yaml");
    let table = fs::read_to_string(&luna).expect("a table");
    let table = table.replace("  - currency: USD", "  - until: 2027-01-16\n    currency: USD");
    let dearer = "  - from: 2027-01-16
    currency: USD
    evidence: {source: announced, seen: 2026-10-01, confidence: high}
    rates:
      - {meter: text_input, price: \"0.10\", per: 1M}
      - {meter: cached_text_input, price: \"0.01\", per: 1M}
      - {meter: text_output, price: \"1.00\", per: 1M}
    not_billed: [images, calls]
";
    fs::write(&luna, table + dearer).expect("written");
    let catalog = Catalog::of_whole_folder(folder.path()).expect("right tables");
    let mainline = MainlineTurn {
        model: Some("gpt-6-luna".into()),
        input_tokens: Some(0),
        cached_tokens: Some(0),
        output_tokens: Some(1000),
        text: None,
    };
    let draft = Draft { mainline, ..request("gpt-image-2", "1024x1024", "low", 0) };
    let found = on_catalog(
        &catalog,
        &budget("2027-01", 1, vec![workload("chat", draft, 31, rates("1", "0"))]),
    );
    // An image a day: 31 × 196 × 30 ÷ 1,000,000 = 0.18228 for the images,
    // 15 × 1,000 × 0.50 ÷ 1,000,000 = 0.0075 and 16 × 1,000 × 1.00 ÷ 1,000,000 = 0.016 for what is written.
    assert_eq!(cost(&found, "chat", "2027-01").low(), dec("0.20578"));
}

#[test]
fn a_model_that_is_shut_down_stops_on_the_day() {
    // gpt-image-1.5 ends on 2026-12-01: November is whole, December has nothing.
    let old =
        workload("old", request("gpt-image-1.5", "1024x1024", "low", 0), 300, rates("1", "0"));
    let found = of(&budget("2026-11", 2, vec![old.clone()]));
    assert_eq!(rows(&found, "old", "2026-11")[0].accepted, exact("300"));
    let december = &rows(&found, "old", "2026-12")[0];
    let made = (&december.cost_of_made, &december.attempts, december.made);
    assert_eq!(made, (&exact("0"), &exact("0"), Made::Nothing), "nothing is made");
    assert_eq!((december.cost.low(), december.cost.high()), (dec("0"), None), "and not for free");
    assert_eq!(december.shortfall, exact("300"), "and that shows");
    let ended: Vec<_> =
        found.findings.iter().filter(|it| it.kind == FindingKind::Shutdown).collect();
    assert_eq!(ended.len(), 1, "said once");
    assert_eq!(ended[0].month, month("2026-12"));
    assert!(
        ended[0].message().contains("gpt-image-2"),
        "names a replacement: {}",
        ended[0].message()
    );

    // With a replacement: 300 × 196 tokens × 30 ÷ 1,000,000 = 1.764 from December on.
    let mut replaced = budget("2026-11", 2, vec![old]);
    replaced.replacements.insert("gpt-image-1.5".into(), "gpt-image-2".into());
    let found = of(&replaced);
    assert_eq!(cost(&found, "old", "2026-12"), exact("1.764"));
    assert!(found.findings.is_empty(), "{:?}", found.findings);
}

#[test]
fn a_maximum_of_three_attempts_delivers_fewer() {
    // 1 − 0.3³ = 0.973: of 12,000 wanted, 11,676 are accepted and 324 given up.
    // Attempts: 12,000 × 0.973 ÷ 0.7 = 16,680, at $0.21105 each: 3,520.314.
    let three = rates("0.7", "0").giving_up_after(3).expect("a maximum");
    let found = of(&budget("2027-01", 1, vec![workload("posters", high(), 12_000, three)]));
    let row = &rows(&found, "posters", "2027-01")[0];
    assert_eq!((&row.accepted, &row.shortfall), (&exact("11676"), &exact("324")));
    assert_eq!((&row.attempts, &row.cost), (&exact("16680"), &exact("3520.314")));
    assert!(found.findings.iter().any(|it| it.kind == FindingKind::Shortfall));
}

#[test]
fn drafts_and_a_final_are_steps() {
    // Four low drafts (196 × 30 = 5,880 millionths) and a final at high, 70% accepted:
    // 100 × (4 × 0.00588 + 0.21072 ÷ 0.7) = 100 × (0.02352 + 0.301028571…) = 32.454857142857…
    let mut posters =
        workload("posters", request("gpt-image-2", "1024x1024", "high", 0), 100, rates("0.7", "0"));
    let mut drafts = posters.steps[0].clone();
    drafts.draft.quality = Some("low".into());
    drafts.per_accepted = 4;
    drafts.rates = rates("1", "0");
    posters.steps.insert(0, drafts);
    let found = of(&budget("2027-01", 1, vec![posters]));
    let row = rows(&found, "posters", "2027-01");
    assert_eq!(row.len(), 1, "one route, one row");
    assert_eq!(row[0].accepted, exact("100"), "drafts are not accepted images");
    assert_eq!(row[0].cost.exact().expect("exact").round_dp(9), dec("32.454857143"));
    // 400 drafts and 100 ÷ 0.7 finals.
    assert_eq!(row[0].attempts.exact().expect("exact").round_dp(6), dec("542.857143"));
}

#[test]
fn blocked_images_go_to_the_fallback_route() {
    // 10% blocked, all delivered accepted: p = 0.9, b = 0.1, each image ends at its first attempt: 900 are
    // accepted on the first route, 100 go on to laozhang.ai at $0.03 a call; blocked attempts there are
    // free, so that 100 images cost 100 × 0.03 = 3.
    let failures =
        imgcost::attempts::Failures { block_rate: dec("0.1"), ..imgcost::attempts::Failures::NONE };
    let rates =
        imgcost::attempts::AttemptRates::with_acceptance(dec("1"), failures).expect("rates");
    let mut posters = workload("posters", high(), 1000, rates);
    posters.assume.blocked = Some(ChargeRule::Free);
    posters.fallback = Some(Fallback {
        route: "provider/laozhang/gpt-image-2@default".into(),
        when: [FallbackWhen::Blocked].into(),
    });
    let found = of(&budget("2027-01", 1, vec![posters]));
    let row = rows(&found, "posters", "2027-01");
    assert_eq!(row.len(), 2, "a row for each route");
    // 900 × 0.21105 = 189.945
    assert_eq!((&row[0].accepted, &row[0].cost), (&exact("900"), &exact("189.945")));
    assert_eq!((&row[1].accepted, &row[1].cost), (&exact("100"), &exact("3")));
    assert_eq!(row[0].shortfall, exact("0"), "every image is made in the end");
}

#[test]
fn what_a_limit_leaves_over_goes_to_the_fallback_route() {
    // $100 at $0.21105 an image: 473 images cost 99.82665, one more 100.0377; 527 go on at $0.03.
    let mut posters = workload("posters", high(), 1000, rates("1", "0"));
    posters.fallback = Some(Fallback {
        route: "provider/laozhang/gpt-image-2@default".into(),
        when: [FallbackWhen::OverLimit].into(),
    });
    let mut with_limit = budget("2027-01", 1, vec![posters]);
    with_limit.limits = vec![Limit {
        per_month: Some(dec("100")),
        total: None,
        ..Limit::of(Scope::Owner("openai".into()))
    }];
    let found = of(&with_limit);
    let row = rows(&found, "posters", "2027-01");
    assert_eq!((&row[0].accepted, &row[0].cost), (&exact("473"), &exact("99.82665")));
    assert_eq!((&row[1].accepted, &row[1].cost), (&exact("527"), &exact("15.81")));
    // 99.82665 × 1.1 is above 100: the limit is kept, without the margin.
    let status = limits(&with_limit, &found).expect("fits");
    assert_eq!(status[0].verdict, LimitVerdict::MarginNotCovered);
}

#[test]
fn an_unknown_price_is_unknown_and_never_zero() {
    let posters =
        on("provider/cloudflare/gpt-image-2", workload("posters", high(), 10, rates("1", "0")));
    let mut limited = budget("2027-01", 1, vec![posters]);
    limited.limits =
        vec![Limit { per_month: Some(dec("100")), total: None, ..Limit::of(Scope::Budget) }];
    let found = of(&limited);
    assert_eq!(cost(&found, "posters", "2027-01").certainty(), Certainty::Unknown);
    assert_eq!(limits(&limited, &found).expect("fits")[0].verdict, LimitVerdict::Unknown);
}

#[test]
fn other_costs_come_with_months_images_and_attempts() {
    let mut posters = workload("posters", high(), 700, rates("0.7", "0"));
    let other = |name: &str, amount: &str, per| OtherCost::of(name, dec(amount), per);
    posters.other_costs = vec![
        other("review", "0.05", CostPer::Attempt),
        other("upscaling", "0.01", CostPer::AcceptedImage),
    ];
    let mut all = budget("2027-01", 2, vec![posters]);
    all.other_costs = vec![other("seats", "25", CostPer::Month)];
    let found = of(&all);
    // 1,000 attempts × 0.05 = 50; 700 × 0.01 = 7; 25 a month.
    let others: Vec<_> = found.rows().filter(|row| row.kind == CostKind::Other).collect();
    assert_eq!(others.len(), 6);
    assert_eq!(sum(others).expect("fits"), exact("164"), "2 × (50 + 7 + 25)");
}

#[test]
fn a_volume_of_three_numbers_is_a_range_with_its_expected_value() {
    let mut posters = workload("posters", high(), 0, rates("1", "0"));
    let first = Images { low: 100, expected: Some(150), high: 300 };
    posters.volume = Volume::growing(first, dec("0"));
    let found = of(&budget("2027-01", 1, vec![posters]));
    let total = cost(&found, "posters", "2027-01");
    // 100, 150 and 300 × 0.21105
    assert_eq!(total.low(), dec("21.105"));
    assert_eq!((total.expected(), total.high()), (Some(dec("31.6575")), Some(dec("63.315"))));
}

#[test]
fn a_quoted_price_counts_only_where_the_user_says_so() {
    // MAI-Image and chatgpt-image-latest rest on weak evidence: 272 tokens × 32 ÷ 1,000,000 = 0.008704.
    let latest = request("chatgpt-image-latest", "1024x1024", "low", 0);
    let mut asked = budget("2026-09", 1, vec![workload("latest", latest, 10, rates("1", "0"))]);
    asked.workloads[0].assume.text_output_tokens = Some(0);
    let unknown = cost(&of(&asked), "latest", "2026-09");
    assert_eq!(unknown.certainty(), Certainty::Unknown);
    assert!(unknown.reasons().in_words().contains("quoted"), "{unknown:?}");
    asked.quoted = true;
    assert_eq!(cost(&of(&asked), "latest", "2026-09"), exact("0.08704"));
}

#[test]
fn months_and_lines_come_to_the_same_whole_and_each_month_adds_to_the_last() {
    // 1,000 × 0.21105 = 211.05, and of 2.5-flare 10 × (1,756 × 30 ÷ 1M + 66 × 5 ÷ 1M) = 0.5301: 211.5801 a month.
    let flare = accepted("banners", poster("gpt-image-2.5-flare", "high"), 10);
    let budget = budget("2027-01", 3, vec![accepted("posters", high(), 1000), flare]);
    let found = of(&budget);
    let by_month = totals(&budget, &found, &[By::Month]).expect("fits");
    let lines = lines(&budget, &found).expect("fits");
    let of_lines: Vec<Total> = lines.iter().map(|line| line.total.clone()).collect();
    let whole = Total::of_all(&by_month).expect("fits");
    assert_eq!(whole, Total::of_all(&of_lines).expect("fits"));
    assert_eq!((&whole.cost, &whole.accepted), (&exact("634.7403"), &exact("3030")));
    let amount = amount_to_request(&budget, &found, Case::High).expect("fits");
    let so_far: Vec<_> = amount.months.iter().map(|month| month.so_far.clone()).collect();
    assert_eq!(so_far, ["211.5801", "423.1602", "634.7403"].map(exact));
    assert_eq!(amount.start, whole.cost);
}
