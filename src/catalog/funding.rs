//! How the unit of a price is bought. It applies to a volume and never to a single request.

use rust_decimal::Decimal;

use super::evidence::Evidence;

/// How an owner sells its unit: fees, bonuses, subscriptions, packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// A fee on each purchase.
    pub purchase_fee: Option<PurchaseFee>,
    /// A fee that is known to be taken at a rate that is not; the text says which.
    pub fee_not_stated: Option<String>,
    /// The smallest purchase, in US dollars.
    pub minimum_top_up: Option<Decimal>,
    /// Bonuses on large purchases, the smallest first.
    pub bonuses: Vec<Bonus>,
    /// Subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// Packs of credits.
    pub packs: Vec<Pack>,
    /// When what was bought is lost, in words; `None` if not stated.
    pub expiry: Option<String>,
    /// Who says so.
    pub evidence: Evidence,
}

#[cfg(test)]
impl Funding {
    /// Funding of which nothing is stated, for tests to fill in.
    pub(crate) fn nothing_stated() -> Funding {
        Funding {
            purchase_fee: None,
            fee_not_stated: None,
            minimum_top_up: None,
            bonuses: Vec::new(),
            subscriptions: Vec::new(),
            packs: Vec::new(),
            expiry: None,
            evidence: Evidence {
                source: "made up".into(),
                locators: crate::catalog::locator::Located::NotGiven,
                seen: None,
                confidence: crate::catalog::evidence::Confidence::High,
                note: None,
            },
        }
    }
}

impl Funding {
    /// Whether a volume takes another amount of cash than its value.
    pub fn changes_the_cash(&self) -> bool {
        self.purchase_fee.is_some()
            || self.fee_not_stated.is_some()
            || self.minimum_top_up.is_some()
            || !self.bonuses.is_empty()
    }
}

/// A fee on each purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurchaseFee {
    /// The share of the amount, from 0 to 1.
    pub share: Decimal,
    /// The least fee, in US dollars.
    pub minimum: Decimal,
    /// Whether the fee is added to the amount or taken out of it.
    pub taken: FeeTaken,
}

/// Where a purchase fee goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FeeTaken {
    /// Added: $100 of credit costs $105.
    OnTop,
    /// Inside: $100 paid gives $95.24 of credit.
    Inside,
}

impl FeeTaken {
    /// Every way.
    pub const ALL: [FeeTaken; 2] = [FeeTaken::OnTop, FeeTaken::Inside];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            FeeTaken::OnTop => "on_top",
            FeeTaken::Inside => "inside",
        }
    }
}

/// More credit for a large purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bonus {
    /// From this many US dollars.
    pub from: Decimal,
    /// The share that is added, from 0 to 1.
    pub share: Decimal,
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its name.
    pub name: String,
    /// Its price in US dollars; zero for a plan that is free of charge.
    pub price: Decimal,
    /// `month` or `year`.
    pub every: Every,
    /// The credits it gives each time; `None` if its quota is not published.
    pub credits: Option<Decimal>,
}

/// How often a subscription is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Every {
    /// Each month.
    Month,
    /// Each year.
    Year,
}

impl Every {
    /// Every period.
    pub const ALL: [Every; 2] = [Every::Month, Every::Year];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Every::Month => "month",
            Every::Year => "year",
        }
    }
}

/// A one-time purchase of credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pack {
    /// Its price in US dollars.
    pub price: Decimal,
    /// The credits it gives.
    pub credits: Decimal,
}
