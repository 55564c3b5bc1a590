//! The addresses of sources and price pages as written → [`Located`].

use std::collections::BTreeSet;

use super::check::{Checker, all};
use super::locator::{Located, Locator, NOT_RECORDED};
use super::raw::{Kind, PricePage, RawLocators, Text};
use super::yaml::span;
use crate::problem::ProblemCode;

impl Checker<'_> {
    /// Where a source is found again.
    pub(super) fn locators(&mut self, raw: &RawLocators) -> Option<Located> {
        let raw = match raw {
            RawLocators::NotRecorded => return Some(Located::NotRecorded),
            RawLocators::Unread => return None,
            RawLocators::At(raw) => raw,
        };
        let mut found = BTreeSet::new();
        for address in raw {
            if !found.insert(&*address.value) && address.place().is_some() {
                let message = format!("the address {} stands twice", &*address.value);
                self.report(
                    ProblemCode::BadAddress,
                    span(address),
                    message,
                    "take one of them out",
                );
            }
        }
        all(raw.iter().map(|raw| self.address(raw)).collect()).map(Located::At)
    }

    /// Where an owner's prices are read.
    pub(super) fn price_page(&mut self, raw: &Text<PricePage>) -> Option<Located> {
        if *raw.value == *NOT_RECORDED {
            return Some(Located::NotRecorded);
        }
        self.address(raw).map(|address| Located::At(vec![address]))
    }

    fn address<K: Kind>(&mut self, raw: &Text<K>) -> Option<Locator> {
        let at = raw.place()?;
        if self.is_bare_number(raw) {
            return None;
        }
        Locator::parse(&raw.value)
            .map_err(|why| {
                let message = format!("`{}` is no address: it {why}", &*raw.value);
                let help = "write it as \"https://…\", as a browser takes it, or `not_recorded` in its place";
                self.report(ProblemCode::BadAddress, at, message, help);
            })
            .ok()
    }
}
