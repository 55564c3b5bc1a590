//! Many estimates in a few rows: what requests have in common, and why others are rejected.

use rust_decimal::Decimal;

use crate::estimate::{EstimatedFile, Group, GroupBy, RejectedLines};
use crate::figure::Figure;
use crate::report::block::Block;
use crate::report::dictionary::{Term, terms};
use crate::report::number::count;
use crate::report::record::{Columns, Field, Recorded, Value};
use crate::report::sheet::{Cell, Column, Sheet};

/// The groups for people.
pub(super) fn sheet((by, groups): (&[GroupBy], &[Group]), total: &Figure<Decimal>) -> Sheet {
    let mut columns: Vec<Column> = by.iter().map(|by| Column::of(term(*by))).collect();
    columns.extend([&terms::REQUESTS, &terms::IMAGES].map(Column::of));
    columns.push(Column::lines("Total"));
    let row = |group: &Group| {
        let cell = |by: &GroupBy| group.value(*by).map_or(Cell::Empty, Cell::text);
        let mut cells: Vec<Cell> = by.iter().map(cell).collect();
        cells.extend([group.requests, group.images].map(|it| Cell::Count(Figure::Exact(it))));
        cells.push(Cell::Money(group.total.clone()));
        cells
    };
    let sum = |of: fn(&Group) -> u64| Cell::Count(Figure::Exact(groups.iter().map(of).sum()));
    let mut whole = vec![Cell::text("total")];
    whole.resize(by.len(), Cell::Empty);
    whole.extend([sum(|it| it.requests), sum(|it| it.images), Cell::Money(total.clone())]);
    Sheet { columns, rows: groups.iter().map(row).collect(), total: Some(whole) }
}

pub(super) fn rejected_block(file: &EstimatedFile) -> Option<Block> {
    let sentences = || file.rejected.iter().map(in_words).collect();
    (!file.rejected.is_empty()).then(|| Block::List("Rejected:".into(), sentences()))
}

fn in_words(RejectedLines { why, places, count: all }: &RejectedLines) -> String {
    let named: Vec<String> = places.iter().map(|(file, line)| format!("{file}:{line}")).collect();
    let more = match all - places.len() as u64 {
        0 => String::new(),
        more => format!(" and {} more", count(more)),
    };
    format!("{why}: {}{more}", named.join(", "))
}

/// The columns of groups in a file.
pub(super) fn columns<'a>(by: &[GroupBy]) -> Columns<&'a Group> {
    Columns { fields: fields(by), with_ends: false }
}

pub(super) fn fields<'a>(by: &[GroupBy]) -> Vec<Field<&'a Group>> {
    let mut fields = <&Group>::fields();
    // A day stands in any case, where it is that of all.
    let others = GroupBy::ALL.into_iter().filter(|it| !by.contains(it) && *it != GroupBy::Day);
    let others: Vec<&str> = others.map(|it| term(it).key).collect();
    fields.retain(|field| !others.contains(&field.key()));
    fields
}

fn term(by: GroupBy) -> &'static Term {
    match by {
        GroupBy::Model => &terms::MODEL,
        GroupBy::Size => &terms::SIZE,
        GroupBy::Quality => &terms::QUALITY,
        GroupBy::Processing => &terms::PROCESSING,
        GroupBy::Owner => &terms::OWNER_NAME,
        GroupBy::Route => &terms::ROUTE,
        GroupBy::Day => &terms::AS_OF,
        GroupBy::File => &terms::FILE,
    }
}

fn field<'a>(by: GroupBy) -> Field<&'a Group> {
    let of: for<'r> fn(&'r &'a Group) -> Value<'r> = match by {
        GroupBy::Model => |it| it.value(GroupBy::Model).into(),
        GroupBy::Size => |it| it.value(GroupBy::Size).into(),
        GroupBy::Quality => |it| it.value(GroupBy::Quality).into(),
        GroupBy::Processing => |it| it.value(GroupBy::Processing).into(),
        GroupBy::Owner => |it| it.value(GroupBy::Owner).into(),
        GroupBy::Route => |it| it.value(GroupBy::Route).into(),
        GroupBy::Day => |it| it.as_of.map(|day| day.to_string()).into(),
        GroupBy::File => |it| it.value(GroupBy::File).into(),
    };
    term(by).of(of).where_asked()
}

impl Recorded for &Group {
    const NAME: &'static str = "group";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = GroupBy::ALL.into_iter().map(field).collect();
        let [cost, certainty, reason, codes] = terms::COST.figure(|it: &Self| Some(&it.total));
        fields.extend([
            terms::REQUESTS.of(|it: &&Group| it.requests.into()),
            terms::IMAGES.of(|it| it.images.into()),
            cost,
            certainty,
            terms::PRICE_BASIS.of(|it| it.price_basis.as_str().into()),
            reason,
            codes,
        ]);
        fields
    }
}

impl Recorded for &RejectedLines {
    const NAME: &'static str = "rejected";

    fn fields() -> Vec<Field<Self>> {
        vec![
            terms::REASON.of(|it: &Self| it.why.to_string().into()),
            terms::REASON_CODES.of(|it| Value::codes(it.why.codes())),
            terms::REQUESTS.of(|it| it.count.into()),
        ]
    }
}
