//! A spreadsheet of volumes to start from, as typed cells: each format writes the same.

/// A cell of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateCell {
    /// Text.
    Text(&'static str),
    /// A whole number.
    Count(u32),
    /// A share in percent.
    Percent(u32),
    /// The first day of a month: year and month.
    Month(u16, u8),
    /// Nothing.
    Empty,
}

use TemplateCell::{Count, Empty, Percent, Text};

/// What stands above the table in a workbook.
pub const TITLE: &str = "Volumes: a row for each workload, a column for each month; the sheet Columns says what else a row may say";

/// The columns before those of months.
const NAMES: [&str; 8] =
    ["workload", "team", "model", "size", "quality", "prompt_tokens", "acceptance", "processing"];

/// The months, all of one year.
const YEAR: u16 = 2027;

/// The rows of the example: what stands before the months, the images of the first month, and those of each month more.
const ROWS: [([TemplateCell; 8], u32, u32); 3] = [
    (
        [
            Text("posters"),
            Text("brand"),
            Text("gpt-image-2"),
            Text("1024x1536"),
            Text("high"),
            Count(80),
            Percent(70),
            Empty,
        ],
        4000,
        100,
    ),
    (
        [
            Text("product shots"),
            Text("shop"),
            Text("gpt-image-2.5-flare"),
            Text("1024x1024"),
            Text("medium"),
            Count(60),
            Percent(85),
            Text("batch"),
        ],
        9000,
        0,
    ),
    (
        [
            Text("banners"),
            Text("web"),
            Text("gpt-image-2"),
            Text("1536x1024"),
            Text("medium"),
            Count(60),
            Percent(80),
            Empty,
        ],
        2000,
        50,
    ),
];

/// The header and the rows under it.
pub fn rows() -> Vec<Vec<TemplateCell>> {
    let months = (1..=12).map(|month| TemplateCell::Month(YEAR, month));
    let header = NAMES.map(Text).into_iter().chain(months).collect();
    let row = |(said, first, more): &([TemplateCell; 8], u32, u32)| {
        said.iter().copied().chain((0..12).map(|month| Count(first + more * month))).collect()
    };
    std::iter::once(header).chain(ROWS.iter().map(row)).collect()
}

/// The template as CSV.
pub fn csv() -> String {
    let cell = |cell: &TemplateCell| match cell {
        Text(text) => (*text).to_owned(),
        Count(count) => count.to_string(),
        Percent(percent) => format!("{percent}%"),
        TemplateCell::Month(year, month) => format!("{year}-{month:02}"),
        Empty => String::new(),
    };
    let line = |row: &Vec<TemplateCell>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    rows().iter().map(line).collect()
}
