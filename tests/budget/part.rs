//! A part of a budget: months of it that are shown alone.

use imgcost::budget::{Images, NotAPart, Volume};
use imgcost::figure::Figure;

use crate::builder::*;
use crate::common::TODAY;
use crate::common::cli::run;

/// 1,000 posters in January, 10% more each month: 1,000; 1,100; 1,210; 1,331.
fn growing() -> imgcost::budget::Budget {
    let mut posters = accepted("posters", poster("gpt-image-2", "high"), 0);
    posters.volume = Volume::growing(Images::exactly(1000), dec("0.1"));
    budget("2027-01", 4, vec![posters])
}

#[test]
fn a_part_has_the_volumes_of_the_whole_and_growth_goes_on() {
    let part = growing().part(Some(month("2027-02")), Some(month("2027-03"))).expect("a part");
    let found = of(&part);
    let wanted = |at| rows(&found, "posters", at)[0].wanted.clone();
    assert_eq!(wanted("2027-02"), Figure::Exact(1100));
    assert_eq!(wanted("2027-03"), Figure::Exact(1210));
    assert_eq!(part.months().collect::<Vec<_>>(), [month("2027-02"), month("2027-03")]);
    // (1,100 + 1,210) × $0.21105 = $487.5255.
    assert_eq!(found.cost().expect("fits"), exact("487.5255"));
    assert_eq!(part.part_of, Some([month("2027-01"), month("2027-04")]));
}

#[test]
fn all_months_are_the_whole_and_a_part_of_a_part_is_one_of_the_whole() {
    let whole = growing();
    let all = whole.part(None, Some(month("2027-04"))).expect("a part");
    assert_eq!((all.part_of, of(&all).cost()), (None, of(&whole).cost()));
    let part = whole.part(Some(month("2027-02")), None).expect("a part");
    let again = part.part(None, Some(month("2027-02"))).expect("a part");
    assert_eq!(again.part_of, Some([month("2027-01"), month("2027-04")]));
    // 1,100 × $0.21105 = $232.155.
    assert_eq!(of(&again).cost().expect("fits"), exact("232.155"));
}

#[test]
fn months_that_are_none_of_the_budget_are_refused() {
    let part = |from: &str, to: &str| growing().part(Some(month(from)), Some(month(to)));
    assert!(matches!(part("2026-12", "2027-02"), Err(NotAPart::Outside { .. })));
    assert!(matches!(part("2027-01", "2027-05"), Err(NotAPart::Outside { .. })));
    assert!(matches!(part("2027-03", "2027-02"), Err(NotAPart::NotInOrder { .. })));
}

#[test]
fn limits_that_a_part_is_not_held_against_are_named_by_every_command_that_holds_limits() {
    // The second has a spread, without which there is nothing to simulate. Both limit all of their months.
    let [posters, shop] = ["posters", "uncertain"].map(|it| format!("fixtures/budgets/{it}.yaml"));
    let commands =
        [("forecast", &posters), ("check", &posters), ("compare", &posters), ("simulate", &shop)];
    for (command, file) in commands {
        let args = ["budget", command, file, "--as-of", TODAY];
        let whole = run(&args).stdout;
        assert!(!whole.contains("Not held"), "{command}: {whole}");
        let part = run(&[&args[..], &["--to", "2027-02"]].concat()).stdout;
        assert!(part.contains("Not held"), "{command}: {part}");
    }
}
