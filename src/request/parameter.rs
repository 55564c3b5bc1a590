//! The parameters of a request that can be why it is not priced, as they are called in the API.

use super::{Draft, RequestError};

/// A parameter of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Parameter {
    /// The model.
    Model,
    /// The size.
    Size,
    /// The quality.
    Quality,
    /// The number of images.
    Count,
    /// The prompt.
    Prompt,
    /// The reference images.
    InputImages,
    /// How closely they are kept.
    InputFidelity,
    /// The partial images of each image.
    PartialImages,
    /// The background of the image.
    Background,
}

impl Parameter {
    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Parameter::Model => "model",
            Parameter::Size => "size",
            Parameter::Quality => "quality",
            Parameter::Count => "n",
            Parameter::Prompt => "prompt",
            Parameter::InputImages => "image",
            Parameter::InputFidelity => "input_fidelity",
            Parameter::PartialImages => "partial_images",
            Parameter::Background => "background",
        }
    }
}

impl Draft {
    /// Whether it says anything of a parameter.
    pub fn gives(&self, parameter: Parameter) -> bool {
        match parameter {
            Parameter::Model => self.model.is_some(),
            Parameter::Size => self.size.is_some(),
            Parameter::Quality => self.quality.is_some(),
            Parameter::Count => self.n.is_some(),
            Parameter::Prompt => self.prompt.is_some(),
            Parameter::InputImages => !self.input_images.is_empty(),
            Parameter::InputFidelity => self.input_fidelity.is_some(),
            Parameter::PartialImages => self.partial_images.is_some(),
            Parameter::Background => self.background.is_some(),
        }
    }
}

impl RequestError {
    /// Whether it is about a parameter that is not there.
    pub fn is_of_missing(&self) -> bool {
        matches!(self, RequestError::BodyWithoutModel | RequestError::ReplyWithoutModel)
    }

    /// The parameter whose value, or absence, it is about; `None` where it is none of them.
    pub fn parameter(&self) -> Option<Parameter> {
        use RequestError::*;
        Some(match self {
            UnknownModel { .. }
            | BodyWithoutModel
            | ReplyWithoutModel
            | OwnerBeforeModel { .. }
            | NameOfRoutes { .. }
            | MakesNoImages { .. }
            | OtherModel { .. }
            | ShutDown { .. } => Parameter::Model,
            UnknownQuality { .. } | NoQuality { .. } => Parameter::Quality,
            NotASize(_) | IllegalSize { .. } | UnknownResolution { .. } | TwoResolutions { .. } => {
                Parameter::Size
            }
            OutOfRange { what, .. } => what.parameter(),
            NoPartialImages { .. } => Parameter::PartialImages,
            ValuesRefused { .. } => Parameter::Background,
            FileTooLarge { .. } => Parameter::InputImages,
            FidelityRefused { .. } | UnknownFidelity { .. } => Parameter::InputFidelity,
            TurnsOfSeveralImages { .. } => Parameter::Count,
            _ => return None,
        })
    }
}
