//! Draft → request: fills gaps with announced defaults and checks every value against the model.

use std::num::NonZeroU32;

use chrono::NaiveDate;

use super::refusals::NoFidelity;
use super::{
    Bounded, Draft, InputFidelity, LeftOut, MainlineTurn, Prompt, QualityChoice, Request,
    RequestError, SizeChoice, refused,
};
use crate::catalog::conditions::Processing;
use crate::catalog::model::Model;
use crate::catalog::model_rules::{Fidelity, ModelRules, SizeRule};
use crate::catalog::sizes;
use crate::errors::Errors;
use crate::help::Asked;
use crate::near::near_matches;
use crate::note::Assumption;
use crate::size::Size;

/// Completes a draft by the rules of its model. `resolution` is the class that the caller names, which
/// is the size of a model that is asked for by such names, `day` the one on which it is sent.
///
/// Returns the request and what was assumed, a sentence each.
///
/// # Errors
/// Every value that is not legal.
pub fn settle(
    draft: &Draft,
    model: &Model,
    rules: &ModelRules,
    resolution: Option<&str>,
    day: NaiveDate,
) -> Result<(Request, Vec<Assumption>), Errors<RequestError>> {
    let left_out = draft.left_out;
    let mut settling = Settling {
        model,
        rules,
        left_out,
        errors: refused::errors(draft, model, rules, day),
        assumptions: Vec::new(),
    };
    let resolution = settling.resolution(draft.size.as_deref(), resolution);
    let size = settling.size(draft.size.as_deref(), resolution.as_deref());
    let quality = settling.quality(draft.quality.as_deref());
    let n = settling.images(draft.n);
    let edit = draft.edit || !draft.input_images.is_empty();
    settling.in_range(
        Bounded::InputImages,
        draft.input_images.len() as u64,
        0,
        rules.input_images.max.unwrap_or(u32::MAX),
    );
    let input_fidelity = settling.fidelity(draft.input_fidelity.as_deref(), edit);
    let partial_images = settling.partial_images(draft.partial_images.unwrap_or(0));
    settling.prompt(draft.prompt.as_ref());
    let turns = settling.turns(draft);

    let Settling { errors, assumptions, .. } = settling;
    let (Some(n), true) = (n, errors.is_empty()) else { return Err(errors.into()) };
    let request = Request {
        size,
        resolution,
        quality,
        n,
        prompt: draft.prompt.clone(),
        edit,
        input_images: draft.input_images.clone(),
        input_fidelity,
        partial_images,
        processing: draft.processing.unwrap_or(Processing::Standard),
        cached_text_tokens: draft.cached_text_tokens.unwrap_or(0),
        cached_image_tokens: draft.cached_image_tokens.unwrap_or(0),
        text_output_tokens: draft.text_output_tokens,
        output_format: draft.output_format.clone(),
        mainline: draft.mainline.clone(),
        turns,
    };
    Ok((request, assumptions))
}

struct Settling<'a> {
    model: &'a Model,
    rules: &'a ModelRules,
    left_out: LeftOut,
    errors: Vec<RequestError>,
    assumptions: Vec<Assumption>,
}

impl Settling<'_> {
    /// The resolution of a model that is asked for by name: as named, by its size, or the only one.
    fn resolution(&mut self, size: Option<&str>, named: Option<&str>) -> Option<String> {
        let tiers = self.rules.sizes.rule.tiers();
        let size = size.filter(|size| tiers.iter().any(|tier| tier == size));
        let asked = match (named, size, tiers) {
            (_, _, []) => return None,
            (Some(named), Some(size), _) if named != size => {
                let (resolution, size) = (named.to_owned(), size.to_owned());
                self.errors.push(RequestError::TwoResolutions { resolution, size });
                return None;
            }
            (None, None, [only]) => {
                let (resolution, model) = (only.clone(), self.model.id.clone());
                self.assumptions.push(Assumption::OnlyResolution { resolution, model });
                return Some(only.clone());
            }
            (named, size, _) => named.or(size)?,
        };
        if tiers.iter().any(|tier| tier == asked) {
            return Some(asked.to_owned());
        }
        self.errors.push(RequestError::UnknownResolution {
            resolution: asked.to_owned(),
            of: self.model.id.clone(),
            known: tiers.to_vec(),
        });
        None
    }

    /// The size in pixels; none where the model has no default and the caller names none.
    fn size(&mut self, asked: Option<&str>, resolution: Option<&str>) -> Option<SizeChoice> {
        let rule = &self.rules.sizes.rule;
        let Some(asked) = asked else {
            if self.left_out == LeftOut::ByApi && self.rules.sizes.auto_when_left_out {
                self.assumptions.push(Assumption::AutoByApi(Asked::Size));
                return Some(SizeChoice::Auto);
            }
            let size = self.rules.sizes.default?;
            self.assumptions.push(Assumption::Size(size));
            return Some(SizeChoice::Exact(size));
        };
        if asked == "auto" {
            return rule.is_in_pixels().then_some(SizeChoice::Auto);
        }
        if rule.tiers().iter().any(|tier| tier == asked) {
            return None;
        }
        let size = match asked.parse() {
            Ok(size) => size,
            Err(error) => {
                self.errors.push(RequestError::NotASize(error));
                return None;
            }
        };
        let broken = sizes::broken_rules(rule, size);
        if broken.is_empty() {
            self.assumptions.extend(self.not_checked(size, resolution));
            return Some(SizeChoice::Exact(size));
        }
        let nearest = sizes::nearest(rule, size, 3);
        self.errors.push(RequestError::IllegalSize {
            size,
            model: self.model.id.clone(),
            broken,
            nearest,
        });
        None
    }

    /// What is to be said of a size that no rule was there to check.
    fn not_checked(&self, size: Size, resolution: Option<&str>) -> Option<Assumption> {
        let model = self.model.id.clone();
        match (&self.rules.sizes.rule, resolution) {
            (SizeRule::Listed(_) | SizeRule::Grid(_), _) => None,
            (SizeRule::Tiers(_), Some(tier)) => {
                Some(Assumption::ResolutionDecides { size, resolution: tier.to_owned(), model })
            }
            (SizeRule::Tiers(_), None) | (SizeRule::NotKnown(_), _) => {
                Some(Assumption::SizeNotChecked { size, model })
            }
        }
    }

    fn quality(&mut self, asked: Option<&str>) -> Option<QualityChoice> {
        let Some(qualities) = &self.rules.qualities else {
            let quality = asked?.to_owned();
            self.errors.push(RequestError::NoQuality { quality, model: self.model.id.clone() });
            return None;
        };
        let Some(asked) = asked else {
            if self.left_out == LeftOut::ByApi && qualities.auto_when_left_out {
                self.assumptions.push(Assumption::AutoByApi(Asked::Quality));
                return Some(QualityChoice::Auto);
            }
            let label = qualities.default.clone();
            let is_open = self.rules.output_tokens.rule.is_by_quality();
            self.assumptions.push(Assumption::Quality { label: label.clone(), is_open });
            return Some(QualityChoice::Label(label));
        };
        if asked == "auto" {
            return Some(QualityChoice::Auto);
        }
        if qualities.labels.iter().any(|label| label == asked) {
            return Some(QualityChoice::Label(asked.to_owned()));
        }
        let near = near_matches(asked, qualities.labels.iter().map(String::as_str));
        self.errors.push(RequestError::UnknownQuality {
            quality: asked.to_owned(),
            model: self.model.id.clone(),
            labels: qualities.labels.clone(),
            near: near.first().map(|near| (*near).to_owned()),
        });
        None
    }

    fn images(&mut self, n: Option<u64>) -> Option<u32> {
        let most = self.rules.max_images.unwrap_or(u32::MAX);
        self.in_range(Bounded::Images, n.unwrap_or(1), 1, most)
    }

    fn fidelity(&mut self, asked: Option<&str>, edit: bool) -> Option<InputFidelity> {
        let choice = match asked {
            None => None,
            Some("low") => Some(InputFidelity::Low),
            Some("high") => Some(InputFidelity::High),
            Some(other) => {
                self.errors.push(RequestError::UnknownFidelity { value: other.to_owned() });
                return None;
            }
        };
        let refused = match &self.rules.input_images.fidelity {
            Some(Fidelity::LowOnly(_)) if choice == Some(InputFidelity::Low) => return choice,
            Some(Fidelity::LowOnly(note)) => Some(NoFidelity::LowOnly(note.clone())),
            Some(Fidelity::Selectable { .. }) => None,
            Some(Fidelity::Refused(note)) => Some(NoFidelity::NotTaken(note.clone())),
            None => Some(NoFidelity::NotKnown(self.model.id.clone())),
        };
        match (refused, choice) {
            (Some(reason), Some(_)) => {
                let value = asked.unwrap_or_default().to_owned();
                self.errors.push(RequestError::FidelityRefused { value, reason });
                None
            }
            (Some(_), None) => None,
            (None, None) => {
                if edit {
                    self.assumptions.push(Assumption::LowFidelity);
                }
                Some(InputFidelity::Low)
            }
            (None, choice) => choice,
        }
    }

    fn partial_images(&mut self, asked: u64) -> u32 {
        match &self.rules.partial_images {
            Some(partial) => {
                self.in_range(Bounded::PartialImages, asked, 0, partial.max).unwrap_or(0)
            }
            None if asked == 0 => 0,
            None => {
                self.errors.push(RequestError::NoPartialImages { model: self.model.id.clone() });
                0
            }
        }
    }

    fn prompt(&mut self, prompt: Option<&Prompt>) {
        match prompt {
            Some(Prompt::Text(text)) => {
                let characters = text.chars().count() as u64;
                let prompt = self.rules.prompt.as_ref();
                let most = prompt.map_or(u32::MAX, |prompt| prompt.max_characters as u32);
                self.in_range(Bounded::PromptCharacters, characters, 1, most);
            }
            Some(Prompt::Tokens(_) | Prompt::BilledTokens(_)) => {}
            None => self.assumptions.push(Assumption::NoPrompt),
        }
    }

    /// The turns of a conversation, in which each image follows from the one before.
    fn turns(&mut self, draft: &Draft) -> NonZeroU32 {
        let turns = draft.turns.unwrap_or(NonZeroU32::MIN);
        let images = draft.n.unwrap_or(1);
        if turns > NonZeroU32::MIN && images > 1 {
            self.errors.push(RequestError::TurnsOfSeveralImages { turns: turns.get(), images });
        }
        let MainlineTurn { input_tokens, cached_tokens, .. } = draft.mainline;
        if let (Some(billed), Some(cached)) = (input_tokens, cached_tokens)
            && cached > billed
        {
            self.errors.push(RequestError::CachedMainlineMoreThanRead { cached, read: billed });
        }
        turns
    }

    fn in_range(&mut self, what: Bounded, value: u64, low: u64, high: u32) -> Option<u32> {
        let high = u64::from(high);
        if (low..=high).contains(&value) {
            return u32::try_from(value).ok();
        }
        self.errors.push(RequestError::OutOfRange {
            what,
            value,
            model: self.model.id.clone(),
            low,
            high,
        });
        None
    }
}
