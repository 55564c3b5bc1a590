//! What to do about a request that cannot be priced as asked.

use super::RequestError;
use super::refusals::Unoffered;
use crate::catalog::locator::Locator;
use crate::catalog::model::MAKER;
use crate::catalog::price::Contract;
use crate::catalog::route::Status;
use crate::size::Size;

/// How many routes are named where a name fits several.
const MOST_CANDIDATES: usize = 6;

impl RequestError {
    /// Whether a route is not found that only tables of the user's own can hold.
    pub fn is_of_own_table(&self) -> bool {
        matches!(self, RequestError::UnknownRoute { name, .. } if is_own(name))
    }

    /// What the maker of a model that is shut down names in its place, before what else can be done.
    pub(crate) fn instead(&self) -> Option<String> {
        match self {
            RequestError::ShutDown { by, replacements, .. } if !replacements.is_empty() => {
                let who = by.as_deref().unwrap_or(MAKER);
                Some(format!("{who} names {} instead; ", replacements.join(", ")))
            }
            _ => None,
        }
    }

    /// What to do next, in neutral words.
    pub fn help(&self) -> Option<String> {
        let did_you_mean = |near: &[String]| match near {
            [] => None,
            near => Some(format!("did you mean {}?", quoted(near, " or "))),
        };
        match self {
            // A name that is spelled alike is another model with other prices: not offered as the one meant.
            RequestError::UnknownModel { near, .. } => Some(match near[..] {
                [] => "name a model of the catalogue, or add tables of your own".into(),
                _ => format!(
                    "models with names alike, each with prices of its own: {}",
                    quoted(near, ", ")
                ),
            }),
            RequestError::BodyWithoutModel => {
                Some("give the model, or the one route that it is sent to".into())
            }
            RequestError::NameOfRoutes { routes, .. } => {
                Some(format!("use the route {}", routes.join(" or ")))
            }
            RequestError::OwnerBeforeModel { model, routes, .. } => Some(match &routes[..] {
                [] => format!("use the model {model}"),
                routes => format!("use the model {model} with the route {}", routes.join(" or ")),
            }),
            RequestError::UnknownRoute { name, .. } if is_own(name) => Some(
                "routes of your own contracts and corrections need the folder that holds them"
                    .into(),
            ),
            RequestError::UnknownRoute { near, .. } => did_you_mean(near).or_else(|| {
                Some("a route id is kind/owner/name, such as official/openai/gpt-image-2".into())
            }),
            RequestError::UnknownOwner { near, .. } => did_you_mean(near).or_else(|| {
                Some("an owner id is the second part of a route id, such as openai".into())
            }),
            RequestError::AmbiguousRoute { candidates, .. } => {
                let named = &candidates[..candidates.len().min(MOST_CANDIDATES)];
                let more = match candidates.len() - named.len() {
                    0 => String::new(),
                    more => format!(" and {more} more (`imgcost routes` lists them)"),
                };
                Some(format!("write more of it: {}{more}", quoted(named, ", ")))
            }
            RequestError::OtherModel { offered, beside, .. } => Some(match beside {
                Some(route) => format!("use the route {route}, or the model {offered}"),
                None => format!("use the model {offered}, or leave the route out"),
            }),
            RequestError::UnknownQuality { labels, near, .. } => {
                let labels = format!("its qualities are {}, or auto", labels.join(", "));
                Some(
                    near.as_ref()
                        .map_or(labels.clone(), |near| format!("did you mean `{near}`? {labels}")),
                )
            }
            RequestError::IllegalSize { nearest, .. } => {
                let sizes: Vec<String> = nearest.iter().map(Size::to_string).collect();
                Some(format!("the nearest legal sizes are {}", sizes.join(", ")))
            }
            RequestError::FidelityRefused { .. } => Some("leave the input fidelity out".into()),
            RequestError::ValuesRefused { refusal, .. } => Some(match refusal.until {
                Some(until) => format!("leave the value out, or price a day from {until} on"),
                None => "choose another value, or leave it out".into(),
            }),
            RequestError::FileTooLarge { .. } => Some("send a smaller file, or its size in place of it".into()),
            RequestError::UnknownFidelity { .. } => Some("write low or high".into()),
            RequestError::OtherTier { .. } => {
                Some("what the reply says is what was billed: leave the processing out".into())
            }
            RequestError::CachedMoreThanBilled { .. } => Some(
                "cached tokens are a part of the billed input, counted over the whole request"
                    .into(),
            ),
            RequestError::CachedMainlineMoreThanRead { .. } => Some(
                "the cached tokens of the mainline model are a part of its input tokens, both of one turn"
                    .into(),
            ),
            RequestError::TurnsOfSeveralImages { .. } => {
                Some("ask for one image in each turn; a number of images takes several conversations".into())
            }
            RequestError::NoToolRoute { known, .. } => Some(format!(
                "entered are {}, and for other models none is stated; without a mainline model the image model itself is priced",
                known.join(", ")
            )),
            RequestError::NoMainlineModel { instead, .. } => Some(match instead {
                Some(route) => format!("use the route {route}, or leave the mainline model out"),
                None => "leave the mainline model out".into(),
            }),
            RequestError::UnknownMainlineModel { known, near, .. } => {
                let known = format!("its mainline models are {}", known.join(", "));
                Some(did_you_mean(near).map_or(known.clone(), |near| format!("{near} {known}")))
            }
            RequestError::NoVersion { nearest, .. } => nearest.as_ref().map(|nearest| {
                format!("the nearest version holds {nearest}; choose a day of it")
            }),
            RequestError::StartStated { starts, .. } => {
                Some(format!("leave that assumption out, or name {starts}"))
            }
            RequestError::NotKnown { from, .. } => {
                Some(format!("ask for what is known on {from} or later, or for something else"))
            }
            RequestError::ShutDown { last_day, .. } => {
                let instead = self.instead().unwrap_or_default();
                Some(format!("{instead}its last day, {last_day}, can be priced"))
            }
            RequestError::NotOffered { what: Unoffered::Processing(_), .. } => {
                Some("use standard processing".into())
            }
            RequestError::NotOffered { .. } => Some("choose another route".into()),
            RequestError::UnknownResolution { known, .. } => {
                Some(format!("its classes are {}", known.join(", ")))
            }
            RequestError::NotPriced { status: Status::SubscriptionOnly, .. } => Some(
                "price API work on a route that sells it"
                    .into(),
            ),
            RequestError::NotPriced { status, advertised, look_at, .. } => {
                Some(where_to_look(*status, advertised.as_deref(), look_at))
            }
            RequestError::ReplyWithoutModel => {
                Some("name it: no model is taken for granted".into())
            }
            RequestError::NoQuality { .. } => Some("leave the quality out".into()),
            RequestError::TwoResolutions { .. } => Some("leave one of them out".into()),
            RequestError::TooLarge => Some("use smaller counts".into()),
            RequestError::MakesNoImages { .. } => Some("name an image model".into()),
            RequestError::NotASize(_)
            | RequestError::OutOfRange { .. }
            | RequestError::NoPartialImages { .. }
            | RequestError::NoSizes { .. }
            | RequestError::NoBasis { .. }
            | RequestError::Rates(_) => None,
        }
    }
}

/// Where the price of a route may be looked for, and what is said of it.
fn where_to_look(status: Status, advertised: Option<&str>, look_at: &[Locator]) -> String {
    let addresses = look_at.iter().map(Locator::as_str).collect::<Vec<_>>().join(" or ");
    let look = match (status, addresses.is_empty()) {
        (Status::NotEntered, false) => format!("read it at {addresses}"),
        (_, false) => format!("look at {addresses}, or ask its owner"),
        (_, true) => "ask its owner".to_owned(),
    };
    let said = advertised.map_or_else(String::new, |text| format!("what is said of it: {text}; "));
    format!("{said}{look}, and enter the price in a table of your own")
}

fn quoted(names: &[String], between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

/// Whether a route's name is one that only amendments make.
fn is_own(name: &str) -> bool {
    let contract = name.rsplit(['@', '-']).next();
    contract == Some(Contract::Ours.as_str()) || contract == Some(Contract::Correction.as_str())
}
