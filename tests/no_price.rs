//! Not read is not "not published": what is said of a route without a price, and that nothing is claimed of its owner
//! that no source states.

mod common;

use std::fs;
use std::path::Path;

use common::{TODAY, day, table_file, terms};

use imgcost::catalog::Catalog;
use imgcost::catalog::route::{Route, Status};
use imgcost::errors::Errors;
use imgcost::estimate::{EstimateError, Terms, estimate_request};
use imgcost::problem::Problem;
use imgcost::request::Draft;

/// What is said of a request on a route, and what to do about it.
fn refusal(catalog: &Catalog, route: &str) -> (String, String) {
    let terms = Terms { route: Some(route), ..terms(TODAY) };
    match estimate_request(catalog, &Draft::default(), &terms) {
        Err(EstimateError::Request(errors)) => {
            (errors[0].to_string(), errors[0].help().expect("what to do"))
        }
        other => panic!("{route}: {other:?}"),
    }
}

fn shipped_with(status: Status) -> Vec<std::sync::Arc<Route>> {
    let catalog = Catalog::shipped();
    let routes = catalog.route_ids().iter().map(|id| catalog.route(&id.to_string()));
    let routes = routes.map(|route| route.expect("a shipped route"));
    routes.filter(|route| route.status == status).collect()
}

#[test]
fn four_ways_of_having_no_price_are_told_apart() {
    let catalog = Catalog::shipped();
    for (route, said, next) in [
        (
            "provider/venice/gpt-image-2",
            "its owner publishes one that is not entered here",
            "read it at https://venice.ai/ or https://docs.venice.ai/, and enter",
        ),
        (
            "provider/cloudflare/gpt-image-2",
            "by its owner's word none is public",
            "what is said of it: the upstream price without a markup, shown in the dashboard only; ",
        ),
        (
            "provider/openrouter/gpt-image-2",
            "none was found, which says nothing of its owner",
            "look at https://openrouter.ai/models, or ask its owner, and enter",
        ),
        ("provider/digitalocean/gpt-image-2", "none was found", "what is said of it: listed, "),
        ("official/openai/chatgpt-plus", "it is sold by subscription", "price API work on a route"),
    ] {
        let (message, help) = refusal(&catalog, route);
        assert_eq!(message.split(" has no price to rate with: ").next(), Some(route), "{message}");
        assert!(message.contains(said), "{message}");
        assert!(help.contains(next), "{route}: {help}");
    }
}

/// What a table says of its owner has a source; and where a price is published, an address.
#[test]
fn every_shipped_route_without_a_price_says_no_more_than_its_source() {
    let entered = shipped_with(Status::NotEntered);
    assert!(entered.len() >= 10, "{}", entered.len());
    for route in entered {
        assert!(!route.look_at().is_empty(), "{}: where is it read?", route.id);
    }
    for route in shipped_with(Status::NotPublic) {
        let (text, by) = route.advertised.as_ref().expect("who says so");
        assert!(by.source.contains(&route.owner_name), "{}: its owner's word: {text}", route.id);
    }
    assert!(shipped_with(Status::NotFound).len() >= 10);
}

/// Sentences that deny of an owner what was only not read.
const CLAIMS: [&str; 7] = [
    "publishes no",
    "publish no",
    "not published",
    "not public",
    "none is published",
    "no quota is published",
    "no public price",
];

#[test]
fn no_shipped_table_denies_what_was_only_not_read() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("pricing")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml") {
                let text = fs::read_to_string(&path).expect("a table").to_lowercase();
                let claim = CLAIMS.iter().find(|claim| text.contains(**claim));
                assert_eq!(claim, None, "{}", path.display());
            }
        }
    }
}

const OWNER: &str = "provider/acme/owner.yaml";

fn own(owner: &str, keys: &str) -> Result<Catalog, Errors<Problem>> {
    let route = format!(
        "model: gpt-image-2\nalias: paint\nendpoint: not_stated\nbilling_unit: image\n{keys}"
    );
    let files = vec![table_file(OWNER, owner), table_file("provider/acme/paint.yaml", route)];
    Catalog::shipped().with_files(files)
}

fn said(more: &str) -> String {
    format!(
        "advertised:\n  text: \"from $0.05\"\n  evidence: {{source: \"Acme, own page\", seen: 2026-11-01, confidence: high{more}}}\n"
    )
}

#[test]
fn a_statement_on_an_owner_needs_its_source_and_a_published_price_its_address() {
    let problem = |owner: &str, keys: &str| -> String {
        let problems = own(owner, keys).err().expect("a problem");
        assert_eq!(problems.len(), 1, "{problems}");
        problems[0].one_line()
    };
    for status in ["not_public", "not_entered"] {
        let line = problem("name: Acme\n", &format!("status: {status}\n"));
        let expected = format!(
            "provider/acme/paint.yaml:5:9: `status: {status}` needs `advertised`: what is said, by whom and when [missing-key]"
        );
        assert_eq!(line, expected);
    }
    let line = problem("name: Acme\n", &format!("status: not_entered\n{}", said("")));
    assert!(line.contains("needs an address at which the price can be read"), "{line}");

    let page = "name: Acme\nprice_page: \"https://acme.example/prices\"\n";
    let at = ", locators: [\"https://acme.example/\"]";
    for (owner, keys) in [
        ("name: Acme\n", "status: not_found\n".to_owned()),
        ("name: Acme\n", format!("status: not_public\n{}", said(""))),
        ("name: Acme\n", format!("status: not_entered\n{}", said(at))),
        (page, format!("status: not_entered\n{}", said(""))),
    ] {
        let catalog = own(owner, &keys).expect("a table that can be read");
        let route = catalog.route("provider/acme/paint").expect("the route");
        assert_eq!(route.status_on(day(TODAY)), route.status);
    }
}

/// Nobody has looked for the price of a route that is given without one: nothing is said in its place.
#[test]
fn a_route_without_a_price_and_without_a_word_on_it_is_refused() {
    let problems = own("name: Acme\n", "").err().expect("a problem");
    assert!(problems[0].help.to_string().contains("say `status: not_found`"), "{problems}");
}
