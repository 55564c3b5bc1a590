//! What a reply that is an error says of its attempt.

use std::fmt;
use std::sync::Arc;

use crate::catalog::terms::Event;

coded! {
    /// What failed, as far as a reply tells.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum WhatFailed {
        /// Moderation stopped what was sent.
        BlockedAtInput => "blocked_at_input",
        /// Moderation withheld what was made.
        BlockedAtOutput => "blocked_at_output",
        /// Moderation, at either end.
        Blocked => "blocked",
        /// The request was refused.
        Refused => "refused",
        /// The service failed.
        Service => "service_failed",
        /// No answer came in time.
        Timeout => "timeout",
        /// Not said.
        NotSaid => "not_said",
    }
}

/// An attempt that delivered nothing, as its reply tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct FailedAttempt {
    /// What failed.
    pub what: WhatFailed,
    /// The code or type of the error, in the word of the API.
    pub named: Option<Arc<str>>,
    /// The HTTP status.
    pub http_status: Option<u64>,
}

impl FailedAttempt {
    /// What failed, by what can have happened to the attempt.
    pub(crate) fn of(events: &[Event], named: Option<&str>, http_status: Option<u64>) -> Self {
        let what = match events {
            [Event::BlockAtInput] => WhatFailed::BlockedAtInput,
            [Event::BlockAtOutput] => WhatFailed::BlockedAtOutput,
            [Event::BlockAtInput, Event::BlockAtOutput] => WhatFailed::Blocked,
            [Event::ClientError] => WhatFailed::Refused,
            [Event::ServerError] => WhatFailed::Service,
            [Event::Timeout] => WhatFailed::Timeout,
            _ => WhatFailed::NotSaid,
        };
        FailedAttempt { what, named: named.map(Into::into), http_status }
    }
}

impl fmt::Display for WhatFailed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            WhatFailed::BlockedAtInput => "moderation stopped the prompt or a reference image",
            WhatFailed::BlockedAtOutput => "moderation withheld the finished image",
            WhatFailed::Blocked => "moderation blocked it, before or after the image was made",
            WhatFailed::Refused => "the request was refused",
            WhatFailed::Service => "the service failed",
            WhatFailed::Timeout => "it was not answered in time",
            WhatFailed::NotSaid => "the reply is an error",
        })
    }
}

/// "moderation withheld the finished image (`moderation_blocked`)".
impl fmt::Display for FailedAttempt {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.what.fmt(f)?;
        match (&self.named, self.http_status) {
            (Some(code), Some(status)) => write!(f, " (`{code}`, HTTP {status})"),
            (Some(code), None) => write!(f, " (`{code}`)"),
            (None, Some(status)) => write!(f, " (HTTP {status})"),
            (None, None) => Ok(()),
        }
    }
}
