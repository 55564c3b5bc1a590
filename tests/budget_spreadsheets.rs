//! Plans in spreadsheets, as people keep them: workbooks with real dates and numbers, and the many ways of CSV.

mod common;

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use imgcost::budget::volumes::{self, DayOrder, DecimalMark, Sheet, Written};
use imgcost::budget::{Budget, file, forecast};
use imgcost::catalog::Catalog;
use imgcost::errors::Errors;
use imgcost::problem::{Problem, ProblemCode};
use imgcost::request::NamedFiles;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::write::{SimpleFileOptions, ZipWriter};

use common::cli::{Run, finished, imgcost, run};
use common::{TODAY, day, dec};

/// A cell of a sheet that a test writes.
#[derive(Clone, Copy)]
enum Of {
    Text(&'static str),
    Number(f64),
    Month(u16, u8),
    Formula(&'static str, &'static str),
    Nothing,
}

use Of::{Month, Nothing, Number, Text};

fn fill(sheet: &mut Worksheet, rows: &[&[Of]]) {
    let date = Format::new().set_num_format("mmm yyyy");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            let day = |year, month| ExcelDateTime::from_ymd(year, month, 1).expect("a day");
            let written = match *cell {
                Of::Text(text) => sheet.write(row, column, text),
                Of::Number(number) => sheet.write(row, column, number),
                Of::Month(year, month) => {
                    sheet.write_with_format(row, column, day(year, month), &date)
                }
                Of::Formula(formula, value) => {
                    sheet.write_formula(row, column, Formula::new(formula).set_result(value))
                }
                Of::Nothing => continue,
            };
            written.expect("a cell");
        }
    }
}

fn xlsx(rows: &[&[Of]]) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), rows);
    book.save_to_buffer().expect("a workbook")
}

/// A packed file of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("a file").into_inner()
}

/// An OpenDocument sheet with these rows in XML.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet><table:table \
         table:name=\"Plan\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn read(sheet: &Sheet) -> Result<(Budget, Vec<String>), Errors<Problem>> {
    volumes::read_sheet("plan", sheet, Written::default())
}

fn read_bytes(bytes: &[u8]) -> Result<(Budget, Vec<String>), Errors<Problem>> {
    read(&Sheet::workbook("plan.xlsx", bytes)?)
}

fn csv(text: &str, written: Written) -> Result<(Budget, Vec<String>), Errors<Problem>> {
    volumes::read_sheet("plan.csv", &Sheet::csv(&Arc::from(text)), written)
}

fn messages(problems: &Errors<Problem>) -> Vec<String> {
    problems
        .iter()
        .map(|it| format!("{}: {} ({})", it.shown_place(), it.message, it.help))
        .collect()
}

fn limit_of(bytes: &[u8]) -> Option<String> {
    let problems = read_bytes(bytes).err()?;
    assert_eq!(problems[0].code, ProblemCode::TooLarge, "{}", problems[0].message);
    Some(problems[0].message.clone())
}

/// What a budget costs in all, in US dollars.
fn total(budget: &Budget) -> rust_decimal::Decimal {
    let forecast = forecast(&Catalog::shipped(), budget, day(TODAY)).expect("a forecast");
    forecast.rows().map(|row| row.cost.exact().expect("an exact cost")).sum()
}

fn without_notes(budget: Budget) -> Budget {
    Budget { assumptions: Vec::new(), ..budget }
}

/// A title, a blank row, dates as headings, a share as a number, a column of notes, totals as formulas: the same budget as
/// the plain CSV.
#[test]
fn a_workbook_as_it_is_kept_is_the_plain_sheet() {
    let plain = "workload,team,size,quality,prompt_tokens,acceptance,2027-01,2027-02\n\
                 posters,brand,1024x1536,high,80,70%,12000,12360\n\
                 icons,shop,1024x1024,low,20,100%,500,0\n";
    let rows: &[&[Of]] = &[
        &[Text("Images of 2027"), Nothing, Text("as of November")],
        &[],
        &[
            Text("Workload"),
            Text("Team"),
            Text("Size"),
            Text("Quality"),
            Text("Prompt tokens"),
            Text("Acceptance"),
            Text("Who asked"),
            Month(2027, 1),
            Month(2027, 2),
            Text("Total"),
        ],
        &[
            Text("posters"),
            Text("brand"),
            Text("1024x1536"),
            Text("high"),
            Number(80.0),
            Number(0.7),
            Text("Ann"),
            Number(12000.0),
            Number(12360.0),
            Of::Formula("=SUM(H4:I4)", "24360"),
        ],
        &[],
        &[
            Text("icons"),
            Text("shop"),
            Text("1024x1024"),
            Text("low"),
            Number(20.0),
            Number(1.0),
            Nothing,
            Number(500.0),
            Nothing,
            Of::Formula("=SUM(H6:I6)", "500"),
        ],
        &[
            Text("Total"),
            Nothing,
            Nothing,
            Nothing,
            Nothing,
            Nothing,
            Nothing,
            Of::Formula("=SUM(H4:H6)", "12500"),
            Of::Formula("=SUM(I4:I6)", "12360"),
            Of::Formula("=SUM(J4:J6)", "24860"),
        ],
    ];
    let (budget, notes) =
        read_bytes(&xlsx(rows)).unwrap_or_else(|it| panic!("{:#?}", messages(&it)));
    let (expected, none) = csv(plain, Written::default()).expect("a budget");
    assert_eq!(without_notes(budget), without_notes(expected));
    assert_eq!(none, Vec::<String>::new());
    let said = [
        "row 1 is left out: it stands above the header",
        "the column `Who asked` is left out: it is not one of those that are read",
        "the column `Total` is left out: it is a total of the months",
        "row 7, `Total`, is left out: by its name it is a total of other rows",
    ];
    assert_eq!(notes, said);
}

#[test]
fn an_opendocument_sheet_gives_numbers_dates_and_shares() {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2027-01-01\"><text:p>Jan 27</text:p></table:table-cell>";
    let number = |value: &str| {
        format!("<table:table-cell office:value-type=\"float\" office:value=\"{value}\"/>")
    };
    let row = |cells: &[&str]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row(&[&text("workload"), &text("size"), &text("quality"), &text("prompt_tokens"), &text("acceptance"), date]),
        row(&[&text("icons"), &text("1024x1024"), &text("low"), &number("20"), &number("0.8"), &number("500")]),
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
    ];
    let (budget, _) =
        read_bytes(&ods(&rows.concat())).unwrap_or_else(|it| panic!("{:#?}", messages(&it)));
    let plain =
        "workload,size,quality,prompt_tokens,acceptance,2027-01\nicons,1024x1024,low,20,80%,500\n";
    let (expected, _) = csv(plain, Written::default()).expect("a budget");
    assert_eq!(without_notes(budget), without_notes(expected));
}

#[test]
fn no_float_becomes_a_count_unseen() {
    let of = |images: f64, tokens: f64| {
        let rows: &[&[Of]] = &[
            &[
                Text("workload"),
                Text("size"),
                Text("quality"),
                Text("prompt_tokens"),
                Month(2027, 1),
            ],
            &[Text("icons"), Text("1024x1024"), Text("low"), Number(tokens), Number(images)],
        ];
        read_bytes(&xlsx(rows)).map_err(|problems| messages(&problems))
    };
    assert!(of(500.0, 20.0).is_ok());
    let half = of(500.5, 20.0).expect_err("half an image");
    assert_eq!(
        half,
        [
            "plan: sheet \"Sheet1\", cell E2: column `2027-01`: `500.5` is not a whole number (write whole images, without decimals)"
        ]
    );
    // 0.1 + 0.2 is not 0.3, and 2 to the power of 53 has neighbours that a double cannot tell apart.
    assert!(of(0.1 + 0.2, 20.0).expect_err("a sum")[0].contains("`0.30000000000000004`"));
    assert!(
        of(9_007_199_254_740_992.0, 20.0).expect_err("2^53")[0]
            .contains("is more than 1000000000000")
    );
    assert!(of(500.0, 1e300).is_err());
}

/// A workbook whose one sheet has these rows in XML, as programs write them that compute nothing.
fn raw_xlsx(rows: &str) -> Vec<u8> {
    let related = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
             relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    packed(&[
        ("_rels/.rels", related("officeDocument", "xl/workbook.xml").as_bytes()),
        (
            "xl/workbook.xml",
            br#"<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        ("xl/_rels/workbook.xml.rels", related("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_formula_without_its_value_and_an_error_are_no_empty_cells() {
    let text = |text: &str| format!("<c t=\"str\"><v>{text}</v></c>");
    let head = ["workload", "size", "2027-01", "2027-02", "2027-03"].map(text).concat();
    let row = ["icons", "1024x1024"].map(text).concat();
    let cells = "<c><f>A1</f></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c t=\"str\"><f>IF(1,\"\",5)</f><v></v></c>";
    let book = raw_xlsx(&format!("<row>{head}</row><row>{row}{cells}</row>"));
    let said = messages(&read_bytes(&book).expect_err("refused"));
    assert!(said[0].contains("`=A1` is a formula without its value"), "{said:#?}");
    assert!(said[1].contains("`#DIV/0!` is an error in the place of a value"), "{said:#?}");
    assert_eq!(said.len(), 2, "a formula that gives no text is an empty cell: {said:#?}");
}

/// A sheet `Plan` of a workload with this cell for each of two months, shown in this format, under a title.
fn formatted(number: f64, format: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").expect("a name");
    let head: &[&[Of]] = &[
        &[Text("Images of 2027")],
        &[Text("workload"), Text("size"), Text("prompt_tokens"), Month(2027, 1), Month(2027, 2)],
        &[Text("icons"), Text("1024x1024"), Number(20.0)],
    ];
    fill(sheet, head);
    let format = Format::new().set_num_format(format);
    for column in [3, 4] {
        sheet.write_with_format(2, column, number, &format).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_duration_is_refused_as_a_date_in_the_place_of_a_number_is() {
    // One day is 24 hours, and the number 1 in the file.
    let said = messages(&read_bytes(&formatted(1.0, "[h]:mm")).expect_err("a duration"));
    let whole = "is not a whole number (write the number of images in digits alone)";
    assert_eq!(
        said,
        [
            format!("plan: sheet \"Plan\", cell D3: column `2027-01`: `24:00:00` {whole}"),
            format!("plan: sheet \"Plan\", cell E3: column `2027-02`: `24:00:00` {whole}"),
        ]
    );
    let dates = messages(&read_bytes(&formatted(46_388.0, "yyyy-mm-dd")).expect_err("a date"));
    assert!(dates[0].starts_with("plan: sheet \"Plan\", cell D3: column `2027-01`: `2027-01-01`"));
    assert!(read_bytes(&formatted(1.0, "0.00")).is_ok());
    // An OpenDocument sheet says it by its type.
    let cells = "<table:table-cell office:value-type=\"string\"><text:p>icons</text:p></table:table-cell>\
                 <table:table-cell office:value-type=\"time\" office:time-value=\"PT24H00M00S\"><text:p>24:00</text:p></table:table-cell>";
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let head = text("workload") + &text("2027-01");
    let rows = format!(
        "<table:table-row>{head}</table:table-row><table:table-row>{cells}</table:table-row>"
    );
    let said = messages(&read_bytes(&ods(&rows)).expect_err("a duration"));
    assert!(said[0].starts_with("plan: sheet \"Plan\", cell B2: column `2027-01`: `"), "{said:#?}");
}

#[test]
fn a_problem_of_a_workbook_names_sheet_and_cell_for_people_and_for_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("budget.xlsx");
    std::fs::write(&path, formatted(1.0, "[h]:mm")).expect("a file");
    let path = path.display().to_string();
    let people = run(&["budget", "forecast", &path, "--as-of", TODAY]);
    assert_eq!(people.code, 3);
    assert!(people.stderr.contains("budget.xlsx: sheet \"Plan\", cell D3\n"), "{}", people.stderr);
    let programs = run(&["budget", "forecast", &path, "--as-of", TODAY, "--format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&programs.stderr).expect("an object");
    let row = &said["rows"][0];
    assert_eq!((&row["sheet"], &row["cell"]), (&"Plan".into(), &"D3".into()));
    assert!(row["line"].is_null() && row["column"].is_null(), "{row}");
    // What no table can price stands where its workload does.
    std::fs::write(&path, illegal()).expect("a file");
    let refused = run(&["budget", "forecast", &path, "--as-of", TODAY]);
    assert!(refused.stderr.contains("sheet \"Sheet1\", cell A2\n"), "{}", refused.stderr);
}

fn illegal() -> Vec<u8> {
    xlsx(&[
        &[Text("workload"), Text("size"), Text("model"), Month(2027, 1)],
        &[Text("icons"), Text("7x7"), Text("gpt-image-2"), Number(5.0)],
    ])
}

#[test]
fn hidden_rows_and_columns_count_and_are_said() {
    let rows: &[&[Of]] = &[
        &[Text("workload"), Text("size"), Text("quality"), Month(2027, 1), Month(2027, 2)],
        &[Text("icons"), Text("1024x1024"), Text("low"), Number(5.0), Number(6.0)],
        &[Text("posters"), Text("1024x1024"), Text("low"), Number(7.0), Number(8.0)],
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, rows);
    // A blank row says nothing, hidden or not.
    sheet.set_row_hidden(2).expect("a row").set_row_hidden(9).expect("a row");
    sheet.set_column_hidden(4).expect("a column");
    let (budget, said) = read_bytes(&book.save_to_buffer().expect("a workbook")).expect("read");
    assert_eq!((budget.workloads.len(), budget.months), (2, 2));
    let expected = "hidden, and read as any other: row 3 and column E; delete what is not to count";
    assert_eq!(said, [expected]);
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |more: &str, cells: &[&str]| {
        let cells: String = cells.iter().map(|it| cell(it)).collect();
        format!("<table:table-row {more}>{cells}</table:table-row>")
    };
    let columns = "<table:table-column table:number-columns-repeated=\"2\"/>\
                   <table:table-column table:visibility=\"collapse\"/>";
    let rows = [
        row("", &["workload", "size", "2027-01"]),
        row("table:visibility=\"filter\"", &["icons", "1024x1024", "5"]),
    ];
    let (_, said) = read_bytes(&ods(&(columns.to_owned() + &rows.concat()))).expect("read");
    assert_eq!(said, [expected.replace("row 3", "row 2").replace("column E", "column C")]);
}

#[test]
fn one_sheet_has_the_volumes_and_what_is_left_out_is_said() {
    let volumes: &[&[Of]] = &[
        &[Text("workload"), Text("size"), Month(2027, 1)],
        &[Text("icons"), Text("1024x1024"), Number(5.0)],
    ];
    let notes: &[&[Of]] = &[&[Text("Ask Ann about the workload of May")]];
    let book = |sheets: &[(&str, &[&[Of]], bool)]| {
        let mut book = Workbook::new();
        for (name, rows, hidden) in sheets {
            let sheet = book.add_worksheet().set_name(*name).expect("a name").set_hidden(*hidden);
            fill(sheet, rows);
        }
        book.save_to_buffer().expect("a workbook")
    };
    let (_, said) = read_bytes(&book(&[
        ("Notes", notes, false),
        ("2027", volumes, false),
        ("old", volumes, true),
    ]))
    .expect("a budget");
    assert_eq!(
        said,
        [
            "left out, since no column of it is called `workload`: sheet `Notes`",
            "left out, since it is hidden: sheet `old`"
        ]
    );
    let two =
        read_bytes(&book(&[("2026", volumes, false), ("2027", volumes, false)])).expect_err("two");
    assert_eq!(
        messages(&two),
        [
            "plan.xlsx: several sheets have a column `workload`: `2026`, `2027` (keep one of them in the workbook, or hide the others; a budget file names one, as `volumes: {file: plan.xlsx, sheet: Plan}`)"
        ]
    );
    let none = read_bytes(&book(&[("a", notes, false), ("b", notes, false)])).expect_err("none");
    assert!(none[0].message.starts_with("none of the sheets `a`, `b` has a column `workload`"));
}

/// A few kilobytes may unpack to gigabytes, or say that they have millions of cells.
#[test]
fn a_small_file_that_unpacks_to_much_is_refused() {
    let zeros = vec![0; 70_000_000];
    let bomb = packed(&[("xl/workbook.xml", &zeros)]);
    assert!(bomb.len() < 200_000);
    assert_eq!(
        limit_of(&bomb).as_deref(),
        Some("more than 67,108,864 bytes in a workbook when unpacked")
    );
    let many: Vec<(String, &[u8])> = (0..1_001).map(|at| (format!("{at}"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (&**name, *content)).collect();
    assert_eq!(limit_of(&packed(&many)).as_deref(), Some("more than 1,000 parts in a workbook"));
    let cells = "<table:table-row table:number-rows-repeated=\"9000\"><table:table-cell table:number-columns-repeated=\"9000\" \
                 office:value=\"1\" office:value-type=\"float\"/></table:table-row>";
    assert_eq!(
        limit_of(&ods(cells)).as_deref(),
        Some("more than 4,000,000 cells in a spreadsheet")
    );
    // Two cells far apart in a sheet of a workbook are no millions between them.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "workload").expect("a cell").write(1_048_575, 16_383, 5).expect("a cell");
    let far = book.save_to_buffer().expect("a workbook");
    assert!(read_bytes(&far).is_err());
}

#[test]
fn what_could_mean_two_things_is_said_once_for_the_column_and_settled_by_a_flag() {
    let text = "workload;size;quality;prompt_tokens;2027-01;2027-02\nposters;1024x1536;high;80;1.000;2.000\nicons;1024x1024;low;20;3.000;4.000\n";
    let open = messages(&csv(text, Written::default()).expect_err("open"));
    assert_eq!(
        open,
        [
            "plan.csv:2:27: row 2, the months: `1.000` is 1 with a decimal point, and 1000 with a decimal comma (say which mark is meant, or write the numbers without marks)"
        ]
    );
    let images = |decimal| {
        let (budget, _) =
            csv(text, Written { decimal: Some(decimal), days: None }).expect("a budget");
        forecast(&Catalog::shipped(), &budget, day(TODAY))
            .expect("a forecast")
            .rows()
            .map(|row| row.wanted.exact().expect("a count"))
            .sum::<u64>()
    };
    assert_eq!(images(DecimalMark::Comma), 10_000, "1000 + 2000 + 3000 + 4000");
    assert_eq!(images(DecimalMark::Point), 10);
    // One number that can be read in one way alone settles the others of its column.
    let settled = text.replace("4.000", "1.234.000");
    assert!(csv(&settled, Written::default()).is_ok());
    let other = csv(&settled, Written { decimal: Some(DecimalMark::Point), days: None })
        .expect_err("not so");
    assert!(other[0].message.contains("no number with the decimal mark that is said"));
}

#[test]
fn days_that_could_mean_two_months_are_said_once_and_settled_by_a_flag() {
    let text = "workload;size;quality;1/1/2027;1/2/2027;1/3/2027\nicons;1024x1024;low;5;6;7\n";
    let open = messages(&csv(text, Written::default()).expect_err("open"));
    assert_eq!(
        open,
        [
            "plan.csv:1:32: row 1, the months: `1/2/2027` is 2027-02 with the day first, and 2027-01 with the month first (say which is first, the day or the month, or write YYYY-MM)"
        ]
    );
    let dmy = Written { decimal: None, days: Some(DayOrder::DayFirst) };
    assert_eq!(csv(text, dmy).expect("a budget").0.months, 3);
    let mdy = Written { decimal: None, days: Some(DayOrder::MonthFirst) };
    assert!(csv(text, mdy).expect_err("January three times")[0].message.contains("stands twice"));
}

#[test]
fn every_kind_of_csv_is_the_same_budget() {
    let rows = [
        "workload,size,quality,prompt_tokens,Jan 2027,Feb-27,2027-03-01",
        "icons,1024x1024,low,20,500,600,700",
    ];
    let (expected, _) = csv(&rows.join("\n"), Written::default()).expect("a budget");
    assert_eq!((expected.start.to_string().as_str(), expected.months), ("2027-01", 3));
    for text in [
        rows.join("\r\n").replace(',', ";"),
        rows.join("\n").replace(',', "\t"),
        format!("\u{feff}{}", rows.join("\n")),
        format!("sep=|\r\n{}", rows.join("\r\n").replace(',', "|")),
        rows.join("\n").replace("500", "\"500\"").replace("Feb-27", "February 2027"),
    ] {
        let (budget, notes) = csv(&text, Written::default())
            .unwrap_or_else(|it| panic!("{text}: {:?}", messages(&it)));
        assert_eq!(budget, expected, "{text}");
        assert!(notes.is_empty(), "{notes:?}");
    }
}

fn piped(bytes: &[u8], args: &[&str]) -> Run {
    let mut command = imgcost();
    command.args(["budget", "forecast", "-", "--as-of", TODAY]).args(args);
    command.write_stdin(bytes);
    finished(&mut command)
}

#[test]
fn standard_input_takes_csv_in_any_encoding_and_workbooks() {
    let text = "workload,size,quality,prompt_tokens,2027-01\nicons,1024x1024,low,20,500\n";
    let expected = piped(text.as_bytes(), &["--format", "csv"]).stdout;
    assert!(expected.contains("icons"));
    for (mark, to_bytes) in [
        (&b"\xff\xfe"[..], u16::to_le_bytes as fn(u16) -> [u8; 2]),
        (&b"\xfe\xff"[..], u16::to_be_bytes),
        (&b""[..], u16::to_le_bytes),
    ] {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
        assert_eq!(piped(&[mark, &utf16].concat(), &["--format", "csv"]).stdout, expected);
    }
    let rows: &[&[Of]] = &[
        &[Text("workload"), Text("size"), Text("quality"), Text("prompt_tokens"), Month(2027, 1)],
        &[Text("icons"), Text("1024x1024"), Text("low"), Number(20.0), Number(500.0)],
    ];
    assert_eq!(piped(&xlsx(rows), &["--format", "csv"]).stdout, expected);
}

#[test]
fn a_flag_that_settles_nothing_is_said_and_one_without_a_spreadsheet_refused() {
    let text = "workload,size,quality,prompt_tokens,2027-01\nicons,1024x1024,low,20,500\n";
    let idle = piped(text.as_bytes(), &["--decimal", "comma", "--dates", "dmy"]);
    assert_eq!(idle.code, 0, "{}", idle.stderr);
    for said in [
        "without effect: --decimal: no number of the spreadsheet could mean two things",
        "without effect: --dates: no month of the spreadsheet could mean two things",
    ] {
        assert!(idle.stderr.contains(said), "{}", idle.stderr);
    }
    for args in [&["fixtures/budgets/posters.yaml"][..], &["--images", "5"]] {
        let refused = run(&[&["budget", "forecast", "--decimal", "comma"], args].concat());
        assert_eq!(refused.code, 2);
        assert!(
            refused.stderr.contains("--decimal has no effect: no spreadsheet is read here"),
            "{}",
            refused.stderr
        );
    }
}

/// Four low drafts and one high image of which 80% are accepted, with growth from February to April: 1,000, 1,030 and
/// 1,060.9, which is 1,061 images. A prompt of 50 tokens is 56 at $5 a million, a low image 196 tokens at $30 a million, a
/// high one 7,024.
///
/// ```text
/// draft  56 × 0.000005 + 196 × 0.00003   = 0.00616, four of them 0.02464
/// final  56 × 0.000005 + 7,024 × 0.00003 = 0.211, of which 80% are accepted: 0.26375
/// total  3,091 × 0.28839                 = 891.41349
/// ```
#[test]
fn steps_as_rows_are_the_steps_of_a_budget_file() {
    let sheet = "workload,step,per_accepted,size,quality,prompt_tokens,acceptance,images,growth,from,to,team\n\
                 hero,1,4,1024x1024,low,50,,,,,,\n\
                 hero,2,,1024x1024,high,50,80%,1000,3%,2027-02,2027-04,brand\n";
    let (budget, _) =
        csv(sheet, Written::default()).unwrap_or_else(|it| panic!("{:?}", messages(&it)));
    assert_eq!(total(&budget), dec("891.41349"));
    let yaml: Arc<str> = "start: 2027-02
months: 3
workloads:
- name: hero
  steps:
  - {request: {size: 1024x1024, quality: low, prompt_tokens: 50}, per_accepted: 4}
  - request: {size: 1024x1024, quality: high, prompt_tokens: 50}
    attempts: {acceptance: \"80%\"}
  accepted_images: 1000
  growth: \"3%\"
  tags: {team: brand}
"
    .into();
    let files = NamedFiles::of(Path::new(""), &[]);
    let of_file = file::read("b.yaml", &yaml, &files, day(TODAY)).expect("a budget");
    assert_eq!(total(&of_file), total(&budget));
    assert_eq!(of_file.workloads[0].steps, budget.workloads[0].steps);
    assert_eq!(of_file.workloads[0].volume, budget.workloads[0].volume);
}

#[test]
fn steps_that_do_not_fit_together_are_said() {
    let of = |rows: &str| {
        let text = format!("workload,step,per_accepted,size,quality,2027-01\n{rows}");
        messages(&csv(&text, Written::default()).expect_err("refused")).join("\n")
    };
    assert!(of("a,1,4,1024x1024,low,\na,3,,1024x1024,high,5\n").contains("`a` has no step 2"));
    assert!(
        of("a,1,4,1024x1024,low,7\na,2,,1024x1024,high,5\n").contains("has steps after this one")
    );
    assert!(
        of("a,,,1024x1024,low,7\na,,,1024x1024,high,5\n").contains("is the name of another row")
    );
}

#[test]
fn columns_that_are_not_known_are_left_out_unless_they_may_be_a_slip_or_volumes() {
    let of = |name: &str, cell: &str| {
        csv(
            &format!("workload,size,quality,{name},2027-01\nicons,1024x1024,low,{cell},5\n"),
            Written::default(),
        )
    };
    assert_eq!(
        of("who asked", "Ann").expect("left out").1,
        ["the column `who asked` is left out: it is not one of those that are read"]
    );
    assert_eq!(of("round 2", "yes").expect("left out").1.len(), 1);
    assert!(
        of("modle", "gpt-image-2").expect_err("a slip")[0]
            .help
            .to_string()
            .starts_with("did you mean `model`?")
    );
    assert_eq!(of("Q1 2027", "900").expect_err("volumes")[0].code, ProblemCode::BadMonth);
    assert_eq!(
        of("Cost centre", "4711").expect("a tag").0.workloads[0].tags["cost_centre"],
        "4711"
    );
}

#[test]
fn every_column_that_a_row_may_have_is_read() {
    let text = "workload,model,route,size,quality,n,prompt,input_images,input_fidelity,partial_images,processing,output_format,\
                attempts,failure_rate,maximum_attempts,images,growth,seasonality,from,to,product,project,department,tag:region\n\
                a,gpt-image-1.5,openai/gpt-image-1.5,1024x1024,low,2,a fox,1024x1024 512x512,high,1,standard,png,1.4,2%,3,100,5%,3=2.2 7=0.7,Jan 2027,Mar 2027,p,q,r,emea\n";
    let (budget, notes) =
        csv(text, Written::default()).unwrap_or_else(|it| panic!("{:?}", messages(&it)));
    assert!(notes.is_empty(), "{notes:?}");
    let workload = &budget.workloads[0];
    let draft = &workload.steps[0].draft;
    assert_eq!((draft.n, draft.input_images.len(), draft.partial_images), (Some(2), 2, Some(1)));
    assert_eq!(
        (budget.start.to_string().as_str(), budget.months, workload.tags.len()),
        ("2027-01", 3, 4)
    );
    // 100, 105, and 110.25 × 2.2 = 242.55 in March: whole images, rounded once.
    let months: Vec<u64> = forecast(&Catalog::shipped(), &budget, day(TODAY))
        .expect("a forecast")
        .rows()
        .map(|row| row.wanted.exact().expect("a count"))
        .collect();
    assert_eq!(months, [100, 105, 243]);
}

#[test]
fn the_templates_are_one_budget() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    for name in ["plan.csv", "plan.xlsx", "plan.yaml"] {
        let written = run(&["budget", "init", "--output", &path(name)]);
        assert_eq!(written.code, 0, "{}", written.stderr);
    }
    let text: Arc<str> = std::fs::read_to_string(path("plan.csv")).expect("the CSV").into();
    let (of_csv, _) = volumes::read("plan.csv", &text).expect("a budget");
    let bytes = std::fs::read(path("plan.xlsx")).expect("the workbook");
    let (of_xlsx, notes) = read_bytes(&bytes).unwrap_or_else(|it| panic!("{:?}", messages(&it)));
    assert_eq!(without_notes(of_csv.clone()), without_notes(of_xlsx));
    assert_eq!(notes.len(), 3, "the title, the row of totals, and the sheet of columns: {notes:?}");
    assert_eq!((of_csv.workloads.len(), of_csv.months), (3, 12));
    assert_eq!(run(&["budget", "init", "--format", "csv"]).stdout, &*text);
    assert!(run(&["budget", "init"]).stdout.starts_with("# A budget for imgcost"));
    assert_eq!(bytes, {
        run(&["budget", "init", "--output", &path("again.xlsx")]);
        std::fs::read(path("again.xlsx")).expect("the workbook")
    });
    for (args, why) in [
        (&["--format", "xlsx"][..], "a workbook is no text"),
        (&["--format", "csv", "--all"], "--all is of a budget file in YAML"),
        (&["--output", "plan.ods"], "no template has the suffix .ods"),
    ] {
        let refused = run(&[&["budget", "init"], args].concat());
        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains(why), "{}", refused.stderr);
    }
}
