//! The dictionary as a page of the documentation.

use super::terms::ALL;
use super::{Kind, Term};
use crate::codes::{self, Code};

/// The page that `imgcost schema columns` prints and `docs/columns.md` holds.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for term in ALL {
        page += &row(term);
    }
    let tables = [
        (REASONS, table(codes::of_reasons())),
        (REFUSALS, table(codes::of_refusals())),
        (NOTES, table(codes::of_notes())),
        (ASSUMPTIONS, table(codes::of_assumptions())),
        (BUDGET_ASSUMPTIONS, table(codes::of_budget_assumptions())),
        (PREMISES, table(codes::of_premises())),
        (NOT_TOLD_APART, table(codes::of_not_told_apart())),
        (IDLE_KEYS, table(codes::of_idle_keys())),
    ];
    tables.iter().fold(page, |page, (head, table)| page + head + table)
}

const NOTES: &str = "
## Codes of notes

In JSON a note has a `code` and its words as `text`.

";

const ASSUMPTIONS: &str = "
## Codes of assumptions

So has what is taken for granted; of a request or a reply it is one of these.

";

const BUDGET_ASSUMPTIONS: &str = "
Of a budget and its forecast it may be one of these as well:

";

const PREMISES: &str = "
## Codes of premises

`sensitivities` say what moves a cost most: what it takes for granted, what was tried in its place, and the cost then.

";

const NOT_TOLD_APART: &str = "
## Codes of causes that are not told apart

Where two budgets are set against each other, `not_told_apart` says why a part of the difference stands under price.

";

const IDLE_KEYS: &str = "
## Codes of keys without effect

A key of a budget file on which no figure depends has the code of why under `flags.idle_keys`.

";

fn table(codes: impl Iterator<Item = &'static Code>) -> String {
    let row = |it: &Code| format!("| `{}` | {} |\n", it.code, it.meaning());
    let head = "| Code | Meaning |\n| --- | --- |\n".to_owned();
    codes.fold(head, |table, it| table + &row(it))
}

const REASONS: &str = "
## Reason codes

`reason` says in words why a figure is not exact, and `reason_codes` names what is open, for programs: a code never
changes its meaning, and later versions may add some. A row of a file that cannot be read has the codes of its problems
instead, as messages print them in brackets, such as `bad-date`.

";

const REFUSALS: &str = "
What cannot be priced as asked has `cannot_be_priced` or `workload_cannot_be_priced`, and one of these for each error, the
code that messages have as well:

";

const HEAD: &str = "\
# Columns and keys

The terms of the rows that commands write as CSV and JSON, and the names that are reserved for what comes next to them.
Each is spelled once, here. `imgcost schema output NAME` prints the JSON Schema of an output, which is made of them.

- **money** has three: `_low_usd` (the known part; blank where nothing is known), `_expected_usd` (blank where nothing
  says what to expect) and `_high_usd` (blank where the cost is unknown). `certainty`, `price_basis` and `reason` of
  the row say how far they can be relied on. To add up one number, ask for the cost column `low`, `expected` or `high`.
- **change** has three as well: `_low_case_usd`, `_expected_case_usd` and `_high_case_usd`, each the difference of the
  same case of two costs; blank where a cost has no such case.
- Where a report has a currency of its own (`currency`, at the `fx_rate` of `fx_pair`), the columns in US dollars stay and
  each has the same amount in it beside it: `_low_in_currency` of `_low_usd`, `limit_in_currency` of `limit_usd`. Each is
  converted by itself, multiplied or divided once; a quotient that does not end has 12 decimals, half to even.
- **count** and **quantity** have one, and in JSON and with all columns the ends of a range as `_low` and `_high`.
- **count** and **number** are whole and **flag** is `true` or `false`; a **list** is separated by `; ` in a cell. In JSON
  they are a number, a boolean and a list; all other values are text, and what is blank in a cell is `null`.
- Amounts, quantities and every **decimal** are plain decimals at full precision, in US dollars and before tax where the name
  ends in `_usd`; days are `YYYY-MM-DD` in UTC, months `YYYY-MM`.
- The headings depend on the command and on the columns that are asked for, never on what stands in the rows.

| Key | Type | Unit | Meaning |
| --- | --- | --- | --- |
";

fn row(term: &Term) -> String {
    let keys: Vec<String> = match term.kind {
        Kind::Money | Kind::Change => {
            let in_dollars = term.keys().take(term.kind.shown_endings());
            in_dollars.map(|key| format!("`{key}`")).collect()
        }
        _ => vec![format!("`{}`", term.key)],
    };
    let (kind, unit, meaning) = (term.kind.as_str(), term.unit, term.meaning);
    format!("| {} | {kind} | {unit} | {meaning} |\n", keys.join(", "))
}
