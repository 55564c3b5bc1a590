//! `imgcost prices init`: the first tables of an owner, from one line of an offer.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;

use super::new_files;
use crate::catalog::evidence::Confidence;
use crate::catalog::files::{TableFile, read_any};
use crate::catalog::owner::OwnerKind;
use crate::cli::advice;
use crate::cli::config;
use crate::cli::exit::{Exit, Failure};
use crate::cli::help::Help;
use crate::cli::output;
use crate::cli::values::{above_zero, confidence, day, owner_kind};
use crate::help::Sentence;
use crate::money::parse_price;
use crate::table_draft::{Draft, DraftError, Offer, OfferedPrice, draft};

const EXAMPLES: &str = "\
Examples:
  imgcost prices init acme --per-image low=0.012,high=0.128
  imgcost prices init acme --multiplier 0.9 --of openai/gpt-image-2
  imgcost prices init acme --per-call 0.03 --alias acme/image-vip --seen 2026-11-18 \\
    --source \"offer of Acme by mail\" --confidence high --dir my-pricing
  imgcost prices init studio --kind wrapper --per-image 0.25 --currency EUR

What the line does not say stays not_stated, with a comment that tells what to find out.";

/// The flags of `-h`.
const COMMON: [&str; 11] = [
    "kind",
    "per_image",
    "per_call",
    "multiplier",
    "of",
    "currency",
    "model",
    "alias",
    "source",
    "seen",
    "dir",
];

#[derive(Debug, Args)]
#[command(common(&COMMON), examples(EXAMPLES))]
pub(in crate::cli) struct InitArgs {
    /// Id of the price owner, which names the folder of its tables
    #[arg(value_name = "OWNER")]
    owner: String,
    /// What the owner is to the model: official, provider or wrapper
    #[arg(long, value_name = "KIND", value_parser = owner_kind, default_value = "provider")]
    kind: OwnerKind,
    #[command(flatten)]
    price: PriceArg,
    /// Route whose list the multiplier is of
    #[arg(long, value_name = "ROUTE", conflicts_with_all = ["per_image", "per_call"], help_heading = "Price")]
    of: Option<String>,
    /// Currency of the price [default: USD; for a multiplier that of the other list]
    #[arg(long, value_name = "CODE", help_heading = "Price")]
    currency: Option<String>,
    /// Model behind the offer [default: gpt-image-2; for a multiplier that of the other route]
    #[arg(long, value_name = "ID")]
    model: Option<String>,
    /// What the caller sends as the model [default: the model's id]
    #[arg(long, value_name = "NAME")]
    alias: Option<String>,
    /// Who says so, so that a reader can find it again
    #[arg(long, value_name = "TEXT", help_heading = "Evidence")]
    source: Option<String>,
    /// The offer's own date; without it, the offer is entered as undated
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help_heading = "Evidence")]
    seen: Option<NaiveDate>,
    /// How well it is supported: high (the owner's own dated statement), medium (its undated page) or
    /// low [default: low]
    #[arg(long, value_name = "LEVEL", value_parser = confidence, help_heading = "Evidence")]
    confidence: Option<Confidence>,
    /// Folder to write the files to; without it, they are only printed
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct PriceArg {
    /// Price of an image, or of each quality: low=0.01,high=0.12
    #[arg(
        long,
        value_name = "PRICES",
        value_delimiter = ',',
        value_parser = quality_price,
        allow_hyphen_values = true,
        help_heading = "Price"
    )]
    per_image: Vec<(Option<String>, Decimal)>,
    /// Price of a call
    #[arg(long, value_name = "PRICE", value_parser = price, allow_hyphen_values = true, help_heading = "Price")]
    per_call: Option<Decimal>,
    /// Factor on another route's list, such as 0.9 for 10% off
    #[arg(
        long,
        value_name = "FACTOR",
        value_parser = above_zero,
        requires = "of",
        allow_hyphen_values = true,
        help_heading = "Price"
    )]
    multiplier: Option<Decimal>,
}

/// Drafts the tables of an offer, and prints or writes them.
pub(super) fn run(args: &InitArgs, today: NaiveDate) -> Result<Exit, Failure> {
    let existing = match &args.dir {
        Some(dir) if dir.exists() => read_any(dir)?,
        _ => Vec::new(),
    };
    let draft = draft(&existing, &offer(args)?, today)?;
    let text = match &args.dir {
        None => printed(&draft),
        Some(dir) => {
            new_files::write(dir, &draft.files)?;
            written(dir, &draft)
        }
    };
    output::write_text(&text, &output::FileArgs::default())?;
    Ok(Exit::Done)
}

/// What the flags say; of a multiple, model and currency are those of the other list.
fn offer(args: &InitArgs) -> Result<Offer, Failure> {
    let mut of_settings = (None, None);
    if args.of.is_none() {
        of_settings.0 = if args.model.is_none() { config::model()? } else { None };
        of_settings.1 = if args.currency.is_none() { config::currency()? } else { None };
    }
    let price = match (&args.price, &args.of) {
        (PriceArg { per_call: Some(price), .. }, _) => OfferedPrice::PerCall(*price),
        (PriceArg { multiplier: Some(factor), .. }, Some(of)) => {
            OfferedPrice::Multiple { factor: *factor, of: of.clone() }
        }
        (PriceArg { per_image, .. }, _) => OfferedPrice::PerImage(per_image.clone()),
    };
    Ok(Offer {
        owner: args.owner.clone(),
        kind: args.kind,
        price,
        model: args.model.clone().or(of_settings.0),
        alias: args.alias.clone(),
        currency: args.currency.clone().or(of_settings.1),
        source: args.source.clone(),
        seen: args.seen,
        confidence: args.confidence,
    })
}

/// The files one after the other, each below its path.
fn printed(draft: &Draft) -> String {
    let file = |file: &TableFile| format!("# ---- {} ----\n{}\n", file.path, file.text);
    let files: String = draft.files.iter().map(file).collect();
    format!("{files}# Nothing was written: add --dir DIR. Then: {}\n", next(draft, "DIR"))
}

fn written(dir: &Path, draft: &Draft) -> String {
    let mut text = String::new();
    for file in &draft.files {
        text += &format!("wrote {}\n", dir.join(&file.path).display());
    }
    text += "still to be found out:\n";
    for open in &draft.open {
        let open = Sentence::new(open.to_string(), open.help());
        text += &format!("- {}\n", open.in_words(advice::of_help));
    }
    text + &format!("next: {}\n", next(draft, &shell_word(&dir.display().to_string())))
}

/// The command that shows the new price beside the others.
fn next(draft: &Draft, dir: &str) -> String {
    let mut owners = draft.beside.clone();
    owners.push(draft.route.owner.clone());
    let quality = draft.quality.as_ref().map(|quality| format!(" --quality {quality}"));
    format!(
        "imgcost compare --pricing {dir} --model {}{} --prompt-tokens 60 --owners {}{}",
        draft.model,
        quality.unwrap_or_default(),
        owners.join(","),
        if draft.quoted { " --all" } else { "" }
    )
}

/// A path as one word of a shell.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    match !text.is_empty() && text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

impl From<DraftError> for Failure {
    fn from(error: DraftError) -> Failure {
        match error {
            DraftError::Data(problems) => Failure::Data(problems.into()),
            DraftError::Offer(errors) => Failure::Usage(
                errors.iter().map(|error| (error.to_string(), advice::of_offer(error))).collect(),
            ),
        }
    }
}

/// A price, or the price of a quality as `high=0.128`.
fn quality_price(text: &str) -> Result<(Option<String>, Decimal), String> {
    match text.split_once('=') {
        Some((label, amount)) => Ok((Some(label.to_owned()), price(amount)?)),
        None => Ok((None, price(text)?)),
    }
}

fn price(text: &str) -> Result<Decimal, String> {
    parse_price(text).map_err(|error| error.to_string())
}
