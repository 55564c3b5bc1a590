//! One program for all targets, since each of its own would take as long to link: IMGCOST_TARGET names the one.

#![no_main]

use std::sync::LazyLock;

#[path = "../targets/mod.rs"]
mod targets;

static TARGET: LazyLock<String> = LazyLock::new(|| {
    std::env::var("IMGCOST_TARGET").expect("IMGCOST_TARGET names a target of targets/mod.rs")
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::run(&TARGET, data));
