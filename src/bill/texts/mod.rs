//! Free texts of bills, such as line items and names of meters → model, meter and processing, by rules in data. No rule is a
//! guess: what none knows stays as it is written.

mod raw;
mod template;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::line::BillKind;
use crate::catalog::Catalog;
use crate::catalog::check::Checker;
use crate::catalog::conditions::Processing;
use crate::catalog::schema::document_of;
use crate::catalog::yaml::FileKind;
use crate::errors::Errors;
use crate::input_limits::{MAPPING_BYTES, MAPPING_VALUES};
use crate::problem::Problem;
use crate::unit::Meter;

pub(super) use raw::{RawTexts, texts};
use template::{Known, Template};

/// The rules that come with the program.
const SHIPPED: &str = include_str!("../../../bills/texts.yaml");

const TEXTS: FileKind = FileKind {
    holds: "list of rules",
    shape: "bills/README.md",
    currency: "the currency of the bill",
    bytes: &MAPPING_BYTES,
    values: &MAPPING_VALUES,
};

/// What free texts mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Names in small letters, the longest first.
    meters: Vec<(String, Meter)>,
    processings: Vec<(String, Processing)>,
    rules: Vec<Rule>,
}

/// A pattern, and what a text of it means.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    owner: Option<String>,
    template: Template,
    model: Option<String>,
    meter: Option<Meter>,
    processing: Option<Processing>,
    kind: Option<BillKind>,
}

/// What a text means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub model: Option<Arc<str>>,
    pub meter: Option<Meter>,
    pub processing: Option<Processing>,
    pub kind: Option<BillKind>,
}

fn in_order<T>(mut names: Vec<(String, T)>) -> Vec<(String, T)> {
    names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names
}

impl Texts {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn shipped() -> Result<Texts, Errors<Problem>> {
        Texts::read("bills/texts.yaml", &SHIPPED.into())
    }

    /// The rules of a file.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(file: &str, text: &Arc<str>) -> Result<Texts, Errors<Problem>> {
        let mut check = Checker::of_own(&TEXTS, file, text);
        let found = check.raw::<RawTexts>().and_then(|raw| texts(&mut check, &raw));
        check.finish(found)
    }

    /// These rules, and behind them others.
    #[must_use]
    pub(super) fn before(&self, others: &Texts) -> Texts {
        let (mut meters, mut processings) = (self.meters.clone(), self.processings.clone());
        meters.extend(others.meters.iter().cloned());
        processings.extend(others.processings.iter().cloned());
        Texts {
            meters: in_order(meters),
            processings: in_order(processings),
            rules: self.rules.iter().chain(&others.rules).cloned().collect(),
        }
    }
}

/// The JSON Schema of a file of rules, as the text of a file.
pub fn schema() -> String {
    document_of::<RawTexts>("bill-texts")
}

/// Names of owners and models, and texts that were met already.
type Met<T> = RefCell<HashMap<(Arc<str>, Arc<str>), T>>;

/// What texts mean with these tables; each text is looked at once.
pub(super) struct Matcher<'a> {
    texts: Texts,
    catalog: &'a Catalog,
    met: Met<Option<Meaning>>,
    models: Met<Option<Arc<str>>>,
    owners: RefCell<HashMap<String, Arc<str>>>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(texts: Texts, catalog: &'a Catalog) -> Matcher<'a> {
        let (met, models) = (RefCell::default(), RefCell::default());
        Matcher { texts, catalog, met, models, owners: RefCell::default() }
    }

    /// What a text on a bill of an owner means; `None` where no rule knows it.
    pub(super) fn meaning(&self, owner: &Arc<str>, text: &Arc<str>) -> Option<Meaning> {
        let key = (Arc::clone(owner), Arc::clone(text));
        if let Some(found) = self.met.borrow().get(&key) {
            return found.clone();
        }
        let found = self.find(owner, text);
        self.met.borrow_mut().insert(key, found.clone());
        found
    }

    fn find(&self, owner: &Arc<str>, text: &str) -> Option<Meaning> {
        let model = |name: &str| self.model(owner, name).map(|id| id.to_string());
        let known = Known {
            model: &model,
            meters: &self.texts.meters,
            processings: &self.texts.processings,
        };
        let rules = self.texts.rules.iter();
        let mut of_owner =
            rules.filter(|rule| rule.owner.as_deref().is_none_or(|it| it == &**owner));
        of_owner.find_map(|rule| {
            let said = rule.template.said_by(text, &known)?;
            let model = said.model.or_else(|| rule.model.clone());
            Some(Meaning {
                model: model.map(Into::into),
                meter: said.meter.or(rule.meter),
                processing: said.processing.or(rule.processing),
                kind: rule.kind,
            })
        })
    }

    /// The model of a name or alias, or what a route of the owner is asked by; `None` where the tables know none.
    pub(super) fn model(&self, owner: &Arc<str>, name: &str) -> Option<Arc<str>> {
        let key = (Arc::clone(owner), Arc::from(name));
        if let Some(found) = self.models.borrow().get(&key) {
            return found.clone();
        }
        let found = self.catalog.model(name).ok().map(|model| Arc::from(&*model.id));
        let found = found.or_else(|| self.model_of_route(owner, name));
        self.models.borrow_mut().insert(key, found.clone());
        found
    }

    fn model_of_route(&self, owner: &str, name: &str) -> Option<Arc<str>> {
        let routes = self.catalog.routes_asked_for_by(name);
        let mut models = routes.iter().filter(|route| route.id.owner == owner).map(|it| &it.model);
        let first = models.next()?;
        models.all(|model| model == first).then(|| Arc::from(&**first))
    }

    /// The id of the owner of this name, in whatever case; the name itself where the tables know none.
    pub(super) fn owner(&self, name: &str) -> Arc<str> {
        if let Some(found) = self.owners.borrow().get(name) {
            return Arc::clone(found);
        }
        let ids = self.catalog.route_ids().iter();
        let is_it = |owner: &str| owner.eq_ignore_ascii_case(name);
        let by_id = ids.clone().find(|id| is_it(&id.owner)).map(|id| id.owner.clone());
        let by_name = || {
            ids.clone().find_map(|id| {
                let owner = self.catalog.owner(id.kind, &id.owner).ok()?;
                is_it(&owner.name).then(|| id.owner.clone())
            })
        };
        let found: Arc<str> = by_id.or_else(by_name).unwrap_or_else(|| name.to_owned()).into();
        self.owners.borrow_mut().insert(name.to_owned(), Arc::clone(&found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text of an owner means, in words.
    fn meaning(owner: &str, text: &str) -> Option<String> {
        let catalog = Catalog::shipped();
        let matcher = Matcher::new(Texts::shipped().expect("right"), &catalog);
        let found = matcher.meaning(&owner.into(), &text.into())?;
        let parts = [
            found.model.map(|it| it.to_string()),
            found.processing.map(|it| it.as_str().to_owned()),
            found.meter.map(|it| it.as_str().to_owned()),
        ];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn the_texts_of_each_owner_are_known_as_far_as_they_say_anything() {
        for (owner, text, expected) in [
            ("openai", "gpt-image-2-2026-04-21, text input", "gpt-image-2 text_input"),
            (
                "openai",
                "gpt-image-2-2026-04-21, cached image input",
                "gpt-image-2 cached_image_input",
            ),
            (
                "openai",
                "gpt-image-2-2026-04-21, batch, image output",
                "gpt-image-2 batch image_output",
            ),
            ("openai", "gpt-image-2", "gpt-image-2"),
            ("openai", "Image models", ""),
            ("microsoft", "EXAMPLE gpt-image-2 image output global", "gpt-image-2 image_output"),
            ("openrouter", "openai/gpt-image-2-20260421", "gpt-image-2"),
            ("openrouter", "openai/gpt-image-2", "gpt-image-2"),
            ("fal", "openai/gpt-image-2", "gpt-image-2"),
            ("fal", "openai/gpt-image-2/edit", "gpt-image-2"),
        ] {
            assert_eq!(meaning(owner, text).as_deref(), Some(expected), "{owner}: {text}");
        }
        for (owner, text) in [
            ("openai", "gpt-4o-2024-08-06, Input"),
            ("openai", "gpt-image-9, image output"),
            ("openai", "Web search tool calls"),
            ("microsoft", "D2s v3 virtual machine"),
            ("acme", "gpt-image-2, image output"),
        ] {
            assert_eq!(meaning(owner, text), None, "{owner}: {text}");
        }
    }

    #[test]
    fn rules_of_a_user_stand_before_the_others() {
        let own = "meters:\n- {meter: image_output, names: [Bildausgabe]}\nrules:\n- {owner: acme, text: \"{any} {meter}\", model: gpt-image-2}\n";
        let own = Texts::read("own.yaml", &own.into()).expect("right");
        let catalog = Catalog::shipped();
        let texts = own.before(&Texts::shipped().expect("right"));
        let matcher = Matcher::new(texts, &catalog);
        let found = matcher.meaning(&"acme".into(), &"GPT Bildausgabe".into()).expect("known");
        assert_eq!(found.model.as_deref(), Some("gpt-image-2"));
        assert_eq!(found.meter, Some(Meter::ImageOutput));
    }

    #[test]
    fn a_pattern_with_other_braces_is_refused_at_its_place() {
        let text = "rules:\n- {text: \"{modell}, {meter}\"}\n";
        let wrong = Texts::read("own.yaml", &text.into()).expect_err("no such place");
        assert_eq!(wrong[0].shown_place(), "own.yaml:2:10");
    }

    #[test]
    fn owners_are_found_by_id_and_by_name() {
        let catalog = Catalog::shipped();
        let matcher = Matcher::new(Texts::default(), &catalog);
        assert_eq!(&*matcher.owner("OpenAI"), "openai");
        assert_eq!(&*matcher.owner("Microsoft"), "microsoft");
        assert_eq!(&*matcher.owner("Acme Ltd"), "Acme Ltd");
    }
}
