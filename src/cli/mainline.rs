//! The flags of a mainline model that calls the image model.

use clap::Args;
use std::num::NonZeroU32;

use super::values::{at_least_one, count};
use crate::request::MainlineTurn;

/// The model that calls the image model, and the turns of its conversation.
#[derive(Debug, Args)]
#[command(next_help_heading = "Responses image tool")]
pub(super) struct MainlineArgs {
    /// Mainline model that calls the image model, on the model maker's Responses route; with --usage,
    /// where the reply does not name it
    #[arg(long, value_name = "ID")]
    pub mainline_model: Option<String>,
    /// Tokens that the mainline model reads in each turn, cached ones included
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub mainline_input_tokens: Option<u64>,
    /// Of these, tokens read from a cache
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub mainline_cached_tokens: Option<u64>,
    /// Tokens that the mainline model writes in each turn, reasoning included
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub mainline_output_tokens: Option<u64>,
    /// Turns of a conversation, with an image call in each; a later one is an edit that carries the image
    /// of the one before. All else is said of each turn, and the cost per accepted image is that of a
    /// whole conversation: it asks for one image, its last [default: 1]
    #[arg(long, value_name = "N", value_parser = turns, allow_hyphen_values = true)]
    pub turns: Option<NonZeroU32>,
}

impl MainlineArgs {
    /// What the flags say of one turn.
    pub(super) fn turn(&self) -> MainlineTurn {
        MainlineTurn {
            model: self.mainline_model.clone(),
            input_tokens: self.mainline_input_tokens,
            cached_tokens: self.mainline_cached_tokens,
            output_tokens: self.mainline_output_tokens,
            text: None,
        }
    }
}

fn turns(text: &str) -> Result<NonZeroU32, String> {
    let turns = at_least_one(text)?;
    let turns = u32::try_from(turns).ok().and_then(NonZeroU32::new);
    turns.ok_or_else(|| "more turns than can be counted".into())
}
