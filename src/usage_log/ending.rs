//! How the words of logs say that a request ended.

/// How a request ended, by the word or HTTP status of its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// It came back.
    Done,
    /// It did not, with this HTTP status where the word is one.
    Failed(Option<u64>),
    /// The word says neither.
    NotTold,
}

/// Words by which logs say that a request came back, in small letters.
const DONE: [&str; 9] = [
    "completed",
    "complete",
    "succeeded",
    "success",
    "successful",
    "ok",
    "done",
    "delivered",
    "accepted",
];
/// Words by which logs say that it did not.
const FAILED: [&str; 16] = [
    "failed",
    "failure",
    "error",
    "errored",
    "blocked",
    "moderation_blocked",
    "content_filter",
    "content_policy_violation",
    "timeout",
    "timed_out",
    "cancelled",
    "canceled",
    "expired",
    "rate_limit_exceeded",
    "server_error",
    "aborted",
];

impl Ending {
    /// What a word says; capitals are no matter.
    pub fn of(status: &str) -> Ending {
        let word = status.trim().to_ascii_lowercase();
        match word.parse() {
            Ok(200..=299) => return Ending::Done,
            Ok(http @ 400..=599) => return Ending::Failed(Some(http)),
            _ => {}
        }
        if DONE.contains(&word.as_str()) {
            Ending::Done
        } else if FAILED.contains(&word.as_str()) {
            Ending::Failed(None)
        } else {
            Ending::NotTold
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ending;

    #[test]
    fn words_and_http_statuses_say_how_a_request_ended() {
        assert_eq!(Ending::of("Completed"), Ending::Done);
        assert_eq!(Ending::of("200"), Ending::Done);
        assert_eq!(Ending::of("429"), Ending::Failed(Some(429)));
        assert_eq!(Ending::of("blocked"), Ending::Failed(None));
        assert_eq!(Ending::of("rejected by Anna"), Ending::NotTold);
        assert_eq!(Ending::of("1000"), Ending::NotTold);
    }
}
