//! Image tools in tables of one's own: whose mainline model is priced, and what is refused in a table.

mod common;

use common::*;
use imgcost::attempts::{AttemptRates, Failures};
use imgcost::catalog::Catalog;
use imgcost::catalog::files::TableFile;
use imgcost::estimate::{Estimate, ReplyContext, Terms, estimate_reply, estimate_request};
use imgcost::problem::{Problem, ProblemCode};
use imgcost::request::{Draft, MainlineTurn, Prompt};
use imgcost::unit::Meter;
use imgcost::usage_log::reply;
use rust_decimal::Decimal;

const EVIDENCE: &str = "evidence: {source: acme offer, seen: 2026-06-01, confidence: high}";

/// A table of acme's with these keys of the route and these rates.
fn table(name: &str, model: &str, keys: &str, rates: &str) -> TableFile {
    let text = format!(
        "model: {model}\nalias: {model}\nendpoint: not_stated\nbilling_unit: tokens\n{keys}versions:\n  \
         - currency: USD\n    {EVIDENCE}\n    rates:\n{rates}    not_billed: [images, calls]\n"
    );
    table_file(&format!("provider/acme/{name}.yaml"), text)
}

/// Acme with gpt-image-2 as an image tool, called by these mainline models; gpt-6-sol has a table.
fn acme(mainline_models: &str, failures: &str) -> Vec<TableFile> {
    let owner = format!(
        "name: Acme\nterms:\n  contract: not_stated\n  upload_policy: not_stated\n  \
         output_rights: not_stated\n  support: not_stated\n  failure_charges:\n    \
         client_error: {{charge: {failures}}}\n    block_at_input: {{charge: {failures}}}\n    \
         block_at_output: {{charge: {failures}}}\n    server_error: {{charge: {failures}}}\n    \
         timeout: {{charge: {failures}}}\n    client_disconnect: {{charge: {failures}}}\n"
    );
    let tool = format!("image_tool:\n  mainline_models: {mainline_models}\n  {EVIDENCE}\n");
    let images = "      - {meter: text_input, price: \"5.00\", per: 1M}\n      \
                  - {meter: image_input, price: \"10.00\", per: 1M}\n      \
                  - {meter: image_output, price: \"40.00\", per: 1M}\n";
    let text = "      - {meter: text_input, price: \"3.00\", per: 1M}\n      \
                - {meter: text_output, price: \"20.00\", per: 1M}\n";
    vec![
        table_file("provider/acme/owner.yaml", owner),
        table("tool", "gpt-image-2", &tool, images),
        table("gpt-6-sol", "gpt-6-sol", "", text),
    ]
}

fn problems(files: Vec<TableFile>) -> Vec<Problem> {
    Catalog::shipped().with_files(files).err().expect("a table that is refused").into()
}

/// Two turns of gpt-image-2 at 1024x1024 medium with 60 prompt tokens, called by gpt-6-sol on acme's
/// tool, which reads 1,000 tokens and writes 100.
fn two_turns(failures: &str, failure_rate: &str) -> Estimate {
    let catalog = Catalog::shipped().with_files(acme("[gpt-6-sol]", failures));
    let catalog = catalog.unwrap_or_else(|problems| panic!("{problems:#?}"));
    let rates = AttemptRates::with_acceptance(
        Decimal::ONE,
        Failures { failure_rate: dec(failure_rate), ..Failures::NONE },
    );
    let terms =
        Terms { route: Some("provider/acme/tool"), rates: rates.expect("rates"), ..terms(TODAY) };
    let mainline = MainlineTurn {
        model: Some("gpt-6-sol".into()),
        input_tokens: Some(1_000),
        cached_tokens: None,
        output_tokens: Some(100),
        text: None,
    };
    let draft = Draft {
        prompt: Some(Prompt::Tokens(60)),
        mainline,
        turns: std::num::NonZeroU32::new(2),
        ..prompted("gpt-image-2", 60)
    };
    estimate_request(&catalog, &draft, &terms).expect("priced")
}

#[test]
fn the_mainline_model_is_priced_by_the_owner_of_the_route() {
    let priced = two_turns("free", "0");
    // Turn 1: 66 × 5 + 1,756 × 40; turn 2 with 1,024 × 10 more; each with 1,000 × 3 + 100 × 20 of
    // acme's own gpt-6-sol, and not OpenAI's 2 and 10.
    let turn_1 = 330 + 70_240 + 5_000;
    let turn_2 = turn_1 + 10_240;
    assert_eq!(total(&priced), per_million(turn_1 + turn_2, "1"));
    let owners = priced.charges.iter().map(|charge| {
        charge.table.as_ref().map(|table| table.route.id.owner.clone()).unwrap_or_default()
    });
    assert!(owners.into_iter().all(|owner| owner == "acme"));
}

#[test]
fn a_conversation_that_fails_for_free_has_paid_for_the_turns_before() {
    // Turn 1 is 0.07557, turn 2 0.08581. A fifth of the conversations fails, at turn 1 (nothing is
    // paid) or at turn 2 (turn 1 is): 0.16138 to (0.8 × 0.16138 + 0.2 × 0.07557) ÷ 0.8.
    let per_image = two_turns("free", "0.2").attempts.per_accepted_image;
    assert_eq!(bounds(&per_image), (dec("0.16138"), None, Some(dec("0.1802725"))));
}

#[test]
fn a_reply_of_the_image_model_alone_lacks_the_mainline_model() {
    let catalog = Catalog::shipped();
    let json = include_str!("../fixtures/replies/edit-3840x2160-high.json");
    let terms = Terms { route: Some("openai/responses/gpt-image-2"), ..terms(TODAY) };
    let read = reply::read("reply.json", json, &[]).expect("a reply");
    let rated = estimate_reply(&catalog, read, &ReplyContext::default(), &terms).expect("rated");
    assert_eq!(bounds(&rated.total), (dec("0.413"), None, None));
    assert!(rated.charges.iter().any(|charge| charge.meter == Meter::TextOutput));
}

#[test]
fn a_mainline_model_without_a_table_of_the_owner_is_refused() {
    let [problem] = &problems(acme("[gpt-6-sol, gpt-6-luna]", "free"))[..] else {
        panic!("one problem")
    };
    assert_eq!(problem.code, ProblemCode::UnknownModel);
    assert_eq!(problem.message, "no table prices the mainline model `gpt-6-luna`");
    let help = problem.help.to_string();
    assert!(help.contains("provider/acme/gpt-6-luna.yaml"), "{help}");
}

#[test]
fn an_image_tool_that_no_model_calls_is_refused() {
    let [problem] = &problems(acme("[]", "free"))[..] else { panic!("one problem") };
    assert_eq!(problem.code, ProblemCode::Empty);
}
