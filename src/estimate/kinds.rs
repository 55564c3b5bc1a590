//! Requests and replies that are alike are priced once: a Batch file of 50,000 lines asks for a few hundred different
//! things.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::sums::Counted;
use super::{Estimate, EstimateError};
use crate::catalog::dated::in_force;
use crate::items::Asked;
use crate::metering::prompt::count_tokens;
use crate::request::{Draft, Prompt};
use crate::usage_log::reply::{Reply, Stated};

/// How many kinds are kept: a file of more asks for something else on every line.
const MOST_KEPT: usize = 1_000;

/// Requests or replies that cost the same.
#[derive(Debug)]
struct Kind {
    /// What each of them costs.
    estimate: Arc<Estimate>,
    /// How many came up since they were taken.
    count: u64,
    /// The longest prompt, in characters, that the model takes.
    longest_prompt: u64,
}

/// The kinds that were priced lately.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    all: Vec<Kind>,
    known: HashMap<Alike, usize>,
    /// Those that came up since they were taken, in order.
    counted: Vec<usize>,
    /// What cannot be priced, which the length of a prompt may decide, and why.
    refused: HashMap<(Alike, Option<u64>), EstimateError>,
}

/// An estimate, or why there is none, with what is asked where it is the first of its kind.
type Priced = Result<(Arc<Estimate>, Option<Asked>), (EstimateError, Option<Asked>)>;

impl Kinds {
    /// The estimate of a request or reply: that of one that costs the same, else the one that `price` makes.
    ///
    /// # Errors
    /// Those of `price`.
    pub(super) fn priced(
        &mut self,
        asked: Asked,
        price: impl FnOnce(&Asked) -> Result<Estimate, EstimateError>,
    ) -> Priced {
        let (alike, text) = Alike::of(asked);
        let characters = text.as_ref().map(|text| text.chars().count() as u64);
        if let Some(&index) = self.known.get(&alike)
            && characters.is_none_or(|count| (1..=self.all[index].longest_prompt).contains(&count))
        {
            return Ok((self.count(index), None));
        }
        let kind = (alike, characters);
        if let Some(error) = self.refused.get(&kind) {
            return Err((error.clone(), None));
        }
        let asked = kind.0.asked(text);
        let estimate = match price(&asked) {
            Ok(estimate) => Arc::new(estimate),
            Err(error) => {
                self.refused.insert(kind, error.clone());
                return Err((error, Some(asked)));
            }
        };
        let (index, longest_prompt) = (self.all.len(), longest_prompt(&estimate));
        self.known.insert(kind.0, index);
        self.all.push(Kind { estimate, count: 0, longest_prompt });
        Ok((self.count(index), Some(asked)))
    }

    fn count(&mut self, index: usize) -> Arc<Estimate> {
        let kind = &mut self.all[index];
        if kind.count == 0 {
            self.counted.push(index);
        }
        kind.count += 1;
        Arc::clone(&kind.estimate)
    }

    /// The estimates that came up since they were taken, in order, each with how often it did.
    pub(super) fn take_counted(&mut self) -> Counted {
        let counted = std::mem::take(&mut self.counted).into_iter();
        let take = |index: usize| {
            let kind = &mut self.all[index];
            (Arc::clone(&kind.estimate), std::mem::take(&mut kind.count))
        };
        counted.map(take).collect()
    }

    /// Whether as many are kept as may be.
    pub(super) fn are_many(&self) -> bool {
        self.all.len() >= MOST_KEPT || self.refused.len() >= MOST_KEPT
    }

    /// Forgets all of them, which were taken before.
    pub(super) fn forget(&mut self) {
        *self = Kinds::default();
    }
}

fn longest_prompt(estimate: &Estimate) -> u64 {
    let rules = in_force(&estimate.model.rules, estimate.as_of).ok();
    rules.and_then(|rules| rules.prompt.as_ref()).map_or(u64::MAX, |rule| rule.max_characters)
}

/// A request or reply as far as it decides what is said of it: the count of a prompt, and not its words.
#[derive(Debug, PartialEq, Eq)]
enum Alike {
    Request { draft: Box<Draft>, is_counted_here: bool },
    Reply(Arc<Reply>),
}

impl Alike {
    /// What is asked, without the words of its prompt, and these words.
    fn of(asked: Asked) -> (Alike, Option<String>) {
        let mut draft = match asked {
            Asked::Request(draft) => draft,
            Asked::Reply(reply) => return (Alike::Reply(reply), None),
        };
        if let Some(Prompt::Text(text)) = &draft.mainline.text {
            draft.mainline.text = Some(Prompt::Tokens(count_tokens(text)));
        }
        match draft.prompt.take() {
            Some(Prompt::Text(text)) => {
                draft.prompt = Some(Prompt::Tokens(count_tokens(&text)));
                (Alike::Request { draft, is_counted_here: true }, Some(text))
            }
            prompt => {
                draft.prompt = prompt;
                (Alike::Request { draft, is_counted_here: false }, None)
            }
        }
    }

    /// What is asked, with the words of its prompt.
    fn asked(&self, text: Option<String>) -> Asked {
        match self {
            Alike::Request { draft, .. } => {
                let prompt = text.map(Prompt::Text).or_else(|| draft.prompt.clone());
                Asked::Request(Box::new(Draft { prompt, ..Draft::clone(draft) }))
            }
            Alike::Reply(reply) => Asked::Reply(Arc::clone(reply)),
        }
    }
}

/// What most of them differ in; the whole is compared where these are the same.
impl Hash for Alike {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Alike::Request { draft, .. } => {
                let Draft { model, size, quality, n, prompt, input_images, .. } = &**draft;
                let tokens = match prompt {
                    Some(Prompt::Tokens(tokens) | Prompt::BilledTokens(tokens)) => Some(*tokens),
                    Some(Prompt::Text(_)) | None => None,
                };
                (model, size, quality, n, tokens).hash(state);
                input_images.iter().for_each(|image| image.name.hash(state));
            }
            Alike::Reply(reply) => {
                let Reply { model, size, quality, created, tokens, mainline, .. } = &**reply;
                let counts =
                    |stated: &Stated| stated.tokens().map(|tokens| (tokens.input, tokens.output));
                let mainline = mainline.as_ref().map(|mainline| counts(&mainline.tokens));
                (model, size, quality, created, counts(tokens), mainline).hash(state);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::estimate::{Terms, price_request};

    fn asked(prompt: &str) -> Asked {
        let quality = Some("high".to_owned());
        let prompt = Some(Prompt::Text(prompt.to_owned()));
        Asked::Request(Box::new(Draft { quality, prompt, ..Draft::default() }))
    }

    /// A prompt of as many tokens costs the same; one that is too long is refused, whatever came before it.
    #[test]
    fn prompts_of_as_many_tokens_are_priced_once() {
        let catalog = Catalog::shipped();
        let day = "2026-11-21".parse().expect("a day");
        let mut priced = 0;
        let mut kinds = Kinds::default();
        for prompt in ["a red fox", "a blue fox", "a red fox in snow"] {
            let price = |asked: &Asked| {
                priced += 1;
                let Asked::Request(draft) = asked else { panic!("a request") };
                price_request(&catalog, draft, &Terms::on(day))
            };
            kinds.priced(asked(prompt), price).expect("an estimate");
        }
        assert_eq!(priced, 2);
        let counts: Vec<u64> = kinds.take_counted().iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [2, 1]);
        assert!(kinds.take_counted().is_empty(), "each is counted once");
    }

    #[test]
    fn a_prompt_that_is_too_long_is_refused_beside_one_of_as_many_tokens() {
        let catalog = Catalog::shipped();
        let day = "2026-11-21".parse().expect("a day");
        let price = |asked: &Asked| {
            let Asked::Request(draft) = asked else { panic!("a request") };
            price_request(&catalog, draft, &Terms::on(day))
        };
        let mut kinds = Kinds::default();
        // 80 spaces are a token, so that these two differ in characters alone.
        let long = " ".repeat(32_001);
        let tokens = count_tokens(&long) as usize;
        let short = "fox ".repeat(tokens - 1) + "fox";
        assert_eq!(count_tokens(&short), tokens as u64);
        kinds.priced(asked(&short), price).expect("an estimate");
        kinds.priced(asked(&long), price).expect_err("too long");
    }

    /// Thousands of replies of one size and quality differ in these alone, and are not to be compared with each other.
    #[test]
    fn replies_that_differ_in_the_counts_of_a_model_differ_in_their_hash() {
        let hash_of = |mainline: u64, image: u64| {
            let usage = |input: u64| {
                format!(
                    r#"{{"input_tokens":{input},"output_tokens":5,"total_tokens":{}}}"#,
                    input + 5
                )
            };
            let text = format!(
                r#"{{"object":"response","output":[],"usage":{},"tool_usage":{{"image_gen":{}}}}}"#,
                usage(mainline),
                usage(image)
            );
            let reply = crate::usage_log::reply::read("reply", &text, &[]).expect("a reply");
            let mut state = std::hash::DefaultHasher::new();
            Alike::Reply(Arc::new(reply)).hash(&mut state);
            state.finish()
        };
        assert_ne!(hash_of(900, 40), hash_of(901, 40));
        assert_ne!(hash_of(900, 40), hash_of(900, 41));
        assert_eq!(hash_of(900, 40), hash_of(900, 40));
    }
}
