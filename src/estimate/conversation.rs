//! The turns of a conversation: one image call in each, and what the mainline model adds to it.

use std::num::NonZeroU32;

use super::EstimateError;
use super::place::call_cost;
use crate::attempts::TurnCosts;
use crate::money::{self, AmountTooLarge};
use crate::note::Assumption;
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
pub(super) fn assumptions(request: &Request, has_mainline: bool) -> Vec<Assumption> {
    let mut assumed = Vec::new();
    if has_mainline && !request.mainline.is_empty() {
        assumed.extend(of_mainline(request));
    }
    if request.turns > NonZeroU32::MIN {
        assumed.extend(of_turns(request, has_mainline));
    }
    assumed
}

fn of_mainline(request: &Request) -> impl Iterator<Item = Assumption> {
    let passes_a_prompt_on = matches!(request.prompt, Some(Prompt::Text(_) | Prompt::Tokens(_)));
    let MainlineTurn { input_tokens, cached_tokens, .. } = &request.mainline;
    let reads_no_cache = input_tokens.is_some() && cached_tokens.is_none();
    let each = [
        Some(Assumption::OneCallATurn),
        passes_a_prompt_on.then_some(Assumption::PromptPassedOn),
        reads_no_cache.then_some(Assumption::MainlineReadsNoCache),
    ];
    each.into_iter().flatten()
}

fn of_turns(request: &Request, has_mainline: bool) -> [Assumption; 3] {
    let turns = request.turns;
    let size = match request.size {
        Some(SizeChoice::Exact(size)) => Some(size),
        Some(SizeChoice::Auto) | None => None,
    };
    let who = match has_mainline {
        true => Assumption::SameMainlineEachTurn(turns),
        false => Assumption::OwnCallEachTurn,
    };
    [who, Assumption::LaterTurns(size), Assumption::ConversationIsAttempt(turns)]
}
