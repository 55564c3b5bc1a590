//! The blocks of a report as pieces of a page.

use askama::Template;

use super::table::Table;
use crate::help::View;
use crate::report::Page;
use crate::report::block::{Block, Counted, Fold};
use crate::report::fold::Hidden;
use crate::report::sheet::{Sheet, plain, said};

/// The most rows of a table that are shown without being asked for: a page is read, not searched.
const MOST_ROWS: usize = 200;

/// Pieces in their order.
#[derive(Debug, Default, Template)]
#[template(path = "pieces.html")]
pub(super) struct Pieces {
    all: Vec<Piece>,
}

/// A piece of a page.
#[derive(Debug)]
enum Piece {
    Text(String),
    /// Names and values; what goes on with the value above has no name.
    Facts(Vec<(String, String)>),
    List(String, Vec<String>),
    Code(String),
    Table(Table),
    /// What is shown when its words are chosen.
    Folded(String, Pieces),
}

/// What stands below the headings of a page, while it is put together.
pub(super) struct Body<'a> {
    page: &'a Page,
    /// What is not shown.
    pub hidden: Hidden,
    /// Whether anything is folded.
    pub is_folded: bool,
}

impl Body<'_> {
    pub fn of(page: &Page) -> Body<'_> {
        Body { page, hidden: Hidden::default(), is_folded: false }
    }

    /// Blocks below a heading, which names the tables that have no name of their own.
    pub fn pieces(&mut self, blocks: &[Block], heading: &str) -> Pieces {
        let mut name = heading.to_owned();
        let mut all = Vec::new();
        for block in blocks {
            self.put(block, &name, &mut all);
            name = match block {
                Block::Text(text) => text.trim_end_matches(':').to_owned(),
                _ => heading.to_owned(),
            };
        }
        Pieces { all }
    }

    fn put(&mut self, block: &Block, name: &str, all: &mut Vec<Piece>) {
        let text = |text: &str| said(text).into_owned();
        let list = |title: &str, items: &[String]| {
            Piece::List(text(title), items.iter().map(|item| text(item)).collect())
        };
        all.push(match block {
            Block::Title(title) | Block::Text(title) => Piece::Text(text(title)),
            Block::Facts(facts) => {
                let fact = |(name, value): &(String, String)| (text(name), text(value));
                Piece::Facts(facts.iter().map(fact).collect())
            }
            Block::List(title, items) => list(title, items),
            Block::Advice(sentence) => Piece::Text(text(&self.page.advice(sentence))),
            Block::Open(title, open) => list(title, &self.page.in_words(open)),
            Block::Sheet(sheet) => Piece::Table(self.table(sheet, name)),
            Block::Code(code) => {
                Piece::Code(code.lines().map(|line| plain(line).into_owned() + "\n").collect())
            }
            Block::Folded(fold) => return self.put_folded(fold, name, all),
        });
    }

    /// What is kept back elsewhere stands here behind its count; what stands in its place is before it.
    fn put_folded(&mut self, fold: &Fold, name: &str, all: &mut Vec<Piece>) {
        all.extend(self.pieces(&fold.instead, name).all);
        if fold.inside.is_empty() {
            self.hidden.add(fold.what, fold.view);
            return;
        }
        self.is_folded = true;
        let shows = if fold.instead.is_empty() { "Show" } else { "Show all, with" };
        let words = format!("{shows} {}", fold.what.in_words());
        all.push(Piece::Folded(words, self.pieces(&fold.inside, name)));
    }

    /// A table, of a long one the first rows.
    pub fn table(&mut self, sheet: &Sheet, name: &str) -> Table {
        let most = if self.page.open.all { usize::MAX } else { MOST_ROWS };
        let more = sheet.rows.len().saturating_sub(most);
        self.hidden.add(Counted::new(more, ("more row", "more rows")), View::All);
        Table::of(sheet, name, most)
    }
}
