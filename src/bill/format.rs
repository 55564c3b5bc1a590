//! What a bill is written in, told by its content and never by its name.

use super::header::Header;

/// A format of bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum BillFormat {
    /// Pages of OpenAI's costs endpoint.
    OpenAiCosts,
    /// The costs that OpenAI's dashboard exports as CSV.
    OpenAiDashboard,
    /// Azure's cost details, in any of its headers.
    AzureCostDetails,
    /// OpenRouter's activity as CSV: a row for each generation.
    OpenRouterActivity,
    /// OpenRouter's activity of the API: a row for each day, model and endpoint.
    OpenRouterActivityApi,
    /// fal's billing events.
    FalBillingEvents,
    /// A file by the FinOps Open Cost and Usage Specification.
    Focus,
    /// A CSV whose columns a mapping names.
    Mapped,
}

impl BillFormat {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            BillFormat::OpenAiCosts => "openai_costs",
            BillFormat::OpenAiDashboard => "openai_dashboard",
            BillFormat::AzureCostDetails => "azure_cost_details",
            BillFormat::OpenRouterActivity => "openrouter_activity",
            BillFormat::OpenRouterActivityApi => "openrouter_activity_api",
            BillFormat::FalBillingEvents => "fal_billing_events",
            BillFormat::Focus => "focus",
            BillFormat::Mapped => "mapped",
        }
    }

    /// What such a file is, for people.
    pub fn in_words(self) -> &'static str {
        match self {
            BillFormat::OpenAiCosts => "costs of the OpenAI API",
            BillFormat::OpenAiDashboard => "costs of the OpenAI dashboard",
            BillFormat::AzureCostDetails => "Azure cost details",
            BillFormat::OpenRouterActivity | BillFormat::OpenRouterActivityApi => {
                "OpenRouter activity"
            }
            BillFormat::FalBillingEvents => "fal billing events",
            BillFormat::Focus => "FOCUS cost and usage",
            BillFormat::Mapped => "CSV by the mapping",
        }
    }
}

/// What a CSV is by its header; a reason in words where it is something else that is known.
pub(super) fn of_header(header: &Header) -> Result<Option<BillFormat>, &'static str> {
    let has = |name: &str| header.has(&[name]);
    Ok(match () {
        () if has("billedcost") && has("billingcurrency") && has("chargeperiodstart") => {
            Some(BillFormat::Focus)
        }
        () if has("generation_id") && has("cost_total") => Some(BillFormat::OpenRouterActivity),
        () if has("amount_value") && has("amount_currency") => Some(BillFormat::OpenAiDashboard),
        () if has("num_model_requests") => {
            return Err(
                "this is OpenAI's usage and not its costs: what was used, without an amount",
            );
        }
        () if header.has(&["metername", "metercategory", "meterid"])
            && header.has(&["costinbillingcurrency", "cost", "pretaxcost"]) =>
        {
            Some(BillFormat::AzureCostDetails)
        }
        () => None,
    })
}
