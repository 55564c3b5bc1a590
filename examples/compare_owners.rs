//! The same body at each price owner, for a volume of which 70% is accepted: `cargo run --example compare_owners`.

use imgcost::attempts::{AttemptRates, Failures};
use imgcost::report::number::dollar_figure_alone;
use imgcost::share::parse_share;
use imgcost::{Catalog, NaiveDate, Terms};

const BODY: &str =
    r#"{"model": "gpt-image-2", "prompt": "A red fox", "size": "1024x1024", "quality": "high"}"#;

fn main() -> anyhow::Result<()> {
    let day: NaiveDate = "2026-11-21".parse()?;
    let rates = AttemptRates::with_acceptance(parse_share("70%")?, Failures::NONE)?;
    let terms = Terms { rates, accepted_images: Some(1_000), ..Terms::on(day) };
    let comparison = imgcost::compare(&Catalog::shipped(), terms, BODY)?;
    for row in comparison.rows.iter().filter(|row| row.is_the_product()) {
        if let Some(cost) = row.limited_cost() {
            println!("{}: {}", row.route.id, dollar_figure_alone(&cost));
        }
    }
    Ok(())
}
