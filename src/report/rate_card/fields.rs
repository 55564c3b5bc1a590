//! The fields of a line of the rate card.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::conditions::{Conditions, Mode, Processing};
use crate::catalog::evidence::RestsOn;
use crate::catalog::figures::{classes, unit};
use crate::catalog::price::{PriceUnit, PriceVersion};
use crate::catalog::route::Route;
use crate::rate_card::{CardLine, CardRate, RateCard};
use crate::rating::TableRate;
use crate::report::dictionary::terms;
use crate::report::envelope::Output;
use crate::report::estimate::{OfRoute, OfVersion, of_contract, of_route, of_version};
use crate::report::record::{Each, Field, Record, Recorded, Value};
use crate::unit::Per;

/// The rates of the routes that were asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RateCardOutput<'a> {
    /// How many routes have a rate on it.
    pub priced_routes: usize,
    /// How many routes, or versions of routes, have none.
    pub unpriced: usize,
    /// A row for each rate, and for what is not billed, not stated or not offered.
    pub rows: Each<'a, Record<&'a CardLine>>,
}

impl Output for RateCardOutput<'_> {
    const NAME: &'static str = "rate-card";
    const COMMAND: &'static str = "prices list";
}

impl<'a> RateCardOutput<'a> {
    pub(super) fn of(card: &'a RateCard) -> RateCardOutput<'a> {
        let rows = Each::row(|| card.lines.iter());
        RateCardOutput { priced_routes: card.priced_routes, unpriced: card.unpriced.len(), rows }
    }
}

impl OfRoute for &CardLine {
    fn route(&self) -> Option<&Route> {
        Some(&self.table.route)
    }
}

impl OfVersion for &CardLine {
    fn version(&self) -> Option<&PriceVersion> {
        Some(CardLine::version(self))
    }

    fn rests_on(&self) -> Option<RestsOn<'_>> {
        CardLine::rests_on(self)
    }
}

impl CardLine {
    fn rate(&self) -> Option<&TableRate> {
        match &self.says {
            CardRate::Priced(rate, _) => Some(rate),
            _ => None,
        }
    }

    /// The price of a rate or a floor, and for how many units it is.
    fn price(&self) -> Option<(Decimal, Per)> {
        match &self.says {
            CardRate::Priced(rate, _) => Some((rate.rate.price, rate.rate.per)),
            CardRate::Floor(floor, _) => Some((*floor, Per::One)),
            CardRate::SvgAuthoring(rate, _) => Some((rate.price, rate.per)),
            _ => None,
        }
    }

    fn when(&self) -> Option<&Conditions> {
        self.says.conditions()
    }

    /// The kind of processing of a rate, or that is not offered.
    fn processing(&self) -> Option<Processing> {
        match &self.says {
            CardRate::NotOffered(row) => row.processing,
            says => says.conditions().map(|when| when.processing),
        }
    }

    fn quality(&self) -> Option<&str> {
        match &self.says {
            CardRate::NotOffered(row) => row.quality.as_deref(),
            says => says.conditions()?.quality.as_deref(),
        }
    }

    fn mode(&self) -> Option<Mode> {
        match &self.says {
            CardRate::NotOffered(row) => row.mode,
            says => says.conditions()?.mode,
        }
    }

    /// The class of a rate, and what borders it.
    fn class(&self) -> Option<String> {
        let name = self.when()?.class.as_ref()?;
        Some(match &CardLine::version(self).classes {
            Some(found) => format!("{name} ({})", classes(found)),
            None => name.clone(),
        })
    }

    fn notes(&self) -> String {
        let rests_on = CardLine::rests_on(self);
        let statements = rests_on.iter().flat_map(|it| it.statements());
        statements.filter_map(|it| it.note.as_deref()).collect::<Vec<_>>().join("; ")
    }
}

impl Recorded for &CardLine {
    const NAME: &'static str = "card_line";

    fn fields() -> Vec<Field<Self>> {
        let mut fields = of_route();
        fields.extend(of_contract());
        fields.extend(of_rate());
        fields.extend(of_conditions());
        fields.extend(of_version());
        fields
            .push(terms::NOTE.of(|it: &Self| Some(it.notes()).filter(|it| !it.is_empty()).into()));
        fields
    }
}

/// What is charged.
fn of_rate<'a>() -> Vec<Field<&'a CardLine>> {
    vec![
        terms::RATE_STATE.of(|it: &&CardLine| it.says.as_str().into()),
        terms::METER.of(|it| it.says.meter().map(|it| it.as_str()).into()),
        terms::UNIT.of(|it| it.says.meter().map(|it| it.counted()).into()),
        terms::UNIT_PRICE.of(|it| it.price().map(|(price, _)| price).into()),
        terms::PER.of(|it| it.price().map(|(_, per)| per.count()).into()),
        terms::PRICE_UNIT.of(|it| it.price().map(|_| CardLine::version(it).unit.name()).into()),
        terms::CREDIT_VALUE.of(|it| {
            let found = &CardLine::version(it).unit;
            matches!(found, PriceUnit::Credit(..)).then(|| unit(found)).into()
        }),
        terms::PRICE_IN_USD.of(|it| match &it.says {
            CardRate::Priced(_, dollars)
            | CardRate::Floor(_, dollars)
            | CardRate::SvgAuthoring(_, dollars) => (*dollars).into(),
            _ => Value::Blank,
        }),
        terms::RATE_LIST.of(|it| it.list.map(|list| list as u64).into()),
        terms::RESTS_ON.of(|it| it.rate().and_then(|it| it.basis.as_deref()).into()),
        terms::LOOKED_FOR.of(|it| match &it.says {
            CardRate::NotStated(_, open) => open.why.to_string().into(),
            _ => Value::Blank,
        }),
    ]
}

/// When it is charged.
fn of_conditions<'a>() -> Vec<Field<&'a CardLine>> {
    vec![
        terms::PROCESSING.of(|it: &&CardLine| it.processing().map(|it| it.as_str()).into()),
        terms::QUALITY.of(|it| it.quality().into()),
        terms::SIZE.of(|it| it.when().and_then(|it| it.size).map(|it| it.to_string()).into()),
        terms::RESOLUTION.of(|it| it.class().into()),
        terms::MODE.of(|it| it.mode().map(|it| it.as_str()).into()),
        terms::OUTPUT_FORMAT.of(|it| it.when().and_then(|it| it.format.as_deref()).into()),
        terms::ASPECT.of(|it| it.when().and_then(|it| it.aspect).map(|it| it.as_str()).into()),
        terms::INPUT_TOKENS_UP_TO.of(|it| it.when().and_then(|it| it.input_tokens_up_to).into()),
        terms::BEYOND.of(|it| it.rate().map(|it| it.rate.after).filter(|it| *it > 0).into()),
        terms::WHOLE_UNITS.of(|it| it.rate().map(|it| it.rate.whole_units).into()),
    ]
}
