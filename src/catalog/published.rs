//! Pinned digests: which figures of a whole catalogue have been published and must not change.
//!
//! `published.yaml` names for each route and first day the digest of the version's figures. A changed
//! price is a new version; the pin keeps the old one from being edited in place.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use super::Catalog;
use super::check::Checker;
use super::figures::figures;
use super::files::TableFile;
use super::position::Position;
use super::price::PriceVersion;
use super::raw::{Day, Text};
use super::yaml::{keys, span};
use crate::errors::Errors;
use crate::problem::Problem;

/// The digests of published versions: route → first day → digest.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// The day on which the tables were pinned last: nothing later is known to them.
    pub pinned: Option<NaiveDate>,
    /// The digests, each with its place in the file.
    pub digests: BTreeMap<String, BTreeMap<String, (String, Position)>>,
}

struct RawPublished {
    pinned: Option<Day>,
    versions: BTreeMap<String, BTreeMap<String, Text>>,
}

keys! { RawPublished: pinned, versions }

impl Catalog {
    /// What of this catalogue has been published; nothing where it has no such file.
    ///
    /// # Errors
    /// The problems of the file.
    pub fn published(&self) -> Result<Published, Errors<Problem>> {
        match self.published_file() {
            None => Ok(Published::default()),
            Some(file) => Published::read(&file),
        }
    }
}

impl Published {
    /// The pins of a file.
    ///
    /// # Errors
    /// The problems of the file.
    pub fn read(file: &TableFile) -> Result<Published, Errors<Problem>> {
        let mut check = Checker::new(file);
        let raw = check.raw::<RawPublished>();
        let pinned = raw.as_ref().and_then(|raw| check.date(raw.pinned.as_ref()?));
        let raw = check.finish(raw)?;
        let of_route = |pins: BTreeMap<String, Text>| {
            let pin = |(day, digest): (String, Text)| {
                (day, (digest.value.to_string(), Position(span(&digest))))
            };
            pins.into_iter().map(pin).collect()
        };
        let digests = raw.versions.into_iter().map(|(route, pins)| (route, of_route(pins)));
        Ok(Published { pinned, digests: digests.collect() })
    }

    /// The file that says the same.
    pub fn text(&self) -> String {
        let mut text = String::from(HEAD);
        if let Some(day) = self.pinned {
            text += &format!("pinned: {day}\n");
        }
        text += "versions:\n";
        for (route, pins) in &self.digests {
            text += &format!("  {route}:\n");
            for (day, (digest, _)) in pins {
                text += &format!("    {day}: \"{digest}\"\n");
            }
        }
        text
    }
}

const HEAD: &str = "\
# The figures that have been published, by route and first day: `imgcost prices check` finds one that was
# changed in place. `imgcost prices pin` writes this file; do not edit it by hand.
";

/// The digest of a version's figures, in hexadecimal.
pub fn digest(version: &PriceVersion) -> String {
    let digest = Sha256::digest(figures(version).join("\n").as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
