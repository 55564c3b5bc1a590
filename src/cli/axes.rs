//! What a comparison varies: models, sizes, qualities, routes and price owners.

use std::collections::BTreeSet;

use clap::Args;

use super::exit::Failure;
use super::message::{self, About};
use crate::catalog::Catalog;
use crate::catalog::model_rules::SizeRule;
use crate::catalog::{dated, sizes};
use crate::estimate::{DEFAULT_MODEL, Terms, find_model, find_route};
use crate::request::{Draft, RequestError};

/// The sizes of a matrix where none are named and the model takes any.
const MATRIX_SIZES: [&str; 5] = ["1024x1024", "1024x1536", "1536x1024", "2048x2048", "3840x2160"];

#[derive(Debug, Args)]
#[command(next_help_heading = "Axes")]
pub(super) struct AxesArgs {
    /// Models to compare, separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',', conflicts_with = "model")]
    pub models: Vec<String>,
    /// Qualities to compare, separated by commas
    #[arg(
        long,
        value_name = "LABELS",
        value_delimiter = ',',
        conflicts_with_all = ["quality", "usage"]
    )]
    pub qualities: Vec<String>,
    /// Sizes to compare, separated by commas
    #[arg(
        long,
        value_name = "SIZES",
        value_delimiter = ',',
        conflicts_with_all = ["size", "usage"]
    )]
    pub sizes: Vec<String>,
    /// Only these routes (unique endings of ids), separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub routes: Vec<String>,
    /// Only these price owners (ids), separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub owners: Vec<String>,
}

impl AxesArgs {
    /// Refuses what varies a request where a reply is compared, which has its own counts.
    pub(super) fn refuse_of_reply(&self) -> Result<(), Failure> {
        let given = [("--qualities", &self.qualities), ("--sizes", &self.sizes)];
        let given: Vec<&str> =
            given.iter().filter(|(_, values)| !values.is_empty()).map(|(flag, _)| *flag).collect();
        if given.is_empty() {
            return Ok(());
        }
        let what = format!("{} vary a request, and a reply has its own counts", given.join(", "));
        Err(Failure::usage(what, "leave them out: a reply is rated as it stands"))
    }
}

/// The values of each axis; `None` leaves the value to the default.
pub(super) struct Axes {
    models: Vec<Option<String>>,
    sizes: Vec<Option<String>>,
    qualities: Vec<Option<String>>,
}

impl Axes {
    /// The values that flags name, else what is asked for.
    pub(super) fn of(args: &AxesArgs, base: &Draft, catalog: &Catalog) -> Axes {
        Axes {
            models: or_one("--models", &args.models, base.model.clone(), |name| {
                catalog.model(name).map_or_else(|_| name.to_owned(), |model| model.id.clone())
            }),
            sizes: or_one("--sizes", &args.sizes, base.size.clone(), str::to_owned),
            qualities: or_one("--qualities", &args.qualities, base.quality.clone(), str::to_owned),
        }
    }

    /// A draft for each combination of the values.
    pub(super) fn drafts(&self, base: &Draft) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for model in &self.models {
            for size in &self.sizes {
                for quality in &self.qualities {
                    drafts.push(Draft {
                        model: model.clone(),
                        size: size.clone(),
                        quality: quality.clone(),
                        ..base.clone()
                    });
                }
            }
        }
        drafts
    }

    /// Fills the axes of a matrix with the sizes and qualities of the route's model; returns the route.
    pub(super) fn fill(
        &mut self,
        routes: &[String],
        conversation: bool,
        catalog: &Catalog,
        terms: &Terms,
    ) -> Result<String, Failure> {
        let route = match routes {
            [] => {
                let name = self.models[0].as_deref().unwrap_or(DEFAULT_MODEL);
                let model = find_model(catalog, name)?;
                model.makers_route_for(conversation)
            }
            [one] => one.clone(),
            _ => {
                return Err(RequestError::AmbiguousRoute {
                    name: routes.join(","),
                    candidates: routes.to_vec(),
                }
                .into());
            }
        };
        let found = find_route(catalog, &route)?;
        let model = find_model(catalog, &found.model)?;
        let rules = dated::in_force(&model.rules, terms.as_of).map_err(|nearest| {
            let nearest = nearest.map(|period| period.in_words());
            RequestError::NoVersion {
                what: model.id.clone(),
                day: terms.as_of.to_string(),
                nearest,
            }
        })?;
        self.models = vec![Some(model.id.clone())];
        if self.sizes == [None] {
            self.sizes = or_none(&matrix_sizes(&rules.sizes.rule));
        }
        if self.qualities == [None] {
            self.qualities = or_none(rules.labels());
        }
        Ok(found.id.to_string())
    }
}

/// The values that a flag names, each once and by `id` where it has several names; else the one that is asked for.
fn or_one(
    flag: &str,
    named: &[String],
    one: Option<String>,
    id: impl Fn(&str) -> String,
) -> Vec<Option<String>> {
    if named.is_empty() {
        return vec![one];
    }
    let mut ids = BTreeSet::new();
    let mut once = Vec::new();
    for name in named {
        match ids.insert(id(name)) {
            true => once.push(Some(name.clone())),
            false => message::hint(
                About::Twice,
                &format!("{flag} names {name} twice: it is compared once\n"),
            ),
        }
    }
    once
}

/// The values of an axis; one that is left to the default where there are none.
fn or_none(values: &[String]) -> Vec<Option<String>> {
    if values.is_empty() { vec![None] } else { values.iter().cloned().map(Some).collect() }
}

/// The sizes or resolutions that a matrix shows where none are named.
fn matrix_sizes(rule: &SizeRule) -> Vec<String> {
    match rule {
        SizeRule::Listed(sizes) => sizes.iter().map(ToString::to_string).collect(),
        SizeRule::Tiers(tiers) => tiers.clone(),
        SizeRule::NotKnown(_) => Vec::new(),
        SizeRule::Grid(_) => {
            let legal = |size: &&'static str| {
                size.parse().is_ok_and(|size| sizes::broken_rules(rule, size).is_empty())
            };
            MATRIX_SIZES.into_iter().filter(legal).map(str::to_owned).collect()
        }
    }
}
