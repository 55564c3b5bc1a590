//! The request as flags say it.

use clap::Args;

use super::given;
use crate::catalog::conditions::Processing;
use crate::cli::exit::Failure;
use crate::cli::input::{self, Input};
use crate::cli::made_of;
use crate::cli::mainline::MainlineArgs;
use crate::cli::values::{count, processing};
use crate::problem::{Place, Problem, ProblemCode};
use crate::request::{Draft, Prompt, image_file};
use crate::shape::Other;

/// The request: what would be sent.
#[derive(Debug, Args)]
#[command(next_help_heading = "Request")]
pub(in crate::cli) struct RequestArgs {
    /// Model id or snapshot, such as gpt-image-2
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
    /// WIDTHxHEIGHT or auto [default: 1024x1024]
    #[arg(long, value_name = "WxH")]
    pub size: Option<String>,
    /// Quality label or auto [default: medium]
    #[arg(long, value_name = "LABEL")]
    pub quality: Option<String>,
    /// Images in one request, each billed [default: 1]
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub n: Option<u64>,
    /// Text of the prompt, counted with o200k_base
    #[arg(long, value_name = "TEXT", group = "prompt_source")]
    pub prompt: Option<String>,
    /// File with the prompt; `-` reads standard input
    #[arg(long, value_name = "FILE", group = "prompt_source")]
    pub prompt_file: Option<String>,
    /// Tokens of the prompt, as o200k_base counts them
    ///
    /// Without those that the service adds by itself.
    #[arg(long, value_name = "N", group = "prompt_source", value_parser = count, allow_hyphen_values = true)]
    pub prompt_tokens: Option<u64>,
    /// Text tokens that a reply reported for the whole request, taken as they are
    #[arg(long, value_name = "N", group = "prompt_source", value_parser = count, allow_hyphen_values = true)]
    pub billed_text_tokens: Option<u64>,
    /// Reference image, which makes it an edit
    ///
    /// A PNG, JPEG or WebP file, or the size of one (repeatable).
    #[arg(long, value_name = "FILE|WxH")]
    pub input_image: Vec<String>,
    /// How closely reference images are read, where the model lets you choose: low or high
    #[arg(long, value_name = "LEVEL")]
    pub input_fidelity: Option<String>,
    /// Preview images to stream, per image
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub partial_images: Option<u64>,
    /// Processing: standard, batch, flex or priority [default: standard; batch for a Batch file]
    #[arg(long, value_name = "KIND", value_parser = processing)]
    pub processing: Option<Processing>,
    /// Text tokens that the model writes for an image, where their number is open
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub text_output_tokens: Option<u64>,
    /// Billed text tokens read from a cache, of the whole request
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub cached_text_tokens: Option<u64>,
    /// Billed image tokens read from a cache, of the whole request
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub cached_image_tokens: Option<u64>,
    #[command(flatten)]
    pub mainline: MainlineArgs,
}

impl RequestArgs {
    /// What the flags say of a request, read once: files are not read again for every line of a Batch file.
    pub(in crate::cli) fn draft(&self) -> Result<Draft, Failure> {
        Ok(Draft {
            model: self.model.clone(),
            size: self.size.clone(),
            quality: self.quality.clone(),
            n: self.n,
            prompt: self.prompt()?,
            edit: false,
            input_images: self.input_images()?,
            input_fidelity: self.input_fidelity.clone(),
            partial_images: self.partial_images,
            processing: self.processing,
            cached_text_tokens: self.cached_text_tokens,
            cached_image_tokens: self.cached_image_tokens,
            text_output_tokens: self.text_output_tokens,
            output_format: None,
            mainline: self.mainline.turn(),
            turns: self.mainline.turns,
            ..Draft::default()
        })
    }

    /// The flags that say what is asked for, as far as they are given: none of them says anything of a reply.
    pub(in crate::cli) fn said_of_requests(&self) -> Vec<&'static str> {
        let mainline = &self.mainline;
        given([
            ("--size", self.size.is_some()),
            ("--quality", self.quality.is_some()),
            ("--n", self.n.is_some()),
            ("--prompt", self.prompt.is_some()),
            ("--prompt-file", self.prompt_file.is_some()),
            ("--prompt-tokens", self.prompt_tokens.is_some()),
            ("--billed-text-tokens", self.billed_text_tokens.is_some()),
            ("--input-image", !self.input_image.is_empty()),
            ("--input-fidelity", self.input_fidelity.is_some()),
            ("--partial-images", self.partial_images.is_some()),
            ("--mainline-input-tokens", mainline.mainline_input_tokens.is_some()),
            ("--mainline-cached-tokens", mainline.mainline_cached_tokens.is_some()),
            ("--mainline-output-tokens", mainline.mainline_output_tokens.is_some()),
            ("--turns", mainline.turns.is_some()),
        ])
    }

    fn prompt(&self) -> Result<Option<Prompt>, Failure> {
        let from_file = match &self.prompt_file {
            Some(path) => Some(prompt_in(&input::read(path)?)?),
            None => None,
        };
        Ok(from_file
            .or_else(|| self.prompt.clone().map(Prompt::Text))
            .or_else(|| self.prompt_tokens.map(Prompt::Tokens))
            .or_else(|| self.billed_text_tokens.map(Prompt::BilledTokens)))
    }

    fn input_images(&self) -> Result<Vec<crate::request::InputImage>, Failure> {
        let mut images = Vec::new();
        let mut problems = Vec::new();
        for argument in &self.input_image {
            match image_file::from_argument(argument) {
                Ok(image) => {
                    if image.bytes.is_some() {
                        made_of::image(argument);
                    }
                    images.push(image);
                }
                Err(why) => problems.push(broken_image(argument, why.to_string())),
            }
        }
        if problems.is_empty() { Ok(images) } else { Err(Failure::Data(problems)) }
    }
}

/// The prompt of a file, which ends with a line break that is no part of it.
fn prompt_in(file: &Input) -> Result<Prompt, Failure> {
    let text = file.text.trim_end_matches(['\n', '\r']);
    if !text.is_empty() {
        return Ok(Prompt::Text(text.to_owned()));
    }
    Err(Failure::Data(vec![Problem {
        code: ProblemCode::BadValue,
        message: Other::Empty.to_string(),
        place: Place::file(&*file.name),
        help: "a prompt has a character at least; check whether it was written at all".into(),
    }]))
}

fn broken_image(argument: &str, why: String) -> Problem {
    Problem {
        code: ProblemCode::BrokenImage,
        message: why,
        place: Place::file(argument),
        help: "give a PNG, JPEG or WebP file, or its size as WIDTHxHEIGHT".into(),
    }
}
