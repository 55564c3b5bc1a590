//! The groups that usage is summed up by.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::folded;
use crate::figure::Figure;
use crate::report::block::Block;
use crate::report::dictionary::{Term, terms};
use crate::report::record::{Field, Recorded, Value};
use crate::report::sheet::{Cell, Column, Sheet};
use crate::usage_cost::{Dimension, UsageCost, UsageGroup};

/// The most groups that a table shows without being asked for all.
const FEW: usize = 20;

/// The groups for people: of many, those that cost most, and the others as one row.
pub(super) fn block(cost: &UsageCost) -> Block {
    let all: Vec<&UsageGroup> = cost.groups.iter().collect();
    if all.len() <= FEW {
        return Block::Sheet(sheet(cost, &all, None));
    }
    let mut dearest = all.clone();
    dearest.sort_by_key(|group| std::cmp::Reverse(group.cost.low()));
    let (shown, rest) = dearest.split_at(FEW);
    let part = Block::Sheet(sheet(cost, shown, Some(rest)));
    folded(rest.len(), ("more group", "more groups"), Block::Sheet(sheet(cost, &all, None)), part)
}

fn sheet(cost: &UsageCost, groups: &[&UsageGroup], rest: Option<&[&UsageGroup]>) -> Sheet {
    let has_accepted = cost.whole.tally.rows_with_accepted > 0;
    let has_recorded = cost.whole.recorded.rows > 0;
    let mut columns: Vec<Column> = cost.by.iter().map(|by| Column::of(term(*by))).collect();
    columns.extend([Column::of(&terms::REQUESTS).ranked(3), Column::of(&terms::IMAGES)]);
    columns.push(Column::of(&terms::COST));
    if has_accepted {
        columns.push(Column::of(&terms::PER_ACCEPTED_RATED).titled("Per accepted").ranked(1));
    } else {
        columns.push(Column::of(&terms::PER_IMAGE_USED).titled("Per image").ranked(1));
    }
    if has_recorded {
        columns.push(Column::of(&terms::LOGGED).ranked(2));
    }
    let cells = |names: Vec<Cell>, group: &UsageGroup| {
        let mut cells = names;
        let tally = &group.tally;
        let images = match tally.rows_without_images {
            0 => Cell::Count(Figure::Exact(tally.images)),
            _ if tally.images == 0 => Cell::text("not said"),
            _ => Cell::text(format!("at least {}", crate::report::number::count(tally.images))),
        };
        cells.extend([Cell::Count(Figure::Exact(tally.requests)), images]);
        cells.push(Cell::Money(group.cost.clone()));
        let each = match has_accepted {
            true => group.per_accepted_image(),
            false => group.per_image(),
        };
        cells.push(each.ok().flatten().map_or(Cell::Empty, Cell::Money));
        if has_recorded {
            let said = group.recorded.rows > 0;
            let cost = Cell::Money(Figure::Exact(group.recorded.cost));
            cells.push(if said { cost } else { Cell::Empty });
        }
        cells
    };
    let named = |group: &UsageGroup| {
        cost.by.iter().map(|by| group.value(*by).map_or(Cell::Empty, Cell::text)).collect()
    };
    let labelled = |label: String| {
        let mut cells = vec![Cell::text(label)];
        cells.resize(cost.by.len(), Cell::Empty);
        cells
    };
    let mut rows: Vec<Vec<Cell>> = groups.iter().map(|it| cells(named(it), it)).collect();
    if let Some(rest) = rest
        && let Some(sum) = UsageGroup::sum(rest)
    {
        rows.push(cells(labelled(format!("{} others", rest.len())), &sum));
    }
    let total = Some(cells(labelled("total".into()), &cost.whole));
    Sheet { columns, rows, total }
}

fn term(by: Dimension) -> &'static Term {
    match by {
        Dimension::Day => &terms::DAY,
        Dimension::Month => &terms::MONTH,
        Dimension::Model => &terms::MODEL,
        Dimension::Route => &terms::ROUTE,
        Dimension::Owner => &terms::OWNER_NAME,
        Dimension::Project => &terms::PROJECT,
        Dimension::Tag => &terms::USAGE_TAG,
        Dimension::Size => &terms::SIZE,
        Dimension::Quality => &terms::QUALITY,
        Dimension::Status => &terms::STATUS_LOGGED,
        Dimension::Processing => &terms::PROCESSING,
        Dimension::File => &terms::FILE,
    }
}

/// The fields of a group that is summed up by these.
pub(super) fn fields<'a>(by: &[Dimension]) -> Vec<Field<&'a UsageGroup>> {
    let others = Dimension::ALL.into_iter().filter(|it| !by.contains(it));
    let others: Vec<&str> = others.map(|it| term(it).key).collect();
    let mut fields = <&UsageGroup>::fields();
    fields.retain(|field| !others.contains(&field.key()));
    fields
}

fn field<'a>(by: Dimension) -> Field<&'a UsageGroup> {
    let of: for<'r> fn(&'r &'a UsageGroup) -> Value<'r> = match by {
        Dimension::Day => |it| it.value(Dimension::Day).into(),
        Dimension::Month => |it| it.value(Dimension::Month).into(),
        Dimension::Model => |it| it.value(Dimension::Model).into(),
        Dimension::Route => |it| it.value(Dimension::Route).into(),
        Dimension::Owner => |it| it.value(Dimension::Owner).into(),
        Dimension::Project => |it| it.value(Dimension::Project).into(),
        Dimension::Tag => |it| it.value(Dimension::Tag).into(),
        Dimension::Size => |it| it.value(Dimension::Size).into(),
        Dimension::Quality => |it| it.value(Dimension::Quality).into(),
        Dimension::Status => |it| it.value(Dimension::Status).into(),
        Dimension::Processing => |it| it.value(Dimension::Processing).into(),
        Dimension::File => |it| it.value(Dimension::File).into(),
    };
    term(by).of(of).where_asked()
}

impl Recorded for &UsageGroup {
    const NAME: &'static str = "usage_group";

    fn fields() -> Vec<Field<Self>> {
        let mut fields: Vec<Field<Self>> = Dimension::ALL.into_iter().map(field).collect();
        let [cost, certainty, reason, codes] = terms::COST.figure(|it: &Self| Some(&it.cost));
        fields.extend([
            terms::LOG_ROWS.of(|it: &&UsageGroup| it.tally.rows.into()),
            terms::REQUESTS.of(|it| it.tally.requests.into()),
            terms::IMAGES
                .of(|it| (it.tally.rows_without_images == 0).then_some(it.tally.images).into()),
            terms::ACCEPTED_SO_FAR.of(|it| {
                (it.tally.rows_with_accepted == it.tally.rows).then_some(it.tally.accepted).into()
            }),
            cost,
            certainty,
            terms::PRICE_BASIS.of(|it| it.price_basis.as_str().into()),
            terms::PER_IMAGE_USED.of(|it| owned(it.per_image().ok().flatten())),
            terms::PER_ACCEPTED_RATED.of(|it| owned(it.per_accepted_image().ok().flatten())),
            terms::ESTIMATED_ROWS.of(|it| it.estimated.into()),
            terms::ROWS_WITH_LOGGED.of(|it| it.recorded.rows.into()),
            terms::LOGGED.of(|it| recorded(it).into()),
            reason,
            codes,
        ]);
        fields
    }
}

fn owned<'a>(figure: Option<Figure<Decimal>>) -> Value<'a> {
    figure.map_or(Value::Blank, |figure| Value::Figure(Cow::Owned(figure)))
}

fn recorded(group: &UsageGroup) -> Option<Decimal> {
    (group.recorded.rows > 0).then_some(group.recorded.cost)
}
