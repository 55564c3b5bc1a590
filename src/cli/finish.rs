//! The end of a run: what went wrong is said, and the exit code follows from it.

use super::exit::{Exit, Failure};
use super::message::About;
use super::rejected::Rejected;
use super::{config, message};

/// Says what went wrong and picks the exit code.
pub(super) fn finish(outcome: Result<Exit, Failure>) -> Exit {
    // Of what cannot be priced, a setting may be the reason; a report has said them.
    if let Some(settings) = config::to_say() {
        match outcome {
            Ok(_) => message::hint(About::Settings, &settings.in_words()),
            Err(_) => message::finding(About::Settings, &settings.in_words()),
        }
    }
    match outcome {
        Ok(exit) => exit,
        Err(Failure::Request(errors)) => {
            errors.iter().for_each(message::request_error);
            Exit::Usage
        }
        Err(Failure::RequestAt(errors)) => {
            errors.iter().for_each(|(error, place)| match place {
                Some(place) => message::request_error_at(error, place),
                None => message::request_error(error),
            });
            Exit::Usage
        }
        Err(Failure::Usage(problems)) => {
            problems.iter().for_each(|(what, help)| message::error("arguments", what, Some(help)));
            Exit::Usage
        }
        Err(Failure::Data(problems)) => {
            message::problems(&problems, 0);
            Exit::Data
        }
        Err(Failure::Rejected(Rejected { first, more })) => {
            message::problems(&first, more);
            Exit::Data
        }
        Err(Failure::Write(error)) => {
            message::error("output", &format!("the output cannot be written: {error}"), None);
            Exit::Output
        }
    }
}
