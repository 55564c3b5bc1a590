//! How the unit of a price is bought. It applies to a volume and never to a single request.

use rust_decimal::Decimal;

use super::evidence::Evidence;
use crate::exchange::{ExchangeRate, FxRates};
use crate::money::AmountTooLarge;

/// How an owner sells its unit: fees, bonuses, subscriptions, packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// The currency of all its amounts of money, as an ISO 4217 code.
    pub currency: String,
    /// A fee on each purchase.
    pub purchase_fee: Option<PurchaseFee>,
    /// A fee that is known to be taken at a rate that is not; the text says which.
    pub fee_not_stated: Option<String>,
    /// The smallest purchase.
    pub minimum_top_up: Option<Decimal>,
    /// Bonuses on large purchases, the smallest first.
    pub bonuses: Vec<Bonus>,
    /// A discount on what is used in a calendar month.
    pub volume_discount: Option<VolumeDiscount>,
    /// Credit that is given away. It is told, and never taken off: who gets it, the owner decides.
    pub promotional_credits: Vec<PromotionalCredit>,
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
            currency: Funding::USD.to_owned(),
            purchase_fee: None,
            fee_not_stated: None,
            minimum_top_up: None,
            bonuses: Vec::new(),
            volume_discount: None,
            promotional_credits: Vec::new(),
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
    /// The currency whose amounts need no exchange rate.
    pub const USD: &str = "USD";

    /// Whether its amounts are US dollars.
    pub fn is_usd(&self) -> bool {
        self.currency == Funding::USD
    }

    /// The same with what decides the cash for a volume in US dollars; its plans and packs, which do not, are left out.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if an amount cannot be kept exact.
    pub fn in_dollars(&self, rate: ExchangeRate) -> Result<Funding, AmountTooLarge> {
        let mut found = Funding { currency: Funding::USD.to_owned(), ..self.clone() };
        found.subscriptions.clear();
        found.packs.clear();
        found.promotional_credits.clear();
        let tiers = found.volume_discount.iter_mut().flat_map(|discount| &mut discount.tiers);
        let amounts = found
            .minimum_top_up
            .iter_mut()
            .chain(found.purchase_fee.iter_mut().map(|fee| &mut fee.minimum))
            .chain(found.bonuses.iter_mut().map(|bonus| &mut bonus.from))
            .chain(tiers.map(|tier| &mut tier.from));
        for amount in amounts {
            *amount = rate.dollars(*amount)?;
        }
        Ok(found)
    }

    /// The currency whose rate the cash for a volume needs, where an amount that decides it is not in US dollars.
    pub fn rate_needed(&self) -> Option<&str> {
        let has_amounts = self.minimum_top_up.is_some()
            || self.purchase_fee.is_some_and(|fee| !fee.minimum.is_zero())
            || !self.bonuses.is_empty()
            || self.volume_discount.is_some();
        (!self.is_usd() && has_amounts).then_some(self.currency.as_str())
    }

    /// Whether a volume takes another amount of cash than its value.
    pub fn changes_the_cash(&self) -> bool {
        self.purchase_fee.is_some()
            || self.fee_not_stated.is_some()
            || self.minimum_top_up.is_some()
            || !self.bonuses.is_empty()
            || self.volume_discount.is_some()
    }
}

/// A fee on each purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurchaseFee {
    /// The share of the amount, from 0 to 1.
    pub share: Decimal,
    /// The least fee.
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
    /// Inside, a share of the credit: at 5%, $100 paid gives $95.24 of credit.
    Inside,
    /// Inside, a share of the payment: at 5%, $100 paid gives $95 of credit.
    OfPayment,
}

impl FeeTaken {
    /// Every way.
    pub const ALL: [FeeTaken; 3] = [FeeTaken::OnTop, FeeTaken::Inside, FeeTaken::OfPayment];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            FeeTaken::OnTop => "on_top",
            FeeTaken::Inside => "inside",
            FeeTaken::OfPayment => "of_payment",
        }
    }
}

/// More credit for a large purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bonus {
    /// From this amount of a purchase.
    pub from: Decimal,
    /// The share that is added, from 0 to 1.
    pub share: Decimal,
}

/// Less to pay for much use in a calendar month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeDiscount {
    /// What of a month's value it is taken off.
    pub on: DiscountOn,
    /// Its tiers, the smallest first.
    pub tiers: Vec<DiscountTier>,
}

/// A tier of a discount on volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscountTier {
    /// From this value of a month's use at the list.
    pub from: Decimal,
    /// The share that is taken off, from 0 to 1.
    pub share: Decimal,
}

/// What of a month's value a discount is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DiscountOn {
    /// All of it, at the share of the highest tier that it reaches.
    Whole,
    /// What lies in each tier, at the share of that tier.
    Beyond,
}

impl DiscountOn {
    /// Every way.
    pub const ALL: [DiscountOn; 2] = [DiscountOn::Whole, DiscountOn::Beyond];

    /// The word in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            DiscountOn::Whole => "whole",
            DiscountOn::Beyond => "beyond",
        }
    }
}

/// Credit that an owner gives away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromotionalCredit {
    /// How much.
    pub amount: Decimal,
    /// To whom, and when: "each 30 days until the first purchase".
    pub given: String,
    /// After how many days it is lost; `None` if not stated.
    pub expires_after_days: Option<u64>,
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its name.
    pub name: String,
    /// Its price; zero for a plan that is free of charge.
    pub price: Decimal,
    /// The currency of the price, as an ISO 4217 code.
    pub currency: String,
    /// The period that the price is for: `month` or `year`.
    pub every: Every,
    /// How often it is paid: a price for a month may be paid by the year.
    pub paid: Payment,
    /// The least number of them that is sold; 1 where nothing else is stated.
    pub at_least: u64,
    /// The credits it gives each time; `None` if its quota is not known.
    pub credits: Option<Decimal>,
}

impl Subscription {
    /// Its price in US dollars; `None` where it is in another currency whose rate is not given, or too large.
    pub fn in_dollars(&self, fx: &FxRates) -> Option<Decimal> {
        match self.currency == Funding::USD {
            true => Some(self.price),
            false => fx.get(&self.currency)?.dollars(self.price).ok(),
        }
    }

    /// How many of its prices are due each time that it is paid: of a price for a month that is paid by the year, 12.
    pub fn prices_a_payment(&self) -> u32 {
        match (self.every, self.paid) {
            (Every::Month, Payment::Yearly) => 12,
            (Every::Month, Payment::Monthly) | (Every::Year, _) => 1,
        }
    }
}

/// How often a subscription is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Payment {
    /// Each month.
    Monthly,
    /// Each year, in advance.
    Yearly,
}

impl Payment {
    /// Every way.
    pub const ALL: [Payment; 2] = [Payment::Monthly, Payment::Yearly];

    /// The word in the tables and in budgets.
    pub fn as_str(self) -> &'static str {
        match self {
            Payment::Monthly => "monthly",
            Payment::Yearly => "yearly",
        }
    }

    /// From one payment to the next, in months.
    pub fn months(self) -> u32 {
        match self {
            Payment::Monthly => 1,
            Payment::Yearly => 12,
        }
    }
}

impl From<Every> for Payment {
    fn from(every: Every) -> Payment {
        match every {
            Every::Month => Payment::Monthly,
            Every::Year => Payment::Yearly,
        }
    }
}

/// The period that the price of a subscription is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Every {
    /// A month.
    Month,
    /// A year.
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

    /// `a month` or `a year`.
    pub fn in_words(self) -> &'static str {
        match self {
            Every::Month => "a month",
            Every::Year => "a year",
        }
    }
}

/// A one-time purchase of credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pack {
    /// Its price, in the currency of the funding.
    pub price: Decimal,
    /// The credits it gives.
    pub credits: Decimal,
}
