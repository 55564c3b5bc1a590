//! The template of volumes as a workbook: real dates and numbers, and a second sheet that says what each column holds.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};

use crate::budget::volumes::{columns, template, template::TemplateCell};
use crate::cli::exit::Failure;

/// The row of the header, from 0: a title and a blank row stand above it.
const HEADER: u32 = 2;

/// The bytes of the workbook, the same on each day.
pub(super) fn workbook() -> Result<Vec<u8>, Failure> {
    written().map_err(|error| Failure::Write(std::io::Error::other(error)))
}

fn written() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    volumes(book.add_worksheet())?;
    meanings(book.add_worksheet())?;
    book.save_to_buffer()
}

fn volumes(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Volumes")?;
    let (bold, month) =
        (Format::new().set_bold(), Format::new().set_bold().set_num_format("mmm yyyy"));
    let (count, percent) =
        (Format::new().set_num_format("#,##0"), Format::new().set_num_format("0%"));
    sheet.write_with_format(0, 0, template::TITLE, &bold)?;
    let rows = template::rows();
    for (row, cells) in (HEADER..).zip(&rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                TemplateCell::Text(text) if row == HEADER => {
                    sheet.write_with_format(row, column, *text, &bold)?
                }
                TemplateCell::Text(text) => sheet.write(row, column, *text)?,
                TemplateCell::Count(number) => {
                    sheet.write_with_format(row, column, *number, &count)?
                }
                TemplateCell::Percent(share) => {
                    sheet.write_with_format(row, column, f64::from(*share) / 100.0, &percent)?
                }
                TemplateCell::Month(year, number) => {
                    let day = ExcelDateTime::from_ymd(*year, *number, 1)?;
                    sheet.write_with_format(row, column, &day, &month)?
                }
                TemplateCell::Empty => sheet,
            };
        }
    }
    totals(sheet, &rows, &bold.set_num_format("#,##0"))?;
    sheet.set_column_width(0, 16)?;
    sheet.set_column_range_width(1, 7, 14)?;
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    Ok(())
}

/// The sums under the months, as formulas with their values.
fn totals(
    sheet: &mut Worksheet,
    rows: &[Vec<TemplateCell>],
    format: &Format,
) -> Result<(), XlsxError> {
    let [first, last] = [HEADER + 1, HEADER + rows.len() as u32 - 1];
    sheet.write_with_format(last + 1, 0, "Total", format)?;
    for (column, head) in (0..).zip(&rows[0]) {
        if !matches!(head, TemplateCell::Month(..)) {
            continue;
        }
        let images = rows.iter().filter_map(|row| match row.get(usize::from(column)) {
            Some(TemplateCell::Count(images)) => Some(images),
            _ => None,
        });
        let letter = rust_xlsxwriter::utility::column_number_to_name(column);
        let formula = Formula::new(format!("=SUM({letter}{}:{letter}{})", first + 1, last + 1));
        let formula = formula.set_result(images.sum::<u32>().to_string());
        sheet.write_formula_with_format(last + 1, column, formula, format)?;
    }
    Ok(())
}

fn meanings(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Columns")?;
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.write_with_format(0, 0, "Column", &bold)?;
    sheet.write_with_format(0, 1, "What it holds; each but the name may be left out", &bold)?;
    for (row, (name, holds)) in (1..).zip(columns()) {
        sheet.write_with_format(row, 0, name, &wrapped)?;
        sheet.write_with_format(row, 1, holds, &wrapped)?;
    }
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 80)?;
    Ok(())
}
