//! Near matches for messages: "did you mean …?"

/// How alike two names must be, from 0 (not at all) to 1 (equal). At 0.75 `gpt-image2` finds
/// `gpt-image-2`, and `dall-e-3` finds nothing.
const ALIKE: f64 = 0.75;
/// No name is longer: what is longer is a file in the place of a name, and costly to compare.
const LONGEST_NAME: usize = 200;
/// The most names that are worth a look.
pub const MOST_NAMED: usize = 3;

/// Up to three of the known names that are most like the one given, the nearest first.
pub fn near_matches<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    if given.len() > LONGEST_NAME {
        return Vec::new();
    }
    let given = given.to_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .map(|name| (strsim::jaro_winkler(&given, &name.to_lowercase()), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.into_iter().take(MOST_NAMED).map(|(_, name)| name).collect()
}

/// Whether a name is another one but for a letter or two.
pub fn is_slip(given: &str, name: &str) -> bool {
    given.len() <= LONGEST_NAME
        && strsim::levenshtein(&given.to_lowercase(), &name.to_lowercase()) <= 2
}

/// Up to three of the known names that may be meant: of these `wholes`, those that go on where the given one ends, as
/// `gpt-image-2.5-flare` does after `gpt-image-2.5`; where none does, those of `all` that are spelled alike.
pub fn meant<'a>(
    given: &str,
    wholes: impl Iterator<Item = &'a str>,
    all: impl Iterator<Item = &'a str>,
) -> Vec<&'a str> {
    let wanted = given.to_lowercase();
    let goes_on = |name: &&str| {
        let rest = name.to_lowercase().strip_prefix(&wanted).map(str::to_owned);
        rest.is_some_and(|rest| rest.starts_with(['-', '.', '@', '/']))
    };
    match near_matches(given, wholes.filter(goes_on)) {
        near if near.is_empty() => near_matches(given, all),
        near => near,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODELS: [&str; 6] = [
        "gpt-image-1.5",
        "gpt-image-2",
        "gpt-image-2.5-flare",
        "gpt-image-2.5-sunburst",
        "gpt-image-2.6-flare",
        "dall-e-3",
    ];

    #[test]
    fn a_name_cut_short_means_all_that_go_on_from_there() {
        let of = |given| meant(given, MODELS.into_iter(), MODELS.into_iter());
        assert_eq!(of("gpt-image-2.5"), ["gpt-image-2.5-flare", "gpt-image-2.5-sunburst"]);
        assert_eq!(of("GPT-Image-2.6"), ["gpt-image-2.6-flare"]);
        // None goes on after these: they are misspelled.
        assert_eq!(of("gpt-image2").first(), Some(&"gpt-image-2"));
        assert_eq!(of("gpt-image-2.5-flair").first(), Some(&"gpt-image-2.5-flare"));
        assert_eq!(of("nano-banana"), [""; 0]);
    }
}
