//! `imgcost prices check` and `pin`: what is found, what is accepted, what cannot be changed in place.

mod common;

use std::path::Path;

use common::cli::{Run, run};
use common::copy_tables;

fn check(folder: &Path, more: &[&str]) -> Run {
    let folder = folder.to_str().expect("UTF-8");
    run(&[&["prices", "check", folder, "--as-of", "2026-11-21"], more].concat())
}

fn pin(folder: &Path, more: &[&str]) -> Run {
    run(&[&["prices", "pin", folder.to_str().expect("UTF-8")], more].concat())
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// A private provider with one price version of these keys.
fn provider(version: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "provider/acme/owner.yaml", "name: Acme\n");
    let route = format!(
        "model: gpt-image-2\nalias: paint\nendpoint: not_stated\nbilling_unit: image\nversions:\n  - currency: USD\n    not_billed: [tokens, calls]\n{version}"
    );
    write(folder.path(), "provider/acme/paint.yaml", &route);
    folder
}

const DATED: &str = "    evidence: {source: \"an offer\", seen: 2026-11-01, confidence: high}\n";

fn rates(price: &str) -> String {
    format!("    rates: [{{meter: images, price: \"{price}\", per: 1}}]\n")
}

/// The catalogue of one maker, which is official for its own model.
fn whole() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "models/acme-brush.yaml", "name: Acme Brush\nmaker: acme\n");
    write(folder.path(), "official/acme/owner.yaml", "name: Acme\n");
    write(folder.path(), "official/acme/acme-brush.yaml", &route("0.05"));
    folder
}

fn route(price: &str) -> String {
    format!(
        "model: acme-brush\nalias: acme-brush\nendpoint: not_stated\nbilling_unit: image\nversions:\n  - from: 2026-06-01\n    currency: USD\n    not_billed: [tokens, calls]\n{DATED}{}",
        rates(price)
    )
}

#[test]
fn the_shipped_tables_have_no_error_and_every_warning_is_acknowledged() {
    let run = run(&["prices", "check", "--as-of", "2026-11-28", "--deny-warnings"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    let listed = self::run(&[
        "prices",
        "check",
        "--as-of",
        "2026-11-28",
        "--acknowledged",
        "--format",
        "json",
    ]);
    let json = listed.json();
    assert_eq!((&json["errors"], &json["warnings"]), (&0.into(), &0.into()));
    let rows = json["rows"].as_array().expect("a list");
    assert_eq!(json["acknowledged"], rows.len());
    for accepted in rows {
        let reason = accepted["acknowledged_because"].as_str();
        assert!(reason.is_some_and(|reason| reason.len() > 10), "{accepted}");
    }
}

#[test]
fn a_twentieth_and_ten_times_the_official_price_are_the_bounds() {
    // One 1024x1024 image of quality high: 7,024 × 30 ÷ 1,000,000 = 0.21072. 0.05 of it is 0.010536,
    // 10 times it is 2.1072.
    for (price, code) in [("0.010535", 3), ("0.010536", 0), ("2.1072", 0), ("2.1073", 3)] {
        let found = check(provider(&format!("{DATED}{}", rates(price))).path(), &[]);
        assert_eq!(found.code, code, "{price}: {}", found.stderr);
        assert_eq!(found.stderr.contains("far-from-official"), code == 3, "{price}");
    }
}

#[test]
fn what_is_acknowledged_is_accepted_with_its_reason() {
    let reason = "    acknowledged:\n      - {warning: far-from-official, on: 2026-11-20, reason: \"an offer for a pilot\"}\n";
    let folder = provider(&format!("{DATED}{}{reason}", rates("0.001")));
    let found = check(folder.path(), &["--acknowledged"]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(found.stdout.contains("1 acknowledged"), "{}", found.stdout);
    assert!(found.stdout.contains("an offer for a pilot"), "{}", found.stdout);
}

#[test]
fn an_accepted_age_grows_old_itself() {
    let version = |on: &str| {
        let evidence = "    seen_no_later_than: 2026-01-01\n    evidence: {source: \"a page\", seen: undated, confidence: medium}\n";
        let accepted = format!(
            "    acknowledged:\n      - {{warning: undated-source, on: {on}, reason: \"read again, the same\"}}\n"
        );
        provider(&format!("{evidence}{}{accepted}", rates("0.10")))
    };
    // 90 days before 2026-11-21 is 2026-08-23.
    assert_eq!(check(version("2026-08-23").path(), &["--deny-warnings"]).code, 0);
    assert_eq!(check(version("2026-08-22").path(), &["--deny-warnings"]).code, 1);
    let strict = check(version("2026-11-01").path(), &["--deny-warnings", "--max-age", "14d"]);
    assert_eq!(strict.code, 1, "{}", strict.shown());
}

#[test]
fn warnings_alone_do_not_fail_unless_denied() {
    let folder = provider(&format!(
        "    evidence: {{source: \"an offer\", seen: 2026-06-01, confidence: high}}\n{}",
        rates("0.10")
    ));
    assert_eq!(check(folder.path(), &[]).code, 0);
    assert_eq!(check(folder.path(), &["--deny-warnings"]).code, 1);
    assert_eq!(check(folder.path(), &["--max-age", "365d", "--deny-warnings"]).code, 0);
}

#[test]
fn one_broken_file_does_not_hide_what_is_wrong_in_another() {
    let folder = provider(&format!("{DATED}{}", rates("0.001")));
    write(folder.path(), "provider/acme/broken.yaml", "model: [\n");
    let found = check(folder.path(), &[]);
    assert_eq!(found.code, 3);
    assert!(found.stderr.contains("error[yaml-syntax]"), "{}", found.stderr);
    assert!(found.stderr.contains("error[far-from-official]"), "{}", found.stderr);
}

#[test]
fn a_published_figure_is_not_changed_in_place() {
    let folder = whole();
    assert_eq!(pin(folder.path(), &[]).code, 0);
    assert_eq!(check(folder.path(), &["--deny-warnings"]).code, 0);

    write(folder.path(), "official/acme/acme-brush.yaml", &route("0.04"));
    let changed = check(folder.path(), &[]);
    assert_eq!(changed.code, 3);
    assert!(changed.stderr.contains("error[published-statement-changed]"), "{}", changed.stderr);
    let refused = pin(folder.path(), &[]);
    assert_eq!(refused.code, 3, "a pin is not moved by the way: {}", refused.stderr);

    let corrected = pin(folder.path(), &["--corrected", "official/acme/acme-brush"]);
    assert_eq!(corrected.code, 0, "{}", corrected.stderr);
    assert_eq!(check(folder.path(), &[]).code, 0);
    let idle = pin(folder.path(), &["--corrected", "official/acme/acme-brush"]);
    assert_eq!(idle.code, 2, "nothing is left to correct: {}", idle.stderr);
}

/// A copy of the shipped tables.
fn shipped() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy_tables(folder.path());
    folder
}

#[test]
fn every_statement_of_the_shipped_tables_is_pinned() {
    let folder = shipped();
    let pinned = pin(folder.path(), &[]);
    assert_eq!(pinned.code, 0, "{}", pinned.stderr);
    assert!(pinned.stderr.contains("pinned; nothing was new"), "{}", pinned.stderr);
}

#[test]
fn what_a_figure_rests_on_is_not_changed_in_place_be_it_no_price() {
    let changes = [
        (
            "models/gpt-image-2.yaml",
            "high: 96}",
            "high: 64}",
            "the version of its rules from 2026-04-21",
        ),
        ("models/gpt-image-1.yaml", "on: 2026-10-23", "on: 2026-10-24", "`shutdown`"),
        (
            "provider/fal/owner.yaml",
            "server_error:\n      charge: free",
            "server_error:\n      charge: all_meters",
            "`terms.failure_charges`",
        ),
        (
            "official/openai/gpt-image-2.yaml",
            "confidence: medium\n      note: \"only the",
            "confidence: high\n      note: \"only the",
            "the version of its prices from 2026-04-21",
        ),
        (
            "official/openai/gpt-image-2.yaml",
            "billing_unit: tokens by modality",
            "billing_unit: images",
            "`billing_unit`",
        ),
        (
            "official/openai/owner.yaml",
            "max_lines: 50000",
            "max_lines: 60000",
            "what a Batch takes from 2026-02-10 on",
        ),
        (
            "provider/comfy-org/gpt-image-2.yaml",
            "per_usd: \"211\"",
            "per_usd: \"210\"",
            "the version of its prices from 2026-04-22",
        ),
    ];
    for (path, before, after, what) in changes {
        let folder = shipped();
        let text = std::fs::read_to_string(folder.path().join(path)).expect("a table");
        assert!(text.contains(before), "{path} no longer has {before}");
        write(folder.path(), path, &text.replacen(before, after, 1));
        let found = check(folder.path(), &[]);
        let table = path.trim_end_matches(".yaml");
        assert_eq!(found.code, 3, "{path}: {}", found.shown());
        let told = format!("{table}: {what} was changed after it was published");
        assert!(found.stderr.contains(&told), "{told}\n{}", found.stderr);
        assert_eq!(pin(folder.path(), &[]).code, 3, "{path} is not pinned by the way");
        let corrected = pin(folder.path(), &["--corrected", table]);
        assert_eq!(corrected.code, 0, "{}", corrected.stderr);
        assert!(corrected.stderr.contains("1 file of published/ written"), "{}", corrected.stderr);
    }
}

#[test]
fn a_source_may_be_corrected_and_a_version_may_end() {
    let folder = whole();
    assert_eq!(pin(folder.path(), &[]).code, 0);
    let ended = route("0.05").replace("    currency", "    until: 2026-12-01\n    currency");
    write(
        folder.path(),
        "official/acme/acme-brush.yaml",
        &ended.replace("an offer", "another page"),
    );
    assert_eq!(check(folder.path(), &["--deny-warnings"]).code, 0);
}

#[test]
fn findings_come_in_every_format_with_their_places() {
    let folder = provider(&format!("{DATED}{}", rates("0.001")));
    let json = check(folder.path(), &["--format", "json"]).json();
    assert_eq!(json["schema"], "imgcost.prices-check/1");
    let problem = &json["rows"][0];
    assert_eq!(
        (&problem["code"], &problem["severity"]),
        (&"far-from-official".into(), &"error".into())
    );
    assert_eq!(problem["line"], 9, "the line of the rate");
    let csv = check(folder.path(), &["--format", "csv"]);
    assert!(csv.stdout.starts_with("severity,code,file,line,column,message,"), "{}", csv.stdout);
    assert!(
        csv.stdout.lines().nth(1).is_some_and(|line| line.starts_with("error,far-from-official,"))
    );
}
