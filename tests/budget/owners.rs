//! A budget at each price owner: every step on the owner's cheapest route for its model, and what it does not sell
//! where it is. By hand, on made-up owners beside the shipped tables.

use imgcost::budget::{
    Axis, Budget, Change, Comparison, Limit, PlacedStep, Placement, Scope, Variant, VariantCost,
    compare,
};
use imgcost::catalog::Catalog;
use imgcost::catalog::files::{Origin, TableFile};

use crate::builder::*;
use crate::common::cli::run;
use crate::common::{TODAY, day};

/// 1,000 posters of gpt-image-2 for $211.05, and 100 banners of gpt-image-2.5-flare for
/// 100 × (66 × $5 + 1,756 × $30) ÷ 1M = $5.301: $216.351 as it is, both on OpenAI's own routes.
fn two_models() -> Budget {
    let workloads = vec![
        accepted("posters", poster("gpt-image-2", "high"), 1000),
        accepted("banners", poster("gpt-image-2.5-flare", "high"), 100),
    ];
    budget("2027-01", 1, workloads)
}

const SEEN: &str = "seen: 2026-11-01, confidence: high";
const UNDATED: &str = "seen: undated, confidence: medium";

/// A table of one price an image.
fn table(path: &str, model: &str, price: &str, (seen, honours): (&str, &str)) -> TableFile {
    let no_later = if seen == UNDATED { "\n    seen_no_later_than: 2026-11-20" } else { "" };
    let text = format!(
        "model: {model}\nalias: {path}\nendpoint: not_stated\nbilling_unit: an image\n\
         size_honoured: yes\nquality_honoured: {honours}\nversions:\n  \
         - evidence: {{source: \"made up\", {seen}}}{no_later}\n    currency: USD\n    \
         rates: [{{meter: images, price: \"{price}\", per: 1}}]\n    not_billed: [tokens, calls]\n"
    );
    file(&format!("provider/{path}"), text)
}

fn file(path: &str, text: String) -> TableFile {
    let path = format!("{path}.yaml");
    TableFile { shown: path.clone(), path, text: text.into(), origin: Origin::Own }
}

/// Acme sells gpt-image-2 alone, on four routes; Beta gpt-image-2.5-flare alone; Gamma gpt-image-2 on a route that is
/// not stated to keep to the quality.
fn catalog() -> Catalog {
    let two = "gpt-image-2";
    let files = vec![
        file("provider/acme/owner", "name: Acme\n".into()),
        table("acme/cheap", two, "0.15", (SEEN, "yes")),
        table("acme/dear", two, "0.18", (SEEN, "yes")),
        table("acme/undated", two, "0.02", (UNDATED, "yes")),
        table("acme/any-quality", two, "0.01", (SEEN, "not_stated")),
        file("provider/beta/owner", "name: Beta\n".into()),
        table("beta/flare", "gpt-image-2.5-flare", "0.04", (SEEN, "yes")),
        file("provider/gamma/owner", "name: Gamma\n".into()),
        table("gamma/any-quality", two, "0.01", (SEEN, "not_stated")),
    ];
    Catalog::shipped().with_files(files).unwrap_or_else(|problems| {
        panic!("{:#?}", problems.iter().map(|problem| problem.one_line()).collect::<Vec<_>>())
    })
}

fn at(budget: &Budget, owners: &[&str]) -> Comparison {
    let owners = owners.iter().map(|owner| (*owner).to_owned()).collect();
    compare(&catalog(), budget, &Axis::Owners(owners), day(TODAY)).expect("a comparison")
}

fn found(variant: &Variant) -> &VariantCost {
    variant.cost.as_ref().expect("a number")
}

fn steps(variant: &Variant) -> &[PlacedStep] {
    &variant.at_owner.as_ref().expect("an owner").steps
}

fn places(variant: &Variant) -> Vec<(&str, &str, String)> {
    let route = |it: &PlacedStep| it.route.as_ref().map(|it| it.id.to_string());
    let place = |it: &PlacedStep| Placement::code(&it.place);
    let all = steps(variant).iter();
    all.map(|it| (it.workload.as_str(), place(it), route(it).unwrap_or_default())).collect()
}

fn exactly(change: &Change) -> rust_decimal::Decimal {
    let Change::Exact(change) = change else { panic!("{change:?}") };
    *change
}

#[test]
fn each_part_goes_to_the_owners_cheapest_and_what_it_does_not_sell_stays() {
    let compared = at(&two_models(), &["acme", "beta"]);
    let [acme, beta] = &compared.variants[..] else { panic!("two owners") };
    // Acme: 1,000 × $0.15 = 150 and the banners as they are: 155.301, 61.05 less of 216.351.
    assert_eq!(
        places(acme),
        [
            ("posters", "moved", "provider/acme/cheap".to_owned()),
            ("banners", "not_sold", "official/openai/gpt-image-2.5-flare".to_owned()),
        ]
    );
    assert_eq!(found(acme).total, exact("155.301"));
    assert_eq!(exactly(&found(acme).causes.difference), dec("-61.05"));
    // −61.05 ÷ 216.351 = −28.2180…%.
    assert_eq!(found(acme).share.map(|it| it.round_dp(6)), Some(dec("-0.28218")));
    let counts = |variant: &Variant| {
        let at = variant.at_owner.as_ref().expect("an owner");
        (at.moved_and_stayed(), at.elsewhere())
    };
    assert_eq!(counts(acme), ((1, 1), 1));
    // What is lower and may not be named is listed; dearer routes are not.
    let posters = &steps(acme)[0];
    assert_eq!(posters.lower_in_doubt, ["provider/acme/undated"]);
    assert_eq!(posters.lower_not_stated, ["provider/acme/any-quality"]);
    // Beta: 100 × $0.04 = 4, and the posters as they are: 215.05, 1.301 less.
    assert_eq!(
        places(beta),
        [
            ("posters", "not_sold", "official/openai/gpt-image-2".to_owned()),
            ("banners", "moved", "provider/beta/flare".to_owned()),
        ]
    );
    assert_eq!(found(beta).total, exact("215.05"));
    assert_eq!(exactly(&found(beta).causes.difference), dec("-1.301"));
    assert_eq!(counts(beta), ((1, 1), 1));
}

#[test]
fn the_parts_add_up_to_the_total_of_an_owner() {
    let compared = at(&two_models(), &[]);
    assert!(compared.variants.len() > 5, "every owner that sells one of the two models");
    for variant in compared.variants.iter().filter(|it| it.cost.is_ok()) {
        let costs = steps(variant).iter().map(|it| it.cost.exact());
        assert_eq!(costs.sum::<Option<_>>(), found(variant).total.exact(), "{}", variant.name);
    }
}

#[test]
fn at_the_owner_that_sells_all_of_it_now_nothing_changes() {
    let compared = at(&two_models(), &["openai"]);
    let openai = &compared.variants[0];
    let codes: Vec<&str> = steps(openai).iter().map(|it| Placement::code(&it.place)).collect();
    assert_eq!(codes, ["there_already", "there_already"]);
    assert_eq!(
        (found(openai).total.clone(), found(openai).share),
        (exact("216.351"), Some(dec("0")))
    );
}

#[test]
fn an_owner_of_whom_nothing_may_be_named_has_no_number_and_says_why() {
    let compared = at(&two_models(), &["gamma"]);
    let gamma = &compared.variants[0];
    let why = gamma.cost.as_ref().expect_err("nothing goes there");
    assert_eq!(why.codes().collect::<Vec<_>>(), ["nothing_at_owner"]);
    let codes: Vec<&str> = steps(gamma).iter().map(|it| Placement::code(&it.place)).collect();
    assert_eq!(codes, ["not_the_product", "not_sold"]);
    assert_eq!(steps(gamma)[0].lower_not_stated, ["provider/gamma/any-quality"]);
}

#[test]
fn each_step_of_a_workload_goes_by_itself_and_limits_are_held_there() {
    // Two drafts of flare for each poster of gpt-image-2: 1,000 × (0.21105 + 2 × 0.05301) = 317.07.
    let mut posters = accepted("posters", poster("gpt-image-2.5-flare", "high"), 1000);
    posters.steps[0].per_accepted = 2;
    posters.steps.push(accepted("", poster("gpt-image-2", "high"), 0).steps.remove(0));
    let limits = vec![Limit { total: Some(dec("300")), ..Limit::of(Scope::Budget) }];
    let budget = Budget { limits, ..budget("2027-01", 1, vec![posters]) };
    let compared = at(&budget, &["beta", "acme"]);
    let base = compared.base.cost.as_ref().expect("a number");
    assert_eq!((base.total.clone(), base.limits[0].verdict.as_str()), (exact("317.07"), "over"));
    // Acme: 1,000 × 0.15 + 2,000 × 0.05301 = 256.02, with 10% 281.62 of 300.
    // Beta: 1,000 × 0.21105 + 2,000 × 0.04 = 291.05, with 10% 320.16 of 300.
    let of: Vec<_> = compared.variants.iter().map(|it| (it.name.as_str(), found(it))).collect();
    assert_eq!(of[0].1.total, exact("256.02"));
    assert_eq!((of[0].0, of[0].1.limits[0].verdict.as_str()), ("acme", "within"));
    assert_eq!(of[1].1.total, exact("291.05"));
    assert_eq!((of[1].0, of[1].1.limits[0].verdict.as_str()), ("beta", "margin_not_covered"));
    let stands: Vec<_> = steps(&compared.variants[0])
        .iter()
        .map(|it| (it.step, Placement::code(&it.place)))
        .collect();
    assert_eq!(stands, [(Some(1), "not_sold"), (Some(2), "moved")]);
    let at = compared.variants[0].at_owner.as_ref().expect("an owner");
    assert_eq!((at.moved_and_stayed(), at.elsewhere()), ((1, 0), 1), "one workload, in part");
}

#[test]
fn an_owner_that_nobody_knows_is_refused_by_name() {
    let names = vec!["opneai".to_owned()];
    let refused = compare(&catalog(), &two_models(), &Axis::Owners(names), day(TODAY));
    assert!(refused.expect_err("unknown").to_string().contains("opneai"));
}

#[test]
fn owners_and_routes_that_nobody_has_are_wrong_in_the_flag_and_not_in_the_file() {
    for (flag, name, said) in [
        ("--owners", "opneai", "there is no owner `opneai`"),
        ("--routes", "openai/gpt-image-9", "there is no route `openai/gpt-image-9`"),
    ] {
        let file = "fixtures/budgets/two-products.yaml";
        let refused = run(&["budget", "compare", file, "--as-of", TODAY, flag, name]);
        assert_eq!(refused.code, 2, "{}", refused.stderr);
        assert!(
            refused.stderr.contains(said) && !refused.stderr.contains(file),
            "{}",
            refused.stderr
        );
    }
}

#[test]
fn every_format_names_where_each_part_goes() {
    let file = "fixtures/budgets/two-products.yaml";
    let command = |more: &[&str]| {
        let owners = "openai,replicate,fal,microsoft";
        let args = ["budget", "compare", file, "--as-of", TODAY, "--owners", owners];
        run(&[&args, more].concat())
    };
    crate::assert_matches_snapshot!("budget_compare_owners", command(&[]).shown());
    crate::assert_matches_snapshot!(
        "budget_compare_owners_csv",
        command(&["--format", "csv"]).shown()
    );
    let json = command(&["--format", "json"]).json();
    let rows = json["rows"].as_array().expect("rows");
    let owners: Vec<_> = rows.iter().filter(|row| row["variant_kind"] == "owner").collect();
    assert_eq!(owners.len(), 4);
    for owner in owners {
        let parts = |row: &&serde_json::Value| {
            row["variant_kind"] == "owner_part" && row["variant"] == owner["variant"]
        };
        let parts: Vec<_> = rows.iter().filter(parts).collect();
        assert!(!parts.is_empty() && parts.iter().all(|row| row["route"].is_string()));
        let all = ["workloads_moved", "workloads_stayed"].map(|key| owner[key].as_u64());
        let workloads: std::collections::BTreeSet<_> =
            parts.iter().map(|row| row["workload"].as_str()).collect();
        assert_eq!(all.iter().copied().sum::<Option<u64>>(), Some(workloads.len() as u64));
    }
}
