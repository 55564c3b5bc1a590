//! What a command found: blocks for people, rows and an object for files.

use std::io::{self, Write};

use chrono::NaiveDate;

#[cfg(feature = "cli")]
use super::Page;
use super::block::Block;
use super::configuration::Configuration;
#[cfg(feature = "cli")]
use super::currency;
use super::currency::ReportCurrency;
use super::envelope::{Closing, Envelope, Output, TOOL};
use super::flags::{FlagEffects, WithoutEffect};
use super::handout::{Answer, Part, Summary};
use super::made_of::MadeOf;
use super::number;
#[cfg(feature = "cli")]
use super::workbook::{self, Book, Reckoned};
use crate::catalog::Catalog;
use crate::figure::Figure;
use crate::limit::HeldLimit;

/// What a command found. Each part is made when a format asks for it, and what can be large is written
/// as it comes: a year of a large budget is a hundred megabytes as an object and a few lines as a table.
pub struct Report<'a> {
    blocks: Box<dyn Fn() -> Vec<Block> + 'a>,
    /// What is handed on of it, where that is more than its blocks.
    handout: Option<Handout<'a>>,
    csv: Writing<'a>,
    json: WritingObject<'a>,
    /// Its workbook, where it has one of its own.
    #[cfg(feature = "cli")]
    book: Option<Making<'a>>,
    /// The sheets that recalculate, of a workbook that begins with what people read.
    #[cfg(feature = "cli")]
    reckoning: Option<Reckoning<'a>>,
    closing: Closing,
    says_limit: bool,
    /// The day of knowledge, where it is not said otherwise.
    known_on: Option<NaiveDate>,
    /// Whether it has amounts of money.
    has_amounts: bool,
    /// The day and the catalogue that it was made of.
    place: (&'a Catalog, Option<NaiveDate>),
    /// The call that made it, as it is typed; empty where it is not known.
    call: String,
}

/// Writes the object for programs, with what is added to it.
type WritingObject<'a> = Box<dyn Fn(&Closing, &mut dyn Write) -> io::Result<()> + 'a>;

/// The answer, and the parts that go from hand to hand with it.
type Handout<'a> = (Box<dyn Fn() -> Answer + 'a>, Box<dyn Fn() -> Vec<Part> + 'a>);

/// Makes a workbook, with what is asked for in a currency as well.
#[cfg(feature = "cli")]
type Making<'a> = Box<dyn Fn(Option<&ReportCurrency>) -> Book<'a> + 'a>;

/// Makes the sheets that recalculate.
#[cfg(feature = "cli")]
type Reckoning<'a> = Box<dyn Fn() -> Reckoned<'a> + 'a>;

/// Writes a part of a report.
type Writing<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + 'a>;

impl<'a> Report<'a> {
    /// A report whose files are written as they come: what was found of this catalogue and day.
    pub fn streamed<T: Output>(
        place: (&'a Catalog, Option<NaiveDate>),
        blocks: impl Fn() -> Vec<Block> + 'a,
        csv: impl Fn(&mut dyn Write) -> io::Result<()> + 'a,
        found: impl Fn() -> T + 'a,
    ) -> Report<'a> {
        let json = move |closing: &Closing, out: &mut dyn Write| {
            Envelope::write(found(), place, closing, out)
        };
        let (blocks, csv, json) = (Box::new(blocks), Box::new(csv), Box::new(json));
        // A budget says it in its title.
        let is_said = T::COMMAND.starts_with("budget ");
        let known_on = place.0.day_of_knowledge().filter(|_| !is_said);
        let (closing, has_amounts) = (Closing::default(), T::HAS_AMOUNTS);
        let (handout, call) = (None, String::new());
        let says_limit = false;
        Report {
            blocks,
            handout,
            csv,
            json,
            closing,
            says_limit,
            known_on,
            has_amounts,
            place,
            call,
            #[cfg(feature = "cli")]
            book: None,
            #[cfg(feature = "cli")]
            reckoning: None,
        }
    }

    /// The report with what is handed on of it: the ask, the answer, and parts with charts.
    pub fn handed_on(
        self,
        answer: impl Fn() -> Answer + 'a,
        parts: impl Fn() -> Vec<Part> + 'a,
    ) -> Report<'a> {
        Report { handout: Some((Box::new(answer), Box::new(parts))), ..self }
    }

    /// The report with the call that made it, as it is typed.
    pub fn called(self, call: String) -> Report<'a> {
        Report { call, ..self }
    }

    /// The report, which has amounts of money only where this says so.
    pub fn with_amounts(self, has_amounts: bool) -> Report<'a> {
        Report { has_amounts, ..self }
    }

    /// The report of something that was held against a limit.
    pub fn held_against(self, limit: Option<HeldLimit>) -> Report<'a> {
        Report { closing: Closing { limit, ..self.closing }, ..self }
    }

    /// The same for a report that says nothing of limits itself: how it stands to this one is said under its title.
    pub fn answering_limit(self, limit: Option<HeldLimit>) -> Report<'a> {
        let report = self.held_against(limit);
        Report { says_limit: limit.is_some(), ..report }
    }

    /// The report with what flags did, which every format says.
    pub fn with_flags(self, flags: FlagEffects) -> Report<'a> {
        Report { closing: Closing { flags, ..self.closing }, ..self }
    }

    /// The report with one more flag that did nothing.
    pub fn with_idle_flag(mut self, flag: WithoutEffect) -> Report<'a> {
        self.closing.flags.without_effect.push(flag);
        self
    }

    /// The report with the settings of a file that were used.
    pub fn with_configuration(self, configuration: Option<Configuration>) -> Report<'a> {
        Report { closing: Closing { configuration, ..self.closing }, ..self }
    }

    /// The report with its amounts in a currency; in US dollars without one.
    pub fn in_currency(self, currency: Option<ReportCurrency>) -> Report<'a> {
        Report { closing: Closing { currency, ..self.closing }, ..self }
    }

    /// The currency in which its amounts are shown, where that is not the US dollar.
    pub(super) fn currency(&self) -> Option<&ReportCurrency> {
        self.closing.currency.as_ref()
    }

    /// The report with the files and exchange rates that it was made of.
    pub fn made_of(self, made_of: MadeOf) -> Report<'a> {
        Report { closing: Closing { made_of, ..self.closing }, ..self }
    }

    /// The report with a workbook of its own.
    #[cfg(feature = "cli")]
    pub(super) fn with_book(
        self,
        book: impl Fn(Option<&ReportCurrency>) -> Book<'a> + 'a,
    ) -> Report<'a> {
        Report { book: Some(Box::new(book)), ..self }
    }

    /// The report with sheets that recalculate, behind what people read.
    #[cfg(feature = "cli")]
    pub(super) fn reckoned(self, sheets: impl Fn() -> Reckoned<'a> + 'a) -> Report<'a> {
        Report { reckoning: Some(Box::new(sheets)), ..self }
    }

    /// Writes its workbook; where it has none of its own, one of what people read. What recalculates stays in US dollars.
    ///
    /// # Errors
    /// What cannot be written.
    #[cfg(feature = "cli")]
    pub(super) fn write_book(&self, page: &Page, out: &mut dyn Write) -> io::Result<()> {
        match &self.book {
            Some(book) => currency::showing(None, || {
                workbook::write(self.said_behind(book(self.currency())), out)
            }),
            None => {
                let reckoned = self.reckoning.as_ref().map(|make| make()).unwrap_or_default();
                let book = workbook::of_blocks(self.blocks(), page, reckoned);
                workbook::write(self.said_behind(book), out)
            }
        }
    }

    /// The workbook, whose last sheet says what it was made of and in which currency it is.
    #[cfg(feature = "cli")]
    fn said_behind(&self, mut book: Book<'a>) -> Book<'a> {
        let said = |what: &str, text: String| (what.to_owned(), text);
        let mut notes: Vec<_> =
            self.closing.flags.lines().into_iter().map(|line| said("Flags", line)).collect();
        let settings = self.closing.configuration.as_ref();
        notes.extend(settings.map(|it| said("Settings", it.in_words())));
        let stays = match (&self.book, &self.reckoning) {
            (Some(_), _) => Some("What is not named otherwise stays"),
            (None, Some(_)) => Some("The sheets between Summary and Notes stay"),
            (None, None) => None,
        };
        if let Some((currency, what)) = self.currency().zip(stays) {
            let text = format!("{what} in US dollars, in which prices are stated. Elsewhere:");
            notes.push(said("Currency", format!("{text} {}", currency.in_words())));
        }
        notes.push(said("Made of", self.made_in(self.currency().filter(|_| self.book.is_none()))));
        if !self.call.is_empty() {
            notes.push(said("Command", self.call.clone()));
        }
        book.say(notes);
        book
    }

    /// What flags did. The rows of the CSV have no place for it.
    pub fn flags(&self) -> &FlagEffects {
        &self.closing.flags
    }

    /// What people read, in order.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = (self.blocks)();
        self.open(&mut blocks);
        blocks
    }

    /// What it says first to somebody who did not run the command.
    pub fn summary(&self) -> Summary {
        let mut opening: Vec<Block> = (self.blocks)().into_iter().take(1).collect();
        self.open(&mut opening);
        let mut opening = opening.into_iter().filter_map(|block| match block {
            Block::Title(text) | Block::Text(text) => Some(text),
            _ => None,
        });
        let (title, notes) = (opening.next().unwrap_or_default(), opening.collect());
        let (ask, answer) = self.handout.as_ref().map(|(answer, _)| answer()).unwrap_or_default();
        Summary { title, notes, ask, answer }
    }

    /// The rest of what goes from hand to hand: what the command hands on, else what it says below its title.
    pub fn parts(&self) -> Vec<Part> {
        match &self.handout {
            Some((_, parts)) => parts(),
            None => Part::of("", (self.blocks)().split_off(1)).into_iter().collect(),
        }
    }

    /// The call that made it, as it is typed; empty where it is not known.
    pub fn call(&self) -> &str {
        &self.call
    }

    /// Puts in, or under, the title what every report says there.
    fn open(&self, blocks: &mut Vec<Block>) {
        if let Some(Block::Title(title)) = blocks.first_mut().filter(|_| self.has_amounts) {
            title.push_str(", before tax");
        }
        self.closing.flags.put_into(blocks);
        if let Some(configuration) = &self.closing.configuration {
            configuration.put_into(blocks);
        }
        let under_title = usize::from(matches!(blocks.first(), Some(Block::Title(_))));
        if let Some(currency) = &self.closing.currency {
            blocks.insert(under_title, Block::Text(currency.in_words()));
        }
        if let Some(day) = self.known_on {
            let text = format!("By what was known on {day}: what became public later is not used.");
            blocks.insert(under_title, Block::Text(text));
        }
        if let Some(limit) = self.closing.limit.as_ref().filter(|_| self.says_limit) {
            let usd = number::dollar_figure_alone(&Figure::Exact(limit.usd));
            blocks.insert(
                under_title,
                Block::Text(format!("Limit {usd}: {}.", limit.verdict.in_words())),
            );
        }
    }

    /// What it was made of in a sentence, so that who has the page alone can make it again: the program, the day, the day of
    /// knowledge, the digests of the catalogue and of each input file, and the exchange rates.
    pub fn colophon(&self) -> String {
        self.made_in(self.currency())
    }

    fn made_in(&self, currency: Option<&ReportCurrency>) -> String {
        let (catalog, as_of) = self.place;
        let mut words = vec![format!("Made by {TOOL}")];
        words.extend(as_of.map(|day| format!("as of {day}")));
        words.extend(currency.map(|it| format!("amounts in {}", it.code)));
        words.extend(catalog.day_of_knowledge().map(|day| format!("by what was known on {day}")));
        words.push(format!("catalogue {}", catalog.digest()));
        let MadeOf { inputs, exchange_rates } = &self.closing.made_of;
        words.extend(inputs.iter().map(|input| match &input.sha256 {
            Some(digest) => format!("{} (SHA-256 {digest})", input.file),
            None => format!("{} (not read again)", input.file),
        }));
        words.extend(exchange_rates.iter().map(|it| format!("{} {}", it.pair, it.rate)));
        words.join("; ") + "."
    }

    /// Writes the rows: one grain, no totals.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        (self.csv)(out)
    }

    /// Writes the object for programs.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        (self.json)(&self.closing, out)
    }
}
