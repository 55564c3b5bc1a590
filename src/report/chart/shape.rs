//! What a drawing consists of: a template writes each as SVG.

use rust_decimal::Decimal;

/// A part of a drawing; the class is what the style sheet gives its colours and lines by.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    /// A rectangle, with the words that are shown where a pointer rests on it.
    Rect { class: String, at: Coordinates, width: Decimal, height: Decimal, said: String },
    /// A line or an area, as SVG writes them.
    Path { class: String, d: String },
    /// A point of a line, with its words.
    Dot { at: Coordinates, said: String },
    /// Words, from where they start, end or have their middle.
    Words { class: &'static str, at: Coordinates, anchor: &'static str, words: String },
}

/// Where something is in a drawing, from its left and its top.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coordinates {
    pub x: Decimal,
    pub y: Decimal,
}

/// The coordinates of a place.
pub(super) fn place(x: impl Into<Decimal>, y: impl Into<Decimal>) -> Coordinates {
    Coordinates { x: x.into(), y: y.into() }
}

impl Shape {
    pub fn path(class: impl Into<String>, d: impl Into<String>) -> Shape {
        Shape::Path { class: class.into(), d: d.into() }
    }

    /// Words that start there.
    pub fn words(class: &'static str, at: Coordinates, words: String) -> Shape {
        Shape::Words { class, at, anchor: "start", words }
    }

    /// Words that end there.
    pub fn words_to(class: &'static str, at: Coordinates, words: String) -> Shape {
        Shape::Words { class, at, anchor: "end", words }
    }
}
