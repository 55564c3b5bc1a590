//! The sentences of what used images cost.

use super::UsageFound;
use crate::estimate::{PriceBasis, RejectedLines};
use crate::figure::Figure;
use crate::help::Sentence;
use crate::report::number::{count, dollar_figure_alone};

/// A number of rows.
pub(super) fn rows(number: u64) -> String {
    format!("{} {}", count(number), if number == 1 { "row" } else { "rows" })
}

/// The answer: what it cost, how much of it there is, and when it was used.
pub(super) fn title(found: &UsageFound) -> String {
    let cost = found.cost;
    let total = dollar_figure_alone(&cost.total);
    let tally = &cost.whole.tally;
    let images = match (tally.images, tally.rows_without_images) {
        (0, 1..) => String::new(),
        (1, 0) => " for 1 image".to_owned(),
        (images, 0) => format!(" for {} images", count(images)),
        (images, _) => format!(" for at least {} images", count(images)),
    };
    let days = cost.days.map_or_else(String::new, |(first, last)| match first == last {
        true => format!(", {first}"),
        false => format!(", {first} to {last}"),
    });
    format!("{total}{images}{days} ({})", found.zone)
}

/// What was read, and what each image cost.
pub(super) fn facts(found: &UsageFound) -> Vec<(String, String)> {
    let cost = found.cost;
    let [read, rated, rejected] =
        [found.counts.rows, cost.whole.tally.rows, cost.rejected_rows()].map(count);
    let mut facts =
        vec![("Rows".to_owned(), format!("{read} read: {rated} rated, {rejected} rejected"))];
    let mut add = |name: &str, text: String| facts.push((name.to_owned(), text));
    if !cost.cells.is_empty() && cost.whole.price_basis != PriceBasis::Dated {
        add("Prices", cost.whole.price_basis.in_words().to_owned());
    }
    if let Ok(Some(each)) = cost.whole.per_accepted_image() {
        let accepted = count(cost.whole.tally.accepted);
        add("Accepted", format!("{accepted} images, {} each", dollar_figure_alone(&each)));
    }
    if cost.whole.recorded.rows > 0 {
        let logged = dollar_figure_alone(&Figure::Exact(cost.whole.recorded.cost));
        let rows = rows(cost.whole.recorded.rows);
        add("Logged cost", format!("{logged} in {rows}, which is not what is computed here"));
    }
    if cost.whole.estimated > 0 {
        let rows = count(cost.whole.estimated);
        add(
            "Estimated",
            format!("rows: {rows}; their tokens are counted by the rule of the model"),
        );
    }
    facts
}

/// Why rows are rejected, and where the first of them stand.
pub(super) fn rejected(RejectedLines { why, places, count: all }: &RejectedLines) -> String {
    let named: Vec<String> = places.iter().map(|(file, line)| format!("{file}:{line}")).collect();
    let more = match all - places.len() as u64 {
        0 => String::new(),
        more => format!(" and {} more", count(more)),
    };
    format!("{why}: {}{more}", named.join(", "))
}

/// What is taken for granted of what logs leave out.
pub(super) fn assumed(found: &UsageFound) -> Vec<Sentence> {
    let mut all = Vec::new();
    if found.cost.rows_without_cached > 0 {
        let rows = rows(found.cost.rows_without_cached);
        let what = format!("a count of cached tokens is left out in {rows}, and taken to be none");
        all.push(Sentence::new(what, None));
    }
    all
}

/// What was seen beside costs.
pub(super) fn notes(found: &UsageFound) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut say = |text: String| all.push(Sentence::new(text, None));
    let counts = &found.counts;
    if !found.unread.is_empty() {
        say(format!("columns that are not read: {}", found.unread.join(", ")));
    }
    let otherwise = [(counts.other_size, "size"), (counts.other_quality, "quality")];
    for (rows, what) in otherwise.into_iter().filter(|(rows, _)| *rows > 0) {
        say(format!("another {what} than was asked for was delivered in {}", self::rows(rows)));
    }
    if counts.repeated_ids > 0 {
        let rows = rows(counts.repeated_ids);
        say(format!("a request id stands a second time in {rows}, and each is counted"));
    }
    if found.cost.without_usage > 0 {
        say(format!("{} days of exports without usage", count(found.cost.without_usage)));
    }
    all
}
