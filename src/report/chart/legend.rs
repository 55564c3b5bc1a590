//! What the colours and lines of a chart stand for.

use rust_decimal::Decimal;

use super::look::{class_of, class_of_line, cut, width_of};
use super::reach::{is_in_reach, most};
use super::shape::{Shape, place};
use super::{Chart, Series};

/// The height of a line of the legend.
const LINE: u32 = 20;
/// The size of its letters, and the room of the sign in front.
const LETTERS: u32 = 12;
const SIGN: u32 = 18;
/// The most columns of a name; it stands in full in the table.
const LONGEST: u32 = 220;

/// A sign and its words.
struct Entry {
    class: String,
    is_line: bool,
    /// Whether it is a name of a user's, which may be long.
    is_name: bool,
    words: String,
}

/// The legend of a chart, and how much of the top it takes.
pub(super) fn drawn(chart: &Chart, width: u32) -> (Vec<Shape>, u32) {
    let entries = entries(chart);
    if entries.is_empty() {
        return (Vec::new(), 6);
    }
    let (mut placed, mut x, mut y) = (Vec::new(), 0, 10);
    for entry in &entries {
        let longest = if entry.is_name { LONGEST } else { u32::MAX };
        let words = cut(&entry.words, longest.min(width - SIGN), LETTERS);
        let room = SIGN + width_of(&words, LETTERS) + 14;
        if x > 0 && x + room > width {
            (x, y) = (0, y + LINE);
        }
        placed.push((entry, words, x, y));
        x += room;
    }
    let shape = |(entry, words, x, y): (&Entry, String, u32, u32)| {
        let class = entry.class.clone();
        let sign = match entry.is_line {
            true => Shape::path(class, format!("M{x} {y}h12")),
            false => {
                let (width, height) = (Decimal::from(12), Decimal::from(10));
                Shape::Rect { class, at: place(x, y - 5), width, height, said: String::new() }
            }
        };
        [sign, Shape::words("key", place(x + SIGN, y + 4), words)]
    };
    (placed.into_iter().flat_map(shape).collect(), y + LINE)
}

fn entries(chart: &Chart) -> Vec<Entry> {
    let entry = |class: &str, is_line, words: String| Entry {
        class: class.into(),
        is_line,
        is_name: false,
        words,
    };
    let series = chart.series.iter().enumerate();
    let named = |(at, it): (usize, &Series)| Entry {
        is_name: true,
        ..entry(&class_of(at), false, it.name.clone())
    };
    let mut all: Vec<Entry> = series.map(named).collect();
    if chart.has_ranges() {
        all.push(entry("band", false, "from the low to the high end".into()));
    }
    if chart.has_unknowns() {
        all.push(entry("open", false, "at least: the rest is not known".into()));
    }
    let most = most(chart);
    all.extend(chart.lines.iter().enumerate().map(|(index, line)| {
        let words = match is_in_reach(line, most) {
            true => line.name.clone(),
            false => format!("{}, above what is shown", line.name),
        };
        entry(class_of_line(index), true, words)
    }));
    all
}
