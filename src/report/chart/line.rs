//! A line over the months, within a band from the low to the high end.

use rust_decimal::Decimal;

use super::Chart;
use super::axis::Plot;
use super::scale::Scale;
use super::shape::{Shape, place};
use crate::figure::Figure;
use crate::report::number;

/// A point of the line.
struct Point<'a> {
    name: &'a str,
    amount: &'a Figure<Decimal>,
    x: Decimal,
    low: Decimal,
    /// What is expected, else the high end; the part that is known where there is none.
    middle: Decimal,
    high: Decimal,
}

pub(super) fn drawn(chart: &Chart, plot: &Plot, scale: &Scale) -> Vec<Shape> {
    let points = points(chart, plot, scale);
    let is_known = |point: &&Point| point.amount.high().is_some();
    let known = points.iter().take_while(is_known).count();
    let mut shapes = Vec::new();
    if chart.has_ranges() {
        shapes.push(Shape::path("band", band(&points[..known])));
    }
    shapes.push(Shape::path("line", path(&points[..known])));
    if known < points.len() {
        // From the first amount on that is not known in full, the line is a lower bound.
        shapes.push(Shape::path("line open", path(&points[known.saturating_sub(1)..])));
    }
    shapes.extend(points.iter().map(|point| {
        let said = format!("{}: {}", point.name, number::dollar_figure_alone(point.amount));
        Shape::Dot { at: place(point.x, point.middle), said }
    }));
    shapes
}

fn points<'a>(chart: &'a Chart, plot: &Plot, scale: &Scale) -> Vec<Point<'a>> {
    let count = chart.categories.len();
    let point = |(index, category): (usize, &'a super::Category)| {
        let amount = category.amount.as_ref()?;
        let y = |amount| plot.y(scale, amount);
        let (low, high) = (amount.low(), amount.high().unwrap_or(amount.low()));
        let middle = y(amount.expected().unwrap_or(high));
        let (x, name) = (plot.middle(index, count), category.name.as_str());
        Some(Point { name, amount, x, low: y(low), middle, high: y(high) })
    };
    chart.categories.iter().enumerate().filter_map(point).collect()
}

fn path(points: &[Point]) -> String {
    through(points.iter().map(|point| (point.x, point.middle)))
}

/// Along the high ends and back along the low ones.
fn band(points: &[Point]) -> String {
    let along = points.iter().map(|point| (point.x, point.high));
    through(along.chain(points.iter().rev().map(|point| (point.x, point.low)))) + "Z"
}

fn through(places: impl Iterator<Item = (Decimal, Decimal)>) -> String {
    let places = places.enumerate().map(|(index, (x, y))| {
        let sign = if index == 0 { 'M' } else { 'L' };
        format!("{sign}{x} {y}")
    });
    places.collect()
}
