//! A price table of one's own beside the shipped ones: `cargo run --example own_table`.

use imgcost::catalog::files::{Origin, TableFile};
use imgcost::report::number::dollar_figure_alone;
use imgcost::{Catalog, NaiveDate, Terms};

const OWNER: &str = "name: Acme\n";

/// What the owner does not say is said to be not stated: nothing is filled in for it.
const ROUTE: &str = r#"
model: gpt-image-2
alias: gpt-image-2
endpoint: not_stated
billing_unit: image
versions:
  - currency: USD
    evidence: {source: "offer of Acme by mail", seen: 2026-11-18, confidence: high}
    rates:
      - {meter: images, price: "0.12", per: 1, when: {quality: high}}
    not_billed: [tokens, calls]
    not_stated:
      - {meters: [images], when: {quality: medium}, reason: "the offer does not name it"}
"#;

const BODY: &str = r#"{"model": "gpt-image-2", "prompt": "A red fox", "quality": "high", "n": 10}"#;

fn file(name: &str, text: &str) -> TableFile {
    let path = format!("provider/acme/{name}.yaml");
    TableFile { shown: path.clone(), path, text: text.into(), origin: Origin::Own }
}

fn main() -> anyhow::Result<()> {
    let tables = vec![file("owner", OWNER), file("gpt-image-2", ROUTE)];
    let catalog = Catalog::shipped().with_files(tables)?;
    let day: NaiveDate = "2026-11-21".parse()?;
    let terms = Terms { route: Some("acme/gpt-image-2"), ..Terms::on(day) };
    let estimate = imgcost::price(&catalog, terms, BODY)?;
    println!("10 images at Acme: {}", dollar_figure_alone(&estimate.total));
    Ok(())
}
