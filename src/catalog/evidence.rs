//! Where a price or a rule comes from.

use chrono::NaiveDate;
use std::sync::Arc;

use super::known::Known;
use super::locator::Located;

/// How well a statement is supported; `pricing/README.md` says what each level needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// One secondary source, or sources that contradict each other.
    Low,
    /// The owner's undated page, or two sources that agree.
    Medium,
    /// The owner's dated statement, or three and more sources that agree.
    High,
}

impl Confidence {
    /// Every level, the lowest first.
    pub const ALL: [Confidence; 3] = [Confidence::Low, Confidence::Medium, Confidence::High];

    /// The word in the tables and in the output.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// The source of a statement, the source's own date and how well it is supported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Who says so, so that a reader can find it again.
    pub source: String,
    /// Where it is found again.
    pub locators: Located,
    /// The day of the source's own statement; `None` if the source carries no date (its age is
    /// then unknown, not zero).
    pub seen: Option<NaiveDate>,
    /// How well the statement is supported.
    pub confidence: Confidence,
    /// What else a reader should know: a dispute, a derivation.
    pub note: Option<String>,
}

/// Why a source is not fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotFresh {
    /// It carries no date: its age is unknown, not none.
    Undated,
    /// It is this many days old.
    Old(u64),
}

/// The number of [`FRESH_DAYS`], for words that are put together when they are compiled.
macro_rules! fresh_days {
    () => {
        90
    };
}
pub(crate) use fresh_days;

/// How many days old a source may be and count as fresh: for its price to be named the cheapest, and where no flag says
/// otherwise.
pub const FRESH_DAYS: u64 = fresh_days!();

/// Why a price may not be named the cheapest, the weaker reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Doubt {
    /// It rests on weak evidence.
    Quoted,
    /// Its source carries no date.
    Undated,
    /// Its source is older than [`FRESH_DAYS`] days.
    Old,
}

impl Doubt {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Doubt::Quoted => "quoted",
            Doubt::Undated => "undated",
            Doubt::Old => "old",
        }
    }

    /// What is to be said of the price, as a verb: `is undated`.
    pub fn in_words(self) -> &'static str {
        match self {
            Doubt::Quoted => "rests on weak evidence",
            Doubt::Undated => "is undated",
            Doubt::Old => concat!("is older than ", fresh_days!(), " days"),
        }
    }

    /// Whether a price with the second doubt is weaker than one with the first.
    pub fn is_weaker(than: Option<Doubt>, it: Option<Doubt>) -> bool {
        it.is_some_and(|it| than.is_none_or(|than| it < than))
    }

    /// The first doubt about prices that rest on these sources, on a day.
    pub fn about<'a>(
        sources: impl IntoIterator<Item = &'a Evidence>,
        day: NaiveDate,
    ) -> Option<Doubt> {
        sources.into_iter().filter_map(|source| source.doubt(day)).min()
    }
}

impl Evidence {
    /// Why a price that rests on this source may not be named the cheapest on a day.
    pub fn doubt(&self, day: NaiveDate) -> Option<Doubt> {
        if self.confidence == Confidence::Low {
            return Some(Doubt::Quoted);
        }
        self.not_fresh(day, FRESH_DAYS).map(|why| match why {
            NotFresh::Undated => Doubt::Undated,
            NotFresh::Old(_) => Doubt::Old,
        })
    }

    /// Why the source is not fresh on a day, if it may be so many days old.
    pub fn not_fresh(&self, day: NaiveDate, max_age: u64) -> Option<NotFresh> {
        let Some(seen) = self.seen else { return Some(NotFresh::Undated) };
        let age = u64::try_from((day - seen).num_days()).unwrap_or(0);
        (age > max_age).then_some(NotFresh::Old(age))
    }

    /// The day of the source in words.
    pub fn seen_in_words(&self) -> String {
        self.seen.map_or_else(|| "undated".to_owned(), |day| day.to_string())
    }

    /// Source, date and confidence in one phrase.
    pub fn in_words(&self) -> String {
        let (source, seen) = (&self.source, self.seen_in_words());
        format!("{source} [{seen}, {} confidence]", self.confidence.as_str())
    }
}

/// The statements that a figure rests on together: it is as old as the oldest of them and as well supported as the
/// weakest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestsOn<'a>(Vec<&'a Arc<Evidence>>);

impl<'a> RestsOn<'a> {
    /// One statement.
    pub fn one(statement: &'a Arc<Evidence>) -> RestsOn<'a> {
        RestsOn(vec![statement])
    }

    /// These, each once, the oldest first and those without a day before it; `None` if there are none.
    pub fn these(statements: impl IntoIterator<Item = &'a Arc<Evidence>>) -> Option<RestsOn<'a>> {
        let mut found: Vec<&Arc<Evidence>> = Vec::new();
        for statement in statements {
            if !found.contains(&statement) {
                found.push(statement);
            }
        }
        found.sort_by_key(|it| it.seen);
        (!found.is_empty()).then_some(RestsOn(found))
    }

    /// The statements, each once, the oldest first.
    pub fn statements(&self) -> &[&'a Arc<Evidence>] {
        &self.0
    }

    /// The oldest day of a statement; `None` if one of them carries none: the age of the figure is then unknown.
    pub fn seen(&self) -> Option<NaiveDate> {
        self.0.first().and_then(|oldest| oldest.seen)
    }

    /// The weakest confidence.
    pub fn confidence(&self) -> Confidence {
        self.0.iter().map(|it| it.confidence).min().unwrap_or(Confidence::Low)
    }

    /// Every source, that of the oldest statement first.
    pub fn sources(&self) -> String {
        let mut sources: Vec<&str> = self.0.iter().map(|it| it.source.as_str()).collect();
        sources.dedup();
        sources.join("; ")
    }

    /// Where the sources are found again, that of the oldest statement first: each address once, and once that others
    /// are not recorded.
    pub fn locators(&self) -> Vec<&'a str> {
        let mut found: Vec<&str> = Vec::new();
        for written in self.0.iter().flat_map(|it| it.locators.as_written()) {
            if !found.contains(&written) {
                found.push(written);
            }
        }
        found
    }

    /// The oldest statement's source, the oldest day and the weakest confidence in one phrase, with how many there are
    /// besides.
    pub fn in_words(&self) -> String {
        let source = self.0.first().map_or("", |oldest| oldest.source.as_str());
        let seen = self.seen().map_or_else(|| "undated".to_owned(), |day| day.to_string());
        let further = match self.0.len() {
            0 | 1 => String::new(),
            2 => ", and one further source".to_owned(),
            many => format!(", and {} further sources", many - 1),
        };
        format!("{source} [{seen}, {} confidence]{further}", self.confidence().as_str())
    }
}

impl Known for Evidence {
    fn known_from(&self) -> Option<NaiveDate> {
        self.seen
    }
}
