//! Rows of JSON between their making and their writing. All but the place of a line is that of its estimate, which lines
//! share: it is written into the spool once for each of the estimates that were met last, and after that named by its number.

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::rc::Rc;
use std::sync::Arc;

use super::line::{EstimatedLine, WrittenLine, entries};
use crate::estimate::{Estimate, FileLine};
use crate::report::dictionary::terms;
use crate::report::estimate::EstimateParts;
use crate::report::record::{Field, Record, Recorded};

/// How many estimates are told apart: those of the sizes, qualities and prompt lengths of a file that was made in one go.
const KEPT: usize = 64;
/// What stands between the parts of rows: none of them holds it, for JSON writes it as an escape.
const BETWEEN: u8 = 0;
/// How many bytes of the spool are read or written at once.
const AT_ONCE: usize = 1 << 16;

/// Where rows are kept as text until all lines are priced.
pub trait Spool: Read + Write + Seek {}

impl<T: Read + Write + Seek> Spool for T {}

/// Rows that are spooled as they come.
pub(super) struct SpooledRows {
    of_place: Rc<[Field<FileLine>]>,
    of_estimate: Rc<[Field<FileLine>]>,
    explain: bool,
    known: Kept<Option<Arc<Estimate>>>,
    out: BufWriter<Box<dyn Spool>>,
}

impl SpooledRows {
    pub(super) fn new(explain: bool, spool: Box<dyn Spool>) -> SpooledRows {
        let place = [terms::FILE.key, terms::LINE.key, terms::CUSTOM_ID.key];
        let (of_place, of_estimate): (Vec<_>, Vec<_>) =
            FileLine::fields().into_iter().partition(|field| place.contains(&field.key()));
        SpooledRows {
            of_place: of_place.into(),
            of_estimate: of_estimate.into(),
            explain,
            known: Kept::default(),
            out: BufWriter::with_capacity(AT_ONCE, spool),
        }
    }

    pub(super) fn add(&mut self, line: FileLine) -> io::Result<()> {
        let estimate = line.outcome.as_ref().ok().map(Arc::clone);
        let place = Record::new(&self.of_place, line.clone());
        EstimatedLine { line: place, parts: None }.write(&mut self.out)?;
        self.out.write_all(&[BETWEEN])?;
        match estimate.as_ref().and_then(|estimate| self.known.position(estimate)) {
            Some(number) => write!(self.out, "{number}")?,
            None => {
                let parts = estimate.as_deref().map(|it| EstimateParts::of(it, self.explain));
                let line = Record::new(&self.of_estimate, line);
                EstimatedLine { line, parts }.write(&mut self.out)?;
                self.known.add(estimate);
            }
        }
        self.out.write_all(&[BETWEEN])
    }

    pub(super) fn into_spool(self) -> io::Result<Box<dyn Spool>> {
        self.out.into_inner().map_err(std::io::IntoInnerError::into_error)
    }
}

/// The rows of a spool, in their order.
pub(super) fn rows<'a>(spool: impl Read + 'a) -> impl Iterator<Item = WrittenLine> + 'a {
    let mut parts = BufReader::with_capacity(AT_ONCE, spool).split(BETWEEN);
    let mut known = Kept::default();
    std::iter::from_fn(move || {
        let place = parts.next()?;
        let row = place.and_then(|place| {
            let shared = parts.next().unwrap_or_else(|| Err(ErrorKind::UnexpectedEof.into()))?;
            Ok((entries(&place)?, known.named_or_new(&shared)?))
        });
        Some(WrittenLine(row))
    })
}

/// The last of what was met, each with a number. Whoever writes and whoever reads add the same, so that numbers agree.
struct Kept<T> {
    items: Vec<T>,
    next: usize,
}

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept { items: Vec::new(), next: 0 }
    }
}

impl<T> Kept<T> {
    /// Adds one in place of the oldest.
    fn add(&mut self, item: T) {
        match self.items.get_mut(self.next) {
            Some(oldest) => *oldest = item,
            None => self.items.push(item),
        }
        self.next = (self.next + 1) % KEPT;
    }
}

impl Kept<Option<Arc<Estimate>>> {
    fn position(&self, estimate: &Arc<Estimate>) -> Option<usize> {
        let is_it = |it: &Option<_>| it.as_ref().is_some_and(|it| Arc::ptr_eq(it, estimate));
        self.items.iter().position(is_it)
    }
}

impl Kept<Rc<super::line::Entries>> {
    /// What a number names, or what stands there itself and is added.
    fn named_or_new(&mut self, text: &[u8]) -> io::Result<Rc<super::line::Entries>> {
        if text.first().is_some_and(u8::is_ascii_digit) {
            let number = std::str::from_utf8(text).ok().and_then(|number| number.parse().ok());
            let known = number.and_then(|number: usize| self.items.get(number));
            return known.cloned().ok_or_else(|| ErrorKind::InvalidData.into());
        }
        let new = Rc::new(entries(text)?);
        self.add(Rc::clone(&new));
        Ok(new)
    }
}
