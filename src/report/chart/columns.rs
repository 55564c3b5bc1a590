//! Columns: parts on each other, and a band from the low to the high end.

use rust_decimal::Decimal;

use super::axis::{Plot, short};
use super::look::class_of;
use super::scale::Scale;
use super::shape::{Shape, place};
use super::{Category, Chart};
use crate::figure::Figure;
use crate::report::number;
use crate::report::sheet::said;

/// How high the open end of an amount is drawn of which a part alone is known.
const OPEN: Decimal = Decimal::from_parts(14, 0, 0, false, 0);
/// The widest column.
const WIDEST: Decimal = Decimal::from_parts(64, 0, 0, false, 0);

pub(super) fn drawn(chart: &Chart, plot: &Plot, scale: &Scale) -> Vec<Shape> {
    let amounts = chart.categories.iter().enumerate();
    let amounts = amounts.filter_map(|(index, it)| Some((index, it, it.amount.as_ref()?)));
    amounts.flat_map(|of| column(chart, of, plot, scale)).collect()
}

fn column(
    chart: &Chart,
    (index, category, amount): (usize, &Category, &Figure<Decimal>),
    plot: &Plot,
    scale: &Scale,
) -> Vec<Shape> {
    let (start, room) = plot.slot(index, chart.categories.len());
    let width = short((room * Decimal::new(74, 2)).min(WIDEST));
    let x = short(start + (room - width) / Decimal::TWO);
    let rect = |class: String, (top, bottom): (Decimal, Decimal), said: String| Shape::Rect {
        class,
        at: place(x, top),
        width,
        height: short(bottom - top),
        said,
    };
    let between = |low, high| (plot.y(scale, high), plot.y(scale, low));
    let words = |name: &str, amount: &Figure<Decimal>| {
        let name = said(name);
        format!("{}, {name}: {}", category.name, number::dollar_figure_alone(amount))
    };
    let mut under = Decimal::ZERO;
    let parts = parts(chart, index, amount).into_iter().map(|(name, class, part)| {
        let base = under;
        under = under.checked_add(part.low()).unwrap_or(Decimal::MAX);
        rect(format!("part {class}"), between(base, under), words(name, part))
    });
    let mut shapes: Vec<Shape> = parts.collect();
    let low = amount.low();
    shapes.extend(match amount {
        Figure::Exact(_) => None,
        Figure::Range { high, .. } => {
            Some(rect("band".into(), between(low, *high), words("low to high", amount)))
        }
        Figure::Unknown { .. } => {
            let bottom = plot.y(scale, low);
            Some(rect("open".into(), (bottom - OPEN, bottom), words("not known in full", amount)))
        }
    });
    shapes
}

/// The parts of an amount, each with its name and its class; the amount itself where it has none.
fn parts<'a>(
    chart: &'a Chart,
    index: usize,
    amount: &'a Figure<Decimal>,
) -> Vec<(&'a str, String, &'a Figure<Decimal>)> {
    if chart.series.is_empty() {
        return vec![("cost", class_of(0), amount)];
    }
    let series = chart.series.iter().enumerate();
    let parts = series
        .filter_map(|(at, it)| Some((it.name.as_str(), class_of(at), it.amounts.get(index)?)));
    parts.filter(|(.., part)| !part.low().is_zero()).collect()
}
