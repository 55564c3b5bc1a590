//! Rows and columns of a workbook that are hidden, as by a filter: its reader of cells does not tell them from others.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::RangeInclusive;

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::error::{WorkbookError, broken};
use super::packed::{Format, attribute, each};

/// The rows and columns of a sheet that are hidden, by their numbers from 0; those without a cell are among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Concealed {
    pub(super) rows: Vec<RangeInclusive<u32>>,
    pub(super) columns: Vec<RangeInclusive<u32>>,
}

/// What is hidden in each sheet of a workbook whose parts are within bounds, by the name of the sheet.
///
/// # Errors
/// A part that cannot be read.
pub(super) fn of(
    bytes: &[u8],
    format: Format,
) -> Result<BTreeMap<String, Concealed>, WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    match format {
        Format::Ods => of_ods(&part(&mut archive, "content.xml")?),
        Format::Xlsx => {
            let targets = targets(&part(&mut archive, "xl/_rels/workbook.xml.rels")?)?;
            let mut all = BTreeMap::new();
            for (name, id) in sheets(&part(&mut archive, "xl/workbook.xml")?)? {
                if let Some(target) = targets.get(&id) {
                    all.insert(name, of_worksheet(&part(&mut archive, target)?)?);
                }
            }
            Ok(all)
        }
    }
}

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The text of a part, which was held to its bound before; nothing of one that is not there, whose reader says better.
fn part(archive: &mut Archive, name: &str) -> Result<Vec<u8>, WorkbookError> {
    let mut text = Vec::new();
    if let Ok(mut part) = archive.by_name(name) {
        part.read_to_end(&mut text).map_err(broken)?;
    }
    Ok(text)
}

/// The sheets of .xlsx by name, each with the id of its part.
fn sheets(text: &[u8]) -> Result<Vec<(String, String)>, WorkbookError> {
    let mut all = Vec::new();
    elements(text, |element, name| {
        if let ("sheet", Some(title), Some(id)) =
            (name, attribute(element, "name"), attribute(element, "r:id"))
        {
            all.push((title, id));
        }
    })?;
    Ok(all)
}

/// The parts of .xlsx by their ids.
fn targets(text: &[u8]) -> Result<BTreeMap<String, String>, WorkbookError> {
    let mut all = BTreeMap::new();
    elements(text, |element, _| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            let path = target.strip_prefix('/').map(str::to_owned);
            all.insert(id, path.unwrap_or_else(|| format!("xl/{target}")));
        }
    })?;
    Ok(all)
}

fn of_worksheet(text: &[u8]) -> Result<Concealed, WorkbookError> {
    let (mut found, mut row) = (Concealed::default(), 0);
    let number = |element: &BytesStart, name| -> Option<u32> {
        attribute(element, name)?.parse::<u32>().ok()?.checked_sub(1)
    };
    elements(text, |element, name| {
        let is_hidden = attribute(element, "hidden").is_some_and(|it| it == "1" || it == "true");
        match name {
            "col" if is_hidden => {
                let ends = (number(element, "min"), number(element, "max"));
                if let (Some(first), Some(last)) = ends {
                    found.columns.push(first..=last);
                }
            }
            "row" => {
                let at = number(element, "r").unwrap_or(row);
                row = at.saturating_add(1);
                found.rows.extend(is_hidden.then_some(at..=at));
            }
            _ => {}
        }
    })?;
    Ok(found)
}

fn of_ods(text: &[u8]) -> Result<BTreeMap<String, Concealed>, WorkbookError> {
    let mut all: BTreeMap<String, Concealed> = BTreeMap::new();
    let (mut sheet, mut row, mut column) = (String::new(), 0, 0);
    elements(text, |element, _| {
        let is_shown = |it: &String| it == "visible";
        let is_hidden = !attribute(element, "table:visibility").as_ref().is_none_or(is_shown);
        let next = |at: &mut u32, repeated: &str| {
            let times = attribute(element, repeated).and_then(|it| it.parse().ok()).unwrap_or(1);
            let first = *at;
            *at = at.saturating_add(times);
            is_hidden.then(|| first..=at.saturating_sub(1))
        };
        match element.name().as_ref() {
            "table:table" => {
                (row, column) = (0, 0);
                sheet = attribute(element, "table:name").unwrap_or_default();
            }
            "table:table-row" => {
                let hidden = next(&mut row, "table:number-rows-repeated");
                all.entry(sheet.clone()).or_default().rows.extend(hidden);
            }
            "table:table-column" => {
                let hidden = next(&mut column, "table:number-columns-repeated");
                all.entry(sheet.clone()).or_default().columns.extend(hidden);
            }
            _ => {}
        }
    })?;
    Ok(all)
}

/// Each element of a part that begins, with its name.
fn elements(text: &[u8], mut see: impl FnMut(&BytesStart, &str)) -> Result<(), WorkbookError> {
    each(text, |event| {
        if let Event::Start(element) = event {
            see(element, element.local_name().as_ref());
        }
        Ok(true)
    })
}
