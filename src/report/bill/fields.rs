//! The fields of the rows of a bill.

use super::{term, words};
use crate::bill::{BillBy, BillRow};
use crate::report::dictionary::terms;
use crate::report::record::{Columns, Field, Recorded};

/// The columns of rows that are summed up so: owner, kind and currency stand in any case.
pub(super) fn columns<'a>(by: &[BillBy]) -> Columns<&'a BillRow> {
    Columns { fields: fields(by), with_ends: false }
}

/// The same fields without what was not asked for.
pub(super) fn fields<'a>(by: &[BillBy]) -> Vec<Field<&'a BillRow>> {
    let always = [BillBy::Owner, BillBy::Kind];
    let is_left_out = |it: &BillBy| {
        // A text stands in the place of a model that is not known.
        let is_text_of_model = *it == BillBy::Text && by.contains(&BillBy::Model);
        !by.contains(it) && !always.contains(it) && !is_text_of_model
    };
    let others: Vec<&str> =
        BillBy::ALL.into_iter().filter(is_left_out).map(|it| term(it).key).collect();
    let mut fields = <&BillRow>::fields();
    let has_meter = by.contains(&BillBy::Meter);
    fields.retain(|it| {
        let is_quantity = it.key() == terms::CONSUMED_QUANTITY.key;
        !others.contains(&it.key()) && (has_meter || !is_quantity)
    });
    fields
}

impl Recorded for &BillRow {
    const NAME: &'static str = "bill_row";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::DAY.of(|it: &Self| it.day.into()).where_asked(),
            terms::MONTH.of(|it: &Self| it.month.map(words::month).into()).where_asked(),
            terms::OWNER.of(|it: &Self| (&*it.owner).into()),
            terms::PROJECT.of(|it: &Self| it.project.as_deref().into()).where_asked(),
            terms::MODEL.of(|it: &Self| it.model.as_deref().into()).where_asked(),
            terms::PROCESSING
                .of(|it: &Self| it.processing.map(|it| it.as_str()).into())
                .where_asked(),
            terms::METER.of(|it: &Self| it.meter.map(|it| it.as_str()).into()).where_asked(),
            terms::BILL_TEXT.of(|it: &Self| it.text.as_deref().into()).where_asked(),
            terms::BILL_KIND.of(|it: &Self| it.kind.as_str().into()),
            terms::CONSUMED_QUANTITY.of(|it: &Self| it.quantity.into()).where_asked(),
            terms::LIST_COST.of(|it: &Self| it.list_cost.into()),
            terms::AGREED_COST.of(|it: &Self| it.agreed_cost.into()),
            terms::BILLED_COST.of(|it: &Self| it.billed_cost.into()),
            terms::CURRENCY.of(|it: &Self| (&*it.currency).into()),
            terms::IS_ESTIMATE.of(|it: &Self| it.is_estimate.into()),
            terms::BILL_ROWS.of(|it: &Self| it.rows.into()),
        ]
    }
}
