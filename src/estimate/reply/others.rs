//! The lines of the models beside the image model: the mainline model and the authors of SVG files.

use super::super::place::PricedOn;
use super::super::{EstimateError, Terms, mainline};
use super::ReplyContext;
use super::ends::lines_of_ends;
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::note::SecondModel;
use crate::rating::{self, Part, Rated, SvgPrice};
use crate::reason::{self, MissingPart};
use crate::unit::Meter;
use crate::usage::Usage;
use crate::usage_log::reply::{Counts, Model, Reply, Stated, counts};

pub(super) fn rated(
    catalog: &Catalog,
    reply: &Reply,
    context: &ReplyContext,
    place: &PricedOn,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    let of = |model: &Model, part: &Part, named: Option<&str>| {
        of_model(catalog, model, part, named, context, terms)
    };
    let mut all = match &reply.mainline {
        Some(mainline) => of(mainline, &Part::Mainline, context.mainline_model.as_deref())?,
        // A reply of the image model alone lacks what a route on which another model calls it bills.
        None if place.table.route.image_tool.is_some() => without_mainline(),
        None => Rated::default(),
    };
    for author in &reply.svg_authors {
        let more = match of_owner(author, context, place, terms)? {
            SvgPrice::OfMaker => of(author, &Part::SvgAuthor, None)?,
            SvgPrice::Included => continue,
            SvgPrice::Lines(rated) => place.located(rated),
        };
        all.charges.extend(more.charges);
        all.notes.extend(more.notes);
    }
    Ok(all)
}

/// What the owner of the route charges for writing an SVG file.
fn of_owner(
    author: &Model,
    context: &ReplyContext,
    place: &PricedOn,
    terms: &Terms,
) -> Result<SvgPrice, EstimateError> {
    let counts = author.tokens.tokens().map(|tokens| counts(tokens, None, (None, None)));
    let usage = usage(&author.tokens, counts.as_ref());
    Ok(rating::svg_price(&usage, context.processing(), &place.table, terms.fx)?)
}

/// The lines of a model by its maker's table. `named` goes before the reply's own name of it.
fn of_model(
    catalog: &Catalog,
    model: &Model,
    part: &Part,
    named: Option<&str>,
    context: &ReplyContext,
    terms: &Terms,
) -> Result<Rated, EstimateError> {
    // All that a text model reads is text unless it is split, so that output has one end.
    let counts = model.tokens.tokens().map(|tokens| counts(tokens, None, (None, None)));
    let usage = usage(&model.tokens, counts.as_ref());
    let (does, unnamed) = match part {
        Part::SvgAuthor => (SecondModel::WroteSvg, reason::Reply::SvgAuthorNotNamed),
        _ => (SecondModel::MadeTheCall, reason::Reply::MainlineNotNamed),
    };
    let rate = |usage: &Usage| match named.or(model.model.as_deref()) {
        None => Ok(mainline::unpriced(usage, unnamed.clone())),
        Some(name) => {
            let own_route = Terms { route: None, ..terms.clone() };
            mainline::charges(catalog, name, does, usage, context.processing(), &own_route)
        }
    };
    let mut rated = rate(&usage)?;
    if let Some(counts) = &counts {
        rated.charges = lines_of_ends(rated.charges, counts, |end, _| {
            let mut at_end = usage.clone();
            at_end.set_all(end);
            Ok(rate(&at_end)?.charges)
        })?;
    }
    Ok(rated.of(part))
}

fn usage(stated: &Stated, counts: Option<&Counts>) -> Usage {
    let mut usage = Usage::default();
    match (stated, counts) {
        (Stated::Tokens(tokens), Some(counts)) => {
            // All input together is the same at each end, and rates that hang on it are those of any of them.
            counts.input.ends.first().into_iter().for_each(|end| usage.set_all(end));
            usage.set_all(&counts.output.ranges());
            open_zeros(&mut usage, tokens.input, tokens.output);
        }
        (Stated::Missing(why), _) => {
            for meter in [Meter::TextInput, Meter::TextOutput] {
                usage.set(meter, Figure::unknown(0, why.clone()), Vec::new());
            }
        }
        (Stated::Tokens(_), None) => {}
    }
    usage
}

fn without_mainline() -> Rated {
    let usage = usage(&Stated::Missing(reason::Reply::NoMainlineTokens), None);
    mainline::unpriced(&usage, reason::Reply::NoMainlineTokens).of(&Part::Mainline)
}

/// A model that made a call has read and written: a count of zero is not known, and not free.
fn open_zeros(usage: &mut Usage, input: u64, output: u64) {
    let sides = [
        (Meter::TextInput, input, MissingPart::Input),
        (Meter::TextOutput, output, MissingPart::Output),
    ];
    for (meter, _, side) in sides.into_iter().filter(|(_, count, _)| *count == 0) {
        usage.set(meter, Figure::unknown(0, reason::Reply::NoneOfACall(side)), Vec::new());
    }
}
