//! One route as a contract for programs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::evidence::Evidence;
use crate::catalog::figures::figures;
use crate::catalog::image_tool::ImageTool;
use crate::catalog::life_cycle::Shutdown;
use crate::catalog::price::PriceVersion;
use crate::catalog::rate_limits::RateLimits;
use crate::catalog::route::Defaults;
use crate::catalog::terms::{Clause, Event, EventCharge, Term, Terms};
use crate::report::envelope::Output;
use crate::report::number::raw;
use crate::report::record::Record;
use crate::routes::Entry;

/// A route with its terms and all versions of its prices.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RouteOutput<'a> {
    /// The route on the day.
    #[serde(flatten)]
    pub row: Record<&'a Entry>,
    /// Where it is called; none where it is not stated.
    pub base_url: Option<&'a str>,
    /// What it makes of a request that leaves them out; none where it is not stated.
    pub defaults: Option<DefaultsOutput<'a>>,
    /// When its owner ends it; none where that is not stated of the route itself.
    pub shutdown: Option<ShutdownOutput<'a>>,
    /// What is said against using it.
    pub risks: &'a [String],
    /// The models that call the image model on it, if it is such a route.
    pub image_tool: Option<ImageToolOutput<'a>>,
    /// The clauses of the contract.
    pub terms: BTreeMap<&'static str, ClauseOutput<'a>>,
    /// Who pays for what happens to an attempt and delivers no image.
    pub failure_charges: BTreeMap<&'static str, ChargeOutput<'a>>,
    /// How much of it an account may use at a time; none where it is not stated.
    pub rate_limits: Option<RateLimitsOutput<'a>>,
    /// The versions of its prices, the oldest first.
    pub versions: Vec<VersionOutput<'a>>,
    /// What the owner advertises and is not a price.
    pub advertised: Option<StatementOutput<'a>>,
}

impl Output for RouteOutput<'_> {
    const NAME: &'static str = "route";
    const COMMAND: &'static str = "routes show";
}

/// The end of a route.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ShutdownOutput<'a> {
    /// The first day without it.
    pub on: String,
    /// The day on which that was announced; none where it is not stated.
    pub announced: Option<String>,
    /// What its owner names instead.
    pub replacements: &'a [String],
    /// Who says so.
    pub evidence: Record<&'a Evidence>,
}

/// What a route makes of a request that leaves it out.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct DefaultsOutput<'a> {
    /// The size.
    pub size: Option<String>,
    /// The quality.
    pub quality: Option<&'a str>,
    /// Who says so.
    pub evidence: Record<&'a Evidence>,
}

/// The models that call the image model, each billed by a table of its own.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ImageToolOutput<'a> {
    /// Their ids.
    pub mainline_models: &'a [String],
    /// Who says so.
    pub evidence: Record<&'a Evidence>,
    /// What adds to the bill and cannot be counted ahead.
    pub not_counted: Vec<StatementOutput<'a>>,
}

/// A statement and who says so.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct StatementOutput<'a> {
    /// The statement.
    pub text: &'a str,
    /// Who says so.
    pub evidence: Record<&'a Evidence>,
}

/// A clause of a contract.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ClauseOutput<'a> {
    /// `stated` in public, `attested` by the user who has it in writing, or `not_stated`.
    pub status: &'static str,
    /// What it says, in short.
    pub text: Option<&'a str>,
    /// Who says so.
    pub evidence: Option<Record<&'a Evidence>>,
}

/// Who pays for an attempt without an image.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ChargeOutput<'a> {
    /// The rule, such as `free`, `all_meters` or `not_stated`.
    pub charge: &'static str,
    /// Whether the user has it in writing, as against stated in public.
    pub attested: bool,
    /// Who says so.
    pub evidence: Option<Record<&'a Evidence>>,
}

/// How much of a route an account may use at a time.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RateLimitsOutput<'a> {
    /// The tiers of accounts, the lowest first.
    pub tiers: Vec<TierOutput<'a>>,
    /// Who says so.
    pub evidence: Record<&'a Evidence>,
}

/// What an account of a tier may use.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct TierOutput<'a> {
    /// The name of the tier.
    pub tier: &'a str,
    /// What an account must have paid to reach it, in US dollars.
    pub paid_usd: Option<String>,
    /// Tokens of all kinds in a minute.
    pub tokens_per_minute: Option<u64>,
    /// Images in a minute.
    pub images_per_minute: Option<u64>,
}

/// A version of the prices.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct VersionOutput<'a> {
    /// Its first day.
    pub from: String,
    /// The day after its last; none where it is open.
    pub until: Option<String>,
    /// The currency or credit of its prices.
    pub unit: &'a str,
    /// Its prices and what else decides the cost, in words.
    pub figures: Vec<String>,
    /// Who says so.
    pub evidence: Record<&'a Evidence>,
}

impl<'a> RouteOutput<'a> {
    pub(super) fn of(entry: &'a Entry) -> RouteOutput<'a> {
        let route = &entry.route;
        RouteOutput {
            row: Record::of(entry),
            base_url: route.base_url.as_deref(),
            defaults: route.defaults.as_ref().map(defaults),
            shutdown: route.shutdown.as_ref().map(shutdown),
            risks: &route.risks,
            image_tool: route.image_tool.as_ref().map(image_tool),
            terms: terms(&route.terms),
            failure_charges: charges(&route.terms),
            rate_limits: route.rate_limits.as_ref().map(rate_limits),
            versions: route.versions.iter().map(version).collect(),
            advertised: route.advertised.as_ref().map(|(text, by)| statement(text, by)),
        }
    }
}

fn statement<'a>(text: &'a str, by: &'a Evidence) -> StatementOutput<'a> {
    StatementOutput { text, evidence: Record::of(by) }
}

fn shutdown(shutdown: &Shutdown) -> ShutdownOutput<'_> {
    ShutdownOutput {
        on: shutdown.on.to_string(),
        announced: shutdown.announced.map(|day| day.to_string()),
        replacements: &shutdown.replacements,
        evidence: Record::of(&shutdown.evidence),
    }
}

fn defaults(defaults: &Defaults) -> DefaultsOutput<'_> {
    DefaultsOutput {
        size: defaults.size.map(|size| size.to_string()),
        quality: defaults.quality.as_deref(),
        evidence: Record::of(&defaults.evidence),
    }
}

fn image_tool(tool: &ImageTool) -> ImageToolOutput<'_> {
    ImageToolOutput {
        mainline_models: &tool.mainline_models,
        evidence: Record::of(&tool.evidence),
        not_counted: tool.not_counted.iter().map(|it| statement(&it.text, &it.evidence)).collect(),
    }
}

fn terms(terms: &Terms) -> BTreeMap<&'static str, ClauseOutput<'_>> {
    let clause = |clause: Clause| {
        let term = terms.clause(clause);
        let status = match term {
            Term::NotStated => "not_stated",
            Term::Stated(..) => "stated",
            Term::Attested(..) => "attested",
        };
        let (text, by) = term.stated().unzip();
        (clause.as_str(), ClauseOutput { status, text, evidence: by.map(Record::of) })
    };
    Clause::ALL.map(clause).into()
}

fn charges(terms: &Terms) -> BTreeMap<&'static str, ChargeOutput<'_>> {
    let charge = |event: Event| {
        let EventCharge { rule, evidence, attested } = terms.charge(event);
        let evidence = evidence.as_ref().map(Record::of);
        (event.as_str(), ChargeOutput { charge: rule.as_str(), attested: *attested, evidence })
    };
    Event::ALL.map(charge).into()
}

fn rate_limits(limits: &RateLimits) -> RateLimitsOutput<'_> {
    let tiers = limits.tiers.iter().map(|tier| TierOutput {
        tier: &tier.name,
        paid_usd: tier.paid.map(raw),
        tokens_per_minute: tier.tokens_per_minute,
        images_per_minute: tier.images_per_minute,
    });
    RateLimitsOutput { tiers: tiers.collect(), evidence: Record::of(&limits.evidence) }
}

fn version(version: &PriceVersion) -> VersionOutput<'_> {
    VersionOutput {
        from: version.period.first.to_string(),
        until: version.period.until.map(|day| day.to_string()),
        unit: version.unit.name(),
        figures: figures(version),
        evidence: Record::of(&version.evidence),
    }
}
