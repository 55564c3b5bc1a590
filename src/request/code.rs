//! The stable code of each reason why a request cannot be priced as asked.

use super::RequestError;

impl RequestError {
    /// The code, safe to match on.
    pub fn code(&self) -> &'static str {
        match self {
            RequestError::UnknownModel { .. } => "unknown-model",
            RequestError::BodyWithoutModel => "body-without-model",
            RequestError::OwnerBeforeModel { .. } => "owner-before-model",
            RequestError::MakesNoImages { .. } => "makes-no-images",
            RequestError::UnknownRoute { .. } => "unknown-route",
            RequestError::UnknownOwner { .. } => "unknown-owner",
            RequestError::AmbiguousRoute { .. } => "ambiguous-route",
            RequestError::OtherModel { .. } => "other-model",
            RequestError::UnknownQuality { .. } => "unknown-quality",
            RequestError::NoQuality { .. } => "no-quality",
            RequestError::NotASize(_) => "not-a-size",
            RequestError::IllegalSize { .. } => "illegal-size",
            RequestError::OutOfRange { .. } => "out-of-range",
            RequestError::ReplyWithoutModel => "reply-without-model",
            RequestError::NoPartialImages { .. } => "no-partial-images",
            RequestError::FidelityRefused { .. } => "fidelity-refused",
            RequestError::UnknownFidelity { .. } => "unknown-fidelity",
            RequestError::CachedMoreThanBilled { .. } => "cached-more-than-billed",
            RequestError::CachedMainlineMoreThanRead { .. } => "cached-mainline-more-than-read",
            RequestError::TurnsOfSeveralImages { .. } => "turns-of-several-images",
            RequestError::NoToolRoute { .. } => "no-tool-route",
            RequestError::NoMainlineModel { .. } => "no-mainline-model",
            RequestError::UnknownMainlineModel { .. } => "unknown-mainline-model",
            RequestError::NoVersion { .. } => "no-version",
            RequestError::ShutDown { .. } => "shut-down",
            RequestError::NotOffered { .. } => "not-offered",
            RequestError::UnknownResolution { .. } => "unknown-resolution",
            RequestError::TwoResolutions { .. } => "two-resolutions",
            RequestError::NoSizes { .. } => "no-sizes",
            RequestError::NotPriced { .. } => "not-priced",
            RequestError::NoBasis { .. } => "no-basis",
            RequestError::Rates(_) => "attempt-rates",
            RequestError::TooLarge => "too-large",
        }
    }
}
