//! What is tried with any bytes: nothing panics, what is refused is refused with a reason, and two ways to ask the same
//! give the same. The fuzzer calls these, and the tests do with every input that it found (`../regressions`).

mod differential;
mod inputs;
mod sent;
mod usage;

#[allow(unused_imports, reason = "the tests use it, and no fuzz target does")]
pub use inputs::day;

/// A name, and what is tried.
pub type Target = (&'static str, fn(&[u8]));

/// All of them; each has a folder in `../regressions`.
pub const TARGETS: [Target; 21] = [
    ("price_table", inputs::price_table),
    ("budget", inputs::budget),
    ("body", inputs::body),
    ("reply", inputs::reply),
    ("items", inputs::items),
    ("volumes", inputs::volumes),
    ("workbook", inputs::workbook),
    ("log", inputs::log),
    ("price_map", inputs::price_map),
    ("bill", inputs::bill),
    ("image", inputs::image),
    ("command_line", inputs::command_line),
    ("estimate_or_budget", differential::estimate_or_budget),
    ("row_or_body", differential::row_or_body),
    ("streamed_or_whole", differential::streamed_or_whole),
    ("multipart", sent::multipart),
    ("saved_request", sent::saved_request),
    ("form_or_json", sent::form_or_json),
    ("usage_export", usage::usage_export),
    ("wrapped_log", usage::wrapped_log),
    ("page_or_dashboard", usage::page_or_dashboard),
];

/// Tries a target by its name.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    target.expect("a target of this name").1(data);
}
