//! Why a request cannot be priced as asked; [`super::help`] says what to do.

use std::fmt;

use chrono::NaiveDate;

use super::Parameter;
use super::refusals::{NoFidelity, NoSizeList, Unoffered};
use crate::catalog::broken_rule::{self, BrokenRule};
use crate::catalog::conditions::Processing;
use crate::catalog::evidence::Evidence;
use crate::catalog::locator::Locator;
use crate::catalog::model::MAKER;
use crate::catalog::no_basis::NoBasis;
use crate::catalog::refused::Refusal;
use crate::catalog::route::Status;
use crate::size::Size;
use crate::unit::grouped;

coded! {
    /// A request that cannot be priced as asked: the reason, and by [`RequestError::help`] what to do.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
    #[non_exhaustive]
    pub enum RequestError {
        /// There is no model of this name.
        #[error("there is no model `{name}`")]
        UnknownModel {
            /// The name as given.
            name: String,
            /// Names spelled alike.
            near: Vec<String>,
        } => "unknown-model",
        /// The body names no model, and the API has no default for it.
        #[error("the request body names no image model")]
        BodyWithoutModel => "body-without-model",
        /// The name is written as gateways and SDKs do, an owner before a model.
        #[error("`{name}` names an owner and a model in one, and a price is that of a route")]
        OwnerBeforeModel {
            /// The name as given.
            name: String,
            /// The model in it.
            model: String,
            /// The routes on which that owner sells it.
            routes: Vec<String>,
        } => "owner-before-model",
        /// The name is what callers of some routes send as the model.
        #[error("`{name}` is what callers of some routes send as the model, and a price is that of a route")]
        NameOfRoutes {
            /// The name as given.
            name: String,
            /// The routes.
            routes: Vec<String>,
        } => "name-of-routes",
        /// The model writes text only.
        #[error("`{model}` makes no images of its own")]
        MakesNoImages {
            /// The model.
            model: String,
        } => "makes-no-images",
        /// There is no route of this name.
        #[error("there is no route `{name}`")]
        UnknownRoute {
            /// The name as given.
            name: String,
            /// Ids spelled alike.
            near: Vec<String>,
        } => "unknown-route",
        /// There is no owner of this id among the routes.
        #[error("there is no owner `{name}` among the routes asked for")]
        UnknownOwner {
            /// The id as given.
            name: String,
            /// Ids spelled alike.
            near: Vec<String>,
        } => "unknown-owner",
        /// The name is the ending of several routes.
        #[error("`{name}` is the ending of several routes")]
        AmbiguousRoute {
            /// The name as given.
            name: String,
            /// Their full ids.
            candidates: Vec<String>,
        } => "ambiguous-route",
        /// The route is for another model.
        #[error("the route {route} offers `{offered}`, not `{asked}`")]
        OtherModel {
            /// The route.
            route: String,
            /// Its model.
            offered: String,
            /// The model asked for.
            asked: String,
            /// The route of the same owner that offers it, if there is one.
            beside: Option<String>,
        } => "other-model",
        /// The model has no quality of this name.
        #[error("`{quality}` is not a quality of {model}")]
        UnknownQuality {
            /// The label as given.
            quality: String,
            /// The model.
            model: String,
            /// Its labels.
            labels: Vec<String>,
            /// The one spelled alike.
            near: Option<String>,
        } => "unknown-quality",
        /// A quality is asked of a model that takes none.
        #[error("{model} is not known to take a quality, and `{quality}` was asked for")]
        NoQuality {
            /// The label as given.
            quality: String,
            /// The model.
            model: String,
        } => "no-quality",
        /// The size is none.
        #[error("{0}")]
        NotASize(#[from] crate::size::NotASize) => "not-a-size",
        /// The model does not make the size.
        #[error("{size} is not a size of {model}: {}", broken_rule::in_words(broken))]
        IllegalSize {
            /// The size asked for.
            size: Size,
            /// The model.
            model: String,
            /// Every rule that it breaks.
            broken: Vec<BrokenRule>,
            /// The nearest legal sizes, the nearest first.
            nearest: Vec<Size>,
        } => "illegal-size",
        /// A count is outside its range.
        #[error("{what} is {value}, and {model} takes {low} to {high}")]
        OutOfRange {
            /// What is counted.
            what: Bounded,
            /// The value given.
            value: u64,
            /// The model.
            model: String,
            /// The least allowed.
            low: u64,
            /// The most allowed.
            high: u64,
        } => "out-of-range",
        /// The reply does not say which model made the image.
        #[error("the reply does not name its image model")]
        ReplyWithoutModel => "reply-without-model",
        /// The model has no partial images.
        #[error("{model} streams no partial images")]
        NoPartialImages {
            /// The model.
            model: String,
        } => "no-partial-images",
        /// The parameter `input_fidelity` does not fit the model.
        #[error("input fidelity `{value}` cannot be asked for: {reason}")]
        FidelityRefused {
            /// The value given.
            value: String,
            /// Why not.
            reason: NoFidelity,
        } => "fidelity-refused",
        /// The API refuses these values of parameters, or did on the day.
        #[error("{model} refuses {}{}: {}", refusal.in_words(), before(refusal.until), refusal.with_source())]
        ValuesRefused {
            /// The model.
            model: String,
            /// The values, why, who says so and until when.
            refusal: Box<Refusal>,
        } => "values-refused",
        /// The file of a reference image is larger than the API takes.
        #[error("{image} has {} bytes, and {model} takes at most {} ({})", grouped(*bytes), grouped(*most), evidence.in_words())]
        FileTooLarge {
            /// The name of the image.
            image: String,
            /// How large its file is.
            bytes: u64,
            /// The model.
            model: String,
            /// The most bytes.
            most: u64,
            /// Who says so.
            evidence: Box<Evidence>,
        } => "file-too-large",
        /// The input fidelity is neither `low` nor `high`.
        #[error("`{value}` is not an input fidelity")]
        UnknownFidelity {
            /// The value given.
            value: String,
        } => "unknown-fidelity",
        /// A reply says that it was served at another tier than it is said to be processed.
        #[error("the reply was served at the tier `{tier}`, and {} processing was asked for", .asked.as_str())]
        OtherTier {
            /// The tier that the reply names.
            tier: String,
            /// The kind of processing that was asked for.
            asked: Processing,
        } => "other-tier",
        /// More tokens are said to come from the cache than are billed at all.
        #[error("{cached} cached {what} tokens are more than the {billed} that the request bills")]
        CachedMoreThanBilled {
            /// "text" or "image".
            what: &'static str,
            /// The cached tokens given.
            cached: u64,
            /// The most that can be billed.
            billed: u64,
        } => "cached-more-than-billed",
        /// More tokens of the mainline model are said to come from the cache than it reads at all.
        #[error("{cached} cached tokens of the mainline model are more than the {read} that it reads")]
        CachedMainlineMoreThanRead {
            /// The cached tokens given.
            cached: u64,
            /// The tokens that it reads in a turn.
            read: u64,
        } => "cached-mainline-more-than-read",
        /// A conversation hands on one image from turn to turn, and several are asked for.
        #[error(
            "a conversation of {turns} turns makes one image in each, and {images} are asked for (n)"
        )]
        TurnsOfSeveralImages {
            /// The turns asked for.
            turns: u32,
            /// The images asked for in each.
            images: u64,
        } => "turns-of-several-images",
        /// There is no route on which a mainline model calls the image model.
        #[error("there is no route on which a mainline model calls {model}")]
        NoToolRoute {
            /// The image model.
            model: String,
            /// The routes that have one.
            known: Vec<String>,
        } => "no-tool-route",
        /// The route calls the image model itself, and a mainline model is spoken of.
        #[error("on {route} no mainline model calls the image model, and these do not apply: {}", said.join(", "))]
        NoMainlineModel {
            /// The route.
            route: String,
            /// What was said of a mainline model or a conversation, in words.
            said: Vec<&'static str>,
            /// The route of the model's maker that has one.
            instead: Option<String>,
        } => "no-mainline-model",
        /// The mainline model is not one that the route's owner is known to offer there.
        #[error("`{name}` is not a mainline model of {route}")]
        UnknownMainlineModel {
            /// The name as given.
            name: String,
            /// The route.
            route: String,
            /// The mainline models that are priced there.
            known: Vec<String>,
            /// Those spelled alike.
            near: Vec<String>,
        } => "unknown-mainline-model",
        /// There is no price version or rule for the day.
        #[error("no version of {what} holds on {day}")]
        NoVersion {
            /// The table or model.
            what: String,
            /// The day asked for.
            day: String,
            /// The period of the nearest version, in words.
            nearest: Option<String>,
        } => "no-version",
        /// A price cannot be taken to have held before its first day, which its source states.
        #[error("the next price of {route} is stated to begin on {starts}: it did not hold since {since}")]
        StartStated {
            /// The route.
            route: String,
            /// The day since which it was to have held.
            since: NaiveDate,
            /// The first day that its source states.
            starts: NaiveDate,
        } => "start-stated",
        /// A model or a price was not known yet on the day of knowledge.
        #[error("{what} was not known on {on}: it is known from {from}")]
        NotKnown {
            /// The model, the route, or the price of one.
            what: String,
            /// The day of knowledge.
            on: NaiveDate,
            /// The first day on which it is known.
            from: NaiveDate,
        } => "not-known-yet",
        /// The model was shut down by its maker, or the route by its owner.
        #[error("{model} is shut down by {} from {on} on", by.as_deref().unwrap_or(MAKER))]
        ShutDown {
            /// The model.
            model: String,
            /// The name of the owner that ends its route; none where the model's maker ends the model.
            by: Option<String>,
            /// The first day without it.
            on: String,
            /// The day before, on which it could still be used.
            last_day: String,
            /// What is named instead.
            replacements: Vec<String>,
        } => "shut-down",
        /// The owner does not offer what was asked for.
        #[error("{route} {}", not_offered(what, evidence))]
        NotOffered {
            /// The route.
            route: String,
            /// What was asked for.
            what: Unoffered,
            /// Who says so.
            evidence: Box<Evidence>,
        } => "not-offered",
        /// The route or the model has no such resolution class.
        #[error("`{resolution}` is not a resolution class of {of}")]
        UnknownResolution {
            /// The class as given.
            resolution: String,
            /// The route or the model.
            of: String,
            /// Its classes.
            known: Vec<String>,
        } => "unknown-resolution",
        /// A size and a resolution are named that are not the same.
        #[error("the size `{size}` and the resolution `{resolution}` cannot both be asked for")]
        TwoResolutions {
            /// The resolution that was named as the size.
            size: String,
            /// The resolution as given.
            resolution: String,
        } => "two-resolutions",
        /// There are no sizes in pixels to choose from.
        #[error("{model} has no list of sizes in pixels: {why}")]
        NoSizes {
            /// The model.
            model: String,
            /// Why not.
            why: NoSizeList,
        } => "no-sizes",
        /// The route has no price for API work.
        #[error("{route} {}", no_price(*status))]
        NotPriced {
            /// The route.
            route: String,
            /// Its status.
            status: Status,
            /// What is said of it without a full price.
            advertised: Option<String>,
            /// Where its price may be looked for; empty where no address is recorded.
            look_at: Vec<Locator>,
        } => "not-priced",
        /// The table that the prices rest on cannot be used.
        #[error("the prices of {route} rest on another table: {why}")]
        NoBasis {
            /// The route.
            route: String,
            /// Why not.
            why: NoBasis,
        } => "no-basis",
        /// The rates of attempts leave no image to accept.
        #[error("{0}")]
        Rates(#[from] crate::attempts::RatesError) => "attempt-rates",
        /// The counts are too large to be priced exactly.
        #[error("the counts are too large to be priced exactly")]
        TooLarge => "too-large",
    }
}

/// What a request counts and a model bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Bounded {
    /// The images asked for.
    Images,
    /// The images that it is made from.
    InputImages,
    /// The partial images of each.
    PartialImages,
    /// The letters of the prompt.
    PromptCharacters,
}

impl Bounded {
    /// The parameter that says it.
    pub(super) fn parameter(self) -> Parameter {
        match self {
            Bounded::Images => Parameter::Count,
            Bounded::InputImages => Parameter::InputImages,
            Bounded::PartialImages => Parameter::PartialImages,
            Bounded::PromptCharacters => Parameter::Prompt,
        }
    }
}

impl fmt::Display for Bounded {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Bounded::Images => "the number of images (n)",
            Bounded::InputImages => "the number of input images",
            Bounded::PartialImages => "the number of partial images",
            Bounded::PromptCharacters => "the length of the prompt in characters",
        })
    }
}

/// Errors on one line.
pub(crate) fn joined(errors: &[RequestError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl RequestError {
    /// The words beside the name of the route, which they leave out.
    pub fn beside_its_route(&self) -> String {
        match self {
            RequestError::NotOffered { what, evidence, .. } => not_offered(what, evidence),
            RequestError::NotPriced { status, .. } => no_price(*status),
            other => other.to_string(),
        }
    }
}

fn before(until: Option<NaiveDate>) -> String {
    until.map_or_else(String::new, |day| format!(" before {day}"))
}

fn not_offered(what: &Unoffered, evidence: &Evidence) -> String {
    format!("does not offer {what} ({})", evidence.in_words())
}

fn no_price(status: Status) -> String {
    format!("has no price to rate with: {}", status.why_no_price())
}
