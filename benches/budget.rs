//! The forecast of a budget, by its size: cost grows with workloads × months.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use imgcost::attempts::{AttemptRates, Failures};
use imgcost::budget::{Budget, Images, Step, Volume, Workload, forecast};
use imgcost::catalog::Catalog;
use imgcost::request::{Draft, Prompt};
use rust_decimal::Decimal;

fn workload(index: u64) -> Workload {
    let quality = ["low", "medium", "high"][(index % 3) as usize];
    let draft = Draft {
        size: Some("1024x1536".into()),
        quality: Some(quality.into()),
        prompt: Some(Prompt::Tokens(40 + index % 50)),
        ..Draft::default()
    };
    let failures = Failures { failure_rate: Decimal::new(2, 2), ..Failures::NONE };
    let rates = AttemptRates::with_acceptance(Decimal::new(7, 1), failures).expect("rates");
    let volume = Volume::growing(Images::exactly(1000 + index), Decimal::new(3, 2));
    Workload::of(format!("workload {index}"), Step { rates, ..Step::of(draft) }, volume)
}

fn budget(workloads: u64, months: u32) -> Budget {
    let start = "2027-01".parse().expect("a month");
    Budget { months, ..Budget::of(start, (0..workloads).map(workload).collect()) }
}

fn forecasts(criterion: &mut Criterion) {
    let catalog = Catalog::shipped();
    let today = "2026-11-21".parse().expect("a day");
    let mut group = criterion.benchmark_group("forecast");
    group.sample_size(10);
    for (workloads, months) in [(10, 12), (100, 12), (100, 60), (1000, 60)] {
        let budget = budget(workloads, months);
        group.throughput(Throughput::Elements(workloads * u64::from(months)));
        let id = BenchmarkId::from_parameter(format!("{workloads} workloads x {months} months"));
        group.bench_with_input(id, &budget, |bencher, budget| {
            bencher.iter(|| forecast(&catalog, black_box(budget), today).expect("a forecast"));
        });
    }
    group.finish();
}

criterion_group!(benches, forecasts);
criterion_main!(benches);
