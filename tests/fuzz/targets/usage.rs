//! Exports and logs of usage: rows, or reasons why not; and the same usage as pages and as the dashboard's spreadsheet.

use std::fmt::Write;

use imgcost::unit::Meter;
use imgcost::usage_log::export::{Export, MeterNames, NamedMeter, Source, read};
use imgcost::usage_log::row::Found;
use imgcost::usage_log::wrapped;

/// Any export, with one of Azure's meters named.
pub fn usage_export(data: &[u8]) {
    let Some(text) = std::str::from_utf8(data).ok() else { return };
    if let Some(export) = Export::of_text(text) {
        rows(export, text);
    }
}

/// Objects of a log around requests and replies.
pub fn wrapped_log(data: &[u8]) {
    let Some(text) = std::str::from_utf8(data).ok() else { return };
    let read =
        wrapped::read(&Source::utc("log", text), &[], &mut |numbered| match numbered.found {
            Ok(Found::Row(row)) => {
                assert!(row.accepted.is_none_or(|it| it <= row.images.unwrap_or(it)))
            }
            Ok(other) => panic!("a log has rows, and this is {other:?}"),
            Err(problems) => assert!(!problems.is_empty(), "refused without a reason"),
        });
    if let Err(problem) = read {
        assert!(!problem.one_line().is_empty());
    }
}

/// What is found in a text, as far as it is read.
fn rows(export: Export, text: &str) -> Vec<String> {
    let mut meters = MeterNames::NONE;
    meters.say("meter-out", NamedMeter { meter: Meter::ImageOutput, model: None });
    let source = Source { meters: &meters, ..Source::utc("usage", text) };
    let mut rows = Vec::new();
    let read = read(export, &source, &mut |numbered| {
        assert!(numbered.line > 0);
        match numbered.found {
            Ok(Found::Row(row)) => rows.push(format!("{row:?}")),
            Ok(_) => rows.push("nothing".to_owned()),
            Err(problems) => {
                assert!(!problems.is_empty(), "refused without a reason");
                assert!(problems.iter().all(|problem| !problem.one_line().is_empty()));
            }
        }
    });
    if let Err(problems) = read {
        assert!(!problems.is_empty(), "refused without a reason");
    }
    rows
}

/// Columns of the dashboard beside the times, in the order in which they are drawn.
const COLUMNS: [&str; 13] = [
    "num_model_requests",
    "input_text_tokens",
    "input_cached_text_tokens",
    "input_image_tokens",
    "input_cached_image_tokens",
    "input_audio_tokens",
    "input_cached_audio_tokens",
    "output_text_tokens",
    "output_image_tokens",
    "output_audio_tokens",
    "input_cached_tokens",
    "input_tokens",
    "output_tokens",
];

/// A page of days has the rows of the dashboard's CSV, and counts that do not add up are refused in both.
pub fn page_or_dashboard(data: &[u8]) {
    let mut csv = format!("start_time,end_time,{},batch,model\n", COLUMNS.join(","));
    let mut buckets = Vec::new();
    for (at, day) in data.chunks(11).enumerate() {
        let start = 1_791_763_200 + 86_400 * at as u64;
        let end = start + 86_400;
        let [flags, drawn @ ..] = day else { continue };
        if drawn.len() < 10 {
            let _ = writeln!(csv, "{start},{end}{}", ",".repeat(COLUMNS.len() + 2));
            buckets.push(format!(r#"{{"start_time": {start}, "end_time": {end}, "results": []}}"#));
            continue;
        }
        let mut counts: Vec<u64> = drawn.iter().map(|byte| u64::from(*byte) * 97).collect();
        let sum = |from: &[usize]| from.iter().map(|at| counts[*at]).sum::<u64>();
        let sums = [sum(&[2, 4, 6]), sum(&[1, 2, 3, 4, 5, 6]), sum(&[7, 8, 9])];
        counts.extend(sums);
        if flags & 1 == 1 {
            counts[11] += 1;
        }
        let batch = flags & 2 == 2;
        let cells: Vec<String> = counts.iter().map(|count| format!("{count}.0")).collect();
        let shown = if batch { "TRUE" } else { "FALSE" };
        let _ = writeln!(csv, "{start},{end},{},{shown},paint", cells.join(","));
        let keys = COLUMNS.iter().zip(&counts).map(|(name, count)| format!("{name:?}: {count}"));
        let keys: Vec<String> = keys.collect();
        buckets.push(format!(
            r#"{{"start_time": {start}, "end_time": {end}, "results": [{{{}, "batch": {batch}, "model": "paint"}}]}}"#,
            keys.join(", ")
        ));
    }
    let page = format!(r#"{{"object": "page", "data": [{}]}}"#, buckets.join(",\n"));
    let export = Export::OpenAiCompletions;
    // What audio is called where it may bill is written as it stands in each.
    let plain = |rows: Vec<String>| rows.join("\n").replace(".0\"", "\"");
    assert_eq!(plain(rows(export, &csv)), plain(rows(export, &page)), "{csv}\n{page}");
}
