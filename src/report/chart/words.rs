//! A chart in words, for whoever does not see it.

use rust_decimal::Decimal;

use super::{Category, Chart, Kind};
use crate::figure::Figure;
use crate::report::number;

impl Chart {
    /// What it shows, in two or three sentences: its extent, its least and its most, and its lines.
    pub fn in_words(&self) -> String {
        let mut sentences = vec![self.extent()];
        sentences.extend(self.ends());
        if !self.series.is_empty() {
            let names: Vec<&str> = self.series.iter().map(|it| it.name.as_str()).collect();
            sentences.push(format!("Parts, from the bottom: {}.", names.join(", ")));
        }
        sentences.extend(self.lines.iter().map(|line| format!("With a line: {}.", line.name)));
        sentences.push("Its amounts stand in the table below it.".to_owned());
        sentences.join(" ")
    }

    fn extent(&self) -> String {
        let count = number::count(self.categories.len() as u64);
        let [what, of_what] = match self.kind {
            Kind::Columns => ["Columns", "a stacked column for each"],
            Kind::Line => ["Line", "one point for each"],
            Kind::Bars => ["Bars", "one for each"],
        };
        match (&self.categories[..], self.kind) {
            ([first, .., last], Kind::Columns | Kind::Line) => {
                format!("{what} from {} to {}, {of_what} of {count}.", first.name, last.name)
            }
            _ => format!("{what}, {of_what} of {count}."),
        }
    }

    /// The least and the most, with whose they are.
    fn ends(&self) -> Option<String> {
        let known = || self.categories.iter().filter_map(|it| Some((it, it.amount.as_ref()?)));
        let of = |(category, amount): (&Category, &Figure<Decimal>)| {
            format!("{} ({})", number::dollar_figure(amount, number::Rounding::Each), category.name)
        };
        let least = known().min_by_key(|(_, amount)| amount.low())?;
        let most = known().max_by_key(|(_, amount)| amount.high().unwrap_or(amount.low()))?;
        match self.categories.len() {
            1 => Some(format!("{}.", of(most))),
            _ => Some(format!("From {} to {}.", of(least), of(most))),
        }
    }
}
