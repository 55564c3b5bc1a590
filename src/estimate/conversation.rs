//! The turns of a conversation: one image call in each, and what the mainline model adds to it.

use std::num::NonZeroU32;

use super::EstimateError;
use super::place::call_cost;
use crate::attempts::TurnCosts;
use crate::money::{self, AmountTooLarge};
use crate::rating::{self, Rated};
use crate::request::{MainlineTurn, Prompt, Request, SizeChoice};
use crate::usage::Usage;

/// What the image model does in one turn.
pub(super) struct ImageTurn {
    pub usage: Usage,
    pub rated: Rated,
}

/// A conversation of a first turn and later ones that are all alike.
pub(super) struct Conversation {
    pub first: ImageTurn,
    /// Every later turn; `None` where there is one turn only.
    pub later: Option<ImageTurn>,
    /// The mainline model in each turn; no charges where the image model is called itself.
    pub mainline: Rated,
    pub turns: NonZeroU32,
}

impl Conversation {
    /// The cost of its turns one by one; `None` where there is one turn only.
    pub(super) fn turn_costs(&self) -> Result<Option<TurnCosts>, EstimateError> {
        let Some(later) = &self.later else { return Ok(None) };
        let of_turn = |image: &ImageTurn| {
            call_cost(&[&image.rated.charges[..], &self.mainline.charges[..]].concat())
        };
        let (first, last) = (of_turn(&self.first)?, of_turn(later)?);
        let between = u64::from(self.turns.get()).saturating_sub(2);
        let between = last.total.try_map(|total| money::times(between, total))?;
        let before_last = first.total.try_join(&between, money::add)?;
        Ok(Some(TurnCosts { first, before_last, last }))
    }

    /// All that the image model counts, and the lines of all turns, the image model's first.
    pub(super) fn into_whole(self) -> Result<(Usage, Rated), AmountTooLarge> {
        let Conversation { first, later, mainline, turns } = self;
        let (usage, mut rated) = match later {
            None => (first.usage, first.rated),
            Some(later) => (
                Usage::over_turns(&first.usage, &later.usage, turns)?,
                rating::over_turns(first.rated, later.rated, turns)?,
            ),
        };
        let mainline = rating::over_turns(mainline.clone(), mainline, turns)?;
        rated.charges.extend(mainline.charges);
        rated.notes.extend(mainline.notes);
        Ok((usage, rated))
    }
}

/// What is assumed of a request that a mainline model passes on, or of the turns of a conversation.
pub(super) fn assumptions(request: &Request, has_mainline: bool) -> Vec<String> {
    let mut assumed = Vec::new();
    if has_mainline && !request.mainline.is_empty() {
        assumed.extend(of_mainline(request));
    }
    if request.turns > NonZeroU32::MIN {
        assumed.extend(of_turns(request, has_mainline));
    }
    assumed
}

fn of_mainline(request: &Request) -> impl Iterator<Item = String> {
    let passes_a_prompt_on = matches!(request.prompt, Some(Prompt::Text(_) | Prompt::Tokens(_)));
    let MainlineTurn { input_tokens, cached_tokens, .. } = &request.mainline;
    let sentences = [
        (true, "the mainline model makes one image call in each turn"),
        (
            passes_a_prompt_on,
            "the mainline model passes the prompt on as it is given; it may write one of its own (revised_prompt in a reply)",
        ),
        (
            input_tokens.is_some() && cached_tokens.is_none(),
            "the mainline model reads nothing from a cache, since no cached tokens of it were given",
        ),
    ];
    sentences.into_iter().filter(|(applies, _)| *applies).map(|(_, text)| text.to_owned())
}

fn of_turns(request: &Request, has_mainline: bool) -> [String; 3] {
    let turns = request.turns;
    let size = match request.size {
        Some(SizeChoice::Exact(size)) => format!(", {size},"),
        Some(SizeChoice::Auto) | None => String::new(),
    };
    let who = if has_mainline {
        format!("the mainline model reads and writes as much in each of the {turns} turns")
    } else {
        "where no mainline model calls the image model, each turn is a call of your own".to_owned()
    };
    let later = format!(
        "each turn after the first sends as long a prompt and the image of the turn before{size} as one more reference image"
    );
    let attempt = format!(
        "an attempt is a conversation of {turns} turns, all of which the total covers: it asks for one image, the last, and those before it are paid for"
    );
    [who, later, attempt]
}
