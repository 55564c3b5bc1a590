//! The words of notes.

use std::fmt;

use super::{Note, SecondModel, purchase};
use crate::catalog::model::MAKER;
use crate::catalog::price::Contract;

impl fmt::Display for SecondModel {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            SecondModel::Calls => "calls the image model",
            SecondModel::MadeTheCall => "made the call",
            SecondModel::WroteSvg => "wrote the SVG",
        })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Note::ExperimentalSize { size, limit } => write!(
                f,
                "{size} is above {limit} pixels (2560x1440), where results are called experimental"
            ),
            Note::RuleMeasured(evidence) => write!(
                f,
                "reference images are counted by a rule that was measured, and none of the maker's was found ({})",
                evidence.in_words()
            ),
            Note::RuleNotKnown(of)
            | Note::PartialImages(of)
            | Note::TextOutputOpen(of)
            | Note::FailureChargeOpen(of)
            | Note::MainlineNotPriced(of) => f.write_str(&of.in_words()),
            Note::QualityAuto => f.write_str(
                "quality auto: a bound from the cheapest to the dearest label; the label that a reply echoes does not \
                 settle the count",
            ),
            Note::SizeAuto => f.write_str(
                "size auto: a bound over all legal sizes; the size that comes back may even break the rules for sizes",
            ),
            Note::CachedDiscountNotSeen => f.write_str(
                "no reply of the Images API has shown the cached discount; count on it only where your replies do",
            ),
            Note::NotBilled { tokens, meter, owner } => {
                write!(f, "{tokens} {} tokens are not billed by {owner}", meter.label())
            }
            Note::RetrySensitivity { more } => write!(
                f,
                "priced as one attempt each; 10% more attempts would add {more} an accepted image"
            ),
            Note::ShutdownAhead { model, by, on, is_past, replacements } => {
                let who = by.as_deref().unwrap_or(MAKER);
                let tense = if *is_past { "has shut it down" } else { "shuts it down" };
                write!(f, "{model}: {who} {tense} on {on}")?;
                match &replacements[..] {
                    [] => Ok(()),
                    named => write!(f, " and names {} instead", named.join(", ")),
                }
            }
            Note::PublishedEstimate { owner, amount } => write!(
                f,
                "{owner} publishes ${} an image as its own estimate, output only; it is not the figure above",
                amount.normalize()
            ),
            Note::OtherNumberOfImages { given, named } => write!(
                f,
                "the reference images are those given, {given} in place of the {named} that the request names"
            ),
            Note::ImagesNotThere(names) => write!(
                f,
                "not there, so that the size is open unless one is given in its place: {}",
                names.join(", ")
            ),
            Note::ResidencyAdds { model, residency } => write!(
                f,
                "data residency multiplies what {model} costs by {}, in a line for what is sent and one for the rest: {}",
                residency.factors_in_words(),
                residency.evidence.in_words()
            ),
            Note::ResidencyAddsNothing { model, evidence } => {
                write!(f, "data residency adds nothing to {model}: {}", evidence.in_words())
            }
            Note::AutoTier => f.write_str(
                "`service_tier` is auto, the tier that the project sets: priced as standard, which it is where it sets none",
            ),
            Note::NoPriceEffect(keys) => {
                write!(f, "without effect on the price: {}", keys.join(", "))
            }
            Note::BatchLineLacks(keys) => {
                write!(f, "the Batch API refuses a line without {}", keys.join(" and "))
            }
            Note::ImagesPerCallNotStated { images, calls } => write!(
                f,
                "how many images a call makes is not stated, so {images} images are priced as {calls} calls"
            ),
            Note::LeftOut(values) => write!(f, "left out, as asked: {}", named(values)),
            Note::BillsNothing(values) => write!(f, "bills nothing by itself: {}", named(values)),
            Note::NotCounted { what, evidence } => {
                write!(f, "not added here: {what}; {}", evidence.in_words())
            }
            Note::Purchase { funding, top_up, rate } => {
                f.write_str(&purchase::in_words(funding, *top_up, *rate))
            }
            Note::Risk(stated) => f.write_str(stated),
            Note::Quoted => f.write_str(
                "the price is quoted only: it rests on one secondary source, or on sources that contradict each other",
            ),
            Note::OwnContract { contract: Contract::Correction, owner } => {
                write!(f, "your correction of the list of {owner}, not the shipped table")
            }
            Note::OwnContract { owner, .. } => {
                write!(f, "a price of your own contract with {owner}, not its list")
            }
            Note::ExchangeRate { currency, rate } => {
                write!(f, "{}, as given", rate.in_words(currency))
            }
            Note::PriceEvidence { of: None, stated } => write!(f, "on the prices: {stated}"),
            Note::PriceEvidence { of: Some(model), stated } => {
                write!(f, "on the prices of {model}: {stated}")
            }
            Note::MainlineEvidence(evidence) => {
                write!(f, "on the mainline models of the tool: {}", evidence.in_words())?;
                evidence.note.as_ref().map_or(Ok(()), |note| write!(f, "; {note}"))
            }
            Note::CachedWithoutEffect => f.write_str(
                "without effect: the cached text and image tokens, since the reply has no usage of the image model \
                 that they could be a part of",
            ),
            Note::ReplyOfItsDay(day) => {
                write!(f, "priced on its own day: the reply was made on {day}")
            }
            Note::ReplyOfAnotherDay { created, day } => write!(
                f,
                "the reply was made on {created} and is rated at the prices of {day}, not at those of its own day"
            ),
            Note::ReplyReading(remark) => write!(f, "{remark}"),
            Note::ImagesNotListed => f.write_str(
                "the reply does not list its images, as copies without them do: how many there are is not told, so that \
                 none has a cost",
            ),
            Note::NoImageCallListed => f.write_str(
                "the reply counts image output and lists no image call, as copies without their items do: how many \
                 images it is of is not told, so that none has a cost",
            ),
            Note::NoImage { route } => write!(
                f,
                "the reply holds no image, so that no image has a cost; who pays for an attempt without one is a term \
                 of the route (imgcost routes show {route})"
            ),
            Note::MainlineModel { model, does, route } => {
                write!(f, "{model} {does}; its own tokens are priced by {route}")
            }
            Note::MainlineLeftOut => f.write_str(
                "the mainline model that calls the image model is billed as well and is left out",
            ),
            Note::MainlineWithoutEffect(given) => write!(
                f,
                "without effect: the mainline model {given}, since the reply has no tokens of a mainline model"
            ),
            Note::OtherMainlineModel { given, named } => {
                write!(f, "the mainline model is {given}, as asked; the reply names `{named}`")
            }
        }
    }
}

fn named(values: &[(String, String)]) -> String {
    values.iter().map(|(key, value)| format!("{key} ({value})")).collect::<Vec<_>>().join(", ")
}
