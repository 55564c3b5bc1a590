//! Bodies as the official SDKs send them: the samples, and the same calls made anew where the SDKs are installed.

mod server;

use std::process::Command;

use crate::common::cli::{Run, estimate, finished, imgcost, run};
use crate::common::{TODAY, dec};

/// The samples of an SDK, in the order of its calls.
const SAMPLES: [&str; 4] = ["generate.json", "edit.form", "edits.form", "responses.json"];

fn sample(sdk: &str, name: &str) -> String {
    format!("fixtures/shapes/sdk/{sdk}-{name}")
}

fn priced(run: &Run) -> serde_json::Value {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.json()
}

/// What it costs, without the name and the digest of the file: a body in parts has another boundary each time.
fn without_its_file(run: &Run) -> serde_json::Value {
    let mut json = priced(run);
    let inputs = json.as_object_mut().and_then(|envelope| envelope.remove("inputs"));
    assert!(inputs.is_some(), "it says of which file it was made");
    json
}

#[test]
fn each_sample_costs_what_it_does_by_hand() {
    for sdk in ["python", "node"] {
        let cost = |name: &str| {
            let json = priced(&estimate(&[&sample(sdk, name), "--format", "json"]));
            json["cost_expected_usd"].as_str().map(dec)
        };
        // 1024x1536 high: q = 96, u = round(96 * 1024 / 1536) = 64, and ceil(96 * 64 * (2,000,000 + 1,572,864) / 4,000,000) =
        // 5,488 tokens. Twice: (5 of the prompt + 6 that the service adds) * 2 * $5 + 5,488 * 2 * $30 per 1M.
        assert_eq!(cost("generate.json"), Some(dec("0.32939")), "{sdk}");
        // 1024x1024 medium: ceil(48 * 48 * 3,048,576 / 4,000,000) = 1,756 tokens; the image is 32 * 32 = 1,024 patches; the
        // prompt 3 + 6: 9 * $5 + 1,024 * $8 + 1,756 * $30 per 1M.
        assert_eq!(cost("edit.form"), Some(dec("0.060917")), "{sdk}");
        // 5,488 tokens again, and images of 1,024 and of 32 * 48 = 1,536 patches, each twice; the mask counts nothing; the
        // prompt 7 + 6: 26 * $5 + 5,120 * $8 + 10,976 * $30 per 1M.
        assert_eq!(cost("edits.form"), Some(dec("0.37037")), "{sdk}");
        // 196 tokens of the image and 10 of text, the least; partial images and the mainline model's output are open.
        let json = priced(&estimate(&[&sample(sdk, "responses.json"), "--format", "json"]));
        let least = json["cost_low_usd"].as_str().map(dec).expect("a cost");
        assert!(least >= dec("0.00593") && least < dec("0.00594"), "{sdk}: {least}");
        assert_eq!(json["cost_high_usd"], serde_json::Value::Null, "{sdk}");
    }
}

#[test]
fn headers_before_a_body_change_nothing() {
    let of = |name| estimate(&[&sample("python", name), "--format", "csv"]).stdout;
    assert_eq!(of("edit.http"), of("edit.form"));
    assert!(of("edit.http").contains("image_input,1024"), "{}", of("edit.http"));
}

#[test]
fn a_form_is_compared_and_a_broken_one_is_named() {
    let form = sample("node", "edit.form");
    let args = ["compare", &form, "--as-of", TODAY, "--routes", "openai/gpt-image-2"];
    let compared = run(&args);
    assert!(compared.stdout.contains("$0.06092"), "{}{}", compared.stdout, compared.stderr);
    let whole = std::fs::read(&form).expect("a sample");
    let cut = finished(imgcost().args(["estimate", "-"]).write_stdin(&whole[..whole.len() - 8]));
    assert_eq!(cut.code, 3, "{}", cut.stdout);
    assert!(cut.stderr.contains("its last boundary is missing"), "{}", cut.stderr);
    let at = whole.windows(6).position(|word| word == b"medium").expect("the quality");
    let wrong = [&whole[..at], b"fine", &whole[at + 6..]].concat();
    let wrong = finished(imgcost().args(["estimate", "-"]).write_stdin(wrong));
    assert!(wrong.stderr.contains("`fine` is not a quality"), "{}", wrong.stderr);
}

/// An SDK: how it is called, and what says that it is not there.
struct Sdk {
    name: &'static str,
    program: String,
    is_there: [&'static str; 2],
    calls: &'static str,
    folder_of_modules: Option<String>,
}

/// The SDKs: where the environment names them, else where they are found by the usual names.
fn sdks() -> [Sdk; 2] {
    let named = |variable: &str| std::env::var(variable).ok();
    let modules = named("IMGCOST_NODE_MODULES");
    [
        Sdk {
            name: "python",
            program: named("IMGCOST_PYTHON").unwrap_or_else(|| "python3".to_owned()),
            is_there: ["-c", "import openai"],
            calls: "tests/shapes/sdk/calls.py",
            folder_of_modules: None,
        },
        Sdk {
            name: "node",
            program: "node".to_owned(),
            is_there: ["-e", "require('openai')"],
            calls: "tests/shapes/sdk/calls.cjs",
            folder_of_modules: modules,
        },
    ]
}

impl Sdk {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        if let Some(folder) = &self.folder_of_modules {
            command.env("NODE_PATH", folder);
        }
        command
    }

    fn is_there(&self) -> bool {
        self.command().args(self.is_there).output().is_ok_and(|run| run.status.success())
    }
}

#[test]
fn what_the_sdks_send_now_is_read_as_the_samples_are() {
    for sdk in sdks() {
        if !sdk.is_there() {
            assert!(std::env::var_os("IMGCOST_SDKS").is_none(), "{} has no openai", sdk.name);
            println!("skipped: {} has no openai SDK here", sdk.name);
            continue;
        }
        let server = server::Server::start(SAMPLES.len());
        let calls = sdk.command().arg(sdk.calls).arg(server.address()).output().expect("a run");
        assert!(calls.status.success(), "{}", String::from_utf8_lossy(&calls.stderr));
        for (body, name) in server.bodies().into_iter().zip(SAMPLES) {
            let sent = finished(
                imgcost()
                    .args(["estimate", "-", "--as-of", TODAY, "--format", "json"])
                    .write_stdin(body),
            );
            let sample = estimate(&[&sample(sdk.name, name), "--format", "json"]);
            assert_eq!(without_its_file(&sent), without_its_file(&sample), "{} {name}", sdk.name);
        }
    }
}
