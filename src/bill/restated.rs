//! Days that several files have: the later file counts, and what moved is said.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::amounts::{Amounts, by_currency};
use super::line::BillLine;
use crate::money::AmountTooLarge;

/// Days of an owner that a later file states again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Restated {
    /// Whose bill it is, by id.
    pub owner: Arc<str>,
    /// The account, where the bills say so.
    pub account: Option<Arc<str>>,
    /// The file that counts.
    pub by: Arc<str>,
    /// The first of the days.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// How many days.
    pub days: usize,
    /// What the earlier files had of these days.
    pub was: Amounts,
    /// What the later one has.
    pub is: Amounts,
}

type Whose = (Arc<str>, Option<Arc<str>>);

/// The accounts of a day of an owner; `None` of lines that do not say theirs.
type Days<'a> = BTreeMap<(Arc<str>, NaiveDate), BTreeMap<Option<Arc<str>>, Vec<&'a BillLine>>>;

/// What a later file has in the place of lines of an earlier one: those of the same account, where both say it.
fn in_place_of<'d, 'a>(
    line: &BillLine,
    new: &'d Days<'a>,
) -> impl Iterator<Item = &'d Vec<&'a BillLine>> + use<'d, 'a> {
    let account = line.account.clone();
    let of_day = new.get(&(Arc::clone(&line.owner), line.day));
    let same = move |of: &&Option<Arc<str>>| of.is_none() || account.is_none() || **of == account;
    of_day.into_iter().flat_map(move |accounts| {
        let same = same.clone();
        accounts.iter().filter(move |(of, _)| same(of)).map(|(_, lines)| lines)
    })
}

/// Takes the days that a later file has out of the lines of earlier ones, and says what moved.
pub(super) fn replace(
    earlier: &mut Vec<BillLine>,
    later: &[BillLine],
    by: &Arc<str>,
) -> Result<Vec<Restated>, AmountTooLarge> {
    let whose = |line: &BillLine| (Arc::clone(&line.owner), line.account.clone());
    let mut new = Days::new();
    for line in later {
        let accounts = new.entry((Arc::clone(&line.owner), line.day)).or_default();
        accounts.entry(line.account.clone()).or_default().push(line);
    }
    let is_replaced = |line: &BillLine| in_place_of(line, &new).next().is_some();
    let (old, kept) = std::mem::take(earlier).into_iter().partition(|line| is_replaced(line));
    *earlier = kept;
    let old: Vec<BillLine> = old;
    let mut of: BTreeMap<Whose, Vec<&BillLine>> = BTreeMap::new();
    old.iter().for_each(|line| of.entry(whose(line)).or_default().push(line));
    let restated = |(owner, lines): (Whose, Vec<&BillLine>)| {
        let mut days: Vec<NaiveDate> = lines.iter().map(|line| line.day).collect();
        days.sort_unstable();
        days.dedup();
        let mut of_days: Vec<&BillLine> = lines.clone();
        of_days.dedup_by_key(|line| line.day);
        let is = of_days.into_iter().flat_map(|line| in_place_of(line, &new)).flatten();
        Ok(Restated {
            by: Arc::clone(by),
            from: days.first().copied().unwrap_or_default(),
            to: days.last().copied().unwrap_or_default(),
            days: days.len(),
            was: by_currency(lines.iter().copied())?,
            is: by_currency(is.copied())?,
            owner: owner.0,
            account: owner.1,
        })
    };
    of.into_iter().map(restated).collect()
}
