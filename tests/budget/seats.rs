//! Seats beside images: priced by the offers of the catalogue, counted once in every sum, limit and comparison.

use imgcost::budget::{
    Assumption, Budget, By, CostKind, CostPer, Images, Limit, NoOffer, OtherCost, PriceBasis,
    Scenario, Scope, Seats, Total, Volume, compare, limits, simulate, totals,
};
use imgcost::catalog::funding::Payment;

use crate::builder::*;
use crate::common::cli::run;
use crate::common::{TODAY, day};

const BUSINESS: &str = "official/openai/chatgpt-business";

/// So many seats of ChatGPT Business, of team design: $25 a month each, or $20 where a year is paid in advance.
fn business(number: u64, paid: Payment) -> Seats {
    Seats {
        plan: "openai/chatgpt-business".into(),
        offer: None,
        paid: Some(paid),
        number,
        from: None,
        to: None,
        tags: [("team".to_owned(), "design".to_owned())].into(),
    }
}

/// 2027 with 1,000 posters a month at $0.05301: $53.01, and $636.12 in the year; and 5 seats from March on.
fn year(paid: Payment) -> Budget {
    let mut posters = accepted("posters", poster("gpt-image-2", "medium"), 1000);
    posters.tags = [("team".to_owned(), "shop".to_owned())].into();
    let from = Some(month("2027-03"));
    let seats = vec![Seats { from, ..business(5, paid) }];
    Budget { seats, ..budget("2027-01", 12, vec![posters]) }
}

fn costs(totals: &[Total]) -> Vec<String> {
    let cost = |it: &Total| it.cost.exact().expect("exact").normalize().to_string();
    totals.iter().map(|it| format!("{} {}", it.keys.join(" "), cost(it))).collect()
}

#[test]
fn five_seats_from_march_on_by_hand() {
    let budget = year(Payment::Monthly);
    let found = of(&budget);
    let rows: Vec<_> = found.rows().filter(|row| row.kind == CostKind::Seats).collect();
    // 5 × $25 = $125 a month, ten months: $1,250.
    assert_eq!(rows.len(), 10);
    assert!(rows.iter().all(|row| row.cost == exact("125") && row.seats == Some(5)));
    let first = &rows[0];
    assert_eq!((first.month, &*first.workload), (month("2027-03"), ""));
    assert_eq!(first.cost_name.as_deref(), Some("Business, a seat paid by the month"));
    let route = first.route.as_ref().expect("the route of the plan");
    assert_eq!((route.id.to_string().as_str(), &*route.owner_name), (BUSINESS, "OpenAI"));
    assert_eq!(first.price_basis, PriceBasis::Assumed, "a day after today");
    // $636.12 + $1,250 = $1,886.12.
    assert_eq!(found.cost().expect("fits"), exact("1886.12"));
    let by = |keys: &[By]| costs(&totals(&budget, &found, keys).expect("fits"));
    // Quarters: 159.03; + 125 in March; + 3 × 125 in each later one.
    assert_eq!(
        by(&[By::Quarter]),
        ["2027-Q1 284.03", "2027-Q2 534.03", "2027-Q3 534.03", "2027-Q4 534.03"]
    );
    assert_eq!(by(&[By::Owner]), ["openai 1886.12"]);
    assert_eq!(by(&[By::Tag("team".into())]), ["shop 636.12", "design 1250"]);
    assert_eq!(
        by(&[By::Route]),
        ["official/openai/gpt-image-2 636.12".into(), format!("{BUSINESS} 1250")]
    );
    assert_eq!(by(&[By::Model]), ["gpt-image-2 636.12", " 1250"], "the app says which model");
    assert_eq!(by(&[By::Workload]), ["posters 636.12", " 1250"]);
}

#[test]
fn a_year_that_is_paid_in_advance_is_due_in_its_first_month_whatever_is_shown() {
    let mut budget = year(Payment::Yearly);
    budget.months = 24;
    let due = |budget: &Budget| -> Vec<String> {
        let found = of(budget);
        let rows = found.rows().filter(|row| row.kind == CostKind::Seats);
        rows.map(|row| format!("{} {}", row.month, row.cost.exact().expect("exact"))).collect()
    };
    // 5 × $20 × 12 months = $1,200.
    assert_eq!(due(&budget), ["2027-03 1200", "2028-03 1200"]);
    let part = budget.part(Some(month("2027-06")), None).expect("a part");
    assert_eq!(due(&part), ["2028-03 1200"], "the year still begins in March");
    // Without a first month it begins with the budget, and not with the part of it that is shown.
    budget.seats[0].from = None;
    assert_eq!(due(&budget), ["2027-01 1200", "2028-01 1200"]);
    let part = budget.part(Some(month("2027-06")), Some(month("2027-12"))).expect("a part");
    assert_eq!(due(&part), [""; 0]);
}

#[test]
fn limits_of_the_whole_of_an_owner_and_of_a_tag_hold_for_seats() {
    let scopes = [
        Scope::Budget,
        Scope::Owner("openai".into()),
        Scope::Tag("team".into(), "design".into()),
        Scope::Tag("team".into(), "shop".into()),
    ];
    let limit = |scope| Limit { total: Some(dec("1000")), ..Limit::of(scope) };
    let budget = Budget { limits: scopes.map(limit).into(), ..year(Payment::Monthly) };
    let statuses = limits(&budget, &of(&budget)).expect("fits");
    let shown: Vec<_> = statuses.iter().map(|it| (it.cost.clone(), it.verdict.as_str())).collect();
    let expected =
        [("1886.12", "over"), ("1886.12", "over"), ("1250", "over"), ("636.12", "within")];
    assert_eq!(shown, expected.map(|(cost, verdict)| (exact(cost), verdict)));
}

#[test]
fn a_month_before_the_day_of_the_source_is_assumed_and_how_seats_are_priced_is_said() {
    // The price was read on 2026-09-30, and today is 2026-11-21.
    let from = |at: &str| {
        let seats = vec![Seats { from: None, ..business(2, Payment::Monthly) }];
        Budget { seats, ..budget(at, 1, vec![accepted("p", poster("gpt-image-2", "low"), 1)]) }
    };
    let basis = |at: &str| {
        let found = of(&from(at));
        let row = found.rows().find(|row| row.kind == CostKind::Seats).expect("a row");
        row.price_basis
    };
    assert_eq!(basis("2026-08"), PriceBasis::Assumed, "before the source");
    assert_eq!(basis("2026-10"), PriceBasis::Dated);
    assert_eq!(basis("2026-12"), PriceBasis::Assumed, "after today");
    let said = |at: &str| {
        let all = of(&from(at)).assumptions;
        let seats = all.iter().find(|it| it.kind_code() == "seats_priced").expect("said").clone();
        assert!(matches!(seats, Assumption::SeatsPriced(_)));
        seats.to_string()
    };
    let expected = "2 seats of official/openai/chatgpt-business (OpenAI), \"Business, a seat paid by the month\": 25 USD a \
                    month each, due each month from 2026-10 on; by four public price notes, the latest of 2026-09-30 \
                    [2026-09-30, high confidence]";
    assert_eq!(said("2026-10"), expected);
    assert!(
        said("2026-08")
            .ends_with("; months before that day at the same price, which no source states")
    );
}

#[test]
fn a_comparison_a_scenario_and_a_simulation_have_them_once() {
    let mut base = year(Payment::Monthly);
    let nothing = Scenario { name: "as it is".into(), changes: Vec::new() };
    base.scenarios = vec![nothing];
    let found = compare(&SHIPPED, &base, &imgcost::budget::Axis::Scenarios, day(TODAY));
    let found = found.expect("a comparison");
    let variant = found.variants[0].cost.as_ref().expect("a cost");
    assert_eq!(variant.total, exact("1886.12"));
    assert!(variant.causes.difference.is_none());
    // Against the plan without them all of the difference is price, and none of it volume or mix.
    let without = Budget { seats: Vec::new(), ..base.clone() };
    let rules = imgcost::budget::check::Rules {
        fail_on: Default::default(),
        max_age: 90,
        max_increase: imgcost::budget::check::MaxIncrease::Amount(dec("0")),
    };
    let baseline = imgcost::budget::check::Baseline::Budget(Box::new(without));
    let checked =
        imgcost::budget::check::check(&SHIPPED, &base, &rules, Some(&baseline), day(TODAY));
    let change = checked.expect("a check").baseline.expect("a change");
    let parts = change.causes.expect("causes");
    assert_eq!(parts.price.cases()[1], Some(dec("1250")));
    assert!(parts.volume.is_none() && parts.mix.is_some_and(|mix| mix.is_none()));
    // A run with a volume that is uncertain costs the same $125 from March on, in all and under the limit of the team.
    base.workloads[0].volume =
        Volume::growing(Images { low: 900, expected: Some(1000), high: 1100 }, dec("0"));
    base.limits = vec![
        Limit {
            per_month: Some(dec("124.99")),
            ..Limit::of(Scope::Tag("team".into(), "design".into()))
        },
        Limit {
            per_month: Some(dec("125")),
            ..Limit::of(Scope::Tag("team".into(), "design".into()))
        },
    ];
    let settings = simulate::Settings { runs: 200, seed: 1, threads: 1 };
    let drawn =
        simulate::simulate(&SHIPPED, &base, settings, day(TODAY), &|_, _| {}).expect("runs");
    let found = &drawn.distributions[0];
    let least = |at: usize| found.months[at].1.p10;
    // 900 × 0.05301 = $47.71 at the least, and $58.32 at the most.
    assert!(least(0) >= dec("47.70") && least(0) <= dec("58.32"));
    assert!(least(2) >= dec("172.70") && least(2) <= dec("183.32"));
    let risk = |limit: &str, at: &str| {
        let period = base.period(imgcost::budget::Unit::Month, month(at));
        let is_it = |it: &&simulate::LimitRisk| {
            it.limit == dec(limit) && it.span == simulate::LimitSpan::Period(period)
        };
        found.limits.iter().find(is_it).expect("a limit").exceeded
    };
    assert_eq!([risk("124.99", "2027-02"), risk("124.99", "2027-03")], [dec("0"), dec("1")]);
    assert_eq!(risk("125", "2027-03"), dec("0"));
}

#[test]
fn what_fits_beside_seats_is_what_they_leave() {
    use imgcost::budget::Case;
    use imgcost::budget::afford::{Fits, Question, Span, afford};
    // Of $1,800 in the year the seats take $1,250: 550 / 0.05301 = 10,375.40 images.
    let question = Question {
        limit: dec("1800"),
        span: Span::Total,
        case: Case::High,
        workload: None,
        most: false,
    };
    for workload in [None, Some("posters".to_owned())] {
        let question = Question { workload, ..question.clone() };
        let found = afford(&SHIPPED, &year(Payment::Monthly), &question, day(TODAY));
        let found = found.expect("an answer").fewer.expect("fewer");
        assert_eq!(found.images(), Some(10_375), "{found:?}");
        let Fits::Most { with, next, .. } = found else { panic!("a number that fits") };
        // 10,375 × 0.05301 = $549.97875.
        assert_eq!((with.cost, next.cost), (dec("1799.97875"), dec("1800.03176")));
    }
}

#[test]
fn other_costs_have_months_and_tags_of_their_own() {
    let mut all = year(Payment::Monthly);
    all.seats.clear();
    let tagged = |team: &str, cost: OtherCost| OtherCost {
        tags: [("team".to_owned(), team.to_owned())].into(),
        ..cost
    };
    let review = OtherCost::of("review", dec("0.05"), CostPer::AcceptedImage);
    let [from, to] = ["2027-04", "2027-06"].map(|at| Some(month(at)));
    all.workloads[0].other_costs = vec![tagged("legal", OtherCost { from, to, ..review })];
    all.other_costs = vec![tagged(
        "design",
        OtherCost { from, ..OtherCost::of("fonts", dec("40"), CostPer::Month) },
    )];
    let found = of(&all);
    // Review: 3 × 1,000 × $0.05 = $150. Fonts: nine months of $40 = $360.
    let by = |keys: &[By]| costs(&totals(&all, &found, keys).expect("fits"));
    assert_eq!(by(&[By::Tag("team".into())]), ["shop 636.12", "legal 150", "design 360"]);
    assert_eq!(by(&[By::Workload]), ["posters 786.12", " 360"]);
    // The same in runs: April to June have both, March none.
    all.workloads[0].volume =
        Volume::growing(Images { low: 1000, expected: Some(1000), high: 1001 }, dec("0"));
    all.limits = ["legal", "design"]
        .map(|team| Limit {
            per_month: Some(dec("39.99")),
            ..Limit::of(Scope::Tag("team".into(), team.into()))
        })
        .into();
    let settings = simulate::Settings { runs: 10, seed: 1, threads: 1 };
    let drawn = simulate::simulate(&SHIPPED, &all, settings, day(TODAY), &|_, _| {}).expect("runs");
    let over: Vec<String> = drawn.distributions[0]
        .limits
        .iter()
        .filter(|it| it.exceeded == dec("1"))
        .filter_map(|it| match it.span {
            simulate::LimitSpan::Period(period) => {
                Some(format!("{} {period}", it.scope.in_words()))
            }
            _ => None,
        })
        .collect();
    let legal = ["04", "05", "06"].map(|at| format!("team legal 2027-{at}"));
    let design = (4..=12).map(|at| format!("team design 2027-{at:02}"));
    assert_eq!(over, legal.into_iter().chain(design).collect::<Vec<_>>());
}

#[test]
fn an_offer_that_is_not_the_only_one_or_not_there_is_refused_with_what_there_is() {
    let plan =
        |name: &str| Seats { plan: name.into(), paid: None, ..business(5, Payment::Monthly) };
    let refused = |seats: &Seats| seats.offer(&SHIPPED).expect_err("no offer");
    let several = refused(&plan("openai/chatgpt-business"));
    assert_eq!(
        several.to_string(),
        "official/openai/chatgpt-business is sold at several prices: \"Business, a seat paid by the month\" at 25 USD a \
         month, paid monthly; \"Business, a seat paid by the year\" at 20 USD a month, paid yearly"
    );
    assert_eq!(several.help().to_string(), "add `paid: monthly` or `paid: yearly`");
    let named = Seats { offer: Some("pro 500".into()), ..plan("openai/chatgpt-pro") };
    assert_eq!(named.offer(&SHIPPED).expect("an offer").offer.price, dec("500"), "in any case");
    let other = refused(&Seats { offer: Some("Pro 900".into()), ..named });
    assert!(matches!(other, NoOffer::NoneFits { .. }), "{other}");
    let alone = refused(&business(1, Payment::Monthly));
    let said = "\"Business, a seat paid by the month\" is sold from 2 on, and 1 is planned";
    assert_eq!(alone.to_string(), said);
    let misspelled = refused(&plan("openai/chatgpt-busines"));
    assert_eq!(misspelled.to_string(), "the catalogue has no plan `openai/chatgpt-busines`");
    let without = refused(&plan("openai/chatgpt-enterprise"));
    assert!(without.to_string().starts_with("no price of a subscription to"), "{without}");
    let route = refused(&plan("official/openai/gpt-image-2"));
    assert!(matches!(route, NoOffer::NotSold { .. }), "{route}");
}

#[test]
fn every_format_has_them_as_rows_of_their_own() {
    let file = std::env::temp_dir().join(format!("imgcost-seats-{}.yaml", std::process::id()));
    let text = "start: 2027-01\nmonths: 12\nworkloads:\n  - name: posters\n    request: {size: 1024x1024, quality: medium, billed_text_tokens: 66}\n    accepted_images: 1000\n    growth: \"0%\"\n    attempts: {acceptance: \"100%\"}\nseats:\n  - {plan: openai/chatgpt-business, number: 5, from: 2027-03, paid: monthly, tags: {team: design}}\n";
    std::fs::write(&file, text).expect("a file");
    let path = file.to_str().expect("a path");
    let forecast = |more: &[&str]| {
        let args = [&["budget", "forecast", path, "--as-of", TODAY], more].concat();
        let found = run(&args);
        assert_eq!(found.code, 0, "{}", found.stderr);
        found.stdout
    };
    let screen = forecast(&["--all"]);
    assert!(screen.contains("Cost               $1,886.12 for 12 months"), "{screen}");
    assert!(screen.contains("Seats, at the offers of their price owners:"), "{screen}");
    assert!(screen.contains("$1,250.00"), "{screen}");
    let csv = forecast(&[
        "--format",
        "csv",
        "--columns",
        "month,cost_kind,cost_name,seats,route,owner,tag_team,cost",
    ]);
    let row = "2027-03,seats,\"Business, a seat paid by the month\",5,official/openai/chatgpt-business,openai,design,125,125,125";
    assert!(csv.lines().any(|line| line == row), "{csv}");
    let json: serde_json::Value =
        serde_json::from_str(&forecast(&["--format", "json"])).expect("JSON");
    let rows = json["rows"].as_array().expect("rows").iter();
    assert_eq!(rows.filter(|row| row["cost_kind"] == "seats").count(), 10);
    let codes = json["assumptions"].as_array().expect("assumptions").iter();
    assert!(
        codes.map(|it| &it["code"]).any(|code| code == "seats_priced"),
        "{}",
        json["assumptions"]
    );
    let saved = file.with_extension("saved.yaml");
    let saved_path = saved.to_str().expect("a path");
    forecast(&["--save", saved_path]);
    let again = std::fs::read_to_string(&saved).expect("a budget");
    assert!(again.contains("plan: \"openai/chatgpt-business\"\n    paid: \"monthly\"\n    number: 5\n    from: \"2027-03\""), "{again}");
    for used in [&file, &saved] {
        std::fs::remove_file(used).expect("removed");
    }
}
