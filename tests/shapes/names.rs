//! Names of models as SDKs, gateways and hosts write them: they find the model, or say which routes have it.

use imgcost::Catalog;
use imgcost::estimate::{EstimateError, Terms, price_request};
use imgcost::request::{Draft, RequestError};

use crate::common::TODAY;
use crate::common::cli::{estimate, estimate_stdin};

#[test]
fn a_maker_before_a_model_and_any_case_are_the_model() {
    for name in [
        "openai/gpt-image-2",
        "GPT-Image-2",
        "openrouter/openai/gpt-image-2",
        "gpt-image-2-2026-04-21",
    ] {
        let run = estimate(&["--model", name, "--prompt-tokens", "2", "--format", "json"]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        assert_eq!(run.json()["model"], "gpt-image-2", "{name}");
        assert_eq!(run.json()["owner_kind"], "official", "{name}");
    }
    let google = estimate(&["--model", "google/gemini-3-pro-image", "--format", "json"]);
    assert_eq!(google.json()["model"], "gemini-3-pro-image", "{}", google.stderr);
}

#[test]
fn another_owner_before_a_model_names_its_route_and_so_does_what_a_route_is_sent() {
    for (name, help) in [
        ("azure/gpt-image-2", "--route provider/microsoft/gpt-image-2"),
        ("fal-ai/gpt-image-2", "--route provider/fal/gpt-image-2"),
        ("openai/gpt-image-2/edit", "--route provider/fal/gpt-image-2-edit"),
    ] {
        let run = estimate(&["--model", name]);
        assert_eq!(run.code, 2, "{name}: {}", run.stdout);
        assert!(run.stderr.contains(help), "{name}: {}", run.stderr);
    }
    // With its route, what it is sent stands for the model.
    let sent = ["--model", "openai/gpt-image-2/edit", "--route", "fal/gpt-image-2-edit"];
    let run =
        estimate(&[&sent[..], &["--input-image", "1024x1024", "--prompt-tokens", "2"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn the_name_of_a_deployment_is_settled_by_the_model() {
    let body = r#"{"model":"our-posters","prompt":"A cat","size":"1024x1024","quality":"low"}"#;
    let open = estimate_stdin(&["-"], body);
    assert_eq!(open.code, 2);
    assert!(
        open.stderr.contains("--model settles") && open.stderr.contains("deployment"),
        "{}",
        open.stderr
    );
    let settled = estimate_stdin(&["-", "--model", "gpt-image-2", "--format", "json"], body);
    // 2 tokens and 6 that the service adds, at $5; 196 at $30.
    assert_eq!(settled.json()["cost_expected_usd"], "0.00592", "{}", settled.stderr);
}

/// Every name that the tables have for a model or a route finds its model, or says which routes are sent it.
#[test]
fn every_alias_of_the_catalogue_finds_its_model_or_names_its_routes() {
    let catalog = Catalog::shipped();
    let day = TODAY.parse().expect("a day");
    let named = |name: &str| {
        let draft = Draft { model: Some(name.to_owned()), ..Draft::default() };
        price_request(&catalog, &draft, &Terms::on(day))
    };
    for model in catalog.models().expect("models") {
        for name in std::iter::once(&model.id).chain(&model.aliases) {
            for name in [name.clone(), name.to_uppercase(), format!("{}/{name}", model.maker)] {
                match named(&name) {
                    Ok(estimate) => assert_eq!(estimate.model.id, model.id, "{name}"),
                    Err(error) => assert!(!is_unknown(&error), "{name}: {error}"),
                }
            }
        }
    }
    for id in catalog.route_ids() {
        let route = catalog.route(&id.to_string()).expect("a route");
        let Some(alias) = &route.alias else { continue };
        match named(alias) {
            Ok(_) => {}
            Err(error) => assert!(!is_unknown(&error), "{id}: {alias}: {error}"),
        }
    }
}

fn is_unknown(error: &EstimateError) -> bool {
    let EstimateError::Request(errors) = error else { return true };
    errors.iter().any(|error| matches!(error, RequestError::UnknownModel { .. }))
}
