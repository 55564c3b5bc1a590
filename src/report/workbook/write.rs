//! The file of a workbook: the same bytes on every day, and rows that are written as they come.

use std::io::{self, Write};

use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormatText, ConditionalFormatTextRule, DocProperties,
    ExcelDateTime, Format, Formula, Url, Workbook, Worksheet, XlsxError,
};

use super::styles::Styles;
use super::{Book, BookCell, BookChart, BookSheet, Come, Kind, Value, double};
use crate::report::sheet::plain;

/// The rows that a sheet of a workbook can hold.
const MOST_ROWS: u32 = 1_048_576;

/// The characters that a cell can hold.
const MOST_CHARACTERS: usize = 32_767;

/// About how many characters a page has room for side by side.
const MOST_ACROSS: u16 = 210;

/// The longest address that a workbook links to.
const MOST_OF_LINK: usize = 2_000;

/// Words for how something stands, each with the colour behind it.
const STATUSES: [(&str, Color, Color); 6] = [
    ("within", Color::RGB(0x0B5A2A), Color::RGB(0xDDF3E4)),
    ("exact", Color::RGB(0x0B5A2A), Color::RGB(0xDDF3E4)),
    ("range", Color::RGB(0x7A4B00), Color::RGB(0xFFF0CC)),
    ("margin not covered", Color::RGB(0x7A4B00), Color::RGB(0xFFF0CC)),
    ("unknown", Color::RGB(0x4A3A6B), Color::RGB(0xE8E1F5)),
    ("over", Color::RGB(0x8A1420), Color::RGB(0xFBDDDF)),
];

/// Writes a workbook.
///
/// # Errors
/// What cannot be written, and more rows than a sheet can hold.
pub(in crate::report) fn write(book: Book, out: &mut dyn Write) -> io::Result<()> {
    let bytes = written(book)?;
    out.write_all(&bytes)
}

fn written(book: Book) -> io::Result<Vec<u8>> {
    let mut file = Workbook::new();
    let day = ExcelDateTime::from_ymd(2026, 1, 1).map_err(io::Error::other)?;
    file.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let mut styles = Styles::default();
    for sheet in book.sheets {
        let page = match sheet.is_long {
            true => file.add_worksheet_with_constant_memory().map_err(io::Error::other)?,
            false => file.add_worksheet(),
        };
        fill(page, sheet, &mut styles)?;
    }
    for (name, cells) in &book.names {
        file.define_name(name, &format!("={cells}")).map_err(io::Error::other)?;
    }
    file.save_to_buffer().map_err(io::Error::other)
}

fn fill(page: &mut Worksheet, sheet: BookSheet, styles: &mut Styles) -> io::Result<()> {
    page.set_name(sheet.name).map_err(io::Error::other)?;
    // A formula that comes to no number is blank, where it would be 0.
    page.set_formula_result_default("");
    // What a row needs before it is written, where rows are not kept.
    for (column, width) in (0_u16..).zip(&sheet.widths) {
        page.set_column_width(column, *width).map_err(io::Error::other)?;
    }
    let (mut rows, mut columns) = (0, 0);
    for cells in sheet.rows {
        if rows == MOST_ROWS {
            return Err(too_many());
        }
        columns = columns.max(u16::try_from(cells.len()).unwrap_or(u16::MAX));
        if let Some(lines) = lines(&cells, &sheet.widths) {
            page.set_row_height(rows, 15 * lines).map_err(io::Error::other)?;
        }
        for (column, cell) in (0_u16..).zip(cells) {
            put(page, (rows, column), cell, styles).map_err(io::Error::other)?;
        }
        rows += 1;
    }
    // What would be too small to be read goes to several pages side by side.
    let pages = sheet.widths.iter().take(columns.into()).sum::<u16>() / MOST_ACROSS + 1;
    let (Some(last), Some(last_column)) = (rows.checked_sub(1), columns.checked_sub(1)) else {
        return Ok(());
    };
    set_up(page, (sheet.header, sheet.frozen), (last, last_column, pages))
        .map_err(io::Error::other)?;
    for chart in &sheet.charts {
        draw(page, chart).map_err(io::Error::other)?;
    }
    Ok(())
}

/// How many lines the texts of a row take that are wrapped, where they take several.
fn lines(cells: &[BookCell], widths: &[u16]) -> Option<u32> {
    let of = |(cell, width): (&BookCell, &u16)| match &cell.value {
        Value::Text(text) if cell.style.kind == Kind::Wrapped => {
            let of_line = |line: &str| {
                let length = u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
                length.div_ceil((*width).max(1).into()).max(1)
            };
            text.lines().map(of_line).fold(0, u32::saturating_add)
        }
        _ => 1,
    };
    cells.iter().zip(widths).map(of).max().filter(|lines| *lines > 1).map(|lines| lines.min(20))
}

fn too_many() -> io::Error {
    let most = crate::report::number::count(MOST_ROWS.into());
    io::Error::other(format!(
        "a sheet of a workbook holds {most} rows and this has more; a CSV holds them all"
    ))
}

/// What stays in sight, what is filtered, and how it is printed.
fn set_up(
    page: &mut Worksheet,
    (header, frozen): (Option<u32>, u16),
    (last, last_column, pages): (u32, u16, u16),
) -> Result<(), XlsxError> {
    if let Some(header) = header {
        page.set_freeze_panes(header + 1, frozen)?;
        page.set_repeat_rows(0, header)?;
        if last > header {
            page.autofilter(header, 0, last, last_column)?;
        }
    }
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(pages, 0);
    page.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    page.set_footer("&L&A&RPage &P of &N");
    page.set_print_area(0, 0, last, last_column)?;
    for (word, ink, paper) in STATUSES {
        let format = Format::new().set_font_color(ink).set_background_color(paper);
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(word.to_owned()))
            .set_format(format);
        let first = header.map_or(0, |header| header + 1).min(last);
        page.add_conditional_format(first, 0, last, last_column, &rule)?;
    }
    Ok(())
}

fn put(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: BookCell,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let format = styles.of(cell.style);
    match cell.value {
        Value::Empty if cell.style == BookCell::EMPTY.style => return Ok(()),
        Value::Empty => page.write_blank(row, column, format)?,
        Value::Text(text) => page.write_string_with_format(row, column, kept(&text), format)?,
        Value::Number(number) => {
            page.write_number_with_format(row, column, double(number), format)?
        }
        Value::Day(day) => {
            let day = ExcelDateTime::parse_from_str(&day.to_string())?;
            page.write_datetime_with_format(row, column, &day, format)?
        }
        Value::Formula(text, come) => {
            let come = match come {
                Come::Number(number) => number.normalize().to_string(),
                Come::Words(words) => words.to_owned(),
            };
            let formula = Formula::new(text).set_result(come);
            page.write_formula_with_format(row, column, formula, format)?
        }
        Value::Link(address) => {
            let is_web = ["https://", "http://"].iter().any(|it| address.starts_with(it));
            let shown = kept(&address);
            match is_web && address.len() <= MOST_OF_LINK && shown == address {
                true => page.write_url(row, column, Url::new(address))?,
                false => page.write_string_with_format(row, column, shown, format)?,
            }
        }
    };
    match cell.style.kind {
        Kind::Title => drop(page.set_row_height(row, 22)?),
        Kind::Heading => drop(page.set_row_height(row, 34)?),
        _ => {}
    }
    Ok(())
}

/// Text as a cell holds it: plain, and no longer than a cell can be.
fn kept(text: &str) -> String {
    let text = plain(text);
    match text.chars().nth(MOST_CHARACTERS) {
        None => text.into_owned(),
        Some(_) => text.chars().take(MOST_CHARACTERS - 1).chain(['…']).collect(),
    }
}

fn draw(page: &mut Worksheet, of: &BookChart) -> Result<(), XlsxError> {
    let mut chart = Chart::new(ChartType::Column);
    chart.title().set_name(of.title);
    for (name, values) in &of.columns {
        let series = chart.add_series();
        series.set_categories(of.categories.as_str()).set_values(values.as_str());
        series.set_name(name.as_str());
    }
    if let Some((name, values)) = &of.line {
        let mut line = Chart::new(ChartType::Line);
        let series = line.add_series();
        series.set_categories(of.categories.as_str()).set_values(values.as_str());
        series.set_name(name.as_str());
        chart.combine(&line);
    }
    chart.y_axis().set_name("US dollars").set_num_format("#,##0");
    chart.x_axis().set_num_format("mmm yyyy");
    chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    chart.set_width(900).set_height(340).set_alt_text(of.title);
    page.insert_chart(of.at.0, of.at.1, &chart)?;
    Ok(())
}
