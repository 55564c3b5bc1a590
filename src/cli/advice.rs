//! What a user can do about a reason or an error, in the words of the command line: the flags that do it.
//!
//! The library says the same in words that name no flag; what stands here stands there as well.

use crate::catalog::route::Status;
use crate::help::{
    EvidencePart, Help, IN_ITS_FOLDER, MainlineValue, Taker, View, mainline_in_words, of_published,
    stamp_in_words, views_in_words,
};
use crate::request::RequestError;
use crate::request::refusals::Unoffered;
use crate::table_draft::OfferError;

/// The flags that say something of a mainline model or a conversation.
const OF_A_CONVERSATION: &str = "what is said of a conversation: --turns, --mainline-model, \
     --mainline-input-tokens, --mainline-output-tokens, --mainline-cached-tokens";

/// What settles something that is open or shows what is left out.
pub(super) fn of_help(help: &Help) -> String {
    match help {
        Help::GiveInputImages => "give --input-image WIDTHxHEIGHT for each such image, in order".into(),
        Help::GiveResolution(names) => format!("give --resolution {}", names.join(" or ")),
        Help::GiveBilledTextTokens => "give --billed-text-tokens if you know".into(),
        Help::IgnoreKey(key) => format!("--ignore-key {key} leaves it out of the total"),
        Help::GiveExchangeRate(code) => {
            format!("give --fx {code}/USD=RATE, the US dollars for 1 {code}")
        }
        Help::GiveMainline(values) => mainline_in_words(values, |value| match value {
            MainlineValue::Model => "--mainline-model",
            MainlineValue::InputTokens => "--mainline-input-tokens",
            MainlineValue::OutputTokens => "--mainline-output-tokens",
        }),
        Help::GivePrompt => "give --prompt or --prompt-tokens".into(),
        Help::GiveCachedTokens => "give --cached-text-tokens and --cached-image-tokens".into(),
        Help::GiveMainlineModel => "give --mainline-model".into(),
        Help::CountQuoted => "say `quoted: true` or --quoted to count with it".into(),
        Help::Replace { model, by: Some(by) } => format!(
            "--replace {model}={by}, or replace: {{{model}: {by}}} in the file, prices the images from then on"
        ),
        Help::Replace { model, by: None } => format!(
            "--replace {model}=MODEL, or `replace` in the file, prices the images from then on"
        ),
        Help::ShowMore(views) => views_in_words(views, |view| match view {
            View::All => "--all",
            View::Notes => "--notes",
            View::Rows => "--rows",
        }),
        Help::ShowRows => "--rows shows each".into(),
        Help::ShowFirst(count) => format!("--top {count} shows them"),
        Help::CostOfChanges => {
            "add its flags, such as --quality high --prompt-tokens 60, or --images 12000 --acceptance 70%".into()
        }
        Help::GiveTo(taker) => of_file(*taker).map_or_else(|| help.to_string(), str::to_owned),
        Help::Settle(asked) => format!("--{asked} settles it"),
        Help::ChooseAnother(asked) => format!("--{asked} chooses another"),
        Help::PriceOn(day) => format!("--as-of {day} takes those"),
        Help::GiveDay => "name that day with --as-of".into(),
        Help::GiveMainlineCached => "give --mainline-cached-tokens".into(),
        Help::CountIgnored => "without --ignore-key it makes the total not exact".into(),
        Help::ChangeExchangeRate(pair) => format!("--fx {pair}=RATE takes another"),
        Help::Stamp { packed } => {
            stamp_in_words(*packed, "stamp the folder with `imgcost prices pin DIR --stamp`")
        }
        Help::PinCorrected { table, dated } => {
            format!("{}: `imgcost prices pin DIR --corrected {table}`", of_published(*dated))
        }
        Help::AllowFiles => format!("{IN_ITS_FOLDER}, or allow its own with --allow-files DIR"),
        Help::GiveDecimalMark => {
            "say --decimal point or --decimal comma, or write the numbers without marks".into()
        }
        Help::GiveDayOrder => "say --dates dmy or --dates mdy, or write YYYY-MM".into(),
        Help::WidenShapes => "a larger --aspect-tolerance takes more shapes".into(),
        Help::GiveTables => "--pricing DIR prices with that folder".into(),
        Help::GiveMapping => {
            "say with --mapping FILE which column is what (`imgcost schema bill-mapping`)".into()
        }
        Help::GiveEvidence(EvidencePart::Source) => "--source says it".into(),
        Help::GiveEvidence(EvidencePart::Seen) => "--seen says it".into(),
        Help::GiveEvidence(EvidencePart::Confidence) => "--confidence states it".into(),
        Help::TakeOutOfBody | Help::Plain(_) => help.to_string(),
    }
}

/// The command that takes a file, where it is one.
fn of_file(taker: Taker) -> Option<&'static str> {
    Some(match taker {
        Taker::ReferenceImage => "--input-image FILE gives it as a reference image",
        Taker::Prompt => "--prompt-file FILE counts it as a prompt",
        Taker::Budget => "`imgcost budget forecast FILE` takes it",
        Taker::BudgetCheck => {
            "`imgcost budget check BUDGET --baseline FILE` holds the budget that it was made of against it"
        }
        Taker::Pilot => "`imgcost pilot read FILE` takes it",
        Taker::Prices => {
            "`imgcost prices check DIR` checks the folder that it lies in, and --pricing DIR prices with it"
        }
        Taker::PriceMap => "`imgcost prices diff FILE` holds the price tables beside it",
        Taker::Flags => {
            "ask for the image with --model, --size, --quality and --prompt, for the call of another model with \
             --mainline-model and its tokens; or give its reply"
        }
        Taker::Nothing
        | Taker::SavedAsUtf8
        | Taker::SavedWhole
        | Taker::Unpacked
        | Taker::Replies
        | Taker::BatchOutput
        | Taker::AiSdkResult
        | Taker::Estimate => return None,
    })
}

/// What to do about a request that cannot be priced as asked.
pub(super) fn of_request(error: &RequestError) -> Option<String> {
    use RequestError::*;
    Some(match error {
        UnknownModel { near, .. } if near.is_empty() => {
            "`imgcost models` lists all, and --model settles what a name of your own stands for, such as that of a deployment; tables of \
             your own come in with --pricing DIR"
                .into()
        }
        BodyWithoutModel => "give --model, or --route with the one route that it is sent to".into(),
        NameOfRoutes { routes, .. } => format!("use --route {}", routes.join(" or --route ")),
        OwnerBeforeModel { model, routes, .. } => match &routes[..] {
            [] => format!("use --model {model}; `imgcost routes --model {model}` lists who sells it"),
            routes => format!("use --model {model} with --route {}", routes.join(" or --route ")),
        },
        UnknownRoute { .. } if error.is_of_own_table() => {
            "routes of your own contracts and corrections need the folder that holds them: --pricing DIR".into()
        }
        OtherModel { offered, beside: Some(route), .. } => {
            format!("use the route {route} (--route), or the model {offered} (--model)")
        }
        OtherModel { offered, beside: None, .. } => {
            format!("use the model {offered} (--model), or leave the route out (--route)")
        }
        FidelityRefused { .. } => "leave --input-fidelity out".into(),
        CachedMainlineMoreThanRead { .. } => {
            "--mainline-cached-tokens are a part of --mainline-input-tokens, both of one turn".into()
        }
        TurnsOfSeveralImages { .. } => {
            "use --n 1, or leave --turns out; --images prices as many conversations as it takes".into()
        }
        NoMainlineModel { instead: Some(route), .. } => {
            format!("use --route {route}, or leave out {OF_A_CONVERSATION}")
        }
        NoMainlineModel { instead: None, .. } => format!("leave out {OF_A_CONVERSATION}"),
        NoVersion { nearest: Some(nearest), .. } => {
            format!("the nearest version holds {nearest}; choose a day with --as-of")
        }
        StartStated { .. } => "leave --assume-held-since out".into(),
        NotKnown { from, .. } => {
            format!("ask for what is known on {from} or later (--known-on; in budgets --as-of), or for something else")
        }
        ShutDown { last_day, .. } => {
            let instead = error.instead().unwrap_or_default();
            format!("{instead}--as-of {last_day} prices its last day")
        }
        OtherTier { .. } => "leave --processing out: what a reply says is what was billed".into(),
        NotOffered { what: Unoffered::Processing(_), .. } => "use --processing standard".into(),
        NotOffered { .. } => "choose another route (--route)".into(),
        NotPriced { status: Status::SubscriptionOnly, .. } => {
            "price API work on a route that sells it: `imgcost routes --status priced` lists them".into()
        }
        NotPriced { .. } => return error.help().map(|help| format!("{help} (--pricing DIR)")),
        ReplyWithoutModel => "name it with --model: no model is taken for granted".into(),
        NoQuality { .. } => "leave --quality out".into(),
        MakesNoImages { .. } => "name an image model with --model".into(),
        _ => return error.help(),
    })
}

/// What to do about an offer that cannot be entered as given.
pub(super) fn of_offer(error: &OfferError) -> String {
    match error {
        OfferError::NotTheMaker { .. } => {
            "use --kind provider for who resells or hosts it, --kind wrapper for a product around it".into()
        }
        OfferError::Unknown(error) => {
            of_request(error).unwrap_or_else(|| "see `imgcost models`".into())
        }
        OfferError::NoBasis { .. } => "name a route with a price of today with --of".into(),
        OfferError::OtherModel { offered, .. } => {
            format!("use --model {offered}, or leave --model out")
        }
        OfferError::OtherUnit { .. } => "leave --currency out".into(),
        OfferError::ThereAlready { .. } => format!("{} (--alias)", error.help()),
        _ => error.help(),
    }
}
