//! The events of the YAML parser → one tree of a file, each value with its place.
//!
//! While it is made, everything that has two spellings, stands elsewhere or changes a type is noted: keys that
//! stand twice, anchors, merge keys, tags, keys without a value. What cannot be parsed, or is over the limits of
//! its kind of file, is refused as a whole, and nothing else is said of it.

use serde_yaml::{Event, Options, Parser, ScalarStyle, Span, StrInput, Tag};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::notes::Notes;
use crate::input_limits::YAML_LEVELS;
use crate::problem::{Problem, ProblemCode};

const NO_ANCHORS: &str =
    "write the value where it is needed: anchors, aliases and merge keys are not read";
const NO_TAGS: &str = "remove the tag, and put text that looks like a number in quotes";

/// A value, and the bytes at which it stands: of a list or mapping those of its first mark or key.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub at: Range<usize>,
    pub holds: Holds<'t>,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Holds<'t> {
    /// Text; without quotes if it is plain.
    Scalar {
        text: Cow<'t, str>,
        plain: bool,
    },
    List(Vec<Node<'t>>),
    /// Each key stands once; `all` is false where a key could not be read.
    Mapping {
        entries: Vec<Entry<'t>>,
        all: bool,
    },
    /// Nothing that could be read. What is wrong has been noted.
    Nothing,
}

/// A key with its place and its value.
#[derive(Debug)]
pub(crate) struct Entry<'t> {
    pub key: Cow<'t, str>,
    pub key_at: Range<usize>,
    pub value: Node<'t>,
}

/// What takes the place of a value that is not there. That it is missing has been noted.
pub(super) static NOTHING: Node<'static> = Node { at: 0..0, holds: Holds::Nothing };

/// The tree of a file.
///
/// # Errors
/// The one problem of a file that is no YAML or over the limits.
pub(crate) fn tree<'t>(text: &'t str, notes: &mut Notes) -> Result<Node<'t>, Box<Problem>> {
    let mut options = Options::default();
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    options.set_emit_comments(false);
    let parser = Parser::new_from_str_with_options(text, options);
    let mut builder = Builder { parser, text, notes, nodes: 0 };
    builder.document()
}

struct Builder<'t, 'n, 'a> {
    parser: Parser<'t, StrInput<'t>>,
    text: &'t str,
    notes: &'n mut Notes<'a>,
    nodes: usize,
}

type Next<'t> = (Event<'t>, Range<usize>);

impl<'t> Builder<'t, '_, '_> {
    fn document(&mut self) -> Result<Node<'t>, Box<Problem>> {
        let mut root = None;
        loop {
            let (event, at) = self.next()?;
            match event {
                Event::StreamEnd => return root.ok_or_else(|| self.notes.no_document(at)),
                Event::DocumentStart(..) if root.is_some() => {
                    return Err(self.notes.second_document(at));
                }
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                event => root = Some(self.node(event, at, 1)?),
            }
        }
    }

    /// The next event but those that only name an anchor, each of which is noted.
    fn next(&mut self) -> Result<Next<'t>, Box<Problem>> {
        loop {
            let (event, span) = match self.parser.next_event() {
                Some(Ok(next)) => next,
                Some(Err(error)) => return Err(self.notes.no_yaml(&error)),
                None => return Ok((Event::StreamEnd, self.text.len()..self.text.len())),
            };
            let at = bytes(&span);
            match event {
                Event::Anchor(..) => {
                    let message = "an anchor gives a value a name to be used elsewhere";
                    self.notes.report(ProblemCode::Anchors, at, message, NO_ANCHORS);
                }
                event => return Ok((event, at)),
            }
        }
    }

    /// The value that an event starts, `depth` levels deep.
    fn node(
        &mut self,
        event: Event<'t>,
        at: Range<usize>,
        depth: usize,
    ) -> Result<Node<'t>, Box<Problem>> {
        self.count(&event, &at, depth)?;
        let holds = match event {
            Event::Scalar(text, style, _, tag) => self.scalar(text, style, tag.as_deref(), &at),
            Event::SequenceStart(_, _, tag) => {
                self.note_tag(tag.as_deref(), &at);
                self.list(depth)?
            }
            Event::MappingStart(_, _, tag) => {
                self.note_tag(tag.as_deref(), &at);
                self.mapping(depth)?
            }
            Event::UnresolvedAlias(_) => {
                let message = "an alias stands for a value elsewhere";
                self.notes.report(ProblemCode::Anchors, at.clone(), message, NO_ANCHORS);
                Holds::Nothing
            }
            // Of an alias with an anchor, the anchor has been noted.
            _ => Holds::Nothing,
        };
        Ok(Node { at, holds })
    }

    fn list(&mut self, depth: usize) -> Result<Holds<'t>, Box<Problem>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Holds::List(items)),
                (event, at) => items.push(self.node(event, at, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Holds<'t>, Box<Problem>> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys = HashSet::new();
        let mut all = true;
        loop {
            let (event, key_at) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(Holds::Mapping { entries, all });
            }
            let key = self.key(event, &key_at, depth)?;
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            match key {
                None => all = false,
                Some(key) if keys.insert(key.clone()) => entries.push(Entry { key, key_at, value }),
                Some(key) => {
                    let message = format!("the key `{key}` stands twice in one mapping");
                    let help = "remove one of the two: the later one would hide the earlier";
                    self.notes.report(ProblemCode::DuplicateKey, key_at, message, help);
                }
            }
        }
    }

    /// A key, if it is text.
    fn key(
        &mut self,
        event: Event<'t>,
        at: &Range<usize>,
        depth: usize,
    ) -> Result<Option<Cow<'t, str>>, Box<Problem>> {
        if let Event::Scalar(text, ScalarStyle::Plain, _, None) = &event {
            if text == "<<" {
                let message = "a merge key takes keys from elsewhere";
                self.notes.report(ProblemCode::Anchors, at.clone(), message, NO_ANCHORS);
                self.count(&event, at, depth)?;
                return Ok(None);
            }
            if is_null(text) {
                self.notes.wrong_type(at.clone(), "text");
                self.count(&event, at, depth)?;
                return Ok(None);
            }
        }
        match self.node(event, at.clone(), depth + 1)?.holds {
            Holds::Scalar { text, .. } => Ok(Some(text)),
            Holds::List(_) | Holds::Mapping { .. } => {
                self.notes.wrong_type(at.clone(), "text");
                Ok(None)
            }
            Holds::Nothing => Ok(None),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
        at: &Range<usize>,
    ) -> Holds<'t> {
        if self.note_tag(tag, at) {
            return Holds::Nothing;
        }
        let plain = style == ScalarStyle::Plain;
        if plain && is_null(&text) {
            let help =
                "write it, or leave the key out: what is empty is not read as zero or not stated";
            let message = "the value is missing";
            self.notes.report(ProblemCode::WrongType, at.clone(), message, help);
            return Holds::Nothing;
        }
        Holds::Scalar { text, plain }
    }

    /// Notes a tag, if there is one.
    fn note_tag(&mut self, tag: Option<&Tag>, at: &Range<usize>) -> bool {
        if let Some(tag) = tag {
            let message = format!("`{}` is a tag", tag.original());
            self.notes.report(ProblemCode::YamlSyntax, at.clone(), message, NO_TAGS);
        }
        tag.is_some()
    }

    /// Counts a value, and stops at one too many or too deep.
    fn count(
        &mut self,
        event: &Event,
        at: &Range<usize>,
        depth: usize,
    ) -> Result<(), Box<Problem>> {
        self.nodes += 1;
        if self.notes.kind.values.is_exceeded_by(self.nodes) {
            return Err(self.notes.too_many(at.clone()));
        }
        let is_scalar = matches!(event, Event::Scalar(..) | Event::Alias(_));
        if YAML_LEVELS.is_exceeded_by(depth) && !is_scalar {
            return Err(self.notes.too_deep(at.clone()));
        }
        Ok(())
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn bytes(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or(0..0)
}
