//! What is written row by row is not held: many requests and replies that all differ.

use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use imgcost::estimate::{Beside, FileLines, GroupBy, ReplyContext, price_asked};
use imgcost::items::{Items, Others, Reader, Wanted};
use imgcost::report::Format;
use imgcost::report::estimate_file::{Rows, Wanted as WantedRows};
use imgcost::request::{Draft, NamedFiles, Reading};
use imgcost::{Catalog, Terms};

use crate::counting::allocated;
use crate::targets;

fn replies(count: usize) -> String {
    let reply = |at: usize| {
        format!(
            r#"{{"created": 1790000000, "data": [{{"b64_json": "x"}}], "size": "1024x1024", "quality": "low", "usage": {{"input_tokens": {at}, "input_tokens_details": {{"text_tokens": {at}, "image_tokens": 0}}, "output_tokens": 272, "total_tokens": {}}}}}"#,
            at + 272
        )
    };
    (0..count).map(|at| reply(at) + "\n").collect()
}

/// 40 sizes, 3 qualities, 1 to 10 images and prompts of more and more words: of each combination one.
fn bodies(count: usize) -> String {
    let body = |at: usize| {
        let width = 1024 + 16 * (at % 40);
        let quality = ["low", "medium", "high"][at / 40 % 3];
        let images = 1 + at / 120 % 10;
        let prompt = "fox ".repeat(1 + at / 1_200);
        format!(
            r#"{{"model": "gpt-image-2", "prompt": "{prompt}", "quality": "{quality}", "size": "{width}x1024", "n": {images}}}"#
        )
    };
    (0..count).map(|at| body(at) + "\n").collect()
}

/// The most bytes that are held while a text is priced and its rows are written to a file.
fn held(catalog: &Catalog, text: &str, format: Format) -> u64 {
    let files = NamedFiles::of(Path::new("/nowhere"), &[]);
    let known = catalog.free_keys().expect("the shipped list");
    let requests = Reading { files: &files, known: &known, ignored_keys: Some(&[]) };
    let terms = Terms::on(targets::day());
    let context = ReplyContext { model: Some("gpt-image-2".into()), ..ReplyContext::default() };
    let beside = Beside { draft: Draft::default(), context, terms, on_own_day: true };
    let wanted = WantedRows { format, all: false, grouped: false, explain: false };
    let work = || {
        let reader = Reader { file: "f", wanted: Wanted::Any, others: Others::Priced, requests };
        let Ok(Items::Several(items)) = reader.items(text) else { panic!("several") };
        let file: Arc<str> = Arc::from("f");
        let mut lines = FileLines::grouped_by(&GroupBy::USUAL);
        let spool = || Box::new(tempfile::tempfile().expect("a file")) as Box<_>;
        let mut rows = Rows::new(wanted, catalog, spool).expect("a heading");
        for item in items {
            let asked = item.asked.expect("what can be read");
            let price = |asked: &_| price_asked(catalog, asked, &beside);
            let place = (&file, item.number, None);
            rows.add(lines.add(place, asked, price).expect("an estimate")).expect("a row");
        }
        let found = lines.into_file().expect("exact");
        assert_eq!(found.priced, text.lines().count() as u64);
        rows.finish().expect("rows");
    };
    allocated(work).1
}

/// What is kept for lines that are alike is the same for any number of lines that differ: 1,200 and 2,400 hold as much but
/// for 64 bytes each, and so 50,000 as much as 1,200 and 3.2 MB, of 64 MiB.
#[test]
fn lines_that_all_differ_are_not_held() {
    let catalog = Catalog::shipped();
    // The tables are read once, and kept.
    held(&catalog, &replies(2), Format::Csv);
    type Text = fn(usize) -> String;
    for (what, text, format) in
        [("replies", replies as Text, Format::Json), ("bodies", bodies, Format::Csv)]
    {
        let [some, twice] = [1_200, 2_400].map(|count| held(&catalog, &text(count), format));
        assert!(some < 40 << 20, "{what} as {format:?}: {some} bytes");
        let more = twice.saturating_sub(some) / 1_200;
        assert!(more < 64, "{what} as {format:?}: {more} bytes for each, {some} for the first");
    }
}

/// Rows of a bill that are made as they are read: three models, two keys and five days, so that 30 lines are kept.
struct Generations {
    at: usize,
    count: usize,
    row: Vec<u8>,
}

impl Read for Generations {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.row.is_empty() && self.at < self.count {
            let at = self.at;
            let (day, model, key) = (12 + at % 5, at % 3, at % 2);
            let row = format!(
                "gen-{at},2026-10-{day} 09:14:33,0.000{},0,openai/gpt-image-{model},OpenAI,key {key}\n",
                at % 1_000
            );
            self.row = row.into_bytes();
            self.at += 1;
        }
        let read = self.row.len().min(to.len());
        to[..read].copy_from_slice(&self.row[..read]);
        self.row.drain(..read);
        Ok(read)
    }
}

/// Of a bill of any length only its different lines are held: ten times as many rows hold no byte more.
#[test]
fn a_bill_is_read_row_by_row() {
    let catalog = Catalog::shipped();
    let head = "generation_id,created_at,cost_total,byok_usage_inference,model_permaslug,provider_name,api_key_name\n";
    let held = |count: usize| {
        let reader = imgcost::bill::Reader::new(&catalog, None).expect("the shipped rules");
        let rows = Generations { at: 0, count, row: Vec::new() };
        let mut lines = 0;
        let (_, held) = allocated(|| {
            let input = BufReader::new(head.as_bytes().chain(rows));
            let read = reader.read("f.csv", input, &mut |problem| panic!("{problem}"));
            let read = read.expect("a bill");
            assert_eq!(read.rows, count as u64);
            lines = read.lines.len();
        });
        (lines, held)
    };
    held(10);
    let [(some_lines, some), (lines, many)] = [2_000, 20_000].map(held);
    assert_eq!((some_lines, lines), (30, 30));
    assert!(many < some + 4_096, "{some} bytes of 2,000 rows, and {many} of 20,000");
}
