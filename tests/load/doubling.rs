//! Twice as much of any input is twice the work, in what is allocated and in instructions.
//!
//! Of n, 2n and 4n of a thing the two differences are compared, which takes away what every run needs: what grows in line
//! has 2 between them, what grows with the square 4. Sorting and the growth of lists lie a little above 2.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::counting::allocated;
use crate::targets;

/// Between the differences of n, 2n and 4n; the square would be 4.
const MOST: f64 = 2.7;

/// A kind of input: its file, the command that reads it, and what reads it in the library, by the name of the fuzz target.
struct Kind {
    name: &'static str,
    file: &'static str,
    command: &'static [&'static str],
    target: &'static str,
    /// How many of it the smallest is.
    n: usize,
    text: fn(usize) -> Vec<u8>,
}

fn lines(n: usize, head: &str, line: fn(usize) -> String) -> Vec<u8> {
    let mut text = head.to_owned();
    for index in 0..n {
        let _ = writeln!(text, "{}", line(index));
    }
    text.into_bytes()
}

const WORKLOAD: &str = "start: 2027-01\nmonths: 2\nworkloads:\n- name: a\n  request: {model: gpt-image-2, quality: low, size: \
                        1024x1024, prompt_tokens: 9}\n  accepted_images: 10\n";
const VOLUMES: &str = "workload,quality,size,prompt_tokens,2027-01,2027-02\n";

fn kinds() -> Vec<Kind> {
    let forecast: &[&str] = &["budget", "forecast"];
    vec![
        Kind {
            name: "the workloads of a budget",
            file: "b.yaml",
            command: forecast,
            target: "budget",
            n: 12,
            text: |n| {
                lines(n, WORKLOAD, |at| {
                    format!(
                        "- name: w{at}\n  request: {{model: gpt-image-2, quality: low, size: 1024x1024, prompt_tokens: {at}}}\n  \
                         accepted_images: {at}0"
                    )
                })
            },
        },
        Kind {
            name: "the scenarios of a budget",
            file: "b.yaml",
            command: &["budget", "compare"],
            target: "budget",
            n: 30,
            text: |n| {
                lines(n, &format!("{WORKLOAD}scenarios:\n"), |at| {
                    format!("- {{name: s{at}, volume: \"×1.{at:03}\"}}")
                })
            },
        },
        Kind {
            name: "unknown keys of a budget",
            file: "b.yaml",
            command: forecast,
            target: "budget",
            n: 250,
            text: |n| lines(n, WORKLOAD, |at| format!("key_{at}: 1")),
        },
        Kind {
            name: "the rows of a spreadsheet of volumes",
            file: "v.csv",
            command: forecast,
            target: "volumes",
            n: 50,
            text: |n| lines(n, VOLUMES, |at| format!("w{at},low,1024x1024,{at},{at}0,7")),
        },
        Kind {
            name: "the rows of a workbook",
            file: "w.xlsx",
            command: forecast,
            target: "workbook",
            n: 50,
            text: |n| {
                let mut book = rust_xlsxwriter::Workbook::new();
                let sheet = book.add_worksheet();
                let names = ["workload", "quality", "size", "2027-01"];
                sheet.write_row(0, 0, names).expect("a row");
                for at in 1..=u32::try_from(n).expect("few") {
                    sheet
                        .write_row(at, 0, [format!("w{at}"), "low".into(), "1024x1024".into()])
                        .expect("a row");
                    sheet.write(at, 3, at).expect("a cell");
                }
                book.save_to_buffer().expect("a workbook")
            },
        },
        Kind {
            name: "the columns of a spreadsheet of volumes",
            file: "v.csv",
            command: forecast,
            target: "volumes",
            n: 500,
            text: |n| {
                let tags: String = (0..n).map(|at| format!("tag:t{at},")).collect();
                format!("{tags}workload,quality,2027-01\n{}a,low,5\n", "x,".repeat(n)).into_bytes()
            },
        },
        Kind {
            name: "the lines of a Batch file",
            file: "b.jsonl",
            command: &["estimate"],
            target: "items",
            n: 100,
            text: |n| {
                lines(n, "", |at| {
                    format!(
                        r#"{{"custom_id": "c{at}", "method": "POST", "url": "/v1/images/generations", "body": {{"model": "gpt-image-2", "prompt": "fox {at}", "size": "1024x1024", "quality": "low"}}}}"#
                    )
                })
            },
        },
        Kind {
            name: "replies",
            file: "r.jsonl",
            command: &["estimate", "--model", "gpt-image-2"],
            target: "items",
            n: 100,
            text: |n| {
                lines(n, "", |at| {
                    format!(
                        r#"{{"created": 1790000000, "data": [{{"b64_json": "x"}}], "usage": {{"input_tokens": {at}, "output_tokens": 272, "total_tokens": {}}}}}"#,
                        at + 272
                    )
                })
            },
        },
        Kind {
            name: "chunks of a reply without an id",
            file: "c.jsonl",
            command: &["estimate"],
            target: "items",
            n: 300,
            text: |n| {
                lines(n, "", |at| {
                    format!(
                        r#"{{"candidates": [{{"content": {{"parts": [{{"text": "{at}"}}]}}}}], "modelVersion": "a"}}"#
                    )
                })
            },
        },
        Kind {
            name: "answers and keys of chunks",
            file: "a.jsonl",
            command: &["estimate"],
            target: "items",
            n: 300,
            text: |n| {
                lines(n, "", |at| {
                    format!(
                        r#"{{"responseId": "a", "k{at}": 1, "candidates": [{{"index": {at}, "k{at}": 1, "content": {{"k{at}": 1, "parts": [{{"text": "x"}}]}}}}]}}"#
                    )
                })
            },
        },
        Kind {
            name: "the parts of a form",
            file: "f.txt",
            command: &["estimate"],
            target: "multipart",
            n: 300,
            text: |n| {
                let part = |at| format!("--x\nContent-Disposition: form-data; name=f{at}\n\n1\n");
                let parts: String = (0..n).map(part).collect();
                format!("{parts}--x--\n").into_bytes()
            },
        },
        Kind {
            name: "lines that are no requests",
            file: "e.jsonl",
            command: &["estimate"],
            target: "items",
            n: 300,
            text: |n| lines(n, "", |at| format!(r#"{{"k{at}": 1}}"#)),
        },
        Kind {
            name: "the keys of a body",
            file: "r.json",
            command: &["estimate"],
            target: "body",
            n: 300,
            text: |n| {
                let keys: String = (0..n).map(|at| format!("\"zz{at}\": {at}, ")).collect();
                format!("{{{keys}\"model\": \"gpt-image-2\", \"prompt\": \"x\"}}").into_bytes()
            },
        },
        Kind {
            name: "the models of a price map",
            file: "map.json",
            command: &["prices", "diff", "2026-11-21"],
            target: "price_map",
            n: 100,
            text: |n| {
                let model = |at| {
                    format!(
                        "\"m{at}\": {{\"litellm_provider\": \"openai\", \"input_cost_per_token\": 5e-06}}"
                    )
                };
                let models: Vec<String> = (0..n).map(model).collect();
                format!("{{{}}}", models.join(",\n")).into_bytes()
            },
        },
        Kind {
            name: "the rows of a log",
            file: "l.csv",
            command: &["pilot", "read"],
            target: "log",
            n: 60,
            text: |n| {
                let example = include_str!("../../fixtures/examples/pilot.csv");
                let mut rows = example.lines();
                let mut text = format!("{}\n", rows.next().expect("a heading"));
                let row = rows.next().expect("a row");
                let mut cells = row.splitn(3, ',');
                let [day, _id, rest] = [(); 3].map(|()| cells.next().expect("a cell"));
                for at in 0..n {
                    let _ = writeln!(text, "{day},r{at},{rest}");
                }
                text.into_bytes()
            },
        },
        Kind {
            name: "the rows of a bill of the dashboard",
            file: "bill.csv",
            command: &["bill", "reconcile"],
            target: "bill",
            n: 60,
            text: |n| {
                let head = "\nstart_time,amount_value,amount_currency,line_item\n";
                lines(n, head, |at| format!("{},0.5,usd,item {at}", 1_791_763_200 + 86_400 * at))
            },
        },
        Kind {
            name: "the rows of cost details",
            file: "azure.csv",
            command: &["bill", "reconcile"],
            target: "bill",
            n: 60,
            text: |n| {
                let head = "\nDate,MeterName,Quantity,UnitOfMeasure,Cost,BillingCurrency,Tags\n";
                lines(n, head, |at| {
                    format!(
                        "2026-10-12,m{at},0.5,1M,{at}.5,EUR,\"{{\"\"project\"\": \"\"p{at}\"\"}}\""
                    )
                })
            },
        },
        Kind {
            name: "generations on a bill",
            file: "openrouter.csv",
            command: &["bill", "reconcile"],
            target: "bill",
            n: 60,
            text: |n| {
                let head = "\ngeneration_id,created_at,cost_total,byok_usage_inference,model_permaslug,provider_name,api_key_name\n";
                lines(n, head, |at| {
                    format!(
                        "g{at},2026-10-12 09:14:33,0.5,0.1,openai/gpt-image-2-20260421,p{at},k{at}"
                    )
                })
            },
        },
        Kind {
            name: "the rows of a FOCUS file",
            file: "focus.csv",
            command: &["bill", "reconcile"],
            target: "bill",
            n: 60,
            text: |n| {
                let head = "\nBilledCost,BillingCurrency,ChargePeriodStart,ProviderName,ChargeDescription\n";
                lines(n, head, |at| format!("0.5,USD,2026-10-12T00:00:00Z,OpenAI,charge {at}"))
            },
        },
        Kind {
            name: "the rows of a bill by a mapping",
            file: "mapped.csv",
            command: &[],
            target: "bill",
            n: 60,
            text: |n| {
                lines(n, "\0a;b;c;d;e;f\n", |at| format!("12.10.2026;1,5;m{at};usage;t{at};images"))
            },
        },
        Kind {
            name: "the results of a page of costs",
            file: "costs.json",
            command: &["bill", "reconcile"],
            target: "bill",
            n: 60,
            text: |n| {
                let result = |at| {
                    format!(
                        r#"{{"object": "organization.costs.result", "amount": {{"value": 0.5, "currency": "usd"}}, "line_item": "i{at}"}}"#
                    )
                };
                let results: Vec<String> = (0..n).map(result).collect();
                format!(
                    "\n{{\"data\": [{{\"start_time\": 1791763200, \"results\": [{}]}}]}}",
                    results.join(",\n")
                )
                .into_bytes()
            },
        },
        Kind {
            name: "wrong events of a bill",
            file: "events.json",
            command: &["bill", "reconcile"],
            target: "bill",
            n: 60,
            text: |n| {
                let event =
                    |at| format!(r#"{{"timestamp": "soon {at}", "cost_estimate_nano_usd": -1}}"#);
                let events: Vec<String> = (0..n).map(event).collect();
                format!("\n{{\"billing_events\": [{}]}}", events.join(",\n")).into_bytes()
            },
        },
        Kind {
            name: "items of activity on a bill",
            file: "activity.json",
            command: &["bill", "reconcile"],
            target: "bill",
            n: 60,
            text: |n| {
                let item = |at| {
                    format!(
                        r#"{{"date": "2026-10-12", "model": "m{at}", "usage": 0.5, "byok_usage_inference": 0.1}}"#
                    )
                };
                let items: Vec<String> = (0..n).map(item).collect();
                format!("\n{{\"data\": [{}]}}", items.join(",\n")).into_bytes()
            },
        },
        Kind {
            name: "the segments of an image",
            file: "i.jpg",
            command: &["estimate", "--prompt-tokens", "9", "--input-image"],
            target: "image",
            n: 2_000,
            text: |n| {
                let segments = [0xff, 0xe0, 0, 2].repeat(n);
                [&[0xff, 0xd8][..], &segments, &[0xff, 0xc0, 0, 17, 8, 4, 0, 4, 0, 3]].concat()
            },
        },
        Kind {
            name: "versions of a price table",
            file: "t.yaml",
            command: &[],
            target: "price_table",
            n: 15,
            text: |n| {
                let head = "\u{4}model: gpt-image-2\nalias: paint\nendpoint: POST /paint\nbilling_unit: image\nversions:\n";
                lines(n, head, |at| {
                    format!(
                        "- from: {}-01-01\n  until: {}-01-01\n  currency: USD\n  evidence: {{source: offer, seen: 2026-06-01, \
                         confidence: high}}\n  rates:\n  - {{meter: images, price: \"0.0{at}\", per: 1}}",
                        1000 + at,
                        1001 + at
                    )
                })
            },
        },
        Kind {
            name: "the rows of an export",
            file: "u.csv",
            command: &[],
            target: "usage_export",
            n: 200,
            text: |n| {
                lines(n, "start_time,num_model_requests,input_tokens,output_tokens,model\n", |at| {
                    format!("1791763200,{at}.0,{at}00.0,{at}.0,gpt-image-2")
                })
            },
        },
        Kind {
            name: "rows of an export that are wrong",
            file: "u.csv",
            command: &[],
            target: "usage_export",
            n: 200,
            text: |n| {
                lines(n, "start_time,num_model_requests,input_tokens,output_tokens,batch\n", |at| {
                    format!("x{at},{at}.5,-1,x,y")
                })
            },
        },
        Kind {
            name: "the results of a page, right and wrong",
            file: "u.json",
            command: &[],
            target: "usage_export",
            n: 200,
            text: |n| {
                let result = |at| {
                    format!(
                        r#"{{"object": "organization.usage.completions.result", "num_model_requests": {at}, "input_tokens": {at}, "output_tokens": "x"}}"#
                    )
                };
                let results: Vec<String> = (0..n).map(result).collect();
                format!(
                    r#"{{"object": "page", "data": [{{"start_time": 1791763200, "results": [{}]}}]}}"#,
                    results.join(", ")
                )
                .into_bytes()
            },
        },
        Kind {
            name: "pages on lines of their own",
            file: "u.jsonl",
            command: &[],
            target: "usage_export",
            n: 100,
            text: |n| {
                lines(n, "", |at| {
                    format!(
                        r#"{{"object": "page", "data": [{{"start_time": 1791763200, "results": []}}], "next_page": "{at}"}}"#
                    )
                })
            },
        },
        Kind {
            name: "objects of a log, right and wrong",
            file: "g.jsonl",
            command: &[],
            target: "wrapped_log",
            n: 100,
            text: |n| {
                lines(n, "", |at| {
                    format!(
                        r#"{{"timestamp": "2026-10-12", "project": "p{at}", "accepted": {at}, "request": {{"model": "gpt-image-2", "n": 1}}, "response": "{{\"usage\": {{\"input_tokens\": {at}, \"output_tokens\": 272}}}}"}}"#
                    )
                })
            },
        },
        Kind {
            name: "flags",
            file: "args",
            command: &[],
            target: "command_line",
            n: 60,
            text: |n| format!("estimate{}", "\n--input-image\n1024x1024".repeat(n)).into_bytes(),
        },
    ]
}

/// What stands between the differences of three measures.
fn growth([n, two, four]: [u64; 3]) -> f64 {
    (four as f64 - two as f64) / (two as f64 - n as f64).max(1.0)
}

#[test]
fn twice_the_input_allocates_twice_as_much() {
    let mut above = Vec::new();
    for kind in kinds() {
        let of = |times: usize| {
            let text = (kind.text)(kind.n * times);
            targets::run(kind.target, &text);
            allocated(|| targets::run(kind.target, &text)).0
        };
        let measured = [of(2), of(4), of(8)];
        assert!(measured[0] > 0, "{} is read", kind.name);
        if growth(measured) > MOST {
            above.push((kind.name, measured, growth(measured)));
        }
    }
    assert!(above.is_empty(), "{above:#?}");
}

/// The instructions of the program on a file, by callgrind.
fn instructions(kind: &Kind, folder: &Path, times: usize) -> u64 {
    let path = folder.join(format!("{times}-{}", kind.file));
    // Counting takes fifty times as long as running, and half as much shows the same growth.
    std::fs::write(&path, (kind.text)(kind.n.div_ceil(2) * times)).expect("a file");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_imgcost"))
        .args(kind.command)
        .arg(&path)
        .current_dir(folder)
        .env("IMGCOST_CONFIG", "")
        .output()
        .expect("valgrind");
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split_once("Collected : "));
    count.and_then(|(_, count)| count.trim().parse().ok()).expect("a number of instructions")
}

#[test]
fn twice_the_input_takes_twice_the_instructions() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("valgrind is not installed here; instructions are not counted");
        return;
    }
    // All of them take minutes; these were the ones whose work grew with the square while they allocated in line.
    let all = std::env::var_os("IMGCOST_LOAD").is_some();
    let once_square = [
        "unknown keys of a budget",
        "the columns of a spreadsheet of volumes",
        "the scenarios of a budget",
        "lines that are no requests",
        "chunks of a reply without an id",
        "answers and keys of chunks",
        "the parts of a form",
    ];
    let is_tried =
        |kind: &Kind| !kind.command.is_empty() && (all || once_square.contains(&kind.name));
    let kinds: Vec<Kind> = kinds().into_iter().filter(is_tried).collect();
    assert!(kinds.len() >= once_square.len(), "each is a kind of input");
    let (next, above) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(kind) = kinds.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let folder = tempfile::tempdir().expect("a folder");
                    let measured = [1, 2, 4].map(|times| instructions(kind, folder.path(), times));
                    if growth(measured) > MOST {
                        above.lock().expect("the list").push((
                            kind.name,
                            measured,
                            growth(measured),
                        ));
                    }
                }
            });
        }
    });
    let above = above.into_inner().expect("the list");
    assert!(above.is_empty(), "{above:#?}");
}
