//! The tables beside a price map of others.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use chrono::NaiveDate;

use super::{DiffArgs, Kind};
use crate::catalog::Catalog;
use crate::cli::args::{given, terms};
use crate::cli::config;
use crate::cli::exit::{Exit, Failure};
use crate::cli::idle::{self, figures, idle};
use crate::cli::input;
use crate::cli::output;
use crate::estimate::Terms;
use crate::input_limits::PRICE_MAP_BYTES;
use crate::price_changes::{Both, Selection};
use crate::price_maps::{MapState, begins_like_one, compare, read};
use crate::report::flags::FlagEffects;
use crate::report::price_maps::{MapView, report};
use crate::request::Draft;

/// Enough to see how a file begins, after blanks.
const FIRST_BYTES: u64 = 4096;

/// Whether there is a file that begins like JSON, as no folder and no archive of tables does.
pub(super) fn is_one(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let mut first = Vec::new();
    let read = File::open(path).and_then(|file| file.take(FIRST_BYTES).read_to_end(&mut first));
    read.is_ok() && begins_like_one(&first)
}

/// Holds the tables of A beside the map of B, and prints how they stand.
pub(super) fn run(
    args: &DiffArgs,
    (names, kinds): (&Both<String>, &Both<Kind>),
    catalog: Catalog,
    today: NaiveDate,
) -> Result<Exit, Failure> {
    refuse_cost(args)?;
    let fx = args.prices.fx.rates()?;
    let (catalog, day, selection) = tables(args, (names, kinds), catalog, today)?;
    let name = &names[1];
    let file = input::read_within(name, &PRICE_MAP_BYTES)?;
    let map = read(&file.name, &file.text, day).map_err(|problem| Failure::Data(vec![*problem]))?;
    let found = compare(&catalog, day, &map, &selection, &fx)?;
    let view = MapView { catalog: &catalog, day, file: name, shape: map.shape };
    let report = report(&found, view);
    let used = |code: &str| found.is_priced_in(code);
    let asked = (Draft::default(), terms(&args.prices, &args.attempts, &fx, today)?);
    let can_be_idle = idle::of_request(&asked).into_iter().chain([idle::top_up(&asked)]);
    let again = |_: (Draft, Terms)| Some(figures(&report));
    let mut without_effect = args.prices.fx.without_effect(used)?;
    without_effect.extend(idle(&report, can_be_idle, again));
    let flags = FlagEffects { without_effect, ..FlagEffects::default() };
    output::write(report.with_flags(flags), &args.output)?;
    let differs = found.count(MapState::Differing) > 0;
    Ok(if args.exit_code && differs { Exit::Finding } else { Exit::Done })
}

/// A map has prices and no cost of a request.
fn refuse_cost(args: &DiffArgs) -> Result<(), Failure> {
    let given = of_cost(args);
    if given.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} has no effect on prices: a price map is compared price by price, and not by what a request costs",
        given.join(", ")
    );
    Err(Failure::usage(message, "leave it out; --model alone selects"))
}

/// The flags of a request and a volume that are given.
fn of_cost(args: &DiffArgs) -> Vec<&'static str> {
    let asked = &args.asked;
    let beside = given([
        ("--processing", asked.processing.is_some()),
        ("--text-output-tokens", asked.text_output_tokens.is_some()),
        ("--cached-text-tokens", asked.cached_text_tokens.is_some()),
        ("--cached-image-tokens", asked.cached_image_tokens.is_some()),
        ("--mainline-model", asked.mainline.mainline_model.is_some()),
    ]);
    [asked.said_of_requests(), beside, args.attempts.given()].concat()
}

/// The tables that A names, their day, and which routes of them are compared.
fn tables(
    args: &DiffArgs,
    (names, kinds): (&Both<String>, &Both<Kind>),
    catalog: Catalog,
    today: NaiveDate,
) -> Result<(Catalog, NaiveDate, Selection), Failure> {
    let day = args.prices.days.prices.as_of;
    let mut selection = Selection {
        routes: args.routes.clone(),
        owners: args.owners.clone(),
        model: args.asked.model.clone(),
    };
    match kinds {
        [Kind::Map, Kind::Map] => {
            let help = "give a day, a folder of tables or a route, and then the map";
            Err(Failure::usage("two price maps are not compared with each other", help))
        }
        [Kind::Map, _] => {
            let help = format!("write `imgcost prices diff {} {}`", names[1], names[0]);
            Err(Failure::usage("the price map stands second", help))
        }
        [Kind::Day(_), _] if day.is_some() && args.b.is_some() => {
            Err(Failure::usage("the day stands already as A", "leave --as-of out"))
        }
        [Kind::Day(day), _] => {
            config::pricing_is_used()?;
            Ok((catalog, *day, selection))
        }
        [Kind::Route, _] if !args.routes.is_empty() || !args.owners.is_empty() => {
            let help = "leave --routes and --owners out: A is the route";
            Err(Failure::usage("one route is compared with a price map", help))
        }
        [Kind::Route, _] => {
            config::pricing_is_used()?;
            selection.routes = vec![args.a.clone()];
            Ok((catalog, day.unwrap_or(today), selection))
        }
        [Kind::Folder(folder), _] => {
            if !args.prices.days.prices.pricing.is_empty() {
                let help = "leave --pricing out: A is the folder";
                return Err(Failure::usage("a folder is compared as it is", help));
            }
            let tables = args.prices.days.known(Catalog::of_folder(folder)?);
            Ok((tables, day.unwrap_or(today), selection))
        }
    }
}
