//! What is wrong in a request, a reply or an older forecast: where it stands and what it is, in words when it is printed.

use std::fmt;

use super::spot::Spot;
use crate::errors::NotAValue;
use crate::help::{Help, Sentence, Taker};
use crate::problem::{Problem, ProblemCode};

/// Something that is wrong, at a place in a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The path that is told; empty where it is the value as a whole.
    pub path: String,
    /// Where it stands.
    pub at: At,
    /// What it is.
    pub what: What,
}

/// A place in a JSON value, by the path from its root.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum At {
    /// The value at this path; of an object or a list, where it begins.
    Value(String),
    /// The key at this path.
    Key(String),
}

/// What can be wrong; the path is said before it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum What {
    #[error("must be text")]
    NotText,
    #[error("must be a whole number, not negative")]
    NotACount,
    /// A number that counts nothing.
    #[error("must be a whole number, not negative")]
    NotWhole,
    #[error("must be a list, and is {0}")]
    NotAList(&'static str),
    #[error("must be an object, and is {0}")]
    NotAnObject(&'static str),
    #[error("must be text or an object, and is {0}")]
    NotAnImage(&'static str),
    #[error("must be a time in seconds since 1970")]
    NotSeconds,
    #[error("must be a time such as 2026-11-21T09:30:00Z")]
    NotATime,
    #[error("is missing")]
    Missing,
    #[error("is not a key that is known; did you mean `{near}`?")]
    Misspelled { near: String, help: Help },

    // Of requests.
    #[error("is null, which the API refuses")]
    Null,
    #[error("is empty: an edit needs an image, and a generation leaves the parameter out")]
    NoImages,
    #[error(
        "is that of an edit, and the body has no `image`: add the image, or leave out the mask"
    )]
    MaskAlone,
    #[error("needs an image_url or a file_id")]
    NoAddress,
    #[error("{}", .0.text)]
    Image(Sentence),
    #[error("must be POST")]
    NotPost,
    #[error("is `{0}`, not /v1/images/generations, /v1/images/edits or /v1/responses")]
    NoEndpoint(String),
    #[error("is `{url}`, and the body is of the {api} API: name its endpoint")]
    OtherApi { api: &'static str, url: String },
    #[error("takes no image, and the body has one: send it to /v1/images/edits, or leave it out")]
    ImageToGenerate,
    #[error(
        "is asked for, and a Batch answers with neither a stream nor partial images: leave it out"
    )]
    StreamInBatch,
    #[error("is `{0}`, a tier for which there is no word here: auto, default, flex or priority")]
    UnknownTier(String),
    #[error("is asked for, and a Batch has rates of its own: leave it out")]
    TierInBatch,
    #[error("has the image tool {0} times: leave one")]
    ImageTools(usize),
    #[error(
        "is a body of the Responses API (`{}`) without the image tool and an `input` for it", .0.join("`, `")
    )]
    NoImageTool(Vec<String>),
    #[error(
        "has no key that is a parameter of the Images API (model, prompt, size, quality, n, …)"
    )]
    NoParameter,
    #[error("is a reply, not a request")]
    ReplyForRequest,

    // Of replies.
    #[error("is missing, and total_tokens does not tell input from output")]
    TotalAlone,
    #[error("is missing: there is no reply to rate")]
    NoReplyOfBatch,
    #[error("is {whole}, but its parts are {}", and(.parts))]
    Sum { whole: u64, parts: Vec<u64> },
    #[error("is {part}, but all {of} is {whole}")]
    MoreThanAll { part: u64, of: &'static str, whole: u64 },
    #[error("has {images} image tokens, and all are {all}")]
    MoreImages { images: u64, all: u64 },
    #[error("has more cached tokens than input tokens")]
    MoreCached,
    #[error("is {here}, and `{path}` is {there}")]
    Contradicted { here: u64, path: String, there: u64 },
    #[error("differs from `{0}`")]
    Differs(String),
    #[error("is {counted}, and `data` lists {listed} images")]
    OtherCount { counted: u64, listed: usize },
    #[error(
        "names several image models ({}), and `tool_usage.image_gen` has the tokens of all together", .0.join(", ")
    )]
    SeveralModels(Vec<String>),
    #[error("is a request and not a reply: give the reply to it, or the request as one")]
    RequestForReply,
    #[error(
        "is the event `{0}` of a stream: its usage stands in the event that ends in `.completed`"
    )]
    Progress(String),
    #[error("has no `usage`, `data` or `output`: there is nothing to rate")]
    NothingToRate,
    /// It is something else altogether.
    #[error("{}", .0.text)]
    Else(Sentence),

    // Of older forecasts.
    #[error("is not {0}")]
    OtherSchema(&'static str),
    #[error("is a key of an imgcost before 0.1.0: forecast it again")]
    OldKey,
    #[error("is {0}")]
    NotAValue(NotAValue),
    #[error("needs `month`, `cost_low_usd` and `cost_high_usd`")]
    NoCost,
    #[error("is too large to sum")]
    TooLargeToSum,
}

/// "1 and 2", "1, 2 and 3".
fn and(parts: &[u64]) -> String {
    let parts: Vec<String> = parts.iter().map(u64::to_string).collect();
    match &parts[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        other => other.concat(),
    }
}

impl What {
    /// Whether it says that counts do not fit each other.
    fn compares_counts(&self) -> bool {
        matches!(
            self,
            What::Sum { .. }
                | What::MoreThanAll { .. }
                | What::MoreImages { .. }
                | What::MoreCached
                | What::Contradicted { .. }
                | What::Differs(_)
                | What::TotalAlone
        )
    }

    fn code(&self) -> ProblemCode {
        match self {
            What::NotText
            | What::NotACount
            | What::NotAList(_)
            | What::NotAnObject(_)
            | What::NotAnImage(_)
            | What::NotSeconds
            | What::NotATime
            | What::Null => ProblemCode::WrongType,
            What::NotWhole => ProblemCode::OutOfRange,
            What::Misspelled { .. } => ProblemCode::UnknownKey,
            What::Missing
            | What::MaskAlone
            | What::NoAddress
            | What::TotalAlone
            | What::NoReplyOfBatch
            | What::NoCost => ProblemCode::MissingKey,
            What::NotPost | What::NoEndpoint(_) | What::UnknownTier(_) => ProblemCode::UnknownWord,
            What::NoImages => ProblemCode::Empty,
            What::Image(_) => ProblemCode::BrokenImage,
            _ => ProblemCode::BadValue,
        }
    }

    /// What to do, where it is not what is usual there.
    fn help(&self) -> Option<Help> {
        match self {
            What::Misspelled { help, .. } => Some(help.clone()),
            What::Image(why) | What::Else(why) => why.help.clone(),
            What::NoImageTool(_) => Some(Help::GiveTo(Taker::Flags)),
            What::NoParameter => Some(
                "give the JSON body of one call of /v1/images/generations or /v1/images/edits"
                    .into(),
            ),
            What::ReplyForRequest => Some("give it as a reply".into()),
            _ => None,
        }
    }
}

/// Leaves out what only follows from a count that is wrong itself: that counts beside it do not add up.
pub(crate) fn without_what_follows(mut wrong: Vec<Wrong>) -> Vec<Wrong> {
    let of_counts: Vec<String> = wrong
        .iter()
        .filter(|it| matches!(it.what, What::NotACount | What::NotWhole))
        .map(|it| it.top_key().to_owned())
        .collect();
    wrong.retain(|it| {
        !it.what.compares_counts() || !of_counts.iter().any(|key| key == it.top_key())
    });
    wrong
}

impl Wrong {
    /// The first key of its path.
    fn top_key(&self) -> &str {
        self.path.split(['.', '[']).next().unwrap_or_default()
    }
}

/// The path and what is wrong there.
impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match (&*self.path, &self.what) {
            ("", What::Else(_)) => self.what.fmt(f),
            (path, What::Else(_)) => write!(f, "`{path}`: {}", self.what),
            ("", what) => write!(f, "this {what}"),
            (path, what) => write!(f, "`{path}` {what}"),
        }
    }
}

/// All that is wrong in a value of a file, each at its place; `help` is what is usual to do.
pub(crate) fn problems(
    file: &str,
    spot: &Spot,
    wrong: &[Wrong],
    help: impl Fn() -> Help,
) -> Vec<Problem> {
    let at: Vec<&At> = wrong.iter().map(|it| &it.at).collect();
    let places = spot.places(file, &at);
    let problem = |(wrong, place): (&Wrong, _)| Problem {
        code: wrong.what.code(),
        message: wrong.to_string(),
        place,
        help: wrong.what.help().unwrap_or_else(&help),
    };
    wrong.iter().zip(places).map(problem).collect()
}
