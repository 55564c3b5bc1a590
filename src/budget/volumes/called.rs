//! What totals are called, and how surely a name is that of one: `Total` and `Subtotal print` are, `Total EMEA` may be.

/// What totals are called in the languages in which spreadsheets are kept, in small letters.
const NAMES: [&str; 52] = [
    "total",
    "totals",
    "grand total",
    "overall total",
    "subtotal",
    "sub-total",
    "sub total",
    "sum",
    "sums",
    "gesamt",
    "gesamtsumme",
    "summe",
    "zwischensumme",
    "insgesamt",
    "total général",
    "sous-total",
    "somme",
    "total general",
    "suma",
    "total geral",
    "soma",
    "totale",
    "totale generale",
    "somma",
    "subtotale",
    "totaal",
    "subtotaal",
    "som",
    "razem",
    "łącznie",
    "celkem",
    "spolu",
    "összesen",
    "yhteensä",
    "totalt",
    "i alt",
    "toplam",
    "итого",
    "всего",
    "сумма",
    "разом",
    "всього",
    "合計",
    "総計",
    "小計",
    "总计",
    "合计",
    "總計",
    "小计",
    "합계",
    "총계",
    "소계",
];

/// Names that no workload begins or ends with: what stands beside them says only what they are of.
const SURE: [&str; 19] = [
    "grand total",
    "overall total",
    "subtotal",
    "subtotals",
    "sub-total",
    "sub total",
    "gesamtsumme",
    "zwischensumme",
    "total général",
    "sous-total",
    "total general",
    "total geral",
    "totale generale",
    "subtotale",
    "subtotaal",
    "小計",
    "小计",
    "소계",
    "総計",
];

/// Words that say no more than that all of it is meant, or how it is counted.
const OF_ALL: [&str; 14] = [
    "all", "amount", "annual", "for", "images", "in", "month", "monthly", "of", "per", "the",
    "volume", "year", "yearly",
];

/// How surely a row or column is called a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// Its name says so by itself: `Total`, `Total images`, `Total 2027`, `Subtotal print`.
    Total,
    /// Its name begins or ends so, and says of what: `Total EMEA`, which may be `total recall` as well.
    Perhaps,
    /// It is called something else.
    No,
}

/// Whether a column is called a total and no more.
pub(super) fn is_name(text: &str) -> bool {
    NAMES.contains(&plain(text).as_str())
}

/// How surely a name is that of a total.
pub(super) fn called(text: &str) -> Called {
    let name = plain(text);
    if NAMES.contains(&name.as_str()) {
        return Called::Total;
    }
    if SURE.iter().any(|sure| beside(&name, sure).is_some()) {
        return Called::Total;
    }
    let rests: Vec<&str> = NAMES.iter().filter_map(|total| beside(&name, total)).collect();
    match rests.iter().any(|rest| says_all(rest)) {
        true => Called::Total,
        false if rests.is_empty() => Called::No,
        false => Called::Perhaps,
    }
}

/// In small letters, without the colon at its end.
fn plain(text: &str) -> String {
    text.trim().trim_end_matches([':', '：']).trim_end().to_lowercase()
}

/// What stands before or after a word at the end or the beginning of a name; `None` where it has it at neither.
fn beside<'n>(name: &'n str, word: &str) -> Option<&'n str> {
    let is_apart = |next: Option<char>| next.is_some_and(|letter| !letter.is_alphanumeric());
    let after = name.strip_prefix(word).filter(|rest| is_apart(rest.chars().next()));
    after.or_else(|| name.strip_suffix(word).filter(|rest| is_apart(rest.chars().next_back())))
}

/// Whether it is numbers and words that mean all of it.
fn says_all(rest: &str) -> bool {
    let mut words =
        rest.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| OF_ALL.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_total_may_be_one_or_is_none() {
        for total in [
            "Total",
            "Total images",
            "Total 2027",
            "Total (all)",
            "Images total",
            "Subtotal A",
            "print subtotal",
        ] {
            assert_eq!(called(total), Called::Total, "{total}");
        }
        for perhaps in ["Total EMEA", "total recall", "EMEA - total", "sum of parts"] {
            assert_eq!(called(perhaps), Called::Perhaps, "{perhaps}");
        }
        for other in ["summer", "totally", "posters", "All together", "hero shots"] {
            assert_eq!(called(other), Called::No, "{other}");
        }
    }
}
