//! How a reply was read where that is not plain.

use std::fmt;

/// How a part of a reply was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remark {
    /// An image without its picture counts as delivered.
    NoPicture {
        /// Where it stands.
        path: String,
        /// The keys that would hold a picture.
        keys: &'static str,
    },
    /// An image call did not end well and holds a picture: it does not count as delivered.
    PictureOfFailedCall {
        /// Where it stands.
        path: String,
        /// How it ended.
        status: String,
    },
    /// A time of 0 is no day.
    NoDay(&'static str),
    /// The reply is an error or did not end well, and has counts all the same.
    Failed(ReplyError),
    /// A reply without a service tier counts as served at the standard one.
    NoServiceTier,
    /// A usage without a count of cached tokens, where its type has none; none of the reply alone.
    NoCachedCount(Option<String>),
    /// A usage without a count of tokens that were written to a cache.
    NoCacheWriteCount(Option<String>),
    /// Keys that are null count as left out.
    Null(Vec<String>),
    /// The reply states a cost of its own.
    OwnCost {
        /// The number, as it stands.
        cost: String,
        /// Where it stands.
        path: String,
    },
    /// The reply came in so many chunks of a stream.
    Chunks(usize),
    /// A tool without a type.
    UntypedTool(String),
}

/// How a reply says that it is an error or did not end well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyError {
    /// Its status, where that alone says so.
    pub status: Option<String>,
    /// The code of the error or of what is incomplete.
    pub code: Option<String>,
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.status {
            Some(status) => write!(f, "the reply has the status `{status}`"),
            None => f.write_str("the reply is an error"),
        }?;
        self.code.as_ref().map_or(Ok(()), |code| write!(f, " (`{code}`)"))
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let usage = |path: &Option<String>| {
            path.as_ref().map_or_else(|| "the usage".to_owned(), |path| format!("`{path}`"))
        };
        match self {
            Remark::NoPicture { path, keys } => write!(
                f,
                "`{path}` holds no picture ({keys}) and is counted as an image that was delivered"
            ),
            Remark::PictureOfFailedCall { path, status } => write!(
                f,
                "`{path}` has the status `{status}` and holds a picture (result): the two contradict each other, and it is \
                 not counted as an image that was delivered"
            ),
            Remark::NoDay(key) => write!(f, "`{key}` is 0, which is no day"),
            Remark::Failed(error) => write!(f, "{error}; what it counts is rated as it stands"),
            Remark::NoServiceTier => f.write_str(
                "the reply does not say its service tier: rated as served at the standard one",
            ),
            Remark::NoCachedCount(path) => write!(
                f,
                "{} has no count of cached tokens, as the type of the API has none: none is taken to be cached",
                usage(path)
            ),
            Remark::NoCacheWriteCount(path) => write!(
                f,
                "{} has no count of tokens written to a cache (cache_write_tokens): none is taken to be",
                usage(path)
            ),
            Remark::Null(keys) => write!(f, "null, and read as left out: {}", keys.join(", ")),
            Remark::OwnCost { cost, path } => write!(
                f,
                "the reply itself says that it cost {cost} (`{path}`), in the unit of who answered it; the figures here \
                 are those of the price table"
            ),
            Remark::Chunks(count) => write!(
                f,
                "it came in {count} chunks of one reply: the counts of the last are those of the whole, and images add up"
            ),
            Remark::UntypedTool(path) => write!(f, "`{path}` has no type and is not read"),
        }
    }
}
