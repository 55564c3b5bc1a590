//! Where to look again: every shipped source has an address that a reader can follow, or says that none was kept; so
//! has every owner's price page.

mod common;

use std::collections::BTreeSet;

use common::{day, table_file};

use imgcost::catalog::Catalog;
use imgcost::catalog::locator::{Located, Locator, NOT_RECORDED};
use imgcost::problem::ProblemCode;
use imgcost::rate_card::{SourceToRead, sources};

/// Every source of the shipped tables, whenever it holds.
fn shipped() -> Vec<SourceToRead> {
    sources(&Catalog::shipped(), day("2020-01-01"))
}

fn place(source: &SourceToRead) -> String {
    format!("{}:{} ({})", source.place.0, source.place.1, source.stated.source)
}

#[test]
fn every_shipped_source_can_be_followed_or_says_that_its_address_was_not_kept() {
    let mut followed = 0;
    for source in shipped() {
        let locators = &source.stated.locators;
        assert!(!locators.is_empty(), "{} says nothing", place(&source));
        let addresses = locators.iter().filter(|it| *it != NOT_RECORDED);
        followed += usize::from(addresses.clone().count() > 0);
        for address in addresses {
            assert!(Locator::parse(address).is_ok(), "{}: {address}", place(&source));
        }
    }
    // What dossiers hold of the others is an internal id, or less.
    assert!(
        followed * 4 >= shipped().len() * 3,
        "{followed} of {} can be followed",
        shipped().len()
    );
}

#[test]
fn a_source_that_names_an_address_has_it_as_its_locator() {
    for source in shipped() {
        let text = &source.stated.source;
        let has = |part: &str| source.stated.locators.iter().any(|it| it.contains(part));
        for name in ["community.openai.com", "docs.laozhang.ai", "docs.apiyi.com", "docs.bfl.ai"] {
            assert!(!text.contains(name) || has(name), "{}", place(&source));
        }
        for commit in ["5c4d55740", "3664a9a25", "6b1798203"] {
            assert!(!text.contains(commit) || has(commit), "{}", place(&source));
        }
        assert!(!text.contains("LiteLLM 1.110.2") || has("litellm/1.110.2"), "{}", place(&source));
    }
}

/// A file that nobody can name has no address.
#[test]
fn what_names_no_page_has_no_address() {
    let unnamed = ["a public price file that names no day", "a price table with citations"];
    for source in shipped().iter().filter(|it| unnamed.contains(&&*it.stated.source)) {
        assert_eq!(source.stated.locators, [NOT_RECORDED], "{}", place(source));
    }
}

#[test]
fn every_shipped_owner_says_where_its_prices_are_read() {
    let catalog = Catalog::shipped();
    let mut recorded = BTreeSet::new();
    for id in catalog.route_ids() {
        let route = catalog.route(&id.to_string()).expect("a shipped route");
        assert_ne!(route.price_page, Located::NotGiven, "{}", route.id.owner);
        if !route.price_page.addresses().is_empty() {
            recorded.insert((id.kind, id.owner.clone()));
        }
    }
    assert!(recorded.len() >= 40, "{}: {recorded:?}", recorded.len());
}

const PAINT: &str = "\
model: gpt-image-2
alias: paint
endpoint: not_stated
billing_unit: image
versions:
  - currency: USD
    evidence: {source: \"an offer\"EVIDENCE, seen: 2026-06-01, confidence: high}
    rates: [{meter: images, price: \"0.10\", per: 1}]
    not_billed: [tokens, calls]
";

/// What is read of a source with these keys, or the codes of what is wrong.
fn read(locators: &str) -> Result<Located, Vec<String>> {
    let files = vec![
        table_file("provider/acme/owner.yaml", "name: Acme\n"),
        table_file("provider/acme/paint.yaml", PAINT.replace("EVIDENCE", locators)),
    ];
    let said = |it: &imgcost::problem::Problem| format!("{}: {}", it.code.as_str(), it.message);
    let catalog = Catalog::shipped()
        .with_files(files)
        .map_err(|problems| problems.iter().map(said).collect::<Vec<_>>())?;
    let route = catalog.route("provider/acme/paint").expect("the route");
    Ok(route.versions[0].evidence.locators.clone())
}

/// A table of one's own need not say where its sources are; that is not the same as an address that nobody kept.
#[test]
fn what_is_left_out_is_not_taken_for_what_was_not_kept() {
    assert_eq!(read(""), Ok(Located::NotGiven));
    assert_eq!(read(", locators: not_recorded"), Ok(Located::NotRecorded));
    let both = read(", locators: [\"https://acme.example/a\", \"https://acme.example/b\"]");
    assert_eq!(both.map(|it| it.addresses().len()), Ok(2));
}

#[test]
fn what_cannot_be_followed_is_refused_where_it_stands() {
    let bad = ProblemCode::BadAddress.as_str();
    for (locators, said) in [
        ("[\"acme.example/prices\"]", "does not begin with https:// or http://"),
        ("[\"javascript:alert(1)\"]", "does not begin with https:// or http://"),
        ("[\"https://me@acme.example/\"]", "has a user name or a password"),
        ("[\"https:///prices\"]", "has no host"),
        ("[\"https://acme.example/a b\"]", "(U+0020)"),
        ("[\"https://acme.example/\\u001b[2J\"]", "(U+001B)"),
        ("[\"https://a.example/\", \"https://a.example/\"]", "stands twice"),
    ] {
        let problems = read(&format!(", locators: {locators}")).expect_err(locators);
        assert_eq!(problems.len(), 1, "{locators}: {problems:?}");
        assert!(problems[0].starts_with(bad) && problems[0].contains(said), "{problems:?}");
    }
    for locators in ["\"https://acme.example/\"", "[]", "unknown", "{a: b}", "5"] {
        let problems = read(&format!(", locators: {locators}")).expect_err(locators);
        let said = "wrong-type: a list of addresses, or the word `not_recorded`, must stand here";
        assert_eq!(problems, [said], "{locators}");
    }
}

#[test]
fn a_price_page_is_an_address_or_the_word_that_it_was_not_kept() {
    let owner = |page: &str| {
        let owner = format!("name: Acme\nprice_page: {page}\n");
        let owner = table_file("provider/acme/owner.yaml", owner);
        let route = table_file("provider/acme/paint.yaml", PAINT.replace("EVIDENCE", ""));
        let catalog = Catalog::shipped().with_files(vec![owner, route])?;
        Ok::<_, imgcost::errors::Errors<_>>(
            catalog.route("provider/acme/paint").expect("the route").price_page.clone(),
        )
    };
    let page = owner("\"https://acme.example/prices\"").expect("an address");
    assert_eq!(page.as_written(), ["https://acme.example/prices"]);
    assert_eq!(owner("not_recorded").expect("a word"), Located::NotRecorded);
    let problems = owner("not_stated").expect_err("no address");
    assert_eq!(problems[0].code, ProblemCode::BadAddress, "{problems:?}");
}
