//! The models that wrote SVG files.

use super::reading::Reading;
use super::tokens::{self, Of};
use super::{Model, Stated};
use crate::json::Object;
use crate::reason;

fn counts_tokens(author: &Model) -> bool {
    author.tokens.tokens().is_none_or(|tokens| tokens.input > 0 || tokens.output > 0)
}

/// The author of what was made in a format. An SVG file has an author whose tokens are billed; usage of zero
/// beside another format is of nobody.
pub(super) fn author_of(stated: Option<Model>, format: Option<&str>) -> Option<Model> {
    let why = match (&stated, format) {
        (Some(author), _) if counts_tokens(author) => return stated,
        (_, format) if format != Some("svg") => return None,
        (None, _) => reason::Reply::NoSvgUsage,
        (Some(_), _) => reason::Reply::SvgUsageZero,
    };
    let model = stated.and_then(|author| author.model);
    Some(Model { model, tokens: Stated::Missing(why) })
}

impl Reading<'_, '_> {
    /// The model that wrote an SVG file, if there is one.
    pub(super) fn svg_author(&mut self, within: &Object) -> Option<Model> {
        let usage = within.object("svg_usage", &mut self.wrong)?;
        let tokens = self.tokens(&usage, Of::SvgAuthor, &["model", "reasoning_tokens"])?;
        tokens::at_most_output(&usage, &tokens, &mut self.wrong);
        Some(Model { model: usage.text("model", &mut self.wrong), tokens })
    }

    /// The authors of the calls, and one that stands in the reply as a whole: it is that of the calls which
    /// name none of their own.
    pub(super) fn all_svg_authors(&mut self, reply: &Object, of_calls: Vec<Model>) -> Vec<Model> {
        let Some(whole) = self.svg_author(reply).filter(counts_tokens) else { return of_calls };
        let own = of_calls.into_iter().filter(|author| author.tokens.tokens().is_some());
        own.chain([whole]).collect()
    }
}
