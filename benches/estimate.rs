//! Time of the library: one estimate of a drafted request, the bound of size auto, and loading and
//! checking the whole catalogue. `cargo bench --bench estimate`; no test asserts a time.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};

use imgcost::catalog::Catalog;
use imgcost::catalog::dated::in_force;
use imgcost::estimate::{Terms, estimate_request};
use imgcost::metering::meter;
use imgcost::request::{Draft, Prompt, settle};

const DAY: &str = "2026-11-21";

fn draft() -> Draft {
    Draft {
        model: Some("gpt-image-2".into()),
        size: Some("1024x1024".into()),
        quality: Some("high".into()),
        prompt: Some(Prompt::Tokens(50)),
        ..Draft::default()
    }
}

fn terms() -> Terms<'static> {
    Terms::on(DAY.parse().expect("a day"))
}

fn one_estimate(c: &mut Criterion) {
    let (draft, terms) = (draft(), terms());
    let price = |catalog: &Catalog| {
        estimate_request(catalog, black_box(&draft), &terms).expect("an estimate")
    };
    let catalog = Catalog::shipped();
    c.bench_function("one estimate, its tables in memory", |b| b.iter(|| price(&catalog)));
    c.bench_function("one estimate, its tables parsed first", |b| {
        b.iter(|| price(&Catalog::shipped()));
    });
}

fn size_auto(c: &mut Criterion) {
    let model = Catalog::shipped().model("gpt-image-2").expect("a shipped model");
    let day = DAY.parse().expect("a day");
    let rules = in_force(&model.rules, day).expect("rules");
    for quality in ["high", "auto"] {
        let draft = Draft { size: Some("auto".into()), quality: Some(quality.into()), ..draft() };
        let (request, _) = settle(&draft, &model, rules, None, day).expect("a legal request");
        c.bench_function(&format!("metering of size auto, quality {quality}"), |b| {
            b.iter(|| meter(black_box(&request), rules).expect("counts"));
        });
    }
}

fn catalogue(c: &mut Criterion) {
    c.bench_function("catalogue, all files parsed and checked", |b| {
        b.iter(|| Catalog::shipped().check_all().expect("good tables"));
    });
    c.bench_function("catalogue, digest", |b| b.iter(|| Catalog::shipped().digest().to_owned()));
}

criterion_group!(benches, one_estimate, size_auto, catalogue);
criterion_main!(benches);
