//! The sources of each command, and what each argument is tried with.

/// Where what is priced comes from, for one command.
pub(crate) struct Source {
    pub name: &'static str,
    pub command: &'static [&'static str],
    pub args: &'static [&'static str],
    /// A file that is piped in.
    pub stdin: Option<&'static str>,
}

const fn source(
    name: &'static str,
    command: &'static [&'static str],
    args: &'static [&'static str],
) -> Source {
    Source { name, command, args, stdin: None }
}

const fn piped(
    name: &'static str,
    command: &'static [&'static str],
    args: &'static [&'static str],
    file: &'static str,
) -> Source {
    Source { name, command, args, stdin: Some(file) }
}

const BODY: &str = "fixtures/requests/generation.json";
const BATCH: &str = "fixtures/examples/batch.jsonl";
const REPLY: &str = "fixtures/examples/reply.json";
const YAML: &str = "fixtures/budgets/posters.yaml";
const CSV: &str = "fixtures/budgets/valid/volumes.csv";
const UNCERTAIN: &str = "fixtures/budgets/uncertain.yaml";
const BILL: &str = "fixtures/bills/openai_costs.json";
const USAGE: &str = "fixtures/usage/one-model.csv";
const USAGE_EXPORT: &str = "fixtures/usage/openai-completions.json";
const PILOT: &str = "fixtures/examples/pilot.csv";

pub(crate) const SOURCES: &[Source] = &[
    source("flags", &["estimate"], &["--prompt-tokens", "60"]),
    source("body", &["estimate"], &["--request", BODY]),
    piped("-", &["estimate"], &["--request", "-"], BODY),
    source("Batch file", &["estimate"], &["--request", BATCH]),
    source("reply", &["estimate"], &["--usage", REPLY, "--model", "gpt-image-2"]),
    source("flags", &["compare"], &["--prompt-tokens", "60"]),
    source("FILE", &["compare"], &[BODY]),
    source("body", &["compare"], &["--request", BODY]),
    piped("-", &["compare"], &["--request", "-"], BODY),
    source("reply", &["compare"], &["--usage", REPLY, "--model", "gpt-image-2"]),
    source("flags", &["budget", "forecast"], &["--images", "1000", "--months", "2"]),
    source("YAML", &["budget", "forecast"], &[YAML]),
    piped("-", &["budget", "forecast"], &["-"], YAML),
    source("CSV", &["budget", "forecast"], &[CSV]),
    source("--volumes", &["budget", "forecast"], &["--volumes", CSV]),
    source("YAML", &["budget", "compare"], &[YAML]),
    source("CSV", &["budget", "compare"], &[CSV, "--routes", "openai/gpt-image-2"]),
    source("YAML", &["budget", "check"], &[YAML]),
    source("CSV", &["budget", "check"], &[CSV]),
    source("YAML", &["budget", "simulate"], &[UNCERTAIN, "--runs", "20"]),
    source("YAML", &["budget", "afford"], &[YAML, "--limit", "3000"]),
    source("CSV", &["budget", "afford"], &[CSV, "--limit", "3000"]),
    source("nothing", &["budget", "init"], &[]),
    source("nothing", &["routes"], &["--model", "gpt-image-2"]),
    source("nothing", &["routes", "list"], &["--model", "gpt-image-2"]),
    source("a route", &["routes", "show"], &["openai/gpt-image-2"]),
    source("nothing", &["routes", "check"], &["--model", "gpt-image-2"]),
    source("nothing", &["routes", "choose"], &["--for", "batch", "--model", "gpt-image-2"]),
    source("a folder", &["prices", "check"], &["fixtures/pricing/amended"]),
    source("two days", &["prices", "diff"], &["2026-05-08", "2026-11-21", "--owners", "openai"]),
    source("a map", &["prices", "diff"], &["2026-11-21", "fixtures/price_maps/litellm.json"]),
    source("a model", &["prices", "list"], &["--model", "gpt-image-2"]),
    source("sources", &["prices", "list"], &["--sources"]),
    source("an offer", &["prices", "init"], &["acme", "--per-image", "0.25"]),
    source("nothing", &["schema"], &[]),
    source("a model", &["models"], &["gpt-image-2"]),
    source("a size", &["sizes"], &["2048x2048"]),
    source("a set", &["pilot"], &[]),
    source("a log", &["pilot", "read"], &[PILOT]),
    source("a bill", &["bill", "reconcile"], &[BILL]),
    source("a log", &["bill", "reconcile"], &[BILL, "--usage", USAGE_EXPORT]),
    source("CSV", &["usage", "cost"], &[USAGE]),
    piped("-", &["usage", "cost"], &["-"], USAGE),
    source("an export", &["usage", "cost"], &[USAGE_EXPORT]),
    source("a shell", &["completions"], &["bash"]),
];

/// A mainline model with all that it reads and writes: without it, no cost is known.
const MAINLINE: &[&str] = &[
    "--mainline-model",
    "gpt-6-luna",
    "--mainline-input-tokens",
    "800",
    "--mainline-output-tokens",
    "40",
];

/// The rate of a currency, and a report in it.
const EURO_RATE: &[&str] = &["--fx", "EUR/USD=1.08"];
const IN_EUROS: &[&str] = &["--fx", "EUR/USD=1.08", "--currency", "EUR"];

/// What an argument is tried with.
pub(super) enum Sample {
    /// A value.
    Value(&'static str),
    /// A value, beside arguments without which it says nothing.
    With(&'static str, &'static [&'static str]),
    /// No value.
    Switch,
    /// It names what is priced, and each source does so.
    Subject,
    /// It is not tried, for this reason.
    Not(&'static str),
}

use self::Sample::{Not, Subject, Switch, Value, With};

/// Samples of one command go before those of all.
pub(super) const SAMPLES: &[(&str, &str, Sample)] = &[
    // What each source names.
    ("", "given", Subject),
    ("", "request", Subject),
    ("", "usage", Subject),
    ("", "file", Subject),
    ("", "volumes", Subject),
    ("", "a", Subject),
    ("", "b", Subject),
    ("", "bills", Subject),
    ("prices init", "owner", Subject),
    ("prices list", "routes", Subject),
    ("prices list", "versions", Switch),
    // The rates in yuan are among those that a table keeps back.
    ("prices list", "fx", With("CNY/USD=0.14", &["--format", "csv"])),
    ("prices list", "sources", Switch),
    ("prices list", "archive", Value("{new}.tar.gz")),
    ("prices list", "tool", Value("litellm")),
    ("prices check", "folder", Subject),
    ("models", "id", Subject),
    ("models", "model", Subject),
    ("sizes", "size", Subject),
    ("routes show", "route", Subject),
    ("routes check", "route", Subject),
    ("", "allow_files", Value("fixtures")),
    // What a spreadsheet writes in one way alone is not changed by the flags, which is said.
    ("", "decimal", Value("comma")),
    ("", "dates", Value("dmy")),
    ("budget init", "format", Value("csv")),
    ("", "ignore_key", Value("seed")),
    // The request.
    ("", "model", Value("gpt-image-2.5-flare")),
    ("", "size", Value("1024x1536")),
    ("", "quality", Value("low")),
    ("", "n", Value("3")),
    ("", "prompt", Value("two red foxes and a white hare in the deep snow of a long night")),
    ("", "prompt_file", Value("fixtures/budgets/posters.yaml")),
    ("", "prompt_tokens", Value("500")),
    ("", "billed_text_tokens", Value("500")),
    ("", "input_image", Value("1024x1536")),
    ("", "input_fidelity", Value("high")),
    ("", "partial_images", Value("2")),
    ("", "processing", Value("batch")),
    ("", "text_output_tokens", Value("300")),
    ("", "cached_text_tokens", Value("5")),
    ("", "cached_image_tokens", Value("5")),
    ("", "mainline_model", Value("gpt-6-luna")),
    ("", "mainline_input_tokens", Value("900")),
    ("", "mainline_cached_tokens", Value("100")),
    ("", "mainline_output_tokens", Value("50")),
    ("", "turns", Value("3")),
    // Attempts and volumes.
    ("", "images", Value("5000")),
    ("", "acceptance", Value("55%")),
    ("", "attempts", Value("2.5")),
    ("", "failure_rate", Value("4%")),
    ("", "block_rate", Value("4%")),
    ("", "timeout_rate", Value("4%")),
    ("", "max_attempts", Value("2")),
    ("", "growth", Value("7%")),
    ("", "seasonality", Value("1=1.4")),
    ("", "review_cost", Value("0.05")),
    ("", "name", Value("signs")),
    ("", "start", Value("2027-02")),
    ("", "from", Value("2027-02")),
    ("", "to", Value("2026-12")),
    ("", "months", Value("5")),
    // Prices.
    ("", "route", Value("fal/gpt-image-2")),
    ("", "resolution", Value("2K")),
    ("", "fx", Value("CNY/USD=0.14")),
    ("", "quoted", Switch),
    ("", "top_up", Value("500")),
    ("", "as_of", Value("2026-09-01")),
    ("", "known_on", Value("2026-10-01")),
    ("", "assume_held_since", Value("2026-09-01")),
    ("", "data_residency", Switch),
    ("", "pricing", With("fixtures/pricing/amended", &["--format", "json"])),
    ("", "replace", Value("gpt-image-1.5=gpt-image-2.5-flare")),
    // Limits and goals.
    ("", "limit", Value("1")),
    ("", "total_limit", Value("1")),
    ("", "margin", Value("25%")),
    ("", "max_cost", Value("0.000001")),
    ("", "max_cost_per_accepted", Value("0.01")),
    ("", "min_acceptance", Value("99%")),
    ("", "max_p90", Value("1")),
    ("", "width", Value("2%")),
    ("", "fail_on", Value("limit,at_risk,readiness,unknown,shortfall,quoted,source_age,capacity")),
    ("", "max_age", Value("1d")),
    ("budget simulate", "mainline_cached_tokens", With("100", MAINLINE)),
    ("budget simulate", "turns", With("3", MAINLINE)),
    ("prices check", "format", Value("json")),
    // On a day on which the sources are old.
    ("budget check", "as_of", Value("2027-02-01")),
    ("prices check", "as_of", Value("2027-06-01")),
    // At its default it would be the same as left out.
    ("", "final_size", Value("1536x1024")),
    ("budget check", "baseline", Value("fixtures/budgets/older.yaml")),
    ("", "max_increase", With("500%", &["--baseline", "fixtures/budgets/older.yaml"])),
    ("", "per", Value("month")),
    ("", "case", Value("low")),
    ("", "workload", Value("posters")),
    ("budget afford", "most", Switch),
    ("budget forecast", "probability", Value("80%")),
    ("", "runs", Value("60")),
    ("", "seed", Value("2")),
    ("", "threads", Not("how fast it runs, and no result")),
    // Which routes and models.
    ("compare", "models", Value("gpt-image-2.5-flare,gpt-image-2")),
    ("compare", "qualities", Value("low,high")),
    ("compare", "sizes", Value("1024x1024,1536x1024")),
    ("prices diff", "routes", Value("openai/gpt-image-2")),
    ("", "routes", Value("fal/gpt-image-2")),
    ("", "owners", Value("fal")),
    ("", "owner", Value("fal")),
    ("schema", "kind", Subject),
    ("completions", "shell", Subject),
    ("prices init", "kind", Value("wrapper")),
    ("", "kind", Value("provider")),
    ("", "confidence", Value("high")),
    ("", "status", Value("quoted")),
    ("routes choose", "for", Value("product")),
    ("routes choose", "work", Value("product")),
    ("", "baseline", Value("fal/gpt-image-2")),
    // Sizes and trials.
    ("", "min_pixels", Value("2000000")),
    ("", "aspect_tolerance", Value("30%")),
    ("", "set", Value("migration")),
    ("", "trials", Value("2")),
    ("", "reference", Value("1536x1024")),
    // Output.
    ("", "color", Not("of messages, which the runs here have none of: tests/cli/messages.rs")),
    ("", "no_config", Not("the runs here have no settings: tests/cli/settings.rs")),
    ("", "quiet", Not("what is said beside the output: tests/cli/messages.rs")),
    ("", "format", Value("markdown")),
    ("", "explain", Switch),
    ("", "by", Value("workload")),
    ("estimate", "by", Value("quality")),
    ("bill reconcile", "by", Value("month,kind")),
    ("bill reconcile", "tolerance", With("5USD", &["--usage", USAGE_EXPORT])),
    ("bill reconcile", "route", Value("microsoft/gpt-image-2")),
    ("bill reconcile", "timezone", Value("+02:00")),
    ("bill reconcile", "column", Value("requests=images")),
    ("bill reconcile", "ignore_column", Value("seed")),
    ("bill reconcile", "none", Value("cached_text_input")),
    // It has no texts, and the bill is no CSV.
    ("", "mapping", Value("fixtures/bills/mapping.yaml")),
    ("usage cost", "files", Subject),
    ("usage cost", "by", Value("project")),
    ("usage cost", "route", Value("microsoft/gpt-image-2")),
    ("usage cost", "with", Value("2026-05-01")),
    ("usage cost", "timezone", Value("+02:00")),
    ("usage cost", "column", Value("requests=images")),
    ("usage cost", "ignore_column", Value("seed")),
    ("usage cost", "none", Value("cached_text_input")),
    ("usage cost", "rejects", Value("{new}.csv")),
    ("pilot read", "files", Subject),
    ("pilot read", "append", Value("fixtures/examples/pilot.csv")),
    ("compare", "layout", Value("matrix")),
    ("", "layout", Value("wide")),
    ("", "save", Value("{new}.yaml")),
    ("", "output", Value("{new}.md")),
    ("", "force", Switch),
    ("", "log", Value("{new}.csv")),
    ("", "dir", Value("{new}")),
    ("", "wide", Switch),
    ("compare", "columns", Value("route,per_accepted_image")),
    ("", "columns", With("all", &["--format", "csv"])),
    ("", "cost_column", With("low", &["--format", "csv"])),
    ("", "sort", Value("owner")),
    ("", "top", Value("1")),
    ("", "all", Switch),
    ("", "notes", Switch),
    ("", "rows", Switch),
    ("", "exit_code", Switch),
    ("prices check", "acknowledged", Not("the tables of the fixture have nothing acknowledged")),
    ("prices check", "deny_warnings", Not("the tables of the fixture have no warning")),
    // An offer.
    ("", "alias", Value("acme/vip")),
    ("", "per_image", Value("0.5")),
    ("", "per_call", Value("0.03")),
    ("", "multiplier", Value("0.9")),
    ("", "of", Value("openai/gpt-image-2")),
    ("prices init", "currency", Value("EUR")),
    ("", "currency", With("EUR", EURO_RATE)),
    ("", "fx_day", With("2026-11-20", IN_EUROS)),
    ("", "fx_source", With("the ECB", IN_EUROS)),
    ("", "source", Value("offer by mail")),
    ("", "seen", Value("2026-11-18")),
];

pub(super) fn sample(command: &str, id: &str) -> Option<&'static Sample> {
    let of = |of: &str| SAMPLES.iter().find(|(known, name, _)| *known == of && *name == id);
    of(command).or_else(|| of("")).map(|(_, _, sample)| sample)
}
