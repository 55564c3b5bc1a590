//! Forecasts a budget and holds it against its limit: `cargo run --example forecast_budget`.

use imgcost::report::number::dollar_figure_alone;
use imgcost::{Catalog, NaiveDate};

const BUDGET: &str = r#"
start: 2027-01
months: 6
workloads:
  - name: posters
    request: {model: gpt-image-2, size: 1024x1536, quality: high, prompt_tokens: 60}
    accepted_images: 2000
    growth: "3%"
    attempts: {acceptance: "70%"}
limits:
  total: "5000"
"#;

fn main() -> anyhow::Result<()> {
    let day: NaiveDate = "2026-11-21".parse()?;
    let found = imgcost::forecast(&Catalog::shipped(), day, BUDGET)?;
    for month in &found.months {
        println!("{}: {}", month.key(), dollar_figure_alone(&month.cost));
    }
    for limit in &found.limits {
        println!("{}: {}", limit.scope.in_words(), limit.verdict.as_str());
    }
    Ok(())
}
