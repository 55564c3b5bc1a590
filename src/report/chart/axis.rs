//! What columns and lines stand in: the grid with its amounts, the names below, and the lines that are not to be exceeded.

use rust_decimal::Decimal;

use super::frame::Frame;
use super::look::{class_of_line, width_of};
use super::reach::{is_in_reach, most};
use super::scale::Scale;
use super::shape::{Shape, place};
use super::{Category, Chart, Line};

/// The room below the amounts, for the names.
pub(super) const BELOW: u32 = 30;

/// Where the amounts are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    left: u32,
    width: u32,
    /// The place of zero, from the top.
    zero: u32,
}

impl Plot {
    /// Below what takes the top, and right of the amounts of the axis.
    pub fn of(frame: Frame, top: u32, scale: &Scale) -> Plot {
        let widest = scale.ticks().iter().map(|(_, words)| width_of(words, 11)).max();
        let left = widest.unwrap_or(0) + 10;
        Plot { left, width: frame.width - left - 4, zero: top + frame.height - BELOW }
    }

    /// The room of a category: where it starts, and its width.
    pub fn slot(&self, index: usize, of: usize) -> (Decimal, Decimal) {
        let width = Decimal::from(self.width) / Decimal::from(of.max(1));
        let start = Decimal::from(self.left) + width * Decimal::from(index);
        (short(start), short(width))
    }

    /// The middle of the room of a category.
    pub fn middle(&self, index: usize, of: usize) -> Decimal {
        let (start, width) = self.slot(index, of);
        short(start + width / Decimal::TWO)
    }

    /// The place of an amount, from the top.
    pub fn y(&self, scale: &Scale, amount: Decimal) -> Decimal {
        short(Decimal::from(self.zero) - scale.at(amount))
    }
}

/// A length as it is written.
pub(super) fn short(length: Decimal) -> Decimal {
    length.round_dp(1).normalize()
}

/// The amounts of the axis with their lines.
pub(super) fn grid(plot: &Plot, scale: &Scale) -> Vec<Shape> {
    let end = plot.left + plot.width;
    let tick = |(length, words): (Decimal, String)| {
        let y = short(Decimal::from(plot.zero) - length);
        let class = if length.is_zero() { "grid zero" } else { "grid" };
        [
            Shape::path(class, format!("M{} {y}H{end}", plot.left)),
            Shape::words_to("tick", place(plot.left - 6, y + Decimal::from(4)), words),
        ]
    };
    scale.ticks().into_iter().flat_map(tick).collect()
}

/// The names of the categories, as many as have room.
pub(super) fn names(chart: &Chart, plot: &Plot) -> Vec<Shape> {
    let count = chart.categories.len();
    let widest = chart.categories.iter().map(|it| width_of(&it.name, 11)).max().unwrap_or(0) + 8;
    let room = (plot.width / widest.max(1)).max(1) as usize;
    let every = count.div_ceil(room).max(1);
    let shown = chart.categories.iter().enumerate().filter(|(index, _)| index % every == 0);
    let name = |(index, category): (usize, &Category)| {
        let at = place(plot.middle(index, count), plot.zero + 18);
        Shape::Words { class: "tick", at, anchor: "middle", words: category.name.clone() }
    };
    shown.map(name).collect()
}

/// What is not to be exceeded, as a line over the categories that it is of.
pub(super) fn lines(chart: &Chart, plot: &Plot, scale: &Scale) -> Vec<Shape> {
    let most = most(chart);
    let path = |line: &Line| {
        let mut path = String::new();
        for (index, amount) in line.amounts.iter().enumerate() {
            let Some(amount) = amount.filter(|amount| *amount <= most) else { continue };
            let (start, width) = plot.slot(index, line.amounts.len());
            let (y, end) = (plot.y(scale, amount), short(start + width));
            path += &format!("M{start} {y}H{end}");
        }
        path
    };
    let reached = chart.lines.iter().enumerate().filter(|(_, line)| is_in_reach(line, most));
    reached.map(|(index, line)| Shape::path(class_of_line(index), path(line))).collect()
}
