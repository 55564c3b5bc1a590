//! A report as a page: one file that needs no network and no script, to be forwarded, read on a telephone, printed and
//! heard. Texts are data: the templates escape them where they are put in, and a link is an address of http or https alone.

mod pieces;
mod table;

use askama::Template;

use super::chart::{self, Chart, Drawing, Frame, Kind};
use super::document::Report;
use super::envelope::TOOL;
use super::fold::Hidden;
use super::handout::{Part, Summary};
use super::sheet::said;
use super::{Page, block::Block};
use pieces::{Body, Pieces};
use table::Table;

/// What the whole page is made of.
#[derive(Template)]
#[template(path = "page.html")]
struct Whole<'a> {
    tool: &'a str,
    chart_style: &'a str,
    style: &'a str,
    title: String,
    notes: Vec<String>,
    ask: Option<(String, String)>,
    answer: String,
    parts: Vec<Shown>,
    /// Whether anything is folded, which paper does not show.
    is_folded: bool,
    made_of: String,
    call: String,
}

/// A part of a page.
struct Shown {
    /// What its heading is found by.
    id: String,
    class: &'static str,
    heading: String,
    figure: Option<Figure>,
    pieces: Pieces,
}

/// A chart as wide as a page has room for, and as a telephone has: the style shows one of them.
struct Figure {
    title: String,
    wide: Drawing,
    narrow: Drawing,
    table: Option<Table>,
}

/// The page, and what it does not show.
pub(super) fn render(report: &Report, page: &Page) -> (String, Hidden) {
    let Summary { title, notes, ask, answer } = report.summary();
    let text = |text: String| said(&text).into_owned();
    let mut body = Body::of(page);
    let parts = report.parts();
    let parts = parts.iter().enumerate().map(|(index, it)| shown(it, index, &mut body)).collect();
    let whole = Whole {
        tool: TOOL,
        chart_style: chart::STYLE,
        style: include_str!("../../../templates/page.css"),
        title: text(title),
        notes: notes.into_iter().map(text).collect(),
        ask: ask.map(|(name, figure)| (text(name), text(figure))),
        answer: text(answer.join(" ")),
        parts,
        is_folded: body.is_folded,
        made_of: text(report.colophon()),
        call: text(report.call().to_owned()),
    };
    (whole.to_string(), body.hidden)
}

fn shown(part: &Part, index: usize, body: &mut Body) -> Shown {
    let id = format!("part{index}");
    // The first table below a chart is that of the chart.
    let (table, rest) = match (&part.chart, &part.blocks[..]) {
        (Some(chart), [Block::Sheet(sheet), rest @ ..]) => {
            body.is_folded = true;
            (Some(body.table(sheet, &chart.title)), rest)
        }
        (_, all) => (None, all),
    };
    Shown {
        class: match part.chart.as_ref().map(|chart| chart.kind) {
            Some(Kind::Columns | Kind::Line) => "part upright",
            _ => "part",
        },
        heading: said(&part.heading).into_owned(),
        figure: part.chart.as_ref().map(|chart| figure(chart, &id, table)),
        pieces: body.pieces(rest, &part.heading),
        id,
    }
}

fn figure(chart: &Chart, id: &str, table: Option<Table>) -> Figure {
    Figure {
        title: said(&chart.title).into_owned(),
        wide: chart::drawn(chart, Frame::WIDE, format!("{id}-wide")),
        narrow: chart::drawn(chart, Frame::NARROW, format!("{id}-narrow")),
        table,
    }
}
