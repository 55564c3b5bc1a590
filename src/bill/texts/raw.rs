//! Rules for texts as they are written, in `bills/texts.yaml` and in the mapping of a user.

use crate::catalog::check::Checker;
use crate::catalog::conditions::Processing;
use crate::catalog::raw::{RawEvidence, Text, Word};
use crate::catalog::yaml::{keys, span};
use crate::problem::ProblemCode;
use crate::unit::Meter;

use super::template::Template;
use super::{Rule, Texts, in_order};
use crate::bill::line::BillKind;

/// What free texts of bills mean.
#[derive(Debug, Default, schemars::JsonSchema)]
pub(in crate::bill) struct RawTexts {
    /// What texts call the meters: what may stand for `{meter}`.
    #[schemars(default)]
    pub meters: Vec<RawMeterNames>,
    /// What texts call the kinds of processing: what may stand for `{processing}`.
    #[schemars(default)]
    pub processings: Vec<RawProcessingNames>,
    /// The patterns of texts; the first that fits holds.
    #[schemars(default)]
    pub rules: Vec<RawRule>,
}

keys! { RawTexts: meters or empty, processings or empty, rules or empty }

/// What texts call a meter.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::bill) struct RawMeterNames {
    /// The meter.
    pub meter: Word<Meter>,
    /// Its names, in whatever case.
    pub names: Vec<Text>,
}

keys! { RawMeterNames: meter, names }

/// What texts call a kind of processing.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::bill) struct RawProcessingNames {
    /// The kind of processing.
    pub processing: Word<Processing>,
    /// Its names, in whatever case.
    pub names: Vec<Text>,
}

keys! { RawProcessingNames: processing, names }

/// A pattern of texts, and what a text of it means.
#[derive(Debug, schemars::JsonSchema)]
pub(in crate::bill) struct RawRule {
    /// The owner on whose bills it holds, by its id. Left out: on all.
    pub owner: Option<Text>,
    /// The pattern: words in whatever case, with `{model}` for a model of the tables, `{meter}` and `{processing}` for one of
    /// their names, and `{any}` for anything.
    pub text: Text,
    /// The model that is meant, where the pattern names none.
    pub model: Option<Text>,
    /// The meter that is meant, where the pattern names none.
    pub meter: Option<Word<Meter>>,
    /// The kind of processing that is meant, where the pattern names none.
    pub processing: Option<Word<Processing>>,
    /// What the amount is for, where that is more than usage.
    pub kind: Option<Word<BillKind>>,
    /// Who says so.
    pub evidence: Option<RawEvidence>,
}

keys! { RawRule: owner, text, model, meter, processing, kind, evidence }

/// The rules, if nothing is wrong with them.
pub(in crate::bill) fn texts(check: &mut Checker, raw: &RawTexts) -> Option<Texts> {
    let mut meters = Vec::new();
    for it in &raw.meters {
        let meter = check.word(&it.meter)?;
        meters.extend(names(check, &it.names)?.into_iter().map(|name| (name, meter)));
    }
    let mut processings = Vec::new();
    for it in &raw.processings {
        let processing = check.word(&it.processing)?;
        processings.extend(names(check, &it.names)?.into_iter().map(|name| (name, processing)));
    }
    let rules: Vec<Option<Rule>> = raw.rules.iter().map(|raw| rule(check, raw)).collect();
    Some(Texts {
        meters: in_order(meters),
        processings: in_order(processings),
        rules: rules.into_iter().collect::<Option<_>>()?,
    })
}

fn names(check: &mut Checker, raw: &[Text]) -> Option<Vec<String>> {
    let all: Vec<_> = raw.iter().map(|raw| check.text(raw).map(|it| it.to_lowercase())).collect();
    all.into_iter().collect()
}

fn rule(check: &mut Checker, raw: &RawRule) -> Option<Rule> {
    let owner = check.optional_text(raw.owner.as_ref());
    let text = check.text(&raw.text)?;
    let template = Template::of(&text).map_err(|wrong| {
        let message = format!("`{wrong}` has braces, and is no place of a pattern");
        let help = "the places are {model}, {meter}, {processing} and {any}";
        check.report(ProblemCode::UnknownWord, span(&raw.text), message, help);
    });
    let model = check.optional_text(raw.model.as_ref());
    let meter = raw.meter.as_ref().map_or(Some(None), |raw| check.word(raw).map(Some));
    let processing = raw.processing.as_ref().map_or(Some(None), |raw| check.word(raw).map(Some));
    let kind = raw.kind.as_ref().map_or(Some(None), |raw| check.word(raw).map(Some));
    let evidence = raw.evidence.as_ref().map_or(Some(None), |raw| check.evidence(raw).map(Some));
    evidence?;
    Some(Rule {
        owner: owner?,
        template: template.ok()?,
        model: model?,
        meter: meter?,
        processing: processing?,
        kind: kind?,
    })
}
