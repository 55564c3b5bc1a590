//! The rows of logs as they come: each is added to a cell, or priced beside the sums of one, or not taken.
//!
//! A ledger holds sums and no rows. Ledgers of parts of a log are added up to that of the whole, in any order: threads,
//! and later tasks of a cluster, keep one each.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::cell::{Cell, CellKey, OpenSums, Recorded, Sums};
use super::dimension::Dimension;
use super::given::GivenUsed;
use super::memo::Memo;
use super::not_taken::NotTaken;
use super::places::{PlaceOn, Places};
use super::plain::plain_counts;
use super::row_cost::{self, RowCost};
use super::rule::{AddingRule, RowCounts};
use super::said::Said;
use super::stream::RowPrice;
use super::terms::LogTerms;
use crate::money::AmountTooLarge;
use crate::usage_log::row::{Counts, Measured, UsageRow};

/// Which labels of rows make cells of their own: those that are asked for, and those that a price depends on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub project: bool,
    pub tag: bool,
    pub status: bool,
    pub size: bool,
    pub quality: bool,
    pub file: bool,
}

impl Kept {
    /// Those that a summary tells apart.
    pub(crate) fn of(by: &[Dimension]) -> Kept {
        let has = |dimension| by.contains(&dimension);
        Kept {
            project: has(Dimension::Project),
            tag: has(Dimension::Tag),
            status: has(Dimension::Status),
            size: has(Dimension::Size),
            quality: has(Dimension::Quality),
            file: has(Dimension::File),
        }
    }
}

impl Kept {
    /// Keeps these as well; whether any of them was not kept.
    pub(crate) fn widen(&mut self, more: Kept) -> bool {
        let before = *self;
        self.size |= more.size;
        self.quality |= more.quality;
        *self != before
    }
}

/// Where rows of the same words go: found once for all of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opened {
    /// The cell.
    pub cell: usize,
    /// Which of its rows can be added up before they are priced.
    pub rule: AddingRule,
    /// The labels that decide its price.
    pub needs: Kept,
}

/// What a row adds to the sums of its cell, or beside them.
#[derive(Debug)]
enum Adds {
    Sums(Sums),
    Cost(Box<RowCost>),
}

/// Where rows of the same words are priced, and the cells that they go to: those that are compared, and the others.
#[derive(Debug, Clone)]
struct Known {
    place: Arc<PlaceOn>,
    cells: [Option<usize>; 2],
}

/// A row whose price is known, and which is not added yet.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// Its words, in the order in which they came up.
    known: usize,
    left_out: u8,
    what: Adds,
}

/// Sums of usage by day, model, route and what else is asked for.
pub struct Ledger<'a> {
    terms: &'a LogTerms<'a>,
    kept: Kept,
    places: Places<'a>,
    /// Rows of the same words, and where they go.
    known: Memo<Known>,
    index: HashMap<CellKey, usize>,
    cells: Vec<(CellKey, Cell)>,
    said: Said,
    used: GivenUsed,
    file: Option<Arc<str>>,
}

impl<'a> Ledger<'a> {
    /// An empty one, whose cells can be summed up by these dimensions.
    pub fn new(terms: &'a LogTerms<'a>, by: &[Dimension]) -> Ledger<'a> {
        Ledger {
            terms,
            kept: Kept::of(by),
            places: Places::new(terms),
            known: Memo::default(),
            index: HashMap::new(),
            cells: Vec::new(),
            said: Said::default(),
            used: GivenUsed::default(),
            file: None,
        }
    }

    /// The labels that make cells of their own.
    pub(crate) fn kept(&self) -> Kept {
        self.kept
    }

    /// Begins a file: where files are told apart, the rows that follow are of it.
    pub fn begin(&mut self, file: &str) {
        self.file = self.kept.file.then(|| file.into());
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Why it is not taken; the ledger is then as it was.
    pub fn take(&mut self, row: &UsageRow) -> Result<(), NotTaken> {
        let prepared = self.prepare(row)?;
        self.commit(row, prepared, true)
    }

    /// What a row adds, and to which cell: nothing is added yet.
    pub(crate) fn prepare(&mut self, row: &UsageRow) -> Result<Prepared, NotTaken> {
        let known = self.known_of(row)?;
        let place = &self.known.at(known).place;
        let counts = plain_counts(row, place);
        let what = match counts.and_then(|counts| place.rule.sums_of(&counts)) {
            Some(sums) => Adds::Sums(sums),
            None => Adds::Cost(Box::new(row_cost::of_row(row, place, self.terms)?)),
        };
        Ok(Prepared { known, left_out: counts.map_or(u8::MAX, |counts| !counts.said), what })
    }

    /// Adds what was prepared; `compared` is whether the row has a price on the other side, too.
    pub(crate) fn commit(
        &mut self,
        row: &UsageRow,
        prepared: Prepared,
        compared: bool,
    ) -> Result<(), NotTaken> {
        let Prepared { known, left_out, what } = prepared;
        self.leave_out(left_out);
        let cell = self.cell_of(row, known, compared);
        let added = match what {
            Adds::Sums(sums) => self.add(cell, &sums),
            Adds::Cost(cost) => self.add_open(cell, row, *cost),
        };
        added.and_then(|()| self.record(cell, row)).map_err(NotTaken::too_large)
    }

    /// What a row costs by itself.
    ///
    /// # Errors
    /// Why it has no price.
    pub(crate) fn price_of(&mut self, row: &UsageRow) -> Result<RowPrice, NotTaken> {
        let known = self.known_of(row)?;
        let place = &self.known.at(known).place;
        let price = row_cost::of_row(row, place, self.terms)?;
        Ok(RowPrice {
            day: place.day,
            processing: row_cost::processing(row, self.terms),
            model: Arc::clone(&place.model),
            route: Arc::clone(&place.route),
            cost: price.cost,
            is_estimated: price.is_estimated,
        })
    }

    /// Counts that rows leave out, as bits.
    pub(crate) fn leave_out(&mut self, counts: u8) {
        self.used.left_out |= counts;
    }

    /// Where rows of the same words go.
    pub(crate) fn open(&mut self, row: &UsageRow) -> Result<Opened, NotTaken> {
        let known = self.known_of(row)?;
        let cell = self.cell_of(row, known, true);
        let place = &self.known.at(known).place;
        let needs = Kept { size: place.by_size, quality: place.by_quality, ..Kept::default() };
        Ok(Opened { cell, rule: place.rule, needs })
    }

    /// The number of a row's words. What decides where it goes is all that is looked at.
    fn known_of(&mut self, row: &UsageRow) -> Result<usize, NotTaken> {
        let day = self.day_of(row)?;
        let labels = &row.labels;
        self.known.begin();
        self.known.push(&day.num_days_from_ce().to_le_bytes());
        let all = [model_of(row), labels.route.as_deref(), labels.size.as_deref()];
        let more = [&labels.quality, &labels.project, &labels.tag, &labels.status];
        for label in all.into_iter().chain(more.map(|label| label.as_deref())) {
            // What is left out is not what is blank.
            self.known.push(label.map_or(b"\0", str::as_bytes));
        }
        self.known.push(row_cost::processing(row, self.terms).as_str().as_bytes());
        self.known.push(self.file.as_deref().unwrap_or_default().as_bytes());
        if let Some(known) = self.known.find() {
            return Ok(known);
        }
        let place = self.place_of(row, day)?;
        Ok(self.known.keep(Known { place, cells: [None; 2] }))
    }

    fn place_of(&mut self, row: &UsageRow, day: NaiveDate) -> Result<Arc<PlaceOn>, NotTaken> {
        let place = self.places.of(model_of(row), row.labels.route.as_deref(), day)?;
        place.priced.refuse_unoffered(&row_cost::facts(row, &place, self.terms)?)?;
        Ok(place)
    }

    fn cell_of(&mut self, row: &UsageRow, known: usize, compared: bool) -> usize {
        let Known { place, cells } = self.known.at(known);
        if let Some(cell) = cells[usize::from(compared)] {
            return cell;
        }
        let place = Arc::clone(place);
        self.use_given(row, model_of(row).is_none(), &place);
        let key = self.key_of(row, &place, compared);
        let cell = self.at(key);
        self.known.at(known).cells[usize::from(compared)] = Some(cell);
        cell
    }

    /// The cell of a key.
    fn at(&mut self, key: CellKey) -> usize {
        let next = self.cells.len();
        let cell = *self.index.entry(key.clone()).or_insert(next);
        if cell == next {
            self.cells.push((key, Cell::default()));
        }
        cell
    }

    fn use_given(&mut self, row: &UsageRow, names_no_model: bool, place: &PlaceOn) {
        let (created, processed) = match &row.measured {
            Measured::Reply(reply) => (reply.created, reply.processed()),
            Measured::Counts(_) => (None, None),
        };
        let used = &mut self.used;
        used.model |= names_no_model;
        used.route |= row.labels.route.is_none();
        used.day |= row.day.or(created).is_none();
        used.processing |= row.processing.or(processed).is_none();
        let unit = place.priced.table.version().unit.name();
        if !used.units.contains(unit) {
            used.units.insert(unit.to_owned());
        }
    }

    fn day_of(&self, row: &UsageRow) -> Result<NaiveDate, NotTaken> {
        let of_reply = match &row.measured {
            Measured::Reply(reply) => reply.created,
            Measured::Counts(_) => None,
        };
        let none = || NotTaken::says_too_little("it has no day, and none is given for such rows");
        row.day.or(of_reply).or(self.terms.day).ok_or_else(none)
    }

    fn key_of(&self, row: &UsageRow, place: &PlaceOn, compared: bool) -> CellKey {
        let kept = |label: &Option<Box<str>>, is_kept: bool| {
            label.as_deref().filter(|_| is_kept).map(Arc::from)
        };
        let (labels, keeps) = (&row.labels, &self.kept);
        CellKey {
            day: place.day,
            model: Arc::clone(&place.model),
            route: Arc::clone(&place.route),
            processing: row_cost::processing(row, self.terms),
            project: kept(&labels.project, keeps.project),
            tag: kept(&labels.tag, keeps.tag),
            status: kept(&labels.status, keeps.status),
            size: kept(&labels.size, keeps.size || place.by_size),
            quality: kept(&labels.quality, keeps.quality || place.by_quality),
            file: self.file.clone(),
            compared,
        }
    }

    /// Adds sums to a cell.
    pub(crate) fn add(&mut self, cell: usize, sums: &Sums) -> Result<(), AmountTooLarge> {
        self.cells[cell].1.sums.add(sums)
    }

    fn add_open(
        &mut self,
        cell: usize,
        row: &UsageRow,
        cost: RowCost,
    ) -> Result<(), AmountTooLarge> {
        let RowCost { cost, is_estimated, price_basis, assumptions, notes } = cost;
        self.said.meet(&notes, &assumptions);
        let open = OpenSums {
            tally: RowCounts::of(&Counts::default(), row).tally(),
            estimated: u64::from(is_estimated),
            cost,
            price_basis: Some(price_basis),
        };
        self.cells[cell].1.open.add(&open)
    }

    fn record(&mut self, cell: usize, row: &UsageRow) -> Result<(), AmountTooLarge> {
        let Some(cost) = row.recorded else { return Ok(()) };
        self.add_recorded(cell, Recorded { rows: 1, cost })
    }

    /// Adds what rows of a cell say that they cost.
    pub(crate) fn add_recorded(
        &mut self,
        cell: usize,
        recorded: Recorded,
    ) -> Result<(), AmountTooLarge> {
        self.cells[cell].1.recorded.add(recorded)
    }

    /// Adds the ledger of another part of the same logs.
    ///
    /// # Errors
    /// [`AmountTooLarge`] if a sum cannot be kept exact.
    pub fn merge(&mut self, other: Ledger) -> Result<(), AmountTooLarge> {
        for (key, cell) in other.cells {
            let at = self.at(key);
            self.cells[at].1.add(&cell)?;
        }
        self.said.add(other.said);
        self.used.add(other.used);
        Ok(())
    }

    /// What of the given was used.
    pub fn used(&self) -> &GivenUsed {
        &self.used
    }

    /// The cells in the order of their keys, and what is to be said of their rows.
    pub(super) fn into_parts(self) -> (Vec<(CellKey, Cell)>, Said) {
        let Ledger { mut cells, said, .. } = self;
        cells.retain(|(_, cell)| cell.rows() > 0);
        cells.sort_by(|(a, _), (b, _)| a.cmp(b));
        (cells, said)
    }
}

/// The model that a row names, or its reply.
fn model_of(row: &UsageRow) -> Option<&str> {
    row.labels.model.as_deref().or(match &row.measured {
        Measured::Reply(reply) => reply.model.as_deref(),
        Measured::Counts(_) => None,
    })
}
