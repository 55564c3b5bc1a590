//! Checks of a budget for a gate: what is over, at an end, open, old or weak.
//!
//! ```text
//! forecast ─ limits, shutdowns, shortfall, unknowns ─┐
//! prices used ─ readiness, sources, quoted ──────────┼─► findings, each of a class ─ fail on ─► verdict
//! rows ÷ days, hours ─ capacity ─────────────────────┤
//! older budget or forecast ─ baseline ───────────────┘
//! ```

mod baseline;
mod capacity;
mod older_forecast;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::alerts::{Alert, alerts};
use super::error::{BudgetError, too_large};
use super::forecast::{FindingKind, Forecast, NotMade, forecast};
use super::limits::{LimitStatus, NotHeld, limits};
use super::made::Made;
use super::month::Month;
use super::total::Total;
use super::workload::Budget;
use crate::budget::Assumption;
use crate::budget::{AtAcceptance, PriceBasis, at_acceptance};
use crate::catalog::Catalog;
use crate::catalog::evidence::{Evidence, NotFresh};
use crate::catalog::readiness::Missing;
use crate::errors::Errors;
use crate::figure::Figure;
use crate::help::Sentence;
use crate::limit::LimitVerdict;
use crate::reason::{Budgeting, Reason, ReasonKind};

pub use baseline::{Baseline, BaselineChange, MaxIncrease, RowChange};
pub use capacity::{CapacityOpen, Counted, Peak};
pub use older_forecast::{OlderForecast, read as read_older_forecast};

/// A class of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Class {
    /// A limit is exceeded by what is expected.
    Limit,
    /// A limit is exceeded by the high case with its margin, or it cannot be told.
    MarginNotCovered,
    /// A model is shut down within the budget.
    Shutdown,
    /// Something wanted cannot be made on some days: neither the route nor the model has a version then.
    NotMade,
    /// It costs more than the baseline, by more than is allowed.
    Increase,
    /// The stop rule finds a route not ready for production.
    Readiness,
    /// A source of a price is old or undated.
    SourceAge,
    /// The account's limits are not shown to carry the busiest minute.
    Capacity,
    /// A cost is not known.
    Unknown,
    /// Fewer images are accepted than wanted.
    Shortfall,
    /// A price rests on weak evidence.
    Quoted,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 11] = [
        Class::Limit,
        Class::MarginNotCovered,
        Class::Shutdown,
        Class::NotMade,
        Class::Increase,
        Class::Readiness,
        Class::SourceAge,
        Class::Capacity,
        Class::Unknown,
        Class::Shortfall,
        Class::Quoted,
    ];

    /// Those that fail a check where none are named.
    pub const DEFAULT: [Class; 5] =
        [Class::Limit, Class::MarginNotCovered, Class::Shutdown, Class::NotMade, Class::Increase];

    /// The word in flags and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Limit => "limit",
            Class::MarginNotCovered => "margin_not_covered",
            Class::Shutdown => "shutdown",
            Class::NotMade => "not_made",
            Class::Increase => "increase",
            Class::Readiness => "readiness",
            Class::SourceAge => "source_age",
            Class::Capacity => "capacity",
            Class::Unknown => "unknown",
            Class::Shortfall => "shortfall",
            Class::Quoted => "quoted",
        }
    }

    /// What to do about a finding of the class.
    pub fn remedy(self) -> &'static str {
        match self {
            Class::Limit => "lower volume, quality or attempts, or raise the limit",
            Class::MarginNotCovered => "leave more room below the limit, or narrow the range",
            Class::Shutdown => "move the workload before that day, or name a replacement",
            Class::NotMade => {
                "move the workload to days that have a version, or take another route"
            }
            Class::Increase => "explain the increase and take over the new baseline, or undo it",
            Class::Readiness => "get what is missing in writing, or take another route",
            Class::SourceAge => "read the source again",
            Class::Capacity => {
                "state `capacity` where it is open, spread the work, or use a higher tier"
            }
            Class::Unknown => "answer the open question under `assume`, or take another route",
            Class::Shortfall => "allow more attempts, or plan with fewer images",
            Class::Quoted => "confirm the price with its owner",
        }
    }
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckFinding {
    /// Its class.
    pub class: Class,
    /// The workload, route or limit that it is about.
    pub subject: String,
    /// The first month that it concerns, if it is one of months.
    pub month: Option<Month>,
    /// What was found.
    pub detail: Detail,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Detail {
    /// How a limit stands in its first such month, and in how many months it does.
    Limit(LimitStatus, usize),
    /// More in the busiest minute than the tier allows.
    Peak(Peak),
    /// The increase over the baseline, which is kept beside the findings.
    Increase,
    /// What stands in the way, or why a cost is not known.
    Open(Reason),
    /// The fields of the stop rule that a route leaves open.
    Readiness(Vec<Missing>),
    /// A source that is not fresh, and why.
    Source(Evidence, NotFresh),
    /// A price that rests on one secondary source, or on sources that contradict each other.
    Quoted,
    /// What is not known of an account's limits.
    Capacity(CapacityOpen),
}

/// What fails a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The classes that fail it; the others warn.
    pub fail_on: BTreeSet<Class>,
    /// How old a source may be, in days.
    pub max_age: u64,
    /// By how much the cost may exceed the baseline.
    pub max_increase: MaxIncrease,
}

/// What a check found.
#[derive(Debug, Clone)]
pub struct Check {
    /// The findings: those that fail first, then by class.
    pub findings: Vec<CheckFinding>,
    /// How every limit of the budget stands.
    pub limits: Vec<LimitStatus>,
    /// When shares of its limits are reached.
    pub alerts: Vec<Alert>,
    /// The classes that fail it.
    pub fail_on: BTreeSet<Class>,
    /// The cost over all months.
    pub total: Figure<Decimal>,
    /// What leaves the account in US dollars, each month's credit bought at once; `None` where that is the cost.
    pub cash: Option<Figure<Decimal>>,
    /// What each month comes to, in order.
    pub by_month: Vec<Total>,
    /// The margin that is added before a cost is held against a limit, as a share.
    pub margin: Decimal,
    /// How much of what is planned is made.
    pub made: Made,
    /// The weakest that its prices rest on; `None` where nothing has a price.
    pub price_basis: Option<PriceBasis>,
    /// Why images are planned and not one of them has a price; empty where any has.
    pub no_price: Vec<Sentence>,
    /// What is planned and cannot be made.
    pub not_made: Vec<NotMade>,
    /// The months in which a workload has no volume, by its name.
    pub not_planned: BTreeMap<String, Vec<Month>>,
    /// The first and the last month.
    pub months: (Month, Month),
    /// The first and the last month of the budget that they are a part of, where they are not all.
    pub part_of: Option<[Month; 2]>,
    /// The limits of more months than it has, which are held against nothing.
    pub not_held: Vec<NotHeld>,
    /// The change from the baseline, if there is one.
    pub baseline: Option<BaselineChange>,
    /// What it would cost at another acceptance; `None` where each workload has one of its own.
    pub at_acceptance: Option<AtAcceptance>,
    /// What was assumed.
    pub assumptions: Vec<Assumption>,
}

impl Check {
    /// The findings that fail it.
    pub fn failures(&self) -> impl Iterator<Item = &CheckFinding> {
        self.findings.iter().filter(|finding| self.fails(finding))
    }

    /// Whether a finding fails the check; else it warns.
    pub fn fails(&self, finding: &CheckFinding) -> bool {
        self.fail_on.contains(&finding.class)
    }
}

/// Checks a budget.
///
/// # Errors
/// Workloads that cannot be priced, of the budget or of the older one.
pub fn check(
    catalog: &Catalog,
    budget: &Budget,
    rules: &Rules,
    baseline: Option<&Baseline>,
    today: NaiveDate,
) -> Result<Check, Errors<BudgetError>> {
    let found = forecast(catalog, budget, today)?;
    let limits = limits(budget, &found).map_err(too_large)?;
    let mut findings = of_limits(&limits);
    findings.extend(of_forecast(&found));
    findings.extend(sources::findings(&found, rules.max_age, today));
    findings.extend(capacity::findings(budget, &found).map_err(too_large)?);
    let baseline = match baseline {
        Some(baseline) => {
            Some(baseline::change(catalog, baseline, budget, &found, rules.max_increase, today)?)
        }
        None => None,
    };
    if baseline.as_ref().is_some_and(|change| change.is_too_much != Some(false)) {
        findings.push(CheckFinding {
            class: Class::Increase,
            subject: "baseline".into(),
            month: None,
            detail: Detail::Increase,
        });
    }
    let total = found.cost().map_err(too_large)?;
    let fail_on = failing(rules, &total);
    findings.sort_by_key(|it| (!fail_on.contains(&it.class), it.class));
    let at_acceptance = at_acceptance(catalog, budget, &found, today).map_err(too_large)?;
    Ok(Check {
        margin: budget.margin,
        findings,
        limits,
        alerts: alerts(budget, &found).map_err(too_large)?,
        fail_on,
        total,
        cash: super::cash(&found, &budget.fx).map_err(too_large)?,
        by_month: found.months().map_err(too_large)?.to_vec(),
        made: found.made(),
        price_basis: found.price_basis(),
        no_price: found.no_price(),
        not_made: found.not_made(),
        not_planned: found.not_planned,
        months: (budget.start, budget.last()),
        part_of: budget.part_of,
        not_held: budget.limits_not_held(),
        at_acceptance,
        baseline,
        assumptions: found.assumptions,
    })
}

/// The classes that fail it: of a cost of which no part is known nothing was checked, so that `unknown` is one of them.
fn failing(rules: &Rules, total: &Figure<Decimal>) -> BTreeSet<Class> {
    let nothing_known = total.high().is_none() && total.low().is_zero();
    let more = nothing_known.then_some(Class::Unknown);
    rules.fail_on.iter().copied().chain(more).collect()
}

/// A finding for each limit that is not held: its first month, and how many there are.
fn of_limits(limits: &[LimitStatus]) -> Vec<CheckFinding> {
    let mut findings: Vec<CheckFinding> = Vec::new();
    for status in limits {
        let class = match status.verdict {
            LimitVerdict::Within => continue,
            LimitVerdict::Over => Class::Limit,
            LimitVerdict::MarginNotCovered => Class::MarginNotCovered,
            LimitVerdict::Unknown => Class::Limit,
        };
        let same = |known: &&mut CheckFinding| match &known.detail {
            Detail::Limit(first, _) => {
                known.class == class
                    && first.scope == status.scope
                    && first.period.unit() == status.period.unit()
            }
            _ => false,
        };
        match findings.iter_mut().find(same) {
            Some(CheckFinding { detail: Detail::Limit(_, months), .. }) => *months += 1,
            _ => findings.push(CheckFinding {
                class,
                subject: status.scope.in_words(),
                month: status.month(),
                detail: Detail::Limit(status.clone(), 1),
            }),
        }
    }
    findings
}

/// What the forecast itself has found, and costs that are not known.
fn of_forecast(found: &Forecast) -> Vec<CheckFinding> {
    let mut findings: Vec<CheckFinding> = Vec::new();
    let mut known: BTreeSet<(Class, Arc<str>, ReasonKind)> = BTreeSet::new();
    for finding in &found.findings {
        let class = match finding.kind {
            FindingKind::Shutdown => Class::Shutdown,
            FindingKind::NoVersion => Class::NotMade,
            FindingKind::Shortfall => Class::Shortfall,
            FindingKind::Unknown => Class::Unknown,
        };
        let (workload, month) = (finding.workload.as_str().into(), Some(finding.month));
        add_once(&mut findings, &mut known, (class, workload, month), finding.why.clone());
    }
    // A shutdown without a replacement is not made either, and what is not made has a cost that nobody knows: a gate on
    // any of the classes sees it.
    for missed in found.not_made() {
        let (month, why) = (missed.months.first().copied(), &missed.why);
        let workload: Arc<str> = missed.workload.as_str().into();
        let of_class = |class| (class, workload.clone(), month);
        add_once(&mut findings, &mut known, of_class(Class::NotMade), why.clone());
        let unknown = Budgeting::CostOfNotMade.into();
        add_once(&mut findings, &mut known, of_class(Class::Unknown), unknown);
    }
    for (row, reasons) in found.unknown_rows() {
        let reasons = reasons.iter().filter(|why| row.not_made.as_ref() != Some(why));
        for reason in reasons {
            let of = (Class::Unknown, row.workload.clone(), Some(row.month));
            add_once(&mut findings, &mut known, of, reason.clone());
        }
    }
    findings
}

/// Adds a finding that its class does not have of the workload yet.
fn add_once(
    findings: &mut Vec<CheckFinding>,
    known: &mut BTreeSet<(Class, Arc<str>, ReasonKind)>,
    (class, workload, month): (Class, Arc<str>, Option<Month>),
    why: Reason,
) {
    if known.insert((class, workload.clone(), why.kind().clone())) {
        let (subject, detail) = (workload.to_string(), Detail::Open(why));
        findings.push(CheckFinding { class, subject, month, detail });
    }
}
