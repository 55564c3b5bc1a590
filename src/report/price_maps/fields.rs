//! The fields of a price of a map beside the tables.

use crate::catalog::evidence::RestsOn;
use crate::catalog::price::PriceVersion;
use crate::catalog::route::Route;
use crate::price_maps::{Here, MapRow};
use crate::report::dictionary::terms;
use crate::report::estimate::{OfRoute, OfVersion, of_route, of_version};
use crate::report::record::{Field, Recorded, Value};

use super::words;

impl OfRoute for &MapRow {
    fn route(&self) -> Option<&Route> {
        self.route.as_deref()
    }
}

impl OfVersion for &MapRow {
    fn version(&self) -> Option<&PriceVersion> {
        self.table.as_ref().map(|table| table.version())
    }

    fn rests_on(&self) -> Option<RestsOn<'_>> {
        MapRow::evidence(self).map(RestsOn::one)
    }
}

impl Recorded for &MapRow {
    const NAME: &'static str = "map_row";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> =
            vec![terms::MAP_STATE.of(|it: &Self| it.state.as_str().into())];
        fields.extend(of_route());
        fields.extend(of_price());
        fields.extend(of_conditions());
        fields.extend([
            terms::MAP_KEY.of(|it: &Self| it.key.as_deref().into()),
            terms::MAP_FIELD.of(|it| it.field.as_deref().into()),
            terms::MAP_SOURCE.of(|it| it.source.as_deref().into()),
            terms::MAP_REASON.of(|it| it.why.as_ref().map(ToString::to_string).into()),
            terms::MAP_REASON_CODE.of(|it| it.why.as_ref().map(|it| it.code()).into()),
        ]);
        fields.extend(of_version());
        fields
    }
}

/// What both sides charge.
fn of_price<'a>() -> Vec<Field<&'a MapRow>> {
    vec![
        terms::METER.of(|it: &&MapRow| it.meter.as_str().into()),
        terms::UNIT.of(|it| it.meter.counted().into()),
        terms::PER.of(|it| it.per.count().into()),
        terms::PRICE_IN_USD.of(|it| it.here_usd.into()),
        terms::MAP_PRICE.of(|it| it.there.into()),
        terms::MAP_RATIO.of(|it| it.ratio.into()),
        terms::SEVERAL_PRICES.of(|it| match &it.here {
            Here::Several(prices) => words::prices_in_words(prices).into(),
            _ => Value::Blank,
        }),
    ]
}

/// When it is charged.
fn of_conditions<'a>() -> Vec<Field<&'a MapRow>> {
    vec![
        terms::PROCESSING.of(|it: &&MapRow| it.when.processing.as_str().into()),
        terms::QUALITY.of(|it| it.when.quality.as_deref().into()),
        terms::SIZE.of(|it| it.when.size.map(|it| it.to_string()).into()),
        terms::RESOLUTION.of(|it| it.when.class.as_deref().into()),
        terms::MODE.of(|it| it.when.mode.map(|it| it.as_str()).into()),
        terms::INPUT_TOKENS_UP_TO.of(|it| it.when.input_tokens_up_to.into()),
    ]
}
