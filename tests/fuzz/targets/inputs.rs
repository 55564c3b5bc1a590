//! Every kind of input, read by itself.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use imgcost::budget::volumes::{Sheet, Written};
use imgcost::catalog::files::{Origin, TableFile};
use imgcost::estimate::{ReplyContext, estimate_reply};
use imgcost::exchange::FxRates;
use imgcost::items::{Asked, Items, Others, Reader, Wanted};
use imgcost::price_changes::Selection;
use imgcost::request::{NamedFiles, Reading};
use imgcost::usage_log::reply;
use imgcost::{Catalog, NaiveDate, Terms, bill, budget, pilot, price_maps};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

thread_local! {
    static SHIPPED: Catalog = Catalog::shipped();
}

/// Does something with the shipped tables, which are read once.
pub fn with_tables<T>(what: impl FnOnce(&Catalog) -> T) -> T {
    SHIPPED.with(what)
}

/// The day of every input.
pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// The first byte chooses what the file is.
pub fn price_table(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let Some(text) = text(rest) else { return };
    let path = match kind % 5 {
        0 => "models/paint.yaml",
        1 => "provider/acme/owner.yaml",
        2 => "guidance.yaml",
        3 => "free_keys.yaml",
        _ => "provider/acme/paint.yaml",
    };
    let file = |path: &str, text: &str| TableFile {
        path: path.into(),
        shown: path.into(),
        text: text.into(),
        origin: Origin::Own,
    };
    let mut files = vec![file(path, text)];
    if path != "provider/acme/owner.yaml" {
        files.push(file("provider/acme/owner.yaml", "name: Acme\n"));
    }
    if let Err(problems) = Catalog::from_files(files).and_then(|catalog| catalog.check_all()) {
        assert!(!problems.is_empty(), "refused without a reason");
        for problem in problems {
            assert!(!problem.one_line().is_empty());
        }
    }
}

/// A map of prices, held beside the shipped tables: each of its models leads to a route here, or is counted as one that
/// does not.
pub fn price_map(data: &[u8]) {
    let Some(text) = text(data).filter(|text| text.len() < 100_000) else { return };
    match price_maps::read("map", text, day()) {
        Ok(map) => {
            let (all, rates) = (Selection::default(), FxRates::new());
            let found =
                with_tables(|tables| price_maps::compare(tables, day(), &map, &all, &rates));
            let found = found.unwrap_or_else(|_| panic!("every shipped table can be compared"));
            assert_eq!(found.led + found.without_route + found.others, map.entries.len());
        }
        Err(problem) => assert!(!problem.one_line().is_empty()),
    }
}

/// A budget, and its forecast where it is small.
pub fn budget(data: &[u8]) {
    let Some(text) = text(data).filter(|text| text.len() < 20_000) else { return };
    let files = NamedFiles::of(Path::new("/nowhere"), &[]);
    match budget::file::read("budget", &Arc::from(text), &files, day()) {
        Ok(budget) if budget.workloads.len() * budget.months as usize <= 100 => {
            let _ = with_tables(|tables| budget::forecast(tables, &budget, day()));
        }
        Ok(_) => {}
        Err(problems) => assert!(!problems.is_empty(), "refused without a reason"),
    }
}

/// The body of a request.
pub fn body(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let _ = with_tables(|tables| imgcost::price(tables, day(), text));
}

/// A reply.
pub fn reply(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Ok(reply) = reply::read("reply", text, &[]) {
        let context = ReplyContext { model: Some("gpt-image-2".into()), ..ReplyContext::default() };
        let _ = with_tables(|tables| estimate_reply(tables, reply, &context, &Terms::on(day())));
    }
}

/// Requests and replies in any form.
pub fn items(data: &[u8]) {
    if let Some(text) = text(data) {
        read_items(text);
    }
}

/// Everything in a text, and how many are rejected.
pub fn read_items(text: &str) -> (Vec<Asked>, usize) {
    let files = NamedFiles::of(Path::new("/nowhere"), &[]);
    let known = with_tables(|tables| tables.free_keys()).expect("the shipped list");
    let requests = Reading { files: &files, known: &known, ignored_keys: Some(&[]) };
    let reader = Reader { file: "items", wanted: Wanted::Any, others: Others::Priced, requests };
    match reader.items(text) {
        Ok(Items::One(item)) => match item.asked {
            Ok(asked) => (vec![asked], 0),
            Err(_) => (Vec::new(), 1),
        },
        Ok(Items::Several(items)) => {
            let (read, rejected): (Vec<_>, Vec<_>) =
                items.map(|item| item.asked).partition(Result::is_ok);
            (read.into_iter().flatten().collect(), rejected.len())
        }
        Err(_) => (Vec::new(), 1),
    }
}

/// A spreadsheet of volumes.
pub fn volumes(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Err(problems) = budget::volumes::read("volumes", &Arc::from(text)) {
        assert!(!problems.is_empty(), "refused without a reason");
    }
}

/// A workbook: the bytes as they are, and as a part of one of each kind, which a fuzzer would not pack by chance.
pub fn workbook(data: &[u8]) {
    let of_ods: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", data),
    ];
    let book = br#"<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let to_book = br#"<Relationships><Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let to_sheet = br#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let of_xlsx: [(&str, &[u8]); 5] = [
        ("_rels/.rels", to_book),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", to_sheet),
        ("xl/sharedStrings.xml", data),
        ("xl/worksheets/sheet1.xml", data),
    ];
    for bytes in [data, &packed(&of_ods), &packed(&of_xlsx)] {
        let read = Sheet::workbook("workbook", bytes)
            .and_then(|sheet| budget::volumes::read_sheet("workbook", &sheet, Written::default()));
        if let Err(problems) = read {
            assert!(!problems.is_empty(), "refused without a reason");
        }
    }
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(*name, stored).expect("a part");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("a file").into_inner()
}

/// The log of a pilot.
pub fn log(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let read = with_tables(|tables| pilot::log::read(tables, "log", &Arc::from(text), day()));
    if let Err(problems) = read {
        assert!(!problems.is_empty(), "refused without a reason");
    }
}

/// A bill: its first byte says whether it is read by a mapping. Every row is read, rejected with a reason, or empty.
pub fn bill(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let mapping = "owner: acme\ncurrency: EUR\ndecimal_comma: true\ndays: DD.MM.YYYY\ncolumns: {day: a, billed_cost: b, model: c, kind: d, text: e, meter: f}\n";
    let mapping = bill::Mapping::read("mapping", &Arc::from(mapping)).expect("a mapping");
    with_tables(|tables| {
        let mapping = (how % 4 == 0).then_some(&mapping);
        let reader = bill::Reader::new(tables, mapping).expect("the shipped rules");
        let mut reasons = 0;
        let read = reader.read("bill", rest, &mut |problem| {
            assert!(!problem.one_line().is_empty());
            reasons += 1;
        });
        match read {
            Ok(read) => {
                let rows: u64 = read.lines.iter().map(|line| line.rows).sum();
                assert_eq!(rows + read.rejected, read.rows, "every row is told");
                assert!(read.rejected <= reasons, "rejected without a reason");
                let mut bill = bill::Bill::default();
                if bill.add(read).is_ok() {
                    let _ = bill::sum_by(&bill.lines, &bill::BillBy::USUAL);
                }
            }
            Err(problems) => assert!(!problems.is_empty(), "refused without a reason"),
        }
    });
}

/// The header of an image, as the data of a body.
pub fn image(data: &[u8]) {
    let url = format!("data:image/png;base64,{}", STANDARD.encode(data));
    let body = format!(
        r#"{{"model": "gpt-image-2", "prompt": "x", "images": [{{"image_url": "{url}"}}]}}"#
    );
    let _ = with_tables(|tables| imgcost::price(tables, day(), &body));
}

/// Arguments, a line each.
pub fn command_line(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let args = std::iter::once("imgcost").chain(text.split('\n'));
    if let Err(error) = imgcost::cli::command().try_get_matches_from(args) {
        assert!(!error.to_string().is_empty());
    }
}
