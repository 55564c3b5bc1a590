//! The pattern of a free text: words as they are, and what stands in the place of `{model}`, `{meter}`, `{processing}` and
//! `{any}`.

use crate::catalog::conditions::Processing;
use crate::unit::Meter;

/// A longer text is no name of a meter: it is matched by no rule.
const LONGEST: usize = 300;

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Words as they are, in whatever case.
    Words(String),
    Model,
    Meter,
    Processing,
    /// Anything, also nothing.
    Any,
}

const PLACES: [(&str, Piece); 4] = [
    ("{model}", Piece::Model),
    ("{meter}", Piece::Meter),
    ("{processing}", Piece::Processing),
    ("{any}", Piece::Any),
];

/// What the places of a pattern can be filled with.
pub(super) struct Known<'a> {
    /// The id of the model of a name.
    pub model: &'a dyn Fn(&str) -> Option<String>,
    /// How meters are called, in small letters, the longest first.
    pub meters: &'a [(String, Meter)],
    /// How kinds of processing are called, in small letters, the longest first.
    pub processings: &'a [(String, Processing)],
}

/// What a text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub model: Option<String>,
    pub meter: Option<Meter>,
    pub processing: Option<Processing>,
}

impl Template {
    /// The pattern that a text is; an error names what stands between braces and is no place.
    pub(super) fn of(text: &str) -> Result<Template, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some((name, piece)) = PLACES.iter().find(|(name, _)| rest.starts_with(name)) {
                pieces.push(piece.clone());
                rest = &rest[name.len()..];
                continue;
            }
            let mut braces = rest.match_indices('{').map(|(at, _)| at).filter(|at| *at > 0);
            let (words, after) = rest.split_at(braces.next().unwrap_or(rest.len()));
            if words.contains(['{', '}']) {
                return Err(words.to_owned());
            }
            pieces.push(Piece::Words(words.to_lowercase()));
            rest = after;
        }
        Ok(Template(pieces))
    }

    /// What a text says by this pattern; `None` where it is not of it.
    pub(super) fn said_by(&self, text: &str, known: &Known) -> Option<Said> {
        let text = text.trim();
        if text.len() > LONGEST || !text.is_ascii() {
            return None;
        }
        fits(&self.0, text, 0, known)
    }
}

/// Whether the rest of a text from a byte on is of the rest of a pattern.
fn fits(pieces: &[Piece], text: &str, from: usize, known: &Known) -> Option<Said> {
    let rest = &text[from..];
    let Some((first, others)) = pieces.split_first() else {
        return rest.is_empty().then(Said::default);
    };
    match first {
        Piece::Words(words) => {
            let begins = rest.get(..words.len()).is_some_and(|it| it.eq_ignore_ascii_case(words));
            if begins { fits(others, text, from + words.len(), known) } else { None }
        }
        Piece::Any if others.is_empty() => Some(Said::default()),
        Piece::Any => (from..=text.len()).find_map(|from| fits(others, text, from, known)),
        Piece::Model => names(text, from).find_map(|to| {
            let model = (known.model)(&text[from..to])?;
            let said = fits(others, text, to, known)?;
            Some(Said { model: Some(model), ..said })
        }),
        Piece::Meter => called(text, from, known.meters).find_map(|(to, meter)| {
            let said = fits(others, text, to, known)?;
            Some(Said { meter: Some(meter), ..said })
        }),
        Piece::Processing => called(text, from, known.processings).find_map(|(to, processing)| {
            let said = fits(others, text, to, known)?;
            Some(Said { processing: Some(processing), ..said })
        }),
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._/".contains(&byte)
}

/// Where names that begin here may end, the longest first: at the end of a word, or before a mark within it.
fn names(text: &str, from: usize) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let begins = from == 0 || !is_of_name(bytes[from - 1]) || bytes[from - 1] == b'/';
    let length = bytes[from..].iter().take_while(|byte| is_of_name(**byte)).count();
    let whole = if begins { length } else { 0 };
    let ends = (1..=whole).rev().map(move |length| from + length);
    let ends: Vec<usize> =
        ends.filter(|to| bytes.get(*to).is_none_or(|byte| !byte.is_ascii_alphanumeric())).collect();
    ends.into_iter()
}

/// What may stand here under one of its names, with where that ends.
fn called<'a, T: Copy>(
    text: &'a str,
    from: usize,
    known: &'a [(String, T)],
) -> impl Iterator<Item = (usize, T)> + 'a {
    known.iter().filter_map(move |(name, value)| {
        let to = from + name.len();
        let is_it = text.get(from..to).is_some_and(|it| it.eq_ignore_ascii_case(name));
        let ends = text.as_bytes().get(to).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        (is_it && ends).then_some((to, *value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(template: &str, text: &str) -> Option<Said> {
        let model = |name: &str| {
            let is_known = ["gpt-image-2", "gpt-image-2-2026-04-21"].contains(&name);
            is_known.then(|| "gpt-image-2".to_owned())
        };
        let known = Known {
            model: &model,
            meters: &[
                ("cached image input".into(), Meter::CachedImageInput),
                ("image output".into(), Meter::ImageOutput),
            ],
            processings: &[("batch".into(), Processing::Batch)],
        };
        Template::of(template).expect("a pattern").said_by(text, &known)
    }

    #[test]
    fn a_text_says_what_stands_in_the_places_of_its_pattern() {
        let by_meter = said("{model}, {meter}", "gpt-image-2-2026-04-21, Cached Image Input");
        let expected = Said {
            model: Some("gpt-image-2".into()),
            meter: Some(Meter::CachedImageInput),
            processing: None,
        };
        assert_eq!(by_meter, Some(expected));
        let batch = said("{model}, {processing}, {meter}", "gpt-image-2, batch, image output");
        assert_eq!(batch.and_then(|it| it.processing), Some(Processing::Batch));
        let any = said("{any}{model} {meter}{any}", "EXAMPLE gpt-image-2 image output global");
        assert_eq!(any.and_then(|it| it.meter), Some(Meter::ImageOutput));
        let slug = said("openai/{model}-{any}", "openai/gpt-image-2-20260421");
        assert_eq!(slug.and_then(|it| it.model).as_deref(), Some("gpt-image-2"));
    }

    #[test]
    fn what_is_only_alike_is_not_of_it() {
        for (template, text) in [
            ("{model}, {meter}", "gpt-image-2, image outputs"),
            ("{model}, {meter}", "gpt-image-3, image output"),
            ("{model}", "gpt-image-2, image output"),
            ("{any}{model} {meter}{any}", "chatgpt-image-2 image output"),
            ("{any}{model} {meter}{any}", "gpt-image-2-mini image output"),
        ] {
            assert_eq!(said(template, text), None, "{template} {text}");
        }
        assert_eq!(Template::of("{modle}, {meter}"), Err("{modle}, ".to_owned()));
    }
}
