//! A workbook as it is read, recalculated and edited.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_decimal::Decimal;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::common::dec;

pub type Cells = BTreeMap<(u32, u32), Data>;

pub fn cells(file: &Path) -> BTreeMap<String, Cells> {
    let mut book: Xlsx<_> = open_workbook(file).expect("a workbook");
    let names = book.sheet_names();
    let of = |name: String| {
        let range = book.worksheet_range(&name).expect("a sheet");
        let (row, column) = range.start().unwrap_or_default();
        let cells = range.used_cells();
        let cells = cells.map(|(r, c, cell)| ((r as u32 + row, c as u32 + column), cell.clone()));
        (name, cells.collect())
    };
    names.into_iter().map(of).collect()
}

pub fn formulas(file: &Path) -> BTreeMap<String, Vec<(u32, u32)>> {
    let mut book: Xlsx<_> = open_workbook(file).expect("a workbook");
    let names = book.sheet_names();
    let of = |name: String| {
        let range = book.worksheet_formula(&name).expect("a sheet");
        let (row, column) = range.start().unwrap_or_default();
        let cells = range.used_cells();
        (name, cells.map(|(r, c, _)| (r as u32 + row, c as u32 + column)).collect())
    };
    names.into_iter().map(of).collect()
}

/// The file as LibreOffice saves it, having worked out every formula again.
pub fn recalculated(file: &Path) -> PathBuf {
    let folder = file.parent().expect("a folder");
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).expect("a folder");
    // Without it the values that stand in the file are taken as they are.
    let always = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"#;
    fs::write(profile.join("user/registrymodifications.xcu"), always).expect("written");
    let out = folder.join("again");
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .arg(file)
        .output()
        .expect("soffice runs");
    assert!(status.status.success(), "{status:?}");
    out.join(file.file_name().expect("a name"))
}

/// The same file with other numbers in cells.
pub fn changed(file: &Path, changes: &[(&str, (u32, u32), &str)]) -> PathBuf {
    let mut archive = ZipArchive::new(File::open(file).expect("a file")).expect("an archive");
    let to = file.with_file_name("changed.xlsx");
    let mut out = ZipWriter::new(File::create(&to).expect("a file"));
    let mut read = |name: &str| {
        let mut text = String::new();
        let mut entry = archive.by_name(name).expect("an entry");
        entry.read_to_string(&mut text).expect("text");
        text
    };
    let book = read("xl/workbook.xml");
    let sheets: Vec<&str> = book.split("<sheet name=\"").skip(1).collect();
    let number = |sheet: &str| {
        1 + sheets.iter().position(|it| it.starts_with(&format!("{sheet}\""))).expect("the sheet")
    };
    let mut edited = BTreeMap::new();
    for (sheet, (row, column), value) in changes {
        let name = format!("xl/worksheets/sheet{}.xml", number(sheet));
        let text = edited.entry(name.clone()).or_insert_with(|| read(&name));
        let letter = char::from(b'A' + u8::try_from(*column).expect("one letter"));
        let start = text.find(&format!("<c r=\"{letter}{}\"", row + 1)).expect("the cell");
        let from = start + text[start..].find("<v>").expect("a value") + 3;
        let until = from + text[from..].find("</v>").expect("its end");
        text.replace_range(from..until, value);
    }
    let names: Vec<String> =
        archive.file_names().map(|it| it.expect("a name").into_owned()).collect();
    for name in names {
        out.start_file(&name, SimpleFileOptions::default()).expect("an entry");
        match edited.get(&name) {
            Some(text) => out.write_all(text.as_bytes()).expect("written"),
            None => drop(
                std::io::copy(&mut archive.by_name(&name).expect("an entry"), &mut out)
                    .expect("copied"),
            ),
        }
    }
    out.finish().expect("written");
    to
}

pub fn number(cells: &Cells, place: (u32, u32)) -> Option<Decimal> {
    match cells.get(&place)? {
        Data::Float(number) => Some(dec(&format!("{number:.9}"))),
        Data::Int(number) => Some((*number).into()),
        _ => None,
    }
}

/// Every formula of a file comes to what stands beside it, when LibreOffice works it out; how many there are.
pub fn recalculates(file: &Path, what: &str) -> usize {
    let (before, after) = (cells(file), cells(&recalculated(file)));
    let mut count = 0;
    for (sheet, places) in formulas(file) {
        for at in places {
            let of = |cells: &BTreeMap<String, Cells>| {
                let text = cells[&sheet].get(&at).map(Data::to_string).unwrap_or_default();
                (number(&cells[&sheet], at), text)
            };
            let same = match (of(&before), of(&after)) {
                ((Some(a), _), (Some(b), _)) => (a - b).abs() <= dec("0.0001"),
                ((None, a), (None, b)) => a == b,
                _ => false,
            };
            assert!(same, "{what} {sheet} {at:?}: {:?}, {:?}", of(&before), of(&after));
            count += 1;
        }
    }
    count
}
