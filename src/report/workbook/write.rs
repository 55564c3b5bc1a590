//! The file of a workbook: the same bytes on every day, and rows that are written as they come.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Seek, Write};

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormatText, ConditionalFormatTextRule, DocProperties,
    ExcelDateTime, Format, Formula, Url, Workbook, Worksheet, XlsxError,
};

use super::styles::Styles;
use super::{Book, BookCell, BookChart, BookSheet, Come, Kind, Role, Style, Value, double};
use crate::report::sheet::plain;

/// The rows that a sheet of a workbook can hold.
const MOST_ROWS: u32 = 1_048_576;

/// How hard the file is compressed, from 1 to 9: as Excel does, for a third of the time and a twentieth more bytes.
const COMPRESSION: u8 = 3;

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
    let is_long = book.sheets.iter().any(|sheet| sheet.is_long);
    let mut file = filled(book, MOST_ROWS)?;
    if !is_long {
        return out.write_all(&file.save_to_buffer().map_err(io::Error::other)?);
    }
    let mut whole: File = tempfile::tempfile()?;
    file.save_to_writer(&mut whole).map_err(io::Error::other)?;
    whole.rewind()?;
    io::copy(&mut whole, out).map(drop)
}

fn filled(book: Book, most_rows: u32) -> io::Result<Workbook> {
    let mut file = Workbook::new();
    file.set_zip_compression_level(COMPRESSION);
    let day = ExcelDateTime::from_ymd(2026, 1, 1).map_err(io::Error::other)?;
    file.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let mut styles = Styles::default();
    for sheet in book.sheets {
        let page = match sheet.is_long {
            true => file.add_worksheet_with_constant_memory().map_err(io::Error::other)?,
            false => file.add_worksheet(),
        };
        fill(page, sheet, (&mut styles, most_rows))?;
    }
    for (name, cells) in &book.names {
        file.define_name(name, &format!("={cells}")).map_err(io::Error::other)?;
    }
    Ok(file)
}

fn fill(
    page: &mut Worksheet,
    mut sheet: BookSheet,
    (styles, most_rows): (&mut Styles, u32),
) -> io::Result<()> {
    page.set_name(sheet.name).map_err(io::Error::other)?;
    // A formula that comes to no number is blank, where it would be 0.
    page.set_formula_result_default("");
    // What a row needs before it is written, where rows are not kept.
    for (column, width) in (0_u16..).zip(&sheet.widths) {
        page.set_column_width(column, *width).map_err(io::Error::other)?;
    }
    let above = sheet.header.map_or(0, |header| header as usize + 1);
    let first: Vec<_> = sheet.rows.by_ref().take(above + 1).collect();
    let of_column = match sheet.is_long {
        true => first.get(above).map(|row| styles_of_columns(page, row, styles)).transpose()?,
        false => None,
    };
    let of_column = of_column.unwrap_or_default();
    let (mut rows, mut columns) = (0, 0);
    for cells in first.into_iter().chain(sheet.rows) {
        if rows == most_rows {
            return Err(too_many((sheet.name, most_rows)));
        }
        columns = columns.max(u16::try_from(cells.len()).unwrap_or(u16::MAX));
        if let Some(lines) = lines(&cells, &sheet.widths) {
            page.set_row_height(rows, 15 * lines).map_err(io::Error::other)?;
        }
        for (column, cell) in (0_u16..).zip(cells) {
            let is_of_column = of_column.get(usize::from(column)) == Some(&Some(cell.style));
            let format = (!is_of_column).then(|| styles.of(cell.style));
            put(page, (rows, column), cell, format).map_err(io::Error::other)?;
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

/// Gives the columns of a long sheet the styles of their cells in its first row, and says which. A cell of its column's style
/// is written without one, which saves looking it up; colours stay with their cells, for a column has no end.
fn styles_of_columns(
    page: &mut Worksheet,
    row: &[BookCell],
    styles: &mut Styles,
) -> io::Result<Vec<Option<Style>>> {
    let mut all = Vec::new();
    for (column, cell) in (0_u16..).zip(row) {
        let style = Some(cell.style).filter(|style| style.role == Role::Plain);
        if let Some(style) = style {
            page.set_column_format(column, styles.of(style)).map_err(io::Error::other)?;
        }
        all.push(style);
    }
    Ok(all)
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

fn too_many((sheet, most): (&str, u32)) -> io::Error {
    let most = crate::report::number::count(most.into());
    io::Error::other(format!(
        "a sheet of a workbook holds {most} rows and {sheet} has more; a CSV holds them all"
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
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    match cell.value {
        Value::Empty if cell.style == BookCell::EMPTY.style => return Ok(()),
        Value::Empty => match format {
            Some(format) => page.write_blank(row, column, format)?,
            None => return Ok(()),
        },
        Value::Text(text) => match format {
            Some(format) => page.write_string_with_format(row, column, kept(&text), format)?,
            None => page.write_string(row, column, kept(&text))?,
        },
        Value::Number(number) => put_number(page, (row, column), double(number), format)?,
        Value::Day(day) => put_number(page, (row, column), serial(day), format)?,
        Value::Formula(text, come) => {
            let come = match come {
                Come::Number(number) => double(number).to_string(),
                Come::Words(words) => words.to_owned(),
            };
            let formula = Formula::new(text).set_result(come);
            match format {
                Some(format) => page.write_formula_with_format(row, column, formula, format)?,
                None => page.write_formula(row, column, formula)?,
            }
        }
        Value::Link(address) => {
            let is_web = ["https://", "http://"].iter().any(|it| address.starts_with(it));
            let shown = kept(&address);
            match is_web && address.len() <= MOST_OF_LINK && shown == address {
                true => page.write_url(row, column, Url::new(address))?,
                false => match format {
                    Some(format) => page.write_string_with_format(row, column, shown, format)?,
                    None => page.write_string(row, column, shown)?,
                },
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

fn put_number<'p>(
    page: &'p mut Worksheet,
    (row, column): (u32, u16),
    number: f64,
    format: Option<&Format>,
) -> Result<&'p mut Worksheet, XlsxError> {
    match format {
        Some(format) => page.write_number_with_format(row, column, number, format),
        None => page.write_number(row, column, number),
    }
}

/// A day as spreadsheets count it: 1 is the first of January 1900, and 60 the 29th of February that there never was.
fn serial(day: NaiveDate) -> f64 {
    /// The days from the first of January of year 1 to the day that counts as 0 from March 1900 on.
    const ZERO: i32 = 693_594;
    f64::from(day.num_days_from_ce() - ZERO)
}

/// Text as a cell holds it: plain, and no longer than a cell can be.
fn kept(text: &str) -> Cow<'_, str> {
    let text = plain(text);
    if text.len() <= MOST_CHARACTERS || text.chars().nth(MOST_CHARACTERS).is_none() {
        return text;
    }
    text.chars().take(MOST_CHARACTERS - 1).chain(['…']).collect::<String>().into()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_number_that_spreadsheets_show_as_that_day() {
        let of =
            |year, month, day| serial(NaiveDate::from_ymd_opt(year, month, day).expect("a day"));
        assert_eq!([of(1900, 3, 1), of(2000, 1, 1), of(2027, 1, 1)], [61.0, 36526.0, 46388.0]);
    }

    #[test]
    fn more_rows_than_a_sheet_holds_are_refused_with_what_holds_them() {
        let book = |rows: usize| Book {
            sheets: vec![BookSheet::new("Workloads", &[9], vec![vec![BookCell::text("x")]; rows])],
            names: Vec::new(),
        };
        assert!(filled(book(5), 5).is_ok());
        let why = filled(book(6), 5).err().expect("too many").to_string();
        let said =
            "a sheet of a workbook holds 5 rows and Workloads has more; a CSV holds them all";
        assert_eq!(why, said);
    }

    #[test]
    fn a_text_that_is_too_long_for_a_cell_ends_with_a_mark() {
        let (just, more) = ("é".repeat(MOST_CHARACTERS), "é".repeat(MOST_CHARACTERS + 1));
        assert_eq!(kept(&just), just);
        assert_eq!(kept(&more).chars().count(), MOST_CHARACTERS);
        assert!(kept(&more).ends_with('…'));
    }
}
