//! What a row of a log is priced with.

use std::sync::Arc;

use crate::catalog::model::Model;

use crate::catalog::model_rules::ModelRules;
use crate::rating::PriceTable;

/// The rules and prices of a route on a day.
pub(super) struct PricedOn {
    pub table: PriceTable,
    pub model: Arc<Model>,
    pub rules: Option<ModelRules>,
}
