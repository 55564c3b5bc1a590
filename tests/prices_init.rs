//! `imgcost prices init`: what it writes can be priced, says what is missing, and is never wrong.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use imgcost::catalog::Catalog;
use imgcost::catalog::files::{TableFile, read_folder};
use imgcost::catalog::owner::OwnerKind;
use imgcost::estimate::{Estimate, Terms, estimate_request};
use imgcost::request::{Draft, Prompt};
use imgcost::table_draft::{DraftError, Offer, OfferError, OfferedPrice, draft};
use proptest::prelude::*;
use rust_decimal::Decimal;

use common::cli::{Run, finished, imgcost};
use common::*;

/// An offer of acme at $0.03 a call.
fn offer() -> Offer {
    Offer {
        owner: "acme".into(),
        kind: OwnerKind::Provider,
        price: OfferedPrice::PerCall(dec("0.03")),
        model: None,
        alias: None,
        currency: None,
        source: Some("a mail".into()),
        seen: Some(day("2026-11-18")),
        confidence: None,
    }
}

fn per_image(prices: &[(&str, &str)]) -> OfferedPrice {
    let price = |(label, price): &(&str, &str)| (Some((*label).to_owned()), dec(price));
    OfferedPrice::PerImage(prices.iter().map(price).collect())
}

fn drafted(offer: &Offer) -> Vec<TableFile> {
    draft(&[], offer, day(TODAY)).expect("a draft").files
}

/// A generation of 1024x1024 with a prompt of 60 tokens (66 billed), by the table of an offer.
fn priced(offer: &Offer, quality: &str) -> Estimate {
    let catalog = Catalog::shipped().with_files(drafted(offer)).expect("valid tables");
    let request = Draft {
        prompt: Some(Prompt::Tokens(60)),
        ..generation("gpt-image-2", "1024x1024", quality)
    };
    let terms = Terms { route: Some("provider/acme/gpt-image-2"), ..terms(TODAY) };
    estimate_request(&catalog, &request, &terms).expect("an estimate")
}

fn errors(offer: &Offer) -> Vec<OfferError> {
    match draft(&[], offer, day(TODAY)) {
        Err(DraftError::Offer(errors)) => errors.into(),
        other => panic!("not refused as an offer: {other:?}"),
    }
}

#[test]
fn a_price_by_quality_is_charged_and_a_quality_that_is_not_named_is_unknown() {
    let offer = Offer { price: per_image(&[("low", "0.012"), ("high", "0.128")]), ..offer() };
    assert_eq!(total(&priced(&offer, "low")), dec("0.012"));
    assert_eq!(total(&priced(&offer, "high")), dec("0.128"));
    let medium = priced(&offer, "medium").total;
    let reason = "the rate for images is not stated (the offer does not name it)";
    assert_eq!((medium.low(), medium.high()), (Decimal::ZERO, None));
    assert_eq!(medium.reasons().in_words(), reason);
}

#[test]
fn a_price_by_call_is_charged_for_each_image_until_more_is_stated() {
    assert_eq!(total(&priced(&offer(), "high")), dec("0.03"));
}

#[test]
fn a_multiple_of_a_list_follows_the_list() {
    let price = OfferedPrice::Multiple { factor: dec("0.9"), of: "openai/gpt-image-2".into() };
    // 66 × 5 + 7,024 × 30 = 211,050 millionths of a dollar, × 0.9.
    assert_eq!(total(&priced(&Offer { price, ..offer() }, "high")), dec("0.21105") * dec("0.9"));
}

#[test]
fn every_model_that_makes_images_can_be_offered_at_a_price_an_image() {
    let models = Catalog::shipped().models().expect("the shipped models");
    for model in models.iter().filter(|model| !model.rules.is_empty()) {
        let price = OfferedPrice::PerImage(vec![(None, dec("0.03"))]);
        let (model, kind) = (Some(model.id.clone()), OwnerKind::Provider);
        assert_eq!(drafted(&Offer { price, model, kind, ..offer() }).len(), 2);
    }
}

#[test]
fn a_quality_that_no_model_of_the_kind_has_is_refused_with_what_to_write() {
    let of = |model: &str| Offer {
        price: per_image(&[("ultra", "1")]),
        model: Some(model.into()),
        ..offer()
    };
    let help = |model: &str| errors(&of(model))[0].help();
    assert_eq!(help("gpt-image-2"), "its qualities are low, medium, high");
    let none = "no quality of it is known: give one price without a label";
    assert_eq!(help("imagen-4"), none);
}

#[test]
fn an_undated_offer_holds_from_the_day_of_entry() {
    let files = drafted(&Offer { seen: None, ..offer() });
    let route = &files[1].text;
    assert!(route.contains("seen: undated"), "its age is unknown, not zero: {route}");
    assert!(route.contains("seen_no_later_than: 2026-11-21"), "{route}");
}

#[test]
fn whoever_makes_the_model_is_no_reseller_of_it_and_no_one_else_is_official() {
    let of = |owner: &str, kind| errors(&Offer { owner: owner.into(), kind, ..offer() });
    assert!(matches!(of("openai", OwnerKind::Official)[..], [OfferError::ShippedOfficial(_)]));
    assert!(matches!(of("acme", OwnerKind::Official)[..], [OfferError::NotTheMaker { .. }]));
    assert!(matches!(of("OpenAI", OwnerKind::Provider)[..], [OfferError::IsTheMaker { .. }]));
}

#[test]
fn an_owner_id_never_leaves_the_folder() {
    for owner in ["..", "../x", "a/b", "a\\b", ".", "", "-x", "/etc", "C:"] {
        let found = errors(&Offer { owner: owner.into(), ..offer() });
        assert_eq!(found, [OfferError::BadOwner(owner.into())]);
    }
}

#[test]
fn a_price_of_another_unit_is_taken_over_with_the_list() {
    let price = OfferedPrice::Multiple { factor: dec("1.1"), of: "comfy-org/gpt-image-2".into() };
    let route = drafted(&Offer { price, ..offer() })[1].text.clone();
    assert!(route.contains("credit: {name: \"credit\", per_usd: \"211\"}"), "{route}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_of_an_offer_is_read_back_as_it_was(source in hostile(), alias in hostile()) {
        prop_assume!(!source.trim().is_empty() && !alias.trim().is_empty());
        let offer = Offer { source: Some(source.clone()), alias: Some(alias.clone()), ..offer() };
        let drafted = match draft(&[], &offer, day(TODAY)) {
            Ok(drafted) => drafted,
            // It hides a character, or no file can be named after it: nothing else can be wrong.
            Err(DraftError::Offer(errors)) => {
                let expected = |error: &OfferError| {
                    matches!(error, OfferError::BadAlias(_) | OfferError::Hidden { .. })
                };
                prop_assert!(errors.iter().all(expected), "{:?}", errors);
                return Ok(());
            }
            Err(broken) => return Err(TestCaseError::fail(format!("{broken:?}"))),
        };
        let catalog = Catalog::shipped().with_files(drafted.files).expect("valid tables");
        let route = catalog.route(&drafted.route.to_string()).expect("the drafted route");
        prop_assert_eq!(&route.versions[0].evidence.source, source.trim());
        prop_assert_eq!(route.alias.as_deref(), Some(alias.trim()));
        prop_assert_eq!(route.versions.len(), 1);
        prop_assert!(route.endpoint.is_none(), "no key was smuggled in");
    }
}

/// Any text, and text that could end a scalar, a comment or a document.
fn hostile() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "# ",
        ": ",
        "- ",
        "---\n",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&a",
        "*a",
        "!!str ",
        "%YAML",
        "\t",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{0}",
        "\u{202e}",
        "yes",
        "null",
        "endpoint: x",
        "é",
        "画",
        "🦊",
        " ",
        "a",
        "1e3",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(marks, 1..12).prop_map(|all| all.concat())]
}

// ---- as a user meets it

/// Runs `imgcost prices init`; what depends on today is set with `--seen`.
fn init(arguments: &[&str]) -> Run {
    finished(imgcost().args(["prices", "init"]).args(arguments))
}

const DATED: [&str; 6] =
    ["--seen", "2026-11-18", "--source", "a mail of Acme", "--confidence", "high"];

fn dated<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &DATED].concat()
}

fn printed(arguments: &[&str]) -> String {
    let run = init(arguments);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self) -> &str {
        self.0.path().to_str().expect("UTF-8")
    }

    /// `init` into the folder, whose name is shown as `DIR`.
    fn init(&self, arguments: &[&str]) -> Run {
        let run = init(&[arguments, &["--dir", self.path()]].concat());
        let shown = |text: String| text.replace(self.path(), "DIR");
        Run { code: run.code, stdout: shown(run.stdout), stderr: shown(run.stderr) }
    }

    /// Every file below the folder.
    fn files(&self) -> Vec<PathBuf> {
        fn below(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() { below(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        below(self.0.path(), &mut found);
        found.sort();
        found
    }
}

#[test]
fn both_files_are_printed_with_what_is_to_be_found_out() {
    let by_quality = ["acme", "--per-image", "low=0.012,high=0.128"];
    assert_matches_snapshot!("prices_init__per_image", printed(&dated(&by_quality)));
    let by_call = ["acme", "--per-call", "0.20", "--currency", "CNY", "--alias", "acme/image vip"];
    assert_matches_snapshot!("prices_init__per_call", printed(&dated(&by_call)));
    let multiple = ["acme", "--multiplier", "0.9", "--of", "openai/gpt-image-2"];
    assert_matches_snapshot!("prices_init__multiplier", printed(&dated(&multiple)));
}

#[test]
fn what_the_line_leaves_open_is_named_and_the_next_command_runs() {
    let folder = Folder::new();
    let run = folder.init(&dated(&["acme", "--per-image", "low=0.012,high=0.128"]));
    assert_matches_snapshot!("prices_init__written", run.shown());
    let next = run.stdout.lines().last().expect("a last line");
    let next =
        next.strip_prefix("next: imgcost ").expect("a command").replace("DIR", folder.path());
    let compared = finished(imgcost().args(next.split(' ')).args(["--as-of", TODAY]));
    assert_eq!(compared.code, 0, "{}", compared.stderr);
    assert!(compared.stdout.contains("acme"), "{}", compared.stdout);
    assert!(compared.stdout.contains("$0.128"), "{}", compared.stdout);
}

#[test]
fn without_source_day_and_confidence_all_three_are_asked_for() {
    let folder = Folder::new();
    assert_matches_snapshot!(
        "prices_init__undated",
        folder.init(&["acme", "--per-call", "1"]).shown()
    );
    let files = read_folder(folder.0.path()).expect("files");
    assert!(Catalog::shipped().with_files(files).is_ok());
    let checked = finished(imgcost().args(["prices", "check", folder.path(), "--as-of", TODAY]));
    assert_ne!(checked.code, 3, "no error, whatever is still open: {}", checked.stderr);
}

#[test]
fn a_second_offer_keeps_the_owner_and_the_first() {
    let folder = Folder::new();
    assert_eq!(folder.init(&["acme", "--per-call", "0.03"]).code, 0);
    let before: Vec<String> = contents(&folder);
    let again = folder.init(&["acme", "--per-call", "0.05"]);
    assert_matches_snapshot!("prices_init__there_already", again.shown());
    assert_eq!(contents(&folder), before, "nothing is overwritten");
    assert_eq!(folder.init(&["acme", "--per-call", "0.05", "--alias", "vip"]).code, 0);
    assert_eq!(folder.files().len(), 3, "one owner, two routes");
    let shipped = folder.init(&["replicate", "--per-call", "0.05", "--alias", "vip"]);
    assert!(!shipped.stdout.contains("owner.yaml"), "it is shipped: {}", shipped.stdout);
    let amended = folder.init(&["replicate", "--per-call", "0.05"]);
    assert!(amended.stderr.contains("amendments/provider/replicate"), "{}", amended.stderr);
}

fn contents(folder: &Folder) -> Vec<String> {
    folder.files().iter().map(|path| fs::read_to_string(path).expect("a file")).collect()
}

#[test]
fn all_is_written_or_nothing() {
    let folder = Folder::new();
    let acme = folder.0.path().join("provider/acme");
    // A folder stands where the route's file belongs.
    fs::create_dir_all(acme.join("gpt-image-2.yaml")).expect("a folder");
    let run = folder.init(&["acme", "--per-call", "0.03"]);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""));
    assert!(run.stderr.contains("DIR/provider/acme/gpt-image-2.yaml"), "{}", run.stderr);
    assert_eq!(folder.files(), [""; 0].map(PathBuf::from), "the owner's file was taken back");
}

#[test]
fn broken_tables_in_the_folder_are_reported_first() {
    let folder = Folder::new();
    let acme = folder.0.path().join("provider/other");
    fs::create_dir_all(&acme).expect("a folder");
    fs::write(acme.join("owner.yaml"), "name: \"\"\n").expect("a file");
    let run = folder.init(&["acme", "--per-call", "0.03"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.starts_with("error[blank-text]"), "{}", run.stderr);
    assert_eq!(folder.files().len(), 1);
}

#[test]
fn every_reason_for_a_refusal_comes_out_in_one_run() {
    let wrong = [
        "../x",
        "--per-image",
        "lo=0.1,high=0.2,high=3,4",
        "--seen",
        "2199-01-01",
        "--source",
        " ",
        "--currency",
        "usd",
        "--alias",
        "..",
    ];
    let run = init(&wrong);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_matches_snapshot!("prices_init__refused", run.stderr);
    let others = [
        vec!["openai", "--kind", "official", "--per-call", "1"],
        vec!["openai", "--per-call", "1"],
        vec!["acme", "--kind", "official", "--per-call", "1"],
        vec!["acme", "--per-call", "1", "--model", "no-such"],
        vec!["acme", "--per-call", "1", "--model", "gpt-6-sol"],
        vec!["acme", "--multiplier", "0.9", "--of", "openai/gpt-image-2", "--currency", "EUR"],
        vec![
            "acme",
            "--multiplier",
            "0.9",
            "--of",
            "openai/gpt-image-2",
            "--model",
            "gpt-image-1.5",
        ],
        vec!["acme", "--multiplier", "0.9", "--of", "openai/chatgpt-plus"],
        vec!["acme", "--multiplier", "0.9", "--of", "no-such/route"],
    ];
    let shown = |arguments: &Vec<&str>| {
        let run = init(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        format!("$ imgcost prices init {}\n{}", arguments.join(" "), run.stderr)
    };
    let all: Vec<String> = others.iter().map(shown).collect();
    assert_matches_snapshot!("prices_init__refused_others", all.join("\n"));
}

#[test]
fn a_price_is_plain_digits_and_given_in_one_way() {
    for arguments in [
        vec!["acme"],
        vec!["acme", "--per-call", "-1"],
        vec!["acme", "--per-call", "1e3"],
        vec!["acme", "--per-image", "high="],
        vec!["acme", "--per-call", "1", "--per-image", "1"],
        vec!["acme", "--multiplier", "0.9"],
        vec!["acme", "--multiplier", "0", "--of", "openai/gpt-image-2"],
        vec!["acme", "--per-call", "1", "--of", "openai/gpt-image-2"],
    ] {
        let run = init(&arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
    }
}

#[test]
fn help() {
    assert_matches_snapshot!("prices_init__help", init(&["--help"]).stdout);
}
