//! The simulation of a year of ten workloads, by the number of runs: the time grows with it.
//! `cargo bench --bench simulate`; no test asserts a time.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use imgcost::attempts::{AttemptRates, Failures};
use imgcost::budget::simulate::{Settings, simulate};
use imgcost::budget::{Assumptions, Budget, Images, RateSpread, Spread, Step, Volume, Workload};
use imgcost::catalog::Catalog;
use imgcost::catalog::terms::ChargeRule;
use imgcost::request::{Draft, Prompt};
use rust_decimal::Decimal;

fn workload(index: u64) -> Workload {
    let quality = ["low", "medium", "high"][(index % 3) as usize];
    let draft = Draft {
        size: Some("1024x1536".into()),
        quality: Some(quality.into()),
        prompt: Some(Prompt::Tokens(40 + index)),
        ..Draft::default()
    };
    let failures = Failures { failure_rate: Decimal::new(2, 2), ..Failures::NONE };
    let rates = AttemptRates::with_acceptance(Decimal::new(7, 1), failures).expect("rates");
    let low = 300 + 500 * index;
    let first = Images { low, expected: Some(low * 4 / 3), high: low * 2 };
    let volume = Volume::growing(first, Decimal::new(3, 2));
    Workload {
        assume: Assumptions { failed: Some(ChargeRule::Free), ..Assumptions::default() },
        spread: Spread { acceptance: Some(RateSpread::Sample { of: 40 }), ..Spread::default() },
        ..Workload::of(format!("workload {index}"), Step { rates, ..Step::of(draft) }, volume)
    }
}

fn budget() -> Budget {
    Budget::of("2027-01".parse().expect("a month"), (0..10).map(workload).collect())
}

fn by_runs(c: &mut Criterion) {
    let catalog = Catalog::shipped();
    let budget = budget();
    let today = "2026-11-21".parse().expect("a day");
    let mut group = c.benchmark_group("simulate 10 workloads × 12 months, two threads");
    group.sample_size(10);
    for runs in [1_000, 10_000, 100_000] {
        group.throughput(Throughput::Elements(runs));
        group.bench_function(BenchmarkId::from_parameter(runs), |b| {
            let settings = Settings { runs, seed: 1, threads: 2 };
            b.iter(|| {
                simulate(&catalog, black_box(&budget), settings, today, &|_, _| {})
                    .expect("a simulation")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, by_runs);
criterion_main!(benches);
