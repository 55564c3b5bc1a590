//! The figures of a price version, a line each: what must not change once a version is published.
//!
//! Sources, dates and notes are no figures: they may be corrected. The last day is none either: a
//! version ends when the next one begins.

use rust_decimal::Decimal;

use super::conditions::{Conditions, Processing};

use super::price::{
    Classes, CreditValue, NotOffered, PriceUnit, PriceVersion, Rate, Rounding, RoundingMode,
    RoundingOf, SvgAuthoring,
};

/// The figures of a version, in the order of its table.
pub fn figures(version: &PriceVersion) -> Vec<String> {
    let mut lines = vec![format!("unit: {}", unit(&version.unit))];
    lines.extend(version.rates.iter().map(|it| rate(it)));
    for (index, list) in version.cheapest_of.iter().enumerate() {
        lines.extend(list.iter().map(|found| format!("list {}: {}", index + 1, rate(found))));
    }
    if version.factor != Decimal::ONE {
        lines.push(format!("all rates × {}", version.factor.normalize()));
    }
    if let Some(basis) = &version.basis {
        let covers: Vec<&str> = basis.covers.iter().map(|kind| kind.as_str()).collect();
        let factor = basis.factor.normalize();
        lines.push(format!("{} × {factor} ({} rates)", basis.route, covers.join(" and ")));
    }
    lines.extend(version.classes.as_ref().map(classes));
    let auto = &version.auto_means;
    lines.extend(auto.quality.iter().map(|quality| format!("quality auto means {quality}")));
    lines.extend(auto.class.iter().map(|class| format!("size auto means {class}")));
    lines.extend(version.images_per_call.map(|count| format!("up to {count} images a call")));
    lines.extend(version.rounding.as_ref().map(rounding));
    lines.extend(version.floor.map(|each| floor(each, &version.unit)));
    lines.extend(version.svg_authoring.iter().flat_map(svg_authoring));
    lines.extend(version.not_billed.iter().map(|meter| format!("{meter}: not billed")));
    for open in &version.not_stated {
        let meters: Vec<&str> = open.meters.iter().map(|meter| meter.as_str()).collect();
        lines.push(format!("{}: not stated{}", meters.join(", "), when(&open.when)));
    }
    let refused = version.not_offered.iter();
    lines.extend(refused.map(|row| format!("{}: not offered", not_offered(row))));
    lines
}

/// What is not offered, in words.
pub fn not_offered(row: &NotOffered) -> String {
    let what = [
        row.processing.map(|kind| format!("{} processing", kind.as_str())),
        row.quality.as_ref().map(|quality| format!("quality {quality}")),
        row.mode.map(|mode| mode.plural().to_owned()),
    ];
    what.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A rounding in words.
pub fn rounding(rounding: &Rounding) -> String {
    let of = match rounding.of {
        RoundingOf::Line => "each line",
        RoundingOf::Total => "the total",
    };
    let mode = match rounding.mode {
        RoundingMode::Up => "up",
        RoundingMode::Down => "down",
        RoundingMode::HalfEven => "half to even",
    };
    let disputed = if rounding.disputed { ", which is disputed" } else { "" };
    format!("{of} is rounded {mode} to {}{disputed}", rounding.to.normalize())
}

/// What writing an SVG file costs, in words.
pub fn svg_authoring(stated: &SvgAuthoring) -> Vec<String> {
    match stated {
        SvgAuthoring::Included => vec!["the price includes writing an SVG file".into()],
        SvgAuthoring::Rates(rates) => {
            rates.iter().map(|it| format!("writing an SVG file: {}", rate(it))).collect()
        }
    }
}

/// The floor of a call in words.
pub fn floor(each: Decimal, unit: &PriceUnit) -> String {
    format!("a call costs {} {} at the least", each.normalize(), unit.name())
}

/// A unit and what it is worth, in words.
pub fn unit(unit: &PriceUnit) -> String {
    match unit {
        PriceUnit::Currency(code) => code.clone(),
        PriceUnit::Credit(name, CreditValue::UsdEach(usd)) => {
            format!("{name} of ${}", usd.normalize())
        }
        PriceUnit::Credit(name, CreditValue::PerUsd(count)) => {
            format!("{name}, {} for $1", count.normalize())
        }
        PriceUnit::Credit(name, CreditValue::NotFound) => {
            format!("{name} of a value that was not found")
        }
    }
}

fn rate(rate: &Rate) -> String {
    let mut text = format!("{}: {} per {}", rate.meter, rate.price.normalize(), rate.per.as_str());
    text += &when(&rate.when);
    if rate.after > 0 {
        text += &format!(", after {}", rate.after);
    }
    if rate.whole_units {
        text += ", whole units";
    }
    if rate.inferred {
        text += ", its label inferred";
    }
    text
}

/// The conditions in words, with a comma in front; nothing where there are none.
fn when(when: &Conditions) -> String {
    conditions(when).iter().map(|condition| format!(", {condition}")).collect()
}

/// The conditions of a rate in words, one each.
pub fn conditions(when: &Conditions) -> Vec<String> {
    let batch = when.processing != Processing::Standard;
    let words = [
        batch.then(|| format!("{} processing", when.processing.as_str())),
        when.quality.as_ref().map(|quality| format!("quality {quality}")),
        when.size.map(|size| format!("size {size}")),
        when.class.as_ref().map(|class| format!("class {class}")),
        when.mode.map(|mode| mode.plural().to_owned()),
        when.format.as_ref().map(|format| format!("format {format}")),
        when.aspect.map(|aspect| aspect.as_str().replace('_', " ")),
        when.input_tokens_up_to.map(|most| format!("up to {most} input tokens")),
    ];
    words.into_iter().flatten().collect()
}

/// Resolution classes in words.
pub fn classes(classes: &Classes) -> String {
    let bucket = |bucket: &super::price::Bucket| match bucket.up_to {
        Some(most) => format!("{} up to {most}", bucket.name),
        None => bucket.name.clone(),
    };
    let buckets: Vec<String> = classes.buckets.iter().map(bucket).collect();
    format!("classes by {}: {}", classes.by.as_str(), buckets.join(", "))
}
