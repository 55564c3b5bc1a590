//! The same usage at two prices.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::WithPrices;
use super::words::rows;
use crate::figure::Figure;
use crate::report::block::Block;
use crate::report::dictionary::terms;
use crate::report::number::dollar_figure_alone;
use crate::report::record::{Each, Field, Record, Recorded, Value};
use crate::report::sheet::{Cell, Column, Sheet};
use crate::share::percent;
use crate::unit::Meter;
use crate::usage_cost::{ComparedMeter, ComparedModel, RowsWithoutPrice};

/// The other prices for people.
pub(super) fn blocks(with: &WithPrices) -> Vec<Block> {
    let WithPrices { label, compared } = with;
    let mut blocks = match compared.whole.rows {
        0 => vec![Block::Text(format!("No row has a price at {label}."))],
        _ => vec![
            Block::Text(answer(label, &compared.whole)),
            Block::Sheet(models(with)),
            Block::Sheet(meters(with)),
        ],
    };
    let left_out = |it: &RowsWithoutPrice| format!("{}: {}", rows(it.rows), it.why);
    let all: Vec<String> = compared.without_price.iter().map(left_out).collect();
    if !all.is_empty() {
        blocks.push(Block::List(format!("Without a price at {label}, and in neither sum:"), all));
    }
    blocks
}

fn answer(label: &str, whole: &ComparedModel) -> String {
    let (here, there) = (dollar_figure_alone(&whole.here), dollar_figure_alone(&whole.there));
    let by = match whole.difference() {
        None => "which may differ by what is open".to_owned(),
        Some(by) if by.is_zero() => "the same".to_owned(),
        Some(by) => {
            let amount = dollar_figure_alone(&Figure::Exact(by.abs()));
            let share =
                whole.change().map_or_else(String::new, |share| format!(" ({})", shown(share)));
            format!("{amount} {}{share}", if by.is_sign_negative() { "less" } else { "more" })
        }
    };
    format!("The same {} at {label}: {there} in place of {here}, {by}.", rows(whole.rows))
}

/// A share to a tenth of a percent.
fn shown(share: Decimal) -> String {
    percent(share.abs().round_dp(3))
}

fn models(with: &WithPrices) -> Sheet {
    let columns = vec![
        Column::of(&terms::MODEL),
        Column::of(&terms::LOG_ROWS),
        Column::of(&terms::OWNER_NAME),
        Column::of(&terms::COST),
        Column::text("Compared with"),
        Column::of(&terms::COST_ELSEWHERE),
        Column::of(&terms::COST_DIFFERENCE),
    ];
    let names = |names: &[std::sync::Arc<str>]| Cell::text(names.join(", "));
    let cells = |name: Cell, it: &ComparedModel| {
        let money = |amount: Decimal| Cell::Money(Figure::Exact(amount));
        vec![
            name,
            Cell::Count(Figure::Exact(it.rows)),
            names(&it.owners),
            Cell::Money(it.here.clone()),
            names(&it.owners_there),
            Cell::Money(it.there.clone()),
            it.difference().map_or(Cell::Empty, money),
        ]
    };
    let compared = with.compared;
    Sheet {
        columns,
        rows: compared.models.iter().map(|it| cells(Cell::text(&*it.model), it)).collect(),
        total: Some(cells(Cell::text("total"), &compared.whole)),
    }
}

fn meters(with: &WithPrices) -> Sheet {
    let columns = vec![
        Column::of(&terms::METER),
        Column::of(&terms::PRICING_QUANTITY).titled("Quantity"),
        Column::of(&terms::PER),
        Column::of(&terms::EFFECTIVE_UNIT_PRICE).titled("Price here"),
        Column::of(&terms::EFFECTIVE_UNIT_PRICE).titled("Price there"),
    ];
    let row = |it: &ComparedMeter| {
        let each = |price: &Option<Figure<Decimal>>| price.clone().map_or(Cell::Empty, Cell::Money);
        vec![
            Cell::text(it.meter.label()),
            Cell::Count(Figure::Exact(it.quantity)),
            Cell::Count(Figure::Exact(per(it.meter))),
            each(&it.here),
            each(&it.there),
        ]
    };
    Sheet { columns, rows: with.compared.meters.iter().map(row).collect(), total: None }
}

/// The same usage at other prices.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ComparedOutput<'a> {
    /// The prices that it is compared with, as they were asked for.
    pub with: &'a str,
    /// All rows that have a price on both sides.
    pub total: Record<&'a ComparedModel>,
    /// The same by model.
    pub models: Each<'a, Record<&'a ComparedModel>>,
    /// What a million tokens of a meter, or one of another, cost on both sides, as far as rows count it one by one.
    pub meters: Each<'a, Record<&'a ComparedMeter>>,
    /// Rows without a price on the other side, by the reason; they are in neither sum.
    pub without_price: Each<'a, Record<&'a RowsWithoutPrice>>,
}

pub(super) fn output<'a>(with: &'a WithPrices<'a>) -> ComparedOutput<'a> {
    let compared = with.compared;
    ComparedOutput {
        with: &with.label,
        total: Record::of(&compared.whole),
        models: Each::row(|| compared.models.iter()),
        meters: Each::row(|| compared.meters.iter()),
        without_price: Each::row(|| compared.without_price.iter()),
    }
}

impl Recorded for &ComparedModel {
    const NAME: &'static str = "compared_model";

    fn fields() -> Vec<Field<Self>> {
        let [cost, certainty, ..] = terms::COST.figure(|it: &Self| Some(&it.here));
        vec![
            terms::MODEL.of(|it: &Self| (&*it.model).into()),
            terms::LOG_ROWS.of(|it| it.rows.into()),
            terms::OWNERS.of(|it| names(&it.owners)),
            cost,
            certainty,
            terms::OWNERS_ELSEWHERE.of(|it| names(&it.owners_there)),
            terms::COST_ELSEWHERE.of(|it| Value::figure(&it.there)),
            terms::COST_DIFFERENCE.of(|it| it.difference().into()),
        ]
    }
}

fn names<'a>(names: &[std::sync::Arc<str>]) -> Value<'a> {
    Value::List(names.iter().map(|name| name.to_string()).collect())
}

impl Recorded for &ComparedMeter {
    const NAME: &'static str = "compared_meter";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::METER.of(|it: &Self| it.meter.as_str().into()),
            terms::PRICING_QUANTITY.of(|it| it.quantity.into()),
            terms::PER.of(|it| per(it.meter).into()),
            terms::EFFECTIVE_UNIT_PRICE.of(|it| it.here.as_ref().into()),
            terms::UNIT_PRICE_ELSEWHERE.of(|it| it.there.as_ref().into()),
        ]
    }
}

fn per(meter: Meter) -> u64 {
    if meter.is_tokens() { 1_000_000 } else { 1 }
}

impl Recorded for &RowsWithoutPrice {
    const NAME: &'static str = "rows_without_price";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::LOG_ROWS.of(|it: &Self| it.rows.into()),
            terms::REASON.of(|it| it.why.to_string().into()),
            terms::REASON_CODES.of(|it| Value::codes(it.why.codes())),
        ]
    }
}
