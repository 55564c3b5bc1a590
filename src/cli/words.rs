//! The words of the library as values of flags, each with what it means in the help.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::bill::BillBy;
use crate::budget::Case;
use crate::budget::afford::Span;
use crate::catalog::guidance::Work;
use crate::catalog::schema::Shape;
use crate::comparison::Order;
use crate::estimate::GroupBy;
use crate::report::Format;
use crate::report::comparison::{COLUMNS, RouteColumn};
use crate::usage_cost::Dimension;

/// A word and what it means.
fn word(name: &'static str, meaning: &'static str) -> Option<PossibleValue> {
    Some(PossibleValue::new(name).help(meaning))
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            Format::Table => "For reading on a terminal",
            Format::Json => "For programs: one JSON object with a stable schema",
            Format::Csv => {
                "For spreadsheets: raw numbers at full precision, a row per line, no totals"
            }
            Format::Markdown => {
                "For documents and pull requests: the answer, one table, the rest folded"
            }
            Format::Html => "For forwarding: one page with charts, which needs no network",
            Format::Svg => "For a slide: the first chart",
            Format::Xlsx => "For finance: a workbook, of a forecast one that recalculates",
        };
        let word = word(self.as_str(), meaning);
        match self {
            // The suffix of such a file, which people type as its name.
            Format::Markdown => word.map(|word| word.alias("md")),
            _ => word,
        }
    }
}

impl ValueEnum for Case {
    fn value_variants<'a>() -> &'a [Case] {
        &Case::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            Case::Low => "The least that it can cost",
            Case::Expected => "What it is expected to cost",
            Case::High => "The most that it can cost",
        };
        word(self.as_str(), meaning)
    }
}

impl ValueEnum for Span {
    fn value_variants<'a>() -> &'a [Span] {
        &Span::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            Span::Total => "The whole budget",
            Span::Month => "Each month; the one that costs most counts",
        };
        word(self.as_str(), meaning)
    }
}

impl ValueEnum for Work {
    fn value_variants<'a>() -> &'a [Work] {
        &Work::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            Work::Manual => "Images made by hand, one at a time",
            Work::Product => "Images made by a product, logged and repeatable",
            Work::Batch => "Many images at once that can wait",
            Work::Sensitive => "Work with material that must not leave known hands",
        };
        word(self.as_str(), meaning)
    }
}

impl ValueEnum for Shape {
    fn value_variants<'a>() -> &'a [Shape] {
        &Shape::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            Shape::Model => "What a model makes and how its usage is counted",
            Shape::Owner => "The party whose contract sets prices, and its terms",
            Shape::Route => "One way to get an image, with its dated prices",
            Shape::Guidance => "For whom which kind of offer is",
            Shape::FreeKeys => "What of API requests and replies bills nothing",
            Shape::Amendment => "What you have agreed, or know, of a shipped table",
        };
        word(self.as_str(), meaning)
    }
}

impl ValueEnum for BillBy {
    fn value_variants<'a>() -> &'a [BillBy] {
        &BillBy::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            BillBy::Day => "The day",
            BillBy::Month => "The calendar month",
            BillBy::Project => "What the bill books it on",
            BillBy::Model => "The model, or the text of a line that names none",
            BillBy::Processing => "How it was processed",
            BillBy::Meter => "What was counted, with its quantity",
            BillBy::Owner => "The price owner",
            BillBy::Kind => "Usage, fee, adjustment, refund, credit or tax",
            BillBy::Text => "The free text of the line",
        };
        word(self.as_str(), meaning)
    }
}

impl ValueEnum for Order {
    fn value_variants<'a>() -> &'a [Order] {
        &Order::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            Order::Cost => "By cost per accepted image, what is unknown last",
            Order::Owner => "By the price owner's name",
            Order::Date => "By the date of the source, the newest first",
        };
        word(self.as_str(), meaning)
    }
}

impl ValueEnum for RouteColumn {
    fn value_variants<'a>() -> &'a [RouteColumn] {
        &COLUMNS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        word(self.term.key, self.term.meaning)
    }
}

impl ValueEnum for GroupBy {
    fn value_variants<'a>() -> &'a [GroupBy] {
        &GroupBy::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            GroupBy::Model => "The model that makes the image",
            GroupBy::Size => "The size asked for, or that a reply says it made",
            GroupBy::Quality => "The quality asked for, or that a reply says it made",
            GroupBy::Processing => "How it is processed",
            GroupBy::Owner => "The price owner",
            GroupBy::Route => "The route",
            GroupBy::Day => "The day whose prices hold",
            GroupBy::File => "The file",
        };
        word(self.as_str(), meaning)
    }
}

impl ValueEnum for Dimension {
    fn value_variants<'a>() -> &'a [Dimension] {
        &Dimension::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let meaning = match self {
            Dimension::Day => "The day on which it was used",
            Dimension::Month => "The month in which it was used",
            Dimension::Model => "The model that makes the image",
            Dimension::Route => "The route whose prices hold",
            Dimension::Owner => "The price owner",
            Dimension::Project => "What it is booked on",
            Dimension::Tag => "The tag of the log",
            Dimension::Size => "The size that was delivered, else the one asked for",
            Dimension::Quality => "The quality that was delivered, else the one asked for",
            Dimension::Status => "How it ended, in the word of the log",
            Dimension::Processing => "How it was processed",
            Dimension::File => "The file",
        };
        word(self.as_str(), meaning)
    }
}
