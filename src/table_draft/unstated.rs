//! What an offer leaves open: to be found out before the table says it.

use std::fmt;

use crate::help::{EvidencePart, Help};

/// What an offer does not say of its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unstated {
    /// Where requests are sent.
    Endpoint,
    /// Whether a route makes what is asked for.
    Fulfilment,
    /// What the owner says of every route.
    Terms,
    /// Who says so.
    Source,
    /// The day of the offer.
    Seen,
    /// How well the price is supported.
    Confidence,
}

impl Unstated {
    /// What can be done about it now.
    pub fn help(self) -> Option<Help> {
        Some(Help::GiveEvidence(match self {
            Unstated::Source => EvidencePart::Source,
            Unstated::Seen => EvidencePart::Seen,
            Unstated::Confidence => EvidencePart::Confidence,
            Unstated::Endpoint | Unstated::Fulfilment | Unstated::Terms => return None,
        }))
    }
}

impl fmt::Display for Unstated {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Unstated::Endpoint => "the endpoint",
            Unstated::Fulfilment => "whether the size and quality asked for are made",
            Unstated::Terms => "the terms: contract, uploads, output rights, who pays for failed and blocked calls",
            Unstated::Source => "where the offer can be read",
            Unstated::Seen => "the day of the offer",
            Unstated::Confidence => {
                "how well it is supported: until then the confidence is low, and the price is shown on request only"
            }
        })
    }
}
