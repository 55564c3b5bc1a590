//! The files of an offer as text: commented, so that what is missing tells what to find out.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::yaml::{in_comment, quoted, scalar};
use super::{Meaning, OfferedPrice};
use crate::catalog::evidence::Confidence;
use crate::catalog::price::{CreditValue, PriceUnit};
use crate::catalog::terms::{Clause, Event};

/// Where the comments of a line begin.
const COMMENT_AT: usize = 46;

pub(super) fn owner(meaning: &Meaning) -> String {
    let owner = &meaning.offer.owner;
    let mut text = format!(
        "# {}: entered from one line of an offer. Each `not_stated` is a question to its sales or support; what\n\
         # stays open is priced as a range or as unknown, never guessed. A clause that you find is entered as\n\
         #   support: {{stated: {{text: \"…\", evidence: {{source: \"…\", seen: YYYY-MM-DD, confidence: high}}}}}}\n",
        in_comment(owner)
    );
    text += &line(&format!("name: {}", scalar(owner)), "the name for people");
    text += &line("base_url: not_stated", "where its API is reached");
    text += "terms:\n";
    for clause in Clause::ALL {
        text += &line(&format!("  {}: not_stated", clause.as_str()), question(clause));
    }
    text += "  # Who pays for a call that delivers no image: free, input_meters, all_meters, refunded_auto,\n  \
             # refunded_on_request, partial, maybe or not_stated.\n  failure_charges:\n";
    for event in Event::ALL {
        text +=
            &line(&format!("    {}: {{charge: not_stated}}", event.as_str()), event_words(event));
    }
    text
}

/// A line with a comment behind it.
fn line(text: &str, comment: &str) -> String {
    format!("{text:COMMENT_AT$}  # {comment}\n")
}

fn question(clause: Clause) -> &'static str {
    match clause {
        Clause::Contract => "which agreement, of which day, and for whom?",
        Clause::UploadPolicy => "may uploads be used for training, shared or reviewed?",
        Clause::Retention => "how long are uploads, prompts and results kept?",
        Clause::Processors => "who processes uploads besides the owner?",
        Clause::OutputRights => "who owns the images, and what may they be used for?",
        Clause::Exports => "which formats, how long do links last, what marks?",
        Clause::Access => "what is needed before the first call?",
        Clause::Support => "whom to turn to, and how soon is there an answer?",
        Clause::Refunds => "what is paid back of what was bought?",
    }
}

fn event_words(event: Event) -> &'static str {
    match event {
        Event::ClientError => "a bad request, key or limit",
        Event::BlockAtInput => "moderation stops the prompt or an upload",
        Event::BlockAtOutput => "moderation withholds the finished image",
        Event::ServerError => "the service fails",
        Event::Timeout => "no answer in time",
        Event::ClientDisconnect => "the caller hangs up first",
    }
}

pub(super) fn route(meaning: &Meaning, today: NaiveDate) -> String {
    let model = &meaning.model.id;
    let mut text = format!(
        "# {} at {}, from one line of an offer. pricing/README.md explains every key.\n",
        in_comment(model),
        in_comment(&meaning.offer.owner)
    );
    text += &format!("model: {}\n", scalar(model));
    text +=
        &line(&format!("alias: {}", scalar(&meaning.alias)), "what the caller sends as the model");
    text +=
        &line("upstream_model: not_stated", "stated where the owner documents it, else claimed");
    text += &line("endpoint: not_stated", "which URL do requests go to?");
    text += &format!("billing_unit: {}\n", billing_unit(meaning));
    text += "# Does it make the size and the quality that are asked for: yes, no or not_stated? A route that does\n\
             # not is no cheaper way to the same image, and stands apart in comparisons.\n\
             size_honoured: not_stated\nquality_honoured: not_stated\nversions:\n";
    text + &version(meaning, today)
}

fn billing_unit(meaning: &Meaning) -> String {
    let text = match (&meaning.offer.price, &meaning.basis) {
        (OfferedPrice::PerImage(prices), _) if prices.iter().any(|(label, _)| label.is_some()) => {
            "image by quality".into()
        }
        (OfferedPrice::PerImage(_), _) => "image".into(),
        (OfferedPrice::PerCall(_), _) => "call".into(),
        (OfferedPrice::Multiple { factor, .. }, basis) => {
            let of = basis.as_ref().map_or_else(String::new, ToString::to_string);
            format!("{} × the list of {of}", factor.normalize())
        }
    };
    quoted(&text)
}

fn version(meaning: &Meaning, today: NaiveDate) -> String {
    let offer = meaning.offer;
    let mut text = "  # A changed price is a new version: end this one with `until`, and append one with `from`.\n"
        .to_owned();
    text += &format!("  - {}\n", unit(&meaning.unit));
    let seen = match offer.seen {
        Some(day) => format!("      seen: {day}\n"),
        None => {
            let latest = format!("    seen_no_later_than: {today}");
            text += &line(&latest, "the day on which it was entered");
            line("      seen: undated", "of which day is the offer?")
        }
    };
    text += "    evidence:\n";
    text += &source(meaning);
    text += &seen;
    text += &confidence(offer.confidence);
    text + &prices(meaning)
}

fn unit(unit: &PriceUnit) -> String {
    match unit {
        PriceUnit::Currency(code) => format!("currency: {code}"),
        PriceUnit::Credit(name, value) => {
            let value = match value {
                CreditValue::UsdEach(usd) => format!(", usd_each: {}", price(*usd)),
                CreditValue::PerUsd(count) => format!(", per_usd: {}", price(*count)),
                CreditValue::NotPublic => String::new(),
            };
            format!("credit: {{name: {}{value}}}", quoted(name))
        }
    }
}

fn source(meaning: &Meaning) -> String {
    match &meaning.offer.source {
        Some(source) => format!("      source: {}\n", quoted(source.trim())),
        None => {
            let source = format!("an offer of {}", meaning.offer.owner);
            let comment = "where can a reader find it again?";
            line(&format!("      source: {}", quoted(&source)), comment)
        }
    }
}

fn confidence(given: Option<Confidence>) -> String {
    match given {
        Some(level) => format!("      confidence: {}\n", level.as_str()),
        None => line(
            "      confidence: low",
            "high: the owner's dated statement; medium: its undated page",
        ),
    }
}

fn prices(meaning: &Meaning) -> String {
    match &meaning.offer.price {
        OfferedPrice::PerImage(prices) => per_image(meaning, prices),
        OfferedPrice::PerCall(amount) => {
            format!(
                "    # How many images does a call make? Until `images_per_call` says so, each image is a call.\n    \
                 rates:\n      - {{meter: calls, price: {}, per: 1}}\n{}",
                price(*amount),
                line("    not_billed: [tokens, images]", "is anything charged besides the call?")
            )
        }
        OfferedPrice::Multiple { factor, .. } => {
            let of = meaning.basis.as_ref().map_or_else(String::new, ToString::to_string);
            format!(
                "    # The standard rates only: that a list is passed on does not say that its Batch rates are.\n    \
                 basis: {{route: {}, factor: {}}}\n",
                quoted(&of),
                price(*factor)
            )
        }
    }
}

fn per_image(meaning: &Meaning, prices: &[(Option<String>, Decimal)]) -> String {
    let mut text = "    rates:\n".to_owned();
    for (label, amount) in prices {
        let when = label
            .as_ref()
            .map_or_else(String::new, |label| format!(", when: {{quality: {}}}", scalar(label)));
        text += &format!("      - {{meter: images, price: {}, per: 1{when}}}\n", price(*amount));
    }
    text +=
        &line("    not_billed: [tokens, calls]", "are reference images or edits charged as well?");
    let named = |label: &&String| !prices.iter().any(|(named, _)| named.as_ref() == Some(*label));
    let open: Vec<&String> = meaning.labels.iter().filter(named).collect();
    if prices.iter().all(|(label, _)| label.is_none()) || open.is_empty() {
        return text;
    }
    text += "    not_stated:\n";
    for label in open {
        text += &format!(
            "      - {{meters: [images], when: {{quality: {}}}, reason: \"the offer does not name it\"}}\n",
            scalar(label)
        );
    }
    text
}

/// A price as a table takes it: in quotes, so that nothing reads it as a float.
fn price(amount: Decimal) -> String {
    format!("\"{}\"", amount.normalize())
}

/// What is still to be found out.
pub(super) fn open(meaning: &Meaning, owner_is_known: bool) -> Vec<&'static str> {
    let offer = meaning.offer;
    let whole_terms = (!owner_is_known).then_some(
        "the terms: contract, uploads, output rights, who pays for failed and blocked calls",
    );
    let unstated = [
        Some("the endpoint"),
        Some("whether the size and quality asked for are made"),
        whole_terms,
        offer.source.is_none().then_some("where the offer can be read"),
        offer.seen.is_none().then_some("the day of the offer"),
        offer.confidence.is_none().then_some(
            "how well it is supported; until then the confidence is low, and the price is shown on request only",
        ),
    ];
    unstated.into_iter().flatten().collect()
}
