//! How many text tokens a prompt is billed.

use super::tokens;
use crate::catalog::model_rules::{AddedTokens, ModelRules, PromptRules};
use crate::figure::Figure;
use crate::note::Assumption;
use crate::reason::Metering;
use crate::request::{Prompt, Request, RequestError};

/// The tokens of a text in the o200k_base encoding, before anything is added.
///
/// Marks such as `<|endoftext|>` count as the ordinary text that they are in a prompt.
pub fn count_tokens(text: &str) -> u64 {
    tokens::count(text)
}

/// The text tokens that the whole request is billed, and how they come about.
///
/// # Errors
/// [`RequestError::TooLarge`].
pub(super) fn billed(
    prompt: &Prompt,
    request: &Request,
    rules: &ModelRules,
    assumptions: &mut Vec<Assumption>,
) -> Result<(Figure<u64>, Vec<String>), RequestError> {
    let (tokens, counted) = match (prompt, &rules.prompt) {
        (Prompt::BilledTokens(tokens), _) => {
            return Ok((
                Figure::Exact(*tokens),
                vec![format!("{tokens} billed in total, as given")],
            ));
        }
        (Prompt::Tokens(tokens), _) => (*tokens, format!("{tokens} prompt tokens, as given")),
        (Prompt::Text(_), None) => (0, "the prompt is not counted".to_owned()),
        (Prompt::Text(text), Some(_)) => {
            let tokens = count_tokens(text);
            (tokens, format!("{tokens} prompt tokens, counted with o200k_base"))
        }
    };
    let (rule, added) = match added_tokens(request, rules) {
        Ok(found) => found,
        Err(why) => {
            // Whether each image bills the prompt is known only where there is a rule.
            let times = if rules.prompt.is_some() { request.n } else { 1 };
            let at_least = tokens.checked_mul(u64::from(times)).ok_or(RequestError::TooLarge)?;
            return Ok((Figure::unknown(at_least, why), vec![counted]));
        }
    };
    assumptions.extend(added.assumption.clone().map(Assumption::AddedTokens));
    let per_image =
        figure(added).try_map(|added| tokens.checked_add(added).ok_or(RequestError::TooLarge))?;
    let count = super::multiply(&per_image, request.n)?;
    let mut how = vec![counted, format!("plus {} added by the service", range(added))];
    if request.n > 1 {
        how.push(format!("times {} images, each of which bills the prompt", request.n));
    }
    how.push(super::rule_of(&rule.evidence));
    Ok((count, how))
}

/// The rule for prompts with the tokens that it adds to this one, or why they are not known.
fn added_tokens<'a>(
    request: &Request,
    rules: &'a ModelRules,
) -> Result<(&'a PromptRules, &'a AddedTokens), Metering> {
    let Some(rule) = &rules.prompt else {
        return Err(Metering::PromptNotStated);
    };
    let added = match request.edit {
        false => Some(&rule.generation),
        true => rule.edit.iter().find(|added| fits(added, request)),
    };
    added.map(|added| (rule, added)).ok_or(Metering::EditNotSeen)
}

fn fits(added: &AddedTokens, request: &Request) -> bool {
    let images = &request.input_images;
    added.input_images.is_none_or(|count| count == images.len() as u64)
        && added.image_size.is_none_or(|size| images.iter().all(|image| image.size == Ok(size)))
}

fn figure(added: &AddedTokens) -> Figure<u64> {
    if added.low == added.high {
        return Figure::Exact(added.low);
    }
    let reason = Metering::AddedTokens { low: added.low, high: added.high };
    Figure::range(added.low, added.expected, added.high, reason)
}

fn range(added: &AddedTokens) -> String {
    if added.low == added.high {
        added.low.to_string()
    } else {
        format!("{} to {}", added.low, added.high)
    }
}
