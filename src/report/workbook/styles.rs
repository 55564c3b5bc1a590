//! How cells look: number formats, and colours that say in which role a cell is; words say the same.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::{Kind, Role, Style};

/// Blue on pale yellow, as finance marks what may be changed.
const INPUT: (Color, Color) = (Color::RGB(0x1F3FBF), Color::RGB(0xFFF9DB));
const HEADING: (Color, Color) = (Color::White, Color::RGB(0x2F4B6E));
const HELD: Color = Color::RGB(0x5F5F5F);

/// The formats of a workbook, each made once.
#[derive(Default)]
pub(super) struct Styles(HashMap<Style, Format>);

impl Styles {
    pub(super) fn of(&mut self, style: Style) -> &Format {
        self.0.entry(style).or_insert_with(|| format(style))
    }
}

fn format(Style { kind, role }: Style) -> Format {
    let plain = Format::new().set_align(FormatAlign::Top);
    let format = match kind {
        Kind::Text => plain,
        Kind::Wrapped => plain.set_text_wrap(),
        Kind::Title => plain.set_bold().set_font_size(14),
        Kind::Heading => plain
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_font_color(HEADING.0)
            .set_background_color(HEADING.1),
        Kind::Status => plain.set_bold().set_align(FormatAlign::Center),
        Kind::Month | Kind::Day => {
            plain.set_num_format(numbers(kind)).set_align(FormatAlign::Center)
        }
        kind => plain.set_num_format(numbers(kind)),
    };
    match role {
        Role::Plain => format,
        Role::Input => format.set_font_color(INPUT.0).set_background_color(INPUT.1).set_unlocked(),
        Role::Held => format.set_italic().set_font_color(HELD),
        Role::Total => format.set_bold().set_border_top(FormatBorder::Thin),
    }
}

fn numbers(kind: Kind) -> &'static str {
    match kind {
        // The space at the end keeps numbers apart from the text of the next column.
        Kind::Usd => "#,##0.00_)",
        Kind::SmallUsd => "#,##0.00########_)",
        Kind::Count => "#,##0_)",
        Kind::Quantity => "#,##0.0##_)",
        Kind::Share => "0.0##%_)",
        Kind::Month => "mmm yyyy",
        Kind::Day => "yyyy-mm-dd",
        Kind::Text | Kind::Wrapped | Kind::Title | Kind::Heading | Kind::Status => "General",
    }
}
