//! Bars one below the other, each under its name and its amount with how certain it is.

use rust_decimal::Decimal;

use super::look::{class_of_line, cut, width_of};
use super::reach::{is_in_reach, most};
use super::scale::Scale;
use super::shape::{Shape, place};
use super::{Category, Chart, Line};
use crate::figure::Figure;
use crate::report::number;
use crate::report::sheet::said;

/// The height of a bar, of a line of words above it, and the room below.
const BAR: u32 = 12;
const LINE: u32 = 18;
const BELOW: u32 = 9;
/// The size of the letters.
const LETTERS: u32 = 12;
/// From which width on a name and its amount stand in one line.
const IN_ONE_LINE: u32 = 500;

/// Where the bars are drawn.
struct Rows {
    width: u32,
    top: u32,
    /// Whether the amount has a line of its own, below the name.
    is_narrow: bool,
    scale: Scale,
}

impl Rows {
    fn height(&self) -> u32 {
        self.words() + BAR + BELOW
    }

    fn words(&self) -> u32 {
        if self.is_narrow { 2 * LINE } else { LINE }
    }

    /// The top of a bar.
    fn bar(&self, index: u32) -> u32 {
        self.top + self.height() * index + self.words() + 1
    }
}

/// The bars below what takes the top, and how high all is together.
pub(super) fn drawn(chart: &Chart, width: u32, top: u32) -> (Vec<Shape>, u32) {
    let most = most(chart);
    let scale = Scale::filled(most, width);
    let rows = Rows { width, top, is_narrow: width < IN_ONE_LINE, scale };
    let height = top + rows.height() * u32::try_from(chart.categories.len()).unwrap_or(0);
    let bars = (0..).zip(&chart.categories).flat_map(|(index, it)| bar(it, &rows, index));
    let lines = chart.lines.iter().enumerate().filter(|(_, line)| is_in_reach(line, most));
    let lines = lines.map(|(index, line)| Shape::path(class_of_line(index), across(&rows, line)));
    (bars.chain(lines).collect(), height)
}

/// A line across each bar, at its amount.
fn across(rows: &Rows, line: &Line) -> String {
    let amounts = (0..).zip(&line.amounts).filter_map(|(index, amount)| Some((index, (*amount)?)));
    let part = |(index, amount)| {
        let (x, y) = (rows.scale.at(amount), rows.bar(index));
        format!("M{x} {}V{}", y - 4, y + BAR + 4)
    };
    amounts.map(part).collect()
}

fn bar(category: &Category, rows: &Rows, index: u32) -> Vec<Shape> {
    let (width, scale) = (rows.width, &rows.scale);
    let amount = category.amount.as_ref();
    let words = amount.map_or_else(|| "not planned".to_owned(), in_words);
    let beside = if rows.is_narrow { 0 } else { width_of(&words, LETTERS) + 12 };
    let last = rows.bar(index) - 6;
    let first = if rows.is_narrow { last - LINE } else { last };
    let rect = |class: &str, x: Decimal, width: Decimal, said: String| {
        let (class, height) = (class.to_owned(), Decimal::from(BAR));
        Shape::Rect { class, at: place(x, last + 6), width, height, said }
    };
    let name = cut(&category.name, width.saturating_sub(beside), LETTERS);
    let (zero, none) = (Decimal::ZERO, String::new());
    let mut shapes = vec![
        Shape::words("key", place(0, first), name),
        Shape::words_to("key amount", place(width, last), words.clone()),
        rect("room", zero, width.into(), none.clone()),
    ];
    let Some(amount) = amount else { return shapes };
    let low = scale.at(amount.low());
    shapes.push(rect("part s1", zero, low, format!("{}: {words}", said(&category.name))));
    shapes.extend(match amount {
        Figure::Exact(_) => None,
        Figure::Range { high, .. } => Some(rect("band", low, scale.at(*high) - low, none)),
        Figure::Unknown { .. } => Some(rect("open", low, Decimal::from(24), none)),
    });
    shapes
}

/// An amount and how certain it is.
fn in_words(amount: &Figure<Decimal>) -> String {
    let dollars = number::dollar_range(amount);
    match amount {
        Figure::Unknown { at_least, .. } if at_least.is_zero() => dollars,
        amount => format!("{dollars} {}", amount.certainty().as_str()),
    }
}
