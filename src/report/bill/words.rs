//! A bill in words.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use super::{BillView, is_before_tax, lines};
use crate::bill::{Amounts, Bill, BillFile, BillFormat, BillKind, BillLine, by_currency};
use crate::catalog::Catalog;
use crate::report::block::Counted;
use crate::report::number;

/// The name of an owner; its id where the tables know none.
pub(super) fn owner_name(catalog: &Catalog, id: &str) -> String {
    let mut routes = catalog.route_ids().iter().filter(|route| route.owner == id);
    let owner = routes.next().and_then(|route| catalog.owner(route.kind, id).ok());
    owner.map_or_else(|| id.to_owned(), |owner| owner.name.clone())
}

pub(super) fn month(first: NaiveDate) -> String {
    format!("{}-{:02}", first.year(), first.month())
}

/// Amounts of several currencies: `$8.91 and EUR 5.42`.
fn in_words(amounts: &Amounts) -> String {
    let words: Vec<String> =
        amounts.iter().map(|(code, amount)| number::amount_in(code, *amount)).collect();
    match &words[..] {
        [] => "nothing".into(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The sums of lines; a sum that cannot be kept exact was refused when the bill was put together.
fn sums<'a>(lines: impl IntoIterator<Item = &'a BillLine>) -> Amounts {
    by_currency(lines).unwrap_or_default()
}

fn billed(bill: &Bill) -> impl Iterator<Item = &BillLine> {
    bill.lines.iter().filter(|line| is_before_tax(line.kind))
}

pub(super) fn title(bill: &Bill, view: BillView) -> String {
    let owners: Vec<String> =
        bill.owners().into_iter().map(|id| owner_name(view.catalog, id)).collect();
    let whose = match &owners[..] {
        [one] => format!(" of {one}"),
        [] => String::new(),
        several => format!(" of {} owners", several.len()),
    };
    let Some((from, to)) = bill.period() else {
        return format!("Bill{whose}: 0 lines, and nothing billed");
    };
    let is_estimate = bill.lines.iter().all(|line| line.is_estimate);
    let verb = if is_estimate { "estimated, not invoiced yet" } else { "billed" };
    let days = if from == to { from.to_string() } else { format!("{from} to {to}") };
    format!("Bill{whose}, {days}: {} {verb}", in_words(&sums(billed(bill))))
}

pub(super) fn facts(bill: &Bill, view: BillView) -> Vec<(String, String)> {
    let mut facts = of_kinds(bill);
    let owners = bill.owners();
    if owners.len() > 1 {
        for id in owners {
            let lines = billed(bill).filter(|line| &*line.owner == id);
            facts.push((owner_name(view.catalog, id), in_words(&sums(lines))));
        }
    }
    let estimated: Vec<&BillLine> = bill.lines.iter().filter(|line| line.is_estimate).collect();
    if !estimated.is_empty() && estimated.len() < bill.lines.len() {
        facts.push(("Not invoiced yet".into(), in_words(&sums(estimated))));
    }
    let unmatched = bill.lines.iter().filter(|line| line.is_unmatched);
    if bill.unmatched() > 0 {
        let of = format!("{}, {}", lines(bill.unmatched()), in_words(&sums(unmatched)));
        facts.push(("Text that no rule knows".into(), of));
    }
    facts.extend(elsewhere(bill, view));
    facts.extend(bill.restated.iter().map(|it| {
        let days = if it.from == it.to {
            it.from.to_string()
        } else {
            format!("{} to {}", it.from, it.to)
        };
        let what = format!(
            "{days} of {}: {} in place of {}, by {}",
            owner_name(view.catalog, &it.owner),
            in_words(&it.is),
            in_words(&it.was),
            it.by
        );
        ("Restated".to_owned(), what)
    }));
    facts.push(("Read".into(), read(bill)));
    facts
}

/// What is no usage, each kind by itself; tax is not in the sum.
fn of_kinds(bill: &Bill) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    for kind in BillKind::ALL {
        let of_kind: Vec<&BillLine> = bill.lines.iter().filter(|line| line.kind == kind).collect();
        if !of_kind.is_empty() {
            let amounts = in_words(&sums(of_kind));
            let name = kind.label().to_owned();
            facts.push(match kind {
                BillKind::Tax => (name, format!("{amounts}, not in the sum")),
                _ => (name, amounts),
            });
        }
    }
    match &facts[..] {
        [(only, _)] if *only == BillKind::Usage.label() => Vec::new(),
        _ => facts,
    }
}

fn elsewhere(bill: &Bill, view: BillView) -> Vec<(String, String)> {
    let mut sums: BTreeMap<(String, String), Amounts> = BTreeMap::new();
    for it in bill.files.iter().flat_map(|file| &file.elsewhere) {
        let key = (it.payee.to_string(), owner_name(view.catalog, &it.owner));
        *sums.entry(key).or_default().entry(it.currency.clone()).or_default() += it.amount;
    }
    let fact = |((payee, owner), amounts): ((String, String), Amounts)| {
        let what = format!("{} on your own key, and on no bill of {owner}", in_words(&amounts));
        (format!("Paid to {payee}"), what)
    };
    sums.into_iter().map(fact).collect()
}

fn read(bill: &Bill) -> String {
    let (rows, rejected) = bill.rows();
    let [rows, rejected] = [rows, rejected].map(number::count);
    let files = Counted::new(bill.files.len(), ("file", "files")).in_words();
    format!("{rows} rows of {files}, {rejected} rejected")
}

/// What a reader of the bill should know of it.
pub(super) fn notes(bill: &Bill, view: BillView) -> Vec<String> {
    let mut notes: Vec<String> = bill.files.iter().map(of_file).collect();
    let unfinished = bill.files.iter().filter(|file| file.goes_on);
    notes.extend(unfinished.map(|file| {
        format!(
            "{}: its last page says that more follow, and the bill is not whole without them.",
            file.file
        )
    }));
    notes.extend(open_months(bill, view.as_of));
    notes.extend(rates(bill));
    let has = |format: &[BillFormat]| bill.files.iter().any(|file| format.contains(&file.format));
    if has(&[BillFormat::OpenRouterActivity, BillFormat::OpenRouterActivityApi]) {
        notes.push("OpenRouter: the fee of buying credits is not in it.".into());
    }
    let beside: u64 = bill.files.iter().map(|file| file.beside).sum();
    if beside > 0 {
        notes.push(format!(
            "{} have costs of web search, cache or files beside the total, of which it is not stated whether that has them: they are \
             not added.",
            Counted::new(usize::try_from(beside).unwrap_or(usize::MAX), ("row", "rows")).in_words()
        ));
    }
    if has(&[BillFormat::OpenAiDashboard, BillFormat::OpenAiCosts]) {
        notes.push("OpenAI says that usage and costs need not agree exactly, and that costs are what is invoiced.".into());
    }
    notes
}

fn of_file(file: &BillFile) -> String {
    let empty = match file.empty {
        0 => String::new(),
        days => format!(", {} days without charges", number::count(days)),
    };
    let ignored = match &file.ignored[..] {
        [] => String::new(),
        ignored => format!(
            "; {} not read: {}",
            Counted::new(ignored.len(), ("column", "columns")).in_words(),
            ignored.join(", ")
        ),
    };
    format!(
        "{}: {}, {} rows, {} rejected{empty}{ignored}.",
        file.file,
        file.format.in_words(),
        number::count(file.rows),
        number::count(file.rejected)
    )
}

/// Months that have not ended: their owner may still change them.
fn open_months(bill: &Bill, as_of: NaiveDate) -> Vec<String> {
    let mut months: Vec<NaiveDate> =
        bill.lines.iter().filter_map(|line| line.day.with_day(1)).collect();
    months.sort_unstable();
    months.dedup();
    let ends_after = |first: &NaiveDate| {
        let next = first.checked_add_days(Days::new(31)).and_then(|day| day.with_day(1));
        next.is_some_and(|next| next > as_of)
    };
    let open: Vec<String> = months.into_iter().filter(ends_after).map(month).collect();
    match &open[..] {
        [] => Vec::new(),
        open => vec![format!(
            "As of {as_of} not ended, so that the owner may still change it: {}.",
            open.join(", ")
        )],
    }
}

/// The rates by which owners came to the amounts.
fn rates(bill: &Bill) -> Vec<String> {
    let mut rates: Vec<(String, Decimal, Option<NaiveDate>)> = Vec::new();
    for line in &bill.lines {
        if let Some(rate) = &line.rate {
            let pair =
                format!("1 {} is {} {}", rate.priced_in, rate.rate.normalize(), line.currency);
            let it = (pair, rate.rate, rate.day);
            if !rates.contains(&it) {
                rates.push(it);
            }
        }
    }
    let note = |(pair, _, day): (String, Decimal, Option<NaiveDate>)| {
        let day = day.map_or_else(String::new, |day| format!(", of {day}"));
        format!("The rate of the bill: {pair}{day}.")
    };
    rates.into_iter().map(note).collect()
}
