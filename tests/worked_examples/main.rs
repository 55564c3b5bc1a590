//! Worked examples: researched official figures, with the arithmetic in the test.
//!
//! `formula`: the token formula of 2 and 2.5. `output`: tokens of the images made. `input`: prompts,
//! reference images, cached tokens. `replies`: pasted API replies. `responses`: a mainline model that calls
//! the image model. `dates`: which price of which day.

#[path = "../common/mod.rs"]
mod common;

mod dates;
mod formula;
mod input;
mod output;
mod replies;
mod responses;
