//! Long values in messages: one that is quoted may be as long as its file.

use std::borrow::Cow;

use crate::unit::grouped;

/// The most characters of a value that is shown whole: what stands between backticks, or a word.
const LONGEST_VALUE: usize = 400;
/// The most characters of a text, however many values it has.
const LONGEST_TEXT: usize = 4_000;

/// A text whose long values give way in their middle, each with its length.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_VALUE {
        return Cow::Borrowed(text);
    }
    let text: Cow<str> = match values(text).any(|value| is_longer(value, LONGEST_VALUE)) {
        true => values(text).map(|value| cut(value, LONGEST_VALUE)).collect::<String>().into(),
        false => text.into(),
    };
    match is_longer(&text, LONGEST_TEXT) {
        true => cut(&text, LONGEST_TEXT).into_owned().into(),
        false => text,
    }
}

/// The most characters of a name in a cell of a table: a workload may be called a whole sentence.
const LONGEST_NAME: usize = 30;

/// A name for a cell of a table, without its middle where it is long; files have it whole.
pub(crate) fn name_in_cell(name: &str) -> Cow<'_, str> {
    if !is_longer(name, LONGEST_NAME) {
        return Cow::Borrowed(name);
    }
    let all: Vec<char> = name.chars().collect();
    let half = LONGEST_NAME / 2;
    let [head, tail] = [&all[..half], &all[all.len() - half..]].map(String::from_iter);
    format!("{}…{}", head.trim_end(), tail.trim_start()).into()
}

/// A value of at most so many characters, and the length of one that is longer.
pub(crate) fn cut(value: &str, most: usize) -> Cow<'_, str> {
    if !is_longer(value, most) {
        return Cow::Borrowed(value);
    }
    let count = value.chars().count();
    let (head, tail) = (most / 2, most / 8);
    let at = |index: usize| value.char_indices().nth(index).map_or(value.len(), |(at, _)| at);
    let length = grouped(count as u64);
    format!("{} … ({length} characters) … {}", &value[..at(head)], &value[at(count - tail)..])
        .into()
}

fn is_longer(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().nth(most).is_some()
}

/// The parts of a text: what stands between backticks, a word with the space after it, a backtick.
fn values(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let mut is_quoted = false;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match (first, is_quoted) {
            ('`', _) => {
                // One without its second is no quotation.
                is_quoted = !is_quoted && rest[1..].contains('`');
                1
            }
            (_, true) => rest.find('`').unwrap_or(rest.len()),
            (_, false) => {
                let end = rest.find(|c: char| c.is_whitespace() || c == '`').unwrap_or(rest.len());
                end + rest[end..].chars().next().filter(|c| *c != '`').map_or(0, char::len_utf8)
            }
        };
        let (value, after) = rest.split_at(end);
        rest = after;
        Some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_cell_keeps_both_its_ends() {
        assert_eq!(name_in_cell("posters"), "posters");
        let long = "Herbstkampagne für Nordrhein-Westfalen, Plakate im Hochformat";
        assert_eq!(name_in_cell(long), "Herbstkampagne…e im Hochformat");
    }

    #[test]
    fn a_long_value_keeps_both_its_ends_and_says_its_length() {
        let long = format!("`{}` is not a day", "é9".repeat(100_000));
        let short = shortened(&long);
        assert!(
            short.starts_with("`é9é9") && short.contains(" … (200,000 characters) … "),
            "{short}"
        );
        assert!(short.ends_with("é9` is not a day") && short.chars().count() < 510, "{short}");
        let umlauts = "ü".repeat(400);
        assert_eq!(shortened(&umlauts), umlauts, "400 characters, although 800 bytes");
    }

    #[test]
    fn a_text_is_known_by_its_values_and_is_not_cut_for_having_many() {
        let many = "`a b` c ".repeat(400);
        assert_eq!(shortened(&many), many);
        let spaced = format!("workload `{}`: use `b`", "many words ".repeat(1_000));
        let short = shortened(&spaced);
        assert!(short.starts_with("workload `many") && short.ends_with(" `: use `b`"), "{short}");
        assert!(short.contains("(11,000 characters)") && short.len() < 400, "{short}");
        assert!(shortened(&"word ".repeat(100_000)).chars().count() < LONGEST_TEXT);
    }
}
