//! Time of the whole process, from start to exit, beside a program that does nothing, in one run.
//!
//! `cargo build --release --example do_nothing && cargo bench --bench process`. What counts is the
//! difference: at most 10 ms with `--prompt-tokens`, at most 0.1 s with the text of a prompt, at
//! most 60 ms for a comparison over the whole catalogue.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};

const IMGCOST: &str = env!("CARGO_BIN_EXE_imgcost");
const PROMPT: &str = "A poster of a red fox in the snow at dawn, in the style of a woodcut";

/// The example, which Cargo puts into `examples/` beside the program.
fn do_nothing() -> PathBuf {
    let folder = Path::new(IMGCOST).parent().expect("a folder");
    let path = folder.join("examples").join(format!("do_nothing{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "build it first: cargo build --release --example do_nothing");
    path
}

fn start(program: &Path, args: &[&str]) {
    let status = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success(), "{status}");
}

fn whole_process(c: &mut Criterion) {
    let (imgcost, nothing) = (PathBuf::from(IMGCOST), do_nothing());
    let estimate = ["estimate", "--as-of", "2026-11-21"];
    let with = |args: &[&'static str]| [&estimate[..], args].concat();
    let runs = [
        ("a program that does nothing", &nothing, Vec::new()),
        ("estimate --prompt-tokens 50", &imgcost, with(&["--prompt-tokens", "50"])),
        ("estimate --prompt TEXT", &imgcost, with(&["--prompt", PROMPT])),
        ("estimate --size auto", &imgcost, with(&["--size", "auto", "--prompt-tokens", "50"])),
        (
            "compare, the whole catalogue",
            &imgcost,
            vec!["compare", "--as-of", "2026-11-21", "--prompt-tokens", "50"],
        ),
    ];
    let mut group = c.benchmark_group("whole process");
    for (name, program, args) in runs {
        group.bench_function(name, |b| b.iter(|| start(program, &args)));
    }
    group.finish();
}

criterion_group!(benches, whole_process);
criterion_main!(benches);
