//! The terms of the outputs.
//!
//! Names are those of FinOps FOCUS where it has one. A term that no output has yet is reserved: it will mean this.

use super::{Kind, Term};
use crate::catalog::evidence::fresh_days;

/// Writes each term once: its name in the code, its type, key, unit where it has one, heading and meaning.
macro_rules! terms {
    ($($name:ident: $kind:ident $key:literal $(in $unit:literal)?, $title:literal, $meaning:expr;)*) => {
        $(
            #[doc = $meaning]
            pub static $name: Term = Term {
                key: $key,
                title: $title,
                kind: Kind::$kind,
                unit: concat!($($unit)?),
                meaning: $meaning,
            };
        )*

        /// Every term, in the order in which the dictionary lists them.
        pub static ALL: &[&Term] = &[$(&$name),*];
    };
}

terms! {
    MONTH: Month "month", "Month",
        "The month of the row, UTC.";
    YEAR: Text "year", "Year",
        "The fiscal year, such as 2027, or FY2027 where it is not the calendar's: named by the calendar year in which it ends.";
    FISCAL_YEAR: Number "fiscal_year", "Fiscal year",
        "The fiscal year that the month is in, named by the calendar year in which it ends.";
    FISCAL_QUARTER: Number "fiscal_quarter", "Quarter",
        "The quarter of the fiscal year, 1 to 4.";
    QUARTER: Text "quarter", "Quarter",
        "The quarter of the fiscal year with its year, such as 2027-Q1, or FY2027-Q1 where it is not the calendar's.";
    AS_OF: Day "as_of", "As of",
        "The day whose prices hold; in budgets, the day of knowledge.";
    KNOWN_ON: Day "known_on", "Known on",
        "The day by which a fact had to be known to be used.";
    CATALOG_DIGEST: Id "catalog_digest", "Catalogue",
        "The digest of all price tables that the figure was made from.";
    OWNER: Id "owner", "Owner id",
        "The party whose contract sets the price, by its id.";
    OWNER_NAME: Text "owner_name", "Price owner",
        "The price owner's name.";
    OWNER_KIND: Text "owner_kind", "Kind",
        "What the owner is to the model: official, provider or wrapper.";
    ROUTE: Id "route", "Route",
        "The way to the image under one owner's contract, by its id, which is the path of its table.";
    ROUTE_NAME: Text "route_name", "Route name",
        "The last part of a route's id, which stands beside its owner in tables.";
    MODEL: Id "model", "Model",
        "What makes the image.";
    MODEL_NAME: Text "model_name", "Name",
        "The model's name.";
    MAKER: Id "maker", "Maker",
        "Who makes the model.";
    MODEL_ALIASES: List "aliases", "Aliases",
        "Other names of the model.";
    MAKES_IMAGES: Flag "makes_images", "Makes images",
        "Whether the model makes images; a text model can only call one that does.";
    MODEL_STATUS: Text "model_status", "Status",
        "Where the model stands in its life at its maker: not_launched, in_service, ending, shut_down or not_stated.";
    LAUNCH: Day "launch", "Launch",
        "The day on which the maker launches the model; blank where it is not stated.";
    SHUTDOWN: Day "shutdown", "Shutdown",
        "The day from which the maker does not serve the model any more; blank where none is announced.";
    SHUTDOWN_ANNOUNCED: Day "shutdown_announced", "Shutdown announced",
        "The day on which the maker announced the shutdown.";
    REPLACED_BY: List "replaced_by", "Replaced by",
        "The models that the maker names instead.";
    SIZE_RULE: Text "size_rule", "Size rule",
        "How the model is asked for a size: listed, grid, tiers or not_known.";
    SIZE_COUNT: Number "size_count" in "sizes", "Sizes",
        "How many sizes are legal; blank where they are not given in pixels.";
    DEFAULT_SIZE: Size "default_size", "Default size",
        "The size that is taken where none is given.";
    RESOLUTIONS: List "resolutions", "Resolutions",
        "The names of resolutions that the model takes in place of pixels.";
    QUALITIES: List "qualities", "Qualities",
        "The quality labels of the model, the cheapest first.";
    DEFAULT_QUALITY: Text "default_quality", "Default quality",
        "The quality that is taken where none is given.";
    TO_MODEL: Id "to_model", "To model",
        "The model to move to.";
    NAMED_BY_MAKER: Flag "named_by_maker", "Named by maker",
        "Whether the maker names it as the replacement.";
    SAME_FORMULA: Flag "same_formula", "Same formula",
        "Whether both models count output tokens by the same formula.";
    OUTPUT_TOKENS: Count "tokens" in "tokens", "Tokens now",
        "The output tokens of one image on the model; blank where it has no such quality or they are not known.";
    TO_TOKENS: Count "to_tokens" in "tokens", "Tokens then",
        "The output tokens of one image on the model to move to; blank where it has no such quality or they are not known.";
    TOKEN_RATIO: Quantity "token_ratio" in "times", "× tokens",
        "The output tokens on the model to move to over those on the model.";
    COST_RATIO: Quantity "cost_ratio" in "times", "× cost",
        "The cost of the output on the model to move to over that on the model, by the maker's own rates.";
    LIKE_FOR_LIKE: Text "like_for_like", "Like for like",
        "The quality of the model to move to that makes as many tokens.";
    LIKE_FOR_LIKE_EXACT: Flag "like_for_like_exact", "As many",
        "Whether it makes exactly as many, as against a range in which they lie.";
    LEFT_OUT: List "left_out", "Left out",
        "What a comparison leaves out, a sentence each.";
    LEFT_OUT_CODES: List "left_out_codes", "Left out",
        "The stable names of what stands in `left_out`.";
    ALIAS: Id "alias", "Alias",
        "The name by which the owner calls the model.";
    GROUP: Id "group", "Group",
        "The account group whose prices hold, where one alias has several.";
    CONTRACT: Text "contract", "Contract",
        "Whose price it is: list, ours (of the user's own contract) or correction.";
    SECTION: Text "section", "Section",
        "Where a route stands in a comparison: official, yours, provider, wrapper, not_the_same_product, quoted or not_priced.";
    SIZE: Size "size", "Size",
        "The size asked for, in pixels, or auto.";
    WIDTH: Number "width" in "pixels", "Width",
        "The width of the size.";
    HEIGHT: Number "height" in "pixels", "Height",
        "The height of the size.";
    PIXELS: Number "pixels" in "pixels", "Pixels",
        "The pixels of the size.";
    EXPERIMENTAL: Flag "experimental", "Experimental",
        "Whether the size is above the one up to which the maker calls results reliable.";
    WHY: List "why", "Why",
        "Why the size is shown: asked, or as which candidate.";
    RATIO_TO_ASKED: Ratio "ratio_to_asked" in "times", "× asked",
        "The cost over that of the size asked for; blank without one, or where either is open.";
    QUALITY: Text "quality", "Quality",
        "The quality asked for: a label of the model, which means nothing on another one.";
    ASKED: Text "asked", "Request",
        "What was priced, in words.";
    LINE: Number "line", "Line",
        "The number of the line in the file, from 1; in a list, the place in it.";
    CUSTOM_ID: Id "custom_id", "Id",
        "The caller's own id of the line.";
    REQUESTS: Number "requests" in "requests", "Requests",
        "How many requests or replies.";
    IMAGES: Number "images" in "images", "Images",
        "How many images are asked for, or were delivered.";
    OUTCOME: Text "outcome", "Outcome",
        "What became of the row: priced or rejected; in a pilot priced, not_made or seat_only, in its log rated, seat_only or not_read.";
    METER: Text "meter", "Meter",
        "What is counted.";
    METERED: Count "METER", "Quantity",
        "How much of the meter was counted, such as `image_output_tokens` or `images`.";
    QUANTITY: Count "quantity", "Quantity",
        "How much of the meter is priced.";
    UNIT: Text "unit", "Unit",
        "What one of the quantity is, such as token or image.";
    UNIT_PRICE: Amount "unit_price" in "price_unit", "Unit price",
        "The price of `per` units, in the owner's own unit.";
    PER: Number "per", "Per",
        "How many units the unit price is for.";
    PRICE_UNIT: Text "price_unit", "Unit of the price",
        "The currency or credit that the owner prices in.";
    OWNERS_UNIT_COST: Quantity "cost_in_price_unit" in "price_unit", "In its unit",
        "The cost of the line in the owner's own unit.";
    EXPLANATION: List "explanation", "Explanation",
        "How the line came about, a sentence each.";
    WORKLOAD: Text "workload", "Workload",
        "The workload; blank for a cost of the whole budget.";
    WORKLOADS: List "workloads", "Workloads",
        "The workloads that it is of, in the order of the budget.";
    COST_KIND: Text "cost_kind", "Kind of cost",
        "`images` for images on a route, `seats` for subscriptions at an offer of their owner, `other_cost` for what no price table holds.";
    COST_NAME: Text "cost_name", "Other cost",
        "The name of a cost beside that of images: the offer of seats, or what no price table holds.";
    SEATS: Number "seats", "Seats",
        "How many seats or subscriptions the row is for; blank where it is for none.";
    PROJECT: Text "project", "Project",
        "The project that a request or a bill line is booked on.";
    TAG: Text "tag_NAME", "Tag",
        "The value of the tag NAME, a column for each tag in the order of their names.";
    PROCESSING: Text "processing", "Processing",
        "How requests are processed: standard, batch, flex or priority.";
    SKU_ID: Id "sku_id", "SKU",
        "The stable id of what is priced: the route, its meter and its conditions.";
    WANTED: Quantity "wanted_images" in "images", "Wanted",
        "The images that are wanted.";
    ACCEPTED: Quantity "accepted_images" in "images", "Accepted",
        "The images that are accepted in the end.";
    SHORTFALL: Quantity "shortfall_images" in "images", "Shortfall",
        "Wanted images that are given up, or fall on days on which nothing is made.";
    ATTEMPTS: Quantity "attempts" in "attempts", "Attempts",
        "The tries that it takes, billed or not.";
    BILLED_CALLS: Quantity "billed_calls" in "calls", "Billed calls",
        "The calls that are billed, by the terms of the route.";
    TOKENS: Quantity "METER_tokens" in "tokens", "Tokens",
        "The tokens of a meter (such as `image_output_tokens`) in attempts that deliver an image; what failed attempts bill is in the cost and not counted here.";
    CONSUMED_QUANTITY: Quantity "consumed_quantity", "Consumed",
        "What was used, in the unit in which it is counted.";
    PRICING_QUANTITY: Quantity "pricing_quantity", "Priced",
        "What is priced, in the unit of the unit price.";
    COST: Money "cost" in "US dollars", "Cost",
        "The cost of the row.";
    PER_ACCEPTED_IMAGE: Money "per_accepted_image" in "US dollars", "Per image",
        "The cost of one accepted image, its attempts included, and looking at them where that has a cost.";
    REVIEW_PER_ACCEPTED_IMAGE: Money "review_per_accepted_image" in "US dollars", "Review",
        "The part of the cost of one accepted image that is paid for looking at delivered images; blank where it has no cost.";
    VOLUME_REVIEW: Money "volume_review" in "US dollars", "Review",
        "The part of the cost of the volume that is paid for looking at delivered images; blank where it has no cost.";
    PER_ATTEMPT: Money "per_attempt" in "US dollars", "Per attempt",
        "The cost of an average attempt, failed ones included.";
    ATTEMPTS_PER_ACCEPTED: Quantity "attempts_per_accepted_image" in "attempts", "Attempts each",
        "The attempts for each accepted image.";
    ACCEPTANCE: Share "acceptance", "Acceptance",
        "The share of delivered images that is accepted; blank where attempts were given instead.";
    FAILURE_RATE: Share "failure_rate", "Failures",
        "The share of attempts that fail.";
    BLOCK_RATE: Share "block_rate", "Blocks",
        "The share of attempts that are blocked.";
    TIMEOUT_RATE: Share "timeout_rate", "Timeouts",
        "The share of attempts that time out.";
    BY_LIST: Money "by_list" in "US dollars", "By list",
        "What the same work costs by the owner's list, beside a price of the user's own.";
    COST_OF_QUALITY: Money "per_accepted_image_QUALITY" in "US dollars", "Per image",
        "In the matrix layout, the cost of one accepted image of that quality, its attempts included.";
    REQUEST_COST: Money "request" in "US dollars", "Request",
        "The cost of one request.";
    IN_OWNERS_UNIT: Text "request_in_owners_unit", "In its unit",
        "The cost of one request in the owner's own unit, such as credits.";
    VOLUME_COST: Money "volume" in "US dollars", "Volume",
        "The cost of the accepted images that were asked for.";
    VOLUME_CASH: Money "volume_cash" in "US dollars", "To pay",
        "What is paid for the volume, with purchase fees and bonuses.";
    RATIO_TO_OFFICIAL: Quantity "ratio_to_official" in "times", "× official",
        "The cost per accepted image over that of the model maker's own route: low over high to high over low where the two are open by different contracts, and between the ratios of their ends where they are open by the same; blank where either is not known in full.";
    RATIO_TO_BASELINE: Quantity "ratio_to_baseline" in "times", "× baseline",
        "The same over the baseline that was asked for; blank without one.";
    COST_COLUMN: Amount "cost_usd" in "US dollars", "Cost",
        "The end of the cost that is asked for as the cost column; blank where the cost has none.";
    OFFICIAL: Money "official" in "US dollars", "Official",
        "The part of the cost that goes to the makers of the models.";
    PROVIDER: Money "provider" in "US dollars", "Providers",
        "The part of the cost that goes to providers.";
    WRAPPER: Money "wrapper" in "US dollars", "Wrappers",
        "The part of the cost that goes to wrappers.";
    OTHER_COSTS: Money "other_costs" in "US dollars", "Other costs",
        "The part of the cost that no price table holds.";
    OWNERS: List "owners", "Price owners",
        "The price owners of the row, by their ids.";
    CASE: Text "case", "Case",
        "The end of a cost that stands for it: low, expected or high.";
    MARGIN: Share "margin", "Margin",
        "What is added to a cost before it is asked for or held against a limit.";
    AMOUNT: Money "amount" in "US dollars", "Amount to request",
        "What to ask for: the case of every row, with the margin.";
    PROBABILITY: Share "probability", "Safe in",
        "The share of runs that the amount was asked to be safe in; blank where it is a case with the margin.";
    AMOUNT_EXCEEDED_SHARE: Share "amount_exceeded_share", "Exceeded in",
        "The share of runs that cost more than the amount, at the dearest end of what is open; blank where nothing is uncertain or it was not drawn.";
    WITHOUT: List "without", "Without",
        "What the amount leaves out, since its cost is unknown or it is not made, and why.";
    CUMULATIVE: Money "cumulative" in "US dollars", "Cumulative",
        "The cost from the first month on.";
    SCOPE: Text "scope", "Scope",
        "What a limit holds for: budget, workload, owner or tag.";
    SCOPE_NAME: Text "scope_name", "Of",
        "The workload, owner or tag that a limit holds for.";
    SCOPE_VALUE: Text "scope_value", "Value",
        "The value of the tag that a limit holds for.";
    PERIOD: Text "period", "Period",
        "What a limit is for: month, quarter, fiscal_year or total.";
    ALERT_AT: Share "alert_at", "Alert at",
        "The share of a limit of which it is to be known when it is reached.";
    ALERT: Text "alert", "Alert",
        "Whether a share of a limit is reached: reached, not_reached, or unknown from a month on of which a part is not known.";
    LIMIT: Amount "limit_usd" in "US dollars", "Limit",
        "The limit that a cost is held against.";
    VERDICT: Text "verdict", "Verdict",
        "How a cost stands to its limit: within, margin_not_covered, over or unknown.";
    FINDING: Text "finding", "Finding",
        "What kind of finding it is.";
    MESSAGE: Text "message", "Message",
        "What is the case, in words.";
    MONTHS: List "months", "Months",
        "The months that it concerns.";
    LEVER: Text "lever", "Lever",
        "What is changed: quality, size, batch, attempts or model.";
    CHANGE: Text "change", "Change",
        "What is changed, in words.";
    SAVING: Money "saving" in "US dollars", "Saves",
        "What a change saves over the whole budget, by itself.";
    GIVEN_UP: Text "given_up", "What you lose",
        "What is lost for it, in words.";
    GIVEN_UP_CODE: Text "given_up_code", "What you lose",
        "The stable name of what is lost: detail, exact_size, exact_shape, speed, work or look.";
    CURRENCY: Text "currency", "Currency",
        "The currency in which the report shows its amounts; in the wide layout that of its months, and of a bill that of the row.";
    FX_PAIR: Text "fx_pair", "Rate of",
        "The pair of currencies of the exchange rate as it was stated: EUR/USD is the US dollars for 1 EUR.";
    FX_RATE: Decimal "fx_rate", "Rate",
        "The exchange rate by which amounts in US dollars are converted to the currency of the report.";
    FX_DAY: Day "fx_day", "Rate of day",
        "The day of the exchange rate, where that is said.";
    FX_SOURCE: Text "fx_source", "Rate by",
        "Who states the exchange rate, where that is said.";
    COST_OF_MONTH: Amount "YYYY-MM" in "US dollars", "Month",
        "In the wide layout, the cost of the month in the case of the row; blank where it has none.";
    RESULT: Text "result", "Result",
        "What the finding does to the check: fails or warns.";
    CLASS: Text "class", "Class",
        "The class of the finding.";
    SUBJECT: Text "subject", "Of",
        "What the finding is of: a workload, a route or a limit.";
    HELP: Text "help", "Help",
        "What can be done.";
    CAUSE: Text "cause", "Cause",
        "What a part of a change comes from: volume (more or fewer images in a month), mix (other shares of the workloads in them), attempts, tokens or price.";
    BEFORE: Money "from" in "US dollars", "Before",
        "What it cost in the baseline.";
    NOW: Money "to" in "US dollars", "Now",
        "What it costs.";
    PREMISE: Text "premise", "Holds",
        "The code of what a cost takes for granted.";
    OTHERWISE: Text "otherwise", "Otherwise",
        "What was tried in its place: a share, a quality, a size or a number of tokens; blank where there is one other case only.";
    COST_CHANGE: Change "change" in "US dollars", "Change",
        "By how much the cost changes, each case held against the same case of the other cost.";
    MAX_INCREASE_SHARE: Share "max_increase_share", "Allowed",
        "By which share of the baseline the cost may exceed it.";
    MAX_INCREASE: Amount "max_increase_usd" in "US dollars", "Allowed",
        "By how much the cost may exceed its baseline.";
    TOO_MUCH: Flag "too_much", "Too much",
        "Whether the change is more than allowed; blank where it cannot be told.";
    ROW_KIND: Text "row_kind", "Row",
        "What the row is: month, total, limit or source of a simulation; as_written, change (of one workload), mix (of several changes), mix_part, fewer (images), all, images or quality of what fits within a limit.";
    SPAN: Text "span", "Span",
        "What a limit or a cost holds for in time: month, any_month or total.";
    VARIANT_KIND: Text "variant_kind", "Kind of variant",
        "What the budget of the row is: base (as it is), scenario, route, owner (each step at a price owner, where that sells it), or owner_part (a step of the row of its owner).";
    VARIANT: Text "variant", "Variant",
        "The name of the scenario, or the id of the route or of the price owner.";
    STEP: Number "step", "Step",
        "The step of the workload, from 1; blank where it has one.";
    PLACE: Text "place", "Stands",
        "How a step stands to a price owner: moved (to the owner's cheapest route), there_already, kept (there, though no route of the owner may be named); or why it stays elsewhere: not_sold, in_doubt (quoted, undated or old), not_the_product (size or quality not stated to be made) or not_known.";
    ROUTE_BEFORE: Id "route_before", "Route as it is",
        "The route of the step in the budget as it is.";
    WORKLOADS_MOVED: Number "workloads_moved", "Moved",
        "How many workloads have a step that goes to another route.";
    WORKLOADS_STAYED: Number "workloads_stayed", "Stay",
        "How many workloads stay with every step on the route of the budget as it is.";
    WORKLOADS_ELSEWHERE: Number "workloads_elsewhere", "Elsewhere",
        "How many workloads have a step that is not at the owner, since it sells nothing for it that can be named.";
    DIFFERENCE: Change "difference" in "US dollars", "Difference",
        "By how much the cost differs from that of the budget as it is, case by case; the parts by volume, attempts, tokens and price add up to it.";
    DIFFERENCE_SHARE: Share "difference_share", "Share",
        "The difference as a share of what the budget costs as it is: of what is expected, else of the most.";
    BY_VOLUME: Change "by_volume" in "US dollars", "by volume",
        "The part of the difference that other volumes make.";
    BY_ATTEMPTS: Change "by_attempts" in "US dollars", "by attempts",
        "The part of the difference that other rates of attempts make.";
    BY_TOKENS: Change "by_tokens" in "US dollars", "by tokens",
        "The part of the difference that other counts for an image make, at the prices of the budget as it is.";
    BY_PRICE: Change "by_price" in "US dollars", "by price and other costs",
        "The part of the difference that other prices, terms, routes and other costs make.";
    NOT_TOLD_APART: List "not_told_apart", "Not separated",
        "Why counts are not told from prices, where they are not.";
    CHEAPEST: Id "cheapest_route", "Cheapest",
        "The route that costs least of those whose price is dated and known in full and that are stated to make what is asked for; blank where there is none. The cost beside it is its own.";
    SAME_COST: List "same_cost_routes", "Same price",
        "Other routes that may be named and cost the same.";
    LOWER_IN_DOUBT: List "lower_in_doubt_routes", "Lower, undated or old",
        "Routes that cost less by a price that is undated or old.";
    LOWER_NOT_STATED: List "lower_not_stated_routes", "Lower, not stated to make it",
        "Routes that cost less and are not stated to make the size and quality asked for.";
    LEAST_CASH: Id "least_cash_route", "Less cash",
        "The route that takes less cash for the volume than the cheapest one; blank where there is none. The cash beside it is its own.";
    DOUBT: Text "doubt", "Doubt",
        concat!(
            "Why its price is never named the cheapest: quoted (weak evidence), undated or old (the source is older than ",
            fresh_days!(),
            " days); blank where it may be."
        );
    QUOTED: Flag "quoted", "Quoted",
        "Whether a price in it rests on weak evidence.";
    CASH: Money "cash" in "US dollars", "To pay",
        "What leaves the account, each month's credit bought at once; blank where that is the cost.";
    BREAK_EVEN: Text "break_even", "Fees pay",
        "Whether the fees of a route pay: from_volume or never; blank where there are none or a cost is open.";
    BREAK_EVEN_IMAGES: Number "break_even_images" in "accepted images a month", "Break-even",
        "The least volume at which the fees of a route pay.";
    OPEN_END: Text "open_end", "Open end",
        "Which end of everything that is open was drawn: low or high; only where nothing is open.";
    P10: Amount "p10_usd" in "US dollars", "P10",
        "What a tenth of the runs costs at most; blank where nothing is made, as are the other costs of runs.";
    P50: Amount "p50_usd" in "US dollars", "P50",
        "What half of the runs costs at most.";
    P80: Amount "p80_usd" in "US dollars", "P80",
        "What eight tenths of the runs cost at most: an amount that is safe in 80% of them.";
    P90: Amount "p90_usd" in "US dollars", "P90",
        "What nine tenths of the runs cost at most.";
    P95: Amount "p95_usd" in "US dollars", "P95",
        "What nineteen of twenty runs cost at most.";
    MEAN: Amount "mean_usd" in "US dollars", "Mean",
        "What the runs cost on average.";
    EXCEEDED_SHARE: Share "exceeded_share", "Exceeded in",
        "The share of runs that cost more than the limit, without a margin; blank where it is not known.";
    AT_LEAST: Flag "at_least", "At least",
        "Whether the share is the least that it can be, since something planned is not made.";
    SPREAD_SOURCE: Text "spread_source", "Source",
        "Where a part of the spread of the total comes from: volume, rates, terms that are not stated, or chance.";
    VARIANCE_SHARE: Share "variance_share", "Share of the spread",
        "The variance with this source alone as a share of that with all; these shares need not add up to 1.";
    RUNS: Number "runs", "Runs",
        "How many runs were drawn.";
    SEED: Id "seed", "Seed",
        "What the random numbers start from: the same seed gives the same runs.";
    AS_WRITTEN: Flag "as_written", "As written",
        "Whether it is what the file says.";
    FITS: Text "fits", "Fits",
        "How it stands to the limit: most (so many images and not one more), any (as many as can be counted), nothing, within, over, unknown or not_offered.";
    FITTING_IMAGES: Number "fitting_images" in "images", "Images",
        "The most images that fit.";
    COST_OF_CASE: Amount "cost_of_case_usd" in "US dollars", "Cost",
        "What is held against the limit: the case of the cost of all months, or of the month that costs most.";
    COST_OF_ONE_MORE: Amount "cost_of_one_more_usd" in "US dollars", "With one more",
        "The same with one image more, which is above the limit.";
    CHANGE_KIND: Text "kind", "Kind",
        "What it is that differs: route, rate, detail, version, other, cost, shutdown or model.";
    WHAT: Text "what", "What",
        "What of it differs: the meter of a rate, the name of a detail, what became of a route.";
    CONDITIONS: List "conditions", "Conditions",
        "The conditions under which a rate holds.";
    ROUTE_CHANGE: Text "route_change", "Route",
        "What became of the route from side A to side B: changed, same, starts, ends or unpriced.";
    EQUAL_RATES: Number "equal_rates" in "rates", "Equal rates",
        "How many rates are the same on both sides.";
    ROUTE_OF_SIDE: Id "route_SIDE", "Route",
        "The route of side a or b, by its id.";
    OWNER_OF_SIDE: Id "owner_SIDE", "Owner id",
        "The price owner of side a or b, by its id.";
    OWNER_NAME_OF_SIDE: Text "owner_name_SIDE", "Price owner",
        "The name of the price owner of side a or b.";
    OWNER_KIND_OF_SIDE: Text "owner_kind_SIDE", "Kind",
        "What the owner of side a or b is to the model: official, provider or wrapper.";
    MODEL_OF_SIDE: Id "model_SIDE", "Model",
        "What makes the image on side a or b.";
    STATE_OF_SIDE: Text "state_SIDE", "State",
        "What side a or b charges in a word, such as priced, depends, not_billed or not_stated; of a detail, what it says.";
    UNIT_PRICE_OF_SIDE: Amount "unit_price_SIDE" in "price_unit_SIDE", "Unit price",
        "The price of `per_SIDE` units on side a or b, in the owner's own unit.";
    PER_OF_SIDE: Number "per_SIDE", "Per",
        "How many units the unit price of side a or b is for.";
    PRICE_UNIT_OF_SIDE: Text "price_unit_SIDE", "Unit of the price",
        "The currency or credit of the price on side a or b.";
    IN_USD_OF_SIDE: Amount "price_in_usd_SIDE" in "US dollars", "In dollars",
        "The unit price of side a or b in US dollars; blank where its unit has no known value.";
    AFTER_OF_SIDE: Number "beyond_SIDE", "Beyond",
        "The units beyond which alone the price of side a or b is charged.";
    WHOLE_UNITS_OF_SIDE: Flag "whole_units_SIDE", "Whole units",
        "Whether a part of the units that the price of side a or b is for counts as a whole one.";
    RESTS_ON_OF_SIDE: Text "rests_on_SIDE", "Rests on",
        "The other owner's list that the price of side a or b rests on.";
    PRICES_OF_SIDE: List "prices_SIDE", "Prices",
        "The prices of side a or b in words, where further conditions decide between several.";
    VERSION_FROM_OF_SIDE: Day "version_from_SIDE", "Version from",
        "The first day of the price version of side a or b.";
    STATED_OF_SIDE: Flag "version_from_stated_SIDE", "Start stated",
        "Whether the source of side a or b states that day; else it is the day of the source.";
    VERSION_UNTIL_OF_SIDE: Day "version_until_SIDE", "Version until",
        "The day after the last of the price version of side a or b; blank where it is open.";
    SOURCE_OF_SIDE: Text "source_SIDE", "Source",
        "Who states the price of side a or b.";
    LOCATORS_OF_SIDE: List "locators_SIDE", "Address",
        "Where the source of the price of side a or b is found again: addresses, or not_recorded.";
    SEEN_OF_SIDE: Day "seen_SIDE", "Source of",
        "The own date of the source of side a or b; blank where it has none.";
    CONFIDENCE_OF_SIDE: Text "confidence_SIDE", "Confidence",
        "How well the price of side a or b is supported: high, medium or low.";
    COST_OF_SIDE: Money "cost_SIDE" in "US dollars", "Cost",
        "The cost of the request or volume on side a or b.";
    CASH_OF_SIDE: Money "cash_SIDE" in "US dollars", "To pay",
        "What is paid for the volume on side a or b, with purchase fees and bonuses.";
    CERTAINTY_OF_SIDE: Text "certainty_SIDE", "Figure",
        "How far the cost on side a or b is known: exact, range or unknown.";
    REASON_OF_SIDE: Text "reason_SIDE", "Reason",
        "Why side a or b has no price, or why its cost is not exact.";
    REASON_CODES_OF_SIDE: List "reason_codes_SIDE", "Reason codes",
        "The stable names of what stands in `reason_SIDE`, each once; none where it is exact.";
    B_MINUS_A: Amount "b_minus_a" in "b_minus_a_unit", "Difference",
        "By how much side B lies above side A; blank where they do not compare.";
    B_MINUS_A_PER: Number "b_minus_a_per", "Difference per",
        "How many units the difference of a rate is for.";
    B_MINUS_A_UNIT: Text "b_minus_a_unit", "Unit of the difference",
        "The currency or credit of the difference.";
    RELATIVE_CHANGE: Ratio "relative_change", "Change",
        "The difference over side A, so that 0.2 is 20% more; blank where A is free or they do not compare.";
    SET: Text "set", "Set",
        "The set of samples of a pilot.";
    SAMPLE: Text "sample", "Sample",
        "The sample that is tried, by its name.";
    ROLE: Text "role", "On",
        "On which route it is tried: baseline, new, or by_hand on none.";
    INPUT_IMAGES: Number "input_images", "Reference images",
        "How many reference images are sent with a request.";
    TRIALS: Number "trials", "Trials",
        "How many times the sample is made on the route.";
    COST_EACH: Money "cost_each" in "US dollars", "Each",
        "The cost of one trial.";
    ROW: Number "row", "Row",
        "The row of a log as a spreadsheet counts it, the heading being row 1.";
    REQUEST_ID: Id "request_id", "Request",
        "The id of the request in a log.";
    ATTEMPT: Number "attempt", "Attempt",
        "Which attempt at a request it is, from 1.";
    DAY: Day "day", "Day",
        "The day of the row, UTC.";
    ENDING: Text "ending", "Ending",
        "How an attempt ended: accepted, rejected, not_reviewed, or why it delivered no image.";
    LATENCY: Decimal "latency_seconds" in "seconds", "Latency",
        "How long the answer took.";
    RATED: Money "rated" in "US dollars", "Rated",
        "What logged attempts cost at the prices of their days; blank where a seat pays.";
    LOGGED: Amount "logged_usd" in "US dollars", "Logged",
        "What was logged as their cost; blank where nothing was, or zeros for what is not free.";
    LOGGED_AGAINST_RATED: Text "logged_against_rated", "Difference",
        "How the logged cost stands to the rated one: none, rounding, within_range, less_logged, more_logged, zero_logged, not_logged or not_rated.";
    LOGGED_MINUS_RATED: Amount "logged_minus_rated_usd" in "US dollars", "Differs by",
        "By how much more was logged than is rated; blank where it is not known.";
    PAID_BY: Text "paid_by", "Paid by",
        "What pays for the images: use, or a seat, which is no price for API work.";
    IS_BASELINE: Flag "is_baseline", "Baseline",
        "Whether it is the route of today, which has no goals to meet.";
    TRIED: Number "attempts_made" in "attempts", "Attempts",
        "The attempts that the log has.";
    DELIVERED: Number "delivered_images" in "images", "Delivered",
        "The images that were delivered.";
    OTHER_SIZE: Number "images_in_another_size" in "images", "In another size",
        "The delivered images in another size than the one asked for.";
    ACCEPTED_SO_FAR: Number "images_accepted" in "images", "Accepted",
        "The delivered images that a reviewer accepted.";
    NOT_REVIEWED: Number "images_not_reviewed" in "images", "Not reviewed yet",
        "The delivered images that nobody has reviewed yet.";
    ATTEMPTS_ENDED: Number "ENDING_attempts" in "attempts", "Attempts",
        "The attempts that ended so: failed, blocked or timed_out.";
    RATE_LOW: Share "RATE_low", "Rate, low",
        "The low end of the 95% interval of a rate, such as acceptance or failure_rate.";
    RATE_HIGH: Share "RATE_high", "Rate, high",
        "The high end of the 95% interval of a rate.";
    LATENCY_COUNT: Number "latency_count" in "images", "Latencies",
        "How many delivered images have a latency.";
    LATENCY_MEDIAN: Decimal "latency_median_seconds" in "seconds", "Latency, median",
        "The median of the latency of delivered images, by nearest rank.";
    LATENCY_P90: Decimal "latency_p90_seconds" in "seconds", "Latency, P90",
        "The latency that nine of ten delivered images do not exceed, by nearest rank.";
    KNOWN_BY: Number "BASIS_cost_attempts" in "attempts", "Attempts",
        "The attempts whose cost was logged, of the others those whose cost is rated, and those of which neither is known: logged, rated or unknown.";
    LOGGED_OR_RATED: Money "logged_or_rated" in "US dollars", "Logged or rated",
        "For each attempt what was logged, else what is rated; blank where a seat pays.";
    PER_ACCEPTED_RATED: Money "per_accepted_rated" in "US dollars", "Rated per accepted image",
        "What an accepted image cost, as rated; blank without one.";
    PER_ACCEPTED_LOGGED: Amount "per_accepted_logged_usd" in "US dollars", "Logged per accepted image",
        "What an accepted image cost, as logged; blank where the cost of an attempt is not logged.";
    PER_ACCEPTED_KNOWN: Money "per_accepted_logged_or_rated" in "US dollars", "Logged or rated per accepted image",
        "What an accepted image cost, as logged, else as rated.";
    COST_ELSEWHERE: Money "cost_elsewhere" in "US dollars", "Cost there",
        "What the same usage costs at the prices that it is compared with.";
    OWNERS_ELSEWHERE: List "owners_elsewhere", "Price owners there",
        "The price owners whose prices usage is compared with, by their names.";
    COST_DIFFERENCE: Amount "cost_difference_usd" in "US dollars", "Difference",
        "By how much more the same usage costs elsewhere; blank where either is not exact.";
    EFFECTIVE_UNIT_PRICE: Money "effective_unit_price" in "US dollars", "Each",
        "What `per` units of a meter cost on average, as they were used.";
    UNIT_PRICE_ELSEWHERE: Money "effective_unit_price_elsewhere" in "US dollars", "Each there",
        "The same at the prices that usage is compared with.";
    LOG_ROWS: Number "rows" in "rows", "Rows",
        "How many rows of a log.";
    USAGE_TAG: Text "tag", "Tag",
        "The tag of the user's own that a row of a log has.";
    STATUS_LOGGED: Text "logged_status", "Status",
        "How a request ended, in the word of the log.";
    PER_IMAGE_USED: Money "per_delivered_image" in "US dollars", "Per delivered image",
        "What a delivered image cost, failed and rejected ones included; blank where not every row says how many there are.";
    ESTIMATED_ROWS: Number "estimated_rows" in "rows", "Estimated",
        "The rows whose tokens are counted by the rule of their model, since the log does not say them.";
    ESTIMATED: Flag "estimated", "Estimated",
        "Whether the tokens of the row are counted by the rule of its model, since the log does not say them.";
    ROWS_WITH_LOGGED: Number "rows_with_logged_cost" in "rows", "With a logged cost",
        "The rows whose log says what they cost.";
    MORE_IMAGES: Number "more_images" in "images", "More images",
        "How many more delivered images narrow the interval of the acceptance as wanted; blank where it would be too many.";
    MORE_ATTEMPTS: Number "more_attempts" in "attempts", "More attempts",
        "How many more attempts that takes.";
    MORE_COST: Money "more_attempts_cost" in "US dollars", "Their cost",
        "What these attempts cost, at the average so far.";
    GOAL: Text "goal_NAME", "Goal",
        "How a route stands to a goal (max_cost_per_accepted, min_acceptance or max_p90): met, missed or not_shown; blank where it has none.";
    LIST_COST: Amount "list_cost" in "currency", "List",
        "The cost at the owner's list prices; blank where a line of the row does not say it.";
    AGREED_COST: Amount "agreed_cost" in "currency", "Agreed",
        "The cost at the prices of the user's own contract; blank where a line of the row does not say it.";
    BILLED_COST: Amount "billed_cost" in "currency", "Billed",
        "What the owner charged.";
    BILL_KIND: Text "bill_kind", "Kind",
        "What the amount of a bill is for: usage, fee, adjustment, refund, credit or tax.";
    BILL_TEXT: Text "bill_text", "Text of the bill",
        "The free text of the line as it stands; where lines are summed up by model, of those that name none.";
    BILL_ROWS: Number "bill_rows" in "rows", "Rows",
        "How many rows of the files it is.";
    BILL_CAUSE: Text "bill_cause", "Cause",
        "Why a bill and the rated usage differ: not_in_usage, not_in_bill, day_shift, processing, cached_tokens, price, failed_billed, within_range, fee_credit_adjustment, exchange_rate, rounding or unexplained.";
    BILL_DIFFERENCE: Amount "bill_difference_usd" in "US dollars", "Billed less rated",
        "What is billed less what the usage is rated at.";
    RATED_BY: Text "rated_by", "Rated by",
        "The table and version that the usage was rated by; blank where it is of none or of several.";
    IS_ESTIMATE: Flag "is_estimate", "Estimate",
        "Whether it is an estimate of the owner, and not invoiced yet.";
    EFFECTIVE_COST: Money "effective_cost" in "US dollars", "Effective",
        "The cost with what was paid ahead spread over what it paid for.";
    OF: Text "of", "Of",
        "What it is of, in words.";
    BY_RULE: Money "by_rule" in "US dollars", "By rule",
        "What the rule of the model gives beside a figure that is unknown.";
    CERTAINTY: Text "certainty", "Figure",
        "How far the cost of the row is known: exact, range or unknown.";
    STATUS: Text "status", "Status",
        "How much of what is planned is made: made, partly_made, not_made or not_planned.";
    PRICE_BASIS: Text "price_basis", "Prices",
        "What the prices rest on, the weakest last: dated, assumed (those known today, for a later day; or those read only later, for an earlier one), user (the user's own: a contract, a correction, a cost, a price taken to have held earlier) or undated (a source without a date, or weak evidence); a total has the weakest of its parts.";
    PRICE_VERSIONS: List "price_versions", "Versions",
        "The versions of the price that hold, in words.";
    CONFIDENCE: Text "confidence", "Confidence",
        "How well the price is supported: high, medium or low; of several rates the weakest.";
    NOTE: Text "note", "Note",
        "What else is to be known of a source: a dispute, a derivation.";
    SOURCE: Text "source", "Source",
        "Who states the prices that the figure rests on, the oldest statement first.";
    LOCATORS: List "locators", "Address",
        "Where the sources are found again: addresses, and not_recorded where none was kept; none where a table of your own gives none.";
    PRICE_PAGE: Text "price_page", "Price page",
        "Where the owner's prices are read: an address, or not_recorded where none was kept; blank where a table of your own gives none.";
    SEEN: Day "seen", "Source of",
        "The source's own date, of several rates the oldest; blank where one of them has none.";
    AGE_DAYS: Number "age_days" in "days", "Age",
        "The days from the source's date to the day whose prices hold; blank where it has none.";
    VERSION_FROM: Day "version_from", "Version from",
        "The first day of the price version.";
    VERSION_FROM_STATED: Flag "version_from_stated", "Start stated",
        "Whether the source states that day; else it is the day of the source.";
    VERSION_UNTIL: Day "version_until", "Version until",
        "The day after the last of the price version; blank where it is open.";
    BILLING_UNIT: Text "billing_unit", "Billed by",
        "What the owner bills.";
    RATE_STATE: Text "rate_state", "Says",
        "What a line of the rate card says: priced, floor (what a call costs at the least), svg_authoring (a token of the model that writes an SVG file), not_billed, not_stated or not_offered.";
    RATE_LIST: Number "rate_list", "List",
        "Which of several lists the rate stands in, where the cheapest of them is charged; blank where there is one.";
    PRICE_IN_USD: Amount "price_in_usd" in "US dollars", "In dollars",
        "The unit price in US dollars; blank where its unit has no known value.";
    CREDIT_VALUE: Text "credit_value", "Worth",
        "What a credit is worth, as its owner states it; blank where prices are in a currency.";
    MODE: Text "mode", "Mode",
        "The kind of call for which a rate holds: generate or edit; blank where it holds for both.";
    RESOLUTION: Text "resolution", "Resolution",
        "The resolution class for which a rate holds, with its border where that is stated.";
    OUTPUT_FORMAT: Text "output_format", "Format",
        "The output format for which a rate holds.";
    ASPECT: Text "aspect", "Shape",
        "The shape for which a rate holds: square or not_square.";
    INPUT_TOKENS_UP_TO: Number "input_tokens_up_to" in "tokens", "Up to",
        "The most input tokens of a call for which a rate holds.";
    BEYOND: Number "beyond", "Beyond",
        "The units beyond which alone the price is charged.";
    WHOLE_UNITS: Flag "whole_units", "Whole units",
        "Whether a part of the units that the price is for counts as a whole one.";
    RESTS_ON: Text "rests_on", "Rests on",
        "The other owner's list that the price rests on.";
    MAP_STATE: Text "map_state", "Stands",
        "How a price of a map of others stands to the tables: equal, differing, one_of_several, charged_otherwise, not_in_dollars, not_priced_here, not_told_apart, missing_here or missing_there.";
    MAP_KEY: Id "map_key", "Key of the map",
        "The key under which a map of others has a price; of nested data the keys, joined by a slash.";
    MAP_FIELD: Id "map_field", "Field of the map",
        "The field in which a map of others has a price.";
    MAP_SOURCE: Text "map_source", "Source of the map",
        "What a map of others cites for its prices.";
    MAP_PRICE: Amount "map_price" in "US dollars", "There",
        "The price of `per` units in a map of others.";
    MAP_RATIO: Decimal "map_ratio" in "times", "×",
        "The price in a map of others over the one here.";
    SEVERAL_PRICES: List "several_prices", "Several here",
        "The prices here of which conditions decide that a map of others does not name.";
    MAP_REASON: Text "map_reason", "Remark",
        "Why a price of a map of others is not simply held beside one here.";
    MAP_REASON_CODE: Text "map_reason_code", "Code",
        "The stable name of what stands in `map_reason`.";
    LOOKED_FOR: Text "looked_for", "Looked for",
        "What is known of a price that is not stated: where it was looked for.";
    TABLE: Id "table", "Table",
        "The price table, by its path without the ending.";
    STATEMENT: Id "statement", "Statement",
        "What rests on the source: the keys that lead to it in its table.";
    UPSTREAM_MODEL: Text "upstream_model", "Upstream model",
        "Whether the route states which model answers: stated, claimed or not_stated.";
    ROUTE_STATUS: Text "route_status", "Status",
        "What the route has of a price: priced; quoted; not_entered (its owner publishes one); not_public (by its owner's word); not_found (which says nothing of its owner); subscription_only or do_not_use.";
    ENDPOINT: Text "endpoint", "Endpoint",
        "The endpoint or product that is called.";
    SIZE_HONOURED: Text "size_honoured", "Size kept",
        "Whether the route makes the size that is asked for: yes, no or not_stated.";
    QUALITY_HONOURED: Text "quality_honoured", "Quality kept",
        "Whether the route keeps to the quality that is asked for: yes, no or not_stated.";
    STOP_RULE: Text "stop_rule", "Stop rule",
        "What production needs and the sources read do not state of the route.";
    TERMS_MISSING: List "terms_missing", "Not stated",
        "The terms that production needs and the sources read do not state of the route.";
    READY: Flag "ready", "Ready",
        "Whether everything is stated that production needs.";
    WORK: Text "work", "Work",
        "The kind of work that a route is for: manual, product, batch or sensitive.";
    FIT: Text "fit", "Fits",
        "Whether offers of its kind fit the work: yes, conditional or no.";
    FIT_REASON: Text "fit_reason", "Why",
        "Why they fit or do not.";
    FIT_REASON_CODE: Text "fit_reason_code", "Why",
        "The stable name of what stands in `fit_reason`: guidance, no_guidance, ending, shut_down or no_images.";
    STILL_OPEN: List "still_open", "Still to be answered",
        "What must be known before the route is used for the work, and is not stated.";
    STILL_OPEN_CODES: List "still_open_codes", "Still to be answered",
        "The stable names of what stands in `still_open`, each once.";
    SEVERITY: Text "severity", "Severity",
        "How much it matters: error, warning, acknowledged, finding (why the exit code is 1, or what was given in vain) or hint.";
    CODE: Id "code", "Code",
        "The stable name of the finding.";
    FILE: Text "file", "File",
        "The file in which something stands.";
    COLUMN: Number "column", "Column",
        "The column in the line, from 1.";
    SHEET: Text "sheet", "Sheet",
        "The sheet of a workbook in which something stands.";
    CELL: Text "cell", "Cell",
        "The cell of the sheet, such as D7; of a workbook it stands in place of line and column.";
    ACKNOWLEDGED_ON: Day "acknowledged_on", "Acknowledged on",
        "The day on which the finding was accepted.";
    ACKNOWLEDGED_BECAUSE: Text "acknowledged_because", "Because",
        "Why the finding was accepted.";
    REASON: Text "reason", "Reason",
        "Why the cost is not exact, or why nothing is made.";
    REASON_CODES: List "reason_codes", "Reason codes",
        "The stable names of what stands in `reason`, each once; none where it is exact.";
}
