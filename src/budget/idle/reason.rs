//! Why a key changes no figure.

use std::fmt;

use crate::request::Draft;

coded! {
    /// Why a key of a budget, or the flag of the same meaning, changes no figure.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum IdleReason {
        /// No image of the old model is asked for after its shutdown.
        NotReplaced => "model_not_replaced",
        /// No price and no amount is in the currency.
        CurrencyNotUsed => "currency_not_used",
        /// No price is quoted only.
        NothingQuoted => "nothing_quoted",
        /// Data residency adds nothing to any price.
        NoResidency => "data_residency_adds_nothing",
        /// No price that is used begins after the day without a stated start.
        NotHeldEarlier => "not_held_earlier",
        /// An accepted image costs the same.
        SameCostAnImage => "same_cost_an_image",
        /// No price depends on a resolution class.
        NoClass => "no_resolution_class",
        /// No text tokens that a model writes for an image are open.
        NoTextOutput => "no_text_output_open",
        /// No reference image is sent that it could change.
        NoReference => "no_reference_image",
        /// The reference images are read so without it.
        FidelityAsWithout => "input_fidelity_as_without",
        /// No price depends on the format.
        NoFormat => "no_price_by_format",
        /// An edit without a reference image costs what a generation does.
        EditAsGeneration => "edit_as_generation",
        /// No image takes so many attempts at these rates.
        FewerAttempts => "fewer_attempts",
        /// The workload has no such month in the budget.
        NoSuchMonth => "no_such_month",
        /// No image is made at that price.
        PriceNotUsed => "price_not_used",
        /// No image goes to the fallback at these rates.
        NoFallback => "fallback_not_used",
        /// No rate of that meter and processing is open.
        RateNotOpen => "rate_not_open",
        /// No number of the spreadsheet could mean two things.
        NoOpenNumber => "no_open_number",
        /// No day or month of the spreadsheet could mean two things.
        NoOpenDay => "no_open_day",
        /// No attempt ends so, or its contract states who pays.
        ChargeNotOpen => "charge_not_open",
        /// Nothing of the scenario differs from the budget as it is.
        ScenarioAsItIs => "scenario_as_it_is",
        /// The scenario is the same without the change.
        ScenarioAsWithout => "scenario_as_without",
    }
}

impl IdleReason {
    /// Why an input fidelity changes nothing of what is asked for.
    pub fn of_fidelity(draft: &Draft) -> IdleReason {
        match draft.input_images.is_empty() {
            true => IdleReason::NoReference,
            false => IdleReason::FidelityAsWithout,
        }
    }

    /// As a clause.
    pub fn in_words(self) -> &'static str {
        match self {
            IdleReason::NotReplaced => "no image of the old model is asked for after its shutdown",
            IdleReason::CurrencyNotUsed => "no price and no amount here is in that currency",
            IdleReason::NothingQuoted => "no price here is quoted only",
            IdleReason::NoResidency => "it is stated to add nothing to any price here",
            IdleReason::NotHeldEarlier => {
                "no price of a day that is asked for begins later, with a start that is not stated"
            }
            IdleReason::SameCostAnImage => "an accepted image costs the same",
            IdleReason::NoClass => "no price here depends on a resolution class",
            IdleReason::NoTextOutput => {
                "no text tokens that a model writes for an image are open here"
            }
            IdleReason::NoReference => "no reference image is sent that it could change",
            IdleReason::FidelityAsWithout => "the reference images are read so without it",
            IdleReason::NoFormat => "no price here depends on the format",
            IdleReason::EditAsGeneration => {
                "an edit without a reference image costs what a generation does"
            }
            IdleReason::FewerAttempts => "no image takes so many attempts at these rates",
            IdleReason::NoSuchMonth => "no month of it is that month of the year",
            IdleReason::PriceNotUsed => "no image is made at that price",
            IdleReason::NoFallback => "no image goes there at these rates",
            IdleReason::RateNotOpen => {
                "no image is billed at an open rate of that meter and processing, in US dollars"
            }
            IdleReason::NoOpenNumber => "no number of the spreadsheet could mean two things",
            IdleReason::NoOpenDay => "no month of the spreadsheet could mean two things",
            IdleReason::ScenarioAsItIs => {
                "nothing of it differs from the budget as it is, which may be as it is meant"
            }
            IdleReason::ScenarioAsWithout => "the scenario is the same without it",
            IdleReason::ChargeNotOpen => "no attempt ends so, or its contract states who pays",
        }
    }
}

impl fmt::Display for IdleReason {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.in_words())
    }
}
