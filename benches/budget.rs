//! The forecast of a budget, by its size: cost grows with workloads × months.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use imgcost::attempts::{AttemptRates, Failures};
use imgcost::budget::{
    Assumptions, Budget, Capacity, Images, Spread, Step, Volume, Workload, forecast,
};
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
    Workload {
        name: format!("workload {index}"),
        steps: vec![Step { draft, route: None, resolution: None, per_accepted: 1, rates }],
        fallback: None,
        volume: Volume::Growing {
            first: Images::exactly(1000 + index),
            growth: Decimal::new(3, 2),
        },
        start: None,
        end: None,
        tags: BTreeMap::new(),
        assume: Assumptions::default(),
        other_costs: Vec::new(),
        price_changes: Vec::new(),
        spread: Spread::default(),
    }
}

fn budget(workloads: u64, months: u32) -> Budget {
    Budget {
        start: "2027-01".parse().expect("a month"),
        months,
        fiscal_year_start: 1,
        fx: BTreeMap::new(),
        workloads: (0..workloads).map(workload).collect(),
        other_costs: Vec::new(),
        limits: Vec::new(),
        margin: Decimal::new(1, 1),
        capacity: Capacity::default(),
        scenarios: Vec::new(),
        replacements: BTreeMap::new(),
        quoted: false,
        assumptions: Vec::new(),
    }
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
