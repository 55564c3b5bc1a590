//! 5,000 workloads over ten years within 64 MiB: 13,421 bytes for each, however many months there are. Rows are made when
//! they are asked for, and what a budget costs otherwise is tried one workload at a time.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use imgcost::budget::{self, Budget, By};
use imgcost::request::NamedFiles;

use crate::counting::allocated;
use crate::targets;

/// 64 MiB ÷ 5,000.
const MOST: u64 = 64 * 1024 * 1024 / 5_000;

/// The most that is held for each workload of ten years: of 60 what 30 do not take, a thirtieth of it.
fn of_one(text: fn(usize) -> String, read: fn(&Arc<str>) -> Budget) -> u64 {
    let catalog = imgcost::Catalog::shipped();
    let day = targets::day();
    let held = |workloads: usize| {
        let text = text(workloads);
        let work = || {
            let budget = read(&Arc::from(text));
            let made = budget::forecast(&catalog, &budget, day).expect("a forecast");
            let months = budget::totals(&budget, &made, &[By::Month]).expect("months");
            assert_eq!((budget.workloads.len(), months.len()), (workloads, 120));
            let accepted = budget::at_acceptance(&catalog, &budget, &made, day).expect("a cost");
            let accepted = accepted.expect("no acceptance is given");
            let moves = budget::sensitivities(&catalog, &budget, &made, Some(&accepted), day);
            assert!(moves.expect("costs").len() > 1, "prices and acceptance move it");
        };
        allocated(work).1
    };
    held(1);
    (held(60) - held(30)) / 30
}

#[test]
fn a_workload_of_ten_years_holds_what_lets_five_thousand_fit_into_64_mib() {
    let text = |workloads| {
        let mut text = "start: 2027-01\nmonths: 120\nworkloads:\n".to_owned();
        for at in 0..workloads {
            let _ = write!(
                text,
                "- name: w{at}\n  request: {{model: gpt-image-2, quality: low, size: 1024x1024, prompt_tokens: 9}}\n  \
                 accepted_images: 1{at}\n"
            );
        }
        text
    };
    let read = |text: &Arc<str>| {
        let files = NamedFiles::of(Path::new("/nowhere"), &[]);
        budget::file::read("b", text, &files, targets::day()).expect("a budget")
    };
    let of_one = of_one(text, read);
    assert!(of_one < MOST, "{of_one} bytes for each workload");
}

#[test]
fn a_row_of_a_hundred_and_twenty_volumes_holds_what_lets_five_thousand_fit_into_64_mib() {
    let text = |workloads| {
        let months = (0..120).map(|at| format!("{}-{:02}", 2027 + at / 12, at % 12 + 1));
        let mut text = "workload,quality,size,prompt_tokens".to_owned();
        months.for_each(|month| text.extend([",", &month]));
        for at in 0..workloads {
            let _ = write!(text, "\nw{at},low,1024x1024,9");
            for month in 0..120 {
                let _ = write!(text, ",{}", 1_000 + at * 7 + month);
            }
        }
        text
    };
    let of_one = of_one(text, |text| budget::volumes::read("v", text).expect("volumes").0);
    assert!(of_one < MOST, "{of_one} bytes for each workload");
}
