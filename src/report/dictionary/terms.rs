//! The terms of the outputs.
//!
//! Names are those of FinOps FOCUS where it has one. A term that no output has yet is reserved: it will mean this.

use super::{Kind, Term};

/// The month of the row, UTC.
pub static MONTH: Term = Term {
    key: "month",
    title: "Month",
    kind: Kind::Month,
    unit: "",
    meaning: "The month of the row, UTC.",
};
/// The fiscal year that the month is in, named by the calendar year in which it ends.
pub static FISCAL_YEAR: Term = Term {
    key: "fiscal_year",
    title: "Fiscal year",
    kind: Kind::Text,
    unit: "",
    meaning: "The fiscal year that the month is in, named by the calendar year in which it ends.",
};
/// The quarter of the fiscal year, 1 to 4.
pub static FISCAL_QUARTER: Term = Term {
    key: "fiscal_quarter",
    title: "Quarter",
    kind: Kind::Text,
    unit: "",
    meaning: "The quarter of the fiscal year, 1 to 4.",
};
/// The quarter of the fiscal year with its year, such as 2027-Q1, or FY2027-Q1 where it is not the calendar's.
pub static QUARTER: Term = Term {
    key: "quarter",
    title: "Quarter",
    kind: Kind::Text,
    unit: "",
    meaning: "The quarter of the fiscal year with its year, such as 2027-Q1, or FY2027-Q1 where it is not the calendar's.",
};
/// The day whose prices hold; in budgets, the day of knowledge.
pub static AS_OF: Term = Term {
    key: "as_of",
    title: "As of",
    kind: Kind::Day,
    unit: "",
    meaning: "The day whose prices hold; in budgets, the day of knowledge.",
};
/// The day by which a fact had to be known to be used.
pub static KNOWN_ON: Term = Term {
    key: "known_on",
    title: "Known on",
    kind: Kind::Day,
    unit: "",
    meaning: "The day by which a fact had to be known to be used.",
};
/// The digest of all price tables that the figure was made from.
pub static CATALOG_DIGEST: Term = Term {
    key: "catalog_digest",
    title: "Catalogue",
    kind: Kind::Id,
    unit: "",
    meaning: "The digest of all price tables that the figure was made from.",
};
/// The party whose contract sets the price, by its id.
pub static OWNER: Term = Term {
    key: "owner",
    title: "Owner id",
    kind: Kind::Id,
    unit: "",
    meaning: "The party whose contract sets the price, by its id.",
};
/// The price owner's name.
pub static OWNER_NAME: Term = Term {
    key: "owner_name",
    title: "Price owner",
    kind: Kind::Text,
    unit: "",
    meaning: "The price owner's name.",
};
/// What the owner is to the model: official, provider or wrapper.
pub static OWNER_KIND: Term = Term {
    key: "owner_kind",
    title: "Kind",
    kind: Kind::Text,
    unit: "",
    meaning: "What the owner is to the model: official, provider or wrapper.",
};
/// The way to the image under one owner's contract, by its id, which is the path of its table.
pub static ROUTE: Term = Term {
    key: "route",
    title: "Route",
    kind: Kind::Id,
    unit: "",
    meaning: "The way to the image under one owner's contract, by its id, which is the path of its table.",
};
/// What makes the image.
pub static MODEL: Term = Term {
    key: "model",
    title: "Model",
    kind: Kind::Id,
    unit: "",
    meaning: "What makes the image.",
};
/// Where a route stands in a comparison: official, yours, provider, wrapper, not_the_same_product, quoted or not_priced.
pub static SECTION: Term = Term {
    key: "section",
    title: "Section",
    kind: Kind::Text,
    unit: "",
    meaning: "Where a route stands in a comparison: official, yours, provider, wrapper, not_the_same_product, quoted or not_priced.",
};
/// The size asked for, in pixels, or auto.
pub static SIZE: Term = Term {
    key: "size",
    title: "Size",
    kind: Kind::Size,
    unit: "",
    meaning: "The size asked for, in pixels, or auto.",
};
/// The quality asked for: a label of the model, which means nothing on another one.
pub static QUALITY: Term = Term {
    key: "quality",
    title: "Quality",
    kind: Kind::Text,
    unit: "",
    meaning: "The quality asked for: a label of the model, which means nothing on another one.",
};
/// The workload; blank for a cost of the whole budget.
pub static WORKLOAD: Term = Term {
    key: "workload",
    title: "Workload",
    kind: Kind::Text,
    unit: "",
    meaning: "The workload; blank for a cost of the whole budget.",
};
/// `images` for what a price table holds, `other_cost` for what none does.
pub static COST_KIND: Term = Term {
    key: "cost_kind",
    title: "Kind of cost",
    kind: Kind::Text,
    unit: "",
    meaning: "`images` for what a price table holds, `other_cost` for what none does.",
};
/// The name of a cost that no price table holds.
pub static COST_NAME: Term = Term {
    key: "cost_name",
    title: "Other cost",
    kind: Kind::Text,
    unit: "",
    meaning: "The name of a cost that no price table holds.",
};
/// The project that a request or a bill line is booked on.
pub static PROJECT: Term = Term {
    key: "project",
    title: "Project",
    kind: Kind::Text,
    unit: "",
    meaning: "The project that a request or a bill line is booked on.",
};
/// The value of the tag NAME, a column for each tag in the order of their names.
pub static TAG: Term = Term {
    key: "tag_NAME",
    title: "Tag",
    kind: Kind::Text,
    unit: "",
    meaning: "The value of the tag NAME, a column for each tag in the order of their names.",
};
/// How requests are processed: standard, batch, flex or priority.
pub static PROCESSING: Term = Term {
    key: "processing",
    title: "Processing",
    kind: Kind::Text,
    unit: "",
    meaning: "How requests are processed: standard, batch, flex or priority.",
};
/// The stable id of what is priced: the route, its meter and its conditions.
pub static SKU_ID: Term = Term {
    key: "sku_id",
    title: "SKU",
    kind: Kind::Id,
    unit: "",
    meaning: "The stable id of what is priced: the route, its meter and its conditions.",
};
/// The images that are wanted.
pub static WANTED: Term = Term {
    key: "wanted_images",
    title: "Wanted",
    kind: Kind::Quantity,
    unit: "images",
    meaning: "The images that are wanted.",
};
/// The images that are accepted in the end.
pub static ACCEPTED: Term = Term {
    key: "accepted_images",
    title: "Accepted",
    kind: Kind::Quantity,
    unit: "images",
    meaning: "The images that are accepted in the end.",
};
/// Wanted images that are given up, or fall on days on which nothing is made.
pub static SHORTFALL: Term = Term {
    key: "shortfall_images",
    title: "Shortfall",
    kind: Kind::Quantity,
    unit: "images",
    meaning: "Wanted images that are given up, or fall on days on which nothing is made.",
};
/// The tries that it takes, billed or not.
pub static ATTEMPTS: Term = Term {
    key: "attempts",
    title: "Attempts",
    kind: Kind::Quantity,
    unit: "attempts",
    meaning: "The tries that it takes, billed or not.",
};
/// The calls that are billed, by the terms of the route.
pub static BILLED_CALLS: Term = Term {
    key: "billed_calls",
    title: "Billed calls",
    kind: Kind::Quantity,
    unit: "calls",
    meaning: "The calls that are billed, by the terms of the route.",
};
/// The tokens of a meter (such as `image_output_tokens`) in attempts that deliver an image; what failed attempts bill is in the cost and not counted here.
pub static TOKENS: Term = Term {
    key: "METER_tokens",
    title: "Tokens",
    kind: Kind::Quantity,
    unit: "tokens",
    meaning: "The tokens of a meter (such as `image_output_tokens`) in attempts that deliver an image; what failed attempts bill is in the cost and not counted here.",
};
/// What was used, in the unit in which it is counted.
pub static CONSUMED_QUANTITY: Term = Term {
    key: "consumed_quantity",
    title: "Consumed",
    kind: Kind::Quantity,
    unit: "",
    meaning: "What was used, in the unit in which it is counted.",
};
/// What is priced, in the unit of the unit price.
pub static PRICING_QUANTITY: Term = Term {
    key: "pricing_quantity",
    title: "Priced",
    kind: Kind::Quantity,
    unit: "",
    meaning: "What is priced, in the unit of the unit price.",
};
/// The cost of the row.
pub static COST: Term = Term {
    key: "cost",
    title: "Cost",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The cost of the row.",
};
/// The cost of one accepted image, its attempts included.
pub static PER_ACCEPTED_IMAGE: Term = Term {
    key: "per_accepted_image",
    title: "Per image",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The cost of one accepted image, its attempts included.",
};
/// What the same work costs by the owner's list, beside a price of the user's own.
pub static BY_LIST: Term = Term {
    key: "by_list",
    title: "By list",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "What the same work costs by the owner's list, beside a price of the user's own.",
};
/// The cost of one request.
pub static REQUEST_COST: Term = Term {
    key: "request",
    title: "Request",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The cost of one request.",
};
/// The cost of one request in the owner's own unit, such as credits.
pub static IN_OWNERS_UNIT: Term = Term {
    key: "request_in_owners_unit",
    title: "In its unit",
    kind: Kind::Text,
    unit: "",
    meaning: "The cost of one request in the owner's own unit, such as credits.",
};
/// The cost of the accepted images that were asked for.
pub static VOLUME_COST: Term = Term {
    key: "volume",
    title: "Volume",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The cost of the accepted images that were asked for.",
};
/// What is paid for the volume, with purchase fees and bonuses.
pub static VOLUME_CASH: Term = Term {
    key: "volume_cash",
    title: "Cash",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "What is paid for the volume, with purchase fees and bonuses.",
};
/// The cost per accepted image over that of the model maker's own route; blank where either is open.
pub static RATIO_TO_OFFICIAL: Term = Term {
    key: "ratio_to_official",
    title: "× official",
    kind: Kind::Ratio,
    unit: "times",
    meaning: "The cost per accepted image over that of the model maker's own route; blank where either is open.",
};
/// The cost per accepted image over that of the baseline that was asked for; blank without one, or where either is open.
pub static RATIO_TO_BASELINE: Term = Term {
    key: "ratio_to_baseline",
    title: "× baseline",
    kind: Kind::Ratio,
    unit: "times",
    meaning: "The cost per accepted image over that of the baseline that was asked for; blank without one, or where either is open.",
};
/// The end of the cost that `--cost-column` names; blank where the cost has none.
pub static COST_COLUMN: Term = Term {
    key: "cost_usd",
    title: "Cost",
    kind: Kind::Amount,
    unit: "US dollars",
    meaning: "The end of the cost that `--cost-column` names; blank where the cost has none.",
};
/// The part of the cost that goes to the makers of the models.
pub static OFFICIAL: Term = Term {
    key: "official",
    title: "Official",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The part of the cost that goes to the makers of the models.",
};
/// The part of the cost that goes to providers.
pub static PROVIDER: Term = Term {
    key: "provider",
    title: "Providers",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The part of the cost that goes to providers.",
};
/// The part of the cost that goes to wrappers.
pub static WRAPPER: Term = Term {
    key: "wrapper",
    title: "Wrappers",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The part of the cost that goes to wrappers.",
};
/// The part of the cost that no price table holds.
pub static OTHER_COSTS: Term = Term {
    key: "other_costs",
    title: "Other costs",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The part of the cost that no price table holds.",
};
/// The price owners of the row, by their ids.
pub static OWNERS: Term = Term {
    key: "owners",
    title: "Price owners",
    kind: Kind::Text,
    unit: "",
    meaning: "The price owners of the row, by their ids.",
};
/// The cost at the owner's list prices.
pub static LIST_COST: Term = Term {
    key: "list_cost",
    title: "List",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The cost at the owner's list prices.",
};
/// The cost at the prices of the user's own contract.
pub static AGREED_COST: Term = Term {
    key: "agreed_cost",
    title: "Agreed",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The cost at the prices of the user's own contract.",
};
/// What the owner charged.
pub static BILLED_COST: Term = Term {
    key: "billed_cost",
    title: "Billed",
    kind: Kind::Amount,
    unit: "US dollars",
    meaning: "What the owner charged.",
};
/// The cost with what was paid ahead spread over what it paid for.
pub static EFFECTIVE_COST: Term = Term {
    key: "effective_cost",
    title: "Effective",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "The cost with what was paid ahead spread over what it paid for.",
};
/// What the rule of the model gives beside a figure that is unknown.
pub static BY_RULE: Term = Term {
    key: "by_rule",
    title: "By rule",
    kind: Kind::Money,
    unit: "US dollars",
    meaning: "What the rule of the model gives beside a figure that is unknown.",
};
/// How far the cost of the row is known: exact, range or unknown.
pub static CERTAINTY: Term = Term {
    key: "certainty",
    title: "Figure",
    kind: Kind::Text,
    unit: "",
    meaning: "How far the cost of the row is known: exact, range or unknown.",
};
/// How much of what is planned is made: made, partly_made, not_made or not_planned.
pub static STATUS: Term = Term {
    key: "status",
    title: "Status",
    kind: Kind::Text,
    unit: "",
    meaning: "How much of what is planned is made: made, partly_made, not_made or not_planned.",
};
/// What the prices rest on: dated, undated, assumed or user.
pub static PRICE_BASIS: Term = Term {
    key: "price_basis",
    title: "Prices",
    kind: Kind::Text,
    unit: "",
    meaning: "What the prices rest on: dated, undated, assumed or user.",
};
/// The versions of the price that hold, in words.
pub static PRICE_VERSIONS: Term = Term {
    key: "price_versions",
    title: "Versions",
    kind: Kind::Text,
    unit: "",
    meaning: "The versions of the price that hold, in words.",
};
/// How well the price is supported: high, medium or low.
pub static CONFIDENCE: Term = Term {
    key: "confidence",
    title: "Confidence",
    kind: Kind::Text,
    unit: "",
    meaning: "How well the price is supported: high, medium or low.",
};
/// Who states the price.
pub static SOURCE: Term = Term {
    key: "source",
    title: "Source",
    kind: Kind::Text,
    unit: "",
    meaning: "Who states the price.",
};
/// The source's own date; blank where it has none.
pub static SEEN: Term = Term {
    key: "seen",
    title: "Source of",
    kind: Kind::Day,
    unit: "",
    meaning: "The source's own date; blank where it has none.",
};
/// The days from the source's date to the day whose prices hold; blank where it has none.
pub static AGE_DAYS: Term = Term {
    key: "age_days",
    title: "Age",
    kind: Kind::Count,
    unit: "days",
    meaning: "The days from the source's date to the day whose prices hold; blank where it has none.",
};
/// The first day of the price version.
pub static VERSION_FROM: Term = Term {
    key: "version_from",
    title: "Version from",
    kind: Kind::Day,
    unit: "",
    meaning: "The first day of the price version.",
};
/// What the owner bills.
pub static BILLING_UNIT: Term = Term {
    key: "billing_unit",
    title: "Billed by",
    kind: Kind::Text,
    unit: "",
    meaning: "What the owner bills.",
};
/// Whether the route makes the size that is asked for: yes, no or not_stated.
pub static SIZE_HONOURED: Term = Term {
    key: "size_honoured",
    title: "Size kept",
    kind: Kind::Text,
    unit: "",
    meaning: "Whether the route makes the size that is asked for: yes, no or not_stated.",
};
/// Whether the route keeps to the quality that is asked for: yes, no or not_stated.
pub static QUALITY_HONOURED: Term = Term {
    key: "quality_honoured",
    title: "Quality kept",
    kind: Kind::Text,
    unit: "",
    meaning: "Whether the route keeps to the quality that is asked for: yes, no or not_stated.",
};
/// What the route does not state of what production needs.
pub static STOP_RULE: Term = Term {
    key: "stop_rule",
    title: "Stop rule",
    kind: Kind::Text,
    unit: "",
    meaning: "What the route does not state of what production needs.",
};
/// Why the cost is not exact, or why nothing is made.
pub static REASON: Term = Term {
    key: "reason",
    title: "Reason",
    kind: Kind::Text,
    unit: "",
    meaning: "Why the cost is not exact, or why nothing is made.",
};

/// Every term, in the order in which the dictionary lists them.
pub static ALL: &[&Term] = &[
    &MONTH,
    &FISCAL_YEAR,
    &FISCAL_QUARTER,
    &QUARTER,
    &AS_OF,
    &KNOWN_ON,
    &CATALOG_DIGEST,
    &OWNER,
    &OWNER_NAME,
    &OWNER_KIND,
    &ROUTE,
    &MODEL,
    &SECTION,
    &SIZE,
    &QUALITY,
    &WORKLOAD,
    &COST_KIND,
    &COST_NAME,
    &PROJECT,
    &TAG,
    &PROCESSING,
    &SKU_ID,
    &WANTED,
    &ACCEPTED,
    &SHORTFALL,
    &ATTEMPTS,
    &BILLED_CALLS,
    &TOKENS,
    &CONSUMED_QUANTITY,
    &PRICING_QUANTITY,
    &COST,
    &PER_ACCEPTED_IMAGE,
    &BY_LIST,
    &REQUEST_COST,
    &IN_OWNERS_UNIT,
    &VOLUME_COST,
    &VOLUME_CASH,
    &RATIO_TO_OFFICIAL,
    &RATIO_TO_BASELINE,
    &COST_COLUMN,
    &OFFICIAL,
    &PROVIDER,
    &WRAPPER,
    &OTHER_COSTS,
    &OWNERS,
    &LIST_COST,
    &AGREED_COST,
    &BILLED_COST,
    &EFFECTIVE_COST,
    &BY_RULE,
    &CERTAINTY,
    &STATUS,
    &PRICE_BASIS,
    &PRICE_VERSIONS,
    &CONFIDENCE,
    &SOURCE,
    &SEEN,
    &AGE_DAYS,
    &VERSION_FROM,
    &BILLING_UNIT,
    &SIZE_HONOURED,
    &QUALITY_HONOURED,
    &STOP_RULE,
    &REASON,
];
