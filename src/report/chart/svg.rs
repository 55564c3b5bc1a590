//! A chart as SVG: text alternatives, classes for a style sheet, and no script, font or picture from elsewhere.

use askama::Template;

use super::axis::{self, Plot};
use super::frame::Frame;
use super::look::cut;
use super::reach::most;
use super::scale::Scale;
use super::shape::Shape;
use super::{Chart, Kind, bars, columns, legend, line};
use crate::report::sheet::said;

/// The colours and lines of every chart, light and dark.
pub(crate) const STYLE: &str = include_str!("../../../templates/chart.css");

/// A chart within a page.
#[derive(Debug, Template)]
#[template(path = "chart.svg", escape = "html")]
pub(crate) struct Drawing {
    /// What its texts are found by; its own in the page.
    id: String,
    title: String,
    words: String,
    width: u32,
    height: u32,
    shapes: Vec<Shape>,
}

/// A chart by itself, with its title, what it is of, and what it was made by.
#[derive(Debug, Template)]
#[template(path = "slide.svg", escape = "html")]
struct Slide<'a> {
    style: &'a str,
    words: String,
    title: String,
    of: String,
    made_of: String,
    /// How far the drawing is from the edges, and from the top.
    around: u32,
    top: u32,
    width: u32,
    height: u32,
    shapes: Vec<Shape>,
}

/// A chart for a page. The id is its own there.
pub(crate) fn drawn(chart: &Chart, frame: Frame, id: String) -> Drawing {
    let (shapes, height) = shapes(chart, frame);
    Drawing {
        id,
        title: said(&chart.title).into_owned(),
        words: said(&chart.in_words()).into_owned(),
        width: frame.width,
        height,
        shapes,
    }
}

/// A chart as a file of its own.
pub(crate) fn slide(chart: &Chart, of: &str, made_of: &str) -> String {
    const AROUND: u32 = 32;
    const TOP: u32 = 84;
    const FOOT: u32 = 56;
    let (shapes, height) = shapes(chart, Frame::SLIDE);
    let width = Frame::SLIDE.width;
    let slide = Slide {
        style: STYLE,
        words: said(&chart.in_words()).into_owned(),
        title: cut(&chart.title, width, 20),
        of: cut(of, width, 12),
        made_of: cut(made_of, width, 12),
        around: AROUND,
        top: TOP,
        width: width + 2 * AROUND,
        height: TOP + height + FOOT,
        shapes,
    };
    slide.to_string()
}

/// What a chart consists of, and how high it is.
fn shapes(chart: &Chart, frame: Frame) -> (Vec<Shape>, u32) {
    let (mut shapes, top) = legend::drawn(chart, frame.width);
    if chart.kind == Kind::Bars {
        let (bars, height) = bars::drawn(chart, frame.width, top);
        shapes.extend(bars);
        return (shapes, height);
    }
    let scale = Scale::of(most(chart), frame.height - axis::BELOW);
    let plot = Plot::of(frame, top, &scale);
    shapes.extend(axis::grid(&plot, &scale));
    shapes.extend(match chart.kind {
        Kind::Line => line::drawn(chart, &plot, &scale),
        _ => columns::drawn(chart, &plot, &scale),
    });
    shapes.extend(axis::lines(chart, &plot, &scale));
    shapes.extend(axis::names(chart, &plot));
    (shapes, top + frame.height)
}
