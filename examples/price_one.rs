//! Prices one API body: `cargo run --example price_one`.

use imgcost::report::number::dollar_figure_alone;
use imgcost::{Catalog, NaiveDate};

const BODY: &str = r#"{
    "model": "gpt-image-2",
    "prompt": "A poster of a red fox",
    "size": "1024x1536",
    "quality": "high",
    "n": 2
}"#;

fn main() -> anyhow::Result<()> {
    let day: NaiveDate = "2026-11-21".parse()?;
    let estimate = imgcost::price(&Catalog::shipped(), day, BODY)?;
    for charge in &estimate.charges {
        println!("{}: {}", charge.meter.label(), dollar_figure_alone(&charge.amount));
    }
    println!("in all, on {}: {}", estimate.table.route.id, dollar_figure_alone(&estimate.total));
    Ok(())
}
