//! What the colours and lines of a chart stand for, and how much room words take.

use rust_decimal::Decimal;
use textwrap::core::display_width;

use super::axis::{is_in_reach, most};
use super::shape::{Shape, place};
use super::{Chart, Series};
use crate::report::sheet::said;

/// The height of a line of the legend.
const LINE: u32 = 20;
/// The size of its letters, and the room of the sign in front.
const LETTERS: u32 = 12;
const SIGN: u32 = 18;
/// The most columns of a name; it stands in full in the table.
const LONGEST: u32 = 220;

/// The class of a series: the colours begin again where they are used up.
pub(super) fn class_of(index: usize) -> String {
    format!("s{}", index % 6 + 1)
}

/// The class of a line: the first is what is least to be exceeded.
pub(super) fn class_of_line(index: usize) -> &'static str {
    if index == 0 { "limit" } else { "limit next" }
}

/// About how wide words are, in letters of a size; a little more than most letters take.
pub(super) fn width_of(words: &str, letters: u32) -> u32 {
    let columns = u32::try_from(display_width(words)).unwrap_or(u32::MAX / 1000);
    columns.saturating_mul(letters * 6) / 10
}

/// Words that take no more than so much room, with a sign where something is missing.
pub(super) fn cut(words: &str, room: u32, letters: u32) -> String {
    let words = said(words).replace('\n', " ");
    if width_of(&words, letters) <= room {
        return words;
    }
    let mut kept = String::new();
    for c in words.chars() {
        kept.push(c);
        if width_of(&kept, letters) + letters > room {
            break;
        }
    }
    kept + "…"
}

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
