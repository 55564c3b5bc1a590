//! What an estimate takes for granted.

use std::fmt;
use std::num::NonZeroU32;

use chrono::NaiveDate;

use crate::catalog::evidence::Evidence;
use crate::help::{Asked, Help, Sentence};
use crate::rating::{AssumedPrice, AssumedRate};
use crate::size::Size;
use crate::unit::Meter;

coded! {
    /// Something that an estimate takes for granted.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Assumption {
        /// The prices of a later day are those that are known today.
        LaterDay {
            /// The day whose prices are asked for.
            day: NaiveDate,
            /// Today.
            today: NaiveDate,
        } => "later_day",
        /// Prices that were read later are taken to have held on the day already.
        ReadLater {
            /// The route.
            route: String,
            /// What they are for.
            meters: Vec<Meter>,
            /// The day on which they were first read.
            on: NaiveDate,
        } => "read_later",
        /// By the user's word, a price is taken to have held before its first day.
        HeldSince {
            /// The day since which it is taken to have held.
            since: NaiveDate,
            /// Its first day, by its source.
            first: NaiveDate,
        } => "held_since",
        /// By the user's word, a rate that the table of a route does not state.
        RateGiven {
            /// The route.
            route: String,
            /// The rate.
            rate: AssumedRate,
        } => "rate_given",
        /// The model that is taken where none is named.
        Model(String) => "default_model",
        /// The only resolution of a model.
        OnlyResolution {
            /// The resolution.
            resolution: String,
            /// The model.
            model: String,
        } => "only_resolution",
        /// The size that is taken where flags name none.
        Size(Size) => "default_size",
        /// The quality that is taken where flags name none.
        Quality {
            /// The quality.
            label: String,
            /// Whether the API itself would pick one at a cost that cannot be told.
            is_open: bool,
        } => "default_quality",
        /// The size or quality is `auto`, which the API takes where a body names none.
        AutoByApi(Asked) => "auto_by_api",
        /// The size or quality that a route makes where a body names none.
        MadeByRoute {
            /// Which of the two.
            asked: Asked,
            /// What is made.
            value: String,
            /// The name of the owner.
            owner: String,
            /// Who says so.
            evidence: Evidence,
        } => "made_by_route",
        /// What a route itself would make of what flags leave out and a default is taken for.
        OtherwiseMadeByRoute {
            /// The name of the owner.
            owner: String,
            /// What it makes: sizes and qualities with their values.
            made: Vec<(Asked, String)>,
        } => "otherwise_made_by_route",
        /// A size of a model whose resolution alone decides what it costs.
        ResolutionDecides {
            /// The size.
            size: Size,
            /// Its resolution.
            resolution: String,
            /// The model.
            model: String,
        } => "resolution_decides",
        /// The model makes the size, which no rule was there to check.
        SizeNotChecked {
            /// The size.
            size: Size,
            /// The model.
            model: String,
        } => "size_not_checked",
        /// The input fidelity is low where none is named.
        LowFidelity => "default_input_fidelity",
        /// No prompt was given, and its tokens are left out.
        NoPrompt => "no_prompt",
        /// So many text output tokens an image, as the user says.
        TextOutput(u64) => "text_output_given",
        /// What the service adds to a prompt, as the model's file states it.
        AddedTokens(String) => "added_tokens_as_seen",
        /// The mainline model makes one image call in each turn.
        OneCallATurn => "one_call_a_turn",
        /// The mainline model passes the prompt on as it is.
        PromptPassedOn => "prompt_passed_on",
        /// The mainline model reads nothing from a cache.
        MainlineReadsNoCache => "mainline_reads_no_cache",
        /// The mainline model reads and writes as much in each of so many turns.
        SameMainlineEachTurn(NonZeroU32) => "same_mainline_each_turn",
        /// The image model is called directly, without the mainline model that is spoken of.
        CalledDirectly => "called_directly",
        /// Each turn of a conversation is a call of the user's own.
        OwnCallEachTurn => "own_call_each_turn",
        /// What each turn after the first sends; the size of the image before it, where it is known.
        LaterTurns(Option<Size>) => "later_turns",
        /// An attempt is a conversation of so many turns.
        ConversationIsAttempt(NonZeroU32) => "conversation_is_attempt",
        /// The prices of today, for a reply without a day.
        UndatedReply => "undated_reply",
        /// The reply names another image model than the user does.
        OtherImageModel {
            /// The model that was asked for.
            asked: String,
            /// The one that the reply names.
            named: String,
        } => "other_image_model",
    }
}

impl Assumption {
    /// What a user can say in its place.
    pub fn help(&self) -> Option<Help> {
        match self {
            Assumption::AutoByApi(asked) => Some(Help::Settle(*asked)),
            Assumption::MadeByRoute { asked, .. } => Some(Help::ChooseAnother(*asked)),
            Assumption::NoPrompt => Some(Help::GivePrompt),
            Assumption::MainlineReadsNoCache => Some(Help::GiveMainlineCached),
            Assumption::UndatedReply => Some(Help::GiveDay),
            _ => None,
        }
    }

    /// What is taken for granted, and what a user can say in its place.
    pub fn said(&self) -> Sentence {
        Sentence::new(self.to_string(), self.help())
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Assumption::LaterDay { day, today } => {
                write!(f, "the prices of {day} are those known on {today}")
            }
            Assumption::ReadLater { route, meters, on } => {
                let labels: Vec<&str> = meters.iter().map(|meter| meter.label()).collect();
                write!(
                    f,
                    "the rates of {route} for {}: read on {on}, start not stated",
                    labels.join(", ")
                )
            }
            Assumption::HeldSince { since, first } => write!(
                f,
                "a price first read on {first} is taken to have held since {since}: your own assumption"
            ),
            Assumption::RateGiven { route, rate: AssumedRate { meter, processing, price } } => {
                let kind = processing.label().unwrap_or(processing.as_str());
                write!(f, "the {kind} rate of {route} for {}: ", meter.label())?;
                match price {
                    AssumedPrice::AsStandard => f.write_str("the standard one")?,
                    AssumedPrice::Of(price, per) => {
                        write!(f, "{} USD per {}", price.normalize(), per.as_str())?;
                    }
                }
                f.write_str(", your own assumption")
            }
            Assumption::Model(model) => write!(f, "model {model}, since none was named"),
            Assumption::OnlyResolution { resolution, model } => {
                write!(f, "resolution {resolution}, the only one of {model}")
            }
            Assumption::Size(size) => write!(f, "size {size}, since none was given"),
            Assumption::Quality { label, is_open } => {
                write!(f, "quality {label}, since none was given")?;
                match is_open {
                    true => f.write_str(
                        " (the API itself then picks one, at a cost that cannot be told ahead)",
                    ),
                    false => Ok(()),
                }
            }
            Assumption::AutoByApi(asked) => {
                write!(f, "{asked} auto, which the API takes where a body names none")
            }
            Assumption::MadeByRoute { asked, value, owner, evidence } => write!(
                f,
                "{asked} {value}, which {owner} makes where a body names none ({})",
                evidence.in_words()
            ),
            Assumption::OtherwiseMadeByRoute { owner, made } => {
                let made: Vec<String> =
                    made.iter().map(|(asked, value)| format!("{asked} {value}")).collect();
                write!(f, "{owner} itself makes {} where a call names none", made.join(" and "))
            }
            Assumption::ResolutionDecides { size, resolution, model } => write!(
                f,
                "{size} belongs to the resolution {resolution}, which alone decides: sizes of {model} in pixels are \
                 not stated"
            ),
            Assumption::SizeNotChecked { size, model } => {
                write!(f, "{model} makes {size}: its sizes in pixels are not stated")
            }
            Assumption::LowFidelity => f.write_str("input fidelity low, since none was given"),
            Assumption::NoPrompt => f.write_str("no prompt was given, so its tokens are left out"),
            Assumption::TextOutput(tokens) => {
                write!(f, "{tokens} text output tokens an image, as given")
            }
            Assumption::AddedTokens(stated) => f.write_str(stated),
            Assumption::OtherImageModel { asked, named } => {
                write!(
                    f,
                    "rated as {asked}, as asked; the reply names `{named}` as its image model"
                )
            }
            Assumption::UndatedReply => f.write_str(
                "the prices of today, since the reply does not say on which day it was made",
            ),
            of_conversation => of_conversation.fmt_of_conversation(f),
        }
    }
}

impl Assumption {
    /// The words of what is assumed of a mainline model or a conversation.
    fn fmt_of_conversation(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Assumption::OneCallATurn => {
                f.write_str("the mainline model makes one image call in each turn")
            }
            Assumption::PromptPassedOn => f.write_str(
                "the mainline model passes the prompt on as it is given; it may write one of its own (revised_prompt in a \
                 reply)",
            ),
            Assumption::MainlineReadsNoCache => f.write_str(
                "the mainline model reads nothing from a cache, since no cached tokens of it were given",
            ),
            Assumption::SameMainlineEachTurn(turns) => write!(
                f,
                "the mainline model reads and writes as much in each of the {turns} turns"
            ),
            Assumption::CalledDirectly => f.write_str(
                "direct calls are compared: where the image model is called itself, no mainline model is billed",
            ),
            Assumption::OwnCallEachTurn => f.write_str(
                "where no mainline model calls the image model, each turn is a call of your own",
            ),
            Assumption::LaterTurns(size) => {
                let size = size.map_or_else(String::new, |size| format!(", {size},"));
                write!(
                    f,
                    "each turn after the first sends as long a prompt and the image of the turn before{size} as one more \
                     reference image"
                )
            }
            Assumption::ConversationIsAttempt(turns) => write!(
                f,
                "an attempt is a conversation of {turns} turns, all of which the total covers: it asks for one image, the \
                 last, and those before it are paid for"
            ),
            _ => Ok(()),
        }
    }
}
