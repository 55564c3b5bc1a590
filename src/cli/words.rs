//! The words of the library as values of flags, each with what it means in the help.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::budget::Case;
use crate::budget::afford::Span;
use crate::catalog::guidance::Work;
use crate::catalog::schema::Shape;
use crate::comparison::Order;
use crate::report::Format;
use crate::report::comparison::ColumnName;

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
            Format::Markdown => "For documents and pull requests",
        };
        word(self.as_str(), meaning)
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
            Span::Month => "Each month; the dearest one counts",
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

impl ValueEnum for ColumnName {
    fn value_variants<'a>() -> &'a [ColumnName] {
        &ColumnName::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        use ColumnName as Column;
        let meaning = match self {
            Column::Section => "Where the row stands",
            Column::Owner => "The price owner's name",
            Column::OwnerId => "The price owner's id",
            Column::OwnerKind => "What the owner is to the model",
            Column::Route => "The route, without its owner",
            Column::RouteId => "The whole id of the route",
            Column::Model => "The model",
            Column::Size => "The size asked for",
            Column::Quality => "The quality asked for",
            Column::Cost => "The cost per accepted image",
            Column::ByList => "Of a price of the user's own: what the owner's list asks",
            Column::Ratio => "The cost over that of the baseline",
            Column::Certainty => "How certain the cost is",
            Column::Seen => "The date of the source",
            Column::Age => "The age of the source in days",
            Column::BillingUnit => "What is billed",
            Column::Request => "The cost of one request",
            Column::Native => "The cost of one request in the owner's unit",
            Column::Volume => "The cost of the volume",
            Column::Cash => "The cash for the volume, with fees and bonuses",
            Column::SizeHonoured => "Whether the size is honoured",
            Column::QualityHonoured => "Whether the quality is honoured",
            Column::Missing => "What the stop rule misses",
            Column::Confidence => "How well the price is supported",
            Column::From => "The first day of the version",
            Column::Source => "Who states the price",
            Column::Reason => "Why the cost is not exact",
        };
        word(self.as_str(), meaning)
    }
}
